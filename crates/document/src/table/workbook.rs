//! `.xlsx`, written row by row into a temporary file: twenty thousand people take no more memory than one.
//!
//! The sheet can be imported again. Row 3 is hidden and holds the subject in its first cell and the fact id of every
//! column; column A is hidden and holds the id of every entry. Row 1 is the title, row 2 the day, row 4 the heads, data
//! begin in row 5; group and total rows have an empty column A.

use super::{Align, Column, Kind, Row, TableData};
use crate::Result;
use rust_xlsxwriter::{ColNum, Format, FormatAlign, FormatBorder, RowNum, Workbook, Worksheet};
use std::io::Write;

pub const TITLE_ROW: RowNum = 0;
pub const SUBTITLE_ROW: RowNum = 1;
/// Hidden: the subject, then fact ids.
pub const FACTS_ROW: RowNum = 2;
pub const HEADS_ROW: RowNum = 3;
pub const FIRST_ROW: RowNum = 4;
/// Hidden: ids of entries.
pub const KEY_COLUMN: ColNum = 0;

/// Excel's own limit is 32,767 characters a cell.
const LONGEST_CELL: usize = 32_000;
/// A4, as Excel numbers paper.
const A4: u8 = 9;

pub(super) struct WorkbookWriter<W> {
    book: Workbook,
    out: W,
    next: RowNum,
    cells: Vec<Format>,
    totals: Vec<Format>,
    group: Format,
    noun: String,
}

/// What the hidden column calls a row: `person:17`, by which the reader of workbooks knows it again.
fn noun(subject: &str) -> &str {
    if subject == "official" { "person" } else { subject }
}

/// The title as the name of a sheet: 31 letters, none of those that a workbook refuses there.
fn sheet_name(title: &str) -> Option<String> {
    let name: String = title.chars().filter(|c| !"[]:*?/\\'".contains(*c) && !c.is_control()).take(31).collect();
    Some(name.trim().to_owned()).filter(|name| !name.is_empty())
}

impl<W: Write + Send> WorkbookWriter<W> {
    pub fn begin(data: &TableData, out: W) -> Result<WorkbookWriter<W>> {
        let mut book = Workbook::new();
        // The clock is handed in, never read: a workbook says nothing of when it was made but its subtitle.
        if let Ok(epoch) = rust_xlsxwriter::ExcelDateTime::from_ymd(2000, 1, 1) {
            book.set_properties(
                &rust_xlsxwriter::DocProperties::new()
                    .set_title(&data.title)
                    .set_creation_datetime(&epoch),
            );
        }
        let sheet = book.add_worksheet_with_constant_memory()?;
        if let Some(name) = sheet_name(&data.title) {
            sheet.set_name(name)?;
        }
        set_up(sheet, data)?;
        head(sheet, data)?;
        let plain = |align| {
            let align = match align {
                Align::Left => FormatAlign::Left,
                Align::Center => FormatAlign::Center,
                Align::Right => FormatAlign::Right,
            };
            ruled()
                .set_align(align)
                .set_align(FormatAlign::VerticalCenter)
                .set_text_wrap()
        };
        let of = |column: &Column| match column.kind {
            Kind::Text => plain(column.align).set_num_format("@"),
            Kind::Number => plain(column.align),
        };
        let cells: Vec<Format> = data.columns.iter().map(of).collect();
        Ok(WorkbookWriter {
            totals: cells.iter().map(|format| format.clone().set_bold()).collect(),
            group: ruled()
                .set_bold()
                .set_align(FormatAlign::Left)
                .set_background_color("F2F2F2"),
            cells,
            noun: noun(&data.subject).to_owned(),
            book,
            out,
            next: FIRST_ROW,
        })
    }

    pub fn row(&mut self, columns: &[Column], row: &Row) -> Result<()> {
        let sheet = self.book.worksheet_from_index(0)?;
        match row {
            Row::Group(text) => across(sheet, self.next, columns.len(), text, &self.group)?,
            Row::Entry { key, cells } => {
                sheet.write_string(self.next, KEY_COLUMN, format!("{}:{key}", self.noun))?;
                write_cells(sheet, self.next, columns, cells, &self.cells)?;
            }
            Row::Total(cells) => write_cells(sheet, self.next, columns, cells, &self.totals)?,
        }
        self.next += 1;
        Ok(())
    }

