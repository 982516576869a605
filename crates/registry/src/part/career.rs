//! 职务层次与职级、政治面貌、专业技术职务、后备: what one has for a period.

use super::Control::{Code, Date, One, Text};
use super::{Intended, Of, Own, Part, Verb, date, field, finding, held, needed, number, text};
use crate::dated::Noun;
use crate::rows::{Membership, PoolEntry, Qualification, RankHeld};
use crate::{Desk, Result};
use vocabulary::{Finding, Weight};

const VERBS: &[Verb] = &[Verb::Add, Verb::Correct, Verb::Change, Verb::End, Verb::Withdraw];

pub const RANKS: Part = Part {
    id: "ranks",
    noun: "rank",
    title: "职务层次与职级",
    of: Of::Person,
    table: RankHeld::TABLE,
    columns: RankHeld::COLUMNS,
    order: RankHeld::ORDER,
    corrects: true,
    single: false,
    fields: &[
        needed("ladder", "序列", One(&["职务层次", "职级"])),
        needed("rank", "名称", Text),
        needed("from_day", "起始时间", Date),
        field("until_day", "终止时间", Date),
        field("paper", "批准文号", Text),
    ],
    verbs: VERBS,
    named_by: &["rank"],
    own: Own { check: rank_is_in_its_table, ..Own::NOTHING },
};

pub const MEMBERSHIPS: Part = Part {
    id: "memberships",
    noun: "membership",
    title: "政治面貌",
    of: Of::Person,
    table: Membership::TABLE,
    columns: Membership::COLUMNS,
    order: Membership::ORDER,
    corrects: true,
    single: false,
    fields: &[
        needed("party", "政治面貌", Code("party")),
        field("from_day", "加入时间", Date),
        field("until_day", "终止时间", Date),
    ],
    verbs: VERBS,
    named_by: &["party"],
    own: Own { check: only_one_lasts, ..Own::NOTHING },
};

pub const QUALIFICATIONS: Part = Part {
    id: "qualifications",
    noun: "qualification",
    title: "专业技术职务",
    of: Of::Person,
    table: Qualification::TABLE,
    columns: Qualification::COLUMNS,
    order: Qualification::ORDER,
    corrects: true,
    single: false,
    fields: &[
        needed("name", "专业技术职务", Text),
        field("way", "取得途径", Text),
        field("from_day", "取得时间", Date),
        field("until_day", "终止时间", Date),
    ],
    verbs: &[Verb::Add, Verb::Correct, Verb::End, Verb::Withdraw],
    named_by: &["name"],
    own: Own::NOTHING,
};

pub const POOLS: Part = Part {
    id: "pools",
    noun: "pool",
    title: "优秀年轻干部与后备",
    of: Of::Person,
    table: PoolEntry::TABLE,
    columns: PoolEntry::COLUMNS,
    order: PoolEntry::ORDER,
    corrects: true,
    single: false,
    fields: &[
        needed("kind", "库", One(&["优秀年轻干部", "后备干部"])),
        needed("from_day", "入库时间", Date),
        field("until_day", "出库时间", Date),
    ],
    verbs: &[Verb::Add, Verb::Correct, Verb::End, Verb::Withdraw],
    named_by: &["kind"],
    own: Own { check: only_one_lasts, ..Own::NOTHING },
};

/// The ladder says which code table the rank must be of.
fn rank_is_in_its_table(desk: &Desk, intended: &Intended) -> Result<Vec<Finding>> {
    if matches!(intended.verb, Verb::End | Verb::Withdraw) {
        return Ok(vec![]);
    }
    let (ladder, rank) = (text(intended.new, "ladder").unwrap_or_default(), text(intended.new, "rank").unwrap_or_default());
    let table = if ladder == "职级" { "rank" } else { "level" };
    let known = desk.dictionary().table(table).is_none_or(|t| t.code(&rank).is_some());
    let mut found = only_one_lasts(desk, intended)?;
    if !known {
        found.push(finding(Weight::Refuse, "rank-not-in-table", format!("{ladder}代码表里没有“{rank}”"), "用规范名称，如“乡科级副职”“三级主任科员”"));
    }
    Ok(found)
}

/// Two of a kind at once are for people to clear up: two ranks of one ladder, two memberships, two entries of one pool.
fn only_one_lasts(desk: &Desk, intended: &Intended) -> Result<Vec<Finding>> {
    let open = date(intended.new, "until_day").is_none();
    if !open || !matches!(intended.verb, Verb::Add | Verb::Correct | Verb::Change) {
        return Ok(vec![]);
    }
    let kind = |values| text(values, "ladder").or_else(|| text(values, "kind"));
    let others = held::of(desk, intended.part, intended.whose)?;
    let other = others.iter().find(|h| {
        intended.old.is_none_or(|o| o.id != h.id) && date(&h.values, "until_day").is_none() && kind(&h.values) == kind(intended.new) && number(&h.values, "main").is_none()
    });
    Ok(other
        .map(|h| finding(Weight::Warn, "two-at-once", format!("“{}”还没有终止时间", intended.part.name_of(&h.values)), "改用“变更”，或先登记前一条的终止时间"))
        .into_iter()
        .collect())
}
