//! Files made to do harm, opened by the program itself with little memory and
//! little time: it answers with events or a message, and never dies.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// Address space that a run may take, in KiB: libraries and threads reserve
/// much that they never use.
const MEMORY_KIB: u32 = 3 << 20;
/// Seconds of CPU after which the system ends a run: a hang, not slowness.
const CPU_SECONDS: u32 = 120;

fn info(path: &Path) -> Output {
    let script =
        format!("ulimit -v {MEMORY_KIB}; ulimit -t {CPU_SECONDS}; exec \"$0\" info --json \"$1\"");
    Command::new("sh")
        .arg("-c")
        .arg(script)
        .arg(env!("CARGO_BIN_EXE_chronotope"))
        .arg(path)
        .output()
        .unwrap()
}

/// The figures of a file that opens.
fn opened(path: &Path) -> Value {
    let out = info(path);
    let said = String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success(), "{}: {said}", path.display());
    serde_json::from_slice(&out.stdout).unwrap()
}

/// The message about a file that does not.
fn refused(path: &Path) -> String {
    let out = info(path);
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert_eq!(out.status.code(), Some(1), "{}: {said}", path.display());
    assert!(!said.contains("panicked"), "{said}");
    // What, and behind the semicolon what to do; on one line.
    assert!(said.contains("; ") && said.lines().count() == 1, "{said}");
    assert!(said.len() < 1_000, "{} bytes of message", said.len());
    said
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    fn zip(&self, name: &str, entries: &[(&str, &[u8])]) -> PathBuf {
        let path = self.0.path().join(name);
        let mut zip = zip::ZipWriter::new(File::create(&path).unwrap());
        let options = zip::write::SimpleFileOptions::default();
        for (name, bytes) in entries {
            zip.start_file(*name, options).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap();
        path
    }
}

#[test]
fn a_hundred_megabytes_in_one_field() {
    let folder = Folder::new();
    let path = folder.0.path().join("field.csv");
    let mut out = BufWriter::new(File::create(&path).unwrap());
    out.write_all(b"id,date,lat,lon,notes\n1,2020-01-01,1,2,\"")
        .unwrap();
    for _ in 0..100 {
        out.write_all(&vec![b'x'; 1 << 20]).unwrap();
    }
    out.write_all(b"\"\n2,2020-01-02,3,4,short\n").unwrap();
    drop(out);
    let figures = opened(&path);
    assert_eq!(figures["rows_read"], 2);
    assert!(figures["events"].as_u64() >= Some(1), "{figures}");
}

#[test]
fn a_quote_that_is_never_closed_costs_no_more_than_its_line() {
    let folder = Folder::new();
    let mut text = "id,date,lat,lon,notes\n1,2020-01-01,1,2,\"open\n".to_owned();
    for n in 2..2_000 {
        let _ = writeln!(text, "{n},2020-01-01,1,2,fine");
    }
    let figures = opened(&folder.file("quote.csv", text.as_bytes()));
    assert!(figures["events"].as_u64() >= Some(1_998), "{figures}");
    assert_ne!(figures["problems"], 0);
}

#[test]
fn a_million_columns() {
    let folder = Folder::new();
    let mut text = "id,date,lat,lon".to_owned();
    for n in 0..1_000_000 {
        let _ = write!(text, ",c{n}");
    }
    text.push_str("\n1,2020-01-01,1,2\n");
    let path = folder.file("columns.csv", text.as_bytes());
    let out = info(&path);
    assert!(matches!(out.status.code(), Some(0 | 1)), "{out:?}");
    assert!(!out.stderr.is_empty(), "not a word about a million columns");
}

#[test]
fn brackets_without_end() {
    let folder = Folder::new();
    for (name, text) in [
        ("open.json", "[".repeat(250_000)),
        ("objects.json", "{\"a\":".repeat(100_000)),
        (
            "deep.geojson",
            format!(
                "{{\"type\":\"FeatureCollection\",\"features\":[{{\"type\":\"Feature\",\"properties\":{{}},\
                 \"geometry\":{{\"type\":\"Polygon\",\"coordinates\":{}",
                "[".repeat(250_000)
            ),
        ),
    ] {
        refused(&folder.file(name, text.as_bytes()));
    }
}

#[test]
fn collections_within_collections() {
    let folder = Folder::new();
    let depth = 20_000;
    let text = format!(
        "{}{{\"type\":\"Point\",\"coordinates\":[1,2]}}{}",
        "{\"type\":\"GeometryCollection\",\"geometries\":[".repeat(depth),
        "]}".repeat(depth)
    );
    refused(&folder.file("nested.geojson", text.as_bytes()));
    let text = format!(
        "<kml><Document>{}<Placemark><Point><coordinates>1,2</coordinates></Point></Placemark>{}</Document></kml>",
        "<Folder>".repeat(depth),
        "</Folder>".repeat(depth)
    );
    let out = info(&folder.file("nested.kml", text.as_bytes()));
    assert!(matches!(out.status.code(), Some(0 | 1)), "{out:?}");
}

#[test]
fn bytes_that_are_no_text() {
    let folder = Folder::new();
    refused(&folder.file("nul.csv", &vec![0; 1 << 20]));
    refused(&folder.file("empty.csv", b""));
    refused(&folder.file(
        "noise.bin",
        &(0..=255).cycle().take(1 << 16).collect::<Vec<u8>>(),
    ));
    let figures = opened(&folder.file(
        "some.csv",
        b"id,date,lat,lon,notes\n1,2020-01-01,1,2,a\0b\n2,2020-01-02,1,2,\xff\xfe\n",
    ));
    assert_eq!(figures["events"], 2);
}

#[test]
fn an_entity_bomb_is_not_lit() {
    let folder = Folder::new();
    let mut text = "<?xml version=\"1.0\"?><!DOCTYPE kml [<!ENTITY a0 \"ha\">".to_owned();
    for n in 1..60 {
        let _ = write!(text, "<!ENTITY a{n} \"&a{0};&a{0};\">", n - 1);
    }
    text.push_str("]><kml><Placemark><name>&a59;</name><Point><coordinates>1,2</coordinates></Point></Placemark></kml>");
    let path = folder.file("bomb.kml", text.as_bytes());
    let out = info(&path);
    assert!(matches!(out.status.code(), Some(0 | 1)), "{out:?}");
    assert!(!out.stderr.is_empty(), "not a word about the entities");
    let packed = folder.zip("bomb.kmz", &[("doc.kml", text.as_bytes())]);
    assert!(matches!(info(&packed).status.code(), Some(0 | 1)));
}

#[test]
fn archives_that_swell() {
    let folder = Folder::new();
    // 4 GiB of spaces, some MiB packed.
    let path = folder.0.path().join("bomb.csv.gz");
    let mut gz =
        flate2::write::GzEncoder::new(File::create(&path).unwrap(), flate2::Compression::fast());
    gz.write_all(b"id,date,lat,lon\n").unwrap();
    let spaces = vec![b' '; 1 << 20];
    for _ in 0..4096 {
        gz.write_all(&spaces).unwrap();
    }
    gz.finish().unwrap();
    // Its one row is left out, and said to be.
    let out = info(&path);
    assert!(matches!(out.status.code(), Some(0 | 1)), "{out:?}");
    assert!(!out.stderr.is_empty(), "not a word about four gigabytes");
    let whole = std::fs::read(&path).unwrap();
    let _ = refused(&folder.zip("nested.zip", &[("bomb.csv.gz", &whole)]));
    // A damaged one.
    refused(&folder.file("cut.zip", &whole[..whole.len() / 2]));
    let mut zip = std::fs::read(folder.zip("a.kmz", &[("doc.kml", b"<kml/>")])).unwrap();
    zip.truncate(zip.len() / 2);
    refused(&folder.file("cut.kmz", &zip));
}

#[test]
fn names_that_lead_out_of_an_archive() {
    let folder = Folder::new();
    let table = b"id,date,lat,lon\n1,2020-01-01,1,2\n";
    for name in [
        "../../outside.csv",
        "/etc/outside.csv",
        "a/../../outside.csv",
    ] {
        let out = info(&folder.zip("out.zip", &[(name, table)]));
        assert!(matches!(out.status.code(), Some(0 | 1)), "{out:?}");
        assert!(!folder.0.path().join("../outside.csv").exists());
    }
}
