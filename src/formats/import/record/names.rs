//! What a column means by its name.

use crate::model::fold;

use super::super::mapping::Role;

/// A name longer than this is a text.
const LONGEST: usize = 80;

/// Of several columns for one thing, that of the lowest rank is taken; names
/// of this rank only where nothing better stands.
pub(super) const SECOND: usize = 2;
/// Names that mean it only if what stands below them does, too: of dates those
/// on which a record was made rather than those on which something happened.
pub(super) const WEAK: usize = 3;

/// Names of columns, folded and without blanks, by what they mean and by rank
/// (see [`SECOND`]): in English, French, German, Spanish and Arabic, and the
/// commonest in Italian, Russian, Chinese and Japanese.
const NAMES: &[(Role, [&str; 4])] = &[
    (
        Role::Id,
        [
            "id eventid idevent incidentid identifier identifiant kennung identificador \
             المعرف معرف eventidcnty",
            "uid uuid guid رقم الرقم code ref",
            "fid objectid globalid ogcfid",
            "",
        ],
    ),
    (
        Role::Title,
        [
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
        [
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
        [
            "",
            "kind type eventtype category incidenttype attacktype subeventtype typeevenement \
             categorie art kategorie tipo categoria النوع نوع نوعالحدث class 类型 類型 種類",
            "",
            "",
        ],
    ),
    (
        Role::Start,
        [
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
        [
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
        [
            "eventdate incidentdate dateofevent dateofincident dateofattack attackdate occurred \
             occurredon occurredat dateoccurred occurrencedate dateevenement datedelevenement \
             dateincident ereignisdatum fechaevento fechadelevento تاريخالحدث تاريخالحادث sqldate \
             eventdatetime",
            "date datetime when edtf datum zeitpunkt fecha التاريخ تاريخ isodate dateutc timeutc \
             eventtime dateheure daydate jourdate timedate дата 日期 日付 dates",
            "timestamp utc dt timestamputc",
            "created createdat createdon creationdate datecreated dateadded dateentered updated \
             updatedat updatedon dateupdated lastupdated lastupdate modified lastmodified \
             published publishedat publisheddate publishdate publicationdate pubdate \
             datepublished reported reportedat reporteddate datereported reportdate posted \
             postedat dateposted data",
        ],
    ),
    (
        Role::EpochSeconds,
        [
            "",
            "",
            "epoch unix unixtime unixtimestamp epochseconds epochsec epochtime epochs ts \
             timestampunix timestampseconds unixseconds",
            "",
        ],
    ),
    (
        Role::EpochMillis,
        [
            "",
            "",
            "epochms epochmillis epochmilliseconds timestampms timestampmillis unixms unixtimems \
             unixmillis tsms timems datems",
            "",
        ],
    ),
    (
        Role::Year,
        [
            "",
            "year yr iyear annee an jahr ano السنة سنة العام eventyear anno год 年 年份",
            "",
            "",
        ],
    ),
    (
        Role::Month,
        [
            "",
            "month mon imonth mois monat mes الشهر شهر eventmonth mese месяц 月 月份",
            "",
            "",
        ],
    ),
    (
        Role::Day,
        [
            "",
            "day iday jour tag dia اليوم يوم dayofmonth eventday giorno день 日",
            "",
            "",
        ],
    ),
    (
        Role::Time,
        [
            "",
            "time heure uhrzeit zeit hora الوقت وقت الساعة timeofday hour incidenttime время \
             时间 時間 时刻 時刻",
            "",
            "",
        ],
    ),
    (
        Role::Latitude,
        [
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
        [
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
        [
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
        ["", "lonlat longlat lnglat longitudelatitude xy", "", ""],
    ),
    (
        Role::Wkt,
        [
            "",
            "wkt geomwkt wktgeom wktgeometry thegeom shape geometrywkt wkb",
            "",
            "",
        ],
    ),
    (
        Role::Geometry,
        ["", "geometry geom geojson wkbgeometry geometrie", "", ""],
    ),
    (
        Role::Precision,
        ["", "precision geoprecision locationprecision", "", ""],
    ),
    (
        Role::Radius,
        [
            "",
            "radius radiusm uncertaintym coordinateuncertaintyinmeters accuracy accuracym",
            "",
            "",
        ],
    ),
    (
        Role::Place,
        [
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
        [
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
        [
            "",
            "actor actor1 sidea perpetrator perp gname group attacker initiator acteur acteur1 \
             groupe auteur akteur tater gruppe actora grupo autor الفاعل فاعل الجهة المجموعة \
             الجماعة actorname armedgroup organisation organization responsible",
            "",
            "",
        ],
    ),
    (
        Role::Target,
        [
            "",
            "target actor2 sideb target1 victim victims cible acteur2 victime victimes ziel \
             opfer objetivo victima victimas الهدف هدف الضحية المستهدف",
            "",
            "",
        ],
    ),
    (
        Role::Source,
        [
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
        [
            "",
            "url link sourceurl urlsource website lien href web enlace الرابط رابط weblink \
             sourcelink uri",
            "",
            "",
        ],
    ),
    (
        Role::Killed,
        [
            "killed fatalities deaths nkill deathtoll tues todesopfer getotete القتلى قتلى \
             عددالقتلى الوفيات numberkilled nkilled погибшие 死亡人数 死者数",
            "dead best death fatality morts deces nbmorts tote muertos muertes fallecidos \
             morti",
            "",
            "",
        ],
    ),
    (
        Role::Wounded,
        [
            "",
            "wounded injured injuries nwound blesses nbblesses verletzte verwundete heridos \
             الجرحى جرحى عددالجرحى numberwounded nwounded feriti раненые 受伤人数 負傷者数",
            "",
            "",
        ],
    ),
];

/// Words around a number of people that say no more than that it is one.
const COUNTS: &[&str] = &[
    "total", "num", "number", "of", "nb", "n", "no", "count", "sum", "people", "persons", "best",
    "estimate", "est", "nombre", "de", "anzahl", "numero",
];

/// Words before "date" that make it another date than that of the event.
const OTHER_DATES: &[&str] = &[
    "source",
    "birth",
    "entry",
    "access",
    "accessed",
    "download",
    "retrieved",
    "expiry",
    "due",
];

/// What a name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub role: Role,
    /// Lower ones come first, see [`SECOND`].
    pub rank: usize,
}

/// The end of a range of figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    Low,
    High,
}

/// A name as it stands in [`NAMES`].
pub(super) fn key(name: &str) -> String {
    fold(name).replace(' ', "")
}

/// What a column's name says: the whole of it, then without a unit in brackets,
/// then its last word.
pub(super) fn by_name(name: &str) -> Option<Named> {
    if name.len() > LONGEST {
        return None;
    }
    let folded = fold(name);
    if let Some(named) = known(&folded.replace(' ', "")) {
        return Some(named);
    }
    let bare = unbracketed(name);
    let bare = fold(&bare);
    if let Some(named) = known(&bare.replace(' ', "")) {
        return Some(named);
    }
    by_words(&bare)
}

/// What the words of a name say, where the whole of it is not known.
fn by_words(folded: &str) -> Option<Named> {
    let words: Vec<&str> = folded.split(' ').collect();
    let last = *words.last()?;
    let with = |role, rank| Some(Named { role, rank });
    match last {
        "lat" | "latitude" => return with(Role::Latitude, SECOND),
        "lon" | "lng" | "long" | "longitude" => return with(Role::Longitude, SECOND),
        "date" | "datum" | "fecha" if !words.iter().any(|w| OTHER_DATES.contains(w)) => {
            return with(Role::Date, WEAK);
        }
        _ => {}
    }
    let people: String = words
        .iter()
        .filter(|w| !COUNTS.contains(w))
        .copied()
        .collect();
    let numbered = folded
        .replace(' ', "")
        .trim_end_matches(|c: char| c.is_ascii_digit())
        .to_owned();
    let role = |key: &str, roles: &[Role]| known(key).filter(|n| roles.contains(&n.role));
    role(&people, &[Role::Killed, Role::Wounded])
        .or_else(|| role(&numbered, &[Role::Source, Role::Url]))
}

/// Whether a name is that of the lowest or highest figure of a toll.
pub(super) fn bound(name: &str) -> Option<(Role, Bound)> {
    let folded = fold(name);
    let mut words: Vec<&str> = folded.split(' ').collect();
    let end = words.iter().position(|w| {
        matches!(
            *w,
            "low" | "min" | "lower" | "lowest" | "high" | "max" | "upper" | "highest"
        )
    })?;
    let bound = match words.remove(end) {
        "low" | "min" | "lower" | "lowest" => Bound::Low,
        _ => Bound::High,
    };
    words.retain(|w| !COUNTS.contains(w));
    let named = known(&words.concat())?;
    matches!(named.role, Role::Killed | Role::Wounded).then_some((named.role, bound))
}

fn known(key: &str) -> Option<Named> {
    let names = NAMES.iter().flat_map(|(role, ranks)| {
        let ranks = ranks.iter().enumerate();
        ranks.map(move |(rank, names)| (Named { role: *role, rank }, *names))
    });
    let mut names = names.filter(|_| !key.is_empty());
    let found = names.find(|(_, names)| names.split_ascii_whitespace().any(|n| n == key));
    found.map(|(named, _)| named)
}

/// A name without what stands in brackets.
fn unbracketed(name: &str) -> String {
    let mut depth = 0_usize;
    let keep = |c: &char| match c {
        '(' | '[' | '{' => {
            depth += 1;
            false
        }
        ')' | ']' | '}' => {
            depth = depth.saturating_sub(1);
            false
        }
        _ => depth == 0,
    };
    name.chars().filter(keep).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_means_two_things_and_all_are_folded() {
        let lists = NAMES.iter().flat_map(|(_, ranks)| ranks.iter());
        let mut all: Vec<&str> = lists.flat_map(|l| l.split_ascii_whitespace()).collect();
        let many = all.len();
        for name in &all {
            assert_eq!(key(name), *name);
        }
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), many);
    }

    #[test]
    fn columns_are_known_by_name_in_several_languages() {
        for (name, role) in [
            ("Latitude (WGS84)", Some(Role::Latitude)),
            ("Latitude (N)", Some(Role::Latitude)),
            ("latitude [deg]", Some(Role::Latitude)),
            ("POINT_Y", Some(Role::Latitude)),
            ("POINT_X", Some(Role::Longitude)),
            ("event_lat", Some(Role::Latitude)),
            ("centroid_long", Some(Role::Longitude)),
            ("location_latitude", Some(Role::Latitude)),
            ("latitudine", Some(Role::Latitude)),
            ("Широта", Some(Role::Latitude)),
            ("долгота", Some(Role::Longitude)),
            ("经度", Some(Role::Longitude)),
            ("LNG", Some(Role::Longitude)),
            ("Date de début", Some(Role::Start)),
            ("Längengrad", Some(Role::Longitude)),
            ("Fecha", Some(Role::Date)),
            ("التاريخ", Some(Role::Date)),
            ("خط العرض", Some(Role::Latitude)),
            ("total_fatalities", Some(Role::Killed)),
            ("num_killed", Some(Role::Killed)),
            ("fatalities_best", Some(Role::Killed)),
            ("source_article", Some(Role::Source)),
            ("source1", Some(Role::Source)),
            ("scite1", Some(Role::Source)),
            ("reference", Some(Role::Source)),
            ("timestamp_ms", Some(Role::EpochMillis)),
            ("ts", Some(Role::EpochSeconds)),
            ("mood", None),
            ("civilian deaths", None),
            ("birth_date", None),
            ("translation", None),
        ] {
            assert_eq!(by_name(name).map(|n| n.role), role, "{name}");
        }
    }

    #[test]
    fn the_ends_of_figures_are_known() {
        for (name, wanted) in [
            ("deaths_low", Some((Role::Killed, Bound::Low))),
            ("fatalities high", Some((Role::Killed, Bound::High))),
            ("low_injured", Some((Role::Wounded, Bound::Low))),
            ("low", None),
            ("deaths", None),
        ] {
            assert_eq!(bound(name), wanted, "{name}");
        }
    }
}
