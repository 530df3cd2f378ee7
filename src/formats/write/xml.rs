//! Text in XML.

/// Text as it may stand between tags or in an attribute. Characters that XML
/// 1.0 cannot hold at all become U+FFFD.
///
/// Source: Extensible Markup Language (XML) 1.0, fifth edition, section 2.2.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(c),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
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
            super::escape("<a b=\"c\">&\u{0}\u{1b}\u{ffff}\né"),
            "&lt;a b=&quot;c&quot;&gt;&amp;\u{fffd}\u{fffd}\u{fffd}\né"
        );
    }
}
