//! Moving the window through time.

use crate::dataset::Moment;
use crate::model::time::{Extent, OPEN_FUTURE, OPEN_PAST, Unit, Window};

/// How the window moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Both ends move.
    Slide,
    /// The start stays, the end moves; marks age.
    Cumulative,
    /// Both ends move, marks fade with their distance from the playhead.
    Trailing,
}

impl Mode {
    /// Every mode.
    pub const ALL: [Self; 3] = [Self::Slide, Self::Cumulative, Self::Trailing];

    /// Whether marks fade with their distance from the playhead.
    #[must_use]
    pub fn fades(self) -> bool {
        !matches!(self, Self::Slide)
    }
}

/// Slowest playback, in steps a second: a step each hundred seconds.
pub const MIN_SPEED: f64 = 0.01;

/// Fastest playback, in steps a second.
pub const MAX_SPEED: f64 = 1000.0;

/// State of playback.
#[derive(Clone, Debug, PartialEq)]
pub struct Playback {
    /// Whether it runs.
    pub playing: bool,
    /// The calendar unit of a step.
    pub unit: Unit,
    /// Steps a second.
    pub speed: f64,
    /// How the window moves.
    pub mode: Mode,
    /// Whether it starts over at the end.
    pub looping: bool,
    /// Share of a step that has passed.
    pending: f64,
    /// Where stepping began and how many steps were made since. Steps are
    /// counted from there, so that January 31 is not worn down to 28 and a
    /// step back undoes a step forth.
    anchor: Option<(Unit, Mode, Window, i64)>,
    /// The window that the last step led to; any other drops the anchor.
    reached: Option<Window>,
}

impl Default for Playback {
    fn default() -> Self {
        Self {
            playing: false,
            unit: Unit::Month,
            speed: 4.0,
            mode: Mode::Slide,
            looping: false,
            pending: 0.0,
            anchor: None,
            reached: None,
        }
    }
}

/// A window without open ends: they are put where the data ends.
pub(super) fn bounded(window: Window, span: Window) -> Window {
    Window::new(
        if window.start == OPEN_PAST {
            span.start.min(window.end)
        } else {
            window.start
        },
        if window.end == OPEN_FUTURE {
            span.end.max(window.start)
        } else {
            window.end
        },
    )
}

/// The moment at which stepping from event to event stops: when the event has
/// begun for certain, or else the nearest that is known.
pub(super) fn stop(extent: Extent) -> i64 {
    Moment::Begun.of(extent).unwrap_or(0)
}

impl Playback {
    /// The window `n` steps on from `window`, within `span`: the playhead
    /// neither passes the end of the cell in which the data ends, nor the
    /// start of the cell in which it begins. `None` when that is no step.
    pub(super) fn step(&mut self, window: Window, n: i64, span: Window) -> Option<Window> {
        let key = (self.unit, self.mode);
        let (start, done) = match self.anchor {
            Some((unit, mode, anchor, done))
                if (unit, mode) == key && self.reached == Some(window) =>
            {
                (anchor, done)
            }
            _ => (bounded(window, span), 0),
        };
        let at = |steps: i64| {
            let end = self.unit.add(start.end, steps);
            match self.mode {
                Mode::Cumulative => Window::new(start.start.min(end.saturating_sub(1)), end),
                Mode::Slide | Mode::Trailing => Window::new(self.unit.add(start.start, steps), end),
            }
        };
        let last = self.unit.next(span.end.saturating_sub(1));
        let first = self.unit.floor(span.start);
        let mut total = done.saturating_add(n);
        // The last step may be a short one: it is taken as far as it brings
        // something into view, and no further.
        let inside = |w: Window| w.end > first && (n < 0 || w.end <= last || at(done).end >= last);
        if n > 0 {
            if at(done).end >= last {
                return None;
            }
            while total > done && self.unit.add(start.end, total - 1) >= last {
                total -= 1;
            }
        } else {
            while total < done && !inside(at(total)) {
                total += 1;
            }
        }
        if total == done {
            return None;
        }
        let reached = at(total);
        self.anchor = Some((key.0, key.1, start, total));
        self.reached = Some(reached);
        Some(reached)
    }

    /// How many whole steps have become due after `seconds` of playing.
    pub(super) fn due(&mut self, seconds: f64) -> i64 {
        self.pending += seconds.clamp(0.0, 1.0) * self.speed;
        let whole = self.pending.floor();
        self.pending -= whole;
        #[allow(clippy::cast_possible_truncation, reason = "at most MAX_SPEED")]
        let steps = whole as i64;
        steps
    }

    /// The window with its playhead where stepping stops for `extent`.
    pub(super) fn window_at(&self, window: Window, extent: Extent, span: Window) -> Window {
        let window = bounded(window, span);
        let end = stop(extent).saturating_add(1);
        match self.mode {
            Mode::Cumulative => Window::new(window.start.min(extent.start_latest), end),
            Mode::Slide | Mode::Trailing => {
                Window::new(end.saturating_sub(window.duration_ms()), end)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn window(text: &str) -> Window {
        Window::parse(text).unwrap()
    }

    #[test]
    fn month_steps_are_calendar_months_and_come_back() {
        let mut playback = Playback::default();
        let span = window("2012/2024");
        let start = window("2017-01/2017-03");
        let on = playback.step(start, 1, span).unwrap();
        assert_eq!(on, window("2017-02/2017-04"));
        assert_eq!(playback.step(on, -1, span), Some(start));
    }

    #[test]
    fn the_31st_is_not_worn_down() {
        let mut playback = Playback::default();
        let span = window("2012/2024");
        let start = Window::new(window("2016-01-31").start, window("2016-01-31").end);
        let mut at = start;
        for _ in 0..5 {
            at = playback.step(at, 1, span).unwrap();
        }
        for _ in 0..5 {
            at = playback.step(at, -1, span).unwrap();
        }
        assert_eq!(at, start);
    }

    #[test]
    fn the_last_day_is_reached_and_not_passed() {
        let mut playback = Playback {
            mode: Mode::Cumulative,
            ..Playback::default()
        };
        let span = window("2012-05-03/2012-08-20");
        let mut at = Window::new(span.start, window("2012-05").end);
        let mut steps = 0;
        while let Some(next) = playback.step(at, 1, span) {
            at = next;
            steps += 1;
            assert!(steps < 10, "it runs past the end");
        }
        assert!(at.end >= span.end);
        assert_eq!(at.end, window("2012-08").end);
    }

    proptest! {
        #[test]
        fn stepping_ends_at_both_sides(unit in 3_usize..8, n in 1_i64..5, forth in any::<bool>()) {
            let mut playback = Playback { unit: Unit::ALL[unit], ..Playback::default() };
            let span = window("2015-02/2016-03");
            let mut at = window("2015-06-11/2015-07-02");
            let n = if forth { n } else { -n };
            let mut steps = 0;
            while let Some(next) = playback.step(at, n, span) {
                prop_assert_ne!(next, at);
                at = next;
                steps += 1;
                prop_assert!(steps < 1000);
            }
            if forth {
                prop_assert!(at.end >= span.end);
            } else {
                prop_assert!(at.start <= playback.unit.next(span.start));
            }
        }
    }
}
