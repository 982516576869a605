//! 版面: text that runs on over pages, with numbers at their foot.

use super::leaf::Leaf;
use super::measure::{Area, MM};
use super::output::Pdf;
use super::text::Measured;
use super::text_box::ASCENT;
use crate::Result;
use crate::font::{Face, Fonts};

/// Where text may stand. Unit: points.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Layout {
    pub page: (f32, f32),
    pub top: f32,
    pub left: f32,
    pub bottom: f32,
    pub right: f32,
    pub numbers: Numbers,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Numbers {
    /// `— 1 —`, 四号, outside: right on odd pages, left on even ones, one character in (GB/T 9704 7.5).
    Paper,
    /// `第 1 页`, in the middle.
    Ledger,
}

/// 版心 156 × 225 mm: GB/T 9704 5.2.1.
pub(crate) const PAPER: Layout = Layout {
    page: super::A4,
    top: 37.0 * MM,
    left: 28.0 * MM,
    bottom: 35.0 * MM,
    right: 26.0 * MM,
    numbers: Numbers::Paper,
};

/// A4 landscape, narrow margins.
pub(crate) const LANDSCAPE: Layout = Layout {
    page: (super::A4.1, super::A4.0),
    top: 16.0 * MM,
    left: 14.0 * MM,
    bottom: 15.0 * MM,
    right: 14.0 * MM,
    numbers: Numbers::Ledger,
};

impl Layout {
    pub fn width(&self) -> f32 {
        self.page.0 - self.left - self.right
    }
}

/// A file being filled from top to bottom.
pub(crate) struct Pages<'a> {
    pub fonts: &'a Fonts,
    pub layout: Layout,
    pub leaf: Leaf,
    /// Where the next text begins. Unit: points from the top of the page.
    pub y: f32,
    /// Small, at the foot of every page: who took it out.
    pub foot: String,
    pdf: Pdf<'a>,
}

impl<'a> Pages<'a> {
    pub fn new(fonts: &'a Fonts, layout: Layout, title: &str) -> Pages<'a> {
        Pages {
            fonts,
            layout,
            leaf: Leaf::new(layout.page),
            y: layout.top,
            foot: String::new(),
            pdf: Pdf::new(fonts, title),
        }
    }

    pub fn bottom(&self) -> f32 {
        self.layout.page.1 - self.layout.bottom
    }
    /// A hundredth of a point is rounding.
    pub fn has_room_for(&self, height: f32) -> bool {
        self.y + height <= self.bottom() + 0.01
    }
    pub fn at_the_top(&self) -> bool {
        self.y <= self.layout.top
    }
    /// The width of the text, from here down.
    pub fn rest(&self) -> Area {
        Area::new(
            self.layout.left,
            self.y,
            self.layout.width(),
            (self.bottom() - self.y).max(0.0),
        )
    }

    pub fn turn(&mut self) -> Result<()> {
        let mut full = std::mem::replace(&mut self.leaf, Leaf::new(self.layout.page));
        self.number(&mut full, self.pdf.pages() + 1);
        if !self.foot.is_empty() {
            small_foot(self.fonts, &mut full, &self.foot, self.layout.left, self.layout.page.1);
        }
        self.y = self.layout.top;
        self.pdf.add(full)
    }

    pub fn finish(mut self) -> Result<Vec<u8>> {
        self.turn()?;
        self.pdf.finish()
    }

    fn number(&self, leaf: &mut Leaf, number: usize) {
        let (text, size, below) = match self.layout.numbers {
            Numbers::Paper => (format!("— {number} —"), 14.0, 7.0 * MM),
            Numbers::Ledger => (format!("第 {number} 页"), 9.0, 5.0 * MM),
        };
        let measured = Measured::of(self.fonts, Face::Song, &text);
        let width = measured.width() * size;
        let (left, right) = (self.layout.left, self.layout.page.0 - self.layout.right);
        let x = match self.layout.numbers {
            Numbers::Ledger => (left + right - width) / 2.0,
            Numbers::Paper if number % 2 == 1 => right - size - width,
            Numbers::Paper => left + size,
        };
        let baseline = self.bottom() + below + (ASCENT - 0.5) * size;
        leaf.letters(&measured.letters, x, baseline, size, 0.0);
    }
}

/// One small line near the lower edge of a page.
pub(crate) fn small_foot(fonts: &Fonts, leaf: &mut Leaf, text: &str, left: f32, height: f32) {
    const SIZE: f32 = 7.0;
    let measured = Measured::of(fonts, Face::Song, text);
    leaf.letters(&measured.letters, left, height - 6.0 * MM, SIZE, 0.0);
}
