//! Dates with a month in words.

use crate::model::fold;

use super::super::super::DraftTime;
use super::super::months;
use super::{Told, day, full_year, loose_clock, moment, month, western_digits};

/// `03 December 2020`, `Dec 3, 2020`, `décembre 2020`, with a weekday before or
/// a time behind it.
pub(super) fn worded(text: &str) -> Option<Told> {
    if !text.chars().any(char::is_alphabetic) {
        return None;
    }
    // Words that several languages have for a month in two.
    let joined;
    let text = if text.is_ascii() {
        text
    } else {
        let western = western_digits(text);
        joined = match months::two_words(&fold(&western)) {
            Some((month, words)) => fold(&western).replacen(words, month, 1),
            None => western,
        };
        &joined
    };
    let (mut numbers, mut many) = ([(0_i64, 0_usize); 2], 0);
    let (mut month_number, mut time) = (None, None);
    let mut tokens = text.split([' ', ',', '-', '/', '\u{a0}', '،']).peekable();
    while let Some(token) = tokens.next() {
        let token = token.trim_end_matches('.');
        if token.is_empty() {
            continue;
        }
        if token.contains(':') {
            let half = tokens
                .peek()
                .filter(|t| t.eq_ignore_ascii_case("am") || t.eq_ignore_ascii_case("pm"));
            time = Some(match half {
                Some(half) => loose_clock(&format!("{token} {half}"))?,
                None => loose_clock(token)?,
            });
            if half.is_some() {
                tokens.next();
            }
            continue;
        }
        let digits = token.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 {
            let suffix = &token[digits..];
            let known = ["", "st", "nd", "rd", "th", "er", "º", "°", "ème", "e"];
            if many == 2 || digits > 4 || !known.contains(&suffix) {
                return None;
            }
            numbers[many] = (token[..digits].parse().ok()?, digits);
            many += 1;
        } else if let Some(month) = months::month_of(token) {
            if month_number.replace(month).is_some() {
                return None;
            }
        } else if !months::is_filler(token) {
            return None;
        }
    }
    let month_number = month_number?;
    let (year, of_month, short_year) = match (many, numbers) {
        (1, [(y, 4), _]) => (y, None, false),
        (2, [(d, 1 | 2), (y, 4)] | [(y, 4), (d, 1 | 2)]) => (y, Some(d), false),
        (2, [(d, 1 | 2), (y, 2)]) => (full_year(y), Some(d), true),
        _ => return None,
    };
    let extent = match (of_month, time) {
        (None, None) => month(year, month_number)?,
        (None, Some(_)) => return None,
        (Some(d), None) => day(year, month_number, d)?,
        (Some(d), Some(ms)) => moment(day(year, month_number, d)?.start_earliest + ms),
    };
    Some(Told {
        time: DraftTime::Extent(extent),
        either: false,
        short_year,
    })
}
