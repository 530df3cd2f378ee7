#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use crate::formats::shown::{bytes, fixture, shown};

#[test]
fn events_with_sources_and_associations() {
    insta::assert_snapshot!(shown(&fixture("timemap/events.json").unwrap()));
}

fn edtf(text: &str) -> (Vec<Option<String>>, Vec<&'static str>) {
    let (dataset, report) = bytes("x.json", text.as_bytes().to_vec()).unwrap();
    let when = |row| {
        dataset
            .event(row)
            .when
            .as_ref()
            .map(|w| w.edtf().to_owned())
    };
    let codes = report.problems.iter().map(|p| p.code).collect();
    (dataset.rows().map(when).collect(), codes)
}

#[test]
fn the_order_of_day_and_month_is_decided_from_all_dates() {
    let (dates, codes) =
        edtf(r#"[{"id":1,"date":"3/4/2020"},{"id":2,"date":"25/12/2020","time":"14:30"}]"#);
    assert_eq!(dates[0].as_deref(), Some("2020-04-03"));
    assert_eq!(codes, [""; 0]);
    assert_eq!(dates[1].as_deref(), Some("2020-12-25T14:30:00Z"));
    let (dates, codes) = edtf(r#"[{"id":1,"date":"3/4/2020"}]"#);
    assert_eq!(dates[0].as_deref(), Some("2020-04-03"));
    assert_eq!(codes, ["day-first"]);
    // As timemap writes them.
    let (dates, codes) = edtf(r#"[{"id":1,"date":"3/4/2020","sources":[],"associations":[]}]"#);
    assert_eq!(dates[0].as_deref(), Some("2020-03-04"));
    assert_eq!(codes, ["month-first"]);
    let (dates, codes) = edtf(
        r#"[{"id":1,"date":"3/4/2020"},{"id":2,"date":"25/12/2020"},{"id":3,"date":"12/25/2020"}]"#,
    );
    assert_eq!(dates[0].as_deref(), Some("2020-04-03"));
    assert_eq!(
        (dates.iter().flatten().count(), codes),
        (3, vec!["day-first"])
    );
}

#[test]
fn records_a_line_and_broken_ends_are_borne() {
    let (dates, _) = edtf("{\"id\":1,\"date\":\"2014\"}\n{\"id\":2,\"date\":\"2015\"}");
    assert_eq!(dates.len(), 2);
    let (dates, codes) = edtf(r#"{"events":[{"id":1,"date":"2014"},7,{"id":2,"da"#);
    assert_eq!(
        (dates.len(), codes),
        (1, vec!["broken-record", "broken-json"])
    );
    let error = bytes("x.json", b"[{\"location\":".to_vec()).err().unwrap();
    assert!(error.what.contains("truncated"), "{error}");
}
