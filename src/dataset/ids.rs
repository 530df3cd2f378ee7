//! Things by their ids.

use std::sync::OnceLock;

use rayon::prelude::*;

use crate::model::{ActorIx, EventRow, PlaceIx, SourceIx};

use super::Dataset;

/// Positions in order of their ids, made when an id is first asked for: most of
/// half a million sources are never looked up.
#[derive(Default)]
pub(super) struct Sorted(OnceLock<Vec<u32>>);

impl Sorted {
    /// The thing with this id; of several the last one.
    fn find<T: Sync>(&self, things: &[T], id: fn(&T) -> &String, wanted: &str) -> Option<usize> {
        let of = |at: u32| id(&things[at as usize]).as_str();
        let sorted = self.0.get_or_init(|| {
            let mut all: Vec<u32> = (0..u32::try_from(things.len()).unwrap_or(u32::MAX)).collect();
            all.par_sort_unstable_by(|a, b| of(*a).cmp(of(*b)).then(a.cmp(b)));
            all
        });
        let behind = sorted.partition_point(|at| of(*at) <= wanted);
        let at = *sorted.get(behind.checked_sub(1)?)?;
        (of(at) == wanted).then_some(at as usize)
    }
}

/// Of each kind of things.
#[derive(Default)]
pub(super) struct Ids {
    events: Sorted,
    actors: Sorted,
    places: Sorted,
    sources: Sorted,
}

impl Dataset {
    /// The event with this id.
    #[must_use]
    pub fn event_by_id(&self, id: &str) -> Option<EventRow> {
        let Some(plain) = self.table.plain() else {
            let events = &self.parts.events;
            let found = self.ids.events.find(events, |e| &e.id, id);
            return found.map(EventRow::new);
        };
        // Numbers in order, then texts in order.
        let key = |row: u32| match plain.number(EventRow(row)) {
            Some(number) => (number, ""),
            None => (u32::MAX, plain.texts(EventRow(row))[2]),
        };
        let sorted = self.ids.events.0.get_or_init(|| {
            let mut rows: Vec<u32> = self.rows().map(|r| r.0).collect();
            rows.par_sort_unstable_by(|a, b| key(*a).cmp(&key(*b)));
            rows
        });
        // Only a number written as it is printed is that number.
        let number = id.parse().ok().filter(|n: &u32| n.to_string() == id);
        let keys = [number.map(|n| (n, "")), Some((u32::MAX, id))];
        keys.into_iter().flatten().find_map(|wanted| {
            let at = sorted.partition_point(|row| key(*row) < wanted);
            let row = *sorted.get(at)?;
            (key(row) == wanted).then_some(EventRow(row))
        })
    }

    /// The actor with this id.
    #[must_use]
    pub fn actor_by_id(&self, id: &str) -> Option<ActorIx> {
        let found = self.ids.actors.find(self.actors(), |a| &a.id, id);
        found.map(ActorIx::new)
    }

    /// The place with this id.
    #[must_use]
    pub fn place_by_id(&self, id: &str) -> Option<PlaceIx> {
        let found = self.ids.places.find(self.places(), |p| &p.id, id);
        found.map(PlaceIx::new)
    }

    /// The source with this id.
    #[must_use]
    pub fn source_by_id(&self, id: &str) -> Option<SourceIx> {
        let found = self.ids.sources.find(self.sources(), |s| &s.id, id);
        found.map(SourceIx::new)
    }
}
