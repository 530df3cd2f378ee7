//! What imported events bring beyond the few values of a narrow table: any
//! number of participants, tolls and sources, attributes, and the rare rest.
//!
//! **Invariant:** a column that no event needs takes no room, and no column is
//! longer than up to the last row that has a value in it.

use std::collections::HashMap;

use geo::Geometry;

use crate::model::time::When;
use crate::model::{ActorIx, EventDetail, Flag, PlaceIx, Role, SourceIx, Toll, TollKind, TollSum};

use super::lists::Lists;
use super::plain::NONE;
use super::texts::Attributes;

/// A column of attributes: values that mean nothing to us and are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AttributeColumn {
    /// Its name, as in the file.
    pub name: String,
    /// Whether its values are JSON texts; else they are plain texts.
    pub json: bool,
}

/// A number of people, without foreign members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlainToll {
    /// Whom it counts; `None` for all together.
    pub who: Option<ActorIx>,
    /// What it counts.
    pub what: TollKind,
    /// Lowest figure.
    pub low: Option<u32>,
    /// Best figure.
    pub best: Option<u32>,
    /// Highest figure.
    pub high: Option<u32>,
}

/// What an event has beyond a [`PlainEvent`](super::PlainEvent).
#[derive(Clone, Copy, Debug, Default)]
pub struct WideEvent<'a> {
    /// Who took part and how. If there are any, they stand for
    /// [`PlainEvent::actor`](super::PlainEvent::actor).
    pub participants: &'a [(ActorIx, Role)],
    /// Tolls. If there are any, they stand for
    /// [`PlainEvent::killed`](super::PlainEvent::killed).
    pub tolls: &'a [PlainToll],
    /// Sources that tell of the event.
    pub sources: &'a [SourceIx],
    /// Radius of uncertainty in metres.
    pub radius_m: Option<f64>,
    /// Warnings.
    pub flags: &'a [Flag],
    /// When, as written; stands for the extent.
    pub when: Option<&'a When>,
    /// Where, if it is known as more than a mark; stands for the position.
    pub geometry: Option<&'a Geometry<f64>>,
    /// Columns of attributes by number, and what stands in them; the columns
    /// are those of [`PlainEvents::columns`](super::PlainEvents::columns).
    pub attributes: &'a [(u16, &'a str)],
    /// Position in the list of layers.
    pub layer: u8,
}

/// A toll as it is kept: figures that are not known are told by `known`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Figures {
    /// [`NONE`] for all together.
    who: u32,
    /// Lowest, best, highest.
    three: [u32; 3],
    what: TollKind,
    known: u8,
}

impl Figures {
    fn of(toll: &PlainToll) -> Self {
        let figures = [toll.low, toll.best, toll.high];
        let known = |at: usize| u8::from(figures[at].is_some()) << at;
        Self {
            who: toll.who.map_or(NONE, |a| a.0),
            three: figures.map(Option::unwrap_or_default),
            what: toll.what,
            known: known(0) | known(1) | known(2),
        }
    }

    pub(super) fn toll(self) -> PlainToll {
        let figure = |at: usize| (self.known & (1 << at) != 0).then_some(self.three[at]);
        PlainToll {
            who: (self.who != NONE).then_some(ActorIx(self.who)),
            what: self.what,
            low: figure(0),
            best: figure(1),
            high: figure(2),
        }
    }
}

impl From<&Toll> for PlainToll {
    fn from(toll: &Toll) -> Self {
        Self {
            who: toll.who,
            what: toll.what,
            low: toll.low,
            best: toll.best,
            high: toll.high,
        }
    }
}

/// What rows are numbered by in another table, by their number here.
#[derive(Clone, Debug, Default)]
pub struct Renumbering {
    /// Actors.
    pub actors: Vec<ActorIx>,
    /// Places.
    pub places: Vec<PlaceIx>,
    /// Sources.
    pub sources: Vec<SourceIx>,
    /// Columns of attributes.
    pub columns: Vec<u16>,
}

