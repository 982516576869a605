//! 干部花名册.

/// 花名册: A4 landscape, one person a row.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Roster {
    /// Empty for `干部花名册`.
    pub title: String,
    /// `2026年11月22日`.
    pub day: String,
    pub filled_by: String,
    pub groups: Vec<RosterGroup>,
}

/// 单位归口 and its people.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RosterGroup {
    pub unit: String,
    pub rows: Vec<RosterRow>,
}

/// 一人; dates as printed (`1985.04`).
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RosterRow {
    pub name: String,
    pub current_post: String,
    pub sex: String,
    pub ethnicity: String,
    pub native_place: String,
    pub born: String,
    pub work_started: String,
    pub party_joined: String,
    /// 全日制学历, school and major after it.
    pub full_time: String,
    /// 在职学历.
    pub in_service: String,
    /// 任现职时间.
    pub in_post_since: String,
    /// 任同职级时间.
    pub in_rank_since: String,
}
