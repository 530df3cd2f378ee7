//! A file in blocks of whole records, so that several threads can read it.
//!
//! A record ends at a line end outside quotes. A quote opens a field only where
//! one begins, and closes it unless it is doubled: as the `csv` crate has it,
//! which then reads the blocks.

use std::io::Read;

/// A record longer than this is taken for one whose quote was never closed.
const LONGEST: usize = 1 << 22;

/// Some lines of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// Whole records, or one line with a quote that is never closed.
    pub bytes: Vec<u8>,
    /// The number of the first line, from 1.
    pub first_line: u64,
    /// A line that cannot be read: its quote is never closed.
    pub unclosed: bool,
}

/// The blocks of a file, one after another.
pub(super) struct Blocks<R> {
    input: R,
    delimiter: u8,
    /// Bytes a block, more or less.
    size: usize,
    /// Read, but not given out yet.
    rest: Vec<u8>,
    line: u64,
    /// There is nothing more to read.
    ended: bool,
}

impl<R: Read> Blocks<R> {
    /// Blocks of what is left of a file, `rest` having been read already up to
    /// the line before `line`.
    pub fn new(input: R, delimiter: u8, size: usize, rest: Vec<u8>, line: u64) -> Self {
        Self {
            input,
            delimiter,
            size,
            rest,
            line,
            ended: false,
        }
    }

    /// The next block; `None` at the end.
    pub fn next(&mut self) -> std::io::Result<Option<Block>> {
        let mut size = self.size;
        loop {
            self.fill(size)?;
            if self.rest.is_empty() {
                return Ok(None);
            }
            let (cut, open) = scan(&self.rest, self.delimiter, self.ended);
            if self.ended && !open {
                return Ok(Some(self.take(self.rest.len(), false)));
            }
            if cut > 0 {
                return Ok(Some(self.take(cut, false)));
            }
            if self.ended || self.rest.len() >= LONGEST.max(self.size) {
                let line = self.rest.iter().position(|b| *b == b'\n');
                return Ok(Some(
                    self.take(line.map_or(self.rest.len(), |n| n + 1), true),
                ));
            }
            size *= 2;
        }
    }

    /// Reads until there are so many bytes, or no more.
    fn fill(&mut self, size: usize) -> std::io::Result<()> {
        let missing = size.saturating_sub(self.rest.len()) as u64;
        if !self.ended && missing > 0 {
            let read = (&mut self.input)
                .take(missing)
                .read_to_end(&mut self.rest)?;
            self.ended = (read as u64) < missing;
        }
        Ok(())
    }

    fn take(&mut self, bytes: usize, unclosed: bool) -> Block {
        let rest = self.rest.split_off(bytes);
        let bytes = std::mem::replace(&mut self.rest, rest);
        let first_line = self.line;
        self.line += bytes.iter().map(|b| u64::from(*b == b'\n')).sum::<u64>();
        Block {
            bytes,
            first_line,
            unclosed,
        }
    }
}

/// Where the last whole record ends, and whether a quote is open at the end.
/// `last` says that nothing follows.
fn scan(bytes: &[u8], delimiter: u8, last: bool) -> (usize, bool) {
    // The common case, at the speed of memory.
    if !bytes.contains(&b'"') {
        return (line_end(bytes).unwrap_or(0), false);
    }
    let (mut cut, mut at) = (0, 0);
    loop {
        let quote = find(bytes, at, b'"');
        if let Some(end) = line_end(&bytes[at..quote.unwrap_or(bytes.len())]) {
            cut = at + end;
        }
        let Some(quote) = quote else {
            return (cut, false);
        };
        let before = quote.checked_sub(1).map_or(b'\n', |b| bytes[b]);
        at = quote + 1;
        if before != delimiter && !is_line_end(before) {
            continue;
        }
        loop {
            let Some(close) = find(bytes, at, b'"') else {
                return (cut, true);
            };
            match bytes.get(close + 1) {
                // It may be the first half of a doubled one.
                None if !last => return (cut, true),
                Some(b'"') => at = close + 2,
                _ => {
                    at = close + 1;
                    break;
                }
            }
        }
    }
}

fn find(bytes: &[u8], from: usize, byte: u8) -> Option<usize> {
    let at = bytes.get(from..)?.iter().position(|b| *b == byte)?;
    Some(from + at)
}

/// Behind the last line end.
fn line_end(bytes: &[u8]) -> Option<usize> {
    bytes.iter().rposition(|b| is_line_end(*b)).map(|n| n + 1)
}

fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn blocks(text: &str, size: usize) -> Vec<Block> {
        let mut blocks = Blocks::new(text.as_bytes(), b',', size, Vec::new(), 1);
        std::iter::from_fn(|| blocks.next().unwrap()).collect()
    }

    fn records(blocks: &[Block]) -> Vec<Vec<Vec<u8>>> {
        let of = |bytes: &[u8]| {
            csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .from_reader(bytes)
                .into_byte_records()
                .map(|r| r.unwrap().iter().map(<[u8]>::to_vec).collect())
                .collect::<Vec<_>>()
        };
        blocks.iter().flat_map(|b| of(&b.bytes)).collect()
    }

    #[test]
    fn a_quote_that_is_never_closed_takes_its_line_only() {
        let text = "a,b\n\"c,d\ne,f\n";
        let got = blocks(text, 1 << 10);
        let texts: Vec<_> = got
            .iter()
            .map(|b| {
                (
                    std::str::from_utf8(&b.bytes).unwrap(),
                    b.first_line,
                    b.unclosed,
                )
            })
            .collect();
        assert_eq!(
            texts,
            [
                ("a,b\n", 1, false),
                ("\"c,d\n", 2, true),
                ("e,f\n", 3, false)
            ]
        );
    }

    #[test]
    fn a_quote_inside_a_field_opens_nothing() {
        assert_eq!(scan(b"5\" gun,x\ny", b',', false), (9, false));
        assert_eq!(scan(b"\"a\"\"\nb\",c\nd\"", b',', false), (10, false));
        assert_eq!(scan(b"a\n\"b\"", b',', false), (2, true));
        assert_eq!(scan(b"a\n\"b\"", b',', true), (2, false));
    }

    proptest! {
        #[test]
        fn blocks_of_any_size_hold_the_same_records(
            text in "([a-c\",\n\r]|\"\"|,\"){0,60}", size in 1_usize..40,
        ) {
            let whole = blocks(&text, 1 << 20);
            let parts = blocks(&text, size);
            prop_assert_eq!(
                parts.iter().flat_map(|b| b.bytes.clone()).collect::<Vec<u8>>(),
                text.as_bytes()
            );
            if whole.iter().chain(&parts).all(|b| !b.unclosed) {
                let one = Block { bytes: text.into_bytes(), first_line: 1, unclosed: false };
                prop_assert_eq!(records(&whole), records(std::slice::from_ref(&one)));
                prop_assert_eq!(records(&parts), records(&[one]));
            }
        }
    }
}
