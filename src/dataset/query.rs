//! Sets of rows, and the questions asked of them.

use rayon::prelude::*;
use roaring::{MultiOps as _, RoaringBitmap};

use crate::model::EventRow;
use crate::model::time::{OPEN_FUTURE, OPEN_PAST, Window};

use super::space::{Area, BitRows, Meets};
use super::time_index::{self, Changes};
use super::{Dataset, Filter, GeoBox, mercator};

/// From so many rows on a box around them is found without sorting them.
const MANY: u64 = 50_000;

/// A set of rows, kept sorted and compressed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RowSet(RoaringBitmap);

impl RowSet {
    /// The rows `0..n`.
    #[must_use]
    pub fn all(n: usize) -> Self {
        let mut rows = Self::default();
        rows.insert_range(0..u32::try_from(n).unwrap_or(u32::MAX));
        rows
    }

    /// The rows of a list in any order, of a table of so many rows.
    #[must_use]
    pub fn listed(list: impl IntoIterator<Item = EventRow>, rows: usize) -> Self {
        let mut found = BitRows::new(rows);
        for row in list {
            found.insert(row.0);
        }
        found.into_rows()
    }

    /// Adds a row.
    pub fn insert(&mut self, row: u32) {
        self.0.insert(row);
    }

    /// Takes a row out.
    pub fn remove(&mut self, row: u32) {
        self.0.remove(row);
    }

    /// Adds a range of rows.
    pub fn insert_range(&mut self, range: std::ops::Range<u32>) {
        if !range.is_empty() {
            self.0.insert_range(range);
        }
    }

    /// Whether the row is in the set.
    #[must_use]
    pub fn contains(&self, row: EventRow) -> bool {
        self.0.contains(row.0)
    }

    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.0.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The rows in order of time.
    pub fn iter(&self) -> impl Iterator<Item = EventRow> {
        self.0.iter().map(EventRow)
    }

    /// Number of rows also in `other`, without making that set.
    #[must_use]
    pub fn shared(&self, other: &Self) -> u64 {
        self.0.intersection_len(&other.0)
    }

    /// Keeps the rows also in `other`.
    pub fn intersect(&mut self, other: &Self) {
        self.0 &= &other.0;
    }

    /// The rows of any of the sets.
    #[must_use]
    pub fn union<'a>(sets: impl IntoIterator<Item = &'a Self>) -> Self {
        Self(sets.into_iter().map(|set| &set.0).union())
    }

    /// The rows also in `other`.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        Self(&self.0 & &other.0)
    }

    /// The rows not in `other`.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Self {
        Self(&self.0 - &other.0)
    }

    /// Removes the rows of `other`.
    pub fn subtract(&mut self, other: &Self) {
        self.0 -= &other.0;
    }

    /// Adds the rows of `other`.
    pub fn unite(&mut self, other: &Self) {
        self.0 |= &other.0;
    }

    /// The last row in order of time.
    #[must_use]
    pub fn last(&self) -> Option<EventRow> {
        self.0.max().map(EventRow)
    }

    /// Whether a row is in both sets.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        !self.0.is_disjoint(&other.0)
    }

    /// The `n`th row in order of time, for paging.
    #[must_use]
    pub fn nth(&self, n: u32) -> Option<EventRow> {
        self.0.select(n).map(EventRow)
    }

    /// How many rows of the set come before `row`.
    #[must_use]
    pub fn rank(&self, row: EventRow) -> u64 {
        match row.0.checked_sub(1) {
            Some(before) => self.0.rank(before),
            None => 0,
        }
    }

    /// The first row of the set after `row`.
    #[must_use]
    pub fn after(&self, row: EventRow) -> Option<EventRow> {
        self.0.range(row.0.checked_add(1)?..).next().map(EventRow)
    }

    /// The last row of the set before `row`.
    #[must_use]
    pub fn before(&self, row: EventRow) -> Option<EventRow> {
        self.0.range(..row.0).next_back().map(EventRow)
    }
}

/// What the indices need of a set.
impl RowSet {
    pub(super) fn from_bitmap(bitmap: RoaringBitmap) -> Self {
        Self(bitmap)
    }

    /// The rows of an ascending list.
    pub(super) fn ascending(rows: &[u32]) -> Self {
        Self(
            RoaringBitmap::from_sorted_iter(rows.iter().copied())
                .unwrap_or_else(|_| rows.iter().copied().collect()),
        )
    }

