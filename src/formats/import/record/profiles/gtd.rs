//! Global Terrorism Database, whole or some columns of it.
//!
//! Source of columns and codes: GTD Codebook (University of Maryland, 2021).

use std::borrow::Cow;

use crate::model::time::Extent;
use crate::model::{Flag, Kind, Precision, Role as Part, Schema, TollKind};

use super::super::super::mapping::Role;
use super::super::super::{Draft, DraftParticipant, DraftSource, DraftTime};
use super::super::row::Row;
use super::super::{DateOrder, dates, forms, generic, wrong};
use super::{Field, other, part, whole};

pub(super) const SIGNS: &[&[&str]] = &[
    &["eventid", "iyear"],
    &["iyear", "imonth", "iday"],
    &["iyear", "gname"],
];

// Days that are 0 and numbers that are -99 are not held to the letter.
pub(super) const FIELDS: &[Field] = &[
    whole("eventid", Role::Id),
    part("iyear", Role::Year),
    part("imonth", Role::Month),
    part("iday", Role::Day),
    part("resolution", Role::End),
    whole("latitude", Role::Latitude),
    whole("longitude", Role::Longitude),
    part("specificity", Role::Precision),
    part("city", Role::Place),
    part("provstate", Role::Within),
    part("country_txt", Role::Within),
    part("attacktype1", Role::Kind),
    part("attacktype1_txt", Role::Kind),
    whole("summary", Role::Summary),
    part("gname", Role::Actor),
    part("gname2", Role::Actor),
    part("gname3", Role::Actor),
    part("target1", Role::Target),
    part("target2", Role::Target),
    part("target3", Role::Target),
    part("nkill", Role::Killed),
    part("nwound", Role::Wounded),
    whole("scite1", Role::Source),
    whole("scite2", Role::Source),
    whole("scite3", Role::Source),
    other("vicinity"),
    other("doubtterr"),
];
const ID: usize = 0;
const YEAR: usize = 1;
const MONTH: usize = 2;
const DAY: usize = 3;
const RESOLUTION: usize = 4;
const LATITUDE: usize = 5;
const LONGITUDE: usize = 6;
const SPECIFICITY: usize = 7;
const CITY: usize = 8;
const WITHIN: [usize; 2] = [9, 10];
const TYPE: usize = 11;
const TYPE_WORDS: usize = 12;
const SUMMARY: usize = 13;
const GROUPS: [usize; 3] = [14, 15, 16];
const TARGETS: [usize; 3] = [17, 18, 19];
const TOLLS: [(usize, TollKind); 2] = [(20, TollKind::Killed), (21, TollKind::Wounded)];
const CITATIONS: [usize; 3] = [22, 23, 24];
const VICINITY: usize = 25;
const DOUBT: usize = 26;
/// The code of a place of which no more than the country is known; what stands
/// as its coordinates is 0 or the middle of the country.
const NO_SPOT: u8 = 5;

/// The types of attack by their codes.
///
/// Source: GTD Codebook (2021), "attacktype1". An assassination is an attack:
/// the code does not say that the victim led anything.
const TYPES: [(&str, Kind); 9] = [
    ("Assassination", Kind::Attack),
    ("Armed Assault", Kind::Attack),
    ("Bombing/Explosion", Kind::Explosion),
    ("Hijacking", Kind::Abduction),
    ("Hostage Taking (Barricade Incident)", Kind::Abduction),
    ("Hostage Taking (Kidnapping)", Kind::Abduction),
    ("Facility/Infrastructure Attack", Kind::Attack),
    ("Unarmed Assault", Kind::Attack),
    ("Unknown", Kind::Other),
];

pub(super) fn fill<'a>(draft: &mut Draft<'a>, row: &mut Row<'_, 'a>) {
    draft.id = Cow::Borrowed(row.field(ID));
    draft.summary = Cow::Borrowed(known(row.field(SUMMARY)));
    if let Some(extent) = time(row) {
        draft.time = DraftTime::Extent(extent);
    }
    place(draft, row);
    let words = attack(draft, row);
    title(draft, row, words);
    for (fields, role) in [(GROUPS, Part::Initiator), (TARGETS, Part::Target)] {
        for field in fields {
            let name = known(row.field(field));
            if !name.is_empty() {
                draft.participants.push(DraftParticipant {
                    name: Cow::Borrowed(name),
                    role,
                    schema: Schema::LegalEntity,
                });
            }
        }
    }
    for (field, what) in TOLLS {
        if known(row.field(field)).is_empty() {
            continue;
        }
        let toll = row.toll(row.column(field), [None, None], what);
        draft.tolls.extend(toll);
    }
    // Whether it was terrorism is in doubt: the database says so.
    if code(row.field(DOUBT)) == "1" {
        draft.flags.push(Flag::Contested);
    }
    for field in CITATIONS {
        let citation = row.field(field);
        if !citation.is_empty() {
            draft.sources.push(DraftSource {
                title: Cow::Borrowed(citation),
                ..DraftSource::default()
            });
        }
    }
}

