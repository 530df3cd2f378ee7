//! Any number of items a row in two columns.

use crate::model::EventRow;

/// Items of each row, one row's behind the other's.
#[derive(Clone, Debug)]
pub(super) struct Lists<T> {
    /// Where the items of each row begin, up to the last row that has any.
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self {
            starts: Vec::new(),
            items: Vec::new(),
        }
    }
}

impl<T: Copy> Lists<T> {
    fn end(&self) -> u32 {
        u32::try_from(self.items.len()).unwrap_or(u32::MAX)
    }

    /// Adds the items of a row behind those that have some; beyond four
    /// thousand million items they are dropped.
    pub(super) fn push(&mut self, row: usize, items: impl ExactSizeIterator<Item = T>) {
        let room = (u32::MAX as usize).saturating_sub(self.items.len());
        if items.len() == 0 || items.len() > room {
            return;
        }
        let end = self.end();
        self.starts.resize(row + 1, end);
        self.items.extend(items);
    }

    pub(super) fn append(&mut self, rows: usize, mut other: Self) {
        if other.starts.is_empty() {
            return;
        }
        let end = self.end();
        self.starts.resize(rows, end);
        let later = other.starts.iter().map(|at| at.saturating_add(end));
        self.starts.extend(later);
        self.items.append(&mut other.items);
    }

    pub(super) fn arrange(&mut self, order: &[u32]) {
        if self.starts.is_empty() {
            return;
        }
        let mut sorted = Self {
            starts: Vec::with_capacity(order.len()),
            items: Vec::with_capacity(self.items.len()),
        };
        for (row, old) in order.iter().enumerate() {
            sorted.push(row, self.of(*old as usize).iter().copied());
        }
        *self = sorted;
    }

    /// Where the items of a row stand among all items.
    pub(super) fn range(&self, row: usize) -> std::ops::Range<usize> {
        let Some(from) = self.starts.get(row) else {
            return 0..0;
        };
        let to = self.starts.get(row + 1).copied();
        *from as usize..to.map_or(self.items.len(), |to| to as usize)
    }

    /// The items of a row.
    pub(super) fn of(&self, row: usize) -> &[T] {
        self.items.get(self.range(row)).unwrap_or_default()
    }

    pub(super) fn items_mut(&mut self) -> &mut [T] {
        &mut self.items
    }

    /// Changes the items of each row, but not how many there are.
    pub(super) fn each_mut(&mut self, change: impl Fn(&mut [T])) {
        for row in 0..self.starts.len() {
            let range = self.range(row);
            if let Some(list) = self.items.get_mut(range) {
                change(list);
            }
        }
    }

    /// All items, those of the first row first.
    pub(super) fn items(&self) -> &[T] {
        &self.items
    }

    /// The row that has the item at this position among all items.
    pub(super) fn row_of(&self, item: usize) -> Option<EventRow> {
        let after = self.starts.partition_point(|at| *at as usize <= item);
        (item < self.items.len()).then(|| EventRow::new(after.saturating_sub(1)))
    }

    pub(super) fn shrink(&mut self) {
        self.starts.shrink_to_fit();
        self.items.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn lists_come_back_over_appends_in_any_order_and_know_their_rows(
            rows in proptest::collection::vec(proptest::collection::vec(0_u32..99, 0..4), 0..30),
            cut in 0_usize..30, seed in 0_usize..1_000,
        ) {
            let cut = cut.min(rows.len());
            let (mut a, mut b) = (Lists::default(), Lists::default());
            for (at, items) in rows.iter().enumerate() {
                let items = items.iter().copied();
                if at < cut { a.push(at, items) } else { b.push(at - cut, items) }
            }
            a.append(cut, b);
            let mut order: Vec<u32> = (0..).take(rows.len()).collect();
            order.sort_by_key(|n| (*n as usize * 7 + seed) % 11);
            a.arrange(&order);
            let mut entry = 0;
            for (row, old) in order.iter().enumerate() {
                prop_assert_eq!(a.of(row), &rows[*old as usize][..]);
                for item in a.of(row) {
                    prop_assert_eq!(a.row_of(entry), Some(EventRow::new(row)));
                    prop_assert_eq!(a.items()[entry], *item);
                    entry += 1;
                }
            }
            prop_assert_eq!(a.row_of(entry), None);
            prop_assert_eq!(a.of(rows.len()), &[] as &[u32]);
        }
    }
}
