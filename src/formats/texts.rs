//! JSON texts that stand by themselves, one a line or behind separators (RFC
//! 8142): what is wrong with one is no matter to the others.

use serde_json::{Deserializer, Value};

use super::detect::text_of;

/// Record separator, with which RFC 8142 begins each text.
pub(super) const RS: u8 = 0x1E;

/// Lines looked at.
const LINES: usize = 20;

/// What parts the texts of a file, by its first bytes: a record separator or
/// the end of a line; `None` if it is one text, or cannot be told.
pub(super) fn parted(head: &[u8]) -> Option<u8> {
    let text = text_of(head);
    let text = text.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']);
    if text.as_bytes().first() == Some(&RS) {
        return Some(RS);
    }
    let is_text = |line: &str| {
        let value: Result<Value, _> = serde_json::from_str(line);
        // A collection in one line is the whole file.
        let lone = ["features", "events"];
        value.is_ok_and(|v| v.is_object() && lone.iter().all(|n| v.get(n).is_none()))
    };
    // The last line may go on behind the head.
    let ended = text.rfind('\n').map_or("", |at| &text[..at]);
    let mut lines = ended.lines().map(str::trim).filter(|l| !l.is_empty());
    if lines.next().is_some_and(is_text) {
        return Some(b'\n');
    }
    // The first text may be the broken one; of a text that is written in many
    // lines, some line begins otherwise.
    let mut all = text.lines().map(str::trim).filter(|l| !l.is_empty());
    let apart = all.all(|line| line.starts_with('{')) && lines.take(LINES).any(is_text);
    apart.then_some(b'\n')
}

/// The values of one text; there is one, unless something is missing between
/// two.
pub(super) fn values(bytes: &[u8]) -> impl Iterator<Item = Result<Value, serde_json::Error>> {
    Deserializer::from_slice(bytes).into_iter()
}

/// What is wrong with a text, without the line, which is said elsewhere.
pub(super) fn why(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.split_once(" at line ") {
        Some((what, _)) => format!("{what}, column {}", error.column()),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_by_themselves_are_told_from_one_text() {
        for (head, sign) in [
            ("{\"a\":1}\n{\"a\":2}\n", Some(b'\n')),
            ("{\"a\": broken\n{\"a\":2}\n", Some(b'\n')),
            ("\u{1e}{\"a\":1}\n", Some(RS)),
            ("{\n\"a\":\n{}\n}\n", None),
            ("{\"features\":[{}]}\n", None),
            (
                "{\"type\":\"FeatureCollection\",\n\"features\":[\n{\"a\":1},\n{\"a\":2}\n]}\n",
                None,
            ),
            ("[\n{\"a\":1}\n]\n", None),
            ("{\"list\":[\n{\"a\":1}\n]}\n", None),
            ("{\"a\":1}", None),
        ] {
            assert_eq!(parted(head.as_bytes()), sign, "{head}");
        }
    }
}
