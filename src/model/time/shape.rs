//! The structure of an expression: what edtf-core reads, and two forms more.
//!
//! Beyond EDTF as edtf-core reads it (ISO 8601-2:2019, levels 0 to 2):
//! - interval ends may be date-times, as in ISO 8601-1 (EDTF allows only dates
//!   there, which would cost a track or a shift its hours);
//! - negative years may have unspecified digits (`-01XX` is −199 to −100), as
//!   python-edtf reads them; year only;
//! - the ends of a range in a set may differ in precision
//!   (`[2017-10-04..2022-11]`; ISO 8601-2, 6.3 only says that they should not);
//! - spaces after the commas of a set are skipped.

use edtf_core::{
    Bound, BoundDate, Date, DateTime, Edtf, IntervalEndpoint, ParseError, Set, SetElement, SetKind,
    TimeShift, YearKind,
};

use super::calendar::{DAY_MS, MINUTE_MS, SECOND_MS, days_from_civil};
use super::{CivilDateTime, FIRST_MOMENT, LAST_MOMENT, Millis, WhenError};

/// One date or date-time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    /// A date, possibly qualified or with unspecified digits.
    Date(Date),
    /// A date and time of day.
    Time(DateTime),
}

/// One end of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// At the given date.
    At(Moment),
    /// `..date`: at the date or before.
    OnOrBefore(Date),
    /// `date..`: at the date or after.
    OnOrAfter(Date),
    /// `..`: none.
    Open,
    /// Left empty: not known.
    Unknown,
}

/// A parsed expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shape {
    /// One date.
    Single(Moment),
    /// From one end to the other.
    Interval(End, End),
    /// `{…}` or `[…]`.
    Set(Set),
}

impl Shape {
    /// Reads an expression, which has no blanks at its ends.
    ///
    /// # Errors
    /// What is wrong with it, and what to write.
    pub(super) fn read(text: &str) -> Result<Self, WhenError> {
        Self::try_read(text).map_err(|error| WhenError::refused(text, error.message, error.offset))
    }

    /// Whether `read` would succeed. Looks for no remedy, so that the search
    /// for remedies can ask it.
    pub(super) fn accepts(text: &str) -> bool {
        Self::try_read(text).is_ok()
    }

    fn try_read(text: &str) -> Result<Self, ParseError> {
        let compact = without_set_blanks(text);
        let source = compact.as_deref().unwrap_or(text);
        match Edtf::parse(source) {
            Ok(edtf) => Ok(Self::from(edtf)),
            Err(mut error) => extended(source).ok_or_else(|| {
                if compact.is_some() {
                    error.offset = nth_kept(text, error.offset);
                }
                error
            }),
        }
    }

    /// Every dated part, in written order.
    pub(super) fn moments(&self) -> Vec<Moment> {
        match self {
            Self::Single(moment) => vec![*moment],
            Self::Interval(start, end) => {
                [start, end].into_iter().filter_map(End::moment).collect()
            }
            Self::Set(set) => set
                .elements
                .iter()
                .flat_map(|element| match element {
                    SetElement::Date(d) | SetElement::OnOrBefore(d) | SetElement::OnOrAfter(d) => {
                        vec![Moment::Date(*d)]
                    }
                    SetElement::Range(a, b) => vec![Moment::Date(*a), Moment::Date(*b)],
                })
                .collect(),
        }
    }
}

impl From<Edtf> for Shape {
    fn from(edtf: Edtf) -> Self {
        match edtf {
            Edtf::Date(date) => Self::Single(Moment::Date(date)),
            Edtf::DateTime(time) => Self::Single(Moment::Time(time)),
            Edtf::Interval(interval) => Self::Interval(interval.start.into(), interval.end.into()),
            Edtf::Set(set) => Self::Set(set),
        }
    }
}

