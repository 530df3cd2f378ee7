//! How much is seen of marks, dots and density, by how many events are in
//! view: one gives way to the next bit by bit, so that nothing pops.

/// Up to so many events all are told by marks and stacks.
pub const FEW: u64 = 1_000;
/// From so many on, no marks are drawn.
pub const MANY: u64 = 2_500;

/// Opacities, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Blend {
    /// Marks and stacks, rings and titles.
    pub marks: f32,
    /// A dot an event.
    pub dots: f32,
    /// Density.
    pub density: f32,
}

impl Blend {
    /// Marks alone.
    pub const MARKS: Self = Self {
        marks: 1.0,
        dots: 0.0,
        density: 0.0,
    };

    /// Density alone.
    pub const DENSITY: Self = Self {
        marks: 0.0,
        dots: 0.0,
        density: 1.0,
    };

    /// For so many events in view, where at most `most_dots` dots are drawn.
    #[must_use]
    pub fn of(events: u64, most_dots: u64) -> Self {
        let rising = |from: u64, to: u64| rise(events, from, to);
        let dots = rising(FEW, FEW * 2) * (1.0 - rising(most_dots / 2, most_dots));
        Self {
            marks: 1.0 - rising(FEW, MANY),
            dots,
            density: rising(FEW, FEW * 3),
        }
    }
}

/// A smooth step from 0 to 1 over the orders of magnitude between two numbers.
fn rise(n: u64, from: u64, to: u64) -> f32 {
    let log = |n: u64| (n.max(1) as f32).ln();
    if n <= from {
        return 0.0;
    }
    if n >= to {
        return 1.0;
    }
    let t = (log(n) - log(from)) / (log(to) - log(from));
    t * t * (3.0 - 2.0 * t)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn something_is_always_seen_and_a_little_more_changes_little(
            n in 0_u64..2_000_000, most in proptest::sample::select(vec![6_000_u64, 100_000]),
        ) {
            let [a, b] = [n, n + n / 100].map(|n| Blend::of(n, most));
            prop_assert!(a.marks + a.dots + a.density >= 0.9);
            for (a, b) in [(a.marks, b.marks), (a.dots, b.dots), (a.density, b.density)] {
                prop_assert!((0.0..=1.0).contains(&a) && (a - b).abs() < 0.05);
            }
        }
    }

    #[test]
    fn few_are_marks_and_very_many_are_density_alone() {
        assert_eq!(Blend::of(FEW, 20_000), Blend::MARKS);
        let very_many = Blend::of(20_000, 20_000);
        assert_eq!((very_many.marks, very_many.dots), (0.0, 0.0));
        assert!((very_many.density - 1.0).abs() < 1e-6);
    }
}
