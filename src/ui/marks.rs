//! Marks: a shape for each kind, so that kinds are told apart without colour.

use std::f32::consts::{PI, TAU};

use egui::{Color32, Mesh, Painter, Pos2, Shape as Paint, Stroke, vec2};

use crate::model::Kind;

/// The outline of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// A triangle that points up.
    Triangle,
    /// A triangle that points down.
    TriangleDown,
    /// A triangle that points right.
    TriangleRight,
    /// A triangle that points left.
    TriangleLeft,
    /// A square.
    Square,
    /// A square on its corner.
    Diamond,
    /// A disc.
    Circle,
    /// A disc with a hole.
    Ring,
    /// A diagonal cross.
    Cross,
    /// An upright cross.
    Plus,
    /// A star of eight points.
    Star,
    /// A pentagon.
    Pentagon,
    /// A hexagon.
    Hexagon,
    /// An upright bar.
    Bar,
    /// A flat bar.
    FlatBar,
    /// A small disc.
    Dot,
}

/// The shape that stands for a kind.
#[must_use]
pub fn shape_of(kind: Kind) -> Shape {
    match kind {
        Kind::Attack => Shape::Triangle,
        Kind::Clash => Shape::Square,
        Kind::Strike => Shape::Diamond,
        Kind::Raid => Shape::TriangleDown,
        Kind::Explosion => Shape::Star,
        Kind::Abduction => Shape::Hexagon,
        Kind::LeaderKilling => Shape::Cross,
        Kind::Statement => Shape::Circle,
        Kind::Pledge => Shape::Ring,
        Kind::Bounty => Shape::Pentagon,
        Kind::Founding => Shape::Plus,
        Kind::Deployment => Shape::TriangleRight,
        Kind::Withdrawal => Shape::TriangleLeft,
        Kind::Displacement => Shape::FlatBar,
        Kind::Surrender => Shape::Bar,
        Kind::Other => Shape::Dot,
    }
}

/// The categorical colour of a kind: related kinds share one, their shapes
/// tell them apart.
#[must_use]
pub fn category_of_kind(kind: Kind) -> Option<usize> {
    match kind {
        Kind::Attack => Some(0),
        Kind::Strike | Kind::Raid => Some(1),
        Kind::Statement | Kind::Pledge | Kind::Bounty | Kind::Founding => Some(2),
        Kind::Clash => Some(3),
        Kind::Displacement | Kind::Surrender => Some(4),
        Kind::Explosion | Kind::LeaderKilling | Kind::Abduction => Some(5),
        Kind::Deployment | Kind::Withdrawal => Some(6),
        Kind::Other => None,
    }
}

/// How a mark is painted.
#[derive(Clone, Copy, Debug)]
pub struct MarkStyle {
    /// Distance from the centre to the farthest point, in points.
    pub radius: f32,
    /// Colour of the inside.
    pub fill: Color32,
    /// Outline.
    pub stroke: Stroke,
}

/// Points of the shape about the origin, within the unit circle; every shape
/// can be seen whole from its centre.
fn outline(shape: Shape) -> Vec<(f32, f32)> {
    let regular = |n: u8, turn: f32, radius: f32| -> Vec<(f32, f32)> {
        (0..n)
            .map(|i| {
                let a = turn + TAU * f32::from(i) / f32::from(n);
                (radius * a.sin(), -radius * a.cos())
            })
            .collect()
    };
    // An upright cross; `w` is half the width of its arms.
    let plus = |w: f32| {
        let r = 0.95;
        vec![
            (-w, -r),
            (w, -r),
            (w, -w),
            (r, -w),
            (r, w),
            (w, w),
            (w, r),
            (-w, r),
            (-w, w),
            (-r, w),
            (-r, -w),
            (-w, -w),
        ]
    };
    match shape {
        Shape::Triangle => regular(3, 0.0, 1.0),
        Shape::TriangleDown => regular(3, PI, 1.0),
        Shape::TriangleRight => regular(3, PI / 2.0, 1.0),
        Shape::TriangleLeft => regular(3, -PI / 2.0, 1.0),
        Shape::Square => regular(4, PI / 4.0, 1.05),
        Shape::Diamond => regular(4, 0.0, 1.05),
        Shape::Pentagon => regular(5, 0.0, 0.95),
        Shape::Hexagon => regular(6, 0.0, 0.95),
        Shape::Circle | Shape::Ring => regular(24, 0.0, 0.85),
        Shape::Dot => regular(16, 0.0, 0.55),
        Shape::Plus => plus(0.32),
        Shape::Cross => {
            let turn = std::f32::consts::FRAC_1_SQRT_2;
            plus(0.32)
                .into_iter()
                .map(|(x, y)| ((x - y) * turn, (x + y) * turn))
                .collect()
        }
        Shape::Star => (0..16_u8)
            .map(|i| {
                let a = TAU * f32::from(i) / 16.0;
                let r = if i % 2 == 0 { 1.0 } else { 0.55 };
                (r * a.sin(), -r * a.cos())
            })
            .collect(),
        Shape::Bar => vec![(-0.4, -0.95), (0.4, -0.95), (0.4, 0.95), (-0.4, 0.95)],
        Shape::FlatBar => vec![(-0.95, -0.4), (0.95, -0.4), (0.95, 0.4), (-0.95, 0.4)],
    }
}

/// Paints a mark about `center`.
pub fn paint_mark(painter: &Painter, center: Pos2, shape: Shape, style: MarkStyle) {
    let points: Vec<Pos2> = outline(shape)
        .into_iter()
        .map(|(x, y)| center + vec2(x, y) * style.radius)
        .collect();
    let mut mesh = Mesh::default();
    mesh.colored_vertex(center, style.fill);
    for p in &points {
        mesh.colored_vertex(*p, style.fill);
    }
    let n = u32::try_from(points.len()).unwrap_or(0);
    for i in 0..n {
        mesh.add_triangle(0, 1 + i, 1 + (i + 1) % n);
    }
    // A thin line of the fill's own colour smooths the edge of the mesh.
    let smooth = Stroke::new(1.0, style.fill);
    painter.add(Paint::closed_line(points.clone(), smooth));
    painter.add(Paint::mesh(mesh));
    painter.add(Paint::closed_line(points, style.stroke));
    if shape == Shape::Ring {
        painter.circle_filled(center, style.radius * 0.36, style.stroke.color);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_shape_of_its_own() {
        let mut seen = std::collections::HashSet::new();
        for kind in Kind::ALL {
            assert!(seen.insert(shape_of(*kind)), "{kind:?}");
        }
    }

    #[test]
    fn shapes_stay_within_their_radius() {
        for kind in Kind::ALL {
            for (x, y) in outline(shape_of(*kind)) {
                assert!(x.hypot(y) <= 1.1, "{kind:?}");
            }
        }
    }
}
