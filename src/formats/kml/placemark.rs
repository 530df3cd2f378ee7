//! One placemark becomes one event.

use serde_json::Value;

use crate::formats::Severity;
use crate::formats::dates;
use crate::formats::features::{Feature, Records, refused};
use crate::formats::import::record::dates::three;
use crate::formats::import::{DraftTime, Findings, Wrong};
use crate::formats::xml::Element;

use super::geometry::{GEOMETRIES, Shapes};
use super::{html, own};

const NO_DATE: Wrong = Wrong {
    id: "no-date",
    severity: Severity::Error,
    what: "it is no date that is understood; it was left out",
    remedy: "write dates as 2014, 2014-05, 2014-05-01 or 2014-05-01T12:30:00Z",
};
const BACKWARDS: Wrong = Wrong {
    id: "end-before-start",
    severity: Severity::Error,
    what: "the end lies before the beginning; the event was kept with its beginning alone",
    remedy: "correct one of the two",
};
const UNKNOWN: Wrong = Wrong {
    id: "unknown-element",
    severity: Severity::Warning,
    what: "an element that is not understood was kept as an attribute, with its text alone",
    remedy: "nothing has to be done",
};

/// Elements of a placemark that say how it looks.
const LOOKS: [&str; 16] = [
    "visibility",
    "open",
    "styleUrl",
    "Style",
    "StyleMap",
    "LookAt",
    "Camera",
    "Region",
    "balloonVisibility",
    "altitudeMode",
    "drawOrder",
    "flyToView",
    "refreshVisibility",
    "extrude",
    "tessellate",
    "TimeInstant",
];

/// What a time stamp or span says; its begin or end may be open. Dates that
/// other dates must decide are put among the values.
pub(super) fn time(
    element: &Element,
    values: &mut Vec<(String, Value)>,
    findings: &mut Findings,
    line: u64,
) -> DraftTime {
    let mut read = |name: &str| {
        let text = element.child(name)?.deep_text();
        if text.is_empty() {
            return None;
        }
        // Which of day and month comes first, other dates tell.
        let open = three(&text).is_some_and(|([first, ..], ..)| first.len() < 3);
        match dates::read(&text) {
            Some(told) if !open => return Some(told.time),
            Some(_) => values.push((name.to_owned(), text.into())),
            None => findings.note(&NO_DATE, name, line, &text),
        }
        None
    };
    if element.name == "TimeStamp" {
        return read("when").unwrap_or_default();
    }
    let (begin, end) = (read("begin"), read("end"));
    if !values.is_empty() {
        return DraftTime::Unknown;
    }
    dates::join(begin, end, true).unwrap_or_else(|begin| {
        findings.note(&BACKWARDS, &element.name, line, &element.deep_text());
        begin
    })
}