/// The columns beyond those of a narrow table.
#[derive(Clone, Debug, Default)]
pub(super) struct Wide {
    pub(super) participants: Lists<(ActorIx, Role)>,
    pub(super) tolls: Lists<Figures>,
    /// Ascending for each row.
    pub(super) sources: Lists<SourceIx>,
    /// NaN without one.
    radius_m: Vec<f64>,
    /// A bit a flag.
    flags: Vec<u8>,
    layer: Vec<u8>,
    /// Positions that do not come back from fixed-point ones; NaN without one.
    exact: Vec<[f64; 2]>,
    /// Times that are more than their extent, but not those of several members.
    whens: HashMap<u32, When>,
    /// Geometries that are more than a point.
    pub(super) shapes: HashMap<u32, Geometry<f64>>,
    pub(super) attributes: Attributes,
    /// Events with a record of their own; its texts, times, tolls and so on are
    /// in it, and in the columns only what queries look at.
    pub(super) records: HashMap<u32, Box<EventDetail>>,
    pub(super) columns: Vec<AttributeColumn>,
    /// Sides are those of the first initiators, and no event's own.
    pub(super) sides_derived: bool,
}

/// Puts a value into a column that is only as long as it has to be.
fn put<T: Clone>(column: &mut Vec<T>, row: usize, value: T, none: T) {
    column.resize(row, none);
    column.push(value);
}

fn join<T: Clone>(column: &mut Vec<T>, rows: usize, mut other: Vec<T>, none: T) {
    if !other.is_empty() {
        column.resize(rows, none);
        column.append(&mut other);
    }
}

/// Brings a column that may be shorter than the table into order.
pub(super) fn arrange_some<T: Copy>(column: &mut Vec<T>, order: &[u32], none: T) {
    if !column.is_empty() {
        let value = |at: &u32| column.get(*at as usize).copied().unwrap_or(none);
        *column = order.iter().map(value).collect();
    }
}

/// Brings values of few rows into order.
pub(super) fn arrange_few<T>(values: &mut HashMap<u32, T>, order: &[u32]) {
    if !values.is_empty() {
        let mut old = std::mem::take(values);
        *values = (0_u32..)
            .zip(order)
            .filter_map(|(row, at)| old.remove(at).map(|value| (row, value)))
            .collect();
    }
}

/// Adds values of few rows behind those of `rows`.
pub(super) fn append_few<T>(values: &mut HashMap<u32, T>, rows: usize, other: HashMap<u32, T>) {
    let first = u32::try_from(rows).unwrap_or(u32::MAX);
    values.extend(other.into_iter().map(|(row, v)| (row + first, v)));
}

const NO_POSITION: [f64; 2] = [f64::NAN, f64::NAN];

impl Wide {
    pub(super) fn push_participants(&mut self, row: usize, list: &[(ActorIx, Role)]) {
        self.participants.push(row, list.iter().copied());
    }

    pub(super) fn push_tolls(&mut self, row: usize, list: &[PlainToll]) {
        self.tolls.push(row, list.iter().map(Figures::of));
    }

    /// Adds what is simply one value.
    pub(super) fn push(&mut self, row: usize, event: &WideEvent<'_>) {
        if !event.sources.is_empty() {
            let mut sources = event.sources.to_vec();
            sources.sort_unstable();
            sources.dedup();
            self.sources.push(row, sources.into_iter());
        }
        if let Some(radius) = event.radius_m {
            put(&mut self.radius_m, row, radius, f64::NAN);
        }
        if !event.flags.is_empty() {
            let bits = event.flags.iter().fold(0, |bits, f| bits | 1 << *f as u8);
            put(&mut self.flags, row, bits, 0);
        }
        if event.layer > 0 {
            put(&mut self.layer, row, event.layer, 0);
        }
        self.attributes.push(row, event.attributes);
    }

    pub(super) fn push_exact(&mut self, row: usize, position: [f64; 2]) {
        put(&mut self.exact, row, position, NO_POSITION);
    }

    pub(super) fn push_when(&mut self, row: u32, when: &When) {
        self.whens.insert(row, when.clone());
    }

    pub(super) fn append(&mut self, rows: usize, mut other: Self) {
        self.participants.append(rows, other.participants);
        self.tolls.append(rows, other.tolls);
        self.sources.append(rows, other.sources);
        join(&mut self.radius_m, rows, other.radius_m, f64::NAN);
        join(&mut self.flags, rows, other.flags, 0);
        join(&mut self.layer, rows, other.layer, 0);
        join(&mut self.exact, rows, other.exact, NO_POSITION);
        append_few(&mut self.whens, rows, other.whens);
        append_few(&mut self.shapes, rows, other.shapes);
        append_few(&mut self.records, rows, other.records);
        let columns = other.columns.iter().map(|c| self.column(&c.name, c.json));
        let columns: Vec<u16> = columns.collect();
        self.attributes
            .append(rows, &mut other.attributes, &columns);
        self.sides_derived |= other.sides_derived;
    }

