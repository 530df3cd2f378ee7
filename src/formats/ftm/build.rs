//! Entities become actors, places, sources, relations and events.

use std::collections::{BTreeMap, HashMap};

use geo::Geometry;

use crate::formats::Severity;
use crate::formats::features::checked_point;
use crate::formats::import::{DraftSource, Findings, Gather, Wrong};
use crate::model::time::When;
use crate::model::{
    Actor, ActorIx, ActorName, Certainty, EventDetail, Extra, Localised, NameType, Participant,
    Place, PlaceIx, Precision, Relation, Role, Schema, Source, SourceIx, SourceKind,
};

use super::entity::Entity;
use super::own;
use super::schema::{Link, Sort, role, sort};

const TWICE: Wrong = Wrong {
    id: "same-id",
    severity: Severity::Error,
    what: "the id stands twice; the later entity was skipped",
    remedy: "merge the two, as with ftm aggregate",
};
const MISSING: Wrong = Wrong {
    id: "missing-entity",
    severity: Severity::Error,
    what: "it refers to an entity that the file does not have; a stand-in was made",
    remedy: "add it to the file, or correct the id",
};
const NO_END: Wrong = Wrong {
    id: "no-end",
    severity: Severity::Error,
    what: "the relation lacks one of its two ends, and was skipped",
    remedy: "name both",
};
const UNDATED: Wrong = Wrong {
    id: "undated-relation",
    severity: Severity::Warning,
    what: "the relation has no date: it is taken to have held in some unknown year (XXXX)",
    remedy: "give it a startDate or endDate where they are known",
};
const NO_DATE: Wrong = Wrong {
    id: "no-date",
    severity: Severity::Error,
    what: "it is no date, or an end before the start; it was kept without it",
    remedy: "write dates as 2014-05-01",
};
const UNKNOWN: Wrong = Wrong {
    id: "unknown-schema",
    severity: Severity::Warning,
    what: "entities of this schema are neither events nor actors nor what ties them, and were left out",
    remedy: "nothing has to be done",
};
const TAKEN_AS_EVENT: Wrong = Wrong {
    id: "taken-as-event",
    severity: Severity::Warning,
    what: "the schema is not known, but it has a date: it was taken for an event",
    remedy: "nothing has to be done",
};
const NO_POSITION: Wrong = Wrong {
    id: "geometry-position",
    severity: Severity::Error,
    what: "latitude and longitude are not two numbers; it was kept without position",
    remedy: "correct the two",
};

/// Properties of an actor that are further names.
const NAMES: [(&str, NameType); 4] = [
    ("alias", NameType::Alias),
    ("weakAlias", NameType::Spelling),
    ("previousName", NameType::Alias),
    ("abbreviation", NameType::Alias),
];

/// Builds a dataset from entities.
pub(super) struct Builder {
    pub gather: Gather,
    actors: HashMap<String, ActorIx>,
    places: HashMap<String, PlaceIx>,
    sources: HashMap<String, SourceIx>,
    ours: own::Ours,
    /// Positions that only one event has, by their addresses.
    positions: HashMap<String, Geometry<f64>>,
    /// Documents by what they tell of.
    told: HashMap<String, Vec<String>>,
}

impl Builder {
    pub fn new(findings: Findings) -> Self {
        let mut gather = Gather::default();
        gather.findings = findings;
        Self {
            gather,
            actors: HashMap::new(),
            places: HashMap::new(),
            sources: HashMap::new(),
            ours: own::Ours::default(),
            positions: HashMap::new(),
            told: HashMap::new(),
        }
    }

    /// What is referred to comes before what refers to it.
    pub fn build(&mut self, entities: Vec<Entity>) {
        self.ours = own::Ours::of(&entities);
        let mut seen = std::collections::HashSet::new();
        let mut by_turn: BTreeMap<u8, Vec<(Sort, Entity)>> = BTreeMap::new();
        for entity in entities {
            if !seen.insert(entity.id.clone()) {
                self.gather
                    .findings
                    .note(&TWICE, "", entity.line, &entity.id);
                self.gather.skip();
                continue;
            }
            let mut sort = sort(&entity.schema);
            if sort == Sort::Unknown && entity.is_dated() {
                let findings = &mut self.gather.findings;
                findings.note(&TAKEN_AS_EVENT, &entity.schema, entity.line, &entity.id);
                sort = Sort::Event;
            }
            let turn = match sort {
                Sort::Address => 0,
                Sort::Source => 1,
                Sort::Documentation => 2,
                Sort::Actor(_) => 3,
                Sort::Relation(_) => 4,
                Sort::Event => 5,
                Sort::Unknown => 6,
            };
            by_turn.entry(turn).or_default().push((sort, entity));
        }
        for (sort, entity) in by_turn.into_values().flatten() {
            match sort {
                Sort::Address if self.ours.positions.contains(&entity.id) => {
                    self.own_position(entity);
                }
                Sort::Address => self.address(entity),
                Sort::Source => self.document(entity),
                Sort::Documentation => self.documentation(&entity),
                Sort::Actor(schema) => self.actor(entity, schema),
                Sort::Relation(link) => self.relation(entity, link),
                Sort::Event => self.event(entity),
                Sort::Unknown => {
                    let findings = &mut self.gather.findings;
                    findings.note(&UNKNOWN, &entity.schema, entity.line, &entity.id);
                    self.gather.skip();
                }
            }
        }
    }

