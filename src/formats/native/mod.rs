//! Chronotope's own folder: `dataset.json`, `events.geojson` and five tables.
//!
//! The saved types are versioned and apart from the live model. Members that
//! this version does not know are kept.

mod attributes;
pub(crate) mod geometry;
mod json;
mod layers;
mod read_events;
mod read_tables;
mod resolve;
pub(super) mod single;
mod timespans;
mod v1;
mod verify;
mod write;

pub(super) use attributes::is_taken;
pub use single::{is_single, read_single};
pub(super) use verify::{actors_named, place_named};
pub(super) use write::{Table, feature, file_names, head, write_file};
pub use write::{save, to_files};

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::dataset::{Dataset, Parts};
use crate::model::{EventRow, Extra};

use super::{Files, OpenError, Opened, Report, RowCounts};
use json::parse_file;

/// File with the title and the schema version.
pub const DATASET_FILE: &str = "dataset.json";
/// File with the events.
pub const EVENTS_FILE: &str = "events.geojson";
/// File with the actors.
pub const ACTORS_FILE: &str = "actors.json";
/// File with the relations.
pub const RELATIONS_FILE: &str = "relations.json";
/// File with the places.
pub const PLACES_FILE: &str = "places.json";
/// File with the sources.
pub const SOURCES_FILE: &str = "sources.json";
/// File with the claims.
pub const CLAIMS_FILE: &str = "claims.json";

/// The schema version this program writes, and the newest it reads.
pub const SCHEMA_VERSION: u64 = 1;

/// What reports call a dataset of our own.
pub const NAME: &str = "Chronotope dataset";
/// Value of `format` in `dataset.json`.
pub const FORMAT: &str = "chronotope";

/// Reads a dataset from its files.
///
/// # Errors
/// When `dataset.json` or `events.geojson` is missing or unreadable, when any
/// file present is no UTF-8 or no JSON, or when the schema version is newer
/// than [`SCHEMA_VERSION`].
pub fn read(files: &mut dyn Files) -> Result<Opened, OpenError> {
    let Some(head) = load(files, DATASET_FILE)? else {
        return Err(OpenError::new(
            files.label(DATASET_FILE),
            "there is no such file",
            "a dataset is a folder with dataset.json and events.geojson in it",
        ));
    };
    check_version(&head, &files.label(DATASET_FILE))?;
    let Some(events) = load(files, EVENTS_FILE)? else {
        return Err(OpenError::new(
            files.label(EVENTS_FILE),
            "there is no such file",
            "put the dataset's events.geojson beside its dataset.json",
        ));
    };
    let events_label = files.label(EVENTS_FILE);
    assemble(&head, &events, &events_label, &mut |file, _| {
        load(files, file)
    })
}

/// Answers with the table of a file whose list has the name given.
type TableOf<'a> = &'a mut dyn FnMut(&str, &str) -> Result<Option<Value>, OpenError>;

/// Makes a dataset of its pieces. `table` answers with the table of a file,
/// whose list has the name given, if there is one.
fn assemble(
    head: &Value,
    events: &Value,
    events_label: &str,
    table: TableOf<'_>,
) -> Result<Opened, OpenError> {
    let mut report = Report::default();
    let mut parts = Parts {
        meta: read_tables::meta(head, &mut report),
        ..Parts::default()
    };
    let mut tables = Tables {
        table,
        report: &mut report,
        extra: &mut parts.meta.tables_extra,
    };
    let places = tables.read(PLACES_FILE, "places")?;
    let sources = tables.read(SOURCES_FILE, "sources")?;
    let actors = tables.read(ACTORS_FILE, "actors")?;
    let relations = tables.read(RELATIONS_FILE, "relations")?;
    let claims = tables.read(CLAIMS_FILE, "claims")?;

    let sides = parts.meta.sides.clone();
    parts.places = read_tables::places(places, &mut report);
    parts.sources = read_tables::sources(sources, &mut report);
    parts.actors = read_tables::actors(actors, &sides, &mut report);
    let mut names = resolve::Names::new(parts);
    names.read_relations(relations, &mut report);
    names.read_events(events, events_label, &mut report)?;
    names.sort_events();
    names.read_claims(claims, &mut report);
    let dataset = Dataset::new(names.finish());
    verify::verify(&dataset, &mut report);
    NAME.clone_into(&mut report.format);
    report.rows = count_rows(events, &dataset);
    Ok((dataset, report))
}

/// What became of the features of the event collection.
fn count_rows(events: &Value, dataset: &Dataset) -> RowCounts {
    let read = events.get("features").and_then(Value::as_array);
    let read = read.map_or(0, |list| list.len() as u64);
    let kept = dataset.len() as u64;
    let table = dataset.table();
    let without = |has: &dyn Fn(EventRow) -> bool| {
        let rows = dataset.rows().filter(|row| !has(*row));
        rows.count() as u64
    };
    RowCounts {
        read,
        kept,
        without_place: without(&|row| table.position(row).is_some()),
        without_date: without(&|row| table.is_dated(row)),
        skipped: read.saturating_sub(kept),
    }
}

/// The five tables, as they are read one after another.
struct Tables<'a> {
    table: TableOf<'a>,
    report: &'a mut Report,
    extra: &'a mut BTreeMap<String, Extra>,
}

impl Tables<'_> {
    /// The records of one table; none when there is no such file.
    fn read<T: DeserializeOwned>(&mut self, name: &str, list: &str) -> Result<Vec<T>, OpenError> {
        let Some(file) = (self.table)(name, list)? else {
            return Ok(Vec::new());
        };
        let extra = foreign(&file, &[list]);
        if !extra.is_empty() {
            self.extra.insert(list.to_owned(), extra);
        }
        Ok(read_tables::records(&file, name, list, self.report))
    }
}

/// The members of an object other than those known.
fn foreign(value: &Value, known: &[&str]) -> Extra {
    let members = value.as_object().into_iter().flatten();
    members
        .filter(|(k, _)| !known.contains(&k.as_str()))
        .map(|(k, v)| (k.clone(), v.clone()))
        .collect()
}

fn load(files: &mut dyn Files, name: &str) -> Result<Option<Value>, OpenError> {
    match files.read(name)? {
        Some(bytes) => parse_file(&bytes, &files.label(name)).map(Some),
        None => Ok(None),
    }
}

fn check_version(head: &Value, label: &str) -> Result<(), OpenError> {
    if head.get("format").and_then(Value::as_str) != Some(FORMAT) {
        return Err(OpenError::new(
            label,
            "it does not say \"format\": \"chronotope\"",
            "this JSON file belongs to another program; open a Chronotope dataset",
        ));
    }
    match head.get("schema_version").and_then(Value::as_u64) {
        Some(1..=SCHEMA_VERSION) => Ok(()),
        Some(newer) if newer > SCHEMA_VERSION => Err(OpenError::new(
            label,
            format!("its schema version is {newer}, newer than the {SCHEMA_VERSION} known here"),
            "open it with a newer Chronotope, or save it as version 1 there",
        )),
        _ => Err(OpenError::new(
            label,
            "its schema_version is missing or not a whole number from 1 up",
            "write \"schema_version\": 1",
        )),
    }
}
