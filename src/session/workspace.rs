//! What is remembered between runs: preferences for all, and a state a
//! dataset. Saved types of their own, versioned.

use serde::{Deserialize, Serialize};

use crate::dataset::{Dataset, Filter};
use crate::model::time::{Lang, Unit, Window};

use super::{ColourBy, GroupBy, Layers, Layout, Mode, Prefs, Session, Sizes, ThemeChoice};

/// Version of the saved state. A file of a newer version is left alone.
pub const WORKSPACE_VERSION: u32 = 1;

/// Preferences as saved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavedPrefs {
    version: u32,
    theme: String,
    lang: Option<String>,
    scale: f32,
    iso_dates: bool,
    colour_by: String,
    tour_done: bool,
    #[serde(default)]
    recent: Vec<String>,
}

impl SavedPrefs {
    /// What to save.
    #[must_use]
    pub fn new(prefs: &Prefs, recent: &[String]) -> Self {
        Self {
            version: WORKSPACE_VERSION,
            theme: match prefs.theme {
                ThemeChoice::System => "system",
                ThemeChoice::Light => "light",
                ThemeChoice::Dark => "dark",
            }
            .to_owned(),
            lang: Some(prefs.lang_tag().to_owned()),
            scale: prefs.scale,
            iso_dates: prefs.iso_dates,
            colour_by: match prefs.colour_by {
                ColourBy::Side => "side",
                ColourBy::Kind => "kind",
                ColourBy::Number => "number",
            }
            .to_owned(),
            tour_done: prefs.tour_done,
            recent: recent.to_vec(),
        }
    }

    /// The preferences and recent files, unless of another version.
    #[must_use]
    pub fn load(&self, base: Prefs) -> Option<(Prefs, Vec<String>)> {
        if self.version != WORKSPACE_VERSION {
            return None;
        }
        let prefs = Prefs {
            theme: match self.theme.as_str() {
                "light" => ThemeChoice::Light,
                "dark" => ThemeChoice::Dark,
                _ => ThemeChoice::System,
            },
            lang: self.lang.as_deref().map_or(base.lang, Lang::from_tag),
            scale: if self.scale.is_finite() {
                self.scale.clamp(0.5, 3.0)
            } else {
                base.scale
            },
            iso_dates: self.iso_dates,
            colour_by: match self.colour_by.as_str() {
                "kind" => ColourBy::Kind,
                "number" => ColourBy::Number,
                _ => ColourBy::Side,
            },
            tour_done: self.tour_done,
        };
        Some((prefs, self.recent.clone()))
    }
}

/// The state of one dataset's window as saved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(clippy::struct_excessive_bools, reason = "a flat file format")]
pub struct SavedWorkspace {
    version: u32,
    dataset: String,
    window: [i64; 2],
    certainly: bool,
    filter: String,
    center: [f64; 2],
    zoom: f64,
    relief: bool,
    labels: bool,
    precision: bool,
    mark_labels: bool,
    graticule: bool,
    filters: bool,
    details: bool,
    timeline: bool,
    table: bool,
    legend: bool,
    shelf: bool,
    /// Filters, details, timeline, table.
    #[serde(default)]
    sizes: [Option<f32>; 4],
    axis: Option<[i64; 2]>,
    group_by: String,
    unit: String,
    speed: f64,
    mode: String,
    looping: bool,
}

fn unit_id(unit: Unit) -> String {
    format!("{unit:?}").to_lowercase()
}

fn mode_id(mode: Mode) -> &'static str {
    match mode {
        Mode::Slide => "slide",
        Mode::Cumulative => "cumulative",
        Mode::Trailing => "trailing",
    }
}

fn group_id(by: GroupBy) -> &'static str {
    match by {
        GroupBy::Kind => "kind",
        GroupBy::Side => "side",
        GroupBy::Source => "source",
    }
}

impl SavedWorkspace {
    /// What to save of a session on a dataset.
    #[must_use]
    pub fn new(dataset: &Dataset, session: &Session) -> Self {
        let window = session.scope.window;
        let layers = session.map.layers;
        let layout = session.layout;
        Self {
            version: WORKSPACE_VERSION,
            dataset: dataset.meta().id.clone(),
            window: [window.start, window.end],
            certainly: session.scope.certainly,
            filter: session.scope.filter.to_line(dataset),
            center: [session.map.center.0, session.map.center.1],
            zoom: session.map.zoom,
            relief: layers.relief,
            labels: layers.labels,
            precision: layers.precision,
            mark_labels: layers.mark_labels,
            graticule: layers.graticule,
            filters: layout.filters,
            details: layout.details,
            timeline: layout.timeline,
            table: layout.table,
            legend: layout.legend,
            shelf: layout.shelf,
            sizes: [
                session.sizes.filters,
                session.sizes.details,
                session.sizes.timeline,
                session.sizes.table,
            ],
            axis: session.timeline.axis.map(|w| [w.start, w.end]),
            group_by: group_id(session.timeline.group_by).to_owned(),
            unit: unit_id(session.playback.unit),
            speed: session.playback.speed,
            mode: mode_id(session.playback.mode).to_owned(),
            looping: session.playback.looping,
        }
    }

    /// Puts the saved state into a session on the same data, read again.
    pub fn carry_over(mut self, dataset: &Dataset, session: &mut Session) {
        self.dataset.clone_from(&dataset.meta().id);
        self.restore(dataset, session);
    }

    /// Puts the saved state into a session, unless it is of another version
    /// or dataset. A filter that names things no longer there is left out.
    pub fn restore(&self, dataset: &Dataset, session: &mut Session) -> bool {
        if self.version != WORKSPACE_VERSION || self.dataset != dataset.meta().id {
            return false;
        }
        let window = |[start, end]: [i64; 2]| (start < end).then_some(Window { start, end });
        if let Some(w) = window(self.window) {
            session.scope.window = w;
        }
        session.scope.certainly = self.certainly;
        session.scope.filter = Filter::parse(&self.filter, dataset).unwrap_or_default();
        let [lon, lat] = self.center;
        if (-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat) && self.zoom.is_finite()
        {
            session.map.center = (lon, lat);
            session.map.zoom = self.zoom.clamp(0.0, 19.0);
            session.map.request = None;
        }
        session.map.layers = Layers {
            relief: self.relief,
            labels: self.labels,
            precision: self.precision,
            mark_labels: self.mark_labels,
            graticule: self.graticule,
        };
        session.layout = Layout {
            filters: self.filters,
            details: self.details,
            timeline: self.timeline,
            table: self.table,
            legend: self.legend,
            shelf: self.shelf,
        };
        let sane = |size: Option<f32>| size.filter(|s| s.is_finite() && *s > 0.0);
        let [filters, details, timeline, table] = self.sizes.map(sane);
        session.sizes = Sizes {
            filters,
            details,
            timeline,
            table,
        };
        session.timeline.axis = self.axis.and_then(window);
        session.timeline.group_by = [GroupBy::Kind, GroupBy::Side, GroupBy::Source]
            .into_iter()
            .find(|g| group_id(*g) == self.group_by)
            .unwrap_or(GroupBy::Kind);
        let playback = &mut session.playback;
        if let Some(unit) = Unit::ALL.into_iter().find(|u| unit_id(*u) == self.unit) {
            playback.unit = unit;
        }
        if let Some(mode) = Mode::ALL.into_iter().find(|m| mode_id(*m) == self.mode) {
            playback.mode = mode;
        }
        if self.speed.is_finite() {
            playback.speed = self.speed.clamp(super::MIN_SPEED, super::MAX_SPEED);
        }
        playback.looping = self.looping;
        true
    }
}
