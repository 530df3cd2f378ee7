//! The map by its accessible names: picking, moving, filtering.

#![allow(clippy::unwrap_used, reason = "a test")]

use std::sync::Arc;

use chronotope::dataset::{Dataset, synthetic};
use chronotope::formats::Report;
use chronotope::model::EventRow;
use chronotope::model::time::Lang;
use chronotope::session::{ColourBy, Command, MapRequest, Pick, Prefs, Workbench};
use chronotope::ui::map::{Drawing, MapPanel};
use chronotope::ui::{Ctx, Outbox, Theme, Tr, install_fonts};
use egui::{Event, Key, Modifiers, MouseWheelUnit, PointerButton, Pos2, Rect, Role, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

const AMBUSH: &str = "Tongo Tongo ambush";

struct State {
    bench: Workbench,
    panel: MapPanel,
    out: Outbox,
    sent: Vec<Command>,
    dark: bool,
}

fn open(size: [f32; 2], lang: Lang, commands: Vec<Command>) -> Harness<'static, State> {
    let (dataset, report) = chronotope::formats::bundled().unwrap();
    open_with((dataset, report), size, lang, commands)
}

fn open_with(
    (dataset, report): (Dataset, Report),
    size: [f32; 2],
    lang: Lang,
    commands: Vec<Command>,
) -> Harness<'static, State> {
    let prefs = Prefs {
        lang,
        ..Prefs::default()
    };
    let mut bench = Workbench::new(Arc::new(dataset), report, prefs);
    for command in commands {
        bench.apply(command);
    }
    let state = State {
        bench,
        panel: MapPanel::default(),
        out: Outbox::default(),
        sent: Vec::new(),
        dark: true,
    };
    let mut ready = false;
    let mut harness = Harness::builder()
        .with_size(size)
        .with_step_dt(1.0 / 60.0)
        .build_ui_state(
            move |ui, state: &mut State| {
                let theme = Theme::new(state.dark);
                if !ready {
                    install_fonts(ui.ctx());
                    theme.apply(ui.ctx(), 1.0);
                    ready = true;
                    // Fonts are there from the next frame on.
                    return;
                }
                let tr = Tr::new(state.bench.session().prefs.lang);
                let cx = Ctx {
                    bench: &state.bench,
                    tr,
                    theme: &theme,
                    out: &state.out,
                };
                state.panel.show(ui, &cx);
                for command in state.out.take() {
                    state.sent.push(command.clone());
                    state.bench.apply(command);
                }
            },
            state,
        );
    harness.run_steps(4);
    harness
}

fn goto(lon: f64, lat: f64, zoom: f64) -> Command {
    Command::Map(MapRequest::Goto {
        center: (lon, lat),
        zoom: Some(zoom),
    })
}

/// The Sahel, with the ambush in the middle.
fn sahel() -> Harness<'static, State> {
    open([1000.0, 700.0], Lang::En, vec![goto(1.8, 14.9, 7.0)])
}

fn row(h: &Harness<'_, State>, title: &str) -> EventRow {
    let data = h.state().bench.dataset();
    data.rows().find(|r| data.title(*r, "en") == title).unwrap()
}

fn selection(h: &Harness<'_, State>) -> Vec<EventRow> {
    h.state().bench.session().selection.iter().collect()
}

fn mark(h: &Harness<'_, State>, title: &str) -> Rect {
    h.get_by_label(title).rect()
}

fn press(h: &mut Harness<'_, State>, at: Pos2, down: bool, modifiers: Modifiers) {
    h.event_modifiers(Event::PointerMoved(at), modifiers);
    h.event_modifiers(
        Event::PointerButton {
            pos: at,
            button: PointerButton::Primary,
            pressed: down,
            modifiers,
        },
        modifiers,
    );
    h.step();
}

fn click(h: &mut Harness<'_, State>, at: Pos2, modifiers: Modifiers) {
    press(h, at, true, modifiers);
    press(h, at, false, modifiers);
    // Two clicks soon after one another would be a double click.
    h.run_steps(30);
}

