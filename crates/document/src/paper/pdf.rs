//! A paper as PDF: 版面 of GB/T 9704.

use super::{Block, Paper, PaperTable, Signature};
use crate::Result;
use crate::font::{Face, Fonts};
use crate::pdf::grid::Grid;
use crate::pdf::pages::{PAPER, Pages};
use crate::pdf::prose::Prose;
use crate::pdf::text::Measured;
use crate::table::Align;

/// 三号, 22 lines and 28 characters a page side (GB/T 9704 5.2.2–5.2.3). Unit: points.
pub(super) const BODY: f32 = 16.0;
pub(super) const LEADING: f32 = 28.95;
/// 二号.
pub(super) const TITLE: f32 = 22.0;
pub(super) const TITLE_LEADING: f32 = 34.0;
const PITCH: f32 = 156.0 * 72.0 / 25.4 / 28.0;

const PLAIN: Prose = Prose {
    face: Face::FangSong,
    size: BODY,
    leading: LEADING,
    align: Align::Left,
    indent: 2.0,
    inset: (0.0, 0.0),
    pitch: PITCH,
};

/// Distances of lines to try: a signature must not stand on a page without text, and the lines give way for it
/// (GB/T 9704 7.3.5.4).
const LEADINGS: [f32; 4] = [LEADING, 28.0, 30.0, 31.5];

/// The paper on A4, its pages numbered `— 1 —`.
pub fn pdf(fonts: &Fonts, paper: &Paper) -> Result<Vec<u8>> {
    let mut first = None;
    for leading in LEADINGS {
        let mut pages = Pages::new(fonts, PAPER, &paper.title.replace('\n', ""));
        let setter = Setter {
            plain: Prose { leading, ..PLAIN },
        };
        let stands_with_text = setter.paper(&mut pages, paper)?;
        if stands_with_text {
            return pages.finish();
        }
        first = first.or(Some(pages));
    }
    first.map_or_else(|| Ok(Vec::new()), Pages::finish)
}

/// Sets one paper at one distance of lines.
struct Setter {
    plain: Prose,
}

impl Setter {
    /// Answers whether the signature stands on a page with text.
    fn paper(&self, pages: &mut Pages<'_>, paper: &Paper) -> Result<bool> {
        if let Some(secrecy) = &paper.secrecy {
            Prose {
                face: Face::Hei,
                indent: 0.0,
                ..self.plain
            }
            .run(pages, secrecy)?;
            pages.y += self.plain.leading;
        }
        let title = Prose {
            face: Face::XiaoBiaoSong,
            size: TITLE,
            leading: TITLE_LEADING,
            align: Align::Center,
            indent: 0.0,
            pitch: TITLE,
            ..self.plain
        };
        title.run(pages, &paper.title)?;
        if let Some(number) = &paper.number {
            Prose {
                align: Align::Center,
                indent: 0.0,
                ..self.plain
            }
            .run(pages, number)?;
        }
        pages.y += LEADING;
        if let Some(addressee) = &paper.addressee {
            Prose {
                indent: 0.0,
                ..self.plain
            }
            .run(pages, addressee)?;
        }
        for (number, block) in paper.blocks.iter().enumerate() {
            let heads = paper.blocks[number..]
                .iter()
                .take_while(|b| matches!(b, Block::Heading { .. }))
                .count();
            // Heads stay with the line after them.
            if heads > 0 && !pages.has_room_for(self.plain.leading * (heads as f32 + 1.0)) {
                pages.turn()?;
            }
            self.block(pages, block)?;
        }
        let stands_with_text = match &paper.signature {
            Some(signature) => self.sign(pages, signature)?,
            None => true,
        };
        if let Some(note) = &paper.note {
            self.plain.run(pages, note)?;
        }
        Ok(stands_with_text)
    }

