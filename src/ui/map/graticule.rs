//! Lines of longitude and latitude, with their degrees at the edges.

use egui::{Align2, Color32, FontId, Painter, Rect, Stroke, pos2, vec2};

use crate::ui::Theme;
use crate::view::scale::{graticule_step, multiples};
use crate::view::viewport::Viewport;

use super::text::halo_text;

/// Least distance between two meridians, in points.
const APART: f64 = 96.0;

fn degrees(value: f64, step: f64, letters: [char; 2]) -> String {
    let digits = if step >= 1.0 {
        0
    } else if step >= 0.1 {
        1
    } else if step >= 0.01 {
        2
    } else {
        3
    };
    let value = if value > 180.0 { value - 360.0 } else { value };
    if value.abs() < 1e-9 || (value.abs() - 180.0).abs() < 1e-9 {
        return format!("{:.0}°", value.abs());
    }
    let letter = letters[usize::from(value < 0.0)];
    format!("{:.digits$}°\u{202f}{letter}", value.abs())
}

/// Paints the graticule of a view. `letters` are those of north, south, east
/// and west.
#[allow(clippy::cast_possible_truncation, reason = "screen positions")]
pub(super) fn paint(
    painter: &Painter,
    theme: &Theme,
    view: &Viewport,
    rect: Rect,
    letters: [char; 4],
) {
    let step = graticule_step(view.world(), APART);
    let stroke = Stroke::new(1.0, theme.palette.weak.gamma_multiply(0.35));
    let seen = view.bounds(0.0);
    let east = seen.west + seen.width();
    let [north, south, east_letter, west] = letters;
    let write = |at, align: Align2, text: String| {
        let galley = painter.layout_no_wrap(text, FontId::proportional(11.0), Color32::PLACEHOLDER);
        let min = align.anchor_size(at, galley.size()).min.round();
        halo_text(
            painter,
            min,
            &galley,
            theme.palette.weak,
            theme.palette.halo,
            4,
        );
    };
    for lon in multiples(step, seen.west, east) {
        let x = rect.min.x + view.project(lon, 0.0).0 as f32;
        painter.vline(x, rect.y_range(), stroke);
        if (rect.min.x + 60.0..rect.max.x - 60.0).contains(&x) {
            write(
                pos2(x + 3.0, rect.min.y + 4.0),
                Align2::LEFT_TOP,
                degrees(lon, step, [east_letter, west]),
            );
        }
    }
    for lat in multiples(step, seen.south, seen.north) {
        let y = rect.min.y + view.project(0.0, lat).1 as f32;
        painter.hline(rect.x_range(), y, stroke);
        if (rect.min.y + 140.0..rect.max.y - 70.0).contains(&y) {
            let at = pos2(rect.min.x + 4.0, y) + vec2(0.0, -2.0);
            write(at, Align2::LEFT_BOTTOM, degrees(lat, step, [north, south]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_have_letters_but_not_at_zero_and_the_antimeridian() {
        assert_eq!(degrees(-12.5, 0.5, ['E', 'W']), "12.5°\u{202f}W");
        assert_eq!(degrees(190.0, 10.0, ['E', 'W']), "170°\u{202f}W");
        assert_eq!(degrees(180.0, 10.0, ['E', 'W']), "180°");
        assert_eq!(degrees(0.0, 10.0, ['N', 'S']), "0°");
    }
}
