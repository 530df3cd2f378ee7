//! A report on a file in words that can be read, copied and sent on.

use std::fmt::Write as _;

use crate::formats::{Problem, Report, RowCounts};

/// Whether a report tells of rows: our own folder has none.
#[must_use]
pub fn has_rows(report: &Report) -> bool {
    report.rows != RowCounts::default()
}

/// The figures, each with the id that keys of texts end in.
#[must_use]
pub fn figures(rows: &RowCounts) -> [(&'static str, u64); 5] {
    [
        ("read", rows.read),
        ("kept", rows.kept),
        ("without-place", rows.without_place),
        ("without-date", rows.without_date),
        ("skipped", rows.skipped),
    ]
}

/// Where a problem is, and which values are wrong: what stands under it.
#[must_use]
pub fn values(problem: &Problem) -> String {
    let quoted: Vec<_> = problem.values.iter().map(|v| format!("“{v}”")).collect();
    quoted.join(", ")
}

/// The whole report as text, `labels` being what the figures are called.
#[must_use]
pub fn text(report: &Report, label: impl Fn(&str) -> String) -> String {
    let mut out = String::new();
    if !report.format.is_empty() {
        let _ = writeln!(out, "{}: {}", label("format"), report.format);
    }
    if has_rows(report) {
        for (id, n) in figures(&report.rows) {
            let _ = writeln!(out, "{}: {n}", label(id));
        }
    }
    for problem in &report.problems {
        let _ = writeln!(out, "{problem}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::Severity;

    #[test]
    fn the_text_tells_the_figures_and_every_problem() {
        let mut report = Report {
            format: "UCDP GED".to_owned(),
            ..Report::default()
        };
        report.rows.read = 12;
        report.rows.skipped = 2;
        report.problems.push(Problem {
            severity: Severity::Error,
            code: "date-unreadable",
            file: "a.csv".to_owned(),
            place: "line 3".to_owned(),
            line: Some(3),
            column: "date".to_owned(),
            values: vec!["soon".to_owned(), String::new(), "later".to_owned()],
            rows: 2,
            what: "this is no date".to_owned(),
            remedy: "write YYYY-MM-DD".to_owned(),
        });
        let text = text(&report, str::to_owned);
        assert!(text.starts_with("format: UCDP GED\nread: 12\n"), "{text}");
        assert!(text.contains("skipped: 2\n"), "{text}");
        assert!(text.contains("this is no date"), "{text}");
        assert_eq!(values(&report.problems[0]), "“soon”, “”, “later”");
        assert!(!has_rows(&Report::default()));
    }
}
