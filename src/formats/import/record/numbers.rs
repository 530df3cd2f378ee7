//! Numbers of people.

use crate::model::TollKind;

use super::super::DraftToll;
use super::row::Row;
use super::wrong;

/// A number of people as it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Number {
    Whole(u32),
    /// Between two whole ones.
    Between(u32, u32),
    /// In words or signs: from, about, to.
    Vague(Option<u32>, Option<u32>, Option<u32>),
}

impl Row<'_, '_> {
    /// A whole number of people in a column; what is none is noted and kept as
    /// text, and one with a fraction is rounded down.
    pub fn people(&mut self, column: usize) -> Option<u32> {
        match self.count(column)? {
            Number::Whole(number) | Number::Between(number, _) => Some(number),
            Number::Vague(low, best, high) => best.or(low).or(high),
        }
    }

    /// As [`Row::people`], of a field of the profile.
    pub fn people_field(&mut self, field: usize) -> Option<u32> {
        self.column(field).and_then(|column| self.people(column))
    }

    /// A toll of a column and those of its lowest and highest figure. A figure
    /// with a fraction lies between the whole ones around it.
    pub fn toll(
        &mut self,
        best: Option<usize>,
        [low, high]: [Option<usize>; 2],
        what: TollKind,
    ) -> Option<DraftToll> {
        let best = best.and_then(|column| self.count(column));
        let low = low.and_then(|column| self.people(column));
        let high = high.and_then(|column| self.people(column));
        let (best, low, high) = match best {
            Some(Number::Whole(best)) => (Some(best), low, high),
            Some(Number::Between(a, b)) => (None, low.or(Some(a)), high.or(Some(b))),
            Some(Number::Vague(a, best, b)) => (best, low.or(a), high.or(b)),
            None => (None, low, high),
        };
        best.or(low).or(high)?;
        Some(DraftToll {
            who: None,
            what,
            low,
            best,
            high,
        })
    }

    fn count(&mut self, column: usize) -> Option<Number> {
        let text = self.value(column);
        if text.is_empty() {
            return None;
        }
        if let Ok(number) = text.parse() {
            self.take(column);
            return Some(Number::Whole(number));
        }
        let read = count(text, self.plan.commas).or_else(|| vague(text, self.plan.commas));
        match read {
            Some(Number::Whole(_)) => self.take(column),
            Some(Number::Between(..)) => self.note(&wrong::FRACTION, column, text, ""),
            // The words are kept.
            Some(Number::Vague(..)) => self.fail(column),
            None => self.note(&wrong::TOLL, column, text, ""),
        }
        read
    }

    /// A number, with a comma before its fraction if the file writes such.
    pub fn number(&self, text: &str) -> Option<f64> {
        let plain = text.parse().ok();
        if self.plan.commas && text.contains(',') {
            return text.replacen(',', ".", 1).parse().ok();
        }
        plain
    }

    /// A small code of the profile; what is no number is noted. `0` stands for
    /// nothing.
    pub fn code(&mut self, field: usize) -> u8 {
        let text = self.field(field);
        let text = text.strip_suffix(".0").unwrap_or(text);
        if super::blank::is_nothing(text) {
            return 0;
        }
        text.parse().unwrap_or_else(|_| {
            self.note_field(&wrong::CODE, field, text);
            0
        })
    }
}

/// A number that is not written plainly, `1,200`, `1 200` or `3.0`; with
/// `commas` before fractions, `1.200` and `3,0`.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "held to what fits before"
)]
fn count(text: &str, commas: bool) -> Option<Number> {
    let grouped = |sign: char| {
        let mut parts = text.split(sign);
        let digits = |p: &str| p.bytes().all(|b| b.is_ascii_digit());
        parts
            .next()
            .is_some_and(|p| (1..=3).contains(&p.len()) && digits(p))
            && parts.all(|p| p.len() == 3 && digits(p))
    };
    let thousands = if commas { '.' } else { ',' };
    if let Some(sign) = [thousands, ' ', '\u{a0}', '\u{202f}', '\'', '’']
        .into_iter()
        .find(|s| text.contains(*s) && grouped(*s))
    {
        return Some(Number::Whole(text.replace(sign, "").parse().ok()?));
    }
    // Thousands or thousandths: nobody can tell.
    if commas && text.contains(',') && grouped(',') {
        return None;
    }
    let western = super::dates::western_digits(text);
    let western = if commas {
        western.replacen(',', ".", 1)
    } else {
        western
    };
    let number: f64 = western.parse().ok()?;
    if !(number >= 0.0 && number < f64::from(u32::MAX)) {
        return None;
    }
    Some(if number.fract() == 0.0 {
        Number::Whole(number as u32)
    } else {
        Number::Between(number.floor() as u32, number.ceil() as u32)
    })
}

