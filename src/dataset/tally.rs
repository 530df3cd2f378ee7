//! Counts by value of each facet, kept up to date row by row.

use rayon::prelude::*;

use crate::model::{ActorIx, EventRow, Flag, Kind};

use super::{Dataset, Filter, RowSet};

/// Rows counted by one task of a parallel count.
const PART: u32 = 1 << 18;
/// Counts in a tally that is split, at most. More would take longer to add up
/// than a filter by kind or side is worth; with fewer, a dataset of thousands
/// of actors would have to be counted anew for each such filter.
const MOST: usize = 1 << 22;
/// Number of kinds.
const KINDS: usize = Kind::ALL.len();

/// By what the counts of a tally are split, so that those of any choice of
/// such values are sums of them, and no row need be looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Split {
    /// By kind.
    pub kinds: bool,
    /// By side.
    pub sides: bool,
}

impl Split {
    /// As far as the counts do not become too many.
    #[must_use]
    pub fn of(dataset: &Dataset) -> Self {
        let width = Widths::of(dataset).all();
        let sides = dataset.facet.side_slots();
        Self {
            kinds: KINDS * width <= MOST,
            sides: KINDS * sides * width <= MOST,
        }
    }

    /// The choices of a filter that such a tally can still make.
    #[must_use]
    pub fn within(self, filter: &Filter) -> Filter {
        Filter {
            kinds: filter
                .kinds
                .iter()
                .copied()
                .filter(|_| self.kinds)
                .collect(),
            sides: filter
                .sides
                .iter()
                .copied()
                .filter(|_| self.sides)
                .collect(),
            ..Filter::default()
        }
    }

    /// The filter without these choices.
    #[must_use]
    pub fn without(self, filter: &Filter) -> Filter {
        let mut rest = filter.clone();
        if self.kinds {
            rest.kinds.clear();
        }
        if self.sides {
            rest.sides.clear();
        }
        rest
    }
}

/// How many values the facets have, but kinds and sides: they are numbered one
/// facet behind the other; "no flag" follows the last flag.
#[derive(Clone, Copy)]
struct Widths {
    actors: usize,
    sources: usize,
    places: usize,
    /// None unless there are several.
    layers: usize,
}

impl Widths {
    fn of(dataset: &Dataset) -> Self {
        Self {
            actors: dataset.actors().len(),
            sources: dataset.sources().len(),
            places: dataset.places().len(),
            layers: match dataset.layers().len() {
                1 => 0,
                several => several,
            },
        }
    }

    fn places_from(self) -> usize {
        self.actors + self.sources
    }

    fn flags_from(self) -> usize {
        self.places_from() + self.places
    }

    fn layers_from(self) -> usize {
        self.flags_from() + Flag::ALL.len() + 1
    }

    fn all(self) -> usize {
        self.layers_from() + self.layers
    }
}

/// How many rows have each value of each facet. Adding or removing a row costs
/// by its values; [`Dataset::facet_counts`] puts the counts in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    split: Split,
    /// By kind (its position in [`Kind::ALL`]) and side.
    cells: Vec<u32>,
    /// Sides in `cells`: none, then each.
    sides: usize,
    /// By values of the other facets, for each part of the split.
    values: Vec<u32>,
}

/// Position of a side among the sides of a tally.
fn side_slot(side: Option<u8>) -> usize {
    side.map_or(0, |side| usize::from(side) + 1)
}

/// The sums of a tally over the kinds and sides that a filter lets through.
pub(super) struct Sums {
    /// By position in [`Kind::ALL`], as if kinds were not chosen.
    kinds: [u32; KINDS],
    /// As if sides were not chosen.
    sides: Vec<u32>,
    values: Vec<u32>,
    widths: Widths,
}

impl Sums {
    pub(super) fn kind(&self, kind: Kind) -> u64 {
        u64::from(self.kinds[kind as usize])
    }

