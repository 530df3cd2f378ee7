//! What the user wants opened, and how it is read off the window's thread.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use crate::dataset::Dataset;
use crate::formats::import::{Mapping, Watch};
use crate::formats::{self, OpenError, OpenOptions, Opened, Report};
use crate::model::time::Window;
use crate::view::difference::{Difference, difference};
use crate::view::mapping_view::Sheet;

use super::columns::{self, Meaning, Told};

/// Where a dataset comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    /// It is in the program.
    Bundled,
    /// A file or folder.
    File(PathBuf),
    /// A table that was pasted.
    Pasted(Arc<str>),
}

impl Origin {
    /// What to call it: the name of the file; empty for the bundled one.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Bundled => String::new(),
            Self::File(path) => name_of(path),
            Self::Pasted(_) => PASTED.to_owned(),
        }
    }

    /// The file, if it is one.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Bundled | Self::Pasted(_) => None,
        }
    }

    fn read(&self, mapping: Option<Mapping>, watch: &Watch) -> Result<Opened, OpenError> {
        let options = OpenOptions { mapping };
        match self {
            Self::Bundled => formats::bundled(),
            Self::File(path) => formats::open_with(path, &options, watch),
            Self::Pasted(text) => super::pasted::read(text, &options, watch),
        }
    }
}

/// The name of a file without its folder.
#[must_use]
pub fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |n| n.to_string_lossy().into_owned(),
    )
}

/// What messages call a pasted table.
pub const PASTED: &str = "pasted table";

/// How the names of files end that may hold events. What is dropped under
/// another name is taken for a document.
pub const ENDINGS: &[&str] = &[
    "csv",
    "tsv",
    "tab",
    "psv",
    "geojson",
    "geojsonl",
    "geojsons",
    "json",
    "jsonl",
    "ndjson",
    "jsonld",
    "ftm",
    "kml",
    "kmz",
    "gpx",
    "parquet",
    "geoparquet",
    "arrow",
    "feather",
    "arrows",
    "ipc",
    "fgb",
    "zip",
    "gz",
];

/// Whether a path looks like events rather than like a document.
#[must_use]
pub fn is_dataset(path: &Path) -> bool {
    let ending = |e: &str| ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(e));
    path.join("dataset.json").exists()
        || path
            .extension()
            .and_then(|e| e.to_str())
            .is_some_and(ending)
}

/// By what a file that has changed is known: when it was written, and its size.
/// Of a folder, what lies directly in it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    newest: Option<SystemTime>,
    size: u64,
}

impl Stamp {
    /// The stamp of a path; `None` if there is nothing.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        let meta = std::fs::metadata(path).ok()?;
        let mut stamp = Self {
            newest: meta.modified().ok(),
            size: meta.len(),
        };
        if meta.is_dir() {
            // The folder's own time tells only of files that come and go.
            for entry in std::fs::read_dir(path).ok()?.flatten() {
                if let Ok(meta) = entry.metadata()
                    && meta.is_file()
                {
                    stamp.newest = stamp.newest.max(meta.modified().ok());
                    stamp.size = stamp.size.saturating_add(meta.len());
                }
            }
        }
        Some(stamp)
    }
}

/// What becomes of what is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The new one takes its place.
    Replace,
    /// The new one joins it as a layer.
    Add,
    /// They are the same files, read again: the user sees what has changed.
    Compare,
    /// They are the same files, read with other columns.
    Correct,
}

/// What the user wants opened.
#[derive(Clone, Debug, PartialEq)]
pub struct Wish {
    /// From where, and what the columns mean where the user has said so.
    pub origins: Vec<(Origin, Option<Mapping>)>,
    /// What for.
    pub purpose: Purpose,
}

impl Wish {
    /// Files that take the place of what is open, or join it.
    #[must_use]
    pub fn files(paths: Vec<PathBuf>, add: bool) -> Self {
        let origin = |path| (Origin::File(path), None);
        Self {
            origins: paths.into_iter().map(origin).collect(),
            purpose: if add { Purpose::Add } else { Purpose::Replace },
        }
    }

    /// One thing that takes the place of what is open.
    #[must_use]
    pub fn one(origin: Origin) -> Self {
        Self {
            origins: vec![(origin, None)],
            purpose: Purpose::Replace,
        }
    }

    /// The same, with what the user says of columns.
    #[must_use]
    pub fn with(mut self, mapping: Option<&Mapping>) -> Self {
        for (_, said) in &mut self.origins {
            *said = mapping.cloned();
        }
        self
    }

    /// What to call it while it is read.
    #[must_use]
    pub fn name(&self) -> String {
        match self.origins.as_slice() {
            [(one, _)] => one.name(),
            [(first, _), others @ ..] => format!("{} + {}", first.name(), others.len()),
            [] => String::new(),
        }
    }
}

/// What is opened once the window stands, and what is then shown of it.
#[derive(Clone)]
pub struct Later {
    /// What to open.
    pub wish: Wish,
    /// The window asked for.
    pub window: Option<Window>,
    /// The filter asked for, as text: what it names is in the dataset.
    pub filter: Option<String>,
    /// Show only what is certainly in the window.
    pub certainly: bool,
}

/// One of the datasets that are open.
#[derive(Clone)]
pub struct Part {
    /// Where it came from.
    pub origin: Origin,
    /// What its columns mean, where the user has said so.
    pub mapping: Option<Mapping>,
    /// What was read.
    pub dataset: Arc<Dataset>,
    /// What was wrong with it.
    pub report: Report,
    /// When it was read.
    pub stamp: Option<Stamp>,
}

