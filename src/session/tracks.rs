//! Counts by facet of what is shown, kept in step with window and filter at
//! the cost of what changes.

use crate::dataset::{Dataset, FacetCounts, Filter, RowSet, Split, Tally};

use super::Scope;

/// What is less than one in so many of all rows is sooner put together anew than
/// taken out of what there was.
const SMALL: u64 = 8;

/// Facets that may be narrowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Facet {
    Kinds,
    Sides,
    Actors,
    Sources,
    Places,
    Flags,
    Layers,
}

/// The tallies from which the counts of all facets come.
///
/// Each facet counts as if it did not narrow the set itself. So there is a
/// track for what the whole filter lets through, and one for each narrowed facet
/// left out; but none for kinds and sides as long as tallies can be split by
/// them: then their choices are made when the counts are added up, and a kind
/// switched on or off costs no row.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tracks {
    split: Split,
    /// The filter's choices by which the tallies are split.
    chosen: Filter,
    /// The first one leaves no facet out.
    list: Vec<Track>,
}

/// The rows that some of a filter lets through, and their counts.
#[derive(Clone, Debug, PartialEq)]
struct Track {
    /// The facet left out; `None` if none is.
    without: Option<Facet>,
    /// The filter without it, and without what the tally is split by.
    filter: Filter,
    /// What that lets through, whatever the window; `None` if that is every row.
    filtered: Option<RowSet>,
    tally: Tally,
}

impl Tracks {
    /// Counts what is shown; `in_window` are the rows that would be without a
    /// filter.
    pub(super) fn new(
        dataset: &Dataset,
        filter: &Filter,
        in_window: &RowSet,
        split: Split,
    ) -> Self {
        let mut tracks = Self {
            split,
            chosen: Filter::default(),
            list: Vec::new(),
        };
        tracks.refilter(dataset, filter, in_window);
        tracks
    }

    /// Follows the window: by what comes into it and what leaves it, whatever
    /// the filter.
    pub(super) fn follow(&mut self, dataset: &Dataset, added: &RowSet, removed: &RowSet) {
        for track in &mut self.list {
            if let Some(rows) = &track.filtered {
                let (added, removed) = (added.intersection(rows), removed.intersection(rows));
                track.tally.change(dataset, &added, &removed);
            } else {
                track.tally.change(dataset, added, removed);
            }
        }
    }

    /// Takes in another filter. What is known of the sets that it leaves as they
    /// were is kept.
    pub(super) fn refilter(&mut self, dataset: &Dataset, filter: &Filter, in_window: &RowSet) {
        let rest = self.split.without(filter);
        let narrowed = Facet::ALL.into_iter().filter(|f| f.narrows(&rest));
        let known = std::mem::take(&mut self.list);
        self.list = std::iter::once(None)
            .chain(narrowed.map(Some))
            .map(|without| {
                let wanted = without.map_or_else(|| rest.clone(), |f| f.without(&rest));
                match known.iter().find(|track| track.filter == wanted) {
                    Some(track) => Track {
                        without,
                        ..track.clone()
                    },
                    None => Track::counted(without, wanted, self.split, &known, dataset, in_window),
                }
            })
            .collect();
        self.chosen = self.split.within(filter);
    }

    /// What the filter lets through, whatever the window.
    pub(super) fn filtered(&self, dataset: &Dataset) -> RowSet {
        let mut rows = self.unsplit().cloned().unwrap_or_else(|| dataset.all());
        dataset.narrow(&self.chosen, &mut rows);
        rows
    }

    /// The same, from what another filter let through, if the two differ by
    /// kinds or sides alone: an event has one of each, so only the rows of those
    /// switched on and off move.
    pub(super) fn switched(
        &self,
        dataset: &Dataset,
        (from, filtered): (&Filter, &RowSet),
        to: &Filter,
    ) -> Option<RowSet> {
        let same_but = |facet: Facet| facet.without(from) == facet.without(to);
        let some = |facet: Facet| facet.narrows(from) && facet.narrows(to);
        let among = |rows: &RowSet, facet: Facet| {
            let mut rows = self
                .unsplit()
                .map_or_else(|| rows.clone(), |u| u.intersection(rows));
            dataset.narrow(&facet.without(&self.chosen), &mut rows);
            rows
        };
        let of_kinds = to.kinds.iter().filter_map(|kind| dataset.of_kind(*kind));
        let left: u64 = of_kinds.map(RowSet::len).sum();
        if some(Facet::Kinds) && left < dataset.len() as u64 / SMALL {
            return None;
        }
        let mut rows = filtered.clone();
        if self.split.kinds && some(Facet::Kinds) && same_but(Facet::Kinds) {
            for of_kind in to.kinds.difference(&from.kinds) {
                if let Some(added) = dataset.of_kind(*of_kind) {
                    rows.unite(&among(added, Facet::Kinds));
                }
            }
            for of_kind in from.kinds.difference(&to.kinds) {
                if let Some(removed) = dataset.of_kind(*of_kind) {
                    rows.subtract(removed);
                }
            }
        } else if self.split.sides && some(Facet::Sides) && same_but(Facet::Sides) {
            for of_side in to.sides.difference(&from.sides) {
                if let Some(added) = dataset.of_side(*of_side) {
                    rows.unite(&among(added, Facet::Sides));
                }
            }
            for of_side in from.sides.difference(&to.sides) {
                if let Some(removed) = dataset.of_side(*of_side) {
                    rows.subtract(removed);
                }
            }
        } else {
            return None;
        }
        Some(rows)
    }

