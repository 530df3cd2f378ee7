//! From bytes to JSON, with errors that say where and why.

use serde_json::Value;

use crate::formats::OpenError;

/// Parses one file of a dataset.
///
/// # Errors
/// When it is empty, not UTF-8, truncated or not JSON.
pub fn parse_file(bytes: &[u8], label: &str) -> Result<Value, OpenError> {
    let text = decode(bytes, label)?;
    if text.trim().is_empty() {
        return Err(OpenError::new(
            label,
            "the file is empty",
            "restore it from a copy, or save the dataset again",
        ));
    }
    serde_json::from_str(text).map_err(|e| {
        let place = format!("{label}, line {}, column {}", e.line(), e.column());
        if e.is_eof() {
            OpenError::new(
                place,
                "the file ends in the middle of a value: it is truncated",
                "fetch or restore the whole file",
            )
        } else {
            OpenError::new(
                place,
                format!("this is not JSON ({})", reason(&e)),
                "correct it there, or restore the file from a copy",
            )
        }
    })
}

/// The parser's reason without its own "at line … column …".
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rfind(" at line ") {
        Some(at) => text[..at].to_owned(),
        None => text,
    }
}

fn decode<'a>(bytes: &'a [u8], label: &str) -> Result<&'a str, OpenError> {
    let remedy = "save the file as UTF-8";
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(OpenError::new(label, "the file is UTF-16", remedy));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|e| {
        let before = &bytes[..e.valid_up_to()];
        let line = before.split(|b| *b == b'\n').count();
        OpenError::new(
            format!("{label}, line {line}, byte {}", e.valid_up_to()),
            "the file is not valid UTF-8",
            remedy,
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(bytes: &[u8]) -> String {
        parse_file(bytes, "x.json").unwrap_err().to_string()
    }

    #[test]
    fn each_kind_of_damage_has_its_own_message() {
        assert!(message(b"  \n").contains("the file is empty"));
        assert!(message(b"{\"a\": [1, 2").contains("truncated"));
        assert!(message(b"{\"a\": 1}}").contains("line 1, column 9: this is not JSON"));
        assert!(message(b"\xFF\xFE{\0}\0").contains("UTF-16"));
        assert!(message(b"{\n\"a\": \"\xE9\"}").contains("line 2, byte 8: the file is not valid"));
    }

    #[test]
    fn deep_nesting_is_an_error_not_a_crash() {
        assert!(message("[".repeat(250_000).as_bytes()).contains("not JSON"));
    }

    #[test]
    fn a_byte_order_mark_is_skipped() {
        assert_eq!(
            parse_file(b"\xEF\xBB\xBF[1]", "x").unwrap(),
            serde_json::json!([1])
        );
    }
}
