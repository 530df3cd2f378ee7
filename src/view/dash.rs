//! Dashed lines, cut to the screen: a ring of a thousand kilometres costs no
//! more to draw from near than from afar.

use super::PxRect;

/// A line on the screen, in points; `f64` because its ends may be far off.
pub type Path = [(f64, f64)];

/// One stroke of a dash.
pub type Dash = [(f32, f32); 2];

/// The part of the segment within `r` as the range of its parameter.
///
/// Source: Liang & Barsky (1984), "A new concept and method for line clipping".
fn clip(a: (f64, f64), b: (f64, f64), r: &PxRect) -> Option<(f64, f64)> {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let (mut t0, mut t1) = (0.0_f64, 1.0_f64);
    let edges = [
        (-dx, a.0 - f64::from(r.x0)),
        (dx, f64::from(r.x1) - a.0),
        (-dy, a.1 - f64::from(r.y0)),
        (dy, f64::from(r.y1) - a.1),
    ];
    for (p, q) in edges {
        if p.abs() < 1e-12 {
            if q < 0.0 {
                return None;
            }
        } else if p < 0.0 {
            t0 = t0.max(q / p);
        } else {
            t1 = t1.min(q / p);
        }
    }
    (t0 < t1).then_some((t0, t1))
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "clipped to the screen before"
)]
fn at(a: (f64, f64), b: (f64, f64), t: f64) -> (f32, f32) {
    (
        (a.0 + (b.0 - a.0) * t) as f32,
        (a.1 + (b.1 - a.1) * t) as f32,
    )
}

/// The dashes of a line that lie within `view`. Dashes are counted from the
/// line's first point, so that they stay where they are when the view moves.
#[must_use]
pub fn dashes(path: &Path, dash: f64, gap: f64, view: PxRect) -> Vec<Dash> {
    let period = dash + gap;
    let mut out = Vec::new();
    let mut travelled = 0.0;
    for pair in path.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let length = (b.0 - a.0).hypot(b.1 - a.1);
        if length > 0.0
            && let Some((t0, t1)) = clip(a, b, &view)
        {
            let (from, to) = (travelled + t0 * length, travelled + t1 * length);
            let mut start = (from / period).floor() * period;
            while start < to {
                let (begin, end) = (start.max(from), (start + dash).min(to));
                if begin < end {
                    let share = |d: f64| (d - travelled) / length;
                    out.push([at(a, b, share(begin)), at(a, b, share(end))]);
                }
                start += period;
            }
        }
        travelled += length;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const VIEW: PxRect = PxRect {
        x0: 0.0,
        y0: 0.0,
        x1: 100.0,
        y1: 100.0,
    };

    fn total(list: &[Dash]) -> f32 {
        list.iter().map(|[a, b]| (a.0 - b.0).hypot(a.1 - b.1)).sum()
    }

    #[test]
    fn a_line_inside_is_dashed_by_its_pattern() {
        let got = dashes(&[(0.0, 50.0), (90.0, 50.0)], 4.0, 2.0, VIEW);
        assert_eq!(got.len(), 15);
        assert!((total(&got) - 60.0).abs() < 1e-3);
    }

    #[test]
    fn a_line_that_reaches_far_out_costs_no_more_than_the_view() {
        let got = dashes(&[(-1e9, 50.0), (1e9, 50.0)], 4.0, 2.0, VIEW);
        assert!((16..=18).contains(&got.len()), "{}", got.len());
        assert!(dashes(&[(-1e9, 150.0), (1e9, 150.0)], 4.0, 2.0, VIEW).is_empty());
    }

    proptest! {
        #[test]
        fn dashes_stay_within_the_view(
            path in proptest::collection::vec((-300.0..300.0_f64, -300.0..300.0_f64), 2..12)
        ) {
            for [a, b] in dashes(&path, 5.0, 3.0, VIEW) {
                for p in [a, b] {
                    prop_assert!(VIEW.grown(0.01).covers(&PxRect::about(p.0, p.1, 0.0)));
                }
            }
        }
    }
}
