//! The table as text, made bit by bit, so that no frame waits for it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::dataset::RowSet;
use crate::model::EventRow;
use crate::ui::Ctx;
use crate::view::table_rows::{Column, tsv};
use crate::view::table_sort::Rows;

use super::cells::text;

/// Most rows copied. Trade-off: about ten megabytes, which other programs
/// still take from a clipboard; a table of millions is no text to paste.
pub(super) const MOST: i64 = 100_000;

/// Rows looked at between two looks at the clock.
const AT_ONCE: usize = 256;

/// How much of a frame may go by.
const SLICE: Duration = Duration::from_millis(6);

/// What is copied from, kept as it was when it was asked for.
pub(super) enum From {
    /// A set in order of time, or last first.
    Time(RowSet, bool),
    /// Those of a list that are in the set.
    List(Arc<Vec<EventRow>>, RowSet),
}

/// Copying under way.
pub(super) struct Copying {
    dataset: u64,
    from: From,
    columns: Vec<Column>,
    /// Rows looked at, and taken.
    at: usize,
    taken: i64,
    text: String,
}

impl Copying {
    /// Begins with the heads of the columns.
    pub fn new(cx: &Ctx<'_>, from: From, columns: &[Column]) -> Self {
        let head = columns.iter();
        let head = head
            .map(|c| cx.tr.t(&format!("table-{}", c.id())))
            .collect();
        Self {
            dataset: cx.dataset().revision(),
            from,
            columns: columns.to_vec(),
            at: 0,
            taken: 0,
            text: tsv([head]),
        }
    }

    /// Whether what it copies from is still there.
    pub fn is_of(&self, cx: &Ctx<'_>) -> bool {
        self.dataset == cx.dataset().revision()
    }

    /// Goes on for a part of a frame; the text when it is done.
    pub fn go_on(&mut self, cx: &Ctx<'_>) -> Option<String> {
        let begin = Instant::now();
        loop {
            for _ in 0..AT_ONCE {
                let row = match &self.from {
                    From::Time(set, descending) => Rows::Time(set, *descending).get(self.at),
                    From::List(list, _) => list.get(self.at).copied(),
                };
                let Some(row) = row.filter(|_| self.taken < MOST) else {
                    return Some(std::mem::take(&mut self.text));
                };
                self.at += 1;
                if let From::List(_, only) = &self.from
                    && !only.contains(row)
                {
                    continue;
                }
                self.taken += 1;
                let line = self.columns.iter().map(|c| text(cx, row, *c)).collect();
                self.text.push_str(&tsv([line]));
            }
            if begin.elapsed() > SLICE {
                return None;
            }
        }
    }

    /// Rows copied so far.
    pub fn taken(&self) -> i64 {
        self.taken
    }
}
