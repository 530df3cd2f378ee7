//! What went wrong while reading, said once, with place and remedy.

use std::fmt;
use std::path::Path;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth a look; nothing was lost.
    Warning,
    /// Something is wrong with the data and should be mended.
    Error,
}

/// One problem in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// The file it is in.
    pub file: String,
    /// Where in the file: an id, a line and column; may be empty.
    pub place: String,
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
        write!(f, ": {}; {}", self.what, self.remedy)
    }
}

/// Everything that was wrong with a dataset that could be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
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
            file: file.to_owned(),
            place,
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
