//! One row of a facet: a tick, what it is, and how many there are.

use egui::{
    Align2, FontId, Rect, Response, Role, Sense, Stroke, StrokeKind, TextStyle, Ui, WidgetInfo,
    pos2, vec2,
};

use crate::model::Kind;
use crate::session::ColourBy;
use crate::ui::widgets::kind_colour;
use crate::ui::{Ctx, MarkStyle, paint_mark, shape_of};
use crate::view::claim_value::grouped;

/// Height of a row, in points.
const HEIGHT: f32 = 24.0;

/// What stands before the name.
#[derive(Clone, Copy)]
pub(super) enum Lead {
    /// Nothing.
    None,
    /// The mark of a kind.
    Mark(Kind),
    /// The colour of a side.
    Dot(Option<u8>),
    /// A bar as long as this share under the name.
    Bar(f32),
}

/// One row of a facet.
pub(super) struct Facet<'a> {
    pub lead: Lead,
    pub name: &'a str,
    pub count: Option<u64>,
    pub on: bool,
}

/// Paints a row as one thing to click. What is chosen has a tick and a ground.
pub(super) fn facet(ui: &mut Ui, cx: &Ctx<'_>, id: impl egui::AsIdSalt, f: &Facet<'_>) -> Response {
    let p = &cx.theme.palette;
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), HEIGHT));
    let response = ui.interact(rect, ui.make_persistent_id(id), Sense::click());
    let said = match f.count {
        Some(n) => format!("{}: {}", f.name, n),
        None => f.name.to_owned(),
    };
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, f.on, &said));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    if response.hovered() {
        ui.painter().rect_filled(rect, 4.0, p.hover);
    } else if f.on {
        ui.painter().rect_filled(rect, 4.0, p.well);
    }
    if response.has_focus() {
        let stroke = Stroke::new(1.0, p.accent);
        ui.painter()
            .rect_stroke(rect, 4.0, stroke, StrokeKind::Inside);
    }
    tick(ui, cx, pos2(rect.left() + 10.0, rect.center().y), f.on);
    let mut x = rect.left() + 24.0;
    let zero = f.count == Some(0);
    let fade = if zero && !f.on { 0.5 } else { 1.0 };
    match f.lead {
        Lead::Mark(kind) => {
            let by_kind = match cx.session().prefs.colour_by {
                ColourBy::Kind => kind_colour(cx.theme, kind),
                ColourBy::Side | ColourBy::Number => p.weak,
            };
            let style = MarkStyle {
                radius: 5.5,
                fill: by_kind.gamma_multiply(fade),
                stroke: Stroke::new(1.0, p.outline),
            };
            paint_mark(
                ui.painter(),
                pos2(x + 6.0, rect.center().y),
                shape_of(kind),
                style,
            );
            x += 18.0;
        }
        Lead::Dot(side) => {
            let fill = cx
                .theme
                .category(side.map(usize::from))
                .gamma_multiply(fade);
            let rim = Stroke::new(1.0, p.outline);
            ui.painter()
                .circle(pos2(x + 6.0, rect.center().y), 5.0, fill, rim);
            x += 18.0;
        }
        Lead::None | Lead::Bar(_) => {}
    }
    let font = TextStyle::Body.resolve(ui.style());
    let colour = if zero && !f.on { p.weak } else { p.text };
    let mut right = rect.right() - 4.0;
    if let Some(n) = f.count {
        let text = grouped(i64::try_from(n).unwrap_or(i64::MAX));
        let at = pos2(right, rect.center().y);
        let used = ui.painter().text(
            at,
            Align2::RIGHT_CENTER,
            text,
            font.clone(),
            if zero { p.weak } else { colour },
        );
        right = used.left() - 8.0;
    }
    name(
        ui,
        f.name,
        font,
        colour,
        Rect::from_x_y_ranges(x..=right, rect.y_range()),
        &response,
    );
    if let Lead::Bar(share) = f.lead {
        let y = rect.bottom() - 1.5;
        let stroke = Stroke::new(2.0, p.accent.gamma_multiply(0.6));
        let end = x + (rect.right() - 4.0 - x) * share.clamp(0.0, 1.0);
        ui.painter().hline(x..=end, y, stroke);
    }
    response
}

/// The name in one line; whole in a tooltip if it is cut.
fn name(ui: &Ui, text: &str, font: FontId, colour: egui::Color32, rect: Rect, r: &Response) {
    let mut job = egui::text::LayoutJob::simple_singleline(text.to_owned(), font, colour);
    job.wrap.max_width = rect.width();
    job.wrap.max_rows = 1;
    job.wrap.break_anywhere = true;
    let galley = ui.fonts_mut(|f| f.layout_job(job));
    if galley.elided {
        r.clone().on_hover_text(text);
    }
    let at = pos2(rect.left(), rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, colour);
}

/// A box, with a tick in it when chosen.
fn tick(ui: &Ui, cx: &Ctx<'_>, centre: egui::Pos2, on: bool) {
    let p = &cx.theme.palette;
    let rect = Rect::from_center_size(centre, vec2(12.0, 12.0));
    if on {
        ui.painter().rect_filled(rect, 2.0, p.accent);
        let points = [vec2(-3.5, 0.0), vec2(-1.0, 2.8), vec2(3.5, -2.8)];
        let line = points.iter().map(|v| centre + *v).collect();
        let stroke = Stroke::new(1.8, p.on_accent);
        ui.painter().add(egui::Shape::line(line, stroke));
    } else {
        let stroke = Stroke::new(1.0, p.weak.gamma_multiply(0.7));
        ui.painter()
            .rect_stroke(rect, 2.0, stroke, StrokeKind::Inside);
    }
}