impl Part {
    /// What is shown when nothing was asked for.
    #[must_use]
    pub fn bundled(dataset: Arc<Dataset>, report: Report) -> Self {
        Self {
            origin: Origin::Bundled,
            mapping: None,
            dataset,
            report,
            stamp: None,
        }
    }

    fn read(origin: Origin, mapping: Option<Mapping>, watch: &Watch) -> Result<Self, OpenError> {
        // Before it is read: what changes meanwhile counts as changed.
        let stamp = origin.path().and_then(Stamp::of);
        let (dataset, report) = origin.read(mapping.clone(), watch)?;
        Ok(Self {
            origin,
            mapping,
            dataset: Arc::new(dataset),
            report,
            stamp,
        })
    }

    /// What to call it beside others: its title, or the name of its file.
    #[must_use]
    pub fn name(&self) -> String {
        match self.dataset.meta().title.get("en") {
            "" => self.origin.name(),
            title => title.to_owned(),
        }
    }
}

/// What was read: the parts, and the dataset that they are together.
pub struct Read {
    /// What was asked for.
    pub wish: Wish,
    /// The datasets, those that were open before first.
    pub parts: Vec<Part>,
    /// All of them as one.
    pub dataset: Arc<Dataset>,
    /// What was wrong with all of them.
    pub report: Report,
    /// What has changed, where that was asked for.
    pub difference: Option<Difference>,
}

/// What becomes of a wish.
pub enum Outcome {
    /// It was read.
    Read(Box<Read>),
    /// The user has to say first what the columns of one of its tables mean:
    /// that at this position.
    Unclear(Wish, usize, Arc<dyn Sheet>),
    /// None of it can be read.
    Failed(OpenError),
}

/// Reads what is wished for. `before` are the parts that stay, `shown` what is
/// shown now, to compare with; there is one watch an origin. What could not be
/// read beside something that could is an error in the report.
pub fn read(
    mut wish: Wish,
    before: Vec<Part>,
    shown: &Dataset,
    told: &Told,
    watches: &[Watch],
) -> Outcome {
    let mut remembered = Vec::new();
    for at in 0..wish.origins.len() {
        let (origin, mapping) = &mut wish.origins[at];
        if mapping.is_some() {
            continue;
        }
        match columns::meaning(origin, told) {
            Ok(Meaning::Told(said)) => {
                *mapping = Some(said);
                remembered.push(at);
            }
            Ok(Meaning::Unclear(sheet)) => return Outcome::Unclear(wish, at, sheet),
            // What cannot be read says so when it is read whole.
            Ok(Meaning::Clear) | Err(_) => {}
        }
    }
    let mut parts = before;
    let mut failed = Vec::new();
    let mut some = false;
    for (at, ((origin, mapping), watch)) in wish.origins.iter().zip(watches).enumerate() {
        match Part::read(origin.clone(), mapping.clone(), watch) {
            Ok(mut part) => {
                some = true;
                if remembered.contains(&at) {
                    part.report.warning(
                        &origin.name(),
                        "",
                        "its columns were read as you said of a table like it".to_owned(),
                        "choose Columns… below to say otherwise",
                    );
                }
                parts.push(part);
            }
            Err(error) => failed.push(error),
        }
    }
    // What cannot be read now has not been taken away.
    let whole = matches!(wish.purpose, Purpose::Compare | Purpose::Correct);
    if (!some || whole) && !failed.is_empty() {
        return Outcome::Failed(failed.swap_remove(0));
    }
    match together(wish, parts, failed, shown) {
        Ok(read) => Outcome::Read(Box::new(read)),
        Err(error) => Outcome::Failed(error),
    }
}

/// Puts parts together.
fn together(
    wish: Wish,
    parts: Vec<Part>,
    failed: Vec<OpenError>,
    shown: &Dataset,
) -> Result<Read, OpenError> {
    let mut report = merged(&parts);
    for error in failed {
        report.error(&error.place, "", error.what, &error.remedy);
    }
    let dataset = match parts.as_slice() {
        [] => {
            return Err(OpenError::new(
                wish.name(),
                "there is nothing to open",
                "choose a file",
            ));
        }
        [one] => Arc::clone(&one.dataset),
        several => {
            let named: Vec<_> = named(several);
            Arc::new(crate::dataset::join(&named))
        }
    };
    let compare = wish.purpose == Purpose::Compare;
    let difference = compare.then(|| difference(shown, &dataset));
    Ok(Read {
        wish,
        parts,
        dataset,
        report,
        difference,
    })
}

/// The parts by names of which no two are the same.
fn named(parts: &[Part]) -> Vec<(String, Arc<Dataset>)> {
    let names = formats::apart(parts.iter().map(Part::name));
    let datasets = parts.iter().map(|part| Arc::clone(&part.dataset));
    names.into_iter().zip(datasets).collect()
}

/// The reports of all parts as one.
fn merged(parts: &[Part]) -> Report {
    let mut report = Report::default();
    let mut formats: Vec<&str> = Vec::new();
    for part in parts {
        if !part.report.format.is_empty() && !formats.contains(&part.report.format.as_str()) {
            formats.push(&part.report.format);
        }
        report.rows.merge(part.report.rows);
        report.problems.extend(part.report.problems.iter().cloned());
    }
    report.format = formats.join(" + ");
    if let [one] = parts {
        report.columns.clone_from(&one.report.columns);
    }
    report
}

/// Whether the user must decide first: our own folder is whole, or something is
/// wrong with it. The rows of other people's files may have problems, of which
/// the report tells.
#[must_use]
pub fn is_held_back(report: &Report) -> bool {
    report.errors() > 0 && report.format == formats::native::NAME
}
