//! The grid of tiles: which lie in view, and where on the screen.

use egui::emath::TSTransform;
use egui::{Pos2, Rect, Vec2, pos2, vec2};

use crate::render::basemap::TileAt;
use crate::view::viewport::Viewport;

use super::loader::TILE_POINTS;

/// A tile in view: where it is, and where on the screen.
#[derive(Clone, Copy, Debug)]
pub(super) struct InView {
    pub at: TileAt,
    /// Its corner on the screen and its side, in points.
    min: (f64, f64),
    side: f64,
}

pub(super) fn tile_zoom(zoom: f64, max: u8) -> u8 {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to the zooms of an archive"
    )]
    let z = zoom.round().clamp(0.0, f64::from(max)) as u8;
    z
}

/// The part of the screen on which the one world is shown.
pub(super) fn world_rect(view: &Viewport, rect: Rect) -> Rect {
    let (_, cy) = view.center_unit();
    let min = view.offset((-0.5, -cy));
    let max = view.offset((0.5, 1.0 - cy));
    to_screen(rect, min, max).intersect(rect)
}

#[allow(clippy::cast_possible_truncation, reason = "screen positions")]
fn to_screen(rect: Rect, min: (f64, f64), max: (f64, f64)) -> Rect {
    let at = |p: (f64, f64)| rect.min + vec2(p.0 as f32, p.1 as f32);
    Rect::from_min_max(at(min), at(max))
}

/// What is left of `outer` around `inner`.
pub(super) fn around(outer: Rect, inner: Rect) -> impl Iterator<Item = Rect> {
    let (o, i) = (outer, inner);
    [
        Rect::from_min_max(o.min, pos2(o.max.x, i.min.y)),
        Rect::from_min_max(pos2(o.min.x, i.max.y), o.max),
        Rect::from_min_max(pos2(o.min.x, i.min.y), pos2(i.min.x, i.max.y)),
        Rect::from_min_max(pos2(i.max.x, i.min.y), pos2(o.max.x, i.max.y)),
    ]
    .into_iter()
    .filter(Rect::is_positive)
}

/// The tiles of a zoom in view, nearest to the centre first. East and west
/// wrap; the one world shown is cut where it is farthest from the centre, so
/// that there a tile may come twice.
pub(super) fn in_view(view: &Viewport, z: u8) -> Vec<InView> {
    let n = 1_i64 << z;
    let (cx, cy) = view.center_unit();
    let (x0, y0) = view.unit_at((0.0, 0.0));
    let (x1, y1) = view.unit_at(view.size());
    #[allow(
        clippy::cast_possible_truncation,
        reason = "at most two worlds of tiles"
    )]
    let span = |a: f64, b: f64| {
        let (a, b) = (a * n as f64, b * n as f64);
        (a.floor() as i64)..(b.ceil() as i64)
    };
    let side = view.world() / n as f64;
    let mut list = Vec::new();
    for y in span(y0.clamp(0.0, 1.0), y1.clamp(0.0, 1.0)) {
        for x in span(x0.max(cx - 0.5), x1.min(cx + 0.5)) {
            let corner = (x as f64 / n as f64 - cx, y as f64 / n as f64 - cy);
            let (Ok(column), Ok(row)) = (u32::try_from(x.rem_euclid(n)), u32::try_from(y)) else {
                continue;
            };
            list.push(InView {
                at: TileAt {
                    z,
                    x: column,
                    y: row,
                },
                min: view.offset(corner),
                side,
            });
        }
    }
    let (w, h) = view.size();
    let far =
        |t: &InView| (t.min.0 + t.side / 2.0 - w / 2.0).hypot(t.min.1 + t.side / 2.0 - h / 2.0);
    list.sort_by(|a, b| far(a).total_cmp(&far(b)));
    list
}

impl InView {
    pub fn rect(&self, screen: Rect) -> Rect {
        let max = (self.min.0 + self.side, self.min.1 + self.side);
        to_screen(screen, self.min, max)
    }

