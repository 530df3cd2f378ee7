//! One event as a file tells it, before anything in it has a number.

use std::borrow::Cow;

use geo::Geometry;

use crate::model::time::{Extent, When};
use crate::model::{Flag, Kind, Precision, Role, Schema, TollKind};

use super::Column;

/// When something happened, as a file tells it.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum DraftTime {
    /// The file does not say.
    #[default]
    Unknown,
    /// Somewhere in an extent; the cheap form, for tables of millions of rows.
    Extent(Extent),
    /// An expression with qualifiers or several members, kept as written.
    When(When),
}

/// Somebody's part in an event.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftParticipant<'a> {
    /// The name as written; two that fold to the same are one actor.
    pub name: Cow<'a, str>,
    /// What they were to the event.
    pub role: Role,
    /// What they are, as far as the file tells.
    pub schema: Schema,
}

/// A number of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DraftToll {
    /// Whom it counts, as position in the draft's participants; `None` for all.
    pub who: Option<usize>,
    /// What it counts.
    pub what: TollKind,
    /// Lowest figure.
    pub low: Option<u32>,
    /// Best figure.
    pub best: Option<u32>,
    /// Highest figure.
    pub high: Option<u32>,
}

/// A source that tells of the event.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DraftSource<'a> {
    /// Title, or the name of the publication; two that fold to the same, with
    /// the same address and date, are one source.
    pub title: Cow<'a, str>,
    /// Who published it; may be empty.
    pub publisher: Cow<'a, str>,
    /// When it was published, EDTF; may be empty. What is no date is left out.
    pub published: Cow<'a, str>,
    /// Its address; may be empty.
    pub url: Cow<'a, str>,
}

/// One event as a file tells it. Texts may be empty where the file says nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft<'a> {
    /// Unique id; empty where the file gives none.
    pub id: Cow<'a, str>,
    /// Title.
    pub title: Cow<'a, str>,
    /// Summary or notes.
    pub summary: Cow<'a, str>,
    /// What happened.
    pub kind: Kind,
    /// When.
    pub time: DraftTime,
    /// Where, WGS 84 lon/lat in degrees.
    pub geometry: Option<Geometry<f64>>,
    /// Name of the place.
    pub place: Cow<'a, str>,
    /// Larger divisions around the place, smallest first (district, province,
    /// country): two places of one name in different ones stay two.
    pub within: Vec<Cow<'a, str>>,
    /// How well the position is known.
    pub precision: Precision,
    /// Radius of uncertainty in metres, if given.
    pub radius_m: Option<f64>,
    /// Who took part.
    pub participants: Vec<DraftParticipant<'a>>,
    /// Tolls.
    pub tolls: Vec<DraftToll>,
    /// Sources that tell of it.
    pub sources: Vec<DraftSource<'a>>,
    /// What a reader must be warned of.
    pub flags: Vec<Flag>,
    /// Values of columns that mean nothing to us, kept as they are; in a column
    /// of JSON as JSON. See [`Gather::column`](super::Gather::column).
    pub attributes: Vec<(Column, Cow<'a, str>)>,
}

impl Default for Draft<'_> {
    fn default() -> Self {
        Self {
            id: Cow::Borrowed(""),
            title: Cow::Borrowed(""),
            summary: Cow::Borrowed(""),
            kind: Kind::Other,
            time: DraftTime::Unknown,
            geometry: None,
            place: Cow::Borrowed(""),
            within: Vec::new(),
            precision: Precision::Exact,
            radius_m: None,
            participants: Vec::new(),
            tolls: Vec::new(),
            sources: Vec::new(),
            flags: Vec::new(),
            attributes: Vec::new(),
        }
    }
}

impl Draft<'_> {
    /// Makes it empty again, keeping the room its lists have.
    pub fn clear(&mut self) {
        let lists = (
            std::mem::take(&mut self.participants),
            std::mem::take(&mut self.tolls),
            std::mem::take(&mut self.sources),
            std::mem::take(&mut self.attributes),
        );
        *self = Self::default();
        (self.participants, self.tolls, self.sources, self.attributes) = lists;
        self.participants.clear();
        self.tolls.clear();
        self.sources.clear();
        self.attributes.clear();
    }
}
