//! The timeline panel, by accessible name.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use chronotope::model::EventRow;
use chronotope::model::time::{DAY_MS, Inclusion, Lang, Unit, Window};
use chronotope::session::{Command, GroupBy, Mode, Pick, Prefs, Workbench};
use chronotope::ui::timeline::TimelinePanel;
use chronotope::ui::{Ctx, Outbox, Theme, Tr, install_fonts};
use egui::{
    Event, Key, Modifiers, MouseWheelUnit, PointerButton, Pos2, Rect, Vec2, accesskit, pos2,
};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

const START: &str = "Window start";
const END: &str = "Window end";
const FROM: &str = "Window from (EDTF)";
const TO: &str = "Window to (EDTF)";

struct App {
    bench: Workbench,
    panel: TimelinePanel,
    /// Every command sent so far.
    sent: Vec<Command>,
}

fn window(text: &str) -> Window {
    Window::parse(text).unwrap()
}

fn open(width: f32, height: f32, lang: Lang) -> Harness<'static, App> {
    let (dataset, report) = chronotope::formats::bundled().unwrap();
    let prefs = Prefs {
        lang,
        ..Prefs::default()
    };
    let app = App {
        bench: Workbench::new(Arc::new(dataset), report, prefs),
        panel: TimelinePanel::new(),
        sent: Vec::new(),
    };
    let mut harness = Harness::builder()
        .with_size(Vec2::new(width, height))
        .with_step_dt(0.1)
        .with_context_setup(|ctx| {
            install_fonts(ctx);
            Theme::new(true).apply(ctx, 1.0);
        })
        .build_ui_state(frame, app);
    harness.run_steps(2);
    harness
}

fn frame(ui: &mut egui::Ui, app: &mut App) {
    let theme = Theme::new(true);
    let out = Outbox::default();
    let cx = Ctx {
        bench: &app.bench,
        tr: Tr::new(app.bench.session().prefs.lang),
        theme: &theme,
        out: &out,
    };
    app.panel.show(ui, &cx);
    for command in out.take() {
        app.sent.push(command.clone());
        app.bench.apply(command);
    }
}

fn apply(harness: &mut Harness<'_, App>, command: Command) {
    harness.state_mut().bench.apply(command);
    harness.run_steps(2);
}

fn shown(harness: &Harness<'_, App>) -> Window {
    harness.state().bench.session().scope.window
}

fn click(harness: &mut Harness<'_, App>, label: &str) {
    harness.get_by_label(label).click();
    harness.run_steps(2);
}

/// Replaces the text of a field and leaves it with Enter.
fn type_into(harness: &mut Harness<'_, App>, label: &str, text: &str) {
    harness.get_by_label(label).click();
    harness.run_steps(2);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.key_press(Key::Backspace);
    harness.run_steps(1);
    if !text.is_empty() {
        harness.get_by_label(label).type_text(text);
        harness.run_steps(1);
    }
    harness.key_press(Key::Enter);
    harness.run_steps(3);
}

fn drag(harness: &mut Harness<'_, App>, from: Pos2, to: Pos2, modifiers: Modifiers) {
    harness.event(Event::ModifiersChanged(modifiers));
    let button = |pos, pressed| Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers,
    };
    harness.hover_at(from);
    harness.run_steps(1);
    harness.event(button(from, true));
    harness.run_steps(1);
    for part in [0.3, 0.6, 1.0] {
        harness.hover_at(from + (to - from) * part);
        harness.run_steps(1);
    }
    harness.event(button(to, false));
    harness.event(Event::ModifiersChanged(Modifiers::NONE));
    harness.run_steps(2);
}

fn rect(harness: &Harness<'_, App>, label: &str) -> Rect {
    harness.get_by_label(label).rect()
}

