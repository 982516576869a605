//! 名册: a table of people as a spreadsheet or CSV shows it, before anyone said what its columns mean.

mod build;
pub(crate) mod head;
pub(crate) mod read;

use crate::place::Column;
use crate::{Cell, Place};

/// 名册一张: one sheet (or one CSV), its heads and its rows.
#[derive(Clone, Debug, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct RosterTable {
    /// File and sheet.
    pub place: Place,
    /// Lines above the heads: title, unit, day.
    pub titles: Vec<String>,
    /// Last row of the heads, counted from 1.
    pub head_row: u32,
    pub heads: Vec<Head>,
    pub rows: Vec<RosterRow>,
    /// Set when one of our own ledgers wrote the file.
    pub own: Option<OwnLedger>,
}

/// 表头一格: two head rows are joined by one blank, `全日制教育 学历`.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Head {
    pub column: Column,
    /// The head over several columns, when there is one: `全日制教育`.
    pub group: Option<String>,
}

/// What a cell was before it became text; a number cell `1982.1` may have been `1982.10`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CellKind {
    Text,
    Number,
    Date,
}

/// One row; the cells lie in one text, because a hundred thousand rows must fit.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct RosterRow {
    /// Counted from 1, as the spreadsheet shows it.
    pub row: u32,
    text: Box<str>,
    ends: Box<[u32]>,
    kinds: Box<[CellKind]>,
}

impl RosterRow {
    /// A row of cells from column A on.
    pub fn new<'a>(row: u32, cells: impl IntoIterator<Item = (&'a str, CellKind)>) -> RosterRow {
        let mut text = String::new();
        let mut ends = Vec::new();
        let mut kinds = Vec::new();
        for (cell, kind) in cells {
            text.push_str(cell);
            ends.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
            kinds.push(kind);
        }
        RosterRow {
            row,
            text: text.into(),
            ends: ends.into(),
            kinds: kinds.into(),
        }
    }
    /// The text of a column, empty when the row is shorter.
    pub fn cell(&self, column: usize) -> &str {
        let end = |i: usize| self.ends.get(i).map(|e| *e as usize);
        let from = if column == 0 { Some(0) } else { end(column - 1) };
        match (from, end(column)) {
            (Some(from), Some(until)) => self.text.get(from..until).unwrap_or(""),
            _ => "",
        }
    }
    pub fn kind(&self, column: usize) -> CellKind {
        self.kinds.get(column).copied().unwrap_or(CellKind::Text)
    }
    pub fn width(&self) -> usize {
        self.ends.len()
    }
    pub fn is_blank(&self) -> bool {
        self.text.chars().all(char::is_whitespace)
    }
}

/// 本系统导出的台账: a hidden row names the facts, a hidden first column the people.
#[derive(Clone, Debug, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct OwnLedger {
    /// Fact id for each column, None where the column is no fact.
    pub facts: Vec<Option<String>>,
    /// The column of `person:<n>`.
    pub people_column: Option<u16>,
}

impl RosterTable {
    /// The value of one column in one row, with its place.
    pub fn cell(&self, row: &RosterRow, column: usize) -> Cell<String> {
        let place = match self.heads.get(column) {
            Some(head) => self
                .place
                .at_row(row.row)
                .at_column(head.column.number, &head.column.head),
            None => self.place.at_row(row.row),
        };
        Cell::new(row.cell(column).to_owned(), place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_gives_back_its_cells_and_nothing_beyond() {
        let row = RosterRow::new(
            3,
            [
                ("张三", CellKind::Text),
                ("", CellKind::Text),
                ("1982.04", CellKind::Number),
            ],
        );
        assert_eq!(
            (row.cell(0), row.cell(1), row.cell(2), row.cell(9)),
            ("张三", "", "1982.04", "")
        );
        assert_eq!(row.kind(2), CellKind::Number);
    }
}
