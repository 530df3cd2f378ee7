//! Facets: for each value of kind, side, actor, source, place and flag, the
//! set of its rows.

use std::collections::BTreeMap;

use crate::model::{ActorIx, EventRow, Flag, Kind, PlaceIx, SourceIx};

use super::links::Links;
use super::space::BitRows;
use super::tally::SIDE_NONE;
use super::{Dataset, EventTable, Filter, Parts, RowSet, Tally};

/// Rows by value of each facet.
pub(super) struct FacetIndex {
    kinds: BTreeMap<Kind, RowSet>,
    sides: BTreeMap<Option<u8>, RowSet>,
    actors: Vec<RowSet>,
    sources: Vec<RowSet>,
    places: BTreeMap<PlaceIx, RowSet>,
    flags: BTreeMap<Option<Flag>, RowSet>,
    /// There are no records: `actors` is empty, [`Links`] has the rows.
    plain: bool,
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
}

impl FacetIndex {
    pub(super) fn build(parts: &Parts, table: &EventTable, links: &Links) -> Self {
        if table.plain().is_some() {
            return Self::build_plain(parts, table);
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
            places: BTreeMap::new(),
            flags: BTreeMap::new(),
            plain: false,
        };
        for (at, event) in parts.events.iter().enumerate() {
            let row = EventRow::new(at);
            index.kinds.entry(event.kind).or_default().insert(row.0);
            let side = table.side(row);
            index.sides.entry(side).or_default().insert(row.0);
            if let Some(place) = event.place {
                index.places.entry(place).or_default().insert(row.0);
            }
            for flag in &event.flags {
                index.flags.entry(Some(*flag)).or_default().insert(row.0);
            }
            if event.flags.is_empty() {
                index.flags.entry(None).or_default().insert(row.0);
            }
        }
        index
    }

    fn build_plain(parts: &Parts, table: &EventTable) -> Self {
        let rows = || (0..table.len()).map(EventRow::new);
        let kinds = sets(table.len(), rows().map(|r| (r, table.kind(r))));
        let sides = sets(table.len(), rows().map(|r| (r, table.side(r))));
        let places = table.plain().map_or_else(BTreeMap::new, |plain| {
            let place = |row| plain.place(row).map(|p| p.0);
            let lists = super::links::RowLists::by_number(table.len(), place, parts.places.len());
            (0..parts.places.len())
                .map(|at| (PlaceIx::new(at), lists.of(at).iter().copied().collect()))
                .filter(|(_, rows): &(_, RowSet)| !rows.is_empty())
                .collect()
        });
        Self {
            kinds,
            sides,
            actors: Vec::new(),
            sources: vec![RowSet::default(); parts.sources.len()],
            places,
            flags: std::iter::once((None, RowSet::all(table.len())))
                .filter(|_| !table.is_empty())
                .collect(),
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
            let mut any = RowSet::default();
            for set in chosen.filter_map(of) {
                any.unite(set);
            }
            rows.intersect(&any);
        }
        keep(rows, filter.kinds.iter(), |k| self.kinds.get(k));
        keep(rows, filter.sides.iter(), |s| self.sides.get(s));
        if self.plain {
            if !filter.actors.is_empty() {
                let mut any = RowSet::default();
                for actor in &filter.actors {
                    any.unite(&links.events_of_actor(*actor).iter().copied().collect());
                }
                rows.intersect(&any);
            }
        } else {
            keep(rows, filter.actors.iter(), |a| self.actors.get(a.at()));
        }
        keep(rows, filter.sources.iter(), |s| self.sources.get(s.at()));
        keep(rows, filter.places.iter(), |p| self.places.get(p));
        keep(rows, filter.flags.iter(), |f| self.flags.get(f));
    }

    /// The counts of a tally, in order.
    fn of_tally(&self, links: &Links, tally: &Tally) -> FacetCounts {
        let has_rows = |actor: &ActorIx| !links.events_of_actor(*actor).is_empty();
        let mut actors: Vec<_> = (0..)
            .map(ActorIx)
            .zip(tally.actors.iter().map(|n| u64::from(*n)))
            .filter(|(actor, _)| has_rows(actor))
            .collect();
        actors.sort_by_key(|(a, n)| (std::cmp::Reverse(*n), *a));
        let mut places: Vec<_> = self
            .places
            .keys()
            .map(|p| (*p, u64::from(tally.places[p.at()])))
            .collect();
        places.sort_by_key(|(p, n)| (std::cmp::Reverse(*n), *p));
        let side = |s: &Option<u8>| s.map_or(SIDE_NONE, usize::from);
        let mut sides: Vec<_> = self
            .sides
            .keys()
            .map(|s| (*s, u64::from(tally.sides[side(s)])))
            .collect();
        sides.sort_by_key(|(s, _)| s.map_or(u16::MAX, u16::from));
        let flag = |f: &Option<Flag>| f.map_or(Flag::ALL.len(), |f| f as usize);
        FacetCounts {
            kinds: self
                .kinds
                .keys()
                .map(|k| (*k, u64::from(tally.kinds[*k as usize])))
                .collect(),
            sides,
            actors,
            sources: (0..)
                .map(SourceIx)
                .zip(&tally.sources)
                .filter(|(s, _)| !self.sources[s.at()].is_empty())
                .map(|(s, n)| (s, u64::from(*n)))
                .collect(),
            places,
            flags: self
                .flags
                .keys()
                .map(|f| (*f, u64::from(tally.flags[flag(f)])))
                .collect(),
        }
    }

    fn counts(&self, rows: &RowSet) -> FacetCounts {
        let mut actors: Vec<_> = numbered(&self.actors, rows, ActorIx::new);
        actors.sort_by_key(|(a, n)| (std::cmp::Reverse(*n), *a));
        let mut places: Vec<_> = self
            .places
            .iter()
            .map(|(p, s)| (*p, s.shared(rows)))
            .collect();
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
        }
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
    /// All rows of a kind.
    #[must_use]
    pub fn of_kind(&self, kind: Kind) -> Option<&RowSet> {
        self.facet.kinds.get(&kind)
    }

    /// How many rows of a set have each value of each facet.
    #[must_use]
    pub fn facets(&self, rows: &RowSet) -> FacetCounts {
        if self.facet.plain {
            return self.facet_counts(&Tally::of(self, rows));
        }
        self.facet.counts(rows)
    }

    /// The counts of a tally, in order: as [`Dataset::facets`] of its rows.
    #[must_use]
    pub fn facet_counts(&self, tally: &Tally) -> FacetCounts {
        self.facet.of_tally(&self.links, tally)
    }
}
