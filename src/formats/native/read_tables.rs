//! The tables that refer to nothing: places, sources, actors; and the head.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::dataset::{Meta, SideInfo};
use crate::formats::Report;
use crate::model::time::{When, Window};
use crate::model::{
    Actor, ActorName, ActorState, Certainty, Document, Extra, Localised, NameType, Origin, Place,
    Precision, Reliability, Schema, Source, SourceKind, State,
};

use super::{
    ACTORS_FILE, DATASET_FILE, PLACES_FILE, SOURCES_FILE, geometry, layers, timespans, v1,
};

/// Reads `dataset.json`.
pub fn meta(head: &Value, report: &mut Report) -> Meta {
    let head: v1::Head = match serde_json::from_value(head.clone()) {
        Ok(head) => head,
        Err(e) => {
            report.error(
                DATASET_FILE,
                "",
                format!("it is not as the schema asks ({e})"),
                "correct that member",
            );
            return Meta::default();
        }
    };
    let mut extra = head.extra;
    let layers = layers::take(&mut extra, report);
    let mut view = head.view;
    if let Some(view) = &mut view {
        check_view(view, report);
    }
    let window = view.as_ref().and_then(|v| v.window.clone());
    Meta {
        id: head.id,
        title: Localised::from_map(head.title),
        description: Localised::from_map(head.description),
        licence: head.licence,
        attribution: head.attribution,
        languages: head.languages,
        sides: head
            .sides
            .into_iter()
            .map(|s| SideInfo {
                id: s.id,
                label: Localised::from_map(s.label),
                extra: s.extra,
            })
            .collect(),
        layers,
        center: view.as_ref().and_then(|v| v.center),
        zoom: view.as_ref().and_then(|v| v.zoom),
        window,
        view_extra: view.map(|v| v.extra).unwrap_or_default(),
        events_extra: Extra::new(),
        tables_extra: BTreeMap::new(),
        extra,
    }
}

/// Reports what makes no sense in the default view, and does without it.
fn check_view(view: &mut v1::View, report: &mut Report) {
    let mut wrong = |what: String, remedy: &str| {
        report.error(DATASET_FILE, "view", what, remedy);
    };
    if let Some(window) = view.window.take_if(|w| Window::parse(w).is_err()) {
        wrong(
            format!("its window \"{window}\" is not EDTF"),
            "write for example \"2012/2024\"",
        );
    }
    let off = |[lon, lat]: &mut [f64; 2]| {
        !(-180.0..=180.0).contains(lon) || !(-90.0..=90.0).contains(lat)
    };
    if let Some([lon, lat]) = view.center.take_if(off) {
        wrong(
            format!("its center [{lon}, {lat}] is not on the map"),
            "write longitude -180 to 180, latitude -90 to 90",
        );
    }
    if let Some(zoom) = view.zoom.take_if(|z| !(0.0..=19.0).contains(z)) {
        wrong(format!("its zoom {zoom} is not 0 to 19"), "correct it");
    }
}

/// The records of one table, each with its id for messages. A record that is
/// not as the schema asks is reported and skipped.
pub fn records<T: DeserializeOwned>(
    file: &Value,
    name: &str,
    member: &str,
    report: &mut Report,
) -> Vec<T> {
    let Some(list) = file.get(member).and_then(Value::as_array) else {
        report.error(
            name,
            "",
            format!("it has no list \"{member}\""),
            "write the records as a list under that member",
        );
        return Vec::new();
    };
    let mut seen = std::collections::HashSet::new();
    let mut out = Vec::with_capacity(list.len());
    for (at, record) in list.iter().enumerate() {
        let id = record.get("id").and_then(Value::as_str).unwrap_or("");
        let place = if id.is_empty() {
            format!("{member}[{at}]")
        } else {
            id.to_owned()
        };
        if !id.is_empty() && !seen.insert(id.to_owned()) {
            report.error(
                name,
                place,
                "the id stands twice, this record was skipped".to_owned(),
                "give each record an id of its own",
            );
            continue;
        }
        match T::deserialize(record) {
            Ok(r) => out.push(r),
            Err(e) => report.error(
                name,
                place,
                format!("the record is not as the schema asks ({e}), it was skipped"),
                "correct that member",
            ),
        }
    }
    out
}

