//! From a file to a dataset.

use std::io::Read;

use encoding_rs::Encoding;
use rayon::prelude::*;

use crate::dataset::{Meta, Parts, PlainEvents};
use crate::formats::Severity::{Error, Warning};
use crate::formats::import::{Draft, Gather, Input, Mapping, Plan, Watch, Wrong};
use crate::formats::{OpenError, OpenOptions, Opened, Report};
use crate::model::{Localised, fold};

use super::dialect::{self, Dialect};
use super::encoding::{Decoded, Known};
use super::plain;
use super::records::{Records, Shape, cut};

/// Bytes a block: large enough that cutting costs nothing, small enough that
/// all threads together hold little.
const BLOCK: usize = 1 << 22;
/// A record longer than this is left out.
const LONGEST: usize = 1 << 24;
/// Bytes by which the dialect is told.
const HEAD: usize = 1 << 17;
/// Bytes that are looked through for a date that tells day from month.
const LOOK_AHEAD: usize = 1 << 26;
/// Values of a column that the plan is shown.
const SAMPLES: usize = 2_000;

macro_rules! wrongs {
    ($($name:ident = $id:literal, $severity:ident, $what:literal, $remedy:literal;)*) => {
        $(pub(super) static $name: Wrong = Wrong {
            id: $id, severity: $severity, what: $what, remedy: $remedy,
        };)*
    };
}

wrongs! {
    WIDTH = "width", Error,
        "the row has fewer or more values than there are columns; what stands in their places was read",
        "put texts that hold delimiters, quotes or line ends in double quotes";
    BROKEN = "quote", Warning,
        "a quote inside a quoted text is not doubled, or a quote is never closed; it was taken as a letter",
        "write a quote inside a quoted text twice";
    ENCODING = "encoding", Error,
        "the text is not all UTF-8; what is not was replaced",
        "save the file as UTF-8";
    GUESSED = "encoding-guessed", Warning,
        "the file does not say its encoding, which was taken from its letters",
        "if words look wrong, save the file as UTF-8";
    LONG = "too-long", Error,
        "a row is longer than 16 MiB and was left out",
        "check that its quotes are closed";
    EMPTY = "empty-row", Warning,
        "a row has no values and was left out",
        "delete it";
    PREAMBLE = "preamble", Warning,
        "lines before the names of the columns were passed over",
        "delete them, if the names are not where they should be";
    NO_HEADER = "no-header", Warning,
        "the first row does not name the columns",
        "write the names of the columns into the first row, or name them by their number in --map, as \"column 1\"=id";
    TWICE = "same-column", Warning,
        "two columns have the same name; the second got a number",
        "rename one";
    NO_DATE = "no-date-column", Warning,
        "no column was recognised as a date; the events are kept without one",
        "say which it is with --map COLUMN=date";
    NO_PLACE = "no-place-column", Warning,
        "no columns were recognised as coordinates; the events are kept without a place",
        "say which they are with --map COLUMN=lat,COLUMN=lon";
    NO_ROWS = "no-rows", Warning,
        "there is no row behind the names of the columns",
        "check that the file is whole";
    NULS = "nul", Error,
        "the text holds NUL bytes, which were left out",
        "check that the file is whole";
}

/// Whether the beginning of a file is a table of delimited text.
#[must_use]
pub fn recognises(head: &[u8]) -> bool {
    let Ok(text) = decoded_head(head) else {
        return false;
    };
    if is_binary(&text) || text.trim_start().starts_with(['{', '[', '<']) {
        return false;
    }
    dialect::tell(&text, head.len() < (1 << 16)).is_ok_and(|d| d.header || d.columns.len() > 2)
}

