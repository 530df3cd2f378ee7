//! Records of delimited text: where they end, and their fields.
//!
//! A record ends at a line end outside quotes. A quote opens a field only where
//! one begins. One that is never closed, or closed within a later line and then
//! followed by more text, is a letter like any other; else the damage of one
//! row would take in those after it.

use memchr::{memchr, memchr_iter, memchr2, memchr3};

/// A quoted text longer than this is taken for one that is never closed.
const LONGEST: usize = 1 << 22;

/// How the fields of a file are parted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    /// What stands between two fields.
    pub delimiter: u8,
    /// Whether quotes mean anything.
    pub quotes: bool,
    /// Lines end with a carriage return alone.
    pub returns: bool,
}

impl Shape {
    fn ends(self, byte: u8) -> bool {
        byte == self.delimiter || is_line_end(byte)
    }

    /// The byte that is counted for lines.
    fn line_sign(self) -> u8 {
        if self.returns { b'\r' } else { b'\n' }
    }

    /// How many lines some bytes end.
    pub fn lines(self, bytes: &[u8]) -> u64 {
        memchr_iter(self.line_sign(), bytes).count() as u64
    }
}

fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// What a quote at the beginning of a field comes to.
#[derive(Debug, PartialEq, Eq)]
enum Quoted {
    /// The text ends at `close`, the field at `end`. `doubled` quotes are to be
    /// made single, `broken` ones are inside though they should be doubled.
    Text {
        close: usize,
        end: usize,
        doubled: bool,
        broken: bool,
    },
    /// It is a letter.
    Letter,
    /// More bytes are needed to tell.
    More,
}

/// Looks at the quote at `at`. `last` says that nothing follows the bytes.
fn quoted(bytes: &[u8], at: usize, shape: Shape, last: bool) -> Quoted {
    let begin = at + 1;
    let (mut from, mut doubled) = (begin, false);
    let limit = bytes.len().min(begin.saturating_add(LONGEST));
    loop {
        let Some(n) = bytes.get(from..limit).and_then(|b| memchr(b'"', b)) else {
            let over = bytes.len() - begin >= LONGEST;
            return if last || over {
                Quoted::Letter
            } else {
                Quoted::More
            };
        };
        let close = from + n;
        match bytes.get(close + 1) {
            None if !last => return Quoted::More,
            Some(b'"') => {
                doubled = true;
                from = close + 2;
            }
            None => {
                return Quoted::Text {
                    close,
                    end: bytes.len(),
                    doubled,
                    broken: false,
                };
            }
            Some(next) if shape.ends(*next) => {
                return Quoted::Text {
                    close,
                    end: close + 1,
                    doubled,
                    broken: false,
                };
            }
            Some(_) => return broken(bytes, (begin, close), doubled, shape, last),
        }
    }
}

/// A closing quote with more text behind it: blanks, or a quote that should
/// have been doubled, if the text is closed on the same line.
fn broken(
    bytes: &[u8],
    (begin, close): (usize, usize),
    doubled: bool,
    shape: Shape,
    last: bool,
) -> Quoted {
    let blanks = bytes[close + 1..]
        .iter()
        .take_while(|b| **b == b' ')
        .count();
    let behind = close + 1 + blanks;
    match bytes.get(behind) {
        Some(next) if shape.ends(*next) => {
            return Quoted::Text {
                close,
                end: behind,
                doubled,
                broken: false,
            };
        }
        None if last => {
            return Quoted::Text {
                close,
                end: behind,
                doubled,
                broken: false,
            };
        }
        // What follows the blanks is yet to come.
        None if blanks < LONGEST => return Quoted::More,
        _ => {}
    }
    if memchr2(b'\n', b'\r', &bytes[begin..close]).is_some() {
        return Quoted::Letter;
    }
    let rest = &bytes[close + 1..];
    let line = memchr2(b'\n', b'\r', rest);
    if line.is_none() && !last && rest.len() < LONGEST {
        return Quoted::More;
    }
    let rest = &rest[..line.unwrap_or(rest.len())];
    let ends = |n: &usize| rest.get(n + 1).is_none_or(|next| shape.ends(*next));
    match memchr_iter(b'"', rest).find(ends) {
        Some(n) => {
            let close = close + 1 + n;
            Quoted::Text {
                close,
                end: close + 1,
                doubled: true,
                broken: true,
            }
        }
        None => Quoted::Letter,
    }
}

/// Behind the last record that is whole, 0 if there is none.
pub(super) fn cut(bytes: &[u8], shape: Shape, last: bool) -> usize {
    if last {
        return bytes.len();
    }
    let line_end = |bytes: &[u8]| {
        // A return at the very end may be half of a line end.
        let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
        memchr::memrchr2(b'\n', b'\r', bytes).map(|n| n + 1)
    };
    if !shape.quotes {
        return line_end(bytes).unwrap_or(0);
    }
    let (mut cut, mut at) = (0, 0);
    loop {
        let quote = memchr(b'"', &bytes[at..]).map(|n| at + n);
        if let Some(end) = line_end(&bytes[at..quote.unwrap_or(bytes.len())]) {
            cut = at + end;
        } else if let Some(quote) = quote
            && quote > at
            && is_line_end(bytes[quote - 1])
        {
            cut = quote;
        }
        let Some(quote) = quote else { return cut };
        let before = quote.checked_sub(1).map_or(b'\n', |b| bytes[b]);
        if is_line_end(before) {
            cut = quote;
        }
        at = quote + 1;
        if !shape.ends(before) {
            continue;
        }
        match quoted(bytes, quote, shape, false) {
            Quoted::Text { end, .. } => at = end,
            Quoted::Letter => {}
            Quoted::More => return cut,
        }
    }
}

