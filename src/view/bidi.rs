//! Lines of text that run from right to left, put in the order in which they
//! are drawn. The text layout shapes words, but does not order them.

use std::ops::Range;

use unicode_bidi::{BidiInfo, Level};

/// Whether a paragraph holds anything that runs from right to left.
#[must_use]
pub fn needs_reordering(text: &str) -> bool {
    // Hebrew, Arabic and their kin begin at U+0590; most text has none.
    text.chars().any(|c| c >= '\u{590}') && {
        let info = BidiInfo::new(text, None);
        info.has_rtl()
    }
}

/// Whether a paragraph as a whole runs from right to left.
#[must_use]
pub fn is_rtl(text: &str) -> bool {
    BidiInfo::new(text, None)
        .paragraphs
        .first()
        .is_some_and(|p| p.level.is_rtl())
}

/// A line in drawing order, and where its pieces come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VisualLine {
    /// The text as it is drawn from left to right. Letters within a word stay
    /// in reading order: shaping turns them round.
    pub text: String,
    /// Pieces, each a range of bytes in `text` and the range it came from.
    pub pieces: Vec<(Range<usize>, Range<usize>)>,
}

impl VisualLine {
    /// Where a range of the paragraph is drawn: in one or several stretches.
    #[must_use]
    pub fn map(&self, range: &Range<usize>) -> Vec<Range<usize>> {
        self.pieces
            .iter()
            .filter_map(|(to, from)| {
                let start = range.start.max(from.start);
                let end = range.end.min(from.end);
                (start < end)
                    .then(|| to.start + (start - from.start)..to.start + (end - from.start))
            })
            .collect()
    }
}

/// Puts the lines of one paragraph in drawing order. `lines` are the bytes of
/// each line, in reading order.
///
/// Source: Unicode Standard Annex #9, rule L2, applied to words: characters of
/// a word are left in reading order, as the shaper reverses them itself.
#[must_use]
pub fn visual_lines(text: &str, lines: &[Range<usize>]) -> Vec<VisualLine> {
    let info = BidiInfo::new(text, None);
    let Some(paragraph) = info.paragraphs.first() else {
        return Vec::new();
    };
    lines
        .iter()
        .map(|line| {
            let mut visual = VisualLine::default();
            if line.is_empty() {
                return visual;
            }
            let (levels, runs) = info.visual_runs(paragraph, line.clone());
            for run in runs {
                let level: Level = levels[run.start];
                if level.is_rtl() {
                    for word in words(text, run).into_iter().rev() {
                        visual.push(text, word);
                    }
                } else {
                    visual.push(text, run);
                }
            }
            visual
        })
        .collect()
}

impl VisualLine {
    fn push(&mut self, text: &str, from: Range<usize>) {
        let start = self.text.len();
        self.text.push_str(&text[from.clone()]);
        self.pieces.push((start..self.text.len(), from));
    }
}

/// The words of a run and the blanks between them, each a piece of its own.
fn words(text: &str, run: Range<usize>) -> Vec<Range<usize>> {
    let mut out: Vec<(bool, Range<usize>)> = Vec::new();
    for (at, c) in text[run.clone()].char_indices() {
        let at = run.start + at;
        let blank = c.is_whitespace();
        let end = at + c.len_utf8();
        match out.last_mut() {
            Some((b, piece)) if *b == blank => piece.end = end,
            _ => out.push((blank, at..end)),
        }
    }
    out.into_iter().map(|(_, piece)| piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn visual(text: &str) -> String {
        visual_lines(text, &[0..text.len()])[0].text.clone()
    }

    #[test]
    fn words_of_arabic_run_from_the_right() {
        assert_eq!(visual("أبو وليد الصحراوي"), "الصحراوي وليد أبو");
        assert!(needs_reordering("أبو") && is_rtl("أبو وليد IS"));
    }

    #[test]
    fn latin_in_arabic_and_arabic_in_latin_keep_their_order() {
        assert_eq!(visual("قال John Cantlie إنه"), "إنه John Cantlie قال");
        assert_eq!(visual("known as أبو وليد then"), "known as وليد أبو then");
        assert!(!is_rtl("known as أبو"));
    }

    #[test]
    fn plain_text_needs_nothing() {
        assert!(!needs_reordering("Ménaka – « Petit Chapore »"));
    }

    proptest! {
        #[test]
        fn every_byte_is_drawn_once(text in "[a-z أبجد1.]{1,40}") {
            let line = &visual_lines(&text, &[0..text.len()])[0];
            prop_assert_eq!(line.text.len(), text.len());
            let mut drawn: Vec<_> = line.map(&(0..text.len())).into_iter().flatten().collect();
            drawn.sort_unstable();
            prop_assert_eq!(drawn, (0..text.len()).collect::<Vec<_>>());
        }
    }
}
