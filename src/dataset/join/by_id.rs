//! Things by the ids they get among those of several files.

use std::collections::{HashMap, HashSet};

/// Things of one kind by id.
#[derive(Default)]
pub(super) struct ById {
    pub numbers: HashMap<String, u32>,
    /// Ids of things that keep them.
    pub reserved: HashSet<String>,
}

impl ById {
    /// The id, with a number behind it if it is taken.
    pub fn free(&mut self, id: &str, number: usize) -> String {
        let numbered = (2..).map(|n: u64| format!("{id}-{n}"));
        let free = std::iter::once(id.to_owned())
            .chain(numbered)
            .find(|id| !self.numbers.contains_key(id) && !self.reserved.contains(id))
            .unwrap_or_default();
        self.keep(&free, number);
        free
    }

    /// The id as it is.
    pub fn keep(&mut self, id: &str, number: usize) -> String {
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        self.numbers.insert(id.to_owned(), number);
        id.to_owned()
    }

    /// The thing of our own format that has an id.
    pub fn own(&self, id: &str) -> Option<u32> {
        let own = self.reserved.contains(id);
        self.numbers.get(id).copied().filter(|_| own)
    }
}

/// Adds what is not there yet.
pub(super) fn more<T: PartialEq + Clone>(known: &mut Vec<T>, others: &[T]) {
    for other in others {
        if !known.contains(other) {
            known.push(other.clone());
        }
    }
}

/// Follows an event whose id has changed.
pub(super) fn renamed(event: &mut Option<String>, changed: &HashMap<String, String>) {
    if let Some(id) = event
        && let Some(other) = changed.get(id)
    {
        id.clone_from(other);
    }
}
