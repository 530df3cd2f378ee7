//! The store: events in time-sorted columns with indices over time, space,
//! facets and text, and the linked records by id beside them.
//!
//! **Invariant:** a [`Dataset`] never changes. Callers ask it through its
//! queries ([`Dataset::filtered`], [`Dataset::select`], [`Dataset::facets`],
//! …), never by walking all rows in a frame.

mod facets;
mod filter;
mod geobox;
mod links;
pub mod mercator;
mod parts;
mod query;
mod space;
mod summary;
mod table;
mod text_index;
mod time_index;

pub use facets::FacetCounts;
pub use filter::{Filter, FilterError};
pub use geobox::{GeoBox, geometry_box};
pub use parts::{Meta, Parts, SideInfo};
pub use query::{RowSet, Selected};
pub use summary::Summary;
pub use table::EventTable;

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::model::{
    Actor, ActorIx, Claim, ClaimIx, EventDetail, EventRow, Place, PlaceIx, Relation, RelationIx,
    Source, SourceIx, Subject,
};

use facets::FacetIndex;
use links::Links;
use space::SpaceIndex;
use text_index::TextIndex;
use time_index::TimeIndex;

static NEXT_REVISION: AtomicU64 = AtomicU64::new(1);

/// Events, actors, relations, places and sources that belong together.
pub struct Dataset {
    parts: Parts,
    table: EventTable,
    links: Links,
    ids: Ids,
    time: TimeIndex,
    space: SpaceIndex,
    facet: FacetIndex,
    text: TextIndex,
    revision: u64,
}

struct Ids {
    events: HashMap<String, EventRow>,
    actors: HashMap<String, ActorIx>,
    places: HashMap<String, PlaceIx>,
    sources: HashMap<String, SourceIx>,
}

impl Dataset {
    /// Builds the columns and indices. The events must be sorted, as by
    /// [`Parts::sort_events`], and claims refer to the sorted rows.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let table = EventTable::build(&parts);
        debug_assert!(table.starts().is_sorted(), "the events are not sorted");
        let links = Links::build(&parts);
        let facet = FacetIndex::build(&parts, &table, &links);
        let text = TextIndex::build(&parts);
        let ids = Ids {
            events: ids(&parts.events, |e| &e.id, EventRow::new),
            actors: ids(&parts.actors, |a| &a.id, ActorIx::new),
            places: ids(&parts.places, |p| &p.id, PlaceIx::new),
            sources: ids(&parts.sources, |s| &s.id, SourceIx::new),
        };
        Self {
            time: TimeIndex::build(&table),
            space: SpaceIndex::build(&table),
            table,
            links,
            facet,
            text,
            ids,
            parts,
            revision: NEXT_REVISION.fetch_add(1, Ordering::Relaxed),
        }
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

    /// All that is known of one event.
    ///
    /// # Panics
    /// If the row is not of this dataset, as slices do.
    #[must_use]
    pub fn event(&self, row: EventRow) -> &EventDetail {
        &self.parts.events[row.at()]
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

    /// One claim.
    ///
    /// # Panics
    /// If the index is not of this dataset.
    #[must_use]
    pub fn claim(&self, ix: ClaimIx) -> &Claim {
        &self.parts.claims[ix.at()]
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

    /// All claims.
    #[must_use]
    pub fn claims(&self) -> &[Claim] {
        &self.parts.claims
    }

    /// The event with this id.
    #[must_use]
    pub fn event_by_id(&self, id: &str) -> Option<EventRow> {
        self.ids.events.get(id).copied()
    }

    /// The actor with this id.
    #[must_use]
    pub fn actor_by_id(&self, id: &str) -> Option<ActorIx> {
        self.ids.actors.get(id).copied()
    }

    /// The place with this id.
    #[must_use]
    pub fn place_by_id(&self, id: &str) -> Option<PlaceIx> {
        self.ids.places.get(id).copied()
    }

    /// The source with this id.
    #[must_use]
    pub fn source_by_id(&self, id: &str) -> Option<SourceIx> {
        self.ids.sources.get(id).copied()
    }

    /// The claims about one thing, in file order.
    #[must_use]
    pub fn claims_about(&self, subject: Subject) -> &[ClaimIx] {
        self.links.claims_about(subject)
    }

    /// The claims of one source, in order of their position in its document.
    #[must_use]
    pub fn claims_of(&self, source: SourceIx) -> &[ClaimIx] {
        self.links.claims_of(source)
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
        self.links.sources_of_event(row)
    }

    /// The relations of an actor, either end.
    #[must_use]
    pub fn relations_of(&self, actor: ActorIx) -> &[RelationIx] {
        self.links.relations_of(actor)
    }
}

fn ids<T, I>(list: &[T], id: fn(&T) -> &String, index: fn(usize) -> I) -> HashMap<String, I> {
    list.iter()
        .enumerate()
        .map(|(at, r)| (id(r).clone(), index(at)))
        .collect()
}
