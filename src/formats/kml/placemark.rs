//! One placemark becomes one event.

use serde_json::Value;

use crate::formats::Severity;
use crate::formats::dates;
use crate::formats::features::{Fields, Keeper};
use crate::formats::import::{Draft, DraftTime, Findings, Wrong};
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

/// What a time stamp or span says; its begin or end may be open.
pub(super) fn time(element: &Element, findings: &mut Findings) -> DraftTime {
    let mut read = |name: &str| {
        let text = element.child(name)?.deep_text();
        if text.is_empty() {
            return None;
        }
        let time = dates::read(&text, None);
        if time.is_err() {
            findings.note(&NO_DATE, name, element.line, &text);
        }
        time.ok()
    };
    if element.name == "TimeStamp" {
        return read("when").unwrap_or_default();
    }
    let (begin, end) = (read("begin"), read("end"));
    dates::join(begin, end, true).unwrap_or_else(|begin| {
        findings.note(
            &BACKWARDS,
            &element.name,
            element.line,
            &element.deep_text(),
        );
        begin
    })
}

/// Keeps a placemark as an event.
pub(super) fn keep(
    keeper: &mut Keeper,
    fields: &mut Fields,
    element: &Element,
    folder: &str,
    inherited: DraftTime,
    number: u64,
) {
    let mut draft = Draft::default();
    let mut shapes = Shapes::default();
    let mut values: Vec<(String, Value)> = Vec::new();
    let id = element.attribute("id").unwrap_or_default();
    draft.id = id.to_owned().into();
    for child in &element.children {
        let text = child.text.trim();
        match child.name.as_str() {
            name if GEOMETRIES.contains(&name) => {
                shapes.read(child, &mut keeper.gather.findings);
            }
            "name" => draft.title = one_line(&child.deep_text()).into(),
            "description" => {
                let text = child.deep_text();
                if html::is_html(&text) {
                    values.push(("description_html".to_owned(), text.clone().into()));
                    draft.summary = html::plain(&text).into();
                } else {
                    draft.summary = html::plain(&text).into();
                }
            }
            "TimeStamp" | "TimeSpan" | "TimePeriod" => {
                draft.time = time(child, &mut keeper.gather.findings);
            }
            "address" => draft.place = text.to_owned().into(),
            "ExtendedData" | "Metadata" => extended(child, &mut values),
            "link" => {
                let target = child.attribute("href").unwrap_or(text);
                values.push(("link".to_owned(), target.into()));
            }
            "Snippet" | "snippet" => values.push(("snippet".to_owned(), text.into())),
            name if LOOKS.contains(&name) => {}
            name => {
                let text = child.deep_text();
                let known = ["phoneNumber", "author", "AddressDetails"].contains(&name);
                if !known && !child.children.is_empty() {
                    keeper
                        .gather
                        .findings
                        .note(&UNKNOWN, name, child.line, &text);
                }
                values.push((name.to_owned(), text.into()));
            }
        }
    }
    track(
        &mut draft,
        &shapes,
        &mut values,
        &mut keeper.gather.findings,
        element.line,
    );
    draft.geometry = shapes.geometry();
    let altitudes = &shapes.altitudes;
    if altitudes.iter().any(|a| *a != 0.0) {
        let altitude = match altitudes.as_slice() {
            [one] => Value::from(*one),
            several => Value::from(several.to_vec()),
        };
        values.push(("altitude".to_owned(), altitude));
    }
    if own::is_ours(&values) {
        return own::keep(keeper, draft, &values, (number, element.line));
    }
    if !folder.is_empty() {
        fields.attribute(&mut draft, &mut keeper.gather, "folder", &folder.into());
    }
    let said = |value: &Value| value.as_str().is_none_or(|t| !t.is_empty());
    let named = values.iter().filter(|(_, v)| said(v));
    let named = named.map(|(name, value)| (name.as_str(), value));
    fields.apply(&mut draft, &mut keeper.gather, element.line, named);
    if draft.time == DraftTime::Unknown {
        draft.time = inherited;
    }
    keeper.add(&mut draft, number, element.line);
}

/// A track lasts from its first to its last time; all of them are kept.
fn track(
    draft: &mut Draft<'static>,
    shapes: &Shapes,
    values: &mut Vec<(String, Value)>,
    findings: &mut Findings,
    line: u64,
) {
    if shapes.times.is_empty() {
        return;
    }
    let mut known = Vec::new();
    for text in &shapes.times {
        match dates::read(text, None) {
            Ok(time) => known.extend(dates::extent(&time)),
            Err(_) => findings.note(&NO_DATE, "when", line, text),
        }
    }
    let first = known.iter().min_by_key(|e| e.start_earliest);
    let last = known.iter().max_by_key(|e| e.end_latest);
    if draft.time == DraftTime::Unknown {
        let (first, last) = (first.copied(), last.copied());
        let (first, last) = (first.map(DraftTime::Extent), last.map(DraftTime::Extent));
        draft.time = dates::join(first, last, false).unwrap_or_else(|start| start);
    }
    values.push(("track_times".to_owned(), shapes.times.clone().into()));
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
