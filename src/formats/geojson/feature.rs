//! One feature becomes one event.

use serde_json::{Map, Value};

use crate::formats::Severity;
use crate::formats::features::{Feature, Records, refused};
use crate::formats::import::{Draft, DraftSource, DraftTime, Findings, Wrong};

use super::crs::Crs;
use super::{geometry, when};

/// Types of bare geometries.
pub(super) const GEOMETRIES: [&str; 7] = [
    "Point",
    "MultiPoint",
    "LineString",
    "MultiLineString",
    "Polygon",
    "MultiPolygon",
    "GeometryCollection",
];

const NO_FEATURE: Wrong = Wrong {
    id: "no-feature",
    severity: Severity::Error,
    what: "it is neither a feature nor a geometry, and was skipped",
    remedy: "write {\"type\": \"Feature\", \"geometry\": …, \"properties\": …}",
};
const ALTITUDE: Wrong = Wrong {
    id: "altitude",
    severity: Severity::Warning,
    what: "positions have a third number; it was kept as the attribute altitude",
    remedy: "nothing has to be done",
};
const NO_WHEN: Wrong = Wrong {
    id: "no-date",
    severity: Severity::Error,
    what: "the member when tells no date that is understood; it was kept as an attribute",
    remedy: "write time spans as Linked Places has them, or \"edtf\"",
};

/// Members of a feature that are read; the others are attributes.
const READ: [&str; 5] = ["type", "id", "geometry", "properties", "bbox"];

/// Keeps a feature or a bare geometry as an event.
pub(super) fn keep(records: &mut Records, crs: Crs, value: Value, (number, line): (u64, u64)) {
    let kind = value
        .get("type")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let at = Findings::feature(number, line);
    let mut feature = Feature {
        number,
        line,
        ..Feature::default()
    };
    if GEOMETRIES.contains(&kind) {
        place(records, &mut feature, crs, &value, at);
        records.add(feature);
        return;
    }
    // Some writers leave the type out.
    let is_feature = kind == "Feature"
        || kind.is_empty() && value.get("geometry").is_some() && value.get("properties").is_some();
    let mut members = match value {
        Value::Object(members) if is_feature => members,
        other => {
            let text = other.to_string();
            records.gather.findings.note(&NO_FEATURE, "", at, &text);
            records.gather.skip();
            return;
        }
    };
    let said = records.said("id").is_some();
    match members.remove("id") {
        Some(id) if said => feature.values.push(("id".to_owned(), id)),
        Some(Value::String(id)) => feature.draft.id = id.into(),
        Some(Value::Number(id)) => feature.draft.id = id.to_string().into(),
        Some(other) => feature.plain.push(("id".to_owned(), other)),
        None => {}
    }
    let shape = members.get("geometry").unwrap_or(&Value::Null);
    place(records, &mut feature, crs, shape, at);
    linked(records, &mut feature.draft, &members, at);
    if let Some(Value::Object(properties)) = members.remove("properties") {
        feature.values.extend(properties);
    }
    for (name, value) in members {
        let dated = name == "when" && feature.draft.time != DraftTime::Unknown;
        if !READ.contains(&name.as_str()) && !dated {
            feature.plain.push((name, value));
        }
    }
    records.add(feature);
}

fn place(records: &mut Records, feature: &mut Feature, crs: Crs, shape: &Value, at: u64) {
    if shape.is_null() {
        return;
    }
    let findings = &mut records.gather.findings;
    match geometry::read_in(shape, crs) {
        Err((wrong, value)) => {
            findings.note(wrong, "geometry", at, &value);
            if refused(&shape.to_string()).is_some() {
                feature.plain.push(("geometry".to_owned(), shape.clone()));
            }
        }
        Ok(read) => {
            read.note("geometry", at, findings);
            feature.draft.geometry = Some(read.geometry);
            let altitude = match read.altitudes.as_slice() {
                [] => return,
                [one] => Value::from(*one),
                several => Value::from(several.to_vec()),
            };
            findings.note(&ALTITUDE, "geometry", at, &altitude.to_string());
            feature.plain.push(("altitude".to_owned(), altitude));
        }
    }
}

/// Members of Linked Places beside the properties: when, names, descriptions,
/// and whoever is cited for them.
fn linked(
    records: &mut Records,
    draft: &mut Draft<'static>,
    members: &Map<String, Value>,
    line: u64,
) {
    let findings = &mut records.gather.findings;
    if let Some(value) = members.get("when").filter(|v| !v.is_null()) {
        match when::read(value) {
            Some(told) => {
                told.note("when", line, findings);
                draft.time = told.time;
            }
            None => findings.note(&NO_WHEN, "when", line, &value.to_string()),
        }
    }
    // A place's geometry may carry its own when.
    if draft.time == DraftTime::Unknown
        && let Some(value) = members.get("geometry").and_then(|g| g.get("when"))
        && let Some(told) = when::read(value)
    {
        told.note("when", line, findings);
        draft.time = told.time;
    }
    if draft.id.is_empty()
        && let Some(id) = members.get("@id").and_then(Value::as_str)
    {
        draft.id = id.to_owned().into();
    }
    let lists = |name: &str| {
        members
            .get(name)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
    };
    let text = |value: &Value, name: &str| {
        let text = value.get(name).and_then(Value::as_str).unwrap_or_default();
        text.trim().to_owned()
    };
    if let Some(name) = lists("names")
        .map(|n| text(n, "toponym"))
        .find(|n| !n.is_empty())
    {
        draft.place = name.into();
    }
    if let Some(words) = lists("descriptions")
        .map(|d| text(d, "value"))
        .find(|d| !d.is_empty())
    {
        draft.summary = words.into();
    }
    let geometry = members.get("geometry");
    let cited = lists("names")
        .chain(lists("types"))
        .chain(geometry)
        .chain(std::iter::once(members.get("when").unwrap_or(&Value::Null)))
        .filter_map(|v| v.get("citations").and_then(Value::as_array))
        .flatten()
        .chain(lists("citations"));
    for citation in cited {
        let source = DraftSource {
            title: text(citation, "label").into(),
            url: text(citation, "@id").into(),
            published: match citation.get("year") {
                Some(Value::Number(year)) => format!("{year:0>4}"),
                _ => text(citation, "year"),
            }
            .into(),
            publisher: "".into(),
        };
        let empty = source.title.is_empty() && source.url.is_empty();
        if !empty && !draft.sources.contains(&source) {
            draft.sources.push(source);
        }
    }
}
