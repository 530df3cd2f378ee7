//! Dates in forms of their own, and what to write for those that cannot be read.

use crate::model::time::Extent;

use super::{Told, clock, day, iso, moment, month, year};

/// `+2020-01-01T00:00:00Z` and `-0479-09-01T00:00:00Z`, as Wikidata writes them,
/// `2020年5月5日`, `05/2020`, `2020/05`, `2020.0`.
pub(super) fn other(text: &str) -> Option<Told> {
    let extent = signed(text)
        .or_else(|| eastern(text))
        .or_else(|| month_of_year(text))
        .or_else(|| {
            let whole = text.strip_suffix(".0").filter(|y| y.len() == 4)?;
            Some(year(digits(whole)?))
        })?;
    Some(Told::sure(extent))
}

fn digits(text: &str) -> Option<i64> {
    let all = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    all.then(|| text.parse().ok())?
}

/// A date with the sign of its era before it; a month or day of 0 is not known.
fn signed(text: &str) -> Option<Extent> {
    let negative = text.starts_with('-');
    let rest = text.strip_prefix(['-', '+'])?;
    let (date, time) = match rest.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (rest, None),
    };
    if !negative && time.is_none() {
        return iso(rest.as_bytes());
    }
    let mut parts = date.split('-');
    let y = parts.next().filter(|y| y.len() == 4).and_then(digits)?;
    let y = if negative { -y } else { y };
    let two = |part: Option<&str>| part.filter(|p| p.len() == 2).and_then(digits);
    let (m, d) = (two(parts.next())?, two(parts.next())?);
    if parts.next().is_some() {
        return None;
    }
    match (m, d, time) {
        (0, 0, _) => Some(year(y)),
        (_, 0, _) => month(y, m),
        // EDTF has no times of day before the year 0.
        (_, _, time) if negative => {
            time.map_or(Some(0), |time| clock(time.as_bytes()))?;
            day(y, m, d)
        }
        (_, _, None) => day(y, m, d),
        (_, _, Some(time)) => {
            let whole = day(y, m, d)?;
            Some(moment(whole.start_earliest + clock(time.as_bytes())?))
        }
    }
}

/// Year, month and day with the words for them behind, in Chinese and Japanese.
fn eastern(text: &str) -> Option<Extent> {
    let (y, rest) = text.split_once('年')?;
    let y = Some(y.trim()).filter(|y| y.len() == 4).and_then(digits)?;
    if rest.trim().is_empty() {
        return Some(year(y));
    }
    let (m, rest) = rest.split_once('月')?;
    let m = digits(m.trim())?;
    if rest.trim().is_empty() {
        return month(y, m);
    }
    let d = rest.trim().strip_suffix(['日', '号', '號'])?;
    day(y, m, digits(d.trim())?)
}

/// A month and its year, in numbers.
fn month_of_year(text: &str) -> Option<Extent> {
    let (a, b) = text.split_once(['/', '.', '-'])?;
    let (m, y) = match (a.len(), b.len()) {
        (1 | 2, 4) => (a, b),
        (4, 1 | 2) if text.contains('/') => (b, a),
        _ => return None,
    };
    month(digits(y)?, digits(m)?)
}

/// What to write for a number that is no date as it stands.
pub(super) fn advice(text: &str) -> Option<String> {
    let (sign, number) = match text.strip_prefix('-') {
        Some(number) => ("-", number),
        None => ("", text),
    };
    digits(number)?;
    match number.len() {
        1..=3 if sign == "-" => Some(format!(
            "a year has four digits; write -{number:0>4} (0000 is 1 BCE)"
        )),
        8 if sign.is_empty() => {
            let (a, b, y) = (&number[..2], &number[2..4], &number[4..]);
            let of = |m: &str, d: &str| {
                day(digits(y)?, digits(m)?, digits(d)?).map(|_| format!("{y}-{m}-{d}"))
            };
            let both: Vec<String> = [of(b, a), of(a, b)].into_iter().flatten().collect();
            Some(if both.is_empty() {
                "these eight digits are no date; write for example 2017-10-04".to_owned()
            } else {
                format!("the year comes first; write {}", both.join(" or "))
            })
        }
        _ => None,
    }
}
