//! Writing a dataset, or a set of its events, in the formats of others and in
//! our own. What a format cannot hold is counted and said.

mod csv;
mod flat;
mod folder;
mod ftm;
mod geojson;
mod geoparquet;
mod kml;
mod losses;
mod scope;
mod staging;
mod timemap;
mod typed;
mod xml;

#[cfg(test)]
mod flat_round_trip;
#[cfg(test)]
mod made_up;
#[cfg(test)]
mod read_back;
#[cfg(test)]
mod replaced;
#[cfg(test)]
mod round_trip;
#[cfg(test)]
mod tests;

pub use csv::unguard;
pub(super) use ftm::{UNKNOWN_YEAR, entity_id};
pub(super) use geoparquet::{KEY, RECORD};
pub(super) use kml::RESERVED as KML_NAMES;
pub use scope::Scope;

use std::io;
use std::path::Path;

use crate::dataset::{Dataset, RowSet};
use crate::model::coded;

use super::import::Watch;
use super::{AtomicFile, OpenError, atomic};
use losses::Losses;

coded!(
    /// A format that can be written.
    Target {
        /// One `GeoJSON` file, which holds everything.
        GeoJson = "geojson",
        /// A table of the events.
        Csv = "csv",
        /// For Google Earth and other viewers.
        Kml = "kml",
        /// A `GeoParquet` file, which holds everything.
        GeoParquet = "geoparquet",
        /// `FollowTheMoney` entities, one a line.
        Ftm = "ftm",
        /// Events, associations and sources for timemap.
        Timemap = "timemap",
        /// Our own folder, which holds everything.
        Folder = "folder",
        /// Our own folder zipped.
        Zip = "zip",
    }
);

impl Target {
    /// The format that a path asks for by its ending; without one our folder.
    #[must_use]
    pub fn of_path(path: &Path) -> Option<Self> {
        if path.is_dir() {
            return Some(Self::Folder);
        }
        let name = path.file_name()?.to_string_lossy().to_ascii_lowercase();
        let ends = |ending: &str| name.ends_with(ending);
        let longer = [
            (Self::Timemap, ".timemap.json"),
            (Self::Ftm, ".ftm.json"),
            (Self::Ftm, ".ftm"),
            (Self::Ftm, ".ijson"),
            (Self::Ftm, ".jsonl"),
            (Self::GeoJson, ".geojson"),
            (Self::GeoJson, ".json"),
            (Self::Csv, ".csv"),
            (Self::Kml, ".kml"),
            (Self::GeoParquet, ".parquet"),
            (Self::GeoParquet, ".geoparquet"),
            (Self::Zip, ".zip"),
        ];
        let found = longer.into_iter().find(|(_, ending)| ends(ending));
        match found {
            Some((target, _)) => Some(target),
            // A dot at the front hides a folder, and begins no ending.
            None => (!name.trim_start_matches('.').contains('.')).then_some(Self::Folder),
        }
    }

    /// What people call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::GeoJson => "GeoJSON",
            Self::Csv => "CSV",
            Self::Kml => "KML",
            Self::GeoParquet => "GeoParquet",
            Self::Ftm => "FollowTheMoney",
            Self::Timemap => "timemap",
            Self::Folder => "Chronotope folder",
            Self::Zip => "Chronotope zip",
        }
    }

    /// The ending of its files, without a dot; empty for a folder.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::GeoJson => "geojson",
            Self::Csv => "csv",
            Self::Kml => "kml",
            Self::GeoParquet => "parquet",
            Self::Ftm => "ftm.json",
            Self::Timemap => "timemap.json",
            Self::Folder => "",
            Self::Zip => "zip",
        }
    }
}

/// How to write.
#[derive(Clone, Copy, Debug)]
pub struct WriteOptions<'a> {
    /// Whether a file that is there already may be replaced.
    pub replace: bool,
    /// Language of titles and names, for formats that hold only one.
    pub lang: &'a str,
}

impl Default for WriteOptions<'_> {
    fn default() -> Self {
        Self {
            replace: false,
            lang: "en",
        }
    }
}

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Number of events.
    pub events: u64,
    /// What the format could not hold, each with how many there were.
    pub losses: Vec<String>,
}

/// One line to whoever waits, and the end of it when nobody does.
struct Ticker<'a> {
    watch: &'a Watch,
    events: u64,
}

