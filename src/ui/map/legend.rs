//! What shapes, colours and outlines mean; a click filters by one.

use egui::{
    Align2, FontId, Margin, Pos2, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, vec2,
};
use egui_phosphor::regular as icon;

use crate::session::{ColourBy, Command};
use crate::ui::{Ctx, FONT_SMALL, MarkStyle, paint_mark, semibold, shape_of};

use crate::view::claim_value::grouped;
use crate::view::density::Scale;

use super::mark_labels::one_line;
use super::overlay::{Overlay, Spot};
use super::ramp;
use super::scene::colour_of;
use super::words;

/// Width of the legend's content, in points.
const WIDTH: f32 = 200.0;
/// Height of a row.
const ROW: f32 = 24.0;

/// The legend's own state.
#[derive(Default)]
pub(super) struct Legend {
    overlay: Overlay,
    /// Opened or closed by the user; else by the room there is.
    open: Option<bool>,
}

/// Small button that opens or closes a card.
pub(super) fn caret(ui: &mut Ui, open: bool, text: &str) -> bool {
    let sign = if open {
        icon::CARET_DOWN
    } else {
        icon::CARET_RIGHT
    };
    let label = egui::RichText::new(format!("{sign} {text}")).font(semibold(FONT_SMALL));
    let button = ui.add(
        egui::Button::new(label)
            .frame(false)
            .wrap_mode(egui::TextWrapMode::Extend)
            .min_size(vec2(24.0, 24.0)),
    );
    button.widget_info(|| WidgetInfo::selected(Role::Button, true, open, text));
    button.clicked()
}

impl Legend {
    /// Width of the open legend on a map with room for it.
    pub fn width(&self, roomy: bool) -> f32 {
        if self.open.unwrap_or(roomy) {
            WIDTH + 24.0
        } else {
            0.0
        }
    }

    /// Shows the legend at the top right of `area`.
    /// With density on the map, `density` is its scale, and whether all events
    /// are counted together.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        cx: &Ctx<'_>,
        area: Rect,
        roomy: bool,
        density: Option<(Scale, bool)>,
    ) -> Rect {
        let open = self.open.unwrap_or(roomy);
        let mut overlay = self.overlay;
        let spot = Spot {
            align: Align2::RIGHT_TOP,
            area,
            margin: Margin::symmetric(8, 4),
        };
        let width = WIDTH.min(area.width() - 16.0);
        let rect = overlay.show(ui, cx, "map-legend", spot, |ui| {
            if open {
                ui.set_width(width);
            }
            ui.spacing_mut().item_spacing.y = 0.0;
            if caret(ui, open, &cx.tr.t("map-legend")) {
                self.open = Some(!open);
            }
            if open {
                ScrollArea::vertical()
                    .max_height(area.height() - ROW - 16.0)
                    .show(ui, |ui| {
                        ui.set_width(width);
                        content(ui, cx, width, density);
                    });
            }
        });
        self.overlay = overlay;
        rect
    }
}

fn content(ui: &mut Ui, cx: &Ctx<'_>, width: f32, density: Option<(Scale, bool)>) {
    let by = cx.session().prefs.colour_by;
    colour_switch(ui, cx, density.is_some() || by == ColourBy::Number);
    if let Some((scale, together)) = density {
        ramp::show(ui, cx, width, scale, together);
    }
    if by == ColourBy::Side {
        heading(ui, cx, "map-legend-sides");
        sides(ui, cx, width);
    }
    heading(ui, cx, "map-legend-kinds");
    kinds(ui, cx, width);
    heading(ui, cx, "map-legend-precision");
    for key in ["ring", "area", "line", "possible"] {
        precision_row(ui, cx, width, key);
    }
    ui.add_space(4.0);
}

fn heading(ui: &mut Ui, cx: &Ctx<'_>, key: &str) {
    ui.add_space(8.0);
    let text = egui::RichText::new(cx.tr.t(key))
        .size(11.0)
        .color(cx.theme.palette.weak);
    ui.label(text);
}

