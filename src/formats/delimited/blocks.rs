//! A file in blocks of whole records.

use std::io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
use std::io::Read;

use rayon::prelude::*;

use crate::formats::OpenError;
use crate::formats::import::Watch;

use super::begin::{Begun, unreadable};
use super::records::{Records, Shape, cut};

/// A record longer than this is left out.
const LONGEST: usize = 1 << 24;

/// Some records, and what was wrong with their text.
#[derive(Debug)]
pub(super) struct Block {
    pub records: Records,
    pub bytes: u64,
    /// Lines with what is no UTF-8.
    pub damaged: Option<(u64, String)>,
    /// The line of the first NUL byte.
    pub nuls: Option<u64>,
}

impl Block {
    /// Whether nothing is wrong with its text.
    pub fn is_sound(&self) -> bool {
        self.damaged.is_none() && self.nuls.is_none() && self.records.broken.is_empty()
    }
}

/// Raw bytes of whole records.
pub(super) struct Raw {
    bytes: Vec<u8>,
    line: u64,
}

/// The blocks of a file, one after another.
pub(super) struct Blocks {
    pub begun: Begun,
    size: usize,
    line: u64,
    ended: bool,
    /// Lines of rows that were too long.
    pub long: Vec<u64>,
    /// Why the file could not be read to its end.
    pub cut_short: Option<(u64, String)>,
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
            cut_short: None,
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
                .read_to_end(&mut self.begun.rest);
            match read {
                Ok(read) => self.ended = (read as u64) < missing,
                // An archive that breaks off: what stands before is good.
                Err(e) if matches!(e.kind(), UnexpectedEof | InvalidData | InvalidInput) => {
                    self.cut_short = Some((self.line, e.to_string()));
                    self.ended = true;
                }
                Err(e) => return Err(unreadable(&self.begun.label, &e)),
            }
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
    pub fn several(&mut self, watch: &Watch) -> Result<Vec<Raw>, OpenError> {
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
pub(super) fn part(raw: Raw, shape: Shape) -> Block {
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
