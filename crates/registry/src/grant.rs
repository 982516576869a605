//! 授权: a role is asked for by one person and agreed to by another; it is taken away by one, at once.

use crate::desk::Happened;
use crate::four_eyes::{Party, Refusals};
use crate::{Account, Desk, Error, Organisation, Person, Result};
use policy::Role;
use vocabulary::{Id, Outcome};

/// 授权申请
pub enum Grant {}

/// An account as the security administrator sees it: nothing of anybody's record.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Held {
    pub account: Id<Account>,
    pub name: String,
    pub shown: String,
    pub role: &'static str,
    pub role_says: &'static str,
    pub scope: Option<String>,
    pub closed: bool,
    /// Moment of the last session's last request.
    pub seen: Option<String>,
}

/// One asked-for role with its decision, if there is one.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Asked {
    pub id: Id<Grant>,
    pub account: Id<Account>,
    pub shown: String,
    pub role: String,
    pub role_says: &'static str,
    pub scope: Option<String>,
    pub reason: String,
    pub asker: String,
    pub at: String,
    pub agreed: Option<bool>,
    pub decider: Option<String>,
    pub decision: Option<String>,
}

/// What is asked for.
pub struct Wish<'a> {
    pub account: Id<Account>,
    pub role: Role,
    pub scope: Option<Id<Organisation>>,
    pub reason: &'a str,
}

fn refusals() -> Refusals {
    Refusals::under("GB/T 22239-2019", "8.1.4.2 访问控制")
}

/// One person has one account: who could open two would approve what they asked for themselves.
pub fn one_person_one_account(desk: &Desk, name: &str, person: Option<Id<Person>>) -> Result<()> {
    let Some(person) = person else { return Ok(()) };
    let row = desk.first("select name from accounts where person = $1 and closed is null", &[person.number().into()])?;
    match row {
        None => Ok(()),
        Some(row) => Err(Error::Changed(format!("账户 {name} 没有开：这个人已有账户 {}，一人只能有一个账户；账户", row.text(0)))),
    }
}

struct Them {
    shown: String,
    role: Role,
    party: Party,
}

fn them(desk: &Desk, id: Id<Account>) -> Result<Them> {
    let row = desk.first("select shown, role, person from accounts where id = $1 and closed is null", &[id.number().into()])?;
    let row = row.ok_or_else(|| Error::NotFound("这个账户".into()))?;
    let party = Party { account: id, person: row.opt_int(2).map(Id::new) };
    Ok(Them { shown: row.text(0).into(), role: Role::from_id(row.text(1)).unwrap_or(Role::Recorded), party })
}

/// From a role that stands apart to one that does not, or between two of them; from the person's own to any is no step.
fn excluded(held: Role, wished: Role) -> bool {
    held != Role::Recorded && !held.goes_with(wished)
}
fn excludes(held: Role, wished: Role) -> String {
    format!("{}与{}互相排斥，一个账户不能从一方直接转为另一方；请先收回现有角色", held.says(), wished.says())
}

/// Asks that an account get a role. Every refusal at once.
pub fn ask(desk: &mut Desk, wish: &Wish) -> Result<Outcome<Id<Grant>>> {
    let me = Party::at(desk)?;
    let them = them(desk, wish.account)?;
    let mut why = refusals();
    why.when(me.is(them.party), "grant-not-to-oneself", "不能为自己提请角色");
    why.when(excluded(them.role, wish.role), "grant-roles-exclude", excludes(them.role, wish.role));
    why.when(wish.role == Role::Program, "grant-no-such-role", "没有这个角色");
    let unit = matches!(wish.role, Role::UnitHr | Role::Leader | Role::BranchSecretary);
    why.when(unit && wish.scope.is_none() && them.party.person.is_none(), "grant-scope", format!("{}要写明管哪个单位", wish.role.says()));
    why.when(wish.reason.trim().is_empty(), "grant-reason", "请写明授权的理由");
    let waiting = desk.first(
        "select 1 from role_grants g where g.account = $1 and not exists (select 1 from role_grant_decisions d where d.role_grant = g.id)",
        &[wish.account.number().into()],
    )?;
    why.when(waiting.is_some(), "grant-waiting", format!("{}已有一项授权在等批准", them.shown));
    if let Some(refused) = why.refused() {
        return Ok(refused);
    }
    let place = match them.party.person {
        Some(person) => desk.first("select organisation_path from standing where person = $1", &[person.number().into()])?.and_then(|r| r.opt_string(0)),
        None => None,
    };
    let says = format!("提请授予{}角色“{}”：{}", them.shown, wish.role.says(), wish.reason.trim());
    let entry = desk.record(Happened { act: "grant.ask", subject: "account", number: Some(wish.account.number()), says })?;
    let id = desk.insert(
        "role_grants",
        &["account", "role", "scope", "unit", "reason", "asker", "asker_person", "at", "entered"],
        &[
            wish.account.number().into(),
            wish.role.id().into(),
            wish.scope.map(|s| s.number()).into(),
            place.into(),
            wish.reason.trim().into(),
            me.account.number().into(),
            me.person.map(|p| p.number()).into(),
            desk.moment.to_string().into(),
            entry.into(),
        ],
    )?;
    Ok(Outcome::Done(Id::new(id)))
}

