//! What the columns of a table mean: as said, else by name and by what stands
//! in them.

mod rivals;

use super::super::mapping::{DateOrder, Role};
use super::degrees::geopoint;
use super::forms::{self, Form};
use super::names::{self, Named, PART, SECOND, STAMP, WEAK};
use super::{blank, coords, dates, geometry};
use rivals::Best;

/// Values by which a column without a name that says anything is known.
const LOOKED_AT: usize = 200;
/// Beyond it a number is no degrees, however they are counted.
const WHOLE_TURN: f64 = 360.0;

/// Roles that several columns can have.
pub(super) fn many(role: Role) -> bool {
    matches!(
        role,
        Role::Within | Role::Actor | Role::Target | Role::Source | Role::Url | Role::Attribute
    )
}

/// What a column can be, and how well it would do.
struct Fit {
    role: Role,
    /// How much speaks against it: the column is empty (1), or holds what is
    /// not of the role's kind (2).
    doubt: u8,
    rank: usize,
}

/// What each column means.
pub(super) fn guess(
    columns: &[String],
    samples: &dyn Fn(usize) -> Vec<String>,
    said: &[Option<Role>],
) -> Vec<Role> {
    let mut roles: Vec<Role> = said.iter().map(|r| r.unwrap_or(Role::Attribute)).collect();
    // Of each role that only one column can have, the best so far.
    let mut best: Vec<Option<Best>> = vec![None; Role::ALL.len()];
    // Columns that count some of the people each.
    let mut parts = [0_usize; 2];
    for (column, name) in columns.iter().enumerate() {
        if said[column].is_some() {
            continue;
        }
        let Some(named) = names::by_name(name) else {
            continue;
        };
        let Some(fit) = fits(named, name, &samples(column)) else {
            continue;
        };
        if many(fit.role) {
            roles[column] = fit.role;
        } else if !said.contains(&Some(fit.role)) {
            if fit.rank == PART && matches!(fit.role, Role::Killed | Role::Wounded) {
                parts[usize::from(fit.role == Role::Wounded)] += 1;
            }
            let this = Best {
                doubt: fit.doubt,
                rank: fit.rank,
                column,
            };
            let known = &mut best[fit.role as usize];
            if known.is_none_or(|known| this < known) {
                *known = Some(this);
            }
        }
    }
    for (role, many) in [Role::Killed, Role::Wounded].into_iter().zip(parts) {
        let some = best[role as usize].is_some_and(|b| b.rank == PART);
        if some && many > 1 {
            best[role as usize] = None;
        }
    }
    rivals::of_times(&mut best, columns, samples, said);
    for (role, found) in Role::ALL.iter().zip(&best) {
        if let Some(found) = found {
            roles[found.column] = *role;
        }
    }
    rivals::give_way(&mut roles, said);
    by_contents(&mut roles, samples, said);
    roles
}

/// Gives a role to columns whose names say nothing, where time or place is
/// still missing.
fn by_contents(roles: &mut [Role], samples: &dyn Fn(usize) -> Vec<String>, said: &[Option<Role>]) {
    for column in 0..roles.len() {
        let has = |any: &[Role]| roles.iter().any(|r| any.contains(r));
        let placed = has(&[Role::LatLon, Role::LonLat, Role::Wkt, Role::Geometry])
            || has(&[Role::Latitude]) && has(&[Role::Longitude]);
        let dated = has(&[
            Role::Date,
            Role::Start,
            Role::Year,
            Role::EpochSeconds,
            Role::EpochMillis,
        ]);
        if placed && dated {
            break;
        }
        if said[column].is_some() || !matches!(roles[column], Role::Attribute | Role::Time) {
            continue;
        }
        match by_content(&samples(column)) {
            Some(Role::Date) if !dated => roles[column] = Role::Date,
            Some(role) if role != Role::Date && !placed => roles[column] = role,
            _ => {}
        }
    }
}

fn values(samples: &[String]) -> Vec<&str> {
    let values = samples.iter().map(|s| blank::trim(s));
    values.filter(|v| !blank::is_nothing(v)).collect()
}

