//! Columns of any table, by what they were said or guessed to mean.

mod place;
mod time;

use std::borrow::Cow;

use crate::model::{Kind, Precision, Role as Part, Schema, TollKind};

use super::super::mapping::Role;
use super::super::{Draft, DraftParticipant, DraftSource};
use super::row::Row;
use super::{Plan, blank, names, wrong};
pub(super) use time::parts;

/// A part of a list of sources longer than this is a citation with semicolons
/// in it, which is left whole.
const LONGEST_PART: usize = 80;

/// What belongs together: if the user speaks of one, the others are guessed
/// and not the profile's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    /// When it happened.
    Time,
    /// Where it happened.
    Place,
    /// Anything else.
    None,
}

pub(super) fn group(role: Role) -> Group {
    match role {
        Role::Date
        | Role::Start
        | Role::End
        | Role::Year
        | Role::Month
        | Role::Day
        | Role::Time
        | Role::EpochSeconds
        | Role::EpochMillis => Group::Time,
        Role::Latitude
        | Role::Longitude
        | Role::LatLon
        | Role::LonLat
        | Role::Wkt
        | Role::Geometry => Group::Place,
        _ => Group::None,
    }
}

/// Whether a column that the user says to have one role speaks of the same as
/// a column of another: all that tells when, all that tells where, and of most
/// other things there is one.
pub(super) fn belong(said: Role, role: Role) -> bool {
    match (group(said), group(role)) {
        (Group::None, Group::None) => {
            let several = matches!(
                said,
                Role::Attribute | Role::Ignore | Role::Within | Role::Source | Role::Url
            );
            said == role && !several
        }
        (said, role) => said == role,
    }
}

/// Fills in what the columns say that have a role of their own, and notes in
/// the row which of them the draft now holds.
pub(super) fn fill<'a>(plan: &Plan, draft: &mut Draft<'a>, row: &mut Row<'_, 'a>) {
    let first = |role: Role| plan.slots[role as usize].first().copied();
    let put = |row: &mut Row<'_, 'a>, slot: &mut Cow<'a, str>, role: Role| {
        if let Some(column) = first(role) {
            row.take(column);
            let value = match role {
                Role::Place => row.name(column),
                _ => row.text(column),
            };
            if !value.is_empty() {
                *slot = Cow::Borrowed(value);
            }
        }
    };
    put(row, &mut draft.id, Role::Id);
    put(row, &mut draft.title, Role::Title);
    put(row, &mut draft.summary, Role::Summary);
    put(row, &mut draft.place, Role::Place);
    // Only a place lies within others.
    if !draft.place.is_empty() {
        for column in &plan.slots[Role::Within as usize] {
            row.take(*column);
            let value = row.name(*column);
            if !value.is_empty() {
                draft.within.push(Cow::Borrowed(value));
            }
        }
    }
    if let Some(column) = first(Role::Kind) {
        kind(draft, row, column);
    }
    time::fill(plan, draft, row);
    if draft.geometry.is_none() {
        place::fill(plan, draft, row);
    }
    if let Some(column) = first(Role::Precision) {
        precision(draft, row, column);
    }
    if let Some(column) = first(Role::Radius) {
        radius(draft, row, column);
    }
    for (role, part) in [(Role::Actor, Part::Initiator), (Role::Target, Part::Target)] {
        for column in &plan.slots[role as usize] {
            participants(draft, row, *column, part);
        }
    }
    for (role, what) in [
        (Role::Killed, TollKind::Killed),
        (Role::Wounded, TollKind::Wounded),
    ] {
        let toll = row.toll(first(role), plan.bounds(role), what);
        draft.tolls.extend(toll);
    }
    sources(plan, draft, row);
}

/// Those who are named in a column, between semicolons; a number is nobody.
fn participants<'a>(draft: &mut Draft<'a>, row: &mut Row<'_, 'a>, column: usize, role: Part) {
    let mut whole = true;
    for name in row.name(column).split(';').map(blank::trim) {
        if name.parse::<f64>().is_ok() {
            whole = false;
        } else if !blank::is_no_name(name) {
            draft.participants.push(DraftParticipant {
                name: Cow::Borrowed(name),
                role,
                schema: Schema::LegalEntity,
            });
        }
    }
    if whole {
        row.take(column);
    }
}

