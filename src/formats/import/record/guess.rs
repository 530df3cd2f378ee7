//! What a column means, by its name and by what stands in it.

use crate::model::fold;

use super::super::mapping::{DateOrder, Role};
use super::coords;
use super::dates;

/// Names of columns, folded and without blanks, by what they mean; in English,
/// French, German, Spanish and Arabic. The first of several columns wins.
pub(super) const NAMES: &[(Role, &[&str])] = &[
    (
        Role::Id,
        &[
            "id",
            "eventid",
            "idevent",
            "uid",
            "uuid",
            "guid",
            "fid",
            "objectid",
            "incidentid",
            "identifier",
            "identifiant",
            "kennung",
            "identificador",
            "رقم",
            "المعرف",
            "معرف",
            "الرقم",
            "globalid",
            "code",
            "ref",
            "reference",
            "eventidcnty",
        ],
    ),
    (
        Role::Title,
        &[
            "title",
            "name",
            "event",
            "eventname",
            "headline",
            "label",
            "titre",
            "nom",
            "intitule",
            "evenement",
            "titel",
            "ereignis",
            "bezeichnung",
            "titulo",
            "nombre",
            "evento",
            "العنوان",
            "عنوان",
            "الحدث",
            "حدث",
            "الاسم",
            "اسم",
            "incident",
            "eventtitle",
            "incidenttitle",
        ],
    ),
    (
        Role::Summary,
        &[
            "summary",
            "notes",
            "note",
            "description",
            "desc",
            "text",
            "details",
            "comment",
            "comments",
            "remarks",
            "resume",
            "commentaire",
            "commentaires",
            "beschreibung",
            "anmerkung",
            "notiz",
            "descripcion",
            "notas",
            "resumen",
            "الوصف",
            "وصف",
            "ملاحظات",
            "التفاصيل",
            "ملخص",
            "zusammenfassung",
            "eventdescription",
        ],
    ),
    (
        Role::Kind,
        &[
            "kind",
            "type",
            "eventtype",
            "category",
            "incidenttype",
            "attacktype",
            "subeventtype",
            "typeevenement",
            "categorie",
            "art",
            "kategorie",
            "tipo",
            "categoria",
            "النوع",
            "نوع",
            "نوعالحدث",
            "class",
        ],
    ),
    (
        Role::Start,
        &[
            "start",
            "datestart",
            "startdate",
            "startdatetime",
            "begin",
            "begindate",
            "datebegin",
            "from",
            "datefrom",
            "fromdate",
            "starttime",
            "dateofstart",
            "eventstart",
            "debut",
            "datedebut",
            "datededebut",
            "beginn",
            "startdatum",
            "von",
            "inicio",
            "fechainicio",
            "fechadeinicio",
            "تاريخالبدء",
            "البداية",
            "تاريخالبداية",
            "من",
            "timestart",
            "timebegin",
            "startat",
            "validfrom",
            "begindatum",
        ],
    ),
    (
        Role::End,
        &[
            "end",
            "dateend",
            "enddate",
            "enddatetime",
            "finish",
            "to",
            "dateto",
            "todate",
            "until",
            "endtime",
            "eventend",
            "fin",
            "datefin",
            "datedefin",
            "ende",
            "enddatum",
            "bis",
            "fechafin",
            "fechadefin",
            "تاريخالانتهاء",
            "النهاية",
            "تاريخالنهاية",
            "الى",
            "timeend",
            "endat",
            "validto",
            "timestop",
        ],
    ),
    (
        Role::Date,
        &[
            "date",
            "eventdate",
            "incidentdate",
            "datetime",
            "when",
            "timestamp",
            "dateofevent",
            "occurred",
            "occurredon",
            "dateoccurred",
            "day_date",
            "edtf",
            "dateevenement",
            "jour_date",
            "datum",
            "ereignisdatum",
            "zeitpunkt",
            "fecha",
            "fechaevento",
            "التاريخ",
            "تاريخ",
            "تاريخالحدث",
            "isodate",
            "dateutc",
            "timeutc",
            "utc",
            "eventtime",
            "dt",
            "sqldate",
            "publishdate",
            "published",
            "created",
            "createdat",
            "epoch",
            "unixtime",
            "epochms",
            "dateheure",
            "time_date",
        ],
    ),
    (
        Role::Year,
        &[
            "year",
            "yr",
            "iyear",
            "annee",
            "an",
            "jahr",
            "ano",
            "السنة",
            "سنة",
            "العام",
            "eventyear",
        ],
    ),
    (
        Role::Month,
        &[
            "month",
            "mon",
            "imonth",
            "mois",
            "monat",
            "mes",
            "الشهر",
            "شهر",
            "eventmonth",
        ],
    ),
    (
        Role::Day,
        &[
            "day",
            "iday",
            "jour",
            "tag",
            "dia",
            "اليوم",
            "يوم",
            "dayofmonth",
            "eventday",
        ],
    ),
    (
        Role::Time,
        &[
            "time",
            "heure",
            "uhrzeit",
            "zeit",
            "hora",
            "الوقت",
            "وقت",
            "الساعة",
            "timeofday",
            "hour",
        ],
    ),
    (
        Role::Latitude,
        &[
            "lat",
            "latitude",
            "latitud",
            "breite",
            "breitengrad",
            "geographischebreite",
            "y",
            "ycoord",
            "coordy",
            "latwgs84",
            "latdd",
            "declat",
            "decimallatitude",
            "latdeg",
            "latitudedd",
            "geolat",
            "خطالعرض",
            "دائرةالعرض",
            "العرض",
            "ycoordinate",
            "actiongeolat",
            "placelat",
            "latitudewgs84",
            "locationlat",
            "latitudedecimal",
            "coordinatesy",
            "gpslat",
            "gpslatitude",
        ],
    ),
    (
        Role::Longitude,
        &[
            "lon",
            "lng",
            "long",
            "longitude",
            "longitud",
            "lange",
            "laenge",
            "langengrad",
            "laengengrad",
            "geographischelange",
            "x",
            "xcoord",
            "coordx",
            "lonwgs84",
            "londd",
            "declon",
            "declong",
            "decimallongitude",
            "londeg",
            "longdeg",
            "longitudedd",
            "geolon",
            "geolng",
            "خطالطول",
            "الطول",
            "xcoordinate",
            "placelon",
            "longitudewgs84",
            "locationlon",
            "locationlng",
            "longitudedecimal",
            "coordinatesx",
            "gpslon",
            "gpslong",
            "gpslongitude",
        ],
    ),
    (
        Role::LatLon,
        &[
            "latlon",
            "latlong",
            "latlng",
            "latitudelongitude",
            "coordinates",
            "coordinate",
            "coords",
            "coord",
            "geolocation",
            "gps",
            "coordonnees",
            "koordinaten",
            "koordinate",
            "coordenadas",
            "الاحداثيات",
            "احداثيات",
            "position",
            "geopoint",
            "geo",
            "gpscoordinates",
            "latlonwgs84",
        ],
    ),
    (
        Role::LonLat,
        &["lonlat", "longlat", "lnglat", "longitudelatitude", "xy"],
    ),
    (
        Role::Wkt,
        &[
            "wkt",
            "geomwkt",
            "wktgeom",
            "wktgeometry",
            "thegeom",
            "shape",
            "geometrywkt",
        ],
    ),
    (
        Role::Geometry,
        &["geometry", "geom", "geojson", "wkbgeometry", "geometrie"],
    ),
    (
        Role::Precision,
        &["precision", "geoprecision", "locationprecision"],
    ),
    (
        Role::Radius,
        &[
            "radius",
            "radiusm",
            "uncertaintym",
            "coordinateuncertaintyinmeters",
            "accuracy",
            "accuracym",
        ],
    ),
    (
        Role::Place,
        &[
            "place",
            "location",
            "locationname",
            "placename",
            "city",
            "town",
            "village",
            "site",
            "locality",
            "lieu",
            "ville",
            "localite",
            "endroit",
            "ort",
            "stadt",
            "ortsname",
            "lugar",
            "ciudad",
            "localidad",
            "ubicacion",
            "المكان",
            "مكان",
            "الموقع",
            "موقع",
            "المدينة",
            "مدينة",
        ],
    ),
    (
        Role::Within,
        &[
            "district",
            "adm2",
            "admin2",
            "cercle",
            "municipality",
            "county",
            "province",
            "region",
            "adm1",
            "admin1",
            "state",
            "governorate",
            "country",
            "pays",
            "departement",
            "provinz",
            "land",
            "provincia",
            "pais",
            "estado",
            "departamento",
            "المحافظة",
            "محافظة",
            "المنطقة",
            "منطقة",
            "الدولة",
            "البلد",
            "دولة",
            "بلد",
            "القضاء",
            "bundesland",
            "countryname",
        ],
    ),
    (
        Role::Actor,
        &[
            "actor",
            "actor1",
            "sidea",
            "perpetrator",
            "perp",
            "gname",
            "group",
            "attacker",
            "initiator",
            "acteur",
            "acteur1",
            "groupe",
            "auteur",
            "akteur",
            "tater",
            "gruppe",
            "actora",
            "grupo",
            "autor",
            "الفاعل",
            "فاعل",
            "الجهة",
            "المجموعة",
            "الجماعة",
            "actorname",
            "armedgroup",
            "organisation",
            "organization",
            "responsible",
        ],
    ),
    (
        Role::Target,
        &[
            "target",
            "actor2",
            "sideb",
            "target1",
            "victim",
            "victims",
            "cible",
            "acteur2",
            "victime",
            "ziel",
            "opfer",
            "objetivo",
            "victima",
            "الهدف",
            "هدف",
            "الضحية",
            "المستهدف",
        ],
    ),
    (
        Role::Source,
        &[
            "source",
            "sources",
            "sourcename",
            "publisher",
            "quelle",
            "quellen",
            "fuente",
            "fuentes",
            "المصدر",
            "مصدر",
            "المصادر",
            "sourcetitle",
            "publication",
            "newspaper",
            "medium",
        ],
    ),
    (
        Role::Url,
        &[
            "url",
            "link",
            "sourceurl",
            "urlsource",
            "website",
            "lien",
            "href",
            "web",
            "enlace",
            "الرابط",
            "رابط",
            "weblink",
            "sourcelink",
            "uri",
        ],
    ),
    (
        Role::Killed,
        &[
            "killed",
            "fatalities",
            "deaths",
            "dead",
            "nkill",
            "best",
            "death",
            "fatality",
            "deathtoll",
            "tues",
            "morts",
            "deces",
            "nbmorts",
            "tote",
            "getotete",
            "todesopfer",
            "muertos",
            "muertes",
            "fallecidos",
            "القتلى",
            "قتلى",
            "عددالقتلى",
            "الوفيات",
            "numberkilled",
            "totalkilled",
            "totaldeaths",
            "peoplekilled",
            "nkilled",
        ],
    ),
    (
        Role::Wounded,
        &[
            "wounded",
            "injured",
            "injuries",
            "nwound",
            "blesses",
            "nbblesses",
            "verletzte",
            "verwundete",
            "heridos",
            "الجرحى",
            "جرحى",
            "عددالجرحى",
            "numberwounded",
            "totalinjured",
            "nwounded",
            "peopleinjured",
        ],
    ),
];

