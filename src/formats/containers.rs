//! Packed files: `.gz`, `.zip` and `.kmz`. What they unpack to is bounded, and
//! archives inside of archives are not followed.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek as _};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use zip::ZipArchive;

#[cfg(test)]
mod tests;
mod unpack;

use unpack::Bounded;
pub(super) use unpack::gunzip;

use super::detect::{Found, Json, detect};
use super::files::Packed;
use super::import::{Input, Watch};
use super::{OpenError, OpenOptions, Opened, Report, Severity, ZipFiles, kml, native};

/// Unpacked bytes held in memory; larger files go to a temporary one.
const IN_MEMORY: u64 = 32 << 20;
/// Names looked at in an archive.
const ENTRIES: usize = 100_000;
/// Files of an archive read together.
const TOGETHER: usize = 200;

/// Endings of what is packed beside files of events.
const BESIDE: [&str; 24] = [
    "txt", "md", "rst", "pdf", "html", "htm", "css", "js", "xsl", "png", "jpg", "jpeg", "gif",
    "svg", "webp", "mp4", "prj", "cpg", "shx", "dbf", "qml", "sld", "license", "rtf",
];

struct Archive {
    label: String,
    zip: ZipArchive<Box<dyn Packed>>,
}

fn archive(input: Input) -> Result<Archive, OpenError> {
    let label = input.label.clone();
    let on_disk = input.file().and_then(|f| f.try_clone().ok());
    let bytes: Box<dyn Packed> = match on_disk {
        Some(file) => Box::new(BufReader::new(file)),
        None => Box::new(Cursor::new(input.into_bytes(1 << 30)?)),
    };
    let zip = ZipArchive::new(bytes).map_err(|e| damaged(&label, &e))?;
    Ok(Archive { label, zip })
}

/// The one file of events in a zip archive; `None` where there are several or
/// none, or where it is a dataset of ours.
pub(super) fn only_file(input: Input) -> Result<Option<Input>, OpenError> {
    let mut archive = archive(input)?;
    let names = archive.names()?;
    let ours = |n: &Name| n.text.rsplit('/').next() == Some(native::DATASET_FILE);
    if names.list.iter().any(ours) {
        return Ok(None);
    }
    let mut found = names.list.iter().filter(|n| archive.holds_events(n));
    let (Some(name), None) = (found.next(), found.next()) else {
        return Ok(None);
    };
    let label = format!("{}: {}", archive.label, name.text);
    archive.unpack(name, &label).map(Some)
}

/// Opens what is inside a zip archive: our folder, the KML of a KMZ, or all
/// files of events in it.
pub(super) fn open_zip(
    input: Input,
    ending: &str,
    options: &OpenOptions,
    watch: &Watch,
) -> Result<Opened, OpenError> {
    let mut archive = archive(input)?;
    let names = archive.names()?;
    let ours = |n: &&Name| n.text.rsplit('/').next() == Some(native::DATASET_FILE);
    if names.list.iter().any(|n| ours(&n)) {
        return native::read(&mut ZipFiles::of_archive(archive.label, archive.zip));
    }
    let is = |n: &Name, ends: &[&str]| ends.iter().any(|e| n.ending.eq_ignore_ascii_case(e));
    let is_kml = |n: &&Name| is(n, &["kml"]);
    let kmz = ending.eq_ignore_ascii_case("kmz") || names.list.iter().any(|n| n.text == "doc.kml");
    let chosen: Vec<&Name> = if kmz {
        // The first one is what a viewer shows, and may only lead to the others.
        let mut all: Vec<&Name> = names.list.iter().filter(is_kml).collect();
        all.sort_by_key(|n| n.text != "doc.kml");
        all
    } else {
        names
            .list
            .iter()
            .filter(|n| archive.holds_events(n))
            .collect()
    };
    let passed_over = names.list.iter().filter(|n| !chosen.contains(n));
    let passed_over = passed_over.filter(|n| !kmz && !is(n, &BESIDE) && !n.ending.is_empty());
    let passed_over: Vec<String> = passed_over.map(|n| n.text.clone()).collect();
    let chosen = Chosen {
        files: chosen,
        one_is_enough: kmz,
        passed_over,
    };
    archive.open(&names, chosen, options, watch)
}

/// A file in an archive.
#[derive(PartialEq, Eq)]
struct Name {
    index: usize,
    text: String,
    ending: String,
}

/// What of an archive is opened.
struct Chosen<'a> {
    files: Vec<&'a Name>,
    /// The first one with events stands for all.
    one_is_enough: bool,
    passed_over: Vec<String>,
}

