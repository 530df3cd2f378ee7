#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use crate::formats::shown::{bytes, fixture, samples, shown};

#[test]
fn placemarks_of_every_sort() {
    insta::assert_snapshot!(shown(&fixture("kml/events.kml").unwrap()));
}

#[test]
fn an_entity_bomb_stays_as_it_is_written() {
    let mut text = "<!DOCTYPE kml [<!ENTITY a0 \"ha\">".to_owned();
    for n in 1..60 {
        text += &format!("<!ENTITY a{n} \"&a{};&a{};\">", n - 1, n - 1);
    }
    text += "]><kml><Placemark><name>x &a59; y</name></Placemark></kml>";
    let (dataset, report) = bytes("x.kml", text.into_bytes()).unwrap();
    assert_eq!(
        dataset.title(dataset.rows().next().unwrap(), "en"),
        "x &a59; y"
    );
    assert!(report.problems.iter().any(|p| p.code == "entities"));
}

#[test]
fn a_file_that_breaks_off_keeps_what_was_read() {
    let text = std::fs::read_to_string(
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/kml/events.kml"),
    )
    .unwrap();
    let whole = text.matches("</Placemark>").count();
    for cut in (0..text.len())
        .step_by(37)
        .filter(|c| text.is_char_boundary(*c))
    {
        let before = &text[..cut];
        let read = before.matches("</Placemark>").count();
        match bytes("x.kml", before.as_bytes().to_vec()) {
            Ok((dataset, _)) => assert!(dataset.len() == read && read <= whole, "{cut}"),
            Err(_) => assert_eq!(read, 0, "{cut}"),
        }
    }
}

#[test]
fn deep_nesting_is_bounded() {
    let text = format!("<kml>{}", "<Folder>".repeat(100_000));
    let opened = bytes("x.kml", text.into_bytes());
    assert!(
        opened.is_err()
            || opened
                .unwrap()
                .1
                .problems
                .iter()
                .any(|p| p.code == "broken-xml")
    );
}

#[test]
fn other_xml_is_named() {
    let error = bytes("x.xml", b"<rss><channel/></rss>".to_vec())
        .err()
        .unwrap();
    assert!(error.what.contains("<rss>"), "{error}");
}

#[test]
fn samples_are_opened_or_refused() {
    let mut seen = Vec::new();
    samples("kml", &mut |name, opened| {
        if !["kml", "kmz", "gpx"].iter().any(|e| name.ends_with(e)) {
            return;
        }
        seen.push(match opened {
            Ok((dataset, report)) => {
                let codes: Vec<_> = report.problems.iter().map(|p| p.code).collect();
                format!("{name}: {} {} {codes:?}", report.format, dataset.len())
            }
            Err(error) => format!("{name}: {}", error.what),
        });
    });
    seen.sort();
    if !seen.is_empty() {
        insta::assert_snapshot!(seen.join("\n"));
    }
}
