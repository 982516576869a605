//! 清除: what may be kept no longer goes, lawfully: one asks, another confirms, and the journal keeps the proof.
//!
//! Rows are deleted, or emptied where others refer to them; entries of the journal lose salt and payload, so their leaf
//! stays and says nothing any more. Every purged row stands on a list ([`list`]) that outlives the database, so that an
//! older backup is purged again before anybody works in it.

mod carry;
mod entries;
pub mod list;
mod row;
pub mod schedule;
mod whole;

pub use row::EMPTIED;
pub use schedule::{Due, Rule, due, rules};
pub use whole::{CHILDREN, KEPT, OF_PERSON};

use crate::desk::Happened;
use crate::four_eyes::{Party, Refusals};
use crate::{Desk, Error, Person, Result};
use row::Found;
use vocabulary::{Day, Id, Outcome};

/// Name of the setting that stands while purged rows may still lie in the database's unused places.
pub(crate) const UNSCRUBBED: &str = "unscrubbed";

/// 清除
pub enum Purge {}
/// 保留
pub enum Hold {}

/// 依据: for which reason the law has something deleted (个人信息保护法 第四十七条).
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    PurposeOver,
    PeriodOver,
    Unlawful,
    Withdrawn,
}

impl Basis {
    pub const ALL: [Basis; 4] = [Basis::PurposeOver, Basis::PeriodOver, Basis::Unlawful, Basis::Withdrawn];
    pub fn id(self) -> &'static str {
        match self {
            Basis::PurposeOver => "purpose_over",
            Basis::PeriodOver => "period_over",
            Basis::Unlawful => "unlawful",
            Basis::Withdrawn => "withdrawn",
        }
    }
    pub fn says(self) -> &'static str {
        match self {
            Basis::PurposeOver => "处理目的已实现、无法实现或不再必要（第一项）",
            Basis::PeriodOver => "保存期限已届满（第二项）",
            Basis::Withdrawn => "本人撤回同意（第三项）",
            Basis::Unlawful => "违法违规或误登（第四项）",
        }
    }
    pub fn from_id(id: &str) -> Option<Basis> {
        Basis::ALL.into_iter().find(|b| b.id() == id)
    }
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everything that a rule of retention finds on this day.
    Rule(String),
    /// The whole record of one person.
    Person(Id<Person>),
}

/// One purge, for people.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Asked {
    pub id: Id<Purge>,
    pub title: String,
    pub person: Option<i64>,
    pub until: String,
    pub basis: &'static str,
    pub reason: String,
    pub rows: i64,
    pub asker: String,
    pub at: String,
    /// Yes: done.
    pub agreed: Option<bool>,
    pub decider: Option<String>,
    pub decided: Option<String>,
    pub decision: Option<String>,
    /// Journal number of the certificate.
    pub entry: Option<i64>,
}

const LAW: (&str, &str) = ("中华人民共和国个人信息保护法", "第四十七条");

fn refusals() -> Refusals {
    Refusals::under(LAW.0, LAW.1)
}

/// The rows that `scope` means on `until`, and why they may not be purged.
fn look(desk: &Desk, scope: &Scope, until: Day, why: &mut Refusals) -> Result<Vec<Found>> {
    match scope {
        Scope::Rule(id) => {
            let rule = schedule::rule(id).ok_or_else(|| Error::NotFound(format!("保存期限“{id}”")))?;
            schedule::rows(desk, rule, until)
        }
        Scope::Person(person) => {
            whole::refuse(desk, *person, why)?;
            whole::rows(desk, *person)
        }
    }
}

fn scope_of(rule: &str, person: Option<i64>) -> Scope {
    match person {
        Some(person) => Scope::Person(Id::new(person)),
        None => Scope::Rule(rule.to_owned()),
    }
}

