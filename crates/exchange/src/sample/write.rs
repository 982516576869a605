//! The national workbook, written row by row in constant memory.

use crate::national::{Kind, head_of_field, head_of_unit_field};
use crate::{LevelKind, PersonRecord, Text, UnitRecord, When};
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};
use std::path::Path;

/// The workbook could not be written.
pub type Error = XlsxError;

/// Sheets after the cover, in the template's order, with their titles.
const SHEETS: [(&str, Kind); 10] = [
    ("B01单位", Kind::Units),
    ("A01人员", Kind::People),
    ("A02职务", Kind::Tenures),
    ("A05职务职级", Kind::Levels),
    ("A06专业技术", Kind::Qualifications),
    ("A08学历学位", Kind::Educations),
    ("A14奖惩", Kind::Awards),
    ("A15考核", Kind::Appraisals),
    ("A36家庭及社会关系", Kind::Family),
    ("A99Z1补充", Kind::Entry),
];

/// Names and heads of the data sheets, for tests that write odd workbooks.
pub fn heads() -> Vec<(&'static str, &'static [&'static str])> {
    SHEETS.iter().map(|(name, kind)| (*name, kind.heads())).collect()
}

/// Writes 信息采集表 V2017.01 with these units and people; answers with the number of people.
///
/// Streams: a hundred thousand people take little memory. Only what the template has a column for is written.
pub fn write_national_workbook(
    path: &Path,
    units: impl IntoIterator<Item = UnitRecord>,
    people: impl IntoIterator<Item = PersonRecord>,
) -> Result<u64, Error> {
    let mut book = Workbook::new();
    let cover = book.add_worksheet_with_constant_memory()?.set_name("填报说明")?;
    cover.write_string(0, 0, "公务员管理信息系统(2017版)信息采集表")?;
    cover.write_string(1, 0, "版本号：")?.write_string(1, 7, "V2017.01")?;
    for (name, kind) in SHEETS {
        let sheet = book.add_worksheet_with_constant_memory()?.set_name(name)?;
        sheet.write_string(0, 0, name)?;
        for (column, head) in (0..).zip(kind.heads()) {
            sheet.write_string(1, column, *head)?;
        }
    }
    let mut rows = [2_u32; SHEETS.len()];
    for unit in units {
        let cells: Vec<(&str, String)> = unit
            .fields
            .iter()
            .filter_map(|f| Some((head_of_unit_field(&f.id)?, compact(&f.value))))
            .collect();
        put(&mut book, &mut rows, 0, &cells)?;
    }
    let mut count = 0;
    for person in people {
        count += 1;
        write_person(&mut book, &mut rows, &person)?;
    }
    book.save(path)?;
    Ok(count)
}

fn write_person(book: &mut Workbook, rows: &mut [u32; SHEETS.len()], person: &PersonRecord) -> Result<(), Error> {
    let key = [
        ("姓名", person.name().to_owned()),
        ("身份证号", person.id_number().unwrap_or("").to_owned()),
    ];
    let fields: Vec<(&str, String)> = person
        .fields
        .iter()
        .filter_map(|f| Some((head_of_field(&f.id)?, compact(&f.value))))
        .collect();
    put(book, rows, 1, &fields)?;
    let mut row = |sheet: usize, cells: &[(&'static str, String)]| {
        let all: Vec<(&str, String)> = key.iter().chain(cells).cloned().collect();
        put(book, rows, sheet, &all)
    };
    for t in &person.tenures {
        row(
            2,
            &[
                ("任职机构名称", text(&t.organisation)),
                ("是否领导成员", yes(t.leading_member.as_ref().map(|c| c.value))),
                ("成员类别", text(&t.member_kind)),
                ("职务名称", text(&t.post)),
                ("是否领导职务", yes(t.leading_post.as_ref().map(|c| c.value))),
                ("任职时间", when(&t.from)),
                ("任职文号", text(&t.paper)),
                ("选拔任用方式", text(&t.chosen_by)),
                ("是否破格提拔", yes(t.exceptional.as_ref().map(|c| c.value))),
                (
                    "任职状态",
                    either(t.in_office.as_ref().map(|c| c.value), "在任", "已免"),
                ),
                ("免职时间", when(&t.until)),
                ("免职文号", text(&t.end_paper)),
                (
                    "职务输出标识",
                    either(t.printed.as_ref().map(|c| c.value), "输出", "不输出"),
                ),
                ("主职务", yes(t.main.as_ref().map(|c| c.value))),
            ],
        )?;
    }
    for l in &person.levels {
        row(
            3,
            &[
                (
                    "类别（职务层次、职级标志）",
                    if l.kind == LevelKind::Level {
                        "职务层次"
                    } else {
                        "享受的职级"
                    }
                    .to_owned(),
                ),
                ("职务层次（职级）", l.name.value.clone()),
                ("批准日期", when(&l.from)),
                ("批准文号", text(&l.paper)),
                ("终止日期", when(&l.until)),
                ("状态", either(l.holds.as_ref().map(|c| c.value), "在任", "已免")),
            ],
        )?;
    }
    for q in &person.qualifications {
        row(
            4,
            &[
                ("专业技术资格代码", text(&q.listed)),
                ("专业技术资格名称", text(&q.name)),
                ("获得资格日期", when(&q.on)),
                ("取得资格途径", text(&q.way)),
                ("评委会或考试名称", text(&q.board)),
            ],
        )?;
    }
    for e in &person.educations {
        row(
            5,
            &[
                ("学历名称", text(&e.name)),
                ("学历代码", text(&e.listed)),
                ("学位名称", text(&e.degree)),
                ("学位代码", text(&e.degree_listed)),
                ("入学时间", when(&e.from)),
                ("毕（肄）业时间", when(&e.until)),
                ("学位授予时间", when(&e.degree_on)),
                ("学校（单位）名称", text(&e.school)),
                ("所学专业名称", text(&e.major)),
                (
                    "教育类别",
                    either(e.full_time.as_ref().map(|c| c.value), "全日制", "在职"),
                ),
                ("学制年限", text(&e.years)),
            ],
        )?;
    }
    for a in &person.awards {
        row(
            6,
            &[
                ("奖惩名称", text(&a.name)),
                ("奖惩名称代码", text(&a.listed)),
                ("批准日期", when(&a.on)),
                ("批准机关", text(&a.by)),
                ("撤销日期", when(&a.revoked)),
            ],
        )?;
    }
    for a in &person.appraisals {
        row(7, &[("考核结论", a.grade.clone()), ("考核年度", a.year.to_string())])?;
    }
    for m in &person.family {
        row(
            8,
            &[
                ("家庭成员姓名", text(&m.name)),
                ("称谓", text(&m.relation)),
                ("出生日期", when(&m.born)),
                ("政治面貌", text(&m.party)),
                ("工作单位及职务", text(&m.work)),
            ],
        )?;
    }
    Ok(())
}

/// One row; cells go by their heads, and rows of one sheet only forward, since nothing is kept.
fn put(
    book: &mut Workbook,
    rows: &mut [u32; SHEETS.len()],
    sheet: usize,
    cells: &[(&str, String)],
) -> Result<(), Error> {
    let heads = SHEETS[sheet].1.heads();
    let row = rows[sheet];
    rows[sheet] += 1;
    // The cover is the first sheet.
    let sheet: &mut Worksheet = book.worksheet_from_index(sheet + 1)?;
    for (head, value) in cells {
        if let Some(column) = heads.iter().position(|h| h == head).and_then(|c| u16::try_from(c).ok())
            && !value.is_empty()
        {
            sheet.write_string(row, column, value)?;
        }
    }
    Ok(())
}

fn text(text: &Text) -> String {
    text.as_ref().map(|c| c.value.clone()).unwrap_or_default()
}
fn when(when: &When) -> String {
    when.as_ref().map(|c| c.value.compact()).unwrap_or_default()
}
fn yes(value: Option<bool>) -> String {
    either(value, "是", "否")
}
fn either(value: Option<bool>, yes: &str, no: &str) -> String {
    value.map(|v| if v { yes } else { no }.to_owned()).unwrap_or_default()
}

/// `1982-04` as the template wants it, `198204`; other texts as they are.
fn compact(value: &str) -> String {
    let looks_dated = matches!(value.len(), 7 | 10) && value.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    if looks_dated {
        value.replace('-', "")
    } else {
        value.to_owned()
    }
}