/// The member of a coded enum with this id, or the fallback and a report.
pub fn code<T: Copy>(
    id: &str,
    from_id: fn(&str) -> Option<T>,
    fallback: T,
    at: (&str, &str, &str),
    report: &mut Report,
) -> T {
    from_id(id).unwrap_or_else(|| {
        let (file, place, member) = at;
        report.error(
            file,
            place,
            format!("{member} \"{id}\" is not known"),
            "use one of the values of the data model",
        );
        fallback
    })
}

/// What becomes of a record whose date is no part of what it is.
pub const KEPT: &str = "the record is kept without it";

/// Parses an EDTF member, reporting what is wrong with it; `kept` says what
/// becomes of the record.
pub fn when(text: &str, at: (&str, &str), kept: &str, report: &mut Report) -> Option<When> {
    let (file, place) = at;
    When::parse(text)
        .map_err(|e| {
            report.error(
                file,
                place,
                format!("the date is not EDTF: {e}; {kept}"),
                "correct it",
            );
        })
        .ok()
}

/// The same of a record whose foreign members may hold its bounds.
pub fn held(
    text: &str,
    members: &mut Extra,
    at: (&str, &str),
    kept: &str,
    report: &mut Report,
) -> Option<When> {
    let when = when(text, at, kept, report)?;
    Some(timespans::read(when, members, at, report))
}

/// Reads the places.
pub fn places(records: Vec<v1::Place>, report: &mut Report) -> Vec<Place> {
    records
        .into_iter()
        .map(|p| {
            let geometry = p.geometry.as_ref().map_or(Ok(None), geometry::parse);
            let geometry = geometry.unwrap_or_else(|e| {
                report.error(PLACES_FILE, &p.id, e, "correct the geometry");
                None
            });
            let precision = code(
                &p.precision,
                Precision::from_id,
                Precision::Unknown,
                (PLACES_FILE, &p.id, "precision"),
                report,
            );
            let (within, extra) = within(p.extra);
            Place {
                names: Localised::from_map(p.names),
                within,
                geometry,
                precision,
                radius_m: p.radius_m,
                geonames: p.geonames,
                country: p.country,
                origin: p.origin.map(|o| Origin {
                    source: o.source,
                    reference: o.reference,
                    note: Localised::from_map(o.note),
                    extra: o.extra,
                }),
                missing: false,
                extra,
                id: p.id,
            }
        })
        .collect()
}

/// What a place lies in, if it is a list of names; anything else is a member
/// of somebody else's.
fn within(mut extra: Extra) -> (Box<[Box<str>]>, Extra) {
    let list = extra.get("within").and_then(Value::as_array);
    let names = list.map(|list| {
        let names = list.iter().map(|name| name.as_str().map(Into::into));
        names.collect::<Option<Box<[Box<str>]>>>()
    });
    match names.flatten().filter(|names| !names.is_empty()) {
        Some(names) => {
            extra.remove("within");
            (names, extra)
        }
        None => (Box::default(), extra),
    }
}

