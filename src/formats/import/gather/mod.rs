//! Where drafts become a dataset: actors, places and sources that have the same
//! name become one, and that a source tells of an event goes without saying.
//!
//! Events go straight into columns (see `dataset::PlainEvents`); what a format
//! knows beyond drafts has its own ways in: [`Gather::record`] for an event that
//! needs a record of its own, [`Gather::actor`] and its like to say more of
//! whom drafts name, [`Gather::parts_mut`] for relations and written claims.

mod append;
mod finish;
mod names;
mod sketches;
#[cfg(test)]
mod tests;

pub use finish::SAME_ID;

use std::borrow::Cow;
use std::collections::HashMap;

use geo::{Geometry, Point};

use crate::dataset::{Parts, PlainEvent, PlainEvents, PlainId, PlainToll, WideEvent};
use crate::formats::{RowCounts, Understood};
use crate::model::time::When;
use crate::model::{
    Actor, ActorIx, EventDetail, Extra, Localised, Place, PlaceIx, Precision, Role, Schema, Source,
    SourceIx, SourceKind, fold_onto,
};

use super::{Draft, DraftSource, DraftTime, Findings};
use names::{Key, Names};
use sketches::{Sketches, new_place};

/// Stands between the parts of a name as it is written; in no text of a file
/// that is worth telling from another.
const GAP: char = '\u{1f}';

/// Dates of publication that are remembered. Trade-off: more than a century of
/// days, and little memory.
const DATES: usize = 50_000;

/// A column of attributes, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Column(pub u16);

/// Collects drafts, and makes a dataset of them.
#[derive(Default)]
pub struct Gather {
    events: PlainEvents,
    /// Lines of the events.
    lines: Vec<u32>,
    parts: Parts,
    actors: Names,
    places: Names,
    /// The places of a piece, until one is asked for.
    sketches: Option<Sketches>,
    sources: Names,
    counts: RowCounts,
    /// What was wrong with the rows.
    pub findings: Findings,
    /// What the columns of the file were taken for.
    pub understood: Vec<Understood>,
    room: Room,
    /// Room for a name.
    name: String,
    /// Dates of publication as they were read: many sources have the same.
    published: HashMap<Box<str>, Option<When>>,
}

/// Lists that are filled anew for each event.
#[derive(Default)]
struct Room {
    actors: Vec<Option<ActorIx>>,
    participants: Vec<(ActorIx, Role)>,
    tolls: Vec<PlainToll>,
    sources: Vec<SourceIx>,
    name: String,
}

impl Gather {
    /// Declares a column of attributes. With `json` its values are JSON texts,
    /// else plain texts. The same name twice is the same column.
    pub fn column(&mut self, name: &str, json: bool) -> Column {
        Column(self.events.column(name, json))
    }

    /// A gatherer for a piece of a file, to be appended to another, with room
    /// for so many events, and so many bytes of their texts.
    #[must_use]
    pub fn piece(events: usize, text_bytes: usize) -> Self {
        Self {
            sketches: Some(Sketches::default()),
            events: PlainEvents::with_capacity(events, text_bytes),
            lines: Vec::with_capacity(events),
            ..Self::default()
        }
    }

    /// Room for attributes of so many events, and so many bytes of them.
    pub fn reserve_attributes(&mut self, events: usize, bytes: usize) {
        self.events.reserve_attributes(events, bytes);
    }

    /// Adds an event of which there is no more to say than this; its actor is
    /// one of [`Gather::actor`].
    pub fn add_plain(&mut self, event: &PlainEvent<'_>, line: u64) {
        self.count(event.lon_lat.is_some(), event.extent.is_some(), line);
        self.events.push(event);
    }

    /// Number of events so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Whether there is no event.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Rows so far, by what became of them.
    #[must_use]
    pub fn counts(&self) -> RowCounts {
        self.counts
    }

    /// Notes that a row was read that becomes no event; why is a finding.
    pub fn skip(&mut self) {
        self.counts.read += 1;
        self.counts.skipped += 1;
    }

