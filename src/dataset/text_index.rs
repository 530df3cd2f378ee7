//! Words of the events: titles, summaries, places and every name of every
//! actor, folded.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Bound;

use rayon::prelude::*;

use crate::model::{ActorIx, EventDetail, EventRow, PlaceIx, fold};

use super::links::Links;
use super::table::PlainColumns;
use super::{EventTable, Parts, RowSet};

/// Rows indexed by one task: a whole container of a [`RowSet`], so that the
/// parts are put together by moving them.
const PART: usize = 1 << 16;

/// Something by word, while words are gathered.
type Words<T> = HashMap<Box<str>, T, BuildHasherDefault<WordHasher>>;

/// A quick hash for short words of our own making.
///
/// Source: Fowler, Noll, Vo, "FNV-1a", eight bytes at a time with a final mix.
#[derive(Default)]
struct WordHasher(u64);

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.0 = (self.0 ^ u64::from_le_bytes(word)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            self.0 ^= self.0 >> 29;
        }
    }

    fn finish(&self) -> u64 {
        self.0.wrapping_mul(0xBF58_476D_1CE4_E5B9)
    }
}

/// Rows by folded word, sorted, so that a prefix is a range.
pub(super) struct TextIndex {
    words: BTreeMap<Box<str>, RowSet>,
    /// Without records, whom and what a word names is looked up in turn.
    named: BTreeMap<Box<str>, Named>,
    plain: bool,
}

/// What a word is part of the name of.
#[derive(Default)]
struct Named {
    actors: Vec<ActorIx>,
    places: Vec<PlaceIx>,
}

impl TextIndex {
    pub(super) fn build(parts: &Parts, table: &EventTable) -> Self {
        if let Some(plain) = table.plain() {
            return Self {
                words: plain_words(plain, table.len()),
                named: names(parts),
                plain: true,
            };
        }
        let mut index = Self {
            words: BTreeMap::new(),
            named: BTreeMap::new(),
            plain: false,
        };
        for (at, event) in parts.events.iter().enumerate() {
            let row = EventRow::new(at);
            texts(parts, event, &mut |text| index.add(row, text));
        }
        index
    }

    fn add(&mut self, row: EventRow, text: &str) {
        for word in fold(text).split(' ').filter(|w| !w.is_empty()) {
            if let Some(rows) = self.words.get_mut(word) {
                rows.insert(row.0);
            } else {
                let rows = std::iter::once(row).collect();
                self.words.insert(word.into(), rows);
            }
        }
    }

    /// The rows in which every word of `text` begins some word.
    pub(super) fn find(&self, text: &str, table: &EventTable, links: &Links) -> RowSet {
        let mut found: Option<RowSet> = None;
        for prefix in fold(text).split(' ').filter(|w| !w.is_empty()) {
            let mut any = RowSet::default();
            let entries = self.words.range::<str, _>(from(prefix));
            for (_, rows) in entries.take_while(|(w, _)| w.starts_with(prefix)) {
                any.unite(rows);
            }
            if self.plain {
                self.named(prefix, table, links, &mut any);
            }
            match &mut found {
                Some(rows) => rows.intersect(&any),
                None => found = Some(any),
            }
        }
        found.unwrap_or_default()
    }

    /// Adds the rows of actors and places that a prefix names, and those whose
    /// number begins with it.
    fn named(&self, prefix: &str, table: &EventTable, links: &Links, any: &mut RowSet) {
        let entries = self.named.range::<str, _>(from(prefix));
        let (mut actors, mut places) = (Vec::new(), Vec::new());
        for (_, named) in entries.take_while(|(w, _)| w.starts_with(prefix)) {
            actors.extend(&named.actors);
            places.extend(&named.places);
        }
        actors.sort_unstable();
        actors.dedup();
        for actor in actors {
            any.unite(&links.events_of_actor(actor).iter().copied().collect());
        }
        let Some(plain) = table.plain() else { return };
        if !places.is_empty() {
            let rows = (0..table.len()).map(EventRow::new);
            let there = |r: &EventRow| plain.place(*r).is_some_and(|p| places.contains(&p));
            any.unite(&rows.filter(there).collect());
        }
        // Ids are looked at one by one, and only for something like one.
        if prefix.bytes().all(|b| b.is_ascii_digit()) {
            let ranges = numbers_with(prefix);
            let is = |n: u32| ranges.iter().any(|(from, to)| (*from..=*to).contains(&n));
            let rows: Vec<u32> = (0..u32::try_from(table.len()).unwrap_or(u32::MAX))
                .into_par_iter()
                .filter(|row| plain.number(EventRow(*row)).is_some_and(is))
                .collect();
            any.unite(&RowSet::ascending(&rows));
        }
    }
}

