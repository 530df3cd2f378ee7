//! What lies inside an outline drawn on the map.

use crate::dataset::{Dataset, GeoBox, RowSet};

use super::viewport::Viewport;

/// Edges are looked up by so many bands of height. Trade-off: a drawn outline
/// has some hundred edges, of which few then cross a band.
const BANDS: usize = 256;

/// Fixed-point units in the width of the Mercator square.
const WORLD: f64 = 4_294_967_296.0;

/// Rows looked at between two questions whether to stop.
const AT_ONCE: usize = 1 << 16;

/// A closed outline. Where it crosses itself, what it goes around twice is
/// outside (the even–odd rule).
#[derive(Clone, Debug)]
pub struct Lasso {
    /// The centre of the view: x is counted from it, so that nothing happens
    /// at the antimeridian.
    centre: f64,
    /// Corners: x east of the centre and y, in units of the Mercator square.
    corners: Vec<(f64, f64)>,
    /// For each band the edges that touch it, by their first corner.
    bands: Vec<Vec<usize>>,
    top: f64,
    bottom: f64,
    area: GeoBox,
}

impl Lasso {
    /// An outline of screen positions on a view; `None` of fewer than three.
    #[must_use]
    pub fn new(view: &Viewport, outline: &[(f64, f64)]) -> Option<Self> {
        if outline.len() < 3 {
            return None;
        }
        let (centre, _) = view.center_unit();
        let corner = |at: &(f64, f64)| {
            let (x, y) = view.unit_at(*at);
            // No further than the one world that is shown.
            ((x - centre).clamp(-0.5, 0.5), y.clamp(0.0, 1.0))
        };
        let corners: Vec<(f64, f64)> = outline.iter().map(corner).collect();
        let least = |f: fn(&(f64, f64)) -> f64, of: &[(f64, f64)]| {
            of.iter().map(f).fold(f64::INFINITY, f64::min)
        };
        let most = |f: fn(&(f64, f64)) -> f64, of: &[(f64, f64)]| {
            of.iter().map(f).fold(f64::NEG_INFINITY, f64::max)
        };
        let (top, bottom) = (least(|p| p.1, &corners), most(|p| p.1, &corners));
        let mut lasso = Self {
            centre,
            bands: vec![Vec::new(); BANDS],
            top,
            bottom,
            area: view.geo_box(
                (least(|p| p.0, outline), least(|p| p.1, outline)),
                (most(|p| p.0, outline), most(|p| p.1, outline)),
            ),
            corners,
        };
        for at in 0..lasso.corners.len() {
            let ((_, a), (_, b)) = lasso.edge(at);
            for band in lasso.band(a.min(b))..=lasso.band(a.max(b)) {
                lasso.bands[band].push(at);
            }
        }
        Some(lasso)
    }

    /// The box around it.
    #[must_use]
    pub fn area(&self) -> GeoBox {
        self.area
    }

    fn edge(&self, at: usize) -> ((f64, f64), (f64, f64)) {
        let next = if at + 1 == self.corners.len() {
            0
        } else {
            at + 1
        };
        (self.corners[at], self.corners[next])
    }

