//! Writing the folder: stable under re-save, and atomic a file.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;
use serde_json::{Value, json};

use crate::dataset::Dataset;
use crate::formats::{OpenError, write_atomic};
use crate::model::{
    Actor, Certainty, Claim, EventDetail, Localised, Locator, Place, Relation, Source, Subject,
};

use super::{
    ACTORS_FILE, CLAIMS_FILE, DATASET_FILE, EVENTS_FILE, FORMAT, PLACES_FILE, RELATIONS_FILE,
    SCHEMA_VERSION, SOURCES_FILE, geometry, v1,
};

/// Member of [`EventDetail::extra`] under which the members of `when` other
/// than the EDTF string are kept.
pub(super) const WHEN_EXTRA: &str = "when";

/// The dataset as file names and their text. Members are sorted by name and
/// records by id, so that a second save changes nothing.
///
/// # Errors
/// When a value cannot be written as JSON, such as a number that is not finite.
pub fn to_files(dataset: &Dataset) -> Result<Vec<(&'static str, String)>, serde_json::Error> {
    let mut events: Vec<_> = dataset.rows().map(|r| dataset.event(r)).collect();
    events.sort_by(|a, b| a.id.cmp(&b.id));
    let features = events
        .into_iter()
        .map(|e| feature(dataset, &e))
        .collect::<Result<Vec<_>, _>>()?;
    let mut collection = dataset.meta().events_extra.clone();
    collection.insert("type".to_owned(), json!("FeatureCollection"));
    collection.insert("features".to_owned(), Value::Array(features));
    Ok(vec![
        (DATASET_FILE, text(&serde_json::to_value(head(dataset))?)?),
        (EVENTS_FILE, text(&Value::Object(collection))?),
        (
            ACTORS_FILE,
            table::<Actor, _>(
                dataset,
                "actors",
                dataset.actors().iter().filter(|a| !a.missing),
                |a| &a.id,
                |a| actor(dataset, a),
            )?,
        ),
        (
            RELATIONS_FILE,
            table::<Relation, _>(
                dataset,
                "relations",
                dataset.relations().iter(),
                |r| &r.id,
                |r| relation(dataset, r),
            )?,
        ),
        (
            PLACES_FILE,
            table::<Place, _>(
                dataset,
                "places",
                dataset.places().iter().filter(|p| !p.missing),
                |p| &p.id,
                place,
            )?,
        ),
        (
            SOURCES_FILE,
            table::<Source, _>(
                dataset,
                "sources",
                dataset.sources().iter().filter(|s| !s.missing),
                |s| &s.id,
                source,
            )?,
        ),
        (
            CLAIMS_FILE,
            table::<Claim, _>(
                dataset,
                "claims",
                dataset.all_claims(),
                |c| &c.id,
                |c| claim(dataset, c),
            )?,
        ),
    ])
}

/// Writes the dataset into `folder`, which is made if need be. Each file is
/// written beside its place, synced and renamed: a crash leaves the old or the
/// new file, whole.
///
/// # Errors
/// When the folder cannot be made or a file not be written.
pub fn save(dataset: &Dataset, folder: &Path) -> Result<(), OpenError> {
    let failed = |place: &Path, e: &dyn std::fmt::Display| {
        OpenError::new(
            place.display().to_string(),
            format!("it cannot be written ({e})"),
            "choose another folder, or make room",
        )
    };
    std::fs::create_dir_all(folder).map_err(|e| failed(folder, &e))?;
    for (name, text) in to_files(dataset).map_err(|e| failed(folder, &e))? {
        let path = folder.join(name);
        write_atomic(&path, text.as_bytes()).map_err(|e| failed(&path, &e))?;
    }
    Ok(())
}

fn text(value: &Value) -> Result<String, serde_json::Error> {
    let mut text = serde_json::to_string_pretty(value)?;
    text.push('\n');
    Ok(text)
}

fn table<T, R: Serialize>(
    dataset: &Dataset,
    member: &str,
    records: impl Iterator<Item = impl Borrow<T>>,
    id: impl Fn(&T) -> &String,
    saved: impl Fn(&T) -> R,
) -> Result<String, serde_json::Error> {
    let mut records: Vec<_> = records.collect();
    records.sort_by(|a, b| id(a.borrow()).cmp(id(b.borrow())));
    let records = records
        .iter()
        .map(|r| serde_json::to_value(saved(r.borrow())))
        .collect::<Result<Vec<_>, _>>()?;
    let extra = dataset.meta().tables_extra.get(member);
    let mut file = extra.cloned().unwrap_or_default();
    file.insert(member.to_owned(), Value::Array(records));
    text(&Value::Object(file))
}

fn loc(text: &Localised) -> BTreeMap<String, String> {
    text.as_map().clone()
}

fn yes(flag: bool) -> Option<bool> {
    flag.then_some(true)
}

/// Certainty is always written, so that nobody has to know the default.
#[allow(clippy::unnecessary_wraps, reason = "the member may be absent on disk")]
fn certainty(c: Certainty) -> Option<String> {
    Some(c.id().to_owned())
}

fn head(dataset: &Dataset) -> v1::Head {
    let meta = dataset.meta();
    let has_view = meta.center.is_some()
        || meta.zoom.is_some()
        || meta.window.is_some()
        || !meta.view_extra.is_empty();
    v1::Head {
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
        extra: meta.extra.clone(),
    }
}

fn actor_id(dataset: &Dataset, ix: crate::model::ActorIx) -> String {
    dataset.actor(ix).id.clone()
}

fn side_id(dataset: &Dataset, side: Option<u8>) -> Option<String> {
    let info = dataset.meta().sides.get(usize::from(side?))?;
    Some(info.id.clone())
}

fn feature(dataset: &Dataset, e: &EventDetail) -> Result<Value, serde_json::Error> {
    let mut extra = e.extra.clone();
    let when_extra = match extra.remove(WHEN_EXTRA) {
        Some(Value::Object(members)) => members,
        _ => serde_json::Map::new(),
    };
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

fn actor(dataset: &Dataset, a: &Actor) -> v1::Actor {
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
                extra: n.extra.clone(),
            })
            .collect(),
        side: side_id(dataset, a.side),
        summary: loc(&a.summary),
        country: a.country.clone(),
        states: a
            .states
            .iter()
            .map(|s| v1::ActorState {
                state: s.state.id().to_owned(),
                when: s.when.edtf().to_owned(),
                event: s.event.clone(),
                certainty: certainty(s.certainty),
                inferred: yes(s.inferred),
                extra: s.extra.clone(),
            })
            .collect(),
        extra: a.extra.clone(),
    }
}

fn relation(dataset: &Dataset, r: &Relation) -> v1::Relation {
    v1::Relation {
        id: r.id.clone(),
        kind: r.kind.id().to_owned(),
        from: actor_id(dataset, r.from),
        to: actor_id(dataset, r.to),
        role: loc(&r.role),
        when: r.when.edtf().to_owned(),
        ended_by: r.ended_by.clone(),
        certainty: certainty(r.certainty),
        inferred: yes(r.inferred),
        extra: r.extra.clone(),
    }
}

fn place(p: &Place) -> v1::Place {
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
        extra: p.extra.clone(),
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
        extra: s.extra.clone(),
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
