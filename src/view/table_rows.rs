//! The rows of the table: order, columns, selection by range, and text.

use std::cmp::Ordering;

use crate::dataset::Dataset;
use crate::model::time::Inclusion;
use crate::model::{EventRow, fold};
use crate::session::CurrentSet;

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// When it happened.
    Date,
    /// Its title.
    Title,
    /// What happened.
    Kind,
    /// Where.
    Place,
    /// People killed.
    Killed,
    /// Whose action it was.
    Side,
    /// Number of sources.
    Sources,
    /// Whether it is certainly or possibly in the window.
    Certainty,
}

impl Column {
    /// Every column, in order.
    pub const ALL: [Self; 8] = [
        Self::Date,
        Self::Title,
        Self::Kind,
        Self::Place,
        Self::Killed,
        Self::Side,
        Self::Sources,
        Self::Certainty,
    ];

    /// The id that keys of texts end in.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Title => "title",
            Self::Kind => "kind",
            Self::Place => "place",
            Self::Killed => "killed",
            Self::Side => "side",
            Self::Sources => "sources",
            Self::Certainty => "certainty",
        }
    }

    /// Whether it holds numbers, which are aligned to the right.
    #[must_use]
    pub fn is_number(self) -> bool {
        matches!(self, Self::Killed | Self::Sources)
    }
}

/// How rows are ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// By this column.
    pub column: Column,
    /// Last first.
    pub descending: bool,
}

impl Default for Order {
    fn default() -> Self {
        Self {
            column: Column::Date,
            descending: false,
        }
    }
}

impl Order {
    /// What a click on a column's head makes of it: the other direction of
    /// the same column, or the first of another; numbers largest first.
    #[must_use]
    pub fn clicked(self, column: Column) -> Self {
        Self {
            column,
            descending: if column == self.column {
                !self.descending
            } else {
                column.is_number()
            },
        }
    }
}

/// Number of sources of an event that report it.
#[must_use]
pub fn sources(dataset: &Dataset, row: EventRow) -> usize {
    dataset.sources_of_event(row).len()
}

/// Whether a row is certainly or only possibly in the window.
#[must_use]
pub fn inclusion(current: &CurrentSet, row: EventRow) -> Inclusion {
    if current.selected.certain.contains(row) {
        Inclusion::Certainly
    } else if current.selected.possible.contains(row) {
        Inclusion::Possibly
    } else {
        Inclusion::No
    }
}

/// The rows shown, in order. Ties stay in order of time, either way.
///
/// The current set itself is in order of time: sorting by date costs nothing,
/// by another column it is O(n log n), once a change of set, order or language.
#[must_use]
pub fn sorted(dataset: &Dataset, current: &CurrentSet, order: Order, lang: &str) -> Vec<EventRow> {
    let mut rows: Vec<EventRow> = current.shown().iter().collect();
    let flip = |o: Ordering| if order.descending { o.reverse() } else { o };
    match order.column {
        Column::Date => {
            if order.descending {
                rows.reverse();
            }
        }
        Column::Title => by_text(&mut rows, flip, |r| fold(dataset.title(r, lang))),
        Column::Place => by_text(&mut rows, flip, |r| fold(dataset.place_name(r, lang))),
        Column::Kind => rows.sort_by(|a, b| {
            let kind = |r: EventRow| dataset.table().kind(r);
            flip(kind(*a).cmp(&kind(*b)))
        }),
        Column::Side => rows.sort_by(|a, b| {
            let side = |r: EventRow| dataset.table().side(r).map_or(u16::MAX, u16::from);
            flip(side(*a).cmp(&side(*b)))
        }),
        // What is not known is not zero: it comes last, either way.
        Column::Killed => by_key(
            &mut rows,
            |o| o,
            |r| {
                let best = dataset.killed(r).best;
                let signed = best.map(|n| i64::try_from(n).unwrap_or(i64::MAX));
                let order = if order.descending { -1 } else { 1 };
                (signed.is_none(), signed.map(|n| n.saturating_mul(order)))
            },
        ),
        Column::Sources => by_key(&mut rows, flip, |r| sources(dataset, r)),
        Column::Certainty => by_key(&mut rows, flip, |r| inclusion(current, r)),
    }
    rows
}

