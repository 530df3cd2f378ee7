//! A table of the events: UTF-8 and laid out by RFC 4180.
//!
//! **Formulas:** a spreadsheet takes a cell that begins with `=`, `+`, `-`, `@`,
//! a tab or a carriage return for a formula. A text cell that begins so gets an
//! apostrophe before it, and so does one that begins with an apostrophe before
//! one of these or another apostrophe; [`unguard`] takes it off again. Cells
//! that are numbers or dates by what they are stay as they are.

use std::io::{self, Write};

use geo::Geometry;
use serde_json::Value;

use crate::model::{Certainty, EventDetail, EventRow, TollKind, TollSum};

use super::{Job, flat};

const GUARDED: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A text cell that no spreadsheet takes for a formula.
fn guard(text: &str) -> String {
    if needs_guard(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn needs_guard(text: &str) -> bool {
    let bare = text.trim_start_matches('\'');
    bare.starts_with(GUARDED) && text.parse::<f64>().is_err()
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
    let used = flat::used(job)?;
    let columns = Columns::new(used);
    let mut table = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(out);
    table.write_record(&columns.header)?;
    let Job { scope, losses, .. } = job;
    let dataset = scope.dataset;
    let mut cells = Vec::with_capacity(columns.header.len());
    for row in scope.rows() {
        job.ticker.tick()?;
        let event = dataset.event(row);
        cells.clear();
        columns.event(dataset, row, &event, job.lang, &mut cells);
        note_losses(losses, &event);
        table.write_record(&cells)?;
    }
    let count = |n: usize| n as u64;
    for (one, many, n) in [
        (
            "relation is left out",
            "relations are left out",
            count(scope.relations().count()),
        ),
        (
            "actor is left with a name only",
            "actors are left with a name only",
            count(scope.actors().count()),
        ),
        (
            "source is left with title and address only",
            "sources are left with title and address only",
            count(scope.sources().count()),
        ),
    ] {
        losses.add(one, many, n);
    }
    table.flush()
}

struct Columns {
    header: Vec<String>,
    tolls: Vec<TollKind>,
    sides: bool,
    flags: bool,
    attributes: Vec<String>,
}

impl Columns {
    fn new(mut used: flat::Used) -> Self {
        used.tolls.extend([TollKind::Killed, TollKind::Wounded]);
        let tolls: Vec<_> = used.tolls.into_iter().collect();
        let fixed = "id title kind when start end lat lon wkt precision radius_m place actors";
        let mut header: Vec<String> = fixed.split(' ').map(str::to_owned).collect();
        for toll in &tolls {
            let id = toll.id();
            header.extend([format!("{id}_low"), id.to_owned(), format!("{id}_high")]);
        }
        header.extend(["sources".to_owned(), "notes".to_owned()]);
        if used.sides {
            header.push("side".to_owned());
        }
        if used.flags {
            header.push("flags".to_owned());
        }
        for name in &used.attributes {
            let name = flat::free_name(&guard(name), |n| header.iter().any(|h| h == n));
            header.push(name);
        }
        Self {
            header,
            tolls,
            sides: used.sides,
            flags: used.flags,
            attributes: used.attributes,
        }
    }

    fn event(
        &self,
        dataset: &crate::dataset::Dataset,
        row: EventRow,
        event: &EventDetail,
        lang: &str,
        cells: &mut Vec<String>,
    ) {
        let (start, end) = flat::ends(event.when.as_ref());
        cells.extend([
            guard(&event.id),
            guard(event.titles.get(lang)),
            event.kind.id().to_owned(),
            event.when.as_ref().map_or("", |w| w.edtf()).to_owned(),
            start.map(flat::iso_start).unwrap_or_default(),
            end.map(flat::iso_end).unwrap_or_default(),
        ]);
        cells.extend(position(event.geometry.as_ref()));
        cells.extend([
            event.precision.id().to_owned(),
            event.radius_m.map(|r| r.to_string()).unwrap_or_default(),
            guard(dataset.place_name(row, lang)),
            flat::actors(dataset, event, lang),
        ]);
        let figure = |n: Option<u64>| n.map(|n| n.to_string()).unwrap_or_default();
        for kind in &self.tolls {
            let TollSum { low, best, high } = flat::toll(event, *kind).0;
            cells.extend([figure(low), figure(best), figure(high)]);
        }
        cells.push(guard(&flat::sources(dataset, row, lang)));
        cells.push(guard(event.summary.get(lang)));
        if self.sides {
            let side = event
                .side
                .and_then(|s| dataset.meta().sides.get(usize::from(s)));
            cells.push(side.map(|s| guard(&s.id)).unwrap_or_default());
        }
        if self.flags {
            let flags: Vec<_> = event.flags.iter().map(|f| f.id()).collect();
            cells.push(flags.join("; "));
        }
        cells.extend(self.attributes.iter().map(|name| {
            let value = event.extra.get(name).unwrap_or(&Value::Null);
            guard(&flat::plain(value))
        }));
    }
}

/// Latitude and longitude of a point; any other shape as WKT.
fn position(geometry: Option<&Geometry<f64>>) -> [String; 3] {
    match geometry {
        None => [String::new(), String::new(), String::new()],
        Some(Geometry::Point(p)) => [p.y().to_string(), p.x().to_string(), String::new()],
        Some(other) => [String::new(), String::new(), wkt_of(other)],
    }
}

fn wkt_of(geometry: &Geometry<f64>) -> String {
    let mut text = String::new();
    // A string takes whatever is written to it.
    let _ = wkt::to_wkt::write_geometry(&mut text, geometry);
    text
}

fn note_losses(losses: &mut super::Losses, event: &EventDetail) {
    let summed = TollKind::ALL.iter().any(|what| flat::toll(event, *what).1);
    let whose = event.tolls.iter().filter(|t| t.who.is_some()).count();
    let vague = |p: &&crate::model::Participant| p.certainty != Certainty::Certain || p.inferred;
    let vague = event.participants.iter().filter(vague).count();
    let languages = |t: &crate::model::Localised| t.iter().count().saturating_sub(1);
    let values = event.extra.values();
    let nested = values.filter(|v| v.is_array() || v.is_object()).count();
    let shape = matches!(&event.geometry, Some(g) if !matches!(g, Geometry::Point(_)));
    for (one, many, n) in [
        (
            "shape is written as WKT",
            "shapes are written as WKT",
            usize::from(shape),
        ),
        (
            "event has its tolls added up",
            "events have their tolls added up",
            usize::from(summed),
        ),
        (
            "toll loses whom it counts",
            "tolls lose whom they count",
            whose,
        ),
        (
            "participant loses how certain it is",
            "participants lose how certain they are",
            vague,
        ),
        (
            "title or summary in another language is left out",
            "titles and summaries in other languages are left out",
            languages(&event.titles) + languages(&event.summary),
        ),
        (
            "attribute that is a list or an object is written as JSON",
            "attributes that are lists or objects are written as JSON",
            nested,
        ),
    ] {
        losses.add(one, many, n as u64);
    }
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
        ] {
            assert_eq!(guard(text), cell);
            assert_eq!(unguard(cell), text);
        }
    }

    proptest! {
        #[test]
        fn every_text_comes_back(text in "['=+\\-@\\ta0-9 ]{0,8}") {
            let cell = guard(&text);
            prop_assert_eq!(unguard(&cell), text.as_str());
            prop_assert!(!cell.starts_with(GUARDED) || cell.parse::<f64>().is_ok());
        }
    }
}
