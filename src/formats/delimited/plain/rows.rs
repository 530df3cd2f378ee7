//! From a block of records to events in columns.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use csv::ByteRecord;

use crate::dataset::{PlainEvent, PlainEvents, PlainId};
use crate::model::{ActorIx, Kind, Precision};

use super::blocks::Block;
use super::dates::{Dated, Dates, Undated};
use crate::formats::Severity;
use crate::formats::import::record::generic::kind_of;
use crate::formats::import::record::wrong;
use crate::formats::import::{Findings, Wrong};

use super::super::read::{ENCODING, WIDTH};

pub(super) static UNCLOSED: Wrong = Wrong {
    id: "quote-unclosed",
    severity: Severity::Error,
    what: "a quote is opened and never closed, the line was skipped",
    remedy: "close the quote; write a quote inside a quoted text twice",
};

/// The columns that are read.
pub(super) const COLUMNS: [&str; 8] = [
    "id",
    "lat",
    "lon",
    "date_start",
    "date_end",
    "kind",
    "actor",
    "notes",
];
/// How many of them, from the first on, there have to be.
pub(super) const REQUIRED: usize = 4;

const ID: usize = 0;
const LAT: usize = 1;
const LON: usize = 2;
const START: usize = 3;
const END: usize = 4;
const KIND: usize = 5;
const ACTOR: usize = 6;
const NOTES: usize = 7;

/// Where in a record the columns stand.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Layout {
    /// Position of each of [`COLUMNS`].
    pub at: [Option<usize>; COLUMNS.len()],
    /// Number of columns, read or not.
    pub width: usize,
    pub delimiter: u8,
}

/// The ids of some events, to find those that stand twice.
#[derive(Default)]
pub(super) struct Ids {
    /// Ids that are numbers, in the upper half, and their lines.
    pub numbers: Vec<u64>,
    /// Ids that are texts.
    pub texts: Vec<TextId>,
}

/// An id that is a text, without the text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TextId {
    pub hash: u64,
    pub line: u32,
    pub row: u32,
}

/// What a block comes to.
pub(super) struct Part {
    pub events: PlainEvents,
    /// Names of the actors to which the events refer by their position here.
    pub actors: Vec<String>,
    pub ids: Ids,
    pub findings: Findings,
    /// Bytes that the texts of the events take.
    pub text_bytes: usize,
    pub without_place: u64,
    pub without_date: u64,
}

/// Reads one block.
pub(super) fn read(block: &Block, layout: &Layout) -> Part {
    let rows = block.bytes.len() / 64;
    let mut reader = Reader {
        layout,
        dates: Dates::default(),
        kinds: HashMap::new(),
        actors: HashMap::new(),
        part: Part {
            events: PlainEvents::with_capacity(rows, block.bytes.len() / 4),
            actors: Vec::new(),
            ids: Ids {
                numbers: Vec::with_capacity(rows),
                ..Ids::default()
            },
            findings: Findings::default(),
            text_bytes: 0,
            without_place: 0,
            without_date: 0,
        },
    };
    if block.unclosed {
        let text = String::from_utf8_lossy(&block.bytes);
        let findings = &mut reader.part.findings;
        findings.note(&UNCLOSED, "", block.first_line, text.trim());
        return reader.part;
    }
    let mut records = csv_reader(&block.bytes, layout.delimiter);
    let mut record = ByteRecord::new();
    // Reading from memory cannot fail.
    while matches!(records.read_byte_record(&mut record), Ok(true)) {
        let line = record.position().map_or(1, |p| line_of(&block.bytes, p));
        reader.row(&record, block.first_line + line - 1);
    }
    reader.part
}

/// The line, from 1, in which the record at a position begins: behind the empty
/// lines that the position is before.
fn line_of(bytes: &[u8], position: &csv::Position) -> u64 {
    let at = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let empty = bytes.get(at..).unwrap_or_default().iter();
    let empty = empty.take_while(|b| matches!(b, b'\n' | b'\r'));
    position.line() + empty.map(|b| u64::from(*b == b'\n')).sum::<u64>()
}

