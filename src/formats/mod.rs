//! Reading and writing datasets. Every reader answers with what it could
//! read and a [`Report`] of what it could not; it fails only when nothing is
//! readable.

pub mod arrow;
mod atomic;
mod bundled;
mod columnar;
mod documents;
mod files;
pub mod flatgeobuf;
pub mod import;
pub mod native;
pub mod parquet;
pub mod plain_csv;
mod report;
pub mod write;

pub use atomic::{AtomicFile, write_atomic};
pub use bundled::bundled;
pub use documents::{DocumentState, DocumentText, Documents, sha256_hex};
pub use files::{Files, FolderFiles, ZipFiles};
pub use report::{OpenError, Problem, Report, RowCounts, Severity};

use std::path::{Path, PathBuf};

use crate::dataset::Dataset;

/// What a reader answers with: the dataset and what was wrong with it.
pub type Opened = (Dataset, Report);

/// How to open a file.
#[derive(Clone, Debug, Default)]
pub struct OpenOptions {
    /// What the columns of a table mean, where the user says so; what it does
    /// not name is guessed.
    pub mapping: Option<import::Mapping>,
}

/// The folder `documents` that lies in a dataset's own folder, if there is
/// one; `path` as [`open`] takes it.
#[must_use]
pub fn documents_beside(path: &Path) -> Option<PathBuf> {
    let folder = if path.is_dir() { path } else { path.parent()? };
    Some(folder.join("documents")).filter(|d| d.is_dir())
}

/// Opens the dataset at `path`: a folder, its `dataset.json`, the folder
/// zipped, or a table of events as [`plain_csv`] reads it.
///
/// # Errors
/// When nothing is readable: the path is missing, holds no dataset, is not
/// JSON, not UTF-8, truncated, or of a newer schema version.
pub fn open(path: &Path) -> Result<Opened, OpenError> {
    open_with(path, &OpenOptions::default(), &import::Watch::default())
}

/// As [`open`], with what the user says of the file, and a line to whoever
/// waits.
///
/// # Errors
/// As [`open`]; also when it was cancelled.
pub fn open_with(
    path: &Path,
    options: &OpenOptions,
    watch: &import::Watch,
) -> Result<Opened, OpenError> {
    let meta = std::fs::metadata(path).map_err(|e| OpenError::unreadable(path, &e))?;
    if meta.is_dir() {
        return native::read(&mut FolderFiles::new(path));
    }
    if path.file_name().is_some_and(|n| n == native::DATASET_FILE) {
        let folder = path.parent().unwrap_or_else(|| Path::new("."));
        return native::read(&mut FolderFiles::new(folder));
    }
    if files::is_zip(path) {
        return native::read(&mut ZipFiles::open(path)?);
    }
    if plain_csv::is_table(path) {
        return plain_csv::open(path, &|_, _| {});
    }
    let input = import::Input::open(path)?;
    let head = input.head();
    if parquet::recognises(head) {
        return parquet::read(input, options, watch);
    }
    if arrow::recognises(head) {
        return arrow::read(input, options, watch);
    }
    if flatgeobuf::recognises(head) {
        return flatgeobuf::read(input, options, watch);
    }
    Err(OpenError::new(
        path.display().to_string(),
        if meta.len() == 0 {
            "the file is empty"
        } else {
            "this is not a Chronotope dataset"
        },
        "open a folder that holds dataset.json and events.geojson, that folder zipped, or a \
         CSV table with the columns id, lat, lon and date_start",
    ))
}

/// Opens bytes from anywhere, such as a pasted table.
///
/// # Errors
/// As [`open_with`].
pub fn open_input(
    input: import::Input,
    ending: &str,
    options: &OpenOptions,
    watch: &import::Watch,
) -> Result<Opened, OpenError> {
    let _ = (ending, options, watch);
    Err(OpenError::new(
        input.label,
        "this build cannot read it",
        "save it as a file and open that",
    ))
}
