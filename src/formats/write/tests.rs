//! What is written comes back; what is in the way stays.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::json;

use super::*;
use crate::dataset::Filter;
use crate::formats::native;
use crate::formats::{bundled, open};

fn sample() -> Dataset {
    bundled().unwrap().0
}

fn text(dataset: &Dataset) -> Vec<(&'static str, String)> {
    native::to_files(dataset).unwrap()
}

fn put(dataset: &Dataset, rows: &RowSet, target: Target, path: &Path) -> Written {
    let options = WriteOptions::default();
    write(dataset, rows, target, path, &options, &Watch::default()).unwrap()
}

fn all(dataset: &Dataset) -> RowSet {
    RowSet::all(dataset.len())
}

#[test]
fn the_bundled_dataset_comes_back_from_what_holds_everything() {
    let dataset = sample();
    let folder = tempfile::tempdir().unwrap();
    for target in [Target::Folder, Target::Zip, Target::GeoJson] {
        let path = folder.path().join(format!("all.{}", target.ending()));
        let written = put(&dataset, &all(&dataset), target, &path);
        assert_eq!(written.events, dataset.len() as u64);
        assert_eq!(written.losses, Vec::<String>::new(), "{target:?}");
        let (back, report) = match target {
            Target::GeoJson => {
                let bytes = std::fs::read(&path).unwrap();
                let value: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
                assert!(native::is_single(&value));
                native::read_single(value, "x").unwrap()
            }
            _ => open(&path).unwrap(),
        };
        assert_eq!(report.problems, [], "{target:?}");
        assert_eq!(text(&back), text(&dataset), "{target:?}");
    }
}

#[test]
fn a_set_brings_what_it_refers_to_and_no_more() {
    let dataset = sample();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("some");
    let mut rows = RowSet::default();
    rows.insert_range(3..9);
    let written = put(&dataset, &rows, Target::Folder, &path);
    assert_eq!(written.events, 6);
    let (back, report) = open(&path).unwrap();
    assert_eq!(report.errors(), 0, "{:?}", report.problems);
    let ids = |d: &Dataset, rows: &RowSet| -> Vec<String> {
        rows.iter().map(|r| d.event(r).id.clone()).collect()
    };
    assert_eq!(ids(&back, &all(&back)), ids(&dataset, &rows));
    assert!(back.actors().len() < dataset.actors().len());
    let wanted = rows
        .iter()
        .flat_map(|r| dataset.event(r).participants.clone());
    for participant in wanted {
        assert!(
            back.actor_by_id(&dataset.actor(participant.actor).id)
                .is_some()
        );
    }
    for row in rows.iter() {
        let id = &dataset.event(row).id;
        let claims = |d: &Dataset| {
            let row = d.event_by_id(id).unwrap();
            d.claims_about(crate::model::Subject::Event(row)).len()
        };
        assert_eq!(claims(&back), claims(&dataset), "{id}");
    }
}

#[test]
fn what_any_filter_leaves_is_whole() {
    let dataset = sample();
    let folder = tempfile::tempdir().unwrap();
    let kinds = dataset
        .rows()
        .map(|r| format!("kind:{}", dataset.kind(r).id()));
    let actors = dataset.actors().iter().map(|a| format!("actor:{}", a.id));
    let places = dataset.places().iter().map(|p| format!("place:{}", p.id));
    let sources = dataset.sources().iter().map(|s| format!("source:{}", s.id));
    let lines: BTreeSet<String> = kinds.chain(actors).chain(places).chain(sources).collect();
    assert!(lines.len() > 70, "{lines:?}");
    for (n, line) in lines.iter().enumerate() {
        let rows = dataset.filtered(&Filter::parse(line, &dataset).unwrap());
        let path = folder.path().join(format!("{n}"));
        put(&dataset, &rows, Target::Folder, &path);
        let (back, report) = open(&path).unwrap();
        assert_eq!(report.problems, [], "{line}");
        assert_eq!(back.len() as u64, rows.len(), "{line}");
    }
}

