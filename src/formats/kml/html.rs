//! The text of a description that was written as HTML.

/// Tags after which a new line begins.
const BREAKS: [&str; 12] = [
    "br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "table", "ul", "hr",
];

/// Whether a text seems to be HTML.
pub(in crate::formats) fn is_html(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| {
        let next = text[at + 1..].chars().next();
        next.is_some_and(|c| c.is_ascii_alphabetic() || c == '/' || c == '!')
            && text[at..].contains('>')
    })
}

/// The text without its tags, a line a block.
pub(in crate::formats) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        words(&rest[..at], &mut out);
        rest = &rest[at + 1..];
        let Some(end) = rest.find('>') else {
            words("<", &mut out);
            break;
        };
        let tag = rest[..end].trim_start_matches('/');
        let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next();
        let name = name.unwrap_or_default().to_ascii_lowercase();
        let hidden = !rest.starts_with('/') && ["script", "style"].contains(&name.as_str());
        rest = &rest[end + 1..];
        if hidden {
            let close = format!("</{name}");
            let lower = rest.to_ascii_lowercase();
            rest = lower.find(&close).map_or("", |at| &rest[at..]);
        } else if BREAKS.contains(&name.as_str()) {
            out.push('\n');
        } else if name == "td" || name == "th" {
            out.push(' ');
        }
    }
    words(rest, &mut out);
    let lines = out
        .lines()
        .map(|l| l.split_whitespace().collect::<Vec<_>>().join(" "));
    lines
        .filter(|l| !l.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Appends text with its entities read.
fn words(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let end = rest.find(';').filter(|e| *e <= 10);
        match end.and_then(|end| entity(&rest[..end])) {
            Some(c) => {
                out.push(c);
                rest = end.map_or(rest, |end| &rest[end + 1..]);
            }
            None => out.push('&'),
        }
    }
    out.push_str(rest);
}

/// The letter that an entity of HTML stands for, of the commonest.
pub(in crate::formats) fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let hex = number.strip_prefix(['x', 'X']);
        let code = hex.map_or_else(|| number.parse().ok(), |h| u32::from_str_radix(h, 16).ok());
        return code.and_then(char::from_u32).filter(|c| *c != '\0');
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" | "rsquo" => '\'',
        "nbsp" => ' ',
        "deg" => '°',
        "ndash" => '–',
        "mdash" => '—',
        "copy" => '©',
        "eacute" => 'é',
        "egrave" => 'è',
        "agrave" => 'à',
        "ccedil" => 'ç',
        "ouml" => 'ö',
        "uuml" => 'ü',
        "auml" => 'ä',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_go_and_lines_stay() {
        for (html, text) in [
            (
                "<p>One <b>two</b></p><p>three&nbsp;&amp; four</p>",
                "One two\nthree & four",
            ),
            ("a<br/>b<style>p { x }</style>c", "a\nbc"),
            ("1 < 2", "1 < 2"),
            ("<script>alert(1)", ""),
            ("&#233;&#xE9; &unknown; &", "éé &unknown; &"),
        ] {
            assert_eq!(plain(html), text, "{html}");
        }
        assert!(is_html("a <b>c</b>"));
        assert!(!is_html("1 < 2 > 0"));
    }
}
