//! The last look at an event before it is kept.

use std::collections::HashSet;
use std::time::{SystemTime, UNIX_EPOCH};

use geo::{Geometry, Point};

use crate::formats::Severity;
use crate::formats::dates;
use crate::formats::import::{Draft, Gather, Wrong};
use crate::model::Precision;
use crate::model::time::{DAY_MS, OPEN_PAST};

const SAME_ID: Wrong = Wrong {
    id: "same-id",
    severity: Severity::Warning,
    what: "the id stands twice; the later event is kept under a number behind it",
    remedy: "give each event an id of its own",
};
const NULL_ISLAND: Wrong = Wrong {
    id: "zero-zero",
    severity: Severity::Warning,
    what: "the position is longitude 0, latitude 0, which often stands for an unknown one; it was kept",
    remedy: "leave the position empty where it is not known",
};
const FUTURE: Wrong = Wrong {
    id: "future",
    severity: Severity::Warning,
    what: "the date lies in the future; it was kept",
    remedy: "check the date",
};
const SWAPPED: Wrong = Wrong {
    id: "swapped",
    severity: Severity::Error,
    what: "the latitude is beyond 90 degrees and would do as longitude: the two seem to be swapped; \
           the event was kept without place",
    remedy: "write longitude first, then latitude",
};
const PROJECTED: Wrong = Wrong {
    id: "projected",
    severity: Severity::Error,
    what: "the position is no longitude and latitude in degrees; the event was kept without place",
    remedy: "the coordinates seem to be projected: convert them to WGS 84",
};
const RANGE: Wrong = Wrong {
    id: "out-of-range",
    severity: Severity::Error,
    what: "the position is not longitude -180 to 180, latitude -90 to 90; the event was kept without place",
    remedy: "correct the coordinates",
};

/// Gathers events, each with an id of its own and a look at date and position.
pub(in crate::formats) struct Keeper {
    pub gather: Gather,
    ids: HashSet<String>,
    now: i64,
}

impl Keeper {
    pub fn new() -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let now = now.map_or(i64::MAX, |d| {
            i64::try_from(d.as_millis()).unwrap_or(i64::MAX)
        });
        Self {
            gather: Gather::default(),
            ids: HashSet::new(),
            now: now.saturating_add(DAY_MS),
        }
    }

    /// Keeps an event; `number` is its number in the file from 1.
    pub fn add(&mut self, draft: &mut Draft<'_>, number: u64, line: u64) {
        let findings = &mut self.gather.findings;
        if draft.id.is_empty() {
            draft.id = format!("feature-{number}").into();
        }
        if !self.ids.insert(draft.id.to_string()) {
            findings.note(&SAME_ID, "id", line, &draft.id);
            let wish = draft.id.to_string();
            let free = (number..).map(|n| format!("{wish}-{n}"));
            if let Some(id) = free.into_iter().find(|id| !self.ids.contains(id)) {
                self.ids.insert(id.clone());
                draft.id = id.into();
            }
        }
        if draft.geometry.is_none() && draft.precision == Precision::Exact {
            draft.precision = Precision::Unknown;
        }
        if let Some(Geometry::Point(p)) = &draft.geometry
            && p.x() == 0.0
            && p.y() == 0.0
        {
            findings.note(&NULL_ISLAND, "geometry", line, &draft.id);
        }
        if let Some(extent) = dates::extent(&draft.time)
            && extent.start_earliest > self.now
            && extent.start_earliest != OPEN_PAST
        {
            let date =
                crate::model::time::iso(extent.start_earliest, crate::model::time::Unit::Day);
            findings.note(&FUTURE, "date", line, &date);
        }
        self.gather.add(draft, number);
    }
}

/// A position in degrees, or what is wrong with it.
pub(in crate::formats) fn checked_point(lon: f64, lat: f64) -> Result<Point<f64>, &'static Wrong> {
    let within = |value: f64, limit: f64| value.is_finite() && value.abs() <= limit;
    if within(lon, 180.0) && within(lat, 90.0) {
        return Ok(Point::new(lon, lat));
    }
    Err(if within(lon, 90.0) && within(lat, 180.0) {
        &SWAPPED
    } else if lon.is_finite() && lat.is_finite() && (lon.abs() > 1000.0 || lat.abs() > 1000.0) {
        &PROJECTED
    } else {
        &RANGE
    })
}
