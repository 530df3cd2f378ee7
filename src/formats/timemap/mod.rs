//! Events of timemap (Forensic Architecture), as its data server exports them:
//! a list, or an object with `events` and the tables `sources`,
//! `associations` and `sites`. Other records with a date or a place are read
//! in the same way, also a record a line.

mod own;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::io::Read;

use serde_json::{Map, Value};

use crate::dataset::Meta;
use crate::model::{Localised, fold};

use super::cut::{CutError, Cutter};
use super::decode::{self, Utf8};
use super::features::{Feature, Records};
use super::import::{DraftSource, Findings, Gather, Input, Watch, Wrong};
use super::{OpenError, OpenOptions, Opened, Severity, texts};

/// Records between two looks at whether to go on.
const BEAT: usize = 2_000;
/// The table in which we write what timemap has no place for.
const OURS: &str = "chronotope";

const BROKEN: Wrong = Wrong {
    id: "broken-json",
    severity: Severity::Error,
    what: "the JSON is broken here; what stands before was kept, what comes after was not read",
    remedy: "fetch or restore the whole file",
};
const BROKEN_RECORD: Wrong = Wrong {
    id: "broken-record",
    severity: Severity::Error,
    what: "the JSON of this record is broken or no object, and it was skipped",
    remedy: "correct it there",
};
const REPLACED: Wrong = Wrong {
    id: "not-utf-8",
    severity: Severity::Error,
    what: "there are bytes that are no letters in UTF-8; a mark stands in their place",
    remedy: "save the file as UTF-8",
};
const NO_SOURCE: Wrong = Wrong {
    id: "unknown-source",
    severity: Severity::Warning,
    what: "the list of sources does not have it; it was kept by its id",
    remedy: "add it to the list of sources",
};
const SITES: Wrong = Wrong {
    id: "sites",
    severity: Severity::Warning,
    what: "sites are no events; they were kept with what the file says of itself",
    remedy: "nothing has to be done",
};

/// Members in which answers of services have their records: ACLED has `data`,
/// UCDP `Result`, GDELT's document search `articles`, Overpass `elements`.
pub(super) const WRAPPERS: [&str; 10] = [
    "data", "Result", "result", "results", "records", "items", "articles", "elements", "entries",
    "rows",
];

/// A record and the line it begins in.
type Record = (Map<String, Value>, u64);

/// Reads events of timemap.
///
/// # Errors
/// When nothing in it is readable.
pub fn read(input: Input, options: &OpenOptions, watch: &Watch) -> Result<Opened, OpenError> {
    let (label, name) = (input.label.clone(), input.name.clone());
    let encoding = decode::of_json(input.head());
    let parted = texts::parted(input.head());
    watch.expect(input.size.unwrap_or(0));
    let (text, replaced) = Utf8::new(input.into_reader(), encoding);
    let mut file = Reading {
        cutter: Cutter::new(text),
        gather: Records::new(options),
        records: Vec::new(),
        tables: Map::new(),
        stopped: None,
    };
    let read = match parted {
        Some(sign) => file.parts(sign, &label, watch),
        None => file.texts(&label, watch),
    };
    if let Err(e) = read {
        if file.records.is_empty() {
            let place = format!("{label}, {}", e.place());
            let remedy = "correct it there, or restore the file from a copy";
            return Err(OpenError::new(place, e.what, remedy));
        }
        let why = format!("{}; {}", e.what, BROKEN.remedy);
        let value = format!("byte {}", e.byte);
        let findings = &mut file.gather.gather.findings;
        findings.note_why(&BROKEN, "", e.line, &value, &why);
    }
    if let Some(cancelled) = file.stopped {
        return Err(cancelled);
    }
    if replaced.any() {
        file.gather.gather.findings.note(&REPLACED, "", 0, "");
    }
    let details = match file.tables.remove(OURS) {
        Some(Value::Object(details)) => Some(details),
        _ => None,
    };
    let sources = by_id(file.tables.get("sources"));
    let associations = by_id(file.tables.get("associations"));
    if let Some(Value::Array(sites)) = file
        .tables
        .get("sites")
        .filter(|s| s.as_array().is_some_and(|s| !s.is_empty()))
    {
        let count = format!("{} sites", sites.len());
        file.gather.gather.findings.note(&SITES, "sites", 0, &count);
    }
    let timemap = file.tables.contains_key("events")
        || file
            .records
            .iter()
            .any(|(r, _)| r.contains_key("associations") || r.contains_key("sources"));
    // As timemap writes them.
    file.gather.month_first = timemap;
    for (at, (record, line)) in std::mem::take(&mut file.records).into_iter().enumerate() {
        if at % BEAT == 0 {
            watch.check(&label)?;
        }
        let number = at as u64 + 1;
        let id = record.get("id").and_then(Value::as_str);
        if let Some(Value::Object(texts)) = id.and_then(|id| details.as_ref()?.get(id)) {
            let gather = &mut file.gather.gather;
            own::keep(gather, &record, texts, &sources, (number, line));
            continue;
        }
        keep(
            &mut file.gather,
            record,
            &sources,
            &associations,
            (number, line),
        );
    }
    if details.is_none() && !file.gather.understands() {
        return Err(OpenError::new(
            label,
            "these are JSON records, but none has a date or a place that is known",
            "say what their members mean, as in --map when=date,where=place",
        ));
    }
    if details.is_some() {
        // Ours: all of it is held by the events, their actors and sources.
        file.tables.remove("associations");
        file.tables.remove("sources");
    }
    for name in ["events"].iter().chain(&WRAPPERS) {
        file.tables.remove(*name);
    }
    let meta = Meta {
        id: fold(&name).replace(' ', "-"),
        title: Localised::new("und", &name),
        events_extra: file.tables,
        ..Meta::default()
    };
    let format = if timemap { "timemap" } else { "JSON records" };
    file.gather.finish(&label, format, meta, watch)
}

