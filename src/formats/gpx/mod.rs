//! GPX 1.0 and 1.1 (Topografix): waypoints, routes and tracks, each an event.

#[cfg(test)]
mod tests;

use geo::{Coord, Geometry, LineString, MultiLineString};
use serde_json::Value;

use crate::dataset::Meta;
use crate::model::time::Extent;
use crate::model::{Localised, fold};

use super::features::{Feature, NULL_ISLAND, Records, position, refused};
use super::import::record::wrong;
use super::import::{DraftTime, Findings, Input, Watch, Wrong};
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
        records: Records::new(options),
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
        let findings = &mut walk.records.gather.findings;
        findings.note_why(&BROKEN, "", error.line, "", &why);
    }
    if walk.number == 0 {
        walk.records.gather.findings.note(&NO_EVENT, "", 0, "");
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
    walk.records.finish(&label, "GPX", meta, watch)
}

struct Walk {
    xml: Xml,
    records: Records,
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
    /// The time of each position as it is written; null where it has none.
    times: Vec<Value>,
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
        let mut feature = Feature::default();
        let at = Findings::feature(self.number, point.line);
        let findings = &mut self.records.gather.findings;
        if let Some(place) = place(point, at, findings) {
            feature.draft.geometry = Some(Geometry::Point(place.into()));
        } else {
            let values = ["lat", "lon"].map(|n| point.attribute(n).unwrap_or_default());
            let text = values.join(", ");
            let text = refused(&text).map(Value::from);
            feature
                .plain
                .extend(text.map(|t| ("gpx_position".to_owned(), t)));
        }
        feature.draft.time =
            time(point, at, findings).map_or(DraftTime::Unknown, DraftTime::Extent);
        let parts = point.children.iter().filter(|p| p.name != "time");
        self.keep(feature, parts.collect(), point.line);
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
                        let at = Findings::feature(self.number + 1, point.line);
                        path.add(&point, at, &mut self.records.gather.findings);
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
        let mut feature = Feature::default();
        let (first, last) = (
            path.first.map(DraftTime::Extent),
            path.last.map(DraftTime::Extent),
        );
        feature.draft.time = dates::join(first, last, false).unwrap_or_else(|start| start);
        feature.draft.geometry = path.geometry();
        let altitudes = std::mem::take(&mut path.altitudes);
        if !altitudes.is_empty() {
            let altitudes = Value::from(altitudes);
            feature.plain.push(("altitude".to_owned(), altitudes));
        }
        let times = std::mem::take(&mut path.times);
        if times.iter().any(Value::is_string) {
            feature.plain.push(("track_times".to_owned(), times.into()));
        }
        self.keep(feature, path.parts.iter().collect(), path.line);
        Ok(())
    }

    fn keep(&mut self, mut feature: Feature, parts: Vec<&Element>, line: u64) {
        let Feature {
            draft,
            values,
            plain,
            ..
        } = &mut feature;
        for part in parts {
            let text = part.deep_text();
            match part.name.as_str() {
                "name" => draft.title = text.into(),
                "desc" => draft.summary = text.into(),
                "cmt" if draft.summary.is_empty() => draft.summary = text.into(),
                "ele" => {
                    let number = text.parse::<f64>().map(Value::from);
                    plain.push((
                        "altitude".to_owned(),
                        number.unwrap_or_else(|_| text.into()),
                    ));
                }
                "link" | "url" => {
                    let target = part.attribute("href").map_or(text, str::to_owned);
                    plain.push(("link".to_owned(), target.into()));
                }
                "extensions" => {
                    let inner = part.children.iter();
                    values.extend(inner.map(|e| (e.name.clone(), e.deep_text().into())));
                }
                // "src" names the device, and "type" the sort of waypoint.
                name => plain.push((format!("gpx_{name}"), text.into())),
            }
        }
        feature.number = self.number;
        feature.line = line;
        self.records.add(feature);
    }
}

impl Path {
    fn add(&mut self, point: &Element, line: u64, findings: &mut Findings) {
        let Some(at) = place(point, line, findings) else {
            return;
        };
        if self.lines.is_empty() {
            self.lines.push(Vec::new());
        }
        if let Some(line) = self.lines.last_mut() {
            line.push(at);
        }
        self.altitudes.extend(point.text_of("ele").parse::<f64>());
        self.times.push(match point.text_of("time").trim() {
            "" => Value::Null,
            text => text.into(),
        });
        if let Some(time) = time(point, line, findings) {
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

fn place(point: &Element, line: u64, findings: &mut Findings) -> Option<Coord<f64>> {
    let number = |name: &str| {
        point
            .attribute(name)
            .and_then(|t| t.trim().parse::<f64>().ok())
    };
    let (Some(lon), Some(lat)) = (number("lon"), number("lat")) else {
        findings.note(&NO_POSITION, &point.name, line, "");
        return None;
    };
    let mut note = |wrong| findings.note(wrong, &point.name, line, &format!("{lon}, {lat}"));
    match position(lon, lat) {
        Ok(found) => {
            if found.turned {
                note(&wrong::LON_360);
            }
            if found.at.x == 0.0 && found.at.y == 0.0 {
                note(&NULL_ISLAND);
            }
            Some(found.at)
        }
        Err(wrong) => {
            note(wrong);
            None
        }
    }
}

fn time(point: &Element, line: u64, findings: &mut Findings) -> Option<Extent> {
    let text = point.text_of("time");
    if text.is_empty() {
        return None;
    }
    let read = dates::read(text).and_then(|told| told.extent());
    if read.is_none() {
        findings.note(&NO_DATE, "time", line, text);
    }
    read
}
