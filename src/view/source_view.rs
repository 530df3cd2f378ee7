//! One source: what it is, what it says, and what it supports.

use crate::dataset::Dataset;
use crate::model::{ClaimIx, Locator, Source, SourceIx};

/// Longest short name, in characters.
const SHORT: usize = 20;

/// A name for a source that fits a chip: the number that its document's file
/// name begins with, else the head of its title.
#[must_use]
pub fn short_name(source: &Source, lang: &str) -> String {
    let number = source
        .document
        .as_ref()
        .and_then(|d| d.name.split_once(['_', '-', ' ']))
        .map(|(head, _)| head)
        .filter(|h| !h.is_empty() && h.chars().all(|c| c.is_ascii_digit()));
    if let Some(number) = number {
        return number.to_owned();
    }
    let title = source.title.get(lang);
    let head = title
        .split([',', ';', ':', '('])
        .next()
        .unwrap_or(title)
        .trim();
    if head.is_empty() {
        return source.id.clone();
    }
    shortened(head, SHORT)
}

/// A text cut after a whole word, with an ellipsis, when it is longer than
/// `limit` characters.
#[must_use]
pub fn shortened(text: &str, limit: usize) -> String {
    let Some((cut, _)) = text.char_indices().nth(limit) else {
        return text.to_owned();
    };
    let head = &text[..cut];
    let end = if text[cut..].starts_with(char::is_whitespace) {
        head.len()
    } else {
        head.rfind(char::is_whitespace).unwrap_or(head.len())
    };
    format!("{}\u{2026}", head[..end].trim_end())
}

/// The claims that rest on one passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Where it is; `None` when the claims say no place.
    pub locator: Option<Locator>,
    /// What is read there.
    pub claims: Vec<ClaimIx>,
}

/// One source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceView {
    /// Which source.
    pub source: SourceIx,
    /// Its claims by passage, in order of the text.
    pub passages: Vec<Passage>,
}

impl SourceView {
    /// Looks at a source.
    #[must_use]
    pub fn new(dataset: &Dataset, source: SourceIx) -> Self {
        Self {
            source,
            passages: passages(dataset, source),
        }
    }
}

/// The claims of a source by passage: positions in order of the text, then
/// fragments, then claims without a locator. That it tells of an event is no
/// passage: see [`Dataset::events_of_source`].
#[must_use]
pub fn passages(dataset: &Dataset, source: SourceIx) -> Vec<Passage> {
    let key = |locator: Option<&Locator>| match locator {
        Some(Locator::Position { start, end, .. }) => (0, *start, *end, String::new()),
        Some(Locator::Fragment(f)) => (1, 0, 0, f.clone()),
        None => (2, 0, 0, String::new()),
    };
    let claims = dataset.claims_of(source);
    let says = |c: &&ClaimIx| !dataset.only_tells(**c);
    let mut claims: Vec<ClaimIx> = claims.iter().filter(says).copied().collect();
    claims.sort_by_key(|c| (key(dataset.locator(*c)), *c));
    let mut out: Vec<Passage> = Vec::new();
    for ix in claims {
        let locator = dataset.locator(ix);
        match out.last_mut() {
            Some(last) if last.locator.as_ref() == locator => last.claims.push(ix),
            _ => out.push(Passage {
                locator: locator.cloned(),
                claims: vec![ix],
            }),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::bundled;

    #[test]
    fn short_names_are_short_and_tell_sources_apart() {
        let (dataset, _) = bundled().unwrap();
        let name = |id: &str| {
            let ix = dataset.source_by_id(id).unwrap();
            short_name(dataset.source(ix), "en")
        };
        assert_eq!(name("djibo-report"), "000");
        assert_eq!(name("ucdp-ged"), "UCDP Georeferenced…");
        assert_eq!(name("geonames"), "GeoNames gazetteer");
        assert_eq!(name("wikipedia-en-tongo-tongo"), "English Wikipedia");
        for source in dataset.sources() {
            for lang in ["en", "fr"] {
                let n = short_name(source, lang).chars().count();
                assert!((2..=SHORT + 1).contains(&n), "{}", source.id);
            }
        }
    }

    #[test]
    fn a_long_word_is_cut_and_a_whole_one_kept() {
        assert_eq!(shortened("abc def", 3), "abc…");
        assert_eq!(shortened("abc def", 5), "abc…");
        assert_eq!(shortened("abcdef", 3), "abc…");
        assert_eq!(shortened("abc", 3), "abc");
    }

    #[test]
    fn passages_hold_every_claim_once_and_follow_the_text() {
        let (dataset, _) = bundled().unwrap();
        for at in 0..dataset.sources().len() {
            let source = SourceIx::new(at);
            let passages = passages(&dataset, source);
            let n: usize = passages.iter().map(|p| p.claims.len()).sum();
            assert_eq!(n, dataset.claims_of(source).len());
            let starts: Vec<u64> = passages
                .iter()
                .filter_map(|p| match &p.locator {
                    Some(Locator::Position { start, .. }) => Some(*start),
                    _ => None,
                })
                .collect();
            assert!(starts.is_sorted());
            for w in passages.windows(2) {
                assert_ne!(w[0].locator, w[1].locator);
            }
        }
    }
}
