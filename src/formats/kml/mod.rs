//! KML 2.0 to 2.3 (OGC 12-007r2) and Google's extension: placemarks become
//! events, one at a time. Styles, views and tours are passed over; what is
//! linked is not fetched.

mod geometry;
mod html;
mod own;
mod placemark;
#[cfg(test)]
mod tests;

use crate::dataset::Meta;
use crate::model::{Localised, fold};

use super::features::Records;
use super::import::{DraftTime, Input, Watch, Wrong};
use super::xml::{Element, Piece, Xml, XmlError};
use super::{OpenError, OpenOptions, Opened, Severity};

pub(super) use html::entity;

/// Placemarks between two looks at whether to go on.
const BEAT: u64 = 1_000;

/// What reports call it.
pub(super) const FORMAT: &str = "KML";

const BROKEN: Wrong = Wrong {
    id: "broken-xml",
    severity: Severity::Error,
    what: "the XML is broken here; what stands before was kept, what comes after was not read",
    remedy: "fetch or restore the whole file",
};
/// A file elsewhere.
pub(super) const LINK: Wrong = Wrong {
    id: "network-link",
    severity: Severity::Warning,
    what: "a network link leads to another file, which was not fetched",
    remedy: "download it, and open it by itself",
};
const OVERLAY: Wrong = Wrong {
    id: "overlay",
    severity: Severity::Warning,
    what: "pictures laid over map or screen are no events and were left out",
    remedy: "nothing has to be done",
};
const TOUR: Wrong = Wrong {
    id: "tour",
    severity: Severity::Warning,
    what: "tours are no events and were left out",
    remedy: "nothing has to be done",
};
const UPDATE: Wrong = Wrong {
    id: "update",
    severity: Severity::Warning,
    what: "an update to another file was not carried out",
    remedy: "open the file that it changes",
};
const UNKNOWN: Wrong = Wrong {
    id: "unknown-element",
    severity: Severity::Warning,
    what: "an element that KML does not know was left out",
    remedy: "nothing has to be done",
};
const ENTITIES: Wrong = Wrong {
    id: "entities",
    severity: Severity::Warning,
    what: "entities that the file declares itself are not expanded; they stand as they are written",
    remedy: "write the letters themselves",
};
const REPLACED: Wrong = Wrong {
    id: "encoding",
    severity: Severity::Error,
    what: "there are bytes that are no letters in the file's encoding; a mark stands in their place",
    remedy: "save the file as UTF-8",
};
const NO_EVENT: Wrong = Wrong {
    id: "no-event",
    severity: Severity::Warning,
    what: "there is no placemark in it",
    remedy: "check that it is the right file",
};

/// What stands for nothing that is shown.
const PASSED: [&str; 26] = [
    "Style",
    "StyleMap",
    "styleUrl",
    "LookAt",
    "Camera",
    "Region",
    "visibility",
    "open",
    "Snippet",
    "snippet",
    "description",
    "address",
    "AddressDetails",
    "phoneNumber",
    "ExtendedData",
    "Metadata",
    "author",
    "link",
    "TimeInstant",
    "balloonVisibility",
    "Url",
    "Link",
    "hint",
    "Lod",
    "LatLonAltBox",
    "Schema",
];

/// A document or folder that placemarks are in.
#[derive(Default)]
struct Level {
    name: String,
    time: DraftTime,
}

/// Reads a KML file.
///
/// # Errors
/// When nothing in it is readable.
pub fn read(input: Input, options: &OpenOptions, watch: &Watch) -> Result<Opened, OpenError> {
    let (label, name) = (input.label.clone(), input.name.clone());
    watch.expect(input.size.unwrap_or(0));
    let mut walk = Walk {
        xml: Xml::new(input),
        records: Records::new(options),
        levels: Vec::new(),
        own: Vec::new(),
        title: String::new(),
        description: String::new(),
        number: 0,
        seen: 0,
    };
    if let Err(stop) = walk.run(&label, watch) {
        let error = stop?;
        if walk.number == 0 && walk.levels.len() < 2 {
            return Err(OpenError::new(
                format!("{label}, line {}", error.line),
                format!("the XML is broken ({})", error.what),
                "correct it there, or fetch the file again",
            ));
        }
        let why = format!("{}; {}", error.what, BROKEN.remedy);
        let findings = &mut walk.records.gather.findings;
        findings.note_why(&BROKEN, "", error.line, "", &why);
    }
    let findings = &mut walk.records.gather.findings;
    if walk.xml.entities > 0 {
        findings.note(&ENTITIES, "", 0, "");
    }
    if walk.xml.replaced.any() {
        findings.note(&REPLACED, "", 0, "");
    }
    if walk.number == 0 {
        findings.note(&NO_EVENT, "", 0, "");
    }
    let title = if walk.title.is_empty() {
        &name
    } else {
        &walk.title
    };
    let meta = Meta {
        id: fold(&name).replace(' ', "-"),
        title: Localised::new("und", title),
        description: match walk.description.as_str() {
            "" => Localised::default(),
            text => Localised::new("und", &html::plain(text)),
        },
        ..Meta::default()
    };
    walk.records.finish(&label, FORMAT, meta, watch)
}

