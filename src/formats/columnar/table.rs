//! Rows of typed columns on their way into a dataset.

use std::borrow::Cow;
use std::str::FromStr as _;

use geo::{CoordsIter as _, Geometry};

use crate::dataset::Meta;
use crate::formats::import::{Column, Gather, Mapping, Watch, Wrong};
use crate::formats::import::{Draft, DraftParticipant, DraftSource, DraftTime, DraftToll, Role};
use crate::formats::{OpenError, OpenOptions, Opened, Severity};
use crate::model::time::When;
use crate::model::{self, Kind, Localised, Precision, Schema, TollKind};

use super::crs::Crs;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Texts, numbers, dates: anything as text.
    Text,
    /// Nested values, as JSON.
    Json,
    /// The geometry, which is handed over beside the cells.
    Geometry,
}

static BAD_GEOMETRY: Wrong = Wrong {
    id: "bad-geometry",
    severity: Severity::Error,
    what: "the geometry cannot be read; the event is kept without a place",
    remedy: "correct the geometry",
};
static OUT_OF_RANGE: Wrong = Wrong {
    id: "out-of-range",
    severity: Severity::Error,
    what: "the position is not longitude -180 to 180, latitude -90 to 90; the event is kept \
           without a place",
    remedy: "write longitude and latitude in degrees, or say which system they are in",
};
static NULL_ISLAND: Wrong = Wrong {
    id: "null-island",
    severity: Severity::Warning,
    what: "the position is 0, 0, in the sea off Ghana: often what is not known",
    remedy: "leave the position empty where it is not known",
};
static BAD_DATE: Wrong = Wrong {
    id: "bad-date",
    severity: Severity::Error,
    what: "this is no date; the event is kept without one",
    remedy: "write dates as 2016-11-03",
};
static BAD_NUMBER: Wrong = Wrong {
    id: "bad-number",
    severity: Severity::Warning,
    what: "this is no number of people and was left out",
    remedy: "write a whole number from 0 up",
};
static EMPTY: Wrong = Wrong {
    id: "empty-row",
    severity: Severity::Warning,
    what: "the row is empty and was skipped",
    remedy: "nothing, if it is meant to be",
};
static UNSAID_CRS: Wrong = Wrong {
    id: "crs-unsaid",
    severity: Severity::Warning,
    what: "the file does not say what its coordinates are; they were taken for longitude and \
           latitude on WGS 84",
    remedy: "name the coordinate reference system in the file",
};
static OTHER_DATUM: Wrong = Wrong {
    id: "other-datum",
    severity: Severity::Warning,
    what: "the coordinates are on another datum and were taken for WGS 84, which is a metre or \
           two away",
    remedy: "convert them to WGS 84 if that matters",
};
static CONVERTED: Wrong = Wrong {
    id: "crs-converted",
    severity: Severity::Warning,
    what: "the coordinates are in Web Mercator and were converted to longitude and latitude",
    remedy: "nothing, if that is right",
};

/// Collects the rows of one file.
pub struct Table<'a> {
    label: String,
    names: Vec<String>,
    roles: Vec<Role>,
    attributes: Vec<Option<Column>>,
    crs: Crs,
    gather: Gather,
    watch: &'a Watch,
    rows: u64,
}

impl<'a> Table<'a> {
    /// Begins with the columns of the file, and what its coordinates are.
    ///
    /// # Errors
    /// When its coordinates are in a system that is not read.
    pub fn new(
        label: &str,
        columns: &[(String, ColumnKind)],
        crs: Result<Crs, String>,
        options: &OpenOptions,
        watch: &'a Watch,
    ) -> Result<Self, OpenError> {
        let crs = crs.map_err(|name| {
            OpenError::new(
                label,
                format!("its coordinates are in {name}, which is not read"),
                "convert the file to longitude and latitude, for example with \
                 ogr2ogr -t_srs EPSG:4326",
            )
        })?;
        let mut gather = Gather::default();
        let warning = match crs {
            Crs::Degrees => None,
            Crs::NearlyDegrees => Some(&OTHER_DATUM),
            Crs::WebMercator => Some(&CONVERTED),
            Crs::Unsaid => Some(&UNSAID_CRS),
        };
        let has_geometry = columns
            .iter()
            .any(|(_, kind)| *kind == ColumnKind::Geometry);
        if let Some(warning) = warning.filter(|_| has_geometry) {
            gather.findings.note(warning, "", 0, "");
        }
        let roles = roles(columns, options.mapping.as_ref(), has_geometry);
        let attributes = columns
            .iter()
            .zip(&roles)
            .map(|((name, kind), role)| {
                let kept = *role == Role::Attribute;
                kept.then(|| gather.column(name, *kind == ColumnKind::Json))
            })
            .collect();
        Ok(Self {
            label: label.to_owned(),
            names: columns.iter().map(|(name, _)| name.clone()).collect(),
            roles,
            attributes,
            crs,
            gather,
            watch,
            rows: 0,
        })
    }

