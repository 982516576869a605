//! Lengths. Everything inside is points, from the top left corner of the page.

/// One millimetre in points.
pub(crate) const MM: f32 = 72.0 / 25.4;
/// One twip, the unit of Word's tables, in points.
pub(crate) const TWIP: f32 = 1.0 / 20.0;

/// A4, upright. Unit: points.
pub(crate) const A4: (f32, f32) = (210.0 * MM, 297.0 * MM);

/// A rectangle. Unit: points.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Area {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

impl Area {
    pub const fn new(x: f32, y: f32, width: f32, height: f32) -> Area {
        Area { x, y, width, height }
    }
    pub fn right(self) -> f32 {
        self.x + self.width
    }
    pub fn bottom(self) -> f32 {
        self.y + self.height
    }
    /// Narrower by `by` on the left and on the right.
    pub fn inset(self, left: f32, right: f32) -> Area {
        Area {
            x: self.x + left,
            width: (self.width - left - right).max(0.0),
            ..self
        }
    }
}
