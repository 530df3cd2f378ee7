//! What a column means by its name.

mod dates;
mod table;

use crate::model::fold;

use super::super::mapping::Role;
pub(super) use dates::{is_form, is_of_form, part_of_end};
use table::NAMES;

/// A name longer than this is a text.
const LONGEST: usize = 80;

/// Of several columns for one thing, that of the lowest rank is taken; names
/// of this rank only where nothing better stands.
pub(super) const SECOND: usize = 2;
/// Names that mean it only if what stands below them does, too.
pub(super) const WEAK: usize = 3;
/// Names of moments of which none can tell what they are of.
pub(super) const STAMP: usize = 4;
/// Names of dates on which a record was made or changed, rather than of those on
/// which something happened.
pub(super) const RECORD: usize = 5;

/// Words around a number of people that say no more than that it is one.
const COUNTS: &[&str] = &[
    "total", "num", "number", "of", "nb", "n", "no", "count", "sum", "people", "persons", "best",
    "estimate", "est", "nombre", "de", "anzahl", "numero",
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
    let key = folded.replace(' ', "");
    // Arabic columns are named with the article or without it.
    let plain = key.strip_prefix("ال").unwrap_or_default();
    if let Some(named) = known(&key).or_else(|| known(plain)) {
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
        _ => {}
    }
    if let Some(named) = dates::dated(&words) {
        return Some(named);
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

/// Whether a column of this name tells when a record was made or changed.
pub(super) fn is_record(name: &str) -> bool {
    by_name(name).is_some_and(|n| n.role == Role::Date && n.rank >= RECORD)
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

/// Where a name stands among all that mean the same, the best first; `None`
/// for one that is not in the list.
pub(super) fn order(name: &str) -> Option<usize> {
    let key = key(name);
    NAMES.iter().find_map(|(_, ranks)| {
        let mut all = ranks
            .iter()
            .flat_map(|names| names.split_ascii_whitespace());
        all.position(|known| known == key)
    })
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
            ("الملاحظات", Some(Role::Summary)),
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
