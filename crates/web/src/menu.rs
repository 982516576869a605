//! 菜单: in the office's order; what somebody may not use is not shown.

use registry::Actor;
use registry::Role;

/// One entry of the side menu.
#[derive(Clone, Copy)]
pub struct Entry {
    pub label: &'static str,
    pub path: &'static str,
    /// `g` and then this letter goes there.
    pub key: &'static str,
    pub roles: &'static [Role],
}

const OFFICE: &[Role] = &[Role::Officer];
const OFFICE_AND_UNITS: &[Role] = &[Role::Officer, Role::UnitHr];

/// The order is 首页 · 干部 · 班子与岗位 · 选任 · 考核 · 教育培训 · 监督关爱 · 组织生活 · 整顿 · 联盟与诉求 · 台账 · 制度 · 审计.
/// An entry comes with its first page.
pub const MENU: &[Entry] = &[
    Entry { label: "首页", path: "/", key: "h", roles: OFFICE_AND_UNITS },
    Entry { label: "我的记录", path: "/me", key: "m", roles: &[Role::Recorded] },
    Entry { label: "干部", path: "/officials", key: "o", roles: OFFICE_AND_UNITS },
    Entry { label: "班子与岗位", path: "/organisations", key: "b", roles: OFFICE_AND_UNITS },
    Entry { label: "选任", path: "/procedures", key: "p", roles: OFFICE },
    Entry { label: "台账", path: "/ledgers", key: "l", roles: OFFICE_AND_UNITS },
    Entry { label: "制度", path: "/institutions", key: "r", roles: OFFICE_AND_UNITS },
    Entry { label: "导入", path: "/imports", key: "u", roles: OFFICE },
    Entry { label: "审计", path: "/journal", key: "a", roles: OFFICE },
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
    let mine = |e: &&Entry| e.roles.contains(&actor.role);
    let here = MENU.iter().filter(mine).filter(|e| belongs(path, e.path)).max_by_key(|e| e.path.len()).map(|e| e.path);
    MENU.iter().filter(mine).map(|e| Shown { label: e.label, path: e.path, key: e.key, here: here == Some(e.path) }).collect()
}

/// A person on record opens their own page and nothing else: other pages would show more of the record than is theirs to see.
pub fn may_open(actor: &Actor, path: &str) -> bool {
    actor.role != Role::Recorded || matches!(path, "/" | "/logout") || belongs(path, "/me")
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
    fn a_person_on_record_is_shown_only_their_own_page() {
        let actor = Actor { role: Role::Recorded, ..Actor::program() };
        let labels: Vec<_> = shown(&actor, "/me").iter().map(|e| e.label).collect();
        assert_eq!(labels, ["我的记录"]);
    }

    #[test]
    fn a_post_belongs_to_teams_and_posts() {
        let actor = Actor { role: Role::Officer, ..Actor::program() };
        let here: Vec<_> = shown(&actor, "/posts/3").into_iter().filter(|e| e.here).map(|e| e.label).collect();
        assert_eq!(here, ["班子与岗位"]);
    }
}
