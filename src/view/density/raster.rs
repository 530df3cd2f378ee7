//! Counts made into a picture.

use super::field::{CELL, Field, Part};
use super::scale::{Rgba, Scale, colour, from_linear, shading, to_linear};

/// How counts are coloured.
#[derive(Clone, Debug, PartialEq)]
pub struct Colours {
    /// Whether the ground is dark.
    pub dark: bool,
    /// By slot, as sRGB: a cell has the mean of its events' colours, and more of
    /// them are brighter on dark ground and darker on light. `None` is all
    /// events together, on the scale of colours.
    pub slots: Option<Vec<[f32; 3]>>,
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
    /// The squares of [`BLOCK`] pixels a side, as columns and rows of such, in
    /// which there is something, or in the pixels next to them: what is empty
    /// need not be drawn.
    pub blocks: Vec<[u32; 2]>,
}

/// Pixels a side of a square that is drawn as a whole. Trade-off: smaller ones
/// leave out more of what is empty, but are more to draw.
pub const BLOCK: u32 = 8;

/// The squares in which there is something, or next to them.
fn blocks(pixels: &[[u8; 4]], [width, height]: [u32; 2]) -> Vec<[u32; 2]> {
    let across = width.div_ceil(BLOCK).max(1);
    let mut filled = vec![false; (across * height.div_ceil(BLOCK)) as usize];
    for (y, line) in (0_u32..).zip(pixels.chunks_exact(width.max(1) as usize)) {
        for (x, _) in (0_u32..).zip(line).filter(|(_, p)| p[3] > 0) {
            let near =
                |at: u32, size: u32| (at.saturating_sub(1) / BLOCK, (at + 1).min(size - 1) / BLOCK);
            let ((left, right), (top, bottom)) = (near(x, width), near(y, height));
            for row in [top, bottom] {
                for column in [left, right] {
                    filled[(row * across + column) as usize] = true;
                }
            }
        }
    }
    let at = |n: usize| {
        let n = u32::try_from(n).unwrap_or(0);
        [n % across, n / across]
    };
    (0..filled.len()).filter(|n| filled[*n]).map(at).collect()
}

/// Counts by pixel, and with colours the light of its events.
struct Planes {
    width: usize,
    height: usize,
    number: Vec<f32>,
    light: Option<[Vec<f32>; 3]>,
}

impl Planes {
    /// Where several cells make a pixel it tells of the fullest: that is nearly
    /// as bright as they are one by one.
    fn gather(field: &Field, part: &Part, step: u32, colours: &Colours) -> Self {
        let across = |(from, to): (u32, u32)| (to - from).div_ceil(step) as usize;
        let (width, height) = (across(part.columns), across(part.rows));
        let lights: Option<Vec<[f32; 3]>> = colours
            .slots
            .as_ref()
            .map(|list| list.iter().map(|c| c.map(to_linear)).collect());
        let mut planes = Self {
            width,
            height,
            number: vec![0.0; width * height],
            light: lights
                .as_ref()
                .map(|_| [(); 3].map(|()| vec![0.0; width * height])),
        };
        let slots = field.slots();
        for row in part.rows.0..part.rows.1 {
            let first = ((row - part.rows.0) / step) as usize * width;
            let line = field.line(row, part).chunks_exact(slots);
            for (column, cell) in (0_u32..).zip(line) {
                let at = first + (column / step) as usize;
                let sum: u32 = cell.iter().sum();
                if sum as f32 > planes.number[at] {
                    planes.number[at] = sum as f32;
                    if let (Some(light), Some(lights)) = (&mut planes.light, &lights) {
                        let mean = mean(cell, lights);
                        for (plane, mean) in light.iter_mut().zip(mean) {
                            plane[at] = mean / sum as f32;
                        }
                    }
                }
            }
        }
        planes
    }
}

/// The sum of the light of a cell's events.
fn mean(cell: &[u32], lights: &[[f32; 3]]) -> [f32; 3] {
    let mut sum = [0.0; 3];
    for (count, light) in cell.iter().zip(lights) {
        for (sum, light) in sum.iter_mut().zip(light) {
            *sum += *count as f32 * light;
        }
    }
    sum
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
    // So that zooming changes no colour, counts are told of one size of cell;
    // a single event stays one.
    let size = f32::from(CELL) / cell;
    let size = size * size;
    for number in planes.number.iter_mut().filter(|n| **n > 0.0) {
        *number = 1.0 + (*number - 1.0) * size;
    }
    let highest = planes.number.iter().copied().fold(0.0, f32::max);
    let scale = Scale::new(highest, before);
    let pixels = match &planes.light {
        Some(light) => mixed(&planes.number, light, scale, colours.dark),
        None => on_scale(&planes.number, scale, colours.dark),
    };
    #[allow(clippy::cast_possible_truncation, reason = "a size on the screen")]
    let size = [planes.width as u32, planes.height as u32];
    let picture = Picture {
        step,
        origin: (part.columns.0, part.rows.0),
        size,
        blocks: blocks(&pixels, size),
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

fn premultiplied([r, g, b, a]: Rgba) -> [u8; 4] {
    [r * a, g * a, b * a, a].map(byte)
}

/// Shades of a scale that are told apart.
const SHADES: u16 = 255;

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "0 to 255"
)]
fn shade_of(scale: Scale, number: f32) -> usize {
    (scale.at(number) * f32::from(SHADES)) as usize
}

fn on_scale(numbers: &[f32], scale: Scale, dark: bool) -> Vec<[u8; 4]> {
    let table: Vec<[u8; 4]> = (0..=SHADES)
        .map(|n| premultiplied(colour(f32::from(n) / f32::from(SHADES), dark)))
        .collect();
    let pixel = |number: &f32| match number {
        n if *n > 0.0 => table[shade_of(scale, *n)],
        _ => [0; 4],
    };
    numbers.iter().map(pixel).collect()
}

fn mixed(numbers: &[f32], light: &[Vec<f32>; 3], scale: Scale, dark: bool) -> Vec<[u8; 4]> {
    const STEPS: u16 = 1_023;
    let gamma: Vec<f32> = (0..=STEPS)
        .map(|n| from_linear(f32::from(n) / f32::from(STEPS)))
        .collect();
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "0 to 1023"
    )]
    let gamma = |v: &f32| gamma[((v * f32::from(STEPS)) as usize).min(usize::from(STEPS))];
    let shades: Vec<(f32, f32)> = (0..=SHADES)
        .map(|n| shading(f32::from(n) / f32::from(SHADES), dark))
        .collect();
    let [red, green, blue] = light;
    let lights = red.iter().zip(green).zip(blue);
    let pixel = |(number, ((r, g), b)): (&f32, ((&f32, &f32), &f32))| {
        if *number <= 0.0 {
            return [0; 4];
        }
        let (bright, alpha) = shades[shade_of(scale, *number)];
        let [r, g, b] = [r, g, b].map(|v| gamma(v) * bright);
        premultiplied([r, g, b, alpha])
    };
    numbers.iter().zip(lights).map(pixel).collect()
}
