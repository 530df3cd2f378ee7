//! For timemap, by Forensic Architecture: `events`, `associations` and
//! `sources` in one file, each as the list its own endpoint would answer with,
//! and `chronotope`, which timemap never asks for.
//!
//! Source: timemap's validation schemata of events, associations and sources
//! (`src/reducers/validate`). Numbers are texts there, a date is `MM/DD/YYYY`
//! and a time `HH:MM`. An event with any member that the schema does not name
//! is discarded, so that all else of an event stands by its id in `chronotope`:
//! the texts of `formats::own`, and its attributes under `attributes`.

use std::collections::BTreeSet;
use std::io::{self, Write};

use geo::Geometry;
use serde_json::{Map, Value, json};

use crate::dataset::Dataset;
use crate::formats::own;
use crate::model::time::{CivilDateTime, DAY_MS};
use crate::model::{Actor, EventDetail, EventRow, Kind, Source};

use super::{Job, csv, flat};

pub(super) fn write(job: &mut Job<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Job { scope, losses, .. } = job;
    let dataset = scope.dataset;
    let mut kinds = BTreeSet::new();
    out.write_all(b"{\"events\":[")?;
    let mut before = "\n";
    for row in scope.rows() {
        job.ticker.tick()?;
        let event = dataset.event(row);
        kinds.insert(event.kind);
        losses.event(&event);
        note_losses(losses, &event);
        let value = event_value(dataset, row, &event, job.lang);
        write!(out, "{before}{value}")?;
        before = ",\n";
    }
    out.write_all(b"\n],\n\"associations\":[")?;
    let mut before = "\n";
    let kinds = kinds.into_iter().map(kind_value);
    for value in kinds.chain(scope.actors().map(|a| actor_value(a, job.lang))) {
        write!(out, "{before}{value}")?;
        before = ",\n";
    }
    out.write_all(b"\n],\n\"sources\":{")?;
    let mut before = "\n";
    for source in scope.sources() {
        let id = Value::from(source.id.as_str());
        write!(out, "{before}{id}:{}", source_value(source, job.lang))?;
        before = ",\n";
    }
    out.write_all(b"\n},\n\"chronotope\":{")?;
    let mut before = "\n";
    for row in scope.rows() {
        job.ticker.check()?;
        let event = dataset.event(row);
        let id = Value::from(event.id.as_str());
        let value = details(dataset, row, &event, job.lang);
        write!(out, "{before}{id}:{value}")?;
        before = ",\n";
    }
    out.write_all(b"\n}}\n")
}

/// What timemap has no place for.
fn details(dataset: &Dataset, row: EventRow, event: &EventDetail, lang: &str) -> Value {
    // These the event itself holds.
    let held = [own::ID, own::NOTES, own::SOURCES, own::PLACE];
    let texts = flat::texts(dataset, row, event, lang).into_iter();
    let texts = texts.filter(|(field, _)| !held.contains(field));
    let mut texts: Map<_, _> = texts
        .map(|(field, text)| (own::NAMES[field].to_owned(), text.into()))
        .collect();
    if !event.summary.get(lang).is_empty() {
        // The description holds the title as well.
        texts.insert(
            own::NAMES[own::NOTES].to_owned(),
            event.summary.get(lang).into(),
        );
    }
    if let Some(shape) = event.geometry.as_ref()
        && !matches!(shape, Geometry::Point(_))
    {
        texts.insert(own::NAMES[own::WKT].to_owned(), csv::wkt_of(shape).into());
    }
    if !event.extra.is_empty() {
        let attributes = event.extra.iter();
        let attributes = attributes.map(|(n, v)| (own::bare_name(n).to_owned(), v.clone()));
        texts.insert("attributes".to_owned(), Value::Object(attributes.collect()));
    }
    Value::Object(texts)
}

fn kind_id(kind: Kind) -> String {
    format!("kind-{}", kind.id())
}

fn kind_value(kind: Kind) -> Value {
    json!({ "id": kind_id(kind), "title": kind.id(), "desc": "", "mode": "CATEGORY" })
}

