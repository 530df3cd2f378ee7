//! The horizontal axis of the timeline: time to screen and back.

#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "pixels need no more than f64 holds; times are clamped before they become integers"
)]

use crate::model::time::{Millis, Window};

/// The axis shows times within this many milliseconds of 1970 (317,000 years).
pub const TIME_LIMIT_MS: f64 = 1.0e16;
/// The closest zoom: a second is then 1,000 px wide.
pub const MIN_MS_PER_PX: f64 = 1.0;
/// The widest zoom: 317 years a pixel.
pub const MAX_MS_PER_PX: f64 = 1.0e13;
/// Widths below this are taken for it, so that nothing divides by zero.
const MIN_WIDTH_PX: f64 = 1.0;

/// A view of a stretch of time, `width` px wide from screen position `x0`.
///
/// Immutable: panning and zooming give a new axis. The time at the left edge is
/// kept as an integer and a fraction below one millisecond, and differences are
/// taken in integers, so that a second is as exact in 9999 or 5000 BCE as now.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TimeAxis {
    /// The last whole millisecond at or before the left edge.
    origin: Millis,
    /// Milliseconds from `origin` to the left edge, in `[0, 1)`.
    fraction: f64,
    ms_per_px: f64,
    x0: f64,
    width: f64,
}

impl TimeAxis {
    /// The axis that shows exactly the window, within the limits of the zoom.
    /// Open ends are taken for the limits of time on screen.
    #[must_use]
    pub fn new(window: Window, x0: f64, width: f64) -> Self {
        let width = width_or_min(width);
        let limit = TIME_LIMIT_MS as Millis;
        let start = window.start.clamp(-limit, limit);
        let end = window.end.clamp(-limit, limit);
        let exact = (end - start) as f64 / width;
        Self {
            origin: start,
            fraction: 0.0,
            ms_per_px: exact,
            x0: finite_or(x0, 0.0),
            width,
        }
        .limited_about(0.5, exact)
    }

    /// The axis from screen position 0 that shows the window with `margin_px`
    /// free on either side.
    ///
    /// ```
    /// use chronotope::model::time::Window;
    /// use chronotope::view::axis::TimeAxis;
    /// let axis = TimeAxis::fit(Window::new(0, 86_400_000), 1_040.0, 20.0);
    /// assert_eq!(axis.x(0).round(), 20.0);
    /// assert_eq!(axis.x(86_400_000).round(), 1_020.0);
    /// ```
    #[must_use]
    pub fn fit(window: Window, width: f64, margin_px: f64) -> Self {
        let width = width_or_min(width);
        let margin = finite_or(margin_px, 0.0).clamp(0.0, (width - MIN_WIDTH_PX).max(0.0) / 2.0);
        let inner = Self::new(window, margin, width - 2.0 * margin);
        Self {
            x0: 0.0,
            width,
            ..inner.moved(-margin * inner.ms_per_px)
        }
        .limited_about(0.5, inner.ms_per_px)
    }

    /// The same stretch of time at another place on screen or another width.
    #[must_use]
    pub fn placed(self, x0: f64, width: f64) -> Self {
        let width = width_or_min(width);
        let ms_per_px = self.ms_per_px * self.width / width;
        Self {
            x0: finite_or(x0, 0.0),
            width,
            ..self
        }
        .limited_about(0.0, ms_per_px)
    }

    /// The screen position of a moment. It may lie far off screen; open ends
    /// lie farther out than anything else.
    #[must_use]
    pub fn x(&self, ms: Millis) -> f64 {
        let from_origin = (i128::from(ms) - i128::from(self.origin)) as f64;
        self.x0 + (from_origin - self.fraction) / self.ms_per_px
    }

    /// The time at a screen position, in milliseconds.
    #[must_use]
    pub fn t(&self, x: f64) -> f64 {
        self.origin as f64 + (self.fraction + (x - self.x0) * self.ms_per_px)
    }

    /// The whole millisecond nearest to a screen position. Exact where `t` must
    /// round to what f64 can hold.
    #[must_use]
    pub fn millis(&self, x: f64) -> Millis {
        let from_origin = self.fraction + (x - self.x0) * self.ms_per_px;
        self.origin.saturating_add(from_origin.round() as i64)
    }

