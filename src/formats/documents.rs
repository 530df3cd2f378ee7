//! The documents behind the sources: found by hash, shown only when whole.

use std::collections::{BTreeMap, HashMap};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use crate::dataset::Dataset;
use crate::model::{Locator, SourceIx};

use super::{OpenError, Report};

/// Largest document read. Trade-off: far above any article or report of text,
/// and low enough that a folder of films is skipped, not read.
const MAX_DOCUMENT_BYTES: u64 = 64 << 20;

/// How deep a folder is searched for documents.
const MAX_DEPTH: usize = 4;

/// How many files of a folder are looked at.
const MAX_FILES: usize = 20_000;

/// A document's text.
#[derive(Debug, PartialEq, Eq)]
pub struct DocumentText {
    /// Where it was read from.
    pub path: PathBuf,
    /// Its text, exactly as in the file.
    pub text: String,
    /// Byte offset of every 256th Unicode scalar value, to find positions.
    marks: Vec<usize>,
}

/// Scalar values between two marks of [`DocumentText`].
const MARK_EVERY: usize = 256;

impl DocumentText {
    /// Wraps a text.
    #[must_use]
    pub fn new(path: PathBuf, text: String) -> Self {
        let marks = text
            .char_indices()
            .step_by(MARK_EVERY)
            .map(|(at, _)| at)
            .collect();
        Self { path, text, marks }
    }

    /// Byte offset of the scalar value at `position`; the text's length for
    /// the position one past the last; `None` beyond.
    #[must_use]
    pub fn byte_of(&self, position: u64) -> Option<usize> {
        let position = usize::try_from(position).ok()?;
        if position == 0 {
            return Some(0);
        }
        let mark = (position / MARK_EVERY).min(self.marks.len().checked_sub(1)?);
        let start = self.marks[mark];
        let rest = position - mark * MARK_EVERY;
        self.text[start..]
            .char_indices()
            .map(|(at, _)| start + at)
            .chain(std::iter::once(self.text.len()))
            .nth(rest)
    }

    /// The byte range of a passage, only if its hash still matches.
    #[must_use]
    pub fn passage(&self, locator: &Locator) -> Option<std::ops::Range<usize>> {
        let Locator::Position { start, end, sha256 } = locator else {
            return None;
        };
        let range = self.byte_of(*start)?..self.byte_of(*end)?;
        let passage = self.text.get(range.clone())?;
        (hex(&Sha256::digest(passage.as_bytes())) == *sha256).then_some(range)
    }
}

/// Whether a source's document is at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DocumentState {
    /// The source has no document: it is a reference.
    None,
    /// No file with its hash or name was found.
    Missing,
    /// A file of its name was found, but its hash is another.
    Altered(PathBuf),
    /// It has the right hash but is no UTF-8 text.
    Unreadable(PathBuf),
    /// It is here, whole.
    Present(Arc<DocumentText>),
}

/// The documents found so far.
#[derive(Clone, Debug, Default)]
pub struct Documents {
    texts: HashMap<String, Arc<DocumentText>>,
    unreadable: HashMap<String, PathBuf>,
    /// Files by name whose hash no source has.
    others: BTreeMap<String, PathBuf>,
}

/// SHA-256 as lower-case hex.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, b| {
        use std::fmt::Write as _;
        let _ = write!(out, "{b:02x}");
        out
    })
}

impl Documents {
    /// Looks through a file or a folder for the documents of a dataset.
    /// Answers how many of them were found there.
    ///
    /// # Errors
    /// When the path itself cannot be read.
    pub fn add(&mut self, path: &Path, dataset: &Dataset) -> Result<usize, OpenError> {
        let meta = std::fs::metadata(path).map_err(|e| OpenError::unreadable(path, &e))?;
        let mut files = Vec::new();
        if meta.is_dir() {
            // The folder itself must be readable; what is in it may not be.
            std::fs::read_dir(path).map_err(|e| OpenError::unreadable(path, &e))?;
            collect(path, 0, &mut files);
            files.sort();
        } else {
            files.push(path.to_owned());
        }
        let wanted: HashMap<&str, &str> = dataset
            .sources()
            .iter()
            .filter_map(|s| s.document.as_ref())
            .map(|d| (d.sha256.as_str(), d.name.as_str()))
            .collect();
        let mut found = 0;
        for file in files {
            if std::fs::metadata(&file).is_ok_and(|m| m.len() > MAX_DOCUMENT_BYTES) {
                tracing::info!("{}: passed over, larger than 64 MiB", file.display());
                continue;
            }
            let bytes = match std::fs::read(&file) {
                Ok(bytes) => bytes,
                Err(e) => {
                    tracing::warn!("{}", OpenError::unreadable(&file, &e));
                    continue;
                }
            };
            let hash = sha256_hex(&bytes);
            if wanted.contains_key(hash.as_str()) {
                found += usize::from(self.keep(hash, file, bytes));
            } else if let Some(name) = file.file_name() {
                self.others
                    .insert(name.to_string_lossy().into_owned(), file);
            }
        }
        Ok(found)
    }

