//! A table of events as CSV: one event a row, in any number.
//!
//! Its first row names the columns, in any order: `id`, `lat`, `lon` and
//! `date_start`, and if there are any `date_end`, `kind`, `actor` and `notes`.
//! Dates are ISO 8601 or EDTF. The file is read in blocks of whole records, of
//! which each thread converts one at a time, so that neither its text nor a
//! record an event is ever held whole.

mod blocks;
mod dates;
mod rows;
mod write;

pub use write::write;

use std::collections::HashMap;
use std::path::Path;

use rayon::prelude::*;

use crate::dataset::{Dataset, Meta, Parts, PlainEvents, PlainId};
use crate::model::{Actor, ActorIx, Localised, Schema, fold};

use super::dialect::Dialect;
use super::read::{Begun, begin};
use crate::formats::import::SAME_ID;
use crate::formats::import::{Findings, Input, Watch};
use crate::formats::{OpenError, Opened, Report, RowCounts};
use blocks::Blocks;
use rows::UNCLOSED;
use rows::{COLUMNS, Layout, Part, REQUIRED, TextId};

/// Bytes a block: large enough that cutting costs nothing, small enough that
/// all threads together hold little.
const BLOCK: usize = 1 << 22;

/// Events in columns, and the actors they refer to, with what was wrong.
pub struct Table {
    /// Title and actors.
    pub parts: Parts,
    /// The events, in the order of the file.
    pub events: PlainEvents,
    /// What was wrong with them.
    pub report: Report,
}

/// Whether the file is a table with exactly these columns.
#[must_use]
pub fn is_table(path: &Path) -> bool {
    let begun = Input::open(path).ok().and_then(|i| begin(i).ok());
    begun.is_some_and(|b| takes(&b))
}

/// Whether a table has these columns and no others, in an encoding that needs
/// no converting.
pub(super) fn takes(begun: &Begun) -> bool {
    let dialect = &begun.dialect;
    let names: Vec<String> = dialect.columns.iter().map(|c| c.to_lowercase()).collect();
    let utf8 = begun
        .known
        .get()
        .is_none_or(|(encoding, _)| encoding == encoding_rs::UTF_8);
    utf8 && dialect.header
        && dialect.preamble.is_empty()
        && dialect.shape.quotes
        && !dialect.shape.returns
        && names.iter().all(|n| COLUMNS.contains(&n.as_str()))
        // `lat` beside `LAT`: which is meant is not for this reader to say.
        && (1..names.len()).all(|at| !names[..at].contains(&names[at]))
        && COLUMNS[..REQUIRED]
            .iter()
            .all(|c| names.iter().any(|n| n == c))
}

/// Reads such a table into a dataset.
pub(super) fn open(begun: Begun, watch: &Watch) -> Result<Opened, OpenError> {
    let table = read_begun(begun, BLOCK, watch)?;
    let dataset = Dataset::from_plain(table.parts, table.events, &|_, _| {});
    Ok((dataset, table.report))
}

/// Reads a table into columns.
///
/// # Errors
/// When the file cannot be read, is empty, or lacks a column that has to be
/// there.
pub fn read(path: &Path) -> Result<Table, OpenError> {
    let begun = begin(Input::open(path)?)?;
    if !takes(&begun) {
        let what =
            "it has other columns than id, lat, lon, date_start, date_end, kind, actor, notes";
        return Err(OpenError::new(
            begun.label,
            what,
            "open it as any other table",
        ));
    }
    read_begun(begun, BLOCK, &Watch::default())
}

fn read_begun(begun: Begun, block: usize, watch: &Watch) -> Result<Table, OpenError> {
    let (label, name) = (begun.label.clone(), begun.name.clone());
    let (events, actors, counts, findings) = read_blocks(begun, block, watch)?;
    let mut report = Report {
        format: "plain table of events".to_owned(),
        rows: counts,
        problems: Vec::new(),
    };
    findings.report(&label, &mut report);
    let parts = Parts {
        meta: Meta {
            id: slug(&name),
            title: Localised::new("und", &name),
            ..Meta::default()
        },
        actors: with_ids(actors),
        ..Parts::default()
    };
    Ok(Table {
        parts,
        events,
        report,
    })
}

type Columns = (PlainEvents, Vec<String>, RowCounts, Findings);

fn read_blocks(begun: Begun, block: usize, watch: &Watch) -> Result<Columns, OpenError> {
    let Begun {
        dialect,
        rest,
        input,
        label,
        size,
        ..
    } = begun;
    let failed = |e: std::io::Error| super::read::unreadable(&label, &e);
    let layout = layout(&dialect);
    let size = size.unwrap_or(0);
    let mut blocks = Blocks::new(input, layout.delimiter, block, rest, dialect.line);
    let mut whole = Whole::default();
    loop {
        // As many at a time as there are threads, so that little is held twice.
        let mut some = Vec::new();
        while some.len() < rayon::current_num_threads() {
            let Some(block) = blocks.next().map_err(failed)? else {
                break;
            };
            some.push(block);
        }
        if some.is_empty() {
            return Ok(whole.finish());
        }
        watch.check(&label)?;
        let bytes: usize = some.iter().map(|b| b.bytes.len()).sum();
        let parts: Vec<Part> = some.par_iter().map(|b| rows::read(b, &layout)).collect();
        whole.make_room(&parts, bytes as u64, size);
        watch.advance(bytes as u64);
        for part in parts {
            whole.add(part);
        }
    }
}

