//! 学历学位、教育培训.

use super::Control::{Box, Code, Date, Number, One, Text};
use super::{Intended, Of, Own, Part, Values, Verb, Whose, field, held, needed, number, otherwise, text};
use crate::dated::Noun;
use crate::rows::{Education, Training};
use crate::{Desk, Result};

const VERBS: &[Verb] = &[Verb::Add, Verb::Correct, Verb::Withdraw];

pub const EDUCATIONS: Part = Part {
    id: "educations",
    noun: "education",
    title: "学历学位",
    of: Of::Person,
    table: Education::TABLE,
    columns: Education::COLUMNS,
    order: Education::ORDER,
    corrects: true,
    single: false,
    fields: &[
        needed("mode", "教育类别", One(&["全日制", "在职"])),
        field("education", "学历", Code("education")),
        field("degree", "学位", Text),
        field("school", "毕业院校系", Text),
        field("major", "专业", Text),
        field("major_group", "专业类别", Code("major_group")),
        field("started", "入学时间", Date),
        field("from_day", "毕业时间", Date),
        super::Field { hint: "审批表上同一教育类别只印这一条", ..field("highest", "该类别最高学历学位", Box) },
    ],
    verbs: VERBS,
    named_by: &["mode", "education", "degree"],
    own: Own { complete: printed, follow: one_is_highest, ..Own::NOTHING },
};

pub const TRAININGS: Part = Part {
    id: "trainings",
    noun: "training",
    title: "教育培训",
    of: Of::Person,
    table: Training::TABLE,
    columns: Training::COLUMNS,
    order: Training::ORDER,
    corrects: true,
    single: false,
    fields: &[
        needed("name", "班次", Text),
        field("organ", "主办单位", Text),
        needed("kind", "方式", One(&["脱产", "网络", "其他"])),
        field("hours", "学时", Number),
        field("days", "天数", Number),
        needed("from_day", "开始时间", Date),
        field("until_day", "结束时间", Date),
    ],
    verbs: VERBS,
    named_by: &["name"],
    own: Own { complete: hours, ..Own::NOTHING },
};

/// 毕业院校系及专业 as printed follows from its two parts.
fn printed(_: &Desk, _: Whose, values: &mut Values) -> Result<()> {
    let words: Vec<String> = ["school", "major"].iter().filter_map(|c| text(values, c)).collect();
    if !words.is_empty() {
        let major = text(values, "major").map(|m| if m.ends_with("专业") { m } else { format!("{m}专业") });
        let whole = [text(values, "school"), major].into_iter().flatten().collect::<String>();
        values.insert("school_text", whole.into());
    }
    otherwise(values, "highest", false);
    Ok(())
}

/// Only one education of a mode is the highest: the one that says so last.
fn one_is_highest(desk: &mut Desk, intended: &Intended, entry: i64) -> Result<()> {
    if number(intended.new, "highest") != Some(1) {
        return Ok(());
    }
    let mode = text(intended.new, "mode");
    for other in held::of(desk, intended.part, intended.whose)? {
        if other.entered != entry && number(&other.values, "highest") == Some(1) && text(&other.values, "mode") == mode {
            let mut lower = other.values.clone();
            lower.insert("highest", false.into());
            held::supersede(desk, intended.part, intended.whose, other.id, entry)?;
            held::insert(desk, intended.part, intended.whose, &lower, entry, Some(other.id))?;
        }
    }
    Ok(())
}

fn hours(_: &Desk, _: Whose, values: &mut Values) -> Result<()> {
    otherwise(values, "hours", 0);
    otherwise(values, "days", 0);
    Ok(())
}
