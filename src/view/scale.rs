//! Round numbers for the scale bar and the lines of the graticule.

/// A bar for a scale: its length in metres, a round number, and in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaleBar {
    /// Length on the ground.
    pub metres: f64,
    /// Length on the screen.
    pub points: f64,
}

/// The longest round bar (1, 2 or 5 times a power of ten) of at most `max`
/// points.
#[must_use]
pub fn scale_bar(metres_per_point: f64, max: f64) -> ScaleBar {
    let most = (metres_per_point * max).max(1e-3);
    let power = 10_f64.powf(most.log10().floor());
    let metres = [5.0, 2.0, 1.0]
        .into_iter()
        .map(|n| n * power)
        .find(|m| *m <= most * (1.0 + 1e-12))
        .unwrap_or(power);
    ScaleBar {
        metres,
        points: metres / metres_per_point,
    }
}

/// Steps of the graticule in degrees.
const STEPS: [f64; 13] = [
    30.0, 15.0, 10.0, 5.0, 2.0, 1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005,
];

/// The step in degrees that puts at least `apart` points between two
/// meridians at a zoom.
#[must_use]
pub fn graticule_step(world_points: f64, apart: f64) -> f64 {
    let fits = |step: &&f64| world_points / 360.0 * **step >= apart;
    STEPS.iter().rev().find(fits).copied().unwrap_or(STEPS[0])
}

/// The multiples of `step` within a range of degrees.
pub fn multiples(step: f64, from: f64, to: f64) -> impl Iterator<Item = f64> {
    #[allow(
        clippy::cast_possible_truncation,
        reason = "degrees over a step of 0.005 or more"
    )]
    let (first, last) = ((from / step).ceil() as i64, (to / step).floor() as i64);
    (first..=last).map(move |n| n as f64 * step)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn bars_are_round_and_fit() {
        let bar = scale_bar(1000.0, 120.0);
        assert!((bar.metres - 100_000.0).abs() < 1e-6);
        assert!((bar.points - 100.0).abs() < 1e-9);
        assert!((scale_bar(0.3, 120.0).metres - 20.0).abs() < 1e-9);
    }

    #[test]
    fn multiples_begin_inside() {
        let got: Vec<f64> = multiples(5.0, -7.0, 11.0).collect();
        assert_eq!(got, [-5.0, 0.0, 5.0, 10.0]);
    }

    proptest! {
        #[test]
        fn a_bar_is_between_two_fifths_and_all_of_the_room(mpp in 0.01..200_000.0_f64) {
            let bar = scale_bar(mpp, 120.0);
            prop_assert!(bar.points <= 120.0 + 1e-6 && bar.points >= 48.0 - 1e-6);
        }

        #[test]
        fn meridians_are_never_too_close(zoom in 2.0..19.0_f64) {
            let world = 256.0 * zoom.exp2();
            prop_assert!(world / 360.0 * graticule_step(world, 80.0) >= 80.0);
        }
    }
}
