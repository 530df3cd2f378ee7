//! What the fuzz targets found (`./dev fuzz`): each file under
//! `tests/fixtures/found` made a reader panic, hang or take all memory once, and
//! those of `fuzz/corpus` lead it into as many corners as they could find.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use std::fs;
use std::path::Path;

use chronotope::formats::import::{Input, Watch};
use chronotope::formats::{OpenOptions, native, open_input};

/// Reads some bytes as whatever they are: either an error that says what and
/// what to do, or a dataset that can be looked at and saved.
fn answer(name: &str, bytes: Vec<u8>) -> String {
    let input = Input::of_bytes(name, name, bytes);
    match open_input(input, name, &OpenOptions::default(), &Watch::default()) {
        Ok((dataset, report)) => {
            assert_eq!(
                report.rows.read,
                report.rows.kept + report.rows.skipped,
                "{name}"
            );
            assert_eq!(report.rows.kept, dataset.len() as u64, "{name}");
            for row in dataset.rows() {
                let _ = dataset.event(row);
            }
            native::to_files(&dataset).unwrap();
            format!("{name}: {} events", dataset.len())
        }
        Err(error) => {
            assert!(!error.what.is_empty() && !error.remedy.is_empty(), "{name}");
            format!("{name}: {}", error.what)
        }
    }
}

#[test]
fn what_was_found_is_answered() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/found");
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|f| f.unwrap().path())
        .collect();
    files.sort();
    let answers: Vec<String> = files
        .iter()
        .map(|path| {
            answer(
                path.file_name().unwrap().to_str().unwrap(),
                fs::read(path).unwrap(),
            )
        })
        .collect();
    insta::assert_snapshot!(answers.join("\n"));
}

#[test]
fn every_corner_that_was_found_is_answered() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let mut events = 0;
    for format in fs::read_dir(corpus).unwrap() {
        for file in fs::read_dir(format.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            events += usize::from(answer(&name, fs::read(path).unwrap()).ends_with("events"));
        }
    }
    assert!(events > 200, "{events} of the files hold events");
}
