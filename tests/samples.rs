//! What `info` says of real files. Four of them are committed, packed; with
//! the folder `../shared/samples` beside the checkout, all of its event files
//! are opened, too.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chronotope::dataset::Filter;
use chronotope::formats;
use serde_json::Value;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// What `chronotope info FILE --json` prints.
fn info(path: &Path) -> Result<Value, String> {
    let (dataset, report) = formats::open(path).map_err(|e| format!("{}; {}", e.what, e.remedy))?;
    let rows = dataset.filtered(&Filter::default());
    assert_eq!(rows.len(), report.rows.kept, "{}", path.display());
    assert_eq!(
        report.rows.read,
        report.rows.kept + report.rows.skipped,
        "{}",
        path.display()
    );
    let info = chronotope::app::info::of(&dataset, &report, &rows);
    Ok(serde_json::to_value(info).unwrap())
}

fn problems(path: &Path) -> Vec<String> {
    let (_, report) = formats::open(path).unwrap();
    let of = |p: &formats::Problem| {
        let text = p.to_string();
        text.replace(&format!("{}: ", p.file), "")
            .replace(&p.file, "")
    };
    report.problems.iter().map(of).collect()
}

fn committed(name: &str) -> PathBuf {
    Path::new(ROOT).join("tests/fixtures/samples").join(name)
}

#[test]
fn the_thousand_events_of_ucdp() {
    let path = committed("ged_v23_1_sample_1000x49.csv.gz");
    insta::assert_json_snapshot!(info(&path).unwrap());
    insta::assert_json_snapshot!(problems(&path));
}

#[test]
fn the_events_of_syria() {
    let path = committed("ged_syria_2016_2019_16566x41.csv.gz");
    let info = info(&path).unwrap();
    assert_eq!(info["events"], 16_566);
    insta::assert_json_snapshot!(info);
    insta::assert_json_snapshot!(problems(&path));
}

#[test]
fn the_earthquakes_as_a_table() {
    let path = committed("usgs_all_month_npquake.csv.gz");
    insta::assert_json_snapshot!(info(&path).unwrap());
    insta::assert_json_snapshot!(problems(&path));
}

#[test]
fn the_earthquakes_as_features() {
    let path = committed("earthquakes.json.gz");
    insta::assert_json_snapshot!(info(&path).unwrap());
    insta::assert_json_snapshot!(problems(&path));
}

/// Whether a sample is a file of events, or may be taken for one.
fn is_event_file(path: &Path) -> bool {
    let text = path.to_string_lossy();
    let ending = path.extension().and_then(|e| e.to_str()).unwrap_or("");
    matches!(
        ending,
        "csv" | "kml" | "kmz" | "geojson" | "parquet" | "gpx" | "json"
    ) && !text.contains("_metadata")
        && !text.contains("jsontestsuite")
        && !text.contains("blns")
        && !text.contains("csv-spectrum/json")
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if is_event_file(&path) {
            found.push(path);
        }
    }
}

/// One line a file: so that a reader who knows the files sees what is wrong.
fn table(folder: &Path) -> String {
    let mut list = Vec::new();
    files(folder, &mut list);
    list.sort();
    let mut out = String::new();
    for path in list {
        let name = path.strip_prefix(folder).unwrap().display().to_string();
        let _ = match info(&path) {
            Ok(v) => writeln!(
                out,
                "{name}: {}, {} rows, {} skipped, {} events, {} located, {} to {}, killed {}, \
                 {} actors, {} sources, {} problems",
                v["format"].as_str().unwrap(),
                v["rows_read"],
                v["rows_skipped"],
                v["events"],
                v["located"],
                v["first"],
                v["last"],
                v["killed"]["best"],
                v["actors"],
                v["sources"],
                v["problems"],
            ),
            Err(e) => writeln!(
                out,
                "{name}: refused: {}",
                e.replace(&folder.display().to_string(), "")
            ),
        };
    }
    out
}

#[test]
fn every_sample_that_is_there() {
    let shared = Path::new(ROOT).join("../shared/samples");
    if shared.is_dir() {
        insta::assert_snapshot!(table(&shared.canonicalize().unwrap()));
    }
    // Those that are always there.
    let here = table(&Path::new(ROOT).join("tests/fixtures"));
    insta::assert_snapshot!("every_fixture", here);
}