/// Keeps a placemark as an event.
pub(super) fn keep(
    records: &mut Records,
    element: &Element,
    folder: &str,
    inherited: DraftTime,
    number: u64,
) {
    let line = Findings::feature(number, element.line);
    let mut feature = Feature {
        number,
        line: element.line,
        ..Feature::default()
    };
    let Feature {
        draft,
        values,
        plain,
        ..
    } = &mut feature;
    let mut shapes = Shapes::new(number, element.line);
    let id = element.attribute("id").unwrap_or_default();
    draft.id = id.to_owned().into();
    // Of what the user speaks, the values are asked and not the format.
    let spoken = |name: &str| records.said(name).is_some();
    let named = ["name", "description", "address"].map(spoken);
    let findings = &mut records.gather.findings;
    for child in &element.children {
        let text = child.text.trim();
        match child.name.as_str() {
            name if GEOMETRIES.contains(&name) => shapes.read(child, findings),
            name @ "name" if named[0] => values.push((name.to_owned(), child.deep_text().into())),
            name @ "description" if named[1] => {
                values.push((name.to_owned(), html::plain(&child.deep_text()).into()));
            }
            name @ "address" if named[2] => values.push((name.to_owned(), text.into())),
            "name" => draft.title = one_line(&child.deep_text()).into(),
            "description" => {
                let text = child.deep_text();
                draft.summary = html::plain(&text).into();
                if html::is_html(&text) {
                    plain.push(("description_html".to_owned(), text.into()));
                }
            }
            "TimeStamp" | "TimeSpan" | "TimePeriod" => {
                let mut open = Vec::new();
                draft.time = time(child, &mut open, findings, line);
                values.append(&mut open);
            }
            "address" => draft.place = text.to_owned().into(),
            "ExtendedData" | "Metadata" => extended(child, values),
            "link" => {
                let target = child.attribute("href").unwrap_or(text);
                plain.push(("link".to_owned(), target.into()));
            }
            "Snippet" | "snippet" => plain.push(("snippet".to_owned(), text.into())),
            name if LOOKS.contains(&name) => {}
            name => {
                let text = child.deep_text();
                let known = ["phoneNumber", "author", "AddressDetails"].contains(&name);
                if !known && !child.children.is_empty() {
                    findings.note(&UNKNOWN, name, line, &text);
                }
                values.push((name.to_owned(), text.into()));
            }
        }
    }
    if let Some(time) = track(&shapes, plain, findings, line)
        && draft.time == DraftTime::Unknown
    {
        draft.time = time;
    }
    draft.geometry = shapes.geometry(findings);
    let altitudes = &shapes.altitudes;
    if altitudes.iter().any(|a| *a != 0.0) {
        let altitude = match altitudes.as_slice() {
            [one] => Value::from(*one),
            several => Value::from(several.to_vec()),
        };
        plain.push(("altitude".to_owned(), altitude));
    }
    for text in shapes.refused.iter().filter_map(|t| refused(t)) {
        plain.push(("coordinates".to_owned(), text.into()));
    }
    if own::is_ours(values) {
        let Feature { draft, values, .. } = feature;
        return own::keep(&mut records.gather, draft, &values, (number, line));
    }
    if !folder.is_empty() {
        plain.push(("folder".to_owned(), folder.into()));
    }
    let said = |value: &Value| value.as_str().is_none_or(|t| !t.is_empty());
    values.retain(|(_, value)| said(value));
    plain.retain(|(_, value)| said(value));
    feature.inherited = inherited;
    records.add(feature);
}

/// A track lasts from its first to its last time; all of them are kept.
fn track(
    shapes: &Shapes,
    plain: &mut Vec<(String, Value)>,
    findings: &mut Findings,
    line: u64,
) -> Option<DraftTime> {
    if shapes.times.is_empty() {
        return None;
    }
    let mut known = Vec::new();
    for text in &shapes.times {
        match dates::read(text) {
            Some(told) => known.extend(told.extent()),
            None => findings.note(&NO_DATE, "when", line, text),
        }
    }
    plain.push(("track_times".to_owned(), shapes.times.clone().into()));
    let first = known.iter().min_by_key(|e| e.start_earliest).copied();
    let last = known.iter().max_by_key(|e| e.end_latest).copied();
    let (first, last) = (first.map(DraftTime::Extent), last.map(DraftTime::Extent));
    Some(dates::join(first, last, false).unwrap_or_else(|start| start))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The named values of `ExtendedData`, also of schemas and of foreign elements.
fn extended(element: &Element, values: &mut Vec<(String, Value)>) {
    for child in &element.children {
        match child.name.as_str() {
            "Data" => {
                let name = child.attribute("name").unwrap_or("Data").to_owned();
                let value = child.child("value").map(Element::deep_text);
                values.push((
                    name,
                    value.unwrap_or_else(|| child.text.trim().to_owned()).into(),
                ));
            }
            "SchemaData" => {
                for data in &child.children {
                    let name = data.attribute("name").unwrap_or(&data.name).to_owned();
                    let value = if data.name == "SimpleArrayData" {
                        let texts = data.children.iter().map(|v| v.text.trim().to_owned());
                        texts.collect::<Vec<_>>().into()
                    } else {
                        data.text.trim().into()
                    };
                    values.push((name, value));
                }
            }
            name => values.push((name.to_owned(), child.deep_text().into())),
        }
    }
}
