//! From counts to colours and back: how dense is how bright.

/// Where the scale ends: the smallest of 1, 2, 5, 10, 20, … that it holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    top: f32,
    steps: f32,
}

/// Below this the scale does not end, or single events would look like crowds.
const LEAST_TOP: f32 = 10.0;

/// The logarithm to base 2, its fraction taken as linear: continuous, rising,
/// off by less than 0.09, and many times cheaper. At least 0.
fn log2(v: f32) -> f32 {
    // The exponent is in the upper bits of a float, and below it the fraction.
    const ONE: u32 = 0x3f80_0000;
    const STEP: f32 = 8_388_608.0;
    v.to_bits().saturating_sub(ONE) as f32 / STEP
}

fn nice(v: f32) -> f32 {
    let mut decade = 1.0;
    loop {
        for factor in [1.0, 2.0, 5.0] {
            if decade * factor >= v || decade > 1e12 {
                return decade * factor;
            }
        }
        decade *= 10.0;
    }
}

impl Scale {
    /// A scale for counts up to `highest`. One that was in use before is kept
    /// while it fits, so that colours do not change with each step of the
    /// window.
    #[must_use]
    pub fn new(highest: f32, before: Option<Self>) -> Self {
        let wanted = nice(highest.max(LEAST_TOP));
        match before {
            Some(kept) if highest <= kept.top && wanted * 6.0 > kept.top => kept,
            _ => Self {
                top: wanted,
                steps: log2(1.0 + wanted),
            },
        }
    }

    /// The count at the end of the scale.
    #[must_use]
    pub fn top(&self) -> f32 {
        self.top
    }

    /// Where a count is on the scale, 0 to 1.
    #[must_use]
    pub fn at(&self, count: f32) -> f32 {
        (log2(1.0 + count.max(0.0)) / self.steps).min(1.0)
    }

    /// Counts to be written beside the scale, with their place on it: as many
    /// powers of ten as it holds, and its end.
    #[must_use]
    pub fn ticks(&self) -> Vec<(f32, f32)> {
        let mut ticks = Vec::new();
        let mut count = 1.0;
        while count < self.top * 0.7 {
            ticks.push((count, self.at(count)));
            count *= 10.0;
        }
        ticks.push((self.top, 1.0));
        ticks
    }
}

/// A colour as red, green and blue in sRGB, 0 to 1, and its opacity.
pub type Rgba = [f32; 4];

/// Lightness, chroma and hue (in degrees) along the scale, in `OKLCh`: on dark
/// ground more is lighter, on light ground more is darker. Lightness rises or
/// falls evenly, so that the order is seen with any colour vision, and in grey.
const DARK: [[f32; 3]; 5] = [
    [0.42, 0.15, 285.0],
    [0.55, 0.20, 330.0],
    [0.68, 0.19, 385.0],
    [0.81, 0.16, 425.0],
    [0.94, 0.12, 465.0],
];
const LIGHT: [[f32; 3]; 5] = [
    [0.80, 0.13, 430.0],
    [0.68, 0.18, 400.0],
    [0.56, 0.20, 370.0],
    [0.44, 0.19, 330.0],
    [0.32, 0.14, 295.0],
];

/// sRGB of a colour in `OKLCh`, cut to what can be shown.
///
/// Source: Ottosson (2020), "A perceptual color space for image processing".
fn oklch([lightness, chroma, hue]: [f32; 3]) -> [f32; 3] {
    let (sin, cos) = hue.to_radians().sin_cos();
    let (a, b) = (chroma * cos, chroma * sin);
    let cones = [
        lightness + 0.396_337_78 * a + 0.215_803_76 * b,
        lightness - 0.105_561_346 * a - 0.063_854_17 * b,
        lightness - 0.089_484_18 * a - 1.291_485_5 * b,
    ]
    .map(|v| v.powi(3));
    let light = [
        [4.076_741_7, -3.307_711_6, 0.230_969_94],
        [-1.268_438, 2.609_757_4, -0.341_319_38],
        [-0.004_196_086_3, -0.703_418_6, 1.707_614_7],
    ];
    light.map(|row| {
        let sum: f32 = row.iter().zip(cones).map(|(m, c)| m * c).sum();
        from_linear(sum.clamp(0.0, 1.0))
    })
}