/// A name as it stands in [`NAMES`].
pub(super) fn key(name: &str) -> String {
    fold(name).replace(' ', "")
}

/// What a column's name says.
pub(super) fn by_name(name: &str) -> Option<Role> {
    let key = key(name);
    let named = NAMES
        .iter()
        .find(|(_, names)| names.contains(&key.as_str()));
    named.map(|(role, _)| *role)
}

/// How the values of a column of dates are to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Form {
    /// As dates.
    #[default]
    Text,
    /// As seconds since 1970.
    Seconds,
    /// As milliseconds since 1970.
    Millis,
    /// As days since 1899-12-30, as spreadsheets count them.
    Serial,
}

/// How numbers in a column of dates are meant, by their size.
pub(super) fn form(samples: &[String]) -> Form {
    if let Some(form) = super::epochs::form(samples) {
        return form;
    }
    let (mut serial, mut seconds, mut millis, mut all) = (0, 0, 0, 0);
    for text in samples.iter().map(|s| s.trim()).filter(|s| !s.is_empty()) {
        all += 1;
        let Ok(n) = text.parse::<f64>() else { continue };
        let digits = text
            .trim_start_matches('-')
            .split('.')
            .next()
            .unwrap_or("")
            .len();
        match digits {
            5 if (20_000.0..80_000.0).contains(&n) => serial += 1,
            9 | 10 => seconds += 1,
            12 | 13 => millis += 1,
            _ => {}
        }
    }
    let most = |n: usize| all > 0 && n * 10 >= all * 9;
    match () {
        () if most(serial) => Form::Serial,
        () if most(seconds) => Form::Seconds,
        () if most(millis) => Form::Millis,
        () => Form::Text,
    }
}