    /// The rows of ascending lists.
    pub(super) fn of_lists<'a>(lists: impl Iterator<Item = &'a [EventRow]>) -> Self {
        let set = |list: &[EventRow]| {
            RoaringBitmap::from_sorted_iter(list.iter().map(|row| row.0))
                .unwrap_or_else(|_| list.iter().map(|row| row.0).collect())
        };
        Self(lists.map(set).union())
    }

    /// Adds or removes a row.
    pub(super) fn put(&mut self, row: u32, inside: bool) {
        if inside {
            self.0.insert(row);
        } else {
            self.0.remove(row);
        }
    }

    /// The rows from `range`, in order of time.
    pub(super) fn within(&self, range: std::ops::Range<u32>) -> impl Iterator<Item = EventRow> {
        self.0.range(range).map(EventRow)
    }

    /// As [`RowSet::within`], from either end; none of a range that ends before
    /// it begins.
    pub(super) fn range(
        &self,
        range: std::ops::Range<usize>,
    ) -> impl DoubleEndedIterator<Item = EventRow> {
        self.0.range(ordered(&range)).map(EventRow)
    }

    /// How many rows are in a range.
    pub(super) fn count(&self, range: std::ops::Range<usize>) -> u64 {
        self.0.range_cardinality(ordered(&range))
    }

    /// The rows in a range, as a set: costs by the range.
    pub(super) fn part(&self, range: std::ops::Range<usize>) -> Self {
        let mut part = Self::default();
        part.insert_range(ordered(&range));
        part.intersect(self);
        part
    }

    /// Adds a row after all that are there.
    pub(super) fn push(&mut self, row: u32) {
        let _ = self.0.try_push(row);
    }
}

/// West, south, east and north in degrees.
type Span = (f64, f64, f64, f64);

fn span(area: &Area) -> Span {
    let (west, east) = (mercator::lon_of(area.left), mercator::lon_of(area.right));
    let (north, south) = (mercator::lat_of(area.top), mercator::lat_of(area.bottom));
    (west, south, east, north)
}

/// A range of rows that does not end before it begins.
fn ordered(range: &std::ops::Range<usize>) -> std::ops::Range<u32> {
    let end = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    end(range.start)..end(range.end.max(range.start))
}

impl FromIterator<EventRow> for RowSet {
    fn from_iter<T: IntoIterator<Item = EventRow>>(iter: T) -> Self {
        Self(iter.into_iter().map(|r| r.0).collect())
    }
}

/// The rows that a window takes in. `certain` is a part of `possible`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selected {
    /// Within the window whatever the vague dates turn out to be.
    pub certain: RowSet,
    /// Within the window for at least one reading of the dates.
    pub possible: RowSet,
}

impl Selected {
    /// Those of the rows that are in `rows`, too.
    #[must_use]
    pub fn among(&self, rows: &RowSet) -> Self {
        Self {
            certain: self.certain.intersection(rows),
            possible: self.possible.intersection(rows),
        }
    }

    /// The rows shown under a choice of certainty.
    #[must_use]
    pub fn shown(&self, certainly: bool) -> &RowSet {
        if certainly {
            &self.certain
        } else {
            &self.possible
        }
    }
}

impl Dataset {
    /// All rows.
    #[must_use]
    pub fn all(&self) -> RowSet {
        RowSet::all(self.len())
    }

    /// The rows that a filter lets through, whatever the window.
    #[must_use]
    pub fn filtered(&self, filter: &Filter) -> RowSet {
        let mut rows = self.all();
        self.facet.narrow(&self.links, filter, &mut rows);
        if !filter.text.trim().is_empty() {
            rows.intersect(&self.search(&filter.text));
        }
        if let Some(area) = filter.area {
            rows.intersect(&self.in_box(area));
        }
        rows
    }

    /// The rows of `filtered` that a window takes in. A window open at both
    /// ends takes in everything, events without a date included.
    #[must_use]
    pub fn select(&self, filtered: &RowSet, window: Window) -> Selected {
        let mut selected = if window.start == OPEN_PAST && window.end == OPEN_FUTURE {
            let mut certain = self.all();
            let undated = time_index::undated(&self.table);
            certain.0 -= &undated.0;
            Selected {
                certain,
                possible: self.all(),
            }
        } else {
            self.time.select(&self.table, window)
        };
        if filtered.len() < self.len() as u64 {
            selected.certain.intersect(filtered);
            selected.possible.intersect(filtered);
        }
        selected
    }

    /// How many of all events are certainly and possibly in a window, as
    /// [`Dataset::select`] would tell, without making the sets: by binary
    /// searches.
    #[must_use]
    pub fn counts(&self, window: Window) -> (u64, u64) {
        if window == Window::ALL {
            return (self.time.dated() as u64, self.len() as u64);
        }
        self.time.counts(&self.table, window)
    }

