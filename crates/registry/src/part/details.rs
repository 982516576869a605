//! 基本信息: what does not depend on a day.

use super::Control::{Code, Date, Long, Organisation, Text, YesNo};
use super::{Intended, Of, Own, Part, Values, Verb, Whose, field, finding, needed, text};
use crate::dated::Noun;
use crate::rows::Details;
use crate::{Desk, Result, spelling};
use vocabulary::{Finding, Weight};

pub const PART: Part = Part {
    id: "details",
    noun: "person",
    title: "基本信息",
    of: Of::Person,
    table: Details::TABLE,
    columns: Details::COLUMNS,
    order: Details::ORDER,
    corrects: true,
    single: true,
    fields: &[
        needed("name", "姓名", Text),
        field("sex", "性别", Code("sex")),
        field("born", "出生年月", Date),
        field("id_number", "身份证号", Text),
        field("ethnicity", "民族", Code("ethnicity")),
        field("native_place", "籍贯", Text),
        field("birth_place", "出生地", Text),
        field("growth_place", "成长地", Text),
        field("health", "健康状况", Text),
        field("joined_work", "参加工作时间", Date),
        field("party_text", "入党时间文字", Text),
        field("speciality", "熟悉专业有何专长", Text),
        field("official_kind", "人员类别", Code("official_kind")),
        field("official_state", "人员管理状态", Code("official_state")),
        field("managed_by", "管理类别", Code("managed_by")),
        field("unit", "统计关系所在单位", Organisation),
        field("has_children", "有无子女", YesNo),
        field("spouse_emigrated", "配偶移居国（境）外", YesNo),
        field("children_emigrated", "子女均移居国（境）外", YesNo),
        field("remark", "备注", Long),
    ],
    verbs: &[Verb::Add, Verb::Correct, Verb::Change],
    named_by: &["name"],
    own: Own { complete, check, ..Own::NOTHING },
};

/// Pinyin, initials and strokes follow from the name.
fn complete(_: &Desk, _: Whose, values: &mut Values) -> Result<()> {
    let name = text(values, "name").unwrap_or_default();
    let (pinyin, initials) = spelling::spell(&name);
    values.insert("pinyin", pinyin.into());
    values.insert("initials", initials.into());
    values.insert("strokes", spelling::strokes(&name).into());
    Ok(())
}

/// The same person twice: by the ID number for certain, by name and birth perhaps. What the number itself says against
/// the row is told by the record's own consistency.
fn check(desk: &Desk, intended: &Intended) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    let old = |column| intended.old.and_then(|o| text(&o.values, column));
    let others = |sql: &str, params: &[store::Param]| -> Result<Vec<String>> {
        let sql = format!("select d.person, d.name from person_details d where d.superseded is null and d.person <> {} and {sql} order by d.person limit 5", intended.whose.number);
        Ok(desk.rows(&sql, params)?.iter().map(|r| format!("{}（编号 {}）", r.text(1), r.int(0))).collect())
    };
    if let Some(number) = text(intended.new, "id_number").filter(|n| old("id_number").as_ref() != Some(n)) {
        let same = others("d.id_number_index = $1", &[crate::sealing::id_number_index(desk.keys, &number).into()])?;
        if !same.is_empty() {
            // A new record for somebody who has one is refused; a doubted number on two records is for people to clear up.
            let weight = if intended.verb == Verb::Add { Weight::Refuse } else { Weight::Warn };
            found.push(finding(weight, "id-number-shared", format!("身份证号 {number} 已登记在{}", same.join("、")), "打开已有的记录办理，或核对身份证号"));
        }
    }
    if let (true, Verb::Add, Some(name), Some(born)) = (found.is_empty(), intended.verb, text(intended.new, "name"), text(intended.new, "born")) {
        let same = others("d.name = $1 and substr(d.born, 1, 7) = substr($2, 1, 7)", &[name.as_str().into(), born.as_str().into()])?;
        if !same.is_empty() {
            found.push(finding(Weight::Warn, "perhaps-the-same", format!("已有同名同出生年月的{}", same.join("、")), "确认不是同一人后再登记"));
        }
    }
    Ok(found)
}
