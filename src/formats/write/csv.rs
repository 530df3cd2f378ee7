//! A table of the events: UTF-8 and laid out by RFC 4180.
//!
//! What stands in its texts is told in `formats::own`, and the profile
//! `import::record::profiles::own` reads it back.
//!
//! **Formulas:** a spreadsheet takes a cell that begins with `=`, `+`, `-` or
//! `@`, also in full width and behind blanks or line ends, for a formula. A cell
//! that begins so gets an apostrophe before it, and so does one that begins with
//! an apostrophe before one of these or another apostrophe; [`unguard`] takes it
//! off again. Numbers stay as they are.

use std::borrow::Cow;
use std::io::{self, Write};

use geo::Geometry;
use serde_json::Value;

use crate::formats::own;
use crate::model::TollKind;

use super::{Job, flat};

/// What a formula begins with, also in full width.
const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// A text cell that no spreadsheet takes for a formula.
fn guard(text: &str) -> Cow<'_, str> {
    if needs_guard(text) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

fn needs_guard(text: &str) -> bool {
    let bare = text.trim_start_matches('\'');
    let number = || text.parse::<f64>().is_ok_and(f64::is_finite);
    bare.starts_with(['\t', '\r', '\n']) || bare.trim_start().starts_with(SIGNS) && !number()
}

/// A text without the control characters that no table should hold.
fn clean(text: &str) -> Cow<'_, str> {
    if text.contains(is_odd) {
        Cow::Owned(text.replace(is_odd, "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    }
}

fn is_odd(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r')
}

/// The text of a cell that our own table holds.
#[must_use]
pub fn unguard(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if needs_guard(text) => text,
        _ => cell,
    }
}

pub(super) fn write(job: &mut Job<'_>, out: &mut dyn Write) -> io::Result<()> {
    let columns = Columns::new(flat::used(job)?);
    let mut table = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(out);
    let mut odd = 0;
    let header: Vec<_> = columns.header().map(|n| cell(&n, &mut odd)).collect();
    table.write_record(&header)?;
    let Job { scope, losses, .. } = job;
    let dataset = scope.dataset;
    let mut cells = vec![String::new(); header.len()];
    for row in scope.rows() {
        job.ticker.tick()?;
        let event = dataset.event(row);
        losses.event(&event);
        cells.iter_mut().for_each(String::clear);
        let mut put = |field: usize, text: &str| {
            if let Some(at) = columns.fields.iter().position(|f| *f == field) {
                cells[at] = cell(text, &mut odd);
            }
        };
        for (field, text) in flat::texts(dataset, row, &event, job.lang) {
            put(field, &text);
        }
        let (start, end) = flat::ends(event.when.as_ref());
        put(own::START, &start.map(flat::iso_start).unwrap_or_default());
        put(own::END, &end.map(flat::iso_end).unwrap_or_default());
        for (field, text) in position(event.geometry.as_ref()) {
            put(field, &text);
        }
        for (at, name) in columns.attributes.iter().enumerate() {
            let value = event.extra.get(name).unwrap_or(&Value::Null);
            cells[columns.fields.len() + at] = cell(&flat::plain(value), &mut odd);
        }
        table.write_record(&cells)?;
    }
    losses.add(
        "text has control characters, which are written as U+FFFD",
        "texts have control characters, which are written as U+FFFD",
        odd,
    );
    table.flush()
}

/// A cell of a text; counts those that lose something.
fn cell(text: &str, odd: &mut u64) -> String {
    let clean = clean(text);
    *odd += u64::from(matches!(clean, Cow::Owned(_)));
    guard(&clean).into_owned()
}

struct Columns {
    /// Numbers of the names in `own::NAMES`.
    fields: Vec<usize>,
    attributes: Vec<String>,
}

impl Columns {
    fn new(mut used: flat::Used) -> Self {
        used.tolls.extend([TollKind::Killed, TollKind::Wounded]);
        let mut fields: Vec<usize> = (own::ID..=own::ACTORS).collect();
        for (at, toll) in TollKind::ALL.iter().enumerate() {
            if used.tolls.contains(toll) {
                let low = own::FIGURES + 3 * at;
                fields.extend(low..low + 3);
            }
        }
        fields.extend(used.details.then_some(own::TOLLS));
        fields.extend([own::SOURCES, own::NOTES]);
        fields.extend(used.sides.then_some(own::SIDE));
        fields.extend(used.flags.then_some(own::FLAGS));
        Self {
            fields,
            attributes: used.attributes,
        }
    }

    fn header(&self) -> impl Iterator<Item = Cow<'_, str>> {
        let fields = self.fields.iter().map(|f| Cow::Borrowed(own::NAMES[*f]));
        let attributes = self
            .attributes
            .iter()
            .map(|n| own::free_name(own::bare_name(n), &[]));
        fields.chain(attributes)
    }
}

/// Latitude and longitude of a point; any other shape as WKT.
fn position(geometry: Option<&Geometry<f64>>) -> Vec<(usize, String)> {
    match geometry {
        None => Vec::new(),
        Some(Geometry::Point(p)) => {
            vec![(own::LAT, p.y().to_string()), (own::LON, p.x().to_string())]
        }
        Some(other) => vec![(own::WKT, wkt_of(other))],
    }
}

pub(super) fn wkt_of(geometry: &Geometry<f64>) -> String {
    let mut text = String::new();
    // A string takes whatever is written to it.
    let _ = wkt::to_wkt::write_geometry(&mut text, geometry);
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_are_guarded_and_numbers_are_not() {
        for (text, cell) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-5", "-5"),
            ("-5 dead", "'-5 dead"),
            ("'s-Hertogenbosch", "'s-Hertogenbosch"),
            ("'=1", "''=1"),
            ("\t=1", "'\t=1"),
            ("\n=1", "'\n=1"),
            ("\rx", "'\rx"),
            (" \u{a0}@x", "' \u{a0}@x"),
            ("＝1+1", "'＝1+1"),
            ("-0044-03-15", "'-0044-03-15"),
            ("-inf", "'-inf"),
        ] {
            assert_eq!(guard(text), cell);
            assert_eq!(unguard(cell), text);
        }
    }

    proptest! {
        #[test]
        fn every_text_comes_back(text in "['=+\\-@＝＠\\t\\r\\na0-9 ]{0,8}") {
            let cell = guard(&text);
            prop_assert_eq!(unguard(&cell), text.as_str());
            let bare = cell.trim_start();
            prop_assert!(!bare.starts_with(SIGNS) || cell.parse::<f64>().is_ok());
        }
    }
}
