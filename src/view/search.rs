//! Finding anything by a few letters: events, actors, places, sources.

use crate::dataset::{Dataset, Filter};
use crate::model::fold;
use crate::session::Focus;

/// How many hits of each sort are given.
const MAX_EACH: usize = 8;

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

/// What a query finds, best first: actors by any of their names, then places,
/// sources and events.
#[must_use]
pub fn search(dataset: &Dataset, query: &str, lang: &str) -> Vec<Hit> {
    let folded = fold(query);
    if folded.is_empty() {
        return Vec::new();
    }
    let mut hits = Vec::new();
    let mut actors: Vec<_> = dataset
        .actors()
        .iter()
        .enumerate()
        .filter_map(|(at, actor)| {
            let label = actor.name(lang);
            let name = std::iter::once(label)
                .chain(actor.names.iter().map(|n| n.name.as_str()))
                .find(|n| matches(query, n))?;
            let starts = fold(name).starts_with(&folded);
            Some((
                !starts,
                Hit {
                    focus: Focus::Actor(crate::model::ActorIx::new(at)),
                    label: label.to_owned(),
                    matched: (name != label).then(|| name.to_owned()),
                },
            ))
        })
        .collect();
    actors.sort_by_key(|(late, _)| *late);
    hits.extend(actors.into_iter().map(|(_, h)| h).take(MAX_EACH));
    let places = dataset.places().iter().enumerate().filter_map(|(at, p)| {
        let label = p.names.get(lang);
        let name = std::iter::once(label)
            .chain(p.names.iter().map(|(_, n)| n))
            .find(|n| matches(query, n))?;
        Some(Hit {
            focus: Focus::Place(crate::model::PlaceIx::new(at)),
            label: label.to_owned(),
            matched: (name != label).then(|| name.to_owned()),
        })
    });
    hits.extend(places.take(MAX_EACH));
    let sources = dataset.sources().iter().enumerate().filter_map(|(at, s)| {
        let label = s.title.get(lang);
        let by = [Some(label), s.author.as_deref(), s.publisher.as_deref()];
        let name = by.into_iter().flatten().find(|n| matches(query, n))?;
        Some(Hit {
            focus: Focus::Source(crate::model::SourceIx::new(at)),
            label: label.to_owned(),
            matched: (name != label).then(|| name.to_owned()),
        })
    });
    hits.extend(sources.take(MAX_EACH));
    let filter = Filter {
        text: query.to_owned(),
        ..Filter::default()
    };
    let events = dataset.filtered(&filter);
    let (first, second): (Vec<_>, Vec<_>) = events
        .iter()
        .take(200)
        .map(|row| (row, dataset.title(row, lang).to_owned()))
        .partition(|(_, title)| matches(query, title));
    hits.extend(
        first
            .into_iter()
            .chain(second)
            .take(MAX_EACH)
            .map(|(row, label)| Hit {
                focus: Focus::Event(row),
                label,
                matched: None,
            }),
    );
    hits
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
