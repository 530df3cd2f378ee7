//! What was found for the words looked for last.

use std::sync::{Arc, Mutex, PoisonError};

use crate::model::fold;

use super::{Dataset, RowSet};

/// Searches kept. Trade-off: a few letters typed and taken back, and little
/// memory: at most a bit a row for each.
const KEPT: usize = 4;

/// The last few searches, newest last.
#[derive(Default)]
pub(super) struct Searches(Mutex<Vec<(String, Arc<RowSet>)>>);

impl Dataset {
    /// The rows in which every word of `text` begins some word. What was found
    /// is kept for a while, so that whoever cannot wait lets another thread ask
    /// first.
    #[must_use]
    pub fn search(&self, text: &str) -> Arc<RowSet> {
        let folded = fold(text);
        let lock = || {
            self.searches
                .0
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
        };
        let mut kept = lock();
        if let Some(at) = kept.iter().position(|(words, _)| *words == folded) {
            let found = kept.remove(at);
            kept.push(found);
            return kept
                .last()
                .map(|(_, rows)| Arc::clone(rows))
                .unwrap_or_default();
        }
        // Nobody waits for a lock while somebody else searches.
        drop(kept);
        let rows = Arc::new(self.words().find(&folded, &self.table, &self.links));
        let mut kept = lock();
        if kept.len() == KEPT {
            kept.remove(0);
        }
        kept.push((folded, Arc::clone(&rows)));
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_looked_for_last_is_kept_and_the_oldest_forgotten() {
        let (dataset, _) = crate::formats::bundled().unwrap();
        let first = dataset.search("Ménaka");
        assert!(!first.is_empty());
        assert_eq!(
            *first,
            dataset
                .words()
                .find("menaka", &dataset.table, &dataset.links)
        );
        assert!(Arc::ptr_eq(&first, &dataset.search("menaka ")));
        for other in ["a", "b", "c"] {
            assert!(!Arc::ptr_eq(&first, &dataset.search(other)));
        }
        assert!(Arc::ptr_eq(&first, &dataset.search("menaka")));
        for other in ["d", "e", "f", "g"] {
            let _ = dataset.search(other);
        }
        let again = dataset.search("menaka");
        assert!(!Arc::ptr_eq(&first, &again) && first == again);
    }
}
