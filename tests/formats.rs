//! Chronotope's own folder: written as read, and honest about damage.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

mod common;

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use chronotope::formats::{native, open};
use serde_json::{Value, json};

fn edit(folder: &Path, file: &str, change: impl FnOnce(&mut Value)) {
    let path = folder.join(file);
    let mut value: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    change(&mut value);
    fs::write(&path, serde_json::to_vec_pretty(&value).unwrap()).unwrap();
}

fn lines(folder: &Path) -> String {
    match open(folder) {
        Ok((_, report)) => report
            .problems
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("\n"),
        Err(e) => format!("cannot be opened: {e}"),
    }
    .replace(&folder.display().to_string(), "FOLDER")
}

#[test]
fn a_second_save_changes_no_byte() {
    let folder = common::bundled_folder();
    let (dataset, _) = open(folder.path()).unwrap();
    let saved = tempfile::tempdir().unwrap();
    native::save(&dataset, saved.path()).unwrap();
    for entry in fs::read_dir(folder.path()).unwrap() {
        let name = entry.unwrap().file_name();
        let (old, new) = (folder.path().join(&name), saved.path().join(&name));
        assert!(
            fs::read(&old).unwrap() == fs::read(&new).unwrap(),
            "{} changed",
            name.display()
        );
    }
}

#[test]
fn unknown_members_survive() {
    let folder = common::bundled_folder();
    edit(folder.path(), "events.geojson", |v| {
        v["features"][0]["properties"]["analyst"] = json!({"seen": true});
        v["features"][0]["bbox"] = json!([1, 2, 1, 2]);
        v["bbox"] = json!([0, 0, 1, 1]);
    });
    edit(folder.path(), "actors.json", |v| {
        v["actors"][0]["names"][0]["script"] = json!("Latn");
    });
    edit(folder.path(), "places.json", |v| {
        v["places"][0]["origin"]["seen"] = json!("2024-05-01");
        v["checked_by"] = json!("two people");
    });
    edit(folder.path(), "claims.json", |v| {
        v["claims"][0]["locator"]["refinedBy"] = json!({"type": "other"});
        v["claims"][0]["subject"]["label"] = json!("x");
    });
    edit(folder.path(), "dataset.json", |v| {
        v["mood"] = json!("calm");
        v["view"] = json!({"tilt": 3});
    });
    let (dataset, report) = open(folder.path()).unwrap();
    assert_eq!(report.problems, []);
    let saved = tempfile::tempdir().unwrap();
    native::save(&dataset, saved.path()).unwrap();
    for name in [
        "events.geojson",
        "actors.json",
        "places.json",
        "claims.json",
        "dataset.json",
    ] {
        let read = |f: &Path| -> Value {
            serde_json::from_slice(&fs::read(f.join(name)).unwrap()).unwrap()
        };
        assert!(read(folder.path()) == read(saved.path()), "{name}");
    }
}

#[test]
fn a_zipped_folder_opens_like_the_folder() {
    let folder = common::bundled_folder();
    let file = folder.path().join("set.zip");
    let mut zip = zip::ZipWriter::new(fs::File::create(&file).unwrap());
    for name in [
        "dataset.json",
        "events.geojson",
        "actors.json",
        "places.json",
        "relations.json",
        "sources.json",
        "claims.json",
    ] {
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(format!("inner/{name}"), options).unwrap();
        zip.write_all(&fs::read(folder.path().join(name)).unwrap())
            .unwrap();
    }
    zip.finish().unwrap();
    let (zipped, report) = open(&file).unwrap();
    assert_eq!(report.problems, []);
    let (plain, _) = open(folder.path()).unwrap();
    assert_eq!(
        native::to_files(&zipped).unwrap(),
        native::to_files(&plain).unwrap()
    );
}

