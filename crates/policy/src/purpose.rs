//! 查阅用途: the seven of 干部人事档案工作条例 第三十一条. Nothing else opens what is protected.

/// 用途
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// 政治审查、发展党员、党员教育、党员管理等
    Political,
    /// 录用、聘用、考核、考察、任免、调配、职级晋升、教育培养、职称评聘、表彰奖励、工资待遇、公务员登记备案、退休、社会保险、治丧等
    Appointment,
    /// 人才引进、培养、评选、推送等
    Talent,
    /// 巡视、巡察，选人用人检查、违规选人用人问题查核，组织处理，党纪政务处分，涉嫌违法犯罪的调查取证、案件查办等
    Inspection,
    /// 经具有干部管理权限的党委（党组）、组织人事部门批准的编史修志，撰写大事记、人物传记，举办展览、纪念活动等
    History,
    /// 干部日常管理中，熟悉了解干部，研究、发现和解决有关问题等
    Daily,
    /// 其他因工作需要利用的事项
    Other,
}

impl Purpose {
    pub const ALL: [Purpose; 7] =
        [Purpose::Political, Purpose::Appointment, Purpose::Talent, Purpose::Inspection, Purpose::History, Purpose::Daily, Purpose::Other];

    pub fn id(self) -> &'static str {
        match self {
            Purpose::Political => "political",
            Purpose::Appointment => "appointment",
            Purpose::Talent => "talent",
            Purpose::Inspection => "inspection",
            Purpose::History => "history",
            Purpose::Daily => "daily",
            Purpose::Other => "other",
        }
    }
    pub fn from_id(id: &str) -> Option<Purpose> {
        Purpose::ALL.into_iter().find(|p| p.id() == id)
    }
    /// As a list offers it, and as the person learns it: by category.
    pub fn says(self) -> &'static str {
        match self {
            Purpose::Political => "政治审查、发展党员、党员管理",
            Purpose::Appointment => "考核考察、任免、职级晋升、退休等",
            Purpose::Talent => "人才引进、培养、评选",
            Purpose::Inspection => "巡视巡察、案件查办、组织处理",
            Purpose::History => "经批准的编史修志、展览纪念",
            Purpose::Daily => "干部日常管理",
            Purpose::Other => "其他工作需要",
        }
    }
}
