//! Our own export: a collection whose member `chronotope` holds the tables of
//! our folder, so that nothing is lost.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::formats::native::{
    self, ACTORS_FILE, CLAIMS_FILE, DATASET_FILE, EVENTS_FILE, PLACES_FILE, RELATIONS_FILE,
    SOURCES_FILE,
};
use crate::formats::{Files, OpenError, Opened};

/// The member of the collection.
pub(super) const MEMBER: &str = "chronotope";

/// The pieces of one file as the files of a folder.
struct Pieces {
    label: String,
    files: BTreeMap<&'static str, Vec<u8>>,
}

impl Files for Pieces {
    fn label(&self, name: &str) -> String {
        format!("{}: {name}", self.label)
    }

    fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, OpenError> {
        Ok(self.files.remove(name))
    }
}

/// Reads the tables and the features of such a file.
pub(super) fn read(
    label: &str,
    tables: &Value,
    mut collection: Map<String, Value>,
    features: Vec<Value>,
) -> Result<Opened, OpenError> {
    let mut files = BTreeMap::new();
    for (name, member) in [
        (ACTORS_FILE, "actors"),
        (RELATIONS_FILE, "relations"),
        (PLACES_FILE, "places"),
        (SOURCES_FILE, "sources"),
        (CLAIMS_FILE, "claims"),
    ] {
        match tables.get(member) {
            // A file's other members, if the table is written as a file.
            Some(file @ Value::Object(_)) => files.insert(name, file.to_string().into_bytes()),
            Some(list) => files.insert(name, json!({ member: list }).to_string().into_bytes()),
            None => None,
        };
    }
    if let Some(head) = tables.get("dataset") {
        files.insert(DATASET_FILE, head.to_string().into_bytes());
    }
    collection.insert("type".to_owned(), "FeatureCollection".into());
    collection.insert("features".to_owned(), Value::Array(features));
    files.insert(
        EVENTS_FILE,
        Value::Object(collection).to_string().into_bytes(),
    );
    let label = label.to_owned();
    native::read(&mut Pieces { label, files })
}
