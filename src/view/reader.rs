//! What the source reader shows: paragraphs, cited passages, found words.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::dataset::Dataset;
use crate::formats::DocumentText;
use crate::model::{ClaimIx, Locator, SourceIx};

use super::source_view::{Passage, passages};

/// Most matches that a search lists. Trade-off: far more than anyone steps
/// through, and little enough to hold.
pub const MOST_FOUND: usize = 10_000;

/// A cited position of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The locator and the claims that rest on it.
    pub passage: Passage,
    /// Bytes of the document; `None` when the hash does not match, and the
    /// passage must not be marked.
    pub range: Option<Range<usize>>,
}

/// A document with its cited passages.
#[derive(Clone, Debug)]
pub struct DocumentView {
    /// The document.
    pub document: Arc<DocumentText>,
    /// Bytes of each paragraph, without its line break.
    pub paragraphs: Vec<Range<usize>>,
    /// Cited passages, in order of the text.
    pub citations: Vec<Citation>,
}

impl DocumentView {
    /// Splits a document into paragraphs and finds its cited passages.
    #[must_use]
    pub fn new(dataset: &Dataset, source: SourceIx, document: Arc<DocumentText>) -> Self {
        let citations = passages(dataset, source)
            .into_iter()
            .filter(|p| matches!(p.locator, Some(Locator::Position { .. })))
            .map(|passage| Citation {
                range: passage.locator.as_ref().and_then(|l| document.passage(l)),
                passage,
            })
            .collect();
        Self {
            paragraphs: paragraphs(&document.text),
            document,
            citations,
        }
    }

    /// The paragraph that holds a byte.
    #[must_use]
    pub fn paragraph_at(&self, byte: usize) -> usize {
        self.paragraphs
            .partition_point(|p| p.start <= byte)
            .saturating_sub(1)
    }

    /// The citation on which a claim rests.
    #[must_use]
    pub fn citation_of(&self, claim: ClaimIx) -> Option<usize> {
        self.citations
            .iter()
            .position(|c| c.passage.claims.contains(&claim))
    }

    /// The number of the paragraph, counted from 1 without empty ones, that
    /// holds a byte: what a reader would count.
    #[must_use]
    pub fn paragraph_number(&self, byte: usize) -> usize {
        let at = self.paragraph_at(byte);
        self.paragraphs[..=at.min(self.paragraphs.len().saturating_sub(1))]
            .iter()
            .filter(|p| !self.document.text[(*p).clone()].trim().is_empty())
            .count()
            .max(1)
    }
}

/// Bytes of each line of a text, without its line break.
#[must_use]
pub fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_end_matches(['\n', '\r']);
        out.push(start..start + body.len());
        start += line.len();
    }
    if out.is_empty() {
        out.push(0..0);
    }
    out
}

/// Cuts paragraphs longer than `most` bytes at blanks, so that each piece is
/// quickly laid out.
#[must_use]
pub fn blocks(text: &str, paragraphs: &[Range<usize>], most: usize) -> Vec<Range<usize>> {
    let mut out = Vec::with_capacity(paragraphs.len());
    for p in paragraphs {
        let mut start = p.start;
        while p.end - start > most {
            let mut cut = start + most;
            while !text.is_char_boundary(cut) {
                cut -= 1;
            }
            let blank = text[start..cut].rfind(char::is_whitespace);
            let end = match blank {
                Some(at) if at > 0 => {
                    let c = text[start + at..].chars().next().map_or(1, char::len_utf8);
                    start + at + c
                }
                _ if cut > start => cut,
                _ => p.end,
            };
            out.push(start..end);
            start = end;
        }
        out.push(start..p.end);
    }
    out
}

/// The parts of `range` that lie in `within`, counted from its start.
#[must_use]
pub fn clip(range: &Range<usize>, within: &Range<usize>) -> Option<Range<usize>> {
    let start = range.start.max(within.start);
    let end = range.end.min(within.end);
    (start < end).then(|| start - within.start..end - within.start)
}

/// Finds a text in another, ignoring case and accents. Answers ranges of
/// bytes, none within another, at most [`MOST_FOUND`].
#[must_use]
pub fn find(text: &str, query: &str) -> Vec<Range<usize>> {
    let wanted: Vec<char> = folded(query.trim()).map(|(_, c)| c).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    // The last folded characters, as many as are wanted, with their bytes.
    let mut last: VecDeque<(Range<usize>, char)> = VecDeque::with_capacity(wanted.len());
    let mut found: Vec<Range<usize>> = Vec::new();
    for (bytes, c) in folded(text) {
        // One character may fold into several: a match that would begin within
        // the character in which the one before ended is none.
        if last.is_empty() && found.last().is_some_and(|f| bytes.start < f.end) {
            continue;
        }
        if last.len() == wanted.len() {
            last.pop_front();
        }
        last.push_back((bytes, c));
        if last.iter().map(|(_, c)| c).eq(&wanted) {
            found.push(last[0].0.start..last[last.len() - 1].0.end);
            last.clear();
            if found.len() == MOST_FOUND {
                break;
            }
        }
    }
    found
}

