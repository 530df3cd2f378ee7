//! What is written: the rows asked for, and of everything else what they refer
//! to.

use crate::dataset::{Dataset, RowSet};
use crate::formats::native;
use crate::model::{
    Actor, ActorIx, Claim, ClaimIx, Place, Relation, RelationIx, Source, SourceIx, Subject,
};

/// What of each table comes along.
struct Marks {
    actors: Vec<bool>,
    relations: Vec<bool>,
    places: Vec<bool>,
    sources: Vec<bool>,
    claims: Vec<bool>,
}

/// The rows to be written, and the records that come along.
///
/// **Rule:** with all rows comes everything. With some come the places and
/// actors of these rows, the relations between such actors, the claims about
/// any of these, whom and where these claims name, and the sources of those
/// claims and of the places. Who is only named by a claim brings no relations.
pub struct Scope<'a> {
    /// Where all of it is from.
    pub dataset: &'a Dataset,
    /// The rows; `None` for all.
    rows: Option<&'a RowSet>,
    marks: Option<Marks>,
}

impl<'a> Scope<'a> {
    /// Everything.
    #[must_use]
    pub fn whole(dataset: &'a Dataset) -> Self {
        Self {
            dataset,
            rows: None,
            marks: None,
        }
    }

    /// These rows and what belongs to them.
    #[must_use]
    pub fn new(dataset: &'a Dataset, rows: &'a RowSet) -> Self {
        if rows.len() == dataset.len() as u64 {
            return Self::whole(dataset);
        }
        Self {
            dataset,
            rows: Some(rows),
            marks: Some(Marks::of(dataset, rows)),
        }
    }

    /// Number of events.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.rows.map_or(self.dataset.len() as u64, RowSet::len)
    }

    /// Whether there is no event.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The rows, in order of time.
    #[must_use]
    pub fn rows(&self) -> Box<dyn Iterator<Item = crate::model::EventRow> + '_> {
        match self.rows {
            Some(rows) => Box::new(rows.iter()),
            None => Box::new(self.dataset.rows()),
        }
    }

    /// The actors.
    pub fn actors(&self) -> impl Iterator<Item = &'a Actor> {
        self.kept(self.dataset.actors(), |m| &m.actors)
    }

    /// The relations.
    pub fn relations(&self) -> impl Iterator<Item = &'a Relation> {
        self.kept(self.dataset.relations(), |m| &m.relations)
    }

    /// The places.
    pub fn places(&self) -> impl Iterator<Item = &'a Place> {
        self.kept(self.dataset.places(), |m| &m.places)
    }

    /// The sources.
    pub fn sources(&self) -> impl Iterator<Item = &'a Source> {
        self.kept(self.dataset.sources(), |m| &m.sources)
    }

    /// The claims that are written down: without those that only tell that a
    /// source tells of an event.
    pub fn claims(&self) -> impl Iterator<Item = &'a Claim> {
        self.kept(self.dataset.claims(), |m| &m.claims)
    }

    /// All claims, also the implied ones.
    #[must_use]
    pub fn all_claims(&self) -> Vec<ClaimIx> {
        let written = self.dataset.claims().len();
        let (Some(rows), Some(marks)) = (self.rows, &self.marks) else {
            return (0..self.dataset.claim_count()).map(ClaimIx::new).collect();
        };
        let kept = marks.claims.iter().enumerate().filter(|(_, kept)| **kept);
        let mut all: Vec<_> = kept.map(|(at, _)| ClaimIx::new(at)).collect();
        for row in rows.iter() {
            let about = self.dataset.claims_about(Subject::Event(row));
            all.extend(about.iter().filter(|ix| ix.at() >= written));
        }
        all
    }

    fn kept<T>(
        &self,
        all: &'a [T],
        marks: fn(&Marks) -> &Vec<bool>,
    ) -> impl Iterator<Item = &'a T> {
        let marks = self.marks.as_ref().map(|m| marks(m).clone());
        all.iter()
            .enumerate()
            .filter(move |(at, _)| marks.as_ref().is_none_or(|m| m[*at]))
            .map(|(_, record)| record)
    }

    /// Whether a reference to the event `id` may be written: to one that is
    /// left out it may not, or the result would refer to nothing.
    #[must_use]
    pub fn refers(&self, id: &str) -> bool {
        self.rows.is_none_or(|rows| {
            let row = self.dataset.event_by_id(id);
            row.is_none_or(|row| rows.contains(row))
        })
    }

    /// How many references of actors and relations to events are dropped,
    /// because the event is left out.
    #[must_use]
    pub fn dropped_references(&self) -> usize {
        let states = self.actors().flat_map(|a| &a.states);
        let states = states.filter_map(|s| s.event.as_deref());
        let ends = self.relations().filter_map(|r| r.ended_by.as_deref());
        states.chain(ends).filter(|id| !self.refers(id)).count()
    }
}

impl Marks {
    fn of(dataset: &Dataset, rows: &RowSet) -> Self {
        let mut marks = Self {
            actors: vec![false; dataset.actors().len()],
            relations: vec![false; dataset.relations().len()],
            places: vec![false; dataset.places().len()],
            sources: vec![false; dataset.sources().len()],
            claims: vec![false; dataset.claims().len()],
        };
        for row in rows.iter() {
            let event = dataset.event(row);
            let tolls = event.tolls.iter().filter_map(|t| t.who);
            for actor in event.participants.iter().map(|p| p.actor).chain(tolls) {
                marks.actors[actor.at()] = true;
            }
            if let Some(place) = event.place {
                marks.places[place.at()] = true;
            }
            for source in dataset.sources_of_event(row) {
                marks.sources[source.at()] = true;
            }
        }
        for (at, relation) in dataset.relations().iter().enumerate() {
            marks.relations[at] =
                marks.actors[relation.from.at()] && marks.actors[relation.to.at()];
        }
        marks.claims(dataset, rows);
        marks
    }

    /// Marks the claims about what is kept, their sources, and whom and where
    /// they name: until what has come along brings no claim about itself.
    fn claims(&mut self, dataset: &Dataset, rows: &RowSet) {
        loop {
            let mut more = false;
            for (place, kept) in dataset.places().iter().zip(&self.places) {
                let origin = place.origin.as_ref().filter(|_| *kept);
                if let Some(source) = origin.and_then(|o| dataset.source_by_id(&o.source)) {
                    more |= mark(&mut self.sources, source.at());
                }
            }
            for (at, claim) in dataset.claims().iter().enumerate() {
                let kept = match claim.subject {
                    Subject::Event(row) => rows.contains(row),
                    Subject::Actor(ActorIx(n)) => self.actors[n as usize],
                    Subject::Relation(RelationIx(n)) => self.relations[n as usize],
                    Subject::Place(place) => self.places[place.at()],
                    Subject::Source(SourceIx(n)) => self.sources[n as usize],
                };
                if !kept || self.claims[at] {
                    continue;
                }
                self.claims[at] = true;
                more |= mark(&mut self.sources, claim.source.at());
                for actor in native::actors_named(dataset, &claim.value) {
                    more |= mark(&mut self.actors, actor.at());
                }
                if let Some(place) = native::place_named(dataset, &claim.value) {
                    more |= mark(&mut self.places, place.at());
                }
            }
            if !more {
                return;
            }
        }
    }
}

/// Marks one of a list; answers with whether it was not marked before.
fn mark(list: &mut [bool], at: usize) -> bool {
    !std::mem::replace(&mut list[at], true)
}
