//! Of several ways in which a table tells when or where, those that count.

use super::super::super::mapping::{DateOrder, Role};
use super::super::names::{self, RECORD, SECOND, WEAK};
use super::super::{blank, dates};

/// Rows by which a year and a date are compared: fewer may differ by chance.
const FEWEST: usize = 3;

/// The column that would do best for a role; the lowest is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Best {
    pub doubt: u8,
    pub rank: usize,
    pub column: usize,
}

/// Roles that each tell a whole date.
const DATES: &[Role] = &[Role::Date, Role::EpochSeconds, Role::EpochMillis];
/// The parts of a date.
const PARTS: &[Role] = &[Role::Year, Role::Month, Role::Day];
/// Roles that tell a place without any other.
const PLACES: &[Role] = &[Role::LatLon, Role::LonLat, Role::Wkt, Role::Geometry];
const PAIR: &[Role] = &[Role::Latitude, Role::Longitude];

/// Takes back guesses that would be read before, or in the place of, what the
/// user says.
pub(super) fn give_way(roles: &mut [Role], said: &[Option<Role>]) {
    let told = |any: &[Role]| said.iter().flatten().any(|r| any.contains(r));
    let there = |roles: &[Role], role| roles.contains(&role);
    let mut gone: Vec<Role> = Vec::new();
    if told(PLACES) {
        gone.extend([PLACES, PAIR].concat());
    } else if told(PAIR) && PAIR.iter().all(|r| there(roles, *r)) {
        gone.extend(PLACES);
    }
    let rest = told(PARTS) && there(roles, Role::Year);
    if told(DATES) || told(&[Role::Start]) {
        gone.extend(DATES);
        gone.push(Role::Start);
        // What the user says to have begun may have an end.
        if told(DATES) {
            gone.push(Role::End);
        }
        if !rest {
            gone.extend(PARTS);
        }
    } else if rest {
        gone.extend(DATES);
        gone.extend([Role::Start, Role::End]);
    }
    for (role, said) in roles.iter_mut().zip(said) {
        if said.is_none() && gone.contains(role) {
            *role = Role::Attribute;
        }
    }
}

/// Decides between a date, a start and a year where each has a column.
pub(super) fn of_times(
    best: &mut [Option<Best>],
    columns: &[String],
    samples: &dyn Fn(usize) -> Vec<String>,
    said: &[Option<Role>],
) {
    let at = |best: &[Option<Best>], role: Role| best[role as usize];
    let key = |b: Best| (b.doubt, b.rank);
    // A name that only may mean a start or an end is worth less than one that
    // means a date.
    let date = at(best, Role::Date);
    let weak = |b: Option<Best>| b.filter(|b| b.rank >= WEAK && columns_by_word(columns, *b));
    if let (Some(start), Some(date)) = (weak(at(best, Role::Start)), date)
        && key(date) < key(start)
    {
        best[Role::Start as usize] = None;
    }
    if weak(at(best, Role::End)).is_some()
        && at(best, Role::Start).is_none()
        && !said.contains(&Some(Role::Start))
    {
        best[Role::End as usize] = None;
    }
    // A form tells when it was filled in, and what it asked for.
    let asked = at(best, Role::Date).is_some_and(|d| d.doubt == 0 && d.rank <= WEAK);
    if asked && names::is_form(columns) {
        for role in [Role::Start, Role::End] {
            if at(best, role).is_some_and(|b| names::is_of_form(&columns[b.column])) {
                best[role as usize] = None;
            }
        }
    }
    // When a record was made is not when something happened.
    let timed = [
        Role::Start,
        Role::Year,
        Role::EpochSeconds,
        Role::EpochMillis,
    ];
    let taken =
        |role: Role| said.contains(&Some(role)) || at(best, role).is_some_and(|b| b.doubt == 0);
    let made = date.is_some_and(|date| date.rank >= RECORD);
    if made && timed.into_iter().any(taken) {
        best[Role::Date as usize] = None;
    }
    // A date that is plainly that of the event is left.
    let date = at(best, Role::Date).filter(|d| d.rank >= SECOND);
    let first = at(best, Role::Start).or(date);
    if let (Some(year), Some(first)) = (at(best, Role::Year), first)
        && is_another_year(&samples(year.column), &samples(first.column))
    {
        for role in [Role::Start, Role::End, Role::Date] {
            best[role as usize] = None;
        }
    }
}

/// Whether a column is what it is by one of its words, not by the whole name.
fn columns_by_word(columns: &[String], best: Best) -> bool {
    names::order(&columns[best.column]).is_none()
}

/// Whether the rows are each about a year, and the dates beside it of something
/// else, as those of yearly tables on which a conflict began: the years of more
/// than a quarter of the rows are others.
fn is_another_year(years: &[String], dates: &[String]) -> bool {
    // Values that were left out: which belong to one row is not known.
    if years.len() != dates.len() {
        return false;
    }
    let (mut all, mut others) = (0, 0);
    for (year, date) in years.iter().zip(dates) {
        let year = dates::read(blank::trim(year), DateOrder::DayFirst);
        let date = dates::read(blank::trim(date), DateOrder::DayFirst);
        if let (Ok(year), Ok(date)) = (year, date)
            && let (Some(year), Some(date)) = (year.extent(), date.extent())
        {
            all += 1;
            let meet =
                date.start_earliest <= year.end_latest && year.start_earliest <= date.end_latest;
            others += usize::from(!meet);
        }
    }
    all >= FEWEST && others * 4 > all
}
