//! Every example that python-edtf publishes, read by us: the same range, or a
//! stated reason for another.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use chronotope::model::time::{CivilDateTime, OPEN_FUTURE, OPEN_PAST, When};

const EXAMPLES: &str = include_str!("fixtures/edtf/edtf_examples.tsv");

/// The first and last day that we read, where it is not what python-edtf says.
const OURS: &[(&str, &str, &str, &str)] = &[
    ("/2006", "-inf", "2006-12-31", UNKNOWN),
    ("2004-06-01/", "2004-06-01", "inf", UNKNOWN),
    ("1984-06-02?/", "1984-06-02", "inf", UNKNOWN),
    ("2010-24", "2010-12-01", "2011-02-28", WINTER),
    ("1950S2", "1900-01-01", "1999-12-31", SIGNIFICANT),
    ("1953S2", "1900-01-01", "1999-12-31", SIGNIFICANT),
    ("1953S3", "1950-01-01", "1959-12-31", SIGNIFICANT),
    (
        "Y17101E4S3",
        "171000000-01-01",
        "171999999-12-31",
        SIGNIFICANT,
    ),
    ("Y3388E2S3", "338000-01-01", "338999-12-31", SIGNIFICANT),
    (
        "Y171010000S3",
        "171000000-01-01",
        "171999999-12-31",
        SIGNIFICANT,
    ),
];

const UNKNOWN: &str = "an unknown end is not known; python-edtf assumes ten years";
const WINTER: &str = "winter goes on into the next year; python-edtf stops in December";
const SIGNIFICANT: &str =
    "some year with these leading digits (ISO 8601-2, 4.4.3); python-edtf keeps the estimate";

/// The strict range of the `expected` column: its first two values, or one day.
fn strict_range(expected: &str) -> (String, String) {
    let values: Vec<&str> = expected
        .trim_matches(['(', ')'])
        .split(',')
        .map(|value| value.trim().trim_matches('\''))
        .filter(|value| !value.is_empty())
        .collect();
    match values[..] {
        // One value, or three: a day, and the two ends of its fuzzy range.
        [day] | [day, _, _] => (day.to_owned(), day.to_owned()),
        [first, last, ..] => (first.to_owned(), last.to_owned()),
        [] => (String::new(), String::new()),
    }
}

fn day(ms: i64) -> String {
    match ms {
        OPEN_PAST => "-inf".to_owned(),
        OPEN_FUTURE => "inf".to_owned(),
        _ => {
            let at = CivilDateTime::from_millis(ms);
            let sign = if at.year < 0 { "-" } else { "" };
            format!("{sign}{:04}-{:02}-{:02}", at.year.abs(), at.month, at.day)
        }
    }
}

#[test]
fn published_examples_denote_what_they_should() {
    let mut seen = Vec::new();
    let mut rows = 0;
    for line in EXAMPLES.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [text, "valid", _, _, _, expected] = columns[..] else {
            panic!("unexpected row: {line}");
        };
        rows += 1;
        let when = When::parse(text).unwrap_or_else(|error| panic!("{error}"));
        let extent = when.extent();
        let read = (day(extent.start_earliest), day(extent.end_latest));
        let theirs = strict_range(expected);
        if let Some((_, first, last, reason)) = OURS.iter().find(|row| row.0 == text) {
            assert_eq!(
                read,
                ((*first).to_owned(), (*last).to_owned()),
                "{text}: {reason}"
            );
            assert_ne!(read, theirs, "{text} no longer differs: {reason}");
            seen.push(text);
        } else {
            assert_eq!(read, theirs, "{text}");
        }
    }
    assert_eq!(rows, 94, "rows in the file");
    assert_eq!(
        seen.len(),
        OURS.len(),
        "a row of the table is not in the file"
    );
}

#[test]
fn a_second_with_a_shift_is_a_second_in_utc() {
    let extent = When::parse("2004-01-01T10:10:10+05:00")
        .unwrap_or_else(|error| panic!("{error}"))
        .extent();
    let at = CivilDateTime::from_millis(extent.start_earliest);
    assert_eq!((at.hour, at.minute, at.second), (5, 10, 10));
    assert_eq!(extent.end_latest - extent.start_earliest, 999);
}
