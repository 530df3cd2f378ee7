//! What is written comes back; what is in the way stays.

use std::path::Path;

use super::*;
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
