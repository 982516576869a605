//! 年度考核、奖励、惩戒.

use super::Control::{Code, Date, Number, Text};
use super::{Intended, Of, Own, Part, Values, Verb, Whose, date, field, finding, held, needed, number, text};
use crate::dated::Noun;
use crate::rows::{Appraisal, Award, Sanction};
use crate::{Desk, Result};
use vocabulary::{Finding, Weight};

const VERBS: &[Verb] = &[Verb::Add, Verb::Correct, Verb::Withdraw];

pub const APPRAISALS: Part = Part {
    id: "appraisals",
    noun: "appraisal",
    title: "年度考核",
    of: Of::Person,
    table: Appraisal::TABLE,
    columns: Appraisal::COLUMNS,
    order: Appraisal::ORDER,
    corrects: true,
    single: false,
    fields: &[needed("year", "年度", Number), needed("grade", "等次", Code("appraisal_grade"))],
    verbs: VERBS,
    named_by: &["year", "grade"],
    own: Own { complete: year_ends, check: one_a_year, ..Own::NOTHING },
};

pub const AWARDS: Part = Part {
    id: "awards",
    noun: "award",
    title: "奖励",
    of: Of::Person,
    table: Award::TABLE,
    columns: Award::COLUMNS,
    order: Award::ORDER,
    corrects: true,
    single: false,
    fields: &[
        needed("name", "奖励名称", Text),
        field("kind", "种类", Code("award_kind")),
        field("organ", "批准机关", Text),
        field("from_day", "批准时间", Date),
    ],
    verbs: VERBS,
    named_by: &["name"],
    own: Own::NOTHING,
};

pub const SANCTIONS: Part = Part {
    id: "sanctions",
    noun: "sanction",
    title: "惩戒",
    of: Of::Person,
    table: Sanction::TABLE,
    columns: Sanction::COLUMNS,
    order: Sanction::ORDER,
    corrects: true,
    single: false,
    fields: &[
        needed("name", "处分、处理名称", Text),
        field("kind", "种类", Code("sanction_kind")),
        field("organ", "决定机关", Text),
        needed("from_day", "生效时间", Date),
        super::Field { hint: "空着就按种类的法定影响期推算", ..field("until_day", "影响期满", Date) },
    ],
    verbs: &[Verb::Add, Verb::Correct, Verb::End, Verb::Withdraw],
    named_by: &["name"],
    own: Own { complete: influence_ends, ..Own::NOTHING },
};

/// An appraisal is so since the last day of its year.
fn year_ends(_: &Desk, _: Whose, values: &mut Values) -> Result<()> {
    let year = number(values, "year").unwrap_or(0);
    values.insert("from_day", format!("{year:04}-12-31").into());
    Ok(())
}

fn one_a_year(desk: &Desk, intended: &Intended) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    if intended.verb == Verb::Withdraw {
        return Ok(found);
    }
    let year = number(intended.new, "year").unwrap_or(0);
    if year < 1949 || year > i64::from(desk.today.year()) {
        found.push(finding(Weight::Refuse, "year-impossible", format!("{year} 年度还没有考核"), "核对年度"));
    }
    let others = held::of(desk, intended.part, intended.whose)?;
    if let Some(same) = others.iter().find(|h| number(&h.values, "year") == Some(year) && intended.old.is_none_or(|o| o.id != h.id)) {
        let says = format!("{year} 年度已登记为{}", text(&same.values, "grade").unwrap_or_default());
        found.push(finding(Weight::Refuse, "year-already-recorded", says, "记错了就更正那一条"));
    }
    Ok(found)
}

/// 影响期: what the kind carries, from the day on which it takes effect.
fn influence_ends(desk: &Desk, _: Whose, values: &mut Values) -> Result<()> {
    let kind = text(values, "kind").or_else(|| text(values, "name"));
    let months = kind.and_then(|k| desk.dictionary().table("sanction_kind")?.read(&k)?.months);
    if let (None, Some(from), Some(months)) = (date(values, "until_day"), date(values, "from_day"), months)
        && let (Some(from), Ok(months)) = (from.exact(), months.try_into())
    {
        values.insert("until_day", from.plus_months(months).to_string().into());
    }
    Ok(())
}
