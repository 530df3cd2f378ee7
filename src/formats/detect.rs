//! What a file is, by its first bytes.

use std::io::Read as _;

use encoding_rs::UTF_8;

use super::decode::{Utf8, of_json};
use super::import::record::features::names_when_or_where;
use super::timemap::WRAPPERS;

/// What a file was found to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    Empty,
    Gzip,
    Zip,
    Parquet,
    Arrow,
    FlatGeobuf,
    Json(Json),
    Xml(Xml),
    /// Letters of some encoding, which may be a table.
    Text,
    /// Something that is not opened: what, and what to do.
    Other(String, &'static str),
}

/// What a JSON file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Json {
    /// A `dataset.json` of ours.
    Dataset,
    Features,
    /// Entities of `FollowTheMoney`.
    Entities,
    /// Events of timemap, or other records.
    Records,
    /// None of these; the members found.
    Other(String),
}

/// What an XML file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Xml {
    Kml,
    Gpx,
    /// The name of its root.
    Other(String),
}

const UNPACK: &str = "unpack it, and open what is inside";
const TABLE: &str = "save it as CSV there, and open that";

/// Beginnings of files that are not opened, by their signatures.
const OTHERS: &[(&[u8], &str, &str)] = &[
    (b"BZh", "a bzip2 archive", UNPACK),
    (b"\xFD7zXZ", "an xz archive", UNPACK),
    (b"\x28\xB5\x2F\xFD", "a zstd archive", UNPACK),
    (b"7z\xBC\xAF", "a 7z archive", UNPACK),
    (b"Rar!", "a RAR archive", UNPACK),
    (b"\xD0\xCF\x11\xE0", "an old Excel or Word file", TABLE),
    (
        b"SQLite format 3",
        "a SQLite database (perhaps a GeoPackage)",
        "convert it to GeoJSON with ogr2ogr",
    ),
    (
        b"\x00\x00\x27\x0A",
        "a shapefile",
        "convert it to GeoJSON with ogr2ogr",
    ),
    (b"%PDF", "a PDF document", "open the data it was made from"),
    (b"\x89PNG", "a picture", "open the data it was made from"),
    (
        b"\xFF\xD8\xFF",
        "a picture",
        "open the data it was made from",
    ),
    (b"GIF8", "a picture", "open the data it was made from"),
    (b"PMTiles", "map tiles", "choose it as the basemap"),
    (b"\x7FELF", "a program", "choose a file with events"),
];

/// Tells what a file is from its first bytes; its name decides only where they
/// do not.
pub(super) fn detect(head: &[u8], ending: &str) -> Found {
    if head.is_empty() {
        return Found::Empty;
    }
    match head {
        [0x1F, 0x8B, ..] => return Found::Gzip,
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => return Found::Zip,
        [b'P', b'A', b'R', b'1', ..] => return Found::Parquet,
        [b'f', b'g', b'b', _, b'f', b'g', b'b', ..] => return Found::FlatGeobuf,
        [0xFF, 0xFF, 0xFF, 0xFF, ..] => return Found::Arrow,
        _ if head.starts_with(b"ARROW1") => return Found::Arrow,
        _ => {}
    }
    if let Some((_, what, remedy)) = OTHERS.iter().find(|(magic, ..)| head.starts_with(magic)) {
        return Found::Other((*what).to_owned(), remedy);
    }
    let text = text_of(head);
    let first = text.trim_start_matches(['\u{FEFF}', '\u{1E}']).trim_start();
    if first.starts_with('<') {
        return Found::Xml(xml(first));
    }
    if let Some(kind) = json(head) {
        return Found::Json(kind);
    }
    let is = |endings: &[&str]| endings.iter().any(|e| ending.eq_ignore_ascii_case(e));
    if is(&[
        "json", "geojson", "jsonl", "ndjson", "geojsonl", "geojsons", "ftm",
    ]) {
        return Found::Json(Json::Other("no object and no list".to_owned()));
    }
    if is(&["kml", "gpx", "xml"]) {
        return Found::Xml(Xml::Other(String::new()));
    }
    let controls = first
        .chars()
        .take(4096)
        .filter(|c| matches!(c, '\0'..='\u{8}' | '\u{E}'..='\u{1A}'));
    let wide = head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]);
    if !wide && of_json(head) == UTF_8 && controls.count() > 8 {
        return Found::Other(
            "bytes that are no text".to_owned(),
            "choose a file with events",
        );
    }
    Found::Text
}

