//! Words of the events: titles, summaries, places and every name of every
//! actor, folded.

use std::collections::BTreeMap;

use crate::model::{EventDetail, EventRow, fold};

use super::{Parts, RowSet};

/// Rows by folded word, sorted, so that a prefix is a range.
pub(super) struct TextIndex {
    words: BTreeMap<String, RowSet>,
}

impl TextIndex {
    pub(super) fn build(parts: &Parts) -> Self {
        let mut index = Self {
            words: BTreeMap::new(),
        };
        for (at, event) in parts.events.iter().enumerate() {
            let row = EventRow::new(at);
            texts(parts, event, &mut |text| index.add(row, text));
        }
        index
    }

    fn add(&mut self, row: EventRow, text: &str) {
        for word in fold(text).split(' ').filter(|w| !w.is_empty()) {
            if let Some(rows) = self.words.get_mut(word) {
                rows.insert(row.0);
            } else {
                let rows = std::iter::once(row).collect();
                self.words.insert(word.to_owned(), rows);
            }
        }
    }

    /// The rows in which every word of `text` begins some word.
    pub(super) fn find(&self, text: &str) -> RowSet {
        let mut found: Option<RowSet> = None;
        for prefix in fold(text).split(' ').filter(|w| !w.is_empty()) {
            let mut any = RowSet::default();
            let from = self.words.range(prefix.to_owned()..);
            for (_, rows) in from.take_while(|(w, _)| w.starts_with(prefix)) {
                any.unite(rows);
            }
            match &mut found {
                Some(rows) => rows.intersect(&any),
                None => found = Some(any),
            }
        }
        found.unwrap_or_default()
    }
}

fn texts(parts: &Parts, event: &EventDetail, put: &mut dyn FnMut(&str)) {
    put(&event.id);
    for (_, text) in event.titles.iter().chain(event.summary.iter()) {
        put(text);
    }
    if let Some(place) = event.place {
        for (_, name) in parts.places[place.at()].names.iter() {
            put(name);
        }
    }
    for p in &event.participants {
        let actor = &parts.actors[p.actor.at()];
        put(&actor.id);
        for name in &actor.names {
            put(&name.name);
        }
    }
}
