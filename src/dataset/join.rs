//! Several datasets as layers of one: each file that is opened beside others
//! keeps its events, and whom and where they have in common becomes one.

mod by_id;
mod head;

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::{
    Actor, ActorIx, Claim, EventDetail, EventRow, NameType, Place, PlaceIx, RelationIx, Source,
    SourceIx, Subject, fold,
};

use super::claims::implied_id;
use super::wide::renumber_record;
use super::{
    Dataset, Layer, Parts, PlainEvent, PlainEvents, PlainId, PlainToll, RECORD, Renumbering,
    WideEvent,
};
use by_id::{ById, more, renamed};
use head::Heads;

/// Layers told apart, at most; further files belong to the last.
const LAYERS: usize = 255;

/// Several datasets as layers of one, by the names of their files. Imported
/// actors are one if they have the same name, those of our own format if they
/// have the same id; so are places. Events, claims and relations are all kept,
/// and sources that differ; an id that stands in several files gets a number
/// behind it in the later ones, but no actor or place of our own format does:
/// values of claims refer to them by it. A written claim that says no more than
/// that its source tells of an event goes without saying. A dataset that has
/// layers brings those. Licences and attributions are put one behind the other,
/// descriptions too; the view is that of the first that has one, and shows the
/// windows of all.
#[must_use]
pub fn join(list: &[(String, Arc<Dataset>)]) -> Dataset {
    let mut joined = Joined {
        sides_derived: true,
        ..Joined::default()
    };
    for (_, dataset) in list.iter().filter(|(_, d)| d.has_records()) {
        let ids = dataset.actors().iter().map(|a| a.id.clone());
        joined.actor_ids.reserved.extend(ids);
        let ids = dataset.places().iter().map(|p| p.id.clone());
        joined.place_ids.reserved.extend(ids);
    }
    let implied_ids = format!("{RECORD}:");
    joined.keeps_implied = list.iter().any(|(_, dataset)| {
        let mut claims = dataset.claims().iter();
        claims.any(|c| c.id.starts_with(&implied_ids) && !dataset.goes_without_saying(c))
    });
    for (name, dataset) in list {
        joined.add(name, dataset);
    }
    joined.finish()
}

#[derive(Default)]
struct Joined {
    heads: Heads,
    parts: Parts,
    events: PlainEvents,
    layers: Vec<Layer>,
    layer_ids: ById,
    sides_derived: bool,
    event_ids: ById,
    actor_ids: ById,
    place_ids: ById,
    source_ids: ById,
    relation_ids: ById,
    claim_ids: ById,
    /// Whether a written claim could be called like an implied one.
    keeps_implied: bool,
    /// Imported actors and places by folded name.
    actors: HashMap<String, ActorIx>,
    places: HashMap<String, PlaceIx>,
}

/// What the things of one dataset are in the joined one.
struct Moved {
    to: Renumbering,
    sides: Vec<Option<u8>>,
    /// Ids of events that had to change.
    events: HashMap<String, String>,
    /// Ids of sources that had to change.
    sources: HashMap<String, String>,
    /// What tells of an event by a written claim that is not kept.
    told: HashMap<EventRow, Vec<SourceIx>>,
    first_row: usize,
    first_relation: usize,
}

impl Joined {
    fn add(&mut self, name: &str, dataset: &Dataset) {
        let layers: Vec<u8> = match dataset.layers() {
            [] | [_] => vec![self.layer(name, name)],
            several => several.iter().map(|l| self.layer(&l.name, &l.id)).collect(),
        };
        let sides = self.heads.add(name, dataset.meta());
        self.sides_derived &= dataset.has_records() || dataset.table().sides_derived();
        let mut moved = Moved {
            to: Renumbering::default(),
            sides,
            events: HashMap::new(),
            sources: HashMap::new(),
            told: HashMap::new(),
            first_row: self.events.len(),
            first_relation: self.parts.relations.len(),
        };
        for source in dataset.sources() {
            let ix = self.source(source, &mut moved);
            moved.to.sources.push(ix);
        }
        for place in dataset.places() {
            let ix = self.place(place, dataset, &moved);
            moved.to.places.push(ix);
        }
        // Whom the events refer to comes after what they are called.
        let ids = self.events_ids(dataset, &mut moved);
        for actor in dataset.actors() {
            let ix = self.actor(actor, dataset, &moved);
            moved.to.actors.push(ix);
        }
        for column in dataset.attribute_columns() {
            let column = self.events.column(&column.name, column.json);
            moved.to.columns.push(column);
        }
        for claim in dataset.claims() {
            self.claim(claim, dataset, &mut moved);
        }
        for (row, id) in dataset.rows().zip(&ids) {
            let layer = layers.get(usize::from(dataset.layer(row)));
            let layer = layer.or(layers.last()).copied().unwrap_or_default();
            self.event(dataset, row, id, layer, &moved);
        }
        self.relations(dataset, &moved);
    }

