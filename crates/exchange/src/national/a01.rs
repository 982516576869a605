//! A01 人员, and the last of the sheets about the person as such: A99Z1 补充.

use super::row::Row;
use crate::mapping::Shape;
use crate::record::field::person as f;
use crate::{Fault, PersonRecord};

const DATES: [(&str, &str); 6] = [
    ("出生年月", f::BORN),
    ("参加工作时间", f::JOINED_WORK),
    ("入党时间", f::PARTY_JOINED),
    ("任现职务层次时间", f::LEVEL_SINCE),
    ("任现职级时间", f::RANK_SINCE),
    ("公务员登记时间", f::REGISTERED),
];
const TEXTS: [(&str, &str); 11] = [
    ("籍贯", f::NATIVE_PLACE),
    ("出生地", f::BIRTH_PLACE),
    ("成长地", f::GROWN_PLACE),
    ("健康状况", f::HEALTH),
    ("入党时间文字", f::PARTY_TEXT),
    ("熟悉专业有何特长", f::SPECIALITY),
    ("现工作单位及职务全称", f::POST),
    ("现工作单位及职务简称", f::POST_SHORT),
    ("专业技术职务", f::QUALIFICATION),
    ("统计关系所在单位", f::ORGANISATION),
    ("备注", f::REMARK),
];
const LISTED: [(&str, &str, &str); 11] = [
    ("政治面貌", f::PARTY, "party"),
    ("第二党派", f::SECOND_PARTY, "party"),
    ("第三党派", f::THIRD_PARTY, "party"),
    ("人员类别", f::OFFICIAL_KIND, "official_kind"),
    ("人员管理状态", f::OFFICIAL_STATE, "official_state"),
    ("管理类别", f::MANAGED_BY, "managed_by"),
    ("现职务层次", f::LEVEL, "level"),
    ("现职级", f::RANK, "rank"),
    ("级别", f::GRADE, "grade"),
    ("编制类型", f::ESTABLISHMENT, "establishment"),
    (
        "专业技术类公务员任职资格",
        f::CIVIL_QUALIFICATION,
        "civil_qualification",
    ),
];

pub(super) fn read(row: &mut Row<'_>) -> PersonRecord {
    let mut person = PersonRecord {
        place: row.place(),
        ..PersonRecord::default()
    };
    for (head, id, shape) in [
        ("姓名", f::NAME, Shape::Text),
        ("身份证号", f::ID_NUMBER, Shape::IdNumber),
        ("性别", f::SEX, Shape::Text),
        ("民族", f::ETHNICITY, Shape::Text),
        ("是否具有两年以上基层工作经历", f::BASE_EXPERIENCE, Shape::Yes),
    ] {
        if let Some(raw) = row.raw(head) {
            person.put(id, shape, &raw.text, raw.kind, &row.at(head));
        }
    }
    dates(row, &mut person, &DATES);
    for (head, id) in TEXTS {
        if let Some(cell) = row.text(head) {
            let written = row.raw(head).map_or("", |c| c.text.as_str());
            person.fields.set(id, &cell.value, written, cell.place);
        }
    }
    for (head, id, list) in LISTED {
        if let Some(cell) = row.listed(head, list) {
            let written = row.raw(head).map_or("", |c| c.text.as_str());
            person.fields.set(id, &cell.value, written, cell.place);
        }
    }
    if let Some(raw) = row.raw("入党时间文字") {
        let named = person.fields.value(f::PARTY).map(str::to_owned);
        let joined = person.fields.get(f::PARTY_JOINED).cloned();
        person.party_text(&raw.text, &row.at("入党时间文字"), named.as_deref());
        // The date column is surer than the printed text.
        if let Some(joined) = joined {
            person.fields.set(
                f::PARTY_JOINED,
                &joined.value,
                joined.written.as_deref().unwrap_or(&joined.value),
                joined.place,
            );
        }
    }
    if let Some(raw) = row.raw("年度考核结果综述") {
        let text = crate::values::several_lines(&raw.text);
        person
            .fields
            .set(f::APPRAISALS_TEXT, &text, &raw.text, row.at("年度考核结果综述"));
    }
    if let Some(raw) = row.raw("奖惩综述") {
        let text = crate::values::several_lines(&raw.text);
        person.fields.set(f::AWARDS_TEXT, &text, &raw.text, row.at("奖惩综述"));
    }
    if let Some(raw) = row.raw("简历") {
        person.resume_text(&raw.text, &row.at("简历"));
    }
    person.faults.append(&mut row.faults);
    if person.name().is_empty() {
        person
            .faults
            .push(Fault::error(row.at("姓名"), "", "没有姓名", "请填写姓名"));
    }
    if person.id_number().is_none() && row.raw("身份证号").is_none() {
        person.faults.push(Fault::finding(
            row.at("身份证号"),
            "",
            "没有身份证号，各表只能按姓名对应",
            "请填写身份证号",
        ));
    }
    person
}

fn dates(row: &mut Row<'_>, person: &mut PersonRecord, heads: &[(&str, &'static str)]) {
    for (head, id) in heads {
        let written = row.raw(head).map(|c| c.text.clone()).unwrap_or_default();
        if let Some(cell) = row.day(head) {
            person.fields.set(*id, &cell.value.to_string(), &written, cell.place);
        }
    }
}

/// A99Z1 补充: how the person came in.
pub(super) fn entry(row: &mut Row<'_>, person: &mut PersonRecord) {
    for (head, id) in [("是否考录", f::RECRUITED_BY_EXAM), ("是否选调生", f::SELECTED_GRADUATE)] {
        if let Some(cell) = row.yes(head) {
            let word = if cell.value { "是" } else { "否" };
            person.fields.set(id, word, word, cell.place);
        }
    }
    dates(
        row,
        person,
        &[("录用时间", f::RECRUITED), ("进入选调生时间", f::SELECTED_SINCE)],
    );
}

/// The column that holds a fact; 简历 and the rest that A01 treats by name included.
#[cfg(feature = "sample")]
pub(crate) fn head_of_field(id: &str) -> Option<&'static str> {
    let others = [
        ("姓名", f::NAME),
        ("身份证号", f::ID_NUMBER),
        ("性别", f::SEX),
        ("民族", f::ETHNICITY),
        ("是否具有两年以上基层工作经历", f::BASE_EXPERIENCE),
        ("简历", f::RESUME_TEXT),
        ("奖惩综述", f::AWARDS_TEXT),
        ("年度考核结果综述", f::APPRAISALS_TEXT),
    ];
    let plain = DATES
        .iter()
        .chain(&TEXTS)
        .chain(&others)
        .find(|(_, field)| *field == id)
        .map(|(head, _)| *head);
    plain.or_else(|| {
        LISTED
            .iter()
            .find(|(_, field, _)| *field == id)
            .map(|(head, _, _)| *head)
    })
}
