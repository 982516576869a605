//! A table over many pages: heads repeated, rows kept whole.

use super::measure::Area;
use super::pages::Pages;
use super::text::{Line, Measured};
use super::text_box::{ASCENT, clip};
use crate::Result;
use crate::font::{Face, Fonts};
use crate::table::Align;

/// A table while it is drawn. Unit: points.
pub(crate) struct Grid {
    pub size: f32,
    /// Distance of lines, in sizes.
    pub leading: f32,
    pub padding: f32,
    pub widths: Vec<f32>,
    pub aligns: Vec<Align>,
    pub heads: Vec<String>,
    pub face: Face,
    /// Rows are never lower than this.
    pub lowest: f32,
}

/// One cell, broken into lines.
struct Broken {
    paragraphs: Vec<Measured>,
    lines: Vec<(usize, Line)>,
}

const RULE: f32 = 0.5;

impl Grid {
    pub fn left(&self, pages: &Pages<'_>) -> f32 {
        pages.layout.left + (pages.layout.width() - self.width()) / 2.0
    }
    pub fn width(&self) -> f32 {
        self.widths.iter().sum()
    }

    pub fn head(&self, pages: &mut Pages<'_>) -> Result<()> {
        let cells: Vec<Broken> = self
            .heads
            .iter()
            .zip(&self.widths)
            .map(|(text, width)| self.broken(pages.fonts, Face::Hei, text, *width))
            .collect();
        let height = self.height(&cells);
        if !pages.has_room_for(height + self.lowest) && !pages.at_the_top() {
            pages.turn()?;
        }
        let ground = Area::new(self.left(pages), pages.y, self.width(), height);
        pages.leaf.ground(ground, 242);
        let centred = vec![Align::Center; cells.len()];
        self.paint(pages, &cells, &centred, height);
        Ok(())
    }

    /// One row; begins a new page under the repeated head when it does not fit. A row higher than a page is cut.
    pub fn row(&self, pages: &mut Pages<'_>, texts: &[String], face: Face) -> Result<()> {
        let cells: Vec<Broken> = texts
            .iter()
            .zip(&self.widths)
            .map(|(text, width)| self.broken(pages.fonts, face, text, *width))
            .collect();
        self.place(pages, cells, &self.aligns, face)
    }

    /// One line across the table.
    pub fn across(&self, pages: &mut Pages<'_>, text: &str, face: Face) -> Result<()> {
        let whole = Grid {
            widths: vec![self.width()],
            heads: self.heads.clone(),
            aligns: vec![Align::Left],
            ..*self
        };
        let cell = whole.broken(pages.fonts, face, text, whole.width());
        // A group's head does not stand alone at the foot of a page.
        if !pages.has_room_for(self.lowest * 2.0) {
            pages.turn()?;
            self.head(pages)?;
        }
        let height = whole.height(std::slice::from_ref(&cell));
        whole.paint(pages, &[cell], &[Align::Left], height);
        Ok(())
    }

    fn place(&self, pages: &mut Pages<'_>, mut cells: Vec<Broken>, aligns: &[Align], face: Face) -> Result<()> {
        if !pages.has_room_for(self.height(&cells)) {
            pages.turn()?;
            self.head(pages)?;
            self.cut_to(pages, &mut cells, face);
        }
        let height = self.height(&cells);
        self.paint(pages, &cells, aligns, height);
        Ok(())
    }

    /// What is higher than the rest of a fresh page ends with an ellipsis.
    fn cut_to(&self, pages: &Pages<'_>, cells: &mut [Broken], face: Face) {
        let holds = ((pages.rest().height - self.padding * 2.0) / (self.size * self.leading)).max(1.0) as usize;
        let ellipsis = Measured::of(pages.fonts, face, "…");
        for (cell, width) in cells.iter_mut().zip(&self.widths) {
            if cell.lines.len() > holds {
                let width = (width - self.padding * 2.0) / self.size;
                clip(&mut cell.paragraphs, &mut cell.lines, holds, &ellipsis, width);
            }
        }
    }

    fn broken(&self, fonts: &Fonts, face: Face, text: &str, width: f32) -> Broken {
        let paragraphs: Vec<Measured> = text.trim_end().lines().map(|p| Measured::of(fonts, face, p)).collect();
        let width = (width - self.padding * 2.0) / self.size;
        let mut lines = Vec::new();
        for (number, paragraph) in paragraphs.iter().enumerate() {
            lines.extend(paragraph.lines(width, 0.0).into_iter().map(|line| (number, line)));
        }
        Broken { paragraphs, lines }
    }

    fn height(&self, cells: &[Broken]) -> f32 {
        let lines = cells.iter().map(|c| c.lines.len()).max().unwrap_or(1).max(1) as f32;
        (lines * self.size * self.leading + self.padding * 2.0).max(self.lowest)
    }

    fn paint(&self, pages: &mut Pages<'_>, cells: &[Broken], aligns: &[Align], height: f32) {
        let leading = self.size * self.leading;
        let mut x = self.left(pages);
        for ((cell, width), align) in cells.iter().zip(&self.widths).zip(aligns) {
            pages.leaf.frame(Area::new(x, pages.y, *width, height), RULE);
            let top = pages.y + (height - cell.lines.len() as f32 * leading) / 2.0;
            for (number, (paragraph, line)) in cell.lines.iter().enumerate() {
                let slack = width - self.padding * 2.0 - line.width * self.size;
                // Many wrapped lines read better from the left, whatever the column.
                let shift = match align {
                    Align::Left => 0.0,
                    Align::Center if cell.lines.len() > 2 => 0.0,
                    Align::Center => slack / 2.0,
                    Align::Right => slack,
                };
                let baseline = top + number as f32 * leading + (leading - self.size) / 2.0 + ASCENT * self.size;
                pages.leaf.line(
                    &cell.paragraphs[*paragraph],
                    *line,
                    x + self.padding + shift,
                    baseline,
                    self.size,
                    0.0,
                );
            }
            x += width;
        }
        pages.y += height;
    }
}
