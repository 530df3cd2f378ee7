//! The bundled dataset, written for others and read back.

use serde_json::Value;

use crate::dataset::{Dataset, RowSet};
use crate::formats::import::Watch;
use crate::formats::{Report, bundled, open};
use crate::model::Precision;
use crate::model::time::When;

use super::{Target, WriteOptions, write};

fn again(dataset: &Dataset, target: Target) -> (String, Dataset, Report) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("a.{}", target.ending()));
    let (rows, options) = (RowSet::all(dataset.len()), WriteOptions::default());
    write(dataset, &rows, target, &path, &options, &Watch::default()).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    let (back, report) = open(&path).unwrap();
    (text, back, report)
}

/// By id: kind, time, whether it has a place, killed, parts, number of sources.
fn told(dataset: &Dataset) -> Vec<String> {
    let mut all: Vec<_> = dataset
        .rows()
        .map(|row| {
            let event = dataset.event(row);
            let mut parts: Vec<_> = event
                .participants
                .iter()
                .map(|p| format!("{:?} {}", p.role, dataset.actor(p.actor).name("en")))
                .collect();
            parts.sort();
            format!(
                "{} {:?} {:?} {} {:?} {parts:?} {:?} {}",
                event.id,
                event.kind,
                event.when.as_ref().map(When::edtf),
                event.geometry.is_some(),
                event.killed(),
                event.flags,
                dataset.sources_of_event(row).len(),
            )
        })
        .collect();
    all.sort();
    all
}

#[test]
fn others_hold_what_happened_when_and_to_whom() {
    let dataset = bundled().unwrap().0;
    for target in [Target::Csv, Target::Kml, Target::Timemap, Target::Ftm] {
        let (_, back, report) = again(&dataset, target);
        assert_eq!(report.problems, [], "{target:?}");
        for (back, event) in told(&back).iter().zip(&told(&dataset)) {
            assert_eq!(back, event, "{target:?}");
        }
        assert_eq!(back.len(), dataset.len());
        let (text, twice, _) = again(&back, target);
        assert_eq!(told(&twice), told(&dataset), "{target:?}");
        // Parts of an entity have no order that others must keep.
        if target != Target::Ftm {
            assert_eq!(text, again(&twice, target).0, "{target:?}");
        }
        assert!(!text.contains("column:"), "{target:?}");
        // Nobody is told of twice, and no source either.
        let told_of = |d: &Dataset| {
            let sources = d.rows().flat_map(|r| d.sources_of_event(r).to_vec());
            sources.collect::<std::collections::BTreeSet<_>>().len()
        };
        assert_eq!(told_of(&back), told_of(&dataset), "{target:?}");
        assert!(back.actors().len() <= dataset.actors().len(), "{target:?}");
    }
}

#[test]
fn timemap_finds_no_member_that_it_does_not_know() {
    const KNOWN: [&str; 11] = [
        "id",
        "description",
        "date",
        "time",
        "time_display",
        "location",
        "latitude",
        "longitude",
        "category",
        "associations",
        "sources",
    ];
    let dataset = bundled().unwrap().0;
    let (text, ..) = again(&dataset, Target::Timemap);
    let value: Value = serde_json::from_str(&text).unwrap();
    for event in value["events"].as_array().unwrap() {
        for (name, value) in event.as_object().unwrap() {
            assert!(KNOWN.contains(&name.as_str()), "{name}");
            let list = ["associations", "sources"].contains(&name.as_str());
            assert!(if list {
                value.is_array()
            } else {
                value.is_string()
            });
        }
    }
}

#[test]
fn the_middle_of_a_shape_is_no_exact_position() {
    let dataset = bundled().unwrap().0;
    let (_, back, _) = again(&dataset, Target::Ftm);
    for row in dataset.rows() {
        let event = dataset.event(row);
        let same = back.event(back.event_by_id(&event.id).unwrap());
        let point = matches!(event.geometry, Some(geo::Geometry::Point(_)));
        let precision = if point {
            event.precision
        } else {
            Precision::Unknown
        };
        assert_eq!(same.precision, precision, "{}", event.id);
    }
    for place in back.places() {
        assert_eq!(place.precision, Precision::Unknown);
    }
}

#[test]
fn control_characters_are_written_as_marks_and_said() {
    let (dataset, _) = bundled().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.json");
    let one = r#"{"type":"Feature","geometry":null,"properties":{"id":"a","title":"x\u0000\u0007y","when":"2014"}}"#;
    std::fs::write(&path, one).unwrap();
    let (odd, _) = open(&path).unwrap();
    assert!(dataset.len() > odd.len());
    for target in [Target::Csv, Target::Kml] {
        let path = folder.path().join(format!("b.{}", target.ending()));
        let (rows, options) = (RowSet::all(1), WriteOptions::default());
        let written = write(&odd, &rows, target, &path, &options, &Watch::default()).unwrap();
        let said = written
            .losses
            .iter()
            .any(|l| l.contains("control characters"));
        assert!(said, "{:?}", written.losses);
        let (back, report) = open(&path).unwrap();
        assert_eq!(report.errors(), 0, "{:?}", report.problems);
        let event = back.event(back.rows().next().unwrap());
        assert_eq!(event.titles.get("en"), "x\u{fffd}\u{fffd}y");
    }
}
