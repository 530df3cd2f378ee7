//! For timemap, by Forensic Architecture: `events`, `associations` and
//! `sources` in one file, each as the list its own endpoint would answer with.
//!
//! Source: timemap's validation schemata of events, associations and sources.
//! Numbers are texts there, a date is `MM/DD/YYYY` and a time `HH:MM`.

use std::collections::BTreeSet;
use std::io::{self, Write};

use geo::Geometry;
use serde_json::{Value, json};

use crate::dataset::Dataset;
use crate::model::time::{CivilDateTime, DAY_MS};
use crate::model::{Actor, EventDetail, EventRow, Kind, Source, TollKind};

use super::{Job, flat};

pub(super) fn write(job: &mut Job<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Job { scope, losses, .. } = job;
    let mut kinds = BTreeSet::new();
    out.write_all(b"{\"events\":[")?;
    let mut before = "\n";
    for row in scope.rows() {
        job.ticker.tick()?;
        let event = scope.dataset.event(row);
        kinds.insert(event.kind);
        note_losses(losses, &event);
        let value = event_value(scope.dataset, row, &event, job.lang);
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
    let relations = scope.relations().count() as u64;
    losses.add("relation is left out", "relations are left out", relations);
    out.write_all(b"\n}}\n")
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
    let mut value = json!({
        "id": event.id,
        "title": event.titles.get(lang),
        "description": event.summary.get(lang),
        "date": date,
        "time": time,
        "time_display": event.when.as_ref().map_or("", |w| w.edtf()),
        "location": dataset.place_name(row, lang),
        "category": event.kind.id(),
        "location_precision": event.precision.id(),
        "associations": associations,
        "sources": sources,
    });
    if let Some(middle) = event.geometry.as_ref().and_then(geo::Centroid::centroid) {
        value["latitude"] = middle.y().to_string().into();
        value["longitude"] = middle.x().to_string().into();
    }
    for kind in TollKind::ALL {
        if let Some(best) = flat::toll(event, *kind).0.best {
            value[kind.id()] = best.to_string().into();
        }
    }
    for (name, attribute) in &event.extra {
        if value.get(name).is_none() {
            value[name.as_str()] = flat::plain(attribute).into();
        }
    }
    value
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

fn note_losses(losses: &mut super::Losses, event: &EventDetail) {
    let (start, end) = flat::ends(event.when.as_ref());
    let long =
        start.zip(end).is_some_and(|(s, e)| e - s >= DAY_MS) || start.is_some() != end.is_some();
    let undated = event.when.is_some() && date_and_time(event).0.is_empty();
    let shape = matches!(&event.geometry, Some(g) if !matches!(g, Geometry::Point(_)));
    for (one, many, lost) in [
        (
            "event of more than a day is put on its first day",
            "events of more than a day are put on their first day",
            long && !undated,
        ),
        (
            "date outside the years 1 to 9999 is left out",
            "dates outside the years 1 to 9999 are left out",
            undated,
        ),
        (
            "shape is written as its middle",
            "shapes are written as their middle",
            shape,
        ),
    ] {
        losses.add(one, many, u64::from(lost));
    }
    losses.add(
        "role of a participant is left out",
        "roles of participants are left out",
        event.participants.len() as u64,
    );
}
