//! 旧版工作簿的边界: the library keeps a sheet of an `.xls` whole, from its first cell to its last, so one cell that claims
//! to stand far away would fill the memory of the machine. Every cell's place is looked at before the library reads.

use std::io::{Read, Seek, SeekFrom};

/// The old format's own bounds.
const COLUMNS: u16 = 256;
/// Cells between the first and the last of a sheet, empty ones counted: a hundred columns of a county's officials.
const CELLS: u64 = 2_000_000;
/// Unit: bytes of the stream of records.
const STREAM: u64 = 256 << 20;

/// Records that put something into a cell; each begins with row and column.
const CELL_RECORDS: [u16; 10] = [0x0006, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E];
/// Begins a sheet.
const BEGIN: u16 = 0x0809;

/// Refuses a file whose cells stand too far apart; leaves the reader at its beginning. What is no such file at all is
/// left to the library to refuse.
pub fn within_bounds<R: Read + Seek>(reader: &mut R) -> Result<(), &'static str> {
    let mut records = Vec::new();
    {
        let mut file = cfb::CompoundFile::open(&mut *reader).map_err(|_| "工作簿结构读不出来")?;
        let name = ["/Workbook", "/Book"].into_iter().find(|name| file.is_stream(name)).ok_or("工作簿结构读不出来")?;
        let stream = file.open_stream(name).map_err(|_| "工作簿结构读不出来")?;
        stream.take(STREAM).read_to_end(&mut records).map_err(|_| "工作簿结构读不出来")?;
    }
    reader.seek(SeekFrom::Start(0)).map_err(|_| "工作簿结构读不出来")?;
    let (mut rows, mut columns, mut all) = (0_u64, 0_u64, 0_u64);
    let mut rest = &records[..];
    while let [a, b, c, d, more @ ..] = rest {
        let (kind, length) = (u16::from_le_bytes([*a, *b]), usize::from(u16::from_le_bytes([*c, *d])));
        let content = more.get(..length).unwrap_or(more);
        if kind == BEGIN {
            all += rows * columns;
            (rows, columns) = (0, 0);
        }
        if let (true, [a, b, c, d, ..]) = (CELL_RECORDS.contains(&kind), content) {
            let (row, column) = (u16::from_le_bytes([*a, *b]), u16::from_le_bytes([*c, *d]));
            if column >= COLUMNS {
                return Err("有单元格在第 256 列以外");
            }
            rows = rows.max(u64::from(row) + 1);
            columns = columns.max(u64::from(column) + 1);
        }
        if all + rows * columns > CELLS {
            return Err("表格太大：请另存为 .xlsx 再导入");
        }
        rest = more.get(length..).unwrap_or_default();
    }
    Ok(())
}
