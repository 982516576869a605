//! `.csv`: UTF-8 with its mark, so that Excel reads Chinese; what looks like a formula is disarmed.

use super::{Column, Kind, Row, TableData};
use crate::Result;
use std::borrow::Cow;
use std::io::Write;

pub(super) struct TextWriter<W: Write> {
    out: csv::Writer<W>,
    columns: usize,
}

impl<W: Write> TextWriter<W> {
    pub fn begin(data: &TableData, mut out: W) -> Result<TextWriter<W>> {
        out.write_all("\u{feff}".as_bytes())?;
        let mut out = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer(out);
        out.write_record(
            data.columns
                .iter()
                .map(|column| guarded(&column.head, Kind::Text).into_owned()),
        )?;
        Ok(TextWriter {
            out,
            columns: data.columns.len(),
        })
    }

    pub fn row(&mut self, columns: &[Column], row: &Row) -> Result<()> {
        match row {
            Row::Group(text) => {
                self.out.write_field(guarded(text, Kind::Text).as_bytes())?;
                for _ in 1..self.columns {
                    self.out.write_field("")?;
                }
            }
            Row::Entry { cells, .. } | Row::Total(cells) => {
                for (column, cell) in columns.iter().zip(cells) {
                    self.out.write_field(guarded(cell, column.kind).as_bytes())?;
                }
            }
        }
        Ok(self.out.write_record(None::<&[u8]>)?)
    }

    pub fn finish(mut self) -> Result<()> {
        Ok(self.out.flush()?)
    }
}

/// A cell that a spreadsheet would run gets an apostrophe in front (OWASP, CSV injection); figures are left alone.
fn guarded(text: &str, kind: Kind) -> Cow<'_, str> {
    let is_figure = kind == Kind::Number && text.trim().parse::<f64>().is_ok();
    match text.trim_start_matches(' ').chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '＝' | '＋' | '－' | '＠') if !is_figure => {
            Cow::Owned(format!("'{text}"))
        }
        _ => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_disarmed_and_a_negative_figure_stays() {
        for text in ["=1+1", "+86", "-SUM(A1)", "@cmd", "\t=1", " =1"] {
            assert_eq!(guarded(text, Kind::Text), format!("'{text}"));
        }
        assert_eq!(guarded("-5", Kind::Number), "-5");
        assert_eq!(guarded("李明", Kind::Text), "李明");
    }
}
