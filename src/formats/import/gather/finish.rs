//! From what was gathered to a dataset: ids, sides, order.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::hash::{BuildHasher as _, RandomState};

use rayon::prelude::*;

use crate::dataset::{Dataset, Meta, Parts, PlainEvents, PlainId, SideInfo};
use crate::formats::{Opened, Report, Severity};
use crate::model::{Localised, Place, Source, fold, fold_onto};

use super::super::{Findings, Watch, Wrong};
use super::Gather;
use super::names::{Ids, Key, slug};

/// Actors who get a colour of their own. Trade-off: as many hues as stay apart.
const SIDES: usize = 7;

/// Two events of one file have the same id.
pub const SAME_ID: Wrong = Wrong {
    id: "same-id",
    severity: Severity::Warning,
    what: "the id stands twice; both events are kept, the later one with a number behind its id",
    remedy: "give each event an id of its own",
};
static SAME: Wrong = SAME_ID;

impl Gather {
    /// Makes the dataset. `file` is what messages call the file, `format` what
    /// it was taken for, `meta` what it says of itself: title and id are made
    /// from the file's name where it says none, and unless it has sides, those
    /// who most often initiate become the sides.
    #[must_use]
    pub fn finish(self, file: &str, format: &str, meta: Meta, watch: &Watch) -> Opened {
        let (parts, events, report) = self.columns(file, format, meta);
        let dataset = Dataset::from_plain(parts, events, &|_, _| {
            // Nothing to tell: what is left takes a moment, and is not stopped.
            let _ = watch;
        });
        (dataset, report)
    }

    /// As [`Gather::finish`], but for the dataset: what it is made of.
    #[must_use]
    pub fn columns(mut self, file: &str, format: &str, meta: Meta) -> (Parts, PlainEvents, Report) {
        self.parts_mut().meta = meta;
        self.title(file);
        unique_ids(&mut self.events, &self.lines, &mut self.findings);
        drop(std::mem::take(&mut self.lines));
        self.thing_ids();
        self.sides();
        let mut report = Report {
            format: format.to_owned(),
            rows: self.counts,
            columns: std::mem::take(&mut self.understood),
            problems: Vec::new(),
        };
        self.findings.report(file, &mut report);
        (self.parts, self.events, report)
    }

    fn title(&mut self, file: &str) {
        let meta = &mut self.parts.meta;
        let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
        let stem = match name.split_once('.') {
            Some((stem, _)) if !stem.is_empty() => stem,
            _ => name,
        };
        if meta.title.is_empty() && !stem.is_empty() {
            meta.title = Localised::new("und", stem);
        }
        if meta.id.is_empty() {
            meta.id = match slug(&fold(stem)) {
                empty if empty.is_empty() => "import".to_owned(),
                slug => slug,
            };
        }
    }

    /// Gives actors, places and sources without an id one that tells whom or
    /// what they are, and those whose id stands twice another.
    fn thing_ids(&mut self) {
        let parts = &mut self.parts;
        ids_of(
            &mut parts.actors,
            "actor",
            |a| &mut a.id,
            [|a| fold(a.name("")), |_| String::new()],
        );
        ids_of(
            &mut parts.places,
            "place",
            |p| &mut p.id,
            [|p| fold(p.names.get("")), place_within],
        );
        ids_of(
            &mut parts.sources,
            "source",
            |s| &mut s.id,
            [|s| fold(s.title.get("")), untitled],
        );
        let none = |_: &_| String::new();
        ids_of(
            &mut parts.relations,
            "relation",
            |r| &mut r.id,
            [none, none],
        );
        ids_of(
            &mut parts.claims,
            "claim",
            |c| &mut c.id,
            [|_| String::new(), |_| String::new()],
        );
    }

    fn sides(&mut self) {
        let actors = &mut self.parts.actors;
        if self.parts.meta.sides.is_empty() {
            let mut often = vec![0_u32; actors.len()];
            for row in 0..self.events.len() {
                if let Some(actor) = self.events.initiator(row) {
                    often[actor.at()] += 1;
                }
            }
            let mut first: Vec<usize> = (0..actors.len()).filter(|a| often[*a] > 0).collect();
            first.sort_by_key(|a| (Reverse(often[*a]), *a));
            first.truncate(SIDES);
            for (side, at) in (0_u8..).zip(first) {
                let actor = &mut actors[at];
                actor.side = Some(side);
                self.parts.meta.sides.push(SideInfo {
                    id: actor.id.clone(),
                    label: Localised::new("und", actor.name("")),
                    ..SideInfo::default()
                });
            }
        }
        let of: Vec<Option<u8>> = actors.iter().map(|a| a.side).collect();
        self.events.derive_sides(&of);
    }
}

