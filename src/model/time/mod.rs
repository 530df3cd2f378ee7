//! Time: what a date expression says, and the calendar it says it in.
//!
//! Times are UTC milliseconds since 1970-01-01T00:00Z in the proleptic
//! Gregorian calendar with astronomical years: the year 0 is 1 BCE.
//!
//! - [`When`] keeps an EDTF string (ISO 8601-2:2019, levels 0 to 2) as it was
//!   written, and the four-point [`Extent`] that it denotes.
//! - [`Window`] is the half-open stretch of time on show, and
//!   [`When::relation`] says whether an event falls into it: *certainly*,
//!   *possibly* or *no* ([`Inclusion`]).
//! - [`Unit`] cuts time into calendar cells (a month is a calendar month), and
//!   steps from one to the next.
//! - [`describe()`], [`format_moment`] and [`iso`] put times into words.
//!
//! **Extents are made of inclusive moments**: `start_latest` and `end_latest`
//! are the last millisecond that is still possible, not the first that is not.
//! **Windows are half-open**: `end` is the first millisecond outside.

mod bounds;
mod calendar;
mod describe;
mod error;
mod extent;
mod format;
mod hints;
mod of_extent;
mod phrase;
mod shape;
mod when;
mod window;
mod words;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

pub use bounds::{moment_of, moment_text};
pub use calendar::{
    CivilDateTime, DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, Unit, civil_from_days, days_from_civil,
    days_in_month, is_leap_year, years_floor, years_step,
};
pub use describe::describe;
pub use error::WhenError;
pub use extent::{Extent, Inclusion};
pub use format::{format_moment, format_span, iso};
pub use when::{SetKind, TimePrecision, When};
pub use window::Window;
pub use words::{Lang, month_name, month_short, weekday_short, year_label};

/// UTC milliseconds since 1970-01-01T00:00Z, proleptic Gregorian.
pub type Millis = i64;

/// The start of something whose start is open or unknown.
pub const OPEN_PAST: Millis = i64::MIN;

/// The end of something whose end is open or unknown.
pub const OPEN_FUTURE: Millis = i64::MAX;

/// The earliest moment that is a moment and not [`OPEN_PAST`]: dates before it
/// (some 292 million years ago) are taken for it.
pub const FIRST_MOMENT: Millis = OPEN_PAST + 1;

/// The latest moment that is a moment and not [`OPEN_FUTURE`].
pub const LAST_MOMENT: Millis = OPEN_FUTURE - 1;