    /// Adds a row: the text of each column, and its geometry.
    ///
    /// # Errors
    /// When it was cancelled.
    pub fn add(
        &mut self,
        cells: &[Option<Cow<'_, str>>],
        geometry: Result<Option<Geometry<f64>>, &'static str>,
    ) -> Result<(), OpenError> {
        self.rows += 1;
        if self.rows.is_multiple_of(2_048) {
            self.watch.check(&self.label)?;
        }
        if matches!(geometry, Ok(None)) && cells.iter().all(Option::is_none) {
            self.gather.findings.note(&EMPTY, "", self.rows, "");
            self.gather.skip();
            return Ok(());
        }
        let draft = self.draft(cells, geometry);
        self.gather.add(&draft, self.rows);
        Ok(())
    }

    fn draft<'c>(
        &mut self,
        cells: &'c [Option<Cow<'c, str>>],
        geometry: Result<Option<Geometry<f64>>, &'static str>,
    ) -> Draft<'c> {
        let mut draft = Draft {
            geometry: self.checked(geometry),
            ..Draft::default()
        };
        let (mut lat, mut lon) = (None, None);
        let (mut start, mut end, mut date) = (None, None, None);
        for (at, cell) in cells.iter().enumerate() {
            let Some(cell) = cell.as_deref().map(str::trim).filter(|c| !c.is_empty()) else {
                continue;
            };
            match self.roles[at] {
                Role::Id => draft.id = cell.into(),
                Role::Title => draft.title = cell.into(),
                Role::Summary => draft.summary = cell.into(),
                Role::Kind => draft.kind = Kind::from_id(cell).unwrap_or(Kind::Other),
                Role::Date => date = Some((at, cell)),
                Role::Start => start = Some((at, cell)),
                Role::End => end = Some((at, cell)),
                Role::Latitude => lat = cell.parse::<f64>().ok(),
                Role::Longitude => lon = cell.parse::<f64>().ok(),
                Role::Wkt => {
                    let shape = wkt(cell);
                    draft.geometry = self.checked(shape).or(draft.geometry);
                }
                Role::Precision => {
                    draft.precision = Precision::from_id(cell).unwrap_or(Precision::Unknown);
                }
                Role::Radius => draft.radius_m = cell.parse().ok(),
                Role::Place => draft.place = cell.into(),
                Role::Within => draft.within.push(cell.into()),
                Role::Actor | Role::Target => draft.participants.push(DraftParticipant {
                    name: cell.into(),
                    role: match self.roles[at] {
                        Role::Actor => model::Role::Initiator,
                        _ => model::Role::Target,
                    },
                    schema: Schema::LegalEntity,
                }),
                Role::Source => draft.sources.push(DraftSource {
                    title: cell.into(),
                    ..DraftSource::default()
                }),
                Role::Url => draft.sources.push(DraftSource {
                    url: cell.into(),
                    ..DraftSource::default()
                }),
                Role::Killed => self.toll(TollKind::Killed, at, cell, &mut draft),
                Role::Wounded => self.toll(TollKind::Wounded, at, cell, &mut draft),
                Role::Ignore => {}
                _ => {
                    if let Some(column) = self.attributes[at] {
                        draft.attributes.push((column, Cow::Borrowed(cell)));
                    }
                }
            }
        }
        if let (Some(lat), Some(lon), None) = (lat, lon, &draft.geometry) {
            draft.geometry = self.checked(Ok(Some(geo::Point::new(lon, lat).into())));
        }
        draft.time = self.time(date, start, end);
        draft
    }

    fn toll(&mut self, what: TollKind, at: usize, cell: &str, draft: &mut Draft<'_>) {
        // Whole numbers are often held as floating ones, for the sake of nulls.
        match cell.strip_suffix(".0").unwrap_or(cell).parse() {
            Ok(best) => draft.tolls.push(DraftToll {
                who: None,
                what,
                low: None,
                best: Some(best),
                high: None,
            }),
            Err(_) => {
                let column = &self.names[at];
                self.gather
                    .findings
                    .note(&BAD_NUMBER, column, self.rows, cell);
            }
        }
    }

    fn time(
        &mut self,
        date: Option<(usize, &str)>,
        start: Option<(usize, &str)>,
        end: Option<(usize, &str)>,
    ) -> DraftTime {
        if let Some(when) = date.and_then(|d| self.when(d)) {
            return DraftTime::When(when);
        }
        let (start, end) = (
            start.and_then(|s| self.when(s)),
            end.and_then(|e| self.when(e)),
        );
        match (start, end) {
            (None, None) => DraftTime::Unknown,
            (Some(one), None) | (None, Some(one)) => DraftTime::When(one),
            (Some(start), Some(end)) if start.edtf() == end.edtf() => DraftTime::When(start),
            (Some(start), Some(end)) => {
                let both = When::parse(&format!("{}/{}", start.edtf(), end.edtf()));
                DraftTime::When(both.unwrap_or(start))
            }
        }
    }

    fn when(&mut self, (at, cell): (usize, &str)) -> Option<When> {
        let spaced = || {
            let text = cell.replacen(' ', "T", 1);
            let text = text.split('.').next()?;
            When::parse(&format!("{text}Z")).ok()
        };
        let when = When::parse(cell).ok().or_else(spaced);
        if when.is_none() {
            let column = &self.names[at];
            self.gather
                .findings
                .note(&BAD_DATE, column, self.rows, cell);
        }
        when
    }

    /// A geometry in degrees, or none and why.
    fn checked(
        &mut self,
        geometry: Result<Option<Geometry<f64>>, &'static str>,
    ) -> Option<Geometry<f64>> {
        let findings = &mut self.gather.findings;
        let mut geometry = match geometry {
            Ok(geometry) => geometry?,
            Err(why) => {
                findings.note_why(&BAD_GEOMETRY, "", self.rows, "", why);
                return None;
            }
        };
        self.crs.to_degrees(&mut geometry);
        let on_map =
            |c: geo::Coord<f64>| (-180.0..=180.0).contains(&c.x) && (-90.0..=90.0).contains(&c.y);
        if let Some(off) = geometry.coords_iter().find(|c| !on_map(*c)) {
            let value = format!("{}, {}", off.x, off.y);
            findings.note(&OUT_OF_RANGE, "", self.rows, &value);
            return None;
        }
        if let Geometry::Point(p) = &geometry
            && p.x().abs() < f64::EPSILON
            && p.y().abs() < f64::EPSILON
        {
            findings.note(&NULL_ISLAND, "", self.rows, "0, 0");
        }
        Some(geometry)
    }

    /// Makes the dataset.
    #[must_use]
    pub fn finish(self, format: &str, title: &str) -> Opened {
        let meta = Meta {
            title: Localised::new("und", title),
            ..Meta::default()
        };
        self.gather.finish(&self.label, format, meta, self.watch)
    }
}

