//! When something happened, by the columns of a table.

use crate::model::time::{DAY_MS, Extent, OPEN_FUTURE, OPEN_PAST};

use super::super::super::mapping::Role;
use super::super::super::{Draft, DraftTime};
use super::super::row::Row;
use super::super::{Plan, dates, months, wrong};

/// An open end.
const OPEN: &str = "..";

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
    let until = if row.text(end) == OPEN {
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
        let (month, day) = (first(Role::Month), first(Role::Day));
        if let Some(extent) = parts(row, column, month, day) {
            let extent = match first(Role::Time) {
                Some(clock) => with_clock(extent, row, clock),
                None => extent,
            };
            draft.time = DraftTime::Extent(extent);
        }
        return;
    }
    if let Some(end) = end
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

/// A date of three columns; month and day that are empty or 0 are not known.
pub(crate) fn parts(
    row: &mut Row<'_, '_>,
    year: usize,
    month: Option<usize>,
    day: Option<usize>,
) -> Option<Extent> {
    let text = row.value(year);
    let Some(y) = number(text).filter(|y| y.abs() < 10_000) else {
        row.note(&wrong::DATE, year, text, "");
        return None;
    };
    row.take(year);
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