/// What stands in a column, where its name says nothing.
pub(super) fn by_content(samples: &[String]) -> Option<Role> {
    let values: Vec<&str> = samples
        .iter()
        .map(|s| s.trim())
        .filter(|s| !s.is_empty())
        .take(200)
        .collect();
    if values.is_empty() {
        return None;
    }
    let all = |test: &dyn Fn(&str) -> bool| values.iter().all(|v| test(v));
    if all(&|v| is_wkt(v)) {
        return Some(Role::Wkt);
    }
    if all(&|v| v.starts_with('{') && v.contains("\"coordinates\"")) {
        return Some(Role::Geometry);
    }
    let pairs = |v: &str| {
        coords::pair(v).is_some_and(|(a, b)| a.abs() <= 180.0 && b.abs() <= 180.0)
            && v.contains(['.', '°', '\''])
    };
    if all(&pairs) {
        return Some(first_of_pair(&values));
    }
    let dated = |v: &str| {
        v.bytes().any(|b| !b.is_ascii_digit() && b != b'.')
            && v.len() > 5
            && !v.starts_with('-')
            && dates::read(v, DateOrder::DayFirst).is_ok()
    };
    all(&dated).then_some(Role::Date)
}

/// Whether pairs of coordinates begin with the latitude: if the other order is
/// not the only one that can be.
pub(super) fn first_of_pair(values: &[&str]) -> Role {
    let beyond = |pair: (f64, f64)| pair.0.abs() > 90.0 && pair.1.abs() <= 90.0;
    let east = values.iter().filter_map(|v| coords::pair(v)).any(beyond);
    if east { Role::LonLat } else { Role::LatLon }
}