/// 提请: nothing goes yet. Refuses where there is nothing, where something is still going on, or where it is held.
pub fn ask(desk: &mut Desk, scope: &Scope, basis: Option<Basis>, reason: &str) -> Result<Outcome<Id<Purge>>> {
    let me = Party::at(desk)?;
    let mut why = refusals();
    why.when(basis.is_none(), "purge-basis", "请选清除的依据");
    why.when(reason.trim().is_empty(), "purge-reason", "请写明清除的理由");
    if let Scope::Person(person) = scope {
        why.when(desk.actor.person == Some(*person), "purge-not-oneself", "不能提请清除本人的记录");
        let named = entries::names(desk, *person)?.iter().any(|name| reason.contains(name.as_str()));
        why.when(named, "purge-reason-names", "理由会长期留在日志里，请不要写出姓名");
    }
    let found = look(desk, scope, desk.today, &mut why)?;
    why.when(found.is_empty(), "purge-nothing", "没有可以清除的内容");
    let (rule, person) = match scope {
        Scope::Rule(id) => (id.as_str(), None),
        Scope::Person(person) => ("person", Some(person.number())),
    };
    let same = "select 1 from purges p where p.rule = $1 and coalesce(p.person, 0) = $2 and not exists (select 1 from purge_decisions d where d.purge = p.id)";
    let waiting = desk.first(same, &[rule.into(), person.unwrap_or(0).into()])?;
    why.when(waiting.is_some(), "purge-waiting", "同样的清除已有一项在等确认");
    if let Some(refused) = why.refused() {
        return Ok(refused);
    }
    let basis = basis.map_or("", Basis::id);
    let entry = desk.record(Happened { act: "purge.ask", subject: "purge", number: None, says: format!("提请清除：{}，{} 行", title(scope), found.len()) })?;
    let columns = ["uid", "rule", "person", "until", "basis", "reason", "rows", "print", "asker", "asker_person", "at", "entry"];
    let values = [
        crate::account::secret()[..16].into(),
        rule.into(),
        person.into(),
        desk.today.to_string().into(),
        basis.into(),
        reason.trim().into(),
        i64::try_from(found.len()).unwrap_or(i64::MAX).into(),
        row::print(&found).into(),
        me.account.number().into(),
        me.person.map(|p| p.number()).into(),
        desk.moment.to_string().into(),
        entry.into(),
    ];
    Ok(Outcome::Done(Id::new(desk.insert("purges", &columns, &values)?)))
}

/// 确认: by another person. With consent it is done in this transaction; what has changed since it was asked is asked anew.
pub fn decide(desk: &mut Desk, id: Id<Purge>, agreed: bool, reason: &str) -> Result<Outcome<()>> {
    let me = Party::at(desk)?;
    let row = desk.first(
        "select p.rule, p.person, p.until, p.print, p.asker, p.asker_person, p.uid, p.basis,
                (select 1 from purge_decisions d where d.purge = p.id)
           from purges p where p.id = $1",
        &[id.number().into()],
    )?;
    let row = row.ok_or_else(|| Error::NotFound("这项清除".into()))?;
    if row.opt_int(8).is_some() {
        return Err(Error::Changed("这项清除".into()));
    }
    let asker = Party { account: Id::new(row.int(4)), person: row.opt_int(5).map(Id::new) };
    let scope = scope_of(row.text(0), row.opt_int(1));
    let until: Day = row.text(2).parse().map_err(|_| Error::Wrong("清除的日期读不懂".into()))?;
    let mut why = refusals();
    why.when(me.is(asker), "purge-two-persons", "提请的人不能确认：清除要由另一个人同意");
    why.when(scope == me.person.map_or(Scope::Rule(String::new()), Scope::Person), "purge-not-oneself", "不能确认清除本人的记录");
    why.when(!agreed && reason.trim().is_empty(), "purge-reason", "不同意请写明理由");
    let mut found = Vec::new();
    if agreed {
        found = look(desk, &scope, until, &mut why)?;
        why.when(row::print(&found) != row.text(3), "purge-changed", "提请以后内容有了变化（有新的登记，或设了保留），请重新提请");
    }
    if let Some(refused) = why.refused() {
        return Ok(refused);
    }
    let entry = if agreed {
        let lost = match &scope {
            Scope::Person(person) => entries::about(desk, *person, &found)?,
            Scope::Rule(_) => vec![],
        };
        found.extend(lost);
        let certificate = carry::Certificate { uid: row.text(6), title: title(&scope), basis: row.text(7), replayed: false };
        let touched = match &scope {
            Scope::Person(person) => Some(*person),
            Scope::Rule(_) => None,
        };
        carry::out(desk, id.number(), &certificate, &found, touched)?
    } else {
        desk.record(Happened { act: "purge.refuse", subject: "purge", number: Some(id.number()), says: format!("不同意清除：{}", title(&scope)) })?
    };
    desk.insert(
        "purge_decisions",
        &["purge", "agreed", "reason", "decider", "at", "entry"],
        &[id.number().into(), i64::from(agreed).into(), reason.trim().into(), me.account.number().into(), desk.moment.to_string().into(), entry.into()],
    )?;
    Ok(Outcome::Done(()))
}

fn title(scope: &Scope) -> String {
    match scope {
        Scope::Rule(id) => schedule::rule(id).map_or_else(|| id.clone(), |rule| rule.title.clone()),
        Scope::Person(person) => format!("第 {person} 号干部的全部记录"),
    }
}

/// The undecided first, then the newest.
pub fn latest(desk: &Desk, most: i64) -> Result<Vec<Asked>> {
    asked(desk, "", &[most.into()])
}

pub fn find(desk: &Desk, id: Id<Purge>) -> Result<Asked> {
    asked(desk, "where p.id = $2", &[1.into(), id.number().into()])?.pop().ok_or_else(|| Error::NotFound("这项清除".into()))
}