impl From<IntervalEndpoint> for End {
    fn from(end: IntervalEndpoint) -> Self {
        match end {
            IntervalEndpoint::Date(date) => Self::At(Moment::Date(date)),
            IntervalEndpoint::Open => Self::Open,
            IntervalEndpoint::Unknown => Self::Unknown,
            IntervalEndpoint::OnOrBefore(date) => Self::OnOrBefore(date),
            IntervalEndpoint::OnOrAfter(date) => Self::OnOrAfter(date),
        }
    }
}

impl End {
    fn moment(&self) -> Option<Moment> {
        match self {
            Self::At(moment) => Some(*moment),
            Self::OnOrBefore(date) | Self::OnOrAfter(date) => Some(Moment::Date(*date)),
            Self::Open | Self::Unknown => None,
        }
    }
}

impl Moment {
    /// First and last millisecond that it can mean, inclusive.
    pub(super) fn bounds(&self) -> (Millis, Millis) {
        match self {
            Self::Date(date) => date_bounds(date),
            Self::Time(time) => time_bounds(time),
        }
    }

    /// Whether any part is marked `?` or `%`.
    pub(super) fn is_uncertain(&self) -> bool {
        matches!(self, Self::Date(date) if date.is_uncertain())
    }

    /// Whether any part is marked `~` or `%`.
    pub(super) fn is_approximate(&self) -> bool {
        matches!(self, Self::Date(date) if date.is_approximate())
    }
}

/// First and last millisecond that a date can mean, inclusive.
pub(super) fn date_bounds(date: &Date) -> (Millis, Millis) {
    if let Some((first, last)) = negative_masked_years(date) {
        return (day_start(first, 1, 1), day_end(last, 12, 31));
    }
    let bounds = Edtf::Date(*date).bounds();
    let far = far_end(date);
    let start = match bounds.earliest {
        Bound::Date(BoundDate { year, month, day }) => day_start(year, month, day),
        _ => far,
    };
    let end = match bounds.latest {
        Bound::Date(BoundDate { year, month, day }) => day_end(year, month, day),
        _ => far,
    };
    (start, end)
}

/// edtf-core gives no bounds for years that do not fit its numbers: they lie
/// beyond ours too, so the end of time on their side stands for them.
fn far_end(date: &Date) -> Millis {
    let negative = match date.year.kind {
        YearKind::Standard { negative, .. } => negative,
        YearKind::Big { value } => value < 0,
        YearKind::Exponential { significand, .. } => significand < 0,
    };
    if negative { FIRST_MOMENT } else { LAST_MOMENT }
}

/// First and last year of a form like `-01XX`.
pub(super) fn negative_masked_years(date: &Date) -> Option<(i64, i64)> {
    match date.year.kind {
        YearKind::Standard {
            negative: true,
            digits,
        } if date.year.has_unspecified() => {
            let fill = |with: u8| {
                digits.iter().fold(0, |year, digit| {
                    year * 10 + i64::from(digit.unwrap_or(with))
                })
            };
            Some((-fill(9), -fill(0)))
        }
        _ => None,
    }
}

fn day_start(year: i64, month: u8, day: u8) -> Millis {
    CivilDateTime::date(year, month, day).to_millis()
}

fn day_end(year: i64, month: u8, day: u8) -> Millis {
    days_from_civil(year, month, day)
        .saturating_mul(DAY_MS)
        .saturating_add(DAY_MS - 1)
        .clamp(FIRST_MOMENT, LAST_MOMENT)
}

/// One second in UTC. Without a shift the time is taken as UTC; a leap second
/// counts as the second before it, as POSIX time has none.
fn time_bounds(time: &DateTime) -> (Millis, Millis) {
    let (start, _) = date_bounds(&time.date);
    let clock = &time.time;
    let minutes = i64::from(clock.hour) * 60 + i64::from(clock.minute);
    let shift = match clock.shift {
        Some(TimeShift::Offset { minutes, .. }) => i64::from(minutes),
        Some(TimeShift::Utc) | None => 0,
    };
    let second = i64::from(clock.second.min(59));
    let first = start + (minutes - shift) * MINUTE_MS + second * SECOND_MS;
    (first, first + SECOND_MS - 1)
}

