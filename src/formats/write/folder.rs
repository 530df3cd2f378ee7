//! Our own folder, and the same zipped.

use std::io::{self, BufReader};
use std::path::Path;

use serde_json::Value;

use crate::formats::{AtomicFile, OpenError, native};

use super::Job;

/// Refuses a folder that holds anything but a dataset of ours, and one of
/// those unless it may be replaced.
pub(super) fn refuse(path: &Path, replace: bool) -> Result<(), OpenError> {
    let Ok(mut entries) = std::fs::read_dir(path) else {
        return Ok(());
    };
    if entries.next().is_none() {
        return Ok(());
    }
    let head = std::fs::File::open(path.join(native::DATASET_FILE));
    let head: Option<Value> = head
        .ok()
        .and_then(|f| serde_json::from_reader(BufReader::new(f)).ok());
    let ours = head.is_some_and(|h| h.get("format") == Some(&Value::from(native::FORMAT)));
    match (ours, replace) {
        (true, true) => Ok(()),
        (true, false) => Err(OpenError::new(
            path.display().to_string(),
            "there is a dataset in that folder already",
            "choose another folder, or ask for it to be replaced",
        )),
        (false, _) => Err(OpenError::new(
            path.display().to_string(),
            "the folder holds something else than a dataset",
            "choose an empty folder, or a new name",
        )),
    }
}

/// Writes the folder: all files beside their places first, then into them, so
/// that nothing is left of a folder that could not be written whole.
pub(super) fn write(job: &mut Job<'_>, path: &Path) -> io::Result<()> {
    let is_new = !path.exists();
    std::fs::create_dir_all(path)?;
    let written = write_files(job, path);
    if written.is_err() && is_new {
        // Only an empty folder is removed.
        let _ = std::fs::remove_dir(path);
    }
    written
}

fn write_files(job: &mut Job<'_>, folder: &Path) -> io::Result<()> {
    let mut files = Vec::new();
    for name in native::file_names() {
        let mut file = AtomicFile::create(&folder.join(name))?;
        let ticker = &mut job.ticker;
        native::write_file(&job.scope, name, &mut file, &mut || ticker.tick())?;
        files.push(file);
    }
    job.ticker.check()?;
    files.into_iter().try_for_each(|file| file.commit(true))
}

/// Writes the folder as an archive.
pub(super) fn write_zip(job: &mut Job<'_>, out: &mut AtomicFile) -> io::Result<()> {
    let mut zip = zip::ZipWriter::new(out);
    let options = zip::write::SimpleFileOptions::default().large_file(true);
    for name in native::file_names() {
        zip.start_file(name, options)?;
        let ticker = &mut job.ticker;
        native::write_file(&job.scope, name, &mut zip, &mut || ticker.tick())?;
    }
    zip.finish()?;
    Ok(())
}
