//! Finds the actors that a text mentions, by any of their names.

use std::collections::HashMap;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::dataset::Dataset;
use crate::model::{ActorIx, NameType, fold};

/// An actor named in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The bytes of the name.
    pub range: Range<usize>,
    /// Who is meant.
    pub actor: ActorIx,
}

struct Entry {
    words: Vec<String>,
    actor: ActorIx,
    /// Written in capitals and short: "IS" is a name, "is" is not.
    exact: Option<String>,
}

/// Names of all actors, ready to be found.
pub struct Linker {
    /// By first word, longest name first.
    by_first: HashMap<String, Vec<Entry>>,
}

/// Longest acronym that must be written just as it is.
const ACRONYM: usize = 6;

impl Linker {
    /// Learns the names of a dataset. When two actors share a name, the one
    /// whose primary name it is has it, else the first.
    #[must_use]
    pub fn new(dataset: &Dataset) -> Self {
        let mut seen: HashMap<String, (NameType, ActorIx)> = HashMap::new();
        let mut by_first: HashMap<String, Vec<Entry>> = HashMap::new();
        let mut names: Vec<(NameType, ActorIx, &str)> = dataset
            .actors()
            .iter()
            .enumerate()
            .filter(|(_, a)| !a.missing)
            .flat_map(|(at, a)| {
                a.names
                    .iter()
                    .map(move |n| (n.kind, ActorIx::new(at), n.name.as_str()))
            })
            .collect();
        names.sort_by_key(|(kind, actor, _)| (*kind, *actor));
        for (kind, actor, name) in names {
            let folded = fold(name);
            if folded.chars().count() < 2 || seen.contains_key(&folded) {
                continue;
            }
            seen.insert(folded.clone(), (kind, actor));
            let words: Vec<String> = folded.split(' ').map(str::to_owned).collect();
            let entry = Entry {
                exact: is_acronym(name).then(|| name.to_owned()),
                words,
                actor,
            };
            by_first
                .entry(entry.words[0].clone())
                .or_default()
                .push(entry);
        }
        for list in by_first.values_mut() {
            list.sort_by_key(|e| std::cmp::Reverse(e.words.len()));
        }
        Self { by_first }
    }

    /// The mentions in a text, in order, none within another: at each word
    /// the longest name wins.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<Mention> {
        let words = words(text);
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            match self.at(text, &words[at..]) {
                Some((taken, actor)) => {
                    found.push(Mention {
                        range: words[at].range.start..words[at + taken - 1].range.end,
                        actor,
                    });
                    at += taken;
                }
                None => at += 1,
            }
        }
        found
    }

    fn at(&self, text: &str, words: &[Word]) -> Option<(usize, ActorIx)> {
        let list = self.by_first.get(&words.first()?.folded)?;
        list.iter()
            .find(|e| {
                let n = e.words.len();
                words.len() >= n
                    && e.words.iter().zip(words).all(|(a, b)| *a == b.folded)
                    && words[..n].windows(2).all(|w| joined(text, &w[0], &w[1]))
                    && e.exact
                        .as_ref()
                        .is_none_or(|name| text[words[0].range.clone()] == **name)
            })
            .map(|e| (e.words.len(), e.actor))
    }
}

fn is_acronym(name: &str) -> bool {
    name.chars().count() <= ACRONYM && name.chars().all(|c| c.is_uppercase() || c.is_ascii_digit())
}

struct Word {
    folded: String,
    range: Range<usize>,
}

/// The words of a text, folded as [`fold`] does, with their bytes.
fn words(text: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut open = false;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if is_combining_mark(c) {
            if let Some(word) = out.last_mut().filter(|_| open) {
                word.range.end = end;
            }
            continue;
        }
        if !c.is_alphanumeric() {
            open = false;
            continue;
        }
        if !open {
            out.push(Word {
                folded: String::new(),
                range: at..end,
            });
            open = true;
        }
        if let Some(word) = out.last_mut() {
            word.range.end = end;
            let plain = std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c));
            word.folded.extend(plain.flat_map(char::to_lowercase));
        }
    }
    out
}

/// Whether what stands between two words of a name may stand there: blanks,
/// hyphens and apostrophes, not the end of a sentence.
fn joined(text: &str, a: &Word, b: &Word) -> bool {
    text[a.range.end..b.range.start].chars().all(|c| {
        c.is_whitespace()
            || matches!(
                c,
                '-' | '\u{2010}'..='\u{2015}' | '\'' | '\u{2019}' | '\u{02bc}' | '`'
            )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::bundled;
    use proptest::prelude::*;

    fn found(text: &str) -> Vec<(String, String)> {
        let (dataset, _) = bundled().unwrap();
        Linker::new(&dataset)
            .find(text)
            .into_iter()
            .map(|m| (text[m.range].to_owned(), dataset.actor(m.actor).id.clone()))
            .collect()
    }

    fn pair(a: &str, b: &str) -> (String, String) {
        (a.to_owned(), b.to_owned())
    }

    #[test]
    fn an_alias_leads_to_its_bearer_whatever_the_case_and_accents() {
        for text in ["Petit Chapore", "PETIT CHAPORE", "petit chaporé"] {
            assert_eq!(
                found(&format!("« {text} » est mort.")),
                [pair(text, "illiassou-djibo")]
            );
        }
    }

    #[test]
    fn the_longest_name_wins_and_words_are_whole() {
        assert_eq!(
            found("Islamic State in the Greater Sahara"),
            [pair(
                "Islamic State in the Greater Sahara",
                "islamic-state-sahel"
            )]
        );
        // "Nigerien" is not "Niger", "Malian" not "Mali".
        assert_eq!(found("Nigerien, Malian"), []);
    }

    #[test]
    fn an_acronym_is_a_name_only_in_capitals() {
        assert_eq!(found("IS is there"), [pair("IS", "islamic-state")]);
    }

    #[test]
    fn a_name_does_not_reach_over_the_end_of_a_sentence() {
        assert_eq!(found("He is Petit. Chapore is a word."), []);
        assert_eq!(
            found("Abou Walid\nal\u{2011}Sahraoui"),
            [pair(
                "Abou Walid\nal\u{2011}Sahraoui",
                "abou-walid-al-sahraoui"
            )]
        );
    }

    proptest! {
        #[test]
        fn mentions_lie_on_characters_and_do_not_overlap(
            text in "(Petit Chapore|IS|é|Mali|, |\\. | |الصحراوي|x){0,20}"
        ) {
            let (dataset, _) = bundled().unwrap();
            let mut end = 0;
            for m in Linker::new(&dataset).find(&text) {
                prop_assert!(m.range.start >= end && text.get(m.range.clone()).is_some());
                end = m.range.end;
            }
        }
    }
}
