//! GDELT events, 2.0 (61 columns) and 1.0 (57 or 58), which come without a
//! header and separated by tabs although the files are called .CSV.
//!
//! Sources: GDELT Event Database Data Format Codebook 2.0 (2015) and 1.03
//! (2013); of the event codes, CAMEO: Conflict and Mediation Event Observations
//! Event and Actor Codebook 1.1b3 (Schrodt, 2012).

use std::borrow::Cow;

use crate::model::{Kind, Precision, Role as Part, Schema};

use super::super::super::mapping::Role;
use super::super::super::{Draft, DraftParticipant, DraftSource};
use super::super::row::Row;
use super::super::{dates, wrong};
use super::{Field, most_fit, other, part, whole};

// The codebook calls SQLDATE "Day".
pub(super) const SIGNS: &[&[&str]] = &[
    &["globaleventid", "sqldate", "eventcode"],
    &["globaleventid", "day", "eventcode"],
    &["globaleventid", "eventrootcode"],
];

pub(super) const FIELDS: &[Field] = &[
    whole("globaleventid", Role::Id),
    whole("sqldate", Role::Date),
    whole("day", Role::Date),
    part("eventcode", Role::Kind),
    other("eventrootcode"),
    whole("actor1name", Role::Actor),
    other("actor1type1code"),
    whole("actor2name", Role::Target),
    other("actor2type1code"),
    whole("actiongeo_fullname", Role::Place),
    whole("actiongeo_lat", Role::Latitude),
    whole("actiongeo_long", Role::Longitude),
    part("actiongeo_type", Role::Precision),
    whole("sourceurl", Role::Url),
];
const ID: usize = 0;
const DATES: [usize; 2] = [1, 2];
const CODE: usize = 3;
const ROOT: usize = 4;
const ACTORS: [(usize, usize, Part); 2] = [(5, 6, Part::Initiator), (7, 8, Part::Target)];
const PLACE: usize = 9;
const LATITUDE: usize = 10;
const LONGITUDE: usize = 11;
const GEO_TYPE: usize = 12;
const URL: usize = 13;

/// The columns of 2.0, in their order.
const COLUMNS: [&str; 61] = [
    "GLOBALEVENTID",
    "SQLDATE",
    "MonthYear",
    "Year",
    "FractionDate",
    "Actor1Code",
    "Actor1Name",
    "Actor1CountryCode",
    "Actor1KnownGroupCode",
    "Actor1EthnicCode",
    "Actor1Religion1Code",
    "Actor1Religion2Code",
    "Actor1Type1Code",
    "Actor1Type2Code",
    "Actor1Type3Code",
    "Actor2Code",
    "Actor2Name",
    "Actor2CountryCode",
    "Actor2KnownGroupCode",
    "Actor2EthnicCode",
    "Actor2Religion1Code",
    "Actor2Religion2Code",
    "Actor2Type1Code",
    "Actor2Type2Code",
    "Actor2Type3Code",
    "IsRootEvent",
    "EventCode",
    "EventBaseCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScale",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "AvgTone",
    "Actor1Geo_Type",
    "Actor1Geo_FullName",
    "Actor1Geo_CountryCode",
    "Actor1Geo_ADM1Code",
    "Actor1Geo_ADM2Code",
    "Actor1Geo_Lat",
    "Actor1Geo_Long",
    "Actor1Geo_FeatureID",
    "Actor2Geo_Type",
    "Actor2Geo_FullName",
    "Actor2Geo_CountryCode",
    "Actor2Geo_ADM1Code",
    "Actor2Geo_ADM2Code",
    "Actor2Geo_Lat",
    "Actor2Geo_Long",
    "Actor2Geo_FeatureID",
    "ActionGeo_Type",
    "ActionGeo_FullName",
    "ActionGeo_CountryCode",
    "ActionGeo_ADM1Code",
    "ActionGeo_ADM2Code",
    "ActionGeo_Lat",
    "ActionGeo_Long",
    "ActionGeo_FeatureID",
    "DATEADDED",
    "SOURCEURL",
];

