//! 行为人: who sits at the desk, in which role, and whose rows they may see.

use crate::{Account, Person};
use vocabulary::Id;

/// Whose rows may be seen: part of every query.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Sees {
    Everything,
    /// People, posts and organisations below this path, `/1/5/`.
    Below(String),
    /// Only one's own record.
    Oneself(Id<Person>),
    Nothing,
}

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
}

/// 行为人: who sits at the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    pub account: Option<Id<Account>>,
    /// As the journal names them: `王主任`.
    pub shown: String,
    pub role: Role,
    pub sees: Sees,
    /// Who this is in the registry.
    pub person: Option<Id<Person>>,
    /// 回避: oneself and one's relatives, whose records this actor must not see whatever the role; in order.
    pub recused: Vec<Id<Person>>,
}

impl Actor {
    /// The program acting for nobody in particular; sees everything.
    pub fn program() -> Actor {
        Actor { account: None, shown: "程序".into(), role: Role::Program, sees: Sees::Everything, person: None, recused: vec![] }
    }
    /// May this role change records at all?
    pub fn may_write(&self) -> bool {
        matches!(self.role, Role::Officer | Role::Head | Role::Program)
    }
    /// Does this actor look after the whole county?
    pub fn whole(&self) -> bool {
        self.sees == Sees::Everything
    }
}

/// What `role` sees with the scope and the person of its account, before anybody is recused.
pub(crate) fn sight(role: Role, scope: Option<&str>, person: Option<Id<Person>>) -> Sees {
    match (role, scope, person) {
        (role, None, _) if role.of_the_office() => Sees::Everything,
        (Role::Officer | Role::Head | Role::UnitHr | Role::Leader | Role::BranchSecretary, Some(path), _) => Sees::Below(path.to_owned()),
        (Role::Recorded, _, Some(person)) => Sees::Oneself(person),
        _ => Sees::Nothing,
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
    fn an_administrator_sees_nobody_whatever_the_scope() {
        for role in [Role::SystemAdmin, Role::SecurityAdmin, Role::AuditAdmin, Role::Auditor] {
            assert_eq!(sight(role, Some("/1/"), None), Sees::Nothing);
            assert_eq!(sight(role, None, Some(Id::new(1))), Sees::Nothing);
        }
    }
}