/// Words and signs before a number from which on it is meant, with it.
const FROM: &[&str] = &[
    "at least",
    "minimum",
    "min",
    ">=",
    "≥",
    "au moins",
    "mindestens",
    "al menos",
];
/// Those before a number that is the highest meant.
const TO: &[&str] = &[
    "up to",
    "at most",
    "maximum",
    "max",
    "<=",
    "≤",
    "jusqu'à",
    "jusqu’à",
    "bis zu",
    "hasta",
    "höchstens",
];
/// Those before a number that is not reached.
const BELOW: &[&str] = &[
    "<",
    "less than",
    "fewer than",
    "under",
    "moins de",
    "weniger als",
    "menos de",
];
/// Those before a number that is passed.
const ABOVE: &[&str] = &[">", "more than", "over", "plus de", "mehr als", "más de"];
/// Those before a number that is about so.
const ABOUT: &[&str] = &[
    "~",
    "≈",
    "about",
    "around",
    "approximately",
    "approx.",
    "approx",
    "circa",
    "ca.",
    "ca",
    "c.",
    "some",
    "environ",
    "etwa",
    "rund",
    "unos",
    "unas",
    "cerca de",
];

/// A number as reports write it: `10-15`, `<5`, `up to 5`, `5+`, `at least 3`,
/// `~20`.
fn vague(text: &str, commas: bool) -> Option<Number> {
    let whole = |text: &str| match count(text.trim(), commas)? {
        Number::Whole(number) => Some(number),
        _ => None,
    };
    if let Some(number) = text.strip_suffix('+').and_then(whole) {
        return Some(Number::Vague(Some(number), None, None));
    }
    for sign in [" to ", "–", "—", "-", " à ", " bis "] {
        if let Some((a, b)) = text.split_once(sign)
            && let (Some(low), Some(high)) = (whole(a), whole(b))
        {
            return (low <= high).then_some(Number::Vague(Some(low), None, Some(high)));
        }
    }
    let lower = text.to_lowercase();
    let behind = |words: &[&str]| {
        let mut rests = words.iter().filter_map(|w| lower.strip_prefix(w));
        rests.find_map(whole)
    };
    if let Some(number) = behind(FROM) {
        return Some(Number::Vague(Some(number), None, None));
    }
    if let Some(number) = behind(TO) {
        return Some(Number::Vague(None, None, Some(number)));
    }
    if let Some(number) = behind(BELOW) {
        return Some(Number::Vague(None, None, Some(number.checked_sub(1)?)));
    }
    if let Some(number) = behind(ABOVE) {
        return Some(Number::Vague(Some(number.checked_add(1)?), None, None));
    }
    behind(ABOUT).map(|number| Number::Vague(None, Some(number), None))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Number::{Between, Vague, Whole};

    #[test]
    fn numbers_are_read_as_tables_write_them() {
        for (text, commas, wanted) in [
            ("1,200", false, Some(Whole(1_200))),
            ("1 200", false, Some(Whole(1_200))),
            ("1\u{202f}200", false, Some(Whole(1_200))),
            ("3.0", false, Some(Whole(3))),
            ("0.5", false, Some(Between(0, 1))),
            ("3.5", false, Some(Between(3, 4))),
            ("١٢", false, Some(Whole(12))),
            ("1.200", true, Some(Whole(1_200))),
            ("1.200.000", true, Some(Whole(1_200_000))),
            ("1,200", true, None),
            ("3,0", true, Some(Whole(3))),
            ("3,5", true, Some(Between(3, 4))),
            ("-3", false, None),
            ("about 20", false, None),
            ("NaN", false, None),
            ("1e99", false, None),
            ("1,2", false, None),
        ] {
            assert_eq!(count(text, commas), wanted, "{text} {commas}");
        }
        for (text, wanted) in [
            ("10-15", Some(Vague(Some(10), None, Some(15)))),
            ("5–7", Some(Vague(Some(5), None, Some(7)))),
            ("5 to 7", Some(Vague(Some(5), None, Some(7)))),
            ("7-5", None),
            ("<5", Some(Vague(None, None, Some(4)))),
            ("<0", None),
            ("≤ 5", Some(Vague(None, None, Some(5)))),
            ("up to 5", Some(Vague(None, None, Some(5)))),
            ("5+", Some(Vague(Some(5), None, None))),
            ("At least 1,200", Some(Vague(Some(1_200), None, None))),
            ("more than 3", Some(Vague(Some(4), None, None))),
            ("~20", Some(Vague(None, Some(20), None))),
            ("about 20", Some(Vague(None, Some(20), None))),
            ("au moins 3", Some(Vague(Some(3), None, None))),
            ("dozens", None),
            ("-3", None),
            ("3 killed", None),
        ] {
            assert_eq!(vague(text, false), wanted, "{text}");
        }
    }
}
