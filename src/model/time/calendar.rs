//! Calendar arithmetic: civil dates, and cells such as months and decades.
//!
//! Our own rather than chrono's, which stops at ±262,143 years. The conversion
//! between day numbers and civil dates follows Howard Hinnant, "chrono-Compatible
//! Low-Level Date Algorithms": years begin in March, so that the leap day comes
//! last, and 400-year eras all have the same length.

use super::{FIRST_MOMENT, LAST_MOMENT, Millis, OPEN_FUTURE, OPEN_PAST};

/// Milliseconds in a second.
pub const SECOND_MS: i64 = 1_000;
/// Milliseconds in a minute.
pub const MINUTE_MS: i64 = 60 * SECOND_MS;
/// Milliseconds in an hour.
pub const HOUR_MS: i64 = 60 * MINUTE_MS;
/// Milliseconds in a day (UTC without leap seconds, as POSIX counts).
pub const DAY_MS: i64 = 24 * HOUR_MS;

/// Years further out than this do not fit into milliseconds anyway.
const YEAR_LIMIT: i64 = 300_000_000;
/// Days in 400 years, after which the calendar repeats.
const DAYS_PER_ERA: i64 = 146_097;
/// Days from 0000-03-01, where the first era begins, to 1970-01-01.
const EPOCH_FROM_MARCH_ZERO: i64 = 719_468;

/// Whether the (astronomical) year has a 29 February.
#[must_use]
pub const fn is_leap_year(year: i64) -> bool {
    year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0)
}

/// The number of days of a month, 28 to 31. Months are 1 to 12.
#[must_use]
pub const fn days_in_month(year: i64, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap_year(year) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days from 1970-01-01 to the given date; negative before it.
///
/// Months are 1 to 12 and days 1 to 31; years are astronomical and are held to
/// ±300 million, beyond which milliseconds overflow.
///
/// ```
/// use chronotope::model::time::days_from_civil;
/// assert_eq!(days_from_civil(1970, 1, 1), 0);
/// assert_eq!(days_from_civil(2000, 3, 1), 11_017);
/// ```
#[must_use]
pub fn days_from_civil(year: i64, month: u8, day: u8) -> i64 {
    let (month, day) = (i64::from(month), i64::from(day));
    let year = year.clamp(-YEAR_LIMIT, YEAR_LIMIT) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    // 0 for March … 11 for February; (153 m + 2) / 5 days lie before it.
    let march_month = (month + 9).rem_euclid(12);
    let day_of_year = (153 * march_month + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * DAYS_PER_ERA + day_of_era - EPOCH_FROM_MARCH_ZERO
}

/// The (year, month, day) that lies so many days from 1970-01-01.
///
/// Meant for days that came from [`Millis`], so within ±107 billion.
#[must_use]
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "month is 1 to 12 and day 1 to 31 by construction"
)]
pub fn civil_from_days(days: i64) -> (i64, u8, u8) {
    let days = days.saturating_add(EPOCH_FROM_MARCH_ZERO);
    let era = days.div_euclid(DAYS_PER_ERA);
    let day_of_era = days.rem_euclid(DAYS_PER_ERA);
    // Take out the leap days of the 4-, 100- and 400-year cycles first.
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * march_month + 2) / 5 + 1;
    let month = (march_month + 2) % 12 + 1;
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month as u8, day as u8)
}

/// A date and time of day in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CivilDateTime {
    /// Astronomical year: 0 is 1 BCE.
    pub year: i64,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, 1 to 31.
    pub day: u8,
    /// Hour, 0 to 23.
    pub hour: u8,
    /// Minute, 0 to 59.
    pub minute: u8,
    /// Second, 0 to 59.
    pub second: u8,
    /// Millisecond, 0 to 999.
    pub milli: u16,
}

impl CivilDateTime {
    /// The start of a day.
    #[must_use]
    pub const fn date(year: i64, month: u8, day: u8) -> Self {
        Self {
            year,
            month,
            day,
            hour: 0,
            minute: 0,
            second: 0,
            milli: 0,
        }
    }

