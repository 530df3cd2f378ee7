//! A few pictures of the whole window, compared with those kept beside this
//! file. `UPDATE_SNAPSHOTS=1 cargo test --test pictures` accepts new ones; look
//! at them first. Drawn by the software driver, whatever card there is.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

mod common;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chronotope::app::{Shell, Start, Storage};
use chronotope::dataset::synthetic;
use chronotope::model::time::{Lang, Window};
use chronotope::render::{Driver, Offscreen};
use chronotope::session::{ColourBy, Command, Focus, MapRequest, Panel, Prefs, ThemeChoice};
use egui_kittest::SnapshotOptions;

/// How far a pixel's colour may be off, and how many pixels may be: another
/// build of the driver rounds otherwise here and there; a moved label or a
/// missing mark changes thousands.
const THRESHOLD: f32 = 2.0;
const PIXELS: usize = 1500;

struct Scene {
    size: [u32; 2],
    dark: bool,
    lang: Lang,
    documents: Vec<PathBuf>,
    /// So many made-up events instead of the bundled ones.
    made_up: Option<usize>,
}

impl Default for Scene {
    fn default() -> Self {
        Self {
            size: [1000, 640],
            dark: true,
            lang: Lang::En,
            documents: Vec::new(),
            made_up: None,
        }
    }
}

fn picture(name: &str, scene: Scene, commands: impl FnOnce(&Shell) -> Vec<Command>) {
    let (mut dataset, report) = common::bundled();
    if let Some(events) = scene.made_up {
        dataset = Arc::new(synthetic::dataset(events, 1, &|_, _| {}));
    }
    let start = Start {
        dataset,
        report,
        later: None,
        prefs: Prefs {
            theme: if scene.dark {
                ThemeChoice::Dark
            } else {
                ThemeChoice::Light
            },
            lang: scene.lang,
            tour_done: true,
            ..Prefs::default()
        },
        recent: Vec::new(),
        storage: Storage::none(),
        window: None,
        filter: None,
        certainly: false,
        documents: scene.documents,
    };
    let mut screen = Offscreen::new(scene.size, 1.0, Driver::Software).unwrap();
    let ctx = screen.context().clone();
    let mut shell = Shell::new(&ctx, Some(screen.state()), start);
    let step = |screen: &mut Offscreen, shell: &mut Shell| screen.step(|ui| shell.show(ui));
    for _ in 0..2 {
        step(&mut screen, &mut shell);
    }
    for command in commands(&shell) {
        shell.send(&ctx, command);
        step(&mut screen, &mut shell);
    }
    let end = Instant::now() + Duration::from_mins(1);
    for frame in 0.. {
        step(&mut screen, &mut shell);
        if frame > 4 && shell.is_settled() {
            break;
        }
        assert!(Instant::now() < end, "the map's tiles took too long");
        std::thread::sleep(Duration::from_millis(5));
    }
    let ground = shell.ground();
    let image = screen.picture(ground, |ui| shell.show(ui)).unwrap();
    let options = SnapshotOptions::new()
        .threshold(THRESHOLD)
        .max_failed_pixels(PIXELS)
        .output_path("tests/pictures");
    egui_kittest::image_snapshot_options(&image, name, &options);
}

fn event(shell: &Shell, id: &str) -> Command {
    Command::Open(Focus::Event(
        shell.bench().dataset().event_by_id(id).unwrap(),
    ))
}

fn window(text: &str) -> Command {
    Command::SetWindow(Window::parse(text).unwrap())
}

fn look(lon: f64, lat: f64, zoom: f64) -> Command {
    Command::Map(MapRequest::Goto {
        center: (lon, lat),
        zoom: Some(zoom),
    })
}

#[test]
fn everything_dark() {
    picture("everything-dark", Scene::default(), |_| vec![]);
}

#[test]
fn everything_light_in_french() {
    let scene = Scene {
        dark: false,
        lang: Lang::Fr,
        ..Scene::default()
    };
    picture("everything-light-french", scene, |_| vec![]);
}

#[test]
fn an_event_with_rival_tolls() {
    picture("event-dark", Scene::default(), |shell| {
        vec![
            window("2017-10"),
            event(shell, "tongo-tongo-ambush"),
            look(1.8, 15.5, 6.0),
        ]
    });
}

#[test]
fn areas_and_a_line_in_the_sahel() {
    let scene = Scene {
        dark: false,
        ..Scene::default()
    };
    picture("sahel-light", scene, |_| {
        vec![
            Command::TogglePanel(Panel::Details),
            Command::TogglePanel(Panel::Timeline),
            look(0.5, 15.5, 5.5),
        ]
    });
}

#[test]
fn the_euphrates_with_possible_marks() {
    picture("euphrates-dark", Scene::default(), |_| {
        vec![
            Command::TogglePanel(Panel::Details),
            window("2014-06-10/2019-01-20"),
            look(41.5, 35.2, 6.5),
        ]
    });
}

#[test]
fn an_actor_while_alive() {
    let scene = Scene {
        dark: false,
        ..Scene::default()
    };
    picture("actor-light", scene, |shell| {
        let djibo = shell.bench().dataset().actor_by_id("illiassou-djibo");
        vec![window("2019"), Command::Open(Focus::Actor(djibo.unwrap()))]
    });
}

#[test]
fn the_table_over_the_timeline() {
    picture("table-dark", Scene::default(), |_| {
        vec![Command::TogglePanel(Panel::Table)]
    });
}

#[test]
fn a_small_window() {
    let scene = Scene {
        size: [800, 600],
        dark: false,
        ..Scene::default()
    };
    picture("small-light", scene, |shell| {
        vec![
            event(shell, "inekar-tamalet-clashes"),
            window("2022-10/2022-11"),
        ]
    });
}

#[test]
fn where_many_events_are_by_number() {
    let scene = Scene {
        made_up: Some(40_000),
        ..Scene::default()
    };
    picture("many-dark", scene, |_| {
        vec![
            Command::TogglePanel(Panel::Details),
            Command::SetColourBy(ColourBy::Number),
            look(35.0, 36.0, 3.5),
        ]
    });
}

#[test]
fn a_dot_for_each_of_some_thousands_by_side() {
    let scene = Scene {
        dark: false,
        made_up: Some(40_000),
        ..Scene::default()
    };
    picture("dots-light", scene, |_| {
        vec![Command::TogglePanel(Panel::Details), look(25.0, 35.0, 6.5)]
    });
}
