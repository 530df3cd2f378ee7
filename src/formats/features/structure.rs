//! Values that no table has: objects and lists that are a place, a date or
//! several names.

use serde_json::{Map, Value};

use super::keep::text;
use crate::formats::geojson;
use crate::formats::import::record::features::{is_place, is_time, point};
use crate::formats::import::{Draft, DraftParticipant, DraftSource, DraftTime, Findings, Role};
use crate::model::{Role as Part, Schema, fold};

/// What the event now says of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// It means nothing that is known.
    Nothing,
    /// It is understood, but says more.
    Part,
    /// All of it.
    All,
}

/// Reads an object or a list into the event. `spoken`: the role is what the
/// user says.
pub(super) fn read(
    draft: &mut Draft<'_>,
    value: &Value,
    (role, spoken): (Role, bool),
    (name, line): (&str, u64),
    findings: &mut Findings,
) -> Said {
    match value {
        Value::Object(members) if is_place(role) || role == Role::Place => {
            place(draft, members, (name, line), findings)
        }
        Value::Object(members) if is_time(role) && draft.time == DraftTime::Unknown => {
            match geojson::when::read(value) {
                Some(when) => {
                    when.note(name, line, findings);
                    draft.time = when.time;
                    match members.len() {
                        1 => Said::All,
                        _ => Said::Part,
                    }
                }
                None => Said::Nothing,
            }
        }
        Value::Array(list) if is_place(role) || role == Role::Place => {
            let latitude_first = role == Role::LatLon && (spoken || fold(name).starts_with("lat"));
            pair(draft, list, latitude_first, (name, line), findings)
        }
        Value::Array(list) => names(draft, list, role),
        _ => Said::Nothing,
    }
}

/// A place as GeoJSON, or with a latitude and a longitude, and a name.
fn place(
    draft: &mut Draft<'_>,
    members: &Map<String, Value>,
    (name, line): (&str, u64),
    findings: &mut Findings,
) -> Said {
    let mut said = Said::Nothing;
    if draft.geometry.is_none() {
        let is_shape = members.contains_key("coordinates") || members.contains_key("geometries");
        let of = |names: &[&str]| {
            let mut found = members.iter();
            found.find(|(n, _)| names.contains(&n.to_lowercase().as_str()))
        };
        let (lat, lon) = (
            of(&["lat", "latitude", "y"]),
            of(&["lon", "lng", "long", "longitude", "x"]),
        );
        if is_shape && members.contains_key("type") {
            match geojson::geometry::read(&Value::Object(members.clone())) {
                Ok(read) => {
                    read.note(name, line, findings);
                    draft.geometry = Some(read.geometry);
                    let whole = read.altitudes.is_empty() && members.len() == 2;
                    return if whole { Said::All } else { Said::Part };
                }
                Err((wrong, value)) => findings.note(wrong, name, line, &value),
            }
        } else if let (Some((_, lat)), Some((_, lon))) = (lat, lon) {
            draft.geometry = point(&text(lat), &text(lon), (name, line), findings);
            if draft.geometry.is_some() {
                said = match members.len() {
                    2 => Said::All,
                    _ => Said::Part,
                };
            }
        }
    }
    let called = ["name", "title", "label"]
        .iter()
        .find_map(|n| members.get(*n)?.as_str());
    if let (Some(called), true) = (called, draft.place.is_empty()) {
        draft.place = called.trim().to_owned().into();
        said = Said::Part;
    }
    said
}

/// A list of two coordinates, the longitude first as in GeoJSON, or of three
/// with a height.
fn pair(
    draft: &mut Draft<'_>,
    list: &[Value],
    latitude_first: bool,
    (name, line): (&str, u64),
    findings: &mut Findings,
) -> Said {
    let ([x, y] | [x, y, _]) = list else {
        return Said::Nothing;
    };
    let is_number = |value: &Value| matches!(value, Value::Number(_) | Value::String(_));
    if draft.geometry.is_some() || !is_number(x) || !is_number(y) {
        return Said::Nothing;
    }
    let (lat, lon) = if latitude_first { (x, y) } else { (y, x) };
    draft.geometry = point(&text(lat), &text(lon), (name, line), findings);
    match draft.geometry.is_some() {
        true if list.len() == 2 => Said::All,
        true => Said::Part,
        false => Said::Nothing,
    }
}

/// Several actors, targets or sources.
fn names(draft: &mut Draft<'_>, list: &[Value], role: Role) -> Said {
    let many = matches!(role, Role::Actor | Role::Target | Role::Source | Role::Url);
    let texts: Option<Vec<&str>> = list.iter().map(Value::as_str).collect();
    let Some(texts) = texts.filter(|_| many) else {
        return Said::Nothing;
    };
    for name in texts.iter().map(|t| t.trim()).filter(|t| !t.is_empty()) {
        let is_url = name.starts_with("http://") || name.starts_with("https://");
        let name = name.to_owned();
        match role {
            Role::Actor | Role::Target => draft.participants.push(DraftParticipant {
                name: name.into(),
                role: match role {
                    Role::Actor => Part::Initiator,
                    _ => Part::Target,
                },
                schema: Schema::LegalEntity,
            }),
            _ if is_url => draft.sources.push(DraftSource {
                url: name.into(),
                ..DraftSource::default()
            }),
            _ => draft.sources.push(DraftSource {
                title: name.into(),
                ..DraftSource::default()
            }),
        }
    }
    Said::All
}
