//! One feature becomes one event.

use serde_json::{Map, Value};

use crate::formats::Severity;
use crate::formats::features::{Fields, Keeper};
use crate::formats::import::{Draft, DraftSource, DraftTime, Wrong};

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
const TURNED: Wrong = Wrong {
    id: "beyond-180",
    severity: Severity::Warning,
    what: "longitudes are beyond 180 degrees; a whole turn was taken off",
    remedy: "write longitudes from -180 to 180",
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
pub(super) fn keep(
    keeper: &mut Keeper,
    fields: &mut Fields,
    crs: Crs,
    value: &Value,
    (number, line): (u64, u64),
) {
    let kind = value
        .get("type")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let mut draft = Draft::default();
    if GEOMETRIES.contains(&kind) {
        place(keeper, fields, &mut draft, crs, value, line);
        keeper.add(&mut draft, number, line);
        return;
    }
    // Some writers leave the type out.
    let members = value.as_object().filter(|m| {
        kind == "Feature"
            || kind.is_empty() && m.contains_key("geometry") && m.contains_key("properties")
    });
    let Some(members) = members else {
        let text = value.to_string();
        keeper.gather.findings.note(&NO_FEATURE, "", line, &text);
        keeper.gather.skip();
        return;
    };
    match members.get("id") {
        Some(Value::String(id)) => draft.id = id.clone().into(),
        Some(Value::Number(id)) => draft.id = id.to_string().into(),
        Some(Value::Null) | None => {}
        Some(other) => fields.attribute(&mut draft, &mut keeper.gather, "id", other),
    }
    let shape = members.get("geometry").unwrap_or(&Value::Null);
    place(keeper, fields, &mut draft, crs, shape, line);
    linked(keeper, fields, &mut draft, members, line);
    if let Some(Value::Object(properties)) = members.get("properties") {
        let named = properties
            .iter()
            .map(|(name, value)| (name.as_str(), value));
        fields.apply(&mut draft, &mut keeper.gather, line, named);
    }
    for (name, value) in members.iter().filter(|(n, _)| !READ.contains(&n.as_str())) {
        if name != "when" || draft.time == DraftTime::Unknown {
            fields.attribute(&mut draft, &mut keeper.gather, name, value);
        }
    }
    if draft.title.is_empty() {
        draft.title = draft.place.clone();
    }
    keeper.add(&mut draft, number, line);
}

fn place(
    keeper: &mut Keeper,
    fields: &mut Fields,
    draft: &mut Draft<'static>,
    crs: Crs,
    shape: &Value,
    line: u64,
) {
    if shape.is_null() {
        return;
    }
    match geometry::read(shape, crs) {
        Err((wrong, value)) => keeper.gather.findings.note(wrong, "geometry", line, &value),
        Ok(read) => {
            draft.geometry = Some(read.geometry);
            if read.turned {
                keeper
                    .gather
                    .findings
                    .note(&TURNED, "geometry", line, &draft.id);
            }
            let altitude = match read.altitudes.as_slice() {
                [] => return,
                [one] => Value::from(*one),
                several => Value::from(several.to_vec()),
            };
            keeper
                .gather
                .findings
                .note(&ALTITUDE, "geometry", line, &altitude.to_string());
            fields.attribute(draft, &mut keeper.gather, "altitude", &altitude);
        }
    }
}

/// Members of Linked Places beside the properties: when, names, descriptions,
/// and whoever is cited for them.
fn linked(
    keeper: &mut Keeper,
    fields: &mut Fields,
    draft: &mut Draft<'static>,
    members: &Map<String, Value>,
    line: u64,
) {
    if let Some(value) = members.get("when").filter(|v| !v.is_null()) {
        match when::read(value, fields.order) {
            Some(time) => draft.time = time,
            None => keeper
                .gather
                .findings
                .note(&NO_WHEN, "when", line, &value.to_string()),
        }
    }
    // A place's geometry may carry its own when.
    if draft.time == DraftTime::Unknown
        && let Some(value) = members.get("geometry").and_then(|g| g.get("when"))
        && let Some(time) = when::read(value, fields.order)
    {
        draft.time = time;
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
