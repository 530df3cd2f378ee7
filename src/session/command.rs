//! Everything a panel can ask for.

use std::path::PathBuf;

use crate::dataset::{Filter, GeoBox, RowSet};
use crate::model::time::{Unit, Window};
use crate::model::{ActorIx, ClaimIx, EventRow, Flag, Kind, PlaceIx, SourceIx};

use super::{ColourBy, Focus, Layer, Mode, Prefs, Sizes};

/// How picked events join the selection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    /// They become the selection.
    Replace,
    /// They are added to it.
    Add,
    /// Those in it leave it, the others join.
    Toggle,
}

/// A move of the map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum MapRequest {
    /// Show a box as large as fits.
    Fit(GeoBox),
    /// Zoom in by this many levels about the centre.
    ZoomBy(f64),
    /// Move by this share of the view's width and height, to the east and south.
    PanBy(f64, f64),
    /// Look at a position.
    Goto {
        /// Longitude and latitude in degrees.
        center: (f64, f64),
        /// Zoom level; `None` keeps it.
        zoom: Option<f64>,
    },
}

/// What the lanes of the timeline are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupBy {
    /// By kind.
    Kind,
    /// By actor's side.
    Side,
    /// By source.
    Source,
}

/// A panel that can be shown or hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// Filters, at the left.
    Filters,
    /// Event, actor and sources, at the right.
    Details,
    /// Timeline, at the bottom.
    Timeline,
    /// Table of the current set, over the timeline.
    Table,
    /// Legend on the map.
    Legend,
    /// Shelf of events without a place.
    Shelf,
}

/// Everything a panel can ask for. Applied in one place:
/// [`super::Workbench::apply`].
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    // ----- filter -----
    /// Let a kind through, or no longer.
    ToggleKind(Kind),
    /// Let a side through, or no longer; `None` is "no side".
    ToggleSide(Option<u8>),
    /// Let an actor through, or no longer.
    ToggleActor(ActorIx),
    /// Let a source through, or no longer.
    ToggleSource(SourceIx),
    /// Let a place through, or no longer.
    TogglePlace(PlaceIx),
    /// Let the events of a file through, or no longer; by its position among
    /// the layers of the dataset.
    ToggleFile(u8),
    /// Let a warning through, or no longer.
    ToggleFlag(Option<Flag>),
    /// Filter by words.
    SetText(String),
    /// Filter by a box, or by none.
    SetArea(Option<GeoBox>),
    /// Replace the whole filter.
    SetFilter(Filter),
    /// Let everything through.
    ClearFilter,
    /// Show only what is certainly in the window, or also what may be.
    SetCertainly(bool),
    // ----- window and time -----
    /// Show a stretch of time.
    SetWindow(Window),
    /// Show a stretch of time while a handle is being dragged: one step of
    /// undo for the whole drag, which ends with any other command.
    DragWindow(Window),
    /// Show all the time there is.
    WindowAll,
    /// Move the window by steps of the playback's unit.
    Step(i64),
    /// Move the window so that the playhead is at the next (1) or previous
    /// (−1) event of the filtered set.
    StepEvent(i64),
    /// Move the window so that the playhead is at an event.
    GoTo(EventRow),
    /// Move the playhead to the first or last event.
    StepEnd(bool),
    /// Start or stop playback.
    TogglePlay,
    /// Time has passed while playing, in seconds.
    Tick(f64),
    /// Step by this unit.
    SetUnit(Unit),
    /// Steps a second.
    SetSpeed(f64),
    /// How the window moves.
    SetMode(Mode),
    /// Start over at the end, or not.
    SetLoop(bool),
    /// Show a stretch of time on the axis; `None` fits the dataset.
    SetAxis(Option<Window>),
    /// Group the lanes.
    SetGroupBy(GroupBy),
    // ----- selection -----
    /// Pick events; the last of the list is the one picked last.
    Select(Vec<EventRow>, Pick),
    /// Pick a set of events, which may be millions. The row is the one picked
    /// last; `None` for the last of the set.
    SelectSet(RowSet, Option<EventRow>, Pick),
    /// Pick every event of the current set.
    SelectAll,
    /// Pick nothing.
    ClearSelection,
    /// The pointer is over an event, or over none.
    Hover(Option<EventRow>),
    /// Show a thing in the details panel; an event is also picked.
    Open(Focus),
    /// Back in the details panel.
    Back,
    /// Forward in the details panel.
    Forward,
    /// Show a citation in the reader.
    OpenClaim(ClaimIx),
    /// Show a source in the reader.
    OpenSource(SourceIx),
    /// Close a tab of the reader.
    CloseTab(SourceIx),
    // ----- map -----
    /// The map was moved by hand: centre as longitude and latitude, and zoom.
    MapMoved((f64, f64), f64),
    /// Move the map.
    Map(MapRequest),
    /// Fit the current set.
    FitAll,
    /// Fit the selection.
    FitSelection,
    /// Draw a layer, or not.
    ToggleLayer(Layer),
    /// What the colour of a mark means.
    SetColourBy(ColourBy),
    // ----- layout and preferences -----
    /// Show or hide a panel.
    TogglePanel(Panel),
    /// Panels have taken other sizes.
    Resize(Sizes),
    /// Change theme, language and the like.
    SetPrefs(Prefs),
    // ----- history -----
    /// Undo the last change of filter or window.
    Undo,
    /// Do again what was undone.
    Redo,
    // ----- files: answered with an effect -----
    /// Open the dataset at a path.
    OpenDataset(PathBuf),
    /// Open a dataset although it has errors.
    OpenAnyway,
    /// Open the bundled dataset.
    OpenBundled,
    /// Ask for a dataset to open.
    AskDataset,
    /// Look for documents in a file or folder.
    AddDocuments(PathBuf),
    /// Ask for a folder of documents.
    AskDocuments,
    /// Put text on the clipboard.
    Copy(String),
    /// Leave the program.
    Quit,
}
