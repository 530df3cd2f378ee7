#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use crate::formats::shown::{bytes, fixture, shown};

#[test]
fn waypoints_routes_and_tracks() {
    insta::assert_snapshot!(shown(&fixture("gpx/walk.gpx").unwrap()));
}

#[test]
fn a_file_without_points_says_so() {
    let (dataset, report) = bytes("x.gpx", b"<gpx version='1.1'/>".to_vec()).unwrap();
    assert_eq!((dataset.len(), report.problems[0].code), (0, "no-event"));
    assert!(bytes("x.gpx", b"<gpx version='1.1'><wpt".to_vec()).is_err());
}