fn actor_value(actor: &Actor, lang: &str) -> Value {
    let name = actor.name(lang);
    json!({
        "id": actor.id,
        "title": name,
        "desc": actor.summary.get(lang),
        "mode": "FILTER",
        "filter_paths": [actor.schema.id(), name],
    })
}

fn source_value(source: &Source, lang: &str) -> Value {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let paths: Vec<_> = source.url.iter().collect();
    json!({
        "id": source.id,
        "title": source.title.get(lang),
        "type": source.kind.id(),
        "author": text(&source.author),
        "date": source.published.as_ref().map_or("", |w| w.edtf()),
        "url": text(&source.url),
        "description": source.summary.get(lang),
        "paths": paths,
    })
}

fn event_value(dataset: &Dataset, row: EventRow, event: &EventDetail, lang: &str) -> Value {
    let mut associations = vec![kind_id(event.kind)];
    for participant in &event.participants {
        let id = &dataset.actor(participant.actor).id;
        if !associations.contains(id) {
            associations.push(id.clone());
        }
    }
    let sources = dataset.sources_of_event(row).iter();
    let sources: Vec<_> = sources.map(|s| dataset.source(*s).id.as_str()).collect();
    let (date, time) = date_and_time(event);
    let middle = event.geometry.as_ref().and_then(geo::Centroid::centroid);
    // Both must be there, if only as empty texts.
    let degrees = |n: Option<f64>| n.map(|n| n.to_string()).unwrap_or_default();
    let parts = [event.titles.get(lang), event.summary.get(lang)];
    let described: Vec<_> = parts.into_iter().filter(|p| !p.is_empty()).collect();
    json!({
        "id": event.id,
        "description": described.join("\n"),
        "date": date,
        "time": time,
        "time_display": event.when.as_ref().map_or("", |w| w.edtf()),
        "location": dataset.place_name(row, lang),
        "latitude": degrees(middle.map(geo::Point::y)),
        "longitude": degrees(middle.map(geo::Point::x)),
        "category": event.kind.id(),
        "associations": associations,
        "sources": sources,
    })
}

/// The day an event began, and the time if it is known to the minute.
fn date_and_time(event: &EventDetail) -> (String, String) {
    let (start, end) = flat::ends(event.when.as_ref());
    let Some(first) = start.or(end) else {
        return (String::new(), String::new());
    };
    let at = CivilDateTime::from_millis(first);
    if !(1..=9999).contains(&at.year) {
        return (String::new(), String::new());
    }
    let date = format!("{:02}/{:02}/{:04}", at.month, at.day, at.year);
    let timed = start.zip(end).is_some_and(|(s, e)| e - s < DAY_MS - 1);
    let time = if timed {
        format!("{:02}:{:02}", at.hour, at.minute)
    } else {
        String::new()
    };
    (date, time)
}

/// What timemap does not show, though the file holds it beside.
fn note_losses(losses: &mut super::Losses, event: &EventDetail) {
    let (start, end) = flat::ends(event.when.as_ref());
    let long =
        start.zip(end).is_some_and(|(s, e)| e - s >= DAY_MS) || start.is_some() != end.is_some();
    let undated = date_and_time(event).0.is_empty();
    let shape = matches!(&event.geometry, Some(g) if !matches!(g, Geometry::Point(_)));
    for (one, many, lost) in [
        (
            "event of more than a day is shown on its first day",
            "events of more than a day are shown on their first day",
            long && !undated,
        ),
        (
            "event without a date from the year 1 to 9999 is not shown",
            "events without a date from the year 1 to 9999 are not shown",
            undated,
        ),
        (
            "shape is shown as its middle",
            "shapes are shown as their middle",
            shape,
        ),
    ] {
        losses.add(one, many, u64::from(lost));
    }
    for (one, many, n) in [
        (
            "role of a participant is not shown",
            "roles of participants are not shown",
            event.participants.len(),
        ),
        (
            "toll is not shown",
            "tolls are not shown",
            event.tolls.len(),
        ),
        (
            "attribute is not shown",
            "attributes are not shown",
            event.extra.len(),
        ),
    ] {
        losses.add(one, many, n as u64);
    }
}
