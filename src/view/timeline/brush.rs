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
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::time::DAY_MS;

    fn window(text: &str) -> Window {
        Window::parse(text).unwrap()
    }

    /// Twelve years and a margin, 1,000 px wide from 100.
    fn axis() -> TimeAxis {
        TimeAxis::new(window("2012/2024"), 100.0, 1_000.0)
    }

    #[test]
    fn dragging_an_end_snaps_to_the_calendar_and_stops_at_the_other() {
        let axis = axis();
        let grab = Grab::new(
            &axis,
            window("2016/2018"),
            Part::Start,
            axis.x(window("2016").start),
        );
        let near_may = axis.x(window("2016-05").start) + 1.0;
        assert_eq!(
            grab.drag(&axis, near_may, Some(Unit::Month)),
            window("2016-05/2018-12")
        );
        assert_eq!(
            grab.drag(&axis, 2_000.0, Some(Unit::Month)),
            window("2018-12")
        );
        let grab = Grab::new(
            &axis,
            window("2016/2018"),
            Part::End,
            axis.x(window("2018").end),
        );
        assert_eq!(
            grab.drag(&axis, -900.0, Some(Unit::Month)),
            window("2016-01")
        );
    }

    #[test]
    fn an_open_end_is_dragged_in_from_the_edge() {
        let axis = axis();
        let zones = Zones::new(&axis, Window::ALL).unwrap();
        assert_eq!(zones.hit(100.0), Some(Part::Start));
        assert_eq!(zones.hit(1_100.0), Some(Part::End));
        assert_eq!(zones.hit(600.0), None, "all of time has no body to move");
        let grab = Grab::new(&axis, Window::ALL, Part::End, 1_102.0);
        let dragged = grab.drag(&axis, axis.x(window("2017").end) + 2.0, Some(Unit::Year));
        assert_eq!(dragged, window("../2017"));
    }

    #[test]
    fn a_moved_month_is_a_month() {
        let axis = axis();
        let grab = Grab::new(&axis, window("2017-01"), Part::Body, 500.0);
        let month = axis.x(window("2017-01").end) - axis.x(window("2017-01").start);
        assert_eq!(
            grab.drag(&axis, 500.0 + month, Some(Unit::Month)),
            window("2017-02")
        );
        let thirtieth = Grab::new(&axis, window("2017-01-30/2017-01-30"), Part::Body, 500.0);
        let moved = thirtieth.drag(&axis, 500.0 + month, Some(Unit::Month));
        assert_eq!(moved.duration_ms(), DAY_MS);
    }

    #[test]
    fn steps_too_wide_for_the_axis_give_way_to_smaller_ones() {
        let year = TimeAxis::new(window("2017"), 0.0, 1_000.0);
        assert_eq!(snap_unit(&year, Unit::Month), Unit::Month);
        assert_eq!(snap_unit(&year, Unit::Year), Unit::Month);
        assert_eq!(snap_unit(&year, Unit::Quarter), Unit::Month);
        let day = TimeAxis::new(window("2017-10-04"), 0.0, 1_000.0);
        assert_eq!(snap_unit(&day, Unit::Month), Unit::Hour);
    }

    #[test]
    fn keys_move_an_end_by_a_cell() {
        let axis = axis();
        let w = window("2016-03-10/2018");
        assert_eq!(
            nudged(&axis, w, Part::Start, true, Unit::Month),
            window("2016-04/2018-12")
        );
        assert_eq!(
            nudged(&axis, w, Part::Start, false, Unit::Month),
            window("2016-03/2018-12")
        );
        assert_eq!(
            nudged(&axis, window("2017-10"), Part::Start, true, Unit::Month),
            window("2017-10"),
            "the start stays before the end"
        );
        assert_eq!(
            nudged(&axis, window("2017/.."), Part::End, false, Unit::Year),
            window("2017/2023"),
            "an open end starts from the edge of the axis"
        );
    }

    #[test]
    fn the_playhead_is_brought_back_into_sight() {
        let axis = axis();
        assert_eq!(reveal(&axis, window("2014")), None);
        assert_eq!(reveal(&axis, window("2014/..")), None);
        for (text, share) in [("2030-05", 0.25), ("1980/2030", 0.75), ("1950", 0.75)] {
            let moved = reveal(&axis, window(text)).unwrap();
            let x = moved.x(window(text).end);
            assert!((x - 100.0 - share * 1_000.0).abs() < 0.01, "{text} {x}");
            assert!((moved.ms_per_px() - axis.ms_per_px()).abs() < f64::EPSILON);
            assert_eq!(reveal(&moved, window(text)), None);
        }
    }

    proptest! {
        #[test]
        fn handles_can_always_be_grabbed(
            start in 0.0..1.0_f64, length in prop_oneof![Just(0.0), 0.0..0.01, 0.0..1.0_f64],
            by in 0.01..7.9_f64,
        ) {
            let axis = axis();
            let (a, b) = (axis.millis(100.0 + start * 1_000.0), axis.millis(100.0 + (start + length) * 1_000.0));
            let w = Window::new(a, b);
            let zones = Zones::new(&axis, w).unwrap();
            let (left, right) = edges(&axis, w).unwrap();
            prop_assert_eq!(zones.hit(left - by), Some(Part::Start));
            prop_assert_eq!(zones.hit(right + by), Some(Part::End));
            if right - left >= 16.0 {
                prop_assert_eq!(zones.hit(f64::midpoint(left, right)), Some(Part::Body));
            }
            prop_assert!(zones.start.1 <= zones.end.0);
        }

        #[test]
        fn snapped_ends_lie_at_cells_and_no_drag_empties_the_window(
            x in -200.0..1_400.0_f64, at in 100.0..1_100.0_f64,
            unit in prop::sample::select(vec![Unit::Day, Unit::Week, Unit::Month, Unit::Year]),
            free in any::<bool>(),
        ) {
            let axis = axis();
            let w = window("2015-02-11/2017-08-03");
            for part in [Part::Start, Part::End, Part::Body] {
                let dragged = Grab::new(&axis, w, part, at).drag(&axis, x, (!free).then_some(unit));
                prop_assert!(dragged.start < dragged.end);
                if free {
                    prop_assert_eq!(dragged, to_seconds(dragged));
                    continue;
                }
                match part {
                    Part::Start => {
                        prop_assert_eq!(unit.floor(dragged.start), dragged.start);
                        prop_assert_eq!(dragged.end, w.end);
                    }
                    Part::End => {
                        prop_assert_eq!(unit.floor(dragged.end), dragged.end);
                        prop_assert_eq!(dragged.start, w.start);
                    }
                    Part::Body => {}
                }
            }
            let new = stretch(&axis, at, x, Some(unit));
            prop_assert_eq!(unit.floor(new.start), new.start);
            prop_assert_eq!(unit.floor(new.end), new.end);
            prop_assert!(new.start <= axis.millis(x.min(at)) && new.end >= axis.millis(x.max(at)));
        }

        #[test]
        fn a_drag_back_to_where_it_began_changes_nothing(
            at in 100.0..1_100.0_f64,
            unit in prop::sample::select(vec![Unit::Day, Unit::Month, Unit::Year]),
        ) {
            let axis = axis();
            let w = window("2015-02/2017-08");
            let grab = Grab::new(&axis, w, Part::Body, at);
            prop_assert_eq!(grab.drag(&axis, at, Some(unit)), w);
            prop_assert_eq!(grab.drag(&axis, at, None), w);
        }
    }
}
