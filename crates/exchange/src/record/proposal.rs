//! The proposing part of an appointment form.

use super::{Text, When};

/// 呈报: what the form proposes.
#[derive(Clone, Debug, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Proposal {
    /// 拟任职务
    pub appoint: Text,
    /// 拟免职务
    pub remove: Text,
    /// 任免理由
    pub reason: Text,
    /// 呈报单位
    pub reported_by: Text,
    /// 计算年龄时间
    pub age_on: When,
    /// 填表时间
    pub filled_on: When,
    /// 填表人
    pub filled_by: Text,
}

impl Proposal {
    pub fn is_empty(&self) -> bool {
        *self == Proposal::default()
    }
}
