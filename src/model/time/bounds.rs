//! Moments to the millisecond as texts: what the bounds of an extent are
//! written with where no expression says them exactly.

use super::calendar::CivilDateTime;
use super::hints::signed_year;
use super::{Millis, OPEN_FUTURE, OPEN_PAST};

/// A moment in ISO 8601 with milliseconds, in UTC: `2017-10-04T08:15:00.250Z`,
/// `-0044-03-15T00:00:00.000Z`, `Y17000-01-01T00:00:00.000Z`. `None` for the
/// open ends.
#[must_use]
pub fn moment_text(ms: Millis) -> Option<String> {
    if ms == OPEN_PAST || ms == OPEN_FUTURE {
        return None;
    }
    let at = CivilDateTime::from_millis(ms);
    Some(format!(
        "{}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
        signed_year(at.year),
        at.month,
        at.day,
        at.hour,
        at.minute,
        at.second,
        at.milli
    ))
}

/// The moment that [`moment_text`] writes so; `None` for any other text, also
/// for the same moment written in another way.
#[must_use]
pub fn moment_of(text: &str) -> Option<Millis> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    let mut parts = date.rsplitn(3, '-');
    let (day, month) = (parts.next()?, parts.next()?);
    let year = parts.next()?;
    let (clock, milli) = time.split_once('.')?;
    let mut clock = clock.split(':');
    let mut next = || clock.next()?.parse().ok();
    let moment = CivilDateTime {
        year: year.strip_prefix('Y').unwrap_or(year).parse().ok()?,
        month: month.parse().ok()?,
        day: day.parse().ok()?,
        hour: next()?,
        minute: next()?,
        second: next()?,
        milli: milli.parse().ok()?,
    };
    if !(1..=12).contains(&moment.month) {
        return None;
    }
    let ms = moment.to_millis();
    (moment_text(ms).as_deref() == Some(text)).then_some(ms)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_what_is_written_so_is_read() {
        assert_eq!(moment_of("1970-01-01T00:00:00.250Z"), Some(250));
        assert_eq!(moment_text(-1).unwrap(), "1969-12-31T23:59:59.999Z");
        assert_eq!(moment_text(OPEN_PAST), None);
        for other in [
            "",
            "1970-01-01",
            "1970-01-01T00:00:00Z",
            "1970-01-01T00:00:00.25Z",
            "1970-02-30T00:00:00.250Z",
            "1970-13-01T00:00:00.250Z",
            "1970-00-01T00:00:00.250Z",
            "01970-01-01T00:00:00.250Z",
            "1970-01-01T00:00:00.250",
            "99999999999999999999-01-01T00:00:00.000Z",
        ] {
            assert_eq!(moment_of(other), None, "{other}");
        }
    }

    proptest! {
        #[test]
        fn a_moment_comes_back(ms in -4_000_000_000_000_000_i64..4_000_000_000_000_000) {
            prop_assert_eq!(moment_of(&moment_text(ms).unwrap()), Some(ms));
        }
    }
}