/// A value of sRGB from linear light.
///
/// Source: IEC 61966-2-1.
#[must_use]
pub fn from_linear(v: f32) -> f32 {
    if v <= 0.003_130_8 {
        12.92 * v
    } else {
        1.055 * v.powf(1.0 / 2.4) - 0.055
    }
}

/// Linear light from a value of sRGB.
#[must_use]
pub fn to_linear(v: f32) -> f32 {
    if v <= 0.040_45 {
        v / 12.92
    } else {
        ((v + 0.055) / 1.055).powf(2.4)
    }
}

/// Opacity at a place on the scale.
fn opacity(at: f32) -> f32 {
    0.55 + 0.4 * at.clamp(0.0, 1.0)
}

/// By what a colour that stands for something else is multiplied at a place on
/// the scale, and its opacity.
#[must_use]
pub fn shading(at: f32, dark: bool) -> (f32, f32) {
    let at = at.clamp(0.0, 1.0);
    let bright = if dark {
        0.5 + 0.5 * at
    } else {
        1.0 - 0.55 * at
    };
    (bright, opacity(at))
}

/// The colour at a place on the scale, 0 to 1.
#[must_use]
pub fn colour(at: f32, dark: bool) -> Rgba {
    let stops = if dark { &DARK } else { &LIGHT };
    let along = at.clamp(0.0, 1.0) * (stops.len() - 1) as f32;
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "among the stops"
    )]
    let first = (along.floor() as usize).min(stops.len() - 2);
    let share = along - first as f32;
    let [from, to] = [stops[first], stops[first + 1]];
    let mix = |n: usize| from[n] + (to[n] - from[n]) * share;
    let [r, g, b] = oklch([mix(0), mix(1), mix(2)]);
    [r, g, b, opacity(at)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// How light a colour looks to an eye that lacks one sort of cone.
    ///
    /// Source: Machado, Oliveira, Fernandes (2009), "A physiologically-based
    /// model for simulation of color vision deficiency", severity 1.
    fn luminance(seen_as: [[f32; 3]; 3], c: Rgba) -> f32 {
        let c = [c[0], c[1], c[2]].map(to_linear);
        let seen = seen_as.map(|row| row.iter().zip(c).map(|(m, v)| m * v).sum::<f32>());
        0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2]
    }

    #[test]
    fn every_eye_sees_more_as_lighter_on_dark_and_darker_on_light() {
        let all = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
        let protan = [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ];
        let deutan = [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ];
        let tritan = [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ];
        for dark in [true, false] {
            for eye in [all, protan, deutan, tritan] {
                let seen: Vec<f32> = (0..=20_u8)
                    .map(|n| luminance(eye, colour(f32::from(n) / 20.0, dark)))
                    .collect();
                let rising = seen.windows(2).all(|w| w[1] > w[0]);
                let falling = seen.windows(2).all(|w| w[1] < w[0]);
                assert!(if dark { rising } else { falling }, "{dark} {seen:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn more_is_never_lower_on_the_scale(
            a in 0.0..1e7_f32, b in 0.0..1e7_f32, highest in 0.0..1e7_f32,
        ) {
            let scale = Scale::new(highest, None);
            prop_assert!(scale.top() >= highest);
            prop_assert!(scale.at(a.min(b)) <= scale.at(a.max(b)));
            prop_assert!((0.0..=1.0).contains(&scale.at(a)));
            prop_assert!((log2(1.0 + a) - (1.0 + a).log2()).abs() < 0.09);
        }

        #[test]
        fn a_scale_in_use_is_kept_while_it_fits(highest in 11.0..1e6_f32) {
            let scale = Scale::new(highest, None);
            prop_assert_eq!(Scale::new(highest * 0.5, Some(scale)), scale);
            prop_assert_ne!(Scale::new(scale.top() * 1.1, Some(scale)), scale);
            prop_assert!(Scale::new(highest / 1e3, Some(scale)).top() <= scale.top());
        }
    }

    #[test]
    fn ticks_are_powers_of_ten_and_the_end() {
        let counts = |highest| -> Vec<f32> {
            Scale::new(highest, None)
                .ticks()
                .iter()
                .map(|t| t.0)
                .collect()
        };
        assert_eq!(counts(3.0), [1.0, 10.0]);
        assert_eq!(counts(1_900.0), [1.0, 10.0, 100.0, 1_000.0, 2_000.0]);
        assert_eq!(counts(90.0), [1.0, 10.0, 100.0]);
    }
}