/// Places whose dates are as vague as those of imports are.
fn vague() -> Dataset {
    let of = |earliest: &str, latest: &str| json!({ "earliest": earliest, "latest": latest });
    let spans = [
        json!({ "start": of("2017-01-01", "2017-08-28") }),
        json!({ "start": of("2017-01-01", "2017-01-20"), "end": of("2017-02-03", "2017-02-20") }),
        json!({ "start": { "in": "2017-03" } }),
    ];
    let feature = |(n, span): (usize, &serde_json::Value)| {
        let when = json!({ "timespans": [span] });
        json!({ "type": "Feature", "id": n.to_string(), "geometry": null, "when": when,
            "properties": { "title": "a" } })
    };
    let features: Vec<_> = spans.iter().enumerate().map(feature).collect();
    let collection = json!({ "type": "FeatureCollection", "features": features });
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vague.geojson");
    std::fs::write(&path, collection.to_string()).unwrap();
    open(&path).unwrap().0
}

#[test]
fn dates_of_imports_stay_as_vague_as_they_are() {
    let dataset = vague();
    let folder = tempfile::tempdir().unwrap();
    let is_held = |row| {
        let when = dataset.event(row).when.clone();
        when.unwrap().held_extent().is_some()
    };
    assert!(dataset.rows().any(is_held));
    for target in [
        Target::Folder,
        Target::Zip,
        Target::GeoJson,
        Target::GeoParquet,
    ] {
        let path = folder.path().join(format!("all.{}", target.ending()));
        put(&dataset, &all(&dataset), target, &path);
        let (back, report) = open(&path).unwrap();
        assert_eq!(report.problems, [], "{target:?}");
        for row in dataset.rows() {
            let there = back.event_by_id(&dataset.event_id(row)).unwrap();
            let (a, b) = (dataset.table(), back.table());
            assert_eq!(b.extent(there), a.extent(row), "{target:?}");
            assert_eq!(back.event(there).when, dataset.event(row).when);
        }
    }
}

#[test]
fn nothing_is_replaced_unasked_and_no_foreign_folder_ever() {
    let dataset = sample();
    let folder = tempfile::tempdir().unwrap();
    let again = |target, path: &Path, replace| {
        let options = WriteOptions {
            replace,
            ..WriteOptions::default()
        };
        let rows = all(&dataset);
        write(&dataset, &rows, target, path, &options, &Watch::default())
    };
    for target in Target::ALL {
        let path = folder.path().join(format!("a.{}", target.ending()));
        again(*target, &path, false).unwrap();
        let refused = again(*target, &path, false).unwrap_err().to_string();
        assert!(refused.contains("already"), "{refused}");
        again(*target, &path, true).unwrap();
        assert_eq!(Target::of_path(&path), Some(*target));
    }
    let refused = again(Target::Folder, folder.path(), true).unwrap_err();
    assert!(refused.to_string().contains("something else"), "{refused}");
    let refused = again(Target::Csv, folder.path(), true).unwrap_err();
    assert!(refused.to_string().contains("it is a folder"), "{refused}");
}

#[test]
fn a_cancelled_export_leaves_nothing_behind() {
    let dataset = sample();
    let folder = tempfile::tempdir().unwrap();
    let watch = Watch::default();
    watch.cancel();
    for target in Target::ALL {
        let path = folder.path().join(format!("a.{}", target.ending()));
        let options = WriteOptions::default();
        let error = write(&dataset, &all(&dataset), *target, &path, &options, &watch);
        let error = error.unwrap_err().to_string();
        assert!(error.contains("cancelled"), "{error}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn losses_are_counted() {
    let dataset = sample();
    let folder = tempfile::tempdir().unwrap();
    for target in [Target::Csv, Target::Kml, Target::Ftm, Target::Timemap] {
        let path = folder.path().join(format!("a.{}", target.ending()));
        let losses = put(&dataset, &all(&dataset), target, &path).losses;
        insta::assert_snapshot!(format!("losses_{}", target.id()), losses.join("\n"));
    }
}
