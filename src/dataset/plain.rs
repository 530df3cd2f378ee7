//! Events as bare columns, for tables of millions of rows: no record and no
//! allocation an event.
//!
//! An event takes 39 bytes besides its text while events are added: times (12,
//! see [`times`](super::times)), position (8), kind, side and precision (3),
//! actor (4), killed (4), number as id (4) and place of its text (4); 43 with
//! named places. In a dataset actor, place and killed take 1, 2 or 4 bytes each;
//! where nearly every event has times of a shape of its own, all times take 32
//! bytes and an event 63 at most. What an event has beyond that takes room only
//! in tables that have it: see [`wide`](super::wide).

use geo::Geometry;
use rayon::prelude::*;

use crate::model::time::{Extent, OPEN_FUTURE, OPEN_PAST, When};
use crate::model::{ActorIx, EventDetail, Kind, PlaceIx, Precision, Role, SourceIx, TollKind};

use super::anchor::anchor;
use super::mercator;
use super::texts::Texts;
use super::times::Times;
use super::wide::{
    AttributeColumn, PlainToll, Renumbering, Wide, WideEvent, append_few, arrange_few,
};

/// No side, in the column of sides.
pub(super) const NO_SIDE: u8 = u8::MAX;
/// No actor, place or figure, in a column of such.
pub(super) const NONE: u32 = u32::MAX;

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

