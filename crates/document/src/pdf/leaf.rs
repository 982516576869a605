//! 页: one page as a list of marks, before it becomes PDF.

use super::measure::Area;
use super::picture::Picture;
use super::text::{Letter, Line, Measured};
use krilla::text::{GlyphId, KrillaGlyph};

/// A page. Marks are painted in the order in which they were made.
pub(crate) struct Leaf {
    pub width: f32,
    pub height: f32,
    pub marks: Vec<Mark>,
}

pub(crate) enum Mark {
    /// Glyphs of one typeface on one baseline.
    Text {
        x: f32,
        baseline: f32,
        size: f32,
        typeface: usize,
        glyphs: Vec<KrillaGlyph>,
        text: String,
    },
    Frame {
        area: Area,
        width: f32,
    },
    /// A light ground under head cells. 0 black … 255 white.
    Ground {
        area: Area,
        lightness: u8,
    },
    Picture {
        area: Area,
        picture: Picture,
    },
}

impl Leaf {
    pub fn new((width, height): (f32, f32)) -> Leaf {
        Leaf {
            width,
            height,
            marks: Vec::new(),
        }
    }

    pub fn frame(&mut self, area: Area, width: f32) {
        self.marks.push(Mark::Frame { area, width });
    }
    pub fn ground(&mut self, area: Area, lightness: u8) {
        self.marks.push(Mark::Ground { area, lightness });
    }
    pub fn picture(&mut self, area: Area, picture: Picture) {
        self.marks.push(Mark::Picture { area, picture });
    }

    /// Paints a line with its left end at `x`; `spread` is added after every letter but the last (points).
    pub fn line(&mut self, measured: &Measured, line: Line, x: f32, baseline: f32, size: f32, spread: f32) {
        self.letters(&measured.letters[line.from..line.until], x, baseline, size, spread);
    }

    pub fn letters(&mut self, letters: &[Letter], mut x: f32, baseline: f32, size: f32, spread: f32) {
        for run in letters.chunk_by(|a, b| a.shape.typeface == b.shape.typeface) {
            let mut text = String::with_capacity(run.len() * 3);
            let mut glyphs = Vec::with_capacity(run.len());
            let start = x;
            for letter in run {
                let from = text.len();
                text.push(letter.character);
                let advance = letter.shape.advance + spread / size;
                let glyph = GlyphId::new(letter.shape.glyph);
                glyphs.push(KrillaGlyph::new(glyph, advance, 0.0, 0.0, 0.0, from..text.len(), None));
                x += advance * size;
            }
            // Blanks need no ink; a leaf of an empty table would carry thousands.
            if run.iter().any(|l| l.character != ' ' && l.character != '\u{3000}') {
                let typeface = run[0].shape.typeface;
                self.marks.push(Mark::Text {
                    x: start,
                    baseline,
                    size,
                    typeface,
                    glyphs,
                    text,
                });
            }
        }
    }
}
