//! From an extent back to an expression: events held as bare columns have no
//! expression of their own.

use super::calendar::{DAY_MS, Unit};
use super::format::iso;
use super::{Extent, Millis, OPEN_FUTURE, OPEN_PAST, When};

/// Units whose cells have an EDTF expression.
const WRITTEN: [Unit; 5] = [
    Unit::Day,
    Unit::Month,
    Unit::Year,
    Unit::Decade,
    Unit::Century,
];

/// The calendar cell from `first` to `last`, both inclusive, if it is one.
fn cell(first: Millis, last: Millis) -> Option<String> {
    if first == OPEN_PAST || last == OPEN_FUTURE {
        return None;
    }
    if last.saturating_sub(first) < DAY_MS - 1 {
        let second = Unit::Second.floor(first);
        return (second == first && last == first + 999).then(|| iso(first, Unit::Second));
    }
    let fits = |u: &Unit| u.floor(first) == first && u.next(first) - 1 == last;
    WRITTEN.into_iter().find(fits).map(|unit| iso(first, unit))
}

impl When {
    /// An expression for an extent, which then denotes exactly that extent:
    /// the calendar cell if it is one (`2016-11-03`, `2016-11`), an interval of
    /// cells if it is that (`2016-11/2017-02-03`), else the days around it.
    /// `None` where nothing bounds it.
    #[must_use]
    pub fn of_extent(extent: Extent) -> Option<Self> {
        let Extent {
            start_earliest: se,
            start_latest: sl,
            end_earliest: ee,
            end_latest: el,
        } = extent;
        let exact = |text: &str| Self::parse(text).ok().filter(|w| w.extent() == extent);
        if (se, sl) == (ee, el)
            && let Some(when) = cell(se, el).and_then(|c| exact(&c))
        {
            return Some(when);
        }
        let day = |ms: Millis| match ms {
            OPEN_PAST | OPEN_FUTURE => "..".to_owned(),
            ms => iso(ms, Unit::Day),
        };
        let start = cell(se, sl).unwrap_or_else(|| day(se));
        let end = cell(ee, el).unwrap_or_else(|| day(el));
        if let Some(when) = exact(&format!("{start}/{end}")) {
            return Some(when);
        }
        if (se, el) == (OPEN_PAST, OPEN_FUTURE) {
            return None;
        }
        let (first, last) = (day(se), day(el));
        let around = if first == last {
            first
        } else {
            format!("{first}/{last}")
        };
        Self::parse(&around).ok().map(|w| w.held_to(extent))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_was_written_in_whole_cells_comes_back() {
        for text in [
            "2016-11-03",
            "2016-11",
            "2016",
            "2017-10-04T08:15:00Z",
            "2016-11/2017-02",
            "2016-11-03/2017-02-05",
            "2014/..",
            "../2014-05",
            "-0044-03-15",
        ] {
            let extent = When::parse(text).unwrap().extent();
            assert_eq!(When::of_extent(extent).unwrap().edtf(), text);
        }
    }

    proptest! {
        #[test]
        fn the_extent_is_kept_whatever_it_is(
            a in -4_000_000_000_000_i64..4_000_000_000_000, n in 0_i64..400_000_000_000,
            b in -4_000_000_000_000_i64..4_000_000_000_000, m in 0_i64..400_000_000_000,
        ) {
            for extent in [
                Extent::within(a, a + n),
                Extent::spanning((a, a + n), (b.max(a), b.max(a) + m)),
                Extent::spanning((a, a + n), (OPEN_PAST, OPEN_FUTURE)),
            ] {
                let when = When::of_extent(extent).unwrap();
                prop_assert_eq!(when.extent(), extent);
                prop_assert!(When::parse(when.edtf()).is_ok());
            }
        }
    }
}
