//! GPX 1.0 and 1.1 (Topografix): waypoints, routes and tracks, each an event.

#[cfg(test)]
mod tests;

use geo::{Coord, Geometry, LineString, MultiLineString};
use serde_json::Value;

use crate::dataset::Meta;
use crate::model::time::Extent;
use crate::model::{Localised, fold};

use super::features::{Fields, Keeper, checked_point};
use super::import::{Draft, DraftTime, Findings, Input, Watch, Wrong};
use super::xml::{Element, Piece, Xml, XmlError};
use super::{OpenError, OpenOptions, Opened, Severity, dates};

/// Points between two looks at whether to go on.
const BEAT: u64 = 5_000;

const BROKEN: Wrong = Wrong {
    id: "broken-xml",
    severity: Severity::Error,
    what: "the XML is broken here; what stands before was kept, what comes after was not read",
    remedy: "fetch or restore the whole file",
};
const NO_POSITION: Wrong = Wrong {
    id: "geometry-position",
    severity: Severity::Error,
    what: "a point lacks its attributes lat and lon, or they are no numbers; it has no place",
    remedy: "correct the point",
};
const NO_DATE: Wrong = Wrong {
    id: "no-date",
    severity: Severity::Error,
    what: "it is no date that is understood; it was left out",
    remedy: "write times as 2014-05-01T12:30:00Z",
};
const NO_EVENT: Wrong = Wrong {
    id: "no-event",
    severity: Severity::Warning,
    what: "there is no waypoint, route or track in it",
    remedy: "check that it is the right file",
};

/// Reads a GPX file.
///
/// # Errors
/// When nothing in it is readable.
pub fn read(input: Input, options: &OpenOptions, watch: &Watch) -> Result<Opened, OpenError> {
    let (label, name) = (input.label.clone(), input.name.clone());
    watch.expect(input.size.unwrap_or(0));
    let mut walk = Walk {
        xml: Xml::new(input),
        keeper: Keeper::new(),
        fields: Fields::new(options),
        number: 0,
        points: 0,
        title: String::new(),
        description: String::new(),
    };
    if let Err(stop) = walk.run(&label, watch) {
        let error = stop?;
        if walk.number == 0 {
            return Err(OpenError::new(
                format!("{label}, line {}", error.line),
                format!("the XML is broken ({})", error.what),
                "correct it there, or fetch the file again",
            ));
        }
        let why = format!("{}; {}", error.what, BROKEN.remedy);
        let findings = &mut walk.keeper.gather.findings;
        findings.note_why(&BROKEN, "", error.line, "", &why);
    }
    if walk.number == 0 {
        walk.keeper.gather.findings.note(&NO_EVENT, "", 0, "");
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
            text => Localised::new("und", text),
        },
        ..Meta::default()
    };
    Ok(walk.keeper.gather.finish(&label, "GPX", meta, watch))
}

struct Walk {
    xml: Xml,
    keeper: Keeper,
    fields: Fields,
    number: u64,
    points: u64,
    title: String,
    description: String,
}

/// A route or track as it is read.
#[derive(Default)]
struct Path {
    lines: Vec<Vec<Coord<f64>>>,
    altitudes: Vec<f64>,
    first: Option<Extent>,
    last: Option<Extent>,
    parts: Vec<Element>,
    line: u64,
}

type Stop = Result<XmlError, OpenError>;

impl Walk {
    fn run(&mut self, label: &str, watch: &Watch) -> Result<(), Stop> {
        loop {
            match self.xml.next().map_err(Ok)? {
                Piece::Over => return Ok(()),
                Piece::End => {}
                Piece::Start(head) => match head.name.as_str() {
                    "gpx" | "metadata" => {}
                    "wpt" => {
                        let point = self.xml.whole(head).map_err(Ok)?;
                        self.waypoint(&point);
                        self.beat(label, watch).map_err(Err)?;
                    }
                    "trk" | "rte" => self.path(&head, label, watch)?,
                    "name" => self.title = self.xml.whole(head).map_err(Ok)?.deep_text(),
                    "desc" => self.description = self.xml.whole(head).map_err(Ok)?.deep_text(),
                    _ => self.xml.skip().map_err(Ok)?,
                },
            }
        }
    }

    fn beat(&mut self, label: &str, watch: &Watch) -> Result<(), OpenError> {
        self.points += 1;
        if self.points.is_multiple_of(BEAT) {
            watch.check(label)?;
        }
        Ok(())
    }

    fn waypoint(&mut self, point: &Element) {
        self.number += 1;
        let mut draft = Draft::default();
        let findings = &mut self.keeper.gather.findings;
        draft.geometry = position(point, findings).map(|c| Geometry::Point(c.into()));
        draft.time = time(point, findings).map_or(DraftTime::Unknown, DraftTime::Extent);
        let parts = point.children.iter().filter(|p| p.name != "time");
        self.keep(draft, parts.collect(), point.line, None);
    }

