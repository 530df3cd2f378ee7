//! Events as bare columns, for tables of millions of rows: no record and no
//! allocation an event.
//!
//! An event takes 39 bytes besides its text while events are added: times (12,
//! see [`times`](super::times)), position (8), kind, side and precision (3),
//! actor (4), killed (4), number as id (4) and place of its text (4); 43 with
//! named places. In a dataset actor, place and killed take 1, 2 or 4 bytes each;
//! where nearly every event has times of a shape of its own, all times take 32
//! bytes and an event 63 at most.

use rayon::prelude::*;

use crate::model::time::{Extent, OPEN_FUTURE, OPEN_PAST, When};
use crate::model::{ActorIx, Kind, PlaceIx, Precision};

use super::mercator;
use super::times::Times;

/// No side, in the column of sides.
pub(super) const NO_SIDE: u8 = u8::MAX;
/// No actor, place or figure, in a column of such.
pub(super) const NONE: u32 = u32::MAX;
/// Texts begin at multiples of this, so that `u32` reaches 16 GiB of them.
const TEXT_STEP: usize = 4;

/// The extent of an event without a date: it ends before it starts.
pub(super) const UNDATED: Extent = Extent {
    start_earliest: OPEN_FUTURE,
    start_latest: OPEN_FUTURE,
    end_earliest: OPEN_PAST,
    end_latest: OPEN_PAST,
};

/// The id of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlainId<'a> {
    /// A number, which takes four bytes.
    Number(u32),
    /// Any text, which is kept with the event's other texts.
    Text(&'a str),
}

/// One event to be added to [`PlainEvents`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlainEvent<'a> {
    /// Unique id.
    pub id: PlainId<'a>,
    /// When; `None` without a date.
    pub extent: Option<Extent>,
    /// Longitude and latitude in degrees, WGS 84; `None` without a place.
    pub lon_lat: Option<(f64, f64)>,
    /// How well the position is known.
    pub precision: Precision,
    /// What happened.
    pub kind: Kind,
    /// Position in the dataset's list of sides.
    pub side: Option<u8>,
    /// Who did it.
    pub actor: Option<ActorIx>,
    /// The named place.
    pub place: Option<PlaceIx>,
    /// People killed.
    pub killed: Option<u32>,
    /// Title; may be empty.
    pub title: &'a str,
    /// Summary; may be empty.
    pub notes: &'a str,
}

/// Events in columns, in any order until a dataset is built from them.
#[derive(Clone, Debug, Default)]
pub struct PlainEvents {
    pub(super) times: Times,
    pub(super) x: Vec<u32>,
    /// [`NONE`] without a place.
    pub(super) y: Vec<u32>,
    pub(super) kind: Vec<Kind>,
    pub(super) side: Vec<u8>,
    pub(super) precision: Vec<Precision>,
    pub(super) actor: Vec<u32>,
    /// Empty until an event has a place.
    pub(super) place: Vec<u32>,
    pub(super) killed: Vec<u32>,
    pub(super) id: Vec<u32>,
    pub(super) text: Texts,
    /// Rows whose time is a set of several extents.
    pub(super) sets: std::collections::HashMap<u32, When>,
}

impl PlainEvents {
    /// Room for so many events.
    #[must_use]
    pub fn with_capacity(events: usize, text_bytes: usize) -> Self {
        let n = events;
        Self {
            times: Times::with_capacity(n),
            x: Vec::with_capacity(n),
            y: Vec::with_capacity(n),
            kind: Vec::with_capacity(n),
            side: Vec::with_capacity(n),
            precision: Vec::with_capacity(n),
            actor: Vec::with_capacity(n),
            place: Vec::new(),
            killed: Vec::with_capacity(n),
            id: Vec::with_capacity(n),
            text: Texts {
                at: Vec::with_capacity(n),
                bytes: Vec::with_capacity(text_bytes),
            },
            sets: std::collections::HashMap::new(),
        }
    }

    /// Number of events.
    #[must_use]
    pub fn len(&self) -> usize {
        self.kind.len()
    }