/// A set without its blanks, if it has any: they part its members only, so a
/// blank inside a member would be read over where EDTF has an error.
fn without_set_blanks(text: &str) -> Option<String> {
    let is_set = text.starts_with(['{', '[']);
    let parting = |part: &str| !part.trim_matches(['{', '[', ']', '}', ' ']).contains(' ');
    (is_set && text.contains(' ') && text.split(',').all(parting)).then(|| text.replace(' ', ""))
}

/// The position in `text` of its n-th byte that is not a blank.
fn nth_kept(text: &str, n: usize) -> usize {
    text.bytes()
        .enumerate()
        .filter(|(_, byte)| *byte != b' ')
        .nth(n)
        .map_or(text.len(), |(position, _)| position)
}

/// The forms beyond EDTF, see the module.
fn extended(text: &str) -> Option<Shape> {
    if let Some(inner) = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
    {
        return mixed_set(SetKind::OneMember, inner);
    }
    if let Some(inner) = text
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'))
    {
        return mixed_set(SetKind::AllMembers, inner);
    }
    match text.split_once('/') {
        None => negative_masked(text).map(|date| Shape::Single(Moment::Date(date))),
        Some((from, to)) => {
            let (start, end) = (extended_end(from)?, extended_end(to)?);
            let (first, last) = match (start.moment(), end.moment()) {
                (None, None) => return None,
                (Some(a), Some(b)) => (a.bounds().0, b.bounds().1),
                _ => (0, 0),
            };
            (first <= last).then_some(Shape::Interval(start, end))
        }
    }
}

fn extended_end(text: &str) -> Option<End> {
    match text {
        "" => Some(End::Unknown),
        ".." => Some(End::Open),
        _ => match Edtf::parse(text) {
            Ok(Edtf::Date(date)) => Some(End::At(Moment::Date(date))),
            Ok(Edtf::DateTime(time)) => Some(End::At(Moment::Time(time))),
            Ok(_) => None,
            Err(_) => negative_masked(text).map(|date| End::At(Moment::Date(date))),
        },
    }
}

fn mixed_set(kind: SetKind, inner: &str) -> Option<Shape> {
    let elements = inner.split(',').map(set_element).collect::<Option<_>>()?;
    Some(Shape::Set(Set { kind, elements }))
}

fn set_element(part: &str) -> Option<SetElement> {
    if let Ok(Edtf::Set(set)) = Edtf::parse(&format!("[{part}]")) {
        return set.elements.first().copied();
    }
    let (from, to) = part.split_once("..")?;
    // What edtf-core asks of the ends of a range, their precision aside.
    let plain = |text: &str| match Edtf::parse(text) {
        Ok(Edtf::Date(date)) => {
            let vague = date.has_unspecified() || date.is_uncertain() || date.is_approximate();
            (!vague && date.year.significant_digits.is_none()).then_some(date)
        }
        _ => None,
    };
    let (from, to) = (plain(from)?, plain(to)?);
    (date_bounds(&from).0 <= date_bounds(&to).1).then_some(SetElement::Range(from, to))
}

/// `-01XX`, possibly qualified: read as if positive, then turned round.
fn negative_masked(text: &str) -> Option<Date> {
    match Edtf::parse(text.strip_prefix('-')?) {
        Ok(Edtf::Date(mut date)) if date.month.is_none() && date.year.has_unspecified() => {
            if let YearKind::Standard { negative, .. } = &mut date.year.kind {
                *negative = true;
            }
            Some(date)
        }
        _ => None,
    }
}

/// The set's kind, as ours.
pub(super) const fn is_one_of(set: &Set) -> bool {
    matches!(set.kind, SetKind::OneMember)
}
