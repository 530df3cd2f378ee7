//! The two date columns of a table, and what they come to.

use std::collections::HashMap;

use crate::formats::import::record::dates::iso;
use crate::model::time::{Extent, OPEN_FUTURE, OPEN_PAST, When};

/// Expressions that are kept once read. Trade-off: a table has few different
/// ones, or so many that keeping them gains nothing.
const KEPT: usize = 1 << 14;

/// An open end.
const OPEN: &str = "..";

/// When something happened, as two columns tell.
pub(super) enum Dated {
    /// They are empty.
    Not,
    /// Within one extent.
    Extent(Extent),
    /// A set of several dates.
    Set(When),
}

/// Why two columns tell no date.
pub(super) enum Undated {
    /// The start is no date; why, and what to write.
    Start(String),
    /// The end is no date; the event is as its start says.
    End(String, Dated),
    /// The end is before the start; the event is as its start says.
    Order(Dated),
}

/// Reads dates, and remembers those that took long to read.
#[derive(Default)]
pub(super) struct Dates {
    known: HashMap<String, Result<When, String>>,
}

impl Dates {
    /// What the columns of start and end say. An end that is empty is the
    /// start; `..` is open.
    pub fn read(&mut self, start: &str, end: &str) -> Result<Dated, Undated> {
        if start.is_empty() || start == OPEN {
            if end.is_empty() && start.is_empty() {
                return Ok(Dated::Not);
            }
            let whole = format!("{start}/{end}");
            return match self.when(&whole) {
                Ok(when) => Ok(Dated::Extent(when.extent())),
                Err(why) => Err(Undated::End(why, Dated::Not)),
            };
        }
        let first = self.date(start).map_err(Undated::Start)?;
        if end.is_empty() || end == start {
            return Ok(first);
        }
        let from = extent(&first);
        match self.end(end) {
            Err(why) => Err(Undated::End(why, first)),
            Ok((_, latest)) if latest < from.start_earliest => Err(Undated::Order(first)),
            Ok(to) => Ok(Dated::Extent(Extent::spanning(
                (from.start_earliest, from.start_latest),
                to,
            ))),
        }
    }

    fn end(&mut self, text: &str) -> Result<(i64, i64), String> {
        if text == OPEN {
            return Ok((OPEN_PAST, OPEN_FUTURE));
        }
        let to = extent(&self.date(text)?);
        Ok((to.end_earliest, to.end_latest))
    }

    /// One expression.
    fn date(&mut self, text: &str) -> Result<Dated, String> {
        if let Some(extent) = iso(text.as_bytes()) {
            return Ok(Dated::Extent(extent));
        }
        self.when(text).map(|when| {
            if when.members().len() > 1 {
                Dated::Set(when)
            } else {
                Dated::Extent(when.extent())
            }
        })
    }

    fn when(&mut self, text: &str) -> Result<When, String> {
        if let Some(known) = self.known.get(text) {
            return known.clone();
        }
        let read = When::parse(text).map_err(|e| format!("{}; {}", e.what, e.remedy));
        if self.known.len() < KEPT {
            self.known.insert(text.to_owned(), read.clone());
        }
        read
    }
}

fn extent(dated: &Dated) -> Extent {
    match dated {
        Dated::Extent(extent) => *extent,
        Dated::Set(when) => when.extent(),
        Dated::Not => Extent::within(OPEN_PAST, OPEN_FUTURE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(start: &str, end: &str) -> Option<Extent> {
        match Dates::default().read(start, end) {
            Ok(Dated::Not) => None,
            Ok(dated) => Some(extent(&dated)),
            Err(Undated::Start(why) | Undated::End(why, _)) => panic!("{start}, {end}: {why}"),
            Err(Undated::Order(_)) => panic!("{start} is after {end}"),
        }
    }

    fn edtf(text: &str) -> Extent {
        When::parse(text).unwrap().extent()
    }

    #[test]
    fn two_columns_mean_what_one_interval_means() {
        for (start, end, meaning) in [
            ("2014-05-01", "", "2014-05-01"),
            ("2014-05-01", "2014-05-01", "2014-05-01"),
            ("2014", "2015-03", "2014/2015-03"),
            ("2014-05-01", "..", "2014-05-01/.."),
            ("..", "2014", "../2014"),
            ("", "2014", "/2014"),
            ("199X", "", "199X"),
            ("{2014-01,2014-05}", "", "{2014-01,2014-05}"),
            ("2014~", "2016", "2014/2016"),
        ] {
            assert_eq!(read(start, end), Some(edtf(meaning)), "{start} to {end}");
        }
        assert_eq!(read("", ""), None);
    }

    #[test]
    fn times_of_day_are_read_as_tables_write_them() {
        let wanted = Some(edtf("2014-05-01T12:30:00Z"));
        for text in [
            "2014-05-01T12:30:00Z",
            "2014-05-01 12:30",
            "2014-05-01 12:30:00.250",
            "2014-05-01T14:30:00+02:00",
            "2014-05-01T08:00-0430",
        ] {
            assert_eq!(read(text, ""), wanted, "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_told_apart() {
        let mut dates = Dates::default();
        let mut read = |start, end| dates.read(start, end);
        assert!(matches!(read("May 2014", ""), Err(Undated::Start(_))));
        assert!(matches!(
            read("2014", "soon"),
            Err(Undated::End(_, Dated::Extent(_)))
        ));
        assert!(matches!(
            read("2014", "2013"),
            Err(Undated::Order(Dated::Extent(_)))
        ));
        assert!(matches!(read("2014-02-29", ""), Err(Undated::Start(_))));
    }
}
