//! 原文: every cell of a table just as it stands, blanks included, whatever program saved it last.

use crate::decode::decode;
use crate::{Error, Result};
use calamine::{Data, Reader, Xls, Xlsx};
use std::io::Cursor;

/// The texts of a workbook or CSV, row by row; nothing is trimmed, nothing interpreted.
pub fn rows(name: &str, bytes: &[u8]) -> Result<Vec<Vec<String>>> {
    let damaged = |what: &str| Error::Damaged { name: name.to_owned(), what: what.to_owned() };
    let sheets: Vec<calamine::Range<Data>> = if bytes.starts_with(b"PK") {
        let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|_| damaged("工作簿结构读不出来"))?;
        book.worksheets().into_iter().map(|(_, range)| range).collect()
    } else if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        let mut book = Xls::new(Cursor::new(bytes)).map_err(|_| damaged("工作簿结构读不出来"))?;
        book.worksheets().into_iter().map(|(_, range)| range).collect()
    } else {
        return csv(name, bytes);
    };
    let text = |cell: &Data| match cell {
        Data::String(text) => text.clone(),
        other => other.to_string(),
    };
    Ok(sheets.iter().flat_map(|range| range.rows().map(|row| row.iter().map(text).collect())).collect())
}

fn csv(name: &str, bytes: &[u8]) -> Result<Vec<Vec<String>>> {
    let text = decode(bytes).text;
    let tabs = text.lines().next().is_some_and(|first| first.contains('\t'));
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(if tabs { b'\t' } else { b',' }).from_reader(text.as_bytes());
    let read = |record: std::result::Result<csv::StringRecord, csv::Error>| match record {
        Ok(record) => Ok(record.iter().map(str::to_owned).collect()),
        Err(_) => Err(Error::Damaged { name: name.to_owned(), what: "引号或分隔符错乱".to_owned() }),
    };
    reader.records().map(read).collect()
}
