//! Armed Conflict Location & Event Data: the 31 columns since March 2023, and
//! those before.
//!
//! Codes are those of the ACLED Codebook (2023) and, for older files, of its
//! versions 8 (2017) and 2019 (acleddata.com/methodology/acled-codebook).

use std::borrow::Cow;

use crate::model::time::{DAY_MS, Extent};
use crate::model::{Kind, Precision, Role as Part, Schema, TollKind};

use super::super::super::mapping::Role;
use super::super::super::{Draft, DraftParticipant, DraftSource, DraftTime, DraftToll};
use super::super::row::Row;
use super::super::{dates, generic, wrong};
use super::{Field, other, part, whole};

pub(super) const SIGNS: &[&[&str]] = &[
    &["event_date", "event_type", "sub_event_type", "actor1"],
    &["event_id_cnty", "event_date"],
    &["event_id_cnty", "event_type"],
    &["event_date", "event_type", "actor1", "inter1"],
    &["data_id", "event_date", "event_type", "actor1"],
];

// The divisions are held as the parts in which a place lies, but not which is
// of which order; the codes are held only as what they stand for.
pub(super) const FIELDS: &[Field] = &[
    whole("event_id_cnty", Role::Id),
    other("data_id"),
    whole("event_date", Role::Date),
    part("year", Role::Year),
    other("time_precision"),
    part("event_type", Role::Kind),
    part("sub_event_type", Role::Kind),
    whole("actor1", Role::Actor),
    whole("assoc_actor_1", Role::Actor),
    other("inter1"),
    whole("actor2", Role::Target),
    whole("assoc_actor_2", Role::Target),
    other("inter2"),
    part("country", Role::Within),
    part("admin1", Role::Within),
    part("admin2", Role::Within),
    part("admin3", Role::Within),
    whole("location", Role::Place),
    whole("latitude", Role::Latitude),
    whole("longitude", Role::Longitude),
    part("geo_precision", Role::Precision),
    whole("source", Role::Source),
    whole("notes", Role::Summary),
    whole("fatalities", Role::Killed),
    // Until 2016.
    whole("ally_actor_1", Role::Actor),
    whole("ally_actor_2", Role::Target),
];
const ID: usize = 0;
const DATA_ID: usize = 1;
const DATE: usize = 2;
const YEAR: usize = 3;
const TIME_PRECISION: usize = 4;
const EVENT_TYPE: usize = 5;
const SUB_EVENT_TYPE: usize = 6;
const ACTOR_1: usize = 7;
const ASSOC_1: usize = 8;
const INTER_1: usize = 9;
const ACTOR_2: usize = 10;
const ASSOC_2: usize = 11;
const INTER_2: usize = 12;
const COUNTRY: usize = 13;
const ADMIN_1: usize = 14;
const ADMIN_2: usize = 15;
const ADMIN_3: usize = 16;
const LOCATION: usize = 17;
const LATITUDE: usize = 18;
const LONGITUDE: usize = 19;
const GEO_PRECISION: usize = 20;
const SOURCE: usize = 21;
const NOTES: usize = 22;
const FATALITIES: usize = 23;
const ALLY_1: usize = 24;
const ALLY_2: usize = 25;

pub(super) fn fill<'a>(draft: &mut Draft<'a>, row: &mut Row<'_, 'a>) {
    let id = match row.field(ID) {
        "" => row.field(DATA_ID),
        id => id,
    };
    draft.id = Cow::Borrowed(id);
    draft.summary = Cow::Borrowed(row.field(NOTES));
    draft.kind = kind(row);
    draft.time = time(row);
    place(draft, row);
    draft.title = Cow::Owned(title(row, &draft.place));
    participants(draft, row);
    if let Some(best) = row.people_field(FATALITIES) {
        draft.tolls.push(DraftToll {
            who: None,
            what: TollKind::Killed,
            low: None,
            best: Some(best),
            high: None,
        });
    }
    for name in listed(row.field(SOURCE)) {
        if draft.sources.iter().all(|s| s.title != name) {
            draft.sources.push(DraftSource {
                title: Cow::Borrowed(name),
                ..DraftSource::default()
            });
        }
    }
}

/// The names in a list such as `A; B;`.
fn listed(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').map(str::trim).filter(|n| !n.is_empty())
}

/// A code from 1 to `last`; `None` where there is none. Another is noted.
fn code(row: &mut Row<'_, '_>, field: usize, last: u8) -> Option<u8> {
    let text = row.field(field);
    if text.is_empty() {
        return None;
    }
    let number = text.strip_suffix(".0").unwrap_or(text).parse().ok();
    let known = number.filter(|n| (1..=last).contains(n));
    if known.is_none() {
        row.note_field(&wrong::CODE, field, text);
    }
    known
}

