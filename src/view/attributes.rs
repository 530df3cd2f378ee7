//! What the file of an event says besides what we understand: names and values
//! as it has them, so that nothing of it is hidden.

use serde_json::Value;

use crate::model::Extra;

/// Letters of one value shown; the whole of it can be copied.
const LETTERS: usize = 2_000;

/// One value under its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// The column or member, as in the file.
    pub name: String,
    /// The value as text, whole.
    pub value: String,
    /// How many bytes of the value are shown.
    pub shown: usize,
    /// Whether the whole value is the address of a page.
    pub is_link: bool,
}

impl Attribute {
    /// The part of the value that is shown.
    #[must_use]
    pub fn text(&self) -> &str {
        self.value.get(..self.shown).unwrap_or(&self.value)
    }

    /// Whether some of the value is not shown.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.shown < self.value.len()
    }
}

/// The attributes in the order of the file; empty values are left out.
#[must_use]
pub fn attributes(extra: &Extra) -> Vec<Attribute> {
    let some = |(name, value): (&String, &Value)| {
        if is_time(name, value) {
            return None;
        }
        let value = plain(value);
        if value.trim().is_empty() {
            return None;
        }
        let cut = value.char_indices().nth(LETTERS);
        Some(Attribute {
            name: name.clone(),
            shown: cut.map_or(value.len(), |(at, _)| at),
            is_link: is_link(&value),
            value,
        })
    };
    extra.iter().filter_map(some).collect()
}

/// Whether it is the time of the event as Linked Places writes it, which is
/// shown as its date already.
fn is_time(name: &str, value: &Value) -> bool {
    name == "when" && value.get("timespans").is_some()
}

/// A value as text: a text as it is, a list of plain values with commas,
/// anything deeper as JSON on one line.
#[must_use]
pub fn plain(value: &Value) -> String {
    let simple = |v: &Value| !v.is_array() && !v.is_object();
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(list) if list.iter().all(simple) => {
            let list: Vec<_> = list.iter().map(plain).collect();
            list.join(", ")
        }
        other => other.to_string(),
    }
}

fn is_link(text: &str) -> bool {
    let text = text.trim();
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    (lower.starts_with("http://") || lower.starts_with("https://"))
        && !text.contains(|c: char| c.is_whitespace() || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn of(value: Value) -> Vec<Attribute> {
        let mut extra = Extra::new();
        extra.insert("a".to_owned(), value);
        attributes(&extra)
    }

    #[test]
    fn values_are_shown_as_they_are() {
        let text = |value| of(value).first().map(|a| a.value.clone());
        assert_eq!(text(json!("as is")).as_deref(), Some("as is"));
        assert_eq!(text(json!(1.5)).as_deref(), Some("1.5"));
        assert_eq!(text(json!(["x", 2, null])).as_deref(), Some("x, 2, "));
        assert_eq!(text(json!({"x": [1]})).as_deref(), Some("{\"x\":[1]}"));
        assert_eq!(text(json!(false)).as_deref(), Some("false"));
        assert_eq!(text(json!(" ")), None);
        assert_eq!(text(json!(null)), None);
    }

    #[test]
    fn only_a_whole_address_is_a_link() {
        let link = |text: &str| of(json!(text))[0].is_link;
        assert!(link("https://example.org/a?b=c"));
        assert!(link("HTTP://EXAMPLE.ORG"));
        assert!(!link("see https://example.org"));
        assert!(!link("https://example.org and more"));
        assert!(!link("javascript:alert(1)"));
        assert!(!link("é"));
    }

    #[test]
    fn a_long_value_is_cut_between_letters_and_kept_whole() {
        let long = "é".repeat(5_000);
        let cut = &of(json!(long))[0];
        assert!(cut.is_cut());
        assert_eq!(cut.text().chars().count(), LETTERS);
        assert_eq!(cut.value, long);
    }
}
