//! KML 2.3: a placemark an event, in one document.
//!
//! Source: OGC 12-007r2, KML 2.3.

use std::fmt::Write as _;
use std::io::{self, Write};

use geo::{Coord, Geometry, LineString, Polygon};

use crate::dataset::Dataset;
use crate::formats::own;
use crate::model::time::{Millis, Unit, iso};
use crate::model::{EventDetail, EventRow};

use super::xml::{self, escape};
use super::{Job, Losses, flat};

/// Colours of the sides, as aabbggrr.
///
/// Source: Okabe & Ito (2008), "Color Universal Design".
const COLOURS: [&str; 7] = [
    "ffb27200", "ff005ed5", "ff739e00", "ffa779cc", "ff009fe6", "ffe9b456", "ff42e4f0",
];
/// Names that GDAL gives to what it makes of a placemark's other elements.
///
/// Source: the fields of GDAL's LIBKML driver.
pub(in crate::formats) const RESERVED: [&str; 13] = [
    "name",
    "description",
    "timestamp",
    "begin",
    "altitudemode",
    "tessellate",
    "extrude",
    "visibility",
    "draworder",
    "icon",
    "snippet",
    "folder",
    "link",
];
/// Colour of an event without a side.
const NO_SIDE: &str = "ff7f7f7f";

pub(super) fn write(job: &mut Job<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Job { scope, losses, .. } = job;
    let dataset = scope.dataset;
    let title = escape(dataset.meta().title.get(job.lang));
    write!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <kml xmlns=\"http://www.opengis.net/kml/2.3\">\n<Document>\n<name>{title}</name>\n"
    )?;
    for at in 0..=dataset.meta().sides.len() {
        style(at.checked_sub(1), out)?;
    }
    let mut text = String::new();
    for row in scope.rows() {
        job.ticker.tick()?;
        let event = dataset.event(row);
        text.clear();
        let odd = placemark(dataset, job.lang, row, &event, &mut text);
        out.write_all(text.as_bytes())?;
        losses.event(&event);
        note_losses(losses, &event);
        losses.add(
            "text has control characters, which are written as U+FFFD",
            "texts have control characters, which are written as U+FFFD",
            odd,
        );
    }
    out.write_all(b"</Document>\n</kml>\n")
}

fn style_id(side: Option<usize>) -> String {
    side.map_or_else(|| "no-side".to_owned(), |at| format!("side-{at}"))
}

fn style(side: Option<usize>, out: &mut dyn Write) -> io::Result<()> {
    let colour = side.map_or(NO_SIDE, |at| COLOURS[at % COLOURS.len()]);
    let id = style_id(side);
    writeln!(
        out,
        "<Style id=\"{id}\"><IconStyle><color>{colour}</color></IconStyle>\
         <LineStyle><color>{colour}</color><width>2</width></LineStyle>\
         <PolyStyle><color>40{}</color></PolyStyle></Style>",
        &colour[2..]
    )
}

/// Writes a placemark; answers how many of its texts lose letters.
fn placemark(
    dataset: &Dataset,
    lang: &str,
    row: EventRow,
    event: &EventDetail,
    text: &mut String,
) -> u64 {
    let mut odd = 0;
    let title = event.titles.get(lang);
    let summary = event.summary.get(lang);
    let _ = writeln!(text, "<Placemark>\n<name>{}</name>", escape(title));
    if !summary.is_empty() {
        let _ = writeln!(text, "<description>{}</description>", escape(summary));
    }
    time(event, text);
    let side = style_id(dataset.side(row).map(usize::from));
    let _ = writeln!(text, "<styleUrl>#{side}</styleUrl>\n<ExtendedData>");
    let mut data = |name: &str, value: &str| {
        let (name, value) = (xml::attribute(name), escape(value));
        let _ = writeln!(text, "<Data name=\"{name}\"><value>{value}</value></Data>");
    };
    for (field, value) in flat::texts(dataset, row, event, lang) {
        // The name and the description of the placemark say it already.
        let said =
            (field == own::TITLE && is_plain(title)) || (field == own::NOTES && is_plain(summary));
        odd += u64::from(xml::loses(&value));
        if !said {
            data(own::NAMES[field], &value);
        }
    }
    for (name, value) in &event.extra {
        let value = flat::plain(value);
        if !value.is_empty() {
            odd += u64::from(xml::loses(name) || xml::loses(&value));
            data(&own::free_name(own::bare_name(name), &RESERVED), &value);
        }
    }
    text.push_str("</ExtendedData>\n");
    if let Some(geometry) = &event.geometry {
        shape(geometry, text);
        text.push('\n');
    }
    text.push_str("</Placemark>\n");
    odd
}

