//! What stands around values, and what stands where there is none.

/// Words that stand for "nothing" where a date, a number or a coordinate
/// belongs, in lower case.
const NOTHING: &[&str] = &[
    "na", "n/a", "n.a.", "null", "nan", "-", "--", "none", "#n/a", "unknown", "\\n", "nil", "nat",
];

/// Those that stand for it where a name belongs, which may be "None" or
/// "Unknown" for a reason.
const NO_NAME: &[&str] = &["NA", "N/A", "n/a", "NULL", "null", "-", "--", "#N/A", "\\N"];

/// A value without blanks of any kind and invisible signs of direction around
/// it.
pub(crate) fn trim(text: &str) -> &str {
    let plain = |byte: Option<&u8>| byte.is_none_or(|b| (b'!'..=b'~').contains(b));
    let bytes = text.as_bytes();
    // Most values have nothing to strip.
    if plain(bytes.first()) && plain(bytes.last()) {
        return text;
    }
    text.trim_matches(is_blank)
}

fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(c,
            '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Whether a trimmed value stands for no date, number or coordinate.
pub(crate) fn is_nothing(text: &str) -> bool {
    text.is_empty() || text.len() <= 7 && NOTHING.iter().any(|n| text.eq_ignore_ascii_case(n))
}

/// Whether a trimmed value stands for nobody and no place.
pub(crate) fn is_no_name(text: &str) -> bool {
    text.is_empty() || text.len() <= 4 && NO_NAME.contains(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_is_stripped() {
        for text in [
            "\u{200f}36.2\u{200e}",
            "\u{a0}36.2\u{202f}",
            "\u{feff}36.2",
            " 36.2\t",
            "\u{2067}36.2\u{2069}",
            "36.2",
        ] {
            assert_eq!(trim(text), "36.2", "{text:?}");
        }
        assert_eq!((trim(""), trim("\u{200f}")), ("", ""));
    }

    #[test]
    fn nothing_is_written_in_many_ways() {
        for text in [
            "", "NA", "N/A", "NULL", "null", "nan", "NaN", "-", "--", "none", "#N/A", "Unknown",
        ] {
            assert!(is_nothing(text), "{text}");
        }
        for text in ["0", "-1", "Nantes", "unknown place"] {
            assert!(!is_nothing(text), "{text}");
        }
        assert!(is_no_name("NA") && is_no_name("-") && is_no_name("#N/A"));
        assert!(!is_no_name("Unknown") && !is_no_name("Na") && !is_no_name("None"));
    }
}