/// A reader of records that takes them as they come.
pub(super) fn csv_reader(bytes: &[u8], delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(bytes)
}

struct Reader<'a> {
    layout: &'a Layout,
    dates: Dates,
    /// Kinds by the word that stands for them.
    kinds: HashMap<Vec<u8>, Option<Kind>>,
    /// Positions of actors by name.
    actors: HashMap<Vec<u8>, ActorIx>,
    part: Part,
}

impl Reader<'_> {
    fn row(&mut self, record: &ByteRecord, line: u64) {
        if record.len() != self.layout.width {
            let widths = format!("{} of {}", record.len(), self.layout.width);
            self.part.findings.note(&WIDTH, "", line, &widths);
        }
        let lon_lat = self.place(record, line);
        let dated = self.when(record, line);
        self.part.without_place += u64::from(lon_lat.is_none());
        self.part.without_date += u64::from(matches!(dated, Dated::Not));
        let kind = self.kind(record, line);
        let actor = self.actor(record, line);
        let notes = self.text(record, NOTES, line);
        let id = self.text(record, ID, line);
        let id = id.trim();
        let made_up;
        let id = if id.is_empty() {
            self.part.findings.note(&wrong::NO_ID, "id", line, "");
            made_up = format!("line-{line}");
            PlainId::Text(&made_up)
        } else {
            plain_id(id)
        };
        self.remember(id, line);
        self.part.text_bytes += notes.len() + 8;
        let event = PlainEvent {
            id,
            extent: None,
            lon_lat,
            precision: Precision::Unknown,
            kind,
            side: None,
            actor,
            place: None,
            killed: None,
            title: "",
            notes: &notes,
        };
        let events = &mut self.part.events;
        match dated {
            Dated::Not => events.push(&event),
            Dated::Set(when) => events.push_set(&event, &when),
            Dated::Extent(extent) => events.push(&PlainEvent {
                extent: Some(extent),
                ..event
            }),
        }
    }

    fn remember(&mut self, id: PlainId<'_>, line: u64) {
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        match id {
            PlainId::Number(n) => {
                let ids = &mut self.part.ids.numbers;
                ids.push(u64::from(n) << 32 | u64::from(line));
            }
            PlainId::Text(text) => {
                let mut hasher = DefaultHasher::new();
                text.hash(&mut hasher);
                self.part.ids.texts.push(TextId {
                    hash: hasher.finish(),
                    line,
                    row: u32::try_from(self.part.events.len()).unwrap_or(u32::MAX),
                });
                self.part.text_bytes += text.len();
            }
        }
    }

    fn bytes<'r>(&self, record: &'r ByteRecord, column: usize) -> &'r [u8] {
        let at = self.layout.at[column];
        at.and_then(|at| record.get(at)).unwrap_or_default()
    }

    /// A value as text; what is no UTF-8 is replaced.
    fn text<'r>(&mut self, record: &'r ByteRecord, column: usize, line: u64) -> Cow<'r, str> {
        let text = String::from_utf8_lossy(self.bytes(record, column));
        if let Cow::Owned(text) = &text {
            let name = COLUMNS[column];
            self.part.findings.note(&ENCODING, name, line, text);
        }
        text
    }

    fn place(&mut self, record: &ByteRecord, line: u64) -> Option<(f64, f64)> {
        let empty = |bytes: &[u8]| bytes.trim_ascii().is_empty();
        let (lat, lon) = (self.bytes(record, LAT), self.bytes(record, LON));
        match (empty(lat), empty(lon)) {
            (true, true) => return None,
            (true, false) | (false, true) => {
                let missing = if empty(lat) { LAT } else { LON };
                let findings = &mut self.part.findings;
                findings.note(&wrong::HALF_PLACE, COLUMNS[missing], line, "");
                return None;
            }
            (false, false) => {}
        }
        let lat = self.degrees(lat, LAT, 90.0, line);
        let lon = self.degrees(lon, LON, 180.0, line);
        Some((lon?, lat?))
    }

    fn degrees(&mut self, bytes: &[u8], column: usize, most: f64, line: u64) -> Option<f64> {
        let text = std::str::from_utf8(bytes).unwrap_or_default().trim();
        let degrees = text.parse().ok().filter(|d: &f64| d.abs() <= most);
        if degrees.is_none() {
            let text = String::from_utf8_lossy(bytes);
            let findings = &mut self.part.findings;
            findings.note(&wrong::COORDINATE, COLUMNS[column], line, &text);
        }
        degrees
    }

    fn when(&mut self, record: &ByteRecord, line: u64) -> Dated {
        let start = self.text(record, START, line);
        let end = self.text(record, END, line);
        let (start, end) = (start.trim(), end.trim());
        let findings = &mut self.part.findings;
        match self.dates.read(start, end) {
            Ok(dated) => dated,
            Err(Undated::Start(why)) => {
                findings.note_why(&wrong::DATE, COLUMNS[START], line, start, &why);
                Dated::Not
            }
            Err(Undated::End(why, dated)) => {
                findings.note_why(&wrong::DATE, COLUMNS[END], line, end, &why);
                dated
            }
            Err(Undated::Order(dated)) => {
                findings.note(&wrong::ORDER, COLUMNS[END], line, end);
                dated
            }
        }
    }

    fn kind(&mut self, record: &ByteRecord, line: u64) -> Kind {
        let bytes = self.bytes(record, KIND);
        let kind = if let Some(kind) = self.kinds.get(bytes) {
            *kind
        } else {
            let kind = kind_of(&String::from_utf8_lossy(bytes));
            self.kinds.insert(bytes.to_vec(), kind);
            kind
        };
        kind.unwrap_or_else(|| {
            let text = String::from_utf8_lossy(bytes);
            let findings = &mut self.part.findings;
            findings.note(&wrong::KIND, COLUMNS[KIND], line, text.trim());
            Kind::Other
        })
    }

    fn actor(&mut self, record: &ByteRecord, line: u64) -> Option<ActorIx> {
        let bytes = self.bytes(record, ACTOR).trim_ascii();
        if bytes.is_empty() {
            return None;
        }
        if let Some(actor) = self.actors.get(bytes) {
            return Some(*actor);
        }
        let name = self.text(record, ACTOR, line).trim().to_owned();
        let actor = ActorIx::new(self.part.actors.len());
        self.part.actors.push(name);
        self.actors.insert(bytes.to_vec(), actor);
        Some(actor)
    }
}

/// A number written as it is printed is kept as one.
fn plain_id(id: &str) -> PlainId<'_> {
    let number = id.parse().ok().filter(|n: &u32| *n < u32::MAX);
    match number {
        Some(n) if id == "0" || !id.starts_with(['+', '0']) => PlainId::Number(n),
        _ => PlainId::Text(id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_written_as_they_are_printed_are_numbers() {
        for (id, number) in [("0", true), ("17", true), ("4294967294", true)] {
            assert_eq!(matches!(plain_id(id), PlainId::Number(_)), number, "{id}");
        }
        for id in ["007", "00", "+5", "-1", "4294967295", "1e3", "a"] {
            assert_eq!(plain_id(id), PlainId::Text(id));
        }
    }

    #[test]
    fn kinds_are_known_by_id_word_and_code_book() {
        assert_eq!(kind_of("attack"), Some(Kind::Attack));
        assert_eq!(kind_of(" Leader Killing "), Some(Kind::LeaderKilling));
        assert_eq!(kind_of("Armed clash"), Some(Kind::Clash));
        assert_eq!(kind_of("Other"), Some(Kind::Other));
        assert_eq!(kind_of(""), Some(Kind::Other));
        assert_eq!(kind_of("ambush"), None);
    }
}