/// The folded name of a place with those of what it lies in.
fn place_within(place: &Place) -> String {
    let mut whole = fold(place.names.get(""));
    for part in &place.within {
        whole.push(' ');
        fold_onto(&mut whole, part);
    }
    whole
}

/// What there is of a source without a title, folded. Beside a title an address
/// says less than a number.
fn untitled(source: &Source) -> String {
    let mut whole = String::new();
    if fold(source.title.get("")).is_empty() {
        for part in [&source.publisher, &source.url].into_iter().flatten() {
            whole.push(' ');
            fold_onto(&mut whole, part);
        }
    }
    whole
}

/// Gives things ids: that of the file if it is free, else one of their two
/// names, else `what` with a number.
fn ids_of<T: Sync>(
    things: &mut [T],
    what: &str,
    id: fn(&mut T) -> &mut String,
    [name, whole]: [fn(&T) -> String; 2],
) {
    let mut ids = Ids::with_room(things.len());
    // Ids that a file gives come before those that are made up.
    let free: Vec<bool> = things.iter_mut().map(|t| ids.take(id(t))).collect();
    // All that can be done side by side is: there may be half a million.
    let slugs: Vec<(String, Key)> = things
        .par_iter()
        .zip(&free)
        .map(|(thing, free)| {
            let slug = match free {
                true => String::new(),
                false => slug(&name(thing)),
            };
            let key = Key::of(&slug);
            (slug, key)
        })
        .collect();
    for (at, (thing, (name, key))) in things.iter_mut().zip(slugs).enumerate() {
        if free[at] {
            continue;
        }
        if id(thing).is_empty() && !name.is_empty() && ids.take_key(key) {
            *id(thing) = name;
            continue;
        }
        let given = std::mem::take(id(thing));
        *id(thing) = if given.is_empty() {
            match [name, slug(&whole(thing))] {
                [name, whole] if name.is_empty() && whole.is_empty() => {
                    ids.first(&[&format!("{what}-{}", at + 1)])
                }
                [name, whole] => ids.first(&[&name, &whole]),
            }
        } else {
            ids.first(&[&given])
        };
    }
}

/// Gives the later one of two events with the same id another.
fn unique_ids(events: &mut PlainEvents, lines: &[u32], findings: &mut Findings) {
    if are_different_numbers(events) {
        return;
    }
    let state = RandomState::new();
    let hash = |id: PlainId<'_>| match id {
        PlainId::Number(number) => u64::from(number),
        PlainId::Text(text) => state.hash_one(text) | 1 << 63,
    };
    let rows = u32::try_from(events.len()).unwrap_or(u32::MAX);
    let mut all: Vec<(u64, u32)> = (0..rows)
        .into_par_iter()
        .map(|row| (hash(events.id(row)), row))
        .collect();
    all.par_sort_unstable();
    let mut twice: Vec<u32> = Vec::new();
    for same in all
        .chunk_by(|a, b| a.0 == b.0)
        .filter(|same| same.len() > 1)
    {
        let mut seen = HashSet::new();
        twice.extend(
            same.iter()
                .map(|(_, row)| *row)
                .filter(|row| !seen.insert(text(events.id(*row)))),
        );
    }
    if twice.is_empty() {
        return;
    }
    twice.sort_unstable();
    let known = |id: &str| {
        all.binary_search_by_key(&hash(PlainId::of(id)), |a| a.0)
            .is_ok()
    };
    let mut ids = Ids::default();
    for row in twice {
        let id = text(events.id(row));
        let line = lines.get(row as usize).copied().unwrap_or(0);
        findings.note(&SAME, "id", u64::from(line), &id);
        ids.take(&id);
        let mut other = ids.first(&[&id]);
        while known(&other) {
            other = ids.first(&[&id]);
        }
        events.set_id(row, &other);
    }
}

/// Whether the ids are numbers and no two the same: the quick answer for tables
/// whose rows are numbered.
fn are_different_numbers(events: &PlainEvents) -> bool {
    let rows = u32::try_from(events.len()).unwrap_or(u32::MAX);
    let number = |row: u32| match events.id(row) {
        PlainId::Number(number) => Some(number),
        PlainId::Text(_) => None,
    };
    let numbers: Option<Vec<u32>> = (0..rows).into_par_iter().map(number).collect();
    let Some(mut numbers) = numbers else {
        return false;
    };
    if !numbers.is_sorted() {
        numbers.par_sort_unstable();
    }
    numbers.array_windows().all(|[a, b]| a != b)
}

fn text(id: PlainId<'_>) -> String {
    match id {
        PlainId::Number(number) => number.to_string(),
        PlainId::Text(text) => text.to_owned(),
    }
}
