//! What a column means by its name.

mod dates;
mod people;
mod table;
mod units;

use crate::model::fold;

use super::super::mapping::Role;
pub(super) use dates::{is_form, is_of_form, part_of_end};
pub(super) use people::{Bound, Whose, bound, is_best, some_of};
use table::NAMES;
use units::inside;
pub(super) use units::{date_order, is_negative, metres, unit};

/// A name longer than this is a text.
const LONGEST: usize = 80;

/// Of several columns for one thing, that of the lowest rank is taken; names
/// of this rank only where nothing better stands.
pub(super) const SECOND: usize = 2;
/// Names that mean it only if what stands below them does, too.
pub(super) const WEAK: usize = 3;
/// Names of tolls of some of the people only.
pub(super) const PART: usize = 3;
/// Names of moments of which none can tell what they are of.
pub(super) const STAMP: usize = 4;
/// Names of dates on which a record was made or changed, rather than of those on
/// which something happened.
pub(super) const RECORD: usize = 5;

/// What a name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub role: Role,
    /// Lower ones come first, see [`SECOND`].
    pub rank: usize,
}

/// A name as it stands in [`NAMES`].
pub(super) fn key(name: &str) -> String {
    fold(name).replace(' ', "")
}

/// What a column's name says: the whole of it, then without what stands in
/// brackets, then its words.
pub(super) fn by_name(name: &str) -> Option<Named> {
    if name.len() > LONGEST {
        return None;
    }
    let mut named = people::qualified(by_text(name)?, name)?;
    if named.role == Role::LatLon && units::is_lon_first(name) {
        named.role = Role::LonLat;
    }
    Some(named)
}

fn by_text(name: &str) -> Option<Named> {
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
        "geopoint" | "gps" => return with(Role::LatLon, SECOND),
        "d" | "deg" | "degree" | "degrees" => match words[..words.len() - 1].last() {
            Some(&("lat" | "latitude")) => return with(Role::Latitude, SECOND),
            Some(&("lon" | "lng" | "long" | "longitude")) => return with(Role::Longitude, SECOND),
            _ => {}
        },
        _ => {}
    }
    if let Some(named) = dates::dated(&words) {
        return Some(named);
    }
    if let Some(named) = people::toll(&words) {
        return Some(named);
    }
    let role = |key: &str, roles: &[Role]| known(key).filter(|n| roles.contains(&n.role));
    if unit(last).is_some() {
        return role(&words[..words.len() - 1].concat(), &[Role::Radius]);
    }
    let joined = words.concat();
    let numbered = joined.trim_end_matches(|c: char| c.is_ascii_digit());
    role(numbered, &[Role::Source, Role::Url])
}

/// Whether a text is the name of a column rather than a value: "Day of the Dead"
/// has a word for a day, and is none.
pub(super) fn is_sure(name: &str) -> bool {
    let word = |w: &str| matches!(w, "date" | "datum" | "fecha");
    by_name(name).is_some_and(|named| {
        named.rank < WEAK || order(name).is_some() || fold(name).split(' ').any(word)
    })
}

/// Whether a column of this name tells when a record was made or changed.
pub(super) fn is_record(name: &str) -> bool {
    by_name(name).is_some_and(|n| n.role == Role::Date && n.rank >= RECORD)
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
    use crate::formats::import::mapping::DateOrder::{DayFirst, MonthFirst};

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
            ("civilian deaths", Some(Role::Killed)),
            ("Killed (civilians)", Some(Role::Killed)),
            ("Killed (%)", None),
            ("Killed (thousands)", None),
            ("% killed", None),
            ("Deaths (low)", None),
            ("deaths per 100000", None),
            ("age at death", None),
            ("days since death", None),
            ("Health Workers Killed", Some(Role::Killed)),
            ("DEATHS_DIRECT", Some(Role::Killed)),
            ("best_est", Some(Role::Killed)),
            ("bd_best", Some(Role::Killed)),
            ("ndeath", Some(Role::Killed)),
            ("side_a_name", Some(Role::Actor)),
            ("side_b_name", Some(Role::Target)),
            ("Radius (km)", Some(Role::Radius)),
            ("radius_km", Some(Role::Radius)),
            ("positional_accuracy", Some(Role::Radius)),
            ("Coordinates (lon, lat)", Some(Role::LonLat)),
            ("Coordinates (lat, lon)", Some(Role::LatLon)),
            ("Coordinates [X/Y]", Some(Role::LonLat)),
            ("Date (MM/DD/YYYY)", Some(Role::Date)),
            ("birth_date", None),
            ("translation", None),
        ] {
            assert_eq!(by_name(name).map(|n| n.role), role, "{name}");
        }
    }

    #[test]
    fn what_may_be_a_value_is_no_sure_name() {
        for name in ["date", "created_at", "strike_date", "killed", "start year"] {
            assert!(is_sure(name), "{name}");
        }
        for text in [
            "Day of the Dead",
            "Civilians killed",
            "When we were there",
            "mood",
        ] {
            assert!(!is_sure(text), "{text}");
        }
    }

    #[test]
    fn the_ends_of_figures_are_known() {
        for (name, wanted) in [
            ("deaths_low", Some((Role::Killed, Bound::Low, Whose::All))),
            ("Deaths (low)", Some((Role::Killed, Bound::Low, Whose::All))),
            (
                "Deaths (maximum)",
                Some((Role::Killed, Bound::High, Whose::All)),
            ),
            (
                "fatalities high",
                Some((Role::Killed, Bound::High, Whose::All)),
            ),
            ("low_injured", Some((Role::Wounded, Bound::Low, Whose::All))),
            (
                "Civilians killed (min)",
                Some((Role::Killed, Bound::Low, Whose::Some)),
            ),
            ("low_est", Some((Role::Killed, Bound::Low, Whose::Unsaid))),
            ("bd_high", Some((Role::Killed, Bound::High, Whose::Unsaid))),
            (
                "Reported Minimum",
                Some((Role::Killed, Bound::Low, Whose::Reported)),
            ),
            ("low tide", None),
            ("Deaths (min %)", None),
            ("deaths", None),
        ] {
            assert_eq!(bound(name), wanted, "{name}");
        }
    }

    #[test]
    fn what_stands_in_brackets_counts() {
        for (name, wanted) in [
            ("radius", Some(1.0)),
            ("Radius (km)", Some(1_000.0)),
            ("radius_km", Some(1_000.0)),
            ("Radius (ft)", Some(0.304_8)),
            ("coordinateUncertaintyInMeters", Some(1.0)),
            ("Radius (degrees)", None),
        ] {
            assert_eq!(metres(name), wanted, "{name}");
        }
        for (name, role, wanted) in [
            ("longitude (W)", Role::Longitude, true),
            ("Longitude (°W)", Role::Longitude, true),
            ("latitude (S)", Role::Latitude, true),
            ("latitude (N)", Role::Latitude, false),
            ("longitude (WGS84)", Role::Longitude, false),
        ] {
            assert_eq!(is_negative(name, role), wanted, "{name}");
        }
        for (name, wanted) in [
            ("Date (MM/DD/YYYY)", Some(MonthFirst)),
            ("date_mdy", Some(MonthFirst)),
            ("date_dmy", Some(DayFirst)),
            ("Datum (TT.MM.JJJJ)", Some(DayFirst)),
            ("Date [dd-mm-yyyy]", Some(DayFirst)),
            ("Date (YYYY-MM-DD)", None),
            ("date", None),
        ] {
            assert_eq!(date_order(name), wanted, "{name}");
        }
    }
}
