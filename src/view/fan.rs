//! A stack of marks spread out so that each can be pointed at.

use std::f32::consts::TAU;

/// Up to this many stand on one circle; more go on a spiral.
const ON_CIRCLE: usize = 9;

/// Where the `n` marks of a stack stand about its centre, in points; `gap` is
/// the least distance between two, and from the centre.
#[must_use]
pub fn fan(n: usize, gap: f32) -> Vec<(f32, f32)> {
    if n <= 1 {
        return vec![(0.0, 0.0); n];
    }
    if n <= ON_CIRCLE {
        let step = TAU / n as f32;
        // Chord between neighbours on the circle is 2 r sin(step / 2).
        let r = (gap / (2.0 * (step / 2.0).sin())).max(gap);
        return (0..n)
            .map(|i| {
                let a = step * i as f32;
                (r * a.sin(), -r * a.cos())
            })
            .collect();
    }
    // A spiral whose turns are a little more than a gap apart.
    let mut at = 0.0_f32;
    let growth = gap * 1.15 / TAU;
    (0..n)
        .map(|_| {
            let r = gap * 1.5 + growth * at;
            let spot = (r * at.sin(), -r * at.cos());
            at += gap * 1.05 / r;
            spot
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn fanned_marks_stay_apart_and_off_the_centre(n in 2_usize..80, gap in 16.0..32.0_f32) {
            let spots = fan(n, gap);
            prop_assert_eq!(spots.len(), n);
            for (i, a) in spots.iter().enumerate() {
                prop_assert!(a.0.hypot(a.1) >= gap * 0.99);
                for b in &spots[i + 1..] {
                    prop_assert!((a.0 - b.0).hypot(a.1 - b.1) >= gap * 0.95, "{a:?} {b:?}");
                }
            }
        }
    }
}