struct Walk {
    xml: Xml,
    records: Records,
    levels: Vec<Level>,
    /// Names of elements that old files declare to be placemarks of their own.
    own: Vec<String>,
    title: String,
    description: String,
    number: u64,
    seen: u64,
}

/// Broken XML, or the end of it all.
type Stop = Result<XmlError, OpenError>;

impl Walk {
    fn run(&mut self, label: &str, watch: &Watch) -> Result<(), Stop> {
        loop {
            match self.xml.next().map_err(Ok)? {
                Piece::Over => return Ok(()),
                Piece::End => {
                    self.levels.pop();
                }
                Piece::Start(head) => {
                    self.element(head).map_err(Ok)?;
                    if self.number.is_multiple_of(BEAT) {
                        watch.check(label).map_err(Err)?;
                        watch.advance(self.xml.byte() - self.seen);
                        self.seen = self.xml.byte();
                    }
                }
            }
        }
    }

    fn element(&mut self, head: Element) -> Result<(), XmlError> {
        let line = head.line;
        let name = head.name.clone();
        let findings = &mut self.records.gather.findings;
        match name.as_str() {
            "kml" | "Document" | "Folder" => {
                let time = self.levels.last().map(|l| l.time.clone());
                self.levels.push(Level {
                    name: String::new(),
                    time: time.unwrap_or_default(),
                });
            }
            "Placemark" => self.placemark(head)?,
            "name" => {
                let text = self.xml.whole(head)?.deep_text();
                if self.title.is_empty() && self.levels.len() < 3 {
                    self.title.clone_from(&text);
                }
                if let Some(level) = self.levels.last_mut() {
                    level.name = text;
                }
            }
            "description" => {
                let text = self.xml.whole(head)?.deep_text();
                if self.description.is_empty() && self.levels.len() < 3 {
                    self.description = text;
                }
            }
            "TimeSpan" | "TimeStamp" | "TimePeriod" => {
                let element = self.xml.whole(head)?;
                let findings = &mut self.records.gather.findings;
                let time = placemark::time(&element, &mut Vec::new(), findings, line);
                if let Some(level) = self.levels.last_mut() {
                    level.time = time;
                }
            }
            "NetworkLink" => {
                let element = self.xml.whole(head)?;
                let of = |name: &str| element.child(name).map(|l| l.text_of("href").to_owned());
                let target = of("Link").or_else(|| of("Url")).unwrap_or_default();
                self.records
                    .gather
                    .findings
                    .note(&LINK, "NetworkLink", line, &target);
            }
            "Schema" if head.attribute("parent").is_some() => {
                let own = head.attribute("name").unwrap_or_default().to_owned();
                self.own.push(own);
                self.xml.skip()?;
            }
            own if self.own.iter().any(|o| o == own) => self.placemark(head)?,
            skipped => {
                let wrong = match skipped {
                    "GroundOverlay" | "ScreenOverlay" | "PhotoOverlay" => Some(&OVERLAY),
                    "Tour" => Some(&TOUR),
                    "Update" | "NetworkLinkControl" => Some(&UPDATE),
                    passed if PASSED.contains(&passed) => None,
                    _ => Some(&UNKNOWN),
                };
                if let Some(wrong) = wrong {
                    findings.note(wrong, skipped, line, "");
                }
                self.xml.skip()?;
            }
        }
        Ok(())
    }

    fn placemark(&mut self, head: Element) -> Result<(), XmlError> {
        let element = self.xml.whole(head)?;
        self.number += 1;
        let folder: Vec<&str> = self
            .levels
            .iter()
            .skip(2)
            .map(|l| l.name.as_str())
            .filter(|n| !n.is_empty())
            .collect();
        let inherited = self.levels.last().map(|l| l.time.clone());
        placemark::keep(
            &mut self.records,
            &element,
            &folder.join(" / "),
            inherited.unwrap_or_default(),
            self.number,
        );
        Ok(())
    }
}
