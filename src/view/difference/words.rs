//! The values of an event as texts.

use std::fmt::Write as _;

use crate::dataset::Dataset;
use crate::model::time::{When, moment_text};
use crate::model::{Certainty, EventDetail, EventRow, Extra, Participant, Source, SourceIx, Toll};

use super::{Field, hash};

/// A value as one text, in which nothing depends on the numbers that a dataset
/// gives its actors, places and sources.
pub(super) fn text(dataset: &Dataset, row: EventRow, event: &EventDetail, field: Field) -> String {
    match field {
        Field::Title => all(event.titles.iter()),
        Field::Summary => all(event.summary.iter()),
        Field::When => event.when.as_ref().map(when).unwrap_or_default(),
        Field::Where => place(dataset, row, event),
        Field::Precision => match event.radius_m {
            Some(radius) => format!("{}, {radius} m", event.precision.id()),
            None => event.precision.id().to_owned(),
        },
        Field::Kind => event.kind.id().to_owned(),
        Field::Side => side(dataset, row),
        Field::Tolls => tolls(dataset, event),
        Field::Participants => {
            let part = |p: &Participant| participant(dataset, p);
            let parts: Vec<_> = event.participants.iter().map(part).collect();
            parts.join("; ")
        }
        Field::Sources => {
            let title = |ix: &SourceIx| source(dataset.source(*ix));
            let sources = dataset.sources_of_event(row);
            let mut titles: Vec<_> = sources.iter().map(title).collect();
            titles.sort_unstable();
            titles.join("; ")
        }
        Field::Flags => {
            let flags: Vec<_> = event.flags.iter().map(|f| f.id()).collect();
            flags.join(", ")
        }
        Field::Attributes => String::new(),
    }
}

fn all<'a>(texts: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut texts: Vec<&str> = texts.map(|(_, text)| text).collect();
    texts.dedup();
    texts.join(" / ")
}

fn place(dataset: &Dataset, row: EventRow, event: &EventDetail) -> String {
    let mut out = dataset.place_name(row, "en").to_owned();
    let comma = if out.is_empty() { "" } else { ", " };
    match &event.geometry {
        Some(geo::Geometry::Point(p)) => {
            let _ = write!(out, "{comma}{} {}", p.y(), p.x());
        }
        Some(other) => {
            // A shape may have thousands of corners: its box tells enough to
            // read, and the number at the end tells shapes of one box apart.
            if let Some(b) = crate::dataset::geometry_box(other) {
                let _ = write!(out, "{comma}{b:?}");
            }
            let _ = write!(out, " #{:016x}", hash(&format!("{other:?}")));
        }
        None => {}
    }
    out
}

fn tolls(dataset: &Dataset, event: &EventDetail) -> String {
    let figure = |n: Option<u32>| n.map_or("?".to_owned(), |n| n.to_string());
    let toll = |t: &Toll| {
        let mut out = format!("{} {}", t.what.id(), figure(t.best));
        if t.low.is_some() || t.high.is_some() {
            let _ = write!(out, " ({}–{})", figure(t.low), figure(t.high));
        }
        if let Some(who) = t.who {
            let _ = write!(out, " {}", dataset.actor(who).name("en"));
        }
        members(&mut out, &t.extra);
        out
    };
    let all: Vec<_> = event.tolls.iter().map(toll).collect();
    all.join("; ")
}

/// A date; where it does not say all, its bounds behind it.
fn when(when: &When) -> String {
    let mut out = when.edtf().to_owned();
    if let Some(x) = when.held_extent() {
        let text = |ms| moment_text(ms).unwrap_or_else(|| "..".to_owned());
        let (first, last) = (text(x.start_earliest), text(x.end_latest));
        let (start, end) = (text(x.start_latest), text(x.end_earliest));
        let _ = write!(out, " ({first}, {start} – {end}, {last})");
    }
    out
}

fn side(dataset: &Dataset, row: EventRow) -> String {
    let sides = &dataset.meta().sides;
    let side = dataset.side(row).and_then(|s| sides.get(usize::from(s)));
    side.map_or_else(String::new, |s| match s.label.get("en") {
        "" => s.id.clone(),
        label => label.to_owned(),
    })
}

fn participant(dataset: &Dataset, p: &Participant) -> String {
    let mut out = format!("{} ({}", dataset.actor(p.actor).name("en"), p.role.id());
    if p.certainty != Certainty::Certain {
        let _ = write!(out, ", {}", p.certainty.id());
    }
    if p.inferred {
        out.push_str(", inferred");
    }
    out.push(')');
    members(&mut out, &p.extra);
    out
}

/// Title and address of a source; its id if it has no title.
fn source(source: &Source) -> String {
    let title = match source.title.get("en") {
        "" => source.id.as_str(),
        title => title,
    };
    match source.url.as_deref() {
        Some(url) if url != title => format!("{title} <{url}>"),
        _ => title.to_owned(),
    }
}

/// Members that mean nothing to us, as they stand.
fn members(out: &mut String, extra: &Extra) {
    for (name, value) in extra {
        let _ = write!(out, ", {name}: {value}");
    }
}
