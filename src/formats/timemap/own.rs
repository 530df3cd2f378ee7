//! Events as we write them for timemap: what it has no place for stands beside
//! them, see `formats::write::timemap`.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::super::features::checked_point;
use super::super::import::record::{wkt, wrong};
use super::super::import::{Draft, Gather, Wrong};
use super::super::own::{self, Texts};

/// The texts of an event, some of them from the event itself.
struct Both<'r> {
    record: &'r Map<String, Value>,
    texts: &'r Map<String, Value>,
    wrong: Vec<(&'static Wrong, usize, String)>,
}

fn text<'r>(of: &'r Map<String, Value>, name: &str) -> &'r str {
    of.get(name).and_then(Value::as_str).unwrap_or_default()
}

impl<'r> Texts<'r> for Both<'r> {
    fn text(&self, field: usize) -> &'r str {
        match field {
            own::ID => text(self.record, "id"),
            own::PLACE => text(self.record, "location"),
            own::SOURCES => "",
            field => text(self.texts, own::NAMES[field]),
        }
    }

    fn wrong(&mut self, wrong: &'static Wrong, field: usize, text: &str) {
        self.wrong.push((wrong, field, text.to_owned()));
    }

    fn keep(&mut self, _: usize) {}
}

/// Keeps an event of ours.
pub(super) fn keep(
    gather: &mut Gather,
    record: &Map<String, Value>,
    texts: &Map<String, Value>,
    sources: &HashMap<String, Value>,
    (number, line): (u64, u64),
) {
    let mut draft = Draft::default();
    let mut both = Both {
        record,
        texts,
        wrong: Vec::new(),
    };
    own::fill(&mut draft, &mut both);
    for (wrong, field, value) in both.wrong {
        let findings = &mut gather.findings;
        findings.note(wrong, own::NAMES[field], line, &value);
    }
    let degrees = |name| text(record, name).parse::<f64>().ok();
    let shape = text(texts, own::NAMES[own::WKT]);
    let findings = &mut gather.findings;
    if !shape.is_empty() {
        draft.geometry = wkt(shape, own::NAMES[own::WKT], line, findings);
    } else if let (Some(x), Some(y)) = (degrees("longitude"), degrees("latitude")) {
        match checked_point(x, y) {
            Ok(point) => draft.geometry = Some(point.into()),
            Err(wrong) => findings.note(wrong, "latitude", line, &format!("{x}, {y}")),
        }
    } else if !text(record, "latitude").is_empty() {
        let value = text(record, "latitude");
        findings.note(&wrong::COORDINATE, "latitude", line, value);
    }
    if let Some(Value::Array(list)) = record.get("sources") {
        for value in list {
            draft
                .sources
                .extend(super::source(gather, value, sources, line));
        }
    }
    let side = own::NAMES[own::SIDE];
    if let Some(value) = texts.get(side) {
        let column = gather.column(side, true);
        draft.attributes.push((column, value.to_string().into()));
    }
    if let Some(Value::Object(attributes)) = texts.get("attributes") {
        for (name, value) in attributes {
            let column = gather.column(name, true);
            draft.attributes.push((column, value.to_string().into()));
        }
    }
    gather.add(&draft, number);
}
