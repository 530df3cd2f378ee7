//! Rows of typed columns on their way into a dataset.

use std::borrow::Cow;
use std::str::FromStr as _;

use geo::{CoordsIter as _, Geometry};

use crate::dataset::Meta;
use crate::formats::import::record::{Plan, is_deeper, turns, wrong};
use crate::formats::import::{Draft, Gather, Mapping, Watch, Wrong};
use crate::formats::{OpenError, OpenOptions, Opened, Severity};
use crate::model::Localised;

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

/// A geometry of a row, or what is wrong with it.
pub type Shape = Result<Option<Geometry<f64>>, &'static str>;

/// A row that waits until it is known what its columns mean.
type Waiting = (Vec<Option<String>>, Shape);

/// Rows looked at before it is decided what the columns mean.
const LOOKED_AT: usize = 2_000;
/// Cells that wait, at most, for a date that tells day from month. Trade-off:
/// some hundred megabytes of texts.
const WAITING: usize = 4_000_000;

/// Collects the rows of one file.
pub struct Table<'a> {
    label: String,
    /// Names of the columns that are no geometry.
    names: Vec<String>,
    /// Where they stand among the cells.
    cells: Vec<usize>,
    mapping: Option<&'a Mapping>,
    crs: Crs,
    waiting: Vec<Waiting>,
    /// A plan that dates yet to come may still change.
    guessed: Option<Plan>,
    plan: Option<Plan>,
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
        options: &'a OpenOptions,
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
        let (mut names, mut cells) = (Vec::new(), Vec::new());
        for (at, (name, kind)) in columns.iter().enumerate() {
            if *kind == ColumnKind::Json {
                // Declared here first, it stays a column of JSON.
                gather.column(name, true);
            }
            if *kind != ColumnKind::Geometry {
                names.push(name.clone());
                cells.push(at);
            }
        }
        Ok(Self {
            label: label.to_owned(),
            names,
            cells,
            mapping: options.mapping.as_ref(),
            crs,
            waiting: Vec::new(),
            guessed: None,
            plan: None,
            gather,
            watch,
            rows: 0,
        })
    }

    /// Adds a row: the text of each column, and its geometry.
    ///
    /// # Errors
    /// When it was cancelled.
    pub fn add(&mut self, cells: &[Option<Cow<'_, str>>], shape: Shape) -> Result<(), OpenError> {
        if self.plan.is_some() {
            return self.place(cells, shape);
        }
        let cells: Vec<_> = cells
            .iter()
            .map(|c| c.as_deref().map(str::to_owned))
            .collect();
        if let Some(plan) = &mut self.guessed {
            for column in plan.undecided() {
                let value = self.cells.get(column).and_then(|at| cells[*at].as_deref());
                plan.see_date(column, value.unwrap_or(""));
            }
        }
        self.waiting.push((cells, shape));
        if self.waiting.len() < LOOKED_AT {
            return Ok(());
        }
        let plan = match self.guessed.take() {
            Some(plan) => plan,
            None => self.guess(),
        };
        let held = self.waiting.len() * self.cells.len();
        if held < WAITING && !plan.undecided().is_empty() {
            // The rows to come may tell day from month.
            self.guessed = Some(plan);
            return Ok(());
        }
        self.decide(plan)
    }

    /// Works out what the columns mean, by the rows that wait.
    fn guess(&mut self) -> Plan {
        let samples = |column: usize| -> Vec<String> {
            let at = self.cells[column];
            let values = self
                .waiting
                .iter()
                .filter_map(|(cells, _)| cells[at].clone());
            values.filter(|v| !v.is_empty()).collect()
        };
        Plan::new(&self.names, &samples, self.mapping, &mut self.gather)
    }

    /// Takes in the rows that waited for the plan. What it had to assume is said
    /// of each row that it was assumed of.
    fn decide(&mut self, plan: Plan) -> Result<(), OpenError> {
        self.gather.understood = plan.understood();
        self.plan = Some(plan);
        for (cells, shape) in std::mem::take(&mut self.waiting) {
            let cells: Vec<_> = cells.into_iter().map(|c| c.map(Cow::Owned)).collect();
            self.place(&cells, shape)?;
        }
        Ok(())
    }

    fn place(&mut self, cells: &[Option<Cow<'_, str>>], shape: Shape) -> Result<(), OpenError> {
        self.rows += 1;
        if self.rows.is_multiple_of(2_048) {
            self.watch.check(&self.label)?;
        }
        if matches!(shape, Ok(None)) && cells.iter().all(Option::is_none) {
            self.gather.findings.note(&EMPTY, "", self.rows, "");
            self.gather.skip();
            return Ok(());
        }
        let mut draft = Draft {
            geometry: self.checked(shape),
            ..Draft::default()
        };
        if let Some(plan) = &self.plan {
            let get = |column: usize| {
                let cell = self.cells.get(column).and_then(|at| cells.get(*at));
                cell.and_then(|c| c.as_deref()).unwrap_or("")
            };
            plan.fill(&mut draft, get, self.rows, &mut self.gather.findings);
        }
        self.gather.add(&draft, self.rows);
        Ok(())
    }

    /// A geometry in degrees, or none and why.
    fn checked(&mut self, shape: Shape) -> Option<Geometry<f64>> {
        let findings = &mut self.gather.findings;
        let mut geometry = match shape {
            Ok(geometry) => geometry?,
            Err(why) => {
                findings.note_why(&wrong::GEOMETRY, "", self.rows, "", why);
                return None;
            }
        };
        self.crs.to_degrees(&mut geometry);
        if let Some(lon) = turns::turn_back(&mut geometry) {
            findings.note(&wrong::LON_360, "", self.rows, &lon.to_string());
        }
        let on_map =
            |c: geo::Coord<f64>| (-180.0..=180.0).contains(&c.x) && (-90.0..=90.0).contains(&c.y);
        if let Some(off) = geometry.coords_iter().find(|c| !on_map(*c)) {
            let far = off.x.abs() > 360.0 || off.y.abs() > 360.0;
            let wrong = if far && off.x.is_finite() && off.y.is_finite() {
                &wrong::PROJECTED
            } else {
                &wrong::RANGE
            };
            findings.note(wrong, "", self.rows, &format!("{}, {}", off.x, off.y));
            return None;
        }
        if let Geometry::Point(p) = &geometry
            && p.x().abs() < f64::EPSILON
            && p.y().abs() < f64::EPSILON
        {
            findings.note(&wrong::NULL_ISLAND, "", self.rows, "0, 0");
        }
        Some(geometry)
    }

    /// Makes the dataset.
    ///
    /// # Errors
    /// When it was cancelled.
    pub fn finish(mut self, format: &str, title: &str) -> Result<Opened, OpenError> {
        if self.plan.is_none() {
            let plan = match self.guessed.take() {
                Some(plan) => plan,
                None => self.guess(),
            };
            self.decide(plan)?;
        }
        let meta = Meta {
            title: Localised::new("und", title),
            ..Meta::default()
        };
        Ok(self.gather.finish(&self.label, format, meta, self.watch))
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
    if is_deeper(text, MAX_DEPTH) {
        return Err("geometry collections are nested too deeply");
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
