//! The marks in view as a list of buttons, for keyboards and screen readers.

use egui::{Id, PointerButton, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo};

use crate::model::EventRow;
use crate::session::{Command, Pick};
use crate::ui::Ctx;

use super::marks::{Glyphs, square};
use super::scene::Scene;
use super::words;

/// Marks told one by one. Trade-off: more would take a screen reader longer
/// than the table, which lists all.
const MOST: usize = 200;

/// What the pointer did to the buttons.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Touched {
    /// One was clicked.
    pub clicked: bool,
    /// One was clicked with the other button.
    pub menu: bool,
}

/// Lays a button over every mark. Pointers are answered by the map itself;
/// these answer keys and assistive technology.
pub(super) fn nodes(ui: &Ui, cx: &Ctx<'_>, scene: &Scene, glyphs: &Glyphs) -> Touched {
    let mut touched = Touched::default();
    let s = cx.session();
    for mark in scene.marks.iter().take(MOST) {
        let Some(g) = glyphs.of_row(scene, mark.row) else {
            continue;
        };
        if !ui.clip_rect().contains(g.pos) {
            continue;
        }
        let id = Id::unique("map-mark").with(mark.row.0);
        let area = square(g.pos, g.r);
        let button = ui.interact(area, id, Sense::click());
        let picked = s.selection.contains(mark.row);
        button.widget_info(|| info(cx, mark.row, picked));
        touched.clicked |= button.clicked_by(PointerButton::Primary);
        touched.menu |= button.secondary_clicked();
        if button.clicked() && !button.clicked_by(PointerButton::Primary) {
            cx.send(Command::Select(vec![mark.row], Pick::Replace));
        }
        if button.gained_focus() && s.hover != Some(mark.row) {
            cx.send(Command::Hover(Some(mark.row)));
        }
        if button.lost_focus() && s.hover == Some(mark.row) {
            cx.send(Command::Hover(None));
        }
        if button.has_focus() {
            ui.painter().rect_stroke(
                area.expand(4.0),
                4.0,
                Stroke::new(2.0, cx.theme.palette.accent),
                StrokeKind::Outside,
            );
        }
    }
    touched
}

fn info(cx: &Ctx<'_>, row: EventRow, picked: bool) -> WidgetInfo {
    let title = cx.dataset().title(row, cx.lang());
    let mut info = WidgetInfo::selected(Role::Button, true, picked, title);
    info.hint_text = Some(words::lines(cx, row).join(", "));
    info
}
