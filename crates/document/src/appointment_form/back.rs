//! 反面: honours, appraisals, reason, family, who submits and who approves.

use super::geometry::*;
use super::sheet::{Sheet, long_value, short_value, twips};
use super::{AppointmentForm, Relative};
use crate::pdf::{Area, TextBox, Vertical};
use crate::remark::RemarkKind;
use crate::table::Align;
use vocabulary::Date;

pub(super) fn draw(sheet: &mut Sheet<'_>, form: &AppointmentForm) {
    let back = Back::of(form.layout);
    let row = |y, height| {
        (
            twips(back.left, y, back.label, height),
            twips(back.left + back.label, y, back.value(), height),
        )
    };
    let mut y = back.top;

    let (label, value) = row(y, HONOURS);
    sheet.vertical_label(label, "奖惩情况");
    sheet.value("奖惩情况", &form.honours, long_value(value));
    y += HONOURS;

    let (label, value) = row(y, APPRAISALS);
    sheet.label(label, "年度\n考核\n结果");
    sheet.value("年度考核结果", &form.appraisals, long_value(value));
    y += APPRAISALS;

    let (label, value) = row(y, REASON);
    sheet.vertical_label(label, "任免理由");
    sheet.value("任免理由", &form.reason, long_value(value));
    y += REASON;

    y = family(sheet, form, &back, y);

    let (label, value) = row(y, SUBMITTED + SUBMITTED_DAY);
    sheet.vertical_label(label, "呈报单位");
    sheet.frame(value);
    submitted(
        sheet,
        form,
        twips(back.left + back.label, y, back.value(), SUBMITTED),
        SUBMITTED_DAY,
    );
    y += SUBMITTED + SUBMITTED_DAY;

    approvals(sheet, &back, y);
    y += APPROVAL;

    let outside = twips(back.left, back.top, back.width(), y - back.top);
    sheet.leaf.frame(outside, OUTER);
    let below = Area {
        y: outside.bottom() + 6.0,
        height: 24.0,
        ..outside
    };
    let text_box = TextBox {
        sizes: &SIZES[1..],
        padding: (6.0, 6.0),
        ..long_value(below)
    };
    sheet.text("填表人", &format!("填表人：{}", form.filled_by.trim()), text_box);
}

/// The rest of a family that the form cannot hold, on a sheet of its own.
pub(super) fn draw_continued(sheet: &mut Sheet<'_>, form: &AppointmentForm) {
    let back = Back::of(form.layout);
    let rest = form.family.get(FAMILY_ROWS_SQUEEZED..).unwrap_or_default();
    let name = format!("{}家庭主要成员及重要社会关系（续页）", form.name.trim());
    let head = twips(back.left, back.top - 600, back.width(), 500);
    sheet.text("姓名", &name, short_value(head));
    let mut y = back.top;
    // Twenty rows of full height stand on one sheet; nobody has listed more yet, and then rows are squeezed again.
    let height = (u32::from(FAMILY_ROW) * 19 / rest.len().max(19) as u32) as u16;
    rows(sheet, form, &back, &mut y, rest, |_| height);
    sheet.vertical_label(twips(back.left, back.top, back.label, y - back.top), "家庭成员");
    sheet
        .leaf
        .frame(twips(back.left, back.top, back.width(), y - back.top), OUTER);
}

/// Head and rows beside the vertical label; answers where they end. Seven rows keep their height; up to twelve share
/// the place of seven; the rest goes on to a continuation sheet.
fn family(sheet: &mut Sheet<'_>, form: &AppointmentForm, back: &Back, top: u16) -> u16 {
    let total = form.family.len();
    if total > FAMILY_ROWS {
        sheet.remark(
            "家庭主要成员及重要社会关系",
            RemarkKind::RowsSqueezed(total.min(FAMILY_ROWS_SQUEEZED)),
        );
    }
    if total > FAMILY_ROWS_SQUEEZED {
        let rest = total - FAMILY_ROWS_SQUEEZED;
        sheet.remark("家庭主要成员及重要社会关系", RemarkKind::RowsContinued(rest));
    }
    let mut shown = form.family[..total.min(FAMILY_ROWS_SQUEEZED)].to_vec();
    shown.resize(shown.len().max(FAMILY_ROWS), Relative::default());
    // Whole twips, the remainder on the first rows, so that the block keeps its height exactly.
    let (block, count) = (FAMILY_ROW * FAMILY_ROWS as u16, shown.len() as u16);
    let height = |row: usize| block / count + u16::from((row as u16) < block % count);
    let mut y = top;
    rows(sheet, form, back, &mut y, &shown, height);
    sheet.vertical_label(twips(back.left, top, back.label, y - top), "家庭主要成员及重要社会关系");
    y
}

