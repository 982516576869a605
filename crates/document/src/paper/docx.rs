//! A paper as a Word document, by the same measures.

use super::pdf::{BODY, LEADING, TITLE, TITLE_LEADING, face_of_heading};
use super::{Block, Paper, PaperTable};
use crate::Result;
use crate::font::Face;
use crate::table::Align;
use crate::word::{Cell, Look, bare, fonts, half_points, head_row, pack, paragraph, row, run, table, twentieths};
use docx_rs::{BreakType, Docx, Footer, PageMargin, PageNum, Paragraph, Run, SpecialIndentType};

/// A4 and the margins of GB/T 9704. Unit: twips.
const PAGE: (u32, u32) = (11906, 16838);
const WIDTH: u16 = 8845;
const PLAIN: Look = Look {
    face: Face::FangSong,
    size: BODY,
    align: Align::Left,
    leading: Some(LEADING),
    padding: (0.0, 0.0),
};

pub fn docx(paper: &Paper) -> Result<Vec<u8>> {
    let margin = PageMargin::new()
        .top(2098)
        .left(1587)
        .bottom(1984)
        .right(1474)
        .footer(1400)
        .header(851);
    let mut document = Docx::new()
        .page_size(PAGE.0, PAGE.1)
        .page_margin(margin)
        .footer(footer());
    if let Some(secrecy) = &paper.secrecy {
        document = document.add_paragraph(paragraph(
            Look {
                face: Face::Hei,
                ..PLAIN
            },
            secrecy,
        ));
    }
    let title = Look {
        face: Face::XiaoBiaoSong,
        size: TITLE,
        align: Align::Center,
        leading: Some(TITLE_LEADING),
        ..PLAIN
    };
    for line in paper.title.lines() {
        document = document.add_paragraph(paragraph(title, line));
    }
    if let Some(number) = &paper.number {
        document = document.add_paragraph(paragraph(
            Look {
                align: Align::Center,
                ..PLAIN
            },
            number,
        ));
    }
    document = document.add_paragraph(bare(PLAIN));
    if let Some(addressee) = &paper.addressee {
        document = document.add_paragraph(paragraph(PLAIN, addressee));
    }
    for block in &paper.blocks {
        document = set(document, block);
    }
    if let Some(signature) = &paper.signature {
        document = document.add_paragraph(bare(PLAIN)).add_paragraph(bare(PLAIN));
        let day = if signature.day.trim().is_empty() {
            "    年    月    日"
        } else {
            signature.day.trim()
        };
        for line in signature.by.iter().map(String::as_str).chain([day]) {
            // Both lines are centred on the same axis, four characters and half a date from the right edge.
            let line = paragraph(
                Look {
                    align: Align::Center,
                    ..PLAIN
                },
                line,
            );
            document =
                document.add_paragraph(line.indent(Some(i32::from(WIDTH) - twentieths(14.0 * BODY)), None, None, None));
        }
    }
    if let Some(note) = &paper.note {
        document = document.add_paragraph(indented(paragraph(PLAIN, note)));
    }
    pack(document)
}

/// First line two characters in.
fn indented(paragraph: Paragraph) -> Paragraph {
    paragraph.indent(
        None,
        Some(SpecialIndentType::FirstLine(twentieths(BODY * 2.0))),
        None,
        None,
    )
}

fn set(document: Docx, block: &Block) -> Docx {
    match block {
        Block::Heading { level, text } => {
            let look = Look {
                face: face_of_heading(*level),
                ..PLAIN
            };
            document.add_paragraph(indented(paragraph(look, text)).keep_next(true))
        }
        Block::Paragraph(text) => text.lines().fold(document, |document, line| {
            document.add_paragraph(indented(paragraph(PLAIN, line)))
        }),
        Block::Centered(text) => document.add_paragraph(paragraph(
            Look {
                align: Align::Center,
                ..PLAIN
            },
            text,
        )),
        Block::Field { label, text } => {
            let label = run(Face::Hei, BODY, &format!("{}：", label.trim_end_matches('：')));
            document.add_paragraph(bare(PLAIN).add_run(label).add_run(run(PLAIN.face, BODY, text)))
        }
        Block::Table(content) => document.add_table(set_table(content)).add_paragraph(bare(PLAIN)),
        Block::Blank(lines) => (0..*lines).fold(document, |document, _| document.add_paragraph(bare(PLAIN))),
        Block::PageBreak => document.add_paragraph(Paragraph::new().add_run(Run::new().add_break(BreakType::Page))),
    }
}

fn set_table(content: &PaperTable) -> docx_rs::Table {
    let shares = content.shares();
    let total = u32::from(shares.iter().sum::<u16>().max(1));
    let widths: Vec<u16> = shares
        .iter()
        .map(|share| (u32::from(*share) * u32::from(WIDTH) / total) as u16)
        .collect();
    let look = Look {
        size: 12.0,
        align: Align::Center,
        leading: Some(18.0),
        ..PLAIN
    };
    let cells = |texts: &[String], look: Look| -> Vec<Cell> {
        let text = |number: usize| texts.get(number).map_or("", String::as_str);
        widths
            .iter()
            .enumerate()
            .map(|(number, width)| Cell::of_text(*width, 1, look, text(number)))
            .collect()
    };
    let mut rows = vec![head_row(cells(
        &content.heads,
        Look {
            face: Face::Hei,
            ..look
        },
    ))];
    rows.extend(content.rows.iter().map(|texts| row(None, cells(texts, look))));
    table(&widths, rows, 0.5, 0.5)
}

/// `— 1 —` in 四号 宋体.
fn footer() -> Footer {
    let look = Look {
        face: Face::Song,
        size: 14.0,
        align: Align::Center,
        leading: None,
        ..PLAIN
    };
    let dash = |text| run(look.face, look.size, text);
    Footer::new().add_paragraph(
        bare(look)
            .size(half_points(look.size))
            .fonts(fonts(look.face))
            .add_run(dash("— "))
            .add_page_num(PageNum::new())
            .add_run(dash(" —")),
    )
}
