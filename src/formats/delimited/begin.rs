//! The beginning of a file, by which its dialect is told.

use std::io::Read;

use crate::formats::OpenError;
use crate::formats::import::Input;

use super::dialect::{self, Dialect};
use super::encoding::{Decoded, Known};

/// Bytes by which the dialect is told.
const HEAD: usize = 1 << 17;

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