    fn block(&self, pages: &mut Pages<'_>, block: &Block) -> Result<()> {
        match block {
            Block::Heading { level, text } => Prose {
                face: face_of_heading(*level),
                ..self.plain
            }
            .run(pages, text),
            Block::Paragraph(text) => self.plain.run(pages, text),
            Block::Centered(text) => Prose {
                align: Align::Center,
                indent: 0.0,
                ..self.plain
            }
            .run(pages, text),
            Block::Field { label, text } => self.field(pages, label, text),
            Block::Table(table) => self.table(pages, table),
            Block::Blank(lines) => {
                for _ in 0..*lines {
                    if !pages.has_room_for(LEADING) {
                        pages.turn()?;
                    }
                    pages.y += LEADING;
                }
                Ok(())
            }
            Block::PageBreak => pages.turn(),
        }
    }

    /// Label in 黑体, text beside it, its further lines under the text.
    fn field(&self, pages: &mut Pages<'_>, label: &str, text: &str) -> Result<()> {
        let label = format!("{}：", label.trim_end_matches('：'));
        let wide = Measured::of(pages.fonts, Face::Hei, &label).width();
        if !pages.has_room_for(LEADING) {
            pages.turn()?;
        }
        let top = pages.y;
        Prose {
            face: Face::Hei,
            indent: 0.0,
            ..self.plain
        }
        .run(pages, &label)?;
        pages.y = top;
        Prose {
            indent: 0.0,
            inset: (wide, 0.0),
            ..self.plain
        }
        .run(pages, text)
    }

    /// 小四, heads in 黑体, half a line free above and below.
    fn table(&self, pages: &mut Pages<'_>, table: &PaperTable) -> Result<()> {
        let shares = table.shares();
        let unit = pages.layout.width() / f32::from(shares.iter().sum::<u16>().max(1));
        let grid = Grid {
            size: 12.0,
            leading: 1.4,
            padding: 4.0,
            widths: shares.iter().map(|share| f32::from(*share) * unit).collect(),
            aligns: vec![Align::Center; shares.len()],
            heads: table.heads.clone(),
            face: Face::FangSong,
            lowest: 28.0,
        };
        pages.y += LEADING / 3.0;
        grid.head(pages)?;
        for row in &table.rows {
            let mut cells = row.clone();
            cells.resize(shares.len(), String::new());
            grid.row(pages, &cells, grid.face)?;
        }
        pages.y += LEADING / 2.0;
        Ok(())
    }

    /// 成文日期 four characters from the right edge, the office centred on it (GB/T 9704 7.3.5.1); both on one page.
    fn sign(&self, pages: &mut Pages<'_>, signature: &Signature) -> Result<bool> {
        let day = match signature.day.trim() {
            "" => "    年    月    日",
            day => day,
        };
        let lines = signature.by.len() as f32 + 1.0;
        // Two lines stay free above for the seal, or one, or none.
        let free = [2.0, 1.0, 0.0]
            .into_iter()
            .find(|free| pages.has_room_for(self.plain.leading * (lines + free)));
        match free {
            Some(free) => pages.y += self.plain.leading * free,
            None => pages.turn()?,
        }
        let wide = |text: &str| Measured::of(pages.fonts, Face::FangSong, text).width();
        let day_width = wide(day);
        let widths: Vec<f32> = signature.by.iter().map(|office| wide(office)).collect();
        for (office, width) in signature.by.iter().zip(widths) {
            // A long name stands at the right edge at the latest.
            let from_right = (4.0 + (day_width - width) / 2.0).max(0.0);
            Prose {
                align: Align::Right,
                indent: 0.0,
                inset: (0.0, from_right),
                ..self.plain
            }
            .run(pages, office)?;
        }
        Prose {
            align: Align::Right,
            indent: 0.0,
            inset: (0.0, 4.0),
            ..self.plain
        }
        .run(pages, day)?;
        Ok(free.is_some())
    }
}

/// Face of a head: 一级 黑体, 二级 楷体, the others like the text.
pub(super) fn face_of_heading(level: u8) -> Face {
    match level {
        0 | 1 => Face::Hei,
        2 => Face::Kai,
        _ => Face::FangSong,
    }
}
