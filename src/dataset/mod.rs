//! The store: events in time-sorted columns with indices over time, space,
//! facets and text, and the linked records by id beside them.
//!
//! **Invariant:** a [`Dataset`] never changes. Callers ask it through its
//! queries ([`Dataset::filtered`], [`Dataset::select`], [`Dataset::facets`],
//! …), never by walking all rows in a frame.

mod anchor;
mod claims;
mod columns;
mod density;
mod facets;
mod filter;
mod geobox;
mod ids;
mod join;
mod links;
mod lists;
pub mod mercator;
mod moments;
mod narrow;
mod parts;
mod plain;
mod query;
mod quick_hash;
mod searches;
mod space;
mod space_query;
mod summary;
pub mod synthetic;
mod table;
mod tally;
mod text_index;
mod texts;
mod time_index;
mod times;
mod tree;
mod wide;

pub use claims::RECORD;
pub use columns::{OWN_MEMBERS, column_of};
pub use density::DensityGrid;
pub use facets::FacetCounts;
pub use filter::{Filter, FilterError};
pub use geobox::{GeoBox, geometry_box};
pub use join::join;
pub use moments::{At, Moment};
pub use parts::{Layer, Meta, Parts, SideInfo};
pub use plain::{PlainEvent, PlainEvents, PlainId};
pub use query::{RowSet, Selected};
pub use summary::Summary;
pub use table::EventTable;
pub use tally::{Split, Tally};
pub use time_index::Changes;
pub use wide::{AttributeColumn, PlainToll, Renumbering, WideEvent};

use std::borrow::Cow;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::model::{
    Actor, ActorIx, EventDetail, EventRow, Flag, Kind, Place, PlaceIx, Precision, Relation,
    RelationIx, Source, SourceIx, TollSum,
};

use facets::FacetIndex;
use ids::Ids;
use links::Links;
use searches::Searches;
use space::SpaceIndex;
use text_index::TextIndex;
use time_index::TimeIndex;

static NEXT_REVISION: AtomicU64 = AtomicU64::new(1);

/// What is being made while a dataset is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Rows are brought into order of time.
    Sorting,
    /// The index over time.
    Time,
    /// Rows by kind, side, actor.
    Facets,
    /// The grid over the map.
    Space,
    /// Counts over the map at many moments.
    Density,
    /// Nothing more.
    Done,
}

/// Events, actors, relations, places and sources that belong together.
pub struct Dataset {
    parts: Parts,
    table: EventTable,
    links: Links,
    ids: Ids,
    time: TimeIndex,
    space: SpaceIndex,
    cube: density::Cube,
    facet: FacetIndex,
    /// Of all rows, made when it is first asked for.
    total: OnceLock<Tally>,
    /// Rows by word, made when somebody first looks for one: a map is there
    /// before, see [`Dataset::prepare_search`].
    text: OnceLock<TextIndex>,
    searches: Searches,
    revision: u64,
}

