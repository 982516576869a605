//! One row of a sheet, read cell by cell with its faults.

use super::sheet::Columns;
use crate::mapping::yes;
use crate::roster::CellKind;
use crate::values::{date, list, one_line, when};
use crate::workbook::Raw;
use crate::{Cell, Fault, Place, Text, When};

pub(super) struct Row<'a> {
    pub columns: &'a Columns,
    number: u32,
    cells: &'a [Raw],
    pub faults: Vec<Fault>,
}

impl<'a> Row<'a> {
    pub fn new(columns: &'a Columns, number: u32, cells: &'a [Raw]) -> Row<'a> {
        Row {
            columns,
            number,
            cells,
            faults: Vec::new(),
        }
    }
    pub fn place(&self) -> Place {
        self.columns.place().at_row(self.number)
    }

    /// The cell under a head as it stands, when something is in it.
    pub fn raw(&self, head: &str) -> Option<&'a Raw> {
        let column = self.columns.column(head)?;
        let found = self.cells.binary_search_by_key(&column, |c| c.column).ok()?;
        self.cells.get(found).filter(|c| !c.text.trim().is_empty())
    }
    pub fn at(&self, head: &str) -> Place {
        self.columns
            .column(head)
            .map_or_else(|| self.place(), |column| self.columns.at(self.number, column))
    }

    /// By which rows of all sheets belong to one person: the number, or the name when there is no number.
    pub fn key(&self) -> Option<String> {
        let number = self
            .raw("身份证号")
            .map(|c| vocabulary::identity::tidy(&one_line(&c.text)));
        match number.filter(|n| !n.is_empty()) {
            Some(number) => Some(number),
            None => {
                let name = crate::values::name::tidy(&one_line(&self.raw("姓名")?.text));
                (!name.is_empty()).then(|| format!("姓名:{name}"))
            }
        }
    }

    pub fn text(&mut self, head: &str) -> Text {
        let value = one_line(&self.raw(head)?.text);
        (!value.is_empty()).then(|| Cell::new(value, self.at(head)))
    }

    /// A text from a drop-down list. Another wording is kept and told; a code is read as its table's name.
    pub fn listed(&mut self, head: &str, list: &str) -> Text {
        let mut cell = self.text(head)?;
        match list::find(list, &cell.value) {
            list::Found::Wording(_) => {}
            list::Found::Table(name) => cell.value = name.to_owned(),
            list::Found::Nowhere => {
                let right = format!("应从下拉表中选择，如 {}", list::sample(list));
                self.faults.push(Fault::finding(
                    cell.place.clone(),
                    &cell.value,
                    "不是下拉表里的用语，按原文保留",
                    right,
                ));
            }
        }
        Some(cell)
    }

    pub fn day(&mut self, head: &str) -> When {
        let raw = self.raw(head)?;
        let place = self.at(head);
        let value = one_line(&raw.text);
        // A number cell that nobody touched holds 0.
        if value == "0" {
            return None;
        }
        if raw.kind == CellKind::Number {
            return match date::read_number(&value) {
                Ok(date) => Some(Cell::new(date, place)),
                Err(wrong) => {
                    self.faults
                        .push(Fault::error(place, &value, wrong.says, wrong.would_be_right));
                    None
                }
            };
        }
        when(&value, &place, &mut self.faults)
    }

    /// `words` are what stands for true and for false: 是 and 否, 在任 and 已免, 输出 and 不输出.
    pub fn either(&mut self, head: &str, words: [&str; 2]) -> Option<Cell<bool>> {
        let cell = self.text(head)?;
        let value = match cell.value.as_str() {
            word if word == words[0] => Some(true),
            word if word == words[1] => Some(false),
            word => yes(word),
        };
        match value {
            Some(value) => Some(Cell::new(value, cell.place)),
            None => {
                let right = format!("应为 {} 或 {}", words[0], words[1]);
                self.faults
                    .push(Fault::error(cell.place, &cell.value, "不是下拉表里的用语", right));
                None
            }
        }
    }
    pub fn yes(&mut self, head: &str) -> Option<Cell<bool>> {
        self.either(head, ["是", "否"])
    }

    /// A whole number; with `zero_is_empty` the template's untouched 0 is nothing.
    pub fn number(&mut self, head: &str, zero_is_empty: bool) -> Option<Cell<u32>> {
        let cell = self.text(head)?;
        match cell.value.parse::<u32>() {
            Ok(0) if zero_is_empty => None,
            Ok(number) => Some(Cell::new(number, cell.place)),
            Err(_) => {
                self.faults
                    .push(Fault::error(cell.place, &cell.value, "不是整数", "应为阿拉伯数字"));
                None
            }
        }
    }

    /// `until` before `from` is an error of the end, and the end is not taken.
    pub fn ends_after(&mut self, from: &When, until: When, what: &str) -> When {
        let (Some(begun), Some(ended)) = (from, &until) else {
            return until;
        };
        if ended.value.latest() >= begun.value.earliest() {
            return until;
        }
        let says = format!("{what}早于开始时间 {}", begun.value);
        self.faults.push(Fault::error(
            ended.place.clone(),
            &ended.value.to_string(),
            says,
            "请核对两个日期",
        ));
        None
    }
}
