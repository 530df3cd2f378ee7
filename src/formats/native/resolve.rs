//! From ids to indices. What is referred to but not defined gets a stand-in,
//! so that no record is dropped, and one line in the report.

use std::collections::HashMap;

use crate::dataset::Parts;
use crate::formats::Report;
use crate::model::{
    Actor, ActorIx, Claim, ClaimIx, EventRow, Extra, Localised, Locator, Place, PlaceIx, Precision,
    Relation, RelationIx, RelationKind, Schema, Source, SourceIx, SourceKind, Stance, Subject,
};

use super::read_tables::{certainty, code, held};
use super::{CLAIMS_FILE, RELATIONS_FILE, v1};

/// A dataset under construction, with its ids.
pub struct Names {
    pub(super) parts: Parts,
    actors: HashMap<String, ActorIx>,
    places: HashMap<String, PlaceIx>,
    sources: HashMap<String, SourceIx>,
    relations: HashMap<String, RelationIx>,
    events: HashMap<String, EventRow>,
}

fn by_id<T, I>(list: &[T], id: fn(&T) -> &str, index: fn(usize) -> I) -> HashMap<String, I> {
    list.iter()
        .enumerate()
        .map(|(at, r)| (id(r).to_owned(), index(at)))
        .collect()
}

fn dangling(report: &mut Report, at: (&str, &str), what: &str, id: &str, file: &str) {
    report.error(
        at.0,
        at.1,
        format!("it refers to the {what} \"{id}\", which is not defined"),
        &format!("add it to {file}, or correct the id"),
    );
}

impl Names {
    /// Starts from the tables that refer to nothing.
    pub fn new(parts: Parts) -> Self {
        Self {
            actors: by_id(&parts.actors, |a| &a.id, ActorIx::new),
            places: by_id(&parts.places, |p| &p.id, PlaceIx::new),
            sources: by_id(&parts.sources, |s| &s.id, SourceIx::new),
            relations: HashMap::new(),
            events: HashMap::new(),
            parts,
        }
    }

    /// The actor with this id, or a stand-in.
    pub fn actor(&mut self, id: &str, at: (&str, &str), report: &mut Report) -> ActorIx {
        if let Some(&ix) = self.actors.get(id) {
            if self.parts.actors[ix.at()].missing {
                dangling(report, at, "actor", id, super::ACTORS_FILE);
            }
            return ix;
        }
        dangling(report, at, "actor", id, super::ACTORS_FILE);
        let ix = ActorIx::new(self.parts.actors.len());
        self.parts.actors.push(Actor {
            id: id.to_owned(),
            schema: Schema::LegalEntity,
            names: Vec::new(),
            side: None,
            summary: Localised::default(),
            country: Vec::new(),
            states: Vec::new(),
            missing: true,
            extra: Extra::new(),
        });
        self.actors.insert(id.to_owned(), ix);
        ix
    }

    /// The place with this id, or a stand-in.
    pub fn place(&mut self, id: &str, at: (&str, &str), report: &mut Report) -> PlaceIx {
        if let Some(&ix) = self.places.get(id) {
            return ix;
        }
        dangling(report, at, "place", id, super::PLACES_FILE);
        let ix = PlaceIx::new(self.parts.places.len());
        self.parts.places.push(Place {
            id: id.to_owned(),
            names: Localised::new("en", id),
            geometry: None,
            precision: Precision::Unknown,
            radius_m: None,
            geonames: None,
            country: None,
            within: Box::default(),
            origin: None,
            missing: true,
            extra: Extra::new(),
        });
        self.places.insert(id.to_owned(), ix);
        ix
    }

    fn source(&mut self, id: &str, at: (&str, &str), report: &mut Report) -> SourceIx {
        if let Some(&ix) = self.sources.get(id) {
            return ix;
        }
        dangling(report, at, "source", id, super::SOURCES_FILE);
        let ix = SourceIx::new(self.parts.sources.len());
        self.parts.sources.push(Source {
            id: id.to_owned(),
            kind: SourceKind::Reference,
            title: Localised::new("en", id),
            author: None,
            publisher: None,
            language: None,
            published: None,
            published_inferred: false,
            url: None,
            licence: None,
            reliability: None,
            summary: Localised::default(),
            document: None,
            missing: true,
            extra: Extra::new(),
        });
        self.sources.insert(id.to_owned(), ix);
        ix
    }

