//! Where drafts become a dataset: actors, places and sources that have the same
//! name become one, and what a source tells of becomes a claim.

use std::collections::HashMap;

use geo::Geometry;
use serde_json::Value;

use crate::dataset::{Dataset, Meta, Parts};
use crate::formats::{Opened, Report, RowCounts};
use crate::model::time::When;
use crate::model::{
    Actor, ActorIx, Certainty, Claim, EventDetail, EventRow, Extra, Localised, Participant, Place,
    PlaceIx, Precision, Schema, Source, SourceIx, SourceKind, Stance, Subject, Toll, fold,
};

use super::{Draft, DraftSource, DraftTime, Findings, Watch};

/// A column of attributes, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Column(pub u16);

#[derive(Clone, Debug, PartialEq)]
struct Attribute {
    name: String,
    json: bool,
}

/// Collects drafts, and makes a dataset of them.
#[derive(Default)]
pub struct Gather {
    columns: Vec<Attribute>,
    parts: Parts,
    event_sources: Vec<Vec<SourceIx>>,
    actors: HashMap<String, ActorIx>,
    places: HashMap<String, PlaceIx>,
    sources: HashMap<String, SourceIx>,
    counts: RowCounts,
    /// What was wrong with the rows.
    pub findings: Findings,
}

impl Gather {
    /// Declares a column of attributes. With `json` its values are JSON texts,
    /// else plain texts. The same name twice is the same column.
    pub fn column(&mut self, name: &str, json: bool) -> Column {
        let at = self.columns.iter().position(|c| c.name == name);
        let at = at.unwrap_or_else(|| {
            self.columns.push(Attribute {
                name: name.to_owned(),
                json,
            });
            self.columns.len() - 1
        });
        Column(u16::try_from(at).unwrap_or(u16::MAX))
    }