fn row(harness: &Harness<'_, App>, id: &str) -> EventRow {
    harness.state().bench.dataset().event_by_id(id).unwrap()
}

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
fn buttons_step_by_unit_and_by_event() {
    let mut harness = open(1280.0, 240.0, Lang::En);
    apply(&mut harness, Command::SetWindow(window("2017-01/2017-03")));
    click(&mut harness, "Step forward");
    assert_eq!(shown(&harness), window("2017-02/2017-04"));
    click(&mut harness, "Step back");
    assert_eq!(shown(&harness), window("2017-01/2017-03"));
    click(&mut harness, "Next event");
    let tongo = row(&harness, "tongo-tongo-ambush");
    assert!(harness.state().bench.session().primary.is_some());
    click(&mut harness, "First event");
    let first = harness.state().bench.current().filtered.nth(0);
    assert_eq!(harness.state().bench.session().primary, first);
    click(&mut harness, "Last event");
    assert_ne!(harness.state().bench.session().primary, Some(tongo));
    click(&mut harness, "Show all of time");
    assert_eq!(shown(&harness), Window::ALL);
}

#[test]
fn playback_moves_the_window_and_stops() {
    let mut harness = open(1280.0, 240.0, Lang::En);
    apply(&mut harness, Command::SetWindow(window("2013-01/2013-06")));
    apply(&mut harness, Command::SetSpeed(10.0));
    click(&mut harness, "Play");
    let from = shown(&harness);
    for _ in 0..10 {
        harness.step();
    }
    let moved = shown(&harness);
    // A tenth of a second a frame, ten steps a second: a month a frame.
    let steps = (0..20).find(|n| Unit::Month.add(from.start, *n) == moved.start);
    assert!(steps.is_some_and(|n| (9..=11).contains(&n)), "{steps:?}");
    harness.get_by_label("Pause").click();
    harness.step();
    harness.step();
    let paused = shown(&harness);
    harness.run_steps(5);
    assert_eq!(shown(&harness), paused);
    assert!(harness.query_by_label("Play").is_some());
}

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
    // Two clicks in quick succession.
    for pressed in [true, false, true, false] {
        harness.event(Event::PointerButton {
            pos: at,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        });
    }
    harness.run_steps(2);
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
    let left = canvas.left() + (canvas.width() * 0.11).clamp(80.0, 160.0).round();
    let x = left + (canvas.right() - 12.0 - left) * 3.5 / 31.0;
    let at = pos2(x, lanes);
    harness.hover_at(at);
    harness.run_steps(2);
    assert_eq!(harness.state().bench.session().hover, Some(tongo));
    assert!(
        harness.query_by_label("Ambush at Tongo Tongo").is_some(),
        "no card"
    );
    let press = |harness: &mut Harness<'_, App>, modifiers| {
        for pressed in [true, false] {
            harness.event(Event::ModifiersChanged(modifiers));
            harness.event(Event::PointerButton {
                pos: at,
                button: PointerButton::Primary,
                pressed,
                modifiers,
            });
        }
        harness.run_steps(2);
    };
    press(&mut harness, Modifiers::NONE);
    assert_eq!(harness.state().bench.session().primary, Some(tongo));
    apply(&mut harness, Command::Select(vec![EventRow(0)], Pick::Add));
    press(&mut harness, Modifiers::COMMAND);
    let selection = &harness.state().bench.session().selection;
    assert!(!selection.contains(&tongo) && selection.contains(&EventRow(0)));
    // Off the bar, nothing is hovered any more.
    harness.hover_at(pos2(x + 200.0, canvas.top() + 8.0));
    harness.run_steps(2);
    assert_eq!(harness.state().bench.session().hover, None);
}

#[test]
fn a_double_click_on_a_bar_of_the_histogram_sets_the_window_to_it() {
    let mut harness = open(1280.0, 300.0, Lang::En);
    apply(&mut harness, Command::SetAxis(Some(window("2017"))));
    let canvas = rect(&harness, "Timeline");
    let y = rect(&harness, START).center().y;
    let left = canvas.left() + (canvas.width() * 0.11).clamp(80.0, 160.0).round();
    // 4 October is the 277th day.
    let x = left + (canvas.right() - 12.0 - left) * 276.5 / 365.0;
    for pressed in [true, false, true, false] {
        harness.event(Event::PointerButton {
            pos: pos2(x, y),
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        });
    }
    harness.run_steps(2);
    assert_eq!(shown(&harness), window("2017-10-02/2017-10-08"), "a week");
}

