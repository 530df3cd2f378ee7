//! How the tests of readers put what they read into words.

use std::fmt::Write as _;
use std::path::Path;

use super::import::{Input, Watch};
use super::{OpenError, OpenOptions, Opened, native, open_input};

/// Opens a fixture.
pub(super) fn fixture(name: &str) -> Result<Opened, OpenError> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(name);
    bytes(name, std::fs::read(path).unwrap())
}

/// Opens bytes as a file of this name.
pub(super) fn bytes(name: &str, bytes: Vec<u8>) -> Result<Opened, OpenError> {
    let path = Path::new(name);
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    let input = Input::of_bytes(name, &stem, bytes);
    open_input(input, &ending, &OpenOptions::default(), &Watch::default())
}

/// Everything that was read, as our own files, with counts and problems.
pub(super) fn shown((dataset, report): &Opened) -> String {
    let mut text = format!("{}: {:?}\n", report.format, report.rows);
    for problem in &report.problems {
        writeln!(text, "{problem}").unwrap();
    }
    for (name, file) in native::to_files(dataset).unwrap() {
        writeln!(text, "=== {name}\n{}", file).unwrap();
    }
    text
}

/// Opens every file of a folder of samples, if it is there; none may panic.
pub(super) fn samples(folder: &str, each: &mut dyn FnMut(&str, Result<Opened, OpenError>)) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/samples")
        .join(folder);
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else {
            continue;
        };
        for path in entries.map(|e| e.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            each(&name, bytes(&name, std::fs::read(&path).unwrap()));
        }
    }
}
