//! Tests of the lanes.

use proptest::prelude::*;

use super::*;
use crate::model::time::{When, Window};

fn axis(shown: &str, width: f64) -> TimeAxis {
    TimeAxis::new(Window::parse(shown).unwrap(), 10.0, width)
}

fn item(row: u32, group: u16, when: &When) -> LaneItem<'_> {
    LaneItem {
        row,
        group,
        members: when.members(),
        kind: when.set_kind(),
    }
}

fn only_bar(text: &str, axis: &TimeAxis) -> Bar {
    let when = When::parse(text).unwrap();
    let lanes = pack([item(7, 0, &when)], axis, 4);
    assert_eq!((lanes.bars.len(), lanes.lanes), (1, 1));
    lanes.bars[0].clone()
}

#[track_caller]
fn check(part: Option<(f64, f64)>, axis: &TimeAxis, shown: Option<&str>) {
    let expected = shown.map(|text| {
        let window = Window::parse(text).unwrap();
        (axis.x(window.start), axis.x(window.end))
    });
    match (part, expected) {
        (Some(part), Some(expected)) => {
            assert!((part.0 - expected.0).abs() < 0.01 && (part.1 - expected.1).abs() < 0.01);
        }
        (None, None) => {}
        other => panic!("{other:?}"),
    }
}

#[test]
fn solid_is_what_is_certain() {
    let october = axis("2017-10", 31.0 * 20.0);
    for (text, solid) in [
        ("2017-10-04", Some("2017-10-04")),
        ("2017-10", None),
        ("2017-10-11/2017-10-12", Some("2017-10-11/2017-10-12")),
        ("2017-10-04/2017-10", Some("2017-10-04")),
        ("2017-10/2017-10-20", Some("2017-10-20")),
        ("2017-10-04/..", Some("2017-10-04")),
        ("[2017-10-04..2017-10-09]", None),
        ("[2017-10-04]", Some("2017-10-04")),
    ] {
        check(only_bar(text, &october).certain, &october, solid);
    }
    let years = axis("2012/2017", 600.0);
    check(only_bar("2013/2015", &years).certain, &years, Some("2014"));
    let open = only_bar("../2014", &years);
    assert!(open.open_left && !open.open_right && open.x0 < years.x0());
}

#[test]
fn members_of_a_set_are_pieces() {
    let october = axis("2022-10", 31.0 * 20.0);
    let fight = only_bar("{2022-10-31,2022-10-28..2022-10-29}", &october);
    assert_eq!(fight.pieces.len(), 2);
    check(
        fight.pieces[0].certain,
        &october,
        Some("2022-10-28/2022-10-29"),
    );
    check(fight.pieces[1].certain, &october, Some("2022-10-31"));
    check(
        Some((fight.x0, fight.x1)),
        &october,
        Some("2022-10-28/2022-10-31"),
    );
    let either = only_bar("[2022-10-04,2022-10-09]", &october);
    assert!(either.pieces.iter().all(|piece| piece.certain.is_none()));
}

#[test]
fn lanes_are_shared_out_fairly() {
    assert_eq!(share_out(&[5, 1, 3], 20), [5, 1, 3]);
    assert_eq!(share_out(&[5, 1, 3], 6), [3, 1, 2]);
    assert_eq!(share_out(&[2, 2, 2], 2), [1, 0, 0]);
    assert_eq!(share_out(&[2], 0), [0]);
    assert_eq!(share_out(&[], 3), [0; 0]);
}

fn any_extent() -> impl Strategy<Value = Extent> {
    let day = || 0..400_i64;
    let days = |from: i64, to: i64| (from * DAY_MS, to * DAY_MS - 1);
    prop_oneof![
        4 => day().prop_map(move |d| Extent::within(days(d, d + 1).0, days(d, d + 1).1)),
        2 => (day(), 1..60_i64).prop_map(move |(d, n)| Extent::within(days(d, d + n).0, days(d, d + n).1)),
        2 => (day(), 1..60_i64).prop_map(move |(d, n)| Extent::spanning(days(d, d + 1), days(d + n, d + n + 1))),
        1 => day().prop_map(move |d| Extent::spanning(days(d, d + 1), (OPEN_PAST, OPEN_FUTURE))),
        1 => day().prop_map(move |d| Extent::within(OPEN_PAST, days(d, d + 1).1)),
    ]
}

proptest! {
    #[test]
    fn every_event_is_a_bar_or_counted_once(
        events in proptest::collection::vec(
            (proptest::collection::vec(any_extent(), 1..3), 0_u16..6), 0..150),
        max_lanes in 0_usize..12, from in 0_i64..350, days in 1_i64..200,
    ) {
        let axis = TimeAxis::new(
            Window::new(from * DAY_MS, (from + days) * DAY_MS), 30.0, 640.0);
        let items: Vec<LaneItem> = (0..).zip(&events).map(|(row, (members, group))| LaneItem {
            row,
            group: *group,
            members,
            kind: if members.len() == 1 { SetKind::Single } else { SetKind::AllOf },
        }).collect();
        let lanes = pack(items.iter().copied(), &axis, max_lanes);
        prop_assert!(lanes.lanes <= max_lanes);

        // Every event in sight is a bar or counted, once and in its group.
        for group in 0..6 {
            let seen = items.iter().filter(|item| {
                item.group == group && reach(item, &axis).is_some()
            }).count();
            let bars = lanes.bars.iter().filter(|bar| bar.group == group).count();
            let folded: u32 = lanes.folded.iter()
                .filter(|folded| folded.group == group).map(|folded| folded.count).sum();
            prop_assert_eq!(seen, bars + folded as usize);
        }
        let mut rows: Vec<u32> = lanes.bars.iter().map(|bar| bar.row).collect();
        rows.sort_unstable();
        rows.dedup();
        prop_assert_eq!(rows.len(), lanes.bars.len());

        // No two bars of a lane overlap, nor a bar and a lane of counts.
        for lane in 0..lanes.lanes {
            let mut bars: Vec<&Bar> = lanes.bars.iter().filter(|bar| bar.lane == lane).collect();
            bars.sort_by(|a, b| a.x0.total_cmp(&b.x0));
            for pair in bars.windows(2) {
                prop_assert!(pair[0].x1 + BAR_GAP_PX <= pair[1].x0);
                prop_assert_eq!(pair[0].group, pair[1].group);
            }
            prop_assert!(bars.is_empty() || lanes.folded.iter().all(|f| f.lane != lane));
        }
        for bar in &lanes.bars {
            prop_assert!(bar.lane < lanes.lanes && bar.x1 - bar.x0 >= MIN_BAR_PX - 1e-9);
            let parts = bar.pieces.iter().map(|piece| (piece.x0, piece.x1))
                .chain(bar.certain).chain(bar.pieces.iter().filter_map(|piece| piece.certain));
            for (x0, x1) in parts {
                prop_assert!(bar.x0 - 1e-9 <= x0 && x0 < x1 && x1 <= bar.x1 + 1e-9);
            }
        }
        for folded in &lanes.folded {
            prop_assert!(folded.lane < max_lanes.max(1));
        }
    }
}
