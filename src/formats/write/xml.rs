//! Text in XML.

/// Whether XML 1.0 cannot hold a character at all.
fn is_odd(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// Whether a text loses letters in XML.
pub(super) fn loses(text: &str) -> bool {
    text.contains(is_odd)
}

/// Text as it may stand between tags. Characters that XML 1.0 cannot hold at
/// all become U+FFFD; a carriage return, which would be read as a line end, is
/// written by its number.
///
/// Source: Extensible Markup Language (XML) 1.0, fifth edition, sections 2.2
/// and 2.11.
pub(super) fn escape(text: &str) -> String {
    escaped(text, false)
}

/// Text as it may stand in an attribute, where blanks of any sort would be read
/// as plain ones (section 3.3.3).
pub(super) fn attribute(text: &str) -> String {
    escaped(text, true)
}

fn escaped(text: &str, attribute: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' => out.push_str("&#13;"),
            '\t' if attribute => out.push_str("&#9;"),
            '\n' if attribute => out.push_str("&#10;"),
            c if is_odd(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_breaks_out_of_a_tag() {
        assert_eq!(
            super::escape("<a b=\"c\">&\u{0}\u{1b}\u{ffff}\n\ré\u{7f}"),
            "&lt;a b=&quot;c&quot;&gt;&amp;\u{fffd}\u{fffd}\u{fffd}\n&#13;é\u{7f}"
        );
        assert_eq!(super::attribute("a\t\"\n\r"), "a&#9;&quot;&#10;&#13;");
    }
}