/// The switch of what colours stand for; the scale of numbers is offered where
/// it may be seen.
fn colour_switch(ui: &mut Ui, cx: &Ctx<'_>, numbers: bool) {
    let by = cx.session().prefs.colour_by;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let weak = cx.theme.palette.weak;
        ui.label(
            egui::RichText::new(cx.tr.t("map-colour-by"))
                .size(FONT_SMALL)
                .color(weak),
        );
        for (value, key) in [
            (ColourBy::Side, "map-by-side"),
            (ColourBy::Kind, "map-by-kind"),
            (ColourBy::Number, "map-by-number"),
        ] {
            if value == ColourBy::Number && !numbers {
                continue;
            }
            let text = egui::RichText::new(cx.tr.t(key)).size(FONT_SMALL);
            if ui.selectable_label(by == value, text).clicked() && by != value {
                cx.send(Command::SetColourBy(value));
            }
        }
    });
}

fn kinds(ui: &mut Ui, cx: &Ctx<'_>, width: f32) {
    let s = cx.session();
    let chosen = &s.scope.filter.kinds;
    for (kind, count) in &cx.current().facets.kinds {
        let name = words::kind_name(cx.tr, *kind);
        let ink = match s.prefs.colour_by {
            ColourBy::Kind => colour_of(cx.theme, ColourBy::Kind, *kind, None),
            ColourBy::Side | ColourBy::Number => cx.theme.palette.weak,
        };
        let row = Row {
            name: &name,
            count: *count,
            chosen: chosen.contains(kind),
            filtered: !chosen.is_empty(),
        };
        let glyph = |ui: &Ui, at: Pos2| {
            let stroke = Stroke::new(1.0, cx.theme.palette.outline);
            let style = MarkStyle {
                radius: 6.5,
                fill: ink,
                stroke,
            };
            paint_mark(ui.painter(), at, shape_of(*kind), style);
        };
        if row.show(ui, cx, width, glyph) {
            cx.send(Command::ToggleKind(*kind));
        }
    }
}

fn sides(ui: &mut Ui, cx: &Ctx<'_>, width: f32) {
    let chosen = &cx.session().scope.filter.sides;
    for (side, count) in &cx.current().facets.sides {
        let name = words::side_name(cx, *side);
        let ink = cx.theme.category(side.map(usize::from));
        let row = Row {
            name: &name,
            count: *count,
            chosen: chosen.contains(side),
            filtered: !chosen.is_empty(),
        };
        let glyph = |ui: &Ui, at: Pos2| {
            let swatch = Rect::from_center_size(at, vec2(10.0, 10.0));
            ui.painter().rect(
                swatch,
                2.0,
                ink,
                Stroke::new(1.0, cx.theme.palette.outline),
                StrokeKind::Inside,
            );
        };
        if row.show(ui, cx, width, glyph) {
            cx.send(Command::ToggleSide(*side));
        }
    }
}

/// A value that can be filtered by.
struct Row<'a> {
    name: &'a str,
    count: u64,
    chosen: bool,
    /// Whether some value of its facet is chosen.
    filtered: bool,
}