/// Characters without case and accents, with the bytes they came from. Any
/// blank is a space, so that a line break does not hide a match.
fn folded(text: &str) -> impl Iterator<Item = (Range<usize>, char)> {
    text.char_indices().flat_map(|(at, c)| {
        let range = at..at + c.len_utf8();
        let c = match c {
            c if c.is_whitespace() => ' ',
            '\u{2019}' | '\u{02bc}' => '\'',
            '\u{2010}'..='\u{2012}' => '-',
            c => c,
        };
        std::iter::once(c)
            .nfkd()
            .filter(|c| !is_combining_mark(*c))
            .flat_map(char::to_lowercase)
            .map(move |c| (range.clone(), c))
            .collect::<Vec<_>>()
    })
}

/// One more or one fewer, around a list of `n`.
#[must_use]
pub fn step(at: Option<usize>, n: usize, forward: bool) -> Option<usize> {
    if n == 0 {
        return None;
    }
    Some(match (at, forward) {
        (None, true) => 0,
        (None, false) => n - 1,
        (Some(i), true) => (i + 1) % n,
        (Some(i), false) => (i + n - 1) % n,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::bundled;
    use proptest::prelude::*;
    use std::path::PathBuf;

    fn document(text: &str) -> Arc<DocumentText> {
        Arc::new(DocumentText::new(PathBuf::new(), text.to_owned()))
    }

    #[test]
    fn a_passage_with_another_hash_is_not_found() {
        let (dataset, _) = bundled().unwrap();
        let source = dataset.source_by_id("djibo-report").unwrap();
        let view = DocumentView::new(&dataset, source, document(&"x".repeat(3000)));
        assert!(view.citations.len() > 5);
        assert!(view.citations.iter().all(|c| c.range.is_none()));
        let claim = view.citations[2].passage.claims[0];
        assert_eq!(view.citation_of(claim), Some(2));
    }

    #[test]
    fn paragraphs_are_numbered_without_empty_ones() {
        let (dataset, _) = bundled().unwrap();
        let source = dataset.source_by_id("djibo-report").unwrap();
        let view = DocumentView::new(&dataset, source, document("one\r\n\r\ntwo\nthree"));
        assert_eq!(view.paragraphs, [0..3, 5..5, 7..10, 11..16]);
        for (byte, at, number) in [(0, 0, 1), (3, 0, 1), (7, 2, 2), (15, 3, 3)] {
            assert_eq!(view.paragraph_at(byte), at);
            assert_eq!(view.paragraph_number(byte), number);
        }
    }

    #[test]
    fn search_ignores_case_accents_and_line_breaks() {
        let text = "À Ménaka,\nl’armée";
        let found: Vec<&str> = find(text, "menaka, l'ARMEE")
            .into_iter()
            .map(|r| &text[r])
            .collect();
        assert_eq!(found, ["Ménaka,\nl’armée"]);
        assert_eq!(find("aaaa", "aa"), [0..2, 2..4]);
        assert!(find("abc", "  ").is_empty());
    }

    #[test]
    fn stepping_goes_round() {
        assert_eq!(step(None, 3, true), Some(0));
        assert_eq!(step(Some(2), 3, true), Some(0));
        assert_eq!(step(Some(0), 3, false), Some(2));
        assert_eq!(step(Some(1), 0, true), None);
    }

    proptest! {
        #[test]
        fn matches_lie_on_characters(text in "[aéÉﬁ \n’İ]{0,30}", query in "[aefi' ]{1,3}") {
            let mut end = 0;
            for r in find(&text, &query) {
                prop_assert!(text.get(r.clone()).is_some() && r.start >= end);
                end = r.end;
            }
        }

        #[test]
        fn blocks_cover_paragraphs_in_short_pieces(text in "[aé \n]{0,80}", most in 2_usize..20) {
            let paragraphs = paragraphs(&text);
            let blocks = blocks(&text, &paragraphs, most);
            prop_assert!(blocks.iter().all(|b| text.get(b.clone()).is_some() && b.len() <= most));
            let joined: usize = blocks.iter().map(ExactSizeIterator::len).sum();
            prop_assert_eq!(joined, paragraphs.iter().map(ExactSizeIterator::len).sum::<usize>());
        }

        #[test]
        fn paragraphs_cover_all_but_line_breaks(text in "[a\n\r]{0,20}") {
            let lines = paragraphs(&text);
            let n: usize = lines.iter().map(ExactSizeIterator::len).sum();
            let breaks = text.len() - n;
            prop_assert!(lines.windows(2).all(|w| w[0].end < w[1].start));
            prop_assert!(breaks <= text.matches(['\n', '\r']).count());
        }
    }
}