/// "Actor1 – Actor2, location", or what happened where nobody is named.
fn title(row: &Row<'_, '_>, place: &str) -> String {
    let (one, two) = (row.field(ACTOR_1), row.field(ACTOR_2));
    let what = match row.field(SUB_EVENT_TYPE) {
        "" => row.field(EVENT_TYPE),
        what => what,
    };
    let who = match (one, two) {
        ("", "") => [what, "", ""],
        (one, "") | ("", one) => [one, "", ""],
        (one, two) => [one, " – ", two],
    };
    let mut title = who.concat();
    if !title.is_empty() && !place.is_empty() {
        title.push_str(", ");
    }
    title.push_str(place);
    title
}

/// What happened: by the sub-event type (see [`Kind::from_acled`]), or by the
/// event type where that says no more than "other":
///
/// | event type                                   | kind      |
/// |----------------------------------------------|-----------|
/// | Battles, until 2018 Battle-…                 | clash     |
/// | Violence against civilians                   | attack    |
/// | Explosions/Remote violence, Remote violence  | explosion |
/// | Protests (people state what they want)       | statement |
/// | Headquarters or base established (until 2018)| founding  |
/// | Non-violent transfer of territory (until 2018)| withdrawal |
/// | Riots, Riots/Protests                        | other     |
/// | Strategic developments                       | other     |
///
/// Excessive force against protesters, a sub-event type of Protests, is an
/// attack. Sources: ACLED Codebook 2023, table of event and sub-event types,
/// and version 8 (2017), event types.
fn kind(row: &mut Row<'_, '_>) -> Kind {
    let (event, sub) = (row.field(EVENT_TYPE), row.field(SUB_EVENT_TYPE));
    if sub
        .to_ascii_lowercase()
        .starts_with("excessive force against protest")
    {
        return Kind::Attack;
    }
    let kind = Kind::from_acled(sub);
    if kind != Kind::Other || event.is_empty() {
        return kind;
    }
    let lower = event.to_ascii_lowercase();
    match lower.as_str() {
        "battles" => Kind::Clash,
        "violence against civilians" => Kind::Attack,
        "explosions/remote violence" | "remote violence" => Kind::Explosion,
        "protests" => Kind::Statement,
        "headquarters or base established" => Kind::Founding,
        "non-violent transfer of territory" => Kind::Withdrawal,
        "riots"
        | "riots/protests"
        | "strategic developments"
        | "strategic development"
        | "non-violent activity by a conflict actor" => Kind::Other,
        _ if lower.starts_with("battle-") => Kind::Clash,
        _ => {
            row.note_field(&wrong::KIND, EVENT_TYPE, event);
            Kind::Other
        }
    }
}

/// When it happened. By `time_precision` the date stands for itself (1), for
/// its week (2) or its month (3); source: ACLED Codebook 2023, "time
/// precision".
///
/// The codebook does not say which seven days a "week" is. It is taken as the
/// week from Monday to Sunday that holds the date, as the sources that say
/// "this week" mean it, and as ISO 8601 and ACLED's own weekly files count.
fn time(row: &mut Row<'_, '_>) -> DraftTime {
    let precision = code(row, TIME_PRECISION, 3);
    let text = row.field(DATE);
    let Some(told) = row.date_field(DATE) else {
        let year = row.column(YEAR).filter(|_| !row.field(YEAR).is_empty());
        let extent = year.and_then(|column| generic::parts(row, column, None, None));
        return extent.map_or(DraftTime::Unknown, DraftTime::Extent);
    };
    let DraftTime::Extent(extent) = told.time else {
        return told.time;
    };
    let Some(day) = local_day(text, extent) else {
        // A month or a year says less than any of the codes.
        return told.time;
    };
    if matches!(precision, Some(2 | 3)) || dates::at_midnight(text) == Some(false) {
        // The date itself is not held.
        if let Some(column) = row.column(DATE) {
            row.fail(column);
        }
    }
    let first = day.start_earliest;
    DraftTime::Extent(match precision {
        Some(2) => week_around(first),
        Some(3) => dates::month_around(first).unwrap_or(day),
        _ => day,
    })
}

/// The day of a date with or without a time; ACLED dates are local, so a time
/// or its shift does not move them. `None` if it is longer than a day.
fn local_day(text: &str, extent: Extent) -> Option<Extent> {
    if extent.end_latest.saturating_sub(extent.start_earliest) >= DAY_MS {
        return None;
    }
    let written = text.as_bytes().get(..10).and_then(dates::iso);
    let first = written.unwrap_or(extent).start_earliest;
    let first = first.div_euclid(DAY_MS).saturating_mul(DAY_MS);
    Some(Extent::within(first, first.saturating_add(DAY_MS - 1)))
}

