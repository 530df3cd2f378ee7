//! From bytes in any encoding to UTF-8.
//!
//! A byte order mark decides, or the pattern of zeros that UTF-16 has. Else the
//! file is taken as it comes while it is ASCII, and at its first other letter,
//! wherever that is, it is UTF-8 if it reads as that, or what `chardetng` takes
//! it for.

use std::io::{self, Read};
use std::sync::{Arc, Mutex, PoisonError};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Bytes read at once.
const CHUNK: usize = 1 << 16;
/// Bytes by which an encoding is told.
const SAMPLE: usize = 1 << 18;

/// What a file turned out to be encoded in; `None` while it is ASCII.
#[derive(Clone, Debug, Default)]
pub(super) struct Known(Arc<Mutex<Option<(&'static Encoding, bool)>>>);

impl Known {
    /// The encoding, and whether it was guessed.
    pub fn get(&self) -> Option<(&'static Encoding, bool)> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, encoding: &'static Encoding, guessed: bool) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((encoding, guessed));
    }
}

enum State {
    Ascii,
    Utf8,
    Other(Box<Decoder>),
}

/// Bytes of a file as UTF-8, as far as they are; without a byte order mark.
pub(super) struct Decoded<R> {
    inner: R,
    state: State,
    known: Known,
    out: Vec<u8>,
    at: usize,
    ended: bool,
}

impl<R: Read> Decoded<R> {
    /// Decodes what a reader gives; `head` are its first bytes.
    pub fn new(mut inner: R, head: &[u8]) -> io::Result<(Self, Known)> {
        let known = Known::default();
        let (state, mark) = match Encoding::for_bom(head) {
            Some((encoding, mark)) => {
                known.set(encoding, false);
                (of(encoding), mark)
            }
            None => match utf16(head) {
                Some(encoding) => {
                    known.set(encoding, false);
                    (of(encoding), 0)
                }
                None => (State::Ascii, 0),
            },
        };
        io::copy(&mut (&mut inner).take(mark as u64), &mut io::sink())?;
        let decoded = Self {
            inner,
            state,
            known: known.clone(),
            out: Vec::new(),
            at: 0,
            ended: false,
        };
        Ok((decoded, known))
    }

    fn fill(&mut self) -> io::Result<()> {
        let mut bytes = Vec::new();
        self.more(&mut bytes, CHUNK)?;
        self.decode(bytes);
        Ok(())
    }

    /// Tells the encoding by the first bytes that are not ASCII, and what
    /// follows them.
    fn tell(&mut self, mut bytes: Vec<u8>) -> io::Result<()> {
        self.more(&mut bytes, SAMPLE)?;
        let (encoding, guessed) = detect(&bytes);
        self.known.set(encoding, guessed);
        self.state = of(encoding);
        self.decode(bytes);
        Ok(())
    }

    fn decode(&mut self, bytes: Vec<u8>) {
        self.at = 0;
        match &mut self.state {
            State::Ascii | State::Utf8 => self.out = bytes,
            State::Other(decoder) => {
                let most = decoder.max_utf8_buffer_length(bytes.len());
                self.out.clear();
                self.out.resize(most.unwrap_or(bytes.len() * 3 + 16), 0);
                let (_, _, written, _) = decoder.decode_to_utf8(&bytes, &mut self.out, self.ended);
                self.out.truncate(written);
            }
        }
    }

    fn more(&mut self, bytes: &mut Vec<u8>, size: usize) -> io::Result<()> {
        let missing = size.saturating_sub(bytes.len()) as u64;
        let read = (&mut self.inner).take(missing).read_to_end(bytes)?;
        self.ended |= (read as u64) < missing;
        Ok(())
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.at == self.out.len() {
            if self.ended || into.is_empty() {
                return Ok(0);
            }
            if matches!(self.state, State::Other(_)) {
                self.fill()?;
                continue;
            }
            // What is UTF-8 already need not pass through here.
            let n = self.inner.read(into)?;
            self.ended = n == 0;
            if matches!(self.state, State::Utf8) || into[..n].is_ascii() {
                return Ok(n);
            }
            self.tell(into[..n].to_vec())?;
        }
        let n = into.len().min(self.out.len() - self.at);
        into[..n].copy_from_slice(&self.out[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}

fn of(encoding: &'static Encoding) -> State {
    if encoding == UTF_8 {
        State::Utf8
    } else {
        State::Other(Box::new(encoding.new_decoder_without_bom_handling()))
    }
}

/// UTF-16 without a mark: every second byte of Latin letters, digits and signs
/// is zero, and hardly any other is.
pub(super) fn utf16(head: &[u8]) -> Option<&'static Encoding> {
    let head = &head[..head.len().min(1 << 12)];
    let zeros = |odd: usize| {
        head.iter()
            .skip(odd)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let pairs = head.len() / 2;
    let (few, many) = (pairs / 50, pairs / 10);
    if pairs >= 2 && odd > many && even <= few {
        Some(UTF_16LE)
    } else if pairs >= 2 && even > many && odd <= few {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The encoding of bytes that are not ASCII, and whether it was guessed.
pub(super) fn detect(bytes: &[u8]) -> (&'static Encoding, bool) {
    if mostly_utf8(bytes) {
        return (UTF_8, false);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    // What it says without having seen a letter of it.
    let guess = if guess == UTF_8 { WINDOWS_1252 } else { guess };
    // Where both read the same, the commoner one is meant.
    let same = || guess.decode(bytes).0 == WINDOWS_1252.decode(bytes).0;
    let guess = if guess.is_single_byte() && same() {
        WINDOWS_1252
    } else {
        guess
    };
    (guess, true)
}

/// Whether bytes are UTF-8, but for a few that are damaged: letters of several
/// bytes seldom come about by chance.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut damaged) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        damaged += usize::from(!chunk.invalid().is_empty());
    }
    // The sample may end within a letter.
    damaged <= 1 && (whole > 0 || damaged == 0) || damaged * 10 < whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{WINDOWS_1251, WINDOWS_1256};

    fn read(bytes: &[u8]) -> (String, Option<&'static Encoding>) {
        let head = &bytes[..bytes.len().min(CHUNK)];
        let (mut decoded, known) = Decoded::new(bytes, head).unwrap();
        let mut text = String::new();
        decoded.read_to_string(&mut text).unwrap();
        (text, known.get().map(|k| k.0))
    }

    fn utf16_bytes(text: &str, big: bool) -> Vec<u8> {
        let bytes = |u: u16| {
            if big {
                u.to_be_bytes()
            } else {
                u.to_le_bytes()
            }
        };
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn encodings_are_told_apart() {
        let arabic = "المعرف;التاريخ;المكان\n1;2015-01-02;مدينة حلب القديمة\n";
        let russian = "дата;место\n2015-01-02;Ростов-на-Дону, улица Ленина\n";
        let french = "id,lieu\n1,Ménaka à côté d’un marché\n";
        let spanish = "eventid,city\n1,Bogotá\n2,San José de Cúcuta\n";
        for (text, encoding) in [
            (arabic, WINDOWS_1256),
            (russian, WINDOWS_1251),
            (french, WINDOWS_1252),
            (spanish, WINDOWS_1252),
        ] {
            let (bytes, _, lost) = encoding.encode(text);
            assert!(!lost);
            assert_eq!(read(&bytes), (text.to_owned(), Some(encoding)));
            assert_eq!(read(text.as_bytes()), (text.to_owned(), Some(UTF_8)));
            assert_eq!(read(&[b"\xEF\xBB\xBF", text.as_bytes()].concat()).0, text);
            for big in [false, true] {
                let marked = utf16_bytes(&format!("\u{feff}{text}"), big);
                assert_eq!(read(&marked).0, text);
                assert_eq!(read(&utf16_bytes(text, big)).0, text);
            }
        }
    }

    #[test]
    fn the_first_letter_may_come_late() {
        let mut text = "id,place\n".to_owned();
        text.push_str(&"1,somewhere\n".repeat(100_000));
        text.push_str("2,São Tomé e Príncipe à la mode\n");
        let (bytes, _, _) = WINDOWS_1252.encode(&text);
        let (read, encoding) = read(&bytes);
        assert_eq!(encoding, Some(WINDOWS_1252));
        assert!(read.ends_with("São Tomé e Príncipe à la mode\n"));
    }

    #[test]
    fn a_few_damaged_bytes_leave_it_utf8() {
        let mut bytes = "é".repeat(100).into_bytes();
        bytes.extend([0xff, b'\n']);
        assert_eq!(detect(&bytes).0, UTF_8);
    }
}
