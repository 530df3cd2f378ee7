//! `GeoJSON` (RFC 7946), also a feature a line and as a text sequence (RFC
//! 8142), and Linked Places: read one feature at a time.

mod crs;
mod feature;
pub(super) mod geometry;
mod native;
#[cfg(test)]
mod tests;
pub(super) mod when;

use std::fs::File;
use std::io::{Read, Seek as _};

use serde_json::{Map, Value};

use super::cut::{CutError, Cutter};
use super::decode::{self, Utf8};
use super::features::Records;
use super::import::{Findings, Input, Watch, Wrong};
use super::{OpenError, OpenOptions, Opened, Report, Severity, texts};
use crate::dataset::Meta;
use crate::model::Localised;
use crs::Crs;

/// Features between two looks at whether to go on.
const BEAT: u64 = 2_000;

const BROKEN: Wrong = Wrong {
    id: "broken-json",
    severity: Severity::Error,
    what: "the JSON is broken here; what stands before was kept, what comes after was not read",
    remedy: "fetch or restore the whole file",
};
const BROKEN_LINE: Wrong = Wrong {
    id: "broken-feature",
    severity: Severity::Error,
    what: "the JSON of this feature is broken, and it was skipped",
    remedy: "correct it there",
};
const REPLACED: Wrong = Wrong {
    id: "not-utf-8",
    severity: Severity::Error,
    what: "there are bytes that are no letters in UTF-8; a mark stands in their place",
    remedy: "save the file as UTF-8",
};
const CRS_KEPT: Wrong = Wrong {
    id: "crs",
    severity: Severity::Warning,
    what: "the member crs names WGS 84, as GeoJSON has it anyway",
    remedy: "leave it out: RFC 7946 knows it no longer",
};
const CRS_CONVERTED: Wrong = Wrong {
    id: "crs-converted",
    severity: Severity::Warning,
    what: "the coordinates are Web Mercator, as the member crs says, and were converted to degrees",
    remedy: "write WGS 84: RFC 7946 knows nothing else",
};
const NO_EVENT: Wrong = Wrong {
    id: "no-event",
    severity: Severity::Warning,
    what: "there is no feature in it",
    remedy: "check that it is the right file",
};

/// How a file has to be read, as far as it is known.
#[derive(Clone, Debug, Default)]
struct How {
    crs: Option<Crs>,
    tables: Option<Value>,
}

/// What came of reading it once.
enum Pass {
    Done(Box<Opened>),
    /// What stands behind the features changes what they mean.
    Again(How),
}

/// Reads a file of features.
///
/// # Errors
/// When nothing in it is readable, or its coordinates are in a system that is
/// not known.
pub fn read(input: Input, options: &OpenOptions, watch: &Watch) -> Result<Opened, OpenError> {
    let again = input.file().and_then(|f| f.try_clone().ok());
    let encoding = decode::of_json(input.head());
    let label = input.label.clone();
    let parted = texts::parted(input.head());
    let name = input.name.clone();
    watch.expect(input.size.unwrap_or(0));
    let file = |how, reader: Box<dyn Read + Send>| {
        let (text, replaced) = Utf8::new(reader, encoding);
        let mut records = Records::new(options);
        records.place_as_title = true;
        let walk = Walk {
            cutter: Cutter::new(text),
            records,
            parted,
            how,
            label: &label,
            name: &name,
            watch,
            number: 0,
            seen: 0,
            features: Vec::new(),
            collection: Map::new(),
            collections: 0,
            late: None,
        };
        walk.run(&replaced)
    };
    match file(How::default(), input.into_reader())? {
        Pass::Done(opened) => Ok(*opened),
        Pass::Again(how) => {
            let rewound = again.and_then(|mut f: File| f.rewind().ok().map(|()| f));
            let Some(rewound) = rewound else {
                return Err(OpenError::new(
                    label,
                    "what stands behind its features changes what they mean, and it is packed",
                    "unpack it first",
                ));
            };
            match file(how, Box::new(rewound))? {
                Pass::Done(opened) => Ok(*opened),
                Pass::Again(_) => Err(OpenError::new(
                    label,
                    "its members contradict each other",
                    "name crs and chronotope once, before the features",
                )),
            }
        }
    }
}

struct Walk<'w, R> {
    cutter: Cutter<R>,
    records: Records,
    /// What parts texts of which each stands by itself.
    parted: Option<u8>,
    how: How,
    label: &'w str,
    name: &'w str,
    watch: &'w Watch,
    /// Features so far.
    number: u64,
    /// Bytes that were reported as read.
    seen: u64,
    /// The features as they are, for our own export.
    features: Vec<Value>,
    /// Members of the collection that are not read.
    collection: Map<String, Value>,
    collections: u64,
    late: Option<How>,
}

/// Why reading ends before the end.
enum Stop {
    Broken(CutError),
    Error(OpenError),
}