/// A value, or nothing for the codes that stand for unknown: -9, -99 and the
/// word.
fn known(text: &str) -> &str {
    if matches!(code(text), "-9" | "-99" | ".") || text.eq_ignore_ascii_case("unknown") {
        return "";
    }
    text
}

/// A code without the fraction that spreadsheets give it.
fn code(text: &str) -> &str {
    text.strip_suffix(".0").unwrap_or(text)
}

/// From the day, month or year it began to the day it was resolved.
fn time(row: &mut Row<'_, '_>) -> Option<Extent> {
    let year = row.column(YEAR).filter(|c| !row.text(*c).is_empty())?;
    let (month, day) = (row.column(MONTH), row.column(DAY));
    let from = generic::parts(row, year, month, day)?;
    let end = row.field(RESOLUTION);
    if known(end).is_empty() {
        return Some(from);
    }
    match resolved(row, end) {
        Some(until) if until.end_latest < from.start_earliest => {
            row.note_field(&wrong::ORDER, RESOLUTION, end);
            Some(from)
        }
        Some(until) => Some(Extent::spanning(
            (from.start_earliest, from.start_latest.min(until.end_latest)),
            (until.end_earliest, until.end_latest),
        )),
        None => Some(from),
    }
}

/// The day it was resolved, which the database writes month first unless the
/// user says otherwise.
fn resolved(row: &mut Row<'_, '_>, text: &str) -> Option<Extent> {
    let order = row.plan.order.unwrap_or(DateOrder::MonthFirst);
    // As a spreadsheet counts days, or with a time that the database has not.
    let read = forms::serial(text).or_else(|| dates::read(text, order).ok()?.extent());
    if read.is_none() {
        row.note_field(&wrong::DATE, RESOLUTION, text);
    }
    let timed = text.contains(':');
    read.map(|until| {
        if timed {
            forms::whole_day(until)
        } else {
            until
        }
    })
}

fn place<'a>(draft: &mut Draft<'a>, row: &mut Row<'_, 'a>) {
    let mut names = vec![known(row.field(CITY))];
    names.extend(WITHIN.map(|field| known(row.field(field))));
    names.retain(|name| !name.is_empty());
    let mut names = names.into_iter().map(Cow::Borrowed);
    draft.place = names.next().unwrap_or_default();
    draft.within.extend(names);
    let specificity = match known(row.field(SPECIFICITY)) {
        "" => 0,
        _ => row.code(SPECIFICITY),
    };
    let at = [LATITUDE, LONGITUDE].map(|field| known(row.field(field)));
    if specificity == NO_SPOT && at.iter().any(|text| !text.is_empty()) {
        for field in [LATITUDE, LONGITUDE] {
            row.note_field(&wrong::NO_SPOT, field, row.field(field));
        }
    } else {
        row.point_fields(draft, LATITUDE, LONGITUDE);
    }
    if row.column(SPECIFICITY).is_some() {
        draft.precision = Precision::from_gtd(specificity);
        if specificity > NO_SPOT {
            row.note_field(&wrong::CODE, SPECIFICITY, row.field(SPECIFICITY));
        }
    }
    // It happened around the town rather than in it.
    if code(row.field(VICINITY)) == "1" && draft.precision == Precision::Exact {
        draft.precision = Precision::Near;
    }
}

/// The type of attack in words; the kind goes into the draft. The code is
/// asked first, then the words.
fn attack<'a>(draft: &mut Draft<'_>, row: &mut Row<'_, 'a>) -> &'a str {
    let words = row.field(TYPE_WORDS);
    let coded = match known(row.field(TYPE)) {
        "" => None,
        text => {
            let code = usize::from(row.code(TYPE));
            let told = code.checked_sub(1).and_then(|at| TYPES.get(at));
            if told.is_none() {
                row.note_field(&wrong::CODE, TYPE, text);
            }
            told
        }
    };
    let same = |(name, _): &&(&str, Kind)| name.eq_ignore_ascii_case(words);
    let told = coded.or_else(|| TYPES.iter().find(same));
    if told.is_none() && !known(words).is_empty() && row.field(TYPE).is_empty() {
        row.note_field(&wrong::CODE, TYPE_WORDS, words);
    }
    if let Some((name, kind)) = told {
        draft.kind = *kind;
        return known(if words.is_empty() { name } else { words });
    }
    known(words)
}

/// "Armed Assault: group – target, city", without what is not known.
fn title(draft: &mut Draft<'_>, row: &Row<'_, '_>, words: &str) {
    let join = |a: &str, sign: &str, b: &str| match (a, b) {
        ("", only) | (only, "") => only.to_owned(),
        (a, b) => [a, sign, b].concat(),
    };
    let name = |field: usize| known(row.field(field));
    let sides = join(name(GROUPS[0]), " – ", name(TARGETS[0]));
    let around = join(&sides, ", ", name(CITY));
    draft.title = Cow::Owned(join(words, ": ", &around));
}

#[cfg(test)]
#[path = "gtd_tests.rs"]
mod tests;
