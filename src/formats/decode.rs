//! Bytes of any encoding as UTF-8, on the way.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

const CHUNK: usize = 1 << 16;

/// Reads bytes as UTF-8, whatever they are; what cannot be read becomes U+FFFD.
pub(super) struct Utf8<R> {
    input: R,
    decoder: Decoder,
    raw: Vec<u8>,
    text: Vec<u8>,
    at: usize,
    over: bool,
    replaced: Arc<AtomicBool>,
}

/// Whether letters had to be replaced.
#[derive(Clone)]
pub(super) struct Replaced(Arc<AtomicBool>);

impl Replaced {
    pub fn any(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl<R: Read> Utf8<R> {
    /// Of an encoding that the first bytes tell; a byte order mark wins.
    pub fn new(input: R, encoding: &'static Encoding) -> (Self, Replaced) {
        let replaced = Arc::new(AtomicBool::new(false));
        let utf8 = Self {
            input,
            decoder: encoding.new_decoder(),
            raw: Vec::new(),
            text: Vec::new(),
            at: 0,
            over: false,
            replaced: Arc::clone(&replaced),
        };
        (utf8, Replaced(replaced))
    }

    fn more(&mut self) -> io::Result<()> {
        self.raw.resize(CHUNK, 0);
        let read = loop {
            match self.input.read(&mut self.raw) {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                read => break read?,
            }
        };
        self.over = read == 0;
        self.at = 0;
        let room = self.decoder.max_utf8_buffer_length(read);
        self.text.resize(room.unwrap_or(CHUNK * 4), 0);
        let (result, _, written, replaced) =
            self.decoder
                .decode_to_utf8(&self.raw[..read], &mut self.text, self.over);
        debug_assert_eq!(result, CoderResult::InputEmpty);
        self.text.truncate(written);
        if replaced {
            self.replaced.store(true, Ordering::Relaxed);
        }
        Ok(())
    }
}

impl<R: Read> Read for Utf8<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        while self.at == self.text.len() {
            if self.over {
                return Ok(0);
            }
            self.more()?;
        }
        let n = buf.len().min(self.text.len() - self.at);
        buf[..n].copy_from_slice(&self.text[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}

/// The encoding of JSON: UTF-8, or UTF-16 if every other of its first bytes is
/// nothing (RFC 4627, section 3).
pub(super) fn of_json(head: &[u8]) -> &'static Encoding {
    match head {
        [0, b, ..] if *b != 0 => UTF_16BE,
        [a, 0, ..] if *a != 0 => UTF_16LE,
        _ => UTF_8,
    }
}

/// The encoding of XML: as its declaration says.
pub(super) fn of_xml(head: &[u8]) -> &'static Encoding {
    let utf16 = of_json(head);
    if utf16 != UTF_8 {
        return utf16;
    }
    let first = &head[..head.len().min(200)];
    let first = String::from_utf8_lossy(first);
    let declared = first
        .split_once("<?xml")
        .and_then(|(_, rest)| rest.split_once("?>"))
        .and_then(|(declaration, _)| declaration.split_once("encoding"))
        .and_then(|(_, rest)| {
            let rest = rest.trim_start().strip_prefix('=')?.trim_start();
            let quote = rest.chars().next().filter(|c| "\"'".contains(*c))?;
            rest[1..].split(quote).next()
        });
    let encoding = declared.and_then(|label| Encoding::for_label(label.as_bytes()));
    // A declaration of UTF-16 that can be read byte by byte is wrong.
    encoding
        .filter(|e| *e != UTF_16LE && *e != UTF_16BE)
        .unwrap_or(UTF_8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8], encoding: &'static Encoding) -> (String, bool) {
        let (mut utf8, replaced) = Utf8::new(bytes, encoding);
        let mut text = String::new();
        utf8.read_to_string(&mut text).unwrap();
        (text, replaced.any())
    }

    #[test]
    fn encodings_are_told_by_mark_zeros_and_declaration() {
        let utf16: Vec<u8> = "[\"é\"]"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(text(&utf16, of_json(&utf16)), ("[\"é\"]".into(), false));
        let marked = [&[0xFF, 0xFE][..], &utf16].concat();
        assert_eq!(text(&marked, of_json(&marked)), ("[\"é\"]".into(), false));
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9</a>";
        assert!(text(latin, of_xml(latin)).0.ends_with("<a>é</a>"));
        assert_eq!(
            text(b"\xEF\xBB\xBF1\xE9", UTF_8),
            ("1\u{FFFD}".into(), true)
        );
    }
}
