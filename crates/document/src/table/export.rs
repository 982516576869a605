//! 导出: one row after another into the file that was asked for.

use super::pdf::{PdfWriter, Surroundings};
use super::text::TextWriter;
use super::workbook::WorkbookWriter;
use super::{Column, Format, Kind as Number, Row, TableData};
use crate::mark::Mark;
use crate::font::Fonts;
use crate::{Error, Result};
use std::io::Write;

/// A table being written. Rows are handed over one by one, so that the asker may stream them from the database.
pub struct Export<'a, W: Write + Send> {
    data: &'a TableData,
    kind: Kind<'a, W>,
}

enum Kind<'a, W: Write + Send> {
    Workbook(Box<WorkbookWriter<W>>),
    Text(Box<TextWriter<W>>),
    Pdf(Box<PdfWriter<'a>>, W),
}

impl<'a, W: Write + Send> Export<'a, W> {
    pub fn begin(fonts: &'a Fonts, format: Format, data: &'a TableData, out: W) -> Result<Export<'a, W>> {
        let kind = match format {
            Format::Workbook => Kind::Workbook(Box::new(WorkbookWriter::begin(data, out)?)),
            Format::Csv => Kind::Text(Box::new(TextWriter::begin(data, out)?)),
            Format::Pdf => Kind::Pdf(Box::new(PdfWriter::begin(fonts, data, Surroundings::default())?), out),
        };
        Ok(Export { data, kind })
    }

    /// Refuses a row with more or fewer cells than there are columns.
    pub fn row(&mut self, row: &Row) -> Result<()> {
        if let Row::Entry { cells, .. } | Row::Total(cells) = row
            && cells.len() != self.data.columns.len()
        {
            return Err(Error::Ragged {
                expected: self.data.columns.len(),
                found: cells.len(),
            });
        }
        let dressed;
        let row = match &self.data.mark {
            Some(mark) => {
                dressed = dress(mark, &self.data.columns, row);
                &dressed
            }
            None => row,
        };
        match &mut self.kind {
            Kind::Workbook(writer) => writer.row(&self.data.columns, row),
            Kind::Text(writer) => writer.row(&self.data.columns, row),
            Kind::Pdf(writer, _) => writer.row(row),
        }
    }

    pub fn finish(mut self) -> Result<()> {
        if !self.data.visible.is_empty()
            && let Kind::Text(writer) = &mut self.kind
        {
            writer.row(&self.data.columns, &Row::Group(self.data.visible.clone()))?;
        }
        match self.kind {
            Kind::Workbook(writer) => writer.finish(),
            Kind::Text(writer) => writer.finish(),
            Kind::Pdf(writer, mut out) => {
                let mut file = writer.finish(Surroundings::default())?;
                if let Some(mark) = &self.data.mark {
                    file = mark.seal(file);
                }
                out.write_all(&file)?;
                Ok(out.flush()?)
            }
        }
    }
}

/// The row as this export writes it: figures stay figures.
fn dress(mark: &Mark, columns: &[Column], row: &Row) -> Row {
    match row {
        Row::Entry { key, cells } => {
            let one = |(cell, column): (&String, &Column)| match column.kind {
                Number::Text => mark.dress(cell).into_owned(),
                Number::Number => cell.clone(),
            };
            Row::Entry { key: key.clone(), cells: cells.iter().zip(columns).map(one).collect() }
        }
        other => other.clone(),
    }
}

/// All rows at once, for whoever has them at hand.
pub fn export<W: Write + Send>(
    fonts: &Fonts,
    format: Format,
    data: &TableData,
    rows: impl IntoIterator<Item = Row>,
    out: W,
) -> Result<()> {
    let mut export = Export::begin(fonts, format, data, out)?;
    for row in rows {
        export.row(&row)?;
    }
    export.finish()
}