    /// Adds an event. One without an id gets one from `line`, its line or
    /// number in the file from 1. Participants without a name and attributes
    /// without a value are left out.
    pub fn add(&mut self, draft: &Draft<'_>, line: u64) {
        let mut room = std::mem::take(&mut self.room);
        room.actors.clear();
        room.participants.clear();
        for part in &draft.participants {
            let named = !part.name.trim().is_empty();
            let actor = named.then(|| self.actor(&part.name, part.schema));
            room.actors.push(actor);
            room.participants.extend(actor.map(|a| (a, part.role)));
        }
        room.tolls.clear();
        room.tolls.extend(draft.tolls.iter().map(|t| PlainToll {
            who: t.who.and_then(|n| room.actors.get(n).copied().flatten()),
            what: t.what,
            low: t.low,
            best: t.best,
            high: t.high,
        }));
        room.sources.clear();
        for source in draft
            .sources
            .iter()
            .filter(|s| **s != DraftSource::default())
        {
            let source = self.source(source);
            room.sources.push(source);
        }
        let place = self.place_of(draft, &mut room.name);
        let attributes: Vec<(u16, &str)> = draft
            .attributes
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(column, value)| (column.0, value.as_ref()))
            .collect();
        let (extent, when) = match &draft.time {
            DraftTime::Unknown => (None, None),
            DraftTime::Extent(extent) => (Some(*extent), None),
            DraftTime::When(when) => (Some(when.extent()), Some(when)),
        };
        self.count(draft.geometry.is_some(), extent.is_some(), line);
        let id = match &draft.id {
            id if id.is_empty() => Cow::Owned(format!("line-{line}")),
            id => Cow::Borrowed(id.as_ref()),
        };
        self.events.push_wide(
            &PlainEvent {
                id: PlainId::of(&id),
                extent,
                lon_lat: None,
                precision: draft.precision,
                kind: draft.kind,
                side: None,
                actor: None,
                place,
                killed: None,
                title: &draft.title,
                notes: &draft.summary,
            },
            &WideEvent {
                participants: &room.participants,
                tolls: &room.tolls,
                sources: &room.sources,
                radius_m: draft.radius_m,
                flags: &draft.flags,
                when,
                geometry: draft.geometry.as_ref(),
                attributes: &attributes,
                layer: 0,
            },
        );
        self.room = room;
    }

    /// Adds an event with a record of its own: one with texts in several
    /// languages, certainties, foreign members. `sources` tell of it. It refers
    /// to actors and places by the numbers that [`Gather::actor`] and
    /// [`Gather::place`] give.
    pub fn record(&mut self, mut record: EventDetail, sources: &[SourceIx], line: u64) {
        if record.id.is_empty() {
            record.id = format!("line-{line}");
        }
        self.count(record.geometry.is_some(), record.when.is_some(), line);
        self.events.push_record(record, sources, None, 0);
    }

    fn count(&mut self, placed: bool, dated: bool, line: u64) {
        self.counts.read += 1;
        self.counts.kept += 1;
        self.counts.without_place += u64::from(!placed);
        self.counts.without_date += u64::from(!dated);
        self.lines.push(u32::try_from(line).unwrap_or(u32::MAX));
    }

    /// The actor of this name, who is made if need be. What a name tells of
    /// its bearer first holds, but anything is better than "a legal entity".
    pub fn actor(&mut self, name: &str, schema: Schema) -> ActorIx {
        let actors = &mut self.parts.actors;
        let written = Key::of(name);
        let number = if let Some(number) = self.actors.met(written) {
            number
        } else {
            self.name.clear();
            fold_or_write(&mut self.name, name);
            let number = self.actors.number(Key::of(&self.name), || {
                actors.push(Actor::named(String::new(), name.trim().to_owned(), schema));
                ActorIx::new(actors.len() - 1).0
            });
            self.actors.remember(written, number);
            number
        };
        let actor = ActorIx(number);
        better(&mut actors[actor.at()], schema);
        actor
    }

    /// The actor of a number, to say more of it. One whose id is left empty
    /// gets one from its name.
    ///
    /// # Panics
    /// If the number is not of this gatherer.
    pub fn actor_mut(&mut self, actor: ActorIx) -> &mut Actor {
        &mut self.parts.actors[actor.at()]
    }

    /// The place of this name within others, smallest first, which is made if
    /// need be.
    pub fn place(&mut self, name: &str, within: &[&str]) -> PlaceIx {
        let key = &mut self.name;
        key.clear();
        fold_or_write(key, name);
        for part in within {
            key.push('/');
            fold_onto(key, part);
        }
        let key = Key::of(key);
        let (sketches, places) = (&mut self.sketches, &mut self.parts.places);
        let number = self.places.number(key, || {
            PlaceIx::new(if let Some(sketches) = sketches {
                sketches.push(key, name, within)
            } else {
                places.push(new_place(name, within.iter().copied()));
                places.len() - 1
            })
            .0
        });
        PlaceIx(number)
    }

    /// The places; those of a piece are made now.
    fn places_made(&mut self) -> &mut Vec<Place> {
        let places = &mut self.parts.places;
        if let Some(sketches) = self.sketches.take() {
            places.extend((0..sketches.list.len()).map(|number| sketches.place(number)));
        }
        places
    }

    /// The place of a number, to say more of it.
    ///
    /// # Panics
    /// If the number is not of this gatherer.
    pub fn place_mut(&mut self, place: PlaceIx) -> &mut Place {
        &mut self.places_made()[place.at()]
    }

    /// The place of a draft; it lies where the first event with a point does.
    fn place_of(&mut self, draft: &Draft<'_>, written: &mut String) -> Option<PlaceIx> {
        if draft.place.trim().is_empty() {
            return None;
        }
        written.clear();
        written.push_str(&draft.place);
        for part in &draft.within {
            written.push(GAP);
            written.push_str(part);
        }
        let key = Key::of(written);
        let place = if let Some(number) = self.places.met(key) {
            PlaceIx(number)
        } else {
            let within: Vec<&str> = draft.within.iter().map(AsRef::as_ref).collect();
            let place = self.place(&draft.place, &within);
            self.places.remember(key, place.0);
            place
        };
        let Some(Geometry::Point(point)) = &draft.geometry else {
            return Some(place);
        };
        if let Some(sketches) = &mut self.sketches {
            let known = &mut sketches.list[place.at()];
            if known.point.is_none() {
                (known.point, known.precision) = (Some(*point), draft.precision);
            }
        } else {
            lies_at(&mut self.parts.places[place.at()], point, draft.precision);
        }
        Some(place)
    }

    /// The source with this title, publisher, date and address, which is made
    /// if need be.
    pub fn source(&mut self, source: &DraftSource<'_>) -> SourceIx {
        let DraftSource {
            title,
            publisher,
            published,
            url,
        } = source;
        let name = &mut self.name;
        let parts = [title, publisher, published, url];
        // Those with an address or a headline are many, and each is met seldom.
        let often = url.is_empty() && (title.is_empty() || publisher.is_empty());
        let key = often.then(|| {
            name.clear();
            for part in parts {
                name.push_str(part);
                name.push(GAP);
            }
            Key::of(name)
        });
        if let Some(number) = key.and_then(|key| self.sources.met(key)) {
            return SourceIx(number);
        }
        name.clear();
        for (at, part) in parts.into_iter().enumerate() {
            if at < 2 {
                fold_onto(name, part);
            } else {
                name.push_str(part);
            }
            name.push(GAP);
        }
        let folded = Key::of(name);
        let sources = &mut self.parts.sources;
        let dates = &mut self.published;
        let number = self.sources.number(folded, || {
            let published = if let Some(known) = dates.get(published.as_ref()) {
                known.clone()
            } else {
                let read = When::parse(published).ok();
                if dates.len() < DATES {
                    dates.insert(published.as_ref().into(), read.clone());
                }
                read
            };
            sources.push(new_source(source, published));
            SourceIx::new(sources.len() - 1).0
        });
        if let Some(key) = key {
            self.sources.remember(key, number);
        }
        SourceIx(number)
    }

    /// The source of a number, to say more of it.
    ///
    /// # Panics
    /// If the number is not of this gatherer.
    pub fn source_mut(&mut self, source: SourceIx) -> &mut Source {
        &mut self.parts.sources[source.at()]
    }

    /// The actors, places, sources, relations and written claims so far, for
    /// formats that know more than drafts tell. Things may be changed and added
    /// but not taken away; those that are added here are not merged by name.
    /// Claims about events refer to them in the order in which they were added
    /// ([`Gather::len`] before it was). Ids that are left empty are made up.
    pub fn parts_mut(&mut self) -> &mut Parts {
        self.places_made();
        &mut self.parts
    }
}

