//! 岗位: set up with its 职数, changed from a day on, abolished when nobody holds it.

use super::Control::{Box, Code, Date, Number, Organisation, Text};
use super::{Intended, Of, Own, Part, Values, Verb, Whose, date, field, finding, needed, number, otherwise, text};
use crate::{Desk, Result, organisation};
use store::Param;
use vocabulary::{Finding, Id, Weight};

pub const PART: Part = Part {
    id: "details",
    noun: "post",
    title: "岗位",
    of: Of::Post,
    table: "post_details",
    columns: &["organisation", "name", "title", "role", "leading", "level", "seats", "special", "probation", "term_years", "order_no", "from_day", "until_day"],
    order: "t.from_day, t.id",
    corrects: true,
    single: true,
    fields: &[
        needed("organisation", "机构", Organisation),
        needed("name", "岗位名称", Text),
        super::Field { hint: "空着就是机构简称加岗位名称", ..field("title", "岗位全称", Text) },
        field("role", "班子成员类别", Code("member_kind")),
        field("leading", "领导职务", Box),
        field("level", "职务层次", Code("level")),
        needed("seats", "职数", Number),
        field("special", "特殊岗位", Box),
        field("probation", "提任有一年试用期", Box),
        field("term_years", "任期（年）", Number),
        field("order_no", "排序", Number),
        needed("from_day", "设置时间", Date),
    ],
    verbs: &[Verb::Add, Verb::Correct, Verb::Change, Verb::End],
    named_by: &["title"],
    own: Own { complete, check, ..Own::NOTHING },
};

fn complete(desk: &Desk, _: Whose, values: &mut Values) -> Result<()> {
    let id = number(values, "organisation").unwrap_or(0);
    if let Some(name) = text(values, "name") {
        let unit = organisation::find(desk, Id::new(id))?;
        otherwise(values, "title", format!("{}{name}", unit.short_name));
    }
    for column in ["leading", "special", "probation"] {
        otherwise(values, column, false);
    }
    if number(values, "order_no").is_none() {
        let last = desk.one("select coalesce(max(order_no), 0) from post_details where superseded is null and organisation = $1", &[id.into()])?;
        values.insert("order_no", Param::from(last.int(0) + 1));
    }
    Ok(())
}

fn check(desk: &Desk, intended: &Intended) -> Result<Vec<Finding>> {
    let day = date(intended.new, if intended.verb == Verb::End { "until_day" } else { "from_day" }).map(|d| d.to_string()).unwrap_or_default();
    let holders = desk.rows(
        "select n.name from tenures t join person_details n on n.person = t.person and n.superseded is null
          where t.superseded is null and t.post = $1 and t.kind = '任职' and (t.until_day is null or t.until_day > $2) order by t.from_day",
        &[intended.whose.number.into(), day.into()],
    )?;
    let names = holders.iter().map(|r| r.text(0)).collect::<Vec<_>>().join("、");
    let seats = number(intended.new, "seats").unwrap_or(0);
    Ok(match intended.verb {
        Verb::End if !holders.is_empty() => {
            vec![finding(Weight::Refuse, "post-is-held", format!("还有 {} 人任职（{names}）", holders.len()), "先登记他们的免职时间")]
        }
        Verb::Correct | Verb::Change if holders.len() as i64 > seats => {
            vec![finding(Weight::Warn, "more-people-than-seats", format!("职数 {seats} 少于现任 {} 人（{names}）", holders.len()), "超职数须限期消化")]
        }
        _ => vec![],
    })
}
