//! Lines of text that run from right to left, put in the order in which they
//! are drawn. The text layout shapes words, but does not order them.

use std::ops::Range;

use unicode_bidi::BidiInfo;

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
    /// Words, blanks and marks: a range of bytes in `text` and the range of
    /// the paragraph it came from, which is as long.
    pub pieces: Vec<(Range<usize>, Range<usize>)>,
}

/// The words of a paragraph, each with the blanks after it: a line may be
/// broken between any two.
#[must_use]
pub fn words(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut blank = true;
    for (at, c) in text.char_indices() {
        let starts = blank && !c.is_whitespace();
        blank = c.is_whitespace();
        let end = at + c.len_utf8();
        match out.last_mut() {
            Some(word) if !starts => word.end = end,
            Some(_) => out.push(at..end),
            None => out.push(0..end),
        }
    }
    out
}

/// Puts the lines of one paragraph in drawing order. `lines` are the bytes of
/// each line, in reading order.
///
/// Source: Unicode Standard Annex #9, rules L2 and L4, applied to words:
/// characters of a word are left in reading order, as the shaper reverses
/// them itself.
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
            // A blank at the end of a line is not drawn.
            let drawn = text[line.clone()].trim_end().len();
            let line = line.start..line.start + drawn;
            if line.is_empty() {
                return visual;
            }
            let (levels, runs) = info.visual_runs(paragraph, line);
            for run in runs {
                let rtl = levels[run.start].is_rtl();
                let mut pieces = pieces(text, run);
                if rtl {
                    pieces.reverse();
                }
                for piece in pieces {
                    visual.push(text, piece, rtl);
                }
            }
            visual
        })
        .collect()
}

impl VisualLine {
    fn push(&mut self, text: &str, from: Range<usize>, rtl: bool) {
        let start = self.text.len();
        let piece = &text[from.clone()];
        if rtl {
            self.text.extend(piece.chars().map(mirrored));
        } else {
            self.text.push_str(piece);
        }
        self.pieces.push((start..self.text.len(), from));
    }
}

/// The other of a pair of brackets. Both have as many bytes.
///
/// Source: Unicode Character Database, `BidiMirroring.txt`, common pairs.
fn mirrored(c: char) -> char {
    const PAIRS: [(char, char); 7] = [
        ('(', ')'),
        ('[', ']'),
        ('{', '}'),
        ('<', '>'),
        ('\u{ab}', '\u{bb}'),
        ('\u{2039}', '\u{203a}'),
        ('\u{27e8}', '\u{27e9}'),
    ];
    PAIRS
        .iter()
        .find_map(|(a, b)| match c {
            c if c == *a => Some(*b),
            c if c == *b => Some(*a),
            _ => None,
        })
        .unwrap_or(c)
}

/// What keeps its place within a run: a word, some blanks, or one mark of
/// punctuation of no script, which a shaper would not turn round.
#[derive(Clone, Copy, PartialEq)]
enum Class {
    Blank,
    Word,
    Mark,
}

fn class(c: char) -> Class {
    if c.is_whitespace() {
        Class::Blank
    } else if c.is_ascii_punctuation() || matches!(c, '\u{ab}' | '\u{bb}' | '\u{2010}'..='\u{205e}')
    {
        Class::Mark
    } else {
        Class::Word
    }
}

fn pieces(text: &str, run: Range<usize>) -> Vec<Range<usize>> {
    let mut out: Vec<(Class, Range<usize>)> = Vec::new();
    for (at, c) in text[run.clone()].char_indices() {
        let at = run.start + at;
        let end = at + c.len_utf8();
        let class = class(c);
        match out.last_mut() {
            Some((last, piece)) if *last == class && class != Class::Mark => piece.end = end,
            _ => out.push((class, at..end)),
        }
    }
    out.into_iter().map(|(_, piece)| piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn visual(text: &str) -> String {
        visual_lines(text, std::slice::from_ref(&(0..text.len())))[0]
            .text
            .clone()
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

    #[test]
    fn brackets_are_mirrored_and_full_stops_stand_at_the_left() {
        assert_eq!(visual("قال (حرب) هنا."), ".هنا (حرب) قال");
        assert_eq!(visual("قال (War) هنا"), "هنا (War) قال");
    }

    #[test]
    fn words_keep_their_blanks() {
        let text = " a  bc\u{a0}d ";
        let words: Vec<&str> = words(text).into_iter().map(|w| &text[w]).collect();
        assert_eq!(words, [" ", "a  ", "bc\u{a0}", "d "]);
    }

    proptest! {
        #[test]
        fn every_byte_is_drawn_once(text in "[a-z أبجد1.()]{0,40}[a-zأ]") {
            let whole = 0..text.len();
            let line = &visual_lines(&text, std::slice::from_ref(&whole))[0];
            prop_assert_eq!(line.text.len(), text.len());
            let mut drawn: Vec<usize> = Vec::new();
            for (to, from) in &line.pieces {
                prop_assert_eq!(to.len(), from.len());
                drawn.extend(from.clone());
            }
            drawn.sort_unstable();
            prop_assert_eq!(drawn, whole.collect::<Vec<_>>());
        }
    }
}