/// The columns of a table of so many: 1.0 has no second-order divisions, and
/// until March 2013 no address.
fn columns(many: usize) -> Option<Vec<&'static str>> {
    match many {
        61 => Some(COLUMNS.to_vec()),
        57 | 58 => {
            let old = |name: &&&str| !name.ends_with("ADM2Code");
            Some(COLUMNS.iter().filter(old).take(many).copied().collect())
        }
        _ => None,
    }
}

/// The columns, if these are rows without a header: as many values as there
/// are columns, whose ids, dates, codes and coordinates stand in their places.
pub(super) fn headerless(rows: &[Vec<String>]) -> Option<Vec<&'static str>> {
    let told: Vec<_> = rows.iter().filter(|row| row.len() > 1).take(20).collect();
    let names = [61, 58, 57].into_iter().filter_map(columns);
    let mut fitting = names.filter(|names| most_fit(&told, |row| fits(row, names)));
    fitting.next()
}

fn fits(row: &[String], names: &[&str]) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let within = |text: &str, most: f64| {
        text.is_empty() || text.parse::<f64>().is_ok_and(|n| n.abs() <= most)
    };
    let of = |at: usize| row[at].trim();
    let date = of(1);
    let column_fits = |(at, name): (usize, &&str)| match *name {
        name if name.ends_with("Geo_Type") => {
            matches!(of(at), "" | "0" | "1" | "2" | "3" | "4" | "5")
        }
        name if name.ends_with("Geo_Lat") => within(of(at), 90.0),
        name if name.ends_with("Geo_Long") => within(of(at), 180.0),
        "IsRootEvent" => matches!(of(at), "0" | "1"),
        "GLOBALEVENTID" => digits(of(at)),
        "DATEADDED" => digits(of(at)) && matches!(of(at).len(), 8 | 14),
        _ => true,
    };
    row.len() == names.len()
        && digits(date)
        && date.len() == 8
        && dates::read(date, super::super::DateOrder::DayFirst).is_ok()
        && of(2) == &date[..6]
        && of(3) == &date[..4]
        && names.iter().enumerate().all(column_fits)
}

pub(super) fn fill<'a>(draft: &mut Draft<'a>, row: &mut Row<'_, 'a>) {
    draft.id = Cow::Borrowed(row.field(ID));
    for field in DATES {
        if let Some(told) = row.date_field(field) {
            draft.time = told.time;
            break;
        }
    }
    let words = event(draft, row);
    title(draft, row, words);
    for (name, kind, role) in ACTORS {
        if !row.field(name).is_empty() {
            draft.participants.push(DraftParticipant {
                name: Cow::Borrowed(row.field(name)),
                role,
                schema: schema(row.field(kind)),
            });
        }
    }
    draft.place = Cow::Borrowed(row.field(PLACE));
    row.point_fields(draft, LATITUDE, LONGITUDE);
    draft.precision = precision(row);
    let address = row.field(URL);
    if !address.is_empty() {
        draft.sources.push(source(address));
    }
}

/// What happened, in words; the kind goes into the draft.
fn event(draft: &mut Draft<'_>, row: &mut Row<'_, '_>) -> &'static str {
    let (code, root) = (row.field(CODE), row.field(ROOT));
    if code.is_empty() && root.is_empty() {
        return "";
    }
    let full = full_code(code, root);
    match full.get(..2).and_then(root_words) {
        Some(words) if full.bytes().all(|b| b.is_ascii_digit()) => {
            draft.kind = kind(&full);
            words
        }
        _ => {
            let field = if code.is_empty() { ROOT } else { CODE };
            row.note_field(&wrong::CODE, field, row.field(field));
            ""
        }
    }
}

/// The code with the zero before it that spreadsheets drop: the root tells.
fn full_code<'c>(code: &'c str, root: &str) -> Cow<'c, str> {
    let padded = format!("{root:0>2}");
    if code.is_empty() {
        return Cow::Owned(padded);
    }
    let longer = format!("0{code}");
    if !root.is_empty() && !code.starts_with(&padded) && longer.starts_with(&padded) {
        return Cow::Owned(longer);
    }
    Cow::Borrowed(code)
}

