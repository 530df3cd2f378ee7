//! Finding anything by a few letters: events, actors, places, sources.

use crate::dataset::Dataset;
use crate::model::{ActorIx, PlaceIx, SourceIx, fold};
use crate::session::Focus;

/// How many hits of each sort are given.
const MAX_EACH: usize = 8;

/// How many events that hold the words are looked at. Trade-off: a word that
/// stands in a million events is no name to look for.
const MAX_MENTIONS: usize = 2_000;

/// Datasets with more than so many things are searched in the background.
const MANY: usize = 20_000;

/// Whether a search may take longer than a frame has time for.
#[must_use]
pub fn takes_long(dataset: &Dataset) -> bool {
    let names = dataset.actors().len() + dataset.places().len() + dataset.sources().len();
    dataset.len() + names > MANY
}

/// Something found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// What it is.
    pub focus: Focus,
    /// Its name.
    pub label: String,
    /// Where the search matched, if not in the label: another name.
    pub matched: Option<String>,
}

/// Whether each folded word of `query` begins a word of `text`.
#[must_use]
pub fn matches(query: &str, text: &str) -> bool {
    let text = fold(text);
    let words: Vec<&str> = text.split(' ').collect();
    fold(query)
        .split(' ')
        .all(|q| words.iter().any(|w| w.starts_with(q)))
}

/// How well a name fits a query: its beginning, its words, or not at all.
fn fit(query: &str, folded: &str, name: &str) -> Option<u8> {
    if fold(name).starts_with(folded) {
        Some(0)
    } else {
        matches(query, name).then_some(1)
    }
}

/// The best fit among a label and other names; a label goes before them.
fn best<'a>(
    query: &str,
    folded: &str,
    label: &'a str,
    others: impl Iterator<Item = &'a str>,
) -> Option<(u8, Option<String>)> {
    if let Some(rank) = fit(query, folded, label) {
        return Some((rank, None));
    }
    others
        .filter_map(|name| Some((fit(query, folded, name)? + 2, Some(name.to_owned()))))
        .min_by_key(|(rank, _)| *rank)
}

/// What a query finds, best first: names that begin with it, then names that
/// hold it, then other names and mentions. At a tie actors go before events,
/// places and sources.
#[must_use]
pub fn search(dataset: &Dataset, query: &str, lang: &str) -> Vec<Hit> {
    let folded = fold(query);
    if folded.is_empty() {
        return Vec::new();
    }
    let mut hits: Vec<(u8, Hit)> = Vec::new();
    hits.extend(actors(dataset, query, &folded, lang));
    hits.extend(events(dataset, query, &folded, lang));
    hits.extend(places(dataset, query, &folded, lang));
    hits.extend(sources(dataset, query, &folded, lang));
    hits.sort_by_key(|(rank, _)| *rank);
    hits.into_iter().map(|(_, hit)| hit).collect()
}

/// The best few of one sort of things.
fn few(mut hits: Vec<(u8, Hit)>) -> Vec<(u8, Hit)> {
    hits.sort_by_key(|(rank, _)| *rank);
    hits.truncate(MAX_EACH);
    hits
}

fn actors(dataset: &Dataset, query: &str, folded: &str, lang: &str) -> Vec<(u8, Hit)> {
    let all = dataset.actors().iter().enumerate();
    few(all
        .filter_map(|(at, actor)| {
            let label = actor.name(lang);
            let names = actor.names.iter().map(|n| n.name.as_str());
            let (rank, matched) = best(query, folded, label, names)?;
            let focus = Focus::Actor(ActorIx::new(at));
            Some((rank, hit(focus, label, matched)))
        })
        .collect())
}

fn events(dataset: &Dataset, query: &str, folded: &str, lang: &str) -> Vec<(u8, Hit)> {
    few(dataset
        .search(query)
        .iter()
        .take(MAX_MENTIONS)
        .map(|row| {
            let label = dataset.title(row, lang).to_owned();
            let rank = fit(query, folded, &label).unwrap_or(4);
            (rank, hit(Focus::Event(row), &label, None))
        })
        .collect())
}

fn places(dataset: &Dataset, query: &str, folded: &str, lang: &str) -> Vec<(u8, Hit)> {
    let all = dataset.places().iter().enumerate();
    few(all
        .filter_map(|(at, place)| {
            let label = place.names.get(lang);
            let names = place.names.iter().map(|(_, n)| n);
            let (rank, matched) = best(query, folded, label, names)?;
            Some((rank, hit(Focus::Place(PlaceIx::new(at)), label, matched)))
        })
        .collect())
}

fn sources(dataset: &Dataset, query: &str, folded: &str, lang: &str) -> Vec<(u8, Hit)> {
    let all = dataset.sources().iter().enumerate();
    few(all
        .filter_map(|(at, source)| {
            let label = source.title.get(lang);
            let by = [source.author.as_deref(), source.publisher.as_deref()];
            let (rank, matched) = best(query, folded, label, by.into_iter().flatten())?;
            Some((rank, hit(Focus::Source(SourceIx::new(at)), label, matched)))
        })
        .collect())
}

fn hit(focus: Focus, label: &str, matched: Option<String>) -> Hit {
    Hit {
        focus,
        label: label.to_owned(),
        matched,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_spelling_finds_the_actor_and_says_which_matched() {
        let (dataset, _) = crate::formats::bundled().unwrap();
        for query in ["petit chafori", "CHAFFORI", "Petit-Chapore", "djibo"] {
            let hits = search(&dataset, query, "en");
            let djibo = dataset.actor_by_id("illiassou-djibo").unwrap();
            assert_eq!(
                hits.first().map(|h| h.focus),
                Some(Focus::Actor(djibo)),
                "{query}"
            );
        }
        let hits = search(&dataset, "chafori", "en");
        assert_eq!(hits[0].matched.as_deref(), Some("Petit Chafori"));
    }

    #[test]
    fn what_begins_with_the_words_comes_first() {
        let (dataset, _) = crate::formats::bundled().unwrap();
        let first = |query: &str| search(&dataset, query, "en")[0].label.clone();
        assert_eq!(first("tongo tongo am"), "Tongo Tongo ambush");
        assert_eq!(first("moussa him"), "Moussa Himma Diallo");
        assert_eq!(first("haj"), "Hajin");
    }

    #[test]
    fn events_places_and_sources_are_found_too() {
        let (dataset, _) = crate::formats::bundled().unwrap();
        let found = |query: &str, want: fn(&Focus) -> bool| {
            search(&dataset, query, "en").iter().any(|h| want(&h.focus))
        };
        assert!(found("tongo", |f| matches!(f, Focus::Event(_))));
        assert!(found("hajin", |f| matches!(f, Focus::Place(_))));
        assert!(found("amadou", |f| matches!(f, Focus::Source(_))));
        assert!(search(&dataset, "  ", "en").is_empty());
        assert!(search(&dataset, "zzzz", "en").is_empty());
    }
}
