//! Moving the window through time: by steps, from event to event, and by
//! itself.

use crate::dataset::Moment;
use crate::model::EventRow;
use crate::model::time::{OPEN_FUTURE, OPEN_PAST, Unit, Window};
use crate::session::playback::{bounded, stop};
use crate::session::{Mode, Pick};

use super::{Effect, Notice, Workbench};

impl Workbench {
    /// The stretch of time in which the window moves.
    fn span(&self) -> Option<Window> {
        self.dataset
            .span_of(&self.current.filtered)
            .or_else(|| self.dataset.time_span())
    }

    pub(super) fn step(&mut self, n: i64) -> Option<Effect> {
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

    /// Goes to the next or previous event: the playhead never turns round, and
    /// events of the same moment come one after another.
    pub(super) fn step_event(&mut self, n: i64) -> Option<Effect> {
        self.settle_filter();
        let playhead = self.session.playhead();
        let table = self.dataset.table();
        let at = self
            .session
            .primary
            .filter(|row| table.is_dated(*row) && stop(table.extent(*row)) == playhead)
            .unwrap_or(EventRow(u32::MAX));
        let (data, rows, here) = (&self.dataset, &self.current.filtered, (playhead, at));
        let found = if n > 0 {
            data.next_by(rows, Moment::Begun, here)
        } else {
            data.previous_by(rows, Moment::Begun, here)
        };
        self.go_to_event(found.map(|(_, row)| row))
    }

    pub(super) fn step_end(&mut self, last: bool) -> Option<Effect> {
        self.settle_filter();
        let (data, rows) = (&self.dataset, &self.current.filtered);
        let found = if last {
            data.previous_by(rows, Moment::Begun, (OPEN_FUTURE, EventRow(u32::MAX)))
        } else {
            data.next_by(rows, Moment::Begun, (OPEN_PAST, EventRow(0)))
        };
        self.go_to_event(found.map(|(_, row)| row))
    }

    pub(super) fn go_to_event(&mut self, found: Option<EventRow>) -> Option<Effect> {
        let (Some(row), Some(span)) = (found, self.span()) else {
            return Some(Effect::Notify(Notice::NoMoreEvents));
        };
        let extent = self.dataset.table().extent(row);
        let s = &mut self.session;
        s.scope.window = s.playback.window_at(s.scope.window, extent, span);
        self.select(&[row], Pick::Replace);
        None
    }

    pub(super) fn set_mode(&mut self, mode: Mode) {
        let Some(span) = self.dataset.time_span() else {
            return;
        };
        let s = &mut self.session;
        let window = bounded(s.scope.window, span);
        if mode == Mode::Cumulative && s.playback.mode != Mode::Cumulative {
            s.scope.window = Window::new(span.start.min(window.end), window.end);
        }
        s.playback.mode = mode;
    }

    pub(super) fn toggle_play(&mut self) {
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
        let window = bounded(s.scope.window, span);
        let whole = window.covers(span);
        if !whole && s.playback.clone().step(window, 1, span).is_some() {
            s.scope.window = window;
            return;
        }
        let unit = s.playback.unit;
        let start = unit.floor(span.start);
        let end = match s.playback.mode {
            Mode::Cumulative => unit.next(span.start),
            // A year of months, a dozen of whatever the step is.
            Mode::Slide | Mode::Trailing if whole => unit.add(start, 12).min(span.end),
            Mode::Slide | Mode::Trailing => same_length(window, unit, start),
        };
        s.scope.window = Window::new(start, end);
    }

    pub(super) fn tick(&mut self, seconds: f64) {
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

/// The end of a window as long as another one, from a new start: in whole
/// units where the other is that, so that three months stay three months.
fn same_length(window: Window, unit: Unit, start: i64) -> i64 {
    let units = window.duration_ms() / unit.mean_ms();
    let whole = (units - 1..=units + 1).find(|n| unit.add(window.start, *n) == window.end);
    match whole {
        Some(n) => unit.add(start, n),
        None => start.saturating_add(window.duration_ms()),
    }
}