fn by_key<K: Ord>(
    rows: &mut [EventRow],
    flip: impl Fn(Ordering) -> Ordering,
    key: impl Fn(EventRow) -> K,
) {
    let mut keyed: Vec<(K, EventRow)> = rows.iter().map(|r| (key(*r), *r)).collect();
    keyed.sort_by(|a, b| flip(a.0.cmp(&b.0)));
    for (slot, (_, row)) in rows.iter_mut().zip(keyed) {
        *slot = row;
    }
}

/// Rows without a text come last, either way.
fn by_text(
    rows: &mut [EventRow],
    flip: impl Fn(Ordering) -> Ordering,
    key: impl Fn(EventRow) -> String,
) {
    let mut keyed: Vec<(String, EventRow)> = rows.iter().map(|r| (key(*r), *r)).collect();
    keyed.sort_by(|a, b| {
        a.0.is_empty()
            .cmp(&b.0.is_empty())
            .then_with(|| flip(a.0.cmp(&b.0)))
    });
    for (slot, (_, row)) in rows.iter_mut().zip(keyed) {
        *slot = row;
    }
}

/// The rows from one to another in the order shown, both ends included; only
/// `to` when `from` is not shown.
#[must_use]
pub fn range(rows: &[EventRow], from: EventRow, to: EventRow) -> Vec<EventRow> {
    let at = |row: EventRow| rows.iter().position(|r| *r == row);
    match (at(from), at(to)) {
        (Some(a), Some(b)) => rows[a.min(b)..=a.max(b)].to_vec(),
        _ => vec![to],
    }
}

/// Tab-separated values: no field may hold a tab or a line break.
#[must_use]
pub fn tsv(lines: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut out = String::new();
    for line in lines {
        let fields: Vec<String> = line
            .iter()
            .map(|f| f.replace(['\t', '\n', '\r'], " "))
            .collect();
        out.push_str(&fields.join("\t"));
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::bundled;
    use crate::session::Scope;
    use proptest::prelude::*;

    fn all(dataset: &Dataset) -> CurrentSet {
        let scope = Scope {
            filter: crate::dataset::Filter::default(),
            window: crate::model::time::Window::parse("2012/2024").unwrap(),
            certainly: false,
        };
        CurrentSet::new(dataset, &scope, 1)
    }

    proptest! {
        #[test]
        fn every_order_keeps_the_set(column in 0..Column::ALL.len(), descending: bool) {
            let (dataset, _) = bundled().unwrap();
            let current = all(&dataset);
            let order = Order { column: Column::ALL[column], descending };
            let mut rows = sorted(&dataset, &current, order, "fr");
            rows.sort_unstable();
            prop_assert_eq!(rows, current.shown().iter().collect::<Vec<_>>());
        }
    }

    #[test]
    fn most_killed_comes_first_and_unknown_is_less_than_one() {
        let (dataset, _) = bundled().unwrap();
        let order = Order::default().clicked(Column::Killed);
        assert!(order.descending);
        let rows = sorted(&dataset, &all(&dataset), order, "en");
        let killed: Vec<_> = rows.iter().map(|r| dataset.killed(*r).best).collect();
        assert!(killed.is_sorted_by(|a, b| a >= b));
        assert!(killed[0] > Some(7) && killed.last() == Some(&None));
    }

    #[test]
    fn events_without_a_place_come_last_either_way() {
        let (dataset, _) = bundled().unwrap();
        for descending in [false, true] {
            let order = Order {
                column: Column::Place,
                descending,
            };
            let rows = sorted(&dataset, &all(&dataset), order, "en");
            assert!(dataset.event(rows[0]).place.is_some());
            assert!(dataset.event(rows[rows.len() - 1]).place.is_none());
        }
    }

    #[test]
    fn a_range_follows_the_order_shown() {
        let rows = [3, 1, 2, 0].map(EventRow);
        assert_eq!(
            range(&rows, EventRow(2), EventRow(3)),
            [3, 1, 2].map(EventRow)
        );
        assert_eq!(range(&rows, EventRow(9), EventRow(1)), [EventRow(1)]);
    }

    #[test]
    fn fields_hold_no_tabs_or_line_breaks() {
        let lines = vec![vec!["a\tb".to_owned(), "c\nd".to_owned()]];
        assert_eq!(tsv(lines), "a b\tc d\n");
    }
}