    /// The number of a column of attributes, which is made if need be. The
    /// same name twice is the same column. Beyond 65,535 columns they share the
    /// last one's number, and have no values.
    pub(super) fn column(&mut self, name: &str, json: bool) -> u16 {
        let at = self.columns.iter().position(|c| c.name == name);
        let at = at.unwrap_or_else(|| {
            if self.columns.len() < usize::from(u16::MAX) {
                self.columns.push(AttributeColumn {
                    name: name.to_owned(),
                    json,
                });
                self.columns.len() - 1
            } else {
                usize::from(u16::MAX)
            }
        });
        u16::try_from(at).unwrap_or(u16::MAX)
    }

    pub(super) fn arrange(&mut self, order: &[u32]) {
        self.participants.arrange(order);
        self.tolls.arrange(order);
        self.sources.arrange(order);
        arrange_some(&mut self.radius_m, order, f64::NAN);
        arrange_some(&mut self.flags, order, 0);
        arrange_some(&mut self.layer, order, 0);
        arrange_some(&mut self.exact, order, NO_POSITION);
        arrange_few(&mut self.whens, order);
        arrange_few(&mut self.shapes, order);
        arrange_few(&mut self.records, order);
        self.attributes.arrange(order);
    }

    /// No row is added any more.
    pub(super) fn finish(&mut self) {
        self.participants.shrink();
        self.tolls.shrink();
        self.sources.shrink();
    }

    /// Gives actors, places and sources other numbers; places of rows are not
    /// among these columns.
    pub(super) fn renumber(&mut self, to: &Renumbering) {
        for (actor, _) in self.participants.items_mut() {
            *actor = to.actors.get(actor.at()).copied().unwrap_or(*actor);
        }
        for toll in self.tolls.items_mut() {
            if let Some(who) = to.actors.get(toll.who as usize) {
                toll.who = who.0;
            }
        }
        for source in self.sources.items_mut() {
            *source = to.sources.get(source.at()).copied().unwrap_or(*source);
        }
        // Elsewhere they need not be in the same order.
        self.sources.each_mut(<[SourceIx]>::sort_unstable);
        for record in self.records.values_mut() {
            renumber_record(record, to);
        }
    }

    pub(super) fn radius_m(&self, row: usize) -> Option<f64> {
        self.radius_m.get(row).copied().filter(|r| !r.is_nan())
    }

    /// The warnings of a row, each once, in the order in which they are declared.
    pub(super) fn flags(&self, row: usize) -> impl Iterator<Item = Flag> + use<> {
        let bits = self.flags.get(row).copied().unwrap_or(0);
        Flag::ALL
            .iter()
            .copied()
            .filter(move |f| bits & (1 << *f as u8) != 0)
    }

    /// Whether any row has a warning.
    pub(super) fn has_flags(&self) -> bool {
        !self.flags.is_empty()
    }

    pub(super) fn layer(&self, row: usize) -> u8 {
        self.layer.get(row).copied().unwrap_or(0)
    }

    pub(super) fn exact(&self, row: usize) -> Option<(f64, f64)> {
        let [lon, lat] = *self.exact.get(row)?;
        (!lon.is_nan()).then_some((lon, lat))
    }

    /// Whether it is of an import: whether anything is known of its events that
    /// a narrow table has no column for.
    pub(super) fn is_imported(&self) -> bool {
        self.sides_derived
            || !self.exact.is_empty()
            || !self.shapes.is_empty()
            || !self.records.is_empty()
    }

    pub(super) fn when(&self, row: u32) -> Option<&When> {
        self.whens.get(&row)
    }

    /// People killed by a row's list of tolls; `None` without such a list.
    pub(super) fn killed(&self, row: usize) -> Option<TollSum> {
        let tolls = self.tolls.of(row);
        if tolls.is_empty() {
            return None;
        }
        let mut sum = TollSum::default();
        for toll in tolls.iter().map(|t| t.toll()) {
            if toll.what == TollKind::Killed {
                sum.add_figures(toll.low, toll.best, toll.high);
            }
        }
        Some(sum)
    }
}

/// Gives whom and what a record refers to other numbers.
pub(super) fn renumber_record(record: &mut EventDetail, to: &Renumbering) {
    let actor = |a: ActorIx| to.actors.get(a.at()).copied().unwrap_or(a);
    for part in &mut record.participants {
        part.actor = actor(part.actor);
    }
    for toll in &mut record.tolls {
        toll.who = toll.who.map(actor);
    }
    let place = |p: PlaceIx| to.places.get(p.at()).copied().unwrap_or(p);
    record.place = record.place.map(place);
}
