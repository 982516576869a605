//! The form as a Word document: the same table, with sizes chosen by our own measure, since Word does not shrink text.

use super::geometry::*;
use super::sheet::{long_value, short_value, twips};
use super::style::FormStyle;
use super::{AppointmentForm, Education, Layout, birth_and_age, docx_back, dotted, front, resume};
use crate::Result;
use crate::font::Fonts;
use crate::pdf::TextBox;
use crate::pdf::picture::{as_png, photo_area};
use crate::table::Align;
use crate::word::{Cell, Look, bare, clean, pack, paragraph, row, run, table, twentieths};
use docx_rs::{
    Docx, PageMargin, PageSize, Paragraph, Pic, Run, SectionProperty, SpecialIndentType, Tab, TableCellBorderPosition,
    TableRow, VMergeType,
};

/// The form as `.docx`: two pages, exact row heights, merged cells, the office's fonts by name.
pub fn docx(fonts: &Fonts, style: FormStyle, form: &AppointmentForm) -> Result<Vec<u8>> {
    let writer = Writer { fonts, style };
    let front_side = section(FRONT_TOP, FRONT_LEFT, FRONT_RIGHT, FRONT_BOTTOM);
    let back = Back::of(form.layout);
    let document = Docx::new()
        .add_paragraph(writer.title())
        .add_table(table(&FRONT_COLUMNS, writer.front(form), OUTER, INNER))
        .add_paragraph(
            bare(Look {
                leading: Some(1.0),
                ..writer.label_look(1.0)
            })
            .section_property(front_side),
        )
        .add_table(docx_back::table(&writer, form, &back))
        .add_paragraph(paragraph(
            Look {
                align: Align::Left,
                ..writer.value_look(12.0)
            },
            &format!("填表人：{}", form.filled_by.trim()),
        ))
        .page_size(u32::from(PAGE.0), u32::from(PAGE.1))
        .page_margin(margin(back.top, back.left, BACK_RIGHT, BACK_BOTTOM));
    pack(document)
}

fn margin(top: u16, left: u16, right: u16, bottom: u16) -> PageMargin {
    let [top, left, right, bottom] = [top, left, right, bottom].map(i32::from);
    PageMargin::new()
        .top(top)
        .left(left)
        .right(right)
        .bottom(bottom)
        .header(0)
        .footer(0)
}

fn section(top: u16, left: u16, right: u16, bottom: u16) -> SectionProperty {
    SectionProperty::new()
        .page_size(PageSize::new().size(u32::from(PAGE.0), u32::from(PAGE.1)))
        .page_margin(margin(top, left, right, bottom))
}

pub(super) struct Writer<'a> {
    pub fonts: &'a Fonts,
    pub style: FormStyle,
}