    /// Corner and side of a tile that holds this one.
    fn holder(&self, found: TileAt) -> ((f64, f64), f64) {
        let levels = self.at.z.saturating_sub(found.z);
        let scale = f64::from(levels).exp2();
        let part = |mine: u32, theirs: u32| f64::from(mine) - f64::from(theirs) * scale;
        let min = (
            self.min.0 - part(self.at.x, found.x) * self.side,
            self.min.1 - part(self.at.y, found.y) * self.side,
        );
        (min, self.side * scale)
    }

    #[allow(clippy::cast_possible_truncation, reason = "screen positions")]
    pub fn transform_of(&self, found: TileAt, screen: Rect) -> TSTransform {
        let (min, side) = self.holder(found);
        TSTransform {
            scaling: (side / f64::from(TILE_POINTS)) as f32,
            translation: screen.min.to_vec2() + Vec2::new(min.0 as f32, min.1 as f32),
        }
    }

    /// The part of `found`'s picture that lies on `clip`.
    #[allow(clippy::cast_possible_truncation, reason = "shares of one")]
    pub fn uv_of(&self, found: TileAt, screen: Rect, clip: Rect) -> Rect {
        let (min, side) = self.holder(found);
        let share = |p: Pos2| {
            let at = p - screen.min;
            pos2(
                ((f64::from(at.x) - min.0) / side) as f32,
                ((f64::from(at.y) - min.1) / side) as f32,
            )
        };
        Rect::from_min_max(share(clip.min), share(clip.max))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(lon: f64, lat: f64, zoom: f64) -> Viewport {
        Viewport::new((lon, lat), zoom, (800.0, 600.0))
    }

    #[test]
    fn tiles_across_the_antimeridian_are_those_of_both_sides() {
        let list = in_view(&view(180.0, 0.0, 5.0), 4);
        let columns: std::collections::BTreeSet<u32> = list.iter().map(|t| t.at.x).collect();
        assert_eq!(columns.into_iter().collect::<Vec<_>>(), [0, 15]);
        // 16 tiles of 512 points: each is shown once.
        let mut ids: Vec<_> = list.iter().map(|t| t.at).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), list.len());
    }

    #[test]
    fn the_tiles_in_view_cover_it() {
        for zoom in [0.0, 0.7, 2.3, 6.5, 12.0, 19.0] {
            let v = view(37.0, 35.0, zoom);
            let rect = Rect::from_min_size(pos2(10.0, 20.0), vec2(800.0, 600.0));
            let shown = world_rect(&v, rect);
            let z = tile_zoom(zoom - 1.0, 7);
            let area: f32 = in_view(&v, z)
                .iter()
                .map(|t| t.rect(rect).intersect(shown))
                .filter(Rect::is_positive)
                .map(|r| r.area())
                .sum();
            assert!((area - shown.area()).abs() < 1.0, "zoom {zoom}");
        }
    }

    #[test]
    fn a_stand_in_shows_the_part_of_it_that_the_tile_is() {
        let v = view(10.0, 10.0, 4.0);
        let rect = Rect::from_min_size(Pos2::ZERO, vec2(800.0, 600.0));
        for tile in in_view(&v, 3) {
            let full = tile.rect(rect);
            let parent = tile.at.ancestor(1).unwrap();
            let uv = tile.uv_of(parent, rect, full);
            assert!((uv.width() - 0.5).abs() < 1e-4 && (uv.height() - 0.5).abs() < 1e-4);
            assert!(uv.min.x > -1e-4 && uv.max.x < 1.0 + 1e-4);
            let t = tile.transform_of(parent, rect);
            let mapped = t.mul_pos(pos2(uv.min.x * 512.0, uv.min.y * 512.0));
            assert!((mapped - full.min).length() < 0.1);
        }
    }
}
