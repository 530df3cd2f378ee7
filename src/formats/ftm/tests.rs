#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use crate::formats::shown::{bytes, fixture, shown};

#[test]
fn entities_of_every_sort() {
    insta::assert_snapshot!(shown(&fixture("ftm/entities.ftm.json").unwrap()));
}

#[test]
fn a_list_of_entities_and_broken_lines() {
    let person = r#"{"id":"p","schema":"Person","properties":{"name":["A"]}}"#;
    let event = r#"{"id":"e","schema":"Event","properties":{"name":["B"],"date":["2014"],"involved":["p","q"]}}"#;
    let (dataset, report) = bytes("x.json", format!("[{person},{event}]").into_bytes()).unwrap();
    assert_eq!((dataset.len(), dataset.actors().len()), (1, 2));
    assert_eq!(report.problems[0].code, "missing-entity");
    let lines = format!("{person}\n{{\"id\": nonsense\n{event}\n{{\"id\":");
    let (dataset, report) = bytes("x.json", lines.into_bytes()).unwrap();
    let codes: Vec<_> = report.problems.iter().map(|p| p.code).collect();
    assert_eq!(dataset.len(), 1);
    assert_eq!(codes, ["broken-entity", "broken-json", "missing-entity"]);
}
