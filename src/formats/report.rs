//! What went wrong while reading, said once, with place and remedy.

use std::fmt;
use std::path::Path;

use serde::Serialize;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth a look; nothing was lost.
    Warning,
    /// Something is wrong with the data and should be mended.
    Error,
}

/// One problem: in one place, or in all rows where the same is wrong with the
/// same column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// Short id of what is wrong, for scripts; empty where there is none.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub code: &'static str,
    /// The file it is in.
    pub file: String,
    /// Where in the file: an id, a line and column; may be empty.
    pub place: String,
    /// The first line it was found in, from 1, where the file has lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// The column it is about; may be empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub column: String,
    /// Some of the values that are wrong, the first one first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
    /// In how many rows.
    pub rows: u64,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub remedy: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        write!(f, "{severity}: {}", self.file)?;
        if !self.place.is_empty() {
            write!(f, ", {}", self.place)?;
        }
        f.write_str(": ")?;
        let (first, others) = match self.values.split_first() {
            Some((first, others)) => (first.as_str(), others),
            None => ("", [].as_slice()),
        };
        if !self.values.is_empty() {
            write!(f, "\"{first}\": ")?;
        }
        f.write_str(&self.what)?;
        if self.rows > 1 {
            write!(f, " ({} rows in all", self.rows)?;
            for (n, value) in others.iter().enumerate() {
                write!(f, "{} \"{value}\"", if n == 0 { "; also" } else { "," })?;
            }
            f.write_str(")")?;
        }
        write!(f, "; {}", self.remedy)
    }
}

/// What became of the rows of a file that was imported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RowCounts {
    /// Rows, features or records read.
    pub read: u64,
    /// Those that became events.
    pub kept: u64,
    /// Events without a place.
    pub without_place: u64,
    /// Events without a date.
    pub without_date: u64,
    /// Those that could not be kept; each has a problem that says why.
    pub skipped: u64,
}

impl RowCounts {
    /// Adds the counts of another file.
    pub fn merge(&mut self, other: Self) {
        self.read += other.read;
        self.kept += other.kept;
        self.without_place += other.without_place;
        self.without_date += other.without_date;
        self.skipped += other.skipped;
    }
}

/// What a column of a table was taken for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Understood {
    /// Its name.
    pub column: String,
    /// What it means, as in `--map`: `date`, `lat`, …; `attribute` where it is
    /// only kept.
    pub role: &'static str,
}

/// Everything that was wrong with a dataset that could be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// What the file was taken for, such as `UCDP GED` or `GeoJSON`.
    pub format: String,
    /// What became of its rows.
    pub rows: RowCounts,
    /// What its columns were taken for, where one file has columns.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<Understood>,
    /// The problems, in the order found.
    pub problems: Vec<Problem>,
}

impl Report {
    /// Notes an error.
    pub fn error(&mut self, file: &str, place: impl Into<String>, what: String, remedy: &str) {
        self.push(Severity::Error, file, place.into(), what, remedy);
    }

    /// Notes a warning.
    pub fn warning(&mut self, file: &str, place: impl Into<String>, what: String, remedy: &str) {
        self.push(Severity::Warning, file, place.into(), what, remedy);
    }

    fn push(&mut self, severity: Severity, file: &str, place: String, what: String, remedy: &str) {
        self.problems.push(Problem {
            severity,
            code: "",
            file: file.to_owned(),
            place,
            line: None,
            column: String::new(),
            values: Vec::new(),
            rows: 1,
            what,
            remedy: remedy.to_owned(),
        });
    }

    /// How many problems are errors.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.problems
            .iter()
            .filter(|p| p.severity == Severity::Error)
            .count()
    }
}

/// Why nothing could be read, in one line: where, what, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {what}; {remedy}")]
pub struct OpenError {
    /// File and place within it.
    pub place: String,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub remedy: String,
}

impl OpenError {
    /// An error at `place`.
    pub fn new(
        place: impl Into<String>,
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            place: place.into(),
            what: what.into(),
            remedy: remedy.into(),
        }
    }

    /// A path that the system would not let us read.
    #[must_use]
    pub fn unreadable(path: &Path, error: &std::io::Error) -> Self {
        use std::io::ErrorKind::{NotFound, PermissionDenied};
        let (what, remedy) = match error.kind() {
            NotFound => (
                "there is no such file or folder".to_owned(),
                "check the spelling, or that the drive is mounted",
            ),
            PermissionDenied => (
                "it may not be read".to_owned(),
                "change its permissions, or copy it to a folder of your own",
            ),
            _ => (
                format!("it cannot be read ({error})"),
                "check that the file is whole",
            ),
        };
        Self::new(path.display().to_string(), what, remedy)
    }
}
