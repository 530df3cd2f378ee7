//! What the user has done to the view: filter, window, selection, layout.
//!
//! **Invariant:** only [`Workbench::apply`] changes it. Panels read a shared
//! reference and send a [`Command`].

mod apply;
mod command;
mod current;
mod history;
mod playback;
mod prefs;
mod tracks;
mod workspace;

pub use apply::{Effect, Notice, Workbench};
pub use command::{Command, GroupBy, MapRequest, Panel, Pick};
pub use current::{CurrentSet, Delta};
pub use history::History;
pub use playback::{MAX_SPEED, MIN_SPEED, Mode, Playback};
pub use prefs::{ColourBy, Layer, Layers, Layout, Prefs, Sizes, ThemeChoice};
pub use workspace::{SavedPrefs, SavedWorkspace, WORKSPACE_VERSION};

use crate::dataset::{Dataset, Filter, RowSet};
use crate::model::time::Window;
use crate::model::{ActorIx, ClaimIx, EventRow, PlaceIx, SourceIx};

/// What narrows the set of events. Undo and redo step through these.
#[derive(Clone, Debug, PartialEq)]
pub struct Scope {
    /// Everything but the window.
    pub filter: Filter,
    /// The stretch of time shown.
    pub window: Window,
    /// Show only what is certainly in the window.
    pub certainly: bool,
}

/// What the details panel is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Focus {
    /// An event.
    Event(EventRow),
    /// An actor.
    Actor(ActorIx),
    /// A place.
    Place(PlaceIx),
    /// A source.
    Source(SourceIx),
}

/// Where the details panel has been: back and forward, as in a browser.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trail {
    stops: Vec<Focus>,
    at: usize,
}

impl Trail {
    /// What is shown now.
    #[must_use]
    pub fn current(&self) -> Option<Focus> {
        self.stops.get(self.at).copied()
    }

    /// Whether there is something to go back to.
    #[must_use]
    pub fn can_back(&self) -> bool {
        self.at > 0
    }

    /// Whether there is something to go forward to.
    #[must_use]
    pub fn can_forward(&self) -> bool {
        self.at + 1 < self.stops.len()
    }

    fn go(&mut self, focus: Focus) {
        if self.current() != Some(focus) {
            self.stops.truncate(self.at + 1);
            self.stops.push(focus);
            self.at = self.stops.len() - 1;
        }
    }
}

/// What the source reader shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reader {
    /// Sources open in tabs.
    pub tabs: Vec<SourceIx>,
    /// The tab in front.
    pub active: Option<SourceIx>,
    /// The citation to bring into view.
    pub claim: Option<ClaimIx>,
    /// Counts the requests to bring a citation into view, so that the same
    /// one can be asked for twice.
    pub request: u64,
}

/// Where the map looks.
#[derive(Clone, Debug, PartialEq)]
pub struct MapState {
    /// Centre as longitude and latitude in degrees.
    pub center: (f64, f64),
    /// Zoom level as of slippy maps: the world is 256 · 2^zoom points wide.
    pub zoom: f64,
    /// A move the map has yet to make, and its number.
    pub request: Option<(u64, MapRequest)>,
    /// Layers drawn.
    pub layers: Layers,
}

/// How the timeline looks.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineState {
    /// The stretch of time on the axis; `None` fits the whole dataset.
    pub axis: Option<Window>,
    /// What the lanes are grouped by.
    pub group_by: GroupBy,
}

/// The whole state of one window.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    /// What narrows the set.
    pub scope: Scope,
    /// What the user picked; the last picked is [`Session::primary`].
    pub selection: RowSet,
    /// The event picked last.
    pub primary: Option<EventRow>,
    /// What the pointer is over.
    pub hover: Option<EventRow>,
    /// What the details panel shows.
    pub trail: Trail,
    /// What the reader shows.
    pub reader: Reader,
    /// Playback.
    pub playback: Playback,
    /// Where the map looks.
    pub map: MapState,
    /// How the timeline looks.
    pub timeline: TimelineState,
    /// Panels shown.
    pub layout: Layout,
    /// How large they are.
    pub sizes: Sizes,
    /// Theme, language and the like.
    pub prefs: Prefs,
}

impl Session {
    /// The state in which a dataset opens.
    #[must_use]
    pub fn new(dataset: &Dataset, prefs: Prefs) -> Self {
        let meta = dataset.meta();
        let window = meta
            .window
            .as_deref()
            .and_then(|w| Window::parse(w).ok())
            .or_else(|| dataset.time_span())
            .unwrap_or(Window::ALL);
        let bounds = dataset.bounds(&dataset.all());
        let center = meta
            .center
            .map(|[lon, lat]| (lon, lat))
            .or_else(|| bounds.map(|b| b.center()))
            .unwrap_or((0.0, 20.0));
        let request = match (meta.center, bounds) {
            (None, Some(b)) => Some((1, MapRequest::Fit(b))),
            _ => None,
        };
        Self {
            scope: Scope {
                filter: Filter::default(),
                window,
                certainly: false,
            },
            selection: RowSet::default(),
            primary: None,
            hover: None,
            trail: Trail::default(),
            reader: Reader::default(),
            playback: Playback::default(),
            map: MapState {
                center,
                zoom: meta.zoom.unwrap_or(2.0).clamp(0.0, 19.0),
                request,
                layers: Layers::default(),
            },
            timeline: TimelineState {
                axis: None,
                group_by: GroupBy::Kind,
            },
            layout: Layout::default(),
            sizes: Sizes::default(),
            prefs,
        }
    }

    /// The playhead: the last moment inside the window, in UTC milliseconds.
    #[must_use]
    pub fn playhead(&self) -> i64 {
        self.scope.window.end.saturating_sub(1)
    }
}
