//! Axis, histogram and lanes.

use chronotope::model::EventRow;
use chronotope::model::time::{DAY_MS, Lang, Window};
use chronotope::session::{Command, Pick};
use chronotope::view::axis::TimeAxis;
use egui::{Event, Key, Modifiers, MouseWheelUnit, Vec2, pos2};
use egui_kittest::kittest::Queryable as _;

#[allow(clippy::wildcard_imports, reason = "one small module for all")]
use crate::harness::*;

#[test]
fn the_axis_follows_the_playhead() {
    let mut harness = open(1280.0, 240.0, Lang::En);
    apply(&mut harness, Command::SetAxis(Some(window("2017"))));
    apply(&mut harness, Command::SetWindow(window("2017-10/2017-12")));
    click(&mut harness, "Step forward");
    let axis = harness.state().bench.session().timeline.axis.unwrap();
    assert!(
        axis.contains(shown(&harness).end),
        "the playhead is out of sight"
    );
    assert!(axis.duration_ms().abs_diff(window("2017").duration_ms()) <= 2);
}

#[test]
fn keys_step_while_the_timeline_has_the_focus() {
    let mut harness = open(1280.0, 240.0, Lang::En);
    apply(&mut harness, Command::SetWindow(window("2017-01/2017-03")));
    harness.get_by_label("Timeline").focus();
    harness.run_steps(2);
    harness.key_press(Key::ArrowRight);
    harness.run_steps(2);
    assert_eq!(shown(&harness), window("2017-02/2017-04"));
    harness.key_press(Key::ArrowLeft);
    harness.run_steps(2);
    assert_eq!(shown(&harness), window("2017-01/2017-03"));
    harness.state_mut().sent.clear();
    harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowRight);
    harness.key_press(Key::End);
    harness.key_press(Key::Space);
    harness.step();
    let sent = &harness.state().sent;
    for command in [
        Command::StepEvent(1),
        Command::StepEnd(true),
        Command::TogglePlay,
    ] {
        assert!(sent.contains(&command), "{command:?} not in {sent:?}");
    }
    assert!(
        !sent.contains(&Command::Step(1)),
        "Shift and arrow is no step"
    );
    assert!(harness.state().bench.session().playback.playing);
}

#[test]
fn the_wheel_zooms_about_the_pointer_and_a_double_click_shows_all() {
    let mut harness = open(1280.0, 240.0, Lang::En);
    let canvas = rect(&harness, "Timeline");
    let at = pos2(canvas.center().x, canvas.top() + 8.0);
    harness.hover_at(at);
    harness.run_steps(1);
    harness.event(Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: Vec2::new(0.0, 400.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers: Modifiers::NONE,
    });
    harness.run_steps(10);
    let axis = harness.state().bench.session().timeline.axis.unwrap();
    assert!(axis.duration_ms() < 5 * 366 * DAY_MS, "{axis:?}");
    assert_eq!(shown(&harness), window("2012/2024"), "the window stays");
    click_at(&mut harness, at, 2, Modifiers::NONE);
    assert_eq!(shown(&harness), Window::ALL);
    assert_eq!(harness.state().bench.session().timeline.axis, None);
}

#[test]
fn dragging_the_axis_pans_it() {
    let mut harness = open(1280.0, 240.0, Lang::En);
    apply(&mut harness, Command::SetAxis(Some(window("2016/2018"))));
    let canvas = rect(&harness, "Timeline");
    let at = pos2(canvas.center().x, canvas.top() + 8.0);
    drag(
        &mut harness,
        at,
        at - Vec2::new(200.0, 0.0),
        Modifiers::NONE,
    );
    let axis = harness.state().bench.session().timeline.axis.unwrap();
    assert!(axis.start > window("2016").start + 30 * DAY_MS);
    assert_eq!(shown(&harness), window("2012/2024"));
}

#[test]
fn a_bar_is_hovered_and_selected() {
    let mut harness = open(1280.0, 300.0, Lang::En);
    apply(&mut harness, Command::SetAxis(Some(window("2017-10"))));
    let tongo = row(&harness, "tongo-tongo-ambush");
    // The first lane holds the attacks; the axis shows 31 days.
    let canvas = rect(&harness, "Timeline");
    let lanes = rect(&harness, START).bottom() + 4.0 + 8.0;
    let (left, right) = axis_px(&harness);
    let x = left + (right - left) * 3.5 / 31.0;
    let at = pos2(x, lanes);
    harness.hover_at(at);
    harness.run_steps(2);
    assert_eq!(harness.state().bench.session().hover, Some(tongo));
    let title = harness
        .state()
        .bench
        .dataset()
        .event(tongo)
        .titles
        .get("en")
        .to_owned();
    assert!(harness.query_by_label(&title).is_some(), "no card");
    click_at(&mut harness, at, 1, Modifiers::NONE);
    assert_eq!(harness.state().bench.session().primary, Some(tongo));
    apply(&mut harness, Command::Select(vec![EventRow(0)], Pick::Add));
    click_at(&mut harness, at, 1, Modifiers::COMMAND);
    let selection = &harness.state().bench.session().selection;
    assert!(!selection.contains(tongo) && selection.contains(EventRow(0)));
    // Off the bar, nothing is hovered any more.
    harness.hover_at(pos2(x + 200.0, canvas.top() + 8.0));
    harness.run_steps(2);
    assert_eq!(harness.state().bench.session().hover, None);
}

#[test]
fn a_double_click_on_a_bar_of_the_histogram_sets_the_window_to_it() {
    let mut harness = open(1280.0, 300.0, Lang::En);
    apply(&mut harness, Command::SetAxis(Some(window("2017"))));
    let y = rect(&harness, START).center().y;
    let (left, right) = axis_px(&harness);
    // 4 October is the 277th day.
    let x = left + (right - left) * 276.5 / 365.0;
    click_at(&mut harness, pos2(x, y), 2, Modifiers::NONE);
    assert_eq!(shown(&harness), window("2017-10-02/2017-10-08"), "a week");
}

#[test]
fn the_bar_of_a_picked_event_is_brought_into_sight() {
    let mut harness = open(1280.0, 260.0, Lang::En);
    // Of the last group but a few: out of sight while the first are shown.
    let picked = row(&harness, "sahel-province-show-of-force");
    let (left, right) = axis_px(&harness);
    let bench = &harness.state().bench;
    let span = bench.dataset().time_span().unwrap();
    let axis = TimeAxis::fit(span, f64::from(right - left), 24.0);
    let start = bench.dataset().table().extent(picked).start_earliest;
    #[allow(clippy::cast_possible_truncation, reason = "a position on screen")]
    let x = left + axis.x(start) as f32 + 1.0;
    let canvas = rect(&harness, "Timeline");
    let lanes = rect(&harness, START).bottom() + 4.0;
    let seen = |harness: &mut egui_kittest::Harness<'_, App>| {
        let mut y = lanes + 8.0;
        while y < canvas.bottom() {
            harness.hover_at(pos2(x, y));
            harness.run_steps(2);
            if harness.state().bench.session().hover == Some(picked) {
                return true;
            }
            y += 16.0;
        }
        false
    };
    assert!(!seen(&mut harness), "it is in sight anyway");
    apply(&mut harness, Command::Select(vec![picked], Pick::Replace));
    assert!(seen(&mut harness));
}