    /// Reads the relations.
    pub fn read_relations(&mut self, records: Vec<v1::Relation>, report: &mut Report) {
        for mut r in records {
            let at = (RELATIONS_FILE, r.id.as_str());
            let skipped = "the relation was skipped";
            let Some(when) = held(&r.when, &mut r.extra, at, skipped, report) else {
                continue;
            };
            let relation = Relation {
                kind: code(
                    &r.kind,
                    RelationKind::from_id,
                    RelationKind::Affiliation,
                    (at.0, at.1, "kind"),
                    report,
                ),
                from: self.actor(&r.from, at, report),
                to: self.actor(&r.to, at, report),
                role: Localised::from_map(r.role),
                when,
                certainty: certainty(r.certainty.as_deref(), at, report),
                inferred: r.inferred.unwrap_or(false),
                ended_by: r.ended_by,
                extra: r.extra,
                id: r.id,
            };
            self.relations.insert(
                relation.id.clone(),
                RelationIx::new(self.parts.relations.len()),
            );
            self.parts.relations.push(relation);
        }
    }

    /// Sorts the events by time, which fixes their rows.
    pub fn sort_events(&mut self) {
        self.parts.sort_events();
        self.events = by_id(&self.parts.events, |e| &e.id, EventRow::new);
    }

    /// Reads the claims; events must be sorted.
    pub fn read_claims(&mut self, records: Vec<v1::Claim>, report: &mut Report) {
        for c in records {
            let at = (CLAIMS_FILE, c.id.as_str());
            let Some(subject) = self.subject(&c.subject, at, report) else {
                continue;
            };
            let locator_extra = c.locator.as_ref().map(|l| l.extra.clone());
            let locator = c.locator.and_then(|l| locator(l, at, report));
            let source = self.source(&c.source, at, report);
            let stance = code(
                &c.stance,
                Stance::from_id,
                Stance::Asserts,
                (at.0, at.1, "stance"),
                report,
            );
            self.parts.claims.push(Claim {
                source,
                subject,
                stance,
                attribute: c.attribute,
                value: c.value,
                shown: c.shown,
                inferred: c.inferred.unwrap_or(false),
                credibility: c.credibility,
                note: Localised::from_map(c.note),
                locator,
                locator_extra: locator_extra.unwrap_or_default(),
                subject_extra: c.subject.extra,
                extra: c.extra,
                id: c.id,
            });
        }
        debug_assert!(ClaimIx::new(self.parts.claims.len()).0 < u32::MAX);
    }

    fn subject(
        &mut self,
        subject: &v1::SubjectRef,
        at: (&str, &str),
        report: &mut Report,
    ) -> Option<Subject> {
        let id = subject.id.as_str();
        let (found, file) = match subject.kind.as_str() {
            "actor" => (Some(Subject::Actor(self.actor(id, at, report))), ""),
            "place" => (Some(Subject::Place(self.place(id, at, report))), ""),
            "source" => (Some(Subject::Source(self.source(id, at, report))), ""),
            "event" => (
                self.events.get(id).copied().map(Subject::Event),
                super::EVENTS_FILE,
            ),
            "relation" => (
                self.relations.get(id).copied().map(Subject::Relation),
                RELATIONS_FILE,
            ),
            other => {
                report.error(
                    at.0,
                    at.1,
                    format!("subject type \"{other}\" is not known, the claim was skipped"),
                    "use event, actor, relation, place or source",
                );
                return None;
            }
        };
        if found.is_none() {
            report.error(
                at.0,
                at.1,
                format!(
                    "it is about the {} \"{id}\", which is not defined; the claim was skipped",
                    subject.kind
                ),
                &format!("add it to {file}, or correct the id"),
            );
        }
        found
    }

    /// The finished parts.
    pub fn finish(self) -> Parts {
        self.parts
    }
}

fn locator(l: v1::Locator, at: (&str, &str), report: &mut Report) -> Option<Locator> {
    let bad = |what: &str, report: &mut Report| {
        report.error(at.0, at.1, what.to_owned(), "correct the locator");
        None
    };
    match (l.kind.as_str(), l.start, l.end, l.sha256, l.value) {
        ("TextPositionSelector", Some(start), Some(end), Some(sha256), _) => {
            if start >= end {
                return bad("its locator ends before it starts", report);
            }
            Some(Locator::Position {
                start,
                end,
                sha256: sha256.to_ascii_lowercase(),
            })
        }
        ("TextPositionSelector", ..) => bad(
            "its TextPositionSelector lacks start, end or sha256",
            report,
        ),
        ("FragmentSelector", .., Some(value)) => Some(Locator::Fragment(value)),
        (kind, ..) => bad(&format!("its locator \"{kind}\" is not known"), report),
    }
}
