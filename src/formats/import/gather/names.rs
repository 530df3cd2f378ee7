//! Things that are known by name: what has the same name is one thing.

use std::collections::{HashMap, HashSet};

/// Letters of an id that is made of a name.
const LETTERS: usize = 80;

/// Numbers of things by name.
#[derive(Default)]
pub(super) struct Names {
    by_key: HashMap<Box<str>, u32>,
    /// The same by the names as they are written, which spares folding them.
    by_text: HashMap<Box<str>, u32>,
}

impl Names {
    /// The number of a thing whose name was met before as it is written.
    pub(super) fn met(&self, text: &str) -> Option<u32> {
        self.by_text.get(text).copied()
    }

    /// Remembers how a name is written.
    pub(super) fn remember(&mut self, text: &str, number: u32) {
        self.by_text.insert(text.into(), number);
    }

    /// The number of a thing by its key; `new` if there is none yet.
    pub(super) fn number(&mut self, key: &str, new: impl FnOnce() -> u32) -> u32 {
        if let Some(number) = self.by_key.get(key) {
            return *number;
        }
        let number = new();
        self.by_key.insert(key.into(), number);
        number
    }

    /// The key of each of `things` things, empty for those without one.
    pub(super) fn keys(&self, things: usize) -> Vec<&str> {
        let mut keys = vec![""; things];
        for (key, number) in &self.by_key {
            if let Some(slot) = keys.get_mut(*number as usize) {
                *slot = key;
            }
        }
        keys
    }
}

/// A name as an id: its folded words with hyphens between them.
pub(super) fn slug(folded: &str) -> String {
    let words = folded.split([' ', '/', '|']).filter(|w| !w.is_empty());
    let mut slug = String::new();
    for word in words {
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    if let Some((cut, _)) = slug.char_indices().nth(LETTERS) {
        slug.truncate(cut);
    }
    slug
}

/// Ids that are taken, of one kind of things.
#[derive(Default)]
pub(super) struct Ids {
    taken: HashSet<String>,
    /// How often each was asked for, so that the next number is found at once.
    asked: HashMap<String, u32>,
}

impl Ids {
    /// Whether an id is free, which it then no longer is.
    pub(super) fn take(&mut self, id: &str) -> bool {
        !id.is_empty() && self.taken.insert(id.to_owned())
    }

    /// The first of some ids that is free, else the first with a number.
    pub(super) fn first(&mut self, wished: &[&str]) -> String {
        if let Some(id) = wished.iter().find(|id| self.take(id)) {
            return (*id).to_owned();
        }
        let base = wished
            .iter()
            .find(|id| !id.is_empty())
            .unwrap_or(&"unnamed");
        let asked = self.asked.entry((*base).to_owned()).or_insert(1);
        loop {
            *asked += 1;
            let id = format!("{base}-{asked}");
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}
