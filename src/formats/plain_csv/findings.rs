//! What is wrong with the rows of a table: one problem for all rows in which
//! the same is wrong with the same column, however many they are.

use std::fmt::Write as _;

use crate::formats::{Report, Severity};

/// Values shown of those that are wrong in the same way.
const SHOWN: usize = 5;
/// Letters of a value shown.
const LETTERS: usize = 40;

/// What is wrong with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// A quote that is never closed.
    Unclosed,
    /// Fewer or more values than columns.
    Width,
    /// Not UTF-8.
    Encoding,
    /// An event without an id.
    NoId,
    /// The id of an event before.
    SameId,
    /// No number, or one out of range, for a coordinate.
    Coordinate,
    /// One coordinate without the other.
    HalfPlace,
    /// No date.
    Date,
    /// An end before its start.
    Order,
    /// No kind that is known.
    Kind,
}

impl Wrong {
    fn severity(self) -> Severity {
        match self {
            Self::NoId | Self::SameId | Self::Kind => Severity::Warning,
            _ => Severity::Error,
        }
    }

    fn what(self) -> &'static str {
        match self {
            Self::Unclosed => "a quote is opened and never closed, the line was skipped",
            Self::Width => {
                "the row has fewer or more values than there are columns; what stands in \
                 their places was read"
            }
            Self::Encoding => "the text is not UTF-8; what is not was replaced",
            Self::NoId => "the event has no id; it got one from its line",
            Self::SameId => "the id stands twice; both events are kept",
            Self::Coordinate => {
                "this is no coordinate in degrees; the event is kept without a place"
            }
            Self::HalfPlace => "a coordinate is missing; the event is kept without a place",
            Self::Date => "this cannot be read as a date; the event is kept without it",
            Self::Order => "the end is before the start, and was left out",
            Self::Kind => "this kind is not known; the event is kept as \"other\"",
        }
    }

    fn remedy(self) -> &'static str {
        match self {
            Self::Unclosed => "close the quote; write a quote inside a quoted text twice",
            Self::Width => "put texts that hold commas, quotes or line ends in double quotes",
            Self::Encoding => "save the file as UTF-8",
            Self::NoId | Self::SameId => "give each event an id of its own",
            Self::Coordinate => {
                "write latitudes from -90 to 90 and longitudes from -180 to 180, with a point"
            }
            Self::HalfPlace => "write both, or neither where the place is not known",
            Self::Date => "write for example 2017-10-04, 2016-11 or 2014",
            Self::Order => "correct one of them",
            Self::Kind => "use attack, clash, strike, raid, explosion, abduction, … or other",
        }
    }
}

/// The rows in which one thing is wrong with one column.
#[derive(Clone, Debug, PartialEq)]
struct Finding {
    wrong: Wrong,
    column: &'static str,
    /// The line of the first.
    line: u64,
    /// Why, where there is more to say than what.
    why: String,
    /// Some different values, the first one first.
    values: Vec<String>,
    rows: u64,
}

/// What is wrong with a table: bounded, whatever is in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Findings(Vec<Finding>);

impl Findings {
    /// Notes that a value is wrong.
    pub fn note(&mut self, wrong: Wrong, column: &'static str, line: u64, value: &str) {
        self.note_why(wrong, column, line, value, "");
    }

    /// Notes that a value is wrong, and why it is.
    pub fn note_why(
        &mut self,
        wrong: Wrong,
        column: &'static str,
        line: u64,
        value: &str,
        why: &str,
    ) {
        self.add(Finding {
            wrong,
            column,
            line,
            why: why.to_owned(),
            values: vec![short(value)],
            rows: 1,
        });
    }

    /// Takes in what was found further down.
    pub fn append(&mut self, other: Self) {
        for finding in other.0 {
            self.add(finding);
        }
    }

    fn add(&mut self, new: Finding) {
        let same = |f: &&mut Finding| f.wrong == new.wrong && f.column == new.column;
        let Some(known) = self.0.iter_mut().find(same) else {
            self.0.push(new);
            return;
        };
        known.rows += new.rows;
        for value in new.values {
            if known.values.len() < SHOWN && !known.values.contains(&value) {
                known.values.push(value);
            }
        }
    }

    /// Puts it into a report on a file.
    pub fn report(self, file: &str, report: &mut Report) {
        for f in self.0 {
            let place = match f.column {
                "" => format!("line {}", f.line),
                column => format!("line {}, column {column}", f.line),
            };
            let mut what = String::new();
            let (first, others) = f.values.split_first().unwrap_or((&f.why, &[]));
            if !first.is_empty() {
                let _ = write!(what, "\"{first}\": ");
            }
            what.push_str(f.wrong.what());
            if f.rows > 1 {
                let _ = write!(what, " ({} rows in all", f.rows);
                for (n, value) in others.iter().enumerate() {
                    let before = if n == 0 { "; also" } else { "," };
                    let _ = write!(what, "{before} \"{value}\"");
                }
                what.push(')');
            }
            let remedy = if f.why.is_empty() {
                f.wrong.remedy()
            } else {
                &f.why
            };
            match f.wrong.severity() {
                Severity::Error => report.error(file, place, what, remedy),
                Severity::Warning => report.warning(file, place, what, remedy),
            }
        }
    }
}

/// The beginning of a value, on one line.
fn short(value: &str) -> String {
    let mut letters = value.chars();
    let mut short: String = letters
        .by_ref()
        .take(LETTERS)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if letters.next().is_some() {
        short.push('…');
    }
    short
}
