//! Tests of the window's handles.

use proptest::prelude::*;

use super::*;
use crate::model::time::DAY_MS;

fn window(text: &str) -> Window {
    Window::parse(text).unwrap()
}

/// Twelve years and a margin, 1,000 px wide from 100.
fn axis() -> TimeAxis {
    TimeAxis::new(window("2012/2024"), 100.0, 1_000.0)
}

#[test]
fn dragging_an_end_snaps_to_the_calendar_and_stops_at_the_other() {
    let axis = axis();
    let grab = Grab::new(
        &axis,
        window("2016/2018"),
        Part::Start,
        axis.x(window("2016").start),
    );
    let near_may = axis.x(window("2016-05").start) + 1.0;
    assert_eq!(
        grab.drag(&axis, near_may, Some(Unit::Month)),
        window("2016-05/2018-12")
    );
    assert_eq!(
        grab.drag(&axis, 2_000.0, Some(Unit::Month)),
        window("2018-12")
    );
    let grab = Grab::new(
        &axis,
        window("2016/2018"),
        Part::End,
        axis.x(window("2018").end),
    );
    assert_eq!(
        grab.drag(&axis, -900.0, Some(Unit::Month)),
        window("2016-01")
    );
}

#[test]
fn an_open_end_is_dragged_in_from_the_edge() {
    let axis = axis();
    let zones = Zones::new(&axis, Window::ALL).unwrap();
    assert_eq!(zones.hit(100.0), Some(Part::Start));
    assert_eq!(zones.hit(1_100.0), Some(Part::End));
    assert_eq!(zones.hit(600.0), None, "all of time has no body to move");
    let grab = Grab::new(&axis, Window::ALL, Part::End, 1_102.0);
    let dragged = grab.drag(&axis, axis.x(window("2017").end) + 2.0, Some(Unit::Year));
    assert_eq!(dragged, window("../2017"));
}

#[test]
fn a_moved_month_is_a_month() {
    let axis = axis();
    let grab = Grab::new(&axis, window("2017-01"), Part::Body, 500.0);
    let month = axis.x(window("2017-01").end) - axis.x(window("2017-01").start);
    assert_eq!(
        grab.drag(&axis, 500.0 + month, Some(Unit::Month)),
        window("2017-02")
    );
    let thirtieth = Grab::new(&axis, window("2017-01-30/2017-01-30"), Part::Body, 500.0);
    let moved = thirtieth.drag(&axis, 500.0 + month, Some(Unit::Month));
    assert_eq!(moved.duration_ms(), DAY_MS);
}

#[test]
fn steps_too_wide_for_the_axis_give_way_to_smaller_ones() {
    let year = TimeAxis::new(window("2017"), 0.0, 1_000.0);
    assert_eq!(snap_unit(&year, Unit::Month), Unit::Month);
    assert_eq!(snap_unit(&year, Unit::Year), Unit::Month);
    assert_eq!(snap_unit(&year, Unit::Quarter), Unit::Month);
    let day = TimeAxis::new(window("2017-10-04"), 0.0, 1_000.0);
    assert_eq!(snap_unit(&day, Unit::Month), Unit::Hour);
}

#[test]
fn keys_move_an_end_by_a_cell() {
    let axis = axis();
    let w = window("2016-03-10/2018");
    assert_eq!(
        nudged(&axis, w, Part::Start, true, Unit::Month),
        window("2016-04/2018-12")
    );
    assert_eq!(
        nudged(&axis, w, Part::Start, false, Unit::Month),
        window("2016-03/2018-12")
    );
    assert_eq!(
        nudged(&axis, window("2017-10"), Part::Start, true, Unit::Month),
        window("2017-10"),
        "the start stays before the end"
    );
    assert_eq!(
        nudged(&axis, window("2017/.."), Part::End, false, Unit::Year),
        window("2017/2023"),
        "an open end starts from the edge of the axis"
    );
}

#[test]
fn the_playhead_is_brought_back_into_sight() {
    let axis = axis();
    assert_eq!(reveal(&axis, window("2014")), None);
    assert_eq!(reveal(&axis, window("2014/..")), None);
    for (text, share) in [("2030-05", 0.25), ("1980/2030", 0.75), ("1950", 0.75)] {
        let moved = reveal(&axis, window(text)).unwrap();
        let x = moved.x(window(text).end);
        assert!((x - 100.0 - share * 1_000.0).abs() < 0.01, "{text} {x}");
        assert!((moved.ms_per_px() - axis.ms_per_px()).abs() < f64::EPSILON);
        assert_eq!(reveal(&moved, window(text)), None);
    }
}

proptest! {
    #[test]
    fn handles_can_always_be_grabbed(
        start in 0.0..1.0_f64, length in prop_oneof![Just(0.0), 0.0..0.01, 0.0..1.0_f64],
        by in 0.01..7.9_f64,
    ) {
        let axis = axis();
        let (a, b) = (axis.millis(100.0 + start * 1_000.0), axis.millis(100.0 + (start + length) * 1_000.0));
        let w = Window::new(a, b);
        let zones = Zones::new(&axis, w).unwrap();
        let (left, right) = edges(&axis, w).unwrap();
        prop_assert_eq!(zones.hit(left - by), Some(Part::Start));
        prop_assert_eq!(zones.hit(right + by), Some(Part::End));
        if right - left >= 16.0 {
            prop_assert_eq!(zones.hit(f64::midpoint(left, right)), Some(Part::Body));
        }
        prop_assert!(zones.start.1 <= zones.end.0);
    }

    #[test]
    fn snapped_ends_lie_at_cells_and_no_drag_empties_the_window(
        x in -200.0..1_400.0_f64, at in 100.0..1_100.0_f64,
        unit in prop::sample::select(vec![Unit::Day, Unit::Week, Unit::Month, Unit::Year]),
        free in any::<bool>(),
    ) {
        let axis = axis();
        let w = window("2015-02-11/2017-08-03");
        for part in [Part::Start, Part::End, Part::Body] {
            let dragged = Grab::new(&axis, w, part, at).drag(&axis, x, (!free).then_some(unit));
            prop_assert!(dragged.start < dragged.end);
            if free {
                prop_assert_eq!(dragged, to_seconds(dragged));
                continue;
            }
            match part {
                Part::Start => {
                    prop_assert_eq!(unit.floor(dragged.start), dragged.start);
                    prop_assert_eq!(dragged.end, w.end);
                }
                Part::End => {
                    prop_assert_eq!(unit.floor(dragged.end), dragged.end);
                    prop_assert_eq!(dragged.start, w.start);
                }
                Part::Body => {}
            }
        }
        let new = stretch(&axis, at, x, Some(unit));
        prop_assert_eq!(unit.floor(new.start), new.start);
        prop_assert_eq!(unit.floor(new.end), new.end);
        prop_assert!(new.start <= axis.millis(x.min(at)) && new.end >= axis.millis(x.max(at)));
    }

    #[test]
    fn a_drag_back_to_where_it_began_changes_nothing(
        at in 100.0..1_100.0_f64,
        unit in prop::sample::select(vec![Unit::Day, Unit::Month, Unit::Year]),
    ) {
        let axis = axis();
        let w = window("2015-02/2017-08");
        let grab = Grab::new(&axis, w, Part::Body, at);
        prop_assert_eq!(grab.drag(&axis, at, Some(unit)), w);
        prop_assert_eq!(grab.drag(&axis, at, None), w);
    }
}
