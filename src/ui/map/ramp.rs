//! The legend's scale of density: colours and the counts they stand for.

use egui::{
    Align2, Color32, FontId, Mesh, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, vec2,
};

use crate::ui::{Ctx, FONT_SMALL};
use crate::view::claim_value::grouped;
use crate::view::density::{CELL, Scale};

use super::mark_labels::one_line;

/// Height of the band of colours.
const BAND: f32 = 10.0;
/// Space at both ends.
const INSET: f32 = 8.0;
/// Steps of colour.
const STEPS: u16 = 24;

/// Shows the scale; `together` says that all events are counted together, and
/// else brightness alone tells how many there are.
pub(super) fn show(ui: &mut Ui, cx: &Ctx<'_>, width: f32, scale: Scale, together: bool) {
    let text = cx.tr.n("map-density", u64::from(CELL));
    let (rect, response) = ui.allocate_exact_size(vec2(width, 58.0), Sense::hover());
    let counts: Vec<String> = scale.ticks().iter().map(|(n, _)| counted(*n)).collect();
    let told = format!("{text}: {}", counts.join(", "));
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &told));
    let p = &cx.theme.palette;
    let painter = ui.painter();
    let font = FontId::proportional(11.0);
    let galley = one_line(painter, text.clone(), font, width - 2.0 * INSET);
    let cut = galley.elided;
    let at = rect.min + vec2(INSET, 5.0);
    painter.galley_with_override_text_color(at.round(), galley, p.weak);
    let band = Rect::from_min_size(
        rect.min + vec2(INSET, 25.0),
        vec2(width - 2.0 * INSET, BAND),
    );
    painter.rect_filled(band, 0.0, p.sea);
    painter.add(colours(cx, band, together));
    ticks(ui, cx, band, scale);
    if cut {
        response.on_hover_text(text);
    }
}

/// The band of colours, from few to many.
fn colours(cx: &Ctx<'_>, band: Rect, together: bool) -> Shape {
    let mut mesh = Mesh::default();
    for n in 0..=STEPS {
        let share = f32::from(n) / f32::from(STEPS);
        let colour: Color32 = if together {
            cx.theme.scale(share)
        } else {
            cx.theme.shade(cx.theme.category(None), share)
        };
        let x = band.min.x + band.width() * share;
        let last = u32::from(n) * 2;
        mesh.colored_vertex(Pos2::new(x, band.min.y), colour);
        mesh.colored_vertex(Pos2::new(x, band.max.y), colour);
        if n > 0 {
            mesh.add_triangle(last - 2, last - 1, last);
            mesh.add_triangle(last - 1, last, last + 1);
        }
    }
    Shape::mesh(mesh)
}

/// Counts below the band, as many as there is room for; the last always.
fn ticks(ui: &Ui, cx: &Ctx<'_>, band: Rect, scale: Scale) {
    let p = &cx.theme.palette;
    let painter = ui.painter();
    let list = scale.ticks();
    let mut free_to = f32::INFINITY;
    for (count, share) in list.iter().rev() {
        let x = band.min.x + band.width() * share;
        let align = if *share >= 1.0 {
            Align2::RIGHT_TOP
        } else {
            Align2::CENTER_TOP
        };
        let end = Pos2::new(x, band.max.y + 3.0);
        let text = painter.layout_no_wrap(
            counted(*count),
            FontId::proportional(FONT_SMALL - 1.0),
            p.weak,
        );
        let room = align.anchor_size(end, text.size());
        if room.max.x + 4.0 > free_to {
            continue;
        }
        free_to = room.min.x;
        let line = Stroke::new(1.0, p.weak);
        painter.line_segment([Pos2::new(x, band.max.y), end], line);
        painter.galley(room.min + vec2(0.0, 1.0), text, p.weak);
    }
}

#[allow(clippy::cast_possible_truncation, reason = "a round number")]
fn counted(n: f32) -> String {
    grouped(n as i64)
}