#[test]
fn the_map_and_its_marks_have_names() {
    let h = sahel();
    h.get_by_label("Map");
    h.get_by_label(AMBUSH);
    for name in ["Zoom in", "Zoom out", "Fit all events", "Legend"] {
        h.get_by_label(name);
    }
    let french = open([1000.0, 700.0], Lang::Fr, vec![goto(1.8, 14.9, 7.0)]);
    french.get_by_label("Carte");
    french.get_by_label("Embuscade de Tongo Tongo");
}

#[test]
fn clicks_select_add_and_clear() {
    let mut h = sahel();
    let ambush = row(&h, AMBUSH);
    let strike = row(&h, "Drone strike on Abou Walid al-Sahraoui");
    let at = mark(&h, AMBUSH).center();
    let other = mark(&h, "Drone strike on Abou Walid al-Sahraoui").center();
    click(&mut h, at, Modifiers::NONE);
    assert_eq!(selection(&h), [ambush]);
    click(&mut h, other, Modifiers::COMMAND);
    let mut both = [ambush, strike];
    both.sort_unstable();
    assert_eq!(selection(&h), both);
    click(&mut h, at, Modifiers::COMMAND);
    assert_eq!(selection(&h), [strike]);
    click(&mut h, pos2(420.0, 120.0), Modifiers::NONE);
    assert!(selection(&h).is_empty());
}

#[test]
fn a_screen_reader_can_pick_a_mark_even_out_of_a_stack() {
    let mut h = open([1000.0, 700.0], Lang::En, vec![goto(20.0, 25.0, 2.5)]);
    h.get_by_label(AMBUSH).click_accesskit();
    h.run_steps(2);
    assert_eq!(selection(&h), [row(&h, AMBUSH)]);
}

#[test]
fn hovering_tells_all_panels_and_leaving_too() {
    let mut h = sahel();
    let at = mark(&h, AMBUSH).center();
    h.hover_at(at);
    h.run_steps(2);
    assert_eq!(h.state().bench.session().hover, Some(row(&h, AMBUSH)));
    h.hover_at(pos2(420.0, 120.0));
    h.run_steps(2);
    assert_eq!(h.state().bench.session().hover, None);
    let hovers = |c: &&Command| matches!(c, Command::Hover(_));
    assert_eq!(h.state().sent.iter().filter(hovers).count(), 2);
}

#[test]
fn dragging_moves_the_map_and_a_map_at_rest_says_nothing() {
    let mut h = sahel();
    let before = h.state().bench.session().map.center;
    press(&mut h, pos2(420.0, 150.0), true, Modifiers::NONE);
    for x in [440.0, 470.0, 520.0] {
        h.event(Event::PointerMoved(pos2(x, 150.0)));
        h.step();
    }
    press(&mut h, pos2(520.0, 150.0), false, Modifiers::NONE);
    h.run_steps(3);
    let map = h.state().bench.session().map.clone();
    // 100 points at 256 · 2^7 points for 360 degrees.
    let degrees = 100.0 / (256.0 * 128.0) * 360.0;
    assert!(
        (before.0 - map.center.0 - degrees).abs() < 0.06,
        "{:?}",
        map.center
    );
    assert!((before.1 - map.center.1).abs() < 1e-6);
    let sent = h.state().sent.len();
    h.run_steps(5);
    assert_eq!(h.state().sent.len(), sent);
}

#[test]
fn the_wheel_zooms_about_the_pointer_without_ctrl() {
    let mut h = sahel();
    let at = mark(&h, AMBUSH).center();
    h.hover_at(at);
    h.step();
    h.event(Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, 100.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers: Modifiers::NONE,
    });
    h.run_steps(30);
    assert!(h.state().bench.session().map.zoom > 7.3);
    let now = mark(&h, AMBUSH).center();
    assert!((now - at).length() < 2.0, "{at:?} {now:?}");
}

#[test]
fn the_wheel_over_the_legend_leaves_the_map_alone() {
    let mut h = sahel();
    let at = h.get_by_label("Attack (5)").rect().center();
    h.hover_at(at);
    h.step();
    h.event(Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, 100.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers: Modifiers::NONE,
    });
    h.run_steps(30);
    assert!((h.state().bench.session().map.zoom - 7.0).abs() < 1e-9);
}

