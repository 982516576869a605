//! 敏感级别与本人可见层次.

/// 敏感级别 S0–S4: who may see it is decided by class and layer together.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub enum Class {
    /// 公开
    S0,
    /// 内部
    S1,
    /// 个人: 身份证号、家庭、健康、考核、奖惩
    S2,
    /// 限制: 考察材料、谈话、反映人身份
    S3,
    /// 密封: 选票、密钥
    S4,
}

impl Class {
    pub const ALL: [Class; 5] = [Class::S0, Class::S1, Class::S2, Class::S3, Class::S4];

    pub fn says(self) -> &'static str {
        match self {
            Class::S0 => "公开",
            Class::S1 => "内部",
            Class::S2 => "个人",
            Class::S3 => "限制",
            Class::S4 => "密封",
        }
    }
}

/// 本人可见层次: A always, B on request, C never.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, serde::Serialize, serde::Deserialize)]
pub enum Layer {
    A,
    B,
    C,
}
