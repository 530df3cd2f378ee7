//! The events in order of another moment than their earliest start, without a
//! list of that order: which comes next, which before.

use crate::model::EventRow;
use crate::model::time::{Extent, Inclusion, Millis, OPEN_FUTURE, OPEN_PAST, Window};

use super::{Dataset, RowSet};

/// A moment of an event by which events are ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// When it has begun for certain, or else the nearest that is known. Every
    /// event with a date has one.
    Begun,
    /// The last that is known of it, if anything is.
    Last,
}

impl Moment {
    /// The moment of an event.
    #[must_use]
    pub fn of(self, extent: Extent) -> Option<Millis> {
        let known = |e: &Millis| *e != OPEN_PAST && *e != OPEN_FUTURE;
        let moments = [
            extent.start_latest,
            extent.end_latest,
            extent.end_earliest,
            extent.start_earliest,
        ];
        match self {
            Self::Begun => Some(moments.into_iter().find(known).unwrap_or(0)),
            Self::Last => moments.into_iter().filter(known).max(),
        }
    }
}

/// An event by one of its moments; those of the same moment in order of rows.
pub type At = (Millis, EventRow);

impl Dataset {
    /// The moment of a row of the table that has a date.
    fn at(&self, by: Moment, row: EventRow) -> Option<At> {
        Some((by.of(self.table.extent(row))?, row))
    }

    /// How many rows start before a moment; those with a date come first.
    fn before(&self, ms: Millis) -> usize {
        let starts = &self.table.starts()[..self.time.dated()];
        starts.partition_point(|s| *s < ms)
    }

    /// What bounds a moment of a row from above, but where it is open to the
    /// past.
    fn bound(&self, by: Moment, row: u32) -> Millis {
        match by {
            Moment::Begun => self.table.latest_start(row),
            Moment::Last => self.table.end(row),
        }
    }

    /// The rows of a set before row `before` that may have a moment at or after
    /// `least`: all that do are among them.
    fn reaching(
        &self,
        rows: &RowSet,
        by: Moment,
        least: Millis,
        before: usize,
        found: &mut impl FnMut(EventRow),
    ) {
        // Where even the start is open, no column says anything.
        let open = self.before(OPEN_PAST + 1).min(before);
        rows.range(0..open).for_each(&mut *found);
        let tree = match by {
            Moment::Begun => self.time.latest_starts(),
            Moment::Last => self.time.latest_ends(),
        };
        tree.at_least(&|row| self.bound(by, row), least, before, &mut |row| {
            let row = EventRow(row);
            if row.at() >= open && rows.contains(row) {
                found(row);
            }
        });
    }

    /// The first of some rows by a moment after `here`; rows without a date
    /// have none. Costs by the rows that start between `here` and the answer,
    /// and those that have started and are vague, not by all rows.
    #[must_use]
    pub fn next_by(&self, rows: &RowSet, by: Moment, here: At) -> Option<At> {
        // What starts after `here` comes after it: the first few of it do.
        let later = self.before(here.0.saturating_add(1));
        let mut best: Option<At> = None;
        let mut put = |at: Option<At>| {
            if let Some(at) = at.filter(|at| *at > here)
                && best.is_none_or(|b| at < b)
            {
                best = Some(at);
            }
            best
        };
        for row in rows.range(later..self.time.dated()) {
            let at = put(self.at(by, row));
            if at.is_some_and(|at| self.table.starts()[row.at()] > at.0) {
                break;
            }
        }
        self.reaching(rows, by, here.0, later, &mut |row| {
            put(self.at(by, row));
        });
        best
    }

    /// The last of some rows by a moment before `here`; see
    /// [`Dataset::next_by`].
    #[must_use]
    pub fn previous_by(&self, rows: &RowSet, by: Moment, here: At) -> Option<At> {
        let later = self.before(here.0.saturating_add(1));
        let earlier = |row: EventRow| self.at(by, row).filter(|at| *at < here);
        // The last that starts before `here` and is before it …
        let mut best = rows.range(0..later).rev().find_map(earlier)?;
        // … unless one that started before that one took longer.
        self.reaching(rows, by, best.0, best.1.at(), &mut |row| {
            if let Some(at) = earlier(row) {
                best = best.max(at);
            }
        });
        Some(best)
    }

    /// How many of some rows may lie in a window, without making that set:
    /// costs by what began before the window and goes on.
    #[must_use]
    pub fn count_in(&self, rows: &RowSet, window: Window) -> u64 {
        if window == Window::ALL {
            return rows.len();
        }
        if rows.len() == self.len() as u64 {
            return self.counts(window).1;
        }
        let (from, to) = (self.before(window.start), self.before(window.end));
        let rank = |at: usize| rows.rank(EventRow::new(at));
        // What starts in the window is in it; of what started before, what
        // has not ended.
        let mut count = rank(to.max(from)) - rank(from);
        let end = |row| self.table.end(row);
        let latest_ends = self.time.latest_ends();
        latest_ends.at_least(&end, window.start, from, &mut |row| {
            count += u64::from(rows.contains(EventRow(row)));
        });
        // Sets of dates may have gaps where the window is.
        for &row in self.time.sets() {
            let row = EventRow(row);
            let hull = self.table.extent(row).relation(window) >= Inclusion::Possibly;
            let gap = hull && self.table.inclusion(row, window) == Inclusion::No;
            count -= u64::from(gap && rows.contains(row));
        }
        count
    }

    /// How many of some rows have no date.
    #[must_use]
    pub fn undated(&self, rows: &RowSet) -> u64 {
        rows.len() - rows.rank(EventRow::new(self.time.dated()))
    }

