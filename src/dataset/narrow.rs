//! Numbers in as few bytes as the greatest of them needs.

use super::plain::NONE;

/// A column of numbers, of which [`NONE`] stands for none.
#[derive(Clone, Debug)]
pub(super) enum Narrow {
    Byte(Vec<u8>),
    Short(Vec<u16>),
    Long(Vec<u32>),
}

impl Narrow {
    /// The greatest number of each width stands for none.
    #[allow(
        clippy::cast_possible_truncation,
        reason = "the greatest number is looked at before; NONE becomes the greatest of the width"
    )]
    pub(super) fn of(numbers: Vec<u32>) -> Self {
        let greatest = numbers.iter().copied().filter(|n| *n != NONE).max();
        match greatest.unwrap_or(0) {
            n if n < u32::from(u8::MAX) => {
                Self::Byte(numbers.into_iter().map(|n| n as u8).collect())
            }
            n if n < u32::from(u16::MAX) => {
                Self::Short(numbers.into_iter().map(|n| n as u16).collect())
            }
            _ => Self::Long(numbers),
        }
    }

    /// The number of a row, if it has one.
    #[inline]
    pub(super) fn get(&self, row: usize) -> Option<u32> {
        match self {
            Self::Byte(column) => column
                .get(row)
                .filter(|n| **n != u8::MAX)
                .map(|n| u32::from(*n)),
            Self::Short(column) => column
                .get(row)
                .filter(|n| **n != u16::MAX)
                .map(|n| u32::from(*n)),
            Self::Long(column) => column.get(row).copied().filter(|n| *n != NONE),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_come_back_from_any_width(
            numbers in proptest::collection::vec(
                prop_oneof![
                    0..300_u32, 65_500..65_600_u32, proptest::num::u32::ANY,
                    Just(254), Just(255), Just(65_534), Just(65_535), Just(NONE),
                ],
                0..20,
            ),
            limit in proptest::sample::select(vec![254, 255, 65_534, 65_535, NONE]),
        ) {
            let numbers: Vec<u32> = numbers.into_iter().filter(|n| *n <= limit || *n == NONE).collect();
            let narrow = Narrow::of(numbers.clone());
            for (row, number) in numbers.iter().enumerate() {
                prop_assert_eq!(narrow.get(row), (*number != NONE).then_some(*number));
            }
            prop_assert_eq!(narrow.get(numbers.len()), None);
        }
    }
}
