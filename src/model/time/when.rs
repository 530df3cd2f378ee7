//! When something happened: an EDTF expression and what it denotes.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use edtf_core::{Date, Set, SetElement, YearKind};

use super::shape::{End, Moment, Shape, date_bounds, is_one_of};
use super::{Extent, Inclusion, Millis, OPEN_FUTURE, OPEN_PAST, Unit, WhenError, Window};

/// How the members of a [`When`] belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SetKind {
    /// One date or interval.
    Single,
    /// `{…}`: it happened at each of them.
    AllOf,
    /// `[…]`: it happened at one of them.
    OneOf,
}

/// How finely a date is written. Ordered from fine to coarse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimePrecision {
    /// To the second.
    Second,
    /// To the day.
    Day,
    /// To the month.
    Month,
    /// To a season, quarter or half-year.
    Season,
    /// To the year.
    Year,
    /// To the decade.
    Decade,
    /// To the century.
    Century,
    /// To the millennium, or coarser.
    Millennium,
}

impl TimePrecision {
    /// The calendar unit of the same size.
    #[must_use]
    pub const fn unit(self) -> Unit {
        match self {
            Self::Second => Unit::Second,
            Self::Day => Unit::Day,
            Self::Month => Unit::Month,
            Self::Season => Unit::Quarter,
            Self::Year => Unit::Year,
            Self::Decade => Unit::Decade,
            Self::Century => Unit::Century,
            Self::Millennium => Unit::Millennium,
        }
    }
}

/// A point, stretch or set of times as somebody wrote it, in EDTF.
///
/// What is written decides the [`Extent`]:
/// - a date (`2016-11`) is something at one moment within it;
/// - an interval (`2013/2015`) starts somewhere in its first date and ends
///   somewhere in its second; `..` and an empty end leave that end open, and
///   then it lasted at least until its start (or began by its end);
/// - in `{…}` each member happened, a range `a..b` as an interval;
/// - in `[…]` one member happened, a range being one moment in it;
/// - unspecified digits (`199X`, `2004-06-XX`) widen to their bounds, and so do
///   significant digits (`1950S2` is "some year between 1900 and 1999, estimated
///   to be 1950", ISO 8601-2, 4.4.3);
/// - `?`, `~` and `%` doubt a date but do not widen it (ISO 8601-2, 8.4.2);
/// - seasons follow the northern year (winter 2010 is December to February
///   2011), or the southern one where the code says so;
/// - a time of day without a shift is taken as UTC, and lasts its second.
///
/// ```
/// use chronotope::model::time::{Inclusion, When, Window};
/// let when = When::parse("2016-11")?;
/// assert_eq!(when.relation(Window::parse("2016")?), Inclusion::Certainly);
/// assert_eq!(when.relation(Window::parse("2016-11-10/2016-11-20")?), Inclusion::Possibly);
/// # Ok::<(), chronotope::model::time::WhenError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    /// Shared: half a million sources may have one of a few thousand dates.
    edtf: Arc<str>,
    extent: Extent,
    /// Empty unless it is a set.
    members: Box<[Extent]>,
    kind: SetKind,
    precision: TimePrecision,
    uncertain: bool,
    approximate: bool,
    /// Whether the extent is another than the expression says.
    held: bool,
}

impl When {
    /// Reads an EDTF expression (ISO 8601-2:2019, levels 0 to 2). Blanks around
    /// it are dropped. Four forms more are understood: date-times as interval
    /// ends, `-01XX`, set ranges between dates of different precision, and blanks
    /// after the commas of a set.
    ///
    /// # Errors
    /// Says what is wrong, where, and what to write instead.
    pub fn parse(text: &str) -> Result<Self, WhenError> {
        let text = text.trim();
        let shape = Shape::read(text)?;
        let moments = shape.moments();
        let (kind, members) = match &shape {
            Shape::Set(set) if is_one_of(set) => (SetKind::OneOf, set_members(set)),
            Shape::Set(set) => (SetKind::AllOf, set_members(set)),
            _ => (SetKind::Single, Vec::new()),
        };
        let extent = match &shape {
            Shape::Single(moment) => {
                let (first, last) = moment.bounds();
                Extent::within(first, last)
            }
            Shape::Interval(start, end) => interval(start, end),
            Shape::Set(_) => hull(&members, kind),
        };
        Ok(Self {
            edtf: text.into(),
            extent,
            members: members.into(),
            kind,
            precision: moments
                .iter()
                .map(precision)
                .max()
                .unwrap_or(TimePrecision::Millennium),
            uncertain: moments.iter().any(Moment::is_uncertain),
            approximate: moments.iter().any(Moment::is_approximate),
            held: false,
        })
    }

