//! The stretch of time on show.

use super::{Extent, Millis, OPEN_FUTURE, OPEN_PAST, When, WhenError};

/// A half-open stretch of time `[start, end)` in UTC milliseconds, never empty.
///
/// A `start` of [`OPEN_PAST`] and an `end` of [`OPEN_FUTURE`] mean no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Window {
    /// The first moment inside.
    pub start: Millis,
    /// The first moment outside.
    pub end: Millis,
}

impl Window {
    /// All of time.
    pub const ALL: Self = Self {
        start: OPEN_PAST,
        end: OPEN_FUTURE,
    };

    /// The window between two moments, in either order, at least 1 ms long.
    #[must_use]
    pub const fn new(a: Millis, b: Millis) -> Self {
        let (start, end) = if a <= b { (a, b) } else { (b, a) };
        if start < end {
            Self { start, end }
        } else if end < OPEN_FUTURE {
            Self {
                start,
                end: end + 1,
            }
        } else {
            Self {
                start: start - 1,
                end,
            }
        }
    }

    /// Reads a window from one expression: the window of every moment that it
    /// can mean. `2017-10` is that month, `2014/2016` is three years,
    /// `2022-11-30/..` has no end.
    ///
    /// # Errors
    /// Says what is wrong with the expression, and what to write.
    pub fn parse(text: &str) -> Result<Self, WhenError> {
        let text = text.trim();
        if text == ".." || text == "../.." {
            return Ok(Self::ALL);
        }
        When::parse(text).map(|when| when.extent().window())
    }

    /// Reads the two ends of a window, each an expression of its own; an empty
    /// one or `..` means no limit. The whole of the `to` expression is inside.
    ///
    /// # Errors
    /// Says which end cannot be read and why, or that the end comes first.
    pub fn parse_ends(from: &str, to: &str) -> Result<Self, WhenError> {
        let start = parse_end(from)?.map_or(OPEN_PAST, |extent| extent.start_earliest);
        let end = parse_end(to)?.map_or(OPEN_FUTURE, |extent| extent.end_latest);
        if start > end {
            return Err(WhenError::new(
                &format!("{}/{}", from.trim(), to.trim()),
                "the end lies before the start",
                None,
                "swap the two",
            ));
        }
        Ok(Self::new(start, end.saturating_add(1)))
    }

    /// Whether a moment is inside.
    #[must_use]
    pub const fn contains(&self, ms: Millis) -> bool {
        ms >= self.start && self.ends_after(ms)
    }

    /// Whether the two windows share a moment.
    #[must_use]
    pub const fn overlaps(&self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether the other window lies wholly inside this one.
    #[must_use]
    pub const fn covers(&self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The part that both windows share, if any.
    #[must_use]
    pub fn intersect(&self, other: Self) -> Option<Self> {
        self.overlaps(other).then(|| Self {
            start: self.start.max(other.start),
            end: self.end.min(other.end),
        })
    }

    /// The smallest window that holds both.
    #[must_use]
    pub fn union(&self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// The length in milliseconds; [`i64::MAX`] if it is open or does not fit.
    #[must_use]
    pub const fn duration_ms(&self) -> i64 {
        if self.is_open_start() || self.is_open_end() {
            i64::MAX
        } else {
            self.end.saturating_sub(self.start)
        }
    }

    /// The window moved by `ms`. Open ends stay open; at the ends of time the
    /// window stops with its length kept.
    #[must_use]
    pub fn shift(&self, ms: i64) -> Self {
        // Open ends must not become moments, nor moments open ends.
        let lowest = OPEN_PAST + 1;
        let highest = OPEN_FUTURE - 1;
        let ms = match (self.is_open_start(), self.is_open_end()) {
            (true, true) => 0,
            (true, false) => ms.clamp(
                lowest.saturating_sub(self.end),
                highest.saturating_sub(self.end),
            ),
            (false, true) => ms.clamp(
                lowest.saturating_sub(self.start),
                highest.saturating_sub(self.start),
            ),
            (false, false) => ms.clamp(
                lowest.saturating_sub(self.start),
                highest.saturating_sub(self.end),
            ),
        };
        Self {
            start: if self.is_open_start() {
                OPEN_PAST
            } else {
                self.start + ms
            },
            end: if self.is_open_end() {
                OPEN_FUTURE
            } else {
                self.end + ms
            },
        }
    }

    /// Whether there is no limit towards the past.
    #[must_use]
    pub const fn is_open_start(&self) -> bool {
        self.start == OPEN_PAST
    }

    /// Whether there is no limit towards the future.
    #[must_use]
    pub const fn is_open_end(&self) -> bool {
        self.end == OPEN_FUTURE
    }

    /// Whether the end lies after a moment. An open end lies after everything,
    /// [`OPEN_FUTURE`] included.
    pub(super) const fn ends_after(&self, ms: Millis) -> bool {
        ms < self.end || self.is_open_end()
    }
}

fn parse_end(text: &str) -> Result<Option<Extent>, WhenError> {
    match text.trim() {
        "" | ".." => Ok(None),
        text => When::parse(text).map(|when| Some(when.extent())),
    }
}
