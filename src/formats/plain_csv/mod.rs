//! A table of events as CSV: one event a row, in any number.
//!
//! Its first row names the columns, in any order: `id`, `lat`, `lon` and
//! `date_start`, and if there are any `date_end`, `kind`, `actor` and `notes`.
//! Dates are ISO 8601 or EDTF. The file is read in blocks of whole records, of
//! which each thread converts one at a time, so that neither its text nor a
//! record an event is ever held whole.

mod blocks;
mod dates;
mod findings;
mod rows;
mod write;

pub use write::write;

use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use rayon::prelude::*;

use crate::dataset::{Dataset, Meta, Parts, PlainEvents, PlainId, Stage};
use crate::model::{Actor, ActorIx, Localised, Schema, fold};

use super::{OpenError, Opened, Report};
use blocks::Blocks;
use findings::{Findings, Wrong};
use rows::{COLUMNS, Layout, Part, REQUIRED, TextId};

/// Bytes a block: large enough that cutting costs nothing, small enough that
/// all threads together hold little.
const BLOCK: usize = 1 << 22;
/// Bytes in which the names of the columns have to stand.
const HEAD: usize = 1 << 16;

/// Events in columns, and the actors they refer to, with what was wrong.
pub struct Table {
    /// Title and actors.
    pub parts: Parts,
    /// The events, in the order of the file.
    pub events: PlainEvents,
    /// What was wrong with them.
    pub report: Report,
}

/// Whether the file is a table of events: by its name, or by its first line.
#[must_use]
pub fn is_table(path: &Path) -> bool {
    let named = path
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("csv"));
    let begins = || {
        let mut head = Vec::new();
        let file = File::open(path).ok()?;
        file.take(HEAD as u64).read_to_end(&mut head).ok()?;
        layout(&head).ok()
    };
    named || begins().is_some()
}

/// Opens a table as a dataset; `progress` hears of the indices as they are
/// built.
///
/// # Errors
/// As [`read`].
pub fn open(path: &Path, progress: &(dyn Fn(Stage, f32) + Sync)) -> Result<Opened, OpenError> {
    let table = read(path)?;
    let dataset = Dataset::from_plain(table.parts, table.events, progress);
    Ok((dataset, table.report))
}

/// Reads a table into columns.
///
/// # Errors
/// When the file cannot be read, is empty or UTF-16, or lacks a column that has
/// to be there.
pub fn read(path: &Path) -> Result<Table, OpenError> {
    let file = File::open(path).map_err(|e| OpenError::unreadable(path, &e))?;
    let size = file.metadata().map_or(0, |m| m.len());
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let label = path.display().to_string();
    let (events, actors, findings) = read_blocks(file, size, &label, BLOCK)?;
    let mut report = Report::default();
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

type Columns = (PlainEvents, Vec<String>, Findings);

fn read_blocks(
    mut input: impl Read,
    size: u64,
    label: &str,
    block: usize,
) -> Result<Columns, OpenError> {
    let failed = |e: std::io::Error| {
        let what = format!("it cannot be read ({e})");
        OpenError::new(label, what, "check that the file is whole")
    };
    let mut head = Vec::new();
    (&mut input)
        .take(HEAD as u64)
        .read_to_end(&mut head)
        .map_err(failed)?;
    let (layout, at, line) = layout(&head).map_err(|(what, remedy)| {
        let place = format!("{label}, line 1");
        OpenError::new(if head.is_empty() { label } else { &place }, what, remedy)
    })?;
    let rest = head.split_off(at);
    let mut blocks = Blocks::new(input, layout.delimiter, block, rest, line);
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
        let bytes: usize = some.iter().map(|b| b.bytes.len()).sum();
        let parts: Vec<Part> = some.par_iter().map(|b| rows::read(b, &layout)).collect();
        whole.make_room(&parts, bytes as u64, size);
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
            self.findings.note(Wrong::SameId, COLUMNS[0], line, &id);
        }
        (events, self.actors, self.findings)
    }
}

/// Where the columns are, how many bytes the line with their names takes, and
/// the number of the next one; or what is wrong and what to do.
fn layout(head: &[u8]) -> Result<(Layout, usize, u64), (String, &'static str)> {
    let remedy = "name the columns in the first line: id,lat,lon,date_start and, if there are \
                  any, date_end,kind,actor,notes";
    if head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]) {
        return Err(("the file is UTF-16".to_owned(), "save the file as UTF-8"));
    }
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    // Empty lines before the head are passed over.
    let mut lines = text.split(|b| *b == b'\n');
    let first = lines.find(|line| !line.trim_ascii().is_empty());
    let first = first.unwrap_or_default();
    let often = |d: &u8| first.split(|b| b == d).count();
    // At a tie the last, which is the comma.
    let delimiter = *b"\t;,".iter().max_by_key(|d| often(d)).unwrap_or(&b',');
    let mut reader = rows::csv_reader(text, delimiter);
    let mut names = csv::ByteRecord::new();
    if !matches!(reader.read_byte_record(&mut names), Ok(true)) {
        return Err(("the file is empty".to_owned(), remedy));
    }
    let names: Vec<String> = names
        .iter()
        .map(|n| String::from_utf8_lossy(n).trim().to_lowercase())
        .collect();
    let at = COLUMNS.map(|column| names.iter().position(|n| n == column));
    let twice = |column: &&&str| names.iter().filter(|n| n == *column).count() > 1;
    if let Some(column) = COLUMNS.iter().find(twice) {
        return Err((format!("the column {column} stands twice"), "rename one"));
    }
    let missing: Vec<&str> = (0..REQUIRED)
        .filter(|c| at[*c].is_none())
        .map(|c| COLUMNS[c])
        .collect();
    if !missing.is_empty() {
        let what = match missing.as_slice() {
            [one] => format!("the column {one} is missing"),
            several => format!("the columns {} are missing", several.join(", ")),
        };
        return Err((what, remedy));
    }
    let layout = Layout {
        at,
        width: names.len(),
        delimiter,
    };
    let position = reader.position();
    let bytes = usize::try_from(position.byte()).unwrap_or(0) + head.len() - text.len();
    Ok((layout, bytes, position.line()))
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