    /// Whether there is no event.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.kind.is_empty()
    }

    /// Adds an event. An extent that ends before it starts is put in order.
    pub fn push(&mut self, event: &PlainEvent<'_>) {
        let extent = event.extent.map_or(UNDATED, in_order);
        self.times.push(extent);
        let (x, y) = position(event.lon_lat);
        self.x.push(x);
        self.y.push(y);
        if let Some(place) = event.place {
            self.place.resize(self.kind.len(), NONE);
            self.place.push(place.0);
        } else if !self.place.is_empty() {
            self.place.push(NONE);
        }
        self.kind.push(event.kind);
        self.side.push(event.side.unwrap_or(NO_SIDE));
        self.precision.push(event.precision);
        self.actor.push(event.actor.map_or(NONE, |a| a.0));
        self.killed.push(event.killed.unwrap_or(NONE));
        let (number, id) = match event.id {
            PlainId::Number(n) => (n, ""),
            PlainId::Text(text) => (NONE, text),
        };
        self.id.push(number);
        self.text.push([event.title, event.notes, id]);
    }

    /// Adds an event whose time is a set of several extents; `event.extent` is
    /// taken from it. Of any other expression only the extent is kept.
    pub fn push_set(&mut self, event: &PlainEvent<'_>, when: &When) {
        let row = u32::try_from(self.len()).unwrap_or(u32::MAX);
        self.push(&PlainEvent {
            extent: Some(when.extent()),
            ..*event
        });
        if when.members().len() > 1 {
            self.sets.insert(row, when.clone());
        }
    }

    /// The id of the event that was added at `row`.
    #[must_use]
    pub fn id(&self, row: u32) -> PlainId<'_> {
        match self.id.get(row as usize) {
            Some(&number) if number != NONE => PlainId::Number(number),
            _ => PlainId::Text(self.text.of(row as usize)[2]),
        }
    }

    /// Gives the actors other positions: that of the actor at `n` is now `to[n]`.
    pub fn renumber_actors(&mut self, to: &[ActorIx]) {
        for actor in &mut self.actor {
            *actor = to.get(*actor as usize).map_or(NONE, |a| a.0);
        }
    }

    /// Adds the events of another table.
    pub fn append(&mut self, mut other: Self) {
        let n = self.len();
        self.times.append(other.times);
        self.x.append(&mut other.x);
        self.y.append(&mut other.y);
        if !self.place.is_empty() || !other.place.is_empty() {
            self.place.resize(n, NONE);
            self.place.append(&mut other.place);
            self.place.resize(n + other.kind.len(), NONE);
        }
        self.kind.append(&mut other.kind);
        self.side.append(&mut other.side);
        self.precision.append(&mut other.precision);
        self.actor.append(&mut other.actor);
        self.killed.append(&mut other.killed);
        self.id.append(&mut other.id);
        self.text.append(&mut other.text);
        let first = u32::try_from(n).unwrap_or(u32::MAX);
        self.sets
            .extend(other.sets.into_iter().map(|(row, w)| (row + first, w)));
    }

    /// Sorts by earliest start; events of the same start stay in the order in
    /// which they were added, those without a date come last.
    pub(super) fn sort(&mut self) {
        self.sort_columns();
        self.times.finish();
    }

    fn sort_columns(&mut self) {
        let (starts, shapes) = self.times.columns();
        if starts.is_sorted() {
            return;
        }
        let mut keys: Vec<(i64, u32)> = starts.iter().copied().zip(0..).collect();
        keys.par_sort_unstable();
        starts
            .par_iter_mut()
            .zip(&keys)
            .for_each(|(start, key)| *start = key.0);
        let order: Vec<u32> = keys.par_iter().map(|(_, row)| *row).collect();
        drop(keys);
        // One column at a time, so that only one is held twice.
        arrange(shapes, &order);
        arrange(&mut self.x, &order);
        arrange(&mut self.y, &order);
        arrange(&mut self.kind, &order);
        arrange(&mut self.side, &order);
        arrange(&mut self.precision, &order);
        arrange(&mut self.actor, &order);
        arrange(&mut self.place, &order);
        arrange(&mut self.killed, &order);
        arrange(&mut self.id, &order);
        arrange(&mut self.text.at, &order);
        if !self.sets.is_empty() {
            let mut sets = std::mem::take(&mut self.sets);
            self.sets = (0_u32..)
                .zip(&order)
                .filter_map(|(row, old)| sets.remove(old).map(|w| (row, w)))
                .collect();
        }
    }
}

/// Brings a column into order.
fn arrange<T: Copy + Send + Sync>(column: &mut Vec<T>, order: &[u32]) {
    if !column.is_empty() {
        *column = order.par_iter().map(|at| column[*at as usize]).collect();
    }
}

