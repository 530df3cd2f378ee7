//! Columns of dates that are counts: what is counted is told by the whole
//! column, not by one value.

use super::guess::Form;

/// Counts from here on are milliseconds: as seconds they would be after 2603.
const MILLIS: f64 = 2e10;
/// Counts from here on are seconds: as milliseconds they would be before 1970
/// was two days old, and years and days in digits are smaller.
const SECONDS: f64 = 1e8;
/// From here on it is a day and a time in digits, or a count that is not known.
const BEYOND: f64 = 1e13;

/// What the numbers of a column count, if all are numbers, by the largest of
/// them; a column of zeros counts seconds.
pub(super) fn form(samples: &[String]) -> Option<Form> {
    let (mut largest, mut many) = (0.0_f64, 0);
    for text in samples.iter().map(|s| s.trim()).filter(|s| !s.is_empty()) {
        // Twelve and fourteen digits may be a day and a time.
        let number: f64 = text.parse().ok().filter(|n: &f64| n.is_finite())?;
        largest = largest.max(number.abs());
        many += 1;
    }
    match largest {
        _ if many == 0 => None,
        0.0 => Some(Form::Seconds),
        n if (SECONDS..MILLIS).contains(&n) => Some(Form::Seconds),
        n if (MILLIS..BEYOND).contains(&n) => Some(Form::Millis),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_number_tells_what_is_counted() {
        let of =
            |values: &[&str]| form(&values.iter().map(|v| (*v).to_owned()).collect::<Vec<_>>());
        assert_eq!(of(&["0"]), Some(Form::Seconds));
        assert_eq!(of(&["0", "86400", "1431425706"]), Some(Form::Seconds));
        assert_eq!(of(&["-5.5", "1431425706.25"]), Some(Form::Seconds));
        assert_eq!(of(&["50000000000"]), Some(Form::Millis));
        assert_eq!(of(&["0", "1431425706810"]), Some(Form::Millis));
        for none in [
            &["2014"][..],
            &["20140501"],
            &["20150512101506"],
            &["0", "soon"],
            &[],
        ] {
            assert_eq!(of(none), None, "{none:?}");
        }
    }
}
