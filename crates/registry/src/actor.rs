//! 行为人: who sits at the desk, in which role, and whose rows they may see.

use crate::{Account, Desk, Person, Result, kin};
pub use policy::Role;
use vocabulary::Id;

/// Whose rows may be seen: part of every query.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Sees {
    Everything,
    /// People, posts and organisations below this path, `/1/5/`.
    Below(String),
    /// What the organisation with this path owes and what it looks after, no person: a community's or a department's daily work.
    Work(String),
    /// Only one's own record.
    Oneself(Id<Person>),
    Nothing,
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
    /// The path of the organisation whose daily work this desk does; none where it is the whole county's or one person's.
    pub fn own_path(&self) -> Option<&str> {
        match &self.sees {
            Sees::Below(path) | Sees::Work(path) => Some(path),
            _ => None,
        }
    }
    /// Does this actor look after the whole county?
    pub fn whole(&self) -> bool {
        self.sees == Sees::Everything
    }
}

/// What `role` sees with the scope of its account and the place of its person, before anybody is recused.
///
/// `place` is the path of the organisation in which the person now holds a post; nobody who holds none looks after others.
/// Nothing of it is kept in a session: another post, and the next request sees otherwise.
fn sight(role: Role, scope: Option<&str>, person: Option<Id<Person>>, place: Option<&str>) -> Sees {
    let in_post = person.is_none() || place.is_some();
    let at_home = |scope: &str| person.is_none() || place.is_some_and(|p| p.starts_with(scope));
    match (role, scope, person) {
        (Role::Recorded | Role::Delegate, _, Some(person)) => Sees::Oneself(person),
        (Role::CommunityWorker | Role::Liaison, Some(path), _) if at_home(path) => Sees::Work(path.to_owned()),
        (role, None, _) if role.of_the_office() && in_post => Sees::Everything,
        (role, Some(path), _) if role.of_the_office() && in_post => Sees::Below(path.to_owned()),
        (Role::UnitHr | Role::Leader | Role::BranchSecretary, Some(path), _) if at_home(path) => Sees::Below(path.to_owned()),
        (Role::UnitHr | Role::Leader | Role::BranchSecretary, None, _) => place.map_or(Sees::Nothing, |p| Sees::Below(p.to_owned())),
        _ => Sees::Nothing,
    }
}

/// Who an account is at this moment: its role, what it sees from the post its person holds now, and whom it must avoid.
pub fn seated(desk: &Desk, account: Id<Account>, shown: &str, role: Role, scope: Option<&str>, person: Option<Id<Person>>) -> Result<Actor> {
    let mut place = None;
    let mut recused = vec![];
    if let Some(person) = person {
        let row = desk.first("select organisation_path from standing where person = $1", &[person.number().into()])?;
        place = row.and_then(|r| r.opt_string(0)).filter(|p| !p.is_empty());
        recused = kin::of(desk, person)?;
    }
    let moved = moved(desk, account, role, place.as_deref())?;
    let sees = if moved { Sees::Nothing } else { sight(role, scope, person, place.as_deref()) };
    Ok(Actor { account: Some(account), shown: shown.into(), role, sees, person, recused })
}

/// The open account of this login name, as it stands at this moment.
pub fn named(desk: &Desk, name: &str) -> Result<Option<Actor>> {
    let row = desk.first(
        "select a.id, a.shown, a.role, a.person, o.path
           from accounts a
           left join organisation_details o on o.organisation = a.scope and o.superseded is null and o.until_day is null
          where a.name = $1 and a.closed is null",
        &[name.into()],
    )?;
    let Some(r) = row else { return Ok(None) };
    let role = Role::from_id(r.text(2)).unwrap_or(Role::Recorded);
    seated(desk, Id::new(r.int(0)), r.text(1), role, r.opt_text(4), r.opt_int(3).map(Id::new)).map(Some)
}

/// Has the person left the unit for which the role was granted?
fn moved(desk: &Desk, account: Id<Account>, role: Role, place: Option<&str>) -> Result<bool> {
    let row = desk.first(
        "select g.unit from role_grants g
           join role_grant_decisions d on d.role_grant = g.id and d.agreed = 1
          where g.account = $1 and g.role = $2 order by d.id desc limit 1",
        &[account.number().into(), role.id().into()],
    )?;
    let unit = row.and_then(|r| r.opt_string(0));
    Ok(unit.is_some_and(|unit| !place.is_some_and(|p| p.starts_with(&unit))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_administrator_sees_nobody_whatever_the_scope() {
        for role in [Role::SystemAdmin, Role::SecurityAdmin, Role::AuditAdmin, Role::Auditor] {
            assert_eq!(sight(role, Some("/1/"), None, None), Sees::Nothing);
            assert_eq!(sight(role, None, Some(Id::new(1)), Some("/1/")), Sees::Nothing);
        }
    }

    #[test]
    fn who_leaves_the_post_looks_after_nobody_any_more() {
        let person = Some(Id::new(7));
        assert_eq!(sight(Role::UnitHr, Some("/1/5/"), person, Some("/1/5/9/")), Sees::Below("/1/5/".into()));
        assert_eq!(sight(Role::UnitHr, Some("/1/5/"), person, Some("/1/6/")), Sees::Nothing);
        assert_eq!(sight(Role::UnitHr, None, person, Some("/1/6/")), Sees::Below("/1/6/".into()));
        assert_eq!(sight(Role::Officer, None, person, Some("/1/2/")), Sees::Everything);
        assert_eq!(sight(Role::Officer, None, person, None), Sees::Nothing);
    }
}
