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
    assert_eq!((dataset.len(), report.rows.skipped), (1, 2));
    assert_eq!(codes, ["broken-entity", "missing-entity"]);
}

#[test]
fn many_tied_to_many_are_bounded_and_told() {
    let ids = |prefix: &str, count: usize| {
        let ids: Vec<String> = (0..count).map(|n| format!("\"{prefix}{n}\"")).collect();
        ids.join(",")
    };
    let tied = |members: usize, organisations: usize| {
        let text = format!(
            r#"{{"id":"m","schema":"Membership","properties":{{"member":[{}],"organization":[{}],"startDate":["2014"]}}}}
{{"id":"e","schema":"Event","properties":{{"name":["B"],"date":["2014"]}}}}"#,
            ids("p", members),
            ids("o", organisations)
        );
        let (dataset, report) = bytes("x.ftm.json", text.into_bytes()).unwrap();
        let told = report.problems.iter().find(|p| p.code == "too-many-pairs");
        (dataset.relations().len(), told.map(ToString::to_string))
    };
    assert_eq!(tied(20, 20), (400, None));
    // One organisation may have any number of members.
    assert_eq!(tied(3_000, 1), (3_000, None));
    let (kept, told) = tied(2_000, 2_000);
    assert_eq!(kept, 4_000);
    assert!(told.unwrap().contains("4000000 pairs, 4000 kept"));
}