#[test]
fn shift_drag_selects_what_is_in_the_box_and_moves_nothing() {
    let mut h = sahel();
    let center = h.state().bench.session().map.center;
    let around = mark(&h, AMBUSH).expand(20.0);
    press(&mut h, around.min, true, Modifiers::SHIFT);
    h.event_modifiers(Event::PointerMoved(around.center()), Modifiers::SHIFT);
    h.step();
    h.event_modifiers(Event::PointerMoved(around.max), Modifiers::SHIFT);
    h.step();
    press(&mut h, around.max, false, Modifiers::SHIFT);
    h.run_steps(3);
    assert_eq!(selection(&h), [row(&h, AMBUSH)]);
    let now = h.state().bench.session().map.center;
    assert!((now.0 - center.0).abs() < 1e-9 && (now.1 - center.1).abs() < 1e-9);
}

#[test]
fn a_free_outline_selects_what_is_inside_and_not_its_box() {
    let mut h = sahel();
    let keys = Modifiers::SHIFT | Modifiers::ALT;
    let mut draw = |corners: &[Pos2]| {
        press(&mut h, corners[0], true, keys);
        for corner in &corners[1..] {
            h.event_modifiers(Event::PointerMoved(*corner), keys);
            h.step();
        }
        press(&mut h, corners[corners.len() - 1], false, keys);
        h.run_steps(3);
        selection(&h)
    };
    let ambush = row(&sahel(), AMBUSH);
    let around = mark(&sahel(), AMBUSH).expand(20.0);
    let mut corners = vec![
        around.left_top(),
        around.right_top(),
        around.right_bottom(),
        around.left_bottom(),
    ];
    assert_eq!(draw(&corners), [ambush]);
    // The mark stands in the notch: its box has it, the outline does not.
    corners.insert(1, pos2(around.center().x, around.bottom() - 4.0));
    assert!(!draw(&corners).contains(&ambush));
}

#[test]
fn keys_move_the_map_that_has_the_focus() {
    let mut h = sahel();
    let start = h.state().bench.session().map.clone();
    click(&mut h, pos2(420.0, 120.0), Modifiers::NONE);
    h.key_press(Key::ArrowRight);
    h.run_steps(2);
    let east = h.state().bench.session().map.clone();
    assert!(east.center.0 > start.center.0 + 0.5);
    h.key_press(Key::Plus);
    h.run_steps(2);
    assert!((h.state().bench.session().map.zoom - 8.0).abs() < 1e-6);
    h.key_press(Key::Home);
    h.run_steps(2);
    assert!(h.state().bench.session().map.zoom < 5.0);
}

#[test]
fn buttons_zoom_and_fit_everything() {
    let mut h = sahel();
    h.get_by_label("Zoom in").click();
    h.run_steps(3);
    assert!((h.state().bench.session().map.zoom - 8.0).abs() < 1e-6);
    h.get_by_label("Fit all events").click();
    h.run_steps(3);
    let data = Arc::clone(h.state().bench.dataset());
    for located in data.located(&data.all()).iter() {
        h.get_by_label(data.title(located, "en"));
    }
}

#[test]
fn a_request_is_carried_out_once() {
    let mut h = sahel();
    h.state_mut().bench.apply(Command::FitSelection);
    h.run_steps(2);
    let fitted = h.state().bench.session().map.center;
    h.state_mut()
        .bench
        .apply(Command::MapMoved((10.0, 10.0), 5.0));
    h.run_steps(3);
    let map = &h.state().bench.session().map;
    assert_ne!(map.center, fitted);
    assert!((map.center.0 - 10.0).abs() < 1e-9 && (map.zoom - 5.0).abs() < 1e-9);
}

#[test]
fn the_legend_filters_and_the_shelf_selects() {
    let mut h = sahel();
    h.get_by_label("Attack (5)").click();
    h.run_steps(3);
    let kinds = &h.state().bench.session().scope.filter.kinds;
    assert_eq!(kinds.len(), 1);
    assert!(
        h.query_by_label("Drone strike on Abou Walid al-Sahraoui")
            .is_none()
    );
    h.get_by_label("Attack (5)").click();
    h.run_steps(3);
    let title = "Three Sahel states announce they leave ECOWAS";
    h.get_by_label(title).click();
    h.run_steps(3);
    assert_eq!(selection(&h), [row(&h, title)]);
}

