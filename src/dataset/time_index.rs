//! Which rows may touch a stretch of time, without looking at all of them.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::model::EventRow;
use crate::model::time::{Extent, Inclusion, Millis, OPEN_FUTURE, OPEN_PAST, Window};

use super::tree::Tree;
use super::{EventTable, RowSet, Selected};

/// Lengths that have a list of rows of their own. Dates are written to the
/// day, the month, the year: real tables have a handful of lengths.
const MAX_CLASSES: usize = 32;

/// The rows by time.
///
/// Of a row, `S` is the start, between `start_earliest` and `start_latest`, and
/// `E` the last moment, between `end_earliest` and `end_latest`; a window is
/// `[s, e)`. It is *possibly* in the window if `start_earliest < e` and
/// `end_latest ≥ s`, and *certainly* if `start_latest < e` and
/// `end_earliest ≥ s`.
///
/// Rows are told apart by what makes these easy:
/// - **classes**: something at one moment of a day, a month, …: `S = E`, with
///   the same length `L` for all of a class. Then possibly is
///   `start_earliest ∈ [s − L, e)` and certainly `start_earliest ∈ [s, e − L)`:
///   what the class has of a range of rows, as rows are in order of their
///   starts;
/// - **spans**: whatever starts and ends, in four orders;
/// - **sets** of dates, which are looked at one by one.
pub(super) struct TimeIndex {
    latest_ends: Tree,
    latest_starts: Tree,
    classes: Vec<Class>,
    spans: Spans,
    /// Rows of sets, ascending.
    sets: Vec<u32>,
    /// How many rows have a date; they come first.
    dated: usize,
    span: Option<Window>,
}

/// Rows of events at one moment within a time of one length.
struct Class {
    /// `end_latest − start_earliest`.
    length: i64,
    rows: RowSet,
}

/// The rows in no class, but sets, by each of their four times.
#[derive(Default)]
struct Spans {
    by_start: Vec<u32>,
    by_end: Vec<u32>,
    by_latest_start: Vec<u32>,
    by_earliest_end: Vec<u32>,
    /// Those which may be over before they are sure to have started
    /// (`start_latest > end_earliest`); few, as a rule.
    vague: Vec<u32>,
}

/// Rows that come into a window and rows that leave it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// Now possibly in the window.
    pub possible_in: RowSet,
    /// No more possibly in it.
    pub possible_out: RowSet,
    /// Now certainly in it.
    pub certain_in: RowSet,
    /// No more certainly in it.
    pub certain_out: RowSet,
}

/// A range of rows, the second not in it; what a class has of it is in a
/// window.
type Slice = (usize, usize);

impl Class {
    fn possible(&self, table: &EventTable, index: &TimeIndex, w: Window) -> Slice {
        let from = index.rank(table, w.start.saturating_sub(self.length));
        (from, index.rank(table, w.end))
    }

    fn certain(&self, table: &EventTable, index: &TimeIndex, w: Window) -> Slice {
        let end = match w.end {
            OPEN_FUTURE => OPEN_FUTURE,
            end => end.saturating_sub(self.length),
        };
        (index.rank(table, w.start), index.rank(table, end))
    }

    /// The range of the rows whose latest end lies in `[from, to)`.
    fn ended(&self, table: &EventTable, index: &TimeIndex, from: Millis, to: Millis) -> Slice {
        let at = |ms: Millis| match ms {
            OPEN_FUTURE => index.dated,
            ms => index.rank(table, ms.saturating_sub(self.length)),
        };
        (at(from), at(to))
    }

    /// How many rows of the class are in a range.
    fn count(&self, (from, to): Slice) -> u64 {
        self.rows.count(from..to)
    }
}

/// The part of `a` that is not in `b`: at most two slices.
fn minus(a: Slice, b: Slice) -> [Slice; 2] {
    if b.0 >= b.1 {
        return [a, (0, 0)];
    }
    let left = (a.0, a.1.min(b.0));
    let right = (a.0.max(b.1), a.1);
    [left, right].map(|(from, to)| if from < to { (from, to) } else { (0, 0) })
}

/// How many of the values in this order lie before `limit`; a limit of
/// [`OPEN_FUTURE`] is after all.
fn before(order: &[u32], value: impl Fn(u32) -> Millis, limit: Millis) -> usize {
    if limit == OPEN_FUTURE {
        return order.len();
    }
    order.partition_point(|row| value(*row) < limit)
}

/// The four times by row.
impl EventTable {
    fn start(&self, row: u32) -> Millis {
        self.starts()[row as usize]
    }

