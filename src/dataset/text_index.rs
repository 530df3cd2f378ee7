//! Words of the events: titles, summaries, places and every name of every
//! actor, folded.

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasherDefault;
use std::ops::Bound;

use rayon::prelude::*;

use crate::model::{ActorIx, EventDetail, EventRow, PlaceIx, fold};

use super::columns::PlainColumns;
use super::links::Links;
use super::quick_hash::QuickHasher;
use super::space::BitRows;
use super::{EventTable, Parts, RowSet};

/// Rows indexed by one task.
const PART: usize = 1 << 18;

/// Something by word, while words are gathered.
type Words<T> = HashMap<Box<str>, T, BuildHasherDefault<QuickHasher>>;

/// Rows by folded word, sorted, so that a prefix is a range.
pub(super) struct TextIndex {
    words: BTreeMap<Box<str>, RowSet>,
    /// The same, without records.
    postings: Postings,
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
                words: BTreeMap::new(),
                postings: Postings::build(plain, table.len()),
                named: names(parts),
                plain: true,
            };
        }
        let mut index = Self {
            words: BTreeMap::new(),
            postings: Postings::default(),
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
        let folded = fold(text);
        let like_an_id = has_digit(&folded);
        for prefix in folded.split(' ').filter(|w| !w.is_empty()) {
            let mut any = RowSet::default();
            let entries = self.words.range::<str, _>(from(prefix));
            for (_, rows) in entries.take_while(|(w, _)| w.starts_with(prefix)) {
                any.unite(rows);
            }
            if self.plain {
                any.unite(&self.postings.with(prefix, table.len()));
                self.named(prefix, table, links, &mut any);
                if like_an_id {
                    with_id(prefix, table, &mut any);
                }
            }
            match &mut found {
                Some(rows) => rows.intersect(&any),
                None => found = Some(any),
            }
        }
        found.unwrap_or_default()
    }

    /// Adds the rows of actors and places that a prefix names.
    fn named(&self, prefix: &str, table: &EventTable, links: &Links, any: &mut RowSet) {
        let entries = self.named.range::<str, _>(from(prefix));
        let (mut actors, mut places) = (Vec::new(), Vec::new());
        for (_, named) in entries.take_while(|(w, _)| w.starts_with(prefix)) {
            actors.extend(&named.actors);
            places.extend(&named.places);
        }
        actors.sort_unstable();
        actors.dedup();
        let mut theirs = BitRows::new(table.len());
        for actor in actors {
            for row in links.events_of_actor(actor) {
                theirs.insert(row.0);
            }
        }
        any.unite(&theirs.into_rows());
        let Some(plain) = table.plain() else { return };
        if !places.is_empty() {
            let rows = (0..table.len()).map(EventRow::new);
            let named = places
                .iter()
                .map(|p: &PlaceIx| EventRow(p.0))
                .collect::<RowSet>();
            let there = |r: &EventRow| {
                plain
                    .place(*r)
                    .is_some_and(|p| named.contains(EventRow(p.0)))
            };
            any.unite(&rows.filter(there).collect());
        }
    }
}

/// Adds the rows with an id of which a word begins with a prefix. Ids with
/// digits are looked at one by one, and only for something like one: ten
/// million words that stand once each would take more room than all others.
fn with_id(prefix: &str, table: &EventTable, any: &mut RowSet) {
    let Some(plain) = table.plain() else { return };
    let digits = prefix.bytes().all(|b| b.is_ascii_digit());
    let ranges = if digits {
        numbers_with(prefix)
    } else {
        Vec::new()
    };
    let is = |n: u32| ranges.iter().any(|(from, to)| (*from..=*to).contains(&n));
    let rows: Vec<u32> = (0..u32::try_from(table.len()).unwrap_or(u32::MAX))
        .into_par_iter()
        .filter(|row| match plain.number(EventRow(*row)) {
            Some(number) => is(number),
            None => has_word(plain.texts(EventRow(*row))[2], prefix),
        })
        .collect();
    any.unite(&RowSet::ascending(&rows));
}

pub(super) fn has_digit(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit())
}