#[test]
fn marks_and_shelf_together_are_the_current_set() {
    let mut h = open([1600.0, 1000.0], Lang::En, vec![Command::FitAll]);
    let window = chronotope::model::time::Window::parse("2017/2019").unwrap();
    h.state_mut().bench.apply(Command::SetWindow(window));
    h.run_steps(3);
    let bench = &h.state().bench;
    let data = bench.dataset();
    for r in data.rows() {
        let title = data.title(r, "en");
        let shown = bench.current().shown().contains(r);
        assert_eq!(h.query_by_label(title).is_some(), shown, "{title}");
    }
}

#[test]
fn a_stack_is_spread_out_by_a_click_and_each_mark_can_be_picked() {
    let mut h = open([1000.0, 700.0], Lang::En, vec![goto(42.0, 35.5, 4.5)]);
    let names = [
        "Islamic State overruns Mosul",
        "Al-Baghdadi proclaims himself caliph in Mosul",
    ];
    let [a, b] = names.map(|n| mark(&h, n).center());
    assert!((a - b).length() < 1.0, "they are not stacked: {a:?} {b:?}");
    click(&mut h, a, Modifiers::NONE);
    assert!(selection(&h).is_empty());
    let [a, b] = names.map(|n| mark(&h, n).center());
    assert!(
        (a - b).length() > 20.0,
        "they are not spread out: {a:?} {b:?}"
    );
    click(&mut h, b, Modifiers::NONE);
    assert_eq!(selection(&h), [row(&h, names[1])]);
}

#[test]
fn a_right_click_offers_what_can_be_done_there() {
    let mut h = sahel();
    h.get_by_label(AMBUSH).click_secondary();
    h.run_steps(3);
    h.get_by_label("Copy 14.93611, 1.80455");
    h.get_by_label("Filter to this view").click();
    h.run_steps(3);
    let area = h.state().bench.session().scope.filter.area.unwrap();
    assert!(area.contains(1.8, 14.9) && !area.contains(43.0, 36.0));
}

#[test]
fn cards_stay_on_the_map_and_off_each_other() {
    let sizes = [
        [800.0, 600.0],
        [760.0, 430.0],
        [480.0, 320.0],
        [300.0, 260.0],
        [2560.0, 1440.0],
    ];
    for size in sizes {
        for lang in [Lang::En, Lang::Fr] {
            let mut h = open(size, lang, vec![]);
            h.run_steps(4);
            let map = Rect::from_min_size(Pos2::ZERO, size.into());
            let cards = h.state().panel.cards().to_vec();
            assert!(cards.len() >= 4, "{size:?}: {cards:?}");
            for (i, a) in cards.iter().enumerate() {
                assert!(map.contains_rect(*a), "{size:?}: {a:?}");
                for b in &cards[i + 1..] {
                    assert!(!a.intersects(*b), "{size:?} {lang:?}: {a:?} {b:?}");
                }
            }
        }
    }
}

#[test]
fn picking_from_elsewhere_is_seen_on_the_map() {
    let mut h = sahel();
    let ambush = row(&h, AMBUSH);
    h.state_mut()
        .bench
        .apply(Command::Select(vec![ambush], Pick::Replace));
    h.run_steps(2);
    let node = h.get_by_label(AMBUSH);
    assert_eq!(
        node.accesskit_node().toggled(),
        Some(egui::accesskit::Toggled::True)
    );
}

/// Many made-up events about the place where most of them are.
fn many(zoom: f64) -> Harness<'static, State> {
    let dataset = synthetic::dataset(30_000, 1, &|_, _| {});
    let mut h = open_with(
        (dataset, Report::default()),
        [1000.0, 700.0],
        Lang::En,
        vec![],
    );
    let data = h.state().bench.dataset();
    // The middle of all, by either coordinate, is in or by the largest heap.
    let mut places: Vec<(f64, f64)> = data
        .rows()
        .filter_map(|r| data.table().lon_lat(r))
        .collect();
    places.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (lon, lat) = places[places.len() / 2];
    h.state_mut().bench.apply(goto(lon, lat, zoom));
    // As where the CPU draws: fewer dots, so that density is seen sooner.
    h.state_mut().panel = MapPanel::new(Drawing::Kept);
    wait(&mut h);
    h
}

