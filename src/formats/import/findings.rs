//! What is wrong with the rows of a file: one problem for all rows in which
//! the same is wrong with the same column, however many they are.

use crate::formats::{Problem, Report, Severity};

/// Values shown of those that are wrong in the same way.
const SHOWN: usize = 5;
/// Letters of a value shown.
const LETTERS: usize = 60;
/// Different problems kept. Trade-off: far more than anybody reads, and
/// bounded whatever is in a file.
const KEPT: usize = 1_000;

/// Marks a line that is none, but the number of a feature.
const FEATURE: u64 = 1 << 63;

/// A thing that can be wrong with a value: a constant of the reader.
#[derive(Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Short id, for scripts.
    pub id: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, and what became of the row.
    pub what: &'static str,
    /// What to do about it.
    pub remedy: &'static str,
}

#[derive(Clone, Debug)]
struct Finding {
    wrong: &'static Wrong,
    column: String,
    line: u64,
    why: String,
    values: Vec<String>,
    rows: u64,
}

/// What is wrong with a file: bounded, whatever is in it.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    list: Vec<Finding>,
    /// Numbers from now on are those of features.
    features: bool,
}

impl Findings {
    /// Notes that a value is wrong. `column` may be empty, `line` counts from 1
    /// (0 where a file has no lines).
    pub fn note(&mut self, wrong: &'static Wrong, column: &str, line: u64, value: &str) {
        self.note_why(wrong, column, line, value, "");
    }

    /// As [`Findings::note`], saying more than the constant does.
    pub fn note_why(
        &mut self,
        wrong: &'static Wrong,
        column: &str,
        line: u64,
        value: &str,
        why: &str,
    ) {
        let line = if self.features { line | FEATURE } else { line };
        if let Some(known) = self.find(wrong, column) {
            known.rows += 1;
            if known.values.len() < SHOWN {
                let value = short(value);
                if !known.values.contains(&value) {
                    known.values.push(value);
                }
            }
            return;
        }
        self.add(Finding {
            wrong,
            column: column.to_owned(),
            line,
            why: why.to_owned(),
            values: vec![short(value)],
            rows: 1,
        });
    }

    /// Takes in what was found further down in the file.
    pub fn append(&mut self, other: Self) {
        for finding in other.list {
            if let Some(known) = self.find(finding.wrong, &finding.column) {
                known.rows += finding.rows;
                for value in finding.values {
                    if known.values.len() < SHOWN && !known.values.contains(&value) {
                        known.values.push(value);
                    }
                }
            } else {
                self.add(finding);
            }
        }
    }

    /// Where a feature stands, to be noted as its line: its line from 1, or its
    /// number from 1 where several stand in one line.
    #[must_use]
    pub fn feature(number: u64, line: u64) -> u64 {
        if number > line {
            number | FEATURE
        } else {
            line
        }
    }

    /// Takes what is noted from now on for numbers of features, no lines.
    pub fn count_features(&mut self, features: bool) {
        self.features = features;
    }

    /// In how many rows this was wrong.
    #[must_use]
    pub fn rows(&self, wrong: &'static Wrong) -> u64 {
        let same = self.list.iter().filter(|f| f.wrong.id == wrong.id);
        same.map(|f| f.rows).sum()
    }

    fn find(&mut self, wrong: &'static Wrong, column: &str) -> Option<&mut Finding> {
        self.list
            .iter_mut()
            .find(|f| f.wrong.id == wrong.id && f.column == column)
    }

    fn add(&mut self, finding: Finding) {
        if self.list.len() < KEPT {
            self.list.push(finding);
        }
    }

    /// Puts it into a report on a file.
    pub fn report(self, file: &str, report: &mut Report) {
        for f in self.list {
            let feature = f.line & FEATURE != 0;
            let mut place = match f.line & !FEATURE {
                0 => String::new(),
                number if feature => format!("feature {number}"),
                line => format!("line {line}"),
            };
            if !f.column.is_empty() {
                if !place.is_empty() {
                    place.push_str(", ");
                }
                place.push_str("column ");
                place.push_str(&f.column);
            }
            report.problems.push(Problem {
                severity: f.wrong.severity,
                code: f.wrong.id,
                file: file.to_owned(),
                place,
                line: (f.line > 0 && !feature).then_some(f.line),
                column: f.column,
                // An empty value is one, too: the first belongs to the line.
                values: match f.values {
                    values if values.iter().all(String::is_empty) => Vec::new(),
                    values => values,
                },
                rows: f.rows,
                what: f.wrong.what.to_owned(),
                remedy: if f.why.is_empty() {
                    f.wrong.remedy.to_owned()
                } else {
                    f.why
                },
            });
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
