//! What the columns of a table mean: as said, else by name and by what stands
//! in them.

use super::super::mapping::{DateOrder, Role};
use super::forms::{self, Form};
use super::names::{self, Named, SECOND, WEAK};
use super::{blank, coords, dates, geometry};

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
    let mut best: Vec<Option<(u8, usize, usize)>> = vec![None; Role::ALL.len()];
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
            let this = (fit.doubt, fit.rank, column);
            let known = &mut best[fit.role as usize];
            if known.is_none_or(|known| this < known) {
                *known = Some(this);
            }
        }
    }
    let taken = |role: Role| said.contains(&Some(role)) || best[role as usize].is_some();
    let timed = [
        Role::Start,
        Role::Year,
        Role::EpochSeconds,
        Role::EpochMillis,
    ];
    // When a record was made is not when something happened.
    let made = best[Role::Date as usize].is_some_and(|(_, rank, _)| rank >= WEAK);
    if made && timed.into_iter().any(taken) {
        best[Role::Date as usize] = None;
    }
    for (role, found) in Role::ALL.iter().zip(&best) {
        if let Some((_, _, column)) = found {
            roles[*column] = *role;
        }
    }
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
        Role::Date | Role::Start | Role::End if rank >= WEAK => (most(&date)
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
    let letters = text.chars().any(|c| !c.is_numeric());
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
mod tests {
    use super::*;

    fn owned(values: &[&str]) -> Vec<String> {
        values.iter().map(|v| (*v).to_owned()).collect()
    }

    /// The roles of columns with these names and values.
    fn roles(columns: &[(&str, &[&str])]) -> Vec<Role> {
        let names: Vec<String> = columns.iter().map(|(n, _)| (*n).to_owned()).collect();
        let samples = |c: usize| owned(columns[c].1);
        guess(&names, &samples, &vec![None; columns.len()])
    }

    #[test]
    fn columns_are_known_by_what_stands_in_them() {
        let of = |values: &[&str]| by_content(&owned(values));
        assert_eq!(of(&["36.2, 37.1", "", "35.0, 36.0"]), Some(Role::LatLon));
        assert_eq!(of(&["137.1, 36.2", "35.0, 36.0"]), Some(Role::LonLat));
        assert_eq!(of(&["POINT (1 2)", "point(2 3)"]), Some(Role::Wkt));
        assert_eq!(
            of(&["LINESTRING (1 2, 3 4)", "LINESTRING EMPTY"]),
            Some(Role::Wkt)
        );
        assert_eq!(of(&["3 May 2014", "2015-01-01", "NA"]), Some(Role::Date));
        assert_eq!(of(&["12", "13"]), None);
        assert_eq!(of(&["Aleppo, Syria"]), None);
        assert_eq!(of(&["NULL"]), None);
    }

    /// Columns with some values, and their roles.
    type Table<'t> = (&'t [(&'t str, &'t [&'t str])], &'t [Role]);

    #[test]
    fn of_several_columns_for_one_thing_the_best_is_taken() {
        use Role::{
            Attribute as A, Date, EpochMillis, EpochSeconds, Id, Killed, Latitude, Longitude, Start,
        };
        let day: &[&str] = &["2020-05-01", "2020-05-02"];
        let (lat, lon, metres): (&[&str], &[&str], &[&str]) =
            (&["36.2"], &["37.1"], &["4000000.5"]);
        let table: &[Table<'_>] = &[
            (
                &[
                    ("X", metres),
                    ("Y", metres),
                    ("OBJECTID", &["1"]),
                    ("LATITUDE", lat),
                    ("LONGITUDE", lon),
                    ("DATE", day),
                ],
                &[A, A, Id, Latitude, Longitude, Date],
            ),
            // Metres alone are told to be metres.
            (&[("x", metres), ("y", metres)], &[Longitude, Latitude]),
            (&[("created_at", day), ("event_date", day)], &[A, Date]),
            (&[("updated", day), ("date_of_incident", day)], &[A, Date]),
            (&[("timestamp", day), ("occurred", day)], &[A, Date]),
            (&[("published", day), ("date", day)], &[A, Date]),
            (
                &[("created_at", day), ("name", &["x"])],
                &[Date, Role::Title],
            ),
            (&[("created_at", day), ("start", day)], &[A, Start]),
            (
                &[("created_at", day), ("year", &["2020"])],
                &[A, Role::Year],
            ),
            // What is empty is not what is meant.
            (&[("date", &["", "NA"]), ("when", day)], &[A, Date]),
            (&[("day", day)], &[Date]),
            (&[("jour", &["25/12/2020"])], &[Date]),
            (&[("month", &["2020-05"])], &[Date]),
            (
                &[("year", &["2020"]), ("month", &["5"])],
                &[Role::Year, Role::Month],
            ),
            (
                &[("epoch", &["-86400", "0", "1431512106"])],
                &[EpochSeconds],
            ),
            (&[("epoch_ms", &["86400000"])], &[EpochMillis]),
            (&[("unix_timestamp", &["1431512106000"])], &[EpochMillis]),
            (&[("victims", &["4", "12"])], &[Killed]),
            (&[("victims", &["Villagers"])], &[Role::Target]),
            (&[("group", &["4", "12"])], &[A]),
            (&[("from", &["Paris"]), ("to", &["Lyon"])], &[A, A]),
            (&[("from", day), ("to", day)], &[Start, Role::End]),
            (
                &[("reference", &["X 1"]), ("id", &["1"])],
                &[Role::Source, Id],
            ),
            (
                &[("geo_lat", lat), ("geo_long", lon)],
                &[Latitude, Longitude],
            ),
            (
                &[("latitude", &["48°51'N"]), ("longitude", &["2°21'O"])],
                &[Latitude, Longitude],
            ),
            (
                &[
                    ("lat", &["NA", "NA", "36.2"]),
                    ("lon", &["NULL", "-", "37"]),
                ],
                &[Latitude, Longitude],
            ),
        ];
        for (columns, wanted) in table {
            assert_eq!(&roles(columns), wanted, "{columns:?}");
        }
    }
}
