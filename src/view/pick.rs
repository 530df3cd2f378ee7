//! What is under the pointer.

/// Something that can be pointed at: centre and radius in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// Centre.
    pub x: f32,
    /// Centre.
    pub y: f32,
    /// Radius of what is painted.
    pub r: f32,
}

/// The target under a position: within its radius or at most `slack` points
/// beyond it, the one whose edge is nearest; of several that hold the
/// position, the one whose centre is nearest, and of equal ones the last,
/// which is painted on top.
#[must_use]
pub fn pick(targets: &[Target], (x, y): (f32, f32), slack: f32) -> Option<usize> {
    let mut best: Option<(f32, f32, usize)> = None;
    for (at, t) in targets.iter().enumerate() {
        let center = (t.x - x).hypot(t.y - y);
        let edge = (center - t.r).max(0.0);
        if edge > slack {
            continue;
        }
        if best.is_none_or(|(e, c, _)| edge < e || (edge <= e && center <= c)) {
            best = Some((edge, center, at));
        }
    }
    best.map(|(_, _, at)| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn t(x: f32, y: f32, r: f32) -> Target {
        Target { x, y, r }
    }

    #[test]
    fn the_nearest_is_picked_and_of_equals_the_one_on_top() {
        let targets = [t(0.0, 0.0, 8.0), t(10.0, 0.0, 8.0), t(10.0, 0.0, 8.0)];
        assert_eq!(pick(&targets, (1.0, 0.0), 4.0), Some(0));
        assert_eq!(pick(&targets, (8.0, 0.0), 4.0), Some(2));
        assert_eq!(pick(&targets, (-11.0, 0.0), 4.0), Some(0));
        assert_eq!(pick(&targets, (-13.0, 0.0), 4.0), None);
    }

    proptest! {
        #[test]
        fn nothing_is_picked_out_of_reach_and_something_always_within(
            list in proptest::collection::vec((0.0..100.0_f32, 0.0..100.0_f32, 2.0..10.0_f32), 0..30),
            x in 0.0..100.0_f32, y in 0.0..100.0_f32,
        ) {
            let targets: Vec<Target> = list.iter().map(|&(x, y, r)| t(x, y, r)).collect();
            let reach = |t: &Target| (t.x - x).hypot(t.y - y) <= t.r + 4.0;
            let inside = |t: &Target| (t.x - x).hypot(t.y - y) <= t.r;
            match pick(&targets, (x, y), 4.0) {
                Some(at) => {
                    prop_assert!(reach(&targets[at]));
                    prop_assert!(inside(&targets[at]) || !targets.iter().any(inside));
                }
                None => prop_assert!(!targets.iter().any(|t| (t.x - x).hypot(t.y - y) < t.r + 3.999)),
            }
        }
    }
}
