//! Undo and redo.

/// How many steps are kept. Trade-off: more than anybody goes back, and small.
const MAX_STEPS: usize = 500;

/// Earlier and later states around the present one, which the caller holds.
#[derive(Clone, Debug, PartialEq)]
pub struct History<T> {
    past: Vec<T>,
    future: Vec<T>,
}

impl<T> Default for History<T> {
    fn default() -> Self {
        Self {
            past: Vec::new(),
            future: Vec::new(),
        }
    }
}

impl<T: Clone + PartialEq> History<T> {
    /// Notes the state before a change.
    pub fn record(&mut self, before: T) {
        self.future.clear();
        self.past.push(before);
        if self.past.len() > MAX_STEPS {
            self.past.remove(0);
        }
    }

    /// The state before, given the present one.
    pub fn undo(&mut self, present: &T) -> Option<T> {
        let state = self.past.pop()?;
        self.future.push(present.clone());
        Some(state)
    }

    /// The state that was undone, given the present one.
    pub fn redo(&mut self, present: &T) -> Option<T> {
        let state = self.future.pop()?;
        self.past.push(present.clone());
        Some(state)
    }

    /// Whether there is something to undo.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is something to redo.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn undo_all_then_redo_all_comes_back(states in proptest::collection::vec(0_i32..5, 1..40)) {
            let mut history = History::default();
            let mut present = states[0];
            let mut seen = vec![present];
            for s in &states[1..] {
                history.record(present);
                present = *s;
                seen.push(present);
            }
            for expected in seen.iter().rev().skip(1) {
                present = history.undo(&present).unwrap();
                prop_assert_eq!(present, *expected);
            }
            prop_assert!(history.undo(&present).is_none());
            while let Some(state) = history.redo(&present) {
                present = state;
            }
            prop_assert_eq!(present, *seen.last().unwrap());
        }
    }

    #[test]
    fn a_new_change_drops_what_was_undone() {
        let mut history = History::default();
        history.record(1);
        assert_eq!(history.undo(&2), Some(1));
        history.record(1);
        assert!(!history.can_redo());
    }
}
