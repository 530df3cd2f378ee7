//! Which rows may touch a stretch of time, without looking at all of them.

use crate::model::EventRow;
use crate::model::time::{Extent, Inclusion, OPEN_FUTURE, OPEN_PAST, Window};

use super::{EventTable, RowSet, Selected};

/// Rows a node of the tree covers: large enough that the tree is small,
/// small enough that a long event does not make us look at many others.
const FAN: usize = 32;

/// A tree of the latest ends over the rows, which are sorted by earliest
/// start: the rows that start before a window's end are a prefix, and within
/// it whole branches that ended before the window are skipped. Durations are
/// thus respected, at O(found · log n).
pub(super) struct TimeIndex {
    /// `levels[0][i]` is the latest end of rows `i·FAN ..`, and so on upward.
    levels: Vec<Vec<i64>>,
    span: Option<Window>,
}

impl TimeIndex {
    pub(super) fn build(table: &EventTable) -> Self {
        let mut levels = Vec::new();
        let mut below: Vec<i64> = table.ends().to_vec();
        while below.len() > 1 {
            below = below
                .chunks(FAN)
                .map(|c| c.iter().copied().max().unwrap_or(i64::MIN))
                .collect();
            levels.push(below.clone());
        }
        let all = (0..table.len()).map(|at| table.extent(EventRow::new(at)));
        Self {
            levels,
            span: span(all),
        }
    }

    pub(super) fn span(&self) -> Option<Window> {
        self.span
    }

    /// The rows certainly and possibly within a window.
    pub(super) fn select(&self, table: &EventTable, window: Window) -> Selected {
        let mut selected = Selected::default();
        let before = table.starts().partition_point(|s| *s < window.end);
        self.walk(
            self.levels.len(),
            0,
            before,
            table,
            window,
            &mut |row| match table.inclusion(row, window) {
                Inclusion::No => {}
                Inclusion::Possibly => {
                    selected.possible.insert(row.0);
                }
                Inclusion::Certainly => {
                    selected.possible.insert(row.0);
                    selected.certain.insert(row.0);
                }
            },
        );
        selected
    }

    fn walk(
        &self,
        level: usize,
        node: usize,
        before: usize,
        table: &EventTable,
        window: Window,
        found: &mut impl FnMut(EventRow),
    ) {
        let ends = match level {
            0 => table.ends(),
            l => self.levels[l - 1].as_slice(),
        };
        // First row of the node: nothing past the prefix can touch the window.
        let first = node.saturating_mul(FAN.saturating_pow(u32::try_from(level).unwrap_or(0)));
        if first >= before || ends.get(node).is_none_or(|e| *e < window.start) {
            return;
        }
        if level == 0 {
            found(EventRow::new(node));
            return;
        }
        for child in node * FAN..(node + 1) * FAN {
            self.walk(level - 1, child, before, table, window, found);
        }
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
