//! Our own export: a collection whose member `chronotope` holds the tables of
//! our folder, so that nothing is lost.

use serde_json::{Map, Value};

use crate::formats::{OpenError, Opened, native};

/// The member of the collection.
pub(super) const MEMBER: &str = native::single::MEMBER;

/// Reads the tables and the features of such a file.
pub(super) fn read(
    label: &str,
    tables: &Value,
    mut collection: Map<String, Value>,
    features: Vec<Value>,
) -> Result<Opened, OpenError> {
    collection.insert("type".to_owned(), "FeatureCollection".into());
    collection.insert("features".to_owned(), Value::Array(features));
    collection.insert(MEMBER.to_owned(), tables.clone());
    native::read_single(Value::Object(collection), label)
}
