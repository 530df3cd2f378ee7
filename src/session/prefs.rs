//! Choices that outlive a dataset: theme, language, layers, panels.

use crate::model::time::Lang;

use super::Panel;

/// Light, dark, or as the system is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ThemeChoice {
    /// As the system is.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// What the colour of a mark means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ColourBy {
    /// The side whose action it was.
    #[default]
    Side,
    /// What happened.
    Kind,
    /// Nothing: where much happened is told by a scale, and every mark is of
    /// one colour.
    Number,
}

/// A layer of the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// Shaded relief under the vectors.
    Relief,
    /// Names of places.
    Labels,
    /// Rings, areas and lines of precision.
    Precision,
    /// Names beside the marks.
    MarkLabels,
    /// Lines of longitude and latitude.
    Graticule,
}

/// Layers drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is one tick of a list")]
pub struct Layers {
    /// Shaded relief under the vectors.
    pub relief: bool,
    /// Names of places.
    pub labels: bool,
    /// Rings, areas and lines of precision.
    pub precision: bool,
    /// Names beside the marks.
    pub mark_labels: bool,
    /// Lines of longitude and latitude.
    pub graticule: bool,
}

impl Default for Layers {
    fn default() -> Self {
        Self {
            relief: true,
            labels: true,
            precision: true,
            mark_labels: true,
            graticule: false,
        }
    }
}

impl Layers {
    /// The switch of a layer.
    pub fn switch(&mut self, layer: Layer) -> &mut bool {
        match layer {
            Layer::Relief => &mut self.relief,
            Layer::Labels => &mut self.labels,
            Layer::Precision => &mut self.precision,
            Layer::MarkLabels => &mut self.mark_labels,
            Layer::Graticule => &mut self.graticule,
        }
    }

    /// Whether a layer is drawn.
    #[must_use]
    pub fn has(mut self, layer: Layer) -> bool {
        *self.switch(layer)
    }
}

/// Sizes the user has given to panels, in points; `None` for their own.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sizes {
    /// Width of the filters.
    pub filters: Option<f32>,
    /// Width of the details.
    pub details: Option<f32>,
    /// Height of the timeline.
    pub timeline: Option<f32>,
    /// Height of the table.
    pub table: Option<f32>,
}

/// Panels shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is one tick of a list")]
pub struct Layout {
    /// Filters, at the left.
    pub filters: bool,
    /// Event, actor and sources, at the right.
    pub details: bool,
    /// Timeline, at the bottom.
    pub timeline: bool,
    /// Table of the current set.
    pub table: bool,
    /// Legend on the map.
    pub legend: bool,
    /// Shelf of events without a place.
    pub shelf: bool,
}

impl Default for Layout {
    fn default() -> Self {
        Self {
            filters: true,
            details: true,
            timeline: true,
            table: false,
            legend: true,
            shelf: true,
        }
    }
}

impl Layout {
    /// The switch of a panel.
    pub fn switch(&mut self, panel: Panel) -> &mut bool {
        match panel {
            Panel::Filters => &mut self.filters,
            Panel::Details => &mut self.details,
            Panel::Timeline => &mut self.timeline,
            Panel::Table => &mut self.table,
            Panel::Legend => &mut self.legend,
            Panel::Shelf => &mut self.shelf,
        }
    }
}

/// Choices that hold for every dataset.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prefs {
    /// Light, dark, or as the system is.
    pub theme: ThemeChoice,
    /// Language of the interface.
    pub lang: Lang,
    /// Size of all text and widgets, as a factor.
    pub scale: f32,
    /// Write dates as ISO 8601.
    pub iso_dates: bool,
    /// What the colour of a mark means.
    pub colour_by: ColourBy,
    /// The tour was seen or skipped.
    pub tour_done: bool,
}

impl Default for Prefs {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::default(),
            lang: Lang::En,
            scale: 1.0,
            iso_dates: false,
            colour_by: ColourBy::default(),
            tour_done: false,
        }
    }
}

impl Prefs {
    /// The BCP 47 tag of the language, by which texts are chosen.
    #[must_use]
    pub fn lang_tag(&self) -> &'static str {
        match self.lang {
            Lang::En => "en",
            Lang::Fr => "fr",
        }
    }
}