/// Reads the sources.
pub fn sources(records: Vec<v1::Source>, report: &mut Report) -> Vec<Source> {
    records
        .into_iter()
        .map(|mut s| {
            let published = s.published.take().and_then(|w| {
                let at = (SOURCES_FILE, s.id.as_str());
                held(&w, &mut s.extra, at, KEPT, report)
            });
            let at = |member| (SOURCES_FILE, s.id.as_str(), member);
            Source {
                kind: code(
                    &s.kind,
                    SourceKind::from_id,
                    SourceKind::Report,
                    at("kind"),
                    report,
                ),
                reliability: s.reliability.as_deref().map(|r| {
                    code(
                        r,
                        Reliability::from_id,
                        Reliability::F,
                        at("reliability"),
                        report,
                    )
                }),
                title: match s.title {
                    v1::Title::Plain(t) => Localised::new("en", &t),
                    v1::Title::Localised(t) => Localised::from_map(t),
                },
                author: s.author,
                publisher: s.publisher,
                language: s.language,
                published,
                published_inferred: s.published_inferred.unwrap_or(false),
                url: s.url,
                licence: s.licence,
                summary: Localised::from_map(s.summary),
                document: s.document.map(|d| {
                    Box::new(Document {
                        name: d.name,
                        sha256: d.sha256.to_ascii_lowercase(),
                        chars: d.chars,
                        media_type: d.media_type,
                        extra: d.extra,
                    })
                }),
                missing: false,
                extra: s.extra,
                id: s.id,
            }
        })
        .collect()
}

/// Reads the actors.
pub fn actors(records: Vec<v1::Actor>, sides: &[SideInfo], report: &mut Report) -> Vec<Actor> {
    records
        .into_iter()
        .map(|a| {
            if a.names.is_empty() {
                report.error(
                    ACTORS_FILE,
                    &a.id,
                    "the actor has no name".to_owned(),
                    "give it a primary name; until then its id is shown",
                );
            }
            let names = a
                .names
                .into_iter()
                .map(|n| name(n, &a.id, report))
                .collect();
            let states = a
                .states
                .into_iter()
                .filter_map(|s| actor_state(s, &a.id, report))
                .collect();
            Actor {
                schema: code(
                    &a.schema,
                    Schema::from_id,
                    Schema::LegalEntity,
                    (ACTORS_FILE, &a.id, "schema"),
                    report,
                ),
                side: a
                    .side
                    .and_then(|s| side(&s, sides, (ACTORS_FILE, &a.id), report)),
                names,
                summary: Localised::from_map(a.summary),
                country: a.country,
                states,
                missing: false,
                extra: a.extra,
                id: a.id,
            }
        })
        .collect()
}

fn name(mut n: v1::Name, id: &str, report: &mut Report) -> ActorName {
    let when = n
        .when
        .and_then(|w| held(&w, &mut n.extra, (ACTORS_FILE, id), KEPT, report));
    ActorName {
        kind: code(
            &n.kind,
            NameType::from_id,
            NameType::Alias,
            (ACTORS_FILE, id, "name type"),
            report,
        ),
        name: n.name,
        lang: n.lang,
        when,
        extra: n.extra,
    }
}

fn actor_state(mut s: v1::ActorState, id: &str, report: &mut Report) -> Option<ActorState> {
    let skipped = "the state was skipped";
    let Some(state) = State::from_id(&s.state) else {
        report.error(
            ACTORS_FILE,
            id,
            format!("state \"{}\" is not known, it was skipped", s.state),
            "use one of the values of the data model",
        );
        return None;
    };
    Some(ActorState {
        state,
        when: held(&s.when, &mut s.extra, (ACTORS_FILE, id), skipped, report)?,
        event: s.event,
        certainty: certainty(s.certainty.as_deref(), (ACTORS_FILE, id), report),
        inferred: s.inferred.unwrap_or(false),
        extra: s.extra,
    })
}

/// Reads a certainty; absent means certain.
pub fn certainty(id: Option<&str>, at: (&str, &str), report: &mut Report) -> Certainty {
    id.map_or(Certainty::Certain, |c| {
        code(
            c,
            Certainty::from_id,
            Certainty::Possible,
            (at.0, at.1, "certainty"),
            report,
        )
    })
}

/// The position of a side in the dataset's list.
pub fn side(id: &str, sides: &[SideInfo], at: (&str, &str), report: &mut Report) -> Option<u8> {
    let found = sides.iter().position(|s| s.id == id);
    if found.is_none() {
        report.error(
            at.0,
            at.1,
            format!("side \"{id}\" is not in dataset.json"),
            "add it to the list of sides, or correct the id",
        );
    }
    found.and_then(|at| u8::try_from(at).ok())
}
