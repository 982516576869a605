//! 答复与申诉: decided by somebody who neither entered what is disputed nor decided before; accepted means mended, in
//! the same transaction.

use super::correction::{Correction, Kind, Stage, find};
use super::entry::{self, noun};
use super::{CorrectionId, refusal};
use crate::dated::{self, Noun};
use crate::desk::Happened;
use crate::rows::Details;
use crate::{Desk, Error, Result};
use serde::Serialize;
use vocabulary::{Day, Finding, Findings, Id, Outcome};

/// 答复
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    pub accepted: bool,
    pub reasons: String,
}

/// A decision as it was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decided {
    pub appeal: bool,
    pub accepted: bool,
    pub reasons: String,
    pub decided_on: Day,
    pub shown: String,
    #[serde(skip)]
    pub account: Option<i64>,
    #[serde(skip)]
    pub person: Option<i64>,
}

pub(crate) fn of(desk: &Desk, id: Id<CorrectionId>) -> Result<Vec<Decided>> {
    let sql = "select appeal, accepted, reasons, decided_on, shown, account, person, id from correction_decisions where correction = $1 order by id";
    let read = |row: &store::Row| {
        let corrupt = || Error::Corrupt { table: "correction_decisions", row: row.int(7), column: "decided_on", value: row.text(3).to_owned() };
        Ok(Decided {
            appeal: row.yes(0),
            accepted: row.yes(1),
            reasons: row.text(2).into(),
            decided_on: row.text(3).parse().map_err(|_| corrupt())?,
            shown: row.text(4).into(),
            account: row.opt_int(5),
            person: row.opt_int(6),
        })
    };
    desk.rows(sql, &[id.number().into()])?.iter().map(read).collect()
}

/// Decides what waits. Refused, with every reason, to who entered the disputed content, to who decided before, to the person
/// themselves, and without reasons when it is not accepted.
pub fn decide(desk: &mut Desk, id: Id<CorrectionId>, decision: &Decision) -> Result<Outcome<()>> {
    let correction = find(desk, id)?;
    if !desk.actor.may_write() {
        return Err(Error::Wrong(format!("{}不能答复更正申请", desk.actor.role.says())));
    }
    if !correction.stage.waits() {
        let decided = refusal("already-decided", "这份申请已经答复", "第五十条", "刷新页面查看答复");
        return Ok(Outcome::Refused(Findings::new(vec![decided])));
    }
    let mut found = wrong_decider(desk, &correction)?;
    if !decision.accepted && decision.reasons.trim().is_empty() {
        found.push(refusal("reasons-missing", "不采纳的，应当说明理由", "第五十条", "写明不采纳的理由和依据"));
    }
    if !found.is_empty() {
        return Ok(Outcome::Refused(Findings::new(found)));
    }
    let appeal = correction.stage == Stage::Appealed;
    let says = format!(
        "{}{}的{}（{}）",
        if decision.accepted { "采纳" } else { "不采纳" },
        correction.name,
        if appeal { "申诉" } else { "更正申请" },
        noun(&correction.noun).map_or("", |n| n.title),
    );
    let entry = desk.record(Happened { act: if decision.accepted { "correction.accept" } else { "correction.refuse" }, subject: "person", number: Some(correction.person.number()), says })?;
    if decision.accepted {
        apply(desk, &correction, entry)?;
    }
    desk.insert(
        "correction_decisions",
        &["correction", "appeal", "accepted", "reasons", "decided_on", "account", "person", "shown", "entered"],
        &[
            id.number().into(),
            appeal.into(),
            decision.accepted.into(),
            decision.reasons.trim().into(),
            desk.today.to_string().into(),
            desk.actor.account.map(|a| a.number()).into(),
            desk.actor.person.map(|p| p.number()).into(),
            desk.actor.shown.as_str().into(),
            entry.into(),
        ],
    )?;
    Ok(Outcome::Done(()))
}

fn apply(desk: &mut Desk, correction: &Correction, entry: i64) -> Result<()> {
    let noun = noun(&correction.noun).ok_or_else(|| Error::NotFound("记录的这一部分".into()))?;
    let values = entry::values(noun, &correction.typed).map_err(|wrong| Error::Wrong(wrong.into_iter().map(|(_, says)| says).collect::<Vec<_>>().join("；")))?;
    match (correction.kind, row_of(desk, correction)?) {
        (Kind::Add, _) => entry::add(desk, correction.person, noun, &values, entry),
        (Kind::Mend, Some(number)) => entry::mend(desk, correction.person, noun.table, number, &values, entry),
        (Kind::Remove, Some(number)) => entry::remove(desk, correction.person, noun.table, number, entry),
        (_, None) => Err(Error::Changed("这条记录".into())),
    }
}