    pub(super) fn end(&self, row: u32) -> Millis {
        self.extent(EventRow(row)).end_latest
    }

    pub(super) fn latest_start(&self, row: u32) -> Millis {
        self.extent(EventRow(row)).start_latest
    }

    fn earliest_end(&self, row: u32) -> Millis {
        self.extent(EventRow(row)).end_earliest
    }
}

impl Spans {
    fn build(table: &EventTable, rows: Vec<u32>) -> Self {
        let by = |value: fn(&EventTable, u32) -> Millis| {
            let mut order = rows.clone();
            order.par_sort_by_key(|row| value(table, *row));
            order
        };
        let vague = |row: &u32| table.latest_start(*row) > table.earliest_end(*row);
        Self {
            by_end: by(EventTable::end),
            by_latest_start: by(EventTable::latest_start),
            by_earliest_end: by(EventTable::earliest_end),
            vague: rows.iter().copied().filter(vague).collect(),
            by_start: rows,
        }
    }

    /// Certainly and possibly in the window.
    ///
    /// Nothing that starts after the window ends before it, so possibly is
    /// `#(start_earliest < e) − #(end_latest < s)`. Of those with
    /// `start_latest ≤ end_earliest` the same holds of certainly; of the vague
    /// ones, those that both subtract have to be added again.
    fn counts(&self, table: &EventTable, w: Window) -> (u64, u64) {
        let possible = before(&self.by_start, |row| table.start(row), w.end)
            - before(&self.by_end, |row| table.end(row), w.start);
        let both = self.vague.iter().filter(|row| {
            w.end != OPEN_FUTURE
                && table.latest_start(**row) >= w.end
                && table.earliest_end(**row) < w.start
        });
        let latest_start = |row| table.latest_start(row);
        let earliest_end = |row| table.earliest_end(row);
        let certain = before(&self.by_latest_start, latest_start, w.end) + both.count()
            - before(&self.by_earliest_end, earliest_end, w.start);
        (certain as u64, possible as u64)
    }

    /// The slices of the orders in which the edges of the window moved: no
    /// other row can have changed.
    fn touched<'a>(&'a self, table: &EventTable, from: Window, to: Window) -> [&'a [u32]; 4] {
        type Time = fn(&EventTable, u32) -> Millis;
        let slice = |order: &'a [u32], time: Time, a: Millis, b: Millis| {
            let before = |limit| before(order, |row| time(table, row), limit);
            &order[before(a.min(b))..before(a.max(b))]
        };
        let (starts, ends) = ((from.start, to.start), (from.end, to.end));
        [
            slice(&self.by_start, EventTable::start, ends.0, ends.1),
            slice(&self.by_end, EventTable::end, starts.0, starts.1),
            slice(
                &self.by_latest_start,
                EventTable::latest_start,
                ends.0,
                ends.1,
            ),
            slice(
                &self.by_earliest_end,
                EventTable::earliest_end,
                starts.0,
                starts.1,
            ),
        ]
    }
}

impl TimeIndex {
    pub(super) fn build(table: &EventTable) -> Self {
        let dated = table.starts().partition_point(|s| *s < OPEN_FUTURE);
        let mut sets: Vec<u32> = table.set_rows().collect();
        sets.sort_unstable();
        // The length of a row that may be in a class.
        let length = |at: usize| {
            let e = table.extent(EventRow::new(at));
            let momentary = e.start_earliest == e.end_earliest && e.start_latest == e.end_latest;
            let bounded = e.start_earliest != OPEN_PAST && e.end_latest != OPEN_FUTURE;
            (momentary && bounded)
                .then(|| e.end_latest.saturating_sub(e.start_earliest))
                .filter(|_| sets.is_empty() || table.set(EventRow::new(at)).is_none())
        };
        let mut common: HashMap<i64, usize> = HashMap::new();
        // The common lengths show in any part of the table.
        let step = (dated / 100_000).max(1);
        for length in (0..dated).step_by(step).filter_map(length) {
            *common.entry(length).or_default() += 1;
        }
        let mut lengths: Vec<(usize, i64)> = common.into_iter().map(|(l, n)| (n, l)).collect();
        lengths.sort_unstable_by(|a, b| b.cmp(a));
        lengths.truncate(MAX_CLASSES);
        let mut classes: Vec<Class> = lengths
            .into_iter()
            .map(|(_, length)| Class {
                length,
                rows: RowSet::default(),
            })
            .collect();
        let mut rest = Vec::new();
        for (row, at) in (0_u32..).zip(0..dated) {
            let class =
                length(at).and_then(|length| classes.iter_mut().find(|c| c.length == length));
            match class {
                Some(class) => class.rows.push(row),
                None if sets.binary_search(&row).is_ok() => {}
                None => rest.push(row),
            }
        }
        let all = (0..table.len()).map(|at| table.extent(EventRow::new(at)));
        Self {
            latest_ends: Tree::build(table.len(), |row| table.end(row)),
            latest_starts: Tree::build(table.len(), |row| table.latest_start(row)),
            spans: Spans::build(table, rest),
            classes,
            sets,
            dated,
            span: span(all),
        }
    }