    /// Earliest and latest known moment of some events.
    #[must_use]
    pub fn span_of(&self, rows: &RowSet) -> Option<Window> {
        if rows.len() == self.len() as u64 {
            return self.time_span();
        }
        let open = self.before(OPEN_PAST + 1);
        let opened = super::time_index::span(rows.range(0..open).map(|r| self.table.extent(r)));
        let first = rows.range(open..self.time.dated()).next();
        let starts = [
            opened.map(|w| w.start),
            first.map(|r| self.table.starts()[r.at()]),
        ];
        let end = (OPEN_FUTURE, EventRow(u32::MAX));
        let (last, _) = self.previous_by(rows, Moment::Last, end)?;
        let first = starts.into_iter().flatten().min()?;
        Some(Window::new(first, last.saturating_add(1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::{PlainEvent, PlainEvents, PlainId, synthetic, time_index};
    use crate::model::{Kind, Precision};
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static MADE_UP: LazyLock<Dataset> = LazyLock::new(|| synthetic::dataset(3_000, 7, &|_, _| {}));
    static BUNDLED: LazyLock<Dataset> = LazyLock::new(|| crate::formats::bundled().unwrap().0);

    fn dated(dataset: &Dataset, rows: &RowSet, by: Moment) -> Vec<At> {
        let rows = rows.iter().filter(|r| dataset.table().is_dated(*r));
        let mut all: Vec<At> = rows.filter_map(|r| dataset.at(by, r)).collect();
        all.sort_unstable();
        all
    }

    /// Few different moments, so that many are the same, and many open ends.
    fn extent() -> impl Strategy<Value = Option<Extent>> {
        let part = || {
            (0..12_i64, 0..4_i64).prop_flat_map(|(a, n)| {
                prop_oneof![
                    8 => Just((a, a + n)),
                    1 => Just((OPEN_PAST, a)),
                    1 => Just((a, OPEN_FUTURE)),
                    1 => Just((OPEN_PAST, OPEN_FUTURE)),
                    1 => Just((OPEN_PAST, OPEN_PAST)),
                ]
            })
        };
        prop_oneof![
            1 => Just(None),
            4 => part().prop_map(|(a, b)| Some(Extent::within(a, b))),
            8 => (part(), part()).prop_map(|(a, b)| Some(Extent::spanning(a, b))),
        ]
    }

    fn of_extents(extents: &[Option<Extent>]) -> Dataset {
        let mut events = PlainEvents::with_capacity(extents.len(), 0);
        for (n, extent) in (0..).zip(extents) {
            events.push(&PlainEvent {
                id: PlainId::Number(n),
                extent: *extent,
                lon_lat: None,
                precision: Precision::Near,
                kind: Kind::ALL[0],
                side: None,
                actor: None,
                place: None,
                killed: None,
                title: "",
                notes: "",
            });
        }
        Dataset::from_plain(synthetic::parts(), events, &|_, _| {})
    }

    fn check(dataset: &Dataset, rows: &RowSet, here: At) -> Result<(), TestCaseError> {
        for by in [Moment::Begun, Moment::Last] {
            let all = dated(dataset, rows, by);
            let next = all.iter().find(|at| **at > here).copied();
            prop_assert_eq!(dataset.next_by(rows, by, here), next, "{:?}", by);
            let previous = all.iter().rfind(|at| **at < here).copied();
            prop_assert_eq!(dataset.previous_by(rows, by, here), previous, "{:?}", by);
        }
        let extents = rows.iter().map(|r| dataset.table().extent(r));
        prop_assert_eq!(dataset.span_of(rows), time_index::span(extents));
        let undated = rows.iter().filter(|r| !dataset.table().is_dated(*r));
        prop_assert_eq!(dataset.undated(rows), undated.count() as u64);
        for window in [
            Window::new(here.0, here.0.saturating_add(3)),
            Window::new(here.0.saturating_sub(2), OPEN_FUTURE),
            Window::new(OPEN_PAST, here.0),
        ] {
            let possible = dataset.select(rows, window).possible;
            prop_assert_eq!(
                dataset.count_in(rows, window),
                possible.len(),
                "{:?}",
                window
            );
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn neighbours_in_time_are_those_of_the_sorted_list(
            extents in proptest::collection::vec(extent(), 1..40),
            keep in proptest::collection::vec(any::<bool>(), 40),
            ms in -2..20_i64, row in 0..45_u32,
        ) {
            let dataset = of_extents(&extents);
            let rows: RowSet = dataset.rows().filter(|r| keep[r.at()]).collect();
            for ms in [ms, OPEN_PAST, OPEN_FUTURE] {
                for row in [row, 0, u32::MAX] {
                    check(&dataset, &rows, (ms, EventRow(row)))?;
                }
            }
        }

        #[test]
        fn so_they_are_of_many_and_of_the_bundled(
            bundled: bool, from in 0..3_000_u32, n in 0..3_000_u32, step in 1..20_usize,
            at in 0..3_000_usize, off in -1..2_i64,
        ) {
            let dataset: &Dataset = if bundled { &BUNDLED } else { &MADE_UP };
            let all = dataset.rows().skip(from as usize % dataset.len());
            let rows: RowSet = all.take(n as usize).step_by(step).collect();
            let stop = |row: EventRow| Moment::Begun.of(dataset.table().extent(row)).unwrap();
            let row = EventRow::new(at % dataset.len());
            check(dataset, &rows, (stop(row) + off, row))?;
        }
    }
}
