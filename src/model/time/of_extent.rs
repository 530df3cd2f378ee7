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

/// One unknown moment from `first` to `last`: a set of which one holds, in the
/// coarsest of years, months and days that begins and ends with them.
fn one_of(first: Millis, last: Millis) -> Option<String> {
    let fits = |unit: &Unit| {
        (first == OPEN_PAST || unit.floor(first) == first)
            && (last == OPEN_FUTURE || unit.floor(last.saturating_add(1)) == last.saturating_add(1))
    };
    let unit = [Unit::Year, Unit::Month, Unit::Day]
        .into_iter()
        .find(fits)?;
    let end = |ms: Millis| match ms {
        OPEN_PAST | OPEN_FUTURE => String::new(),
        ms => iso(ms, unit),
    };
    Some(format!("[{}..{}]", end(first), end(last)))
}

impl When {
    /// An expression for an extent. The calendar cell if it is one
    /// (`2016-11-03`, `2016-11`), one moment of several cells if it is that
    /// (`[2016-11-03..2016-12-24]`), an interval of cells if it is that
    /// (`2016-11/2017-02-03`); else the days around it, held to the extent (see
    /// [`When::held_extent`]). `None` where nothing bounds it.
    #[must_use]
    pub fn of_extent(extent: Extent) -> Option<Self> {
        let Extent {
            start_earliest: se,
            start_latest: sl,
            end_earliest: ee,
            end_latest: el,
        } = extent;
        let exact = |text: &str| Self::parse(text).ok().filter(|w| w.extent() == extent);
        let bounded = (se, el) != (OPEN_PAST, OPEN_FUTURE);
        if (se, sl) == (ee, el)
            && bounded
            && let Some(when) = [cell(se, el), one_of(se, el)]
                .iter()
                .flatten()
                .find_map(|text| exact(text))
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
        if !bounded {
            return None;
        }
        let (first, last) = (day(se), day(el));
        let around = if first == last {
            first
        } else {
            format!("{first}/{last}")
        };
        Self::parse(&around).ok().map(|w| w.hold(extent))
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
            "[2016-11-03..2017-02-05]",
            "[2016-11..2017-02]",
            "[2013..2015]",
            "[2016-11-03..]",
            "[..2016-11]",
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
                // What the expression does not say is said to be held.
                let said = When::parse(when.edtf()).unwrap();
                prop_assert_eq!(when.held_extent().is_some(), said.extent() != extent);
                prop_assert_eq!(said.held_to(extent), Some(when));
            }
        }
    }
}