    pub(super) fn side(&self, side: Option<u8>) -> u64 {
        u64::from(self.sides[side_slot(side)])
    }

    pub(super) fn actors(&self) -> &[u32] {
        &self.values[..self.widths.actors]
    }

    pub(super) fn sources(&self) -> &[u32] {
        &self.values[self.widths.actors..self.widths.places_from()]
    }

    pub(super) fn places(&self) -> &[u32] {
        &self.values[self.widths.places_from()..self.widths.flags_from()]
    }

    pub(super) fn flag(&self, flag: Option<Flag>) -> u64 {
        let at = flag.map_or(Flag::ALL.len(), |flag| flag as usize);
        u64::from(self.values[self.widths.flags_from() + at])
    }

    pub(super) fn layer(&self, layer: u8) -> u64 {
        let at = self.widths.layers_from() + usize::from(layer);
        self.values.get(at).copied().map_or(0, u64::from)
    }
}

/// Adds up counts by value.
fn add(to: &mut [u32], from: &[u32]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to = to.wrapping_add(*from);
    }
}

impl Tally {
    fn new(dataset: &Dataset, split: Split) -> Self {
        let sides = dataset.facet.side_slots();
        let parts = if split.kinds { KINDS } else { 1 } * if split.sides { sides } else { 1 };
        Self {
            split,
            cells: vec![0; KINDS * sides],
            sides,
            values: vec![0; parts * Widths::of(dataset).all()],
        }
    }

    /// Counts the rows of a set, in parallel if they are many; of more than half
    /// of all rows those that are not in it.
    #[must_use]
    pub fn of(dataset: &Dataset, rows: &RowSet, split: Split) -> Self {
        let all = dataset.len() as u64;
        if rows.len() <= all / 2 || split != Split::of(dataset) {
            return Self::counted(dataset, rows, split);
        }
        let mut tally = dataset.count_all().clone();
        if rows.len() < all {
            let others = Self::counted(dataset, &dataset.all().difference(rows), split);
            tally.take(&others);
        }
        tally
    }

    fn take(&mut self, other: &Self) {
        let take = |from: &mut [u32], counts: &[u32]| {
            for (from, count) in from.iter_mut().zip(counts) {
                *from = from.wrapping_sub(*count);
            }
        };
        take(&mut self.cells, &other.cells);
        take(&mut self.values, &other.values);
    }

    /// Counts row by row.
    fn counted(dataset: &Dataset, rows: &RowSet, split: Split) -> Self {
        let n = u32::try_from(dataset.len()).unwrap_or(u32::MAX);
        let empty = || Self::new(dataset, split);
        if rows.len() <= u64::from(PART) {
            let mut tally = empty();
            tally.count(dataset, rows.iter(), 1);
            return tally;
        }
        (0..n.div_ceil(PART))
            .into_par_iter()
            .fold(empty, |mut tally, part| {
                let range = part * PART..(part + 1).saturating_mul(PART);
                tally.count(dataset, rows.within(range), 1);
                tally
            })
            .reduce(empty, |mut a, b| {
                add(&mut a.cells, &b.cells);
                add(&mut a.values, &b.values);
                a
            })
    }

    /// Adds rows that were not counted, and takes away rows that were.
    pub fn change(&mut self, dataset: &Dataset, added: &RowSet, removed: &RowSet) {
        self.count(dataset, added.iter(), 1);
        self.count(dataset, removed.iter(), u32::MAX);
    }

