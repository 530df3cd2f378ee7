//! Facets: for each value of kind, side, actor, source, place, flag and layer,
//! the set of its rows.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{ActorIx, EventRow, Flag, Kind, PlaceIx, SourceIx};

use super::columns::PlainColumns;
use super::links::{Links, RowLists};
use super::space::BitRows;
use super::tally::{Split, Sums};
use super::{Dataset, EventTable, Filter, Parts, RowSet, Tally};

/// Rows by value of each facet.
pub(super) struct FacetIndex {
    kinds: BTreeMap<Kind, RowSet>,
    sides: BTreeMap<Option<u8>, RowSet>,
    actors: Vec<RowSet>,
    sources: Vec<RowSet>,
    places: Places,
    flags: BTreeMap<Option<Flag>, RowSet>,
    /// Empty unless there are several.
    layers: BTreeMap<u8, RowSet>,
    /// There are no records: `actors` and `sources` are empty, [`Links`] has the
    /// rows.
    plain: bool,
}

/// Rows by place: sets where there are records, else lists, of which there may
/// be a hundred thousand short ones.
enum Places {
    Sets(BTreeMap<PlaceIx, RowSet>),
    Lists(RowLists),
}

impl Places {
    /// The rows at any of some places.
    fn union(&self, places: &BTreeSet<PlaceIx>) -> RowSet {
        match self {
            Self::Sets(sets) => RowSet::union(places.iter().filter_map(|p| sets.get(p))),
            Self::Lists(lists) => RowSet::of_lists(places.iter().map(|p| lists.of(p.at()))),
        }
    }
}

/// How many rows of a set have each value. Values without any row in the
/// whole dataset are left out; values without one in the set count zero.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FacetCounts {
    /// By kind, in legend order.
    pub kinds: Vec<(Kind, u64)>,
    /// By side, `None` last.
    pub sides: Vec<(Option<u8>, u64)>,
    /// By actor, most events first.
    pub actors: Vec<(ActorIx, u64)>,
    /// By source, in file order.
    pub sources: Vec<(SourceIx, u64)>,
    /// By place, most events first.
    pub places: Vec<(PlaceIx, u64)>,
    /// By warning; `None` for events without any.
    pub flags: Vec<(Option<Flag>, u64)>,
    /// By position in the list of layers; none unless there are several.
    pub layers: Vec<(u8, u64)>,
}

impl FacetIndex {
    pub(super) fn build(parts: &Parts, table: &EventTable, links: &Links) -> Self {
        if let Some(plain) = table.plain() {
            return Self::build_plain(parts, table, plain);
        }
        let mut index = Self {
            kinds: BTreeMap::new(),
            sides: BTreeMap::new(),
            actors: (0..parts.actors.len())
                .map(|a| {
                    links
                        .events_of_actor(ActorIx::new(a))
                        .iter()
                        .copied()
                        .collect()
                })
                .collect(),
            sources: (0..parts.sources.len())
                .map(|s| {
                    links
                        .events_of_source(SourceIx::new(s))
                        .iter()
                        .copied()
                        .collect()
                })
                .collect(),
            places: Places::Sets(BTreeMap::new()),
            flags: BTreeMap::new(),
            layers: BTreeMap::new(),
            plain: false,
        };
        for (at, event) in parts.events.iter().enumerate() {
            let row = EventRow::new(at);
            index.kinds.entry(event.kind).or_default().insert(row.0);
            let side = table.side(row);
            index.sides.entry(side).or_default().insert(row.0);
            if let (Some(place), Places::Sets(sets)) = (event.place, &mut index.places) {
                sets.entry(place).or_default().insert(row.0);
            }
            for flag in &event.flags {
                index.flags.entry(Some(*flag)).or_default().insert(row.0);
            }
            if event.flags.is_empty() {
                index.flags.entry(None).or_default().insert(row.0);
            }
            if parts.meta.layers.len() > 1 {
                index.layers.entry(event.layer).or_default().insert(row.0);
            }
        }
        index
    }

