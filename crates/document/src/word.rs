//! Word: the few pieces that every `.docx` of ours is made of.

use crate::font::Face;
use crate::table::Align;
use crate::{Error, Result};
use docx_rs::{
    AlignmentType, BorderType, Docx, HeightRule, LineSpacing, LineSpacingType, Paragraph, Run, RunFonts, Table,
    TableAlignmentType, TableBorder, TableBorderPosition, TableBorders, TableCell, TableCellBorderPosition,
    TableCellMargins, TableLayoutType, TableRow, VAlignType, VMergeType, WidthType,
};

/// How a piece of text looks. Unit: points.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    pub face: Face,
    pub size: f32,
    pub align: Align,
    /// Exact distance of lines; `None` lets Word choose.
    pub leading: Option<f32>,
    /// Kept free left and right.
    pub padding: (f32, f32),
}

pub(crate) fn fonts(face: Face) -> RunFonts {
    let name = face.office_name();
    RunFonts::new().ascii(name).hi_ansi(name).east_asia(name).cs(name)
}

/// Word counts sizes in half points.
pub(crate) fn half_points(size: f32) -> usize {
    (size * 2.0).round() as usize
}

pub(crate) fn twentieths(points: f32) -> i32 {
    (points * 20.0).round() as i32
}

/// Text that XML can carry: a control character would make Word refuse the whole file.
pub(crate) fn clean(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}'))
        .collect()
}

pub(crate) fn run(face: Face, size: f32, text: &str) -> Run {
    Run::new()
        .add_text(clean(text))
        .size(half_points(size))
        .fonts(fonts(face))
}

/// A paragraph without text.
pub(crate) fn bare(look: Look) -> Paragraph {
    let align = match look.align {
        Align::Left => AlignmentType::Left,
        Align::Center => AlignmentType::Center,
        Align::Right => AlignmentType::Right,
    };
    let mut paragraph = Paragraph::new().align(align).snap_to_grid(false);
    if look.padding != (0.0, 0.0) {
        let (left, right) = look.padding;
        paragraph = paragraph.indent(Some(twentieths(left)), None, Some(twentieths(right)), None);
    }
    match look.leading {
        None => paragraph,
        Some(leading) => paragraph.line_spacing(
            LineSpacing::new()
                .line_rule(LineSpacingType::Exact)
                .line(twentieths(leading)),
        ),
    }
}

pub(crate) fn paragraph(look: Look, text: &str) -> Paragraph {
    bare(look).add_run(run(look.face, look.size, text))
}

/// One cell of a table. Unit of width: twips.
pub(crate) struct Cell {
    pub width: u16,
    /// Grid columns that it spans.
    pub columns: usize,
    pub merge: Option<VMergeType>,
    pub bottom_aligned: bool,
    /// No line to the cell above or below.
    pub open: Option<TableCellBorderPosition>,
    pub paragraphs: Vec<Paragraph>,
}

impl Cell {
    pub fn new(width: u16, columns: usize, paragraphs: Vec<Paragraph>) -> Cell {
        Cell {
            width,
            columns,
            merge: None,
            bottom_aligned: false,
            open: None,
            paragraphs,
        }
    }
    /// Each line of `text` is a paragraph.
    pub fn of_text(width: u16, columns: usize, look: Look, text: &str) -> Cell {
        Cell::new(width, columns, text.lines().map(|line| paragraph(look, line)).collect())
    }
    pub fn merged(mut self, merge: VMergeType) -> Cell {
        self.merge = Some(merge);
        self
    }
    pub fn at_the_bottom(mut self) -> Cell {
        self.bottom_aligned = true;
        self
    }

    pub fn open_to(mut self, side: TableCellBorderPosition) -> Cell {
        self.open = Some(side);
        self
    }

    pub fn build(self) -> TableCell {
        let align = if self.bottom_aligned {
            VAlignType::Bottom
        } else {
            VAlignType::Center
        };
        let mut cell = TableCell::new()
            .width(usize::from(self.width), WidthType::Dxa)
            .vertical_align(align);
        if self.columns > 1 {
            cell = cell.grid_span(self.columns);
        }
        if let Some(side) = self.open {
            cell = cell.clear_border(side);
        }
        if let Some(merge) = self.merge {
            cell = cell.vertical_merge(merge);
        }
        if self.paragraphs.is_empty() {
            return cell.add_paragraph(Paragraph::new());
        }
        self.paragraphs.into_iter().fold(cell, TableCell::add_paragraph)
    }
}

/// A row of exact height (twips); without a height it grows with its text.
pub(crate) fn row(height: Option<u16>, cells: Vec<Cell>) -> TableRow {
    let row = TableRow::new(cells.into_iter().map(Cell::build).collect()).cant_split();
    match height {
        Some(height) => row.row_height(f32::from(height)).height_rule(HeightRule::Exact),
        None => row,
    }
}

/// The head of a table, repeated on every page. docx-rs cannot say so: a row without properties is what [`pack`] knows
/// it by.
pub(crate) fn head_row(cells: Vec<Cell>) -> TableRow {
    TableRow::new(cells.into_iter().map(Cell::build).collect())
}

/// How docx-rs writes the properties of [`head_row`], and what they should be.
const NO_PROPERTIES: &str = "<w:trPr />";
const HEAD_PROPERTIES: &str = "<w:trPr><w:cantSplit /><w:tblHeader /></w:trPr>";

/// A table of fixed columns (twips) with an outer and an inner border (points).
pub(crate) fn table(columns: &[u16], rows: Vec<TableRow>, outer: f32, inner: f32) -> Table {
    // Word counts border widths in eighths of a point.
    let border = |position, width: f32| {
        TableBorder::new(position)
            .border_type(BorderType::Single)
            .size((width * 8.0) as usize)
            .color("000000")
    };
    let borders = TableBorders::with_empty()
        .set(border(TableBorderPosition::Top, outer))
        .set(border(TableBorderPosition::Bottom, outer))
        .set(border(TableBorderPosition::Left, outer))
        .set(border(TableBorderPosition::Right, outer))
        .set(border(TableBorderPosition::InsideH, inner))
        .set(border(TableBorderPosition::InsideV, inner));
    Table::without_borders(rows)
        .set_grid(columns.iter().map(|c| usize::from(*c)).collect())
        .layout(TableLayoutType::Fixed)
        .align(TableAlignmentType::Center)
        .width(columns.iter().map(|c| usize::from(*c)).sum(), WidthType::Dxa)
        .margins(TableCellMargins::new().margin(0, 30, 0, 30))
        .set_borders(borders)
}

pub(crate) fn pack(docx: Docx) -> Result<Vec<u8>> {
    let mut parts = docx.build();
    let document = String::from_utf8(parts.document).map_err(|e| Error::Docx(e.to_string()))?;
    parts.document = document.replace(NO_PROPERTIES, HEAD_PROPERTIES).into_bytes();
    let mut bytes = std::io::Cursor::new(Vec::new());
    parts.pack(&mut bytes).map_err(|e| Error::Docx(e.to_string()))?;
    Ok(bytes.into_inner())
}