/// Each damage gives one clear line with file, place and remedy.
#[test]
fn damage_is_named() {
    let mut seen = String::new();
    let mut case = |name: &str, damage: &dyn Fn(&Path)| {
        let folder = common::bundled_folder();
        damage(folder.path());
        let _ = writeln!(seen, "--- {name}\n{}", lines(folder.path()));
    };
    case("no dataset.json", &|f| {
        fs::remove_file(f.join("dataset.json")).unwrap();
    });
    case("no events.geojson", &|f| {
        fs::remove_file(f.join("events.geojson")).unwrap();
    });
    case("empty file", &|f| {
        fs::write(f.join("actors.json"), "").unwrap();
    });
    case("not JSON", &|f| {
        fs::write(f.join("claims.json"), "{\"claims\": [}").unwrap();
    });
    case("UTF-16", &|f| {
        fs::write(f.join("places.json"), b"\xFF\xFE{\0").unwrap();
    });
    case("Latin-1", &|f| {
        fs::write(f.join("sources.json"), b"{\"a\": \"\xE9\"}").unwrap();
    });
    case("truncated", &|f| {
        let text = fs::read(f.join("events.geojson")).unwrap();
        fs::write(f.join("events.geojson"), &text[..400]).unwrap();
    });
    case("newer schema", &|f| {
        edit(f, "dataset.json", |v| v["schema_version"] = json!(7));
    });
    case("no version", &|f| {
        edit(f, "dataset.json", |v| v["schema_version"] = json!("one"));
    });
    case("another program's", &|f| {
        edit(f, "dataset.json", |v| v["format"] = json!("x"));
    });
    case("no collection", &|f| {
        fs::write(f.join("events.geojson"), "[]").unwrap();
    });
    case("not a list", &|f| {
        edit(f, "claims.json", |v| v["claims"] = json!({}));
    });
    case("bad geometry", &|f| {
        edit(f, "places.json", |v| {
            v["places"][0]["geometry"] = json!({"type": "Point", "coordinates": [400, 2]});
        });
    });
    case("view that makes no sense", &|f| {
        edit(f, "dataset.json", |v| {
            v["view"] = json!({"window": "spring", "center": [999, 0], "zoom": -1});
        });
    });
    case("same id twice", &|f| {
        edit(f, "sources.json", |v| {
            let first = v["sources"][0].clone();
            v["sources"].as_array_mut().unwrap().push(first);
        });
    });
    insta::assert_snapshot!(seen);
}

/// Records that are wrong are kept as far as they go, with one line each.
#[test]
fn wrong_records_are_named_and_nothing_else_is_lost() {
    let folder = common::bundled_folder();
    edit(folder.path(), "events.geojson", |v| {
        let find = |id: &str| {
            v["features"]
                .as_array()
                .unwrap()
                .iter()
                .position(|f| f["id"] == id)
                .unwrap()
        };
        let (a, b) = (find("tongo-tongo-ambush"), find("gourma-raid"));
        let p = &mut v["features"][a]["properties"];
        p["participants"][0]["actor"] = json!("nobody");
        p["kind"] = json!("ambush");
        v["features"][b]["properties"]["when"]["edtf"] = json!("12/11/2018");
    });
    let (dataset, report) = open(folder.path()).unwrap();
    assert_eq!(dataset.len(), 30);
    let nobody = dataset.actor(dataset.actor_by_id("nobody").unwrap());
    assert!(nobody.missing, "the reference is shown, not dropped");
    let text: Vec<_> = report.problems.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(text.join("\n"));
}

/// A table of events: what is right is read, and what is wrong named by line
/// and column, once for all rows in which it is.
#[test]
fn a_table_is_read_as_far_as_it_goes() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/events.csv");
    let (dataset, report) = open(&path).unwrap();
    let mut seen = String::new();
    for row in dataset.rows() {
        let event = dataset.event(row);
        let actor = dataset.actors_of(row).next();
        let _ = writeln!(
            seen,
            "{} | {} | {} | {:?} | {} | {:?}",
            event.id,
            event.when.as_ref().map_or("-", |w| w.edtf()),
            event.kind.id(),
            dataset
                .table()
                .lon_lat(row)
                .map(|(x, y)| (x.round(), y.round())),
            actor.map_or("-", |a| &dataset.actor(a).id),
            dataset.title(row, "en"),
        );
    }
    for problem in &report.problems {
        let line = problem.to_string();
        let _ = writeln!(
            seen,
            "{}",
            line.replace(&path.display().to_string(), "FILE")
        );
    }
    insta::assert_snapshot!(seen);
}

#[test]
fn a_table_that_is_no_events_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let mut seen = String::new();
    for (name, bytes) in [
        ("empty.csv", &b""[..]),
        ("utf16.csv", b"\xFF\xFEi\0d\0"),
        ("short.csv", b"id,lat,when\n1,2,3\n"),
        ("one.csv", b"id,lat,date_start\n1,2,3\n"),
        ("twice.csv", b"id,lat,lon,date_start,LAT\n"),
        ("other.txt", b"some text\n"),
    ] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        match open(&path) {
            Err(error) => writeln!(seen, "{error}"),
            Ok((dataset, report)) => {
                let _ = writeln!(seen, "{name}: {} events", dataset.len());
                assert!(!report.problems.is_empty(), "{name} opens without a word");
                let said = report.problems.iter().map(ToString::to_string);
                writeln!(seen, "{}", said.collect::<Vec<_>>().join("\n"))
            }
        }
        .unwrap();
    }
    insta::assert_snapshot!(seen.replace(&folder.path().display().to_string(), "FOLDER"));
    // A table needs no name of its own, and no rows.
    let path = folder.path().join("table.txt");
    fs::write(&path, "id,lat,lon,date_start\n").unwrap();
    assert_eq!(open(&path).unwrap().0.len(), 0);
}
