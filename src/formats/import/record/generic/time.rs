//! When something happened, by the columns of a table.

use crate::model::time::{DAY_MS, Extent, OPEN_FUTURE, OPEN_PAST};

use super::super::super::mapping::Role;
use super::super::super::{Draft, DraftTime};
use super::super::row::Row;
use super::super::{Plan, dates, months, wrong};

/// An open end.
const OPEN: &str = "..";
/// Words for an end that has not come yet.
const ONGOING: &[&str] = &[
    "ongoing",
    "on going",
    "present",
    "now",
    "current",
    "currently",
    "continuing",
    "to date",
    "still ongoing",
    "en cours",
    "a ce jour",
    "andauernd",
    "laufend",
    "heute",
    "en curso",
    "actualidad",
    "presente",
    "in corso",
    "مستمر",
];

/// Whether the value of a column of ends says that there is none yet.
fn is_open(text: &str) -> bool {
    text == OPEN || ONGOING.contains(&crate::model::fold(text).as_str())
}

/// A date or a start, with an end; else a year with month and day. Columns
/// that were not needed for it stay as they are.
pub(super) fn fill<'a>(plan: &Plan, draft: &mut Draft<'a>, row: &mut Row<'_, 'a>) {
    let first = |role: Role| plan.slots[role as usize].first().copied();
    let starts = [
        Role::Start,
        Role::Date,
        Role::EpochMillis,
        Role::EpochSeconds,
    ];
    let (mut begin, mut unread) = (None, false);
    for column in starts.into_iter().filter_map(first) {
        match row.value(column) {
            "" => {}
            OPEN => row.take(column),
            _ => {
                begin = row.date(column).map(|told| (column, told));
                unread |= begin.is_none();
                if begin.is_some() {
                    break;
                }
            }
        }
    }
    let end = first(Role::End).filter(|c| !row.value(*c).is_empty());
    let Some((column, told)) = begin else {
        without_start(plan, draft, row, end, unread);
        return;
    };
    let Some(mut from) = told.extent() else {
        return;
    };
    if let Some(clock) = first(Role::Time) {
        from = with_clock(from, row, clock);
    }
    let Some(end) = end.filter(|c| *c != column) else {
        draft.time = match told.time {
            DraftTime::Extent(_) => DraftTime::Extent(from),
            told => told,
        };
        return;
    };
    if row.text(end) == row.text(column) {
        row.take(end);
        draft.time = DraftTime::Extent(from);
        return;
    }
    let until = if is_open(row.text(end)) {
        row.take(end);
        Some((OPEN_PAST, OPEN_FUTURE))
    } else {
        let told = row.date(end).and_then(|t| t.extent());
        told.map(|e| (e.end_earliest, e.end_latest))
    };
    draft.time = match until {
        Some((_, latest)) if latest < from.start_earliest => {
            let text = row.text(end);
            row.note(&wrong::ORDER, end, text, "");
            DraftTime::Extent(from)
        }
        Some(until) => DraftTime::Extent(Extent::spanning(
            (from.start_earliest, from.start_latest),
            until,
        )),
        None => DraftTime::Extent(from),
    };
}

/// Without a start: the year with its month and day, or up to its end. A start
/// that could not be read is none that is open: the end alone is then known.
fn without_start<'a>(
    plan: &Plan,
    draft: &mut Draft<'a>,
    row: &mut Row<'_, 'a>,
    end: Option<usize>,
    unread: bool,
) {
    let first = |role: Role| plan.slots[role as usize].first().copied();
    if let Some(column) = first(Role::Year)
        && !row.value(column).is_empty()
    {
        year(plan, draft, row, column);
        return;
    }
    // Without a year they are no date.
    let parts = [Role::Month, Role::Day].into_iter().filter_map(first);
    let set = |c: &usize| !matches!(row.value(*c), "" | "0" | "00");
    if let Some(part) = { parts }.find(set)
        && first(Role::Year).is_some()
        && end.is_none()
        && !unread
    {
        let text = row.text(part);
        row.note(&wrong::NO_YEAR, part, text, "");
    }
    if let Some(end) = end
        && !is_open(row.text(end))
        && let Some(until) = row.date(end).and_then(|t| t.extent())
    {
        draft.time = DraftTime::Extent(if unread {
            until
        } else {
            Extent::spanning(
                (OPEN_PAST, until.end_latest),
                (until.end_earliest, until.end_latest),
            )
        });
    }
}