/// Whether what stands in a column can be what its name says; what it is.
fn fits(named: Named, name: &str, samples: &[String]) -> Option<Fit> {
    let Named { role, rank } = named;
    let values = values(samples);
    let fit = |role| {
        Some(Fit {
            role,
            doubt: 0,
            rank,
        })
    };
    if values.is_empty() {
        return Some(Fit {
            role,
            doubt: 1,
            rank,
        });
    }
    let most =
        |test: &dyn Fn(&str) -> bool| values.iter().filter(|v| test(v)).count() * 2 > values.len();
    let number = |v: &str| v.parse::<f64>().is_ok();
    let date = |v: &str| dates::read(v, DateOrder::DayFirst).is_ok();
    // Another role than that of its name is the second choice.
    let rather = |role| {
        Some(Fit {
            role,
            doubt: 0,
            rank: rank.max(SECOND),
        })
    };
    match role {
        Role::Latitude | Role::Longitude => {
            let degrees =
                |most: f64| move |v: &str| coords::degrees(v).is_some_and(|d| d.abs() <= most);
            if most(&degrees(WHOLE_TURN)) {
                fit(role)
            } else if most(&degrees(f64::MAX)) {
                Some(Fit {
                    role,
                    doubt: 2,
                    rank,
                })
            } else {
                None
            }
        }
        Role::LatLon if most(&|v| geopoint(v).is_some()) => fit(role),
        Role::LatLon if most(&|v| coords::pair(v).is_some()) => fit(first_of_pair(&values)),
        Role::LonLat => most(&|v| coords::pair(v).is_some())
            .then(|| fit(role))
            .flatten(),
        Role::LatLon | Role::Wkt | Role::Geometry => {
            if most(&|v| geometry::is_wkt(v) || geometry::is_wkb(v)) {
                fit(Role::Wkt)
            } else if most(&|v| v.starts_with('{')) {
                fit(Role::Geometry)
            } else {
                None
            }
        }
        // Whole dates in a column of days, or a time that is a date and a time.
        Role::Year | Role::Month | Role::Day if most(&|v| is_whole(v) && date(v)) => {
            rather(Role::Date)
        }
        Role::Time if most(&|v| v.len() > 8 && date(v)) => rather(Role::Date),
        Role::Time => match forms::form(samples) {
            Form::Text => fit(role),
            _ => rather(Role::Date),
        },
        Role::EpochSeconds | Role::EpochMillis => {
            let millis = role == Role::EpochMillis;
            match forms::counted_form(samples, millis) {
                Some(Form::Seconds) => fit(Role::EpochSeconds),
                Some(_) => fit(Role::EpochMillis),
                None => most(&date).then(|| rather(Role::Date)).flatten(),
            }
        }
        Role::Date | Role::Start | Role::End if rank >= WEAK && rank != STAMP => (most(&date)
            || forms::form(samples) != Form::Text)
            .then(|| fit(role))
            .flatten(),
        // A "place" that is a pair of coordinates.
        Role::Place if most(&|v| coords::pair(v).is_some()) => rather(first_of_pair(&values)),
        // Numbers are nobody; of victims they are how many there were.
        Role::Actor | Role::Target if most(&number) => {
            let key = names::key(name);
            let victims = ["victim", "victima", "opfer"];
            if victims.iter().any(|v| key.starts_with(v)) {
                rather(Role::Killed)
            } else {
                None
            }
        }
        Role::Killed | Role::Wounded | Role::Radius => {
            most(&|v| v.bytes().any(|b| b.is_ascii_digit()) || !v.is_ascii())
                .then(|| fit(role))
                .flatten()
        }
        role => fit(role),
    }
}

/// Whether a text is longer than a year, a month or a day alone.
fn is_whole(text: &str) -> bool {
    let many = text.chars().count();
    // In any digits.
    // `2020.0` is a number, as some programs write whole ones.
    let letters = text.chars().any(|c| !c.is_numeric()) && text.parse::<f64>().is_err();
    many >= 6 && letters || many == 8
}

/// What stands in a column, where its name says nothing.
pub(super) fn by_content(samples: &[String]) -> Option<Role> {
    let mut values = values(samples);
    values.truncate(LOOKED_AT);
    if values.is_empty() {
        return None;
    }
    let all = |test: &dyn Fn(&str) -> bool| values.iter().all(|v| test(v));
    if all(&|v| geometry::is_wkt(v) || geometry::is_wkb(v)) {
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
fn first_of_pair(values: &[&str]) -> Role {
    let beyond = |pair: (f64, f64)| pair.0.abs() > 90.0 && pair.1.abs() <= 90.0;
    let east = values.iter().filter_map(|v| coords::pair(v)).any(beyond);
    if east { Role::LonLat } else { Role::LatLon }
}

#[cfg(test)]
mod tests;