/// The row to mend. Basic information is one row that any other change replaces: its present version is meant.
fn row_of(desk: &Desk, correction: &Correction) -> Result<Option<i64>> {
    if correction.noun != "person_details" {
        return Ok(correction.number);
    }
    Ok(entry::held(desk, correction.person, "person_details")?.pop().map(|held| held.number))
}

/// Whoever must not decide this.
fn wrong_decider(desk: &Desk, correction: &Correction) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    let actor = desk.actor;
    if actor.person == Some(correction.person) {
        found.push(refusal("own-record", "不能答复关于自己记录的申请", "第五十条", "请其他同志办理"));
    }
    if correction.account.is_some() && correction.account == actor.account.map(|a| a.number()) && actor.person != Some(correction.person) {
        found.push(refusal("own-request", "这份申请由您代为登记，须由另一人答复", "第五十条", "请其他同志办理"));
    }
    if entered_by(desk, correction)?.as_deref() == Some(actor.shown.as_str()) {
        found.push(refusal("entered-it", "这项内容由您录入或最后修改，须由另一人答复", "第五十条", "请其他同志办理"));
    }
    let mut before = correction.decisions.iter();
    let same = |d: &super::Decided| (d.account.is_some() && d.account == actor.account.map(|a| a.number())) || (d.person.is_some() && d.person == actor.person.map(|p| p.number())) || d.shown == actor.shown;
    if correction.stage == Stage::Appealed && before.any(same) {
        found.push(refusal("decided-before", "申诉须由未办理过原申请的人答复", "第五十条", "请另一位负责同志办理"));
    }
    Ok(found)
}

/// Who entered the disputed content: for basic information, whoever first wrote the value that it has now.
fn entered_by(desk: &Desk, correction: &Correction) -> Result<Option<String>> {
    let entered = match (correction.kind, &correction.field, correction.number) {
        (Kind::Add, ..) => return Ok(None),
        (_, Some(column), _) if correction.noun == "person_details" => first_said(desk, correction, column)?,
        (_, _, Some(number)) => entry::held(desk, correction.person, &correction.noun)?.iter().find(|h| h.number == number).map(|h| h.entered),
        _ => None,
    };
    let Some(entered) = entered else { return Ok(None) };
    Ok(desk.first("select actor from journal where id = $1", &[entered.into()])?.map(|row| row.text(0).to_owned()))
}

/// The entry that brought the value which a column of the basic information has now.
fn first_said(desk: &Desk, correction: &Correction, column: &str) -> Result<Option<i64>> {
    let Some(at) = Details::COLUMNS.iter().position(|c| *c == column) else { return Ok(None) };
    let (mut since, mut value) = (None, None);
    for version in dated::history::<Details>(desk, correction.person)? {
        let now = version.row.params().swap_remove(at);
        if value.as_ref() != Some(&now) {
            value = Some(now);
            since = Some(version.entered);
        }
    }
    Ok(since)
}

/// 申诉: once, against a refusal, by the person themselves.
pub fn appeal(desk: &mut Desk, id: Id<CorrectionId>, reason: &str) -> Result<Outcome<()>> {
    let correction = find(desk, id)?;
    let mut found = Vec::new();
    if desk.actor.person != Some(correction.person) {
        return Err(Error::NotFound("这份更正申请".into()));
    }
    if correction.stage != Stage::Refused {
        found.push(refusal("nothing-to-appeal", "只有未采纳的申请可以申诉，且只能申诉一次", "第五十条", "等待答复，或为有争议的内容附上本人说明"));
    }
    if reason.trim().is_empty() {
        found.push(refusal("no-reason", "请写明申诉理由", "第五十条", "写明为什么不同意答复"));
    }
    if !found.is_empty() {
        return Ok(Outcome::Refused(Findings::new(found)));
    }
    let says = format!("{}对更正申请的答复提出申诉", correction.name);
    let entry = desk.noted(Happened { act: "correction.appeal", subject: "person", number: Some(correction.person.number()), says })?;
    desk.insert(
        "correction_appeals",
        &["correction", "reason", "asked_on", "account", "entered"],
        &[id.number().into(), reason.trim().into(), desk.today.to_string().into(), desk.actor.account.map(|a| a.number()).into(), entry.into()],
    )?;
    Ok(Outcome::Done(()))
}
