//! What the pointer is over where events are drawn as dots or density.

use egui::{Pos2, Rect, pos2};

use crate::dataset::mercator::WORLD;
use crate::model::EventRow;
use crate::ui::Ctx;
use crate::view::density::{Field, Part, place};
use crate::view::viewport::Viewport;

use super::Many;

/// The pointer may miss a dot by so many points.
const REACH: f64 = 7.0;
/// What is counted about the pointer: a square of so many points a side.
const AREA_SIDE: f32 = 8.0;
/// Up to so many events about the pointer, the nearest is meant and not all.
const TOLD_APART: u64 = 3;

/// Something under the pointer.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui::map) enum Under {
    /// One event, and where it is on the screen.
    Event(EventRow, Pos2),
    /// Many: where on the screen, and how many by slot.
    Crowd(Rect, Vec<u64>),
}

/// The part of a field about a position, in points from the upper left corner
/// of the view.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "held to the grid"
)]
fn about(field: &Field, view: &Viewport, at: (f64, f64)) -> Part {
    let grid = field.grid();
    let ((left, top), cell) = place(grid, view);
    let half = f64::from(AREA_SIDE) / 2.0;
    let range = |from: f64, at: f64, most: u32| {
        let edge = |at: f64| ((at - from) / cell).round().clamp(0.0, f64::from(most)) as u32;
        let first = edge(at - half);
        (first, edge(at + half).max((first + 1).min(most)))
    };
    Part {
        columns: range(left, at.0, grid.columns),
        rows: range(top, at.1, grid.rows),
    }
}

impl Many {
    /// What is under a position on the screen.
    pub fn under(&self, cx: &Ctx<'_>, view: &Viewport, map: Rect, at: Pos2) -> Option<Under> {
        if self.blend.dots + self.blend.density <= 0.0 {
            return None;
        }
        let (field, _) = self.density.field()?;
        let local = (f64::from(at.x - map.min.x), f64::from(at.y - map.min.y));
        let sums = field.sums(&about(field, view, local));
        let events: u64 = sums.iter().sum();
        if events > TOLD_APART && self.blend.dots < 0.5 {
            let area = Rect::from_center_size(at, egui::Vec2::splat(AREA_SIDE));
            return Some(Under::Crowd(area, sums));
        }
        let place = view.position_at(local)?;
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few points are less than the world"
        )]
        let reach = (REACH / view.world() * WORLD).clamp(1.0, WORLD / 4.0) as u32;
        let row = cx.dataset().nearest(cx.current().shown(), place, reach)?;
        let (x, y) = view.screen(super::super::scene::unit_of(cx.dataset(), row)?);
        #[allow(clippy::cast_possible_truncation, reason = "a position on the screen")]
        let at = map.min + pos2(x as f32, y as f32).to_vec2();
        Some(Under::Event(row, at))
    }
}