impl<'a> PlainId<'a> {
    /// A text as a number, if that is written as it is.
    #[must_use]
    pub fn of(text: &'a str) -> Self {
        let digits = text.len() <= 10 && text.bytes().all(|b| b.is_ascii_digit());
        let number = text
            .parse()
            .ok()
            .filter(|n: &u32| digits && *n != NONE && (text == "0" || !text.starts_with('0')));
        number.map_or(Self::Text(text), Self::Number)
    }
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
    pub(super) wide: Wide,
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
            text: Texts::with_capacity(n, text_bytes),
            sets: std::collections::HashMap::new(),
            wide: Wide::default(),
        }
    }

    /// Room for the attributes of so many events, and so many bytes of them.
    pub fn reserve_attributes(&mut self, events: usize, bytes: usize) {
        self.wide.attributes.reserve(events, bytes);
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

    /// Adds an event with whatever else is known of it.
    pub fn push_wide(&mut self, event: &PlainEvent<'_>, more: &WideEvent<'_>) {
        let (at, row) = self.next();
        let mut event = *event;
        match more.participants {
            [] => {}
            [(actor, Role::Initiator)] => event.actor = Some(*actor),
            several => {
                event.actor = None;
                self.wide.push_participants(at, several);
            }
        }
        if !more.tolls.is_empty() {
            event.killed = killed_only(more.tolls);
            if event.killed.is_none() {
                self.wide.push_tolls(at, more.tolls);
            }
        }
        if let Some(when) = more.when {
            event.extent = Some(when.extent());
            if when.members().len() > 1 {
                self.sets.insert(row, when.clone());
            } else if When::of_extent(when.extent()).as_ref() != Some(when) {
                self.wide.push_when(row, when);
            }
        }
        if let Some(geometry) = more.geometry {
            event.lon_lat = anchor(geometry);
            if !matches!(geometry, Geometry::Point(_)) {
                self.wide.shapes.insert(row, geometry.clone());
            }
        }
        event.lon_lat = event
            .lon_lat
            .filter(|(lon, lat)| lon.is_finite() && lat.is_finite());
        if let Some((lon, lat)) = event.lon_lat {
            let (x, y) = position(event.lon_lat);
            if mercator::degrees(x, y) != (lon, lat) {
                self.wide.push_exact(at, [lon, lat]);
            }
        }
        self.wide.push(at, more);
        self.push(&event);
    }

    /// Adds an event with a record of its own. `sources` tell of it, `side` is
    /// the one it has in effect.
    pub fn push_record(
        &mut self,
        record: EventDetail,
        sources: &[SourceIx],
        side: Option<u8>,
        layer: u8,
    ) {
        let (_, row) = self.next();
        let participants: Vec<_> = record
            .participants
            .iter()
            .map(|p| (p.actor, p.role))
            .collect();
        let tolls: Vec<PlainToll> = record.tolls.iter().map(PlainToll::from).collect();
        self.push_wide(
            &PlainEvent {
                id: PlainId::of(&record.id),
                extent: None,
                lon_lat: None,
                precision: record.precision,
                kind: record.kind,
                side,
                actor: None,
                place: record.place,
                killed: None,
                title: "",
                notes: "",
            },
            &WideEvent {
                participants: &participants,
                tolls: &tolls,
                sources,
                flags: &record.flags,
                when: record.when.as_ref(),
                geometry: record.geometry.as_ref(),
                layer,
                ..WideEvent::default()
            },
        );
        self.wide
            .records
            .insert(row, Box::new(EventDetail { layer, ..record }));
    }

    /// The row that comes next.
    fn next(&self) -> (usize, u32) {
        let at = self.len();
        (at, u32::try_from(at).unwrap_or(u32::MAX))
    }

    /// The number of a column of attributes, which is made if need be. With
    /// `json` its values are JSON texts, else plain texts.
    pub fn column(&mut self, name: &str, json: bool) -> u16 {
        self.wide.column(name, json)
    }

    /// The columns of attributes.
    #[must_use]
    pub fn columns(&self) -> &[AttributeColumn] {
        &self.wide.columns
    }

    /// Says whether the sides are those of the first initiators, so that none is
    /// an event's own unless its record says so.
    pub(super) fn set_sides_derived(&mut self, derived: bool) {
        self.wide.sides_derived = derived;
    }

    /// Gives every event the side of its first initiator, if that has one.
    /// `of` is the side of each actor.
    pub fn derive_sides(&mut self, of: &[Option<u8>]) {
        self.wide.sides_derived = true;
        for row in 0..self.side.len() {
            let side = self.initiator(row).and_then(|a| of.get(a.at()).copied());
            self.side[row] = side.flatten().unwrap_or(NO_SIDE);
        }
    }

    /// The first of those who initiated the event at a row.
    #[must_use]
    pub fn initiator(&self, row: usize) -> Option<ActorIx> {
        match self.actor.get(row) {
            Some(&actor) if actor != NONE => Some(ActorIx(actor)),
            _ => {
                let list = self.wide.participants.of(row);
                let mut initiators = list.iter().filter(|(_, r)| *r == Role::Initiator);
                initiators.next().map(|(actor, _)| *actor)
            }
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

    /// Gives the event at `row` another id.
    pub fn set_id(&mut self, row: u32, id: &str) {
        let at = row as usize;
        let [title, notes, _] = self.text.of(at).map(str::to_owned);
        self.text.replace(at, [&title, &notes, id]);
        if let Some(number) = self.id.get_mut(at) {
            *number = NONE;
        }
        if let Some(record) = self.wide.records.get_mut(&row) {
            id.clone_into(&mut record.id);
        }
    }

    /// Gives actors, places and sources the numbers that they have elsewhere;
    /// the columns of attributes stay as they are.
    pub fn renumber(&mut self, to: &Renumbering) {
        self.renumber_actors(&to.actors);
        for place in &mut self.place {
            *place = to.places.get(*place as usize).map_or(NONE, |p| p.0);
        }
        self.wide.renumber(to);
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
        append_few(&mut self.sets, n, other.sets);
        self.wide.append(n, other.wide);
    }

    /// Sorts by earliest start; events of the same start stay in the order in
    /// which they were added, those without a date come last. Answers with the
    /// rows as they were, unless none has moved.
    pub(super) fn sort(&mut self) -> Option<Vec<u32>> {
        let order = self.sort_columns();
        self.times.finish();
        self.wide.finish();
        order
    }

    fn sort_columns(&mut self) -> Option<Vec<u32>> {
        let (starts, shapes) = self.times.columns();
        if starts.is_sorted() {
            return None;
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
        self.text.arrange(&order);
        arrange_few(&mut self.sets, &order);
        self.wide.arrange(&order);
        Some(order)
    }
}

/// The figure of people killed, if a list of tolls says nothing else.
fn killed_only(tolls: &[PlainToll]) -> Option<u32> {
    match tolls {
        [
            PlainToll {
                who: None,
                what: TollKind::Killed,
                low: None,
                best: Some(best),
                high: None,
            },
        ] if *best != NONE => Some(*best),
        _ => None,
    }
}

/// Brings a column into order.
pub(super) fn arrange<T: Copy + Send + Sync>(column: &mut Vec<T>, order: &[u32]) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn extents_are_put_in_order(v in proptest::array::uniform4(-9_i64..9)) {
            let [start_earliest, start_latest, end_earliest, end_latest] = v;
            let e = in_order(Extent { start_earliest, start_latest, end_earliest, end_latest });
            prop_assert!(e.start_earliest <= e.start_latest && e.end_earliest <= e.end_latest);
            prop_assert!(e.start_earliest <= e.end_earliest && e.start_latest <= e.end_latest);
        }
    }
}
