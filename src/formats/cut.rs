//! Cuts JSON into values without making anything of them, so that a file of
//! any size is read one feature at a time.

use std::io::{ErrorKind, Read};

use memchr::{memchr_iter, memchr2};

const CHUNK: usize = 1 << 16;
/// Deepest nesting within one value, as `serde_json` has it.
const DEEPEST: usize = 127;
/// Bytes of one value at most. Trade-off: the outline of a country takes a
/// hundredth of it, and it is held once as text and once as values.
const LARGEST: usize = 1 << 27;

/// What is wrong with the JSON, and where.
#[derive(Debug)]
pub(super) struct CutError {
    pub line: u64,
    pub byte: u64,
    pub what: String,
    /// The file ends there.
    pub truncated: bool,
}

impl CutError {
    /// Where it is, in words.
    pub fn place(&self) -> String {
        format!("line {}, byte {}", self.line, self.byte)
    }
}

/// A text that was cut off between two bytes that part texts.
#[derive(Debug)]
pub(super) struct Part {
    /// The line it begins in.
    pub line: u64,
    /// It is too long, and was passed over.
    pub too_long: Option<String>,
}

/// Cuts values off the front of some text.
pub(super) struct Cutter<R> {
    input: R,
    chunk: Vec<u8>,
    at: usize,
    line: u64,
    byte: u64,
    over: bool,
}

impl<R: Read> Cutter<R> {
    pub fn new(input: R) -> Self {
        Self {
            input,
            chunk: Vec::new(),
            at: 0,
            line: 1,
            byte: 0,
            over: false,
        }
    }

    /// The line it stands in, from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// How many bytes were passed.
    pub fn byte(&self) -> u64 {
        self.byte
    }

    pub fn error(&self, what: impl Into<String>) -> CutError {
        CutError {
            line: self.line,
            byte: self.byte,
            what: what.into(),
            truncated: false,
        }
    }

    fn truncated(&self) -> CutError {
        CutError {
            truncated: true,
            ..self.error("the file ends in the middle of a value: it is truncated")
        }
    }

    /// What lies ready; empty at the end.
    fn rest(&mut self) -> Result<&[u8], CutError> {
        while self.at == self.chunk.len() && !self.over {
            self.chunk.resize(CHUNK, 0);
            self.at = 0;
            let read = match self.input.read(&mut self.chunk) {
                Ok(read) => read,
                Err(e) if e.kind() == ErrorKind::Interrupted => {
                    self.at = self.chunk.len();
                    continue;
                }
                Err(e) => {
                    self.chunk.clear();
                    self.over = true;
                    return Err(self.error(format!("it cannot be read further ({e})")));
                }
            };
            self.chunk.truncate(read);
            self.over = read == 0;
        }
        Ok(&self.chunk[self.at..])
    }

    fn pass(&mut self, bytes: usize) {
        let passed = &self.chunk[self.at..self.at + bytes];
        self.line += memchr_iter(b'\n', passed).count() as u64;
        self.byte += bytes as u64;
        self.at += bytes;
    }

    /// The next byte that is no blank, which stays.
    pub fn peek(&mut self) -> Result<Option<u8>, CutError> {
        loop {
            let rest = self.rest()?;
            if rest.is_empty() {
                return Ok(None);
            }
            let found = rest.iter().position(|b| !b" \t\r\n".contains(b));
            let (byte, blanks) = (found.map(|at| rest[at]), found.unwrap_or(rest.len()));
            self.pass(blanks);
            if byte.is_some() {
                return Ok(byte);
            }
        }
    }

    /// Passes over a byte if it comes next.
    pub fn eat(&mut self, byte: u8) -> Result<bool, CutError> {
        let found = self.peek()? == Some(byte);
        if found {
            self.pass(1);
        }
        Ok(found)
    }

    /// Passes over everything up to and with the next of a byte.
    pub fn skip_past(&mut self, byte: u8) -> Result<(), CutError> {
        loop {
            let rest = self.rest()?;
            if rest.is_empty() {
                return Ok(());
            }
            let found = memchr::memchr(byte, rest);
            let bytes = found.map_or(rest.len(), |at| at + 1);
            self.pass(bytes);
            if found.is_some() {
                return Ok(());
            }
        }
    }

    /// Cuts off the rest of the line as it stands; answers with its number.
    pub fn line_text(&mut self, out: &mut Vec<u8>) -> Result<u64, CutError> {
        out.clear();
        let line = self.line;
        loop {
            let rest = self.rest()?;
            let found = memchr::memchr(b'\n', rest);
            let bytes = found.unwrap_or(rest.len());
            if bytes == 0 {
                return Ok(line);
            }
            self.take(bytes, out)?;
            if found.is_some() {
                return Ok(line);
            }
        }
    }

    /// Cuts off all up to the next of a byte that parts texts, which is passed;
    /// blanks and parts without anything are passed over. `None` at the end.
    pub fn part(&mut self, sign: u8, out: &mut Vec<u8>) -> Result<Option<Part>, CutError> {
        while self.eat(sign)? {}
        if self.peek()?.is_none() {
            return Ok(None);
        }
        out.clear();
        let line = self.line;
        loop {
            let rest = self.rest()?;
            let found = memchr::memchr(sign, rest);
            let bytes = found.unwrap_or(rest.len());
            if bytes == 0 {
                break;
            }
            if let Err(e) = self.take(bytes, out) {
                self.skip_past(sign)?;
                let too_long = Some(e.what);
                return Ok(Some(Part { line, too_long }));
            }
            if found.is_some() {
                break;
            }
        }
        Ok(Some(Part {
            line,
            too_long: None,
        }))
    }

