//! One `GeoJSON` file: the features as in our folder, with flat properties
//! beside ours for other programs, and all else in the member `chronotope`.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use crate::dataset::Dataset;
use crate::formats::native::{self, single};
use crate::model::{EventDetail, EventRow, TollKind};

use super::{Job, flat};

/// Properties that are added for others, by what they hold. Each gets another
/// name where an attribute has that one.
const DERIVED: [&str; 10] = [
    "start",
    "end",
    "killed_low",
    "killed",
    "killed_high",
    "wounded",
    "place_name",
    "actors",
    "sources",
    "notes",
];

pub(super) fn write(job: &mut Job<'_>, out: &mut dyn Write) -> io::Result<()> {
    let attributes = flat::used(job)?.attributes;
    let taken = |name: &str| native::is_taken(name) || attributes.iter().any(|a| a == name);
    let names = DERIVED.map(|name| flat::free_name(name, taken));
    out.write_all(b"{\"type\":\"FeatureCollection\",\n\"chronotope\":")?;
    everything_else(job, &names, out)?;
    out.write_all(b",\n\"features\":[")?;
    let dataset = job.scope.dataset;
    let mut before = "\n";
    for row in job.scope.rows() {
        job.ticker.tick()?;
        let event = dataset.event(row);
        let mut feature = native::feature(dataset, &event)?;
        if let Some(Value::Object(properties)) = feature.get_mut("properties") {
            let values = derived(dataset, row, &event, job.lang);
            let added = names.iter().zip(values).filter(|(_, v)| !v.is_null());
            properties.extend(added.map(|(name, value)| (name.clone(), value)));
        }
        out.write_all(before.as_bytes())?;
        serde_json::to_writer(&mut *out, &feature)?;
        before = ",\n";
    }
    out.write_all(b"\n]}\n")
}

fn derived(dataset: &Dataset, row: EventRow, event: &EventDetail, lang: &str) -> [Value; 10] {
    let (start, end) = flat::ends(event.when.as_ref());
    let killed = flat::toll(event, TollKind::Killed).0;
    let wounded = flat::toll(event, TollKind::Wounded).0;
    let text = |text: &str| match text {
        "" => Value::Null,
        text => Value::from(text),
    };
    [
        start.map(flat::iso_start).into(),
        end.map(flat::iso_end).into(),
        killed.low.into(),
        killed.best.into(),
        killed.high.into(),
        wounded.best.or(wounded.low).into(),
        text(dataset.place_name(row, lang)),
        text(&flat::actors(dataset, event, lang)),
        text(&flat::sources(dataset, row, lang)),
        text(event.summary.get(lang)),
    ]
}

/// The member that holds all but the events, for [`native::read_single`].
pub(super) fn everything_else(
    job: &Job<'_>,
    derived: &[String],
    out: &mut dyn Write,
) -> io::Result<()> {
    let meta = job.scope.dataset.meta();
    write!(out, "{{{}:", Value::from(single::DATASET))?;
    serde_json::to_writer(&mut *out, &native::head(job.scope.dataset)?)?;
    let mut foreign: Map<String, Value> = meta
        .tables_extra
        .iter()
        .map(|(list, members)| (list.clone(), Value::Object(members.clone())))
        .collect();
    if !meta.events_extra.is_empty() {
        foreign.insert(
            "events".to_owned(),
            Value::Object(meta.events_extra.clone()),
        );
    }
    for (name, value) in [
        (single::FOREIGN, Value::Object(foreign)),
        (single::DERIVED, json!(derived)),
    ] {
        write!(out, ",\n{}:{value}", Value::from(name))?;
    }
    for table in native::Table::ALL {
        write!(out, ",\n{}:", Value::from(table.list()))?;
        let mut before = "[\n";
        table.each(&job.scope, &mut |record| {
            write!(out, "{before}{record}")?;
            before = ",\n";
            Ok(())
        })?;
        out.write_all(if before == "[\n" { b"[]" } else { b"]" })?;
    }
    out.write_all(b"}")
}
