//! The current set: what every panel shows.

use std::collections::VecDeque;

use crate::dataset::{Dataset, FacetCounts, Filter, RowSet, Selected, Split};
use crate::model::time::Window;

use super::Scope;
use super::tracks::{self, Tracks};

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
    /// The rows that the window takes in whatever the filter; `None` if the
    /// filter lets every row through, and of a small dataset.
    unfiltered: Option<Selected>,
    /// What is counted to follow the window; none of a small dataset, whose
    /// sets are made anew each time.
    tracks: Option<Tracks>,
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

/// Deltas kept, at most.
const MOST_DELTAS: usize = 256;
/// Rows in all deltas that are kept, at most. Trade-off: who counts in the
/// background while the window moves has to be able to catch up; a row takes
/// about two bytes.
const MOST_KEPT: u64 = 4_000_000;

/// From so many events on, a set follows the window instead of being made anew.
const LARGE: usize = 50_000;

impl CurrentSet {
    /// Computes the set of a scope.
    #[must_use]
    pub fn new(dataset: &Dataset, scope: &Scope, revision: u64) -> Self {
        let split = (dataset.len() >= LARGE).then(|| Split::of(dataset));
        Self::with(dataset, scope, revision, split)
    }

    /// Counts in tallies split like this, or without.
    fn with(dataset: &Dataset, scope: &Scope, revision: u64, split: Option<Split>) -> Self {
        let filtered = dataset.filtered(&scope.filter);
        let mut set = Self {
            certainly: scope.certainly,
            revision,
            ..Self::default()
        };
        if let Some(split) = split {
            let unfiltered = dataset.select(&dataset.all(), scope.window);
            let in_window = unfiltered.shown(scope.certainly);
            let tracks = Tracks::new(dataset, &scope.filter, in_window, split);
            set.facets = tracks.facets(dataset);
            set.tracks = Some(tracks);
            set.put(dataset, filtered, unfiltered);
        } else {
            set.selected = dataset.select(&filtered, scope.window);
            set.facets = tracks::facets(dataset, scope, set.shown());
            set.filtered = filtered;
        }
        set
    }

    /// What there is before the first set is made: every row passes, and none
    /// is in time.
    #[must_use]
    pub fn unmade(dataset: &Dataset) -> Self {
        Self {
            filtered: dataset.all(),
            ..Self::default()
        }
    }

    /// Whether a kind or side is switched without looking at rows.
    #[must_use]
    pub fn switches_quickly(&self) -> bool {
        self.tracks.as_ref().is_some_and(Tracks::is_split)
    }

    /// Takes over what the filter and what the window let through.
    fn put(&mut self, dataset: &Dataset, filtered: RowSet, unfiltered: Selected) {
        self.filtered = filtered;
        if self.filtered.len() < dataset.len() as u64 {
            self.selected = unfiltered.among(&self.filtered);
            self.unfiltered = Some(unfiltered);
        } else {
            self.selected = unfiltered;
            self.unfiltered = None;
        }
    }

