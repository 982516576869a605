//! 名单: what roster and slate have in common, a table on A4 landscape with words around it.

use crate::Result;
use crate::font::{Face, Fonts};
use crate::table::{Align, Column, PdfWriter, Row, Surroundings, TableData};
use crate::word::{self, Cell, Look, bare, paragraph};
use docx_rs::{Docx, PageMargin, PageOrientationType, Tab, TabValueType};

/// The words around the table; its rows are few enough to be held.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Listing {
    pub secrecy: String,
    pub left: String,
    pub note: String,
    pub data: TableData,
    pub rows: Vec<Row>,
}

/// Between the margins of A4 landscape. Unit: twips.
const WIDTH: u32 = 15250;

/// A column from its head, its width in half-width characters and its alignment.
pub(super) fn column(head: &str, width: u16, align: Align) -> Column {
    Column {
        head: head.to_owned(),
        width,
        align,
        ..Column::default()
    }
}

impl Listing {
    pub fn pdf(&self, fonts: &Fonts) -> Result<Vec<u8>> {
        let around = Surroundings {
            secrecy: &self.secrecy,
            left: &self.left,
            note: &self.note,
        };
        let mut writer = PdfWriter::begin(fonts, &self.data, around)?;
        for row in &self.rows {
            writer.row(row)?;
        }
        writer.finish(around)
    }

    pub fn docx(&self) -> Result<Vec<u8>> {
        let small = Look {
            face: Face::Song,
            size: 10.5,
            align: Align::Left,
            leading: None,
            padding: (0.0, 0.0),
        };
        let title = Look {
            face: Face::XiaoBiaoSong,
            size: 18.0,
            align: Align::Center,
            ..small
        };
        let margin = PageMargin::new()
            .top(907)
            .left(794)
            .bottom(850)
            .right(794)
            .header(400)
            .footer(400);
        let mut document = Docx::new()
            .page_size(16838, 11906)
            .page_orient(PageOrientationType::Landscape)
            .page_margin(margin);
        if !self.secrecy.is_empty() {
            document = document.add_paragraph(paragraph(
                Look {
                    face: Face::Hei,
                    size: 14.0,
                    ..small
                },
                &self.secrecy,
            ));
        }
        document = document.add_paragraph(paragraph(title, &self.data.title));
        let line = word::run(small.face, small.size, &self.left)
            .add_tab()
            .add_text(word::clean(&self.data.subtitle));
        let right = Tab::new().val(TabValueType::Right).pos(WIDTH as usize);
        document = document
            .add_paragraph(bare(small).add_tab(right).add_run(line))
            .add_table(self.table(small));
        document = if self.note.is_empty() {
            document.add_paragraph(bare(small))
        } else {
            document.add_paragraph(paragraph(small, &self.note))
        };
        word::pack(document)
    }

    fn table(&self, look: Look) -> docx_rs::Table {
        let shares: Vec<u32> = self
            .data
            .columns
            .iter()
            .map(|c| u32::from(c.half_width_characters()))
            .collect();
        let total = shares.iter().sum::<u32>().max(1);
        let widths: Vec<u16> = shares.iter().map(|share| (share * WIDTH / total) as u16).collect();
        let head = Look {
            face: Face::Hei,
            align: Align::Center,
            ..look
        };
        let heads = self
            .data
            .columns
            .iter()
            .zip(&widths)
            .map(|(c, width)| Cell::of_text(*width, 1, head, &c.head));
        let mut rows = vec![word::head_row(heads.collect())];
        for row in &self.rows {
            let cells = match row {
                Row::Group(text) => {
                    vec![Cell::of_text(
                        widths.iter().sum(),
                        widths.len(),
                        Look {
                            face: Face::Hei,
                            ..look
                        },
                        text,
                    )]
                }
                Row::Entry { cells, .. } | Row::Total(cells) => {
                    let columns = self.data.columns.iter().zip(&widths).zip(cells);
                    columns
                        .map(|((c, width), text)| Cell::of_text(*width, 1, Look { align: c.align, ..look }, text))
                        .collect()
                }
            };
            rows.push(word::row(None, cells));
        }
        word::table(&widths, rows, 0.5, 0.5)
    }
}

/// 李明 → 李　明: in a list, names of two characters are as wide as names of three.
pub(super) fn spread_name(name: &str) -> String {
    let name = name.trim();
    let mut characters = name.chars();
    match (characters.next(), characters.next(), characters.next()) {
        (Some(first), Some(second), None) if !name.is_ascii() => format!("{first}\u{3000}{second}"),
        _ => name.to_owned(),
    }
}
