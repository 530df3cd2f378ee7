//! The four moments between which something happened.

use super::{DAY_MS, Millis, OPEN_FUTURE, OPEN_PAST, Window};

/// Whether something falls into a window. Ordered: no < possibly < certainly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Inclusion {
    /// Under no reading of the date.
    No,
    /// Under some readings of the date.
    Possibly,
    /// Under every reading of the date.
    Certainly,
}

/// The bounds of an occurrence that starts at some moment S and has its last
/// moment at E ≥ S: `start_earliest ≤ S ≤ start_latest` and
/// `end_earliest ≤ E ≤ end_latest`, all four **inclusive**, in milliseconds.
///
/// Something that happened at one unknown moment in November has its first
/// millisecond as `start_earliest` and `end_earliest`, and its last
/// (23:59:59.999 on the 30th) as `start_latest` and `end_latest`.
/// Open and unknown ends are [`OPEN_PAST`] and [`OPEN_FUTURE`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Extent {
    /// The first moment at which it can have started.
    pub start_earliest: Millis,
    /// The last moment at which it can have started.
    pub start_latest: Millis,
    /// The earliest that its last moment can be.
    pub end_earliest: Millis,
    /// The last moment at which it can still have gone on.
    pub end_latest: Millis,
}

impl Extent {
    /// Exactly one millisecond.
    #[must_use]
    pub const fn at(ms: Millis) -> Self {
        Self::within(ms, ms)
    }

    /// Something momentary, somewhere from `first` to `last` (both inclusive).
    #[must_use]
    pub const fn within(first: Millis, last: Millis) -> Self {
        Self {
            start_earliest: first,
            start_latest: last,
            end_earliest: first,
            end_latest: last,
        }
    }

    /// Something that starts somewhere in `start` and ends somewhere in `end`
    /// (first and last moments, inclusive). As nothing ends before it starts,
    /// the start is held to the latest end and the end to the earliest start.
    #[must_use]
    pub fn spanning(start: (Millis, Millis), end: (Millis, Millis)) -> Self {
        let end_latest = end.1.max(start.0);
        Self {
            start_earliest: start.0,
            start_latest: start.1.min(end_latest),
            end_earliest: end.0.max(start.0),
            end_latest,
        }
    }

    /// How it relates to a window: *possibly* if some start and end allowed by
    /// the bounds touch the window, *certainly* if all do.
    #[must_use]
    pub const fn relation(&self, window: Window) -> Inclusion {
        if !window.ends_after(self.start_earliest) || self.end_latest < window.start {
            Inclusion::No
        } else if window.ends_after(self.start_latest) && self.end_earliest >= window.start {
            Inclusion::Certainly
        } else {
            Inclusion::Possibly
        }
    }

    /// The stretch in which it was certainly going on, first and last moment,
    /// if there is one.
    #[must_use]
    pub const fn certain(&self) -> Option<(Millis, Millis)> {
        if self.start_latest <= self.end_earliest {
            Some((self.start_latest, self.end_earliest))
        } else {
            None
        }
    }

    /// Whether the whole extent is at most a day long.
    #[must_use]
    pub const fn is_within_a_day(&self) -> bool {
        self.end_latest.saturating_sub(self.start_earliest) < DAY_MS
    }

    /// Whether the start is open or unknown.
    #[must_use]
    pub const fn is_open_start(&self) -> bool {
        self.start_earliest == OPEN_PAST
    }

    /// Whether the end is open or unknown.
    #[must_use]
    pub const fn is_open_end(&self) -> bool {
        self.end_latest == OPEN_FUTURE
    }

    /// The smallest window that holds every possible moment.
    #[must_use]
    pub fn window(&self) -> Window {
        Window::new(self.start_earliest, self.end_latest.saturating_add(1))
    }
}
