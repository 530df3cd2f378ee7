//! The events of the current set that have no place: shown, not dropped.

use egui::{
    Align2, FontId, Margin, Pos2, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, vec2,
};

use crate::dataset::RowSet;
use crate::model::EventRow;
use crate::session::{Command, Pick};
use crate::ui::{Ctx, FONT_SMALL, MarkStyle, paint_mark, shape_of};

use super::legend::caret;
use super::mark_labels::one_line;
use super::overlay::{Overlay, Spot};
use super::scene::colour_of;
use super::words;

/// Chips shown. Trade-off: who has more wants the table.
const MOST: usize = 200;
/// Widest title of a chip, in points.
const WIDEST: f32 = 220.0;
/// Height of a chip.
const CHIP: f32 = 24.0;
/// Rows of chips before they scroll, on a map with room and on a lower one.
const ROWS: (f32, f32) = (3.0, 1.0);
/// Height from which on a map has room.
const HIGH: f32 = 520.0;
/// Width of the shelf at most.
const BROAD: f32 = 560.0;

/// The shelf's own state.
#[derive(Default)]
pub(super) struct Shelf {
    overlay: Overlay,
    /// Opened or closed by the user; else by the room there is.
    open: Option<bool>,
    key: Option<(u64, u64)>,
    rows: RowSet,
    /// The chip that the pointer was last seen over.
    hovering: Option<EventRow>,
}

impl Shelf {
    /// Brings the rows without a place up to date.
    fn update(&mut self, cx: &Ctx<'_>) {
        let key = (cx.dataset().revision(), cx.current().revision);
        if self.key != Some(key) {
            self.rows = cx.dataset().unlocated(cx.current().shown());
            self.key = Some(key);
        }
    }

    /// Shows the shelf at the bottom left of `area`, if it holds anything.
    pub fn show(&mut self, ui: &mut Ui, cx: &Ctx<'_>, area: Rect, roomy: bool) -> Option<Rect> {
        self.update(cx);
        let count = self.rows.len();
        if count == 0 {
            return None;
        }
        let list: Vec<EventRow> = self.rows.iter().take(MOST).collect();
        let open = self.open.unwrap_or(roomy);
        let mut overlay = self.overlay;
        let spot = Spot {
            align: Align2::LEFT_BOTTOM,
            area,
            margin: Margin::symmetric(8, 4),
        };
        let mut hovered = None;
        let rect = overlay.show(ui, cx, "map-shelf", spot, |ui| {
            let text = cx.tr.n("map-shelf", count);
            if caret(ui, open, &text) {
                self.open = Some(!open);
            }
            if open {
                let rows = if area.height() >= HIGH {
                    ROWS.0
                } else {
                    ROWS.1
                };
                let tallest = (rows * (CHIP + 4.0) - 4.0)
                    .min(area.height() - CHIP - 24.0)
                    .max(CHIP);
                ScrollArea::vertical()
                    .max_height(tallest)
                    .min_scrolled_height(0.0)
                    .show(ui, |ui| {
                        ui.set_max_width((area.width() - 24.0).min(BROAD));
                        ui.horizontal_wrapped(|ui| {
                            ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
                            for row in &list {
                                if chip(ui, cx, *row) {
                                    hovered = Some(*row);
                                }
                            }
                            if count > MOST as u64 {
                                ui.label(cx.tr.n("map-more", count - MOST as u64));
                            }
                        });
                    });
            }
        });
        self.overlay = overlay;
        if hovered != self.hovering {
            self.hovering = hovered;
            cx.send(Command::Hover(hovered));
        }
        Some(rect)
    }
}

/// How a click joins the selection.
pub(super) fn pick_of(ui: &Ui) -> Pick {
    if ui.input(|i| i.modifiers.command || i.modifiers.ctrl) {
        Pick::Toggle
    } else {
        Pick::Replace
    }
}

/// One event; whether the pointer is over it.
fn chip(ui: &mut Ui, cx: &Ctx<'_>, row: EventRow) -> bool {
    let p = &cx.theme.palette;
    let session = cx.session();
    let data = cx.dataset();
    let (kind, side) = (data.table().kind(row), data.table().side(row));
    let title = data.title(row, cx.lang());
    let font = FontId::proportional(FONT_SMALL);
    let widest = WIDEST.min(ui.max_rect().width() - 40.0);
    let galley = one_line(ui.painter(), title.to_owned(), font, widest);
    let room = vec2(galley.size().x + 32.0, CHIP);
    let (rect, button) = ui.allocate_exact_size(room, Sense::click());
    let picked = session.selection.contains(row);
    button.widget_info(|| WidgetInfo::selected(Role::Button, true, picked, title));
    if ui.is_rect_visible(rect) {
        let lit = button.hovered() || session.hover == Some(row);
        let fill = if lit { p.hover } else { p.well };
        let line = if picked {
            Stroke::new(1.5, p.text)
        } else if button.has_focus() {
            Stroke::new(1.0, p.accent)
        } else {
            Stroke::NONE
        };
        ui.painter().rect(rect, 4.0, fill, line, StrokeKind::Inside);
        let possible = !cx.current().selected.certain.contains(row);
        let colour = colour_of(cx.theme, session.prefs.colour_by, kind, side);
        let style = MarkStyle {
            radius: 6.0,
            fill: if possible { p.card } else { colour },
            stroke: if possible {
                Stroke::new(1.5, colour)
            } else {
                Stroke::new(1.0, p.outline)
            },
        };
        let at = Pos2::new(rect.min.x + 13.0, rect.center().y);
        paint_mark(ui.painter(), at, shape_of(kind), style);
        let at = Pos2::new(rect.min.x + 24.0, rect.center().y - galley.size().y / 2.0);
        ui.painter()
            .galley_with_override_text_color(at.round(), galley, p.text);
    }
    let hovered = button.hovered();
    if button.clicked() {
        cx.send(Command::Select(vec![row], pick_of(ui)));
    }
    button.on_hover_text(format!("{title}\n{}", words::lines(cx, row).join("\n")));
    hovered
}