fn has_events(opened: &[(String, Opened)]) -> bool {
    opened.iter().any(|(_, (dataset, _))| !dataset.is_empty())
}

struct Names {
    list: Vec<Name>,
    /// Names that lead out of the archive.
    refused: Vec<String>,
    /// Archives inside.
    nested: Vec<String>,
    /// Why a file of the archive cannot be reached.
    damaged: Option<String>,
}

fn damaged(label: &str, error: &dyn std::fmt::Display) -> OpenError {
    OpenError::new(
        label,
        format!("the archive is damaged ({error})"),
        "fetch or pack it again",
    )
}

impl Archive {
    fn names(&mut self) -> Result<Names, OpenError> {
        let mut names = Names {
            list: Vec::new(),
            refused: Vec::new(),
            nested: Vec::new(),
            damaged: None,
        };
        if self.zip.len() > ENTRIES {
            return Err(OpenError::new(
                self.label.clone(),
                format!("there are more than {ENTRIES} files in it"),
                "unpack it, and open what is inside",
            ));
        }
        for index in 0..self.zip.len() {
            let entry = match self.zip.by_index_raw(index) {
                Ok(entry) => entry,
                Err(e) => {
                    names.damaged.get_or_insert(e.to_string());
                    continue;
                }
            };
            if entry.is_dir() {
                continue;
            }
            let text = entry
                .name()
                .map(std::borrow::Cow::into_owned)
                .unwrap_or_default();
            let enclosed = entry.enclosed_name().is_some()
                && !text.starts_with(['/', '\\'])
                && !text.split(['/', '\\']).any(|p| p == "..");
            let last = text.rsplit(['/', '\\']).next().unwrap_or_default();
            let ending = Path::new(last).extension().unwrap_or_default();
            let ending = ending.to_string_lossy().into_owned();
            if !enclosed || entry.is_symlink() {
                names.refused.push(text);
            } else if ["zip", "kmz", "gz", "7z", "tar", "rar"].contains(&&*ending.to_lowercase()) {
                names.nested.push(text);
            } else if !last.starts_with('.') && !text.starts_with("__MACOSX") {
                names.list.push(Name {
                    index,
                    text,
                    ending,
                });
            }
        }
        Ok(names)
    }

    /// Whether a file may hold events: by its ending, then by its first bytes.
    fn holds_events(&mut self, name: &Name) -> bool {
        let ending = name.ending.to_lowercase();
        if ["csv", "tsv", "tab"].contains(&&*ending) {
            return true;
        }
        let Ok(entry) = self.zip.by_index(name.index) else {
            // What is wrong with it is told when it is opened.
            return ["kml", "gpx", "json", "geojson", "parquet", "fgb", "arrow"]
                .contains(&&*ending);
        };
        let mut head = Vec::new();
        if entry.take(1 << 16).read_to_end(&mut head).is_err() {
            return ["kml", "gpx", "geojson"].contains(&&*ending);
        }
        match detect(&head, &ending) {
            Found::Json(kind) => !matches!(kind, Json::Other(_) | Json::Dataset),
            Found::Xml(super::detect::Xml::Other(_)) => false,
            Found::Xml(_) | Found::Parquet | Found::Arrow | Found::FlatGeobuf => true,
            _ => false,
        }
    }