/// Frames until nothing is being counted.
fn wait(h: &mut Harness<'_, State>) {
    for _ in 0..2_000 {
        h.run_steps(15);
        if !h.state().panel.is_loading() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    panic!("the map is never done");
}

#[test]
fn a_crowd_is_told_by_its_number_and_a_click_goes_nearer() {
    let mut h = many(2.0);
    let rect = h.get_by_label("Map").rect();
    h.get_by_label_contains("Events per cell of 3 × 3 points");
    // No button an event, where they are not drawn one by one.
    let middle = rect.shrink2(vec2(320.0, 200.0));
    let is_mark = |b: egui_kittest::Node<'_>| middle.contains(b.rect().center());
    assert!(!h.query_all_by_role(Role::Button).any(is_mark));
    // The pixel with most events, off the cards at the edges.
    let (view, _) = h.state().panel.view().unwrap();
    let data = h.state().bench.dataset().clone();
    let mut heaps = std::collections::BTreeMap::new();
    for (lon, lat) in data.rows().filter_map(|r| data.table().lon_lat(r)) {
        let (x, y) = view.project(lon, lat);
        #[allow(clippy::cast_possible_truncation, reason = "a position on the screen")]
        let (column, line) = (x.round() as i16, y.round() as i16);
        let at = rect.min + vec2(column.into(), line.into());
        if middle.contains(at) {
            *heaps.entry((column, line)).or_insert(0) += 1;
        }
    }
    let heap = heaps.iter().max_by_key(|(_, n)| **n).unwrap();
    assert!(*heap.1 > 20);
    let at = rect.min + vec2(heap.0.0.into(), heap.0.1.into());
    h.hover_at(at);
    h.run_steps(3);
    assert_eq!(h.state().bench.session().hover, None);
    click(&mut h, at, Modifiers::NONE);
    let nearer = h.state().sent.iter().any(
        |c| matches!(c, Command::Map(MapRequest::Goto { zoom: Some(z), .. }) if (*z - 4.0).abs() < 0.1),
    );
    assert!(nearer, "{:?}", h.state().sent);
    assert!(selection(&h).is_empty());
}

#[test]
fn far_enough_in_every_event_is_a_mark_and_before_that_a_dot_to_click() {
    let h = many(12.0);
    let data = h.state().bench.dataset().clone();
    let (view, _) = h.state().panel.view().unwrap();
    let inside = data.in_box(view.bounds(-20.0)).len();
    assert!(inside > 0 && inside < 1_000, "{inside}");
    assert!(h.query_by_label_contains("Events per cell").is_none());
    // A dot is found by the index: nearest to the pointer.
    let mut h2 = many(4.6);
    let rect = h2.get_by_label("Map").rect();
    let (view, _) = h2.state().panel.view().unwrap();
    let shown = h2.state().bench.current().shown().clone();
    let alone = data.rows().find_map(|row| {
        let (lon, lat) = data.table().lon_lat(row)?;
        let (x, y) = view.project(lon, lat);
        let visible = (300.0..600.0).contains(&x) && (150.0..500.0).contains(&y);
        let reach = view.geo_box((x - 12.0, y - 12.0), (x + 12.0, y + 12.0));
        let mut near = data.in_box(reach);
        near.intersect(&shown);
        (visible && near.len() == 1).then_some((row, (x, y)))
    });
    let (row, (x, y)) = alone.expect("some event stands alone");
    #[allow(clippy::cast_possible_truncation, reason = "a position on the screen")]
    let at = rect.min + vec2(x as f32 + 2.0, y as f32 + 1.0);
    h2.hover_at(at);
    h2.run_steps(3);
    assert_eq!(h2.state().bench.session().hover, Some(row));
    click(&mut h2, at, Modifiers::NONE);
    assert_eq!(selection(&h2), [row]);
}

#[test]
fn what_colours_stand_for_can_be_the_number_alone() {
    let mut h = many(2.0);
    h.get_by_label("Number").click();
    h.run_steps(3);
    assert_eq!(h.state().bench.session().prefs.colour_by, ColourBy::Number);
    assert!(h.query_by_label("Side 0").is_none());
    // The 30 bundled events are marks, and have no scale.
    let few = sahel();
    assert!(few.query_by_label("Number").is_none());
}
