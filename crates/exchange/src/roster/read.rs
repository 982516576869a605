//! Sheets and CSV become roster tables.

use super::build::Builder;
use super::{CellKind, RosterTable};
use crate::decode::{Written, clean, decode};
use crate::read::ReadSeek;
use crate::workbook::{Book, Raw, WIDTH};
use crate::{Error, Fault, FileKind, FileRead, Place, Result};
use std::ops::ControlFlow;

/// What the spreadsheet itself allows in one cell. Characters.
const CELL_CHARACTERS: usize = 32_767;

/// Every sheet that holds a table of at least one row under its heads.
pub(crate) fn workbook<R: ReadSeek>(book: &mut Book<R>, file: &mut FileRead) -> Result<()> {
    let name = file.name.clone();
    for sheet in book.sheets() {
        let place = Place::file(&name).in_sheet(&sheet.as_str().into());
        let mut builder = Builder::new(place, &book.merged(&sheet));
        book.rows(&name, &sheet, &mut |number, cells| {
            builder.row(number, cells);
            ControlFlow::Continue(())
        })?;
        keep(builder, file);
    }
    nothing_found(file);
    Ok(())
}

/// A CSV in UTF-8, UTF-16 or GB18030, divided by commas, tabs or semicolons.
pub(crate) fn csv(name: &str, bytes: &[u8], file: &mut FileRead) -> Result<()> {
    file.kind = FileKind::Csv;
    let place = Place::file(name);
    let decoded = decode(bytes);
    let (text, gone) = clean(&decoded.text);
    if decoded.written == Written::Utf8 && gone > 0 {
        let says = format!("文件里有 {gone} 个乱码或控制字符，已去掉");
        file.faults.push(Fault::finding(
            place.clone(),
            "",
            says,
            "请用 UTF-8 或 GB18030 编码重新保存",
        ));
    }
    let mut builder = Builder::new(place.clone(), &[]);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&text))
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(_) => {
                return Err(Error::Damaged {
                    name: name.to_owned(),
                    what: "引号或分隔符错乱".to_owned(),
                });
            }
        }
        // The line where the record began: people look for it in their editor.
        let line = record.position().map_or(0, csv::Position::line);
        let mut cells: Vec<Raw> = (0..WIDTH)
            .zip(record.iter())
            .filter(|(_, text)| !text.trim().is_empty())
            .map(|(column, text)| Raw {
                column,
                text: cut(text).trim().to_owned(),
                kind: CellKind::Text,
            })
            .collect();
        builder.row(u32::try_from(line).unwrap_or(u32::MAX), &mut cells);
    }
    keep(builder, file);
    nothing_found(file);
    Ok(())
}

fn cut(text: &str) -> &str {
    text.char_indices()
        .nth(CELL_CHARACTERS)
        .map_or(text, |(at, _)| text.get(..at).unwrap_or(text))
}

/// Whichever divides the first lines into most pieces.
fn delimiter(text: &str) -> u8 {
    let first: Vec<&str> = text.lines().take(10).collect();
    let count = |c: char| first.iter().map(|l| l.matches(c).count()).sum::<usize>();
    let (comma, tab, semicolon) = (count(','), count('\t'), count(';'));
    if tab > comma && tab >= semicolon {
        b'\t'
    } else if semicolon > comma {
        b';'
    } else {
        b','
    }
}

fn keep(builder: Builder, file: &mut FileRead) {
    let (table, mut faults): (Option<RosterTable>, Vec<Fault>) = builder.finish();
    file.rosters.extend(table);
    file.faults.append(&mut faults);
}

fn nothing_found(file: &mut FileRead) {
    if file.rosters.is_empty() {
        let place = Place::file(&file.name);
        file.faults.push(Fault::error(
            place,
            "",
            "没有找到有表头和人员的表格",
            "第一行（或标题下一行）应为表头，如 姓名、性别、出生年月",
        ));
    }
}
