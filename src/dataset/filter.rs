//! Everything but the window that narrows the set, and its one-line notation.
//!
//! `kind:attack,raid actor:illiassou-djibo place:hajin bbox:-5,10,5,20 menaka`
//! lets through events of either kind, with that actor, there, in the box,
//! with a word that begins with "menaka". Values of one key are alternatives;
//! keys and words must all hold.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::model::{ActorIx, Flag, Kind, PlaceIx, SourceIx};

use super::{Dataset, GeoBox};

/// Everything but the window that narrows the set of events.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Kinds let through; none means all.
    pub kinds: BTreeSet<Kind>,
    /// Sides let through, `None` for events without one; none means all.
    pub sides: BTreeSet<Option<u8>>,
    /// Actors of which at least one takes part; none means all.
    pub actors: BTreeSet<ActorIx>,
    /// Sources of which at least one makes a claim; none means all.
    pub sources: BTreeSet<SourceIx>,
    /// Places let through; none means all.
    pub places: BTreeSet<PlaceIx>,
    /// Warnings let through, `None` for events without any; none means all.
    pub flags: BTreeSet<Option<Flag>>,
    /// Layers let through, by position; none means all.
    pub layers: BTreeSet<u8>,
    /// Words each of which must begin a word of the event.
    pub text: String,
    /// Box in which the mark must lie.
    pub area: Option<GeoBox>,
}

/// What is wrong with a filter in its one-line notation.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("filter \"{part}\": {what}; {remedy}")]
pub struct FilterError {
    /// The part that is wrong.
    pub part: String,
    /// What is wrong with it.
    pub what: String,
    /// What to write instead.
    pub remedy: String,
}