/// Whether a word of a text begins with a folded prefix.
fn has_word(text: &str, prefix: &str) -> bool {
    if !text.is_ascii() {
        return fold(text).split(' ').any(|word| word.starts_with(prefix));
    }
    let begins = |word: &str| {
        let head = word.get(..prefix.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(prefix))
    };
    let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words.any(begins)
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

/// Rows by word, in order of the words: those of a prefix lie side by side.
#[derive(Default)]
struct Postings {
    words: Vec<Box<str>>,
    /// Where the rows of each word begin, and where the last end.
    starts: Vec<usize>,
    /// Ascending for each word.
    rows: Vec<u32>,
}

impl Postings {
    /// Words of titles, notes and ids that are texts.
    fn build(plain: &PlainColumns, rows: usize) -> Self {
        let parts: Vec<Self> = (0..rows.div_ceil(PART))
            .into_par_iter()
            .map(|part| Self::of_part(plain, part * PART..((part + 1) * PART).min(rows)))
            .collect();
        let mut totals: Words<usize> = Words::default();
        for part in &parts {
            for (at, word) in part.words.iter().enumerate() {
                let n = part.of(at..at + 1).len();
                match totals.get_mut(word) {
                    Some(total) => *total += n,
                    None => {
                        totals.insert(word.clone(), n);
                    }
                }
            }
        }
        let mut words: Vec<(Box<str>, usize)> = totals.into_iter().collect();
        words.par_sort_unstable();
        let mut all = Self::default();
        let mut sum = 0;
        for (word, n) in words {
            all.words.push(word);
            all.starts.push(sum);
            sum += n;
        }
        all.rows = vec![0; sum];
        let mut next = all.starts.clone();
        all.starts.push(sum);
        // The words of a part are in order, too.
        for part in parts {
            let mut slot = 0;
            for (at, word) in part.words.iter().enumerate() {
                slot += all.words[slot..].partition_point(|w| w < word);
                let rows = part.of(at..at + 1);
                all.rows[next[slot]..next[slot] + rows.len()].copy_from_slice(rows);
                next[slot] += rows.len();
            }
        }
        all
    }

    fn of_part(plain: &PlainColumns, range: std::ops::Range<usize>) -> Self {
        let mut numbers: Words<u32> = Words::default();
        // Number of the word and row of each word met.
        let mut met: Vec<(u32, u32)> = Vec::new();
        let mut folded = String::new();
        for at in range {
            let row = EventRow::new(at);
            plain.each_text(row, &mut |text| {
                if text.is_empty() {
                    return;
                }
                folded.clear();
                fold_into(text, &mut folded);
                // What was ASCII has its signs still; in all else they are blanks.
                let sign = |c: char| c.is_ascii() && !c.is_ascii_alphanumeric();
                for word in folded.split(sign).filter(|w| !w.is_empty()) {
                    let number = numbers.get(word).copied().unwrap_or_else(|| {
                        let new = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                        numbers.insert(word.into(), new);
                        new
                    });
                    met.push((number, row.0));
                }
            });
        }
        let mut words: Vec<(Box<str>, u32)> = numbers.into_iter().collect();
        words.sort_unstable();
        let mut rank = vec![0; words.len()];
        for (at, (_, number)) in (0_u32..).zip(&words) {
            rank[*number as usize] = at;
        }
        for (number, _) in &mut met {
            *number = rank[*number as usize];
        }
        met.sort_unstable();
        met.dedup();
        let mut starts = vec![0; words.len() + 1];
        for (word, _) in &met {
            starts[*word as usize + 1] += 1;
        }
        for at in 0..words.len() {
            starts[at + 1] += starts[at];
        }
        Self {
            words: words.into_iter().map(|(word, _)| word).collect(),
            starts,
            rows: met.into_iter().map(|(_, row)| row).collect(),
        }
    }

    /// The rows of a range of words, word by word.
    fn of(&self, words: std::ops::Range<usize>) -> &[u32] {
        match (self.starts.get(words.start), self.starts.get(words.end)) {
            (Some(from), Some(to)) => &self.rows[*from..*to],
            _ => &[],
        }
    }

    /// The rows with a word that begins with `prefix`.
    fn with(&self, prefix: &str, rows: usize) -> RowSet {
        let from = self.words.partition_point(|w| **w < *prefix);
        let n = self.words[from..].partition_point(|w| w.starts_with(prefix));
        let mut found = BitRows::new(rows);
        for row in self.of(from..from + n) {
            found.insert(*row);
        }
        found.into_rows()
    }
}

/// As [`fold`], but ASCII keeps its signs: whoever parts it into words passes
/// over them.
fn fold_into(text: &str, out: &mut String) {
    if !text.is_ascii() {
        out.push_str(&fold(text));
        return;
    }
    let from = out.len();
    out.push_str(text);
    out[from..].make_ascii_lowercase();
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
