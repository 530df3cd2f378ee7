//! The current set: what every panel shows.

use crate::dataset::{Dataset, FacetCounts, Filter, RowSet, Selected};

use super::Scope;

/// The rows that a scope takes in, computed once a change of scope. Map,
/// timeline, table, counts and export all read this one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CurrentSet {
    /// Rows the filter lets through, whatever the window.
    pub filtered: RowSet,
    /// Of these, the rows certainly and possibly in the window.
    pub selected: Selected,
    /// Show only what is certainly in the window.
    pub certainly: bool,
    /// Counts in the window by facet; each facet counts as if it did not
    /// narrow the set itself, so that its other values show what they hold.
    pub facets: FacetCounts,
    /// Counts changes: the key of memoised views, with the dataset's revision.
    pub revision: u64,
}

impl CurrentSet {
    /// Computes the set of a scope.
    #[must_use]
    pub fn new(dataset: &Dataset, scope: &Scope, revision: u64) -> Self {
        let filtered = dataset.filtered(&scope.filter);
        let selected = dataset.select(&filtered, scope.window);
        let facets = facets(dataset, scope, &selected);
        Self {
            filtered,
            selected,
            certainly: scope.certainly,
            facets,
            revision,
        }
    }

    /// The rows shown.
    #[must_use]
    pub fn shown(&self) -> &RowSet {
        self.selected.shown(self.certainly)
    }
}

fn facets(dataset: &Dataset, scope: &Scope, selected: &Selected) -> FacetCounts {
    let all = dataset.facets(selected.shown(scope.certainly));
    let without = |clear: fn(&mut Filter)| {
        let mut filter = scope.filter.clone();
        clear(&mut filter);
        let rows = dataset.filtered(&filter);
        let rows = dataset.select(&rows, scope.window);
        dataset.facets(rows.shown(scope.certainly))
    };
    let f = &scope.filter;
    FacetCounts {
        kinds: if f.kinds.is_empty() {
            all.kinds
        } else {
            without(|f| f.kinds.clear()).kinds
        },
        sides: if f.sides.is_empty() {
            all.sides
        } else {
            without(|f| f.sides.clear()).sides
        },
        actors: if f.actors.is_empty() {
            all.actors
        } else {
            without(|f| f.actors.clear()).actors
        },
        sources: if f.sources.is_empty() {
            all.sources
        } else {
            without(|f| f.sources.clear()).sources
        },
        places: if f.places.is_empty() {
            all.places
        } else {
            without(|f| f.places.clear()).places
        },
        flags: if f.flags.is_empty() {
            all.flags
        } else {
            without(|f| f.flags.clear()).flags
        },
    }
}
