//! A dataset in one `GeoJSON` file: the features of `events.geojson`, and all
//! else in the collection's member `chronotope`, where other programs pass it
//! by.

use serde_json::{Map, Value};

use crate::formats::{OpenError, Opened};

use super::{assemble, check_version};

/// The member of the collection that holds all but the events.
pub(in crate::formats) const MEMBER: &str = "chronotope";
/// Member of [`MEMBER`]: `dataset.json`.
pub(in crate::formats) const DATASET: &str = "dataset";
/// Member of [`MEMBER`]: the foreign members of the files, by their list.
pub(in crate::formats) const FOREIGN: &str = "foreign";
/// Member of [`MEMBER`]: names of the properties that were added for others.
pub(in crate::formats) const DERIVED: &str = "derived";

/// Whether a `GeoJSON` collection is a whole dataset of ours.
#[must_use]
pub fn is_single(collection: &Value) -> bool {
    let head = collection.get(MEMBER).and_then(|m| m.get(DATASET));
    head.is_some_and(|h| h.get("format").and_then(Value::as_str) == Some(super::FORMAT))
}

/// Reads a dataset from one `GeoJSON` collection for which [`is_single`] holds.
/// `label` is what messages call it.
///
/// # Errors
/// When it is no such collection, or of a newer schema version.
pub fn read_single(mut collection: Value, label: &str) -> Result<Opened, OpenError> {
    let members = collection.as_object_mut();
    let Some(Value::Object(mut rest)) = members.and_then(|m| m.remove(MEMBER)) else {
        return Err(OpenError::new(
            label,
            "it has no member \"chronotope\"",
            "open it as any GeoJSON file",
        ));
    };
    let head = rest.remove(DATASET).unwrap_or_default();
    check_version(&head, label)?;
    let derived = rest.remove(DERIVED).unwrap_or_default();
    remove_derived(&mut collection, &derived);
    let mut others = match rest.remove(FOREIGN) {
        Some(Value::Object(others)) => others,
        _ => Map::new(),
    };
    if let Value::Object(members) = &mut collection {
        members.extend(foreign_of(&mut others, "events"));
    }
    assemble(&head, &collection, label, &mut |_, list| {
        Ok(rest.remove(list).map(|records| {
            if records.is_object() {
                // Written as a file of its own is.
                return records;
            }
            let mut table = foreign_of(&mut others, list);
            table.insert(list.to_owned(), records);
            Value::Object(table)
        }))
    })
}

fn foreign_of(others: &mut Map<String, Value>, list: &str) -> Map<String, Value> {
    match others.remove(list) {
        Some(Value::Object(members)) => members,
        _ => Map::new(),
    }
}

fn remove_derived(collection: &mut Value, derived: &Value) {
    let names: Vec<&str> = derived
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let features = collection.get_mut("features").and_then(Value::as_array_mut);
    for feature in features.into_iter().flatten() {
        if let Some(Value::Object(properties)) = feature.get_mut("properties") {
            properties.retain(|name, _| !names.contains(&name.as_str()));
        }
    }
}