fn decoded_head(head: &[u8]) -> std::io::Result<String> {
    let (mut decoded, _) = Decoded::new(head, head)?;
    let mut bytes = Vec::new();
    decoded.read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Whether a text is none: control characters of which no text has many.
fn is_binary(text: &str) -> bool {
    let odd = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{1a}');
    let odd = text.chars().filter(|c| odd(*c) || *c == '\u{fffd}').count();
    odd * 50 > text.len().max(50)
}

/// A file whose dialect is known.
pub(super) struct Begun {
    pub dialect: Dialect,
    /// What is decoded but not yet read, behind the header.
    pub rest: Vec<u8>,
    pub input: Decoded<Box<dyn Read + Send>>,
    pub known: Known,
    pub label: String,
    pub name: String,
    /// Bytes of the file, where that is known.
    pub size: Option<u64>,
}

/// Decodes the beginning of a file and tells its dialect.
pub(super) fn begin(input: Input) -> Result<Begun, OpenError> {
    let (label, name, size) = (input.label.clone(), input.name.clone(), input.size);
    let failed = |e: std::io::Error| unreadable(&label, &e);
    let head = input.head().to_vec();
    let (mut input, known) = Decoded::new(input.into_reader(), &head).map_err(failed)?;
    let mut rest = Vec::new();
    let read = (&mut input).take(HEAD as u64).read_to_end(&mut rest);
    let whole = read.map_err(failed)? < HEAD;
    let text = head_text(&rest);
    if is_binary(&text) {
        return Err(OpenError::new(
            label,
            "this is no text: it is binary, or damaged",
            "open a table as CSV, or another format that Chronotope reads",
        ));
    }
    let dialect = dialect::tell(&text, whole)
        .map_err(|(what, remedy)| OpenError::new(label.clone(), what, remedy))?;
    // Where the header ends among the bytes: the text before may be mended.
    let skip = if std::str::from_utf8(&rest).is_ok() {
        dialect.skip
    } else {
        skip_in(&rest, dialect.skip)
    };
    rest.drain(..skip.min(rest.len()));
    Ok(Begun {
        dialect,
        rest,
        input,
        known,
        label,
        name,
        size,
    })
}

fn head_text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// Where a place in a mended text lies in the bytes it was made of.
fn skip_in(bytes: &[u8], skip: usize) -> usize {
    let (mut in_text, mut in_bytes) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        if in_text + chunk.valid().len() >= skip {
            return in_bytes + (skip - in_text);
        }
        in_text += chunk.valid().len();
        in_bytes += chunk.valid().len() + chunk.invalid().len();
        if !chunk.invalid().is_empty() {
            in_text += '\u{fffd}'.len_utf8();
        }
    }
    in_bytes
}

pub(super) fn unreadable(label: &str, error: &std::io::Error) -> OpenError {
    OpenError::new(
        label,
        format!("it cannot be read ({error})"),
        "check that the file is whole",
    )
}

/// Some records, and what was wrong with their text.
#[derive(Debug)]
pub(super) struct Block {
    pub records: Records,
    pub bytes: u64,
    /// Lines with what is no UTF-8.
    damaged: Option<(u64, String)>,
    nuls: Option<u64>,
}

impl Block {
    /// Whether nothing is wrong with its text.
    pub fn is_sound(&self) -> bool {
        self.damaged.is_none() && self.nuls.is_none() && self.records.broken.is_empty()
    }
}

/// Raw bytes of whole records.
struct Raw {
    bytes: Vec<u8>,
    line: u64,
}

/// The blocks of a file, one after another.
pub(super) struct Blocks {
    begun: Begun,
    size: usize,
    line: u64,
    ended: bool,
    /// Lines of rows that were too long.
    long: Vec<u64>,
}

impl Blocks {
    pub fn new(begun: Begun, size: usize) -> Self {
        let line = begun.dialect.line;
        Self {
            begun,
            size,
            line,
            ended: false,
            long: Vec::new(),
        }
    }

    /// The next bytes that are whole records; `None` at the end.
    fn raw(&mut self) -> Result<Option<Raw>, OpenError> {
        let shape = self.begun.dialect.shape;
        let mut size = self.size;
        loop {
            self.fill(size)?;
            let rest = &self.begun.rest;
            if rest.is_empty() {
                return Ok(None);
            }
            let end = cut(rest, shape, self.ended);
            if end > 0 && end <= LONGEST.max(self.size) {
                let left = self.begun.rest.split_off(end);
                let bytes = std::mem::replace(&mut self.begun.rest, left);
                let line = self.line;
                self.line += shape.lines(&bytes);
                return Ok(Some(Raw { bytes, line }));
            }
            if rest.len() >= LONGEST || end > LONGEST {
                self.leave_out()?;
                continue;
            }
            size = (size * 2).min(LONGEST);
        }
    }

    /// Passes over the rest of a line.
    fn leave_out(&mut self) -> Result<(), OpenError> {
        let shape = self.begun.dialect.shape;
        if self.long.len() < 1_000 {
            self.long.push(self.line);
        }
        loop {
            let rest = &mut self.begun.rest;
            if let Some(n) = memchr::memchr2(b'\n', b'\r', rest) {
                let both = rest[n] == b'\r' && rest.get(n + 1) == Some(&b'\n');
                let passed: Vec<u8> = rest.drain(..=n + usize::from(both)).collect();
                self.line += shape.lines(&passed);
                return Ok(());
            }
            rest.clear();
            if self.ended {
                return Ok(());
            }
            self.fill(self.size.max(1 << 16))?;
        }
    }