    /// The axis after its content was dragged `dx` px to the right.
    #[must_use]
    pub fn pan(self, dx: f64) -> Self {
        self.moved(-finite_or(dx, 0.0) * self.ms_per_px)
            .held_in_time()
    }

    /// The axis zoomed by `factor` (above 1 zooms in) with the time under
    /// screen position `x` staying where it is. At a limit it stops.
    #[must_use]
    pub fn zoom_at(self, x: f64, factor: f64) -> Self {
        if !(factor.is_finite() && factor > 0.0) {
            return self;
        }
        let share = (finite_or(x, self.x0) - self.x0) / self.width;
        self.limited_about(share, self.ms_per_px / factor)
    }

    /// The axis with the moment in its middle, at the same zoom.
    #[must_use]
    pub fn centred_on(self, ms: Millis) -> Self {
        self.pan(self.x0 + self.width / 2.0 - self.x(ms))
    }

    /// What is on screen, to the millisecond.
    #[must_use]
    pub fn window(&self) -> Window {
        let end = self.fraction + self.width * self.ms_per_px;
        Window::new(self.origin, self.origin.saturating_add(end.ceil() as i64))
    }

    /// Milliseconds in a pixel.
    #[must_use]
    pub const fn ms_per_px(&self) -> f64 {
        self.ms_per_px
    }

    /// The left edge on screen.
    #[must_use]
    pub const fn x0(&self) -> f64 {
        self.x0
    }

    /// The right edge on screen.
    #[must_use]
    pub fn x1(&self) -> f64 {
        self.x0 + self.width
    }

    /// The width in pixels.
    #[must_use]
    pub const fn width(&self) -> f64 {
        self.width
    }

    /// The axis at another scale, held to the limits, with the time that is at
    /// the given share of the width (0 left, 1 right) staying where it is.
    fn limited_about(self, share: f64, ms_per_px: f64) -> Self {
        let widest = MAX_MS_PER_PX.min(2.0 * TIME_LIMIT_MS / self.width);
        let wanted = ms_per_px.clamp(MIN_MS_PER_PX, widest);
        let kept = share * self.width * (self.ms_per_px - wanted);
        Self {
            ms_per_px: wanted,
            ..self.moved(kept)
        }
        .held_in_time()
    }

    /// The axis with its left edge `ms` later.
    fn moved(self, ms: f64) -> Self {
        let total = self.fraction + ms;
        let whole = total.floor();
        Self {
            origin: self.origin.saturating_add(whole as i64),
            fraction: total - whole,
            ..self
        }
    }

    /// The axis moved so that it lies within the limits of time.
    fn held_in_time(self) -> Self {
        let shown = self.width * self.ms_per_px;
        let left = self.origin as f64 + self.fraction;
        let held = left.min(TIME_LIMIT_MS - shown).max(-TIME_LIMIT_MS);
        if left.total_cmp(&held).is_eq() {
            self
        } else {
            Self {
                origin: held.floor() as i64,
                fraction: held - held.floor(),
                ..self
            }
        }
    }
}

fn width_or_min(width: f64) -> f64 {
    finite_or(width, MIN_WIDTH_PX).max(MIN_WIDTH_PX)
}