    /// Follows the window from one place to another, filter and certainty
    /// being the same: at the cost of the rows that enter and leave. `false`
    /// if that is no gain, or if they are more than `most`; then nothing has
    /// changed.
    #[must_use]
    pub fn follow(
        &mut self,
        dataset: &Dataset,
        (from, to): (Window, Window),
        most: usize,
        revision: u64,
    ) -> bool {
        let Some(tracks) = &mut self.tracks else {
            return false;
        };
        let (certain, possible) = dataset.counts(to);
        let all = if self.certainly { certain } else { possible };
        // Making it anew costs by the rows that are then in the window.
        let limit = usize::try_from(all / 2).unwrap_or(usize::MAX);
        let Some(mut changes) = dataset.changes(from, to, limit.max(LARGE).min(most)) else {
            return false;
        };
        let (added, removed) = if self.certainly {
            (&changes.certain_in, &changes.certain_out)
        } else {
            (&changes.possible_in, &changes.possible_out)
        };
        tracks.follow(dataset, added, removed);
        self.facets = tracks.facets(dataset);
        if let Some(unfiltered) = &mut self.unfiltered {
            changes.apply(unfiltered);
            changes.keep(&self.filtered);
        }
        changes.apply(&mut self.selected);
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
        let Some(tracks) = &mut self.tracks else {
            return false;
        };
        let unfiltered = self
            .unfiltered
            .take()
            .unwrap_or_else(|| self.selected.clone());
        tracks.refilter(dataset, &scope.filter, unfiltered.shown(self.certainly));
        self.facets = tracks.facets(dataset);
        let filtered = tracks
            .switched(dataset, (from, &self.filtered), &scope.filter)
            .unwrap_or_else(|| tracks.filtered(dataset));
        let old = std::mem::take(&mut self.selected);
        self.put(dataset, filtered, unfiltered);
        let (old, new) = (old.shown(self.certainly), self.shown());
        let (added, removed) = (new.difference(old), old.difference(new));
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
        while (kept > MOST_KEPT || self.deltas.len() > MOST_DELTAS)
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

    /// The rows shown.
    #[must_use]
    pub fn shown(&self) -> &RowSet {
        self.selected.shown(self.certainly)
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

    fn any_split() -> impl Strategy<Value = Split> {
        any::<(bool, bool)>().prop_map(|(kinds, sides)| Split { kinds, sides })
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
            steps in proptest::collection::vec((0..8_u8, 0..6_usize), 1..12),
            certainly: bool, bundled: bool, split in any_split(),
        ) {
            let dataset: &Dataset = if bundled { &BUNDLED } else { &MADE_UP };
            let mut scope = Scope { filter: Filter::default(), window, certainly };
            let mut set = CurrentSet::with(dataset, &scope, 0, Some(split));
            let mut revision = 0;
            for (what, at) in steps {
                let before = scope.filter.clone();
                let f = &mut scope.filter;
                match what {
                    0 => { f.kinds.insert(Kind::ALL[at]); }
                    1 => { f.sides.insert(u8::try_from(at).ok().filter(|s| *s < 3)); }
                    2 => { f.actors.insert(ActorIx(u32::try_from(at).unwrap())); }
                    3 => f.sides.clear(),
                    4 => { f.sides.remove(&u8::try_from(at).ok().filter(|s| *s < 3)); }
                    5 => f.actors.clear(),
                    6 => f.text = ["ba", "", "do", "b"][at % 4].to_owned(),
                    _ if at == 0 => f.kinds.clear(),
                    _ => { f.kinds.remove(&Kind::ALL[at]); }
                }
                let shown = set.shown().clone();
                revision += 1;
                prop_assert!(set.refilter(dataset, &before, &scope, revision));
                prop_assert_eq!(&replayed(shown, &set, revision - 1), set.shown());
                let anew = CurrentSet::with(dataset, &scope, 0, None);
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
            certainly: bool, bundled: bool, split in any_split(),
        ) {
            let dataset: &Dataset = if bundled { &BUNDLED } else { &MADE_UP };
            let filter = Filter {
                kinds: kinds.into_iter().map(|k| Kind::ALL[k]).collect(),
                actors: actors.into_iter().map(ActorIx).collect(),
                ..Filter::default()
            };
            let scope = |window| Scope { filter: filter.clone(), window, certainly };
            let mut set = CurrentSet::with(dataset, &scope(windows[0]), 0, Some(split));
            let mut first = (0, set.shown().clone());
            for (pair, revision) in windows.windows(2).zip(1..) {
                if !set.follow(dataset, (pair[0], pair[1]), usize::MAX, revision) {
                    prop_assert!(pair.contains(&Window::ALL));
                    set = CurrentSet::with(dataset, &scope(pair[1]), revision, Some(split));
                    first = (revision, set.shown().clone());
                }
                // All changes since the beginning lead to the set as it is.
                prop_assert_eq!(&replayed(first.1.clone(), &set, first.0), set.shown());
                let anew = CurrentSet::with(dataset, &scope(pair[1]), 0, None);
                prop_assert_eq!(&set.selected, &anew.selected);
                prop_assert_eq!(&set.facets, &anew.facets);
            }
        }
    }
}
