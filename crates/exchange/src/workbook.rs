//! A workbook's cells, row by row, new (.xlsx) and old (.xls) alike. Values only: formulas are never run.

mod old;

use crate::roster::CellKind;
use crate::{Error, Result};
use calamine::{Data, DataRef, Dimensions, ExcelDateTime, Reader, Xls, Xlsx};
use std::io::{Read, Seek};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A cell that holds something. Column counted from 0.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Raw {
    pub column: u16,
    pub text: String,
    pub kind: CellKind,
}

/// Rows and columns are hostile input too: nothing beyond the spreadsheet's own bounds.
const COLUMNS: u32 = 16_384;
/// No roster is wider; columns beyond are left out, or one far cell would make every row a thousand wide.
pub(crate) const WIDTH: u16 = 1_000;

pub(crate) enum Book<R: Read + Seek> {
    Xlsx(Box<Xlsx<R>>),
    Xls(Box<Xls<R>>),
}

/// Runs the spreadsheet library; old binary workbooks can still upset it, and that is the file's fault.
fn guarded<T>(name: &str, run: impl FnOnce() -> std::result::Result<T, Error>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| Err(damaged(name, "内部结构错乱")))
}

fn damaged(name: &str, what: &str) -> Error {
    Error::Damaged {
        name: name.to_owned(),
        what: what.to_owned(),
    }
}

impl<R: Read + Seek> Book<R> {
    pub fn open_new(name: &str, reader: R) -> Result<Book<R>> {
        guarded(name, || match Xlsx::new(reader) {
            Ok(book) => Ok(Book::Xlsx(Box::new(book))),
            Err(calamine::XlsxError::Password) => Err(Error::Password { name: name.to_owned() }),
            Err(_) => Err(damaged(name, "工作簿结构读不出来")),
        })
    }
    pub fn open_old(name: &str, mut reader: R) -> Result<Book<R>> {
        guarded(name, || old::within_bounds(&mut reader).map_err(|what| damaged(name, what)))?;
        guarded(name, || match Xls::new(reader) {
            Ok(book) => Ok(Book::Xls(Box::new(book))),
            Err(calamine::XlsError::Password) => Err(Error::Password { name: name.to_owned() }),
            Err(_) => Err(damaged(name, "工作簿结构读不出来")),
        })
    }
    pub fn sheets(&self) -> Vec<String> {
        match self {
            Book::Xlsx(book) => book.sheet_names(),
            Book::Xls(book) => book.sheet_names(),
        }
    }

    /// Hands over each row that holds something: its number from 1, and its cells by column.
    pub fn rows(
        &mut self,
        name: &str,
        sheet: &str,
        each: &mut dyn FnMut(u32, &mut Vec<Raw>) -> ControlFlow<()>,
    ) -> Result<()> {
        guarded(name, || match self {
            Book::Xlsx(book) => stream(name, book, sheet, each),
            Book::Xls(book) => {
                let range = book
                    .worksheet_range(sheet)
                    .map_err(|_| damaged(name, "工作表读不出来"))?;
                let (top, left) = range.start().unwrap_or((0, 0));
                let mut row = Vec::new();
                for (number, cells) in (top + 1..).zip(range.rows()) {
                    for (column, cell) in (left..).zip(cells) {
                        push(&mut row, column, of_data(cell));
                    }
                    if !row.is_empty() && each(number, &mut row).is_break() {
                        return Ok(());
                    }
                    row.clear();
                }
                Ok(())
            }
        })
    }

    /// Regions of merged cells, for heads over several columns.
    pub fn merged(&mut self, sheet: &str) -> Vec<Dimensions> {
        guarded(sheet, || {
            Ok(match self {
                Book::Xlsx(book) => book.merge_cells_by_sheet_name(sheet).unwrap_or_default(),
                Book::Xls(book) => book.merge_cells_by_sheet_name(sheet).unwrap_or_default(),
            })
        })
        .unwrap_or_default()
    }
}

/// Cells one by one: a sheet of a hundred thousand rows is never whole in memory.
fn stream<R: Read + Seek>(
    name: &str,
    book: &mut Xlsx<R>,
    sheet: &str,
    each: &mut dyn FnMut(u32, &mut Vec<Raw>) -> ControlFlow<()>,
) -> Result<()> {
    let mut cells = book
        .worksheet_cells_reader(sheet)
        .map_err(|_| damaged(name, "工作表读不出来"))?;
    let mut row: Vec<Raw> = Vec::new();
    let mut number = None;
    while let Some(cell) = cells.next_cell().map_err(|_| damaged(name, "工作表中途断了"))? {
        let (at, column) = cell.get_position();
        if number != Some(at) {
            if let Some(number) = number.filter(|_| !row.is_empty())
                && each(number + 1, &mut row).is_break()
            {
                return Ok(());
            }
            row.clear();
            number = Some(at);
        }
        push(&mut row, column, of_ref(cell.get_value()));
    }
    if let Some(number) = number.filter(|_| !row.is_empty()) {
        let _ = each(number + 1, &mut row);
    }
    Ok(())
}

fn push(row: &mut Vec<Raw>, column: u32, value: Option<(String, CellKind)>) {
    if let Some((text, kind)) = value
        && column < COLUMNS
        && let Ok(column) = u16::try_from(column)
        && column < WIDTH
    {
        row.push(Raw { column, text, kind });
    }
}

fn of_ref(value: &DataRef<'_>) -> Option<(String, CellKind)> {
    match value {
        DataRef::String(text) => text_cell(text),
        DataRef::SharedString(text) => text_cell(text),
        DataRef::Int(number) => Some((number.to_string(), CellKind::Number)),
        DataRef::Float(number) => Some((number_text(*number), CellKind::Number)),
        DataRef::Bool(yes) => Some((yes_text(*yes), CellKind::Text)),
        DataRef::DateTime(moment) => Some(moment_text(moment)),
        DataRef::DateTimeIso(text) => Some((text.clone(), CellKind::Date)),
        DataRef::DurationIso(text) => text_cell(text),
        DataRef::Error(error) => Some((error.to_string(), CellKind::Text)),
        DataRef::Empty => None,
    }
}

fn of_data(value: &Data) -> Option<(String, CellKind)> {
    match value {
        Data::String(text) => text_cell(text),
        Data::Int(number) => Some((number.to_string(), CellKind::Number)),
        Data::Float(number) => Some((number_text(*number), CellKind::Number)),
        Data::Bool(yes) => Some((yes_text(*yes), CellKind::Text)),
        Data::DateTime(moment) => Some(moment_text(moment)),
        Data::DateTimeIso(text) => Some((text.clone(), CellKind::Date)),
        Data::DurationIso(text) => text_cell(text),
        Data::Error(error) => Some((error.to_string(), CellKind::Text)),
        _ => None,
    }
}

fn text_cell(text: &str) -> Option<(String, CellKind)> {
    (!text.trim().is_empty()).then(|| (crate::decode::clean(text).0, CellKind::Text))
}

fn yes_text(yes: bool) -> String {
    if yes { "是".to_owned() } else { "否".to_owned() }
}

/// `198204`, `1982.04`: as short as it can be told exactly.
fn number_text(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e19 {
        format!("{number:.0}")
    } else {
        format!("{number}")
    }
}

/// A day; the time of day falls away.
fn moment_text(moment: &ExcelDateTime) -> (String, CellKind) {
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    (format!("{year:04}-{month:02}-{day:02}"), CellKind::Date)
}