    fn position(&mut self, entity: &mut Entity) -> Option<Geometry<f64>> {
        let (lat, lon) = (entity.first(&["latitude"])?, entity.first(&["longitude"])?);
        let value = format!("{lon}, {lat}");
        let point = match (lon.trim().parse(), lat.trim().parse()) {
            (Ok(x), Ok(y)) => checked_point(x, y),
            _ => Err(&NO_POSITION),
        };
        match point {
            Ok(point) => {
                entity.take_first("latitude");
                entity.take_first("longitude");
                Some(point.into())
            }
            Err(wrong) => {
                self.gather
                    .findings
                    .note(wrong, "latitude", entity.line, &value);
                None
            }
        }
    }

    fn own_position(&mut self, mut entity: Entity) {
        if let Some(position) = self.position(&mut entity) {
            self.positions.insert(entity.id, position);
        }
    }

    fn address(&mut self, mut entity: Entity) {
        let geometry = self.position(&mut entity);
        let name = entity
            .take_first("full")
            .or_else(|| entity.take_first("name"));
        entity.drop_said("name", name.as_deref());
        let name = name.unwrap_or_else(|| {
            let parts = ["street", "city", "region", "country"];
            let parts = parts.iter().filter_map(|p| entity.first(&[p]));
            parts.collect::<Vec<_>>().join(", ")
        });
        let country = entity.take_first("country").map(|c| c.to_uppercase());
        let id = self.ours.id(&entity.id);
        let places = &mut self.gather.parts_mut().places;
        let place = PlaceIx::new(places.len());
        self.places.insert(entity.id.clone(), place);
        places.push(Place {
            names: Localised::new("und", if name.is_empty() { &id } else { &name }),
            // An address may be that of a house or of a country.
            precision: Precision::Unknown,
            geometry,
            radius_m: None,
            geonames: None,
            country,
            within: Box::default(),
            origin: None,
            missing: false,
            extra: entity.rest(),
            id,
        });
    }

    fn document(&mut self, mut entity: Entity) {
        let title = ["title", "name", "fileName", "subject"]
            .iter()
            .find_map(|n| entity.take_first(n));
        entity.drop_said("name", title.as_deref());
        let published = ["publishedAt", "date", "authoredAt"]
            .iter()
            .find_map(|n| When::parse(entity.first(&[n])?).ok().map(|w| (*n, w)));
        if let Some((name, _)) = &published {
            entity.take_first(name);
        }
        let id = self.ours.id(&entity.id);
        let sources = &mut self.gather.parts_mut().sources;
        let source = SourceIx::new(sources.len());
        self.sources.insert(entity.id.clone(), source);
        sources.push(Source {
            kind: SourceKind::Report,
            title: Localised::new("und", title.as_deref().unwrap_or(&id)),
            author: entity.take_first("author"),
            publisher: entity.take_first("publisher"),
            language: entity.take_first("language"),
            published: published.map(|(_, when)| when),
            published_inferred: false,
            url: entity
                .take_first("sourceUrl")
                .or_else(|| entity.take_first("publisherUrl")),
            licence: None,
            reliability: None,
            summary: texts(
                entity
                    .take_first("summary")
                    .or_else(|| entity.take_first("description")),
            ),
            document: None,
            missing: false,
            extra: entity.rest(),
            id,
        });
    }

    fn documentation(&mut self, entity: &Entity) {
        for document in entity.all("document") {
            for about in entity.all("entity") {
                self.told
                    .entry(about.clone())
                    .or_default()
                    .push(document.clone());
            }
        }
    }

