//! Our calendar beside chrono's, as far as chrono's reaches.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use chrono::{DateTime, Datelike as _, Days, Months, NaiveDate};
use chronotope::model::time::{CivilDateTime, Unit, days_from_civil};
use proptest::prelude::*;

proptest! {
    #[test]
    fn days_are_those_of_chrono(year in -200_000_i32..200_000, ordinal in 1_u32..=365) {
        let date = NaiveDate::from_yo_opt(year, ordinal).unwrap();
        let month = u8::try_from(date.month()).unwrap();
        let day = u8::try_from(date.day()).unwrap();
        let days = i64::from(date.num_days_from_ce()) - 719_163;
        prop_assert_eq!(days_from_civil(i64::from(year), month, day), days);
    }

    #[test]
    fn steps_are_those_of_chrono(seconds in -60_000_000_000_i64..200_000_000_000, n in 0_u32..500) {
        let ms = seconds * 1000;
        let moment = DateTime::from_timestamp_millis(ms).unwrap();
        let months = moment + Months::new(n);
        prop_assert_eq!(Unit::Month.add(ms, i64::from(n)), months.timestamp_millis());
        let days = moment + Days::new(u64::from(n));
        prop_assert_eq!(Unit::Day.add(ms, i64::from(n)), days.timestamp_millis());
        let first = moment.date_naive().with_day(1).unwrap();
        let civil = CivilDateTime::date(
            i64::from(first.year()),
            u8::try_from(first.month()).unwrap(),
            1,
        );
        prop_assert_eq!(Unit::Month.floor(ms), civil.to_millis());
    }

    #[test]
    fn weeks_begin_on_monday(seconds in -60_000_000_000_i64..200_000_000_000) {
        let start = DateTime::from_timestamp_millis(Unit::Week.floor(seconds * 1000)).unwrap();
        prop_assert_eq!(start.weekday(), chrono::Weekday::Mon);
        prop_assert!((0..7 * 86_400).contains(&(seconds - start.timestamp())));
    }
}