fn finite_or(value: f64, otherwise: f64) -> f64 {
    if value.is_finite() { value } else { otherwise }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::time::{CivilDateTime, OPEN_FUTURE, OPEN_PAST, SECOND_MS};

    /// Axes well inside the limits, from BCE to 9999.
    fn any_axis() -> impl Strategy<Value = TimeAxis> {
        (
            -200_000_000_000_000_i64..250_000_000_000_000,
            3_000.0..43.0e12_f64,
            -500.0..500.0_f64,
            50.0..3_000.0_f64,
        )
            .prop_map(|(start, length, x0, width)| {
                TimeAxis::new(Window::new(start, start + length as i64), x0, width)
            })
    }

    #[test]
    fn seconds_are_exact_far_away() {
        for year in [-5_000, 1, 2017, 9_999] {
            let second = CivilDateTime::date(year, 7, 1).to_millis() + 12_345 * SECOND_MS;
            let axis = TimeAxis::new(Window::new(second, second + 10_000), 0.0, 1_000.0);
            let axis = axis.pan(333.3).pan(-333.3);
            assert!((axis.x(second + SECOND_MS) - axis.x(second) - 100.0).abs() < 1e-6);
            assert_eq!(axis.millis(axis.x(second + 1)), second + 1);
        }
    }

    #[test]
    fn limits_hold() {
        let all = TimeAxis::new(Window::ALL, 0.0, 1_000.0);
        assert!(all.ms_per_px() <= MAX_MS_PER_PX);
        assert!(all.x(OPEN_PAST) < all.x0() && all.x(OPEN_FUTURE) > all.x1());
        let mut axis = all;
        for _ in 0..200 {
            axis = axis.zoom_at(700.0, 2.0);
        }
        assert!((axis.ms_per_px() - MIN_MS_PER_PX).abs() < f64::EPSILON);
        let far = axis.pan(-1.0e18);
        assert!(far.t(far.x1()) <= TIME_LIMIT_MS);
        let odd = axis
            .pan(f64::NAN)
            .zoom_at(f64::INFINITY, 0.0)
            .placed(f64::NAN, -3.0);
        assert!(odd.x(0).is_finite() && odd.width() >= 1.0);
    }

    proptest! {
        #[test]
        fn positions_round_trip(axis in any_axis(), share in 0.0..1.0_f64) {
            let x = axis.x0() + share * axis.width();
            let ms = axis.millis(x);
            prop_assert!((axis.x(ms) - x).abs() <= 0.5 / axis.ms_per_px() + 1e-6);
            prop_assert_eq!(axis.millis(axis.x(ms)), ms);
            prop_assert!((axis.t(x) - ms as f64).abs() <= 0.6);
        }

        #[test]
        fn zoom_keeps_the_time_under_the_pointer(
            axis in any_axis(), share in 0.0..1.0_f64, factor in 0.2..5.0_f64,
        ) {
            let x = axis.x0() + share * axis.width();
            let zoomed = axis.zoom_at(x, factor);
            let tolerance = 1e-6 * axis.ms_per_px().max(zoomed.ms_per_px()) + 0.1;
            prop_assert!((zoomed.t(x) - axis.t(x)).abs() <= tolerance);
        }

        #[test]
        fn pan_back_is_where_it_was(axis in any_axis(), dx in -5_000.0..5_000.0_f64) {
            let back = axis.pan(dx).pan(-dx);
            let at = axis.x0() + axis.width() / 2.0;
            prop_assert!((back.t(at) - axis.t(at)).abs() <= 1e-6 * axis.ms_per_px() + 0.1);
            let moved = axis.pan(dx);
            prop_assert!((moved.x(axis.millis(at)) - at - dx).abs() <= 1.0 / axis.ms_per_px() + 1e-5);
        }

        #[test]
        fn fit_shows_the_window_inside_its_margins(
            start in -200_000_000_000_000_i64..250_000_000_000_000,
            length in 2_000_000_i64..40_000_000_000_000,
            width in 100.0..2_000.0_f64, margin in 0.0..40.0_f64,
        ) {
            let axis = TimeAxis::fit(Window::new(start, start + length), width, margin);
            prop_assert!((axis.x(start) - margin).abs() < 0.01);
            prop_assert!((axis.x(start + length) - (width - margin)).abs() < 0.01);
        }

        #[test]
        fn placing_keeps_the_stretch(axis in any_axis(), width in 50.0..3_000.0_f64) {
            prop_assume!(axis.ms_per_px() * axis.width() / width > MIN_MS_PER_PX);
            let placed = axis.placed(17.0, width);
            prop_assert!((placed.t(placed.x1()) - axis.t(axis.x1())).abs() < 1.0);
            prop_assert!((placed.t(17.0) - axis.t(axis.x0())).abs() < 0.1);
        }

        #[test]
        fn any_call_stays_in_time(axis in any_axis(), dx in any::<f64>(), factor in any::<f64>()) {
            let axis = axis.pan(dx).zoom_at(dx, factor).pan(dx);
            prop_assert!(axis.t(axis.x0()) >= -TIME_LIMIT_MS);
            prop_assert!(axis.t(axis.x1()) <= TIME_LIMIT_MS * 1.000_001);
            prop_assert!((MIN_MS_PER_PX..=MAX_MS_PER_PX).contains(&axis.ms_per_px()));
        }
    }
}