    fn actor(&mut self, mut entity: Entity, schema: Schema) {
        let mut names: Vec<(String, NameType)> = Vec::new();
        let given = entity.take("name").into_iter();
        names.extend(given.enumerate().map(|(at, name)| {
            (
                name,
                if at == 0 {
                    NameType::Primary
                } else {
                    NameType::Spelling
                },
            )
        }));
        for (property, kind) in NAMES {
            let others = entity.take(property).into_iter();
            names.extend(others.map(|name| (name, kind)));
        }
        if names.is_empty() {
            let parts = [entity.first(&["firstName"]), entity.first(&["lastName"])];
            let name = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
            let name = if name.is_empty() {
                entity.id.clone()
            } else {
                name
            };
            names.push((name, NameType::Primary));
        }
        let country = ["country", "nationality", "jurisdiction"];
        let country = country.iter().find(|n| !entity.all(n).is_empty());
        let country = country.map_or_else(Vec::new, |n| entity.take(n));
        let id = entity.id.clone();
        let mut actor = Actor::named(self.ours.id(&id), String::new(), schema);
        actor.names = names
            .into_iter()
            .map(|(name, kind)| ActorName {
                name,
                kind,
                lang: None,
                when: None,
                extra: Extra::new(),
            })
            .collect();
        actor.country = country.into_iter().map(|c| c.to_uppercase()).collect();
        actor.summary = texts(
            entity
                .take_first("summary")
                .or_else(|| entity.take_first("description")),
        );
        // Nothing of a source is lost, though no claim of ours is about actors alone.
        actor.extra = entity.rest();
        let actors = &mut self.gather.parts_mut().actors;
        self.actors.insert(id, ActorIx::new(actors.len()));
        actors.push(actor);
    }

    /// The actor of an id, or a stand-in.
    fn actor_of(&mut self, id: &str, property: &str, line: u64) -> ActorIx {
        if let Some(known) = self.actors.get(id) {
            return *known;
        }
        self.gather.findings.note(&MISSING, property, line, id);
        let actors = &mut self.gather.parts_mut().actors;
        let mut actor = Actor::named(id.to_owned(), id.to_owned(), Schema::LegalEntity);
        actor.missing = true;
        let ix = ActorIx::new(actors.len());
        actors.push(actor);
        self.actors.insert(id.to_owned(), ix);
        ix
    }

    fn when(&mut self, entity: &mut Entity, open: bool) -> Option<When> {
        let (when, wrong) = entity.take_when(open);
        if let Some(text) = wrong {
            let findings = &mut self.gather.findings;
            findings.note(&NO_DATE, &entity.schema, entity.line, &text);
        }
        when
    }

    fn relation(&mut self, mut entity: Entity, ends: Link) {
        let (from, to) = (entity.take(ends.from), entity.take(ends.to));
        if from.is_empty() || to.is_empty() {
            let property = if from.is_empty() { ends.from } else { ends.to };
            self.gather
                .findings
                .note(&NO_END, property, entity.line, &entity.id);
            self.gather.skip();
            return;
        }
        let line = entity.line;
        let Some(when) = self.when(&mut entity, true).or_else(|| {
            self.gather
                .findings
                .note(&UNDATED, &entity.schema, line, &entity.id);
            When::parse("XXXX").ok()
        }) else {
            return;
        };
        let role = ["role", "relationship", "position", "summary"]
            .iter()
            .find_map(|n| entity.take_first(n));
        let (_, id) = own::record_id(&mut entity);
        let schema = entity.schema.clone();
        let mut extra = entity.rest();
        extra.insert("schema".to_owned(), schema.into());
        let mut number = 0;
        for a in &from {
            for b in &to {
                number += 1;
                let relation = Relation {
                    id: if number == 1 {
                        id.clone()
                    } else {
                        format!("{id}-{number}")
                    },
                    kind: ends.kind,
                    from: self.actor_of(a, ends.from, line),
                    to: self.actor_of(b, ends.to, line),
                    role: texts(role.clone()),
                    when: when.clone(),
                    ended_by: None,
                    certainty: Certainty::Certain,
                    inferred: false,
                    extra: extra.clone(),
                };
                self.gather.parts_mut().relations.push(relation);
            }
        }
    }

