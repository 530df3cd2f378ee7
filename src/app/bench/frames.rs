//! Whole frames: the window's own code, drawn without a window and read back.

use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Event, Id, Key, LayerId, Modifiers, Order, Pos2, pos2, vec2};

use crate::app::shell::{Shell, Start};
use crate::app::storage::Storage;
use crate::dataset::{Dataset, PlainEvents};
use crate::formats::Report;
use crate::model::EventRow;
use crate::model::time::Lang;
use crate::render::{Offscreen, RenderError};
use crate::session::{Command, MapRequest, Prefs, ThemeChoice};
use crate::view::viewport::Viewport;

use super::clock::{Case, Times, ms};
use super::script::{self, View};
use super::{STEPS, TOGGLES, WARM};

/// Seconds from one frame to the next by the interface's clock.
const FRAME_SECONDS: f32 = 1.0 / 60.0;
/// The same while nothing is measured, so that animations end.
const RESTING_SECONDS: f32 = 0.5;
/// How long to wait for what is loading.
const PATIENCE: Duration = Duration::from_mins(2);
/// Zoom at which single events are pointed at, and a town fills the map.
const NEAR: f64 = 8.0;

/// The window's content and what it is drawn on.
pub struct Stage {
    screen: Offscreen,
    shell: Shell,
    context: egui::Context,
    /// Where the map looks but for the cases that move it.
    home: View,
}

/// What the first frames took.
pub struct First {
    /// From the dataset handed over to the first frame read back.
    pub first_frame_ms: f64,
    /// The same, until nothing was pending any more.
    pub settled_ms: f64,
}

