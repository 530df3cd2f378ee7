//! A table from the clipboard.

use crate::formats::import::{Input, Watch};
use crate::formats::{self, OpenError, OpenOptions, Opened};

use super::opening::PASTED;

/// Whether a text looks like a table: two lines or more, and the first one has
/// several columns.
#[must_use]
pub fn is_table(text: &str) -> bool {
    let mut lines = text.lines().filter(|l| !l.trim().is_empty());
    let head = lines.next().unwrap_or_default();
    let columns = |c| head.split(c).count() > 1;
    // What begins with a bracket is GeoJSON or the like.
    let json = text.trim_start().starts_with(['{', '[']);
    json || (lines.next().is_some() && ['\t', ',', ';', '|'].into_iter().any(columns))
}

/// Reads a pasted table.
///
/// # Errors
/// When it is none.
pub fn read(text: &str, options: &OpenOptions, watch: &Watch) -> Result<Opened, OpenError> {
    let input = Input::of_bytes(PASTED, PASTED, text.as_bytes().to_vec());
    formats::open_input(input, "csv", options, watch)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_told_from_a_sentence() {
        assert!(is_table("a\tb\n1\t2"));
        assert!(is_table("\na;b\n1;2\n"));
        assert!(is_table("{\"type\": \"FeatureCollection\"}"));
        assert!(!is_table("one, two and three"));
        assert!(!is_table("a line\nand another"));
        assert!(!is_table(""));
    }
}
