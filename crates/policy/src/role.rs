//! 角色: in which capacity somebody acts.

/// 角色
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 组织部干部
    Officer,
    /// 组织部负责人, who approves
    Head,
    /// 单位人事干部
    UnitHr,
    /// 单位负责人
    Leader,
    /// 党支部书记
    BranchSecretary,
    /// 考核测评人
    Appraiser,
    /// 社区工作者
    CommunityWorker,
    /// 部门联络员
    Liaison,
    /// 代表
    Delegate,
    /// 居民
    Resident,
    /// 本人
    Recorded,
    /// 审计员
    Auditor,
    /// 系统管理员
    SystemAdmin,
    /// 安全管理员
    SecurityAdmin,
    /// 审计管理员
    AuditAdmin,
    /// The program itself, for planting and for jobs.
    Program,
}

impl Role {
    /// Every role that an account can have, in the order in which lists show them.
    pub const ALL: [Role; 15] = [
        Role::Officer,
        Role::Head,
        Role::UnitHr,
        Role::Leader,
        Role::BranchSecretary,
        Role::Appraiser,
        Role::CommunityWorker,
        Role::Liaison,
        Role::Delegate,
        Role::Resident,
        Role::Recorded,
        Role::Auditor,
        Role::SystemAdmin,
        Role::SecurityAdmin,
        Role::AuditAdmin,
    ];

    pub fn says(self) -> &'static str {
        match self {
            Role::Officer => "组织部干部",
            Role::Head => "组织部负责人",
            Role::UnitHr => "单位人事干部",
            Role::Leader => "单位负责人",
            Role::BranchSecretary => "党支部书记",
            Role::Appraiser => "考核测评人",
            Role::CommunityWorker => "社区工作者",
            Role::Liaison => "部门联络员",
            Role::Delegate => "代表",
            Role::Resident => "居民",
            Role::Recorded => "本人",
            Role::Auditor => "审计员",
            Role::SystemAdmin => "系统管理员",
            Role::SecurityAdmin => "安全管理员",
            Role::AuditAdmin => "审计管理员",
            Role::Program => "程序",
        }
    }
    pub fn id(self) -> &'static str {
        match self {
            Role::Officer => "officer",
            Role::Head => "head",
            Role::UnitHr => "unit_hr",
            Role::Leader => "leader",
            Role::BranchSecretary => "branch_secretary",
            Role::Appraiser => "appraiser",
            Role::CommunityWorker => "community_worker",
            Role::Liaison => "liaison",
            Role::Delegate => "delegate",
            Role::Resident => "resident",
            Role::Recorded => "recorded",
            Role::Auditor => "auditor",
            Role::SystemAdmin => "system_admin",
            Role::SecurityAdmin => "security_admin",
            Role::AuditAdmin => "audit_admin",
            Role::Program => "program",
        }
    }
    pub fn from_id(id: &str) -> Option<Role> {
        Role::ALL.into_iter().chain([Role::Program]).find(|r| r.id() == id)
    }

    /// The organisation department: the whole county, or the part that a scope names.
    pub fn of_the_office(self) -> bool {
        matches!(self, Role::Officer | Role::Head)
    }
    /// 审计与三员: they exclude each other and every other role, and see nobody's record.
    pub fn stands_apart(self) -> bool {
        matches!(self, Role::Auditor | Role::SystemAdmin | Role::SecurityAdmin | Role::AuditAdmin)
    }
    /// May one person go from this role to `other`, or hold both? Never to or from those who stand apart.
    pub fn goes_with(self, other: Role) -> bool {
        self == other || !(self.stands_apart() || other.stands_apart())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_is_found_again_by_its_id() {
        for role in Role::ALL {
            assert_eq!(Role::from_id(role.id()), Some(role), "{}", role.says());
        }
        assert_eq!(Role::from_id("emperor"), None);
    }

    #[test]
    fn those_who_stand_apart_go_with_nobody() {
        let apart = Role::ALL.into_iter().filter(|r| r.stands_apart()).count();
        let conflicts = Role::ALL.into_iter().flat_map(|a| Role::ALL.map(|b| (a, b))).filter(|(a, b)| !a.goes_with(*b)).count();
        assert_eq!((apart, conflicts), (4, 4 * 11 * 2 + 4 * 3));
    }
}