    fn build_plain(parts: &Parts, table: &EventTable, plain: &PlainColumns) -> Self {
        let n = table.len();
        let rows = || (0..n).map(EventRow::new);
        let place = |row| plain.place(row).map(|p| p.0);
        let places = Places::Lists(RowLists::by_numbers(n, place, parts.places.len()));
        let flags = if plain.wide.has_flags() {
            let some = rows().flat_map(|row| plain.flags(row).map(move |f| (row, Some(f))));
            let none = rows().filter(|row| plain.flags(*row).next().is_none());
            sets(n, some.chain(none.map(|row| (row, None))))
        } else {
            let all = std::iter::once((None, RowSet::all(n)));
            all.filter(|_| !table.is_empty()).collect()
        };
        let layers = match parts.meta.layers.len() {
            0 | 1 => BTreeMap::new(),
            _ => sets(n, rows().map(|row| (row, plain.wide.layer(row.at())))),
        };
        Self {
            kinds: sets(n, rows().map(|r| (r, table.kind(r)))),
            sides: sets(n, rows().map(|r| (r, table.side(r)))),
            actors: Vec::new(),
            sources: Vec::new(),
            places,
            flags,
            layers,
            plain: true,
        }
    }

    /// Keeps the rows that pass every facet of the filter. Within a facet any
    /// of the chosen values will do; a facet without a choice lets all pass.
    pub(super) fn narrow(&self, links: &Links, filter: &Filter, rows: &mut RowSet) {
        fn keep<'a, V: 'a>(
            rows: &mut RowSet,
            chosen: impl ExactSizeIterator<Item = &'a V>,
            of: impl Fn(&'a V) -> Option<&'a RowSet>,
        ) {
            if chosen.len() == 0 {
                return;
            }
            rows.intersect(&RowSet::union(chosen.filter_map(of)));
        }
        keep_some(rows, &filter.kinds, &self.kinds);
        keep_some(rows, &filter.sides, &self.sides);
        if self.plain {
            if !filter.actors.is_empty() {
                let of = |actor: &ActorIx| links.events_of_actor(*actor);
                rows.intersect(&RowSet::of_lists(filter.actors.iter().map(of)));
            }
            if !filter.sources.is_empty() {
                let of = |source: &SourceIx| links.events_of_source(*source);
                rows.intersect(&RowSet::of_lists(filter.sources.iter().map(of)));
            }
        } else {
            keep(rows, filter.actors.iter(), |a| self.actors.get(a.at()));
            keep(rows, filter.sources.iter(), |s| self.sources.get(s.at()));
        }
        if !filter.places.is_empty() {
            rows.intersect(&self.places.union(&filter.places));
        }
        keep(rows, filter.flags.iter(), |f| self.flags.get(f));
        keep_some(rows, &filter.layers, &self.layers);
    }

    /// Sides in a tally: none, then each up to the last one.
    pub(super) fn side_slots(&self) -> usize {
        let last = self.sides.keys().next_back().copied().flatten();
        last.map_or(1, |last| usize::from(last) + 2)
    }

    /// Counts by value, in order.
    fn of_sums(&self, links: &Links, sums: &Sums) -> FacetCounts {
        let has_rows = |actor: &ActorIx| !links.events_of_actor(*actor).is_empty();
        let mut actors: Vec<_> = (0..)
            .map(ActorIx)
            .zip(sums.actors().iter().map(|n| u64::from(*n)))
            .filter(|(actor, _)| has_rows(actor))
            .collect();
        actors.sort_unstable_by_key(|(a, n)| (std::cmp::Reverse(*n), *a));
        let is_used = |place: &PlaceIx| match &self.places {
            Places::Sets(sets) => sets.contains_key(place),
            Places::Lists(lists) => !lists.of(place.at()).is_empty(),
        };
        let mut places: Vec<_> = (0..)
            .map(PlaceIx)
            .zip(sums.places().iter().map(|n| u64::from(*n)))
            .filter(|(place, _)| is_used(place))
            .collect();
        places.sort_unstable_by_key(|(p, n)| (std::cmp::Reverse(*n), *p));
        let mut sides: Vec<_> = self.sides.keys().map(|s| (*s, sums.side(*s))).collect();
        sides.sort_by_key(|(s, _)| s.map_or(u16::MAX, u16::from));
        FacetCounts {
            kinds: self.kinds.keys().map(|k| (*k, sums.kind(*k))).collect(),
            sides,
            actors,
            sources: (0..)
                .map(SourceIx)
                .zip(sums.sources())
                .filter(|(s, _)| !links.events_of_source(*s).is_empty())
                .map(|(s, n)| (s, u64::from(*n)))
                .collect(),
            places,
            flags: self.flags.keys().map(|f| (*f, sums.flag(*f))).collect(),
            layers: self.layers.keys().map(|l| (*l, sums.layer(*l))).collect(),
        }
    }

    fn counts(&self, rows: &RowSet) -> FacetCounts {
        let mut actors: Vec<_> = numbered(&self.actors, rows, ActorIx::new);
        actors.sort_by_key(|(a, n)| (std::cmp::Reverse(*n), *a));
        let mut places: Vec<_> = match &self.places {
            Places::Sets(sets) => sets.iter().map(|(p, s)| (*p, s.shared(rows))).collect(),
            Places::Lists(_) => Vec::new(),
        };
        places.sort_by_key(|(p, n)| (std::cmp::Reverse(*n), *p));
        let mut sides: Vec<_> = self
            .sides
            .iter()
            .map(|(s, r)| (*s, r.shared(rows)))
            .collect();
        sides.sort_by_key(|(s, _)| s.map_or(u16::MAX, u16::from));
        FacetCounts {
            kinds: self
                .kinds
                .iter()
                .map(|(k, s)| (*k, s.shared(rows)))
                .collect(),
            sides,
            actors,
            sources: numbered(&self.sources, rows, SourceIx::new),
            places,
            flags: self
                .flags
                .iter()
                .map(|(f, s)| (*f, s.shared(rows)))
                .collect(),
            layers: self
                .layers
                .iter()
                .map(|(l, s)| (*l, s.shared(rows)))
                .collect(),
        }
    }
}

/// Keeps the rows with a chosen value of a facet of which each row has one;
/// without a choice, all.
fn keep_some<V: Ord>(rows: &mut RowSet, chosen: &BTreeSet<V>, sets: &BTreeMap<V, RowSet>) {
    if chosen.is_empty() {
        return;
    }
    let total: u64 = chosen
        .iter()
        .filter_map(|value| sets.get(value))
        .map(RowSet::len)
        .sum();
    // Whatever is least to go through.
    if rows.len() * 4 < total {
        let mut any = RowSet::default();
        for set in chosen.iter().filter_map(|value| sets.get(value)) {
            any.unite(&rows.intersection(set));
        }
        *rows = any;
        return;
    }
    if chosen.len() * 2 > sets.len() {
        let others = sets.iter().filter(|(value, _)| !chosen.contains(value));
        others.for_each(|(_, set)| rows.subtract(set));
        return;
    }
    let any = RowSet::union(chosen.iter().filter_map(|value| sets.get(value)));
    if rows.len() == sets.values().map(RowSet::len).sum::<u64>() {
        *rows = any;
    } else {
        rows.intersect(&any);
    }
}

/// The rows of each value.
fn sets<V: Ord + Copy>(
    rows: usize,
    values: impl Iterator<Item = (EventRow, V)>,
) -> BTreeMap<V, RowSet> {
    let mut found: BTreeMap<V, BitRows> = BTreeMap::new();
    for (row, value) in values {
        found
            .entry(value)
            .or_insert_with(|| BitRows::new(rows))
            .insert(row.0);
    }
    found
        .into_iter()
        .map(|(value, bits)| (value, bits.into_rows()))
        .collect()
}

fn numbered<I>(sets: &[RowSet], rows: &RowSet, index: fn(usize) -> I) -> Vec<(I, u64)> {
    sets.iter()
        .enumerate()
        .filter(|(_, set)| !set.is_empty())
        .map(|(at, set)| (index(at), set.shared(rows)))
        .collect()
}

impl Dataset {
    /// Keeps those of some rows that a filter's choices of facets let through.
    pub fn narrow(&self, filter: &Filter, rows: &mut RowSet) {
        self.facet.narrow(&self.links, filter, rows);
    }

    /// All rows of a kind.
    #[must_use]
    pub fn of_kind(&self, kind: Kind) -> Option<&RowSet> {
        self.facet.kinds.get(&kind)
    }

    /// All rows of a side, or of none.
    #[must_use]
    pub fn of_side(&self, side: Option<u8>) -> Option<&RowSet> {
        self.facet.sides.get(&side)
    }

    /// How many rows of a set have each value of each facet.
    #[must_use]
    pub fn facets(&self, rows: &RowSet) -> FacetCounts {
        if self.facet.plain {
            let tally = Tally::of(self, rows, Split::default());
            return self.facet_counts(&tally, &Filter::default());
        }
        self.facet.counts(rows)
    }

    /// The counts of a tally, in order: as [`Dataset::facets`] of those of its
    /// rows that pass the choices of `chosen` by which the tally is split
    /// ([`Split::within`]); kinds are counted as if kinds were not chosen, and
    /// sides as if sides were not.
    #[must_use]
    pub fn facet_counts(&self, tally: &Tally, chosen: &Filter) -> FacetCounts {
        self.facet.of_sums(&self.links, &tally.sums(self, chosen))
    }
}
