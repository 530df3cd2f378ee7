//! What the columnar formats share: Parquet, Arrow and `FlatGeobuf` have typed
//! columns and binary geometries, which become texts and shapes here.

pub mod crs;
pub mod geoarrow;
mod table;
pub mod values;
pub mod wkb;

pub use table::{ColumnKind, Table};

use std::panic::{AssertUnwindSafe, catch_unwind};

use arrow_schema::Field;
use serde_json::Value;

use super::OpenError;

/// Runs a reader of another crate on bytes that may be hostile.
///
/// The crates check most of what they read and answer with an error; where one
/// of them does panic on a damaged file, that is such an error too. Whatever it
/// was working on is dropped.
pub fn guarded<T>(label: &str, run: impl FnOnce() -> Result<T, OpenError>) -> Result<T, OpenError> {
    catch_unwind(AssertUnwindSafe(run))
        .unwrap_or_else(|_| Err(damaged(label, &"it makes no sense")))
}

/// The error for a file that is not what its format asks.
pub fn damaged(label: &str, why: &dyn std::fmt::Display) -> OpenError {
    OpenError::new(
        label,
        format!("the file is damaged ({why})"),
        "fetch or export it again",
    )
}

/// The extension type of an Arrow field, and what it says of its coordinates.
pub fn extension(field: &Field) -> Option<(&str, Value)> {
    let name = field.metadata().get("ARROW:extension:name")?;
    let text = field.metadata().get("ARROW:extension:metadata");
    let value = text.and_then(|t| serde_json::from_str(t).ok());
    Some((name, value.unwrap_or_default()))
}

#[cfg(test)]
mod tests;
