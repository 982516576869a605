//! 查阅单: who may look into the protected parts of one record, for which of the seven purposes, with whom, until when.
//! Asked for by one, approved by another, dead as soon as a reader turns out to be near the person.

use crate::desk::Happened;
use crate::four_eyes::{Party, Refusals};
use crate::{Account, Desk, Error, Person, Result, kin, person};
use policy::{Ground, Purpose};
use vocabulary::{Day, Id, Outcome};

/// 查阅单
pub enum Ticket {}

/// Parts of a record that a ticket can open.
pub const PARTS: [&str; 7] = ["身份证号和健康状况", "家庭", "考核", "奖惩", "使用", "考察材料", "全部变更记录"];

/// A ticket lasts at most so many days.
pub const DAYS_MOST: i64 = 30;

pub struct Wish {
    pub person: Id<Person>,
    pub purpose: Option<Purpose>,
    pub reason: String,
    pub parts: Vec<String>,
    pub second: Option<Id<Account>>,
    pub until: Option<Day>,
}

/// A ticket as lists and its page show it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Shown {
    pub id: Id<Ticket>,
    pub person: Id<Person>,
    pub name: String,
    pub purpose: &'static str,
    pub reason: String,
    pub parts: Vec<String>,
    pub reader: Id<Account>,
    pub reader_shown: String,
    pub second: Id<Account>,
    pub second_shown: String,
    pub until: String,
    pub at: String,
    pub agreed: Option<bool>,
    pub decider: Option<String>,
    pub decision: Option<String>,
    pub ended: Option<String>,
    /// 待批 有效 不同意 已过期 已终止
    pub state: &'static str,
}

fn refusals() -> Refusals {
    Refusals::under("干部人事档案工作条例", "第三十一条")
}

fn person_of(desk: &Desk, account: Id<Account>) -> Result<Option<Option<Id<Person>>>> {
    let row = desk.first("select person from accounts where id = $1 and closed is null", &[account.number().into()])?;
    Ok(row.map(|r| r.opt_int(0).map(Id::new)))
}

/// Is this reader the person of the record, or near them?
fn near(desk: &Desk, reader: Option<Id<Person>>, person: Id<Person>) -> Result<bool> {
    Ok(match reader {
        Some(reader) => kin::of(desk, reader)?.contains(&person),
        None => false,
    })
}

/// Asks for a look. The one asked about must be visible to who asks.
pub fn ask(desk: &mut Desk, wish: &Wish) -> Result<Outcome<Id<Ticket>>> {
    let me = Party::at(desk)?;
    let name = person::find(desk, wish.person)?.row.name;
    let mut why = refusals();
    why.when(wish.purpose.is_none(), "ticket-purpose", "请从七种用途中选一种");
    why.when(wish.reason.trim().is_empty(), "ticket-reason", "请写明查阅的事由");
    let parts: Vec<&str> = PARTS.into_iter().filter(|p| wish.parts.iter().any(|w| w == p)).collect();
    why.when(parts.is_empty(), "ticket-parts", "请选要查阅的内容；只能看单上写明的部分");
    let second = wish.second.map(|id| Ok::<_, Error>((id, person_of(desk, id)?))).transpose()?;
    match second {
        None | Some((_, None)) => why.when(true, "ticket-two-readers", "查阅须两人以上同行，请选另一位查阅人"),
        Some((id, Some(who))) => {
            why.when(me.is(Party { account: id, person: who }), "ticket-two-readers", "查阅须两人以上同行，不能都是您自己");
            why.when(near(desk, who, wish.person)?, "ticket-recusal", "另一位查阅人是本人或亲属，应当回避");
        }
    }
    let last = desk.today.plus_days(DAYS_MOST);
    let until = wish.until.filter(|d| *d >= desk.today && *d <= last);
    why.when(until.is_none(), "ticket-until", format!("请写明用到哪一天，最迟 {last}"));
    if let Some(refused) = why.refused() {
        return Ok(refused);
    }
    let (Some(purpose), Some((second, _)), Some(until)) = (wish.purpose, second, until) else {
        return Err(Error::Wrong("查阅单不完整".into()));
    };
    let says = format!("申请查阅{name}的{}（{}），至 {until}", parts.join("、"), purpose.says());
    let entry = desk.record(Happened { act: "ticket.ask", subject: "person", number: Some(wish.person.number()), says })?;
    let id = desk.insert(
        "tickets",
        &["person", "purpose", "reason", "parts", "reader", "second", "until_day", "at", "entered"],
        &[
            wish.person.number().into(),
            purpose.id().into(),
            wish.reason.trim().into(),
            serde_json::json!(parts).to_string().into(),
            me.account.number().into(),
            second.number().into(),
            until.to_string().into(),
            desk.moment.to_string().into(),
            entry.into(),
        ],
    )?;
    Ok(Outcome::Done(Id::new(id)))
}

