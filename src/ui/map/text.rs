//! Text that can be read on any ground.

use std::sync::Arc;

use egui::epaint::TextShape;
use egui::{Color32, Galley, Painter, Pos2, Vec2, vec2};

/// Where copies of a text stand for its halo, in points: the first four are
/// enough for small type, all eight for a fuller one.
const HALO: [Vec2; 8] = [
    vec2(-1.0, -1.0),
    vec2(1.0, -1.0),
    vec2(-1.0, 1.0),
    vec2(1.0, 1.0),
    vec2(-1.4, 0.0),
    vec2(1.4, 0.0),
    vec2(0.0, -1.4),
    vec2(0.0, 1.4),
];

/// Paints a text with a halo of `copies` (four or eight).
pub(super) fn halo_text(
    painter: &Painter,
    at: Pos2,
    galley: &Arc<Galley>,
    text: Color32,
    halo: Color32,
    copies: usize,
) {
    for offset in HALO.iter().take(copies) {
        painter.add(
            TextShape::new(at + *offset, Arc::clone(galley), halo).with_override_text_color(halo),
        );
    }
    painter.add(TextShape::new(at, Arc::clone(galley), text).with_override_text_color(text));
}