    /// Whether kinds and sides are told apart by all tallies.
    pub fn is_split(&self) -> bool {
        self.split.kinds && self.split.sides
    }

    /// What the filter lets through but for its choices by which tallies are
    /// split; `None` if that is every row.
    fn unsplit(&self) -> Option<&RowSet> {
        self.list.first()?.filtered.as_ref()
    }

    /// The counts of all facets.
    pub(super) fn facets(&self, dataset: &Dataset) -> FacetCounts {
        let mut facets = FacetCounts::default();
        for track in &self.list {
            let counts = dataset.facet_counts(&track.tally, &self.chosen);
            match track.without {
                None => facets = counts,
                Some(Facet::Kinds) => facets.kinds = counts.kinds,
                Some(Facet::Sides) => facets.sides = counts.sides,
                Some(Facet::Actors) => facets.actors = counts.actors,
                Some(Facet::Sources) => facets.sources = counts.sources,
                Some(Facet::Places) => facets.places = counts.places,
                Some(Facet::Flags) => facets.flags = counts.flags,
                Some(Facet::Layers) => facets.layers = counts.layers,
            }
        }
        facets
    }
}

impl Track {
    /// The rows that a filter lets through, counted: by what sets them apart
    /// from those of a track that was, if that is less.
    fn counted(
        without: Option<Facet>,
        filter: Filter,
        split: Split,
        known: &[Self],
        dataset: &Dataset,
        in_window: &RowSet,
    ) -> Self {
        let rows = dataset.filtered(&filter);
        let filtered = (rows.len() < dataset.len() as u64).then_some(rows);
        let among = |rows: &Option<RowSet>| match rows {
            Some(rows) => in_window.intersection(rows),
            None => in_window.clone(),
        };
        let shown = among(&filtered);
        let changed = known.iter().find(|track| track.without == without);
        let changed = changed.and_then(|track| {
            let before = among(&track.filtered);
            let (added, removed) = (shown.difference(&before), before.difference(&shown));
            if added.len() + removed.len() >= shown.len() {
                return None;
            }
            let mut tally = track.tally.clone();
            tally.change(dataset, &added, &removed);
            Some(tally)
        });
        Self {
            without,
            filter,
            filtered,
            tally: changed.unwrap_or_else(|| Tally::of(dataset, &shown, split)),
        }
    }
}

impl Facet {
    const ALL: [Self; 7] = [
        Self::Kinds,
        Self::Sides,
        Self::Actors,
        Self::Sources,
        Self::Places,
        Self::Flags,
        Self::Layers,
    ];

    fn narrows(self, f: &Filter) -> bool {
        match self {
            Self::Kinds => !f.kinds.is_empty(),
            Self::Sides => !f.sides.is_empty(),
            Self::Actors => !f.actors.is_empty(),
            Self::Sources => !f.sources.is_empty(),
            Self::Places => !f.places.is_empty(),
            Self::Flags => !f.flags.is_empty(),
            Self::Layers => !f.layers.is_empty(),
        }
    }

    fn without(self, filter: &Filter) -> Filter {
        let mut f = filter.clone();
        match self {
            Self::Kinds => f.kinds.clear(),
            Self::Sides => f.sides.clear(),
            Self::Actors => f.actors.clear(),
            Self::Sources => f.sources.clear(),
            Self::Places => f.places.clear(),
            Self::Flags => f.flags.clear(),
            Self::Layers => f.layers.clear(),
        }
        f
    }
}

/// The counts of all facets of a small dataset, from the sets themselves.
pub(super) fn facets(dataset: &Dataset, scope: &Scope, shown: &RowSet) -> FacetCounts {
    let mut counts = dataset.facets(shown);
    for facet in Facet::ALL.into_iter().filter(|f| f.narrows(&scope.filter)) {
        let rows = dataset.filtered(&facet.without(&scope.filter));
        let rows = dataset.select(&rows, scope.window);
        let others = dataset.facets(rows.shown(scope.certainly));
        match facet {
            Facet::Kinds => counts.kinds = others.kinds,
            Facet::Sides => counts.sides = others.sides,
            Facet::Actors => counts.actors = others.actors,
            Facet::Sources => counts.sources = others.sources,
            Facet::Places => counts.places = others.places,
            Facet::Flags => counts.flags = others.flags,
            Facet::Layers => counts.layers = others.layers,
        }
    }
    counts
}
