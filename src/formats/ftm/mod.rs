//! Entities of `FollowTheMoney`, one a line or in a list: events, actors,
//! relations, addresses and documents.

mod build;
mod entity;
mod own;
pub(super) mod schema;
#[cfg(test)]
mod tests;

use crate::dataset::Meta;
use crate::model::{Localised, fold};

use super::cut::{CutError, Cutter};
use super::decode::{self, Utf8};
use super::import::{Findings, Input, Watch, Wrong};
use super::{OpenError, OpenOptions, Opened, Severity};
use build::Builder;
use entity::Entity;

/// Entities between two looks at whether to go on.
const BEAT: usize = 2_000;

const BROKEN: Wrong = Wrong {
    id: "broken-json",
    severity: Severity::Error,
    what: "the JSON is broken here; what stands before was kept, what comes after was not read",
    remedy: "fetch or restore the whole file",
};
const BROKEN_ENTITY: Wrong = Wrong {
    id: "broken-entity",
    severity: Severity::Error,
    what: "it is no entity with an id and a schema, or its JSON is broken, and it was skipped",
    remedy: "correct it there",
};

/// Reads entities.
///
/// # Errors
/// When nothing in it is readable.
pub fn read(input: Input, _options: &OpenOptions, watch: &Watch) -> Result<Opened, OpenError> {
    let (label, name) = (input.label.clone(), input.name.clone());
    let encoding = decode::of_json(input.head());
    watch.expect(input.size.unwrap_or(0));
    let (text, _) = Utf8::new(input.into_reader(), encoding);
    let mut file = Reading {
        cutter: Cutter::new(text),
        entities: Vec::new(),
        skipped: 0,
        findings: Findings::default(),
        stopped: None,
    };
    if let Err(e) = file.texts(&label, watch) {
        if file.entities.is_empty() {
            let place = format!("{label}, {}", e.place());
            let remedy = "correct it there, or restore the file from a copy";
            return Err(OpenError::new(place, e.what, remedy));
        }
        let why = format!("{}; {}", e.what, BROKEN.remedy);
        file.findings
            .note_why(&BROKEN, "", e.line, &format!("byte {}", e.byte), &why);
    }
    if let Some(cancelled) = file.stopped {
        return Err(cancelled);
    }
    if file.entities.is_empty() {
        return Err(OpenError::new(
            label,
            "there is no entity of FollowTheMoney in it",
            "each line should be {\"id\": …, \"schema\": …, \"properties\": {…}}",
        ));
    }
    let mut builder = Builder::new(file.findings);
    for _ in 0..file.skipped {
        builder.gather.skip();
    }
    builder.build(file.entities);
    watch.check(&label)?;
    let meta = Meta {
        id: fold(&name).replace(' ', "-"),
        title: Localised::new("und", &name),
        ..Meta::default()
    };
    Ok(builder.gather.finish(&label, "FollowTheMoney", meta, watch))
}

struct Reading<R> {
    cutter: Cutter<R>,
    entities: Vec<Entity>,
    skipped: u64,
    findings: Findings,
    stopped: Option<OpenError>,
}

impl<R: std::io::Read> Reading<R> {
    /// One entity a line, or one list.
    fn texts(&mut self, label: &str, watch: &Watch) -> Result<(), CutError> {
        let mut bytes = Vec::new();
        let mut seen = 0;
        let list = self.cutter.eat(b'[')?;
        let (mut first, mut by_line) = (true, false);
        while self.stopped.is_none() {
            let more = if list {
                self.cutter.element(first)?
            } else {
                self.cutter.peek()?.is_some()
            };
            if !more {
                return Ok(());
            }
            first = false;
            // A broken line must not take the next ones with it.
            let line = if by_line {
                self.cutter.line_text(&mut bytes)?
            } else {
                self.cutter.value(&mut bytes)?
            };
            by_line = !list && self.cutter.line() == line;
            self.entity(&bytes, line);
            if self.entities.len().is_multiple_of(BEAT) {
                self.stopped = watch.check(label).err();
                watch.advance(self.cutter.byte() - seen);
                seen = self.cutter.byte();
            }
        }
        Ok(())
    }

    fn entity(&mut self, bytes: &[u8], line: u64) {
        let value = serde_json::from_slice(bytes).ok();
        let before = self.entities.len();
        if let Some(value) = value {
            Entity::read(value, line, &mut self.entities, 0);
        }
        if self.entities.len() == before {
            let text = String::from_utf8_lossy(&bytes[..bytes.len().min(100)]);
            self.findings.note(&BROKEN_ENTITY, "", line, &text);
            self.skipped += 1;
        }
    }
}