    /// The date and time of a moment. The open ends count as the moments they
    /// stand for in memory; ask before calling.
    #[must_use]
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "each part is a remainder, so in its range"
    )]
    pub fn from_millis(ms: Millis) -> Self {
        let (year, month, day) = civil_from_days(ms.div_euclid(DAY_MS));
        let rest = ms.rem_euclid(DAY_MS);
        Self {
            year,
            month,
            day,
            hour: (rest / HOUR_MS) as u8,
            minute: (rest / MINUTE_MS % 60) as u8,
            second: (rest / SECOND_MS % 60) as u8,
            milli: (rest % SECOND_MS) as u16,
        }
    }

    /// The moment, held to `FIRST_MOMENT..=LAST_MOMENT`.
    #[must_use]
    pub fn to_millis(self) -> Millis {
        let of_day = i64::from(self.hour) * HOUR_MS
            + i64::from(self.minute) * MINUTE_MS
            + i64::from(self.second) * SECOND_MS
            + i64::from(self.milli);
        days_from_civil(self.year, self.month, self.day)
            .saturating_mul(DAY_MS)
            .saturating_add(of_day)
            .clamp(FIRST_MOMENT, LAST_MOMENT)
    }
}

/// A calendar unit. Every moment lies in exactly one cell of each unit.
///
/// Decades, centuries and millennia are cut as EDTF's `199X`, `19XX` and `1XXX`
/// cut them: the century of 2000 is 2000 to 2099. Before year 0 they mirror that,
/// as `-03XX` does: −399 to −300, which is 400 to 301 BCE. Year 0 belongs to the
/// cells after it, so those just before it are a year short.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// A second.
    Second,
    /// A minute.
    Minute,
    /// An hour.
    Hour,
    /// A day, midnight to midnight UTC.
    Day,
    /// An ISO week, which begins on Monday.
    Week,
    /// A calendar month.
    Month,
    /// A quarter: January to March, and so on.
    Quarter,
    /// A calendar year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
    /// A thousand years.
    Millennium,
}

/// How a unit is stepped: by a fixed length, or by months.
enum Step {
    /// Milliseconds, and the offset of one cell's start from the epoch.
    Fixed(i64, i64),
    /// Calendar months.
    Months(i64),
    /// Years, more than one, mirrored at year 0.
    Years(i64),
}

impl Unit {
    /// All units, finest first.
    pub const ALL: [Self; 11] = [
        Self::Second,
        Self::Minute,
        Self::Hour,
        Self::Day,
        Self::Week,
        Self::Month,
        Self::Quarter,
        Self::Year,
        Self::Decade,
        Self::Century,
        Self::Millennium,
    ];

    const fn step(self) -> Step {
        match self {
            Self::Second => Step::Fixed(SECOND_MS, 0),
            Self::Minute => Step::Fixed(MINUTE_MS, 0),
            Self::Hour => Step::Fixed(HOUR_MS, 0),
            Self::Day => Step::Fixed(DAY_MS, 0),
            // 1970-01-01 was a Thursday; the Monday after it was the 5th.
            Self::Week => Step::Fixed(7 * DAY_MS, 4 * DAY_MS),
            Self::Month => Step::Months(1),
            Self::Quarter => Step::Months(3),
            Self::Year => Step::Months(12),
            Self::Decade => Step::Years(10),
            Self::Century => Step::Years(100),
            Self::Millennium => Step::Years(1_000),
        }
    }

    /// The mean length in milliseconds: exact up to weeks, and for months and
    /// longer the average over the calendar's 400-year cycle.
    #[must_use]
    pub const fn mean_ms(self) -> i64 {
        match self.step() {
            Step::Fixed(length, _) => length,
            // A mean year has 31,556,952 s; a mean month is a twelfth of it.
            Step::Months(months) => months * 2_629_746 * SECOND_MS,
            Step::Years(years) => years * 31_556_952 * SECOND_MS,
        }
    }

    /// The start of the cell that holds `ms`. Open ends stay open.
    #[must_use]
    pub fn floor(self, ms: Millis) -> Millis {
        if ms == OPEN_PAST || ms == OPEN_FUTURE {
            return ms;
        }
        match self.step() {
            Step::Fixed(length, offset) => {
                let into = (i128::from(ms) - i128::from(offset)).rem_euclid(i128::from(length));
                narrow(i128::from(ms) - into)
            }
            Step::Months(months) => month_start(month_index(ms).div_euclid(months) * months),
            Step::Years(years) => years_floor(ms, years),
        }
    }