pub(super) fn is_wkt(text: &str) -> bool {
    const WORDS: [&str; 7] = [
        "POINT",
        "LINESTRING",
        "POLYGON",
        "MULTIPOINT",
        "MULTILINESTRING",
        "MULTIPOLYGON",
        "GEOMETRYCOLLECTION",
    ];
    let text = text.trim();
    let text = text.split_once(';').map_or(text, |(_, rest)| rest);
    let word = text.split(['(', ' ']).next().unwrap_or("");
    text.contains('(') && WORDS.iter().any(|w| word.eq_ignore_ascii_case(w))
}

/// Which orders of day and month the values of a column allow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is one thing seen")]
pub(super) struct Orders {
    /// A value is a date only with the day first.
    pub day_first: bool,
    /// A value is a date only with the month first.
    pub month_first: bool,
    /// A value is a date with either first, and they differ.
    pub either: bool,
    /// Such values are parted by points, as nobody does who puts months first.
    pub points: bool,
}

impl Orders {
    /// Looks at one more value.
    pub fn see(&mut self, text: &str) {
        let Some(([a, b, c], sign, _)) = dates::three(text.trim()) else {
            return;
        };
        if a.len() > 2 || b.len() > 2 || c.len() == 3 || c.len() == 1 {
            return;
        }
        let (Ok(a), Ok(b)) = (a.parse::<u8>(), b.parse::<u8>()) else {
            return;
        };
        match (a > 12, b > 12) {
            (true, false) => self.day_first = true,
            (false, true) => self.month_first = true,
            (false, false) if a != b => {
                self.either = true;
                self.points |= sign == '.';
            }
            _ => {}
        }
    }

    /// The order, if the values tell.
    pub fn decided(self) -> Option<DateOrder> {
        match (self.day_first, self.month_first) {
            (true, false) => Some(DateOrder::DayFirst),
            (false, true) => Some(DateOrder::MonthFirst),
            (false, false) if self.points => Some(DateOrder::DayFirst),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_means_two_things() {
        let mut all: Vec<&str> = NAMES.iter().flat_map(|(_, n)| n.iter().copied()).collect();
        let many = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), many);
    }

    #[test]
    fn columns_are_known_by_name_in_five_languages() {
        for (name, role) in [
            ("Latitude (WGS84)", Some(Role::Latitude)),
            ("LNG", Some(Role::Longitude)),
            ("Date de début", Some(Role::Start)),
            ("Längengrad", Some(Role::Longitude)),
            ("Fecha", Some(Role::Date)),
            ("التاريخ", Some(Role::Date)),
            ("خط العرض", Some(Role::Latitude)),
            ("mood", None),
        ] {
            assert_eq!(by_name(name), role, "{name}");
        }
    }

    #[test]
    fn columns_are_known_by_what_stands_in_them() {
        let of = |values: &[&str]| {
            by_content(&values.iter().map(|v| (*v).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(of(&["36.2, 37.1", "", "35.0, 36.0"]), Some(Role::LatLon));
        assert_eq!(of(&["137.1, 36.2", "35.0, 36.0"]), Some(Role::LonLat));
        assert_eq!(of(&["POINT (1 2)", "point(2 3)"]), Some(Role::Wkt));
        assert_eq!(of(&["3 May 2014", "2015-01-01"]), Some(Role::Date));
        assert_eq!(of(&["12", "13"]), None);
        assert_eq!(of(&["Aleppo, Syria"]), None);
    }

    #[test]
    fn numbers_are_told_by_their_size() {
        let of =
            |values: &[&str]| form(&values.iter().map(|v| (*v).to_owned()).collect::<Vec<_>>());
        assert_eq!(of(&["1431425706", ""]), Form::Seconds);
        assert_eq!(of(&["1431425706810"]), Form::Millis);
        assert_eq!(of(&["43831", "43832.5"]), Form::Serial);
        assert_eq!(of(&["2014", "20140501"]), Form::Text);
    }
}