struct Reading<R> {
    cutter: Cutter<R>,
    gather: Records,
    records: Vec<Record>,
    /// The other tables of the file.
    tables: Map<String, Value>,
    stopped: Option<OpenError>,
}

impl<R: Read> Reading<R> {
    fn texts(&mut self, label: &str, watch: &Watch) -> Result<(), CutError> {
        while let Some(first) = self.cutter.peek()? {
            match first {
                b'[' => {
                    self.cutter.eat(b'[')?;
                    self.list(label, watch)?;
                }
                b'{' => self.object(label, watch)?,
                0x1E => {
                    self.cutter.eat(0x1E)?;
                }
                _ => return Err(self.cutter.error("this is no JSON object")),
            }
            if self.stopped.is_some() {
                break;
            }
        }
        Ok(())
    }

    fn list(&mut self, label: &str, watch: &Watch) -> Result<(), CutError> {
        let (mut bytes, mut first, mut seen) = (Vec::new(), true, self.cutter.byte());
        while self.stopped.is_none() && self.cutter.element(first)? {
            first = false;
            let line = self.cutter.value(&mut bytes)?;
            self.value(&bytes, line);
            if self.records.len().is_multiple_of(BEAT) {
                self.stopped = watch.check(label).err();
                watch.advance(self.cutter.byte() - seen);
                seen = self.cutter.byte();
            }
        }
        Ok(())
    }

    /// Texts that are parted by a byte: what is wrong with one is no matter to
    /// the others.
    fn parts(&mut self, sign: u8, label: &str, watch: &Watch) -> Result<(), CutError> {
        let mut bytes = Vec::new();
        let mut seen = self.cutter.byte();
        while let Some(part) = self.cutter.part(sign, &mut bytes)? {
            match part.too_long {
                Some(why) => self.broken(part.line, "", &why),
                None => self.value(&bytes, part.line),
            }
            if self.records.len().is_multiple_of(BEAT) {
                self.stopped = watch.check(label).err();
                watch.advance(self.cutter.byte() - seen);
                seen = self.cutter.byte();
            }
            if self.stopped.is_some() {
                break;
            }
        }
        Ok(())
    }

    /// Takes in the record of some text, or several behind each other.
    fn value(&mut self, bytes: &[u8], line: u64) {
        for value in texts::values(bytes) {
            let why = match value {
                Ok(Value::Object(record)) => {
                    self.records.push((record, line));
                    continue;
                }
                Ok(_) => "it is no object".to_owned(),
                Err(e) => texts::why(&e),
            };
            let text = String::from_utf8_lossy(&bytes[..bytes.len().min(100)]);
            self.broken(line, &text, &why);
            break;
        }
    }

    fn broken(&mut self, line: u64, text: &str, why: &str) {
        let gather = &mut self.gather.gather;
        gather
            .findings
            .note_why(&BROKEN_RECORD, "", line, text, why);
        gather.skip();
    }