    /// The same expression, meaning this extent: for extents that no
    /// expression says to the millisecond. `None` where it is a set, or where
    /// the extent is out of order or reaches beyond what the expression says.
    #[must_use]
    pub fn held_to(self, extent: Extent) -> Option<Self> {
        let (own, to) = (self.extent, extent);
        let in_order = to.start_earliest <= to.start_latest
            && to.end_earliest <= to.end_latest
            && to.start_earliest <= to.end_earliest
            && to.start_latest <= to.end_latest;
        let inside = own.start_earliest <= to.start_earliest && to.end_latest <= own.end_latest;
        let fits = self.kind == SetKind::Single && in_order && inside;
        fits.then(|| self.hold(extent))
    }

    /// The same expression, meaning this extent.
    pub(super) fn hold(mut self, extent: Extent) -> Self {
        self.held = self.extent != extent;
        self.extent = extent;
        self
    }

    /// The extent, if it is another than the expression says: see
    /// [`When::held_to`]. The expression alone does not tell it then.
    #[must_use]
    pub fn held_extent(&self) -> Option<Extent> {
        self.held.then_some(self.extent)
    }

    /// The expression as it was written.
    #[must_use]
    pub fn edtf(&self) -> &str {
        &self.edtf
    }

    /// The extent of the whole. For `{…}` from the start of the first member to
    /// the end of the last; for `[…]` all that any member allows.
    #[must_use]
    pub const fn extent(&self) -> Extent {
        self.extent
    }

    /// The extents of the members, in written order: one unless it is a set.
    #[must_use]
    pub fn members(&self) -> &[Extent] {
        match self.kind {
            SetKind::Single => std::slice::from_ref(&self.extent),
            SetKind::AllOf | SetKind::OneOf => &self.members,
        }
    }

    /// How the members belong together.
    #[must_use]
    pub const fn set_kind(&self) -> SetKind {
        self.kind
    }

    /// The coarsest unit in which a part of it is written.
    #[must_use]
    pub const fn precision(&self) -> TimePrecision {
        self.precision
    }

    /// Whether a part is marked `?` or `%`: the source is in doubt.
    #[must_use]
    pub const fn is_uncertain(&self) -> bool {
        self.uncertain
    }

    /// Whether a part is marked `~` or `%`: an estimate.
    #[must_use]
    pub const fn is_approximate(&self) -> bool {
        self.approximate
    }

    /// Whether its start is open or unknown.
    #[must_use]
    pub const fn is_open_start(&self) -> bool {
        self.extent.is_open_start()
    }

    /// Whether its end is open or unknown.
    #[must_use]
    pub const fn is_open_end(&self) -> bool {
        self.extent.is_open_end()
    }

    /// How it relates to a window. Of `{…}` the best member counts; `[…]` is
    /// certainly inside only if every member is, and possibly if any can be.
    #[must_use]
    pub fn relation(&self, window: Window) -> Inclusion {
        let members = self.members().iter().map(|member| member.relation(window));
        match self.kind {
            SetKind::Single | SetKind::AllOf => members.max().unwrap_or(Inclusion::No),
            SetKind::OneOf => {
                let (worst, best) = members.fold(
                    (Inclusion::Certainly, Inclusion::No),
                    |(worst, best), relation| (worst.min(relation), best.max(relation)),
                );
                if worst == Inclusion::Certainly {
                    worst
                } else {
                    best.min(Inclusion::Possibly)
                }
            }
        }
    }
}

impl FromStr for When {
    type Err = WhenError;

    fn from_str(text: &str) -> Result<Self, WhenError> {
        Self::parse(text)
    }
}

/// The expression as it was written.
impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.edtf)
    }
}