impl Row<'_> {
    fn show(&self, ui: &mut Ui, cx: &Ctx<'_>, width: f32, glyph: impl Fn(&Ui, Pos2)) -> bool {
        let p = &cx.theme.palette;
        let (rect, button) = ui.allocate_exact_size(vec2(width, ROW), Sense::click());
        let told = format!("{} ({})", self.name, self.count);
        button.widget_info(|| WidgetInfo::selected(Role::Button, true, self.chosen, &told));
        if !ui.is_rect_visible(rect) {
            return button.clicked();
        }
        if button.hovered() {
            ui.painter().rect_filled(rect, 4.0, p.hover);
        }
        if self.chosen {
            let bar = Rect::from_min_size(rect.min + vec2(0.0, 4.0), vec2(2.0, ROW - 8.0));
            ui.painter().rect_filled(bar, 0.0, p.accent);
        }
        if button.has_focus() {
            let ring = Stroke::new(1.0, p.accent);
            ui.painter()
                .rect_stroke(rect, 4.0, ring, StrokeKind::Inside);
        }
        let lit = (!self.filtered || self.chosen) && self.count > 0;
        let ink = if lit { p.text } else { p.weak };
        glyph(ui, Pos2::new(rect.min.x + 14.0, rect.center().y));
        let count = ui.painter().text(
            Pos2::new(rect.max.x - 8.0, rect.center().y),
            Align2::RIGHT_CENTER,
            grouped(i64::try_from(self.count).unwrap_or(i64::MAX)),
            FontId::proportional(FONT_SMALL),
            p.weak,
        );
        let room = count.min.x - rect.min.x - 36.0;
        let font = FontId::proportional(FONT_SMALL);
        let text = one_line(ui.painter(), self.name.to_owned(), font, room);
        let cut = text.elided;
        let at = Pos2::new(rect.min.x + 28.0, rect.center().y - text.size().y / 2.0);
        ui.painter()
            .galley_with_override_text_color(at.round(), text, ink);
        let clicked = button.clicked();
        if cut {
            button.on_hover_text(self.name);
        }
        clicked
    }
}

/// A row of the key to what precision looks like.
fn precision_row(ui: &mut Ui, cx: &Ctx<'_>, width: f32, key: &str) {
    let p = &cx.theme.palette;
    let text = cx.tr.t(&format!("map-key-{key}"));
    let (rect, row) = ui.allocate_exact_size(vec2(width, ROW), Sense::hover());
    row.widget_info(|| WidgetInfo::labeled(Role::Label, true, &text));
    let at = Pos2::new(rect.min.x + 14.0, rect.center().y);
    let painter = ui.painter();
    let line = Stroke::new(1.25, p.weak);
    let dashed = |points: &[Pos2]| {
        painter.extend(egui::Shape::dashed_line(points, line, 3.0, 2.0));
    };
    match key {
        "ring" => {
            let points: Vec<Pos2> = (0..=24_u8)
                .map(|i| {
                    let a = std::f32::consts::TAU * f32::from(i) / 24.0;
                    at + 8.0 * vec2(a.sin(), -a.cos())
                })
                .collect();
            painter.circle_filled(at, 8.0, p.weak.gamma_multiply(0.12));
            dashed(&points);
        }
        "area" => {
            let corners = [
                (-9.0, 2.0),
                (-3.0, -7.0),
                (8.0, -4.0),
                (7.0, 6.0),
                (-5.0, 7.0),
                (-9.0, 2.0),
            ];
            let points: Vec<Pos2> = corners.iter().map(|(x, y)| at + vec2(*x, *y)).collect();
            let fill = p.weak.gamma_multiply(0.12);
            painter.add(egui::Shape::convex_polygon(
                points.clone(),
                fill,
                Stroke::NONE,
            ));
            dashed(&points);
        }
        "line" => dashed(&[at + vec2(-9.0, 5.0), at + vec2(9.0, -5.0)]),
        _ => {
            painter.circle(at, 6.0, p.card, Stroke::new(3.0, p.outline));
            painter.circle_stroke(at, 6.0, Stroke::new(1.75, p.weak));
        }
    }
    let font = FontId::proportional(FONT_SMALL);
    let galley = one_line(painter, text.clone(), font, width - 32.0);
    let cut = galley.elided;
    let at = Pos2::new(rect.min.x + 28.0, rect.center().y - galley.size().y / 2.0);
    painter.galley_with_override_text_color(at.round(), galley, p.weak);
    if cut {
        row.on_hover_text(text);
    }
}