    pub(super) fn span(&self) -> Option<Window> {
        self.span
    }

    /// Maxima of the latest starts of all rows.
    pub(super) fn latest_starts(&self) -> &Tree {
        &self.latest_starts
    }

    /// Maxima of the latest ends of all rows.
    pub(super) fn latest_ends(&self) -> &Tree {
        &self.latest_ends
    }

    /// The number of rows with a date; they come first.
    pub(super) fn dated(&self) -> usize {
        self.dated
    }

    /// Rows of sets, ascending.
    pub(super) fn sets(&self) -> &[u32] {
        &self.sets
    }

    /// How many dated rows start before a moment; [`OPEN_FUTURE`] is after all.
    pub(super) fn rank(&self, table: &EventTable, ms: Millis) -> usize {
        if ms == OPEN_FUTURE {
            return self.dated;
        }
        table.starts().partition_point(|s| *s < ms).min(self.dated)
    }

    /// The rows certainly and possibly within a window that has an end.
    ///
    /// What starts in the window is a range of rows; to it are added those that
    /// started before and went on, and of the certain ones those taken out
    /// that may start after it.
    pub(super) fn select(&self, table: &EventTable, window: Window) -> Selected {
        let (from, to) = (self.rank(table, window.start), self.rank(table, window.end));
        let (mut certain, mut possible) = (Vec::new(), Vec::new());
        self.latest_ends
            .at_least(&|row| table.end(row), window.start, from, &mut |row| {
                possible.push(row);
                let extent = table.extent(EventRow(row));
                if extent.relation(window) == Inclusion::Certainly {
                    certain.push(row);
                }
            });
        let mut selected = Selected {
            certain: RowSet::ascending(&certain),
            possible: RowSet::ascending(&possible),
        };
        let range = u32::try_from(from).unwrap_or(u32::MAX)..u32::try_from(to).unwrap_or(u32::MAX);
        selected.possible.insert_range(range.clone());
        selected.certain.insert_range(range);
        if window.end != OPEN_FUTURE {
            let mut late = Vec::new();
            let latest_start = |row| table.latest_start(row);
            self.latest_starts
                .at_least(&latest_start, window.end, to, &mut |row| late.push(row));
            selected.certain.subtract(&RowSet::ascending(&late));
        }
        for &row in &self.sets {
            let inclusion = table.inclusion(EventRow(row), window);
            selected.possible.put(row, inclusion >= Inclusion::Possibly);
            selected.certain.put(row, inclusion == Inclusion::Certainly);
        }
        selected
    }

    /// How many rows are certainly and possibly within a window that has an
    /// end: by binary searches alone, but for sets and vague spans.
    pub(super) fn counts(&self, table: &EventTable, window: Window) -> (u64, u64) {
        let (mut certain, mut possible) = self.spans.counts(table, window);
        for class in &self.classes {
            possible += class.count(class.possible(table, self, window));
            certain += class.count(class.certain(table, self, window));
        }
        for &row in &self.sets {
            let inclusion = table.inclusion(EventRow(row), window);
            possible += u64::from(inclusion >= Inclusion::Possibly);
            certain += u64::from(inclusion == Inclusion::Certainly);
        }
        (certain, possible)
    }