    fn fill(&mut self, size: usize) -> Result<(), OpenError> {
        let missing = size.saturating_sub(self.begun.rest.len()) as u64;
        if !self.ended && missing > 0 {
            // Grown at once: the reader would feel its way.
            let room = usize::try_from(missing).unwrap_or(0).saturating_add(64);
            self.begun.rest.reserve_exact(room);
            let read = (&mut self.begun.input)
                .take(missing)
                .read_to_end(&mut self.begun.rest)
                .map_err(|e| unreadable(&self.begun.label, &e))?;
            self.ended = (read as u64) < missing;
        }
        Ok(())
    }

    /// The first block only.
    pub fn first(&mut self) -> Result<Vec<Block>, OpenError> {
        let raw = self.raw()?;
        let shape = self.begun.dialect.shape;
        Ok(raw.into_iter().map(|raw| part(raw, shape)).collect())
    }

    /// As many blocks as there are threads, as they are.
    fn several(&mut self, watch: &Watch) -> Result<Vec<Raw>, OpenError> {
        watch.check(&self.begun.label)?;
        let mut raw = Vec::new();
        while raw.len() < 2 * rayon::current_num_threads() {
            let Some(block) = self.raw()? else { break };
            raw.push(block);
        }
        Ok(raw)
    }

    /// As many blocks as there are threads, parted into fields.
    pub fn next(&mut self, watch: &Watch) -> Result<Vec<Block>, OpenError> {
        let raw = self.several(watch)?;
        let shape = self.begun.dialect.shape;
        Ok(raw.into_par_iter().map(|raw| part(raw, shape)).collect())
    }
}

/// Parts a block into fields.
fn part(raw: Raw, shape: Shape) -> Block {
    let size = raw.bytes.len() as u64;
    let (text, damaged) = match String::from_utf8(raw.bytes) {
        Ok(text) => (text, None),
        Err(e) => {
            let bytes = e.as_bytes();
            let upto = e.utf8_error().valid_up_to();
            let line = raw.line + shape.lines(&bytes[..upto]);
            let shown = &bytes[upto.saturating_sub(20)..bytes.len().min(upto + 20)];
            let shown = String::from_utf8_lossy(shown).into_owned();
            (
                String::from_utf8_lossy(bytes).into_owned(),
                Some((line, shown)),
            )
        }
    };
    let nul = memchr::memchr(0, text.as_bytes());
    let nuls = nul.map(|n| raw.line + shape.lines(&text.as_bytes()[..n]));
    let text = if nuls.is_some() {
        text.replace('\0', "")
    } else {
        text
    };
    Block {
        records: Records::of(text, shape, raw.line),
        bytes: size,
        damaged,
        nuls,
    }
}

/// Reads a table.
///
/// # Errors
/// When it cannot be read, is no table, or the mapping names columns that are
/// not there.
pub fn read(input: Input, options: &OpenOptions, watch: &Watch) -> Result<Opened, OpenError> {
    read_in_blocks(input, options, watch, BLOCK)
}

pub(super) fn read_in_blocks(
    input: Input,
    options: &OpenOptions,
    watch: &Watch,
    size: usize,
) -> Result<Opened, OpenError> {
    let gathered = gathered_in_blocks(input, options, watch, (size, true))?;
    let Gathered {
        gather,
        label,
        format,
        meta,
    } = gathered;
    Ok(gather.finish(&label, &format, meta, watch))
}

/// What was read of a file, before a dataset is made of it.
pub(super) struct Gathered {
    gather: Gather,
    label: String,
    format: String,
    meta: Meta,
}

impl Gathered {
    /// In columns.
    pub fn columns(self) -> (Parts, PlainEvents, Report) {
        self.gather.columns(&self.label, &self.format, self.meta)
    }
}

/// Reads a table, without making a dataset of it.
pub(super) fn gathered(
    input: Input,
    options: &OpenOptions,
    watch: &Watch,
) -> Result<Gathered, OpenError> {
    gathered_in_blocks(input, options, watch, (BLOCK, true))
}

