//! The window on the timeline as something to grab: where its handles are,
//! and where dragging them leads.

use crate::model::time::{Millis, OPEN_FUTURE, OPEN_PAST, Unit, Window};
use crate::view::axis::TimeAxis;
use crate::view::ticks::snap;

use super::to_seconds;

/// Each handle can be grabbed this far outside the window.
pub const GRAB_PX: f64 = 8.0;
/// A handle reaches at most this far into the window.
const INSIDE_PX: f64 = 4.0;
/// Dragging snaps to cells of which at least this many fit on the axis, so
/// that a step of months does not hold the window still on a day's axis.
const CELLS_IN_SIGHT: f64 = 8.0;

/// A part of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Its start.
    Start,
    /// Its end, the playhead.
    End,
    /// All of it.
    Body,
}

/// Where the parts of the window can be grabbed: left and right ends, in
/// pixels on screen. They do not overlap.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Zones {
    /// The start; held to the edge of the axis when it is open or lies beyond.
    pub start: (f64, f64),
    /// The end, likewise.
    pub end: (f64, f64),
    /// What is between, unless the window has no ends to move.
    pub body: Option<(f64, f64)>,
}

/// Left and right edge of the window on screen, held to the axis; `None` if no
/// part of it is in sight.
#[must_use]
pub fn edges(axis: &TimeAxis, window: Window) -> Option<(f64, f64)> {
    let (left, right) = (axis.x(window.start), axis.x(window.end));
    (right >= axis.x0() && left <= axis.x1()).then(|| (left.max(axis.x0()), right.min(axis.x1())))
}

impl Zones {
    /// The zones of a window that is at least partly in sight. Handles reach
    /// outward, beyond the axis too, so that a window of no width has them.
    #[must_use]
    pub fn new(axis: &TimeAxis, window: Window) -> Option<Self> {
        let (left, right) = edges(axis, window)?;
        let inside = ((right - left) / 4.0).clamp(0.0, INSIDE_PX);
        let (from, to) = (left + inside, right - inside);
        let movable = !(window.is_open_start() && window.is_open_end());
        Some(Self {
            start: (left - GRAB_PX, from),
            end: (to, right + GRAB_PX),
            body: (movable && from < to).then_some((from, to)),
        })
    }

    /// The part at a screen position.
    #[must_use]
    pub fn hit(&self, x: f64) -> Option<Part> {
        let within = |(from, to): (f64, f64)| x >= from && x <= to;
        if self.body.is_some_and(|(from, to)| x > from && x < to) {
            Some(Part::Body)
        } else if within(self.start) && !within(self.end) {
            Some(Part::Start)
        } else if within(self.end) {
            Some(Part::End)
        } else {
            None
        }
    }
}

/// The axis moved so that the playhead is on it, with as much of the window as
/// fits; `None` if it is there already or the window has no end.
#[must_use]
pub fn reveal(axis: &TimeAxis, window: Window) -> Option<TimeAxis> {
    let (start, end) = (axis.x(window.start), axis.x(window.end));
    if window.is_open_end() || (end >= axis.x0() && end <= axis.x1()) {
        return None;
    }
    // Going forth, the window comes in at the left, so that many more steps
    // stay in sight; going back, at the right.
    let width = axis.width();
    let forth = (end - start + GRAB_PX).clamp(0.25 * width, 0.75 * width);
    let to = if end > axis.x1() { forth } else { 0.75 * width };
    let moved = axis.centred_on(window.end);
    Some(moved.pan(to - width / 2.0))
}

/// The unit to which dragging snaps: that of a step, or, where its cells are
/// too wide on screen to drag by, the coarsest below it that is not.
#[must_use]
#[allow(clippy::cast_precision_loss, reason = "a length in pixels")]
pub fn snap_unit(axis: &TimeAxis, step: Unit) -> Unit {
    let fits =
        |unit: Unit| unit.mean_ms() as f64 / axis.ms_per_px() * CELLS_IN_SIGHT <= axis.width();
    Unit::ALL
        .into_iter()
        .rev()
        .filter(|unit| *unit <= step)
        // Weeks and quarters only where they were asked for.
        .filter(|unit| *unit == step || !matches!(unit, Unit::Week | Unit::Quarter))
        .find(|unit| fits(*unit))
        .unwrap_or(Unit::Second)
}

