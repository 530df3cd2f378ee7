//! The one place where commands change the session.

use std::path::PathBuf;
use std::sync::Arc;

use crate::dataset::Dataset;
use crate::formats::{Documents, Report};
use crate::model::EventRow;
use crate::model::time::{Unit, Window};

use super::{
    Command, CurrentSet, Focus, History, MAX_SPEED, MIN_SPEED, MapRequest, Mode, Pick, Prefs,
    Scope, Session,
};

/// What the program around the session has to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Open the dataset at a path.
    OpenDataset(PathBuf),
    /// Open the dataset that was held back for its errors.
    OpenAnyway,
    /// Open the bundled dataset.
    OpenBundled,
    /// Ask for a dataset.
    AskDataset,
    /// Look for documents at a path.
    AddDocuments(PathBuf),
    /// Ask for documents.
    AskDocuments,
    /// Put text on the clipboard.
    Copy(String),
    /// Tell the user.
    Notify(Notice),
    /// Leave.
    Quit,
}

/// Something a command found that the user should know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// There is no event further on.
    NoMoreEvents,
    /// Nothing to fit: no event with a place.
    NothingToFit,
}

/// A dataset, what the user does with it, and the set that follows.
pub struct Workbench {
    dataset: Arc<Dataset>,
    report: Report,
    session: Session,
    current: CurrentSet,
    documents: Documents,
    history: History<Scope>,
    /// The window is being dragged: its start is in the history already.
    dragging: bool,
    requests: u64,
}

impl Workbench {
    /// Opens a dataset.
    #[must_use]
    pub fn new(dataset: Arc<Dataset>, report: Report, prefs: Prefs) -> Self {
        let session = Session::new(&dataset, prefs);
        let current = CurrentSet::new(&dataset, &session.scope, 1);
        Self {
            dataset,
            report,
            session,
            current,
            documents: Documents::default(),
            history: History::default(),
            dragging: false,
            requests: 1,
        }
    }

    /// The dataset.
    #[must_use]
    pub fn dataset(&self) -> &Arc<Dataset> {
        &self.dataset
    }

    /// What was wrong with it.
    #[must_use]
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// The state of the window.
    #[must_use]
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The set that every panel shows.
    #[must_use]
    pub fn current(&self) -> &CurrentSet {
        &self.current
    }

    /// The documents at hand.
    #[must_use]
    pub fn documents(&self) -> &Documents {
        &self.documents
    }

    /// The documents at hand, to add to. Not part of the session: what is
    /// found there depends on files, not on commands.
    pub fn documents_mut(&mut self) -> (&mut Documents, &Dataset) {
        (&mut self.documents, &self.dataset)
    }

