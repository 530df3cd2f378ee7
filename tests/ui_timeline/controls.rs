//! The row of controls.

use chronotope::model::time::{Lang, Unit, Window};
use chronotope::session::{Command, GroupBy, Mode};
use egui::{Pos2, Rect, Vec2, accesskit};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

#[allow(clippy::wildcard_imports, reason = "one small module for all")]
use crate::harness::*;

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
    // The event before 2024 without a known start is not the first one.
    let first = row(&harness, "john-cantlie-capture");
    assert_eq!(harness.state().bench.session().primary, Some(first));
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
        let hours = window("2017-10-04T06:00:00Z/2017-10-04T11:59:59Z");
        for (width, height) in [
            (800.0, 140.0),
            (800.0, 170.0),
            (800.0, 240.0),
            (1280.0, 240.0),
            (2560.0, 260.0),
        ] {
            let mut harness = open(width, height, lang);
            if height > 200.0 {
                // Long texts in the fields.
                apply(&mut harness, Command::SetWindow(hours));
            }
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