/// Whether a name or description says a text to the letter: there the blanks
/// are read as one, and what looks like HTML is taken for it.
fn is_plain(text: &str) -> bool {
    !text.contains(['<', '&', '\t', '\n', '\r'])
        && !text.contains("  ")
        && text.trim() == text
        && text.split_whitespace().collect::<Vec<_>>().join(" ") == text
}

/// The calendar cell between two moments, if it is one that KML has.
fn cell(start: Millis, end: Millis) -> Option<String> {
    if start == end {
        return Some(iso(start, Unit::Second));
    }
    let units = [Unit::Second, Unit::Day, Unit::Month, Unit::Year];
    let fits = |u: &Unit| u.floor(start) == start && u.next(start) - 1 == end;
    units.into_iter().find(fits).map(|unit| iso(start, unit))
}

fn time(event: &EventDetail, text: &mut String) {
    let (start, end) = flat::ends(event.when.as_ref());
    if let (Some(start), Some(end)) = (start, end)
        && let Some(cell) = cell(start, end)
    {
        let _ = writeln!(text, "<TimeStamp><when>{cell}</when></TimeStamp>");
        return;
    }
    if start.is_none() && end.is_none() {
        return;
    }
    text.push_str("<TimeSpan>");
    if let Some(start) = start.map(flat::iso_start) {
        let _ = write!(text, "<begin>{start}</begin>");
    }
    if let Some(end) = end.map(flat::iso_end) {
        let _ = write!(text, "<end>{end}</end>");
    }
    text.push_str("</TimeSpan>\n");
}

fn coordinates(list: &[Coord<f64>], text: &mut String) {
    text.push_str("<coordinates>");
    for (n, c) in list.iter().enumerate() {
        let gap = if n == 0 { "" } else { " " };
        let _ = write!(text, "{gap}{},{}", c.x, c.y);
    }
    text.push_str("</coordinates>");
}

fn point(c: Coord<f64>, text: &mut String) {
    text.push_str("<Point>");
    coordinates(&[c], text);
    text.push_str("</Point>");
}

fn line(line: &LineString<f64>, text: &mut String) {
    text.push_str("<LineString><tessellate>1</tessellate>");
    coordinates(&line.0, text);
    text.push_str("</LineString>");
}

fn polygon(polygon: &Polygon<f64>, text: &mut String) {
    text.push_str("<Polygon>");
    let rings = std::iter::once((polygon.exterior(), "outer"));
    let holes = polygon.interiors().iter().map(|ring| (ring, "inner"));
    for (ring, which) in rings.chain(holes) {
        let _ = write!(text, "<{which}BoundaryIs><LinearRing>");
        coordinates(&ring.0, text);
        let _ = write!(text, "</LinearRing></{which}BoundaryIs>");
    }
    text.push_str("</Polygon>");
}

fn shape(geometry: &Geometry<f64>, text: &mut String) {
    match geometry {
        Geometry::Point(p) => point(p.0, text),
        Geometry::Line(l) => line(&LineString(vec![l.start, l.end]), text),
        Geometry::LineString(l) => line(l, text),
        Geometry::Polygon(p) => polygon(p, text),
        Geometry::Rect(r) => polygon(&r.to_polygon(), text),
        Geometry::Triangle(t) => polygon(&t.to_polygon(), text),
        _ => {
            text.push_str("<MultiGeometry>");
            match geometry {
                Geometry::MultiPoint(m) => m.0.iter().for_each(|p| point(p.0, text)),
                Geometry::MultiLineString(m) => m.0.iter().for_each(|l| line(l, text)),
                Geometry::MultiPolygon(m) => m.0.iter().for_each(|p| polygon(p, text)),
                Geometry::GeometryCollection(g) => g.0.iter().for_each(|g| shape(g, text)),
                _ => {}
            }
            text.push_str("</MultiGeometry>");
        }
    }
}

fn note_losses(losses: &mut Losses, event: &EventDetail) {
    if let Some(when) = &event.when {
        losses.add(
            "event with several times spans them all in its time element",
            "events with several times span them all in their time elements",
            u64::from(when.members().len() > 1),
        );
        losses.add(
            "doubt about a date stands in the data only, not in the time",
            "doubts about dates stand in the data only, not in the time",
            u64::from(when.is_uncertain() || when.is_approximate()),
        );
    }
}
