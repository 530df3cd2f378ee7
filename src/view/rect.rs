//! Rectangles of the screen, in points.

/// A rectangle with its edges in points, y downwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PxRect {
    /// Left edge.
    pub x0: f32,
    /// Upper edge.
    pub y0: f32,
    /// Right edge.
    pub x1: f32,
    /// Lower edge.
    pub y1: f32,
}

impl PxRect {
    /// A rectangle by its corner and size.
    #[must_use]
    pub fn at(x: f32, y: f32, w: f32, h: f32) -> Self {
        Self {
            x0: x,
            y0: y,
            x1: x + w,
            y1: y + h,
        }
    }

    /// A square about a centre.
    #[must_use]
    pub fn about(x: f32, y: f32, half: f32) -> Self {
        Self::at(x - half, y - half, 2.0 * half, 2.0 * half)
    }

    /// Grown by so many points on every side.
    #[must_use]
    pub fn grown(self, by: f32) -> Self {
        Self {
            x0: self.x0 - by,
            y0: self.y0 - by,
            x1: self.x1 + by,
            y1: self.y1 + by,
        }
    }

    /// Whether the two share more than an edge.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.x0 < other.x1 && other.x0 < self.x1 && self.y0 < other.y1 && other.y0 < self.y1
    }

    /// Whether the other lies wholly inside.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        self.x0 <= other.x0 && self.y0 <= other.y0 && self.x1 >= other.x1 && self.y1 >= other.y1
    }
}
