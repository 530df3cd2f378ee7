//! Property tests of the time model.

use proptest::prelude::*;

use super::*;

fn any_ms() -> impl Strategy<Value = Millis> {
    prop_oneof![
        4 => -62_200_000_000_000_i64..4_102_444_800_000, // BCE to 2100
        1 => -(1_i64 << 58)..(1_i64 << 58),
    ]
}

fn any_unit() -> impl Strategy<Value = Unit> {
    proptest::sample::select(Unit::ALL.to_vec())
}

/// Expressions of every kind around the same years, so that they meet.
fn any_when() -> impl Strategy<Value = When> {
    let date = || {
        prop_oneof![
            (2010..2020_i32).prop_map(|y| y.to_string()),
            (2010..2020_i32, 1..=12_u8).prop_map(|(y, m)| format!("{y}-{m:02}")),
            (2010..2020_i32, 1..=12_u8, 1..=28_u8)
                .prop_map(|(y, m, d)| format!("{y}-{m:02}-{d:02}")),
            (2010..2020_i32, 21..=41_u8).prop_map(|(y, s)| format!("{y}-{s}")),
            Just("201X".to_owned()),
        ]
    };
    let years = || (2010..2020_i32, 0..4_i32).prop_map(|(y, n)| format!("{y}..{}", y + n));
    let set = || proptest::collection::vec(prop_oneof![date(), years()], 1..4);
    prop_oneof![
        date(),
        (date(), date()).prop_map(|(a, b)| format!("{a}/{b}")),
        date().prop_map(|a| format!("{a}/..")),
        date().prop_map(|a| format!("/{a}")),
        date().prop_map(|a| format!("[..{a}]")),
        date().prop_map(|a| format!("[{a}..]")),
        set().prop_map(|parts| format!("[{}]", parts.join(","))),
        set().prop_map(|parts| format!("{{{}}}", parts.join(", "))),
    ]
    .prop_filter_map("valid", |text| When::parse(&text).ok())
}

fn any_window() -> impl Strategy<Value = Window> {
    let span = 1_230_000_000_000_i64..1_640_000_000_000;
    prop_oneof![
        8 => (span.clone(), span).prop_map(|(a, b)| Window::new(a, b)),
        1 => Just(Window::ALL),
    ]
}

/// Whether an occurrence from `start` to `end`, inclusive, touches the window.
fn touches(start: Millis, end: Millis, shown: Window) -> bool {
    (start < shown.end || shown.is_open_end()) && end >= shown.start
}

