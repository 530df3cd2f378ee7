//! One moment or stretch, in words or in ISO 8601.

use super::calendar::{CivilDateTime, DAY_MS, Unit, days_from_civil};
use super::hints::signed_year;
use super::words::{Lang, day_label, decade_label, month_name, year_label, years_label};
use super::{Millis, OPEN_FUTURE, OPEN_PAST, Window};

/// The calendar cell that holds `ms`, in words: `4 October 2017`,
/// `novembre 2016`, `400 BCE`. Times of day end in `UTC`.
#[must_use]
pub fn format_moment(ms: Millis, unit: Unit, lang: Lang) -> String {
    if ms == OPEN_PAST || ms == OPEN_FUTURE {
        return "\u{2026}".to_owned();
    }
    let at = CivilDateTime::from_millis(unit.floor(ms));
    let year = || year_label(at.year, lang);
    let last_year = || CivilDateTime::from_millis(unit.next(ms)).year - 1;
    let date = || {
        let (day, month) = (day_label(at.day, lang), month_name(at.month, lang));
        format!("{day} {month} {}", year())
    };
    match unit {
        Unit::Second => format!(
            "{}, {:02}:{:02}:{:02} UTC",
            date(),
            at.hour,
            at.minute,
            at.second
        ),
        Unit::Minute | Unit::Hour => {
            format!("{}, {:02}:{:02} UTC", date(), at.hour, at.minute)
        }
        Unit::Day => date(),
        Unit::Week => format!("{} {}", lang.pick("week of", "semaine du"), date()),
        Unit::Month => format!("{} {}", month_name(at.month, lang), year()),
        Unit::Quarter => format!("{}{} {}", lang.pick("Q", "T"), at.month.div_ceil(3), year()),
        Unit::Year => year(),
        Unit::Decade => decade_label(at.year, last_year(), lang),
        Unit::Century | Unit::Millennium => years_label(at.year, last_year(), lang),
    }
}

/// A window in words, in the coarsest unit that says it exactly:
/// `October 2017`, `4 October 2017 – 30 November 2022`, `from 2014`.
#[must_use]
pub fn format_span(window: Window, lang: Lang) -> String {
    let (start, end) = (window.start, window.end);
    let unit = exact_unit(window);
    let first = || format_moment(start, unit, lang);
    let last = || format_moment(end.saturating_sub(1), unit, lang);
    match (window.is_open_start(), window.is_open_end()) {
        (true, true) => lang.pick("all of time", "tous les temps").to_owned(),
        (true, false) => format!("\u{2026} \u{2013} {}", last()),
        (false, true) => format!("{} \u{2013} \u{2026}", first()),
        (false, false) if unit.next(start) >= end => first(),
        (false, false) => format!("{} \u{2013} {}", first(), last()),
    }
}

/// The coarsest unit whose cells begin at both ends of the window.
fn exact_unit(window: Window) -> Unit {
    let fits = |unit: &Unit| {
        // Weeks and quarters would read oddly from one to another.
        !matches!(unit, Unit::Week | Unit::Quarter)
            && unit.floor(window.start) == window.start
            && unit.floor(window.end) == window.end
    };
    Unit::ALL
        .into_iter()
        .rev()
        .find(fits)
        .unwrap_or(Unit::Second)
}

/// The calendar cell that holds `ms` in ISO 8601: `2017-10-04`, `2017-W40`,
/// `2017-10-04T08:15:00Z`. From days up, weeks aside, it is also EDTF: `201X`,
/// and a quarter as `2017-10/2017-12`. Open ends are `..`.
#[must_use]
pub fn iso(ms: Millis, unit: Unit) -> String {
    if ms == OPEN_PAST || ms == OPEN_FUTURE {
        return "..".to_owned();
    }
    let start = unit.floor(ms);
    let at = CivilDateTime::from_millis(start);
    let year = signed_year(at.year);
    let last_year = || CivilDateTime::from_millis(unit.next(ms)).year - 1;
    let date = || format!("{year}-{:02}-{:02}", at.month, at.day);
    match unit {
        Unit::Second => format!(
            "{}T{:02}:{:02}:{:02}Z",
            date(),
            at.hour,
            at.minute,
            at.second
        ),
        Unit::Minute | Unit::Hour => format!("{}T{:02}:{:02}Z", date(), at.hour, at.minute),
        Unit::Day => date(),
        Unit::Week => iso_week(start),
        Unit::Month => format!("{year}-{:02}", at.month),
        Unit::Quarter => format!("{year}-{:02}/{year}-{:02}", at.month, at.month + 2),
        Unit::Year => year,
        Unit::Decade => masked(at.year, last_year(), 1),
        Unit::Century => masked(at.year, last_year(), 2),
        Unit::Millennium => masked(at.year, last_year(), 3),
    }
}

/// A week belongs to the year that holds its Thursday (ISO 8601-1).
fn iso_week(monday: Millis) -> String {
    let thursday = monday.saturating_add(3 * DAY_MS);
    let year = CivilDateTime::from_millis(thursday).year;
    let day_of_year = thursday.div_euclid(DAY_MS) - days_from_civil(year, 1, 1);
    format!("{}-W{:02}", signed_year(year), day_of_year / 7 + 1)
}

/// The years whose last digits vary. edtf-core knows masks for the years 0 to
/// 9999 only.
fn masked(first: i64, last: i64, digits: u32) -> String {
    if (0..=9_999).contains(&first) {
        let width = 4 - digits as usize;
        let leading = first / 10_i64.pow(digits);
        format!("{leading:0width$}{}", "X".repeat(digits as usize))
    } else {
        format!("{}/{}", signed_year(first), signed_year(last))
    }
}