impl From<CutError> for Stop {
    fn from(error: CutError) -> Self {
        Self::Broken(error)
    }
}

impl<R: Read> Walk<'_, R> {
    fn run(mut self, replaced: &decode::Replaced) -> Result<Pass, OpenError> {
        match self.texts() {
            Err(Stop::Error(e)) => return Err(e),
            Err(Stop::Broken(e)) => {
                if self.number == 0 {
                    let place = format!("{}, {}", self.label, e.place());
                    let remedy = "correct it there, or restore the file from a copy";
                    return Err(OpenError::new(place, e.what, remedy));
                }
                let value = format!("byte {}", e.byte);
                let why = format!("{}; {}", e.what, BROKEN.remedy);
                let findings = &mut self.records.gather.findings;
                findings.note_why(&BROKEN, "", e.line, &value, &why);
            }
            Ok(()) => {}
        }
        if let Some(how) = self.late {
            return Ok(Pass::Again(how));
        }
        if replaced.any() {
            self.records.gather.findings.note(&REPLACED, "", 0, "");
        }
        if let Some(tables) = &self.how.tables {
            let (dataset, mut report) =
                native::read(self.label, tables, self.collection, self.features)?;
            "GeoJSON".clone_into(&mut report.format);
            let mut found = Report::default();
            self.records.gather.findings.report(self.label, &mut found);
            report.problems.extend(found.problems);
            return Ok(Pass::Done(Box::new((dataset, report))));
        }
        if self.number == 0 {
            self.records.gather.findings.note(&NO_EVENT, "", 0, "");
        }
        let format = if self.collection.contains_key("@context") {
            "Linked Places"
        } else {
            "GeoJSON"
        };
        let meta = self.meta();
        let opened = self.records.finish(self.label, format, meta, self.watch)?;
        Ok(Pass::Done(Box::new(opened)))
    }

    /// What the collection says of itself.
    fn meta(&mut self) -> Meta {
        let text = |of: Option<&Value>, names: &[&str]| {
            let mut found = names.iter().filter_map(|n| of?.get(n)?.as_str());
            found.next().map(str::to_owned)
        };
        let own = Value::Object(std::mem::take(&mut self.collection));
        let of =
            |names: &[&str]| text(Some(&own), names).or_else(|| text(own.get("metadata"), names));
        let title = of(&["title", "name"]).unwrap_or_else(|| self.name.to_owned());
        let description = of(&["description"]);
        Meta {
            id: crate::model::fold(self.name).replace(' ', "-"),
            title: Localised::new("und", &title),
            description: description.map_or_else(Localised::default, |d| Localised::new("und", &d)),
            licence: of(&["license", "licence"]),
            attribution: of(&["attribution"]),
            events_extra: match own {
                Value::Object(members) => members,
                _ => Map::new(),
            },
            ..Meta::default()
        }
    }

    /// All texts of the file: one, one a line, or one behind each separator.
    fn texts(&mut self) -> Result<(), Stop> {
        if let Some(sign) = self.parted {
            return self.parts(sign);
        }
        while let Some(first) = self.cutter.peek()? {
            let done = match first {
                b'{' => self.object(),
                b'[' => self.list(),
                _ => Err(self.cutter.error("this is no JSON object").into()),
            };
            match done {
                // The first lines were too long to be told from one text.
                Err(Stop::Broken(e))
                    if !e.truncated && self.number > 0 && self.collections == 0 =>
                {
                    self.broken(e.line, &format!("byte {}", e.byte), &e.what);
                    self.cutter.skip_past(b'\n')?;
                }
                done => done?,
            }
        }
        Ok(())
    }

    /// Texts that are parted by a byte: what is wrong with one is no matter to
    /// the others.
    fn parts(&mut self, sign: u8) -> Result<(), Stop> {
        let mut bytes = Vec::new();
        while let Some(part) = self.cutter.part(sign, &mut bytes)? {
            if let Some(what) = part.too_long {
                self.broken(part.line, "", &what);
                continue;
            }
            for value in texts::values(&bytes) {
                match value {
                    Ok(value) => self.text(value, part.line)?,
                    Err(e) => {
                        let text = String::from_utf8_lossy(&bytes[..bytes.len().min(100)]);
                        self.broken(part.line, &text, &texts::why(&e));
                        break;
                    }
                }
            }
        }
        Ok(())
    }

    /// A text that stands by itself: mostly a feature.
    fn text(&mut self, value: Value, line: u64) -> Result<(), Stop> {
        match value {
            Value::Array(list) => {
                for value in list {
                    self.keep(value, line)?;
                }
                Ok(())
            }
            Value::Object(mut members) if members.contains_key("features") => {
                if let Some(Value::Array(list)) = members.remove("features") {
                    for value in list {
                        self.keep(value, line)?;
                    }
                }
                members.retain(|name, _| !["type", "bbox"].contains(&name.as_str()));
                self.collection.append(&mut members);
                Ok(())
            }
            value => self.keep(value, line),
        }
    }

    fn broken(&mut self, line: u64, text: &str, why: &str) {
        let gather = &mut self.records.gather;
        gather.findings.note_why(&BROKEN_LINE, "", line, text, why);
        gather.skip();
        self.number += 1;
    }

    /// A list of features without a collection around it.
    fn list(&mut self) -> Result<(), Stop> {
        self.collections += 1;
        self.cutter.eat(b'[')?;
        self.elements()
    }

    fn elements(&mut self) -> Result<(), Stop> {
        let mut bytes = Vec::new();
        let mut first = true;
        while self.cutter.element(first)? {
            first = false;
            let line = self.cutter.value(&mut bytes)?;
            self.feature(&bytes, line)?;
        }
        Ok(())
    }

    /// A collection, a feature or a geometry.
    fn object(&mut self) -> Result<(), Stop> {
        let line = self.cutter.line();
        self.cutter.eat(b'{')?;
        let mut members = Map::new();
        let mut bytes = Vec::new();
        let mut first = true;
        let mut collection = false;
        while let Some(name) = self.cutter.key(first)? {
            first = false;
            if name == "features" && self.cutter.eat(b'[')? {
                collection = true;
                self.collections += 1;
                self.elements()?;
                continue;
            }
            self.cutter.value(&mut bytes)?;
            let value: Value = serde_json::from_slice(&bytes)
                .map_err(|e| self.cutter.error(format!("\"{name}\" is not JSON ({e})")))?;
            match name.as_str() {
                "crs" => self.crs(&value, collection)?,
                native::MEMBER if value.get("dataset").is_some() => self.tables(value, collection),
                _ => {
                    members.insert(name, value);
                }
            }
        }
        let kind = members
            .get("type")
            .and_then(Value::as_str)
            .unwrap_or_default();
        if collection || kind == "FeatureCollection" {
            self.collections += 1;
            members.retain(|name, _| !["type", "bbox"].contains(&name.as_str()));
            self.collection.append(&mut members);
            return Ok(());
        }
        if kind != "Feature" && !feature::GEOMETRIES.contains(&kind) && self.number == 0 {
            let place = format!("{}, line {line}", self.label);
            let what = match kind {
                "" => "it is JSON, but no GeoJSON: it has no type".to_owned(),
                kind => format!("it is JSON of the type \"{kind}\", and no GeoJSON"),
            };
            let remedy = "open a FeatureCollection, a Feature or a geometry";
            return Err(Stop::Error(OpenError::new(place, what, remedy)));
        }
        self.keep(Value::Object(members), line)
    }

    fn feature(&mut self, bytes: &[u8], line: u64) -> Result<(), Stop> {
        match serde_json::from_slice(bytes) {
            Ok(value) => self.keep(value, line),
            Err(e) => {
                let at = line + (e.line() as u64).saturating_sub(1);
                let at = Findings::feature(self.number + 1, at);
                let text = String::from_utf8_lossy(&bytes[..bytes.len().min(100)]);
                self.broken(at, &text, &e.to_string());
                Ok(())
            }
        }
    }

    fn keep(&mut self, value: Value, line: u64) -> Result<(), Stop> {
        self.number += 1;
        if self.number.is_multiple_of(BEAT) {
            self.watch.check(self.label).map_err(Stop::Error)?;
            self.watch.advance(self.cutter.byte() - self.seen);
            self.seen = self.cutter.byte();
        }
        if self.late.is_some() {
            return Ok(());
        }
        if self.how.tables.is_some() {
            self.features.push(value);
            return Ok(());
        }
        let crs = self.how.crs.unwrap_or_default();
        feature::keep(&mut self.records, crs, value, (self.number, line));
        Ok(())
    }

    fn crs(&mut self, value: &Value, late: bool) -> Result<(), Stop> {
        let crs = Crs::read(value).map_err(|name| {
            Stop::Error(OpenError::new(
                self.label,
                format!("its coordinates are in the system \"{name}\", which is not known here"),
                "convert it to WGS 84, for example with ogr2ogr -t_srs EPSG:4326",
            ))
        })?;
        let line = self.cutter.line();
        let name = value.to_string();
        if late && crs != self.how.crs.unwrap_or_default() {
            self.late.get_or_insert(self.how.clone()).crs = Some(crs);
            return Ok(());
        }
        self.how.crs = Some(crs);
        let wrong = match crs {
            Crs::Degrees => &CRS_KEPT,
            Crs::Mercator => &CRS_CONVERTED,
        };
        self.records.gather.findings.note(wrong, "crs", line, &name);
        Ok(())
    }

    fn tables(&mut self, value: Value, late: bool) {
        if late && self.how.tables.is_none() {
            self.late.get_or_insert(self.how.clone()).tables = Some(value);
        } else {
            self.how.tables = Some(value);
        }
    }
}