    /// The tables of a file, or one record.
    fn object(&mut self, label: &str, watch: &Watch) -> Result<(), CutError> {
        let line = self.cutter.line();
        self.cutter.eat(b'{')?;
        let (mut members, mut bytes) = (Map::new(), Vec::new());
        let (mut first, mut tables) = (true, false);
        while let Some(name) = self.cutter.key(first)? {
            first = false;
            let list = name == "events" || WRAPPERS.contains(&name.as_str());
            if list && self.cutter.eat(b'[')? {
                tables = true;
                self.tables.insert(name, Value::Null);
                self.list(label, watch)?;
                continue;
            }
            self.cutter.value(&mut bytes)?;
            let value = serde_json::from_slice(&bytes)
                .map_err(|e| self.cutter.error(format!("\"{name}\" is not JSON ({e})")))?;
            members.insert(name, value);
        }
        if tables {
            members.retain(|name, _| !WRAPPERS.contains(&name.as_str()));
            self.tables.append(&mut members);
        } else {
            self.records.push((members, line));
        }
        Ok(())
    }
}

/// The records of a table by id: a list, or an object of them.
fn by_id(table: Option<&Value>) -> HashMap<String, Value> {
    match table {
        Some(Value::Array(list)) => {
            let id = |r: &Value| match r.get("id") {
                Some(Value::String(id)) => Some(id.clone()),
                Some(Value::Number(id)) => Some(id.to_string()),
                _ => None,
            };
            list.iter()
                .filter_map(|r| Some((id(r)?, r.clone())))
                .collect()
        }
        Some(Value::Object(records)) => records
            .iter()
            .map(|(id, r)| (id.clone(), r.clone()))
            .collect(),
        _ => HashMap::new(),
    }
}

fn keep(
    records: &mut Records,
    mut record: Map<String, Value>,
    sources: &HashMap<String, Value>,
    associations: &HashMap<String, Value>,
    (number, line): (u64, u64),
) {
    let mut feature = Feature {
        number,
        line,
        ..Feature::default()
    };
    let at = Findings::feature(number, line);
    if records.said("sources").is_none()
        && let Some(Value::Array(list)) = record.get("sources")
    {
        let list: Vec<_> = list.iter().filter(|s| !s.is_null()).cloned().collect();
        record.remove("sources");
        for value in &list {
            let found = source(&mut records.gather, value, sources, at);
            feature.draft.sources.extend(found);
        }
        // Their ids, for writing back.
        if list.iter().any(|s| !s.is_object()) {
            feature.plain.push(("sources".to_owned(), list.into()));
        }
    }
    if let Some(Value::Array(list)) = record.get("associations") {
        let title = |id: &Value| {
            let found = associations.get(id.as_str()?)?;
            let title = found.get("title").or_else(|| found.get("name"))?;
            Some(title.clone()).filter(|t| t != id)
        };
        let titles: Vec<Value> = list.iter().filter_map(title).collect();
        if !titles.is_empty() {
            let titles = ("association_titles".to_owned(), titles.into());
            feature.plain.push(titles);
        }
    }
    let empty = |value: &Value| value.as_str().is_some_and(|t| t.trim().is_empty());
    feature.values = record.into_iter().filter(|(_, v)| !empty(v)).collect();
    records.add(feature);
}

/// A source of an event: an id, an address, or the record itself.
fn source(
    gather: &mut Gather,
    value: &Value,
    sources: &HashMap<String, Value>,
    line: u64,
) -> Option<DraftSource<'static>> {
    let id = match value {
        Value::String(id) => id.trim().to_owned(),
        Value::Number(id) => id.to_string(),
        _ => String::new(),
    };
    let record = if value.is_object() {
        Some(value)
    } else {
        sources.get(&id)
    };
    let is_url = id.starts_with("http://") || id.starts_with("https://");
    let Some(record) = record else {
        if id.is_empty() {
            return None;
        }
        if !sources.is_empty() && !is_url {
            gather.findings.note(&NO_SOURCE, "sources", line, &id);
        }
        let (title, url) = if is_url {
            (String::new(), id)
        } else {
            (id, String::new())
        };
        return Some(DraftSource {
            title: title.into(),
            url: url.into(),
            ..DraftSource::default()
        });
    };
    let text = |names: &[&str]| {
        let found = names.iter().find_map(|n| record.get(*n)?.as_str());
        found.unwrap_or_default().trim().to_owned()
    };
    let path = record
        .get("paths")
        .and_then(|p| p.get(0))
        .and_then(Value::as_str);
    let url = text(&["url", "path", "link"]);
    let url = if url.is_empty() {
        path.unwrap_or_default().to_owned()
    } else {
        url
    };
    let title = text(&["title", "name"]);
    let title = if title.is_empty() {
        text(&["id"])
    } else {
        title
    };
    Some(DraftSource {
        title: title.into(),
        publisher: text(&["publisher", "author", "affil_s"]).into(),
        published: text(&["date", "published"]).into(),
        url: url.into(),
    })
}