    /// Number of events so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.parts.events.len()
    }

    /// Whether there is no event.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Notes that a row was read that becomes no event; why is a finding.
    pub fn skip(&mut self) {
        self.counts.read += 1;
        self.counts.skipped += 1;
    }

    /// Adds an event. One without an id gets one from `line`, its line or
    /// number in the file from 1.
    pub fn add(&mut self, draft: &Draft<'_>, line: u64) {
        self.counts.read += 1;
        self.counts.kept += 1;
        self.counts.without_place += u64::from(draft.geometry.is_none());
        let when = match &draft.time {
            DraftTime::Unknown => None,
            DraftTime::Extent(extent) => When::of_extent(*extent),
            DraftTime::When(when) => Some(when.clone()),
        };
        self.counts.without_date += u64::from(when.is_none());
        let participants: Vec<_> = draft
            .participants
            .iter()
            .map(|p| Participant {
                actor: self.actor(&p.name, p.schema),
                role: p.role,
                certainty: Certainty::Certain,
                inferred: false,
                extra: Extra::new(),
            })
            .collect();
        let tolls = draft
            .tolls
            .iter()
            .map(|t| Toll {
                who: t.who.and_then(|n| participants.get(n)).map(|p| p.actor),
                what: t.what,
                low: t.low,
                best: t.best,
                high: t.high,
                extra: Extra::new(),
            })
            .collect();
        let place = self.place(draft);
        let mut sources: Vec<_> = draft.sources.iter().map(|s| self.source(s)).collect();
        sources.sort_unstable();
        sources.dedup();
        self.event_sources.push(sources);
        let text = |text: &str| match text {
            "" => Localised::default(),
            text => Localised::new("und", text),
        };
        let mut extra = Extra::new();
        for (column, value) in &draft.attributes {
            if let Some(column) = self.columns.get(usize::from(column.0)) {
                let plain = || Value::String(value.clone().into_owned());
                let value = if column.json {
                    serde_json::from_str(value).unwrap_or_else(|_| plain())
                } else {
                    plain()
                };
                extra.insert(column.name.clone(), value);
            }
        }
        self.parts.events.push(EventDetail {
            id: if draft.id.is_empty() {
                format!("line-{line}")
            } else {
                draft.id.clone().into_owned()
            },
            titles: text(&draft.title),
            summary: text(&draft.summary),
            kind: draft.kind,
            side: None,
            when,
            geometry: draft.geometry.clone(),
            place,
            precision: draft.precision,
            radius_m: draft.radius_m,
            participants,
            tolls,
            flags: draft.flags.clone(),
            feature_extra: Extra::new(),
            extra,
        });
    }

    fn actor(&mut self, name: &str, schema: Schema) -> ActorIx {
        let key = fold(name);
        let actors = &mut self.parts.actors;
        *self.actors.entry(key).or_insert_with_key(|key| {
            let id = unique(key, "actor", actors.len());
            actors.push(Actor::named(id, name.trim().to_owned(), schema));
            ActorIx::new(actors.len() - 1)
        })
    }

    fn place(&mut self, draft: &Draft<'_>) -> Option<PlaceIx> {
        if draft.place.is_empty() {
            return None;
        }
        let mut key = fold(&draft.place);
        for part in &draft.within {
            key.push('/');
            key.push_str(&fold(part));
        }
        let places = &mut self.parts.places;
        Some(*self.places.entry(key).or_insert_with_key(|key| {
            places.push(Place {
                id: unique(key, "place", places.len()),
                names: Localised::new("und", draft.place.trim()),
                geometry: draft
                    .geometry
                    .clone()
                    .filter(|g| matches!(g, Geometry::Point(_))),
                precision: Precision::Unknown,
                radius_m: None,
                geonames: None,
                country: None,
                origin: None,
                missing: false,
                extra: Extra::new(),
            });
            PlaceIx::new(places.len() - 1)
        }))
    }

    fn source(&mut self, source: &DraftSource<'_>) -> SourceIx {
        let key = format!(
            "{}|{}|{}|{}",
            fold(&source.title),
            fold(&source.publisher),
            source.published,
            source.url
        );
        let sources = &mut self.parts.sources;
        *self.sources.entry(key).or_insert_with(|| {
            let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            let title = match &*source.title {
                "" if source.publisher.is_empty() => &*source.url,
                "" => &*source.publisher,
                title => title,
            };
            sources.push(Source {
                id: unique(&fold(title), "source", sources.len()),
                kind: SourceKind::Report,
                title: Localised::new("und", title),
                author: None,
                publisher: some(&source.publisher),
                language: None,
                published: When::parse(&source.published).ok(),
                published_inferred: false,
                url: some(&source.url),
                licence: None,
                reliability: None,
                summary: Localised::default(),
                document: None,
                missing: false,
                extra: Extra::new(),
            });
            SourceIx::new(sources.len() - 1)
        })
    }

    /// Adds what another gatherer has collected further down in the same file.
    pub fn append(&mut self, _other: Self) {
        unimplemented!("see the store");
    }

    /// Makes the dataset. `file` is what messages call the file, `format` what
    /// it was taken for, `meta` what it says of itself.
    #[must_use]
    pub fn finish(mut self, file: &str, format: &str, meta: Meta, watch: &Watch) -> Opened {
        let _ = watch;
        let mut report = Report {
            format: format.to_owned(),
            rows: self.counts,
            problems: Vec::new(),
        };
        self.findings.report(file, &mut report);
        self.parts.meta = meta;
        let mut order: Vec<usize> = (0..self.parts.events.len()).collect();
        let key = |at: &usize| {
            let event = &self.parts.events[*at];
            event.when.as_ref().map_or((i64::MAX, i64::MIN), |w| {
                (w.extent().start_earliest, w.extent().end_latest)
            })
        };
        order.sort_by_key(key);
        for (row, at) in order.iter().enumerate() {
            for source in &self.event_sources[*at] {
                self.parts.claims.push(Claim {
                    id: format!("claim-{}", self.parts.claims.len() + 1),
                    source: *source,
                    subject: Subject::Event(EventRow::new(row)),
                    attribute: "record".to_owned(),
                    value: Value::Null,
                    stance: Stance::Asserts,
                    shown: true,
                    inferred: false,
                    credibility: None,
                    note: Localised::default(),
                    locator: None,
                    locator_extra: Extra::new(),
                    subject_extra: Extra::new(),
                    extra: Extra::new(),
                });
            }
        }
        let mut events: Vec<_> = self.parts.events.into_iter().map(Some).collect();
        self.parts.events = order.iter().filter_map(|at| events[*at].take()).collect();
        (Dataset::new(self.parts), report)
    }
}

fn unique(key: &str, what: &str, number: usize) -> String {
    let slug = key.replace([' ', '/'], "-");
    match slug.is_empty() {
        true => format!("{what}-{}", number + 1),
        false => slug,
    }
}
