//! How much a mark fades with its distance from the playhead.

use crate::model::time::{Extent, OPEN_FUTURE, OPEN_PAST, Window};

/// What is left of the oldest mark.
pub const FAINTEST: f32 = 0.25;

/// Opacity of an event whose time is `extent`, at the end of a `window` with
/// limits: full at the playhead, [`FAINTEST`] a window's length before it.
/// The latest end counts: what may still be going on is not old.
#[must_use]
pub fn opacity(extent: Extent, window: Window) -> f32 {
    let length = window.duration_ms();
    if length == i64::MAX || length <= 0 || extent.end_latest == OPEN_FUTURE {
        return 1.0;
    }
    if extent.end_latest == OPEN_PAST {
        return FAINTEST;
    }
    let age = window
        .end
        .saturating_sub(1)
        .saturating_sub(extent.end_latest);
    #[allow(clippy::cast_possible_truncation, reason = "a share of one")]
    let share = (age.max(0) as f64 / length as f64).min(1.0) as f32;
    1.0 - (1.0 - FAINTEST) * share
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Extent {
        crate::model::time::When::parse(text).unwrap().extent()
    }

    #[test]
    fn marks_fade_from_the_playhead_back_and_never_vanish() {
        let window = Window::parse("2016/2018").unwrap();
        let new = opacity(day("2018-12-31"), window);
        let mid = opacity(day("2017-06"), window);
        let old = opacity(day("2016-01-01"), window);
        let older = opacity(day("1999"), window);
        assert!((new - 1.0).abs() < 1e-3 && new > mid && mid > old && old >= older);
        assert!((older - FAINTEST).abs() < 1e-6);
        assert!((opacity(day("2016/.."), window) - 1.0).abs() < f32::EPSILON);
        assert!((opacity(day("2016"), Window::ALL) - 1.0).abs() < f32::EPSILON);
    }
}