    /// Whether a change of filter or window can be undone.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        self.history.can_undo()
    }

    /// Whether a change that was undone can be done again.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        self.history.can_redo()
    }

    /// Puts back a saved state; see [`super::SavedWorkspace`].
    pub fn restore(&mut self, change: impl FnOnce(&Dataset, &mut Session)) {
        change(&self.dataset, &mut self.session);
        self.refresh();
    }

    fn refresh(&mut self) {
        let revision = self.current.revision + 1;
        self.current = CurrentSet::new(&self.dataset, &self.session.scope, revision);
    }

    /// As [`Workbench::refresh`], by what changes, if only the window has moved
    /// or only the filter has changed.
    fn follow(&mut self, before: &Scope) {
        let now = &self.session.scope;
        let (current, data) = (&mut self.current, &self.dataset);
        let revision = current.revision + 1;
        let done = if now.certainly != before.certainly {
            false
        } else if now.filter == before.filter {
            current.follow(data, before.window, now.window, revision)
        } else if now.window == before.window {
            current.refilter(data, &before.filter, now, revision)
        } else {
            false
        };
        if !done {
            self.refresh();
        }
    }

    /// Applies a command.
    pub fn apply(&mut self, command: Command) -> Option<Effect> {
        let before = self.session.scope.clone();
        let drag = matches!(command, Command::DragWindow(_));
        // Playback is no edit: undo goes back to where it was started.
        let playing = matches!(command, Command::Tick(_));
        let travel = matches!(command, Command::Undo | Command::Redo);
        let effect = self.change(command);
        if self.session.scope != before {
            let same_drag = drag && self.dragging;
            self.follow(&before);
            if !(travel || playing || same_drag) {
                self.history.record(before);
            }
        }
        if !playing {
            self.dragging = drag;
        }
        effect
    }

    #[allow(clippy::too_many_lines, reason = "a table of commands, one line each")]
    fn change(&mut self, command: Command) -> Option<Effect> {
        let s = &mut self.session;
        let filter = &mut s.scope.filter;
        match command {
            Command::ToggleKind(v) => toggle(&mut filter.kinds, v),
            Command::ToggleSide(v) => toggle(&mut filter.sides, v),
            Command::ToggleActor(v) => toggle(&mut filter.actors, v),
            Command::ToggleSource(v) => toggle(&mut filter.sources, v),
            Command::TogglePlace(v) => toggle(&mut filter.places, v),
            Command::ToggleFlag(v) => toggle(&mut filter.flags, v),
            Command::SetText(text) => filter.text = text,
            Command::SetArea(area) => filter.area = area,
            Command::SetFilter(new) => *filter = new,
            Command::ClearFilter => *filter = crate::dataset::Filter::default(),
            Command::SetCertainly(certainly) => s.scope.certainly = certainly,
            Command::SetWindow(window) | Command::DragWindow(window) => s.scope.window = window,
            Command::WindowAll => s.scope.window = Window::ALL,
            Command::Step(n) => return self.step(n),
            Command::StepEvent(n) => return self.step_event(n),
            Command::StepEnd(last) => return self.step_end(last),
            Command::TogglePlay => self.toggle_play(),
            Command::Tick(seconds) => self.tick(seconds),
            Command::SetUnit(unit) => s.playback.unit = unit,
            Command::SetSpeed(speed) => {
                if speed.is_finite() {
                    s.playback.speed = speed.clamp(MIN_SPEED, MAX_SPEED);
                }
            }
            Command::SetMode(mode) => self.set_mode(mode),
            Command::SetLoop(on) => s.playback.looping = on,
            Command::SetAxis(axis) => s.timeline.axis = axis,
            Command::SetGroupBy(by) => s.timeline.group_by = by,
            Command::Select(rows, pick) => self.select(&rows, pick),
            Command::ClearSelection => {
                s.selection.clear();
                s.primary = None;
            }
            Command::Hover(row) => s.hover = row,
            Command::Open(focus) => {
                if let Focus::Event(row) = focus {
                    self.select(&[row], Pick::Replace);
                }
                self.session.trail.go(focus);
                self.session.layout.details = true;
            }
            Command::Back => s.trail.at = s.trail.at.saturating_sub(1),
            Command::Forward => {
                if s.trail.can_forward() {
                    s.trail.at += 1;
                }
            }
            Command::OpenClaim(claim) => {
                let source = self.dataset.claim(claim).source;
                self.open_source(source);
                self.session.reader.claim = Some(claim);
            }
            Command::OpenSource(source) => {
                self.open_source(source);
                self.session.reader.claim = None;
            }
            Command::CloseTab(source) => {
                s.reader.tabs.retain(|t| *t != source);
                if s.reader.active == Some(source) {
                    s.reader.active = s.reader.tabs.last().copied();
                    s.reader.claim = None;
                }
            }
            Command::MapMoved(center, zoom) => {
                s.map.center = center;
                s.map.zoom = zoom;
            }
            Command::Map(request) => self.request(request),
            Command::FitAll => return self.fit(false),
            Command::FitSelection => return self.fit(true),
            Command::ToggleLayer(layer) => {
                let switch = s.map.layers.switch(layer);
                *switch = !*switch;
            }
            Command::SetColourBy(by) => s.prefs.colour_by = by,
            Command::TogglePanel(panel) => {
                let switch = s.layout.switch(panel);
                *switch = !*switch;
            }
            Command::SetPrefs(prefs) => s.prefs = prefs,
            Command::Undo => {
                if let Some(scope) = self.history.undo(&s.scope) {
                    s.scope = scope;
                }
            }
            Command::Redo => {
                if let Some(scope) = self.history.redo(&s.scope) {
                    s.scope = scope;
                }
            }
            Command::OpenDataset(path) => return Some(Effect::OpenDataset(path)),
            Command::OpenAnyway => return Some(Effect::OpenAnyway),
            Command::OpenBundled => return Some(Effect::OpenBundled),
            Command::AskDataset => return Some(Effect::AskDataset),
            Command::AddDocuments(path) => return Some(Effect::AddDocuments(path)),
            Command::AskDocuments => return Some(Effect::AskDocuments),
            Command::Copy(text) => return Some(Effect::Copy(text)),
            Command::Quit => return Some(Effect::Quit),
        }
        None
    }

    fn select(&mut self, rows: &[EventRow], pick: Pick) {
        let s = &mut self.session;
        if pick == Pick::Replace {
            s.selection.clear();
        }
        for row in rows {
            if pick == Pick::Toggle && s.selection.contains(row) {
                s.selection.remove(row);
            } else {
                s.selection.insert(*row);
                s.primary = Some(*row);
            }
        }
        if s.primary.is_none_or(|p| !s.selection.contains(&p)) {
            s.primary = s.selection.last().copied();
        }
        if let Some(row) = s.primary
            && !rows.is_empty()
        {
            s.trail.go(Focus::Event(row));
        }
    }

    fn open_source(&mut self, source: crate::model::SourceIx) {
        let reader = &mut self.session.reader;
        if !reader.tabs.contains(&source) {
            reader.tabs.push(source);
        }
        reader.active = Some(source);
        reader.request += 1;
        self.session.layout.details = true;
    }

    fn request(&mut self, request: MapRequest) {
        self.requests += 1;
        self.session.map.request = Some((self.requests, request));
    }

    fn fit(&mut self, selection: bool) -> Option<Effect> {
        let rows = if selection && !self.session.selection.is_empty() {
            self.session.selection.iter().copied().collect()
        } else {
            self.current.shown().clone()
        };
        match self.dataset.bounds(&rows) {
            Some(bounds) => {
                self.request(MapRequest::Fit(bounds));
                None
            }
            None => Some(Effect::Notify(Notice::NothingToFit)),
        }
    }

    /// The stretch of time in which the window moves.
    fn span(&self) -> Option<Window> {
        self.dataset
            .span_of(&self.current.filtered)
            .or_else(|| self.dataset.time_span())
    }

    fn step(&mut self, n: i64) -> Option<Effect> {
        let span = self.dataset.time_span()?;
        let s = &mut self.session;
        match s.playback.step(s.scope.window, n, span) {
            Some(window) => {
                s.scope.window = window;
                None
            }
            None => Some(Effect::Notify(Notice::NoMoreEvents)),
        }
    }

    fn step_event(&mut self, n: i64) -> Option<Effect> {
        let filtered = &self.current.filtered;
        let table = self.dataset.table();
        let dated = |row: &EventRow| table.is_dated(*row);
        let found = match self.session.primary {
            Some(row) if n > 0 => filtered.after(row).filter(dated),
            Some(row) => filtered.before(row),
            None => {
                // Without a selection: the nearest to the playhead.
                let playhead = self.session.playhead();
                let mut rows = filtered.iter().filter(dated);
                if n > 0 {
                    rows.find(|r| table.extent(*r).start_earliest > playhead)
                        .or_else(|| filtered.nth(0))
                } else {
                    rows.take_while(|r| table.extent(*r).start_earliest <= playhead)
                        .last()
                }
            }
        };
        self.go_to_event(found)
    }

    fn step_end(&mut self, last: bool) -> Option<Effect> {
        let filtered = &self.current.filtered;
        let dated = |row: &EventRow| self.dataset.table().is_dated(*row);
        let found = if last {
            self.dataset.last_dated(filtered)
        } else {
            filtered.nth(0).filter(dated)
        };
        self.go_to_event(found)
    }

    fn go_to_event(&mut self, found: Option<EventRow>) -> Option<Effect> {
        let (Some(row), Some(span)) = (found, self.span()) else {
            return Some(Effect::Notify(Notice::NoMoreEvents));
        };
        let extent = self.dataset.table().extent(row);
        let s = &mut self.session;
        s.scope.window = s.playback.window_at(s.scope.window, extent, span);
        self.select(&[row], Pick::Replace);
        None
    }

    fn set_mode(&mut self, mode: Mode) {
        let Some(span) = self.dataset.time_span() else {
            return;
        };
        let s = &mut self.session;
        let window = super::playback::bounded(s.scope.window, span);
        if mode == Mode::Cumulative && s.playback.mode != Mode::Cumulative {
            s.scope.window = Window::new(span.start.min(window.end), window.end);
        }
        s.playback.mode = mode;
    }

    fn toggle_play(&mut self) {
        let s = &mut self.session;
        s.playback.playing = !s.playback.playing;
        if !s.playback.playing {
            return;
        }
        let Some(span) = self.dataset.time_span() else {
            s.playback.playing = false;
            return;
        };
        self.start_over_if_at_end(span);
    }

    /// A window that reaches the end of the data starts over: with its own
    /// length, or, if it takes in everything, with a part of it.
    fn start_over_if_at_end(&mut self, span: Window) {
        let s = &mut self.session;
        let window = super::playback::bounded(s.scope.window, span);
        if s.playback.clone().step(window, 1, span).is_some() {
            s.scope.window = window;
            return;
        }
        let unit = s.playback.unit;
        let start = unit.floor(span.start);
        let end = match s.playback.mode {
            Mode::Cumulative => unit.next(span.start),
            Mode::Slide | Mode::Trailing => {
                let tenth = Unit::add(unit, start, 12).min(span.end);
                let whole = window.duration_ms() >= span.duration_ms();
                if whole {
                    tenth
                } else {
                    start.saturating_add(window.duration_ms())
                }
            }
        };
        s.scope.window = Window::new(start, end);
    }

    fn tick(&mut self, seconds: f64) {
        let Some(span) = self.dataset.time_span() else {
            return;
        };
        let s = &mut self.session;
        if !s.playback.playing {
            return;
        }
        let due = s.playback.due(seconds);
        if due == 0 {
            return;
        }
        if let Some(window) = s.playback.step(s.scope.window, due, span) {
            s.scope.window = window;
        } else if s.playback.looping {
            self.start_over_if_at_end(span);
        } else {
            s.playback.playing = false;
        }
    }
}

fn toggle<T: Ord>(set: &mut std::collections::BTreeSet<T>, value: T) {
    if !set.remove(&value) {
        set.insert(value);
    }
}
