//! The whole window, by accessible names: what a user does, and what then
//! stands everywhere.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

mod common;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use chronotope::app::{Shell, Start, Storage};
use chronotope::model::time::{Lang, Window};
use chronotope::session::{Command, Focus, Prefs, ThemeChoice};
use egui::{Key, Modifiers, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

type Shown = Harness<'static, Shell>;

fn start(prefs: Prefs, documents: Vec<PathBuf>) -> Start {
    let (dataset, report) = common::bundled();
    Start {
        dataset,
        report,
        later: None,
        prefs: Prefs {
            theme: ThemeChoice::Dark,
            tour_done: true,
            ..prefs
        },
        recent: Vec::new(),
        storage: Storage::none(),
        window: None,
        filter: None,
        certainly: false,
        documents,
    }
}

fn open_with(size: [f32; 2], prefs: Prefs) -> Shown {
    let mut harness = Harness::builder()
        .with_size(Vec2::from(size))
        .with_step_dt(0.1)
        .build_eframe(move |cc| Shell::new(&cc.egui_ctx, None, start(prefs, Vec::new())));
    harness.run_steps(4);
    harness
}

fn open() -> Shown {
    open_with([1280.0, 800.0], Prefs::default())
}

fn send(shown: &mut Shown, command: Command) {
    let ctx = shown.ctx.clone();
    shown.state_mut().send(&ctx, command);
    shown.run_steps(2);
}

fn press(shown: &mut Shown, modifiers: Modifiers, key: Key) {
    shown.key_press_modifiers(modifiers, key);
    shown.run_steps(2);
}

fn window(shown: &Shown) -> Window {
    shown.state().bench().session().scope.window
}

/// Steps until a worker has answered.
fn wait_for(shown: &mut Shown, label: &str) {
    let end = Instant::now() + Duration::from_secs(30);
    while shown.query_all_by_label_contains(label).next().is_none() {
        assert!(Instant::now() < end, "waited in vain for \"{label}\"");
        std::thread::sleep(Duration::from_millis(10));
        shown.step();
    }
    shown.run_steps(2);
}

#[test]
fn the_window_narrows_every_panel_and_undo_brings_it_back() {
    let mut shown = open();
    shown.get_by_label("29 certainly · 30 possibly · 30 in all");
    send(
        &mut shown,
        Command::SetWindow(Window::parse("2017-10").unwrap()),
    );
    shown.get_by_label("1 certainly · 5 possibly · 30 in all");
    let tongo = "Tongo Tongo ambush";
    assert!(shown.query_all_by_label_contains(tongo).next().is_some());
    press(&mut shown, Modifiers::COMMAND, Key::Z);
    shown.get_by_label("29 certainly · 30 possibly · 30 in all");
    press(&mut shown, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    shown.get_by_label("1 certainly · 5 possibly · 30 in all");
}

#[test]
fn keys_step_the_window_and_playback_reaches_the_end() {
    let mut shown = open();
    let october = Window::parse("2017-10").unwrap();
    send(&mut shown, Command::SetWindow(october));
    press(&mut shown, Modifiers::NONE, Key::ArrowRight);
    assert_eq!(window(&shown), Window::parse("2017-11").unwrap());
    press(&mut shown, Modifiers::NONE, Key::ArrowLeft);
    assert_eq!(window(&shown), october);
    send(&mut shown, Command::SetSpeed(1000.0));
    press(&mut shown, Modifiers::NONE, Key::Space);
    for _ in 0..40 {
        shown.step();
    }
    assert_eq!(window(&shown), Window::parse("2024-12").unwrap());
    assert!(!shown.state().bench().session().playback.playing);
}

#[test]
fn the_palette_finds_an_actor_by_any_spelling() {
    let mut shown = open();
    press(&mut shown, Modifiers::COMMAND, Key::K);
    let field = shown.get_by_label("Search events, actors, places, sources, actions");
    field.type_text("chafori");
    shown.run_steps(3);
    press(&mut shown, Modifiers::NONE, Key::Enter);
    let bench = shown.state().bench();
    let djibo = bench.dataset().actor_by_id("illiassou-djibo").unwrap();
    assert_eq!(bench.session().trail.current(), Some(Focus::Actor(djibo)));
    assert!(
        shown
            .query_all_by_label_contains("Petit Chapore")
            .next()
            .is_some()
    );
}

#[test]
fn letters_typed_into_a_field_are_no_shortcuts() {
    let mut shown = open();
    let before = shown.state().bench().session().layout;
    press(&mut shown, Modifiers::COMMAND, Key::K);
    for key in [Key::L, Key::U, Key::A, Key::Space] {
        press(&mut shown, Modifiers::NONE, key);
    }
    assert_eq!(shown.state().bench().session().layout, before);
    assert!(!shown.state().bench().session().playback.playing);
    press(&mut shown, Modifiers::NONE, Key::Escape);
    press(&mut shown, Modifiers::NONE, Key::L);
    assert_ne!(shown.state().bench().session().layout, before);
}

/// On a slow machine a whole line and its Enter may come within one frame.
#[test]
fn letters_typed_together_with_enter_are_no_shortcuts() {
    let mut shown = open();
    press(&mut shown, Modifiers::COMMAND, Key::O);
    shown.run_steps(2);
    let before = window(&shown);
    shown.event(egui::Event::Text("/no/such/a".to_owned()));
    shown.key_press(Key::A);
    shown.key_press(Key::Enter);
    shown.step();
    wait_for(&mut shown, "This dataset cannot be opened");
    assert_eq!(window(&shown), before);
}

#[test]
fn a_dataset_that_cannot_be_opened_is_explained_and_the_old_one_stays() {
    let mut shown = open();
    send(&mut shown, Command::OpenDataset("/no/such/dataset".into()));
    wait_for(&mut shown, "This dataset cannot be opened");
    shown.get_by_label_contains("There is no such file or folder");
    assert_eq!(shown.state().bench().dataset().len(), 30);
    press(&mut shown, Modifiers::NONE, Key::Escape);
    assert!(
        shown
            .query_by_label("This dataset cannot be opened")
            .is_none()
    );
    press(&mut shown, Modifiers::NONE, Key::ArrowLeft);
    assert_eq!(shown.state().bench().dataset().len(), 30);
}

#[test]
fn a_dataset_with_errors_is_opened_only_when_the_user_says_so() {
    let folder = common::bundled_folder();
    let path: &Path = folder.path();
    let text = std::fs::read_to_string(path.join("dataset.json")).unwrap();
    std::fs::write(
        path.join("dataset.json"),
        text.replace("From the Sahel to the Euphrates", "A damaged copy"),
    )
    .unwrap();
    std::fs::remove_file(path.join("places.json")).unwrap();
    let mut shown = open();
    send(&mut shown, Command::OpenDataset(path.to_owned()));
    wait_for(&mut shown, "Open anyway");
    let title = |shown: &Shown| {
        shown
            .state()
            .bench()
            .dataset()
            .meta()
            .title
            .get("en")
            .to_owned()
    };
    assert_eq!(title(&shown), "From the Sahel to the Euphrates");
    shown.get_by_label("Open anyway").click();
    shown.run_steps(3);
    assert_eq!(title(&shown), "A damaged copy");
    assert_eq!(shown.state().bench().dataset().len(), 30);
}

#[test]
fn the_interface_speaks_french_at_once() {
    let mut shown = open();
    shown.get_by_label("File");
    let prefs = shown.state().bench().session().prefs;
    send(
        &mut shown,
        Command::SetPrefs(Prefs {
            lang: Lang::Fr,
            ..prefs
        }),
    );
    shown.get_by_label("Fichier");
    shown.get_by_label_contains("Du Sahel à l’Euphrate");
}

#[test]
fn documents_are_found_by_their_hash() {
    let Some(folder) = common::documents() else {
        eprintln!("CHRONOTOPE_DOCUMENTS names no folder: the reader was not checked");
        return;
    };
    let mut shown = open();
    send(&mut shown, Command::AddDocuments(folder));
    wait_for(&mut shown, "5 documents found");
    let bench = shown.state().bench();
    let dataset = bench.dataset().clone();
    let tongo = dataset.event_by_id("tongo-tongo-ambush").unwrap();
    let about = dataset.claims_about(chronotope::model::Subject::Event(tongo));
    let cited = about.iter().copied().find(|c| {
        let claim = dataset.claim(*c);
        claim.attribute == "toll" && dataset.source(claim.source).document.is_some()
    });
    send(&mut shown, Command::OpenClaim(cited.unwrap()));
    shown.run_steps(4);
    let reader = &shown.state().bench().session().reader;
    assert_eq!(reader.claim, cited);
}

/// Buttons of the timeline and the map, in both languages.
const CONTROLS: &[&str] = &[
    "First event",
    "Previous event",
    "Step back",
    "Play",
    "Step forward",
    "Next event",
    "Last event",
    "All",
    "Zoom in",
    "Zoom out",
    "Premier événement",
    "Événement précédent",
    "Un pas en arrière",
    "Lecture",
    "Un pas en avant",
    "Événement suivant",
    "Dernier événement",
    "Tout",
    "Zoom avant",
    "Zoom arrière",
];

/// Every button of the bars is inside the window, and no two cover each other.
#[test]
fn nothing_is_cut_off_or_covered_at_any_size() {
    for size in [[800.0, 600.0], [1280.0, 800.0], [2560.0, 1440.0]] {
        for lang in [Lang::En, Lang::Fr] {
            let prefs = Prefs {
                lang,
                ..Prefs::default()
            };
            let shown = open_with(size, prefs);
            let screen = egui::Rect::from_min_size(egui::Pos2::ZERO, Vec2::from(size));
            let top: Vec<_> = shown
                .query_all_by(|n| n.role() == egui::accesskit::Role::Button && n.label().is_some())
                .map(|n| (n.accesskit_node().label().unwrap_or_default(), n.rect()))
                // The bars: what is in a scroll area may be out of sight.
                .filter(|(label, r)| r.max.y <= 40.0 || CONTROLS.contains(&label.as_str()))
                .collect();
            assert!(top.len() >= 6 + 7, "{size:?}: {top:?}");
            for (at, (label, rect)) in top.iter().enumerate() {
                assert!(screen.contains_rect(*rect), "{size:?}: {label} is cut off");
                for (other, covered) in &top[at + 1..] {
                    let shared = rect.shrink(1.0).intersect(covered.shrink(1.0));
                    assert!(!shared.is_positive(), "{size:?}: {label} covers {other}");
                }
            }
        }
    }
}
