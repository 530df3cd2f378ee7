//! What names say of numbers of people.

use crate::model::fold;

use super::super::super::mapping::Role;
use super::{Named, PART, SECOND, inside, known};

/// Words around a number of people that say no more than that it is one.
const COUNTS: &[&str] = &[
    "total", "num", "number", "of", "nb", "n", "no", "count", "sum", "people", "persons", "best",
    "estimate", "est", "nombre", "de", "anzahl", "numero", "bd",
];

/// Words that say how sure a number is, but not whom it counts.
const SURE: &[&str] = &[
    "direct",
    "confirmed",
    "verified",
    "reported",
    "estimated",
    "known",
    "min",
    "minimum",
    "all",
];

/// Words for some of the people, or for those beyond some.
const SOME: &[&str] = &[
    "civilian",
    "civilians",
    "noncombatant",
    "noncombatants",
    "combatant",
    "combatants",
    "military",
    "soldier",
    "soldiers",
    "police",
    "officers",
    "security",
    "forces",
    "state",
    "rebel",
    "rebels",
    "militant",
    "militants",
    "attackers",
    "perpetrators",
    "protesters",
    "male",
    "males",
    "female",
    "females",
    "men",
    "women",
    "boys",
    "girls",
    "children",
    "child",
    "minors",
    "adults",
    "elderly",
    "health",
    "aid",
    "workers",
    "worker",
    "staff",
    "personnel",
    "journalists",
    "students",
    "teachers",
    "foreign",
    "foreigners",
    "national",
    "nationals",
    "international",
    "local",
    "indirect",
    "other",
    "others",
    "unknown",
    "civils",
    "femmes",
    "hommes",
    "enfants",
    "militaires",
    "civiles",
    "mujeres",
    "hombres",
    "ninos",
    "zivilisten",
    "frauen",
    "kinder",
    "side",
    "a",
    "b",
    "us",
    "non",
    "victims",
];

/// Words of figures that are no numbers of people.
const SHARES: &[&str] = &[
    "percent",
    "percentage",
    "pct",
    "rate",
    "ratio",
    "share",
    "per",
    "thousand",
    "thousands",
    "million",
    "millions",
    "000s",
    "milliers",
    "mille",
    "tausend",
    "miles",
    "prozent",
    "pourcentage",
];

/// The end of a range of figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Bound {
    Low,
    High,
}

/// Whose figures a lowest or highest one stands beside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Whose {
    /// Those of all.
    All,
    /// Those of some of the people.
    Some,
    /// The name does not say: those of the column that is only called "best".
    Unsaid,
    /// The name does not say, but that they are reports of people.
    Reported,
}

fn is_toll(named: Named) -> bool {
    matches!(named.role, Role::Killed | Role::Wounded)
}

fn words(folded: &str) -> Vec<&str> {
    folded.split(' ').filter(|w| !w.is_empty()).collect()
}

fn end_of(word: &str) -> Option<Bound> {
    match word {
        "low" | "min" | "lower" | "lowest" | "minimum" => Some(Bound::Low),
        "high" | "max" | "upper" | "highest" | "maximum" => Some(Bound::High),
        _ => None,
    }
}

/// Whether a name speaks of a share, or of thousands.
fn is_share(name: &str) -> bool {
    name.contains(['%', '‰']) || words(&fold(name)).iter().any(|w| SHARES.contains(w))
}

/// What words say that speak of a toll: of all, or at the rank [`PART`] of some
/// of the people.
pub(super) fn toll(all: &[&str]) -> Option<Named> {
    let words: Vec<&str> = all
        .iter()
        .filter(|w| !COUNTS.contains(w))
        .copied()
        .collect();
    if words.is_empty() {
        let best = all.contains(&"best");
        return best.then_some(Named {
            role: Role::Killed,
            rank: SECOND,
        });
    }
    if let Some(named) = known(&words.concat()).filter(|n| is_toll(*n)) {
        return Some(named);
    }
    let of = |word: &str| known(word).filter(|n| is_toll(*n));
    let at = words.iter().position(|w| of(w).is_some())?;
    let others = words.iter().enumerate().filter(|(other, _)| *other != at);
    let others: Vec<&str> = others.map(|(_, w)| *w).collect();
    let rank = if others.iter().all(|w| SURE.contains(w)) {
        SECOND
    } else if others.iter().all(|w| SURE.contains(w) || SOME.contains(w)) {
        PART
    } else {
        return None;
    };
    Some(Named {
        rank,
        ..of(words[at])?
    })
}

/// What is left of the meaning of a name with what stands in its brackets: a
/// share is no toll, a lowest figure no best, and some people are not all.
pub(super) fn qualified(named: Named, name: &str) -> Option<Named> {
    if !is_toll(named) {
        return Some(named);
    }
    let folded = fold(&inside(name));
    let words = words(&folded);
    if is_share(name) || words.iter().any(|w| end_of(w).is_some()) {
        return None;
    }
    let rank = if words.iter().any(|w| SOME.contains(w)) {
        PART
    } else if words.iter().all(|w| COUNTS.contains(w)) {
        named.rank
    } else {
        named.rank.max(SECOND)
    };
    Some(Named { rank, ..named })
}

/// Whether a name is that of the lowest or highest figure of a toll, and whose.
pub(in super::super) fn bound(name: &str) -> Option<(Role, Bound, Whose)> {
    if is_share(name) {
        return None;
    }
    let folded = fold(name);
    let mut all = words(&folded);
    let at = all.iter().position(|w| end_of(w).is_some())?;
    let bound = end_of(all.remove(at))?;
    let counts = |w: &&str| COUNTS.contains(w);
    if all.iter().all(counts) {
        return Some((Role::Killed, bound, Whose::Unsaid));
    }
    if all == ["reported"] {
        return Some((Role::Killed, bound, Whose::Reported));
    }
    let named = toll(&all)?;
    let whose = if named.rank == PART {
        Whose::Some
    } else {
        Whose::All
    };
    Some((named.role, bound, whose))
}

/// Whether a name says only that its figure is the best one.
pub(in super::super) fn is_best(name: &str) -> bool {
    let folded = fold(name);
    let words = words(&folded);
    words.contains(&"best") && words.iter().all(|w| COUNTS.contains(w))
}

/// Whether a name speaks of a toll of some of the people: of which.
pub(in super::super) fn some_of(name: &str) -> Option<Role> {
    let named = super::by_name(name)?;
    (is_toll(named) && named.rank == PART).then_some(named.role)
}
