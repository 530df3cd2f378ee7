//! Property: what the flat formats hold of an event comes back from them, and
//! is written the same again.

use std::path::Path;

use geo::{CoordsIter as _, Geometry};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::dataset::{Dataset, Parts, RowSet};
use crate::formats::import::Watch;
use crate::formats::{open, own};
use crate::model::time::When;
use crate::model::{Actor, EventDetail, Extra, Localised, Precision, Schema};

use super::made_up::parts;
use super::{Target, WriteOptions, flat, write};

/// A text without what tables and XML cannot hold, or pass over.
fn plain(text: &str) -> String {
    let kept = text.chars().filter(|c| *c != '\0');
    kept.collect::<String>().trim().to_owned()
}

fn sound(geometry: &Geometry<f64>) -> bool {
    match geometry {
        Geometry::MultiPoint(m) => !m.0.is_empty(),
        Geometry::MultiLineString(m) => !m.0.is_empty(),
        Geometry::MultiPolygon(m) => !m.0.is_empty(),
        Geometry::GeometryCollection(g) => !g.0.is_empty() && g.0.iter().all(sound),
        _ => true,
    }
}

/// Makes all names different, so that none is merged with another, and leaves
/// out what losses are told of.
fn held(mut parts: Parts) -> Parts {
    let one = |text: &mut Localised| {
        *text = Localised::new("en", &plain(text.get("en")));
    };
    for (at, actor) in parts.actors.iter_mut().enumerate() {
        let name = plain(actor.name("en"));
        *actor = Actor::named(
            actor.id.clone(),
            format!("A{at}{name}"),
            Schema::LegalEntity,
        );
    }
    for (at, place) in parts.places.iter_mut().enumerate() {
        place.names = Localised::new("en", &format!("P{at}{}", plain(place.names.get("en"))));
    }
    for (at, source) in parts.sources.iter_mut().enumerate() {
        source.title = Localised::new("en", &format!("S{at}{}", plain(source.title.get("en"))));
        source.url = source
            .url
            .take()
            .map(|u| format!("https://x/{at}/{}", plain(&u)));
    }
    for event in &mut parts.events {
        one(&mut event.titles);
        one(&mut event.summary);
        event.side = None;
        // Bounds that no expression says are lost.
        let plain_when = |when: When| When::parse(when.edtf()).ok();
        event.when = event.when.take().and_then(plain_when);
        event.geometry = event.geometry.take().filter(sound);
        let attributes = std::mem::take(&mut event.extra).into_iter();
        event.extra = attributes
            .map(|(name, value)| (plain(&name), plain(&flat::plain(&value))))
            .filter(|(name, value)| !name.is_empty() && !value.is_empty())
            .map(|(name, value)| (name, value.into()))
            .collect();
    }
    parts
}

/// What is held of an event.
fn told(dataset: &Dataset, event: &EventDetail, target: Target) -> Value {
    let row = dataset.event_by_id(&event.id).unwrap();
    let name = |actor| dataset.actor(actor).name("en");
    let takes_part = |who: &_| event.participants.iter().any(|p| p.actor == *who);
    let mut tolls: Vec<_> = event
        .tolls
        .iter()
        .filter(|t| t.low.or(t.best).or(t.high).is_some())
        .map(|t| {
            let who = t.who.filter(takes_part).map(name);
            format!("{:?} {who:?} {:?} {:?} {:?}", t.what, t.low, t.best, t.high)
        })
        .collect();
    tolls.sort();
    let sources = dataset.sources_of_event(row).iter().map(|s| {
        let source = dataset.source(*s);
        format!("{} <{:?}>", source.title.get("en"), source.url)
    });
    let mut sources: Vec<_> = sources.collect();
    sources.sort();
    let parts = event.participants.iter();
    let parts: Vec<_> = parts
        .map(|p| format!("{:?} {}", p.role, name(p.actor)))
        .collect();
    let mut precision = event.precision;
    if event.geometry.is_none() && precision == Precision::Exact {
        precision = Precision::Unknown;
    }
    let geometry = match &event.geometry {
        // KML has but one sort of collection, and none of one thing.
        Some(g) if target == Target::Kml => {
            let mut points: Vec<_> = g.coords_iter().map(|c| (c.x + 0.0, c.y + 0.0)).collect();
            points.dedup();
            format!("{points:?}")
        }
        g => format!("{g:?}"),
    };
    let attributes: Extra = event
        .extra
        .iter()
        .map(|(name, value)| (own::bare_name(name).to_owned(), value.clone()))
        .collect();
    json!({
        "title": event.titles.get("en"),
        "summary": event.summary.get("en"),
        "kind": event.kind.id(),
        "when": event.when.as_ref().map(When::edtf),
        "geometry": geometry,
        "place": dataset.place_name(row, "en"),
        "precision": precision.id(),
        "radius": event.radius_m,
        "participants": parts,
        "tolls": tolls,
        "flags": format!("{:?}", event.flags),
        "sources": sources,
        "attributes": attributes,
    })
}

fn written(dataset: &Dataset, target: Target, path: &Path) -> Vec<u8> {
    let options = WriteOptions {
        replace: true,
        ..WriteOptions::default()
    };
    let rows = RowSet::all(dataset.len());
    write(dataset, &rows, target, path, &options, &Watch::default()).unwrap();
    std::fs::read(path).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn what_flat_formats_hold_comes_back(parts in parts().prop_map(held)) {
        let dataset = Dataset::new(parts);
        let folder = tempfile::tempdir().unwrap();
        for target in [Target::Csv, Target::Timemap, Target::Kml] {
            let path = folder.path().join(format!("all.{}", target.ending()));
            let text = written(&dataset, target, &path);
            let (back, report) = open(&path).unwrap();
            let text = String::from_utf8(text).unwrap();
            prop_assert_eq!(report.errors(), 0, "{}\n{:?}", text, report.problems);
            prop_assert_eq!(back.len(), dataset.len());
            for row in dataset.rows() {
                let event = dataset.event(row);
                let same = back.event(back.event_by_id(&event.id).unwrap());
                prop_assert_eq!(
                    told(&back, &same, target), told(&dataset, &event, target),
                    "{:?}\n{}", target, text
                );
            }
            let again = String::from_utf8(written(&back, target, &path)).unwrap();
            let (back, _) = open(&path).unwrap();
            let third = String::from_utf8(written(&back, target, &path)).unwrap();
            prop_assert_eq!(again, third, "{:?}", target);
        }
    }
}
