//! Entities become actors, places, sources, relations and events.

use std::collections::{BTreeMap, HashMap};

use geo::Geometry;

use crate::formats::Severity;
use crate::formats::features::checked_point;
use crate::formats::import::{Findings, Gather, Wrong};
use crate::model::time::When;
use crate::model::{ActorIx, Localised, Place, PlaceIx, Precision, SourceIx};

mod actors;
mod events;
mod relations;
mod sources;

use super::entity::Entity;
use super::own;
use super::schema::{Sort, sort};

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

const TOO_MANY: Wrong = Wrong {
    id: "too-many-pairs",
    severity: Severity::Error,
    what: "it ties each of many to each of many others; the pairs beyond the first were left out",
    remedy: "write an entity for each pair",
};

/// Pairs that one entity may tie, where those that it names are fewer.
const MOST_PAIRS: usize = 1_000;

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

    /// Each of one list with each of another, at most so many. Tells at which
    /// property and line some were left out.
    fn pairs<'a>(
        &mut self,
        left: &'a [String],
        right: &'a [String],
        most: usize,
        (property, line): (&str, u64),
    ) -> Vec<(&'a str, &'a str)> {
        let all = left.len().saturating_mul(right.len());
        let kept = most.min(MOST_PAIRS.max(left.len() + right.len())).min(all);
        if kept < all {
            let told = format!("{all} pairs, {kept} kept");
            self.gather.findings.note(&TOO_MANY, property, line, &told);
        }
        let pairs = left
            .iter()
            .flat_map(|a| right.iter().map(|b| (a.as_str(), b.as_str())));
        pairs.take(kept).collect()
    }

    fn when(&mut self, entity: &mut Entity, open: bool) -> Option<When> {
        let (when, wrong) = entity.take_when(open);
        if let Some(text) = wrong {
            let findings = &mut self.gather.findings;
            findings.note(&NO_DATE, &entity.schema, entity.line, &text);
        }
        when
    }
}

fn texts(text: Option<String>) -> Localised {
    text.map_or_else(Localised::default, |t| Localised::new("und", &t))
}
