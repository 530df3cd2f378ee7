//! What several tests need.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]
#![allow(dead_code, reason = "each test uses a part of it")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chronotope::dataset::Dataset;
use chronotope::formats::Report;
use chronotope::session::{Prefs, Workbench};

/// The bundled dataset and its report.
pub fn bundled() -> (Arc<Dataset>, Report) {
    let (dataset, report) = chronotope::formats::bundled().unwrap();
    (Arc::new(dataset), report)
}

/// A workbench on the bundled dataset.
pub fn workbench() -> Workbench {
    let (dataset, report) = bundled();
    Workbench::new(dataset, report, Prefs::default())
}

/// A copy of the bundled dataset's files in a folder of its own.
pub fn bundled_folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sahel-euphrates");
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
    }
    folder
}

/// The folder with the cited documents, where the environment names one.
pub fn documents() -> Option<PathBuf> {
    std::env::var_os("CHRONOTOPE_DOCUMENTS").map(PathBuf::from)
}