/// The beginning of a text in UTF-8.
pub(super) fn text_of(head: &[u8]) -> String {
    let mut text = Vec::new();
    // Memory does not fail to be read.
    let _ = Utf8::new(head, of_json(head)).0.read_to_end(&mut text);
    String::from_utf8_lossy(&text).into_owned()
}

/// What JSON the first bytes begin; `None` if it is no object and no list.
pub(super) fn json(head: &[u8]) -> Option<Json> {
    let text = text_of(head);
    let text = text.trim_start_matches(['\u{FEFF}', '\u{1E}', ' ', '\t', '\r', '\n']);
    if !text.starts_with(['{', '[']) {
        return None;
    }
    let keys = outline(text);
    let value = |name: &str| {
        let found = keys.iter().find(|(k, _)| k == name);
        found.map(|(_, v)| v.as_str())
    };
    let has = |name: &str| value(name).is_some();
    let geometry = ["Point", "LineString", "Polygon", "GeometryCollection"];
    let kind = value("type").unwrap_or_default();
    let geojson = ["Feature", "FeatureCollection"].contains(&kind)
        || geometry.contains(&kind.strip_prefix("Multi").unwrap_or(kind))
        || has("features")
        || has("geometry") && has("properties");
    Some(if value("format") == Some("chronotope") {
        Json::Dataset
    } else if geojson {
        Json::Features
    } else if has("schema") && has("properties") {
        Json::Entities
    } else if has("events") || is_record(&keys) || holds_records(text, &keys) {
        Json::Records
    } else {
        let names: Vec<_> = keys
            .iter()
            .take(6)
            .map(|(k, _)| k.chars().take(30).collect::<String>())
            .collect();
        Json::Other(match names.as_slice() {
            [] => "no members".to_owned(),
            names => format!("the members {}", names.join(", ")),
        })
    })
}

/// Whether an object of these members can be an event: it has a date or a place.
fn is_record(keys: &[(String, String)]) -> bool {
    const TELLING: [&str; 3] = ["time", "lat", "when"];
    keys.iter()
        .any(|(k, _)| TELLING.contains(&k.to_lowercase().as_str()) || names_when_or_where(k))
}

/// Whether it is the answer of a service, with a list of records in it.
fn holds_records(text: &str, keys: &[(String, String)]) -> bool {
    let lists = keys.iter().map(|(k, _)| k.as_str());
    let mut lists = lists.filter(|k| WRAPPERS.contains(k));
    lists.any(|name| {
        let (_, rest) = text.split_once(&format!("\"{name}\"")).unwrap_or_default();
        let list = rest.trim_start().strip_prefix(':').map(str::trim_start);
        list.is_some_and(|list| list.starts_with('[') && is_record(&outline(list)))
    })
}

