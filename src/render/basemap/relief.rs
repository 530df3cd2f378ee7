//! Shaded relief: grey tiles, tinted to a style.

use serde_json::Value;

/// How to tint grey: linear between two colours.
///
/// Read from a style's `metadata` → `chronotope:relief`; see
/// `assets/README.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReliefTint {
    /// Grey level at which, and below which, it is `dark`.
    pub low: u8,
    /// Grey level from which on it is `light`.
    pub high: u8,
    /// Red, green and blue of shade.
    pub dark: [u8; 3],
    /// Red, green and blue of light.
    pub light: [u8; 3],
}

/// Red, green and blue of `#rrggbb`.
#[must_use]
pub fn rgb(text: &str) -> Option<[u8; 3]> {
    let hex = text.strip_prefix('#').filter(|h| h.len() == 6)?;
    let [_, r, g, b] = u32::from_str_radix(hex, 16).ok()?.to_be_bytes();
    Some([r, g, b])
}

impl ReliefTint {
    /// Reads the tint of a style.
    #[must_use]
    pub fn of_style(style: &Value) -> Option<Self> {
        let relief = style.get("metadata")?.get("chronotope:relief")?;
        let level = |i: usize| {
            let n = relief.get("levels")?.get(i)?.as_u64()?;
            u8::try_from(n).ok()
        };
        let colour = |key: &str| rgb(relief.get(key)?.as_str()?);
        Some(Self {
            low: level(0)?,
            high: level(1)?,
            dark: colour("dark")?,
            light: colour("light")?,
        })
    }

    /// The colour of every grey level.
    #[must_use]
    pub fn table(&self) -> [[u8; 3]; 256] {
        let span = f32::from(self.high.saturating_sub(self.low)).max(1.0);
        let mut table = [[0; 3]; 256];
        for (grey, out) in (0_u8..=255).zip(&mut table) {
            let share = (f32::from(grey.saturating_sub(self.low)) / span).min(1.0);
            for (o, (d, l)) in out.iter_mut().zip(self.dark.iter().zip(&self.light)) {
                #[allow(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "between two bytes"
                )]
                let mixed = (f32::from(*d) + (f32::from(*l) - f32::from(*d)) * share).round() as u8;
                *o = mixed;
            }
        }
        table
    }
}

/// A tinted tile: width, height and red, green and blue of each pixel.
#[must_use]
pub fn decode(jpeg: &[u8], tint: &ReliefTint) -> Option<([usize; 2], Vec<u8>)> {
    let grey = image::load_from_memory_with_format(jpeg, image::ImageFormat::Jpeg)
        .ok()?
        .into_luma8();
    let table = tint.table();
    let size = [
        usize::try_from(grey.width()).ok()?,
        usize::try_from(grey.height()).ok()?,
    ];
    let pixels = grey
        .into_raw()
        .into_iter()
        .flat_map(|g| table[usize::from(g)])
        .collect();
    Some((size, pixels))
}
