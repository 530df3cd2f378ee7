//! The panels with many made-up events in them.
//!
//! `CHRONOTOPE_MANY=10000000 cargo test --release --test many -- --ignored
//! --nocapture` prints what their frames and the session's commands take.

#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use chronotope::dataset::synthetic;
use chronotope::formats::Report;
use chronotope::model::ActorIx;
use chronotope::model::time::Window;
use chronotope::session::{Command, Focus, Prefs, Workbench};
use chronotope::ui::panels::{DetailsPanel, FiltersPanel, TablePanel};
use chronotope::ui::timeline::TimelinePanel;
use chronotope::ui::{Ctx, Outbox, SearchPalette, Theme, Tr, install_fonts};
use egui::{Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

/// What of a frame is timed.
const PARTS: [&str; 6] = [
    "table", "timeline", "filters", "details", "palette", "commands",
];

struct App {
    bench: Workbench,
    table: TablePanel,
    timeline: TimelinePanel,
    filters: FiltersPanel,
    details: DetailsPanel,
    palette: SearchPalette,
    /// The longest that each part took.
    longest: [Duration; 6],
}

impl App {
    fn send(&mut self, command: Command) {
        let begin = Instant::now();
        self.bench.apply(command);
        self.longest[5] = self.longest[5].max(begin.elapsed());
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
    let mut longest = app.longest;
    let mut timed = |at: usize, show: &mut dyn FnMut()| {
        let begin = Instant::now();
        show();
        longest[at] = longest[at].max(begin.elapsed());
    };
    let panel = egui::Panel::bottom("table").exact_size(300.0);
    panel.show(ui, |ui| timed(0, &mut || app.table.show(ui, &cx)));
    let panel = egui::Panel::bottom("timeline").exact_size(220.0);
    panel.show(ui, |ui| timed(1, &mut || app.timeline.show(ui, &cx)));
    let panel = egui::Panel::left("filters").exact_size(240.0);
    panel.show(ui, |ui| timed(2, &mut || app.filters.show(ui, &cx)));
    let panel = egui::Panel::right("details").exact_size(360.0);
    panel.show(ui, |ui| timed(3, &mut || app.details.show(ui, &cx)));
    let ctx = ui.ctx().clone();
    timed(4, &mut || drop(app.palette.show(&ctx, &cx)));
    app.longest = longest;
    for command in out.take() {
        app.send(command);
    }
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
        longest: [Duration::ZERO; 6],
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

/// Prints what was longest since the last time it was asked.
#[allow(clippy::print_stdout, reason = "this is what it is run for")]
fn report(harness: &mut Harness<'_, App>, what: &str) {
    for _ in 0..40 {
        harness.step();
        std::thread::sleep(Duration::from_millis(10));
    }
    let longest = std::mem::take(&mut harness.state_mut().longest);
    print!("{what:>28}");
    for (part, took) in PARTS.iter().zip(longest) {
        print!("  {part} {:7.1}", took.as_secs_f64() * 1e3);
    }
    println!("  ms");
}

#[test]
#[ignore = "measures, and takes long"]
fn what_frames_and_commands_take() {
    let events = std::env::var("CHRONOTOPE_MANY").ok();
    let events = events.and_then(|n| n.parse().ok()).unwrap_or(1_000_000);
    let mut h = open(events);
    report(&mut h, "first frames");
    let year = Window::parse("2010").unwrap();
    for day in 0..40 {
        let shift = day * 86_400_000;
        let window = Window::new(year.start + shift, year.end + shift);
        h.state_mut().send(Command::DragWindow(window));
        h.step();
    }
    report(&mut h, "scrub a year");
    h.state_mut().send(Command::WindowAll);
    report(&mut h, "all the time there is");
    for column in ["Date", "Killed", "Kind", "Title", "In window"] {
        h.get_by_label(&format!("Sort by {column}")).click();
        report(&mut h, &format!("sort by {column}"));
    }
    h.get_by_label("Sort by Date").click();
    report(&mut h, "sort by Date");
    for (n, what) in [(1, "next event"), (-1, "previous event")] {
        h.state_mut().send(Command::StepEvent(n));
        report(&mut h, what);
    }
    for (last, what) in [(true, "last event"), (false, "first event")] {
        h.state_mut().send(Command::StepEnd(last));
        report(&mut h, what);
    }
    h.state_mut().send(Command::WindowAll);
    h.state_mut().send(Command::Open(Focus::Actor(ActorIx(0))));
    report(&mut h, "an actor of many");
    h.state_mut().send(Command::ToggleActor(ActorIx(0)));
    report(&mut h, "filter by it");
    h.state_mut().send(Command::StepEvent(1));
    report(&mut h, "next event of it");
    h.state_mut().send(Command::ClearFilter);
    h.state_mut().send(Command::WindowAll);
    report(&mut h, "no filter");
    for days in 0..20 {
        let axis = Window::new(year.start, year.end + days * 86_400_000);
        h.state_mut().send(Command::SetAxis(Some(axis)));
        h.step();
    }
    report(&mut h, "pan the axis");
    h.get_by_label("Search events").click();
    for letter in ["b", "a", "b", "a"] {
        h.get_by_label("Search events").type_text(letter);
        h.step();
    }
    report(&mut h, "type into the filter");
    h.state_mut().send(Command::ClearFilter);
    h.state_mut().palette.open();
    h.step();
    for key in [Key::B, Key::A, Key::B, Key::A] {
        h.event(egui::Event::Text(key.name().to_lowercase()));
        h.step();
    }
    report(&mut h, "type into the palette");
    h.key_press_modifiers(Modifiers::NONE, Key::Escape);
    report(&mut h, "at rest");
}