/// What each column means: as the user says, else by its name. The first of
/// several columns of one name and role has it.
fn roles(
    columns: &[(String, ColumnKind)],
    mapping: Option<&Mapping>,
    has_geometry: bool,
) -> Vec<Role> {
    let mut taken = Vec::new();
    columns
        .iter()
        .map(|(name, kind)| {
            if *kind == ColumnKind::Geometry {
                return Role::Geometry;
            }
            if let Some(role) = mapping.and_then(|m| m.roles.get(name)) {
                return *role;
            }
            let role = guess(name, has_geometry);
            if *kind == ColumnKind::Json || taken.contains(&role) {
                return Role::Attribute;
            }
            if role != Role::Attribute {
                taken.push(role);
            }
            role
        })
        .collect()
}

fn guess(name: &str, has_geometry: bool) -> Role {
    match name.trim().to_lowercase().as_str() {
        "id" | "event_id" | "eventid" => Role::Id,
        "title" | "name" => Role::Title,
        "notes" | "description" | "summary" => Role::Summary,
        "kind" => Role::Kind,
        "when" | "date" | "event_date" | "timestamp" | "datetime" | "time" => Role::Date,
        "start" | "date_start" | "start_date" | "begin" => Role::Start,
        "end" | "date_end" | "end_date" => Role::End,
        "lat" | "latitude" | "y" if !has_geometry => Role::Latitude,
        "lon" | "lng" | "long" | "longitude" | "x" if !has_geometry => Role::Longitude,
        "wkt" if !has_geometry => Role::Wkt,
        "precision" => Role::Precision,
        "radius_m" => Role::Radius,
        "place" | "location" => Role::Place,
        "actor" | "actor1" | "side_a" => Role::Actor,
        "target" | "actor2" | "side_b" => Role::Target,
        "source" => Role::Source,
        "url" | "source_url" => Role::Url,
        "killed" | "fatalities" | "best" => Role::Killed,
        "wounded" | "injured" => Role::Wounded,
        _ => Role::Attribute,
    }
}

/// Reads well-known text, also with an SRID before it.
///
/// # Errors
/// What is wrong with it.
pub fn wkt(text: &str) -> Result<Option<Geometry<f64>>, &'static str> {
    const WRONG: &str = "this is no well-known text";
    /// Of parentheses. The deepest geometry that is no collection has three.
    const MAX_DEPTH: usize = 12;
    let mut depth = 0_usize;
    for byte in text.bytes() {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err("geometry collections are nested too deeply");
        }
    }
    let plain = match text.split_once(';') {
        Some((srid, rest)) if srid.trim_start().starts_with("SRID") => rest,
        _ => text,
    };
    let parsed: wkt::Wkt<f64> = wkt::Wkt::from_str(plain).map_err(|_| WRONG)?;
    match Geometry::try_from(parsed) {
        Ok(geometry) => Ok(Some(geometry)),
        // An empty point.
        Err(_) => Ok(None),
    }
}
