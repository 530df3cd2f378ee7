//! The panel at the right: what is in focus, and the source reader below.

use egui::{Frame, Panel, ScrollArea, Ui};
use egui_phosphor::regular as icon;

use crate::model::time::Millis;
use crate::model::{ActorIx, EventRow, PlaceIx, SourceIx};
use crate::session::{Command, Focus};
use crate::ui::Ctx;
use crate::ui::widgets::{Memo, empty, icon_button_if, weak};
use crate::view::actor_view::ActorView;
use crate::view::event_view::EventView;
use crate::view::source_view::SourceView;

use super::aids::Aids;
use super::reader::Reader;
use super::{actor, event, place, source, words};

/// Least height of what is in focus, in points.
const FOCUS_MIN: f32 = 88.0;

/// Least height of the reader, in points: its head and two lines of text.
const READER_MIN: f32 = 176.0;

/// The panel at the right.
#[derive(Default)]
pub struct DetailsPanel {
    aids: Aids,
    reader: Reader,
    event: Memo<(u64, EventRow), EventView>,
    actor: Memo<(u64, ActorIx, Millis), ActorView>,
    place: Memo<(u64, PlaceIx), Vec<EventRow>>,
    source: Memo<(u64, SourceIx), SourceView>,
}

impl DetailsPanel {
    /// The panel as it opens.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Shows what is in focus, and the reader when a source is open in it.
    pub fn show(&mut self, ui: &mut Ui, cx: &Ctx<'_>) {
        let linker = self.aids.linker(cx);
        if cx.session().reader.active.is_some() {
            let height = ui.available_height();
            let most = (height - FOCUS_MIN).max(READER_MIN);
            Panel::bottom("details-reader")
                .frame(Frame::new())
                .resizable(true)
                .default_size((height * 0.5).max(240.0).clamp(READER_MIN, most))
                .size_range(READER_MIN..=most)
                .show(ui, |ui| self.reader.show(ui, cx, &self.aids, &linker));
        }
        header(ui, cx);
        let focus = cx.session().trail.current();
        ScrollArea::vertical()
            .id_salt(("details", focus))
            .min_scrolled_height(24.0)
            .auto_shrink(false)
            .show(ui, |ui| {
                // Nothing may push the panel wider than it is.
                ui.set_max_width(ui.available_width());
                match focus {
                    Some(focus) => self.focus(ui, cx, &linker, focus),
                    None if !cx.session().prefs.tour_done => welcome(ui, cx),
                    None => empty(ui, cx.theme, &cx.tr.t("panel-empty")),
                }
                ui.add_space(16.0);
            });
    }

    fn focus(
        &mut self,
        ui: &mut Ui,
        cx: &Ctx<'_>,
        linker: &crate::view::linkify::Linker,
        focus: Focus,
    ) {
        let dataset = cx.dataset();
        let revision = dataset.revision();
        let aids = &self.aids;
        match focus {
            Focus::Event(row) => {
                let view = self
                    .event
                    .get((revision, row), || EventView::new(dataset, row));
                event::show(ui, cx, aids, linker, view);
            }
            Focus::Actor(ix) => {
                let at = cx.session().playhead();
                let view = self
                    .actor
                    .get((revision, ix, at), || ActorView::new(dataset, ix, at));
                actor::show(ui, cx, aids, linker, view);
            }
            Focus::Place(ix) => {
                let events = self.place.get((revision, ix), || place::events(cx, ix));
                place::show(ui, cx, aids, linker, ix, events);
            }
            Focus::Source(ix) => {
                let view = self
                    .source
                    .get((revision, ix), || SourceView::new(dataset, ix));
                source::show(ui, cx, aids, linker, view);
            }
        }
    }
}

/// The tour, where details will be, until it is done with.
fn welcome(ui: &mut Ui, cx: &Ctx<'_>) {
    ui.heading(cx.tr.t("app-tour-title"));
    ui.add_space(8.0);
    if crate::ui::tour::show(ui, cx) {
        let mut prefs = cx.session().prefs;
        prefs.tour_done = true;
        cx.send(Command::SetPrefs(prefs));
    }
}

/// Back and forward, and what kind of thing is shown.
fn header(ui: &mut Ui, cx: &Ctx<'_>) {
    let trail = &cx.session().trail;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let back = cx.tr.t("panel-back");
        if icon_button_if(ui, trail.can_back(), icon::ARROW_LEFT, &back).clicked() {
            cx.send(Command::Back);
        }
        let forward = cx.tr.t("panel-forward");
        if icon_button_if(ui, trail.can_forward(), icon::ARROW_RIGHT, &forward).clicked() {
            cx.send(Command::Forward);
        }
        ui.add_space(4.0);
        match trail.current() {
            Some(focus) => {
                let (icon, key) = words::focus_icon(focus);
                ui.label(weak(cx.theme, icon));
                ui.label(weak(cx.theme, cx.tr.t(key)));
            }
            None => {
                ui.label(weak(cx.theme, cx.tr.t("panel-details")));
            }
        }
    });
    ui.add_space(4.0);
}
