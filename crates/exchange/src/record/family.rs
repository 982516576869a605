//! One member of the family.

use super::{Text, When};
use crate::{Cell, Place};

/// 家庭主要成员及重要社会关系一人.
#[derive(Clone, Debug, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct FamilyRecord {
    pub place: Place,
    /// 称谓
    pub relation: Text,
    pub name: Text,
    pub born: When,
    /// 政治面貌
    pub party: Text,
    /// 工作单位及职务
    pub work: Text,
    pub order: Option<Cell<u32>>,
    /// The work text says 去世、死亡、逝世、已逝、已故 or 病故: the age is then not printed.
    pub departed: bool,
}
