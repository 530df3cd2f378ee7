//! The one place where commands change the session.

mod keep;
mod travel;

use std::path::PathBuf;
use std::sync::Arc;

use crate::dataset::{Dataset, RowSet};
use crate::formats::{Documents, Report};
use crate::model::EventRow;
use crate::model::time::Window;

use super::{
    Command, CurrentSet, Focus, History, MAX_SPEED, MIN_SPEED, MapRequest, Pick, Prefs, Scope,
    Session,
};

/// The box around more rows than this is found in the background: each is
/// looked at.
const MANY: u64 = 100_000;

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
    /// Find the box around many rows, and fit the map to it.
    FindBounds(RowSet),
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

/// What is changed bit by bit, and undone at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Run {
    /// The window is dragged.
    Window,
    /// Words are typed.
    Text,
}

/// A dataset, what the user does with it, and the set that follows.
pub struct Workbench {
    dataset: Arc<Dataset>,
    report: Report,
    session: Session,
    current: CurrentSet,
    /// What the current set is of.
    current_scope: Scope,
    /// Whether there is a current set yet.
    made: bool,
    /// The set that comes next.
    making: Option<keep::Making>,
    /// In a window, who is called when it is there: without, nothing is made
    /// in the background.
    wake: Option<keep::Wake>,
    documents: Documents,
    history: History<Scope>,
    /// What is being changed bit by bit: its start is in the history already.
    run: Option<Run>,
    /// The scope from which playback started, until it stops.
    play_start: Option<Scope>,
    requests: u64,
}

impl Workbench {
    /// Opens a dataset.
    #[must_use]
    pub fn new(dataset: Arc<Dataset>, report: Report, prefs: Prefs) -> Self {
        let session = Session::new(&dataset, prefs);
        let current = CurrentSet::new(&dataset, &session.scope, 1);
        Self::with(dataset, report, session, current)
    }

    fn with(dataset: Arc<Dataset>, report: Report, session: Session, current: CurrentSet) -> Self {
        Self {
            dataset,
            report,
            current_scope: session.scope.clone(),
            made: true,
            making: None,
            wake: None,
            session,
            current,
            documents: Documents::default(),
            history: History::default(),
            run: None,
            play_start: None,
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

    /// Replaces the documents at hand. They are no part of the session: what
    /// is found depends on files, not on commands.
    pub fn set_documents(&mut self, documents: Documents) {
        self.documents = documents;
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
        self.follow();
    }

    /// Applies a command.
    pub fn apply(&mut self, command: Command) -> Option<Effect> {
        let tick = matches!(command, Command::Tick(_));
        let by_itself = matches!(
            command,
            Command::Tick(_) | Command::Hover(_) | Command::MapMoved(..) | Command::Resize(_)
        );
        let travel = matches!(command, Command::Undo | Command::Redo);
        let run = match command {
            Command::DragWindow(_) => Some(Run::Window),
            Command::SetText(_) => Some(Run::Text),
            _ => None,
        };
        let was_playing = self.session.playback.playing;
        if travel {
            self.end_play();
        }
        let before = self.session.scope.clone();
        let effect = self.change(command);
        let playing = self.session.playback.playing;
        if playing && !was_playing {
            self.play_start = Some(before.clone());
        }
        if self.session.scope != before {
            // Playback is one step of undo, as is a drag, or a word typed.
            let part = run.is_some() && run == self.run;
            if !(travel || tick || part || playing && !was_playing) {
                if self.play_start.is_some() {
                    self.end_play_at(&before);
                }
                self.history.record(before.clone());
            }
            self.follow();
        }
        if was_playing && !playing {
            self.end_play();
        } else if playing && self.play_start.is_none() {
            self.play_start = Some(self.session.scope.clone());
        }
        // What comes by itself while somebody drags or types ends nothing.
        if !by_itself {
            self.run = run;
        }
        effect
    }

    /// Makes one step of undo of what playback has moved so far.
    fn end_play(&mut self) {
        let now = self.session.scope.clone();
        self.end_play_at(&now);
    }

    fn end_play_at(&mut self, now: &Scope) {
        if let Some(start) = self.play_start.take()
            && start != *now
        {
            self.history.record(start);
        }
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
            Command::ToggleFile(v) => toggle(&mut filter.layers, v),
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
            Command::GoTo(row) => return self.go_to_event(Some(row)),
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
            Command::SelectSet(rows, last, pick) => self.select_set(rows, last, pick),
            Command::SelectAll => {
                let primary = s.primary;
                self.settle_filter();
                self.select_set(self.current.shown().clone(), primary, Pick::Replace);
            }
            Command::ClearSelection => {
                s.selection = RowSet::default();
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
            Command::Resize(sizes) => s.sizes = sizes,
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
        self.select_set(rows.iter().copied().collect(), rows.last().copied(), pick);
    }

    /// Picks a set; `last` becomes the primary event if it is then picked, or
    /// else the last of those that join.
    fn select_set(&mut self, rows: RowSet, last: Option<EventRow>, pick: Pick) {
        let s = &mut self.session;
        let some = !rows.is_empty();
        let joined = match pick {
            Pick::Replace => {
                s.selection.clone_from(&rows);
                rows
            }
            Pick::Add => {
                s.selection.unite(&rows);
                rows
            }
            Pick::Toggle => {
                let mut joined = rows.clone();
                joined.subtract(&s.selection);
                s.selection.subtract(&rows);
                s.selection.unite(&joined);
                joined
            }
        };
        let last = last.filter(|row| joined.contains(*row));
        if let Some(row) = last.or_else(|| joined.last()) {
            s.primary = Some(row);
        }
        if s.primary.is_none_or(|p| !s.selection.contains(p)) {
            s.primary = s.selection.last();
        }
        if let Some(row) = s.primary
            && some
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
        self.settle_filter();
        let rows = if selection && !self.session.selection.is_empty() {
            &self.session.selection
        } else {
            self.current.shown()
        };
        if rows.len() > MANY {
            return Some(Effect::FindBounds(rows.clone()));
        }
        match self.dataset.bounds(rows) {
            Some(bounds) => {
                self.request(MapRequest::Fit(bounds));
                None
            }
            None => Some(Effect::Notify(Notice::NothingToFit)),
        }
    }
}

fn toggle<T: Ord>(set: &mut std::collections::BTreeSet<T>, value: T) {
    if !set.remove(&value) {
        set.insert(value);
    }
}
