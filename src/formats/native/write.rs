//! Writing the folder: stable under re-save, and atomic a file.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;
use serde_json::{Value, json};

use crate::dataset::{Dataset, RowSet};
use crate::formats::OpenError;
use crate::formats::import::Watch;
use crate::formats::write::{self, Scope, Target, WriteOptions};
use crate::model::{
    Actor, Certainty, Claim, EventDetail, Extra, Localised, Locator, Place, Relation, Source,
    Subject,
};

use super::{
    ACTORS_FILE, CLAIMS_FILE, DATASET_FILE, EVENTS_FILE, FORMAT, PLACES_FILE, RELATIONS_FILE,
    SCHEMA_VERSION, SOURCES_FILE, attributes, geometry, layers, timespans, v1,
};

/// The five tables beside the head and the events.
#[derive(Clone, Copy, Debug)]
pub(in crate::formats) enum Table {
    Actors,
    Relations,
    Places,
    Sources,
    Claims,
}

/// Takes the records of a table one after another.
type Put<'a> = &'a mut dyn FnMut(Value) -> io::Result<()>;

impl Table {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Actors,
        Self::Relations,
        Self::Places,
        Self::Sources,
        Self::Claims,
    ];

    /// The name of its list.
    pub fn list(self) -> &'static str {
        match self {
            Self::Actors => "actors",
            Self::Relations => "relations",
            Self::Places => "places",
            Self::Sources => "sources",
            Self::Claims => "claims",
        }
    }

    /// Its file.
    pub fn file(self) -> &'static str {
        match self {
            Self::Actors => ACTORS_FILE,
            Self::Relations => RELATIONS_FILE,
            Self::Places => PLACES_FILE,
            Self::Sources => SOURCES_FILE,
            Self::Claims => CLAIMS_FILE,
        }
    }

    /// Hands over its records, in order of their ids.
    ///
    /// # Errors
    /// What `put` answers with, or a value that JSON cannot hold.
    pub fn each(self, scope: &Scope<'_>, put: Put<'_>) -> io::Result<()> {
        let dataset = scope.dataset;
        match self {
            Self::Actors => each(
                scope.actors().filter(|a| !a.missing),
                |a| &a.id,
                |a| actor(scope, a),
                put,
            ),
            Self::Relations => each(scope.relations(), |r| &r.id, |r| relation(scope, r), put),
            Self::Places => each(scope.places().filter(|p| !p.missing), |p| &p.id, place, put),
            Self::Sources => each(
                scope.sources().filter(|s| !s.missing),
                |s| &s.id,
                source,
                put,
            ),
            Self::Claims => {
                let mut claims = scope.all_claims();
                claims.sort_by_cached_key(|ix| dataset.claim(*ix).id.clone());
                claims.into_iter().try_for_each(|ix| {
                    put(serde_json::to_value(claim(dataset, &dataset.claim(ix)))?)
                })
            }
        }
    }
}

fn each<'a, T: 'a, R: Serialize>(
    records: impl Iterator<Item = &'a T>,
    id: impl Fn(&T) -> &String,
    saved: impl Fn(&T) -> R,
    put: Put<'_>,
) -> io::Result<()> {
    let mut records: Vec<_> = records.collect();
    records.sort_by(|a, b| id(a).cmp(id(b)));
    for record in records {
        put(serde_json::to_value(saved(record))?)?;
    }
    Ok(())
}

/// Names of the files of a dataset, in the order in which they are written.
pub(in crate::formats) fn file_names() -> impl Iterator<Item = &'static str> {
    [DATASET_FILE, EVENTS_FILE]
        .into_iter()
        .chain(Table::ALL.map(Table::file))
}

