//! 菜单: in the office's order; what somebody may not use is not shown.

use registry::{Actor, Role};

/// One entry of the side menu.
#[derive(Clone, Copy)]
pub struct Entry {
    pub label: &'static str,
    pub path: &'static str,
    /// `g` and then this letter goes there.
    pub key: &'static str,
    /// The right that opens it.
    pub action: &'static str,
}

/// The order is 首页 · 干部 · 班子与岗位 · 选任 · 考核 · 教育培训 · 监督关爱 · 组织生活 · 整顿 · 联盟与诉求 · 台账 · 制度 · 审计.
/// An entry comes with its first page; whose it is stands in the table of rights.
pub const MENU: &[Entry] = &[
    Entry { label: "首页", path: "/", key: "h", action: "home.see" },
    Entry { label: "我的记录", path: "/me", key: "m", action: "me.see" },
    Entry { label: "干部", path: "/officials", key: "o", action: "search.see" },
    Entry { label: "班子与岗位", path: "/organisations", key: "b", action: "organisation.see" },
    Entry { label: "选任", path: "/procedures", key: "p", action: "procedure.see" },
    Entry { label: "我的任务", path: "/duties", key: "w", action: "duty.see" },
    Entry { label: "党组织", path: "/party", key: "d", action: "party.see" },
    Entry { label: "事项", path: "/matters", key: "s", action: "matter.see" },
    Entry { label: "名册", path: "/registers", key: "n", action: "register.see" },
    Entry { label: "专项整治", path: "/campaigns", key: "z", action: "duty.oversee" },
    Entry { label: "重点任务", path: "/tasks", key: "k", action: "duty.oversee" },
    Entry { label: "总结专报", path: "/reports", key: "e", action: "duty.report" },
    Entry { label: "诉求", path: "/cases", key: "i", action: "case.see" },
    Entry { label: "投票", path: "/ballots", key: "v", action: "ballot.cast" },
    Entry { label: "台账", path: "/ledgers", key: "l", action: "ledger.see" },
    Entry { label: "查阅单", path: "/tickets", key: "t", action: "ticket.see" },
    Entry { label: "权利台", path: "/rights", key: "j", action: "correction.see" },
    Entry { label: "制度", path: "/institutions", key: "r", action: "institution.see" },
    Entry { label: "导入", path: "/imports", key: "u", action: "import.run" },
    Entry { label: "账户与授权", path: "/accounts", key: "c", action: "account.see" },
    Entry { label: "清除", path: "/purges", key: "y", action: "purge.see" },
    Entry { label: "权限表", path: "/access", key: "q", action: "rights.see" },
    Entry { label: "事件订阅", path: "/hooks", key: "x", action: "hook.manage" },
    Entry { label: "审计", path: "/journal", key: "a", action: "journal.see" },
];

/// An entry as a page shows it.
#[derive(serde::Serialize)]
pub struct Shown {
    pub label: &'static str,
    pub path: &'static str,
    pub key: &'static str,
    pub here: bool,
}

/// What `actor` may use; the entry that `path` belongs to is marked.
pub fn shown(actor: &Actor, path: &str) -> Vec<Shown> {
    let mine = |e: &&Entry| mine(actor, e);
    let here = MENU.iter().filter(mine).filter(|e| belongs(path, e.path)).max_by_key(|e| e.path.len()).map(|e| e.path);
    MENU.iter().filter(mine).map(|e| Shown { label: e.label, path: e.path, key: e.key, here: here == Some(e.path) }).collect()
}

/// A menu is for use: who has a record of their own is shown it, who has an office is not bothered with what everybody may read.
fn mine(actor: &Actor, entry: &Entry) -> bool {
    let may = policy::may_ever(actor.role, policy::action(entry.action));
    match entry.path {
        "/" => actor.role != Role::Recorded,
        "/me" => actor.person.is_some() || actor.role == Role::Recorded,
        "/officials" => may && policy::may_ever(actor.role, policy::action("ledger.see")),
        "/institutions" => may && !matches!(actor.role, Role::Recorded | Role::Resident),
        "/access" => may && (actor.role.stands_apart() || actor.role == Role::Head),
        _ => may,
    }
}

fn belongs(path: &str, entry: &str) -> bool {
    if entry == "/" {
        return path == "/";
    }
    path == entry || path.strip_prefix(entry).is_some_and(|rest| rest.starts_with('/')) || (entry == "/organisations" && path.starts_with("/posts"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_opens_one_entry() {
        for (at, entry) in MENU.iter().enumerate() {
            assert!(!MENU[..at].iter().any(|other| other.key == entry.key), "g {} opens two: {}", entry.key, entry.label);
        }
    }

    #[test]
    fn a_person_on_record_is_shown_only_their_own_page() {
        let actor = Actor { role: Role::Recorded, ..Actor::program() };
        let labels: Vec<_> = shown(&actor, "/me").iter().map(|e| e.label).collect();
        assert_eq!(labels, ["我的记录", "我的任务", "投票"]);
    }

    #[test]
    fn a_post_belongs_to_teams_and_posts() {
        let actor = Actor { role: Role::Officer, ..Actor::program() };
        let here: Vec<_> = shown(&actor, "/posts/3").into_iter().filter(|e| e.here).map(|e| e.label).collect();
        assert_eq!(here, ["班子与岗位"]);
    }
}