/// As [`gathered`], in blocks of so many bytes, and with the quick way for the
/// plainest tables or without it.
pub(super) fn gathered_in_blocks(
    input: Input,
    options: &OpenOptions,
    watch: &Watch,
    (size, quick): (usize, bool),
) -> Result<Gathered, OpenError> {
    watch.expect(input.size.unwrap_or(0));
    let begun = begin(input)?;
    let mapping = options.mapping.as_ref();
    if let Some(mapping) = mapping {
        check_mapping(mapping, &begun)?;
    }
    let (dialect, known, label, name) = (
        begun.dialect.clone(),
        begun.known.clone(),
        begun.label.clone(),
        begun.name.clone(),
    );
    let file_size = begun.size;
    let mut blocks = Blocks::new(begun, size);
    let mut ahead = blocks.next(watch)?;
    let mut gather = plain::room(&dialect, &ahead, file_size);
    let mut plan = plan(&dialect, &ahead, mapping, &mut gather);
    look_ahead(&mut plan, &mut ahead, &mut blocks, watch)?;
    about_the_file(&dialect, &plan, &mut gather);
    let layout = plain::Layout::as_planned(&dialect, &plan);
    let layout = layout.filter(|_| quick && mapping.is_none());
    fill(
        ahead,
        &mut blocks,
        (&plan, layout.as_ref()),
        &mut gather,
        watch,
    )?;
    for line in &blocks.long {
        gather.skip();
        gather.findings.note(&LONG, "", *line, "");
    }
    if gather.is_empty() && !dialect.header {
        return Err(OpenError::new(
            label,
            "there are no rows in it",
            "open a table with a header and one event a row",
        ));
    }
    if gather.is_empty() && gather.counts().skipped == 0 {
        gather.findings.note(&NO_ROWS, "", 1, "");
    }
    let encoding = known.get();
    if let Some((encoding, true)) = encoding {
        gather.findings.note(&GUESSED, "", 0, encoding.name());
    }
    let format = match layout {
        Some(_) => plain::NAME.to_owned(),
        None => format_name(&plan, &dialect, encoding.map(|e| e.0)),
    };
    let meta = Meta {
        id: slug(&name),
        title: Localised::new("und", &name),
        ..Meta::default()
    };
    Ok(Gathered {
        gather,
        label,
        format,
        meta,
    })
}

fn check_mapping(mapping: &Mapping, begun: &Begun) -> Result<(), OpenError> {
    let missing = mapping.missing(&begun.dialect.columns);
    if missing.is_empty() {
        return Ok(());
    }
    let columns = &begun.dialect.columns;
    let mut all = columns
        .iter()
        .take(60)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    if columns.len() > 60 {
        all.push_str(", …");
    }
    Err(OpenError::new(
        begun.label.clone(),
        format!("there is no column {}", missing.join(", ")),
        format!("the columns are {all}"),
    ))
}

/// Makes the plan by what stands in the first blocks.
pub(super) fn plan(
    dialect: &Dialect,
    blocks: &[Block],
    mapping: Option<&Mapping>,
    gather: &mut Gather,
) -> Plan {
    let samples = |column: usize| {
        blocks
            .iter()
            .flat_map(|b| (0..b.records.len()).map(move |r| b.records.get(r, column).to_owned()))
            .take(SAMPLES)
            .collect()
    };
    Plan::new(&dialect.columns, &samples, mapping, gather)
}

/// Reads on until a date tells whether day or month comes first, as far as is
/// bearable.
fn look_ahead(
    plan: &mut Plan,
    ahead: &mut Vec<Block>,
    blocks: &mut Blocks,
    watch: &Watch,
) -> Result<(), OpenError> {
    let mut looked = 0;
    let mut from = 0;
    loop {
        let columns = plan.undecided();
        if columns.is_empty() {
            return Ok(());
        }
        for block in &ahead[from..] {
            looked += usize::try_from(block.bytes).unwrap_or(usize::MAX);
            for record in 0..block.records.len() {
                for column in &columns {
                    plan.see_date(*column, block.records.get(record, *column));
                }
            }
        }
        if plan.undecided().is_empty() || looked > LOOK_AHEAD {
            return Ok(());
        }
        from = ahead.len();
        let more = blocks.next(watch)?;
        if more.is_empty() {
            return Ok(());
        }
        ahead.extend(more);
    }
}