proptest! {
    #[test]
    fn civil_dates_round_trip(ms in any_ms()) {
        prop_assert_eq!(CivilDateTime::from_millis(ms).to_millis(), ms);
    }

    #[test]
    fn days_follow_one_another(days in -1_000_000_i64..1_000_000) {
        let (year, month, day) = civil_from_days(days);
        prop_assert!((1..=days_in_month(year, month)).contains(&day));
        let next = civil_from_days(days + 1);
        let expected = if day < days_in_month(year, month) {
            (year, month, day + 1)
        } else if month < 12 {
            (year, month + 1, 1)
        } else {
            (year + 1, 1, 1)
        };
        prop_assert_eq!(next, expected);
    }

    #[test]
    fn each_moment_is_in_one_cell(ms in any_ms(), unit in any_unit()) {
        let (start, end) = (unit.floor(ms), unit.next(ms));
        prop_assert!(start <= ms && ms < end);
        prop_assert_eq!(unit.floor(start), start);
        prop_assert_eq!(unit.floor(end), end);
        prop_assert_eq!(unit.next(start), end);
        prop_assert_eq!(unit.floor(end - 1), start);
        prop_assert_eq!(unit.next(start - 1), start);
    }

    #[test]
    fn steps_from_a_cell_come_back(ms in any_ms(), unit in any_unit(), n in -500_i64..500) {
        let start = unit.floor(ms);
        let there = unit.add(start, n);
        prop_assert_eq!(unit.floor(there), there);
        prop_assert_eq!(unit.add(there, -n), start);
        prop_assert_eq!(unit.add(start, 1), unit.next(start));
    }

    #[test]
    fn the_ends_of_time_do_not_overflow(ms in any::<i64>(), unit in any_unit(), n in any::<i64>()) {
        prop_assert!(unit.floor(ms) <= ms.max(FIRST_MOMENT));
        prop_assert!(unit.next(ms) >= ms.min(LAST_MOMENT));
        let _ = unit.add(ms, n);
        let _ = (format_moment(ms, unit, Lang::Fr), iso(ms, unit));
        let _ = Window::ALL.shift(n).shift(ms);
        let _ = Window::new(ms, n).shift(n);
        let _ = format_span(Window::new(ms, n), Lang::En);
    }

    #[test]
    fn iso_days_read_back(ms in any_ms()) {
        for unit in [Unit::Day, Unit::Month, Unit::Quarter, Unit::Year] {
            let text = iso(ms, unit);
            if unit == Unit::Year || !text.starts_with('Y') {
                let read = Window::parse(&text).map_err(|e| TestCaseError::fail(e.to_string()))?;
                prop_assert_eq!(read, Window::new(unit.floor(ms), unit.next(ms)));
            }
        }
    }

    #[test]
    fn relation_is_what_the_bounds_allow(
        event in any_when(), shown in any_window(), picks in any::<[u32; 6]>(),
    ) {
        let relation = event.relation(shown);
        // One reading of the date: a start and an end for each member.
        let pick = |low: Millis, high: Millis, by: u32| {
            let (low, high) = (low.max(-(1 << 50)), high.min(1 << 50));
            let width = i128::from(high) - i128::from(low);
            low + i64::try_from(width * i128::from(by) / i128::from(u32::MAX)).unwrap_or(0)
        };
        let mut some = false;
        let mut all = true;
        for (index, member) in event.members().iter().enumerate() {
            prop_assert!(member.start_earliest <= member.start_latest);
            prop_assert!(member.end_earliest <= member.end_latest);
            let start = pick(member.start_earliest, member.start_latest, picks[index % 6]);
            let end = pick(member.end_earliest.max(start), member.end_latest, picks[5 - index % 6]);
            let point = member.start_earliest == member.end_earliest
                && member.start_latest == member.end_latest;
            let hit = touches(start, if point { start } else { end }, shown);
            some |= hit;
            all &= hit;
        }
        match relation {
            Inclusion::No => prop_assert!(!some),
            Inclusion::Possibly => {}
            Inclusion::Certainly if event.set_kind() == SetKind::OneOf => prop_assert!(all),
            Inclusion::Certainly => prop_assert!(some),
        }
        // Certainly implies possibly, for the whole as for any member.
        if relation == Inclusion::Certainly {
            prop_assert!(touches(event.extent().start_earliest, event.extent().end_latest, shown));
            prop_assert!(event.members().iter().any(|m| m.relation(shown) >= Inclusion::Possibly));
        }
    }

    #[test]
    fn relation_grows_with_the_window(
        event in any_when(), shown in any_window(),
        before in 0_i64..1 << 40, after in 0_i64..1 << 40,
    ) {
        let grown = Window {
            start: shown.start.saturating_sub(before),
            end: shown.end.saturating_add(after),
        };
        prop_assert!(event.relation(grown) >= event.relation(shown));
        prop_assert_eq!(event.relation(Window::ALL), Inclusion::Certainly);
    }

    #[test]
    fn every_date_has_words(event in any_when()) {
        prop_assert!(!describe(&event, Lang::En).is_empty());
        prop_assert!(!describe(&event, Lang::Fr).is_empty());
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,24}") {
        if let Err(error) = When::parse(&text) {
            prop_assert!(!error.remedy.is_empty());
        }
    }

    #[test]
    fn any_date_like_text_is_read_or_refused(text in "[0-9XYES?~%.,/T:Z{}\\[\\] a-z-]{0,20}") {
        let _ = When::parse(&text);
    }
}