/// The days from Monday to Sunday around a moment. 1970-01-01 was a Thursday.
fn week_around(ms: i64) -> Extent {
    let monday = (ms.div_euclid(DAY_MS) + 3).div_euclid(7) * 7 - 3;
    Extent::within(monday * DAY_MS, (monday + 7) * DAY_MS - 1)
}

/// Where it happened. Positions are those of a named location, so that without
/// a code it is not known how near they are.
fn place<'a>(draft: &mut Draft<'a>, row: &mut Row<'_, 'a>) {
    let names = [LOCATION, ADMIN_3, ADMIN_2, ADMIN_1, COUNTRY].map(|f| row.field(f));
    let mut names = names.into_iter().filter(|n| !n.is_empty());
    draft.place = Cow::Borrowed(names.next().unwrap_or_default());
    draft.within.extend(names.map(Cow::Borrowed));
    row.point_fields(draft, LATITUDE, LONGITUDE);
    let code = code(row, GEO_PRECISION, 3);
    draft.precision = Precision::from_acled(code.unwrap_or(0));
}

/// What an actor is, by `inter1` and `inter2`.
#[derive(Clone, Copy, PartialEq)]
enum Inter {
    /// Nothing is told.
    Unknown,
    /// State forces (1).
    State,
    /// Rebel groups (2), political (3) and identity militias (4), external and
    /// other forces (8).
    Group,
    /// Rioters (5) and protesters (6): people, but no body of them.
    Crowd,
    /// Civilians (7).
    Civilians,
}

/// What an actor is, from its code or, since 2024, the code's words; civilians
/// also by their name. 0 stands where there is no actor. Source: ACLED Codebook
/// 2023, "inter codes".
fn inter(row: &mut Row<'_, '_>, actor: usize, field: usize) -> Inter {
    let text = row.field(field);
    let lower = text.to_ascii_lowercase();
    let said = match lower.strip_suffix(".0").unwrap_or(&lower) {
        "" | "0" => Inter::Unknown,
        "1" | "state forces" | "state force" => Inter::State,
        "2"
        | "rebel groups"
        | "rebel group"
        | "3"
        | "political militias"
        | "political militia"
        | "4"
        | "identity militias"
        | "identity militia"
        | "8"
        | "external/other forces"
        | "external forces"
        | "other forces" => Inter::Group,
        "5" | "6" | "rioters" | "protesters" | "protestors" => Inter::Crowd,
        "7" | "civilians" => Inter::Civilians,
        _ => {
            row.note_field(&wrong::CODE, field, text);
            Inter::Unknown
        }
    };
    // "Civilians (Mali)".
    let named = row.field(actor).split(' ').next() == Some("Civilians");
    match said {
        Inter::Unknown if named => Inter::Civilians,
        said => said,
    }
}

/// Who took part. The first actor is taken for who did it and the second for
/// whom it was aimed at, but civilians never do it: as the first actor they
/// suffered it, from the second where it is violence against civilians.
fn participants<'a>(draft: &mut Draft<'a>, row: &mut Row<'_, 'a>) {
    let one = inter(row, ACTOR_1, INTER_1);
    let two = inter(row, ACTOR_2, INTER_2);
    let against = "violence against civilians";
    let (first, second) = match (one, two) {
        (Inter::Civilians, Inter::Civilians) => (Part::Victim, Part::Target),
        (Inter::Civilians, _) if row.field(EVENT_TYPE).eq_ignore_ascii_case(against) => {
            (Part::Victim, Part::Initiator)
        }
        (Inter::Civilians, _) => (Part::Victim, Part::Other),
        _ => (Part::Initiator, Part::Target),
    };
    for (actor, lists, inter, role) in [
        (ACTOR_1, [ASSOC_1, ALLY_1], one, first),
        (ACTOR_2, [ASSOC_2, ALLY_2], two, second),
    ] {
        let schema = match inter {
            Inter::State => Schema::PublicBody,
            Inter::Group => Schema::Organization,
            _ => Schema::LegalEntity,
        };
        join(draft, row.field(actor), role, schema);
        let beside = match (role, inter) {
            (_, Inter::Civilians) => Part::Other,
            (Part::Initiator, _) => Part::Ally,
            (Part::Target, _) => Part::Rival,
            _ => Part::Other,
        };
        for name in lists.into_iter().flat_map(|list| listed(row.field(list))) {
            join(draft, name, beside, Schema::LegalEntity);
        }
    }
}

fn join<'a>(draft: &mut Draft<'a>, name: &'a str, role: Part, schema: Schema) {
    let mut known = draft.participants.iter();
    if name.is_empty() || known.any(|p| p.role == role && p.name == name) {
        return;
    }
    draft.participants.push(DraftParticipant {
        name: Cow::Borrowed(name),
        role,
        schema,
    });
}

#[cfg(test)]
mod tests;
