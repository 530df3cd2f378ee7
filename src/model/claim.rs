//! Claims: what one source says of one attribute of one thing.

use serde_json::Value;

use super::{ActorIx, EventRow, Extra, Localised, PlaceIx, RelationIx, SourceIx, coded};

coded!(
    /// How the source stands to the value.
    Stance {
        /// Says it is so.
        Asserts = "asserts",
        /// Says it is not so.
        Denies = "denies",
        /// Doubts it.
        Doubts = "doubts",
    }
);

/// What a claim is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// An event.
    Event(EventRow),
    /// An actor.
    Actor(ActorIx),
    /// A relation.
    Relation(RelationIx),
    /// A place.
    Place(PlaceIx),
    /// A source.
    Source(SourceIx),
}

/// Where in a source the value was read, after the W3C Web Annotation Data
/// Model's selectors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Locator {
    /// `TextPositionSelector`: a range of Unicode scalar values of the
    /// document's text, with the SHA-256 of the passage's UTF-8 bytes.
    Position {
        /// First scalar value.
        start: u64,
        /// One past the last.
        end: u64,
        /// Lower-case hex; drift shows when it no longer matches.
        sha256: String,
    },
    /// `FragmentSelector`: a place in a work that is no text, such as a row id.
    Fragment(String),
}

/// What one source says of one attribute of one thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Unique id.
    pub id: String,
    /// Who says it.
    pub source: SourceIx,
    /// Of what.
    pub subject: Subject,
    /// Of which attribute, such as `when`, `where`, `toll`.
    pub attribute: String,
    /// The value, as in the file.
    pub value: Value,
    /// Whether it is asserted, denied or doubted.
    pub stance: Stance,
    /// Whether it is the value shown.
    pub shown: bool,
    /// The document does not state it: from context or outside.
    pub inferred: bool,
    /// Credibility of the information, 1 (confirmed) to 6 (cannot be judged).
    pub credibility: Option<u8>,
    /// A remark.
    pub note: Localised,
    /// Where it was read.
    pub locator: Option<Locator>,
    /// Members of the locator that this version does not know.
    pub locator_extra: Extra,
    /// Members of the reference to the subject that this version does not know.
    pub subject_extra: Extra,
    /// Members of the record that this version does not know.
    pub extra: Extra,
}
