//! One entity as it stands in the file.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::formats::dates;
use crate::formats::import::DraftTime;
use crate::model::Extra;
use crate::model::time::When;

/// Deepest nesting of entities in properties that is read.
const DEEPEST: usize = 4;

/// An entity: what it is, and the values of its properties.
#[derive(Debug)]
pub(super) struct Entity {
    pub id: String,
    pub schema: String,
    pub properties: BTreeMap<String, Vec<String>>,
    /// Its other members.
    pub extra: Extra,
    pub line: u64,
}

impl Entity {
    /// Reads an entity, and those nested in its properties.
    pub fn read(value: Value, line: u64, out: &mut Vec<Self>, depth: usize) -> Option<String> {
        let Value::Object(mut members) = value else {
            return None;
        };
        let text = |members: &mut Map<String, Value>, name: &str| match members.remove(name) {
            Some(Value::String(text)) => Some(text).filter(|t| !t.is_empty()),
            Some(Value::Number(number)) => Some(number.to_string()),
            _ => None,
        };
        let id = text(&mut members, "id")?;
        let schema = text(&mut members, "schema")?;
        let mut properties = BTreeMap::new();
        if let Some(Value::Object(own)) = members.remove("properties") {
            for (name, values) in own {
                let values = match values {
                    Value::Array(values) => values,
                    one => vec![one],
                };
                let mut texts: Vec<String> = Vec::new();
                for value in values {
                    texts.extend(match value {
                        Value::String(text) => Some(text).filter(|t| !t.trim().is_empty()),
                        Value::Null => None,
                        nested @ Value::Object(_) if depth < DEEPEST => {
                            Self::read(nested, line, out, depth + 1)
                        }
                        other => Some(other.to_string()),
                    });
                }
                properties.insert(name, texts);
            }
        }
        // What it is called follows from its properties.
        members.remove("caption");
        out.push(Self {
            id: id.clone(),
            schema,
            properties,
            extra: members,
            line,
        });
        Some(id)
    }

    /// The values of a property.
    pub fn all(&self, name: &str) -> &[String] {
        self.properties.get(name).map_or(&[], Vec::as_slice)
    }

    /// The first value of the first of some properties that has one.
    pub fn first(&self, names: &[&str]) -> Option<&str> {
        let mut found = names.iter().filter_map(|n| self.all(n).first());
        found.next().map(String::as_str)
    }

    /// Takes the values of a property out.
    pub fn take(&mut self, name: &str) -> Vec<String> {
        self.properties.remove(name).unwrap_or_default()
    }

    /// Takes the first value of a property out; others stay.
    pub fn take_first(&mut self, name: &str) -> Option<String> {
        let values = self.properties.get_mut(name)?;
        let first = (!values.is_empty()).then(|| values.remove(0));
        if values.is_empty() {
            self.properties.remove(name);
        }
        first
    }

    /// Takes the values of a property out that another one has said already.
    pub fn drop_said(&mut self, name: &str, said: Option<&str>) {
        if let (Some(values), Some(said)) = (self.properties.get_mut(name), said) {
            values.retain(|value| value != said);
        }
    }

    /// Whether it says when something was.
    pub fn is_dated(&self) -> bool {
        ["date", "startDate", "endDate"]
            .iter()
            .any(|n| !self.all(n).is_empty())
    }

    /// When it was, from its dates, which are taken out; one that is no date
    /// stays, and is answered as well. `open`: an end that is not given is open.
    pub fn take_when(&mut self, open: bool) -> (Option<When>, Option<String>) {
        let mut wrong = None;
        let mut read = |name: &str| {
            let text = self.first(&[name])?.to_owned();
            if let Some(told) = dates::read(&text) {
                self.take_first(name);
                return Some(told.time);
            }
            wrong = Some(text);
            None
        };
        let (start, end) = (read("startDate"), read("endDate"));
        let single = start.is_none() && end.is_none();
        let last = end.clone();
        let time = if single {
            read("date").unwrap_or_default()
        } else {
            dates::join(start, end, open).unwrap_or_else(|start| {
                let last = last
                    .as_ref()
                    .and_then(dates::extent)
                    .and_then(When::of_extent);
                wrong = last.map(|w| w.edtf().to_owned());
                start
            })
        };
        let when = match time {
            DraftTime::When(when) => Some(when),
            DraftTime::Extent(extent) => When::of_extent(extent),
            DraftTime::Unknown => None,
        };
        (when, wrong)
    }

    /// What is left of it, to be kept as it is.
    pub fn rest(self) -> Extra {
        let mut extra = self.extra;
        for (name, values) in self.properties {
            if !values.is_empty() {
                extra.insert(name, values.into());
            }
        }
        extra
    }
}
