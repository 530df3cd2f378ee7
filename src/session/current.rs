//! The current set: what every panel shows.

use std::collections::VecDeque;

use crate::dataset::{Dataset, FacetCounts, Filter, RowSet, Selected, Tally};
use crate::model::time::Window;

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
    /// What is counted to follow the window; none of a small dataset, whose
    /// sets are made anew each time.
    tracks: Vec<Track>,
    /// The last changes of what is shown, without a gap up to now.
    deltas: VecDeque<Delta>,
}

/// What came into the shown set, and what left it, from one revision to the
/// next.
#[derive(Clone, Debug, PartialEq)]
pub struct Delta {
    /// The revision before.
    from: u64,
    /// Rows shown now that were not.
    pub added: RowSet,
    /// Rows shown before that are not now.
    pub removed: RowSet,
}

impl Delta {
    fn rows(&self) -> u64 {
        self.added.len() + self.removed.len()
    }
}

/// Rows in all deltas that are kept, at most. Trade-off: who counts in the
/// background while the window moves has to be able to catch up; a row takes
/// about two bytes.
const MOST_KEPT: u64 = 4_000_000;

/// From so many events on, a set follows the window instead of being made anew.
const LARGE: usize = 50_000;

/// Facets that may be narrowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Facet {
    Kinds,
    Sides,
    Actors,
    Sources,
    Places,
    Flags,
}

/// The rows that all facets but one let through, and their counts.
#[derive(Clone, Debug, PartialEq)]
struct Track {
    /// The facet left out; `None` if none is.
    without: Option<Facet>,
    /// Whatever the window; `None` if that is every row.
    filtered: Option<RowSet>,
    tally: Tally,
}

impl CurrentSet {
    /// Computes the set of a scope.
    #[must_use]
    pub fn new(dataset: &Dataset, scope: &Scope, revision: u64) -> Self {
        Self::with_size(dataset, scope, revision, LARGE)
    }

    fn with_size(dataset: &Dataset, scope: &Scope, revision: u64, large: usize) -> Self {
        let filtered = dataset.filtered(&scope.filter);
        let selected = dataset.select(&filtered, scope.window);
        let mut set = Self {
            filtered,
            selected,
            certainly: scope.certainly,
            facets: FacetCounts::default(),
            revision,
            tracks: Vec::new(),
            deltas: VecDeque::new(),
        };
        if dataset.len() < large {
            set.facets = facets(dataset, scope, &set.selected);
        } else {
            set.tracks = tracks(dataset, scope, &set);
            set.count(dataset);
        }
        set
    }

    /// Follows the window from one place to another, filter and certainty
    /// being the same: at the cost of the rows that enter and leave. `false`
    /// if that is no gain; then nothing has changed.
    #[must_use]
    pub fn follow(&mut self, dataset: &Dataset, from: Window, to: Window, revision: u64) -> bool {
        if self.tracks.is_empty() {
            return false;
        }
        let (certain, possible) = dataset.counts(to);
        let all = if self.certainly { certain } else { possible };
        // Making it anew costs by the rows that are then in the window.
        let limit = usize::try_from(all / 2).unwrap_or(usize::MAX);
        let Some(mut changes) = dataset.changes(from, to, limit.max(LARGE)) else {
            return false;
        };
        let (added, removed) = if self.certainly {
            (&changes.certain_in, &changes.certain_out)
        } else {
            (&changes.possible_in, &changes.possible_out)
        };
        for track in &mut self.tracks {
            if let Some(filtered) = &track.filtered {
                let (mut added, mut removed) = (added.clone(), removed.clone());
                added.intersect(filtered);
                removed.intersect(filtered);
                track.tally.change(dataset, &added, &removed);
            } else {
                track.tally.change(dataset, added, removed);
            }
        }
        if self.filtered.len() < dataset.len() as u64 {
            changes.keep(&self.filtered);
        }
        changes.apply(&mut self.selected);
        self.count(dataset);
        let (added, removed) = if self.certainly {
            (changes.certain_in, changes.certain_out)
        } else {
            (changes.possible_in, changes.possible_out)
        };
        self.changed(added, removed, revision);
        true
    }

    /// Takes in another filter, window and certainty being the same. What is
    /// known of the sets that the change leaves as they were is kept, and the
    /// rest counted by the rows that change. `false` if the set is made anew
    /// each time; then nothing has changed.
    #[must_use]
    pub fn refilter(
        &mut self,
        dataset: &Dataset,
        from: &Filter,
        scope: &Scope,
        revision: u64,
    ) -> bool {
        if self.tracks.is_empty() {
            return false;
        }
        let filtered = self
            .other_kinds(dataset, from, &scope.filter)
            .unwrap_or_else(|| dataset.filtered(&scope.filter));
        let selected = dataset.select(&filtered, scope.window);
        let (old, new) = (
            self.selected.shown(self.certainly),
            selected.shown(self.certainly),
        );
        let (mut added, mut removed) = (new.clone(), old.clone());
        added.subtract(old);
        removed.subtract(new);
        let known = std::mem::take(&mut self.tracks);
        let mut main = Track::new(None, dataset, &filtered);
        main.tally = match known.first() {
            Some(track) if added.len() + removed.len() < new.len() => {
                let mut tally = track.tally.clone();
                tally.change(dataset, &added, &removed);
                tally
            }
            _ => Tally::of(dataset, new),
        };
        let mut tracks = vec![main];
        for facet in Facet::ALL.into_iter().filter(|f| f.narrows(&scope.filter)) {
            let wanted = facet.without(&scope.filter);
            let kept = known.iter().find(|track| match track.without {
                None => *from == wanted,
                Some(other) => other == facet && facet.without(from) == wanted,
            });
            tracks.push(match kept {
                Some(track) => Track {
                    without: Some(facet),
                    ..track.clone()
                },
                None => Track::counted(facet, dataset, scope),
            });
        }
        self.tracks = tracks;
        self.filtered = filtered;
        self.selected = selected;
        self.count(dataset);
        self.changed(added, removed, revision);
        true
    }