/// What has been read so far.
#[derive(Default)]
struct Whole {
    events: Option<PlainEvents>,
    actors: Vec<String>,
    by_name: HashMap<String, ActorIx>,
    numbers: Vec<u64>,
    texts: Vec<TextId>,
    counts: RowCounts,
    findings: Findings,
}

impl Whole {
    /// Makes room once for what a file of `size` bytes holds if it goes on as
    /// it begins: columns that grow are held twice.
    fn make_room(&mut self, parts: &[Part], bytes: u64, size: u64) {
        let scale = (size as f64 / bytes.max(1) as f64).max(1.0) * 1.02;
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a size in memory"
        )]
        let scaled = |n: usize| (n as f64 * scale) as usize;
        self.events.get_or_insert_with(|| {
            PlainEvents::with_capacity(
                scaled(parts.iter().map(|p| p.events.len()).sum()),
                scaled(parts.iter().map(|p| p.text_bytes).sum()),
            )
        });
    }

    fn add(&mut self, mut part: Part) {
        let (kept, skipped) = (part.events.len() as u64, part.findings.rows(&UNCLOSED));
        self.counts.merge(RowCounts {
            read: kept + skipped,
            kept,
            without_place: part.without_place,
            without_date: part.without_date,
            skipped,
        });
        let mut positions = Vec::with_capacity(part.actors.len());
        for name in part.actors {
            let next = ActorIx::new(self.actors.len());
            let position = *self.by_name.entry(name.clone()).or_insert(next);
            if position == next {
                self.actors.push(name);
            }
            positions.push(position);
        }
        part.events.renumber_actors(&positions);
        let events = self.events.get_or_insert_default();
        let first = u32::try_from(events.len()).unwrap_or(u32::MAX);
        events.append(part.events);
        self.numbers.append(&mut part.ids.numbers);
        self.texts
            .extend(part.ids.texts.into_iter().map(|id| TextId {
                row: id.row.saturating_add(first),
                ..id
            }));
        self.findings.append(part.findings);
    }

    fn finish(mut self) -> Columns {
        let events = self.events.unwrap_or_default();
        self.numbers.par_sort_unstable();
        let split = |id: u64| (id >> 32, id & u64::from(u32::MAX));
        let mut twice: Vec<(u64, String)> = Vec::new();
        for pair in self.numbers.windows(2) {
            let ((before, _), (number, line)) = (split(pair[0]), split(pair[1]));
            if before == number {
                twice.push((line, number.to_string()));
            }
        }
        self.texts.par_sort_unstable();
        for pair in self.texts.windows(2) {
            if let (PlainId::Text(before), PlainId::Text(id)) =
                (events.id(pair[0].row), events.id(pair[1].row))
                && pair[0].hash == pair[1].hash
                && before == id
            {
                twice.push((u64::from(pair[1].line), id.to_owned()));
            }
        }
        twice.sort_unstable();
        for (line, id) in twice {
            self.findings.note(&SAME_ID, COLUMNS[0], line, &id);
        }
        (events, self.actors, self.counts, self.findings)
    }
}

/// Where the columns are.
fn layout(dialect: &Dialect) -> Layout {
    let name = |c: &String| c.to_lowercase();
    let at = COLUMNS.map(|column| dialect.columns.iter().position(|n| name(n) == column));
    Layout {
        at,
        width: dialect.columns.len(),
        delimiter: dialect.shape.delimiter,
    }
}

/// Actors of these names, each with an id of its own.
fn with_ids(names: Vec<String>) -> Vec<Actor> {
    let mut taken: HashMap<String, u32> = HashMap::new();
    let mut id_of = |name: &str| {
        let base = slug(name);
        let n = taken.entry(base.clone()).or_insert(0);
        *n += 1;
        let n = *n;
        if n == 1 {
            return base;
        }
        // "x 2" may be a name, too.
        let numbered = (n..).map(|n| format!("{base}-{n}"));
        let id = numbered
            .into_iter()
            .find(|id| !taken.contains_key(id))
            .unwrap_or(base);
        taken.insert(id.clone(), 1);
        id
    };
    names
        .into_iter()
        .map(|name| Actor::named(id_of(&name), name, Schema::LegalEntity))
        .collect()
}

/// A name as an id: its folded words with hyphens between them.
fn slug(name: &str) -> String {
    match fold(name).replace(' ', "-") {
        slug if slug.is_empty() => "unnamed".to_owned(),
        slug => slug,
    }
}

#[cfg(test)]
mod tests;