/// A part of the window, grabbed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grab {
    part: Part,
    window: Window,
    /// The moment under the pointer when it was grabbed.
    at: Millis,
    /// From the edge that was grabbed to the pointer.
    offset_px: f64,
}

impl Grab {
    /// Grabs a part of a window at a screen position.
    #[must_use]
    pub fn new(axis: &TimeAxis, window: Window, part: Part, x: f64) -> Self {
        let (left, right) = edges(axis, window).unwrap_or((x, x));
        let edge = match part {
            Part::Start => left,
            Part::End => right,
            Part::Body => x,
        };
        Self {
            part,
            window,
            at: axis.millis(x),
            offset_px: x - edge,
        }
    }

    /// Which part it is.
    #[must_use]
    pub const fn part(&self) -> Part {
        self.part
    }

    /// The window with the pointer at `x`, with its ends at cells of a unit,
    /// or free to the second. The ends do not pass each other.
    #[must_use]
    pub fn drag(&self, axis: &TimeAxis, x: f64, unit: Option<Unit>) -> Window {
        let w = self.window;
        let to = axis.millis(x - self.offset_px);
        let cell = unit.unwrap_or(Unit::Second);
        match self.part {
            Part::Start => Window::new(before(snap(to, cell), w.end, cell), w.end),
            Part::End => Window::new(w.start, after(snap(to, cell), w.start, cell)),
            Part::Body => {
                let by = axis.millis(x).saturating_sub(self.at);
                match unit {
                    None => to_seconds(w.shift(Unit::Second.floor(by))),
                    Some(unit) => moved(w, by, unit),
                }
            }
        }
    }
}

/// A start at most one cell before the end.
fn before(start: Millis, end: Millis, cell: Unit) -> Millis {
    if end == OPEN_FUTURE {
        start
    } else {
        start.min(cell.floor(end.saturating_sub(1)))
    }
}

/// An end at least one cell after the start.
fn after(end: Millis, start: Millis, cell: Unit) -> Millis {
    if start == OPEN_PAST {
        end
    } else {
        end.max(cell.next(start))
    }
}

/// The window moved by the number of units that comes nearest to `by`.
fn moved(window: Window, by: i64, unit: Unit) -> Window {
    let anchor = if window.is_open_start() {
        window.end
    } else {
        window.start
    };
    let wanted = anchor.saturating_add(by);
    let about = by / unit.mean_ms();
    let steps = (about - 2..=about + 2)
        .min_by_key(|n| unit.add(anchor, *n).abs_diff(wanted))
        .unwrap_or(about);
    let (start, end) = (unit.add(window.start, steps), unit.add(window.end, steps));
    if end > start {
        Window { start, end }
    } else {
        // 30 to 31 January, a month on: both are 28 February.
        Window::new(start, start.saturating_add(window.duration_ms()))
    }
}

/// The cells from one screen position to another: what dragging over the
/// histogram makes the window.
#[must_use]
pub fn stretch(axis: &TimeAxis, from: f64, to: f64, unit: Option<Unit>) -> Window {
    let (a, b) = (axis.millis(from.min(to)), axis.millis(from.max(to)));
    let cell = unit.unwrap_or(Unit::Second);
    Window::new(cell.floor(a), cell.next(b.saturating_sub(1).max(a)))
}

/// The window with one end moved by a cell, or the whole by a step: what the
/// arrow keys do to a handle. Open ends start from the edge of the axis.
#[must_use]
pub fn nudged(axis: &TimeAxis, window: Window, part: Part, forth: bool, unit: Unit) -> Window {
    let shown = axis.window();
    let step = |boundary: Millis| {
        if forth {
            unit.next(boundary)
        } else {
            unit.floor(boundary.saturating_sub(1))
        }
    };
    match part {
        Part::Start => {
            let start = if window.is_open_start() {
                shown.start
            } else {
                window.start
            };
            Window::new(before(step(start), window.end, unit), window.end)
        }
        Part::End => {
            let end = if window.is_open_end() {
                shown.end
            } else {
                window.end
            };
            Window::new(window.start, after(step(end), window.start, unit))
        }
        Part::Body => {
            let n = if forth { 1 } else { -1 };
            Window::new(unit.add(window.start, n), unit.add(window.end, n))
        }
    }
}

#[cfg(test)]
mod tests;
