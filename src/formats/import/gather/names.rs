//! Things that are known by name: what has the same name is one thing.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher as _, BuildHasherDefault, Hash, Hasher, RandomState};
use std::sync::OnceLock;

use siphasher::sip128::{Hasher128 as _, SipHasher13};

/// Letters of an id that is made of a name.
const LETTERS: usize = 80;

/// What a text is known by: a hash of 128 bits with keys of this run, which no
/// file can make collide. Half a million names take 16 MB so, not 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key(u64, u64);

impl Key {
    /// The key of a text.
    pub(super) fn of(text: &str) -> Self {
        static EMPTY: OnceLock<SipHasher13> = OnceLock::new();
        let empty = EMPTY.get_or_init(|| {
            let of_this_run = RandomState::new();
            let [a, b] = [0, 1].map(|half: u8| of_this_run.hash_one(half));
            SipHasher13::new_with_keys(a, b)
        });
        let mut hasher = *empty;
        hasher.write(text.as_bytes());
        let hash = hasher.finish128();
        Self(hash.h1, hash.h2)
    }
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.0);
    }
}

/// Takes the first half of a [`Key`], which is a hash already.
#[derive(Default)]
pub(super) struct AsItIs(u64);

impl Hasher for AsItIs {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

type ByKey<T> = HashMap<Key, T, BuildHasherDefault<AsItIs>>;

/// Numbers of things by name.
#[derive(Default)]
pub(super) struct Names {
    by_key: ByKey<u32>,
    /// The keys in the order in which they came, with the numbers.
    order: Vec<(Key, u32)>,
    /// The same by the names as they are written, which spares folding them.
    by_text: ByKey<u32>,
}

impl Names {
    /// The number of a thing whose name was met before as it is written.
    pub(super) fn met(&self, written: Key) -> Option<u32> {
        self.by_text.get(&written).copied()
    }

    /// Remembers how a name is written.
    pub(super) fn remember(&mut self, written: Key, number: u32) {
        self.by_text.insert(written, number);
    }

    /// Room for so many names more.
    pub(super) fn reserve(&mut self, names: usize) {
        self.by_key.reserve(names);
    }

    /// The number of a thing by its key; `new` if there is none yet.
    pub(super) fn number(&mut self, key: Key, new: impl FnOnce() -> u32) -> u32 {
        *self.by_key.entry(key).or_insert_with(|| {
            let number = new();
            self.order.push((key, number));
            number
        })
    }

    /// The key of each of `things` things; `None` for those without one.
    pub(super) fn keys(&self, things: usize) -> Vec<Option<Key>> {
        let mut keys = vec![None; things];
        for (key, number) in &self.order {
            if let Some(slot) = keys.get_mut(*number as usize) {
                *slot = Some(*key);
            }
        }
        keys
    }
}

/// A name as an id: its folded words with hyphens between them.
pub(super) fn slug(folded: &str) -> String {
    let words = folded.split(' ').filter(|w| !w.is_empty());
    let mut slug = String::with_capacity(folded.len().min(LETTERS));
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
    taken: HashSet<Key, BuildHasherDefault<AsItIs>>,
    /// How often each was asked for, so that the next number is found at once.
    asked: ByKey<u32>,
}

impl Ids {
    /// Room for so many ids.
    pub(super) fn with_room(ids: usize) -> Self {
        Self {
            taken: HashSet::with_capacity_and_hasher(ids, BuildHasherDefault::default()),
            ..Self::default()
        }
    }

    /// Whether the id with a key is free, which it then no longer is.
    pub(super) fn take_key(&mut self, key: Key) -> bool {
        self.taken.insert(key)
    }

    /// Whether an id is free, which it then no longer is.
    pub(super) fn take(&mut self, id: &str) -> bool {
        !id.is_empty() && self.taken.insert(Key::of(id))
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
        let mut asked = self.asked.get(&Key::of(base)).copied().unwrap_or(1);
        loop {
            asked += 1;
            let id = format!("{base}-{asked}");
            if self.take(&id) {
                self.asked.insert(Key::of(base), asked);
                return id;
            }
        }
    }
}
