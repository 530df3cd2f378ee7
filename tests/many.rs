//! The panels with many made-up events in them.

#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

use std::sync::Arc;
use std::time::Duration;

use chronotope::app::{Shell, Start, Storage};
use chronotope::dataset::synthetic;
use chronotope::formats::Report;
use chronotope::model::EventRow;
use chronotope::model::time::Window;
use chronotope::session::{Command, Focus, MapRequest, Pick, Prefs, Workbench};
use chronotope::ui::panels::{DetailsPanel, FiltersPanel, TablePanel};
use chronotope::ui::timeline::TimelinePanel;
use chronotope::ui::{Act, Ctx, Outbox, SearchPalette, Theme, Tr, install_fonts};
use egui::{Key, Modifiers, Role, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

struct App {
    bench: Workbench,
    table: TablePanel,
    timeline: TimelinePanel,
    filters: FiltersPanel,
    details: DetailsPanel,
    palette: SearchPalette,
    /// The text copied last.
    copied: Option<String>,
    /// What was chosen in the palette.
    chosen: Option<Act>,
}

impl App {
    fn send(&mut self, command: Command) {
        if let Command::Copy(text) = &command {
            self.copied = Some(text.clone());
        }
        self.bench.apply(command);
    }
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
    let panel = egui::Panel::bottom("table").exact_size(300.0);
    panel.show(ui, |ui| app.table.show(ui, &cx));
    let panel = egui::Panel::bottom("timeline").exact_size(220.0);
    panel.show(ui, |ui| app.timeline.show(ui, &cx));
    let panel = egui::Panel::left("filters").exact_size(240.0);
    panel.show(ui, |ui| app.filters.show(ui, &cx));
    let panel = egui::Panel::right("details").exact_size(360.0);
    panel.show(ui, |ui| app.details.show(ui, &cx));
    let ctx = ui.ctx().clone();
    let chosen = app.palette.show(&ctx, &cx);
    app.chosen = chosen.or(app.chosen.take());
    for command in out.take() {
        app.send(command);
    }
}

/// Steps until no panel has anything under way.
fn settle(h: &mut Harness<'_, App>) {
    for _ in 0..2_000 {
        h.step();
        let app = h.state();
        if !(app.table.is_busy() || app.filters.is_searching() || app.palette.is_searching()) {
            h.run_steps(2);
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("it never settles");
}

/// The titles in sight, from top to bottom, with how many are said to have
/// been killed.
fn titles(h: &Harness<'_, App>) -> Vec<String> {
    let data = h.state().bench.dataset();
    let table = h.get_by_label("Row on top of the table").rect();
    let mut found: Vec<(f32, String)> = h
        .query_all_by_role(Role::Label)
        .filter(|n| n.rect().center().y > table.top() && n.rect().center().y < table.bottom())
        .filter_map(|n| Some((n.rect().top(), n.value()?)))
        .filter(|(_, text)| !data.search(text).is_empty() && text.contains(' '))
        .filter(|(_, text)| text.bytes().all(|b| b.is_ascii_lowercase() || b == b' '))
        .collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.into_iter().map(|(_, text)| text).collect()
}

fn title(h: &Harness<'_, App>, row: EventRow) -> String {
    h.state().bench.dataset().title(row, "en").to_owned()
}

fn press(h: &mut Harness<'_, App>, key: Key) {
    h.key_press(key);
    h.run_steps(2);
}

#[test]
fn every_row_of_many_is_reached_by_key_and_by_selection() {
    let mut h = open(150_000);
    h.run_steps(4);
    let rows: Vec<EventRow> = h.state().bench.current().shown().iter().collect();
    assert!(rows.len() > 120_000, "{}", rows.len());
    let expected = |h: &Harness<'_, App>, top: usize, seen: &[String]| {
        assert!(seen.len() > 4, "{seen:?}");
        for (title_seen, row) in seen.iter().zip(&rows[top..]) {
            assert_eq!(*title_seen, title(h, *row));
        }
    };
    expected(&h, 0, &titles(&h));
    h.get_by_label("Row on top of the table").focus();
    h.run_steps(2);
    for _ in 0..3 {
        press(&mut h, Key::ArrowDown);
    }
    expected(&h, 3, &titles(&h));
    press(&mut h, Key::End);
    let seen = titles(&h);
    expected(&h, rows.len() - seen.len(), &seen);
    press(&mut h, Key::ArrowUp);
    expected(&h, rows.len() - seen.len() - 1, &titles(&h));
    let middle = rows[77_777];
    h.state_mut().send(Command::Open(Focus::Event(middle)));
    h.run_steps(3);
    assert!(titles(&h).contains(&title(&h, middle)));
    // To the last one of the range, however many are between.
    let here = titles(&h)[0].clone();
    h.get_by_label(&here).click();
    h.run_steps(2);
    let from = h.state().bench.session().primary.unwrap();
    h.get_by_label("Row on top of the table").focus();
    h.run_steps(2);
    press(&mut h, Key::Home);
    let first = title(&h, rows[0]);
    h.get_by_label(&first).click_modifiers(Modifiers::SHIFT);
    h.run_steps(2);
    let picked = h.state().bench.session().selection.clone();
    assert!(
        picked
            .iter()
            .eq(rows.iter().copied().take_while(|r| *r <= from))
    );
    assert!(picked.len() > 70_000);
}

#[test]
fn many_are_sorted_in_the_background_and_the_old_order_stays_meanwhile() {
    let mut h = open(150_000);
    h.run_steps(4);
    let before = titles(&h);
    h.get_by_label("Sort by Title").click();
    h.run_steps(2);
    if h.state().table.is_busy() {
        h.get_by_label("Sorting…");
        assert_eq!(titles(&h), before);
    }
    settle(&mut h);
    assert!(h.query_by_label("Sorting…").is_none());
    let seen = titles(&h);
    assert!(seen.len() > 4 && seen.is_sorted() && seen != before);
    // A smaller set is taken over, too.
    h.state_mut()
        .send(Command::SetWindow(Window::parse("2001/2024").unwrap()));
    settle(&mut h);
    let all = h.state().bench.current().shown().clone();
    let least = all.iter().map(|r| title(&h, r)).min().unwrap();
    assert_eq!(titles(&h)[0], least);
}

#[test]
fn copying_many_says_how_many_it_takes_and_takes_them() {
    let mut h = open(150_000);
    h.run_steps(4);
    h.get_by_label("Copy the first 100\u{202f}000").click();
    h.run_steps(2);
    settle(&mut h);
    let copied = h.state().copied.clone().unwrap();
    assert_eq!(copied.lines().count(), 100_001);
    let all = h.state().bench.current().shown().clone();
    let row = all.nth(99_999).unwrap();
    assert!(copied.lines().last().unwrap().contains(&title(&h, row)));
    h.state_mut()
        .send(Command::SelectSet(all, None, Pick::Replace));
    h.run_steps(2);
    h.get_by_label("Copy the first 100\u{202f}000 selected");
}

#[test]
fn what_is_typed_filters_many_when_it_has_been_found() {
    let mut h = open(150_000);
    h.run_steps(4);
    let field = |h: &mut Harness<'_, App>, text: &str| {
        h.get_by_label("Search events").focus();
        h.run_steps(1);
        h.get_by_label("Search events").type_text(text);
        h.run_steps(1);
    };
    field(&mut h, "ba");
    field(&mut h, "do");
    settle(&mut h);
    let bench = &h.state().bench;
    assert_eq!(bench.session().scope.filter.text, "bado");
    let found = bench.dataset().search("bado");
    assert!(found.len() > 100);
    assert_eq!(bench.current().filtered, *found);
    // What somebody else sets while it is looked for goes before.
    field(&mut h, "in");
    h.state_mut().send(Command::SetText("ga".to_owned()));
    settle(&mut h);
    assert_eq!(h.state().bench.session().scope.filter.text, "ga");
}

#[test]
fn enter_in_the_palette_waits_for_what_was_typed() {
    let mut h = open(150_000);
    h.state_mut().palette.open();
    h.run_steps(2);
    h.event(egui::Event::Text("group 77".to_owned()));
    h.key_press(Key::Enter);
    h.step();
    settle(&mut h);
    let group = h.state().bench.dataset().actor_by_id("group-77").unwrap();
    let focus = Focus::Actor(group);
    assert_eq!(h.state().chosen, Some(Act::Send(Command::Open(focus))));
}

/// The whole window.
#[test]
fn many_are_all_picked_and_fitted() {
    let dataset = Arc::new(synthetic::dataset(150_000, 1, &|_, _| {}));
    let start = Start {
        dataset: Arc::clone(&dataset),
        report: Report::default(),
        later: None,
        prefs: Prefs {
            tour_done: true,
            ..Prefs::default()
        },
        recent: Vec::new(),
        storage: Storage::none(),
        window: None,
        filter: None,
        certainly: false,
        documents: Vec::new(),
    };
    let mut h = Harness::builder()
        .with_size(vec2(1280.0, 800.0))
        .with_step_dt(0.1)
        .build_eframe(move |cc| Shell::new(&cc.egui_ctx, None, start));
    h.run_steps(4);
    h.key_press_modifiers(Modifiers::COMMAND, Key::A);
    h.run_steps(2);
    let bench = h.state().bench();
    assert_eq!(bench.session().selection, *bench.current().shown());
    assert!(bench.session().selection.len() > 100_000);
    h.key_press_modifiers(Modifiers::SHIFT, Key::F);
    let bounds = dataset.bounds(h.state().bench().current().shown()).unwrap();
    let fit = MapRequest::Fit(bounds);
    for _ in 0..2_000 {
        h.step();
        let asked = h.state().bench().session().map.request;
        if asked.is_some_and(|(number, request)| number > 1 && request == fit) {
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("the map is not fitted");
}

fn open(events: usize) -> Harness<'static, App> {
    let dataset = Arc::new(synthetic::dataset(events, 1, &|_, _| {}));
    let prefs = Prefs {
        tour_done: true,
        ..Prefs::default()
    };
    let app = App {
        bench: Workbench::new(dataset, Report::default(), prefs),
        table: TablePanel::new(),
        timeline: TimelinePanel::new(),
        filters: FiltersPanel::new(),
        details: DetailsPanel::new(),
        palette: SearchPalette::default(),
        copied: None,
        chosen: None,
    };
    Harness::builder()
        .with_size(vec2(1280.0, 1000.0))
        .with_step_dt(0.1)
        .with_context_setup(|ctx| {
            install_fonts(ctx);
            Theme::new(true).apply(ctx, 1.0);
        })
        .build_ui_state(frame, app)
}