/// By what two names are found to be the same: folded, or as written where
/// nothing of it folds to a word.
fn fold_or_write(out: &mut String, name: &str) {
    let before = out.len();
    fold_onto(out, name);
    if out.len() == before {
        out.push_str(&name.trim().to_lowercase());
    }
}

/// Says where a place lies, if that is not known yet.
fn lies_at(place: &mut Place, point: &Point, precision: Precision) {
    if place.geometry.is_none() {
        place.geometry = Some((*point).into());
        place.precision = precision;
    }
}

fn better(actor: &mut Actor, schema: Schema) {
    if actor.schema == Schema::LegalEntity {
        actor.schema = schema;
    }
}

fn new_source(source: &DraftSource<'_>, published: Option<When>) -> Source {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let title = match source.title.trim() {
        "" if source.publisher.is_empty() => source.url.as_ref(),
        "" => source.publisher.as_ref(),
        title => title,
    };
    Source {
        id: String::new(),
        kind: SourceKind::Report,
        title: Localised::new("und", title),
        author: None,
        publisher: some(&source.publisher),
        language: None,
        published,
        published_inferred: false,
        url: some(&source.url),
        licence: None,
        reliability: None,
        summary: Localised::default(),
        document: None,
        missing: false,
        extra: Extra::new(),
    }
}
