//! The ends of the window as text: the shortest EDTF that says each.

use crate::model::time::{
    CivilDateTime, OPEN_FUTURE, OPEN_PAST, SECOND_MS, Unit, WhenError, Window, iso,
};

/// Dates of years beyond this are written as years: EDTF knows no others.
const LAST_WRITTEN_YEAR: i64 = 9_999;

/// The two ends of a window as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ends {
    /// The start; `..` if it is open.
    pub from: String,
    /// The end, which is inside; `..` if it is open.
    pub to: String,
}

/// Which text cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhichEnd {
    /// The start.
    From,
    /// The end.
    To,
    /// Each can be read, but not together.
    Both,
}

/// Why the two texts are no window.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{error}")]
pub struct EndsError {
    /// Which of the two is to blame.
    pub which: WhichEnd,
    /// What is wrong, and what to write.
    #[source]
    pub error: WhenError,
}

/// How finely an end is written, coarse to fine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Year,
    Month,
    Day,
    Second,
}

impl Level {
    const ALL: [Self; 4] = [Self::Year, Self::Month, Self::Day, Self::Second];

    const fn unit(self) -> Unit {
        match self {
            Self::Year => Unit::Year,
            Self::Month => Unit::Month,
            Self::Day => Unit::Day,
            Self::Second => Unit::Second,
        }
    }

    /// The coarsest level at which a boundary is the start of a cell.
    fn of(boundary: i64) -> Self {
        let year = CivilDateTime::from_millis(boundary).year;
        if year.abs() > LAST_WRITTEN_YEAR {
            return Self::Year;
        }
        // EDTF has no times of day before year 0.
        let finest = if year < 0 { Self::Day } else { Self::Second };
        Self::ALL
            .into_iter()
            .find(|level| level.unit().floor(boundary) == boundary)
            .unwrap_or(Self::Second)
            .min(finest)
    }

    /// The coarsest that reads well beside an end of level `other`: years only
    /// beside years, and never two levels apart.
    fn beside(self, other: Option<Self>) -> Self {
        match other {
            None | Some(Self::Year) => self,
            Some(Self::Month | Self::Day) => self.max(Self::Month),
            Some(Self::Second) => self.max(Self::Day),
        }
    }
}

impl Ends {
    /// The shortest EDTF for each end of a window: `2017` for whole years,
    /// `2017-10` for whole months, else days, else date-times. What is finer
    /// than EDTF can say (milliseconds; times of day before year 0; months
    /// before −9999 or after 9999) is rounded outward.
    ///
    /// ```
    /// use chronotope::model::time::Window;
    /// use chronotope::view::timeline::Ends;
    /// let window = Window::parse("2014-05/2016-02-10").unwrap();
    /// let ends = Ends::of(window);
    /// assert_eq!((ends.from.as_str(), ends.to.as_str()), ("2014-05", "2016-02-10"));
    /// assert_eq!(ends.parse(), Ok(window));
    /// ```
    #[must_use]
    pub fn of(window: Window) -> Self {
        let start = (window.start != OPEN_PAST).then(|| Level::of(window.start));
        let end = (window.end != OPEN_FUTURE).then(|| Level::of(window.end));
        let text = |ms: i64, level: Option<Level>, other: Option<Level>| match level {
            None => "..".to_owned(),
            Some(level) => iso(ms, level.beside(other).unit()),
        };
        // The end is written by the last moment inside it.
        Self {
            from: text(window.start, start, end),
            to: text(window.end.saturating_sub(1), end, start),
        }
    }

    /// Reads the two ends. An interval or set in either is the whole window;
    /// so is the first alone, with the second empty or the same. `..`, or an
    /// empty start, means no limit.
    ///
    /// # Errors
    /// Says which text cannot be read and why.
    pub fn parse(&self) -> Result<Window, EndsError> {
        let (from, to) = (self.from.trim(), self.to.trim());
        let at = |which| move |error| EndsError { which, error };
        let whole = |text: &str| text.contains(['/', '[', '{']);
        if whole(from) {
            return Window::parse(from).map_err(at(WhichEnd::From));
        }
        if whole(to) {
            return Window::parse(to).map_err(at(WhichEnd::To));
        }
        match (from, to) {
            ("" | "..", "" | "..") => Ok(Window::ALL),
            (from, "") => Window::parse(from).map_err(at(WhichEnd::From)),
            (from, to) if from == to => Window::parse(from).map_err(at(WhichEnd::Both)),
            (from, to) => {
                Window::parse_ends(from, "..").map_err(at(WhichEnd::From))?;
                Window::parse_ends("..", to).map_err(at(WhichEnd::To))?;
                Window::parse_ends(from, to).map_err(at(WhichEnd::Both))
            }
        }
    }
}

