//! What several formats say of an event in a flat way.

use std::collections::BTreeSet;
use std::io;

use serde_json::Value;

use crate::dataset::Dataset;
use crate::model::time::{
    DAY_MS, Extent, FIRST_MOMENT, LAST_MOMENT, Millis, OPEN_FUTURE, OPEN_PAST, Unit, When, iso,
};
use crate::model::{EventDetail, EventRow, TollKind, TollSum};

use super::Job;

/// The first and last moment of a time, both inclusive, where they are bounded.
pub(super) fn ends(when: Option<&When>) -> (Option<Millis>, Option<Millis>) {
    let Some(Extent {
        start_earliest: start,
        end_latest: end,
        ..
    }) = when.map(When::extent)
    else {
        return (None, None);
    };
    (
        Some(start).filter(|s| (FIRST_MOMENT..OPEN_FUTURE).contains(s)),
        Some(end).filter(|e| (OPEN_PAST + 1..=LAST_MOMENT).contains(e)),
    )
}

/// A first moment: the day if it begins one, else to the second.
pub(super) fn iso_start(start: Millis) -> String {
    let at_midnight = start == Unit::Day.floor(start);
    iso(start, day_or_second(at_midnight))
}

/// A last moment: the day if it ends one, else to the second.
pub(super) fn iso_end(end: Millis) -> String {
    let before_midnight = end == Unit::Day.floor(end).saturating_add(DAY_MS - 1);
    iso(end, day_or_second(before_midnight))
}

fn day_or_second(whole_day: bool) -> Unit {
    if whole_day { Unit::Day } else { Unit::Second }
}

/// The figures of one kind of toll, and whether several were added up.
pub(super) fn toll(event: &EventDetail, what: TollKind) -> (TollSum, bool) {
    let mut all = event.tolls.iter().filter(|t| t.what == what);
    let (first, second) = (all.next(), all.next());
    if let (Some(toll), None) = (first, second) {
        let figures = TollSum {
            low: toll.low.map(u64::from),
            best: toll.best.map(u64::from),
            high: toll.high.map(u64::from),
        };
        return (figures, false);
    }
    let mut sum = TollSum::default();
    for toll in event.tolls.iter().filter(|t| t.what == what) {
        sum.add(toll);
    }
    (sum, second.is_some())
}

/// One item of a list in a cell: between quotes where it holds what separates
/// the items.
pub(super) fn item(text: &str) -> String {
    if text.contains([';', '"']) || text.trim() != text {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// What occurs in the events to be written.
#[derive(Default)]
pub(super) struct Used {
    /// Names of attributes: members of records that are not of the schema, such
    /// as the unmapped columns of an imported table.
    pub attributes: Vec<String>,
    /// Kinds of tolls.
    pub tolls: BTreeSet<TollKind>,
    /// Whether any event has a side, or a flag.
    pub sides: bool,
    /// Whether any event has a flag.
    pub flags: bool,
}

/// Looks through the events for what columns they need.
pub(super) fn used(job: &Job<'_>) -> io::Result<Used> {
    let mut used = Used::default();
    let mut names = BTreeSet::new();
    for (n, row) in job.scope.rows().enumerate() {
        if n.is_multiple_of(4096) {
            job.ticker.check()?;
        }
        let event = job.scope.dataset.event(row);
        used.tolls.extend(event.tolls.iter().map(|t| t.what));
        used.sides |= event.side.is_some();
        used.flags |= !event.flags.is_empty();
        for name in event.extra.keys() {
            if !names.contains(name) {
                names.insert(name.clone());
            }
        }
    }
    used.attributes = names.into_iter().collect();
    Ok(used)
}

/// A value as text: texts as they are, all else as JSON.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A name that is not among those taken.
pub(super) fn free_name(name: &str, taken: impl Fn(&str) -> bool) -> String {
    let mut name = name.to_owned();
    while taken(&name) {
        name.push('_');
    }
    name
}

/// Who took part: "role: name" with semicolons between.
pub(super) fn actors(dataset: &Dataset, event: &EventDetail, lang: &str) -> String {
    let parts = event.participants.iter().map(|p| {
        let name = dataset.actor(p.actor).name(lang);
        format!("{}: {}", p.role.id(), item(name))
    });
    parts.collect::<Vec<_>>().join("; ")
}

/// The sources of an event: `title <address>` with semicolons between.
pub(super) fn sources(dataset: &Dataset, row: EventRow, lang: &str) -> String {
    let parts = dataset.sources_of_event(row).iter().map(|ix| {
        let source = dataset.source(*ix);
        let title = item(source.title.get(lang));
        match &source.url {
            Some(url) => format!("{title} <{url}>"),
            None => title,
        }
    });
    parts.collect::<Vec<_>>().join("; ")
}