fn rows(
    sheet: &mut Sheet<'_>,
    form: &AppointmentForm,
    back: &Back,
    y: &mut u16,
    relatives: &[Relative],
    height: impl Fn(usize) -> u16,
) {
    let widths = [back.relation, back.name, back.age, back.party, back.work];
    let areas = |y: u16, height: u16| {
        let mut x = back.left + back.label;
        widths.map(|width| {
            x += width;
            twips(x - width, y, width, height)
        })
    };
    let heads = ["称 谓", "姓  名", "年\n龄", "政治\n面貌", "工作单位及职务"];
    for (area, head) in areas(*y, FAMILY_HEAD).into_iter().zip(heads) {
        sheet.label(area, head);
    }
    *y += FAMILY_HEAD;
    for (number, relative) in relatives.iter().enumerate() {
        let age = relative.printed_age(&form.age_day);
        let texts = [
            &relative.relation,
            &relative.name,
            &age,
            &relative.party,
            &relative.work,
        ];
        let [relation, name, years, party, work] = areas(*y, height(number));
        for (area, text) in [relation, name, years, party].into_iter().zip(texts) {
            sheet.value(
                "家庭主要成员及重要社会关系",
                text,
                TextBox {
                    sizes: FAMILY_SIZES,
                    ..short_value(area)
                },
            );
        }
        let text_box = TextBox {
            sizes: FAMILY_SIZES,
            ..long_value(work)
        };
        sheet.value("家庭主要成员及重要社会关系", &relative.work, text_box);
        *y += height(number);
    }
}

/// The office at the lower right, and the day of filling in under it.
fn submitted(sheet: &mut Sheet<'_>, form: &AppointmentForm, area: Area, day_height: u16) {
    let right = TextBox {
        align: Align::Right,
        vertical: Vertical::Bottom,
        padding: (8.0, 36.0),
        ..short_value(area)
    };
    sheet.text(
        "呈报单位",
        &form.submitted_by,
        TextBox {
            left_when_wrapped: false,
            ..right
        },
    );
    let below = Area {
        y: area.bottom(),
        height: f32::from(day_height) / 20.0,
        ..area
    };
    sheet.text(
        "填表时间",
        &day_in_words(&form.filled_on),
        TextBox {
            area: below,
            vertical: Vertical::Middle,
            ..right
        },
    );
}

/// `20261122` → `2026年11月22日`; what is not known is left blank to be written by hand.
pub(super) fn day_in_words(text: &str) -> String {
    match Date::read(text) {
        Err(_) => "年    月    日".to_owned(),
        Ok(date) => match (date.exact(), date.month()) {
            (Some(day), _) => day.in_words(),
            (None, Some(month)) => format!("{}年{month}月    日", date.year()),
            (None, None) => format!("{}年    月    日", date.year()),
        },
    }
}

fn approvals(sheet: &mut Sheet<'_>, back: &Back, y: u16) {
    let mut x = back.left;
    let mut next = |width| {
        x += width;
        twips(x - width, y, width, APPROVAL)
    };
    let places = [
        (next(back.label), "审批\n机关\n意见", next(back.first_value())),
        (
            next(back.second_label),
            "行政\n机关\n任免\n意见",
            next(back.second_value),
        ),
    ];
    for (label, text, value) in places {
        sheet.label(label, text);
        sheet.frame(value);
        let seal = TextBox {
            face: sheet.style.label,
            align: Align::Right,
            vertical: Vertical::Bottom,
            leading: 1.5,
            padding: (4.0, 22.0),
            ..short_value(Area {
                height: value.height - 6.0,
                ..value
            })
        };
        seal.draw(sheet.fonts, &mut sheet.leaf, "（盖  章）    \n年    月    日\u{200b}");
    }
}