    pub fn finish(mut self) -> Result<()> {
        self.book.save_to_writer(&mut self.out)?;
        self.out.flush()?;
        Ok(())
    }
}

fn ruled() -> Format {
    Format::new()
        .set_font_name("宋体")
        .set_font_size(10)
        .set_border(FormatBorder::Thin)
}

fn set_up(sheet: &mut Worksheet, data: &TableData) -> Result<()> {
    sheet
        .set_landscape()
        .set_paper_size(A4)
        .set_print_fit_to_pages(1, 0)
        .set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3);
    // An ampersand is a code of the footer's own.
    let foot = data.visible.replace('&', "&&");
    sheet.set_footer(format!("&C第 &P 页，共 &N 页{}", if foot.is_empty() { String::new() } else { format!("&L{foot}") }));
    sheet.set_repeat_rows(HEADS_ROW, HEADS_ROW)?;
    sheet.set_freeze_panes(FIRST_ROW, KEY_COLUMN + 2)?;
    sheet.set_column_hidden(KEY_COLUMN)?;
    for (number, column) in data.columns.iter().enumerate() {
        sheet.set_column_width(place(number), f64::from(column.half_width_characters()))?;
    }
    Ok(())
}

fn head(sheet: &mut Worksheet, data: &TableData) -> Result<()> {
    let title = Format::new()
        .set_font_name("方正小标宋简体")
        .set_font_size(18)
        .set_align(FormatAlign::Center);
    let subtitle = Format::new()
        .set_font_name("宋体")
        .set_font_size(10)
        .set_align(FormatAlign::Right);
    across(sheet, TITLE_ROW, data.columns.len(), &data.title, &title)?;
    let under = if data.visible.is_empty() { data.subtitle.clone() } else { format!("{}　{}", data.subtitle, data.visible) };
    across(sheet, SUBTITLE_ROW, data.columns.len(), &under, &subtitle)?;
    sheet.set_row_hidden(FACTS_ROW)?;
    sheet.write_string(FACTS_ROW, KEY_COLUMN, noun(&data.subject))?;
    for (number, column) in data.columns.iter().enumerate().filter(|(_, c)| !c.fact.is_empty()) {
        sheet.write_string(FACTS_ROW, place(number), format!("fact:{}", column.fact))?;
    }
    let head = ruled()
        .set_font_name("黑体")
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color("F2F2F2")
        .set_text_wrap();
    for (number, column) in data.columns.iter().enumerate() {
        sheet.write_string_with_format(HEADS_ROW, place(number), &column.head, &head)?;
    }
    Ok(())
}

/// Text across all visible columns.
fn across(sheet: &mut Worksheet, row: RowNum, columns: usize, text: &str, format: &Format) -> Result<()> {
    if columns < 2 {
        sheet.write_string_with_format(row, place(0), text, format)?;
    } else {
        sheet.merge_range(row, place(0), row, place(columns - 1), text, format)?;
    }
    Ok(())
}

/// Strings are written as strings: Excel evaluates nothing, and eighteen digits stay eighteen digits.
fn write_cells(
    sheet: &mut Worksheet,
    row: RowNum,
    columns: &[Column],
    cells: &[String],
    formats: &[Format],
) -> Result<()> {
    for (number, ((column, text), format)) in columns.iter().zip(cells).zip(formats).enumerate() {
        let figure = if column.kind == Kind::Number {
            text.trim().parse::<f64>().ok()
        } else {
            None
        };
        match figure.filter(|f| f.is_finite()) {
            Some(figure) => sheet.write_number_with_format(row, place(number), figure, format)?,
            None if text.len() > LONGEST_CELL => {
                let cut: String = text.chars().take(LONGEST_CELL / 2).chain(['…']).collect();
                sheet.write_string_with_format(row, place(number), cut, format)?
            }
            None => sheet.write_string_with_format(row, place(number), text, format)?,
        };
    }
    Ok(())
}

/// Column of the sheet: the hidden key stands first. Excel has 16,384 columns; a table of ours never comes near.
fn place(column: usize) -> ColNum {
    KEY_COLUMN + 1 + ColNum::try_from(column).unwrap_or(ColNum::MAX - 1)
}