    /// A route or track, point by point: it may have millions.
    fn path(&mut self, head: &Element, label: &str, watch: &Watch) -> Result<(), Stop> {
        let mut path = Path {
            line: head.line,
            ..Path::default()
        };
        let is_route = head.name == "rte";
        if is_route {
            path.lines.push(Vec::new());
        }
        let mut inside = 1;
        while inside > 0 {
            match self.xml.next().map_err(Ok)? {
                Piece::Over => break,
                Piece::End => inside -= 1,
                Piece::Start(head) => match head.name.as_str() {
                    "trkseg" => {
                        inside += 1;
                        path.lines.push(Vec::new());
                    }
                    "trkpt" | "rtept" => {
                        let point = self.xml.whole(head).map_err(Ok)?;
                        path.add(&point, &mut self.keeper.gather.findings);
                        self.beat(label, watch).map_err(Err)?;
                    }
                    _ => {
                        let part = self.xml.whole(head).map_err(Ok)?;
                        path.parts.push(part);
                    }
                },
            }
        }
        self.number += 1;
        let mut draft = Draft::default();
        let (first, last) = (
            path.first.map(DraftTime::Extent),
            path.last.map(DraftTime::Extent),
        );
        draft.time = dates::join(first, last, false).unwrap_or_else(|start| start);
        draft.geometry = path.geometry();
        let altitudes = std::mem::take(&mut path.altitudes);
        let altitudes = (!altitudes.is_empty()).then(|| Value::from(altitudes));
        self.keep(draft, path.parts.iter().collect(), path.line, altitudes);
        Ok(())
    }

    fn keep(
        &mut self,
        mut draft: Draft<'static>,
        parts: Vec<&Element>,
        line: u64,
        altitudes: Option<Value>,
    ) {
        let mut values: Vec<(String, Value)> = Vec::new();
        for part in parts {
            let text = part.deep_text();
            match part.name.as_str() {
                "name" => draft.title = text.into(),
                "desc" => draft.summary = text.into(),
                "cmt" if draft.summary.is_empty() => draft.summary = text.into(),
                "ele" => {
                    let number = text.parse::<f64>().map(Value::from);
                    values.push((
                        "altitude".to_owned(),
                        number.unwrap_or_else(|_| text.into()),
                    ));
                }
                "link" | "url" => {
                    let target = part.attribute("href").map_or(text, str::to_owned);
                    values.push(("link".to_owned(), target.into()));
                }
                "extensions" => {
                    let inner = part.children.iter();
                    values.extend(inner.map(|e| (e.name.clone(), e.deep_text().into())));
                }
                // "src" names the device, and "type" the sort of waypoint.
                name => values.push((format!("gpx_{name}"), text.into())),
            }
        }
        values.extend(altitudes.map(|a| ("altitude".to_owned(), a)));
        let named = values.iter().map(|(name, value)| (name.as_str(), value));
        self.fields
            .apply(&mut draft, &mut self.keeper.gather, line, named);
        self.keeper.add(&mut draft, self.number, line);
    }
}

impl Path {
    fn add(&mut self, point: &Element, findings: &mut Findings) {
        let Some(at) = position(point, findings) else {
            return;
        };
        if self.lines.is_empty() {
            self.lines.push(Vec::new());
        }
        if let Some(line) = self.lines.last_mut() {
            line.push(at);
        }
        self.altitudes.extend(point.text_of("ele").parse::<f64>());
        if let Some(time) = time(point, findings) {
            let earlier = self
                .first
                .is_none_or(|f| time.start_earliest < f.start_earliest);
            let later = self.last.is_none_or(|l| time.end_latest > l.end_latest);
            self.first = if earlier { Some(time) } else { self.first };
            self.last = if later { Some(time) } else { self.last };
        }
    }

    fn geometry(&mut self) -> Option<Geometry<f64>> {
        let mut lines = std::mem::take(&mut self.lines);
        lines.retain(|l| !l.is_empty());
        match lines.as_slice() {
            [] => None,
            [line] if line.len() == 1 => Some(Geometry::Point(line[0].into())),
            [line] => Some(Geometry::LineString(LineString(line.clone()))),
            _ => {
                // A segment of one point is drawn as a line of no length.
                let closed = |mut l: Vec<Coord<f64>>| {
                    if l.len() == 1 {
                        l.push(l[0]);
                    }
                    LineString(l)
                };
                let lines = lines.into_iter().map(closed).collect();
                Some(Geometry::MultiLineString(MultiLineString(lines)))
            }
        }
    }
}

fn position(point: &Element, findings: &mut Findings) -> Option<Coord<f64>> {
    let number = |name: &str| {
        point
            .attribute(name)
            .and_then(|t| t.trim().parse::<f64>().ok())
    };
    let (Some(lon), Some(lat)) = (number("lon"), number("lat")) else {
        findings.note(&NO_POSITION, &point.name, point.line, "");
        return None;
    };
    match checked_point(lon, lat) {
        Ok(point) => Some(point.0),
        Err(wrong) => {
            findings.note(wrong, &point.name, point.line, &format!("{lon}, {lat}"));
            None
        }
    }
}

fn time(point: &Element, findings: &mut Findings) -> Option<Extent> {
    let text = point.text_of("time");
    if text.is_empty() {
        return None;
    }
    let read = dates::read(text, None)
        .ok()
        .as_ref()
        .and_then(dates::extent);
    if read.is_none() {
        findings.note(&NO_DATE, "time", point.line, text);
    }
    read
}