impl Filter {
    /// Whether it lets everything through.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.clauses() == 0
    }

    /// How many facets are narrowed.
    #[must_use]
    pub fn clauses(&self) -> usize {
        [
            !self.kinds.is_empty(),
            !self.sides.is_empty(),
            !self.actors.is_empty(),
            !self.sources.is_empty(),
            !self.places.is_empty(),
            !self.flags.is_empty(),
            !self.layers.is_empty(),
            !self.text.trim().is_empty(),
            self.area.is_some(),
        ]
        .into_iter()
        .filter(|narrowed| *narrowed)
        .count()
    }

    /// Reads the one-line notation.
    ///
    /// # Errors
    /// When a key, or a value of one, is not known in this dataset.
    pub fn parse(text: &str, dataset: &Dataset) -> Result<Self, FilterError> {
        let mut filter = Self::default();
        let mut words = Vec::new();
        for part in text.split_whitespace() {
            match part.split_once(':') {
                Some((key, values)) if !values.is_empty() => {
                    filter.clause(part, key, values, dataset)?;
                }
                _ => words.push(part),
            }
        }
        filter.text = words.join(" ");
        Ok(filter)
    }

    fn clause(
        &mut self,
        part: &str,
        key: &str,
        values: &str,
        dataset: &Dataset,
    ) -> Result<(), FilterError> {
        let error = |what: String, remedy: &str| FilterError {
            part: part.to_owned(),
            what,
            remedy: remedy.to_owned(),
        };
        if key == "bbox" {
            let area = parse_box(values).ok_or_else(|| {
                error(
                    "the box is not west,south,east,north in degrees".to_owned(),
                    "write for example bbox:-5,10,5,20",
                )
            })?;
            self.area = Some(area);
            return Ok(());
        }
        if values.split(',').all(str::is_empty) {
            return Err(error(
                format!("\"{key}:\" has no value"),
                "write at least one, or leave it out",
            ));
        }
        for value in values.split(',').filter(|v| !v.is_empty()) {
            let unknown = |list: &str| error(format!("there is no {key} \"{value}\""), list);
            match key {
                "kind" => self.kinds.insert(Kind::from_id(value).ok_or_else(|| {
                    let all: Vec<_> = Kind::ALL.iter().map(|k| k.id()).collect();
                    unknown(&format!("use one of {}", all.join(", ")))
                })?),
                "side" => self.sides.insert(
                    side(dataset, value).ok_or_else(|| unknown("use a side's id, or none"))?,
                ),
                "actor" => self.actors.insert(
                    dataset
                        .actor_by_id(value)
                        .ok_or_else(|| unknown("use an actor's id, as in actors.json"))?,
                ),
                "source" => self.sources.insert(
                    dataset
                        .source_by_id(value)
                        .ok_or_else(|| unknown("use a source's id, as in sources.json"))?,
                ),
                "place" => self.places.insert(
                    dataset
                        .place_by_id(value)
                        .ok_or_else(|| unknown("use a place's id, as in places.json"))?,
                ),
                "flag" => self.flags.insert(flag(value).ok_or_else(|| {
                    unknown("use inferred-date, inferred-place, contested or none")
                })?),
                "layer" => self.layers.insert(
                    layer(dataset, value)
                        .ok_or_else(|| unknown("use the id of one of the files"))?,
                ),
                _ => {
                    return Err(error(
                        format!("\"{key}\" is no key"),
                        "use kind, side, actor, source, place, flag, layer or bbox",
                    ));
                }
            };
        }
        Ok(())
    }

    /// Writes the one-line notation, which [`Filter::parse`] reads back.
    #[must_use]
    pub fn to_line(&self, dataset: &Dataset) -> String {
        let mut line = String::new();
        let mut put = |key: &str, values: Vec<&str>| {
            if !values.is_empty() {
                let _ = write!(line, "{key}:{} ", values.join(","));
            }
        };
        put("kind", self.kinds.iter().map(|k| k.id()).collect());
        let sides = &dataset.meta().sides;
        put(
            "side",
            self.sides
                .iter()
                .filter_map(|s| match s {
                    None => Some("none"),
                    Some(s) => sides.get(usize::from(*s)).map(|s| s.id.as_str()),
                })
                .collect(),
        );
        put(
            "actor",
            self.actors
                .iter()
                .map(|a| dataset.actor(*a).id.as_str())
                .collect(),
        );
        put(
            "source",
            self.sources
                .iter()
                .map(|s| dataset.source(*s).id.as_str())
                .collect(),
        );
        put(
            "place",
            self.places
                .iter()
                .map(|p| dataset.place(*p).id.as_str())
                .collect(),
        );
        put(
            "flag",
            self.flags
                .iter()
                .map(|f| f.map_or("none", Flag::id))
                .collect(),
        );
        let layers = dataset.layers();
        put(
            "layer",
            self.layers
                .iter()
                .filter_map(|l| layers.get(usize::from(*l)))
                .map(|l| l.id.as_str())
                .collect(),
        );
        if let Some(b) = self.area {
            let _ = write!(line, "bbox:{},{},{},{} ", b.west, b.south, b.east, b.north);
        }
        // A colon would read as a key; in a search it is a gap like any other.
        line.push_str(&self.text.trim().replace(':', " "));
        line.trim_end().to_owned()
    }
}

/// A side, or none of them; the outer `None` is an id that does not exist.
#[allow(clippy::option_option, reason = "no side is a value of its own")]
fn side(dataset: &Dataset, id: &str) -> Option<Option<u8>> {
    if id == "none" {
        return Some(None);
    }
    let at = dataset.meta().sides.iter().position(|s| s.id == id)?;
    Some(Some(u8::try_from(at).ok()?))
}

/// The position of a layer.
fn layer(dataset: &Dataset, id: &str) -> Option<u8> {
    let at = dataset.layers().iter().position(|l| l.id == id)?;
    u8::try_from(at).ok()
}

/// A warning, or none; the outer `None` is an id that does not exist.
#[allow(clippy::option_option, reason = "no warning is a value of its own")]
fn flag(id: &str) -> Option<Option<Flag>> {
    if id == "none" {
        return Some(None);
    }
    Flag::from_id(id).map(Some)
}

fn parse_box(text: &str) -> Option<GeoBox> {
    let numbers: Vec<f64> = text
        .split(',')
        .map(|n| n.trim().parse().ok())
        .collect::<Option<_>>()?;
    let [west, south, east, north] = numbers.try_into().ok()?;
    let lon = -180.0..=180.0;
    let lat = -90.0..=90.0;
    let fits =
        lon.contains(&west) && lon.contains(&east) && lat.contains(&south) && lat.contains(&north);
    (fits && south <= north).then_some(GeoBox {
        west,
        south,
        east,
        north,
    })
}
