//! Counts by value of each facet, kept up to date row by row.

use rayon::prelude::*;

use crate::model::{ActorIx, EventRow, Flag, Kind};

use super::{Dataset, RowSet};

/// Rows counted by one task of a parallel count.
const PART: u32 = 1 << 18;

/// How many rows have each value of each facet. Adding or removing a row costs
/// by its values; [`Dataset::facet_counts`] puts the counts in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    /// By position in [`Kind::ALL`].
    pub(super) kinds: Vec<u32>,
    /// By side; the last one is "none".
    pub(super) sides: Vec<u32>,
    pub(super) actors: Vec<u32>,
    pub(super) sources: Vec<u32>,
    pub(super) places: Vec<u32>,
    /// By position in [`Flag::ALL`]; the last one is "none".
    pub(super) flags: Vec<u32>,
}

/// Position of "no side" among the sides.
pub(super) const SIDE_NONE: usize = 256;

fn bump(counts: &mut [u32], at: usize, by: u32) {
    if let Some(count) = counts.get_mut(at) {
        *count = count.wrapping_add(by);
    }
}

impl Tally {
    fn new(dataset: &Dataset) -> Self {
        Self {
            kinds: vec![0; Kind::ALL.len()],
            sides: vec![0; SIDE_NONE + 1],
            actors: vec![0; dataset.actors().len()],
            sources: vec![0; dataset.sources().len()],
            places: vec![0; dataset.places().len()],
            flags: vec![0; Flag::ALL.len() + 1],
        }
    }

    /// Counts the rows of a set, in parallel if they are many.
    #[must_use]
    pub fn of(dataset: &Dataset, rows: &RowSet) -> Self {
        let n = u32::try_from(dataset.len()).unwrap_or(u32::MAX);
        if rows.len() <= u64::from(PART) {
            let mut tally = Self::new(dataset);
            rows.iter().for_each(|row| tally.count(dataset, row, 1));
            return tally;
        }
        (0..n.div_ceil(PART))
            .into_par_iter()
            .fold(
                || Self::new(dataset),
                |mut tally, part| {
                    let range = part * PART..(part + 1).saturating_mul(PART);
                    for row in rows.within(range) {
                        tally.count(dataset, row, 1);
                    }
                    tally
                },
            )
            .reduce(|| Self::new(dataset), |a, b| a.plus(&b))
    }

    fn plus(mut self, other: &Self) -> Self {
        let add = |to: &mut [u32], from: &[u32]| {
            for (to, from) in to.iter_mut().zip(from) {
                *to += from;
            }
        };
        add(&mut self.kinds, &other.kinds);
        add(&mut self.sides, &other.sides);
        add(&mut self.actors, &other.actors);
        add(&mut self.sources, &other.sources);
        add(&mut self.places, &other.places);
        add(&mut self.flags, &other.flags);
        self
    }

    /// Adds rows that were not counted, and takes away rows that were.
    pub fn change(&mut self, dataset: &Dataset, added: &RowSet, removed: &RowSet) {
        for row in added.iter() {
            self.count(dataset, row, 1);
        }
        for row in removed.iter() {
            self.count(dataset, row, u32::MAX);
        }
    }

    /// Counts a row `by` 1, or by −1 as `u32::MAX`.
    fn count(&mut self, dataset: &Dataset, row: EventRow, by: u32) {
        bump(&mut self.kinds, dataset.kind(row) as usize, by);
        let side = dataset.side(row).map_or(SIDE_NONE, usize::from);
        bump(&mut self.sides, side, by);
        if let Some(place) = dataset.place_of(row) {
            bump(&mut self.places, place.at(), by);
        }
        if let Some(plain) = dataset.table.plain() {
            if let Some(actor) = plain.actor(row) {
                bump(&mut self.actors, actor.at(), by);
            }
            bump(&mut self.flags, Flag::ALL.len(), by);
            return;
        }
        let event = &dataset.parts.events[row.at()];
        let parts = &event.participants;
        for (at, part) in parts.iter().enumerate() {
            // Whoever has two roles counts once.
            let again = |actor: ActorIx| parts[..at].iter().any(|p| p.actor == actor);
            if !again(part.actor) {
                bump(&mut self.actors, part.actor.at(), by);
            }
        }
        for source in dataset.sources_of_event(row) {
            bump(&mut self.sources, source.at(), by);
        }
        for (at, flag) in event.flags.iter().enumerate() {
            if !event.flags[..at].contains(flag) {
                bump(&mut self.flags, *flag as usize, by);
            }
        }
        if event.flags.is_empty() {
            bump(&mut self.flags, Flag::ALL.len(), by);
        }
    }
}