impl Ticker<'_> {
    /// Says that another event is begun.
    fn tick(&mut self) -> io::Result<()> {
        self.events += 1;
        self.watch.advance(1);
        if self.events.is_multiple_of(256) {
            self.check()?;
        }
        Ok(())
    }

    fn check(&self) -> io::Result<()> {
        if self.watch.is_cancelled() {
            return Err(io::Error::new(io::ErrorKind::Interrupted, Cancelled));
        }
        Ok(())
    }
}

#[derive(Debug, thiserror::Error)]
#[error("cancelled")]
struct Cancelled;

/// A writer of one file.
struct Job<'a> {
    scope: Scope<'a>,
    lang: &'a str,
    ticker: Ticker<'a>,
    losses: Losses,
}

/// Writes the rows, and what belongs to them, to `path`: see [`Scope`] for what
/// that is. The file appears when it is whole, or not at all.
///
/// # Errors
/// When there is something at `path` that may not be replaced, when it cannot
/// be written, or when it was cancelled.
pub fn write(
    dataset: &Dataset,
    rows: &RowSet,
    target: Target,
    path: &Path,
    options: &WriteOptions<'_>,
    watch: &Watch,
) -> Result<Written, OpenError> {
    refuse(target, path, options.replace)?;
    watch.expect(rows.len());
    let scope = Scope::new(dataset, rows);
    let mut job = Job {
        lang: options.lang,
        ticker: Ticker { watch, events: 0 },
        losses: Losses::new(target, &scope),
        scope,
    };
    let written = match target {
        Target::Folder => folder::write(&mut job, path),
        _ => file(&mut job, target, path, options.replace),
    };
    written.map_err(|e| failed(path, &e))?;
    Ok(Written {
        events: job.ticker.events,
        losses: job.losses.lines(),
    })
}

fn file(job: &mut Job<'_>, target: Target, path: &Path, replace: bool) -> io::Result<()> {
    let mut out = AtomicFile::create(path)?;
    match target {
        Target::GeoJson => geojson::write(job, &mut out),
        Target::Csv => csv::write(job, &mut out),
        Target::Kml => kml::write(job, &mut out),
        Target::GeoParquet => geoparquet::write(job, &mut out),
        Target::Ftm => ftm::write(job, &mut out),
        Target::Timemap => timemap::write(job, &mut out),
        Target::Zip | Target::Folder => folder::write_zip(job, &mut out),
    }?;
    job.ticker.check()?;
    out.commit(replace)
}

/// Refuses to write over what is there.
fn refuse(target: Target, path: &Path, replace: bool) -> Result<(), OpenError> {
    let place = path.display().to_string();
    let is_folder = path.is_dir();
    let around = atomic::folder_of(path);
    if !around.is_dir() {
        return Err(OpenError::new(
            place,
            format!(
                "there is no folder \"{}\" to write it into",
                around.display()
            ),
            "make that folder first, or choose another place",
        ));
    }
    if path.is_symlink() && !path.exists() {
        return Err(OpenError::new(
            place,
            "it is a link to nothing",
            "remove the link, or choose another name",
        ));
    }
    if target == Target::Folder {
        if path.exists() && !is_folder {
            return Err(OpenError::new(
                place,
                "it is a file, and a dataset is to be written as a folder",
                "choose another name",
            ));
        }
        return folder::refuse(path, replace);
    }
    if is_folder {
        return Err(OpenError::new(
            place,
            format!("it is a folder, and {} is one file", target.name()),
            "name a file in it",
        ));
    }
    if path.exists() && !path.is_file() {
        return Err(OpenError::new(
            place,
            "it is no plain file, but a pipe or a device",
            "choose another name",
        ));
    }
    if path.exists() && !replace {
        return Err(OpenError::new(
            place,
            "there is a file of that name already",
            "choose another name, or ask for it to be replaced",
        ));
    }
    Ok(())
}

fn failed(path: &Path, error: &io::Error) -> OpenError {
    let place = path.display().to_string();
    if error
        .get_ref()
        .is_some_and(<dyn std::error::Error + Send + Sync>::is::<Cancelled>)
    {
        return OpenError::new(
            place,
            "writing was cancelled, nothing was written",
            "write it again to have it whole",
        );
    }
    if error.kind() == io::ErrorKind::AlreadyExists {
        return OpenError::new(
            place,
            "a file of that name has appeared meanwhile",
            "choose another name, or ask for it to be replaced",
        );
    }
    OpenError::new(
        place,
        format!("it cannot be written ({error})"),
        "choose another folder, or make room",
    )
}
