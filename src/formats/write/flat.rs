//! What several formats say of an event in a flat way.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use serde_json::Value;

use crate::dataset::Dataset;
use crate::model::time::{
    DAY_MS, Extent, FIRST_MOMENT, LAST_MOMENT, Millis, OPEN_FUTURE, OPEN_PAST, Unit, When, iso,
};
use crate::model::{EventDetail, EventRow, Toll, TollKind, TollSum};

use super::Job;
use super::typed::Type;
use crate::formats::own;

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

/// The tolls that have a figure.
fn counted(event: &EventDetail) -> impl Iterator<Item = &Toll> {
    let figured = |t: &&Toll| t.low.or(t.best).or(t.high).is_some();
    event.tolls.iter().filter(figured)
}

/// The figures of one kind of toll, and whether several were added up.
pub(super) fn toll(event: &EventDetail, what: TollKind) -> (TollSum, bool) {
    let mut all = counted(event).filter(|t| t.what == what);
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
    for toll in counted(event).filter(|t| t.what == what) {
        sum.add(toll);
    }
    (sum, second.is_some())
}

/// What occurs in the events to be written.
#[derive(Default)]
pub(super) struct Used {
    /// Names of attributes: members of records that are not of the schema, such
    /// as the unmapped columns of an imported table.
    pub attributes: Vec<String>,
    /// What the values of each of them are.
    pub types: Vec<Type>,
    /// Kinds of tolls.
    pub tolls: BTreeSet<TollKind>,
    /// Whether the figures alone do not say all of the tolls of any event.
    pub details: bool,
    /// Whether any event has a side.
    pub sides: bool,
    /// Whether any event has a flag.
    pub flags: bool,
}

/// Looks through the events for what columns they need.
pub(super) fn used(job: &Job<'_>) -> io::Result<Used> {
    let mut used = Used::default();
    let mut names: BTreeMap<String, Type> = BTreeMap::new();
    for (n, row) in job.scope.rows().enumerate() {
        if n.is_multiple_of(4096) {
            job.ticker.check()?;
        }
        let event = job.scope.dataset.event(row);
        used.tolls.extend(counted(&event).map(|t| t.what));
        used.details |= has_details(&event);
        used.sides |= event.side.is_some();
        used.flags |= !event.flags.is_empty();
        for (name, value) in &event.extra {
            if let Some(known) = names.get_mut(name) {
                *known = known.with(value);
            } else {
                names.insert(name.clone(), Type::Nothing.with(value));
            }
        }
    }
    (used.attributes, used.types) = names.into_iter().unzip();
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

/// Who took part: see [`own`].
pub(super) fn actors(dataset: &Dataset, event: &EventDetail, lang: &str) -> String {
    let parts = event.participants.iter().map(|p| {
        let name = dataset.actor(p.actor).name(lang);
        format!("{}: {}", p.role.id(), own::item(name))
    });
    parts.collect::<Vec<_>>().join("; ")
}

/// The sources of an event: see [`own`].
pub(super) fn sources(dataset: &Dataset, row: EventRow, lang: &str) -> String {
    let parts = dataset.sources_of_event(row).iter().map(|ix| {
        let source = dataset.source(*ix);
        let url = source.url.as_deref().unwrap_or_default();
        own::source(source.title.get(lang), url)
    });
    let told: Vec<_> = parts.filter(|s| !s.is_empty()).collect();
    told.join("; ")
}

fn has_details(event: &EventDetail) -> bool {
    let mut tolls = counted(event);
    tolls.any(|t| t.who.is_some()) || TollKind::ALL.iter().any(|what| toll(event, *what).1)
}

/// The tolls one by one, where their figures do not say all: see [`own`].
pub(super) fn tolls(dataset: &Dataset, event: &EventDetail, lang: &str) -> String {
    if !has_details(event) {
        return String::new();
    }
    let figure = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
    let parts = counted(event).map(|toll| {
        let [low, best, high] = [toll.low, toll.best, toll.high].map(figure);
        let mut text = format!("{} {low}/{best}/{high}", toll.what.id());
        let takes_part = |who| event.participants.iter().any(|p| p.actor == who);
        if let Some(who) = toll.who.filter(|who| takes_part(*who)) {
            text.push_str(" of ");
            text.push_str(&own::item(dataset.actor(who).name(lang)));
        }
        text
    });
    parts.collect::<Vec<_>>().join("; ")
}

/// The texts of an event by the numbers of their names in [`own::NAMES`], those
/// that are not empty; without the position.
pub(super) fn texts(
    dataset: &Dataset,
    row: EventRow,
    event: &EventDetail,
    lang: &str,
) -> Vec<(usize, String)> {
    let mut texts = vec![
        (own::ID, event.id.clone()),
        (own::TITLE, event.titles.get(lang).to_owned()),
        (own::KIND, event.kind.id().to_owned()),
        (
            own::WHEN,
            event.when.as_ref().map_or("", |w| w.edtf()).to_owned(),
        ),
        (own::PRECISION, event.precision.id().to_owned()),
        (
            own::RADIUS,
            event.radius_m.map(|r| r.to_string()).unwrap_or_default(),
        ),
        (own::PLACE, dataset.place_name(row, lang).to_owned()),
        (own::ACTORS, actors(dataset, event, lang)),
        (own::SOURCES, sources(dataset, row, lang)),
        (own::NOTES, event.summary.get(lang).to_owned()),
        (own::SIDE, side(dataset, event).to_owned()),
        (own::FLAGS, flags(event)),
        (own::TOLLS, tolls(dataset, event, lang)),
    ];
    for (at, kind) in TollKind::ALL.iter().enumerate() {
        let TollSum { low, best, high } = toll(event, *kind).0;
        for (n, figure) in [low, best, high].into_iter().enumerate() {
            let text = figure.map(|n| n.to_string()).unwrap_or_default();
            texts.push((own::FIGURES + 3 * at + n, text));
        }
    }
    texts.retain(|(_, text)| !text.is_empty());
    texts
}

/// The id of the side that an event has of its own.
fn side<'d>(dataset: &'d Dataset, event: &EventDetail) -> &'d str {
    let sides = &dataset.meta().sides;
    let side = event.side.and_then(|s| sides.get(usize::from(s)));
    side.map_or("", |s| s.id.as_str())
}

fn flags(event: &EventDetail) -> String {
    let flags: Vec<_> = event.flags.iter().map(|f| f.id()).collect();
    flags.join("; ")
}