/// The approver's word: neither reader, nor near the person.
pub fn decide(desk: &mut Desk, id: Id<Ticket>, agreed: bool, reason: &str) -> Result<Outcome<()>> {
    let me = Party::at(desk)?;
    let ticket = find(desk, id)?;
    if ticket.agreed.is_some() || ticket.ended.is_some() {
        return Err(Error::Changed("这张查阅单".into()));
    }
    let mut why = refusals();
    for reader in [ticket.reader, ticket.second] {
        let who = person_of(desk, reader)?.flatten();
        why.when(me.is(Party { account: reader, person: who }), "ticket-approver", "查阅人不能审批自己的查阅单，请由另一位负责人审批");
        why.when(agreed && near(desk, who, ticket.person)?, "ticket-recusal", "查阅人是本人或亲属，应当回避，不能同意");
    }
    why.when(desk.actor.recused.contains(&ticket.person), "ticket-recusal", "查阅对象是您本人或亲属，请由另一位负责人审批");
    why.when(!agreed && reason.trim().is_empty(), "ticket-reason", "不同意请写明理由");
    why.when(agreed && ticket.until < desk.today.to_string(), "ticket-until", "这张查阅单的期限已过，请重新申请");
    if let Some(refused) = why.refused() {
        return Ok(refused);
    }
    let word = if agreed { "同意" } else { "不同意" };
    let says = format!("{word}{}查阅{}的{}", ticket.reader_shown, ticket.name, ticket.parts.join("、"));
    let entry = desk.record(Happened { act: "ticket.decide", subject: "person", number: Some(ticket.person.number()), says })?;
    desk.insert(
        "ticket_decisions",
        &["ticket", "agreed", "reason", "decider", "at", "entered"],
        &[id.number().into(), i64::from(agreed).into(), reason.trim().into(), me.account.number().into(), desk.moment.to_string().into(), entry.into()],
    )?;
    Ok(Outcome::Done(()))
}

/// 撤回: by who asked, whether approved or not.
pub fn withdraw(desk: &mut Desk, id: Id<Ticket>) -> Result<Outcome<()>> {
    let me = Party::at(desk)?;
    let ticket = find(desk, id)?;
    let mut why = refusals();
    why.when(me.account != ticket.reader, "ticket-own", "只有申请人可以撤回查阅单");
    if let Some(refused) = why.refused() {
        return Ok(refused);
    }
    if ticket.ended.is_some() {
        return Err(Error::Changed("这张查阅单".into()));
    }
    let says = format!("撤回查阅{}的查阅单", ticket.name);
    let entry = desk.record(Happened { act: "ticket.withdraw", subject: "person", number: Some(ticket.person.number()), says })?;
    desk.insert(
        "ticket_endings",
        &["ticket", "reason", "at", "entered"],
        &[id.number().into(), "申请人撤回".into(), desk.moment.to_string().into(), entry.into()],
    )?;
    Ok(Outcome::Done(()))
}

const SELECT: &str = "select t.id, t.person, p.name, t.purpose, t.reason, t.parts, t.reader, r.shown, t.second, s.shown, t.until_day, t.at,
       d.agreed, w.shown, d.reason, e.reason
  from tickets t
  join person_details p on p.person = t.person and p.superseded is null
  join accounts r on r.id = t.reader
  join accounts s on s.id = t.second
  left join ticket_decisions d on d.ticket = t.id
  left join accounts w on w.id = d.decider
  left join ticket_endings e on e.ticket = t.id";