    /// The layer of the next events, by its name and the id it is to have.
    fn layer(&mut self, name: &str, id: &str) -> u8 {
        let at = self.layers.len();
        if at < LAYERS {
            let slug = match fold(id).replace(' ', "-") {
                empty if empty.is_empty() => "layer".to_owned(),
                slug => slug,
            };
            self.layers.push(Layer {
                id: self.layer_ids.free(&slug, at),
                name: name.to_owned(),
            });
        }
        u8::try_from(at.min(LAYERS - 1)).unwrap_or(u8::MAX)
    }

    fn source(&mut self, source: &Source, moved: &mut Moved) -> SourceIx {
        let ix = SourceIx::new(self.parts.sources.len());
        // The same source in two files says the same of itself.
        if let Some(known) = self.source_ids.numbers.get(&source.id)
            && self.parts.sources[*known as usize] == *source
        {
            return SourceIx(*known);
        }
        let mut source = source.clone();
        let id = self.source_ids.free(&source.id, ix.at());
        if id != source.id {
            moved.sources.insert(source.id, id.clone());
        }
        source.id = id;
        self.parts.sources.push(source);
        ix
    }

    fn place(&mut self, place: &Place, dataset: &Dataset, moved: &Moved) -> PlaceIx {
        let name = place.names.get("");
        let key = format!("{}/{}", fold(name), fold(&place.within.join("/")));
        let imported = !dataset.has_records() && !name.is_empty();
        let same = if imported {
            self.places.get(&key).copied()
        } else {
            self.place_ids.own(&place.id).map(PlaceIx)
        };
        if let Some(ix) = same {
            let known = &mut self.parts.places[ix.at()];
            if known.geometry.is_none() && place.geometry.is_some() {
                known.geometry.clone_from(&place.geometry);
                known.precision = place.precision;
            }
            return ix;
        }
        let ix = PlaceIx::new(self.parts.places.len());
        let mut place = place.clone();
        place.id = if dataset.has_records() {
            self.place_ids.keep(&place.id, ix.at())
        } else {
            self.place_ids.free(&place.id, ix.at())
        };
        if let Some(origin) = &mut place.origin
            && let Some(source) = moved.sources.get(&origin.source)
        {
            origin.source.clone_from(source);
        }
        self.parts.places.push(place);
        if imported {
            self.places.insert(key, ix);
        }
        ix
    }

    fn actor(&mut self, actor: &Actor, dataset: &Dataset, moved: &Moved) -> ActorIx {
        let name = actor.names.iter().find(|n| n.kind == NameType::Primary);
        let key = fold(name.map_or("", |n| n.name.as_str()));
        let imported = !dataset.has_records() && !key.is_empty();
        let same = if imported {
            self.actors.get(&key).copied()
        } else {
            self.actor_ids.own(&actor.id).map(ActorIx)
        };
        let side = |side: Option<u8>| moved.sides.get(usize::from(side?)).copied().flatten();
        if let Some(ix) = same {
            let known = &mut self.parts.actors[ix.at()];
            known.side = known.side.or(side(actor.side));
            more(&mut known.names, &actor.names);
            more(&mut known.country, &actor.country);
            let mut states = actor.states.clone();
            for state in &mut states {
                renamed(&mut state.event, &moved.events);
            }
            more(&mut known.states, &states);
            if known.summary.is_empty() {
                known.summary.clone_from(&actor.summary);
            }
            return ix;
        }
        let ix = ActorIx::new(self.parts.actors.len());
        let mut actor = actor.clone();
        actor.id = if dataset.has_records() {
            self.actor_ids.keep(&actor.id, ix.at())
        } else {
            self.actor_ids.free(&actor.id, ix.at())
        };
        actor.side = side(actor.side);
        for state in &mut actor.states {
            renamed(&mut state.event, &moved.events);
        }
        self.parts.actors.push(actor);
        if imported {
            self.actors.insert(key, ix);
        }
        ix
    }

    /// The ids that the events get, by row.
    fn events_ids(&mut self, dataset: &Dataset, moved: &mut Moved) -> Vec<String> {
        let mut ids = Vec::with_capacity(dataset.len());
        for row in dataset.rows() {
            let before = dataset.event_id(row).into_owned();
            let id = self.event_ids.free(&before, row.at());
            if id != before {
                moved.events.insert(before, id.clone());
            }
            ids.push(id);
        }
        ids
    }

