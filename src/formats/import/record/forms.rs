//! How the values of a column are written: numbers that count time, and the
//! order of day and month.

use crate::model::time::{DAY_MS, Extent};

use super::super::mapping::DateOrder;
use super::{blank, dates};

/// Days from 1899-12-30, where spreadsheets begin to count, to 1970-01-01.
const SERIAL_EPOCH: f64 = 25_569.0;
/// Days that a spreadsheet's number is taken for: 1954 to 2119.
const SERIALS: std::ops::Range<f64> = 20_000.0..80_000.0;
/// Numbers from here on count milliseconds: as seconds they would lie beyond
/// the year 2603.
const MILLIS: f64 = 2e10;
/// Numbers from here on count microseconds.
const MICROS: f64 = 1e14;
/// Numbers from here on count nanoseconds.
const NANOS: f64 = 1e17;

/// How the values of a column of dates are to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Form {
    /// As dates.
    #[default]
    Text,
    /// As seconds since 1970.
    Seconds,
    /// As milliseconds since 1970.
    Millis,
    /// As microseconds since 1970.
    Micros,
    /// As nanoseconds since 1970.
    Nanos,
    /// As days since 1899-12-30, as spreadsheets count them.
    Serial,
}

/// How numbers in a column of dates are meant, by their size.
pub(super) fn form(samples: &[String]) -> Form {
    let (mut serials, mut numbers, mut compact, mut all) = (0, 0, 0, 0);
    let mut largest = 0.0_f64;
    for text in values(samples) {
        all += 1;
        let Some(n) = number(text) else { continue };
        // `20150512101506` is a moment as it stands.
        if text.len() >= 8 && dates::compact(text).is_some() {
            compact += 1;
            continue;
        }
        numbers += 1;
        largest = largest.max(n.abs());
        let digits = text.split('.').next().unwrap_or("").len();
        serials += usize::from(digits == 5 && SERIALS.contains(&n));
    }
    let most = |n: usize| all > 0 && n * 10 >= all * 9;
    match () {
        () if most(serials) => Form::Serial,
        () if compact * 2 > numbers || !most(numbers) => Form::Text,
        // A zero is no year: where nothing else stands, it counts seconds.
        () if largest == 0.0 => Form::Seconds,
        // Nine digits: later than 1973. Shorter ones may be years.
        () if largest >= 1e8 => by_size(largest),
        () => Form::Text,
    }
}

/// How numbers are meant in a column that counts from 1970 by its name: by the
/// largest of them. `None` if they are no numbers.
pub(super) fn counted_form(samples: &[String], millis: bool) -> Option<Form> {
    let (mut numbers, mut all, mut largest) = (0, 0, 0.0_f64);
    for text in values(samples) {
        all += 1;
        if let Some(n) = number(text) {
            numbers += 1;
            largest = largest.max(n.abs());
        }
    }
    let form = match by_size(largest) {
        Form::Seconds if millis => Form::Millis,
        form => form,
    };
    (all == 0 || numbers * 2 > all).then_some(form)
}

fn by_size(largest: f64) -> Form {
    match largest {
        n if n < MILLIS => Form::Seconds,
        n if n < MICROS => Form::Millis,
        n if n < NANOS => Form::Micros,
        _ => Form::Nanos,
    }
}

fn values(samples: &[String]) -> impl Iterator<Item = &str> {
    let values = samples.iter().map(|s| blank::trim(s));
    values.filter(|v| !blank::is_nothing(v))
}

fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|n: &f64| n.is_finite())
}

/// A number as the time it counts; one that is written short, `1.43E+12`, is
/// as vague as that.
#[allow(clippy::cast_possible_truncation, reason = "held to what fits before")]
pub(super) fn counted(text: &str, form: Form) -> Option<Extent> {
    const MOST: f64 = 8.64e15;
    let of = |number: f64| match form {
        Form::Text => f64::NAN,
        Form::Seconds => number * 1_000.0,
        Form::Millis => number,
        Form::Micros => number / 1e3,
        Form::Nanos => number / 1e6,
        Form::Serial => (number - SERIAL_EPOCH) * 86_400_000.0,
    };
    let number = number(text)?;
    let ms = of(number);
    if ms.is_nan() || ms.abs() > MOST {
        return None;
    }
    let half = of(number + half_unit(text)) - ms;
    if half > 1_000.0 && half < MOST {
        let (first, last) = ((ms - half).floor(), (ms + half).ceil());
        return Some(Extent::within(first as i64, last as i64));
    }
    let ms = ms.round() as i64;
    Some(match form {
        Form::Serial if number.fract() == 0.0 => whole_day(Extent::at(ms)),
        _ => dates::moment(ms),
    })
}

/// Half of what the last digit of a number with an exponent stands for; 0 for
/// one that is written out.
fn half_unit(text: &str) -> f64 {
    let Some((digits, exponent)) = text.split_once(['e', 'E']) else {
        return 0.0;
    };
    let places = digits.split_once('.').map_or(0, |(_, p)| p.len());
    let exponent: i32 = exponent.parse().unwrap_or(0);
    0.5 * 10_f64.powi(exponent.saturating_sub(i32::try_from(places).unwrap_or(0)))
}

