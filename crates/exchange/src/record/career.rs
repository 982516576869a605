//! Dated rows of a working life.

use super::{Text, When};
use crate::{Cell, Place};

/// 任职一条.
#[derive(Clone, Debug, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct TenureRecord {
    pub place: Place,
    pub organisation: Text,
    pub post: Text,
    pub from: When,
    pub until: When,
    /// 任职文号
    pub paper: Text,
    /// 免职文号
    pub end_paper: Text,
    /// 是否领导成员
    pub leading_member: Option<Cell<bool>>,
    /// 成员类别: 正职、副职、其他
    pub member_kind: Text,
    /// 是否领导职务
    pub leading_post: Option<Cell<bool>>,
    /// 职务排序
    pub post_order: Option<Cell<u32>>,
    /// 集体内排序
    pub team_order: Option<Cell<u32>>,
    /// 选拔任用方式
    pub chosen_by: Text,
    /// 是否破格提拔
    pub exceptional: Option<Cell<bool>>,
    /// 任职状态: true 在任, false 已免
    pub in_office: Option<Cell<bool>>,
    /// 职务变动原因综述
    pub change_reason: Text,
    /// 职务输出标识
    pub printed: Option<Cell<bool>>,
    /// 主职务
    pub main: Option<Cell<bool>>,
}

/// Which ladder a [`LevelRecord`] speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LevelKind {
    /// 职务层次
    Level,
    /// 职级
    Rank,
}

/// 职务层次或职级一条.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct LevelRecord {
    pub place: Place,
    pub kind: LevelKind,
    pub name: Cell<String>,
    /// 批准日期
    pub from: When,
    /// 批准文号
    pub paper: Text,
    /// 终止日期
    pub until: When,
    /// 状态: true 在任, false 已免
    pub holds: Option<Cell<bool>>,
}

/// 专业技术任职资格一条.
#[derive(Clone, Debug, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct QualificationRecord {
    pub place: Place,
    /// 专业技术资格代码一栏的表内名称
    pub listed: Text,
    /// 资格名称
    pub name: Text,
    pub on: When,
    /// 取得资格途径
    pub way: Text,
    /// 评委会或考试名称
    pub board: Text,
    pub printed: Option<Cell<bool>>,
}

/// 奖励还是惩戒.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    Award,
    Sanction,
}

/// 奖惩一条.
#[derive(Clone, Debug, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct AwardRecord {
    pub place: Place,
    /// Told by the list; None when the wording is in no list.
    pub nature: Option<Nature>,
    /// 奖惩名称
    pub name: Text,
    /// 奖惩名称代码一栏的表内名称
    pub listed: Text,
    /// 批准日期
    pub on: When,
    /// 批准机关
    pub by: Text,
    /// 批准机关级别
    pub by_level: Text,
    /// 批准机关性质
    pub by_kind: Text,
    /// 受奖惩时职务层次
    pub at_level: Text,
    /// 撤销日期
    pub revoked: When,
}

/// 年度考核一条.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct AppraisalRecord {
    pub place: Place,
    pub year: i16,
    /// 优秀、称职……
    pub grade: String,
}
