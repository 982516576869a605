//! 家庭主要成员及重要社会关系.

use super::Control::{Date, Number, Text};
use super::{Of, Own, Part, Values, Verb, Whose, field, needed, number};
use crate::dated::Noun;
use crate::rows::Relative;
use crate::{Desk, Result};
use store::Param;

pub const PART: Part = Part {
    id: "relatives",
    noun: "relative",
    title: "家庭主要成员及重要社会关系",
    of: Of::Person,
    table: Relative::TABLE,
    columns: Relative::COLUMNS,
    order: Relative::ORDER,
    corrects: true,
    single: false,
    fields: &[
        needed("relation", "称谓", Text),
        needed("name", "姓名", Text),
        field("born", "出生年月", Date),
        field("party", "政治面貌", Text),
        needed("work", "工作单位及职务", Text),
        field("order_no", "排序", Number),
    ],
    verbs: &[Verb::Add, Verb::Correct, Verb::Change, Verb::Withdraw],
    named_by: &["relation", "name"],
    own: Own { complete: comes_last, ..Own::NOTHING },
};

fn comes_last(desk: &Desk, whose: Whose, values: &mut Values) -> Result<()> {
    if number(values, "order_no").is_none() {
        let last = desk.one("select coalesce(max(order_no), 0) from relatives where person = $1 and superseded is null", &[whose.number.into()])?;
        values.insert("order_no", Param::from(last.int(0) + 1));
    }
    Ok(())
}