fn interval(start: &End, end: &End) -> Extent {
    let start = match start {
        End::At(moment) => moment.bounds(),
        End::OnOrBefore(date) => (OPEN_PAST, date_bounds(date).1),
        End::OnOrAfter(date) => (date_bounds(date).0, OPEN_FUTURE),
        // It began by the end at the latest; `spanning` sees to that.
        End::Open | End::Unknown => (OPEN_PAST, OPEN_FUTURE),
    };
    let end = match end {
        End::At(moment) => moment.bounds(),
        End::OnOrBefore(date) => (OPEN_PAST, date_bounds(date).1),
        End::OnOrAfter(date) => (date_bounds(date).0, OPEN_FUTURE),
        End::Open | End::Unknown => (OPEN_PAST, OPEN_FUTURE),
    };
    Extent::spanning(start, end)
}

fn set_members(set: &Set) -> Vec<Extent> {
    let whole = |first: &Date, last: &Date| (date_bounds(first).0, date_bounds(last).1);
    set.elements
        .iter()
        .map(|element| match element {
            SetElement::Date(date) => {
                let (first, last) = date_bounds(date);
                Extent::within(first, last)
            }
            SetElement::Range(a, b) if is_one_of(set) => {
                let (first, last) = whole(a, b);
                Extent::within(first, last)
            }
            SetElement::Range(a, b) => Extent::spanning(date_bounds(a), date_bounds(b)),
            SetElement::OnOrBefore(date) if is_one_of(set) => {
                Extent::within(OPEN_PAST, date_bounds(date).1)
            }
            SetElement::OnOrBefore(date) => {
                Extent::spanning((OPEN_PAST, OPEN_FUTURE), date_bounds(date))
            }
            SetElement::OnOrAfter(date) if is_one_of(set) => {
                Extent::within(date_bounds(date).0, OPEN_FUTURE)
            }
            SetElement::OnOrAfter(date) => {
                Extent::spanning(date_bounds(date), (OPEN_PAST, OPEN_FUTURE))
            }
        })
        .collect()
}

/// The extent of a set. A set has at least one member.
fn hull(members: &[Extent], kind: SetKind) -> Extent {
    let least = |of: fn(&Extent) -> Millis| members.iter().map(of).min().unwrap_or(OPEN_PAST);
    let most = |of: fn(&Extent) -> Millis| members.iter().map(of).max().unwrap_or(OPEN_FUTURE);
    let one_of = kind == SetKind::OneOf;
    Extent {
        start_earliest: least(|m| m.start_earliest),
        start_latest: if one_of {
            most(|m| m.start_latest)
        } else {
            least(|m| m.start_latest)
        },
        end_earliest: if one_of {
            least(|m| m.end_earliest)
        } else {
            most(|m| m.end_earliest)
        },
        end_latest: most(|m| m.end_latest),
    }
}

/// How finely a date is written: by its last part that is specified.
fn precision(moment: &Moment) -> TimePrecision {
    let Moment::Date(date) = moment else {
        return TimePrecision::Second;
    };
    if let YearKind::Standard { digits, .. } = date.year.kind
        && let Some(unspecified) = digits.iter().position(Option::is_none)
    {
        return tens(digits.len() - unspecified);
    }
    if let Some(significant) = date.year.significant_digits {
        let width = date.year.value().map_or(usize::MAX, |year| {
            year.unsigned_abs().to_string().len().max(4)
        });
        return tens(width.saturating_sub(significant as usize));
    }
    match (date.month, date.day) {
        (Some(month), _) if month.has_unspecified() => TimePrecision::Year,
        (Some(month), None) if month.value().is_some_and(|code| code > 12) => TimePrecision::Season,
        (Some(_), Some(day)) if !day.has_unspecified() => TimePrecision::Day,
        (Some(_), _) => TimePrecision::Month,
        (None, _) => TimePrecision::Year,
    }
}

/// The precision of a year whose last so many digits are not given.
const fn tens(digits: usize) -> TimePrecision {
    match digits {
        0 => TimePrecision::Year,
        1 => TimePrecision::Decade,
        2 => TimePrecision::Century,
        _ => TimePrecision::Millennium,
    }
}