    fn open(
        mut self,
        names: &Names,
        chosen: Chosen<'_>,
        options: &OpenOptions,
        watch: &Watch,
    ) -> Result<Opened, OpenError> {
        let Chosen {
            files,
            one_is_enough,
            passed_over,
        } = chosen;
        if files.is_empty() {
            return Err(self.nothing(names));
        }
        if files.len() > TOGETHER {
            return Err(OpenError::new(
                self.label.clone(),
                format!("there are {} files of events in it", files.len()),
                "unpack it, and open some of them",
            ));
        }
        let mut opened = Vec::new();
        let mut failed = Report::default();
        let mut first_error = None;
        let mut left_out = Vec::new();
        for name in files {
            if one_is_enough && has_events(&opened) {
                left_out.push(name.text.clone());
                continue;
            }
            let label = format!("{}: {}", self.label, name.text);
            watch.check(&label)?;
            let entry = self.unpack(name, &label);
            match entry.and_then(|input| super::open_input(input, &name.ending, options, watch)) {
                Ok(one) => opened.push((label, one)),
                Err(e) => {
                    failed.error(
                        &label,
                        "",
                        format!("it was left out: {}", e.what),
                        &e.remedy,
                    );
                    first_error.get_or_insert(e);
                }
            }
        }
        watch.check(&self.label)?;
        // A file of a KMZ that only leads to the others is no layer.
        if opened
            .iter()
            .any(|(_, one): &(String, Opened)| !one.0.is_empty())
        {
            opened.retain(|(_, (dataset, report))| {
                let leads = dataset.is_empty() && report.format == kml::FORMAT;
                if leads {
                    let other = report.problems.iter().filter(|p| p.code != kml::LINK.id);
                    failed.problems.extend(other.cloned());
                }
                !leads
            });
        }
        if let Some(why) = &names.damaged {
            let what = format!("a file in it cannot be reached ({why})");
            failed.error(&self.label, "", what, "fetch or pack it again");
        }
        self.tell(names, [&left_out, &passed_over], &mut failed);
        if let (true, Some(error)) = (opened.is_empty(), first_error) {
            return Err(error);
        }
        let (dataset, mut report) = super::together(opened);
        report.problems.extend(failed.problems);
        Ok((dataset, report))
    }

    /// Notes what of the archive was not opened.
    fn tell(&self, names: &Names, [left_out, passed_over]: [&Vec<String>; 2], report: &mut Report) {
        let said = [
            (
                &names.refused,
                Severity::Error,
                "its name leads out of the archive, and it was not read",
                "pack it again with plain names",
            ),
            (
                &names.nested,
                Severity::Warning,
                "an archive inside the archive is not followed",
                "unpack it, and open it by itself",
            ),
            (
                left_out,
                Severity::Warning,
                "only the first KML file of a KMZ is read",
                "unpack the archive to open this one",
            ),
            (
                passed_over,
                Severity::Warning,
                "a file in the archive holds no events that can be read, and was passed over",
                "open it by itself to see why",
            ),
        ];
        for (list, severity, what, remedy) in said {
            let Some(first) = list.first() else {
                continue;
            };
            let what = match list.len() {
                1 => what.to_owned(),
                n => format!("{what} ({n} files in all)"),
            };
            match severity {
                Severity::Error => report.error(&self.label, first.clone(), what, remedy),
                Severity::Warning => report.warning(&self.label, first.clone(), what, remedy),
            }
        }
    }

    fn nothing(&self, names: &Names) -> OpenError {
        if let Some(why) = &names.damaged {
            return damaged(&self.label, why);
        }
        let what = match (&names.list[..], &names.refused[..], &names.nested[..]) {
            ([], [refused, ..], _) => {
                format!("the name \"{refused}\" in it leads out of the archive")
            }
            ([], [], [nested, ..]) => format!("it holds another archive, {nested}"),
            ([], [], []) => "the archive is empty".to_owned(),
            ([first, ..], ..) => format!("no file of events is in it; it holds {}", first.text),
        };
        OpenError::new(
            self.label.clone(),
            what,
            "unpack it, and open a file with events",
        )
    }

    /// Unpacks a file, to memory if it is small.
    fn unpack(&mut self, name: &Name, label: &str) -> Result<Input, OpenError> {
        let entry = self.zip.by_index(name.index).map_err(|e| match e {
            zip::result::ZipError::UnsupportedArchive(_)
            | zip::result::ZipError::CompressionMethodNotSupported(_) => OpenError::new(
                label,
                format!("it is packed in a way that is not read ({e})"),
                "unpack it, and open what is inside",
            ),
            e => damaged(label, &e),
        })?;
        let packed = Arc::new(AtomicU64::new(entry.compressed_size()));
        let mut bounded = Bounded {
            input: entry,
            packed,
            unpacked: 0,
        };
        let stem = Path::new(&name.text).file_stem().unwrap_or_default();
        let stem = stem.to_string_lossy();
        let mut bytes = Vec::new();
        let failed = |e: io::Error| damaged(label, &e);
        let first = bounded.by_ref().take(IN_MEMORY);
        { first }.read_to_end(&mut bytes).map_err(failed)?;
        if (bytes.len() as u64) < IN_MEMORY {
            return Ok(Input::of_bytes(label, &stem, bytes));
        }
        let mut file: File = tempfile::tempfile().map_err(failed)?;
        io::copy(&mut Cursor::new(bytes).chain(bounded), &mut file).map_err(failed)?;
        file.rewind().map_err(failed)?;
        Input::of_file(label.to_owned(), stem.into_owned(), file)
    }
}
