//! The window: typed, dragged, moved by keys.

use chronotope::model::time::{DAY_MS, Inclusion, Lang, Unit, Window};
use chronotope::session::Command;
use egui::{Key, Modifiers, Vec2, accesskit, pos2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

#[allow(clippy::wildcard_imports, reason = "one small module for all")]
use crate::harness::*;

#[test]
fn typing_a_month_leaves_the_ambush_certainly_inside() {
    let mut harness = open(1280.0, 240.0, Lang::En);
    type_into(&mut harness, FROM, "2017-10");
    assert_eq!(shown(&harness), window("2017-10/2024"));
    type_into(&mut harness, TO, "");
    assert_eq!(shown(&harness), window("2017-10"));
    let tongo = row(&harness, "tongo-tongo-ambush");
    let bench = &harness.state().bench;
    assert!(bench.current().selected.certain.contains(tongo));
    let table = bench.dataset().table();
    assert_eq!(
        table.inclusion(tongo, shown(&harness)),
        Inclusion::Certainly
    );
    // The fields say what the window is.
    assert_eq!(harness.get_by_label(TO).value().as_deref(), Some("2017-10"));
}

#[test]
fn an_interval_in_one_field_sets_both_ends() {
    let mut harness = open(1280.0, 240.0, Lang::En);
    type_into(&mut harness, FROM, "2014/2016");
    assert_eq!(shown(&harness), window("2014/2016"));
    assert_eq!(harness.get_by_label(FROM).value().as_deref(), Some("2014"));
    assert_eq!(harness.get_by_label(TO).value().as_deref(), Some("2016"));
    type_into(&mut harness, TO, "..");
    assert_eq!(shown(&harness), window("2014/.."));
}

#[test]
fn what_cannot_be_read_changes_nothing_and_says_why() {
    let mut harness = open(1280.0, 240.0, Lang::En);
    let before = shown(&harness);
    assert!(harness.query_by_label_contains("cannot read").is_none());
    type_into(&mut harness, FROM, "04/10/2017");
    assert_eq!(shown(&harness), before);
    assert!(harness.query_by_label_contains("cannot read").is_some());
    assert!(
        harness.query_by_label_contains("2017-10-04").is_some(),
        "no remedy"
    );
    // It is corrected in place.
    type_into(&mut harness, FROM, "2017-10-04");
    assert_eq!(shown(&harness), window("2017-10-04/2024"));
    assert!(harness.query_by_label_contains("cannot read").is_none());
}

#[test]
fn escape_takes_back_what_was_typed() {
    let mut harness = open(1280.0, 240.0, Lang::En);
    harness.get_by_label(FROM).click();
    harness.run_steps(2);
    harness.get_by_label(FROM).type_text("nonsense");
    harness.run_steps(1);
    harness.key_press(Key::Escape);
    harness.run_steps(2);
    assert_eq!(harness.get_by_label(FROM).value().as_deref(), Some("2012"));
    assert_eq!(shown(&harness), window("2012/2024"));
}

#[test]
fn a_handle_is_dragged_to_the_calendar_in_one_step_of_undo() {
    let mut harness = open(1280.0, 240.0, Lang::En);
    let from = rect(&harness, START).center();
    drag(
        &mut harness,
        from,
        from + Vec2::new(200.0, 0.0),
        Modifiers::NONE,
    );
    let dragged = shown(&harness);
    assert_eq!(dragged.end, window("2024").end);
    assert!(dragged.start > window("2013").end);
    assert_eq!(Unit::Month.floor(dragged.start), dragged.start);
    // A second drag is a step of its own.
    let from = rect(&harness, END).center();
    drag(
        &mut harness,
        from,
        from - Vec2::new(150.0, 0.0),
        Modifiers::NONE,
    );
    assert_ne!(shown(&harness), dragged);
    apply(&mut harness, Command::Undo);
    assert_eq!(shown(&harness), dragged);
    apply(&mut harness, Command::Undo);
    assert_eq!(shown(&harness), window("2012/2024"));
}

#[test]
fn alt_drags_without_snapping() {
    let mut harness = open(1280.0, 240.0, Lang::En);
    let from = rect(&harness, START).center();
    drag(
        &mut harness,
        from,
        from + Vec2::new(201.0, 0.0),
        Modifiers::ALT,
    );
    let start = shown(&harness).start;
    assert_ne!(Unit::Month.floor(start), start);
    assert_eq!(Unit::Second.floor(start), start);
}

#[test]
fn handles_of_a_window_too_narrow_to_see_can_be_dragged() {
    let mut harness = open(1280.0, 240.0, Lang::En);
    let hour = window("2017-10-04T10:00:00Z/2017-10-04T10:59:59Z");
    for (label, way) in [(START, -1.0), (END, 1.0)] {
        apply(&mut harness, Command::SetWindow(hour));
        let handle = rect(&harness, label);
        assert!(handle.width() >= 8.0, "{label} is {handle:?}");
        let from = handle.center();
        drag(
            &mut harness,
            from,
            from + Vec2::new(80.0 * way, 0.0),
            Modifiers::NONE,
        );
        let dragged = shown(&harness);
        assert!(
            dragged.covers(hour) && dragged.duration_ms() > 100 * DAY_MS,
            "{label}"
        );
    }
}

#[test]
fn open_ends_are_dragged_in_from_the_edge() {
    let mut harness = open(1280.0, 240.0, Lang::En);
    apply(&mut harness, Command::WindowAll);
    let from = rect(&harness, END).center();
    drag(
        &mut harness,
        from,
        from - Vec2::new(300.0, 0.0),
        Modifiers::NONE,
    );
    assert!(shown(&harness).is_open_start());
    assert!(!shown(&harness).is_open_end());
}

#[test]
fn the_body_moves_and_shift_draws_a_new_window() {
    let mut harness = open(1280.0, 240.0, Lang::En);
    apply(&mut harness, Command::SetWindow(window("2015/2017")));
    let y = rect(&harness, START).center().y;
    let middle = pos2(rect(&harness, START).center().x + 60.0, y);
    drag(
        &mut harness,
        middle,
        middle + Vec2::new(100.0, 0.0),
        Modifiers::NONE,
    );
    let moved = shown(&harness);
    assert!(moved.start > window("2015").start);
    let months = |w: Window| (0..99).find(|n| Unit::Month.add(w.start, *n) == w.end);
    assert_eq!(months(moved), Some(36), "three years stay three years");
    let from = pos2(rect(&harness, START).center().x + 60.0, y);
    drag(
        &mut harness,
        from,
        from + Vec2::new(30.0, 0.0),
        Modifiers::SHIFT,
    );
    assert!(moved.covers(shown(&harness)) && shown(&harness).duration_ms() < 200 * DAY_MS);
}

#[test]
fn handles_answer_to_keys_and_screen_readers() {
    let mut harness = open(1280.0, 240.0, Lang::En);
    let node = harness.get_by_label(START);
    assert_eq!(node.accesskit_node().role(), accesskit::Role::Slider);
    node.focus();
    harness.run_steps(2);
    harness.key_press(Key::ArrowRight);
    harness.run_steps(2);
    assert_eq!(shown(&harness), window("2012-02/2024-12"));
    // The focus has not gone to the other handle.
    harness.key_press(Key::ArrowRight);
    harness.run_steps(2);
    harness.key_press(Key::ArrowLeft);
    harness.run_steps(2);
    assert!(harness.get_by_label(START).is_focused());
    assert_eq!(shown(&harness), window("2012-02/2024-12"));
    harness.get_by_label(END).decrement_accesskit();
    harness.run_steps(2);
    assert_eq!(shown(&harness), window("2012-02/2024-11"));
    let value = harness.get_by_label(END).value();
    assert_eq!(value.as_deref(), Some("30 November 2024"));
}
