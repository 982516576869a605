//! 公务员管理信息系统(2017版)信息采集表 V2017.01: ten data sheets keyed by name and ID number.
//!
//! Row 1 is the title, row 2 the heads, data from row 3. Cells hold the wording of the drop-down lists. Sheets of rows
//! (A02 … A99Z1) are read first and laid aside by person; A01 is then streamed, and each person leaves whole.

mod a01;
mod aside;
mod career;
mod row;
mod sheet;
mod unit;

use crate::read::{Hands, ReadSeek};
use crate::values::twice::Seen;
use crate::workbook::{Book, Raw};
use crate::{Error, Fault, FileRead, Item, Place, Result};
#[cfg(feature = "sample")]
pub(crate) use a01::head_of_field;
use aside::{Aside, Held};
use row::Row;
use sheet::Columns;
pub(crate) use sheet::Kind;
use std::collections::HashMap;
use std::ops::ControlFlow;
#[cfg(feature = "sample")]
pub(crate) use unit::head_of_unit_field;

const HEAD_ROW: u32 = 2;
/// Faults of the whole file that are told one by one; the rest are counted.
const TOLD: usize = 200;

/// Does the workbook have the sheets of the national template?
pub(crate) fn is_national(sheets: &[String]) -> bool {
    let has = |prefix: &str| sheets.iter().any(|s| s.trim().starts_with(prefix));
    has("A01人员") || (has("A01") && has("A02") && has("B01"))
}

/// Units, then people, each whole.
pub(crate) fn read<R: ReadSeek>(book: &mut Book<R>, file: &mut FileRead, hands: &mut Hands<'_>) -> Result<()> {
    let sheets = book.sheets();
    let mut aside = Aside::new(hands.options.scratch.clone());
    let mut heads: HashMap<Kind, Columns> = HashMap::new();
    let mut people_sheet = None;
    for sheet in &sheets {
        match Kind::of(sheet) {
            Some(Kind::People) => people_sheet = Some(sheet.clone()),
            Some(Kind::Units) => units(book, sheet, file, hands)?,
            Some(kind) => {
                hands.tell(&file.name, 0, None);
                let columns = lay_aside(book, sheet, kind, file, &mut aside)?;
                heads.insert(kind, columns);
            }
            None => {}
        }
    }
    let Some(sheet) = people_sheet else {
        let place = Place::file(&file.name);
        file.faults.push(Fault::error(
            place,
            "",
            "没有 A01人员 表",
            "请使用信息采集表 V2017.01 模板",
        ));
        return Ok(());
    };
    people(book, &sheet, file, hands, &mut aside, &heads)?;
    left_over(file, &aside, &heads);
    Ok(())
}

/// Takes one data row: the columns, its number from 1, its cells, and the file for what must be said of it.
type EachRow<'a> = dyn FnMut(&Columns, u32, &[Raw], &mut FileRead) -> Result<()> + 'a;

/// Runs over the data rows of a sheet; the head row makes the columns.
fn rows<R: ReadSeek>(
    book: &mut Book<R>,
    sheet: &str,
    kind: Kind,
    file: &mut FileRead,
    each: &mut EachRow<'_>,
) -> Result<Columns> {
    let name = file.name.clone();
    let place = Place::file(&name).in_sheet(&sheet.trim().into());
    let mut columns: Option<Columns> = None;
    let mut outcome = Ok(());
    book.rows(&name, sheet, &mut |number, cells| {
        cells.sort_by_key(|c| c.column);
        let Some(known) = &columns else {
            // The heads stand in row 2; a template with its title taken out has them in row 1.
            if number >= HEAD_ROW || Columns::looks_like_heads(kind, cells) {
                let read = Columns::of(kind, &place, number, cells);
                file.faults.extend(read.faults());
                columns = Some(read);
            }
            return ControlFlow::Continue(());
        };
        if cells.iter().all(|c| matches!(c.text.trim(), "" | "0")) {
            return ControlFlow::Continue(());
        }
        outcome = each(known, number, cells, file);
        if outcome.is_err() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    })?;
    outcome?;
    Ok(columns.unwrap_or_else(|| Columns::of(kind, &place, HEAD_ROW, &[])))
}

fn units<R: ReadSeek>(book: &mut Book<R>, sheet: &str, file: &mut FileRead, hands: &mut Hands<'_>) -> Result<()> {
    rows(book, sheet, Kind::Units, file, &mut |columns, number, cells, file| {
        let unit = unit::read(&mut Row::new(columns, number, cells));
        hands.hand(file, Item::Unit(Box::new(unit)))
    })
    .map(|_| ())
}

fn lay_aside<R: ReadSeek>(
    book: &mut Book<R>,
    sheet: &str,
    kind: Kind,
    file: &mut FileRead,
    aside: &mut Aside,
) -> Result<Columns> {
    let mut nameless = 0_usize;
    let name = file.name.clone();
    let columns = rows(book, sheet, kind, file, &mut |columns, number, cells, file| {
        let row = Row::new(columns, number, cells);
        match row.key() {
            Some(key) => aside.put(&key, kind, number, cells).map_err(|cause| Error::Unreadable {
                name: name.clone(),
                cause,
            }),
            None => {
                nameless += 1;
                if nameless <= TOLD {
                    let says = "这一行没有姓名和身份证号，没有读取";
                    file.faults
                        .push(Fault::error(row.place(), "", says, "每行以姓名、身份证号开头"));
                }
                Ok(())
            }
        }
    })?;
    Ok(columns)
}

fn people<R: ReadSeek>(
    book: &mut Book<R>,
    sheet: &str,
    file: &mut FileRead,
    hands: &mut Hands<'_>,
    aside: &mut Aside,
    heads: &HashMap<Kind, Columns>,
) -> Result<()> {
    let mut seen = Seen::default();
    let mut done = 0_u64;
    let name = file.name.clone();
    rows(book, sheet, Kind::People, file, &mut |columns, number, cells, file| {
        let mut row = Row::new(columns, number, cells);
        let mut person = a01::read(&mut row);
        let key = row.key();
        seen.check(&mut person);
        if let Some(key) = key {
            let held = aside.take(&key).map_err(|cause| Error::Unreadable {
                name: name.clone(),
                cause,
            })?;
            for Held {
                kind,
                row: number,
                cells,
            } in held
            {
                if let Some(columns) = heads.get(&kind) {
                    career::add(kind, &mut Row::new(columns, number, &cells), &mut person);
                }
            }
        }
        crate::values::identity::check(&mut person);
        done += 1;
        if done.is_multiple_of(256) {
            hands.tell(&file.name, done, None);
        }
        hands.hand(file, Item::Person(Box::new(person)))
    })?;
    hands.tell(&file.name, done, Some(done));
    Ok(())
}

/// Rows of people who are not in A01.
fn left_over(file: &mut FileRead, aside: &Aside, heads: &HashMap<Kind, Columns>) {
    let left = aside.left();
    let more = left.len().saturating_sub(TOLD);
    for (key, kind, number) in left.into_iter().take(TOLD) {
        if let Some(columns) = heads.get(&kind) {
            let place = columns.place().at_row(number);
            file.faults.push(Fault::error(
                place,
                &key,
                "A01人员 表里没有这个人，这个人的各行没有读取",
                "请核对姓名和身份证号是否与 A01人员 一致",
            ));
        }
    }
    if more > 0 {
        let place = Place::file(&file.name);
        file.faults.push(Fault::error(
            place,
            "",
            format!("另有 {more} 人不在 A01人员 表里"),
            "请核对姓名和身份证号",
        ));
    }
}
