//! One piece of schooling.

use super::{Text, When};
use crate::{Cell, Place};

/// 学历学位一条.
#[derive(Clone, Debug, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct EducationRecord {
    pub place: Place,
    /// 教育类别: true 全日制, false 在职
    pub full_time: Option<Cell<bool>>,
    /// 学历名称
    pub name: Text,
    /// 学历代码一栏的表内名称
    pub listed: Text,
    /// 学位名称
    pub degree: Text,
    /// 学位代码一栏的表内名称
    pub degree_listed: Text,
    /// 学校（单位）、院系
    pub school: Text,
    /// 所学专业名称
    pub major: Text,
    /// 所学专业类别
    pub major_kind: Text,
    /// 入学时间
    pub from: When,
    /// 毕（肄）业时间
    pub until: When,
    /// 学位授予时间
    pub degree_on: When,
    /// 学制年限: a number of years as written, `4` or `2.5`
    pub years: Text,
    pub printed: Option<Cell<bool>>,
}