/// The time that columns of years, months and days tell.
fn year<'a>(plan: &Plan, draft: &mut Draft<'a>, row: &mut Row<'_, 'a>, column: usize) {
    let first = |role: Role| plan.slots[role as usize].first().copied();
    let text = row.value(column);
    if number(text).is_none()
        && let Ok(told) = dates::read(text, row.plan.date_order())
    {
        // More than a number: `1914-1918`, `1850?`.
        row.take(column);
        draft.time = told.time;
        return;
    }
    let Some(mut from) = parts(row, column, first(Role::Month), first(Role::Day)) else {
        return;
    };
    if let Some(clock) = first(Role::Time) {
        from = with_clock(from, row, clock);
    }
    let [end, month, day] = plan.ends;
    let until = end.filter(|c| !row.value(*c).is_empty());
    let until = until.and_then(|end| Some((end, parts(row, end, month, day)?)));
    draft.time = DraftTime::Extent(match until {
        Some((end, until)) if until.end_latest < from.start_earliest => {
            let text = row.text(end);
            row.note(&wrong::ORDER, end, text, "");
            from
        }
        Some((_, until)) if until != from => Extent::spanning(
            (from.start_earliest, from.start_latest),
            (until.end_earliest, until.end_latest),
        ),
        _ => from,
    });
}

/// A date of three columns; month and day that are empty or 0 are not known.
pub(crate) fn parts(
    row: &mut Row<'_, '_>,
    year: usize,
    month: Option<usize>,
    day: Option<usize>,
) -> Option<Extent> {
    let text = row.value(year);
    let Some(mut y) = number(text).filter(|y| y.abs() < 10_000) else {
        row.note(&wrong::DATE, year, text, "");
        return None;
    };
    row.take(year);
    if text.chars().count() == 2 && (0..100).contains(&y) && !row.plan.ancient {
        y = dates::full_year(y);
        row.note(&wrong::SHORT_YEAR, year, text, "");
    }
    let unknown = |text: &str| matches!(text, "" | "0" | "00" | "-99" | "-9" | "99");
    let Some(month) = month.filter(|c| !unknown(row.value(*c))) else {
        return Some(dates::year(y));
    };
    let text = row.value(month);
    let m = number(text).or_else(|| months::month_of(text));
    let Some((m, whole)) = m.and_then(|m| Some((m, dates::month(y, m)?))) else {
        row.note(&wrong::SPELL, month, text, "");
        return Some(dates::year(y));
    };
    row.take(month);
    let Some(day) = day else {
        return Some(whole);
    };
    let text = row.value(day);
    if unknown(text) {
        row.take(day);
        return Some(whole);
    }
    let read = number(text).and_then(|d| dates::day(y, m, d));
    match read {
        Some(_) => row.take(day),
        None => row.note(&wrong::SPELL, day, text, ""),
    }
    Some(read.unwrap_or(whole))
}

/// A whole number, in any digits.
fn number(text: &str) -> Option<i64> {
    let of = |text: &str| text.strip_suffix(".0").unwrap_or(text).parse().ok();
    if text.is_ascii() {
        return of(text);
    }
    of(&dates::western_digits(text))
}

/// A day with a time of day from a column of its own.
fn with_clock(day: Extent, row: &mut Row<'_, '_>, column: usize) -> Extent {
    let text = row.value(column);
    let whole = day.end_latest.saturating_sub(day.start_earliest) == DAY_MS - 1;
    if text.is_empty() || !whole {
        return day;
    }
    if let Some(ms) = dates::loose_clock(text) {
        row.take(column);
        dates::moment(day.start_earliest + ms)
    } else {
        row.note(&wrong::TIME, column, text, "");
        day
    }
}
