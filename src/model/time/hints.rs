//! Recognises dates written in other ways, to say how to write them here.
//!
//! A suggestion is only made if it can be read.

use super::shape::Shape;
use super::words::{Lang, month_name, month_short};

/// What is wrong and what to write, if the notation is one that we know.
pub(super) fn for_foreign(input: &str) -> Option<(String, String)> {
    let text = input.trim().to_lowercase();
    if text.is_empty() {
        return Some((
            "it is empty".to_owned(),
            "write for example 2017-10-04, 2016-11 or 2014/2016".to_owned(),
        ));
    }
    keyword_ends(&text)
        .or_else(|| old_unspecified(input.trim()))
        .or_else(|| time_of_day(input.trim()))
        .or_else(|| words(&text))
        .or_else(|| numbers(&text))
}

fn advice(what: &str, suggestions: &[String]) -> Option<(String, String)> {
    let good: Vec<&str> = suggestions
        .iter()
        .map(String::as_str)
        .filter(|text| Shape::accepts(text))
        .collect();
    (!good.is_empty()).then(|| (what.to_owned(), format!("write {}", good.join(" or "))))
}

/// EDTF drafts before 2019 wrote `open` and `unknown` for interval ends.
fn keyword_ends(text: &str) -> Option<(String, String)> {
    let (from, to) = text.split_once('/')?;
    let end = |part: &str| match part.trim() {
        "open" | "now" | "today" | "present" => "..".to_owned(),
        "unknown" => String::new(),
        other => other.to_owned(),
    };
    let suggestion = format!("{}/{}", end(from), end(to));
    (suggestion != text).then_some(())?;
    advice(
        "an open end is written .. and an unknown one is left empty",
        &[suggestion],
    )
}

/// EDTF drafts before 2019 wrote `u` for an unspecified digit; some write `x`.
fn old_unspecified(text: &str) -> Option<(String, String)> {
    let suggestion = text.replace(['u', 'x', '*'], "X");
    (suggestion != text).then_some(())?;
    advice("an unspecified digit is a capital X", &[suggestion])
}

/// `2017-10-04 12:30`, with a space, or without its seconds.
fn time_of_day(text: &str) -> Option<(String, String)> {
    text.contains(':').then_some(())?;
    let (date, time) = text.split_once(['T', 't', ' '])?;
    let time = time.trim().to_uppercase();
    let clock_len = time
        .find(|c: char| !c.is_ascii_digit() && c != ':')
        .unwrap_or(time.len());
    let (clock, zone) = time.split_at(clock_len);
    // EDTF knows whole seconds only: drop a fraction.
    let zone = zone.trim_start_matches(|c: char| c == '.' || c == ',' || c.is_ascii_digit());
    let seconds = if clock.matches(':').count() == 1 {
        ":00"
    } else {
        ""
    };
    advice(
        "a time of day is hh:mm:ss after a T, in whole seconds",
        &[format!("{date}T{clock}{seconds}{}", zone.trim())],
    )
}

/// Dates with a month's name, an era, "circa", or a decade's s.
fn words(text: &str) -> Option<(String, String)> {
    let tokens: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|token| !token.is_empty())
        .collect();
    let numbers: Vec<&str> = tokens
        .iter()
        .copied()
        .filter(|token| token.bytes().all(|b| b.is_ascii_digit()))
        .collect();
    let month = tokens.iter().find_map(|token| month_number(token));
    if let Some(month) = month {
        let year = numbers.iter().find(|n| n.len() == 4)?;
        let day = tokens.iter().find_map(|token| day_number(token));
        let suggestion = match day {
            Some(day) => format!("{year}-{month:02}-{day:02}"),
            None => format!("{year}-{month:02}"),
        };
        return advice(
            "months are written as numbers, after the year",
            &[suggestion],
        );
    }
    if let [token] = tokens[..]
        && let Some(year) = token.strip_suffix('s')
        && let Some(decade) = year.strip_suffix('0')
    {
        return advice("a decade is written with an X", &[format!("{decade}X")]);
    }
    let year: i64 = numbers.first()?.parse().ok()?;
    let has = |words: &[&str]| tokens.iter().any(|token| words.contains(token));
    if has(&["bc", "bce", "av"]) {
        return advice(
            "years before 1 are negative, and 1 BCE is the year 0000",
            &[signed_year(1 - year)],
        );
    }
    if has(&["ad", "ce", "ap"]) {
        return advice("years are written without an era", &[signed_year(year)]);
    }
    if has(&["c", "ca", "circa", "about", "vers", "environ"]) {
        return advice(
            "\"about\" is written ~",
            &[format!("{}~", signed_year(year))],
        );
    }
    None
}