fn shown(desk: &Desk, row: &store::Row) -> Shown {
    let (agreed, ended, until) = (row.opt_int(12).map(|n| n == 1), row.opt_string(15), row.text(10).to_owned());
    let state = match (agreed, &ended) {
        (_, Some(_)) => "已终止",
        (Some(false), _) => "不同意",
        (_, None) if until < desk.today.to_string() => "已过期",
        (Some(true), _) => "有效",
        (None, _) => "待批",
    };
    Shown {
        id: Id::new(row.int(0)),
        person: Id::new(row.int(1)),
        name: row.text(2).into(),
        purpose: Purpose::from_id(row.text(3)).map_or("", Purpose::says),
        reason: row.text(4).into(),
        parts: serde_json::from_str(row.text(5)).unwrap_or_default(),
        reader: Id::new(row.int(6)),
        reader_shown: row.text(7).into(),
        second: Id::new(row.int(8)),
        second_shown: row.text(9).into(),
        until,
        at: row.text(11).into(),
        agreed,
        decider: row.opt_string(13),
        decision: row.opt_string(14),
        ended,
        state,
    }
}

/// A ticket that this desk may see: one's own, or any for who approves; never one about oneself or a relative.
pub fn find(desk: &Desk, id: Id<Ticket>) -> Result<Shown> {
    let row = desk.first(&format!("{SELECT} where t.id = $1"), &[id.number().into()])?;
    row.map(|r| shown(desk, &r)).filter(|t| visible(desk, t)).ok_or_else(|| Error::NotFound("这张查阅单".into()))
}

fn visible(desk: &Desk, ticket: &Shown) -> bool {
    let reads = desk.actor.account.is_some_and(|a| a == ticket.reader || a == ticket.second);
    let approves = desk.actor.role == policy::Role::Head && desk.actor.whole();
    (reads || approves) && !desk.actor.recused.contains(&ticket.person)
}

/// The tickets that this desk may see, what waits first, then newest first.
pub fn latest(desk: &Desk, most: i64) -> Result<Vec<Shown>> {
    let rows = desk.rows(&format!("{SELECT} order by d.id is null and e.id is null desc, t.id desc limit $1"), &[most.into()])?;
    Ok(rows.iter().map(|r| shown(desk, r)).filter(|t| visible(desk, t)).collect())
}

/// What stands behind a wish to see `part` of this record by who sits here, from the tickets alone, and the ticket.
///
/// A ticket of somebody who has become near the person since opens nothing: its readers are looked at anew.
pub fn ground(desk: &Desk, person: Id<Person>, part: &str) -> Result<(Ground, Option<i64>)> {
    let Some(me) = desk.actor.account else { return Ok((Ground::None, None)) };
    let sql = format!("{SELECT} where t.person = $1 and (t.reader = $2 or t.second = $2) and d.agreed = 1 order by t.id desc");
    let rows = desk.rows(&sql, &[person.number().into(), me.number().into()])?;
    let mut best = (Ground::None, None);
    for ticket in rows.iter().map(|r| shown(desk, r)) {
        let mut dead = ticket.state != "有效" || desk.actor.recused.contains(&person);
        for reader in [ticket.reader, ticket.second] {
            match person_of(desk, reader)? {
                None => dead = true,
                Some(who) => dead = dead || near(desk, who, person)?,
            }
        }
        if dead {
            best.0 = if best.0 == Ground::None { Ground::Expired } else { best.0 };
        } else if ticket.parts.iter().any(|p| p == part) {
            return Ok((Ground::Ticket, Some(ticket.id.number())));
        } else {
            best.0 = Ground::OtherPurpose;
        }
    }
    Ok(best)
}

/// Accounts that can be a second reader: of the office, or of who asks' own kind; not oneself.
pub fn companions(desk: &Desk) -> Result<Vec<(Id<Account>, String)>> {
    let me = desk.actor.account.map_or(0, Id::number);
    let rows = desk.rows(
        "select id, shown from accounts where closed is null and id <> $1 and role in ('officer', 'head', 'unit_hr') order by shown",
        &[me.into()],
    )?;
    Ok(rows.iter().map(|r| (Id::new(r.int(0)), r.text(1).to_owned())).collect())
}
