//! Our own folder, and the same zipped.

use std::io::{self, BufReader};
use std::path::Path;

use serde_json::Value;

use crate::formats::{AtomicFile, OpenError, native};

use super::Job;
use super::staging::Staging;

/// Refuses a folder that holds anything but a dataset of ours, and one of
/// those unless it may be replaced.
pub(super) fn refuse(path: &Path, replace: bool) -> Result<(), OpenError> {
    let refused = |what: String, remedy| {
        let place = path.display().to_string();
        Err(OpenError::new(place, what, remedy))
    };
    let Ok(mut entries) = std::fs::read_dir(path) else {
        return Ok(());
    };
    if entries.next().is_none() {
        return Ok(());
    }
    for name in native::file_names() {
        let member = std::fs::symlink_metadata(path.join(name));
        if member.is_ok_and(|m| !m.is_file()) {
            return refused(
                format!("{name} in it is no plain file"),
                "move it away, or choose another folder",
            );
        }
    }
    let head = std::fs::File::open(path.join(native::DATASET_FILE));
    let head: Option<Value> = head
        .ok()
        .and_then(|f| serde_json::from_reader(BufReader::new(f)).ok());
    let ours = head.is_some_and(|h| h.get("format") == Some(&Value::from(native::FORMAT)));
    match (ours, replace) {
        (true, true) => Ok(()),
        (true, false) => refused(
            "there is a dataset in that folder already".to_owned(),
            "choose another folder, or ask for it to be replaced",
        ),
        (false, _) => refused(
            "the folder holds something else than a dataset".to_owned(),
            "choose an empty folder, or a new name",
        ),
    }
}

/// Writes the folder: all files in another one first, which then takes its
/// place, so that there is always the old dataset or the new one, whole.
pub(super) fn write(job: &mut Job<'_>, path: &Path) -> io::Result<()> {
    let staging = Staging::begin(path)?;
    for name in native::file_names() {
        let mut file = AtomicFile::create(&staging.path().join(name))?;
        let ticker = &mut job.ticker;
        native::write_file(&job.scope, name, &mut file, &mut || ticker.tick())?;
        file.commit(false)?;
    }
    job.ticker.check()?;
    let names: Vec<&str> = native::file_names().collect();
    staging.commit(&names)
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