    fn band(&self, y: f64) -> usize {
        let share = (y - self.top) / (self.bottom - self.top).max(f64::MIN_POSITIVE);
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "held to the bands there are"
        )]
        let band = (share * BANDS as f64).clamp(0.0, BANDS as f64 - 1.0) as usize;
        band
    }

    /// Whether a position in fixed-point Mercator is inside.
    #[must_use]
    pub fn holds(&self, (x, y): (u32, u32)) -> bool {
        let dx = f64::from(x) / WORLD - self.centre;
        let (x, y) = (dx - dx.round(), f64::from(y) / WORLD);
        if !(self.top..=self.bottom).contains(&y) {
            return false;
        }
        let to_the_east = |at: &&usize| {
            let ((x0, y0), (x1, y1)) = self.edge(**at);
            (y0 <= y) != (y1 <= y) && x < x0 + (y - y0) / (y1 - y0) * (x1 - x0)
        };
        self.bands[self.band(y)].iter().filter(to_the_east).count() % 2 == 1
    }

    /// The rows of a set whose mark is inside. `None` if `stop` said so on the
    /// way.
    #[must_use]
    pub fn pick(
        &self,
        dataset: &Dataset,
        rows: &RowSet,
        stop: &dyn Fn() -> bool,
    ) -> Option<RowSet> {
        let mut near = dataset.in_box(self.area);
        near.intersect(rows);
        let mut stopped = false;
        let going_on = |n: usize| {
            stopped |= n.is_multiple_of(AT_ONCE) && stop();
            !stopped
        };
        let table = dataset.table();
        let mut going_on = going_on;
        let inside = near
            .iter()
            .enumerate()
            .take_while(|(n, _)| going_on(*n))
            .map(|(_, row)| row)
            .filter(|row| table.position(*row).is_some_and(|at| self.holds(at)));
        let inside = RowSet::listed(inside, dataset.len());
        (!stopped).then_some(inside)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::synthetic;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static MADE_UP: LazyLock<Dataset> = LazyLock::new(|| synthetic::dataset(3_000, 2, &|_, _| {}));

    /// Whether a screen position is inside, looking down instead of east; and
    /// how far it is from the nearest edge.
    fn inside(outline: &[(f64, f64)], (x, y): (f64, f64)) -> (bool, f64) {
        let (mut crossed, mut nearest) = (0, f64::INFINITY);
        for (at, a) in outline.iter().enumerate() {
            let b = outline[(at + 1) % outline.len()];
            if (a.0 <= x) != (b.0 <= x) && y < a.1 + (x - a.0) / (b.0 - a.0) * (b.1 - a.1) {
                crossed += 1;
            }
            let (dx, dy) = (b.0 - a.0, b.1 - a.1);
            let along = ((x - a.0) * dx + (y - a.1) * dy) / (dx * dx + dy * dy).max(1e-9);
            let along = along.clamp(0.0, 1.0);
            nearest = nearest.min((a.0 + along * dx - x).hypot(a.1 + along * dy - y));
        }
        (crossed % 2 == 1, nearest)
    }

    proptest! {
        #[test]
        fn what_is_inside_on_the_screen_is_picked(
            lon in prop_oneof![-180.0..180.0, 170.0..180.0, -180.0..-170.0],
            lat in -40.0..60.0, zoom in 2.5..6.0,
            outline in proptest::collection::vec((-20.0..820.0_f64, -20.0..620.0_f64), 3..12),
            from in 0..3_000_u32,
        ) {
            let view = Viewport::new((lon, lat), zoom, (800.0, 600.0));
            let rows: RowSet = MADE_UP.rows().filter(|r| r.0 >= from).collect();
            let lasso = Lasso::new(&view, &outline).unwrap();
            let picked = lasso.pick(&MADE_UP, &rows, &|| false).unwrap();
            for row in MADE_UP.rows() {
                let Some((lon, lat)) = MADE_UP.table().lon_lat(row) else {
                    prop_assert!(!picked.contains(row));
                    continue;
                };
                let (is, far) = inside(&outline, view.project(lon, lat));
                if far > 0.01 {
                    prop_assert_eq!(picked.contains(row), is && row.0 >= from);
                }
            }
        }
    }

    #[test]
    fn an_outline_across_the_antimeridian_holds_both_sides_and_no_more() {
        let view = Viewport::new((179.0, 0.0), 4.0, (800.0, 600.0));
        let corner = |lon: f64, lat: f64| view.project(lon, lat);
        let outline = [
            corner(175.0, 5.0),
            corner(-175.0, 5.0),
            corner(-175.0, -5.0),
            corner(175.0, -5.0),
        ];
        let lasso = Lasso::new(&view, &outline).unwrap();
        let holds = |lon: f64, lat: f64| {
            use crate::dataset::mercator::{x_of, y_of};
            lasso.holds((x_of(lon), y_of(lat)))
        };
        assert!(holds(178.0, 0.0) && holds(-178.0, 1.0) && holds(180.0, 0.0));
        assert!(!holds(0.0, 0.0) && !holds(174.0, 0.0) && !holds(-178.0, 6.0));
    }

    #[test]
    fn two_corners_are_no_outline_and_who_stops_gets_nothing() {
        let view = Viewport::new((0.0, 0.0), 3.0, (800.0, 600.0));
        let outline = [(0.0, 0.0), (800.0, 0.0), (400.0, 600.0)];
        assert!(Lasso::new(&view, &outline[..2]).is_none());
        let lasso = Lasso::new(&view, &outline).unwrap();
        assert!(
            !lasso
                .pick(&MADE_UP, &MADE_UP.all(), &|| false)
                .unwrap()
                .is_empty()
        );
        assert_eq!(lasso.pick(&MADE_UP, &MADE_UP.all(), &|| true), None);
    }
}