/// Writes one file of a dataset. Members are sorted by name and records by id,
/// so that a second save changes nothing. `tick` is called before each event.
///
/// # Errors
/// When it cannot be written, when a value cannot be written as JSON, such as
/// a number that is not finite, or what `tick` answers with.
pub(in crate::formats) fn write_file(
    scope: &Scope<'_>,
    name: &str,
    out: &mut dyn Write,
    tick: &mut dyn FnMut() -> io::Result<()>,
) -> io::Result<()> {
    let meta = scope.dataset.meta();
    if let Some(table) = Table::ALL.into_iter().find(|t| t.file() == name) {
        let extra = meta.tables_extra.get(table.list()).cloned();
        let records = &mut |put: Put<'_>| table.each(scope, put);
        return list(&extra.unwrap_or_default(), table.list(), records, out);
    }
    if name == DATASET_FILE {
        out.write_all(text(&head(scope.dataset)?)?.as_bytes())?;
        return out.write_all(b"\n");
    }
    let mut extra = meta.events_extra.clone();
    extra.insert("type".to_owned(), json!("FeatureCollection"));
    let dataset = scope.dataset;
    let mut events: Vec<_> = scope.rows().collect();
    events.sort_by_cached_key(|row| dataset.event_id(*row).into_owned());
    let records = &mut |put: Put<'_>| {
        events.iter().try_for_each(|row| {
            tick()?;
            put(feature(dataset, &dataset.event(*row))?)
        })
    };
    list(&extra, "features", records, out)
}

