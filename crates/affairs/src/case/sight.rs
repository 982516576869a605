//! 看得到哪些: part of every query about cases. Who is named in one, and the organisation they serve in, do not find it.

use super::unit;
use crate::Result;
use institution::case::Act;
use registry::{Desk, Sees};
use registry::actor::Role;
use store::Param;

/// What this actor may see of cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sight {
    pub whole: bool,
    /// Path of the own organisation.
    pub path: Option<String>,
    pub unit: Option<i64>,
    /// A department sees only what it was called for; a community what happens in it.
    pub by_place: bool,
}

pub fn sight(desk: &Desk) -> Result<Sight> {
    let actor = desk.actor;
    let works = matches!(
        actor.role,
        Role::Officer | Role::Head | Role::UnitHr | Role::CommunityWorker | Role::Liaison | Role::Delegate | Role::Leader | Role::BranchSecretary | Role::Program
    );
    if !works {
        return Ok(Sight { whole: false, path: None, unit: None, by_place: false });
    }
    let row = match actor.account {
        None => None,
        Some(account) => desk.first(
            "select a.scope, d.path from accounts a
               join organisation_details d on d.organisation = a.scope and d.superseded is null
              where a.id = $1 order by d.until_day is not null limit 1",
            &[account.number().into()],
        )?,
    };
    let by_place = !matches!(actor.role, Role::Liaison);
    Ok(match (row, &actor.sees) {
        (Some(row), _) => Sight { whole: false, path: Some(row.text(1).into()), unit: row.opt_int(0), by_place },
        (None, Sees::Everything) => Sight { whole: true, path: None, unit: None, by_place },
        (None, Sees::Below(path)) => {
            let unit = path.trim_matches('/').rsplit('/').next().and_then(|n| n.parse().ok());
            Sight { whole: false, path: Some(path.clone()), unit, by_place }
        }
        _ => Sight { whole: false, path: None, unit: None, by_place },
    })
}

impl Sight {
    pub fn nothing(&self) -> bool {
        !self.whole && self.path.is_none()
    }
    /// Does this actor answer for the organisation with this path?
    pub fn covers(&self, path: &str) -> bool {
        self.whole || self.path.as_deref().is_some_and(|own| path.starts_with(own))
    }

    /// The test on `cases c`; pushes its parameters behind those that are there.
    pub fn visible(&self, desk: &Desk, params: &mut Vec<Param>) -> String {
        let mut tests = Vec::new();
        let role = desk.actor.role.id();
        if desk.actor.role != Role::Program {
            let known: Vec<&str> = super::systems(desk).filter(|(_, s)| s.knows(role)).map(|(i, _)| &*i.id).collect();
            if known.is_empty() {
                return "1 = 0".into();
            }
            tests.push(format!("c.system in ({})", unit::quoted(&known)));
        }
        match (&self.path, self.whole) {
            (_, true) => {}
            (None, false) => return "1 = 0".into(),
            (Some(path), false) => {
                params.push(format!("{path}%").into());
                let own = format!("(select o.organisation from organisation_details o where o.superseded is null and o.path like ${})", params.len());
                let called = format!("select v.case_id from case_deeds v where v.unit in {own}");
                let free: Vec<&str> = super::systems(desk).filter(|(_, s)| s.free_claim && s.may(Act::Whistle, role)).map(|(i, _)| &*i.id).collect();
                let freely = if free.is_empty() { String::new() } else { format!(" or c.system in ({})", unit::quoted(&free)) };
                let own = match self.by_place {
                    true => format!("c.id in (select p.id from cases p where p.place in {own} union {called})"),
                    false => format!("c.id in ({called} and v.act <> 'report')"),
                };
                tests.push(format!("({own}{freely})"));
            }
        }
        let mut named: Vec<String> = desk.actor.recused.iter().chain(&desk.actor.person).map(|p| p.number().to_string()).collect();
        named.dedup();
        let mut hidden = Vec::new();
        if !named.is_empty() {
            hidden.push(format!("s.person in ({})", named.join(", ")));
        }
        if let Some(unit) = self.unit {
            hidden.push(format!("(s.told = 1 and (s.organisation = {unit} or t.organisation = {unit}))"));
        }
        if !hidden.is_empty() {
            tests.push(format!(
                "not exists (select 1 from case_subjects s
                               left join tenures t on t.person = s.person and t.superseded is null and t.until_day is null
                              where s.case_id = c.id and ({}))",
                hidden.join(" or ")
            ));
        }
        if tests.is_empty() { "1 = 1".into() } else { tests.join(" and ") }
    }
}
