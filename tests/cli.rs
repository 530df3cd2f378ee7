//! The command line, as a script sees it.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

mod common;

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn chronotope(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_chronotope"))
        // From any folder: nothing may be looked for beside the program.
        .current_dir(std::env::temp_dir())
        .args(args)
        .output()
        .unwrap()
}

fn json(args: &[&str]) -> Value {
    let output = chronotope(args);
    assert!(output.status.success(), "{args:?}: {}", stderr(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn info_on_the_bundled_dataset() {
    let info = json(&["info", "--json"]);
    assert_eq!(info["events"], 30);
    assert_eq!(info["sources"], 5);
    assert_eq!(info["problems"], 0);
    assert_eq!(
        info["located"].as_u64().unwrap() + info["unlocated"].as_u64().unwrap(),
        30
    );
    let kinds: u64 = info["kinds"]
        .as_object()
        .unwrap()
        .values()
        .filter_map(Value::as_u64)
        .sum();
    assert_eq!(kinds, 30);
    assert!(info.get("certainly").is_none());
    insta::assert_json_snapshot!(info);
}

#[test]
fn a_window_gives_both_counts_and_the_set_it_shows() {
    let info = json(&["info", "--json", "--window", "2017-10"]);
    assert_eq!(info["certainly"], 1);
    assert_eq!(info["possibly"], info["events"]);
    let info = json(&["info", "--json", "--window", "2017-10", "--certainly"]);
    assert_eq!(info["events"], 1);
    assert_eq!(info["killed"]["best"], 8);
}

#[test]
fn a_filter_narrows_and_a_wrong_one_says_what_to_write() {
    let info = json(&[
        "info",
        "--json",
        "--filter",
        "actor:illiassou-djibo chapore",
    ]);
    assert!((1..30).contains(&info["events"].as_u64().unwrap()));
    let output = chronotope(&["info", "--filter", "kind:ambush"]);
    assert!(!output.status.success());
    let text = stderr(&output);
    assert!(
        text.contains("ambush") && text.contains("attack, clash"),
        "{text}"
    );
    let output = chronotope(&["info", "--window", "October 2017"]);
    assert!(stderr(&output).contains("2017-10"), "{}", stderr(&output));
}

#[test]
fn check_finds_nothing_in_the_bundled_dataset_and_errors_in_a_damaged_one() {
    assert!(chronotope(&["check"]).status.success());
    let folder = common::bundled_folder();
    std::fs::remove_file(folder.path().join("actors.json")).unwrap();
    let path = folder.path().display().to_string();
    let output = chronotope(&["check", &path]);
    assert_eq!(output.status.code(), Some(1));
    let lines = String::from_utf8(output.stdout).unwrap();
    assert!(lines.lines().all(|l| l.starts_with("error: ")), "{lines}");
    assert!(lines.contains("illiassou-djibo"));
    let info = json(&["info", &path, "--json"]);
    assert_eq!(info["events"], 30);
    assert_eq!(
        info["problems"].as_u64().unwrap(),
        lines.lines().count() as u64
    );
}

#[test]
fn what_cannot_be_opened_is_one_line_with_a_remedy() {
    let folder = common::bundled_folder();
    let events = folder.path().join("events.geojson");
    std::fs::write(&events, "{\"type\": \"FeatureColl").unwrap();
    for command in ["info", "check"] {
        for path in [folder.path(), Path::new("/no/such/dataset"), &events] {
            let output = chronotope(&[command, &path.display().to_string()]);
            assert_eq!(output.status.code(), Some(1));
            assert!(output.stdout.is_empty());
            let text = stderr(&output);
            assert_eq!(text.trim_end().lines().count(), 1, "{text}");
            assert!(
                text.contains(&path.display().to_string()) && text.contains("; "),
                "{text}"
            );
        }
    }
}

#[test]
fn a_document_with_another_text_is_found() {
    let documents = tempfile::tempdir().unwrap();
    let (dataset, _) = common::bundled();
    let source = dataset
        .sources()
        .iter()
        .find_map(|s| s.document.as_ref())
        .unwrap();
    std::fs::write(documents.path().join(&source.name), "another text").unwrap();
    let output = chronotope(&[
        "check",
        "--documents",
        &documents.path().display().to_string(),
    ]);
    assert_eq!(output.status.code(), Some(1));
    let lines = String::from_utf8(output.stdout).unwrap();
    assert!(
        lines.contains(&source.name) && lines.contains("another hash"),
        "{lines}"
    );
}

#[test]
fn render_draws_the_map_in_both_themes() {
    let folder = tempfile::tempdir().unwrap();
    let mut grounds = Vec::new();
    for theme in ["light", "dark"] {
        let path = folder.path().join(format!("{theme}.png"));
        let file = path.display().to_string();
        let output = chronotope(&["render", "-o", &file, "--theme", theme, "--size", "900x600"]);
        assert!(output.status.success(), "{}", stderr(&output));
        let image = image::open(&path).unwrap().to_rgb8();
        assert_eq!(image.dimensions(), (900, 600));
        let colours: std::collections::HashSet<_> = image.pixels().collect();
        assert!(
            colours.len() > 500,
            "an empty picture: {} colours",
            colours.len()
        );
        grounds.push(u32::from(image.get_pixel(2, 2)[0]));
    }
    assert!(grounds[0] > 200 && grounds[1] < 60, "{grounds:?}");
}

#[test]
fn render_says_what_is_wrong() {
    for (args, needle) in [
        (vec!["render", "-o", "x.png", "--size", "99999x10"], "8192"),
        (
            vec!["render", "-o", "x.png", "--select", "nobody"],
            "nobody",
        ),
        (
            vec!["render", "-o", "/no/such/folder/x.png", "--size", "640x480"],
            "/no/such/folder",
        ),
        (
            vec!["render", "-o", "x.png", "--center", "100,5"],
            "latitude",
        ),
    ] {
        let output = chronotope(&args);
        assert!(!output.status.success());
        assert!(stderr(&output).contains(needle), "{}", stderr(&output));
    }
}

#[test]
fn made_up_events_go_into_a_table_and_come_out_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("made.csv").display().to_string();
    let output = chronotope(&["bench", "--events", "500", "--write-csv", &file]);
    assert!(output.status.success(), "{}", stderr(&output));
    let output = chronotope(&["check", &file]);
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "no problems found\n"
    );
    let info = json(&["info", &file, "--json"]);
    assert_eq!(info["events"], 500);
    assert!(info["actors"].as_u64().unwrap() > 100);
    let kinds = info["kinds"].as_object().unwrap();
    assert!(kinds.len() > 5, "{kinds:?}");
}

#[test]
fn info_says_what_the_columns_of_a_table_were_taken_for() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("t.csv");
    std::fs::write(&table, "Fecha,Lat,Lon,Colour\n2020-01-02,1,2,red\n").unwrap();
    let report = folder.path().join("r.json");
    let (table, report_path) = (table.to_str().unwrap(), report.to_str().unwrap());
    let output = chronotope(&["info", table, "--report", report_path]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(
        text.contains("columns      Fecha = date, Lat = lat, Lon = lon\n"),
        "{text}"
    );
    let report: Value = serde_json::from_slice(&std::fs::read(report).unwrap()).unwrap();
    let colour = &report["columns"][3];
    assert_eq!(
        (&colour["column"], &colour["role"]),
        (&"Colour".into(), &"attribute".into())
    );
}