    /// The start of the cell after the one that holds `ms`: the exclusive end
    /// of this one. Open ends stay open.
    ///
    /// ```
    /// use chronotope::model::time::{CivilDateTime, Unit};
    /// let mid = CivilDateTime::date(2024, 2, 10).to_millis();
    /// assert_eq!(Unit::Month.next(mid), CivilDateTime::date(2024, 3, 1).to_millis());
    /// ```
    #[must_use]
    pub fn next(self, ms: Millis) -> Millis {
        if ms == OPEN_PAST || ms == OPEN_FUTURE {
            return ms;
        }
        match self.step() {
            Step::Fixed(length, offset) => {
                let into = (i128::from(ms) - i128::from(offset)).rem_euclid(i128::from(length));
                narrow(i128::from(ms) - into + i128::from(length))
            }
            Step::Months(months) => month_start((month_index(ms).div_euclid(months) + 1) * months),
            Step::Years(years) => years_step(ms, years, 1),
        }
    }

    /// The moment `n` units later (earlier if negative), true to the calendar:
    /// the time of day and, where the month has it, the day of the month stay;
    /// else the month's last day is taken (31 January + 1 month = 28 or 29
    /// February). The start of a cell goes to the start of the n-th cell from
    /// it, so from there `+n` then `-n` comes back. Open ends stay open, and
    /// moments are held to `FIRST_MOMENT..=LAST_MOMENT`.
    #[must_use]
    pub fn add(self, ms: Millis, n: i64) -> Millis {
        if ms == OPEN_PAST || ms == OPEN_FUTURE {
            return ms;
        }
        match self.step() {
            Step::Fixed(length, _) => narrow(i128::from(ms) + i128::from(length) * i128::from(n)),
            Step::Months(months) => add_months(ms, n.saturating_mul(months)),
            Step::Years(years) if years_floor(ms, years) == ms => years_step(ms, years, n),
            Step::Years(years) => add_months(ms, n.saturating_mul(years * 12)),
        }
    }

    /// The next coarser unit, if there is one.
    #[must_use]
    pub fn coarser(self) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| *unit > self)
    }
}

/// Months since year 0 (its January is 0).
fn month_index(ms: Millis) -> i64 {
    let (year, month, _) = civil_from_days(ms.div_euclid(DAY_MS));
    year * 12 + i64::from(month) - 1
}

/// The first moment of the month with the given index.
fn month_start(index: i64) -> Millis {
    CivilDateTime::date(index.div_euclid(12), month_of(index), 1).to_millis()
}

/// The start of the cell of so many years that holds `ms`: multiples of `years`
/// from year 0 on, and before it one less than multiples, so that 400 BCE (the
/// year −399) begins a cell. `years` is at least 2.
#[must_use]
pub fn years_floor(ms: Millis, years: i64) -> Millis {
    years_step(ms, years, 0)
}

/// The start of the n-th cell from the one that holds `ms`, see `years_floor`.
#[must_use]
pub fn years_step(ms: Millis, years: i64, n: i64) -> Millis {
    let (year, _, _) = civil_from_days(ms.div_euclid(DAY_MS));
    // Cell 0 begins with year 0; cell −1 ends with year −1.
    let cell = if year >= 0 {
        year / years
    } else {
        year / years - 1
    };
    let cell = cell.saturating_add(n);
    let start = cell.saturating_mul(years);
    let start = if cell >= 0 {
        start
    } else {
        start.saturating_add(1)
    };
    CivilDateTime::date(start, 1, 1).to_millis()
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a remainder by 12, plus 1"
)]
fn month_of(index: i64) -> u8 {
    (index.rem_euclid(12) + 1) as u8
}

fn add_months(ms: Millis, months: i64) -> Millis {
    let from = CivilDateTime::from_millis(ms);
    let index = (from.year * 12 + i64::from(from.month) - 1).saturating_add(months);
    let (year, month) = (index.div_euclid(12), month_of(index));
    CivilDateTime {
        year,
        month,
        day: from.day.min(days_in_month(year, month)),
        ..from
    }
    .to_millis()
}

#[allow(clippy::cast_possible_truncation, reason = "clamped to i64's range")]
fn narrow(ms: i128) -> Millis {
    ms.clamp(i128::from(FIRST_MOMENT), i128::from(LAST_MOMENT)) as Millis
}
