//! Two dates in one text.

use crate::model::time::Extent;

use super::super::super::DraftTime;
use super::super::super::mapping::DateOrder;
use super::{Told, single};

/// What stands between the two, the longest first; the words of the languages
/// in which dates are read.
const BETWEEN: &[&str] = &[
    " - ", " – ", " — ", " to ", " until ", " till ", " bis ", " au ", " à ", " al ", " hasta ",
    " a ", "–", "—", "-",
];

/// `2020-05-01 - 2020-05-03`, `1–3 May 2020`, `30 April to 2 May 2020`: from the
/// first to the last.
pub(super) fn range(text: &str, order: DateOrder) -> Option<Told> {
    BETWEEN.iter().find_map(|sign| {
        // Of several signs the middle one parts two dates of the same form.
        let all: Vec<usize> = text.match_indices(sign).map(|(at, _)| at).collect();
        let at = *all.get(all.len() / 2)?;
        if all.len().is_multiple_of(2) {
            return None;
        }
        let (a, b) = (text[..at].trim(), text[at + sign.len()..].trim());
        let until = single(b, order)?;
        let from = single(a, order).or_else(|| single(&completed(a, b)?, order))?;
        let (first, last) = (from.extent()?, until.extent()?);
        if last.end_latest < first.start_earliest {
            return None;
        }
        Some(Told {
            time: DraftTime::Extent(Extent::spanning(
                (first.start_earliest, first.start_latest),
                (last.end_earliest, last.end_latest),
            )),
            either: from.either || until.either,
            short_year: from.short_year || until.short_year,
        })
    })
}

/// The first of two dates with what it leaves to the second: `1` before
/// `3 May 2020` is `1 May 2020`, `30 April` is `30 April 2020`.
fn completed(a: &str, b: &str) -> Option<String> {
    let words: Vec<&str> = b.split(' ').filter(|w| !w.is_empty()).collect();
    let digits =
        |text: &str| (1..=2).contains(&text.len()) && text.bytes().all(|c| c.is_ascii_digit());
    if digits(a.trim_end_matches('.')) {
        // The day of the second is its first word, or comes after the month.
        let day = words
            .iter()
            .position(|w| digits(w.trim_end_matches(['.', ','])))?;
        let mut words = words;
        words[day] = a;
        return Some(words.join(" "));
    }
    let year = *words.last()?;
    (year.len() == 4 && !a.is_empty()).then(|| [a, " ", year].concat())
}