/// The sources: those of a list between semicolons each for itself, and each
/// with its address where there are as many.
fn sources<'a>(plan: &Plan, draft: &mut Draft<'a>, row: &mut Row<'_, 'a>) {
    let (titles, urls) = (
        &plan.slots[Role::Source as usize],
        &plan.slots[Role::Url as usize],
    );
    let mut push = |title: &'a str, url: &'a str| {
        // An address among the titles is an address.
        let (title, url) = if url.is_empty() && is_url(title) {
            ("", title)
        } else {
            (title, url)
        };
        if !(title.is_empty() && url.is_empty()) {
            draft.sources.push(DraftSource {
                title: Cow::Borrowed(title),
                url: Cow::Borrowed(url),
                ..DraftSource::default()
            });
        }
    };
    for at in 0..titles.len().max(urls.len()) {
        let mut of = |columns: &[usize]| {
            let Some(column) = columns.get(at) else {
                return "";
            };
            row.take(*column);
            row.name(*column)
        };
        let (title, url) = (of(titles), of(urls));
        if !title.contains(';') && !url.contains("; ") {
            push(title, url);
            continue;
        }
        let (titles, urls) = (listed(title), listed(url));
        if titles.len() == urls.len() {
            for (title, url) in titles.into_iter().zip(urls) {
                push(title, url);
            }
        } else {
            // Whose address it is, is not told.
            for title in titles {
                push(title, "");
            }
            for url in urls {
                push("", url);
            }
        }
    }
}

/// The parts of a list between semicolons, or the whole where one of them is
/// too long for a name.
fn listed(text: &str) -> Vec<&str> {
    let parts = text.split(';').map(blank::trim).filter(|p| !p.is_empty());
    let parts: Vec<&str> = parts.collect();
    if parts.iter().any(|p| p.len() > LONGEST_PART && !is_url(p)) {
        return vec![text];
    }
    parts
}

fn is_url(text: &str) -> bool {
    (text.starts_with("http://") || text.starts_with("https://")) && !text.contains(' ')
}

/// The kind for an id or a word: `leader-killing`, `Leader killing`, or a
/// sub-event type of ACLED's. Nothing is "other".
pub(crate) fn kind_of(text: &str) -> Option<Kind> {
    let text = text.trim();
    if text.is_empty() {
        return Some(Kind::Other);
    }
    let id: String = text
        .chars()
        .map(|c| match c {
            ' ' | '_' => '-',
            c => c.to_ascii_lowercase(),
        })
        .collect();
    let acled = Kind::from_acled(text);
    Kind::from_id(&id).or_else(|| (acled != Kind::Other).then_some(acled))
}

fn kind<'a>(draft: &mut Draft<'a>, row: &mut Row<'_, 'a>, column: usize) {
    let text = row.text(column);
    match kind_of(text) {
        Some(kind) => {
            draft.kind = kind;
            // Another word for it is kept.
            if text.is_empty() || text == kind.id() {
                row.take(column);
            }
        }
        None => row.note(&wrong::KIND, column, text, ""),
    }
}

/// The precision that a word stands for, ours or another common one.
fn precision_of(text: &str) -> Option<Precision> {
    let text = crate::model::fold(text);
    Precision::from_id(&text).or(match text.as_str() {
        "precise" | "gps" => Some(Precision::Exact),
        "approximate" | "approximately" | "approx" | "estimated" | "nearby" | "vicinity"
        | "village" | "town" | "city" | "settlement" | "locality" | "populated place"
        | "neighbourhood" | "neighborhood" | "approximatif" | "ungefahr" | "aproximado" => {
            Some(Precision::Near)
        }
        "district" | "county" | "municipality" | "adm2" | "admin 2" | "cercle" => {
            Some(Precision::Admin2)
        }
        "province" | "governorate" | "state" | "adm1" | "admin 1" => Some(Precision::Admin1),
        "national" | "adm0" | "admin0" => Some(Precision::Country),
        _ => None,
    })
}

fn precision<'a>(draft: &mut Draft<'a>, row: &mut Row<'_, 'a>, column: usize) {
    let text = row.text(column);
    if text.is_empty() {
        return;
    }
    if let Some(precision) = precision_of(text) {
        draft.precision = precision;
        // Another word for it is kept.
        if text.eq_ignore_ascii_case(precision.id()) {
            row.take(column);
        }
    } else {
        draft.precision = Precision::Unknown;
        row.note(&wrong::PRECISION, column, text, "");
    }
}

fn radius<'a>(draft: &mut Draft<'a>, row: &mut Row<'_, 'a>, column: usize) {
    let text = row.value(column);
    if text.is_empty() {
        return;
    }
    // A unit behind the number is meant, whatever the name says.
    let digits = text.trim_end_matches(|c: char| c.is_alphabetic());
    let metres = match &text[digits.len()..] {
        "" => names::metres(&row.plan.names[column]),
        word => names::unit(&word.to_lowercase()),
    };
    let number = row.number(digits.trim_end()).zip(metres);
    match number.map(|(r, metres)| r * metres) {
        Some(radius) if radius.is_finite() && radius >= 0.0 => {
            draft.radius_m = Some(radius);
            if metres == Some(1.0) && digits.len() == text.len() {
                row.take(column);
            } else {
                row.fail(column);
            }
        }
        _ => row.note(&wrong::RADIUS, column, text, ""),
    }
}
