//! What several gatherers have collected side by side, as one.

use crate::dataset::Renumbering;
use crate::model::{
    Actor, ActorIx, EventRow, Place, PlaceIx, RelationIx, Source, SourceIx, Subject,
};

use super::names::Names;
use super::sketches::Sketches;
use super::{Gather, better, lies_at};

impl Gather {
    /// Adds what another gatherer has collected further down in the same file.
    pub fn append(&mut self, other: Self) {
        self.places_made();
        let first = self.len();
        let to = Renumbering {
            actors: self.append_actors(other.parts.actors, &other.actors),
            places: match other.sketches {
                Some(sketches) => self.append_sketches(&sketches),
                None => self.append_places(other.parts.places, &other.places),
            },
            sources: self.append_sources(other.parts.sources, &other.sources),
            ..Renumbering::default()
        };
        let mut events = other.events;
        events.renumber(&to);
        self.events.append(events);
        self.lines.extend(other.lines);
        let relations = self.parts.relations.len();
        for mut relation in other.parts.relations {
            relation.from = to.actors[relation.from.at()];
            relation.to = to.actors[relation.to.at()];
            self.parts.relations.push(relation);
        }
        for mut claim in other.parts.claims {
            claim.source = to.sources[claim.source.at()];
            claim.subject = match claim.subject {
                Subject::Event(row) => Subject::Event(EventRow::new(row.at() + first)),
                Subject::Actor(actor) => Subject::Actor(to.actors[actor.at()]),
                Subject::Place(place) => Subject::Place(to.places[place.at()]),
                Subject::Source(source) => Subject::Source(to.sources[source.at()]),
                Subject::Relation(relation) => {
                    Subject::Relation(RelationIx::new(relation.at() + relations))
                }
            };
            self.parts.claims.push(claim);
        }
        self.counts.merge(other.counts);
        self.findings.append(other.findings);
    }

    fn append_actors(&mut self, actors: Vec<Actor>, names: &Names) -> Vec<ActorIx> {
        let keys = names.keys(actors.len());
        let known = &mut self.parts.actors;
        let numbers = actors.into_iter().zip(keys).map(|(actor, key)| {
            let schema = actor.schema;
            let push = || {
                known.push(actor);
                ActorIx::new(known.len() - 1).0
            };
            let number = match key {
                None => push(),
                Some(key) => self.actors.number(key, push),
            };
            better(&mut known[number as usize], schema);
            ActorIx(number)
        });
        numbers.collect()
    }

    fn append_places(&mut self, places: Vec<Place>, names: &Names) -> Vec<PlaceIx> {
        let keys = names.keys(places.len());
        let known = &mut self.parts.places;
        let numbers = places.into_iter().zip(keys).map(|(mut place, key)| {
            let geometry = place.geometry.take();
            let precision = place.precision;
            let push = || {
                known.push(place);
                PlaceIx::new(known.len() - 1).0
            };
            let number = match key {
                None => push(),
                Some(key) => self.places.number(key, push),
            };
            let known = &mut known[number as usize];
            if known.geometry.is_none() && geometry.is_some() {
                known.geometry = geometry;
                known.precision = precision;
            }
            PlaceIx(number)
        });
        numbers.collect()
    }

    fn append_sketches(&mut self, sketches: &Sketches) -> Vec<PlaceIx> {
        let known = &mut self.parts.places;
        let numbers = sketches.list.iter().enumerate().map(|(at, sketch)| {
            let number = self.places.number(sketch.key, || {
                known.push(sketches.place(at));
                PlaceIx::new(known.len() - 1).0
            });
            if let Some(point) = &sketch.point {
                lies_at(&mut known[number as usize], point, sketch.precision);
            }
            PlaceIx(number)
        });
        numbers.collect()
    }

    fn append_sources(&mut self, sources: Vec<Source>, names: &Names) -> Vec<SourceIx> {
        let keys = names.keys(sources.len());
        let known = &mut self.parts.sources;
        self.sources.reserve(sources.len());
        let numbers = sources.into_iter().zip(keys).map(|(source, key)| {
            let push = || {
                known.push(source);
                SourceIx::new(known.len() - 1).0
            };
            SourceIx(match key {
                None => push(),
                Some(key) => self.sources.number(key, push),
            })
        });
        numbers.collect()
    }
}