/// Dates of numbers only, in another order or with other separators.
fn numbers(text: &str) -> Option<(String, String)> {
    let parts: Vec<&str> = text
        .split(['/', '.', '-', ' ', '\u{2013}', '\u{2014}'])
        .filter(|part| !part.is_empty())
        .collect();
    let all_digits = |part: &&str| part.bytes().all(|b| b.is_ascii_digit());
    if !parts.iter().all(all_digits) {
        return None;
    }
    let date = |y: &str, m: &str, d: &str| format!("{y}-{m:0>2}-{d:0>2}");
    match parts[..] {
        [y, m, d] if y.len() == 4 => advice(
            "a date is year-month-day with two digits for month and day",
            &[date(y, m, d)],
        ),
        [a, b, y] if y.len() == 4 => advice(
            "the year comes first, then month and day",
            &if a == b {
                vec![date(y, a, a)]
            } else {
                vec![date(y, b, a), date(y, a, b)]
            },
        ),
        [a, b] if a.len() == 4 && b.len() == 4 => {
            advice("from and to are parted by a slash", &[format!("{a}/{b}")])
        }
        [y, m] if y.len() == 4 => advice(
            "a month is year-month with two digits",
            &[format!("{y}-{m:0>2}")],
        ),
        [m, y] if y.len() == 4 => advice("the year comes first", &[format!("{y}-{m:0>2}")]),
        [ymd] if ymd.len() == 8 && Shape::accepts(&ymd_dashed(ymd)) => {
            advice("a date is written with hyphens", &[ymd_dashed(ymd)])
        }
        [year] => advice(
            "a year has four digits, or a Y before more",
            &[signed_year(year.parse().ok()?)],
        ),
        _ => None,
    }
}

fn ymd_dashed(ymd: &str) -> String {
    format!("{}-{}-{}", &ymd[..4], &ymd[4..6], &ymd[6..])
}

/// A year as EDTF writes it.
pub(super) fn signed_year(year: i64) -> String {
    let sign = if year < 0 { "-" } else { "" };
    let magnitude = year.unsigned_abs();
    if magnitude > 9_999 {
        format!("Y{sign}{magnitude}")
    } else {
        format!("{sign}{magnitude:04}")
    }
}

/// 1 to 12 for a month's name or its short form, in English or French.
fn month_number(word: &str) -> Option<u8> {
    (word.chars().count() >= 3).then_some(())?;
    (1..=12).find(|&month| {
        [Lang::En, Lang::Fr].into_iter().any(|lang| {
            let short = month_short(month, lang)
                .trim_end_matches('.')
                .to_lowercase();
            month_name(month, lang).to_lowercase() == word || short == word
        })
    })
}

/// 1 to 31 for `4`, `4th`, `1er`.
fn day_number(word: &str) -> Option<u8> {
    let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
    let suffix = &word[digits.len()..];
    let ordinal = matches!(suffix, "" | "st" | "nd" | "rd" | "th" | "er" | "e");
    let day = digits.parse().ok().filter(|day| (1..=31).contains(day))?;
    (ordinal && digits.len() <= 2).then_some(day)
}