/// The whole seconds around a window: what free dragging sets, so that every
/// window can be written.
#[must_use]
pub fn to_seconds(window: Window) -> Window {
    let up = window.end.saturating_add(SECOND_MS - 1);
    Window::new(
        Unit::Second.floor(window.start),
        if window.end == OPEN_FUTURE {
            OPEN_FUTURE
        } else {
            Unit::Second.floor(up)
        },
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ends(from: &str, to: &str) -> Ends {
        Ends {
            from: from.to_owned(),
            to: to.to_owned(),
        }
    }

    fn window(text: &str) -> Window {
        Window::parse(text).unwrap()
    }

    #[test]
    fn each_end_is_written_as_short_as_can_be() {
        for (text, from, to) in [
            ("2012/2024", "2012", "2024"),
            ("2017", "2017", "2017"),
            ("2017-10", "2017-10", "2017-10"),
            ("2017-01", "2017-01", "2017-01"),
            ("2017-10/2017-12", "2017-10", "2017-12"),
            ("2017-10/2018-01-14", "2017-10", "2018-01-14"),
            ("2014/2018-01-14", "2014-01", "2018-01-14"),
            ("2017-10-04", "2017-10-04", "2017-10-04"),
            ("2022-11-30/..", "2022-11-30", ".."),
            ("../2014", "..", "2014"),
            ("..", "..", ".."),
            (
                "2017-10-01T00:00:00Z/2017-10-01T08:29:59Z",
                "2017-10-01",
                "2017-10-01T08:29:59Z",
            ),
            ("-0399/-0300", "-0399", "-0300"),
            ("Y-12000/Y15000", "Y-12000", "Y15000"),
        ] {
            assert_eq!(Ends::of(window(text)), ends(from, to), "{text}");
            assert_eq!(Ends::of(window(text)).parse(), Ok(window(text)), "{text}");
        }
    }

    #[test]
    fn one_text_alone_or_an_interval_is_the_whole_window() {
        for (from, to, expected) in [
            ("2017-10", "", "2017-10"),
            (" 2017-10 ", "2017-10", "2017-10"),
            ("2014/2016", "2020", "2014/2016"),
            ("1999", "2014/2016", "2014/2016"),
            ("", "2016", "../2016"),
            ("2016", "..", "2016/.."),
            ("", "", ".."),
            ("..", "", ".."),
            ("201X", "", "2010/2019"),
            ("2014", "201X", "2014/2019"),
        ] {
            assert_eq!(ends(from, to).parse(), Ok(window(expected)), "{from} {to}");
        }
    }

    #[test]
    fn errors_name_the_end_that_is_wrong() {
        for (from, to, which) in [
            ("spring", "2016", WhichEnd::From),
            ("2014", "2016-13", WhichEnd::To),
            ("2016", "2014", WhichEnd::Both),
            ("4/10/2017", "", WhichEnd::From),
        ] {
            assert_eq!(
                ends(from, to).parse().unwrap_err().which,
                which,
                "{from} {to}"
            );
        }
    }

    fn boundary() -> impl Strategy<Value = i64> {
        // Years −9,000 to 9,000, to the second or to a coarser cell.
        (-340_000_000_000_i64..220_000_000_000, 0_usize..4).prop_map(|(second, level)| {
            let ms = second * SECOND_MS;
            let before_0 = CivilDateTime::from_millis(ms).year < 1;
            let level = if before_0 { level.min(2) } else { level };
            Level::ALL[level].unit().floor(ms)
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(a in boundary(), b in boundary(), open in 0_u8..6) {
            let window = Window::new(a, b);
            prop_assume!(window.end - window.start >= SECOND_MS);
            let window = match open {
                0 => Window { start: OPEN_PAST, ..window },
                1 => Window { end: OPEN_FUTURE, ..window },
                _ => window,
            };
            prop_assert_eq!(Ends::of(window).parse(), Ok(window));
        }

        #[test]
        fn fractions_of_a_second_are_rounded_outward(start in any::<i32>(), ms in 1_i64..100_000) {
            let start = i64::from(start);
            let window = Window::new(start, start + ms);
            let read = Ends::of(window).parse().unwrap();
            prop_assert!(read.covers(window));
            prop_assert_eq!(read, to_seconds(window));
        }
    }
}
