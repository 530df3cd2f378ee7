//! What is in a dataset, in figures: what `info` prints.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::time::{Unit, iso};
use crate::model::{SourceKind, TollSum};

use super::{Dataset, GeoBox, RowSet, geometry_box};

/// Sums of low, best and high figures; `null` where nothing is known.
#[derive(Clone, Copy, Debug, Serialize, PartialEq, Eq)]
pub struct Killed {
    /// Sum of the lowest figures.
    pub low: Option<u64>,
    /// Sum of the best figures.
    pub best: Option<u64>,
    /// Sum of the highest figures.
    pub high: Option<u64>,
}

/// What a set of events holds.
#[derive(Clone, Debug, Serialize, PartialEq)]
pub struct Summary {
    /// Title of the dataset.
    pub title: String,
    /// Format it was read from; whoever has its report knows better.
    pub format: String,
    /// Number of events.
    pub events: u64,
    /// Events with a place on the map.
    pub located: u64,
    /// Events without one.
    pub unlocated: u64,
    /// First day, ISO 8601; open ends do not count.
    pub first: Option<String>,
    /// Last day, ISO 8601.
    pub last: Option<String>,
    /// West, south, east, north in degrees; west > east across the antimeridian.
    pub bbox: Option<[f64; 4]>,
    /// Number of events by kind.
    pub kinds: BTreeMap<&'static str, u64>,
    /// Number of actors.
    pub actors: usize,
    /// Number of relations.
    pub relations: usize,
    /// Number of reports: sources that tell of events.
    pub sources: usize,
    /// Number of works cited for coordinates and figures only.
    pub references: usize,
    /// Number of claims.
    pub claims: usize,
    /// Sum of the shown figures of people killed.
    pub killed: Killed,
    /// Number of problems found while reading.
    pub problems: usize,
    /// With a window: events certainly in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certainly: Option<u64>,
    /// With a window: events possibly in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub possibly: Option<u64>,
}

impl Dataset {
    /// Sums up the events of `rows`; actors, relations, sources and claims are
    /// those of the whole dataset. `lang` chooses the title's language.
    #[must_use]
    pub fn summary(&self, rows: &RowSet, lang: &str) -> Summary {
        let located = self.located(rows).len();
        let span = self.span_of(rows);
        let mut kinds = BTreeMap::new();
        let mut killed = TollSum::default();
        for row in rows.iter() {
            *kinds.entry(self.kind(row).id()).or_insert(0) += 1;
            killed.merge(self.killed(row));
        }
        let reports = |s: &&crate::model::Source| s.kind == SourceKind::Report;
        let sources = self.sources().iter().filter(reports).count();
        Summary {
            title: self.meta().title.get(lang).to_owned(),
            format: if self.has_records() {
                "Chronotope dataset".to_owned()
            } else {
                "table of events".to_owned()
            },
            events: rows.len(),
            located,
            unlocated: rows.len() - located,
            first: span.map(|w| iso(w.start, Unit::Day)),
            last: span.map(|w| iso(w.end - 1, Unit::Day)),
            bbox: self
                .exact_bounds(rows)
                .map(|b| [b.west, b.south, b.east, b.north]),
            kinds,
            actors: self.actors().iter().filter(|a| !a.missing).count(),
            relations: self.relations().len(),
            sources,
            references: self.sources().iter().filter(|s| !s.missing).count() - sources,
            claims: self.claim_count(),
            killed: Killed {
                low: killed.low,
                best: killed.best,
                high: killed.high,
            },
            problems: 0,
            certainly: None,
            possibly: None,
        }
    }

    /// The box around the geometries as they were read: neither cut to the
    /// square of the map nor rounded to its units.
    fn exact_bounds(&self, rows: &RowSet) -> Option<GeoBox> {
        if !self.has_records() {
            if !self.table().is_wide() {
                return self.bounds(rows);
            }
            let boxes = rows.iter().filter_map(|row| self.table().exact_box(row));
            return GeoBox::around(boxes.map(|b| (b.west, b.south, b.east, b.north)));
        }
        GeoBox::around(rows.iter().filter_map(|row| {
            let b = geometry_box(self.event(row).geometry.as_ref()?)?;
            Some((b.west, b.south, b.east, b.north))
        }))
    }
}