/// A record: where its fields begin among all, and its line from 1.
#[derive(Clone, Copy, Debug)]
struct Record {
    first: u32,
    begin: u32,
    line: u64,
}

/// The records of a block, with their fields.
#[derive(Debug, Default)]
#[allow(clippy::struct_field_names, reason = "they are the records")]
pub(super) struct Records {
    text: String,
    /// Fields that are not in the text as they are.
    side: String,
    /// From and to; beyond the text they are in `side`.
    fields: Vec<(u32, u32)>,
    records: Vec<Record>,
    /// Lines with quotes that are not doubled, or never closed.
    pub broken: Vec<(u64, String)>,
}

impl Records {
    /// Parts a text into records. Empty lines are passed over.
    pub fn of(text: String, shape: Shape, first_line: u64) -> Self {
        let mut records = Self {
            text,
            ..Self::default()
        };
        let text = std::mem::take(&mut records.text);
        let bytes = text.as_bytes();
        let (mut at, mut line) = (0, first_line);
        records.fields.reserve(bytes.len() / 24);
        while at < bytes.len() {
            let begin = at;
            at = records.record(&text, at, shape, line);
            line += shape.lines(&bytes[begin..at]);
        }
        records.text = text;
        records
    }

    /// Takes in one record; answers where the next begins.
    fn record(&mut self, text: &str, mut at: usize, shape: Shape, line: u64) -> usize {
        let bytes = text.as_bytes();
        let next = |end: usize| match bytes.get(end) {
            Some(b'\r') if bytes.get(end + 1) == Some(&b'\n') => end + 2,
            Some(_) => end + 1,
            None => end,
        };
        if is_line_end(bytes[at]) {
            return next(at);
        }
        self.records.push(Record {
            first: u32::try_from(self.fields.len()).unwrap_or(u32::MAX),
            begin: u32::try_from(at).unwrap_or(u32::MAX),
            line,
        });
        loop {
            let end = self.field(text, at, shape, line);
            if bytes.get(end) == Some(&shape.delimiter) {
                at = end + 1;
                continue;
            }
            return next(end);
        }
    }

    /// Takes in one field; answers where it ends.
    fn field(&mut self, text: &str, at: usize, shape: Shape, line: u64) -> usize {
        let bytes = text.as_bytes();
        let wide = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        if shape.quotes && bytes.get(at) == Some(&b'"') {
            match quoted(bytes, at, shape, true) {
                Quoted::Text {
                    close,
                    end,
                    doubled,
                    broken,
                } => {
                    let inner = &text[at + 1..close];
                    if broken {
                        self.note(line, inner);
                    }
                    if doubled {
                        let from = text.len() + self.side.len();
                        self.side.push_str(&inner.replace("\"\"", "\""));
                        self.fields
                            .push((wide(from), wide(text.len() + self.side.len())));
                    } else {
                        self.fields.push((wide(at + 1), wide(close)));
                    }
                    return end;
                }
                Quoted::Letter | Quoted::More => {
                    let end = bytes.len().min(at + 80);
                    let shown = text.get(at..end).unwrap_or("\"");
                    self.note(line, shown.lines().next().unwrap_or(""));
                }
            }
        }
        let rest = &bytes[at..];
        let end = memchr3(shape.delimiter, b'\n', b'\r', rest).map_or(bytes.len(), |n| at + n);
        self.fields.push((wide(at), wide(end)));
        end
    }

    fn note(&mut self, line: u64, value: &str) {
        // Bounded: only the first are shown, all are counted.
        let value = if self.broken.len() < 16 {
            value.to_owned()
        } else {
            String::new()
        };
        self.broken.push((line, value));
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// The line in which a record begins.
    pub fn line(&self, record: usize) -> u64 {
        self.records.get(record).map_or(0, |r| r.line)
    }

    /// Where a record begins.
    pub fn begin(&self, record: usize) -> usize {
        let begin = self.records.get(record).map(|r| r.begin as usize);
        begin.unwrap_or(self.text.len())
    }

    /// Where the record behind this one begins, counted from `from`, and its
    /// line.
    pub fn next(&self, record: usize, shape: Shape, from: usize) -> (usize, u64) {
        let (begin, end) = (self.begin(record), self.begin(record + 1));
        let passed = self.text.as_bytes().get(begin..end).unwrap_or_default();
        (end + from, self.line(record) + shape.lines(passed))
    }

    /// The number of a record's fields.
    pub fn width(&self, record: usize) -> usize {
        let from = self.records.get(record).map_or(0, |r| r.first);
        let to = self.records.get(record + 1).map(|r| r.first as usize);
        to.unwrap_or(self.fields.len())
            .saturating_sub(from as usize)
    }

    /// A field; empty where the record is too short.
    pub fn get(&self, record: usize, field: usize) -> &str {
        if field >= self.width(record) {
            return "";
        }
        let first = self.records[record].first as usize;
        let (from, to) = self.fields[first + field];
        let (from, to) = (from as usize, to as usize);
        match from.checked_sub(self.text.len()) {
            Some(from) if to > self.text.len() => {
                self.side.get(from..to - self.text.len()).unwrap_or("")
            }
            _ => self.text.get(from..to).unwrap_or(""),
        }
    }

    /// The fields of a record.
    pub fn fields(&self, record: usize) -> impl Iterator<Item = &str> {
        (0..self.width(record)).map(move |field| self.get(record, field))
    }
}

#[cfg(test)]
#[path = "records_tests.rs"]
mod tests;