impl Stage {
    /// Opens a dataset as the window would.
    pub fn open(
        mut screen: Offscreen,
        dataset: &Arc<Dataset>,
    ) -> Result<(Self, First), RenderError> {
        screen.set_frame_seconds(FRAME_SECONDS);
        let context = screen.context().clone();
        let begin = Instant::now();
        let start = Start {
            dataset: Arc::clone(dataset),
            report: Report::default(),
            later: None,
            prefs: Prefs {
                theme: ThemeChoice::Dark,
                lang: Lang::En,
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
        let shell = Shell::new(&context, Some(screen.state()), start);
        let mut stage = Self {
            screen,
            shell,
            context,
            home: ((0.0, 0.0), 0.0),
        };
        stage.frame()?;
        let first_frame_ms = ms(begin);
        stage.settle()?;
        let settled_ms = ms(begin);
        let map = &stage.shell.bench().session().map;
        stage.home = (map.center, map.zoom);
        Ok((
            stage,
            First {
                first_frame_ms,
                settled_ms,
            },
        ))
    }

    /// The same window on no event: the same head and actors, looking at the
    /// same place and time.
    pub fn open_empty(screen: Offscreen, like: &Dataset, home: View) -> Result<Self, RenderError> {
        let parts = crate::dataset::Parts {
            meta: like.meta().clone(),
            actors: like.actors().to_vec(),
            ..Default::default()
        };
        let empty = Dataset::from_plain(parts, PlainEvents::default(), &|_, _| {});
        let (mut stage, _) = Self::open(screen, &Arc::new(empty))?;
        stage.send(Command::SetAxis(Some(script::span(like))));
        stage.home = home;
        stage.look(home);
        Ok(stage)
    }

    /// Where the map looked when the dataset was opened.
    pub fn home(&self) -> View {
        self.home
    }

    fn send(&mut self, command: Command) {
        self.shell.send(&self.context, command);
    }

    fn look(&mut self, (center, zoom): View) {
        let zoom = Some(zoom);
        self.send(Command::Map(MapRequest::Goto { center, zoom }));
    }

    fn frame(&mut self) -> Result<(), RenderError> {
        let ground = self.shell.ground();
        let shell = &mut self.shell;
        self.screen.frame(ground, |ui| shell.show(ui))
    }

    /// Draws until nothing is loading and animations have ended.
    fn settle(&mut self) -> Result<(), RenderError> {
        self.screen.set_frame_seconds(RESTING_SECONDS);
        let begin = Instant::now();
        for n in 0.. {
            self.frame()?;
            if n >= 4 && self.shell.is_settled() {
                break;
            }
            if begin.elapsed() > PATIENCE {
                crate::app::output::note("something is still loading: it is measured, too");
                break;
            }
            if n >= 4 {
                std::thread::sleep(Duration::from_millis(2));
            }
        }
        self.screen.set_frame_seconds(FRAME_SECONDS);
        Ok(())
    }

    /// Measures frames: from the change that a step is to the frame read back.
    fn run(
        &mut self,
        times: &mut Times,
        frames: i64,
        mut step: impl FnMut(&mut Self, i64),
    ) -> Result<(), RenderError> {
        self.settle()?;
        for n in -WARM..frames {
            if n < 0 {
                step(self, n + WARM);
                self.frame()?;
            } else {
                times.take(|| {
                    step(self, n);
                    self.frame()
                })?;
            }
        }
        Ok(())
    }

    fn case(
        &mut self,
        name: &str,
        frames: i64,
        step: impl FnMut(&mut Self, i64),
    ) -> Result<Case, RenderError> {
        let mut times = Times::default();
        self.run(&mut times, frames, step)?;
        Ok(times.case(name))
    }

    /// The frames of no event that others are held against.
    pub fn empty_cases(&mut self, like: &Dataset) -> Result<Vec<Case>, RenderError> {
        let place = script::densest(like);
        Ok(vec![
            self.scrub("empty", like)?,
            self.pan("empty_pan", like, place)?,
            self.zoom("empty_zoom", like, place)?,
        ])
    }

    /// Every case that draws, or only those named.
    pub fn cases(&mut self, dataset: &Dataset, only: &[String]) -> Result<Vec<Case>, RenderError> {
        type Run = fn(&mut Stage, &Dataset, (f64, f64)) -> Result<Case, RenderError>;
        let all: [(&str, Run); 7] = [
            ("scrub", |stage, data, _| stage.scrub("scrub", data)),
            ("scrub_all", |stage, data, _| stage.scrub_all(data)),
            ("pan", |stage, data, place| stage.pan("pan", data, place)),
            ("zoom", |stage, data, place| stage.zoom("zoom", data, place)),
            ("filter", |stage, data, _| stage.filter(data)),
            ("search", |stage, data, _| stage.search(data)),
            ("pick", Stage::pick),
        ];
        let place = script::densest(dataset);
        let mut out = Vec::new();
        for (name, run) in all {
            if !only.is_empty() && !only.iter().any(|o| o == name) {
                continue;
            }
            let case = run(self, dataset, place)?;
            crate::app::output::note(&format!(
                "  {name}: {:.2} ms, CPU {:.2} ms, peak memory {:.0} MB",
                case.p50_ms,
                case.cpu_p50_ms,
                super::clock::peak_mb().unwrap_or(0.0)
            ));
            out.push(case);
        }
        Ok(out)
    }

    fn scrub_all(&mut self, dataset: &Dataset) -> Result<Case, RenderError> {
        let span = script::span(dataset);
        self.case("scrub_all", STEPS, |stage, n| {
            stage.send(Command::DragWindow(script::until(span, n)));
        })
    }

    fn filter(&mut self, dataset: &Dataset) -> Result<Case, RenderError> {
        let span = script::span(dataset);
        self.send(Command::SetWindow(script::tenth(span, STEPS / 2)));
        let case = self.case("filter", TOGGLES, |stage, n| {
            stage.send(Command::ToggleKind(script::kind(n)));
        });
        self.send(Command::ClearFilter);
        case
    }

    fn scrub(&mut self, name: &str, like: &Dataset) -> Result<Case, RenderError> {
        let span = script::span(like);
        self.send(Command::SetWindow(script::tenth(span, 0)));
        self.case(name, STEPS, |stage, n| {
            stage.send(Command::DragWindow(script::tenth(span, n)));
        })
    }

    /// The map moves out and back, 1 % of its width a frame: first as it opened,
    /// then nearer to the densest place.
    fn pan(&mut self, name: &str, like: &Dataset, place: (f64, f64)) -> Result<Case, RenderError> {
        let window = script::tenth(script::span(like), STEPS / 2);
        self.send(Command::SetWindow(window));
        let home = self.home;
        let mut times = Times::default();
        for view in [home, (place, f64::midpoint(home.1, NEAR))] {
            self.look(view);
            self.run(&mut times, STEPS / 2, |stage, n| {
                let east = if n < STEPS / 4 { 0.01 } else { -0.01 };
                let request = MapRequest::PanBy(east, east / 2.0);
                stage.send(Command::Map(request));
            })?;
        }
        self.look(home);
        Ok(times.case(name))
    }

    /// The map comes nearer to the densest place, and goes back again.
    fn zoom(&mut self, name: &str, like: &Dataset, place: (f64, f64)) -> Result<Case, RenderError> {
        let window = script::tenth(script::span(like), STEPS / 2);
        self.send(Command::SetWindow(window));
        let home = self.home;
        let case = self.case(name, STEPS, |stage, n| {
            stage.look(script::zoomed(home, place, n));
        })?;
        self.look(home);
        Ok(case)
    }

    fn key(&mut self, key: Key, modifiers: Modifiers) -> Result<(), RenderError> {
        for pressed in [true, false] {
            self.screen.feed(Event::Key {
                key,
                physical_key: None,
                pressed,
                repeat: false,
                modifiers,
            });
        }
        self.frame()
    }

    /// Letters are typed into the palette, word after word.
    fn search(&mut self, dataset: &Dataset) -> Result<Case, RenderError> {
        let mut times = Times::default();
        let mut words = script::words(dataset);
        // The first one is typed twice: once to warm up.
        words.extend(words.first().cloned());
        words.rotate_right(1);
        for (n, word) in words.iter().enumerate() {
            self.key(Key::K, Modifiers::COMMAND | Modifiers::CTRL)?;
            self.settle()?;
            for letter in word.chars() {
                let event = Event::Text(letter.to_string());
                if n == 0 {
                    self.screen.feed(event);
                    self.frame()?;
                } else {
                    times.take(|| {
                        self.screen.feed(event);
                        self.frame()
                    })?;
                }
            }
            self.key(Key::Escape, Modifiers::NONE)?;
        }
        Ok(times.case("search"))
    }

    /// The pointer goes from event to event, near the densest place.
    fn pick(&mut self, dataset: &Dataset, place: (f64, f64)) -> Result<Case, RenderError> {
        self.look((place, NEAR));
        self.settle()?;
        let points = self.points(dataset);
        let mut cards = 0;
        let card = LayerId::new(Order::Tooltip, Id::unique("map-card"));
        let mut case = self.case("pick", STEPS, |stage, n| {
            // The frame before this one has shown its card by now.
            cards += usize::from(stage.context.memory(|m| m.areas().is_visible(&card)));
            let at = usize::try_from(n).unwrap_or(0) % points.len().max(1);
            if let Some(point) = points.get(at) {
                stage.screen.feed(Event::PointerMoved(*point));
            }
        })?;
        case.cards = Some(cards);
        if cards == 0 {
            crate::app::output::note("pick: no card came up under the pointer");
        }
        self.screen.feed(Event::PointerGone);
        self.look(self.home);
        Ok(case)
    }

    /// Points on the screen just beside events of the current set.
    fn points(&self, dataset: &Dataset) -> Vec<Pos2> {
        let Some((view, map)) = self.shell.map().view() else {
            return Vec::new();
        };
        let mut rows = dataset.in_box(view.geo_box((0.0, 0.0), view.size()));
        rows.intersect(self.shell.bench().current().shown());
        let steps = usize::try_from(STEPS).unwrap_or(1);
        let every = usize::try_from(rows.len()).unwrap_or(0).div_ceil(steps * 4);
        let cards = self.shell.map().cards();
        rows.iter()
            .step_by(every.max(1))
            .filter_map(|row| at(dataset, row, &view))
            .map(|p| map.min + vec2(p.x + 2.0, p.y))
            .filter(|p| map.contains(*p) && !cards.iter().any(|c| c.contains(*p)))
            .take(steps)
            .collect()
    }
}

#[allow(clippy::cast_possible_truncation, reason = "a place on screen")]
fn at(dataset: &Dataset, row: EventRow, view: &Viewport) -> Option<Pos2> {
    let (lon, lat) = dataset.table().lon_lat(row)?;
    let (x, y) = view.project(lon, lat);
    Some(pos2(x as f32, y as f32))
}
