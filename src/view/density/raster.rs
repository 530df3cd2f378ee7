//! Counts made into a picture: spread a little, and coloured.

use super::field::{Field, Part};
use super::scale::{AREA_SIDE, Rgba, Scale, colour, from_linear, opacity, to_linear};

/// How counts are coloured.
#[derive(Clone, Debug, PartialEq)]
pub enum Colours {
    /// All events together, on the scale for dark or light ground.
    Scale {
        /// Whether the ground is dark.
        dark: bool,
    },
    /// By slot: a cell has the mean of its events' colours, and more of them
    /// are more opaque.
    Slots(Vec<[f32; 3]>),
}

/// A picture of a part of a field, premultiplied sRGB with opacity.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    /// Cells of the field a side of a pixel: 1, or 2 where it is coarse.
    pub step: u32,
    /// Column and row of the field at its upper left corner.
    pub origin: (u32, u32),
    /// Pixels across and down.
    pub size: [u32; 2],
    /// Line by line.
    pub pixels: Vec<[u8; 4]>,
}

/// Sums kept by pixel: events, and with colours their light.
struct Planes {
    width: usize,
    height: usize,
    number: Vec<f32>,
    light: Option<[Vec<f32>; 3]>,
}

/// Counts below this, in the square that they are told of, fade out.
const FAINT: f32 = 0.5;

impl Planes {
    fn gather(field: &Field, part: &Part, step: u32, colours: &Colours) -> Self {
        let across = |(from, to): (u32, u32)| (to - from).div_ceil(step) as usize;
        let (width, height) = (across(part.columns), across(part.rows));
        let cells = width * height;
        let lights: Option<Vec<[f32; 3]>> = match colours {
            Colours::Scale { .. } => None,
            Colours::Slots(list) => Some(list.iter().map(|c| c.map(to_linear)).collect()),
        };
        let mut planes = Self {
            width,
            height,
            number: vec![0.0; cells],
            light: lights.as_ref().map(|_| [(); 3].map(|()| vec![0.0; cells])),
        };
        let slots = field.slots();
        for row in part.rows.0..part.rows.1 {
            let first = ((row - part.rows.0) / step) as usize * width;
            let line = field.line(row, part).chunks_exact(slots);
            for (column, cell) in (0_u32..).zip(line) {
                let at = first + (column / step) as usize;
                if slots == 1 {
                    planes.number[at] += cell[0] as f32;
                    continue;
                }
                for (slot, count) in cell.iter().enumerate().filter(|(_, n)| **n > 0) {
                    let count = *count as f32;
                    planes.number[at] += count;
                    if let (Some(light), Some(lights)) = (&mut planes.light, &lights) {
                        let own = lights.get(slot).copied().unwrap_or([0.5; 3]);
                        for (plane, own) in light.iter_mut().zip(own) {
                            plane[at] += count * own;
                        }
                    }
                }
            }
        }
        planes
    }

    /// Spreads each value over its neighbours by the binomial weights of three,
    /// across and down. What is in the middle stays in sum.
    fn spread(&mut self) {
        let (width, height) = (self.width, self.height);
        spread(&mut self.number, width, height);
        for plane in self.light.iter_mut().flatten() {
            spread(plane, width, height);
        }
    }
}

fn spread(plane: &mut Vec<f32>, width: usize, height: usize) {
    if width < 3 || height < 3 {
        return;
    }
    let mut across = vec![0.0; plane.len()];
    for (from, to) in plane
        .chunks_exact(width)
        .zip(across.chunks_exact_mut(width))
    {
        for (w, to) in from.windows(3).zip(&mut to[1..]) {
            *to = 0.25 * (w[0] + w[2]) + 0.5 * w[1];
        }
    }
    for row in 1..height - 1 {
        let line = |row: usize| &across[row * width..(row + 1) * width];
        let (above, here, below) = (line(row - 1), line(row), line(row + 1));
        let to = &mut plane[row * width..(row + 1) * width];
        for (((to, above), here), below) in to.iter_mut().zip(above).zip(here).zip(below) {
            *to = 0.25 * (above + below) + 0.5 * here;
        }
    }
    // Nothing is known beyond the edge: it stays dark, out of view.
    plane[..width].fill(0.0);
    plane[(height - 1) * width..].fill(0.0);
}

/// A part of a field as a picture, with cells of so many points a side, and
/// the scale by which it is coloured. `before` is the scale in use.
#[must_use]
pub fn picture(
    field: &Field,
    part: &Part,
    cell: f32,
    step: u32,
    colours: &Colours,
    before: Option<Scale>,
) -> (Picture, Scale) {
    let mut planes = Planes::gather(field, part, step, colours);
    planes.spread();
    let pixel = cell * step as f32;
    let area = AREA_SIDE * AREA_SIDE / (pixel * pixel);
    let highest = planes.number.iter().copied().fold(0.0, f32::max) * area;
    let scale = Scale::new(highest, before);
    let pixels = match (colours, &planes.light) {
        (Colours::Scale { dark }, _) => on_scale(&planes, area, scale, *dark),
        (Colours::Slots(_), Some(light)) => mixed(&planes, light, area, scale),
        (Colours::Slots(_), None) => Vec::new(),
    };
    #[allow(clippy::cast_possible_truncation, reason = "a size on the screen")]
    let size = [planes.width as u32, planes.height as u32];
    let picture = Picture {
        step,
        origin: (part.columns.0, part.rows.0),
        size,
        pixels,
    };
    (picture, scale)
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "0 to 255"
)]
fn byte(v: f32) -> u8 {
    (v * 255.0 + 0.5) as u8
}

fn premultiplied([r, g, b, a]: Rgba, faint: f32) -> [u8; 4] {
    let a = a * faint;
    [r * a, g * a, b * a, a].map(byte)
}

fn on_scale(planes: &Planes, area: f32, scale: Scale, dark: bool) -> Vec<[u8; 4]> {
    const SHADES: u8 = 255;
    let table: Vec<Rgba> = (0..=SHADES)
        .map(|n| colour(f32::from(n) / f32::from(SHADES), dark))
        .collect();
    let pixel = |number: &f32| {
        if *number <= 0.0 {
            return [0; 4];
        }
        let count = number * area;
        let shade = table[usize::from(byte(scale.at(count)))];
        premultiplied(shade, (count / FAINT).min(1.0))
    };
    planes.number.iter().map(pixel).collect()
}

fn mixed(planes: &Planes, light: &[Vec<f32>; 3], area: f32, scale: Scale) -> Vec<[u8; 4]> {
    const STEPS: u16 = 1_023;
    let table: Vec<f32> = (0..=STEPS)
        .map(|n| from_linear(f32::from(n) / f32::from(STEPS)))
        .collect();
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "0 to 1023"
    )]
    let gamma = |v: f32| table[((v * f32::from(STEPS)) as usize).min(usize::from(STEPS))];
    let [red, green, blue] = light;
    let lights = red.iter().zip(green).zip(blue);
    let pixel = |(number, ((r, g), b)): (&f32, ((&f32, &f32), &f32))| {
        if *number <= 0.0 {
            return [0; 4];
        }
        let count = number * area;
        let alpha = opacity(scale.at(count));
        let shade = [
            gamma(r / number),
            gamma(g / number),
            gamma(b / number),
            alpha,
        ];
        premultiplied(shade, (count / FAINT).min(1.0))
    };
    planes.number.iter().zip(lights).map(pixel).collect()
}
