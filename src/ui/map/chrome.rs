//! Zoom buttons, scale, coordinates and attribution.

use egui::{
    Align, Align2, Color32, FontId, Layout, Margin, Rect, RichText, Role, Sense, Stroke, Ui,
    WidgetInfo, pos2, vec2,
};
use egui_phosphor::regular as icon;

use crate::session::{Command, MapRequest};
use crate::ui::Ctx;
use crate::view::scale::scale_bar;
use crate::view::viewport::Viewport;

use super::overlay::{Overlay, Spot};
use super::words;

/// Longest scale bar, in points.
const LONGEST_BAR: f64 = 96.0;
/// Size of the attribution's type.
const FINE: f32 = 11.0;
/// Map width below which the attribution is behind a button, and below which
/// the coordinates are left out.
pub(super) const NARROW: f32 = 520.0;

/// State of what surrounds the map.
#[derive(Default)]
pub(super) struct Chrome {
    zoom: Overlay,
    info: Overlay,
}

/// A button with an icon, told by name and explained by a tooltip.
fn icon_button(ui: &mut Ui, sign: &str, name: &str, hint: &str) -> bool {
    let button = egui::Button::new(RichText::new(sign).size(16.0))
        .frame_when_inactive(false)
        .min_size(vec2(32.0, 32.0));
    let button = ui.add(button);
    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    button.on_hover_text(hint).clicked()
}

impl Chrome {
    /// Zoom buttons at the top left.
    pub fn zoom_buttons(&mut self, ui: &mut Ui, cx: &Ctx<'_>, area: Rect) -> Rect {
        let spot = Spot {
            align: Align2::LEFT_TOP,
            area,
            margin: Margin::ZERO,
        };
        self.zoom.show(ui, cx, "map-zoom", spot, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let buttons = [
                (
                    icon::PLUS,
                    "map-zoom-in",
                    "+",
                    Command::Map(MapRequest::ZoomBy(1.0)),
                ),
                (
                    icon::MINUS,
                    "map-zoom-out",
                    "−",
                    Command::Map(MapRequest::ZoomBy(-1.0)),
                ),
                (
                    icon::CORNERS_OUT,
                    "map-fit-all",
                    "map-key-home",
                    Command::FitAll,
                ),
            ];
            for (sign, key, shortcut, command) in buttons {
                let name = cx.tr.t(key);
                let hint = format!("{name} ({})", cx.tr.t(shortcut));
                if icon_button(ui, sign, &name, &hint) {
                    cx.send(command);
                }
            }
        })
    }

    /// Scale, coordinates and attribution at the bottom right.
    pub fn info(
        &mut self,
        ui: &mut Ui,
        cx: &Ctx<'_>,
        area: Rect,
        view: &Viewport,
        pointer: Option<(f64, f64)>,
    ) -> Rect {
        let spot = Spot {
            align: Align2::RIGHT_BOTTOM,
            area,
            margin: Margin::symmetric(8, 2),
        };
        let narrow = area.width() < NARROW;
        let widest = (area.width() * 0.55).clamp(200.0, 660.0);
        self.info.show(ui, cx, "map-info", spot, |ui| {
            ui.spacing_mut().item_spacing = vec2(12.0, 0.0);
            let scale = |ui: &mut Ui| {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    bar(ui, cx, view);
                    if narrow {
                        attribution_button(ui, cx);
                    } else {
                        coordinates(ui, cx, view, pointer);
                    }
                });
            };
            if narrow {
                // As wide as needed: nothing below sets the width.
                ui.allocate_ui_with_layout(
                    vec2(150.0, 24.0),
                    Layout::right_to_left(Align::Center),
                    |ui| {
                        bar(ui, cx, view);
                        attribution_button(ui, cx);
                    },
                );
            } else {
                let text = RichText::new(attribution(cx))
                    .size(FINE)
                    .color(cx.theme.palette.weak);
                let galley = ui.painter().layout(
                    attribution(cx),
                    FontId::proportional(FINE),
                    Color32::PLACEHOLDER,
                    widest,
                );
                ui.set_width(galley.size().x.max(320.0_f32.min(widest)).ceil() + 1.0);
                ui.allocate_ui(vec2(ui.available_width(), 22.0), scale);
                ui.add(egui::Label::new(text).wrap().selectable(false));
                ui.add_space(2.0);
            }
        })
    }
}

fn attribution(cx: &Ctx<'_>) -> String {
    ["map-credit-earth", "map-credit-names", "map-credit-borders"]
        .map(|k| cx.tr.t(k))
        .join(" · ")
}

fn attribution_button(ui: &mut Ui, cx: &Ctx<'_>) {
    let button = egui::Button::new(RichText::new(icon::INFO).size(16.0))
        .frame(false)
        .min_size(vec2(24.0, 24.0));
    let button = ui.add(button);
    let name = cx.tr.t("map-credits");
    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    egui::Popup::menu(&button).show(|ui| {
        ui.set_max_width(220.0);
        ui.label(RichText::new(attribution(cx)).size(FINE));
    });
    button.on_hover_text(attribution(cx));
}

/// Where the pointer is, or else the middle of the map.
fn coordinates(ui: &mut Ui, cx: &Ctx<'_>, view: &Viewport, pointer: Option<(f64, f64)>) {
    // As many digits as a point on the screen can tell apart.
    let digits = match view.zoom() {
        z if z < 5.0 => 2,
        z if z < 9.0 => 3,
        z if z < 13.0 => 4,
        _ => 5,
    };
    let text = pointer.map_or_else(String::new, |at| words::coordinates(at, digits));
    let (rect, label) = ui.allocate_exact_size(vec2(150.0, 20.0), Sense::hover());
    let told = format!("{}: {text}", cx.tr.t("map-coordinates"));
    label.widget_info(|| WidgetInfo::labeled(Role::Label, true, &told));
    ui.painter().text(
        rect.right_center(),
        Align2::RIGHT_CENTER,
        text,
        FontId::proportional(FINE),
        cx.theme.palette.weak,
    );
}

/// The scale at the latitude of the map's middle.
fn bar(ui: &mut Ui, cx: &Ctx<'_>, view: &Viewport) {
    let bar = scale_bar(view.metres_per_point(view.center().1), LONGEST_BAR);
    let text = words::length(bar.metres);
    let font = FontId::proportional(FINE);
    let galley = ui
        .painter()
        .layout_no_wrap(text.clone(), font, cx.theme.palette.text);
    #[allow(clippy::cast_possible_truncation, reason = "at most LONGEST_BAR")]
    let long = bar.points as f32;
    let size = vec2(galley.size().x + 6.0 + long, 20.0);
    let (rect, shown) = ui.allocate_exact_size(size, Sense::hover());
    let told = format!("{}: {text}", cx.tr.t("map-scale"));
    shown.widget_info(|| WidgetInfo::labeled(Role::Label, true, &told));
    let at = pos2(rect.min.x, rect.center().y - galley.size().y / 2.0);
    ui.painter()
        .galley(at.round(), galley, cx.theme.palette.text);
    let line = Stroke::new(1.0, cx.theme.palette.text);
    let (x0, x1, y) = (
        (rect.max.x - long).round() + 0.5,
        rect.max.x.round() - 0.5,
        rect.center().y.round() + 3.5,
    );
    ui.painter().hline(x0..=x1, y, line);
    for x in [x0, x1] {
        ui.painter().vline(x, y - 4.0..=y, line);
    }
}