/// The ranges of the numbers that are written with these digits first.
fn numbers_with(digits: &str) -> Vec<(u32, u32)> {
    let Ok(first) = digits.parse::<u64>() else {
        return Vec::new();
    };
    if digits.starts_with('0') {
        return if digits == "0" {
            vec![(0, 0)]
        } else {
            Vec::new()
        };
    }
    (0..10)
        .map_while(|zeros| {
            let scale = 10_u64.pow(zeros);
            let from = u32::try_from(first * scale).ok()?;
            let to = first * scale + (scale - 1);
            Some((from, u32::try_from(to).unwrap_or(u32::MAX)))
        })
        .collect()
}

fn from(prefix: &str) -> (Bound<&str>, Bound<&str>) {
    (Bound::Included(prefix), Bound::Unbounded)
}

/// Words of titles, notes and ids that are texts.
fn plain_words(plain: &PlainColumns, rows: usize) -> BTreeMap<Box<str>, RowSet> {
    // A few parts at a time, so that little is held twice.
    let at_once = rayon::current_num_threads() * 4;
    let parts: Vec<usize> = (0..rows.div_ceil(PART)).collect();
    let mut words: Words<RowSet> = Words::default();
    for parts in parts.chunks(at_once) {
        let found: Vec<Words<RowSet>> = parts
            .par_iter()
            .map(|part| part_words(plain, part * PART..((part + 1) * PART).min(rows)))
            .collect();
        for (word, rows) in found.into_iter().flatten() {
            match words.entry(word) {
                std::collections::hash_map::Entry::Occupied(mut all) => {
                    all.get_mut().take_in(rows);
                }
                std::collections::hash_map::Entry::Vacant(new) => {
                    new.insert(rows);
                }
            }
        }
    }
    // A copy has no room to spare.
    words
        .into_iter()
        .map(|(word, rows)| (word, rows.clone()))
        .collect()
}

fn part_words(plain: &PlainColumns, rows: std::ops::Range<usize>) -> Words<RowSet> {
    let mut lists: Words<Vec<u32>> = Words::default();
    let mut folded = String::new();
    for at in rows {
        let row = EventRow::new(at);
        for text in plain.texts(row) {
            if text.is_empty() {
                continue;
            }
            folded.clear();
            fold_into(text, &mut folded);
            for word in folded.split(' ').filter(|w| !w.is_empty()) {
                match lists.get_mut(word) {
                    Some(rows) if rows.last() == Some(&row.0) => {}
                    Some(rows) => rows.push(row.0),
                    None => {
                        lists.insert(word.into(), vec![row.0]);
                    }
                }
            }
        }
    }
    lists
        .into_iter()
        .map(|(word, rows)| (word, RowSet::ascending(&rows)))
        .collect()
}

/// As [`fold`], with a short way for ASCII.
fn fold_into(text: &str, out: &mut String) {
    if !text.is_ascii() {
        out.push_str(&fold(text));
        return;
    }
    for byte in text.bytes() {
        out.push(if byte.is_ascii_alphanumeric() {
            char::from(byte.to_ascii_lowercase())
        } else {
            ' '
        });
    }
}

/// Words of the names of actors and places.
fn names(parts: &Parts) -> BTreeMap<Box<str>, Named> {
    let mut named: BTreeMap<Box<str>, Named> = BTreeMap::new();
    let mut put = |text: &str, add: &dyn Fn(&mut Named)| {
        for word in fold(text).split(' ').filter(|w| !w.is_empty()) {
            add(named.entry(word.into()).or_default());
        }
    };
    for (at, actor) in parts.actors.iter().enumerate() {
        let add = |n: &mut Named| n.actors.push(ActorIx::new(at));
        put(&actor.id, &add);
        for name in &actor.names {
            put(&name.name, &add);
        }
    }
    for (at, place) in parts.places.iter().enumerate() {
        for (_, name) in place.names.iter() {
            put(name, &|n: &mut Named| n.places.push(PlaceIx::new(at)));
        }
    }
    named
}

fn texts(parts: &Parts, event: &EventDetail, put: &mut dyn FnMut(&str)) {
    put(&event.id);
    for (_, text) in event.titles.iter().chain(event.summary.iter()) {
        put(text);
    }
    if let Some(place) = event.place {
        for (_, name) in parts.places[place.at()].names.iter() {
            put(name);
        }
    }
    for p in &event.participants {
        let actor = &parts.actors[p.actor.at()];
        put(&actor.id);
        for name in &actor.names {
            put(&name.name);
        }
    }
}