impl Dataset {
    /// Builds the columns and indices of events with records. The events must
    /// be sorted: see [`Parts::sort_events`].
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let table = EventTable::build(&parts);
        debug_assert!(table.starts().is_sorted(), "the events are not sorted");
        Self::index(parts, table, &|_, _| {})
    }

    /// Builds a dataset from events in columns. Of `parts` the head, actors,
    /// places and so on are taken, and its events dropped. Sorts the events by
    /// their start; claims about events refer to them in the order in which they
    /// were added. `progress` hears of each stage as it begins, with the
    /// share of the whole that is done, 0 to 1.
    #[must_use]
    pub fn from_plain(
        parts: Parts,
        mut events: PlainEvents,
        progress: &(dyn Fn(Stage, f32) + Sync),
    ) -> Self {
        progress(Stage::Sorting, 0.0);
        let mut parts = Parts {
            events: Vec::new(),
            ..parts
        };
        if let Some(order) = events.sort() {
            parts.reorder_claims(&order);
        }
        Self::index(parts, EventTable::from_plain(events), progress)
    }

    fn index(parts: Parts, table: EventTable, progress: &(dyn Fn(Stage, f32) + Sync)) -> Self {
        progress(Stage::Time, 0.4);
        let time = TimeIndex::build(&table);
        progress(Stage::Facets, 0.7);
        let links = Links::build(&parts, &table);
        let facet = FacetIndex::build(&parts, &table, &links);
        progress(Stage::Space, 0.85);
        let space = SpaceIndex::build(&table);
        progress(Stage::Density, 0.95);
        let cube = density::Cube::build(&table, &time);
        let dataset = Self {
            time,
            space,
            cube,
            table,
            links,
            facet,
            total: OnceLock::new(),
            text: OnceLock::new(),
            searches: Searches::default(),
            ids: Ids::default(),
            parts,
            revision: NEXT_REVISION.fetch_add(1, Ordering::Relaxed),
        };
        if !dataset.has_records() {
            dataset.count_all();
        }
        progress(Stage::Done, 1.0);
        dataset
    }

    /// Makes the index of words, which takes longer than all else about a
    /// dataset together; a first search does the same. For a thread of its own,
    /// as soon as the map is shown.
    pub fn prepare_search(&self) {
        self.words();
    }

    fn words(&self) -> &TextIndex {
        self.text
            .get_or_init(|| TextIndex::build(&self.parts, &self.table))
    }

    /// Title, licence, sides and default view.
    #[must_use]
    pub fn meta(&self) -> &Meta {
        &self.parts.meta
    }

    /// A number no other dataset of this process has: the key of memoised views.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The columns of the event table.
    #[must_use]
    pub fn table(&self) -> &EventTable {
        &self.table
    }

    /// Number of events.
    #[must_use]
    pub fn len(&self) -> usize {
        self.table.len()
    }

    /// Whether there is no event.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All rows, in order of time.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = EventRow> + use<> {
        (0..u32::try_from(self.len()).unwrap_or(u32::MAX)).map(EventRow)
    }

    /// All that is known of one event: its record, or one made from the
    /// columns where there are no records. To draw many events, ask for the
    /// values themselves ([`Dataset::title`], [`Dataset::killed`], …), which
    /// make nothing.
    ///
    /// # Panics
    /// If the row is not of this dataset, as slices do.
    #[must_use]
    pub fn event(&self, row: EventRow) -> Cow<'_, EventDetail> {
        if let Some(record) = self.table.plain().and_then(|plain| plain.record(row)) {
            return Cow::Borrowed(record);
        }
        match self.table.detail(row) {
            Some(made) => Cow::Owned(made),
            None => Cow::Borrowed(&self.parts.events[row.at()]),
        }
    }

    /// The id of an event.
    #[must_use]
    pub fn event_id(&self, row: EventRow) -> Cow<'_, str> {
        match self.table.plain() {
            Some(plain) => Cow::Owned(plain.id(row)),
            None => Cow::Borrowed(&self.parts.events[row.at()].id),
        }
    }

    /// Whether the events have records of their own, beyond the columns.
    #[must_use]
    pub fn has_records(&self) -> bool {
        self.table.plain().is_none()
    }

    /// The title of an event in `lang` or another language; of one without a
    /// title, its notes.
    #[must_use]
    pub fn title(&self, row: EventRow, lang: &str) -> &str {
        match self.table.plain() {
            Some(plain) => plain.title(row, lang),
            None => self.parts.events[row.at()].titles.get(lang),
        }
    }

    /// People killed in an event, as shown.
    #[must_use]
    pub fn killed(&self, row: EventRow) -> TollSum {
        match self.table.plain() {
            Some(plain) => plain.killed(row),
            None => self.parts.events[row.at()].killed(),
        }
    }

    /// The kind of an event.
    #[must_use]
    pub fn kind(&self, row: EventRow) -> Kind {
        self.table.kind(row)
    }

    /// How well the position of an event is known.
    #[must_use]
    pub fn precision(&self, row: EventRow) -> Precision {
        match self.table.plain() {
            Some(plain) => plain.precision(row),
            None => self.parts.events[row.at()].precision,
        }
    }

    /// Radius of uncertainty in metres, if one is given.
    #[must_use]
    pub fn radius_m(&self, row: EventRow) -> Option<f64> {
        match self.table.plain() {
            Some(plain) => plain.radius_m(row),
            None => self.parts.events[row.at()].radius_m,
        }
    }

    /// The side whose action an event is.
    #[must_use]
    pub fn side(&self, row: EventRow) -> Option<u8> {
        self.table.side(row)
    }

    /// The named place of an event.
    #[must_use]
    pub fn place_of(&self, row: EventRow) -> Option<PlaceIx> {
        match self.table.plain() {
            Some(plain) => plain.place(row),
            None => self.parts.events[row.at()].place,
        }
    }

    /// The name of an event's place in `lang` or another language; empty
    /// without one.
    #[must_use]
    pub fn place_name(&self, row: EventRow, lang: &str) -> &str {
        self.place_of(row)
            .map_or("", |p| self.place(p).names.get(lang))
    }

    /// The actors who take part in an event, as often as they do.
    pub fn actors_of(&self, row: EventRow) -> impl Iterator<Item = ActorIx> {
        let (plain, rich) = match self.table.plain() {
            Some(plain) => (Some(plain.participants(row)), None),
            None => (None, Some(&self.parts.events[row.at()].participants)),
        };
        let plain = plain.into_iter().flatten().map(|(actor, _)| actor);
        plain.chain(rich.into_iter().flatten().map(|p| p.actor))
    }

    /// The warnings of an event.
    pub fn flags_of(&self, row: EventRow) -> impl Iterator<Item = Flag> {
        let (plain, rich) = match self.table.plain() {
            Some(plain) => (Some(plain.flags(row)), None),
            None => (None, Some(&self.parts.events[row.at()].flags)),
        };
        let plain = plain.into_iter().flatten();
        plain.chain(rich.into_iter().flatten().copied())
    }

    /// The columns of attributes of imported events.
    #[must_use]
    pub fn attribute_columns(&self) -> &[AttributeColumn] {
        let plain = self.table.plain();
        plain.map_or(&[], |plain| plain.attribute_columns())
    }

    /// The attributes of an imported event: what stood in columns that mean
    /// nothing to us, in the order in which the reader gave them.
    pub fn attributes(&self, row: EventRow) -> impl Iterator<Item = (&AttributeColumn, &str)> {
        let plain = self.table.plain();
        plain.into_iter().flat_map(move |p| p.attributes(row))
    }

    /// The files that are shown together, if there are several.
    #[must_use]
    pub fn layers(&self) -> &[Layer] {
        &self.parts.meta.layers
    }

    /// The position in [`Dataset::layers`] of the file that an event is from.
    #[must_use]
    pub fn layer(&self, row: EventRow) -> u8 {
        match self.table.plain() {
            Some(plain) => plain.wide.layer(row.at()),
            None => self.parts.events[row.at()].layer,
        }
    }

    /// One actor.
    ///
    /// # Panics
    /// If the index is not of this dataset.
    #[must_use]
    pub fn actor(&self, ix: ActorIx) -> &Actor {
        &self.parts.actors[ix.at()]
    }

    /// One relation.
    ///
    /// # Panics
    /// If the index is not of this dataset.
    #[must_use]
    pub fn relation(&self, ix: RelationIx) -> &Relation {
        &self.parts.relations[ix.at()]
    }

    /// One place.
    ///
    /// # Panics
    /// If the index is not of this dataset.
    #[must_use]
    pub fn place(&self, ix: PlaceIx) -> &Place {
        &self.parts.places[ix.at()]
    }

    /// One source.
    ///
    /// # Panics
    /// If the index is not of this dataset.
    #[must_use]
    pub fn source(&self, ix: SourceIx) -> &Source {
        &self.parts.sources[ix.at()]
    }

    /// All actors.
    #[must_use]
    pub fn actors(&self) -> &[Actor] {
        &self.parts.actors
    }

    /// All relations.
    #[must_use]
    pub fn relations(&self) -> &[Relation] {
        &self.parts.relations
    }

    /// All places.
    #[must_use]
    pub fn places(&self) -> &[Place] {
        &self.parts.places
    }

    /// All sources.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        &self.parts.sources
    }

    /// The rows in which an actor takes part, in order of time.
    #[must_use]
    pub fn events_of_actor(&self, actor: ActorIx) -> &[EventRow] {
        self.links.events_of_actor(actor)
    }

    /// The rows about which a source makes a claim, in order of time.
    #[must_use]
    pub fn events_of_source(&self, source: SourceIx) -> &[EventRow] {
        self.links.events_of_source(source)
    }

    /// The sources that make claims about an event.
    #[must_use]
    pub fn sources_of_event(&self, row: EventRow) -> &[SourceIx] {
        self.links.sources_of_event(&self.table, row)
    }

    /// The relations of an actor, either end.
    #[must_use]
    pub fn relations_of(&self, actor: ActorIx) -> &[RelationIx] {
        self.links.relations_of(actor)
    }
}

#[cfg(test)]
mod tests;