/// Writes an object with a list of records among its members, laid out as
/// `serde_json` lays out.
fn list(
    others: &Extra,
    member: &str,
    records: &mut dyn FnMut(Put<'_>) -> io::Result<()>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut names: Vec<&str> = others.keys().map(String::as_str).collect();
    names.retain(|n| *n != member);
    names.push(member);
    names.sort_unstable();
    let mut before = "{";
    for name in names {
        write!(out, "{before}\n  {}: ", Value::from(name))?;
        before = ",";
        if name != member {
            out.write_all(indented(&others[name], "\n  ")?.as_bytes())?;
            continue;
        }
        let mut between = "[";
        records(&mut |record| {
            write!(out, "{between}\n    {}", indented(&record, "\n    ")?)?;
            between = ",";
            Ok(())
        })?;
        out.write_all(if between == "[" { b"[]" } else { b"\n  ]" })?;
    }
    out.write_all(b"\n}\n")
}

fn text(value: &Value) -> serde_json::Result<String> {
    serde_json::to_string_pretty(value)
}

/// A value over several lines, each set in: within texts there is no newline.
fn indented(value: &Value, newline: &str) -> serde_json::Result<String> {
    Ok(text(value)?.replace('\n', newline))
}

/// The dataset as file names and their text.
///
/// # Errors
/// When a value cannot be written as JSON, such as a number that is not finite.
pub fn to_files(dataset: &Dataset) -> io::Result<Vec<(&'static str, String)>> {
    let scope = Scope::whole(dataset);
    file_names()
        .map(|name| {
            let mut bytes = Vec::new();
            write_file(&scope, name, &mut bytes, &mut || Ok(()))?;
            let text = String::from_utf8(bytes).map_err(io::Error::other)?;
            Ok((name, text))
        })
        .collect()
}

/// Writes the whole dataset into `folder`, over what is there of it: see
/// [`write`](crate::formats::write::write).
///
/// # Errors
/// When it cannot be written; what was there is then untouched.
pub fn save(dataset: &Dataset, folder: &Path) -> Result<(), OpenError> {
    let options = WriteOptions {
        replace: true,
        ..WriteOptions::default()
    };
    let rows = RowSet::all(dataset.len());
    let watch = Watch::default();
    write::write(dataset, &rows, Target::Folder, folder, &options, &watch).map(|_| ())
}

fn loc(text: &Localised) -> BTreeMap<String, String> {
    let texts = text.iter();
    texts.map(|(k, v)| (k.to_owned(), v.to_owned())).collect()
}

fn yes(flag: bool) -> Option<bool> {
    flag.then_some(true)
}

/// Certainty is always written, so that nobody has to know the default.
#[allow(clippy::unnecessary_wraps, reason = "the member may be absent on disk")]
fn certainty(c: Certainty) -> Option<String> {
    Some(c.id().to_owned())
}

/// `dataset.json`.
pub(in crate::formats) fn head(dataset: &Dataset) -> serde_json::Result<Value> {
    let meta = dataset.meta();
    let has_view = meta.center.is_some()
        || meta.zoom.is_some()
        || meta.window.is_some()
        || !meta.view_extra.is_empty();
    serde_json::to_value(v1::Head {
        format: FORMAT.to_owned(),
        schema_version: SCHEMA_VERSION,
        id: meta.id.clone(),
        title: loc(&meta.title),
        description: loc(&meta.description),
        licence: meta.licence.clone(),
        attribution: meta.attribution.clone(),
        languages: meta.languages.clone(),
        sides: meta
            .sides
            .iter()
            .map(|s| v1::Side {
                id: s.id.clone(),
                label: loc(&s.label),
                extra: s.extra.clone(),
            })
            .collect(),
        view: has_view.then(|| v1::View {
            center: meta.center,
            zoom: meta.zoom,
            window: meta.window.clone(),
            extra: meta.view_extra.clone(),
        }),
        extra: layers::beside(&meta.layers, &meta.extra),
    })
}

fn actor_id(dataset: &Dataset, ix: crate::model::ActorIx) -> String {
    dataset.actor(ix).id.clone()
}

fn side_id(dataset: &Dataset, side: Option<u8>) -> Option<String> {
    let info = dataset.meta().sides.get(usize::from(side?))?;
    Some(info.id.clone())
}

/// One event as a feature of `events.geojson`.
///
/// # Errors
/// When a value cannot be written as JSON.
pub(in crate::formats) fn feature(dataset: &Dataset, e: &EventDetail) -> serde_json::Result<Value> {
    let layer = dataset.layers().get(usize::from(e.layer));
    let (when_extra, extra) = attributes::pack(e, layer.map(|l| l.id.as_str()));
    let properties = v1::EventProperties {
        title: e.titles.get("en").to_owned(),
        titles: loc(&e.titles),
        summary: loc(&e.summary),
        kind: e.kind.id().to_owned(),
        side: side_id(dataset, e.side),
        when: e.when.as_ref().map(|w| v1::WhenMember {
            edtf: w.edtf().to_owned(),
            extra: when_extra,
        }),
        place: e.place.map(|p| dataset.place(p).id.clone()),
        precision: e.precision.id().to_owned(),
        radius_m: e.radius_m,
        participants: e
            .participants
            .iter()
            .map(|p| v1::Participant {
                actor: actor_id(dataset, p.actor),
                role: p.role.id().to_owned(),
                certainty: certainty(p.certainty),
                inferred: yes(p.inferred),
                extra: p.extra.clone(),
            })
            .collect(),
        tolls: e
            .tolls
            .iter()
            .map(|t| v1::Toll {
                who: t.who.map(|w| actor_id(dataset, w)),
                what: t.what.id().to_owned(),
                low: t.low,
                best: t.best,
                high: t.high,
                extra: t.extra.clone(),
            })
            .collect(),
        flags: e.flags.iter().map(|f| f.id().to_owned()).collect(),
        extra,
    };
    let mut feature = e.feature_extra.clone();
    for (member, value) in [
        ("type", json!("Feature")),
        ("id", json!(e.id)),
        ("geometry", json!(e.geometry.as_ref().map(geometry::write))),
        ("properties", serde_json::to_value(properties)?),
    ] {
        feature.insert(member.to_owned(), value);
    }
    Ok(Value::Object(feature))
}

fn actor(scope: &Scope<'_>, a: &Actor) -> v1::Actor {
    v1::Actor {
        id: a.id.clone(),
        schema: a.schema.id().to_owned(),
        names: a
            .names
            .iter()
            .map(|n| v1::Name {
                name: n.name.clone(),
                kind: n.kind.id().to_owned(),
                lang: n.lang.clone(),
                when: n.when.as_ref().map(|w| w.edtf().to_owned()),
                extra: timespans::beside(n.when.as_ref(), &n.extra),
            })
            .collect(),
        side: side_id(scope.dataset, a.side),
        summary: loc(&a.summary),
        country: a.country.clone(),
        states: a
            .states
            .iter()
            .map(|s| v1::ActorState {
                state: s.state.id().to_owned(),
                when: s.when.edtf().to_owned(),
                event: s.event.clone().filter(|id| scope.refers(id)),
                certainty: certainty(s.certainty),
                inferred: yes(s.inferred),
                extra: timespans::beside(Some(&s.when), &s.extra),
            })
            .collect(),
        extra: a.extra.clone(),
    }
}

fn relation(scope: &Scope<'_>, r: &Relation) -> v1::Relation {
    v1::Relation {
        id: r.id.clone(),
        kind: r.kind.id().to_owned(),
        from: actor_id(scope.dataset, r.from),
        to: actor_id(scope.dataset, r.to),
        role: loc(&r.role),
        when: r.when.edtf().to_owned(),
        ended_by: r.ended_by.clone().filter(|id| scope.refers(id)),
        certainty: certainty(r.certainty),
        inferred: yes(r.inferred),
        extra: timespans::beside(Some(&r.when), &r.extra),
    }
}

fn place(p: &Place) -> v1::Place {
    let mut extra = p.extra.clone();
    if !p.within.is_empty() {
        let names: Vec<&str> = p.within.iter().map(AsRef::as_ref).collect();
        extra.insert("within".to_owned(), names.into());
    }
    v1::Place {
        id: p.id.clone(),
        names: loc(&p.names),
        geometry: p.geometry.as_ref().map(geometry::write),
        precision: p.precision.id().to_owned(),
        radius_m: p.radius_m,
        geonames: p.geonames,
        country: p.country.clone(),
        origin: p.origin.as_ref().map(|o| v1::Origin {
            source: o.source.clone(),
            reference: o.reference.clone(),
            note: loc(&o.note),
            extra: o.extra.clone(),
        }),
        extra,
    }
}

fn source(s: &Source) -> v1::Source {
    v1::Source {
        id: s.id.clone(),
        kind: s.kind.id().to_owned(),
        title: v1::Title::Localised(loc(&s.title)),
        author: s.author.clone(),
        publisher: s.publisher.clone(),
        language: s.language.clone(),
        published: s.published.as_ref().map(|w| w.edtf().to_owned()),
        published_inferred: yes(s.published_inferred),
        url: s.url.clone(),
        licence: s.licence.clone(),
        reliability: s.reliability.map(|r| r.id().to_owned()),
        summary: loc(&s.summary),
        document: s.document.as_ref().map(|d| v1::Document {
            name: d.name.clone(),
            sha256: d.sha256.clone(),
            chars: d.chars,
            media_type: d.media_type.clone(),
            extra: d.extra.clone(),
        }),
        extra: timespans::beside(s.published.as_ref(), &s.extra),
    }
}

fn claim(dataset: &Dataset, c: &Claim) -> v1::Claim {
    let (kind, id) = match c.subject {
        Subject::Event(x) => ("event", dataset.event_id(x).into_owned()),
        Subject::Actor(x) => ("actor", dataset.actor(x).id.clone()),
        Subject::Relation(x) => ("relation", dataset.relation(x).id.clone()),
        Subject::Place(x) => ("place", dataset.place(x).id.clone()),
        Subject::Source(x) => ("source", dataset.source(x).id.clone()),
    };
    v1::Claim {
        id: c.id.clone(),
        source: dataset.source(c.source).id.clone(),
        subject: v1::SubjectRef {
            kind: kind.to_owned(),
            id,
            extra: c.subject_extra.clone(),
        },
        attribute: c.attribute.clone(),
        value: c.value.clone(),
        stance: c.stance.id().to_owned(),
        shown: c.shown,
        inferred: yes(c.inferred),
        credibility: c.credibility,
        note: loc(&c.note),
        locator: c.locator.as_ref().map(|l| match l {
            Locator::Position { start, end, sha256 } => v1::Locator {
                kind: "TextPositionSelector".to_owned(),
                start: Some(*start),
                end: Some(*end),
                sha256: Some(sha256.clone()),
                value: None,
                extra: c.locator_extra.clone(),
            },
            Locator::Fragment(value) => v1::Locator {
                kind: "FragmentSelector".to_owned(),
                start: None,
                end: None,
                sha256: None,
                value: Some(value.clone()),
                extra: c.locator_extra.clone(),
            },
        }),
        extra: c.extra.clone(),
    }
}