    /// Notes what changed, and the new revision.
    fn changed(&mut self, added: RowSet, removed: RowSet, revision: u64) {
        let from = std::mem::replace(&mut self.revision, revision);
        self.deltas.push_back(Delta {
            from,
            added,
            removed,
        });
        let mut kept: u64 = self.deltas.iter().map(Delta::rows).sum();
        while kept > MOST_KEPT
            && let Some(oldest) = self.deltas.pop_front()
        {
            kept -= oldest.rows();
        }
    }

    /// What changed in the shown set since a revision, oldest first; `None` if
    /// that is not known any more, and all has to be looked at anew.
    #[must_use]
    pub fn since(&self, revision: u64) -> Option<impl Iterator<Item = &Delta>> {
        let first = if revision == self.revision {
            self.deltas.len()
        } else {
            self.deltas.iter().position(|d| d.from == revision)?
        };
        Some(self.deltas.iter().skip(first))
    }

    /// The filtered rows, if nothing but the choice of kinds has changed: an
    /// event has one kind, so only the rows of those switched on and off move.
    fn other_kinds(&self, dataset: &Dataset, from: &Filter, to: &Filter) -> Option<RowSet> {
        let others = Facet::Kinds.without(to);
        if from.kinds.is_empty() || to.kinds.is_empty() || others != Facet::Kinds.without(from) {
            return None;
        }
        let all_kinds = |track: &&Track| track.without == Some(Facet::Kinds);
        let others = &self.tracks.iter().find(all_kinds)?.filtered;
        let mut rows = self.filtered.clone();
        for of_kind in to.kinds.difference(&from.kinds) {
            let Some(added) = dataset.of_kind(*of_kind) else {
                continue;
            };
            match others {
                Some(others) => {
                    let mut added = added.clone();
                    added.intersect(others);
                    rows.unite(&added);
                }
                None => rows.unite(added),
            }
        }
        for of_kind in from.kinds.difference(&to.kinds) {
            if let Some(removed) = dataset.of_kind(*of_kind) {
                rows.subtract(removed);
            }
        }
        Some(rows)
    }

    /// Puts the counts of the tracks together.
    fn count(&mut self, dataset: &Dataset) {
        let mut facets = FacetCounts::default();
        for track in &self.tracks {
            let counts = dataset.facet_counts(&track.tally);
            match track.without {
                None => facets = counts,
                Some(Facet::Kinds) => facets.kinds = counts.kinds,
                Some(Facet::Sides) => facets.sides = counts.sides,
                Some(Facet::Actors) => facets.actors = counts.actors,
                Some(Facet::Sources) => facets.sources = counts.sources,
                Some(Facet::Places) => facets.places = counts.places,
                Some(Facet::Flags) => facets.flags = counts.flags,
            }
        }
        self.facets = facets;
    }

    /// The rows shown.
    #[must_use]
    pub fn shown(&self) -> &RowSet {
        self.selected.shown(self.certainly)
    }
}

/// The set itself, and for each narrowed facet the set without it.
fn tracks(dataset: &Dataset, scope: &Scope, set: &CurrentSet) -> Vec<Track> {
    let main = Track {
        tally: Tally::of(dataset, set.shown()),
        ..Track::new(None, dataset, &set.filtered)
    };
    let narrowed = Facet::ALL.into_iter().filter(|f| f.narrows(&scope.filter));
    std::iter::once(main)
        .chain(narrowed.map(|facet| Track::counted(facet, dataset, scope)))
        .collect()
}

impl Track {
    /// A track without counts.
    fn new(without: Option<Facet>, dataset: &Dataset, rows: &RowSet) -> Self {
        Self {
            without,
            filtered: (rows.len() < dataset.len() as u64).then(|| rows.clone()),
            tally: Tally::default(),
        }
    }

    /// The set without a facet, counted.
    fn counted(facet: Facet, dataset: &Dataset, scope: &Scope) -> Self {
        let rows = dataset.filtered(&facet.without(&scope.filter));
        let selected = dataset.select(&rows, scope.window);
        Self {
            tally: Tally::of(dataset, selected.shown(scope.certainly)),
            ..Self::new(Some(facet), dataset, &rows)
        }
    }
}