/// A position in fixed-point Mercator, of which no y is [`NONE`]; without one
/// it is.
pub(super) fn position(lon_lat: Option<(f64, f64)>) -> (u32, u32) {
    match lon_lat {
        // The southern edge of the square gives up its last centimetre.
        Some((lon, lat)) => (mercator::x_of(lon), mercator::y_of(lat).min(NONE - 1)),
        None => (0, NONE),
    }
}

/// The extent with `start ≤ end`, as every query relies on: see [`Extent`].
fn in_order(extent: Extent) -> Extent {
    let first = extent.start_earliest.min(extent.start_latest);
    let last = extent.end_latest.max(extent.end_earliest).max(first);
    if first == OPEN_FUTURE {
        return UNDATED;
    }
    Extent {
        start_earliest: first,
        start_latest: extent.start_latest.max(first).min(last),
        end_earliest: extent.end_earliest.min(last).max(first),
        end_latest: last,
    }
}

/// Texts of the events in one arena: title, notes and id, each behind its
/// length.
#[derive(Clone, Debug, Default)]
pub(super) struct Texts {
    at: Vec<u32>,
    bytes: Vec<u8>,
}

impl Texts {
    /// Adds the texts of one event; beyond 16 GiB they are dropped.
    fn push(&mut self, texts: [&str; 3]) {
        let Ok(at) = u32::try_from(self.bytes.len() / TEXT_STEP) else {
            self.at.push(NONE);
            return;
        };
        self.at.push(at);
        for text in texts {
            let mut n = text.len();
            // Seven bits a byte, lowest first; the high bit says "more".
            while n >= 0x80 {
                self.bytes.push(low7(n) | 0x80);
                n >>= 7;
            }
            self.bytes.push(low7(n));
            self.bytes.extend_from_slice(text.as_bytes());
        }
        let end = self.bytes.len().next_multiple_of(TEXT_STEP);
        self.bytes.resize(end, 0);
    }

    fn append(&mut self, other: &mut Self) {
        let first = self.bytes.len() / TEXT_STEP;
        self.at.extend(other.at.iter().map(|at| {
            u32::try_from(first)
                .ok()
                .and_then(|first| first.checked_add(*at))
                .unwrap_or(NONE)
        }));
        self.bytes.append(&mut other.bytes);
    }

    /// Title, notes and id of a row.
    pub(super) fn of(&self, row: usize) -> [&str; 3] {
        let mut at = match self.at.get(row) {
            Some(&at) if at != NONE => at as usize * TEXT_STEP,
            _ => return [""; 3],
        };
        let mut next = || {
            let (mut n, mut shift) = (0_usize, 0);
            loop {
                let byte = *self.bytes.get(at)?;
                at += 1;
                n |= usize::from(byte & 0x7f) << shift;
                shift += 7;
                if byte < 0x80 {
                    break;
                }
            }
            let text = self.bytes.get(at..at.checked_add(n)?)?;
            at += n;
            std::str::from_utf8(text).ok()
        };
        [(); 3].map(|()| next().unwrap_or(""))
    }
}

#[allow(clippy::cast_possible_truncation, reason = "masked to seven bits")]
fn low7(n: usize) -> u8 {
    (n & 0x7f) as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn texts_come_back_in_any_order_and_over_appends(
            list in proptest::collection::vec((".{0,20}", ".{0,300}", "[a-z]{0,3}"), 0..20),
            cut in 0_usize..20,
        ) {
            let (mut a, mut b) = (Texts::default(), Texts::default());
            for (at, (title, notes, id)) in list.iter().enumerate() {
                let to = if at < cut { &mut a } else { &mut b };
                to.push([title, notes, id]);
            }
            a.append(&mut b);
            for (at, (title, notes, id)) in list.iter().enumerate() {
                prop_assert_eq!(a.of(at), [title.as_str(), notes, id]);
            }
            prop_assert_eq!(a.of(list.len()), [""; 3]);
        }

        #[test]
        fn extents_are_put_in_order(v in proptest::array::uniform4(-9_i64..9)) {
            let [start_earliest, start_latest, end_earliest, end_latest] = v;
            let e = in_order(Extent { start_earliest, start_latest, end_earliest, end_latest });
            prop_assert!(e.start_earliest <= e.start_latest && e.end_earliest <= e.end_latest);
            prop_assert!(e.start_earliest <= e.end_earliest && e.start_latest <= e.end_latest);
        }
    }
}