    /// What changes in the selection of all events when the window moves.
    /// `None` if that is more than `limit` rows, or if the window without ends
    /// is one of the two: then [`Dataset::select`] is the way.
    #[must_use]
    pub fn changes(&self, from: Window, to: Window, limit: usize) -> Option<Changes> {
        if from == Window::ALL || to == Window::ALL {
            return None;
        }
        self.time.changes(&self.table, from, to, limit)
    }

    /// The rows whose mark lies in a box; edges count as inside.
    #[must_use]
    pub fn in_box(&self, area: GeoBox) -> RowSet {
        self.space.in_box(&self.table, area)
    }

    /// The located rows of a set.
    #[must_use]
    pub fn located(&self, rows: &RowSet) -> RowSet {
        let mut located = self.space.located().clone();
        located.intersect(rows);
        located
    }

    /// The rows of a set that have no place on the map.
    #[must_use]
    pub fn unlocated(&self, rows: &RowSet) -> RowSet {
        let mut unlocated = rows.clone();
        unlocated.0 -= &self.space.located().0;
        unlocated
    }

    /// The last row of a set that has a date.
    #[must_use]
    pub fn last_dated(&self, rows: &RowSet) -> Option<EventRow> {
        // Rows without a date come last.
        rows.before(EventRow::new(self.time.dated()))
    }

    /// Earliest and latest known moment of the events, as a window; `None`
    /// without a dated event. Open ends do not count.
    #[must_use]
    pub fn time_span(&self) -> Option<Window> {
        self.time.span()
    }

    /// The located rows in strips of longitude, as boxes: what lies closer
    /// together than a strip is wide (about ten kilometres) needs no sorting.
    fn strips(&self, rows: &RowSet) -> Vec<Span> {
        const BITS: u32 = 12;
        let none = || vec![Area::NOTHING; 1 << BITS];
        // One part a thread: each has strips of its own.
        let size = self.len().div_ceil(rayon::current_num_threads()).max(1);
        let strips = (0..self.len().div_ceil(size))
            .into_par_iter()
            .map(|part| {
                let mut strips = none();
                let rows = rows.range(part * size..(part + 1) * size);
                for (x, y) in rows.filter_map(|r| self.table.position(r)) {
                    let strip = &mut strips[(x >> (32 - BITS)) as usize];
                    *strip = strip.around(Area::at((x, y)));
                }
                strips
            })
            .reduce(none, |mut a, b| {
                for (a, b) in a.iter_mut().zip(b) {
                    *a = a.around(b);
                }
                a
            });
        let filled = strips.iter().filter(|area| area.left <= area.right);
        filled.map(span).collect()
    }

    /// All located rows as boxes, which hold no gap in longitude wider than the
    /// widest between them.
    pub(super) fn boxes(&self) -> Vec<Span> {
        // No box has a wider gap in it than it is wide itself: from what is known
        // of the gaps between large boxes, few have to be looked into.
        let mut gap = 0.0;
        let mut boxes = Vec::new();
        for (lowest, by_row) in [(1, false), (0, false), (0, true)] {
            boxes.clear();
            let meets = |area: &Area| {
                let (west, _, east, _) = span(area);
                if east - west <= gap {
                    Meets::Whole
                } else {
                    Meets::Partly
                }
            };
            self.space.walk(lowest, &meets, &mut |area, rows, whole| {
                if whole || !by_row {
                    boxes.push(span(area));
                } else {
                    let positions = rows.iter().map(|row| self.table.position(EventRow(*row)));
                    boxes.extend(positions.flatten().map(|at| span(&Area::at(at))));
                }
            });
            gap = GeoBox::around(boxes.iter().copied()).map_or(0.0, |all| 360.0 - all.width());
        }
        boxes
    }

    /// The box around the geometries of the rows; `None` if none is located.
    #[must_use]
    pub fn bounds(&self, rows: &RowSet) -> Option<GeoBox> {
        let areas = self
            .table
            .extended()
            .iter()
            .filter(|(r, _)| rows.contains(*r))
            .map(|(_, b)| (b.west, b.south, b.east, b.north));
        if rows.len() > MANY {
            let points = if rows.len() == self.len() as u64 {
                self.boxes()
            } else {
                self.strips(rows)
            };
            return GeoBox::around(points.into_iter().chain(areas));
        }
        let points = rows
            .iter()
            .filter_map(|r| self.table.lon_lat(r))
            .map(|(x, y)| (x, y, x, y));
        GeoBox::around(points.chain(areas))
    }
}
