//! Which events are counted apart, because they are drawn in a colour of
//! their own.

use crate::dataset::Dataset;
use crate::model::{EventRow, Kind};
use crate::session::ColourBy;

/// No category, in a table of categories.
const OTHER: u8 = u8::MAX;

/// Events told apart by colour: at most one slot a category, and one for what
/// has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slots {
    /// Slot by kind or by side; the last is that of events without a side.
    /// Empty where all events are counted together.
    of: Vec<u8>,
    by: ColourBy,
    /// Category of each slot.
    categories: Vec<Option<usize>>,
}

impl Slots {
    /// All events together.
    #[must_use]
    pub fn one() -> Self {
        Self {
            of: Vec::new(),
            by: ColourBy::Number,
            categories: vec![None],
        }
    }

    /// By what colours stand for. `kinds` tells the category of a kind, and
    /// there are `categories` colours for sides: what is beyond has none. Where
    /// all would come out in one colour, events are counted together.
    #[must_use]
    pub fn new(
        dataset: &Dataset,
        by: ColourBy,
        kinds: fn(Kind) -> Option<usize>,
        categories: usize,
    ) -> Self {
        let wanted: Vec<Option<usize>> = match by {
            ColourBy::Number => return Self::one(),
            ColourBy::Kind => Kind::ALL.iter().map(|k| kinds(*k)).collect(),
            ColourBy::Side => (0..dataset.meta().sides.len().min(usize::from(OTHER)))
                .map(|side| (side < categories).then_some(side))
                .chain(std::iter::once(None))
                .collect(),
        };
        let mut found: Vec<Option<usize>> = Vec::new();
        let mut of = Vec::with_capacity(wanted.len());
        for category in wanted {
            let at = found.iter().position(|c| *c == category);
            let at = at.unwrap_or_else(|| {
                found.push(category);
                found.len() - 1
            });
            of.push(u8::try_from(at).unwrap_or(0));
        }
        if found.len() < 2 {
            return Self::one();
        }
        Self {
            of,
            by,
            categories: found,
        }
    }

    /// Number of slots, at least one.
    #[must_use]
    pub fn len(&self) -> usize {
        self.categories.len()
    }

    /// Whether all events are counted together.
    #[must_use]
    pub fn is_one(&self) -> bool {
        self.of.is_empty()
    }

    /// Never: there is at least one slot.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        false
    }

    /// The category of each slot, whose colour it has.
    #[must_use]
    pub fn categories(&self) -> &[Option<usize>] {
        &self.categories
    }

    /// The slot of an event.
    #[must_use]
    pub fn slot(&self, dataset: &Dataset, row: EventRow) -> usize {
        let at = match self.by {
            _ if self.of.is_empty() => return 0,
            ColourBy::Kind => dataset.kind(row) as usize,
            _ => dataset.side(row).map_or(self.of.len() - 1, usize::from),
        };
        // A side beyond the list of sides has no colour either.
        let last = self.of.len() - 1;
        usize::from(self.of[at.min(last)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::synthetic;

    #[test]
    fn kinds_of_one_category_share_a_slot_and_sides_have_one_each() {
        let dataset = synthetic::dataset(300, 1, &|_, _| {});
        let two = |k: Kind| (k == Kind::Attack).then_some(0);
        let kinds = Slots::new(&dataset, ColourBy::Kind, two, 7);
        assert_eq!(kinds.len(), 2);
        let sides = Slots::new(&dataset, ColourBy::Side, two, 7);
        assert_eq!(sides.len(), dataset.meta().sides.len() + 1);
        for row in dataset.rows() {
            let category = kinds.categories()[kinds.slot(&dataset, row)];
            assert_eq!(category, two(dataset.kind(row)));
            let category = sides.categories()[sides.slot(&dataset, row)];
            assert_eq!(category, dataset.side(row).map(usize::from));
        }
        // Only two sides have a colour; the others go together with none.
        assert_eq!(Slots::new(&dataset, ColourBy::Side, two, 2).len(), 3);
    }

    #[test]
    fn one_colour_is_one_slot() {
        let dataset = synthetic::dataset(10, 1, &|_, _| {});
        assert!(Slots::new(&dataset, ColourBy::Side, |_| None, 0).is_one());
        assert!(Slots::new(&dataset, ColourBy::Kind, |_| Some(3), 7).is_one());
        assert!(Slots::new(&dataset, ColourBy::Number, |_| None, 7).is_one());
    }
}