/// The members of the first object, and those of their values that are texts.
/// A list is looked into, one level deep.
fn outline(text: &str) -> Vec<(String, String)> {
    let bytes = text.as_bytes();
    let level = if text.starts_with('[') { 2 } else { 1 };
    let (mut depth, mut at) = (0_usize, 0);
    let mut keys: Vec<(String, String)> = Vec::new();
    // Whether the next string is the name of a member.
    let mut name = false;
    while at < bytes.len() {
        match bytes[at] {
            b'{' | b'[' => {
                depth += 1;
                name = bytes[at] == b'{';
            }
            b'}' | b']' => {
                if depth <= level && !keys.is_empty() {
                    break;
                }
                depth = depth.saturating_sub(1);
                name = false;
            }
            b',' => name = true,
            b':' => name = false,
            b'"' => {
                let from = at + 1;
                at = from;
                while at < bytes.len() && bytes[at] != b'"' {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                let string = bytes
                    .get(from..at)
                    .map(String::from_utf8_lossy)
                    .unwrap_or_default();
                if depth == level && name {
                    keys.push((string.into_owned(), String::new()));
                } else if depth == level
                    && let Some(last) = keys.last_mut()
                {
                    last.1 = string.into_owned();
                }
            }
            _ => {}
        }
        at += 1;
    }
    keys
}

/// Elements that can be the root of a KML file.
const KML: [&str; 8] = [
    "kml",
    "Document",
    "Folder",
    "Placemark",
    "NetworkLink",
    "GroundOverlay",
    "ScreenOverlay",
    "PhotoOverlay",
];

fn xml(text: &str) -> Xml {
    let mut rest = text;
    let root = loop {
        let Some(at) = rest.find('<') else {
            break String::new();
        };
        rest = &rest[at + 1..];
        let end = if rest.starts_with("!--") {
            "-->"
        } else if rest.starts_with('?') {
            "?>"
        } else if rest.starts_with('!') {
            // The declarations of a document type stand in brackets.
            match (rest.find('['), rest.find('>')) {
                (Some(bracket), Some(end)) if bracket < end => "]",
                _ => ">",
            }
        } else {
            let name = rest.split(|c: char| c.is_whitespace() || c == '>' || c == '/');
            break name.into_iter().next().unwrap_or_default().to_owned();
        };
        let Some(after) = rest.find(end) else {
            break String::new();
        };
        rest = &rest[after + end.len()..];
    };
    match root.rsplit(':').next().unwrap_or_default() {
        name if KML.contains(&name) => Xml::Kml,
        "gpx" => Xml::Gpx,
        name => Xml::Other(name.chars().take(40).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_tells_what_a_file_is() {
        for (head, wanted) in [
            (&b"PAR1...."[..], Found::Parquet),
            (b"ARROW1\0\0", Found::Arrow),
            (b"fgb\x03fgb\x00", Found::FlatGeobuf),
            (b"\x1F\x8B\x08", Found::Gzip),
            (b"PK\x03\x04", Found::Zip),
            (b"", Found::Empty),
            (b"id,lat,lon\n1,2,3\n", Found::Text),
            (
                b"\xEF\xBB\xBF<?xml version='1.0'?><!-- <gpx> --><kml>",
                Found::Xml(Xml::Kml),
            ),
            (
                b"<!DOCTYPE x [<!ENTITY a 'b'>]><k:kml>",
                Found::Xml(Xml::Kml),
            ),
            (b"<gpx version='1.1'>", Found::Xml(Xml::Gpx)),
            (b"<html><body>", Found::Xml(Xml::Other("html".into()))),
            (
                br#"{"features": [], "type": "FeatureCollection"}"#,
                Found::Json(Json::Features),
            ),
            (b"\x1E{\"type\":\"Feature\"}", Found::Json(Json::Features)),
            (
                br#"{"coordinates":[1,2],"type":"MultiPoint"}"#,
                Found::Json(Json::Features),
            ),
            (
                br#"{"format": "chronotope", "schema_version": 1}"#,
                Found::Json(Json::Dataset),
            ),
            (
                br#"{"id":"a","schema":"Person","properties":{}}"#,
                Found::Json(Json::Entities),
            ),
            (
                br#"[{"id":"a","schema":"Person","properties":{}}]"#,
                Found::Json(Json::Entities),
            ),
            (
                br#"[{"id":1,"date":"2014","location":"x"}]"#,
                Found::Json(Json::Records),
            ),
            (br#"{"events":[{"id":1}]}"#, Found::Json(Json::Records)),
        ] {
            assert_eq!(
                detect(head, ""),
                wanted,
                "{}",
                String::from_utf8_lossy(head)
            );
        }
        let other = detect(br#"{"a": {"type": "Feature"}, "b": 1}"#, "json");
        assert_eq!(other, Found::Json(Json::Other("the members a, b".into())));
        assert!(matches!(detect(&[1; 100], "csv"), Found::Other(..)));
    }

    #[test]
    fn any_brackets_come_to_an_end() {
        let deep = "[".repeat(60_000);
        assert!(matches!(json(deep.as_bytes()), Some(Json::Other(_))));
    }
}