/// The second person's word. With consent the role is in force from the next request on.
pub fn decide(desk: &mut Desk, id: Id<Grant>, agreed: bool, reason: &str) -> Result<Outcome<()>> {
    let me = Party::at(desk)?;
    let row = desk.first(
        "select g.account, g.role, g.scope, g.asker, g.asker_person,
                (select 1 from role_grant_decisions d where d.role_grant = g.id)
           from role_grants g where g.id = $1",
        &[id.number().into()],
    )?;
    let row = row.ok_or_else(|| Error::NotFound("这项授权".into()))?;
    if row.opt_int(5).is_some() {
        return Err(Error::Changed("这项授权".into()));
    }
    let target: Id<Account> = Id::new(row.int(0));
    let role = Role::from_id(row.text(1)).ok_or_else(|| Error::NotFound("这个角色".into()))?;
    let them = them(desk, target)?;
    let mut why = refusals();
    let asker = Party { account: Id::new(row.int(3)), person: row.opt_int(4).map(Id::new) };
    why.when(me.is(asker), "grant-two-persons", "提请的人不能批准：授权要由另一个人同意");
    why.when(me.is(them.party), "grant-not-to-oneself", "不能批准给自己的授权");
    why.when(agreed && excluded(them.role, role), "grant-roles-exclude", excludes(them.role, role));
    why.when(!agreed && reason.trim().is_empty(), "grant-reason", "不同意请写明理由");
    if let Some(refused) = why.refused() {
        return Ok(refused);
    }
    let word = if agreed { "同意" } else { "不同意" };
    let says = format!("{word}授予{}角色“{}”", them.shown, role.says());
    let entry = desk.record(Happened { act: "grant.decide", subject: "account", number: Some(target.number()), says })?;
    desk.insert(
        "role_grant_decisions",
        &["role_grant", "agreed", "reason", "decider", "at", "entered"],
        &[id.number().into(), i64::from(agreed).into(), reason.trim().into(), me.account.number().into(), desk.moment.to_string().into(), entry.into()],
    )?;
    if agreed {
        desk.execute(
            "update accounts set role = $1, scope = $2 where id = $3 and closed is null",
            &[role.id().into(), row.opt_int(2).into(), target.number().into()],
        )?;
    }
    Ok(Outcome::Done(()))
}

/// 收回: the account keeps what belongs to the person themselves and nothing more, from the next request on.
pub fn revoke(desk: &mut Desk, id: Id<Account>, reason: &str) -> Result<Outcome<()>> {
    let me = Party::at(desk)?;
    let them = them(desk, id)?;
    let mut why = refusals();
    why.when(me.is(them.party), "revoke-not-oneself", "不能收回自己的角色，请由另一个人办理");
    why.when(reason.trim().is_empty(), "revoke-reason", "请写明收回的理由");
    if let Some(refused) = why.refused() {
        return Ok(refused);
    }
    let role = them.role;
    let says = format!("收回{}的角色“{}”：{}", them.shown, role.says(), reason.trim());
    let entry = desk.record(Happened { act: "grant.revoke", subject: "account", number: Some(id.number()), says })?;
    desk.insert(
        "role_revocations",
        &["account", "role", "reason", "by_account", "at", "entered"],
        &[id.number().into(), role.id().into(), reason.trim().into(), me.account.number().into(), desk.moment.to_string().into(), entry.into()],
    )?;
    desk.execute("update accounts set role = $1, scope = null where id = $2", &[Role::Recorded.id().into(), id.number().into()])?;
    Ok(Outcome::Done(()))
}

/// Every open account, by role and name.
pub fn held(desk: &Desk) -> Result<Vec<Held>> {
    let rows = desk.rows(
        "select a.id, a.name, a.shown, a.role, o.short_name,
                (select max(s.seen) from sessions s where s.account = a.id)
           from accounts a
           left join organisation_details o on o.organisation = a.scope and o.superseded is null and o.until_day is null
          where a.closed is null
          order by a.id",
        &[],
    )?;
    let mut all: Vec<Held> = rows
        .iter()
        .map(|r| {
            let role = Role::from_id(r.text(3)).unwrap_or(Role::Recorded);
            Held {
                account: Id::new(r.int(0)),
                name: r.text(1).into(),
                shown: r.text(2).into(),
                role: role.id(),
                role_says: role.says(),
                scope: r.opt_string(4),
                closed: false,
                seen: r.opt_string(5),
            }
        })
        .collect();
    all.sort_by_key(|h| Role::ALL.iter().position(|r| r.id() == h.role));
    Ok(all)
}

/// The grants of late, the undecided first, then newest first.
pub fn latest(desk: &Desk, most: i64) -> Result<Vec<Asked>> {
    let rows = desk.rows(
        "select g.id, g.account, a.shown, g.role, o.short_name, g.reason, q.shown, g.at, d.agreed, w.shown, d.reason
           from role_grants g
           join accounts a on a.id = g.account
           join accounts q on q.id = g.asker
           left join organisation_details o on o.organisation = g.scope and o.superseded is null and o.until_day is null
           left join role_grant_decisions d on d.role_grant = g.id
           left join accounts w on w.id = d.decider
          order by d.id is null desc, g.id desc limit $1",
        &[most.into()],
    )?;
    Ok(rows
        .iter()
        .map(|r| Asked {
            id: Id::new(r.int(0)),
            account: Id::new(r.int(1)),
            shown: r.text(2).into(),
            role: r.text(3).into(),
            role_says: Role::from_id(r.text(3)).map_or("", Role::says),
            scope: r.opt_string(4),
            reason: r.text(5).into(),
            asker: r.text(6).into(),
            at: r.text(7).into(),
            agreed: r.opt_int(8).map(|n| n == 1),
            decider: r.opt_string(9),
            decision: r.opt_string(10),
        })
        .collect())
}