fn asked(desk: &Desk, test: &str, params: &[store::Param]) -> Result<Vec<Asked>> {
    let sql = format!(
        "select p.id, p.rule, p.person, p.until, p.basis, p.reason, p.rows, a.shown, p.at, d.agreed, w.shown, d.at, d.reason, d.entry
           from purges p
           join accounts a on a.id = p.asker
           left join purge_decisions d on d.purge = p.id
           left join accounts w on w.id = d.decider
          {test} order by d.id is null desc, p.id desc limit $1"
    );
    let one = |r: &store::Row| Asked {
        id: Id::new(r.int(0)),
        title: title(&scope_of(r.text(1), r.opt_int(2))),
        person: r.opt_int(2),
        until: r.text(3).into(),
        basis: Basis::from_id(r.text(4)).map_or("", Basis::says),
        reason: r.text(5).into(),
        rows: r.int(6),
        asker: r.text(7).into(),
        at: r.text(8).into(),
        agreed: r.opt_int(9).map(|n| n == 1),
        decider: r.opt_string(10),
        decided: r.opt_string(11),
        decision: r.opt_string(12),
        entry: r.opt_int(13),
    };
    Ok(desk.rows(&sql, params)?.iter().map(one).collect())
}

/// What is held.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Held {
    pub id: Id<Hold>,
    pub says: String,
    pub reason: String,
    pub shown: String,
    pub at: String,
}

/// What a hold is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    Person(Id<Person>),
    Case(i64),
    Rule(String),
}

/// 保留: one person is enough to keep; it is lifted by one as well, and both stand in the journal.
pub fn hold(desk: &mut Desk, subject: &Subject, reason: &str) -> Result<Outcome<Id<Hold>>> {
    let me = Party::at(desk)?;
    let mut why = refusals();
    why.when(reason.trim().is_empty(), "hold-reason", "请写明为什么要保留");
    let known = match subject {
        Subject::Rule(id) => schedule::rule(id).is_some(),
        Subject::Person(person) => desk.first("select 1 from persons where id = $1", &[person.number().into()])?.is_some(),
        Subject::Case(case) => desk.first("select 1 from cases where id = $1", &[(*case).into()])?.is_some(),
    };
    why.when(!known, "hold-subject", "没有找到要保留的内容");
    if let Some(refused) = why.refused() {
        return Ok(refused);
    }
    let (kind, number, rule) = match subject {
        Subject::Person(person) => ("person", Some(person.number()), None),
        Subject::Case(case) => ("case", Some(*case), None),
        Subject::Rule(id) => ("rule", None, Some(id.as_str())),
    };
    let entry = desk.record(Happened { act: "hold.set", subject: "purge", number: None, says: format!("设了保留：{}", held_says(kind, number, rule)) })?;
    let values = [kind.into(), number.into(), rule.into(), reason.trim().into(), me.account.number().into(), desk.moment.to_string().into(), entry.into()];
    Ok(Outcome::Done(Id::new(desk.insert("purge_holds", &["subject", "number", "rule", "reason", "account", "at", "entered"], &values)?)))
}

pub fn lift(desk: &mut Desk, id: Id<Hold>) -> Result<()> {
    Party::at(desk)?;
    let row = desk.first("select subject, number, rule from purge_holds where id = $1 and superseded is null", &[id.number().into()])?;
    let row = row.ok_or_else(|| Error::Changed("这项保留".into()))?;
    let says = format!("解除保留：{}", held_says(row.text(0), row.opt_int(1), row.opt_text(2)));
    let entry = desk.record(Happened { act: "hold.lift", subject: "purge", number: None, says })?;
    desk.execute("update purge_holds set superseded = $1 where id = $2 and superseded is null", &[entry.into(), id.number().into()])?;
    Ok(())
}

fn held_says(kind: &str, number: Option<i64>, rule: Option<&str>) -> String {
    match (kind, number) {
        ("person", Some(number)) => format!("第 {number} 号干部"),
        ("case", Some(number)) => format!("第 {number} 件诉求"),
        _ => rule.and_then(schedule::rule).map_or_else(String::new, |rule| rule.title.clone()),
    }
}

pub fn held(desk: &Desk) -> Result<Vec<Held>> {
    let sql = "select h.id, h.subject, h.number, h.rule, h.reason, a.shown, h.at from purge_holds h join accounts a on a.id = h.account where h.superseded is null order by h.id desc limit 200";
    let one = |r: &store::Row| Held {
        id: Id::new(r.int(0)),
        says: held_says(r.text(1), r.opt_int(2), r.opt_text(3)),
        reason: r.text(4).into(),
        shown: r.text(5).into(),
        at: r.text(6).into(),
    };
    Ok(desk.rows(sql, &[])?.iter().map(one).collect())
}

/// Number of the account that asked.
pub fn asked_by(desk: &Desk, id: Id<Purge>) -> Result<i64> {
    Ok(desk.first("select asker from purges where id = $1", &[id.number().into()])?.map_or(0, |row| row.int(0)))
}
