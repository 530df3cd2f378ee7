//! Sources: publications, their documents, and how far to trust them.

use super::time::When;
use super::{Extra, Localised, coded};

coded!(
    /// What a source is cited for.
    SourceKind {
        /// A publication that reports events.
        Report = "report",
        /// A gazetteer, database or other work cited for a coordinate or figure.
        Reference = "reference",
    }
);

coded!(
    /// Reliability of a source, by the Admiralty code.
    ///
    /// Source: NATO AJP-2.1 (2016), annex on source evaluation.
    Reliability {
        /// Completely reliable.
        A = "A",
        /// Usually reliable.
        B = "B",
        /// Fairly reliable.
        C = "C",
        /// Not usually reliable.
        D = "D",
        /// Unreliable.
        E = "E",
        /// Cannot be judged.
        F = "F",
    }
);

/// The file a source was read from, known by its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// File name.
    pub name: String,
    /// SHA-256 of the file's bytes, lower-case hex.
    pub sha256: String,
    /// Length of its text in Unicode scalar values.
    pub chars: Option<u64>,
    /// Media type, such as `text/plain`.
    pub media_type: String,
    /// Members of the record that this version does not know.
    pub extra: Extra,
}

/// A publication.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Unique id.
    pub id: String,
    /// Report or reference.
    pub kind: SourceKind,
    /// Title by language.
    pub title: Localised,
    /// Who wrote it.
    pub author: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// BCP 47 tag of its language.
    pub language: Option<String>,
    /// When it was published.
    pub published: Option<When>,
    /// The date is our inference.
    pub published_inferred: bool,
    /// Where it was published.
    pub url: Option<String>,
    /// Its licence.
    pub licence: Option<String>,
    /// How far the source is to be trusted.
    pub reliability: Option<Reliability>,
    /// Our own words about it.
    pub summary: Localised,
    /// The file it was read from.
    pub document: Option<Box<Document>>,
    /// Referred to but not defined: stands in so that nothing is dropped.
    pub missing: bool,
    /// Members of the record that this version does not know.
    pub extra: Extra,
}
