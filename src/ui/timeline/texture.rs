//! Fills that tell certain from possible: solid, hatched, fading. All go into
//! one mesh, so that thousands of bars are one shape to paint.

use egui::{Color32, Mesh, Rect, pos2};

/// Hatching: distance between stripes and their thickness, in points.
const STRIPE_STEP: f32 = 5.0;
const STRIPE: f32 = 1.5;

/// A colour with a part of its strength.
pub(super) fn faint(colour: Color32, strength: f32) -> Color32 {
    colour.gamma_multiply(strength)
}

/// Adds a plain rectangle.
pub(super) fn fill(mesh: &mut Mesh, rect: Rect, colour: Color32) {
    if rect.is_positive() {
        mesh.add_colored_rect(rect, colour);
    }
}

/// Adds a rectangle that goes from one colour to another from left to right.
pub(super) fn fade(mesh: &mut Mesh, rect: Rect, left: Color32, right: Color32) {
    if !rect.is_positive() {
        return;
    }
    let Ok(at) = u32::try_from(mesh.vertices.len()) else {
        return;
    };
    mesh.colored_vertex(rect.left_top(), left);
    mesh.colored_vertex(rect.right_top(), right);
    mesh.colored_vertex(rect.right_bottom(), right);
    mesh.colored_vertex(rect.left_bottom(), left);
    mesh.add_triangle(at, at + 1, at + 2);
    mesh.add_triangle(at, at + 2, at + 3);
}

/// Adds the outline of a rectangle, one point thick, inside it.
pub(super) fn frame(mesh: &mut Mesh, rect: Rect, colour: Color32) {
    let edge = 1.0;
    fill(mesh, rect.with_max_y(rect.top() + edge), colour);
    fill(mesh, rect.with_min_y(rect.bottom() - edge), colour);
    let sides = rect.shrink2(egui::vec2(0.0, edge));
    fill(mesh, sides.with_max_x(rect.left() + edge), colour);
    fill(mesh, sides.with_min_x(rect.right() - edge), colour);
}

/// Adds slanted stripes; `strength` gives that of a stripe by its position.
pub(super) fn hatch(mesh: &mut Mesh, rect: Rect, colour: Color32, strength: impl Fn(f32) -> f32) {
    let height = rect.height();
    // Stripes hang on the screen, not on the bar: neighbours line up.
    let mut foot = ((rect.left() - height) / STRIPE_STEP).floor() * STRIPE_STEP;
    while foot < rect.right() {
        let (low, high) = (
            foot.max(rect.left()),
            (foot + height).min(rect.right() - STRIPE),
        );
        if low < high {
            stripe(mesh, rect, foot, (low, high), faint(colour, strength(low)));
        }
        foot += STRIPE_STEP;
    }
}

fn stripe(mesh: &mut Mesh, rect: Rect, foot: f32, (low, high): (f32, f32), colour: Color32) {
    let Ok(at) = u32::try_from(mesh.vertices.len()) else {
        return;
    };
    let y = |x: f32| rect.bottom() - (x - foot);
    mesh.colored_vertex(pos2(low, y(low)), colour);
    mesh.colored_vertex(pos2(low + STRIPE, y(low)), colour);
    mesh.colored_vertex(pos2(high + STRIPE, y(high)), colour);
    mesh.colored_vertex(pos2(high, y(high)), colour);
    mesh.add_triangle(at, at + 1, at + 2);
    mesh.add_triangle(at, at + 2, at + 3);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stripes_stay_inside_the_bar() {
        for left in [0.0, 0.7, 3.0, 117.3] {
            for width in [2.0, 8.0, 64.5] {
                let rect = Rect::from_min_size(pos2(left, 10.0), egui::vec2(width, 8.0));
                let mut mesh = Mesh::default();
                hatch(&mut mesh, rect, Color32::WHITE, |_| 1.0);
                for vertex in &mesh.vertices {
                    assert!(
                        rect.expand(0.01).contains(vertex.pos),
                        "{:?} {rect:?}",
                        vertex.pos
                    );
                }
                assert!(width < 8.0 || !mesh.is_empty(), "{width}");
            }
        }
    }
}
