//! Reading and writing datasets. Every reader answers with what it could
//! read and a [`Report`] of what it could not; it fails only when nothing is
//! readable.

pub mod arrow;
mod atomic;
mod bundled;
mod columnar;
mod containers;
mod cut;
mod dates;
mod decode;
pub mod delimited;
mod detect;
mod documents;
mod features;
mod files;
pub mod flatgeobuf;
pub mod ftm;
pub mod geojson;
pub mod gpx;
pub mod import;
pub mod kml;
pub mod native;
mod own;
pub mod parquet;
mod report;
#[cfg(test)]
mod shown;
mod texts;
pub mod timemap;
pub mod write;
mod xml;

pub use atomic::{AtomicFile, write_atomic};
pub use bundled::bundled;
pub use documents::{DocumentState, DocumentText, Documents, sha256_hex};
pub use files::{Files, FolderFiles, ZipFiles};
pub use report::{OpenError, Problem, Report, RowCounts, Severity, Understood};

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::dataset::{Dataset, join};
use detect::{Found, Json, Xml, detect};
use import::Input;

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

/// Opens the events at `path`: our folder, its `dataset.json`, a table,
/// `GeoJSON`, KML, GPX, timemap, `FollowTheMoney`, plain or packed; told by
/// content first and by the name's ending second.
///
/// # Errors
/// When nothing is readable: the path is missing, holds no events, is damaged
/// from the beginning on, or of a newer schema version.
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
    if let Some(folder) = our_folder(path) {
        return native::read(&mut FolderFiles::new(folder));
    }
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    open_input(Input::open(path)?, &ending, options, watch)
}

/// The folder of ours that a file is the head of: its `dataset.json`, or the
/// events beside it.
fn our_folder(path: &Path) -> Option<&Path> {
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let name = path.file_name()?;
    let head = folder.join(native::DATASET_FILE);
    let ours = name == native::DATASET_FILE || name == native::EVENTS_FILE && head.is_file();
    ours.then_some(folder)
}

/// Opens bytes from anywhere: a file in an archive, or what was pasted. What
/// they are is told from their first ones; `ending`, that of the file's name,
/// decides only where those do not.
///
/// # Errors
/// As [`open`].
pub fn open_input(
    input: Input,
    ending: &str,
    options: &OpenOptions,
    watch: &import::Watch,
) -> Result<Opened, OpenError> {
    match detect(input.head(), ending) {
        Found::Gzip => {
            let packed = PathBuf::from(&input.name);
            let ending = packed.extension().unwrap_or_default().to_string_lossy();
            let inner = containers::gunzip(input)?;
            match detect(inner.head(), &ending) {
                Found::Gzip | Found::Zip => Err(OpenError::new(
                    inner.label,
                    "it holds another archive, which is not followed",
                    "unpack it first",
                )),
                _ => open_input(inner, &ending, options, watch),
            }
        }
        Found::Zip => containers::open_zip(input, ending, options, watch),
        Found::Json(Json::Features) => geojson::read(input, options, watch),
        Found::Json(Json::Records) => timemap::read(input, options, watch),
        Found::Json(Json::Entities) => ftm::read(input, options, watch),
        Found::Json(Json::Dataset) => Err(unknown(
            input.label,
            "this is the head of a Chronotope dataset under another name",
            "call it dataset.json and put events.geojson beside it",
        )),
        // What the user says of their members makes them events.
        Found::Json(Json::Other(_)) if options.mapping.is_some() => {
            timemap::read(input, options, watch)
        }
        Found::Json(Json::Other(what)) => Err(unknown(
            input.label,
            &format!("this is JSON, but no kind that is known here ({what})"),
            CAN,
        )),
        Found::Xml(Xml::Kml) => kml::read(input, options, watch),
        Found::Xml(Xml::Gpx) => gpx::read(input, options, watch),
        Found::Xml(Xml::Other(root)) => Err(unknown(
            input.label,
            &match root.as_str() {
                "" => "this is neither KML nor GPX, nor any other XML".to_owned(),
                root => format!("this is XML, but neither KML nor GPX: its root is <{root}>"),
            },
            CAN,
        )),
        Found::Parquet => parquet::read(input, options, watch),
        Found::Arrow => arrow::read(input, options, watch),
        Found::FlatGeobuf => flatgeobuf::read(input, options, watch),
        Found::Text => delimited::read(input, options, watch),
        Found::Empty => Err(unknown(input.label, "the file is empty", CAN)),
        Found::Other(what, remedy) => Err(unknown(input.label, &format!("this is {what}"), remedy)),
    }
}

/// What is in an archive, if it is one file: to look at its beginning. Anything
/// that is no archive is given back; `None` stands for several files.
///
/// # Errors
/// When the archive is damaged.
pub fn unpacked(input: Input, ending: &str) -> Result<Option<Input>, OpenError> {
    match detect(input.head(), ending) {
        Found::Gzip => containers::gunzip(input).map(Some),
        Found::Zip => containers::only_file(input),
        _ => Ok(Some(input)),
    }
}

/// What can be opened, for messages.
const CAN: &str = "open a Chronotope folder (or that folder zipped), a CSV table, GeoJSON, KML or \
                   KMZ, GPX, Parquet, Arrow, FlatGeobuf, timemap or FollowTheMoney JSON";

fn unknown(label: String, what: &str, remedy: &str) -> OpenError {
    OpenError::new(label, what, remedy)
}

/// Names of which no two are the same: those that come again get a number.
#[must_use]
pub fn apart(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for plain in names {
        let mut name = plain.clone();
        let mut number = 2;
        while out.contains(&name) {
            name = format!("{plain} ({number})");
            number += 1;
        }
        out.push(name);
    }
    out
}

/// Several files as layers of one dataset, by their names. Their reports are
/// told together.
#[must_use]
pub fn together(mut list: Vec<(String, Opened)>) -> Opened {
    if list.len() == 1
        && let Some((_, one)) = list.pop()
    {
        return one;
    }
    let mut report = Report::default();
    let mut datasets = Vec::new();
    let names = apart(list.iter().map(|(name, _)| name.clone()));
    for (name, (_, (dataset, of_one))) in names.into_iter().zip(list) {
        if !report.format.contains(&of_one.format) {
            if !report.format.is_empty() {
                report.format.push_str(", ");
            }
            report.format.push_str(&of_one.format);
        }
        report.rows.merge(of_one.rows);
        report.problems.extend(of_one.problems);
        datasets.push((name, Arc::new(dataset)));
    }
    (join(&datasets), report)
}
