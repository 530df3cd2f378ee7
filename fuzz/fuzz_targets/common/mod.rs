//! What holds for every reader, whatever comes in.

use std::panic;

use chronotope::formats::import::{Input, Watch};
use chronotope::formats::{OpenError, OpenOptions, Opened, native};

/// A reader of one format.
pub type Reader = fn(Input, &OpenOptions, &Watch) -> Result<Opened, OpenError>;

/// Events whose records are looked at: enough, and quick.
const LOOKED_AT: usize = 200;

/// Reads some bytes, and checks what became of them.
pub fn check(read: Reader, bytes: &[u8]) {
    let input = Input::of_bytes("fuzz", "fuzz", bytes.to_vec());
    match read(input, &OpenOptions::default(), &Watch::default()) {
        Err(e) => assert!(!e.what.is_empty() && !e.remedy.is_empty(), "{e}"),
        Ok((dataset, report)) => {
            let rows = report.rows;
            assert_eq!(rows.kept, dataset.len() as u64);
            assert_eq!(rows.read, rows.kept + rows.skipped);
            for problem in &report.problems {
                assert!(!problem.what.is_empty() && problem.rows > 0, "{problem}");
            }
            for row in dataset.rows().take(LOOKED_AT) {
                let _ = dataset.event(row);
            }
            if dataset.len() < LOOKED_AT {
                let files = native::to_files(&dataset);
                assert!(files.is_ok(), "it cannot be saved");
            }
        }
    }
}

/// Crates whose panics our readers catch and answer as an error.
const GUARDED: [&str; 4] = ["/arrow-", "/parquet-", "/flatbuffers-", "/flatgeobuf-"];

/// Lets panics of the crates that are guarded against pass: any other is a
/// finding, whoever catches it.
pub fn look_at_our_own_panics() {
    let finding = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let file = info.location().map_or("", panic::Location::file);
        if !GUARDED.iter().any(|name| file.contains(name)) {
            finding(info);
        }
    }));
}
