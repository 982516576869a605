//! A table on A4 landscape: heads repeated, small enough for its columns.

use super::{Align, Column, Kind, Row, TableData};
use crate::Result;
use crate::font::{Face, Fonts};
use crate::pdf::grid::Grid;
use crate::pdf::pages::{LANDSCAPE, Pages};
use crate::pdf::prose::Prose;

/// What a list shows besides its rows.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Surroundings<'a> {
    /// 注意保密: above the title, 黑体.
    pub secrecy: &'a str,
    /// Under the title at the left: who made it.
    pub left: &'a str,
    /// After the last row.
    pub note: &'a str,
}

pub(crate) struct PdfWriter<'a> {
    pages: Pages<'a>,
    grid: Grid,
}

/// Sizes between which the text is chosen so that the columns hold their heads. Unit: points.
const LARGEST: f32 = 12.0;
const SMALLEST: f32 = 5.0;
const TITLE: Prose = Prose {
    face: Face::XiaoBiaoSong,
    size: 18.0,
    leading: 28.0,
    align: Align::Center,
    indent: 0.0,
    inset: (0.0, 0.0),
    pitch: 18.0,
};

impl<'a> PdfWriter<'a> {
    pub fn begin(fonts: &'a Fonts, data: &TableData, around: Surroundings<'_>) -> Result<PdfWriter<'a>> {
        let mut pages = Pages::new(fonts, LANDSCAPE, &data.title);
        let small = Prose {
            face: Face::Song,
            size: 10.5,
            leading: 16.0,
            align: Align::Left,
            pitch: 10.5,
            ..TITLE
        };
        if !around.secrecy.is_empty() {
            Prose {
                face: Face::Hei,
                size: 14.0,
                leading: 20.0,
                pitch: 14.0,
                ..small
            }
            .run(&mut pages, around.secrecy)?;
        }
        TITLE.run(&mut pages, &data.title)?;
        let line = pages.y;
        if !around.left.is_empty() {
            small.run(&mut pages, around.left)?;
        }
        if !data.subtitle.is_empty() {
            pages.y = line;
            Prose {
                align: Align::Right,
                ..small
            }
            .run(&mut pages, &data.subtitle)?;
        }
        pages.foot.clone_from(&data.visible);
        pages.y += 3.0;
        let grid = grid(&data.columns, pages.layout.width());
        grid.head(&mut pages)?;
        Ok(PdfWriter { pages, grid })
    }

    pub fn row(&mut self, row: &Row) -> Result<()> {
        match row {
            Row::Group(text) => self.grid.across(&mut self.pages, text, Face::Hei),
            Row::Entry { cells, .. } => self.grid.row(&mut self.pages, cells, self.grid.face),
            Row::Total(cells) => self.grid.row(&mut self.pages, cells, Face::Hei),
        }
    }

    pub fn finish(mut self, around: Surroundings<'_>) -> Result<Vec<u8>> {
        if !around.note.is_empty() {
            self.pages.y += 4.0;
            let small = Prose {
                face: Face::Song,
                size: 10.5,
                leading: 16.0,
                align: Align::Left,
                pitch: 10.5,
                ..TITLE
            };
            small.run(&mut self.pages, around.note)?;
        }
        self.pages.finish()
    }
}

/// Columns share the page as their widths say; the size follows from the room that is left to a character.
fn grid(columns: &[Column], width: f32) -> Grid {
    let total = columns
        .iter()
        .map(|c| f32::from(c.half_width_characters()))
        .sum::<f32>()
        .max(1.0);
    let unit = width / total;
    // A half-width character is half an em; two points a side stay free.
    let size = ((unit * 2.0) * 0.92).clamp(SMALLEST, LARGEST);
    let align = |column: &Column| match (column.kind, column.align) {
        (Kind::Number, Align::Left) => Align::Right,
        (_, align) => align,
    };
    Grid {
        size,
        leading: 1.3,
        padding: (size * 0.28).max(1.2),
        widths: columns
            .iter()
            .map(|c| f32::from(c.half_width_characters()) * unit)
            .collect(),
        aligns: columns.iter().map(align).collect(),
        heads: columns.iter().map(|c| c.head.clone()).collect(),
        face: Face::Song,
        lowest: size * 2.1,
    }
}