    fn event(&mut self, dataset: &Dataset, row: EventRow, id: &str, layer: u8, moved: &Moved) {
        let plain = dataset.table().plain();
        let sources = plain.map_or(&[][..], |plain| plain.sources(row));
        let mut sources: Vec<SourceIx> = sources.iter().map(|s| moved.to.sources[s.at()]).collect();
        sources.extend(moved.told.get(&row).into_iter().flatten());
        if self.keeps_implied {
            for source in &sources {
                let claim = implied_id(id, &self.parts.sources[source.at()].id);
                self.claim_ids.reserved.insert(claim);
            }
        }
        let side = dataset.side(row);
        let side = side.and_then(|side| moved.sides.get(usize::from(side)).copied().flatten());
        let recorded = plain.is_none_or(|plain| plain.record(row).is_some());
        if recorded {
            let mut record = dataset.event(row).into_owned();
            id.clone_into(&mut record.id);
            renumber_record(&mut record, &moved.to);
            let own = record.side.take();
            record.side = own.and(side);
            self.events.push_record(record, &sources, side, layer);
            return;
        }
        let event: EventDetail = dataset.event(row).into_owned();
        let actor = |a: ActorIx| moved.to.actors[a.at()];
        let participants: Vec<_> = event
            .participants
            .iter()
            .map(|p| (actor(p.actor), p.role))
            .collect();
        let tolls: Vec<PlainToll> = event
            .tolls
            .iter()
            .map(|t| PlainToll {
                who: t.who.map(actor),
                ..PlainToll::from(t)
            })
            .collect();
        let attributes = plain.into_iter().flat_map(|p| p.attribute_values(row));
        let attributes: Vec<(u16, &str)> = attributes
            .map(|(column, text)| (moved.to.columns[usize::from(column)], text))
            .collect();
        self.events.push_wide(
            &PlainEvent {
                id: PlainId::of(id),
                extent: dataset
                    .table()
                    .is_dated(row)
                    .then(|| dataset.table().extent(row)),
                lon_lat: None,
                precision: event.precision,
                kind: event.kind,
                side,
                actor: None,
                place: event.place.map(|p| moved.to.places[p.at()]),
                killed: None,
                title: event.titles.get(""),
                notes: event.summary.get(""),
            },
            &WideEvent {
                participants: &participants,
                tolls: &tolls,
                sources: &sources,
                radius_m: event.radius_m,
                flags: &event.flags,
                when: event.when.as_ref(),
                geometry: event.geometry.as_ref(),
                attributes: &attributes,
                layer,
            },
        );
    }

    fn relations(&mut self, dataset: &Dataset, moved: &Moved) {
        for relation in dataset.relations() {
            let mut relation = relation.clone();
            relation.from = moved.to.actors[relation.from.at()];
            relation.to = moved.to.actors[relation.to.at()];
            renamed(&mut relation.ended_by, &moved.events);
            relation.id = self.relation_ids.free(&relation.id, 0);
            self.parts.relations.push(relation);
        }
    }

    /// Takes in a written claim, unless it goes without saying: then its source
    /// becomes one of the event's.
    fn claim(&mut self, claim: &Claim, dataset: &Dataset, moved: &mut Moved) {
        let source = moved.to.sources[claim.source.at()];
        if let Subject::Event(row) = claim.subject
            && dataset.goes_without_saying(claim)
        {
            moved.told.entry(row).or_default().push(source);
            return;
        }
        let mut claim = claim.clone();
        claim.source = source;
        claim.subject = match claim.subject {
            Subject::Event(row) => Subject::Event(EventRow::new(row.at() + moved.first_row)),
            Subject::Actor(actor) => Subject::Actor(moved.to.actors[actor.at()]),
            Subject::Place(place) => Subject::Place(moved.to.places[place.at()]),
            Subject::Source(source) => Subject::Source(moved.to.sources[source.at()]),
            Subject::Relation(relation) => {
                Subject::Relation(RelationIx::new(relation.at() + moved.first_relation))
            }
        };
        self.parts.claims.push(claim);
    }

    fn finish(mut self) -> Dataset {
        self.events.set_sides_derived(self.sides_derived);
        // Now that all ids of implied claims are known.
        for claim in &mut self.parts.claims {
            claim.id = self.claim_ids.free(&claim.id, 0);
        }
        let mut meta = self.heads.finish();
        if self.layers.len() > 1 {
            meta.layers = self.layers;
        }
        meta.id = fold(meta.title.get("")).replace(' ', "-");
        self.parts.meta = meta;
        Dataset::from_plain(self.parts, self.events, &|_, _| {})
    }
}
