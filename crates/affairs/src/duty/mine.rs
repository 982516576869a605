//! 我的任务: which units somebody answers for, and what those owe.

use super::{Owed, Unit, owed, unit};
use crate::Result;
use institution::{Duty, Subject};
use registry::{Desk, Role, branch};
use store::Param;
use vocabulary::Day;

/// Roles that answer for what stands at their own organisation.
const LOCAL: [Role; 5] = [Role::BranchSecretary, Role::UnitHr, Role::Leader, Role::CommunityWorker, Role::Liaison];

/// The units of one subject that whoever sits at the desk answers for.
pub fn my_units(desk: &Desk, of: Subject) -> Result<Vec<Unit>> {
    let mut tests: Vec<String> = Vec::new();
    let mut params: Vec<Param> = Vec::new();
    if let (Some(path), true) = (desk.actor.own_path(), LOCAL.contains(&desk.actor.role)) {
        params.push(path.into());
        match of {
            Subject::Branch | Subject::Organisation | Subject::Member => tests.push("d.path = $1".into()),
            // 联建部门、双报到单位: what an organisation looks after, whoever of it goes.
            Subject::Charge => tests.push("d.organisation = (select o.organisation from organisation_details o where o.path = $1 and o.superseded is null and o.until_day is null)".into()),
            _ => {}
        }
    }
    if let Some(person) = desk.actor.person {
        let led: Vec<String> = branch::led_by(desk, person)?.iter().map(ToString::to_string).collect();
        match of {
            Subject::Branch if !led.is_empty() => tests.push(format!("d.branch in ({})", led.join(", "))),
            Subject::Member if !led.is_empty() => tests.push(format!("d.branch in ({})", led.join(", "))),
            Subject::Charge => tests.push(format!("d.person = {person}")),
            Subject::Official => tests.push(format!("s.id = {person}")),
            _ => {}
        }
    }
    if tests.is_empty() {
        return Ok(vec![]);
    }
    if !tests.iter().any(|t| t.contains("$1")) {
        params.clear();
    }
    unit::select(desk, of, &unit::facts_of(desk, of), &format!("({})", tests.join(" or ")), params)
}

/// The membership of whoever sits at the desk: what it owes is theirs to see and to report about, not to register.
pub fn own_units(desk: &Desk) -> Result<Vec<Unit>> {
    match desk.actor.person {
        Some(person) => unit::select(desk, Subject::Member, &unit::facts_of(desk, Subject::Member), &unit::oneself(person.number()), vec![]),
        None => Ok(vec![]),
    }
}

/// What I owe with a due day in `[from, to]`, soonest first.
pub fn mine(desk: &Desk, from: Day, to: Day) -> Result<Vec<Owed>> {
    let mut out = Vec::new();
    for of in [Subject::Branch, Subject::Organisation, Subject::Charge, Subject::Member, Subject::Official] {
        let duties: Vec<&Duty> = super::in_force(desk, desk.today).filter(|d| d.of == of).collect();
        if duties.is_empty() {
            continue;
        }
        let units = my_units(desk, of)?;
        out.extend(owed::owed(desk, &duties, &units, from, to)?);
        let own: Vec<&Duty> = duties.into_iter().filter(|d| d.own).collect();
        if !own.is_empty() {
            let more: Vec<Unit> = own_units(desk)?.into_iter().filter(|o| !units.iter().any(|u| u.number == o.number)).collect();
            out.extend(owed::owed(desk, &own, &more, from, to)?);
        }
    }
    out.sort_by(|a, b| (a.slot.due, &a.title, &a.unit_title).cmp(&(b.slot.due, &b.title, &b.unit_title)));
    Ok(out)
}

/// May whoever sits at the desk hand this in? The office for everybody, others for what is theirs.
pub fn may_do(desk: &Desk, duty: &Duty, number: i64) -> Result<bool> {
    if desk.actor.may_write() {
        return Ok(true);
    }
    if !LOCAL.contains(&desk.actor.role) && desk.actor.person.is_none() {
        return Ok(false);
    }
    Ok(my_units(desk, duty.of)?.iter().any(|u| u.number == number))
}

/// May whoever sits at the desk say that this one cannot be done? Who may hand it in, and the member whom it concerns.
pub fn may_report(desk: &Desk, duty: &Duty, number: i64) -> Result<bool> {
    Ok(may_do(desk, duty, number)? || (duty.own && own_units(desk)?.iter().any(|u| u.number == number)))
}