/// What is to be said of the file as a whole.
fn about_the_file(dialect: &Dialect, plan: &Plan, gather: &mut Gather) {
    let findings = &mut gather.findings;
    for line in &dialect.preamble {
        findings.note(&PREAMBLE, "", 1, line);
    }
    for name in &dialect.twice {
        findings.note(&TWICE, name, dialect.line.saturating_sub(1), "");
    }
    if !dialect.header && plan.profile().is_none() {
        findings.note(&NO_HEADER, "", 1, "");
    }
    let columns = || {
        dialect
            .columns
            .iter()
            .take(12)
            .cloned()
            .collect::<Vec<_>>()
            .join(", ")
    };
    if !plan.has_date() {
        findings.note(&NO_DATE, "", 0, &columns());
    }
    if !plan.has_place() {
        findings.note(&NO_PLACE, "", 0, &columns());
    }
}

/// Turns records into events, those of each block on a thread of its own.
fn fill(
    ahead: Vec<Block>,
    blocks: &mut Blocks,
    (plan, layout): (&Plan, Option<&plain::Layout>),
    gather: &mut Gather,
    watch: &Watch,
) -> Result<(), OpenError> {
    let width = blocks.begun.dialect.columns.len();
    let drafts = |block: &Block| {
        let quick = layout.and_then(|layout| plain::gather(block, layout, plan));
        quick.unwrap_or_else(|| drafts(block, width, plan))
    };
    let shape = blocks.begun.dialect.shape;
    let advance = |bytes: u64| watch.advance(bytes);
    let mut done: Vec<Gather> = Vec::new();
    // Of what was read ahead, a block is let go as soon as it is used.
    let mut ahead = ahead.into_iter().peekable();
    while ahead.peek().is_some() {
        let round: Vec<Block> = ahead.by_ref().take(rayon::current_num_threads()).collect();
        done = side_by_side(round, done, gather, |block| {
            advance(block.bytes);
            drafts(&block)
        });
    }
    loop {
        let raw = blocks.several(watch)?;
        if raw.is_empty() && done.is_empty() {
            return Ok(());
        }
        done = side_by_side(raw, done, gather, |raw| {
            let block = part(raw, shape);
            advance(block.bytes);
            drafts(&block)
        });
    }
}

/// Works on a round of blocks, while what came of those before is taken in.
fn side_by_side<T: Send>(
    round: Vec<T>,
    done: Vec<Gather>,
    gather: &mut Gather,
    work: impl Fn(T) -> Gather + Sync + Send,
) -> Vec<Gather> {
    let (next, ()) = rayon::join(
        || round.into_par_iter().map(work).collect(),
        || {
            for piece in done {
                gather.append(piece);
            }
        },
    );
    next
}

/// The events of a block.
fn drafts(block: &Block, width: usize, plan: &Plan) -> Gather {
    let mut gather = Gather::default();
    plan.declare(&mut gather);
    if let Some((line, shown)) = &block.damaged {
        gather.findings.note(&ENCODING, "", *line, shown);
    }
    if let Some(line) = block.nuls {
        gather.findings.note(&NULS, "", line, "");
    }
    let records = &block.records;
    for (line, value) in &records.broken {
        gather.findings.note(&BROKEN, "", *line, value);
    }
    let mut draft = Draft::default();
    for record in 0..records.len() {
        let (line, wide) = (records.line(record), records.width(record));
        if records.fields(record).all(|f| f.trim().is_empty()) {
            gather.findings.note(&EMPTY, "", line, "");
            gather.skip();
            continue;
        }
        if wide != width {
            let mut widths = format!("{wide} of {width}");
            let mut surplus = records.fields(record).skip(width);
            if let Some(value) = surplus.find(|value| !value.is_empty()) {
                widths.push_str(": ");
                widths.push_str(value);
            }
            gather.findings.note(&WIDTH, "", line, &widths);
        }
        draft.clear();
        plan.fill(
            &mut draft,
            |c| records.get(record, c),
            line,
            &mut gather.findings,
        );
        gather.add(&draft, line);
    }
    gather
}

fn format_name(plan: &Plan, dialect: &Dialect, encoding: Option<&'static Encoding>) -> String {
    let mut name = match plan.profile() {
        Some(profile) => profile.name().to_owned(),
        None => match dialect.shape.delimiter {
            b'\t' => "delimited text, tabs".to_owned(),
            sign => format!("delimited text, \"{}\"", char::from(sign)),
        },
    };
    if let Some(encoding) = encoding.filter(|e| *e != encoding_rs::UTF_8) {
        name.push_str(", ");
        name.push_str(encoding.name());
    }
    name
}

/// A name as an id: its folded words with hyphens between them.
fn slug(name: &str) -> String {
    match fold(name).replace(' ', "-") {
        slug if slug.is_empty() => "unnamed".to_owned(),
        slug => slug,
    }
}