/// Source: CAMEO Codebook 1.1b3, chapter 2, the twenty root codes.
fn root_words(code: &str) -> Option<&'static str> {
    Some(match code {
        "01" => "Make public statement",
        "02" => "Appeal",
        "03" => "Express intent to cooperate",
        "04" => "Consult",
        "05" => "Engage in diplomatic cooperation",
        "06" => "Engage in material cooperation",
        "07" => "Provide aid",
        "08" => "Yield",
        "09" => "Investigate",
        "10" => "Demand",
        "11" => "Disapprove",
        "12" => "Reject",
        "13" => "Threaten",
        "14" => "Protest",
        "15" => "Exhibit force posture",
        "16" => "Reduce relations",
        "17" => "Coerce",
        "18" => "Assault",
        "19" => "Fight",
        "20" => "Use unconventional mass violence",
        _ => return None,
    })
}

/// The kind nearest to an event code.
///
/// Source: CAMEO Codebook 1.1b3, chapter 2. Assassinations (186) are attacks:
/// the code does not say that the victim led anything. Blockades (191) are no
/// fighting; what is only announced or threatened is a statement.
fn kind(code: &str) -> Kind {
    match (code.get(..2).unwrap_or(""), code.get(..3).unwrap_or("")) {
        // Retreat or surrender militarily; declare truce, ceasefire.
        _ if code == "0874" => Kind::Withdrawal,
        _ if code == "0871" => Kind::Statement,
        // 150: demonstrate military or police power.
        ("01" | "02" | "03" | "10" | "11" | "12" | "13", _) | (_, "150") => Kind::Statement,
        ("15", _) => Kind::Deployment,
        // Expel or deport individuals; engage in mass expulsion.
        (_, "174" | "201") => Kind::Displacement,
        (_, "181") => Kind::Abduction,
        (_, "183") => Kind::Explosion,
        ("18" | "20", _) => Kind::Attack,
        (_, "191") => Kind::Other,
        // Artillery and tanks; aerial weapons.
        (_, "194" | "195") => Kind::Strike,
        ("19", _) => Kind::Clash,
        _ => Kind::Other,
    }
}

fn title(draft: &mut Draft<'_>, row: &Row<'_, '_>, words: &str) {
    let names = ACTORS.map(|(name, ..)| row.field(name));
    let names: Vec<&str> = names.into_iter().filter(|n| !n.is_empty()).collect();
    let mut parts = vec![names.join(" – "), words.to_owned()];
    parts.retain(|p| !p.is_empty());
    draft.title = Cow::Owned(parts.join(": "));
}

/// Government, military, police, judiciary, legislature and intelligence are
/// public bodies. Source: CAMEO Codebook 1.1b3, chapter 3, role codes.
fn schema(kind: &str) -> Schema {
    match kind {
        "GOV" | "MIL" | "COP" | "JUD" | "LEG" | "SPY" => Schema::PublicBody,
        _ => Schema::LegalEntity,
    }
}

/// Source: GDELT Event Codebook 2.0, `Actor1Geo_Type`: the position is the
/// centre of a country, a US state, a US city, a world city or a world state.
fn precision(row: &mut Row<'_, '_>) -> Precision {
    match row.code(GEO_TYPE) {
        1 => Precision::Country,
        2 | 5 => Precision::Admin1,
        3 | 4 => Precision::Near,
        0 => Precision::Unknown,
        _ => {
            row.note_field(&wrong::CODE, GEO_TYPE, row.field(GEO_TYPE));
            Precision::Unknown
        }
    }
}

/// An article by the host and the end of its address; what is no address, such
/// as "BBC Monitoring", by what it is.
fn source(address: &str) -> DraftSource<'_> {
    let bare = address.split(['?', '#']).next().unwrap_or(address);
    let web = bare
        .strip_prefix("https://")
        .or_else(|| bare.strip_prefix("http://"));
    let Some(rest) = web else {
        return DraftSource {
            title: Cow::Borrowed(address),
            ..DraftSource::default()
        };
    };
    let rest = rest.trim_end_matches('/');
    let title = match (rest.split_once('/'), rest.rsplit_once('/')) {
        (Some((host, _)), Some((_, end))) => Cow::Owned([host, ": ", end].concat()),
        _ => Cow::Borrowed(rest),
    };
    DraftSource {
        title,
        url: Cow::Borrowed(address),
        ..DraftSource::default()
    }
}

#[cfg(test)]
#[path = "gdelt_tests.rs"]
mod tests;
