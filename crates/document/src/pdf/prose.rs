//! 段落: paragraphs set line by line, over pages.

use super::pages::Pages;
use super::text::{Line, Measured};
use super::text_box::ASCENT;
use crate::Result;
use crate::font::Face;
use crate::table::Align;

/// How a paragraph is set. Unit: points.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Prose {
    pub face: Face,
    pub size: f32,
    pub leading: f32,
    pub align: Align,
    /// Of the first line, in characters.
    pub indent: f32,
    /// Kept free at both ends, in characters.
    pub inset: (f32, f32),
    /// Distance from one character to the next: 28 of 三号 stand on a line of 156 mm (GB/T 9704 5.2.3), a little less
    /// than their size.
    pub pitch: f32,
}

impl Prose {
    /// Runs `text` on from where the page stands; turns pages as needed. Full lines reach both edges.
    pub fn run(&self, pages: &mut Pages<'_>, text: &str) -> Result<()> {
        for paragraph in text.split('\n') {
            let measured = Measured::of(pages.fonts, self.face, paragraph.trim_end());
            for (number, line) in self.lines(pages, &measured).into_iter().enumerate() {
                if !pages.has_room_for(self.leading) {
                    pages.turn()?;
                }
                self.paint(pages, &measured, line, if number == 0 { self.indent } else { 0.0 });
                pages.y += self.leading;
            }
        }
        Ok(())
    }

    fn width(&self, pages: &Pages<'_>) -> f32 {
        pages.layout.width() - (self.inset.0 + self.inset.1) * self.pitch
    }

    fn lines(&self, pages: &Pages<'_>, measured: &Measured) -> Vec<Line> {
        let width = self.width(pages) / self.pitch + 0.02;
        let lines = measured.lines(width, self.indent);
        if self.align != Align::Center || lines.len() < 2 {
            return lines;
        }
        // A centred title is broken into lines of like length: no last line of one character.
        let mut even = lines;
        let mut narrower = width - 0.5;
        while narrower > 4.0 {
            let lines = measured.lines(narrower, self.indent);
            if lines.len() > even.len() {
                break;
            }
            even = lines;
            narrower -= 0.5;
        }
        even
    }

    fn paint(&self, pages: &mut Pages<'_>, measured: &Measured, line: Line, indent: f32) {
        let room = self.width(pages) - indent * self.pitch;
        let left = pages.layout.left + (self.inset.0 + indent) * self.pitch;
        let gaps = (line.until - line.from).saturating_sub(1).max(1) as f32;
        let slack = room - line.width * self.size;
        let tight = self.pitch - self.size;
        let spread = match self.align {
            Align::Left if !line.ends_paragraph && slack.abs() < self.size * 2.5 => slack / gaps,
            _ => tight.max(slack / gaps).min(tight.max(0.0)).min(tight),
        };
        let width = line.width * self.size + spread * gaps;
        let x = match self.align {
            Align::Left => left,
            Align::Center => left + (room - width) / 2.0,
            Align::Right => left + room - width,
        };
        let baseline = pages.y + (self.leading - self.size) / 2.0 + ASCENT * self.size;
        pages.leaf.line(measured, line, x, baseline, self.size, spread);
    }
}