    /// The rows that enter and leave when the window moves, unless they are
    /// more than `limit`: then it is cheaper to begin anew. Both windows have
    /// an end. Costs by the changes, the classes and the sets.
    pub(super) fn changes(
        &self,
        table: &EventTable,
        from: Window,
        to: Window,
        limit: usize,
    ) -> Option<Changes> {
        let touched = self.spans.touched(table, from, to);
        let mut cost: u64 = touched.iter().map(|rows| rows.len() as u64).sum();
        let mut slices = Vec::with_capacity(self.classes.len());
        for class in &self.classes {
            let possible = [from, to].map(|w| class.possible(table, self, w));
            let certain = [from, to].map(|w| class.certain(table, self, w));
            let moved = [
                minus(possible[1], possible[0]),
                minus(possible[0], possible[1]),
                minus(certain[1], certain[0]),
                minus(certain[0], certain[1]),
            ];
            cost += moved.iter().flatten().map(|m| class.count(*m)).sum::<u64>();
            slices.push(moved);
        }
        if cost > limit as u64 {
            return None;
        }
        let mut changes = Changes::default();
        for (class, moved) in self.classes.iter().zip(slices) {
            for (set, parts) in changes.sets().into_iter().zip(moved) {
                for (from, to) in parts {
                    set.unite(&class.rows.part(from..to));
                }
            }
        }
        let mut rows = touched.concat();
        rows.extend_from_slice(&self.sets);
        rows.sort_unstable();
        rows.dedup();
        for row in rows {
            let [old, new] = [from, to].map(|w| table.inclusion(EventRow(row), w));
            let is = |i: Inclusion, least: Inclusion| i >= least;
            for (least, at) in [(Inclusion::Possibly, 0), (Inclusion::Certainly, 2)] {
                match (is(old, least), is(new, least)) {
                    (false, true) => changes.sets()[at].insert(row),
                    (true, false) => changes.sets()[at + 1].insert(row),
                    _ => {}
                }
            }
        }
        Some(changes)
    }

    /// The spans whose latest end lies in `[from, to)`.
    fn spans_ended(&self, table: &EventTable, from: Millis, to: Millis) -> &[u32] {
        let spans = &self.spans.by_end;
        let before = |limit| before(spans, |row| table.end(row), limit);
        &spans[before(from)..before(to).max(before(from))]
    }

    /// The rows, sets aside, whose latest end lies in `[from, to)`.
    pub(super) fn ended<'a>(
        &'a self,
        table: &'a EventTable,
        from: Millis,
        to: Millis,
    ) -> impl Iterator<Item = u32> + 'a {
        let of_class = move |class: &'a Class| {
            let (from, to) = class.ended(table, self, from, to);
            class.rows.range(from..to).map(|row| row.0)
        };
        let spans = self.spans_ended(table, from, to).iter().copied();
        self.classes.iter().flat_map(of_class).chain(spans)
    }

    /// How many these are.
    pub(super) fn count_ended(&self, table: &EventTable, from: Millis, to: Millis) -> u64 {
        let classes = self.classes.iter();
        classes
            .map(|class| class.count(class.ended(table, self, from, to)))
            .sum::<u64>()
            + self.spans_ended(table, from, to).len() as u64
    }
}

impl Changes {
    fn sets(&mut self) -> [&mut RowSet; 4] {
        [
            &mut self.possible_in,
            &mut self.possible_out,
            &mut self.certain_in,
            &mut self.certain_out,
        ]
    }

    /// Drops the rows that are not in `rows`.
    pub fn keep(&mut self, rows: &RowSet) {
        for set in self.sets() {
            set.intersect(rows);
        }
    }

    /// Carries the changes out.
    pub fn apply(&self, selected: &mut Selected) {
        selected.possible.subtract(&self.possible_out);
        selected.possible.unite(&self.possible_in);
        selected.certain.subtract(&self.certain_out);
        selected.certain.unite(&self.certain_in);
    }
}

/// The rows without a date: part of the window without ends only.
pub(super) fn undated(table: &EventTable) -> RowSet {
    // Rows without a date are sorted last.
    let first = table.starts().partition_point(|s| *s < i64::MAX);
    let mut rows = RowSet::default();
    rows.insert_range(
        u32::try_from(first).unwrap_or(u32::MAX)..u32::try_from(table.len()).unwrap_or(u32::MAX),
    );
    rows
}

/// The window around the known ends of some extents. Open ends do not count;
/// `None` when nothing is dated.
pub(super) fn span(extents: impl Iterator<Item = Extent>) -> Option<Window> {
    let (mut first, mut last) = (OPEN_FUTURE, OPEN_PAST);
    for e in extents.filter(|e| e.start_earliest <= e.end_latest) {
        for moment in [
            e.start_earliest,
            e.start_latest,
            e.end_earliest,
            e.end_latest,
        ] {
            if moment != OPEN_PAST && moment != OPEN_FUTURE {
                first = first.min(moment);
                last = last.max(moment);
            }
        }
    }
    (first <= last).then(|| Window::new(first, last.saturating_add(1)))
}
