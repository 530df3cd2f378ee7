#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use proptest::prelude::*;

use crate::formats::shown::{bytes, fixture, samples, shown};

fn count(text: &str) -> usize {
    bytes("x.geojson", text.as_bytes().to_vec())
        .unwrap()
        .0
        .len()
}

#[test]
fn a_collection_of_everything() {
    insta::assert_snapshot!(shown(&fixture("geojson/mixed.geojson").unwrap()));
}

#[test]
fn linked_places() {
    insta::assert_snapshot!(shown(&fixture("geojson/linked-places.geojson").unwrap()));
}

#[test]
fn a_text_sequence_with_a_broken_member() {
    insta::assert_snapshot!(shown(&fixture("geojson/sequence.geojsons").unwrap()));
}

#[test]
fn a_crs_behind_the_features_is_obeyed() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/geojson/mercator.geojson");
    let (dataset, report) = crate::formats::open(&path).unwrap();
    let lon = |d: &crate::dataset::Dataset| {
        let event = d.event(d.rows().next().unwrap());
        match &event.geometry {
            Some(geo::Geometry::Point(p)) => p.x(),
            other => panic!("{other:?}"),
        }
    };
    assert!((lon(&dataset) - 10.0).abs() < 1e-9);
    assert!(report.problems[0].what.contains("converted"));
    let text = std::fs::read_to_string(path).unwrap();
    let other = text.replace("3857", "25832").into_bytes();
    let error = bytes("x.geojson", other).err().unwrap();
    assert!(error.what.contains("EPSG::25832"), "{error}");
}

#[test]
fn all_that_geojson_can_be() {
    let feature =
        r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]},"properties":null}"#;
    assert_eq!(count(feature), 1);
    assert_eq!(count(r#"{"type":"Point","coordinates":[1,2]}"#), 1);
    assert_eq!(count(&format!("{feature}\n{feature}\n\n{feature}")), 3);
    assert_eq!(count(&format!("[{feature},{feature}]")), 2);
    assert_eq!(
        count(&format!(
            "\u{FEFF}{{\"features\":[{feature}],\"type\":\"FeatureCollection\"}}"
        )),
        1
    );
    assert_eq!(count(r#"{"type":"FeatureCollection","features":[]}"#), 0);
    let utf16: Vec<u8> = [0xFEFF]
        .into_iter()
        .chain(feature.encode_utf16())
        .flat_map(u16::to_be_bytes)
        .collect();
    assert_eq!(bytes("x.json", utf16).unwrap().0.len(), 1);
}

#[test]
fn broken_lines_of_features_are_skipped_and_said() {
    let feature = r#"{"type":"Feature","geometry":null,"properties":{"date":"2014"}}"#;
    let text = format!("{feature}\n{{\"type\": nonsense\n{feature}\n");
    let (dataset, report) = bytes("x.ndjson", text.into_bytes()).unwrap();
    assert_eq!(
        (dataset.len(), report.rows.read, report.rows.skipped),
        (2, 3, 1)
    );
    assert_eq!(report.problems[0].code, "broken-feature");
}

#[test]
fn our_own_tables_come_along() {
    let text = r#"{"type":"FeatureCollection","note":"kept",
        "chronotope":{"dataset":{"format":"chronotope","schema_version":1,"title":{"en":"Ours"}},
            "actors":[{"id":"a","schema":"Person","names":[{"name":"A","type":"primary"}]}],"claims":[]},
        "features":[{"type":"Feature","id":"e","geometry":null,"properties":{"title":"E","kind":"attack",
            "precision":"unknown","when":{"edtf":"2014"},"participants":[{"actor":"a","role":"initiator"}]}}]}"#;
    insta::assert_snapshot!(shown(
        &bytes("x.geojson", text.as_bytes().to_vec()).unwrap()
    ));
    let (head, tail) = text.split_at(text.find("\"chronotope\"").unwrap());
    let (tables, features) = tail.split_at(tail.find("\"features\"").unwrap());
    let late = format!(
        "{head}{},{}}}",
        features.trim_end_matches('}'),
        tables.trim_end().trim_end_matches(',')
    );
    let file = tempfile::NamedTempFile::with_suffix(".geojson").unwrap();
    std::fs::write(file.path(), late).unwrap();
    let (dataset, _) = crate::formats::open(file.path()).unwrap();
    assert_eq!((dataset.actors().len(), dataset.len()), (1, 1));
}

#[test]
fn samples_are_opened() {
    let mut earthquakes = None;
    samples("geojson", &mut |name, opened| {
        let json = name.ends_with("json");
        assert_eq!(opened.is_ok(), json, "{name}: {:?}", opened.err());
    });
    samples("usgs", &mut |name, opened| {
        if name == "earthquakes.json" {
            earthquakes = opened.ok();
        }
    });
    if let Some((dataset, report)) = earthquakes {
        assert_eq!(
            (
                dataset.len(),
                report.rows.without_place,
                report.rows.without_date
            ),
            (1_707, 0, 0)
        );
        let codes: Vec<_> = report.problems.iter().map(|p| (p.code, p.rows)).collect();
        assert_eq!(codes, [("altitude", 1_707)]);
    }
    samples("malformed", &mut |name, opened| {
        if name.starts_with("n_") {
            assert!(opened.is_err(), "{name}");
        }
    });
}

const WHOLE: &str = include_str!("../../../tests/fixtures/geojson/mixed.geojson");

proptest! {
    #[test]
    fn what_stands_before_a_cut_is_kept(cut in 0..WHOLE.len()) {
        prop_assume!(WHOLE.is_char_boundary(cut));
        let before = &WHOLE[..cut];
        // Every feature but the last two stands in lines that end so.
        let whole = before.matches("}},\n").count() + before.matches("\"calm\"},\n").count();
        match bytes("x.geojson", before.as_bytes().to_vec()) {
            Ok((dataset, _)) => prop_assert!(dataset.len() >= whole && dataset.len() <= 7),
            Err(_) => prop_assert_eq!(whole, 0),
        }
    }

    #[test]
    fn any_change_of_a_byte_is_borne(at in 0..WHOLE.len(), byte: u8) {
        let mut changed = WHOLE.as_bytes().to_vec();
        changed[at] = byte;
        let _ = bytes("x.geojson", changed);
    }
}