#[test]
fn choices_are_sent() {
    let mut harness = open(1280.0, 240.0, Lang::En);
    click(&mut harness, "How the window moves");
    click(&mut harness, "Cumulative");
    assert_eq!(
        harness.state().bench.session().playback.mode,
        Mode::Cumulative
    );
    click(&mut harness, "Length of a step");
    click(&mut harness, "1 week");
    assert_eq!(harness.state().bench.session().playback.unit, Unit::Week);
    click(&mut harness, "Group the lanes by");
    click(&mut harness, "By source");
    let by = harness.state().bench.session().timeline.group_by;
    assert_eq!(by, GroupBy::Source);
    click(&mut harness, "Start over at the end");
    assert!(harness.state().bench.session().playback.looping);
    click(&mut harness, "Fit the axis to the window");
    assert!(harness.state().bench.session().timeline.axis.is_some());
    click(&mut harness, "Fit the axis to all events");
    assert!(harness.state().bench.session().timeline.axis.is_none());
}

/// Labels and rectangles of everything that can be operated.
fn controls(harness: &Harness<'_, App>) -> Vec<(String, Rect)> {
    use accesskit::Role::{Button, ComboBox, Slider, SpinButton, TextInput};
    let roles = [Button, ComboBox, Slider, SpinButton, TextInput];
    harness
        .root()
        .children_recursive()
        .filter(|node| roles.contains(&node.accesskit_node().role()))
        .map(|node| {
            (
                node.accesskit_node().label().unwrap_or_default(),
                node.rect(),
            )
        })
        .collect()
}

#[test]
fn every_control_is_there_and_clear_of_the_others() {
    for lang in [Lang::En, Lang::Fr] {
        let wide = controls(&open(1600.0, 240.0, lang)).len();
        for (width, height) in [
            (800.0, 140.0),
            (800.0, 170.0),
            (1280.0, 240.0),
            (2560.0, 260.0),
        ] {
            let harness = open(width, height, lang);
            let controls = controls(&harness);
            // The counts' switch is left out where there is no room for it.
            assert!(controls.len() + 1 >= wide, "{width}: {}", controls.len());
            let screen = Rect::from_min_size(Pos2::ZERO, Vec2::new(width, height));
            for (at, (name, rect)) in controls.iter().enumerate() {
                assert!(!name.is_empty(), "a control at {rect:?} has no name");
                assert!(
                    screen.contains_rect(*rect),
                    "{name} at {rect:?} is cut at {width}"
                );
                let handle = |name: &str| {
                    name.contains("indow")
                        || name.contains("oignée")
                        || name.contains("ead")
                        || name.contains("ête")
                };
                for (other, theirs) in &controls[at + 1..] {
                    let apart = !rect.shrink(0.5).intersects(theirs.shrink(0.5));
                    assert!(
                        apart || handle(name) && handle(other),
                        "{name} is on {other} at {width}"
                    );
                }
            }
        }
    }
}

#[test]
fn no_text_is_missing_in_either_language() {
    for lang in [Lang::En, Lang::Fr] {
        let mut harness = open(1600.0, 240.0, lang);
        let before = texts(&harness);
        assert!(before.len() > 15, "{before:?}");
        let names: Vec<String> = controls(&harness)
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        for name in names.iter().filter(|n| !n.is_empty()) {
            harness.get_by_label(name).hover();
            harness.run_steps(8);
            for text in texts(&harness) {
                assert!(!text.contains("timeline-"), "{text}");
            }
        }
    }
}

fn texts(harness: &Harness<'_, App>) -> Vec<String> {
    harness
        .root()
        .children_recursive()
        .flat_map(|node| {
            let node = node.accesskit_node();
            [node.label(), node.value()]
        })
        .flatten()
        .collect()
}
