//! The timeline: controls, calendar axis, histogram, lanes and the window.

mod bar;
mod bars;
mod canvas;
mod cards;
mod controls;
mod ends;
mod flow;
mod gestures;
mod handles;
mod paint;
mod texture;

use std::time::Duration;

use egui::{Color32, Frame, Margin, Ui};

use crate::dataset::Filter;
use crate::model::time::{Unit, Window};
use crate::model::{EventRow, Kind};
use crate::session::{ColourBy, Command};
use crate::view::timeline::{Grab, Scene, TimelineView};

use super::widgets::Memo;
use super::{Ctx, Theme, category_of_kind};
use ends::EndsEditor;

/// Free room around the panel's content.
const MARGIN: Margin = Margin::symmetric(8, 6);
/// Time that passes between two frames counts for at most this many seconds:
/// after a stall playback goes on, it does not catch up.
const MAX_TICK_S: f64 = 0.5;
/// While playing, frames are at least this many seconds apart …
const MIN_FRAME_S: f64 = 1.0 / 60.0;
/// … and at most this many, so that pausing is felt at once.
const MAX_FRAME_S: f64 = 0.25;

/// What is made in the background is asked for this often.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// What the pointer drags.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Drag {
    /// The axis, and the lanes up and down.
    Pan {
        /// Whether it began on the lanes.
        lanes: bool,
    },
    /// A new window, from this position on screen.
    New(f64),
    /// The window or an end of it.
    Grab(Grab),
}

/// The timeline panel.
#[derive(Default)]
pub struct TimelinePanel {
    view: TimelineView,
    ends: EndsEditor,
    /// The bins' unit, if it was chosen by hand.
    bins: Option<Unit>,
    drag: Option<Drag>,
    /// Counts of the bin under the pointer: certainly and possibly in it.
    bin: Memo<(u64, Filter, Window), (u64, u64)>,
    /// How far the lanes are scrolled, in points.
    scroll: f32,
    /// The event whose bar is under the pointer.
    hovered: Option<EventRow>,
    /// The event picked as of the last frame, to see another one picked.
    picked: Option<EventRow>,
    /// The event picked, until its bar has been brought into sight.
    seek: Option<EventRow>,
    /// The window as of the last frame, to see it move.
    seen: Option<Window>,
    /// The dataset that this state is about.
    dataset: u64,
    /// When the last tick of playback was sent, in seconds.
    clock: Option<f64>,
    /// Width of the axis in the last frame, in points.
    axis_width: f64,
}

impl TimelinePanel {
    /// A panel that has shown nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Shows the panel in all the room there is.
    pub fn show(&mut self, ui: &mut Ui, cx: &Ctx<'_>) {
        let revision = cx.dataset().revision();
        if self.dataset != revision {
            *self = Self {
                dataset: revision,
                ..Self::default()
            };
        }
        self.tick(ui.ctx(), cx);
        Frame::NONE.inner_margin(MARGIN).show(ui, |ui| {
            controls::show(self, ui, cx);
            canvas::show(self, ui, cx);
        });
        if self.is_loading() {
            ui.ctx().request_repaint_after(LOOK_AGAIN);
        }
    }

    /// Whether a histogram is still being made.
    #[must_use]
    pub fn is_loading(&self) -> bool {
        self.view.is_pending()
    }

    /// Lets time pass while playing; also for a panel that is not shown.
    pub fn tick(&mut self, ctx: &egui::Context, cx: &Ctx<'_>) {
        let playback = &cx.session().playback;
        if !playback.playing {
            self.clock = None;
            return;
        }
        let now = ctx.input(|i| i.time);
        if let Some(before) = self.clock.replace(now) {
            cx.send(Command::Tick((now - before).clamp(0.0, MAX_TICK_S)));
        }
        let wait = (1.0 / playback.speed).clamp(MIN_FRAME_S, MAX_FRAME_S);
        ctx.request_repaint_after(Duration::from_secs_f64(wait));
    }
}

/// The events that the timeline is about.
fn scene<'a>(cx: &Ctx<'a>) -> Scene<'a> {
    Scene {
        dataset: cx.bench.dataset(),
        filter: &cx.bench.current_scope().filter,
        filtered: &cx.current().filtered,
    }
}

/// The colour of a colour group, the same as on the map.
fn colour(theme: &Theme, cx: &Ctx<'_>, group: u16) -> Color32 {
    let group = usize::from(group);
    match cx.session().prefs.colour_by {
        ColourBy::Side => {
            let sides = cx.dataset().meta().sides.len();
            theme.category((group < sides).then_some(group))
        }
        ColourBy::Kind => {
            let kind = Kind::ALL.get(group);
            theme.category(kind.and_then(|kind| category_of_kind(*kind)))
        }
        ColourBy::Number => theme.one(),
    }
}

/// A position on screen, for painting.
#[allow(clippy::cast_possible_truncation, reason = "a position on screen")]
fn px(x: f64) -> f32 {
    x as f32
}
