//! What stands in brackets in a name and changes what its values mean.

use crate::model::fold;

use super::super::super::mapping::{DateOrder, Role};

/// What stands in the brackets of a name.
pub(super) fn inside(name: &str) -> String {
    let mut depth = 0_usize;
    let mut text = String::new();
    for c in name.chars() {
        match c {
            '(' | '[' | '{' => {
                depth += 1;
                text.push(' ');
            }
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            c if depth > 0 => text.push(c),
            _ => {}
        }
    }
    text
}

/// How many metres a unit of length has.
pub(in super::super) fn unit(word: &str) -> Option<f64> {
    Some(match word {
        "m" | "metre" | "metres" | "meter" | "meters" | "metros" => 1.0,
        "km" | "kms" | "kilometre" | "kilometres" | "kilometer" | "kilometers" | "kilometros" => {
            1_000.0
        }
        "ft" | "foot" | "feet" => 0.304_8,
        "yd" | "yard" | "yards" => 0.914_4,
        "mi" | "mile" | "miles" => 1_609.344,
        "nm" | "nmi" => 1_852.0,
        _ => return None,
    })
}

/// How many metres one is in a column of lengths of this name: metres, if it
/// does not say; `None` if it says what is no length.
pub(in super::super) fn metres(name: &str) -> Option<f64> {
    let folded = fold(name);
    let last = folded.split(' ').next_back().unwrap_or("");
    let mut within = fold(&inside(name));
    if name.contains('°') {
        within.push_str(" deg");
    }
    let mut words = within.split(' ').chain([last]);
    let none = [
        "deg", "degree", "degrees", "min", "minutes", "arcsec", "seconds",
    ];
    if within.split(' ').any(|w| none.contains(&w)) {
        return None;
    }
    words.find_map(unit).or(Some(1.0))
}

/// Whether the name of a column of latitudes or longitudes says that they are
/// south or west.
pub(in super::super) fn is_negative(name: &str, role: Role) -> bool {
    let signs: &[&str] = match role {
        Role::Latitude => &["s", "south", "sud", "sur"],
        Role::Longitude => &["w", "west", "ouest", "oeste"],
        _ => return false,
    };
    let within = fold(&inside(name));
    let mut words = within.split(' ');
    words.any(|w| signs.contains(&w))
}

/// Whether the longitude stands first by what a name has in brackets.
pub(super) fn is_lon_first(name: &str) -> bool {
    let within = fold(&inside(name));
    let of = |word: &&str, begins: &[&str], whole: &str| {
        begins.iter().any(|b| word.starts_with(b)) || *word == whole
    };
    let mut words = within.split(' ');
    let first = words.find(|w| of(w, &["lat", "lon", "lng"], "x") || *w == "y");
    first.is_some_and(|w| of(&w, &["lon", "lng"], "x")) && { words }.any(|w| of(&w, &["lat"], "y"))
}

/// The order of day and month that a name of a column of dates tells.
pub(in super::super) fn date_order(name: &str) -> Option<DateOrder> {
    let folded = fold(name);
    let words: Vec<&str> = folded.split(' ').collect();
    let year = |word: &str| ["yyyy", "yy", "y", "aaaa", "jjjj"].contains(&word);
    // Behind the year they stand in one order only.
    let two = |a: &[&str], b: &[&str]| {
        let at = words
            .windows(2)
            .position(|w| a.contains(&w[0]) && b.contains(&w[1]));
        at.is_some_and(|at| at == 0 || !year(words[at - 1]))
    };
    let (day, month) = (["d", "dd", "jj", "tt"], ["m", "mm"]);
    let begins = |starts: &[&str]| words.iter().any(|w| starts.iter().any(|s| w == s));
    if two(&month, &day) || begins(&["mdy", "mmddyy", "mmddyyyy"]) {
        return Some(DateOrder::MonthFirst);
    }
    if two(&day, &month) || begins(&["dmy", "ddmmyy", "ddmmyyyy", "jjmmaaaa", "ttmmjjjj"]) {
        return Some(DateOrder::DayFirst);
    }
    None
}
