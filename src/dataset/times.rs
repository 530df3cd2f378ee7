//! The four times of each event in 12 bytes.
//!
//! Dates are written to the day, the month, the year: what a row allows beyond
//! its earliest start is nearly always one of a few hundred **shapes** ("until
//! the end of that day"). A row keeps its earliest start (8 bytes) and the
//! number of its shape (4), and the shapes are kept once (24 each). Where nearly
//! every row has a shape of its own they are kept by row, without numbers: 32
//! bytes a row, as if there were no shapes.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use crate::model::time::{Extent, Millis, OPEN_FUTURE, OPEN_PAST};

use super::quick_hash::QuickHasher;

/// So many shapes are told apart while rows are added; further ones are kept
/// as often as they come, lest the table of them outgrow the rows.
const MAX_KNOWN: usize = 1 << 20;
/// Starts before or after this (146 million years from 1970, and open ones)
/// are no base to count from; nor can a time be further from its base than
/// twice that.
const FAR: Millis = 1 << 62;

/// Latest start, earliest end and latest end, counted from the base of the
/// start; open ends are as they are.
type Shape = [Millis; 3];

/// The times of rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Times {
    starts: Vec<Millis>,
    /// The shape of each row; empty if the shapes are those of the rows.
    numbers: Vec<u32>,
    shapes: Vec<Shape>,
    /// The numbers of shapes, while rows are added.
    known: HashMap<Shape, u32, BuildHasherDefault<QuickHasher>>,
}

fn base(start: Millis) -> Millis {
    if (-FAR..FAR).contains(&start) {
        start
    } else {
        0
    }
}

fn is_open(time: Millis) -> bool {
    time == OPEN_PAST || time == OPEN_FUTURE
}

impl Times {
    pub(super) fn with_capacity(rows: usize) -> Self {
        Self {
            starts: Vec::with_capacity(rows),
            numbers: Vec::with_capacity(rows),
            ..Self::default()
        }
    }

    /// Adds a row. Of an event that lasts for more than 292 million years the
    /// end may come out earlier, though not before the year 146,000,000.
    pub(super) fn push(&mut self, extent: Extent) {
        let base = base(extent.start_earliest);
        let shape = [extent.start_latest, extent.end_earliest, extent.end_latest].map(|time| {
            if is_open(time) {
                time
            } else {
                time.saturating_sub(base)
                    .clamp(OPEN_PAST + 1, OPEN_FUTURE - 1)
            }
        });
        self.starts.push(extent.start_earliest);
        let number = self.number(shape);
        self.numbers.push(number);
    }

    fn number(&mut self, shape: Shape) -> u32 {
        if let Some(number) = self.known.get(&shape) {
            return *number;
        }
        let number = u32::try_from(self.shapes.len()).unwrap_or(u32::MAX);
        self.shapes.push(shape);
        if self.known.len() < MAX_KNOWN {
            self.known.insert(shape, number);
        }
        number
    }

    /// Adds the rows of another table.
    pub(super) fn append(&mut self, mut other: Self) {
        self.starts.append(&mut other.starts);
        let shapes = std::mem::take(&mut other.shapes);
        let numbers: Vec<u32> = shapes.into_iter().map(|s| self.number(s)).collect();
        let renumbered = other.numbers.iter().map(|n| numbers[*n as usize]);
        self.numbers.extend(renumbered);
    }

    /// No row is added any more.
    pub(super) fn finish(&mut self) {
        self.known = HashMap::default();
        // Numbers (4 bytes a row) and shapes (24) against a shape a row.
        if self.shapes.len() / 5 > self.starts.len() / 6 {
            let of_rows = self.numbers.iter().map(|n| self.shapes[*n as usize]);
            self.shapes = of_rows.collect();
            self.numbers = Vec::new();
        }
        self.shapes.shrink_to_fit();
    }

    /// Earliest starts.
    pub(super) fn starts(&self) -> &[Millis] {
        &self.starts
    }

    /// The numbers of the shapes, none if each row has its own.
    pub(super) fn numbers(&self) -> &[u32] {
        &self.numbers
    }

    /// Both of them, to be brought into another order.
    pub(super) fn columns(&mut self) -> (&mut Vec<Millis>, &mut Vec<u32>) {
        (&mut self.starts, &mut self.numbers)
    }

    /// The four times of a row.
    #[inline]
    pub(super) fn extent(&self, row: usize) -> Extent {
        let start = self.starts[row];
        let number = self.numbers.get(row).map_or(row, |n| *n as usize);
        let base = base(start);
        let [start_latest, end_earliest, end_latest] =
            self.shapes[number].map(|time| if is_open(time) { time } else { base + time });
        Extent {
            start_earliest: start,
            start_latest,
            end_earliest,
            end_latest,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::time::{FIRST_MOMENT, LAST_MOMENT};
    use proptest::prelude::*;

    fn any_time() -> impl Strategy<Value = Millis> {
        prop_oneof![
            4 => -99_i64..99,
            2 => -FAR + 100..FAR - 100,
            1 => proptest::sample::select(vec![
                OPEN_PAST, OPEN_FUTURE, FIRST_MOMENT, LAST_MOMENT, FAR, -FAR, FAR - 1, -FAR - 1,
            ]),
        ]
    }

    proptest! {
        #[test]
        fn times_come_back_over_appends_and_by_row(
            rows in proptest::collection::vec(proptest::array::uniform4(any_time()), 0..60),
            cut in 0_usize..60, copies in 1_usize..30,
        ) {
            let extents: Vec<Extent> = rows
                .iter()
                .map(|v| {
                    let mut v = *v;
                    v.sort_unstable();
                    Extent { start_earliest: v[0], start_latest: v[1], end_earliest: v[2], end_latest: v[3] }
                })
                // What lasts longer is shortened, as said.
                .filter(|e| [e.start_latest, e.end_earliest, e.end_latest].into_iter().all(|time| {
                    is_open(time)
                        || time.checked_sub(base(e.start_earliest)).is_some_and(|l| l < OPEN_FUTURE)
                }))
                .collect();
            let (mut a, mut b) = (Times::default(), Times::with_capacity(9));
            for copy in 0..copies {
                for (at, extent) in extents.iter().enumerate() {
                    let to = if copy == 0 && at < cut { &mut a } else { &mut b };
                    to.push(*extent);
                }
            }
            a.append(b);
            a.finish();
            // Copies share their shapes; without copies there may be none to share.
            prop_assert!(a.shapes.len() <= extents.len());
            prop_assert!(a.numbers.is_empty() || a.numbers.len() == a.starts.len());
            for (at, start) in a.starts().to_vec().into_iter().enumerate() {
                prop_assert_eq!(a.extent(at), extents[at % extents.len()]);
                prop_assert_eq!(a.extent(at).start_earliest, start);
            }
            prop_assert_eq!(a.starts().len(), extents.len() * copies);
        }
    }

    #[test]
    fn few_shapes_are_kept_once_and_many_by_row() {
        let (mut few, mut many) = (Times::default(), Times::default());
        for n in 0..1_000 {
            few.push(Extent::within(n, n + n % 2));
            many.push(Extent::within(n, n + n));
        }
        few.finish();
        many.finish();
        assert_eq!((few.shapes.len(), few.numbers().len()), (2, 1_000));
        assert_eq!((many.shapes.len(), many.numbers().len()), (1_000, 0));
        assert_eq!(many.extent(7), Extent::within(7, 14));
    }
}