    fn keep(&mut self, hash: String, path: PathBuf, bytes: Vec<u8>) -> bool {
        if let Ok(text) = String::from_utf8(bytes) {
            self.unreadable.remove(&hash);
            self.texts
                .insert(hash, Arc::new(DocumentText::new(path, text)));
            true
        } else {
            self.unreadable.insert(hash, path);
            false
        }
    }

    /// Whether the document of a source is at hand.
    #[must_use]
    pub fn state(&self, dataset: &Dataset, source: SourceIx) -> DocumentState {
        let Some(document) = &dataset.source(source).document else {
            return DocumentState::None;
        };
        if let Some(text) = self.texts.get(&document.sha256) {
            return DocumentState::Present(Arc::clone(text));
        }
        if let Some(path) = self.unreadable.get(&document.sha256) {
            return DocumentState::Unreadable(path.clone());
        }
        match self.others.get(&document.name) {
            Some(path) => DocumentState::Altered(path.clone()),
            None => DocumentState::Missing,
        }
    }

    /// Checks every locator against the documents at hand.
    pub fn verify(&self, dataset: &Dataset, report: &mut Report) {
        let file = super::native::CLAIMS_FILE;
        for (at, source) in dataset.sources().iter().enumerate() {
            let ix = SourceIx::new(at);
            let name = source.document.as_ref().map_or("", |d| d.name.as_str());
            match self.state(dataset, ix) {
                DocumentState::None => {}
                DocumentState::Missing => report.warning(
                    super::native::SOURCES_FILE,
                    &source.id,
                    format!("its document \"{name}\" is not in the folder"),
                    "add the file, or point at the folder that holds it",
                ),
                DocumentState::Altered(path) => report.error(
                    super::native::SOURCES_FILE,
                    &source.id,
                    format!("its document {} has another hash", path.display()),
                    "restore the file that was cited; its passages are not shown until then",
                ),
                DocumentState::Unreadable(path) => report.error(
                    super::native::SOURCES_FILE,
                    &source.id,
                    format!("its document {} is no UTF-8 text", path.display()),
                    "cite a text version of it",
                ),
                DocumentState::Present(text) => {
                    for claim in dataset.claims_of(ix).iter().map(|c| dataset.claim(*c)) {
                        if let Some(l @ Locator::Position { start, end, .. }) = &claim.locator
                            && text.passage(l).is_none()
                        {
                            report.error(
                                file,
                                &claim.id,
                                format!("the passage {start}–{end} of \"{name}\" has another hash"),
                                "correct the position or the hash",
                            );
                        }
                    }
                }
            }
        }
    }
}

/// The files below a folder; what cannot be listed is passed over.
fn collect(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == ErrorKind::NotFound => return,
        Err(e) => {
            tracing::warn!("{}", OpenError::unreadable(folder, &e));
            return;
        }
    };
    for entry in entries.filter_map(Result::ok) {
        if files.len() >= MAX_FILES {
            return;
        }
        // `file_type` does not follow links: no loop, no way out of the folder.
        match entry.file_type() {
            Ok(t) if t.is_dir() && depth < MAX_DEPTH => collect(&entry.path(), depth + 1, files),
            Ok(t) if t.is_file() => files.push(entry.path()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn positions_are_scalar_values(text in "[a-zé\u{1F600}ل]{0,900}", at in 0_u64..1000) {
            let document = DocumentText::new(PathBuf::new(), text.clone());
            let expected = text
                .char_indices()
                .map(|(b, _)| b)
                .chain(std::iter::once(text.len()))
                .nth(usize::try_from(at).unwrap());
            let expected = if text.is_empty() && at > 0 { None } else { expected };
            prop_assert_eq!(document.byte_of(at), expected);
        }
    }

    #[test]
    fn a_passage_is_found_only_while_its_hash_matches() {
        let document = DocumentText::new(PathBuf::new(), "été à Ménaka".to_owned());
        let locator = |sha256: String| Locator::Position {
            start: 6,
            end: 12,
            sha256,
        };
        let good = locator(sha256_hex("Ménaka".as_bytes()));
        let range = document.passage(&good).unwrap();
        assert_eq!(&document.text[range], "Ménaka");
        assert_eq!(document.passage(&locator(sha256_hex(b"Menaka"))), None);
    }
}
