//! The back of the form in Word. Its own grid: the approvals do not stand on the family's columns.

use super::back::day_in_words;
use super::docx::Writer;
use super::geometry::*;
use super::sheet::{long_value, short_value, twips};
use super::{AppointmentForm, Relative};
use crate::pdf::TextBox;
use crate::table::Align;
use crate::word::{self, Cell, Look, row};
use docx_rs::{Table, TableCellBorderPosition, TableRow, VMergeType};

/// Column edges of family and approvals together; every cell spans some of them.
fn grid(back: &Back) -> Vec<u16> {
    let middle = back.label + back.first_value();
    let mut edges = vec![
        0,
        back.label,
        back.label + back.relation,
        back.label + back.relation + back.name,
        back.label + back.relation + back.name + back.age,
        back.width() - back.work,
        middle,
        middle + back.second_label,
        back.width(),
    ];
    edges.sort_unstable();
    edges.dedup();
    edges.windows(2).map(|pair| pair[1] - pair[0]).collect()
}

/// How many grid columns lie between two edges.
fn columns(grid: &[u16], from: u16, width: u16) -> usize {
    let mut x = 0;
    let mut count = 0;
    for column in grid {
        if x >= from && x < from + width {
            count += 1;
        }
        x += column;
    }
    count
}

pub(super) fn table(writer: &Writer<'_>, form: &AppointmentForm, back: &Back) -> Table {
    let grid = grid(back);
    let spans = |from, width| columns(&grid, from, width);
    let whole = spans(back.label, back.value());
    let nowhere = twips(0, 0, 0, 0);
    let wide = |height, label: &str, text: &str| {
        let value = writer.value(back.value(), height, whole, long_value(nowhere), text);
        row(Some(height), vec![writer.label(back.label, 1, label), value])
    };
    let mut rows = vec![
        wide(HONOURS, "奖\n惩\n情\n况", &form.honours),
        wide(APPRAISALS, "年度\n考核\n结果", &form.appraisals),
        wide(REASON, "任\n免\n理\n由", &form.reason),
    ];
    rows.extend(family(writer, form, back, &spans));

    let right = TextBox {
        align: Align::Right,
        left_when_wrapped: false,
        padding: (8.0, 36.0),
        ..short_value(nowhere)
    };
    let office = writer
        .value(back.value(), SUBMITTED, whole, right, &form.submitted_by)
        .at_the_bottom();
    let office = office.open_to(TableCellBorderPosition::Bottom);
    let day = writer.value(
        back.value(),
        SUBMITTED_DAY,
        whole,
        right,
        &day_in_words(&form.filled_on),
    );
    let day = day.open_to(TableCellBorderPosition::Top);
    let label = |text, merge| writer.label(back.label, 1, text).merged(merge);
    rows.push(row(
        Some(SUBMITTED),
        vec![label("呈\n报\n单\n位", VMergeType::Restart), office],
    ));
    rows.push(row(Some(SUBMITTED_DAY), vec![label("", VMergeType::Continue), day]));

    let seal = |from, width| {
        let look = Look {
            align: Align::Right,
            leading: Some(21.0),
            padding: (0.0, 20.0),
            ..writer.label_look(BASE_SIZE)
        };
        Cell::of_text(width, spans(from, width), look, "（盖  章）    \n年    月    日").at_the_bottom()
    };
    let second = back.label + back.first_value();
    let cells = vec![
        writer.label(back.label, 1, "审批\n机关\n意见"),
        seal(back.label, back.first_value()),
        writer.label(
            back.second_label,
            spans(second, back.second_label),
            "行政\n机关\n任免\n意见",
        ),
        seal(second + back.second_label, back.second_value),
    ];
    rows.push(row(Some(APPROVAL), cells));
    word::table(&grid, rows, OUTER, INNER)
}

/// All of the family: seven rows keep their height, more share it (Word goes on to a next page by itself).
fn family(
    writer: &Writer<'_>,
    form: &AppointmentForm,
    back: &Back,
    spans: &dyn Fn(u16, u16) -> usize,
) -> Vec<TableRow> {
    let mut relatives = form.family.clone();
    relatives.resize(relatives.len().max(FAMILY_ROWS), Relative::default());
    let shared = relatives.len().min(FAMILY_ROWS_SQUEEZED) as u16;
    let height = FAMILY_ROW * FAMILY_ROWS as u16 / shared;
    let widths = [back.relation, back.name, back.age, back.party, back.work];
    let mut from = back.label;
    let places = widths.map(|width| {
        from += width;
        (width, spans(from - width, width))
    });
    let heads = ["称 谓", "姓  名", "年\n龄", "政治\n面貌", "工作单位及职务"];
    let label = "家\n庭\n主\n要\n成\n员\n及\n重\n要\n社\n会\n关\n系";
    let mut cells = vec![writer.label(back.label, 1, label).merged(VMergeType::Restart)];
    cells.extend(
        places
            .iter()
            .zip(heads)
            .map(|((width, span), head)| writer.label(*width, *span, head)),
    );
    let mut rows = vec![row(Some(FAMILY_HEAD), cells)];
    for relative in &relatives {
        let age = relative.printed_age(&form.age_day);
        let texts = [
            &relative.relation,
            &relative.name,
            &age,
            &relative.party,
            &relative.work,
        ];
        let mut cells = vec![writer.label(back.label, 1, "").merged(VMergeType::Continue)];
        for (number, ((width, span), text)) in places.iter().zip(texts).enumerate() {
            let area = twips(0, 0, 0, 0);
            let base = if number == 4 {
                long_value(area)
            } else {
                short_value(area)
            };
            cells.push(writer.value(
                *width,
                height,
                *span,
                TextBox {
                    sizes: FAMILY_SIZES,
                    ..base
                },
                text,
            ));
        }
        rows.push(row(Some(height), cells));
    }
    rows
}
