//! The names of columns.

use super::super::super::mapping::Role;

/// Names of columns, folded and without blanks, by what they mean and by rank
/// (see [`super::SECOND`]): in English, French, German, Spanish and Arabic, and the
/// commonest in Italian, Russian, Chinese and Japanese.
pub(super) const NAMES: &[(Role, &[&str])] = &[
    (
        Role::Id,
        &[
            "id eventid idevent incidentid identifier identifiant kennung identificador \
             المعرف معرف eventidcnty",
            "uid uuid guid رقم الرقم code ref",
            "fid objectid globalid ogcfid",
            "",
        ],
    ),
    (
        Role::Title,
        &[
            "",
            "title name event eventname headline label titre nom intitule evenement titel \
             ereignis bezeichnung titulo nombre evento العنوان عنوان الحدث حدث الاسم اسم \
             incident eventtitle incidenttitle nome titolo название 名称 名稱 标题 標題 名前",
            "",
            "",
        ],
    ),
    (
        Role::Summary,
        &[
            "",
            "summary notes note description desc text details comment comments remarks resume \
             commentaire commentaires beschreibung anmerkung notiz descripcion notas resumen \
             الوصف وصف ملاحظات التفاصيل ملخص zusammenfassung eventdescription descrizione \
             описание 描述 说明 說明 説明",
            "",
            "",
        ],
    ),
    (
        Role::Kind,
        &[
            "",
            "kind type eventtype category incidenttype attacktype subeventtype typeevenement \
             categorie art kategorie tipo categoria النوع نوع نوعالحدث class 类型 類型 種類",
            "",
            "",
        ],
    ),
    (
        Role::Start,
        &[
            "start datestart startdate startdatetime begindate datebegin datefrom fromdate \
             starttime dateofstart eventstart datedebut datededebut startdatum fechainicio \
             fechadeinicio تاريخالبدء تاريخالبداية timestart timebegin startat validfrom \
             begindatum eventstartdate startedat startedon",
            "begin debut beginn inicio البداية inizio",
            "",
            "from von من",
        ],
    ),
    (
        Role::End,
        &[
            "end dateend enddate enddatetime dateto todate until endtime eventend datefin \
             datedefin enddatum fechafin fechadefin تاريخالانتهاء تاريخالنهاية timeend endat \
             validto timestop eventenddate endedat endedon",
            "finish fin ende النهاية fine",
            "",
            "to bis الى",
        ],
    ),
    (
        Role::Date,
        &[
            "eventdate incidentdate dateofevent dateofincident dateofattack attackdate occurred \
             occurredon occurredat dateoccurred occurrencedate dateevenement datedelevenement \
             dateincident ereignisdatum fechaevento fechadelevento تاريخالحدث تاريخالحادث sqldate \
             eventdatetime",
            "date datetime when edtf datum zeitpunkt fecha التاريخ تاريخ isodate dateutc timeutc \
             eventtime dateheure daydate jourdate timedate дата 日期 日付 dates",
            "dt",
            "data observed observedon observeddate observationdate happened happenedon occurrence \
             dateoccurrence",
            "timestamp utc timestamputc",
            "created createdat createdon creationdate datecreated dateadded dateentered updated \
             updatedat updatedon dateupdated lastupdated lastupdate modified lastmodified \
             published publishedat publisheddate publishdate publicationdate pubdate \
             datepublished reported reportedat reporteddate datereported reportdate posted \
             postedat dateposted today submitted submittedat submittedon submissiontime \
             recordedat recordedon addedat addedon enteredon uploadedat uploadedon maj",
        ],
    ),
    (
        Role::EpochSeconds,
        &[
            "",
            "",
            "epoch unix unixtime unixtimestamp epochseconds epochsec epochtime epochs ts \
             timestampunix timestampseconds unixseconds",
            "",
        ],
    ),
    (
        Role::EpochMillis,
        &[
            "",
            "",
            "epochms epochmillis epochmilliseconds timestampms timestampmillis unixms unixtimems \
             unixmillis tsms timems datems",
            "",
        ],
    ),
    (
        Role::Year,
        &[
            "",
            "year yr iyear annee an jahr ano السنة سنة العام eventyear anno год 年 年份",
            "",
            "",
        ],
    ),
    (
        Role::Month,
        &[
            "",
            "month mon imonth mois monat mes الشهر شهر eventmonth mese месяц 月 月份",
            "",
            "",
        ],
    ),
    (
        Role::Day,
        &[
            "",
            "day iday jour tag dia اليوم يوم dayofmonth eventday giorno день 日",
            "",
            "",
        ],
    ),
    (
        Role::Time,
        &[
            "",
            "time heure uhrzeit zeit hora الوقت وقت الساعة timeofday hour incidenttime время \
             时间 時間 时刻 時刻",
            "",
            "",
        ],
    ),
    (
        Role::Latitude,
        &[
            "lat latitude latitud latitudine breite breitengrad geographischebreite latwgs84 \
             latdd declat decimallatitude declatitude latdeg latitudedeg latitudedd geolat \
             geolatitude latitudewgs84 latitudedecimal gpslat gpslatitude خطالعرض دايرةالعرض \
             العرض широта 纬度 緯度 actiongeolat eventlat eventlatitude",
            "placelat locationlat locationlatitude centroidlat",
            "y ycoord coordy ycoordinate coordinatesy pointy",
            "",
        ],
    ),
    (
        Role::Longitude,
        &[
            "lon lng long longitude longitud longitudine lange laenge langengrad laengengrad \
             geographischelange lonwgs84 londd declon declong decimallongitude declongitude \
             londeg longdeg longitudedeg longitudedd geolon geolong geolng geolongitude \
             longitudewgs84 longitudedecimal gpslon gpslong gpslongitude خطالطول الطول долгота \
             经度 經度 経度 actiongeolong eventlon eventlong eventlng eventlongitude",
            "placelon placelng locationlon locationlng locationlongitude centroidlon",
            "x xcoord coordx xcoordinate coordinatesx pointx",
            "",
        ],
    ),
    (
        Role::LatLon,
        &[
            "",
            "latlon latlong latlng latitudelongitude coordinates coordinate coords coord \
             geolocation gps coordonnees koordinaten koordinate coordenadas الاحداثيات احداثيات \
             position geopoint geo gpscoordinates latlonwgs84",
            "",
            "",
        ],
    ),
    (
        Role::LonLat,
        &["", "lonlat longlat lnglat longitudelatitude xy", "", ""],
    ),
    (
        Role::Wkt,
        &[
            "",
            "wkt geomwkt wktgeom wktgeometry thegeom shape geometrywkt wkb",
            "",
            "",
        ],
    ),
    (
        Role::Geometry,
        &["", "geometry geom geojson wkbgeometry geometrie", "", ""],
    ),
    (
        Role::Precision,
        &["", "precision geoprecision locationprecision", "", ""],
    ),
    (
        Role::Radius,
        &[
            "",
            "radius radiusm uncertaintym coordinateuncertaintyinmeters accuracy accuracym \
             positionalaccuracy coordinateuncertainty uncertaintyradius errorradius gpsaccuracy \
             horizontalaccuracy locationaccuracy",
            "",
            "",
        ],
    ),
    (
        Role::Place,
        &[
            "",
            "place location locationname placename city town village site locality lieu ville \
             localite endroit ort stadt ortsname lugar ciudad localidad ubicacion المكان مكان \
             الموقع موقع المدينة مدينة luogo citta место 地点 地點 場所",
            "",
            "",
        ],
    ),
    (
        Role::Within,
        &[
            "",
            "district adm2 admin2 cercle municipality county province region adm1 admin1 state \
             governorate country pays departement provinz land provincia pais estado \
             departamento المحافظة محافظة المنطقة منطقة الدولة البلد دولة بلد القضاء bundesland \
             countryname paese страна 国家 國家",
            "",
            "",
        ],
    ),
    (
        Role::Actor,
        &[
            "",
            "actor actor1 sidea sideaname perpetrator perp gname group attacker initiator acteur acteur1 \
             groupe auteur akteur tater gruppe actora grupo autor الفاعل فاعل الجهة المجموعة \
             الجماعة actorname armedgroup organisation organization responsible",
            "",
            "",
        ],
    ),
    (
        Role::Target,
        &[
            "",
            "target actor2 sideb sidebname target1 victim victims cible acteur2 victime victimes ziel \
             opfer objetivo victima victimas الهدف هدف الضحية المستهدف",
            "",
            "",
        ],
    ),
    (
        Role::Source,
        &[
            "",
            "source sources sourcename publisher quelle quellen fuente fuentes المصدر مصدر \
             المصادر sourcetitle publication newspaper medium sourcearticle scite citation \
             reference references fonte источник 来源 來源 出典",
            "",
            "",
        ],
    ),
    (
        Role::Url,
        &[
            "",
            "url link sourceurl urlsource website lien href web enlace الرابط رابط weblink \
             sourcelink uri",
            "",
            "",
        ],
    ),
    (
        Role::Killed,
        &[
            "killed fatalities deaths nkill ndeath ndeaths deathtoll tues todesopfer getotete القتلى قتلى \
             عددالقتلى الوفيات numberkilled nkilled погибшие 死亡人数 死者数",
            "dead best death fatality morts deces nbmorts tote muertos muertes fallecidos \
             morti",
            "",
            "",
        ],
    ),
    (
        Role::Wounded,
        &[
            "",
            "wounded injured injuries nwound blesses nbblesses verletzte verwundete heridos \
             الجرحى جرحى عددالجرحى numberwounded nwounded feriti раненые 受伤人数 負傷者数",
            "",
            "",
        ],
    ),
];
