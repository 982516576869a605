//! 正面: person, education, posts, résumé.

use super::geometry::*;
use super::sheet::{Sheet, long_value, short_value, twips};
use super::{AppointmentForm, Education, Layout, birth_and_age, dotted, resume};
use crate::pdf::picture::{Picture, photo_area};
use crate::pdf::text::Measured;
use crate::pdf::text_box::ASCENT;
use crate::pdf::{Area, TWIP};
use crate::remark::RemarkKind;

pub(super) const TITLE: &str = "干部任免审批表";

/// A cell of the front: first row, first column, and how many of each it spans. Counted from 0.
fn cell(layout: Layout, row: usize, rows: usize, column: usize, columns: usize) -> Area {
    let heights = front_rows(layout);
    let x = FRONT_LEFT + FRONT_COLUMNS[..column].iter().sum::<u16>();
    let y = FRONT_TOP + TITLE_HEIGHT + heights[..row].iter().sum::<u16>();
    twips(
        x,
        y,
        FRONT_COLUMNS[column..column + columns].iter().sum(),
        heights[row..row + rows].iter().sum(),
    )
}

pub(super) fn draw(sheet: &mut Sheet<'_>, form: &AppointmentForm) {
    title(sheet);
    person(sheet, form);
    education(sheet, form.layout, 4, "全日制\n教  育", "全日制教育", &form.full_time);
    education(sheet, form.layout, 6, "在  职\n教  育", "在职教育", &form.in_service);
    let at = |row, column, columns| cell(form.layout, row, 1, column, columns);
    sheet.label(cell(form.layout, 4, 4, 0, 2), "学  历\n学  位");
    for (row, label, field, text) in [
        (8, "现  任  职  务", "现任职务", &form.current_post),
        (9, "拟  任  职  务", "拟任职务", &form.proposed_post),
        (10, "拟  免  职  务", "拟免职务", &form.removed_post),
    ] {
        sheet.label(at(row, 0, 3), label);
        sheet.value(field, text, long_value(at(row, 3, 5)));
    }
    sheet.vertical_label(at(11, 0, 1), "简历");
    let area = at(11, 1, 7);
    sheet.frame(area);
    let setting = resume::draw(
        sheet.fonts,
        &mut sheet.leaf,
        sheet.style.value,
        area.inset(5.0, 4.0),
        &form.resume,
    );
    sheet.notice("简历", setting);
    sheet.leaf.frame(cell(form.layout, 0, 12, 0, 8), OUTER);
}

/// One character a cell: the title is spread over the middle of the page.
fn title(sheet: &mut Sheet<'_>) {
    let pitch = TITLE_SIZE * 1.5;
    let measured = Measured::of(sheet.fonts, sheet.style.title, TITLE);
    let count = measured.letters.len() as f32;
    let center = (f32::from(FRONT_LEFT) + f32::from(FRONT_COLUMNS.iter().sum::<u16>()) / 2.0) * TWIP;
    let left = center - (pitch * (count - 1.0) + TITLE_SIZE) / 2.0;
    let middle = (f32::from(FRONT_TOP) + f32::from(TITLE_HEIGHT) / 2.0) * TWIP;
    let baseline = middle - TITLE_SIZE / 2.0 + ASCENT * TITLE_SIZE;
    sheet
        .leaf
        .letters(&measured.letters, left, baseline, TITLE_SIZE, pitch - TITLE_SIZE);
}

fn person(sheet: &mut Sheet<'_>, form: &AppointmentForm) {
    let at = |row, column, columns| cell(form.layout, row, 1, column, columns);
    let (birth, party, work) = (
        birth_and_age(&form.born, &form.age_day),
        dotted(&form.party_joined),
        dotted(&form.work_started),
    );
    let retires = dotted(&form.retires_on);
    let mut pair = |row, column: usize, wide: usize, label: &str, field: &str, text: &str| {
        let label_columns = if column == 0 { 2 } else { 1 };
        sheet.label(at(row, column, label_columns), label);
        sheet.value(field, text, short_value(at(row, column + label_columns, wide)));
    };
    pair(0, 0, 1, "姓  名", "姓名", &form.name);
    pair(0, 3, 1, "性  别", "性别", &form.sex);
    pair(0, 5, 1, "出生年月\n（  岁）", "出生年月", &birth);
    pair(1, 0, 1, "民  族", "民族", &form.ethnicity);
    pair(1, 3, 1, "籍  贯", "籍贯", &form.native_place);
    pair(1, 5, 1, "出 生 地", "出生地", &form.birthplace);
    pair(2, 0, 1, "入  党\n时  间", "入党时间", &party);
    pair(2, 3, 1, "参加工\n作时间", "参加工作时间", &work);
    match form.layout {
        Layout::Old => {
            pair(2, 5, 1, "健康状况", "健康状况", &form.health);
            pair(3, 0, 2, "专业技\n术职务", "专业技术职务", &form.technical_post);
            pair(3, 4, 2, "熟悉专业\n有何专长", "熟悉专业有何专长", &form.expertise);
        }
        Layout::Reform2025 => {
            pair(2, 5, 1, "到龄时间", "到龄时间", &retires);
            pair(3, 0, 1, "健  康\n状  况", "健康状况", &form.health);
            pair(3, 3, 1, "专业技\n术职务", "专业技术职务", &form.technical_post);
            pair(3, 5, 1, "熟悉专业\n有何专长", "熟悉专业有何专长", &form.expertise);
        }
    }
    photo(sheet, form);
}

fn photo(sheet: &mut Sheet<'_>, form: &AppointmentForm) {
    let area = cell(form.layout, 0, 4, 7, 1);
    sheet.frame(area);
    let Some(bytes) = form.photo.as_deref().filter(|b| !b.is_empty()) else {
        return;
    };
    let place = photo_area(Area {
        y: area.y + 1.5,
        height: area.height - 3.0,
        ..area.inset(1.5, 1.5)
    });
    match Picture::covering(bytes, place) {
        Ok(picture) => sheet.leaf.picture(place, picture),
        Err(why) => sheet.remark("照片", RemarkKind::Photo(why.to_string())),
    }
}

/// Two half rows: 学历 over 学位, and the school of each; one of the two alone takes both.
fn education(sheet: &mut Sheet<'_>, layout: Layout, row: usize, label: &str, field: &str, of: &Education) {
    sheet.label(cell(layout, row, 2, 2, 1), label);
    sheet.label(cell(layout, row, 2, 5, 1), "毕业院校\n系及专业");
    for (column, columns, first, second) in [(3, 2, &of.schooling, &of.degree), (6, 2, &of.school, &of.degree_school)] {
        let whole = cell(layout, row, 2, column, columns);
        sheet.frame(whole);
        match (first.trim(), second.trim()) {
            (one, "") | ("", one) => sheet.text(field, one, short_value(whole)),
            (first, second) => {
                sheet.text(field, first, short_value(cell(layout, row, 1, column, columns)));
                sheet.text(field, second, short_value(cell(layout, row + 1, 1, column, columns)));
            }
        }
    }
}
