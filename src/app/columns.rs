//! The tables whose columns the user may have to explain.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::formats::OpenError;
use crate::formats::import::Mapping;
use crate::view::mapping_view::{Sheet, is_unclear};

use super::opening::Origin;

/// What columns mean that the user has told, by what tables are known.
pub type Told = BTreeMap<String, Mapping>;

/// How the columns of something are read.
pub enum Meaning {
    /// They explain themselves, or it is no table.
    Clear,
    /// As the user said of a table with the same columns.
    Told(Mapping),
    /// The user has to say.
    Unclear(Arc<dyn Sheet>),
}

/// Sees whether the columns of something have to be explained.
///
/// # Errors
/// When it cannot be read.
pub fn meaning(origin: &Origin, told: &Told) -> Result<Meaning, OpenError> {
    let Some(sheet) = sheet(origin)? else {
        return Ok(Meaning::Clear);
    };
    if let Some(mapping) = told.get(&sheet.key()) {
        return Ok(Meaning::Told(mapping.clone()));
    }
    Ok(if is_unclear(sheet.as_ref()) {
        Meaning::Unclear(sheet)
    } else {
        Meaning::Clear
    })
}

/// The first rows of a table whose columns mean whatever the user says; `None`
/// for everything else.
///
/// # Errors
/// When it cannot be read.
#[allow(
    clippy::unnecessary_wraps,
    reason = "no reader shows its columns yet; one that does has to read"
)]
pub fn sheet(origin: &Origin) -> Result<Option<Arc<dyn Sheet>>, OpenError> {
    let _ = origin;
    Ok(None)
}