    /// Whether another member of the list follows whose `[` was passed; its
    /// `]` is passed when none does.
    pub fn element(&mut self, first: bool) -> Result<bool, CutError> {
        self.item(first, b']')
    }

    /// The name of the next member of the object whose `{` was passed.
    pub fn key(&mut self, first: bool) -> Result<Option<String>, CutError> {
        if !self.item(first, b'}')? {
            return Ok(None);
        }
        if self.peek()? != Some(b'"') {
            return Err(self.error("the name of a member should stand here, in quotes"));
        }
        let mut name = Vec::new();
        self.value(&mut name)?;
        let name: String = serde_json::from_slice(&name)
            .map_err(|_| self.error("the name of a member is no JSON text"))?;
        if self.eat(b':')? {
            return Ok(Some(name));
        }
        Err(match self.peek()? {
            None => self.truncated(),
            Some(_) => self.error(format!("a colon should follow on \"{name}\"")),
        })
    }

    fn item(&mut self, first: bool, end: u8) -> Result<bool, CutError> {
        if self.eat(end)? {
            return Ok(false);
        }
        if !first {
            if !self.eat(b',')? {
                return Err(match self.peek()? {
                    None => self.truncated(),
                    Some(_) => self.error("a comma should stand here"),
                });
            }
            // A comma too many is read over.
            if self.eat(end)? {
                return Ok(false);
            }
        }
        match self.peek()? {
            None => Err(self.truncated()),
            Some(_) => Ok(true),
        }
    }

    /// Cuts off a value, as it stands; answers with its line.
    pub fn value(&mut self, out: &mut Vec<u8>) -> Result<u64, CutError> {
        out.clear();
        let first = self.peek()?.ok_or_else(|| self.truncated())?;
        let line = self.line;
        match first {
            b'{' | b'[' => self.nested(out)?,
            b'"' => {
                self.take(1, out)?;
                self.string(out)?;
            }
            _ => self.scalar(out)?,
        }
        Ok(line)
    }

    fn take(&mut self, bytes: usize, out: &mut Vec<u8>) -> Result<(), CutError> {
        if out.len() + bytes > LARGEST {
            return Err(self.error(format!("one value takes more than {} MiB", LARGEST >> 20)));
        }
        out.extend_from_slice(&self.chunk[self.at..self.at + bytes]);
        self.pass(bytes);
        Ok(())
    }

    fn nested(&mut self, out: &mut Vec<u8>) -> Result<(), CutError> {
        let mut depth = 0_usize;
        loop {
            let rest = self.rest()?;
            if rest.is_empty() {
                return Err(self.truncated());
            }
            let stop = rest.iter().position(|b| b"{}[]\"".contains(b));
            let Some(stop) = stop else {
                let all = rest.len();
                self.take(all, out)?;
                continue;
            };
            let byte = rest[stop];
            self.take(stop + 1, out)?;
            match byte {
                b'"' => self.string(out)?,
                b'{' | b'[' => {
                    depth += 1;
                    if depth > DEEPEST {
                        let what = format!("brackets are nested more than {DEEPEST} deep");
                        return Err(self.error(what));
                    }
                }
                _ => {
                    depth -= 1;
                    if depth == 0 {
                        return Ok(());
                    }
                }
            }
        }
    }

    /// The rest of a string whose first quote was taken.
    fn string(&mut self, out: &mut Vec<u8>) -> Result<(), CutError> {
        loop {
            let rest = self.rest()?;
            if rest.is_empty() {
                return Err(self.truncated());
            }
            let Some(stop) = memchr2(b'"', b'\\', rest) else {
                let all = rest.len();
                self.take(all, out)?;
                continue;
            };
            let byte = rest[stop];
            self.take(stop + 1, out)?;
            if byte == b'"' {
                return Ok(());
            }
            if self.rest()?.is_empty() {
                return Err(self.truncated());
            }
            self.take(1, out)?;
        }
    }

    fn scalar(&mut self, out: &mut Vec<u8>) -> Result<(), CutError> {
        loop {
            let rest = self.rest()?;
            let ends = |b: &u8| b" \t\r\n,:]}\"\x1e[{".contains(b);
            let stop = rest.iter().position(ends);
            let bytes = stop.unwrap_or(rest.len());
            let over = rest.is_empty();
            self.take(bytes, out)?;
            if out.is_empty() {
                return Err(self.error("a value should stand here"));
            }
            if stop.is_some() || over {
                return Ok(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(text: &[u8]) -> Result<Vec<String>, CutError> {
        let mut cutter = Cutter::new(text);
        let (mut values, mut out) = (Vec::new(), Vec::new());
        while cutter.peek()?.is_some() {
            cutter.value(&mut out)?;
            values.push(String::from_utf8_lossy(&out).into_owned());
        }
        Ok(values)
    }

    #[test]
    fn values_are_cut_as_they_stand() {
        let text = br#" {"a":[1,"]}\""]} 12 "x" null [ ] "#;
        let cut = all(text).unwrap();
        assert_eq!(cut, [r#"{"a":[1,"]}\""]}"#, "12", r#""x""#, "null", "[ ]"]);
    }

    #[test]
    fn depth_and_ends_are_watched() {
        let deep = all("[".repeat(250_000).as_bytes()).unwrap_err();
        assert!(deep.what.contains("deep"), "{deep:?}");
        assert!(deep.byte < 200);
        assert!(all(br#"{"a": "b"#).unwrap_err().truncated);
        let line = all(b"{}\n\n]").unwrap_err().line;
        assert_eq!(line, 3);
    }

    proptest! {
        #[test]
        fn any_bytes_come_to_an_end(bytes: Vec<u8>) {
            let _ = all(&bytes);
        }
    }
}