    /// Counts rows `by` 1, or by −1 as `u32::MAX`.
    fn count(&mut self, dataset: &Dataset, rows: impl Iterator<Item = EventRow>, by: u32) {
        let widths = Widths::of(dataset);
        let (flags_from, width) = (widths.flags_from(), widths.all());
        let unflagged = flags_from + Flag::ALL.len();
        for row in rows {
            let (kind, side) = (dataset.kind(row) as usize, side_slot(dataset.side(row)));
            bump(&mut self.cells, kind * self.sides + side, by);
            let part = match (self.split.kinds, self.split.sides) {
                (true, true) => kind * self.sides + side,
                (true, false) => kind,
                (false, true) => side,
                (false, false) => 0,
            };
            let values = &mut self.values[part * width..(part + 1) * width];
            let place = dataset.place_of(row);
            if let Some(place) = place.filter(|p| p.at() < widths.places) {
                bump(values, widths.places_from() + place.at(), by);
            }
            each_once(dataset.actors_of(row).map(ActorIx::at), |actor| {
                if actor < widths.actors {
                    bump(values, actor, by);
                }
            });
            for source in dataset.sources_of_event(row) {
                if source.at() < widths.sources {
                    bump(values, widths.actors + source.at(), by);
                }
            }
            let mut flagged = false;
            each_once(dataset.flags_of(row).map(|f| f as usize), |flag| {
                bump(values, flags_from + flag, by);
                flagged = true;
            });
            if !flagged {
                bump(values, unflagged, by);
            }
            if widths.layers > 0 {
                let layer = usize::from(dataset.layer(row));
                bump(values, widths.layers_from() + layer, by);
            }
        }
    }

    /// The counts of the rows of some kinds and sides, of which there are
    /// choices only where the tally is split by them.
    pub(super) fn sums(&self, dataset: &Dataset, chosen: &Filter) -> Sums {
        let kind_in =
            |kind: usize| chosen.kinds.is_empty() || chosen.kinds.contains(&Kind::ALL[kind]);
        let chosen_side = |slot: usize| {
            let side = slot.checked_sub(1).and_then(|side| u8::try_from(side).ok());
            chosen.sides.is_empty() || chosen.sides.contains(&side)
        };
        let sides_in: Vec<bool> = (0..self.sides).map(chosen_side).collect();
        let widths = Widths::of(dataset);
        let mut sums = Sums {
            kinds: [0; KINDS],
            sides: vec![0; self.sides],
            values: vec![0; widths.all()],
            widths,
        };
        for (kind, cells) in self.cells.chunks(self.sides.max(1)).enumerate() {
            let chosen = cells.iter().zip(&sides_in).filter(|(_, chosen)| **chosen);
            sums.kinds[kind] = chosen.map(|(n, _)| n).sum();
            if kind_in(kind) {
                add(&mut sums.sides, cells);
            }
        }
        for (part, values) in self.values.chunks(widths.all()).enumerate() {
            let passes = match (self.split.kinds, self.split.sides) {
                (true, true) => kind_in(part / self.sides) && sides_in[part % self.sides],
                (true, false) => kind_in(part),
                (false, true) => sides_in[part],
                (false, false) => true,
            };
            if passes {
                add(&mut sums.values, values);
            }
        }
        sums
    }
}

impl Dataset {
    /// The counts of all rows, which are kept.
    pub(super) fn count_all(&self) -> &Tally {
        let count = || Tally::counted(self, &self.all(), Split::of(self));
        self.total.get_or_init(count)
    }
}

fn bump(counts: &mut [u32], at: usize, by: u32) {
    if let Some(count) = counts.get_mut(at) {
        *count = count.wrapping_add(by);
    }
}

/// Hands over each of some numbers once, in whatever order.
fn each_once(mut numbers: impl Iterator<Item = usize>, mut put: impl FnMut(usize)) {
    /// So many are told apart without a list.
    const FEW: usize = 8;
    let Some(first) = numbers.next() else { return };
    put(first);
    let Some(second) = numbers.next() else { return };
    let mut few = [first; FEW];
    let mut many = Vec::new();
    let mut known = 1;
    for number in std::iter::once(second).chain(numbers) {
        if few[..known].contains(&number) {
            continue;
        }
        if known < FEW {
            few[known] = number;
            known += 1;
            put(number);
        } else {
            many.push(number);
        }
    }
    many.sort_unstable();
    many.dedup();
    many.into_iter().for_each(put);
}
