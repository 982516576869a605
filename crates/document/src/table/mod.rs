//! 表格: rows that come one by one and go out as a workbook, text or paper.

mod export;
mod pdf;
mod text;
pub mod workbook;

use crate::mark::Mark;
pub use export::{Export, export};
pub(crate) use pdf::{PdfWriter, Surroundings};

/// What stands above the rows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TableData {
    pub title: String,
    /// Under the title: `截至 2026-11-22`.
    pub subtitle: String,
    /// Which noun a row is, as the fact dictionary calls it: `official`. Written into the hidden part of a workbook.
    pub subject: String,
    pub columns: Vec<Column>,
    /// 暗记 of an export.
    pub mark: Option<Mark>,
    /// 明记: who took it out, when, for what. Stands under the title, behind the last row or at the foot.
    pub visible: String,
}

/// 栏: one column.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Column {
    /// Fact id of the dictionary, by which a workbook is imported again; empty when the column is no fact.
    pub fact: String,
    /// 栏目, as printed.
    pub head: String,
    /// Unit: half-width characters, as Excel counts. Zero: four more than the head needs.
    pub width: u16,
    pub align: Align,
    pub kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Align {
    #[default]
    Left,
    Center,
    Right,
}

/// How a workbook keeps the cell.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Kind {
    /// As it stands: an ID number keeps its digits, `=1+1` stays a sentence.
    #[default]
    Text,
    /// A number where the text is one; anything else stays text.
    Number,
}

/// 行.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Row {
    /// A line across the table that opens a group: `青云镇`.
    Group(String),
    /// One subject: its id for the hidden column, one text a column.
    Entry { key: String, cells: Vec<String> },
    /// 小计, 合计: one text a column, set apart from the entries.
    Total(Vec<String>),
}

/// What to write.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// `.xlsx`; flat memory.
    Workbook,
    /// `.csv`, UTF-8 with the mark that lets Excel open it; flat memory.
    Csv,
    /// A4 landscape; memory grows with the pages.
    Pdf,
}

impl Column {
    /// The width, or what the head needs: a Chinese character counts two.
    pub(crate) fn half_width_characters(&self) -> u16 {
        if self.width > 0 {
            return self.width;
        }
        let head: usize = self.head.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
        u16::try_from(head + 4).unwrap_or(u16::MAX)
    }
}