    /// The sources of an event: documents that are tied to it, its proofs, and
    /// what its own properties name.
    fn sources_of(&mut self, entity: &mut Entity) -> Vec<SourceIx> {
        let mut ids = entity.take("proof");
        ids.extend(self.told.remove(&entity.id).unwrap_or_default());
        let mut sources = Vec::new();
        for id in ids {
            let source = if let Some(known) = self.sources.get(&id) {
                *known
            } else {
                self.gather
                    .findings
                    .note(&MISSING, "proof", entity.line, &id);
                let source = self.gather.source(&DraftSource {
                    title: id.as_str().into(),
                    ..DraftSource::default()
                });
                self.gather.source_mut(source).missing = true;
                source
            };
            sources.push(source);
        }
        let publisher = entity.take_first("publisher").unwrap_or_default();
        let mut urls = entity.take("sourceUrl");
        // The address of a proof is no source of its own.
        let known = &self.gather.parts_mut().sources;
        urls.retain(|url| {
            sources
                .iter()
                .all(|s| known[s.at()].url.as_ref() != Some(url))
        });
        if urls.is_empty() && !publisher.is_empty() {
            urls.extend(entity.take_first("publisherUrl").or(Some(String::new())));
        }
        for url in urls {
            sources.push(self.gather.source(&DraftSource {
                title: "".into(),
                publisher: publisher.as_str().into(),
                published: "".into(),
                url: url.into(),
            }));
        }
        sources.sort_unstable();
        sources.dedup();
        sources
    }

    /// Where an event was: its own position, or that of an address.
    fn place_of(&mut self, entity: &mut Entity) -> (Option<PlaceIx>, Option<Geometry<f64>>) {
        let own = self.position(entity);
        let alone = entity.first(&["addressEntity"]);
        let alone = alone.and_then(|id| self.positions.remove(id));
        if alone.is_some() {
            entity.take_first("addressEntity");
        }
        let own = own.or(alone);
        let mut place = None;
        for property in ["addressEntity", "locationEntity", "location", "address"] {
            let known = entity
                .first(&[property])
                .and_then(|id| self.places.get(id).copied());
            if let Some(known) = known {
                place = Some(known);
                entity.take_first(property);
                let name = self.gather.place_mut(known).names.get("").to_owned();
                entity.drop_said("location", Some(&name));
                break;
            }
        }
        if place.is_none()
            && let Some(name) = entity
                .take_first("location")
                .or_else(|| entity.take_first("address"))
        {
            let within: Vec<String> = entity
                .first(&["country"])
                .map(str::to_owned)
                .into_iter()
                .collect();
            let within: Vec<&str> = within.iter().map(String::as_str).collect();
            place = Some(self.gather.place(&name, &within));
        }
        let geometry =
            own.or_else(|| place.and_then(|p| self.gather.place_mut(p).geometry.clone()));
        (place, geometry)
    }

    fn event(&mut self, mut entity: Entity) {
        let line = entity.line;
        let when = self.when(&mut entity, false);
        let sources = self.sources_of(&mut entity);
        let (place, geometry) = self.place_of(&mut entity);
        let notes = own::notes(&mut entity, &|id| self.actors.get(id).copied());
        let mut participants = notes.participants;
        // Those of whom no more is said than that they took part come last.
        let mut properties: Vec<String> = entity.properties.keys().cloned().collect();
        properties.sort_by_key(|p| role(p) == Some(Role::Other));
        for property in properties {
            let part = role(&property);
            let named = entity
                .all(&property)
                .iter()
                .any(|v| self.actors.contains_key(v));
            if part.is_none() && !named {
                continue;
            }
            for id in entity.take(&property) {
                let actor = self.actor_of(&id, &property, line);
                let role = part.unwrap_or(Role::Other);
                if role != Role::Other || participants.iter().all(|p| p.actor != actor) {
                    participants.push(Participant::stated(actor, role));
                }
            }
        }
        let kind = own::kind(&mut entity);
        let title = entity
            .take_first("name")
            .or_else(|| entity.take_first("title"));
        let summary = entity
            .take_first("summary")
            .or_else(|| entity.take_first("description"));
        let (is_ours, id) = own::record_id(&mut entity);
        let schema = entity.schema.clone();
        let mut extra = entity.rest();
        if schema != "Event" {
            extra.insert("schema".to_owned(), schema.into());
        }
        let titles = if title.as_ref() == Some(&id) && is_ours {
            // It had none, and every entity must be called something.
            Localised::default()
        } else {
            texts(title)
        };
        let record = EventDetail {
            titles,
            summary: texts(summary),
            kind,
            side: None,
            when: notes.when.or(when),
            place,
            precision: notes.precision.unwrap_or(Precision::Unknown),
            geometry,
            radius_m: notes.radius_m,
            participants,
            tolls: notes.tolls,
            flags: notes.flags,
            layer: 0,
            feature_extra: Extra::new(),
            extra,
            id,
        };
        self.gather.record(record, &sources, line);
    }
}

fn texts(text: Option<String>) -> Localised {
    text.map_or_else(Localised::default, |t| Localised::new("und", &t))
}