/// A day as a spreadsheet counts it.
pub(super) fn serial(text: &str) -> Option<Extent> {
    number(text).filter(|n| SERIALS.contains(n))?;
    counted(text, Form::Serial)
}

/// The day in which an extent begins.
pub(super) fn whole_day(extent: Extent) -> Extent {
    let first = extent.start_earliest.div_euclid(DAY_MS);
    let first = first.saturating_mul(DAY_MS);
    Extent::within(first, first.saturating_add(DAY_MS - 1))
}

/// Which orders of day and month the values of a column allow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is one thing seen")]
pub(super) struct Orders {
    /// A value is a date only with the day first.
    pub day_first: bool,
    /// A value is a date only with the month first.
    pub month_first: bool,
    /// A value is a date with either first, and they differ.
    pub either: bool,
    /// Such values are parted by points, as nobody does who puts months first.
    pub points: bool,
}

impl Orders {
    /// Looks at one more value.
    pub fn see(&mut self, text: &str) {
        let western;
        let text = if text.is_ascii() {
            text.trim()
        } else {
            western = dates::western_digits(blank::trim(text));
            &western
        };
        let Some(([a, b, c], sign, _)) = dates::three(text) else {
            return;
        };
        if a.len() > 2 || b.len() > 2 || c.len() == 3 || c.len() == 1 {
            return;
        }
        let (Ok(a), Ok(b)) = (a.parse::<u8>(), b.parse::<u8>()) else {
            return;
        };
        match (a > 12, b > 12) {
            (true, false) => self.day_first = true,
            (false, true) => self.month_first = true,
            (false, false) if a != b => {
                self.either = true;
                self.points |= sign == '.';
            }
            _ => {}
        }
    }

    /// The order, if the values tell.
    pub fn decided(self) -> Option<DateOrder> {
        match (self.day_first, self.month_first) {
            (true, false) => Some(DateOrder::DayFirst),
            (false, true) => Some(DateOrder::MonthFirst),
            (false, false) if self.points => Some(DateOrder::DayFirst),
            _ => None,
        }
    }
}

/// Whether the dates of a column have midnight as their time, all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Midnights {
    any: bool,
    other: bool,
}

impl Midnights {
    /// Looks at one more value.
    pub fn see(&mut self, text: &str) {
        match dates::at_midnight(blank::trim(text)) {
            Some(true) => self.any = true,
            Some(false) => self.other = true,
            None => {}
        }
    }

    /// They are days.
    pub fn all(self) -> bool {
        self.any && !self.other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owned(values: &[&str]) -> Vec<String> {
        values.iter().map(|v| (*v).to_owned()).collect()
    }

    #[test]
    fn numbers_are_told_by_their_size() {
        for (values, wanted) in [
            (&["1431425706", ""][..], Form::Seconds),
            (&["1431425706810"], Form::Millis),
            (&["86400000", "1431512106000"], Form::Millis),
            (&["1431425706810000"], Form::Micros),
            (&["1.43E+12", "1.44E+12"], Form::Millis),
            (&["43831", "43832.5"], Form::Serial),
            (&["2014", "20140501"], Form::Text),
            (&["20150512101506"], Form::Text),
            (&["2015-05-12", "NA"], Form::Text),
        ] {
            assert_eq!(form(&owned(values)), wanted, "{values:?}");
        }
    }

    #[test]
    fn a_column_that_counts_by_its_name_is_read_by_its_largest_number() {
        for (values, millis, wanted) in [
            (
                &["-86400", "0", "1431512106"][..],
                false,
                Some(Form::Seconds),
            ),
            (&["1431512106000"], false, Some(Form::Millis)),
            (&["86400000", "NULL"], true, Some(Form::Millis)),
            (&["1431512106000000"], true, Some(Form::Micros)),
            (&["2015-05-01"], false, None),
        ] {
            assert_eq!(counted_form(&owned(values), millis), wanted, "{values:?}");
        }
    }

    #[test]
    fn a_number_that_is_written_short_is_vague() {
        let day = 86_400_000;
        let vague = counted("1.43E+12", Form::Millis).unwrap();
        assert!(vague.end_latest - vague.start_earliest > 100 * day);
        assert!(vague.start_earliest < 1_430_000_000_000);
        let sharp = counted("1431512106", Form::Seconds).unwrap();
        assert_eq!(sharp, dates::moment(1_431_512_106_000));
        assert_eq!(counted("-86400", Form::Seconds), Some(dates::moment(-day)));
        assert_eq!(
            counted("1431512106000001", Form::Micros),
            Some(dates::moment(1_431_512_106_000))
        );
        assert_eq!(serial("43028"), dates::day(2017, 10, 20));
        assert_eq!(serial("7"), None);
    }
}
