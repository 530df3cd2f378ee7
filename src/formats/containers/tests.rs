#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use super::*;
use std::io::Write as _;
use zip::write::SimpleFileOptions;

const EVENT: &str = r#"{"type":"Feature","id":"a","geometry":{"type":"Point","coordinates":[1,2]},"properties":{"date":"2014"}}"#;

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn open(bytes: Vec<u8>, name: &str) -> Result<Opened, OpenError> {
    let ending = name.rsplit('.').next().unwrap_or_default();
    let input = Input::of_bytes(name, name, bytes);
    super::super::open_input(input, ending, &OpenOptions::default(), &Watch::default())
}

#[test]
fn the_file_of_events_in_an_archive_is_opened() {
    let bytes = zipped(&[
        ("readme.txt", b"Hello"),
        ("x/events.geojson", EVENT.as_bytes()),
    ]);
    let (dataset, report) = open(bytes, "a.zip").unwrap();
    assert_eq!(dataset.len(), 1);
    assert!(report.problems.is_empty(), "{:?}", report.problems);
}

#[test]
fn several_files_of_events_are_layers_of_one_dataset() {
    let other = EVENT.replace("2014", "2015");
    let bytes = zipped(&[
        ("a.geojson", EVENT.as_bytes()),
        ("b.geojson", other.as_bytes()),
    ]);
    let (dataset, report) = open(bytes, "a.zip").unwrap();
    assert_eq!(
        (dataset.len(), report.rows.kept, dataset.layers().len()),
        (2, 2, 2)
    );
}

#[test]
fn files_that_hold_no_events_are_told() {
    let bytes = zipped(&[
        ("a.geojson", EVENT.as_bytes()),
        ("readme.txt", b"Hello"),
        ("b.json", b"[1,2]"),
        ("c.geojson", b"{broken"),
    ]);
    let (dataset, report) = open(bytes, "a.zip").unwrap();
    assert_eq!(dataset.len(), 1);
    let told = report
        .problems
        .iter()
        .find(|p| p.what.contains("passed over"));
    assert!(
        told.is_some_and(|p| p.what.contains("2 files")),
        "{:?}",
        report.problems
    );
}

#[test]
fn a_kmz_whose_first_file_only_leads_to_the_others_is_read() {
    let link = "<kml><NetworkLink><Link><href>layers/a.kml</href></Link></NetworkLink></kml>";
    let mark = "<kml><Placemark><name>A</name><Point><coordinates>1,2</coordinates></Point></Placemark></kml>";
    let files = [
        ("doc.kml", link.as_bytes()),
        ("layers/a.kml", mark.as_bytes()),
    ];
    let (dataset, report) = open(zipped(&files), "a.kmz").unwrap();
    assert_eq!((dataset.len(), dataset.layers().len()), (1, 0));
    let codes: Vec<_> = report.problems.iter().map(|p| p.code).collect();
    assert!(!codes.contains(&"network-link"), "{codes:?}");
}

#[test]
fn gz_is_unpacked_on_the_way() {
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gz.write_all(EVENT.as_bytes()).unwrap();
    let bytes = gz.finish().unwrap();
    assert_eq!(open(bytes.clone(), "a.geojson.gz").unwrap().0.len(), 1);
    let error = open(bytes[..bytes.len() / 2].to_vec(), "a.geojson.gz");
    assert!(error.is_err());
}

#[test]
fn of_a_gz_that_breaks_off_the_rows_before_are_kept() {
    let mut table = String::from("id,date,lat,lon\n");
    for n in 0..40_000_u32 {
        // Figures that do not pack well.
        let odd = n.wrapping_mul(2_654_435_761) % 1_000_000;
        let row = format!("e{n},2020-01-{:02},1.{odd},2.{odd}\n", n % 28 + 1);
        table += &row;
    }
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gz.write_all(table.as_bytes()).unwrap();
    let bytes = gz.finish().unwrap();
    let (whole, _) = open(bytes.clone(), "a.csv.gz").unwrap();
    assert_eq!(whole.len(), 40_000);
    let (dataset, report) = open(bytes[..bytes.len() * 3 / 4].to_vec(), "a.csv.gz").unwrap();
    assert!(
        (10_000..40_000).contains(&dataset.len()),
        "{}",
        dataset.len()
    );
    assert!(report.problems.iter().any(|p| p.code == "cut-short"));
}

#[test]
fn names_that_lead_out_and_archives_inside_are_not_followed() {
    let bytes = zipped(&[("../../evil.geojson", EVENT.as_bytes())]);
    let error = open(bytes, "a.zip").err().unwrap();
    assert!(error.what.contains("leads out"), "{error}");
    let inner = zipped(&[("a.geojson", EVENT.as_bytes())]);
    let error = open(zipped(&[("inner.zip", &inner)]), "a.zip")
        .err()
        .unwrap();
    assert!(error.what.contains("another archive"), "{error}");
}

#[test]
fn bombs_are_bounded() {
    let zeros = vec![b'0'; 80 << 20];
    let mut json = br#"{"type":"FeatureCollection","name":""#.to_vec();
    json.extend(&zeros);
    let error = open(zipped(&[("bomb.geojson", &json)]), "a.zip")
        .err()
        .unwrap();
    assert!(error.what.contains("zip bomb"), "{error}");
    assert!(error.place.contains("bomb.geojson"), "{error}");
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gz.write_all(&json).unwrap();
    let error = open(gz.finish().unwrap(), "a.geojson.gz").err().unwrap();
    assert!(error.what.contains("zip bomb"), "{error}");
}

#[test]
fn any_damage_to_an_archive_is_an_error() {
    let bytes = zipped(&[("a.geojson", EVENT.as_bytes())]);
    for cut in [4, 30, bytes.len() / 2, bytes.len() - 1] {
        assert!(open(bytes[..cut].to_vec(), "a.zip").is_err(), "{cut}");
    }
}