impl Writer<'_> {
    pub fn label_look(&self, size: f32) -> Look {
        Look {
            face: self.style.label,
            size,
            align: Align::Center,
            leading: Some(size * LEADING),
            padding: (0.0, 0.0),
        }
    }
    pub fn value_look(&self, size: f32) -> Look {
        Look {
            face: self.style.value,
            ..self.label_look(size)
        }
    }

    pub fn label(&self, width: u16, columns: usize, text: &str) -> Cell {
        Cell::of_text(width, columns, self.label_look(BASE_SIZE), text)
    }

    /// A value set as `draw` would set it: `text_box` gives sizes and alignment, its area is `width` × `height` twips.
    pub fn value(&self, width: u16, height: u16, columns: usize, text_box: TextBox<'_>, text: &str) -> Cell {
        let text_box = TextBox {
            face: self.style.value,
            area: twips(0, 0, width, height),
            ..text_box
        };
        let (size, wraps) = text_box.size_for(self.fonts, text);
        let align = if wraps && text_box.left_when_wrapped {
            Align::Left
        } else {
            text_box.align
        };
        // The cell's own margins are 1.5 points.
        let padding = match align {
            Align::Center => (0.0, 0.0),
            _ => ((text_box.padding.0 - 1.5).max(0.0), (text_box.padding.1 - 1.5).max(0.0)),
        };
        Cell::of_text(
            width,
            columns,
            Look {
                align,
                padding,
                ..self.value_look(size)
            },
            text.trim_end(),
        )
    }

    fn title(&self) -> Paragraph {
        let size = TITLE_SIZE;
        let look = Look {
            face: self.style.title,
            leading: Some(f32::from(TITLE_HEIGHT) / 20.0),
            ..self.label_look(size)
        };
        bare(look).add_run(run(look.face, size, front::TITLE).character_spacing(twentieths(size / 2.0)))
    }

    fn front(&self, form: &AppointmentForm) -> Vec<TableRow> {
        let heights = front_rows(form.layout);
        let mut rows = self.person(form, &heights);
        rows.extend(self.education(&heights, 4, "全日制\n教  育", &form.full_time));
        rows.extend(self.education(&heights, 6, "在  职\n教  育", &form.in_service));
        for (number, label, text) in [
            (8, "现  任  职  务", &form.current_post),
            (9, "拟  任  职  务", &form.proposed_post),
            (10, "拟  免  职  务", &form.removed_post),
        ] {
            let value = self.value(width(3, 5), heights[number], 5, long_value(twips(0, 0, 0, 0)), text);
            rows.push(row(
                Some(heights[number]),
                vec![self.label(width(0, 3), 3, label), value],
            ));
        }
        rows.push(row(
            Some(heights[11]),
            vec![self.label(width(0, 1), 1, "简\n\n历"), self.resume(form, heights[11])],
        ));
        rows
    }

    fn person(&self, form: &AppointmentForm, heights: &[u16; 12]) -> Vec<TableRow> {
        let (birth, party, work) = (
            birth_and_age(&form.born, &form.age_day),
            dotted(&form.party_joined),
            dotted(&form.work_started),
        );
        let retires = dotted(&form.retires_on);
        let three = |number: usize, pairs: [(&str, &str); 3]| {
            let [(a, x), (b, y), (c, z)] = pairs;
            let value = |column, text| {
                self.value(
                    width(column, 1),
                    heights[number],
                    1,
                    short_value(twips(0, 0, 0, 0)),
                    text,
                )
            };
            let photo = if number == 0 {
                self.photo(form, heights)
            } else {
                Cell::new(width(7, 1), 1, Vec::new())
            };
            let merge = if number == 0 {
                VMergeType::Restart
            } else {
                VMergeType::Continue
            };
            let cells = vec![
                self.label(width(0, 2), 2, a),
                value(2, x),
                self.label(width(3, 1), 1, b),
                value(4, y),
                self.label(width(5, 1), 1, c),
                value(6, z),
                photo.merged(merge),
            ];
            row(Some(heights[number]), cells)
        };
        let mut rows = vec![
            three(
                0,
                [
                    ("姓  名", &form.name),
                    ("性  别", &form.sex),
                    ("出生年月\n（  岁）", &birth),
                ],
            ),
            three(
                1,
                [
                    ("民  族", &form.ethnicity),
                    ("籍  贯", &form.native_place),
                    ("出 生 地", &form.birthplace),
                ],
            ),
        ];
        let joined = ("入  党\n时  间", party.as_str());
        let started = ("参加工\n作时间", work.as_str());
        match form.layout {
            Layout::Old => {
                rows.push(three(2, [joined, started, ("健康状况", &form.health)]));
                let wide =
                    |column, text| self.value(width(column, 2), heights[3], 2, short_value(twips(0, 0, 0, 0)), text);
                let cells = vec![
                    self.label(width(0, 2), 2, "专业技\n术职务"),
                    wide(2, &form.technical_post),
                    self.label(width(4, 1), 1, "熟悉专业\n有何专长"),
                    wide(5, &form.expertise),
                    Cell::new(width(7, 1), 1, Vec::new()).merged(VMergeType::Continue),
                ];
                rows.push(row(Some(heights[3]), cells));
            }
            Layout::Reform2025 => {
                rows.push(three(2, [joined, started, ("到龄时间", &retires)]));
                let health = ("健  康\n状  况", form.health.as_str());
                let expertise = ("熟悉专业\n有何专长", form.expertise.as_str());
                rows.push(three(3, [health, ("专业技\n术职务", &form.technical_post), expertise]));
            }
        }
        rows
    }

    /// The photo, 4:5; a photo that cannot be read leaves its place empty (the PDF remarks on it).
    fn photo(&self, form: &AppointmentForm, heights: &[u16; 12]) -> Cell {
        // Room for the borders and the line under the picture.
        let area = photo_area(twips(0, 0, width(7, 1) - 80, heights[..4].iter().sum::<u16>() - 120));
        let png = form
            .photo
            .as_deref()
            .filter(|b| !b.is_empty())
            .and_then(|bytes| as_png(bytes, area).ok());
        let Some((png, wide, high)) = png else {
            return Cell::new(width(7, 1), 1, Vec::new());
        };
        // 12,700 EMU are one point.
        let emu = |points: f32| (points * 12_700.0) as u32;
        let picture = Pic::new_with_dimensions(png, wide, high).size(emu(area.width), emu(area.height));
        let look = Look {
            leading: None,
            ..self.value_look(BASE_SIZE)
        };
        Cell::new(width(7, 1), 1, vec![bare(look).add_run(Run::new().add_image(picture))])
    }

    /// Two half rows; a value that stands alone spans both.
    fn education(&self, heights: &[u16; 12], first: usize, label: &str, of: &Education) -> [TableRow; 2] {
        let half = |second: bool| {
            let merge = if second {
                VMergeType::Continue
            } else {
                VMergeType::Restart
            };
            let head = if second || first > 4 {
                VMergeType::Continue
            } else {
                VMergeType::Restart
            };
            let words = |text: &'static str| {
                if second || (text.starts_with('学') && first > 4) {
                    ""
                } else {
                    text
                }
            };
            let value = |column, one: &str, other: &str| {
                let (one, other) = (one.trim(), other.trim());
                let alone = one.is_empty() || other.is_empty();
                let text = match (alone, second) {
                    (true, false) => [one, other].concat(),
                    (true, true) => String::new(),
                    (false, false) => one.to_owned(),
                    (false, true) => other.to_owned(),
                };
                let height = if alone { heights[first] * 2 } else { heights[first] };
                let cell = self.value(width(column, 2), height, 2, short_value(twips(0, 0, 0, 0)), &text);
                match (alone, second) {
                    (true, _) => cell.merged(merge),
                    (false, true) => cell.open_to(TableCellBorderPosition::Top),
                    (false, false) => cell.open_to(TableCellBorderPosition::Bottom),
                }
            };
            let kind = if second { "" } else { label };
            let cells = vec![
                self.label(width(0, 2), 2, words("学  历\n学  位")).merged(head),
                self.label(width(2, 1), 1, kind).merged(merge),
                value(3, &of.schooling, &of.degree),
                self.label(width(5, 1), 1, words("毕业院校\n系及专业")).merged(merge),
                value(6, &of.school, &of.degree_school),
            ];
            row(Some(heights[first]), cells)
        };
        [half(false), half(true)]
    }

    /// Dates, a tab and the text, hanging.
    fn resume(&self, form: &AppointmentForm, height: u16) -> Cell {
        let area = twips(0, 0, width(1, 7), height).inset(5.0, 4.0);
        let (size, hang) = resume::size_for(self.fonts, self.style.value, area, &form.resume);
        // Word's 宋体 has half-width figures: 18 of them are 9 em.
        let indent = twentieths(hang.max(9.0) * size);
        let look = Look {
            align: Align::Left,
            ..self.value_look(size)
        };
        let pad = twentieths(3.5);
        let set = |segment: resume::Segment| match segment {
            resume::Segment::Dated { when, what } => bare(look)
                .indent(Some(pad + indent), Some(SpecialIndentType::Hanging(indent)), None, None)
                .add_tab(Tab::new().pos((pad + indent) as usize))
                .add_run(run(look.face, size, &when).add_tab().add_text(clean(&what))),
            resume::Segment::Under(text) => paragraph(look, &text).indent(Some(pad + indent), None, None, None),
            resume::Segment::Flush(text) => paragraph(look, &text).indent(Some(pad), None, None, None),
            resume::Segment::Gap => bare(look),
        };
        Cell::new(
            width(1, 7),
            7,
            resume::read(&form.resume).into_iter().map(set).collect(),
        )
    }
}

/// Twips of some neighbouring columns of the front.
fn width(column: usize, columns: usize) -> u16 {
    FRONT_COLUMNS[column..column + columns].iter().sum()
}