impl Facet {
    const ALL: [Self; 6] = [
        Self::Kinds,
        Self::Sides,
        Self::Actors,
        Self::Sources,
        Self::Places,
        Self::Flags,
    ];

    fn narrows(self, f: &Filter) -> bool {
        match self {
            Self::Kinds => !f.kinds.is_empty(),
            Self::Sides => !f.sides.is_empty(),
            Self::Actors => !f.actors.is_empty(),
            Self::Sources => !f.sources.is_empty(),
            Self::Places => !f.places.is_empty(),
            Self::Flags => !f.flags.is_empty(),
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
        }
        f
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::synthetic;
    use crate::model::time::{DAY_MS, OPEN_FUTURE};
    use crate::model::{ActorIx, Kind};
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static MADE_UP: LazyLock<Dataset> = LazyLock::new(|| synthetic::dataset(4_000, 3, &|_, _| {}));
    static BUNDLED: LazyLock<Dataset> = LazyLock::new(|| crate::formats::bundled().unwrap().0);

    /// Rows shown at a revision after all that changed since.
    fn replayed(mut rows: RowSet, set: &CurrentSet, revision: u64) -> RowSet {
        for delta in set.since(revision).unwrap() {
            assert_eq!(delta.added.shared(&rows), 0);
            assert_eq!(delta.removed.shared(&rows), delta.removed.len());
            rows.subtract(&delta.removed);
            rows.unite(&delta.added);
        }
        rows
    }

    fn any_window() -> impl Strategy<Value = Window> {
        // 2000 to 2024, and the bundled 2012 to 2023.
        let day = || 10_950_i64..19_800;
        prop_oneof![
            4 => (day(), day()).prop_map(|(a, b)| Window::new(a * DAY_MS, b * DAY_MS)),
            1 => day().prop_map(|a| Window::new(a * DAY_MS, OPEN_FUTURE)),
            1 => Just(Window::ALL),
        ]
    }

    proptest! {
        #[test]
        fn a_set_with_another_filter_is_as_one_made_anew(
            window in any_window(),
            steps in proptest::collection::vec((0..4_u8, 0..6_usize), 1..8),
            certainly: bool, bundled: bool,
        ) {
            let dataset: &Dataset = if bundled { &BUNDLED } else { &MADE_UP };
            let mut scope = Scope { filter: Filter::default(), window, certainly };
            let mut set = CurrentSet::with_size(dataset, &scope, 0, 0);
            let mut revision = 0;
            for (what, at) in steps {
                let before = scope.filter.clone();
                let f = &mut scope.filter;
                match what {
                    0 => { f.kinds.insert(Kind::ALL[at]); }
                    1 => { f.sides.insert(u8::try_from(at).ok().filter(|s| *s < 3)); }
                    2 => { f.actors.insert(ActorIx(u32::try_from(at).unwrap())); }
                    _ if at == 0 => f.kinds.clear(),
                    _ => { f.kinds.remove(&Kind::ALL[at]); }
                }
                let shown = set.shown().clone();
                revision += 1;
                prop_assert!(set.refilter(dataset, &before, &scope, revision));
                prop_assert_eq!(&replayed(shown, &set, revision - 1), set.shown());
                let anew = CurrentSet::with_size(dataset, &scope, 0, usize::MAX);
                prop_assert_eq!(&set.filtered, &anew.filtered);
                prop_assert_eq!(&set.selected, &anew.selected);
                prop_assert_eq!(&set.facets, &anew.facets);
            }
        }

        #[test]
        fn a_set_that_follows_the_window_is_as_one_made_anew(
            windows in proptest::collection::vec(any_window(), 2..6),
            kinds in proptest::collection::btree_set(0..16_usize, 0..3),
            actors in proptest::collection::btree_set(0..6_u32, 0..2),
            certainly: bool, bundled: bool,
        ) {
            let dataset: &Dataset = if bundled { &BUNDLED } else { &MADE_UP };
            let filter = Filter {
                kinds: kinds.into_iter().map(|k| Kind::ALL[k]).collect(),
                actors: actors.into_iter().map(ActorIx).collect(),
                ..Filter::default()
            };
            let scope = |window| Scope { filter: filter.clone(), window, certainly };
            let mut set = CurrentSet::with_size(dataset, &scope(windows[0]), 0, 0);
            let mut first = (0, set.shown().clone());
            for (pair, revision) in windows.windows(2).zip(1..) {
                if !set.follow(dataset, pair[0], pair[1], revision) {
                    prop_assert!(pair.contains(&Window::ALL));
                    set = CurrentSet::with_size(dataset, &scope(pair[1]), revision, 0);
                    first = (revision, set.shown().clone());
                }
                // All changes since the beginning lead to the set as it is.
                prop_assert_eq!(&replayed(first.1.clone(), &set, first.0), set.shown());
                let anew = CurrentSet::with_size(dataset, &scope(pair[1]), 0, usize::MAX);
                prop_assert_eq!(&set.selected, &anew.selected);
                prop_assert_eq!(&set.facets, &anew.facets);
            }
        }
    }
}
