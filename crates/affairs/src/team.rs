//! 班子结构: what a slate changes in every organisation that it touches.

use crate::Result;
use crate::procedure::ProposedItem;
use registry::{Desk, Organisation, Person};
use vocabulary::Id;

/// One organisation before and after the slate takes effect.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct TeamImpact {
    pub organisation: Id<Organisation>,
    pub name: String,
    pub before: Team,
    pub after: Team,
}

/// 领导班子 on one day, each figure with the people behind it.
#[derive(Clone, Debug, PartialEq, Default, serde::Serialize)]
pub struct Team {
    pub members: Vec<TeamMember>,
    /// 职数
    pub seats: i64,
    /// 空缺; below zero when over.
    pub vacant: i64,
    /// 平均年龄 in tenths of a year: 453 is 45.3; None when no birth is known.
    pub average_age_tenths: Option<i64>,
    pub under_36: Figure,
    pub women: Figure,
    pub minority: Figure,
    pub non_party: Figure,
    /// 最高学历 by its group: 研究生, 大学, 大专 …, in the order of the code table.
    pub education: Vec<Share>,
    /// 专业类别; one person may count in several.
    pub specialities: Vec<Share>,
    /// Posts without enough people: title and how many are missing.
    pub vacancies: Vec<(String, i64)>,
}

#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct TeamMember {
    pub person: Id<Person>,
    pub name: String,
    pub post: String,
    /// 周岁; None when no birth is on record.
    pub age: Option<i64>,
    /// Not in the other picture: comes with the slate, or leaves with it.
    pub changes: bool,
}

/// A count and who is counted.
#[derive(Clone, Debug, PartialEq, Eq, Default, serde::Serialize)]
pub struct Figure {
    pub count: usize,
    pub people: Vec<Id<Person>>,
}

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Share {
    pub name: String,
    pub figure: Figure,
}

/// Every organisation that the slate touches, in the order of the tree.
pub fn impact(_desk: &Desk, _items: &[ProposedItem]) -> Result<Vec<TeamImpact>> { todo!() }
