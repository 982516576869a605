//! 撤回: a matter that is taken back with a reason, and the last step of one that was entered wrongly. Nothing is deleted:
//! what was taken back stays legible, with who took it back, when and why.

use super::{FAILED, Matter, State, WITHDRAWN, account, end_with, institution, ledger, may_record, recorder, state};
use crate::campaign;
use crate::duty::refusal;
use crate::{Fields, Result};
use institution::Institution;
use registry::Desk;
use registry::desk::Happened;
use std::collections::HashMap;
use vocabulary::{Citation, Finding, Findings, Id, Outcome};

/// One entry that was taken back.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Withdrawn {
    pub on: String,
    pub actor: String,
    /// What was filled in, without its labels.
    pub said: String,
    /// The sentence of the journal, with the reason.
    pub says: String,
    pub by: String,
    /// Moment
    pub at: String,
}

/// What was taken back of a matter, by step, oldest first.
pub(super) fn of(desk: &Desk, id: Id<Matter>) -> Result<HashMap<String, Vec<Withdrawn>>> {
    let rows = desk.rows(
        "select s.step, s.done_on, s.actor, s.data, j.says, j.actor, j.at from matter_steps s join journal j on j.id = s.superseded where s.matter = $1 order by s.id",
        &[id.number().into()],
    )?;
    let mut out: HashMap<String, Vec<Withdrawn>> = HashMap::new();
    for row in &rows {
        let fields: Fields = serde_json::from_str(row.text(3)).unwrap_or_default();
        let said: Vec<String> = fields.into_values().collect();
        let one = Withdrawn { on: row.text(1).into(), actor: row.text(2).into(), said: said.join("，"), says: row.text(4).into(), by: row.text(5).into(), at: row.text(6).into() };
        out.entry(row.text(0).to_owned()).or_default().push(one);
    }
    Ok(out)
}

fn unexplained(why: &str, source: &Citation) -> Option<Finding> {
    why.trim().is_empty().then(|| refusal("why", "没有写明撤回的原因".into(), source, "写明原因后再撤回"))
}

/// 撤回 an open matter. Money that came in or went out stays where it is: such a matter is carried to its end.
pub fn withdraw(desk: &mut Desk, id: Id<Matter>, why: &str) -> Result<Outcome<()>> {
    let state = state(desk, id)?;
    let of = institution(desk, &state.brief.institution)?;
    let mut found: Vec<Finding> = unexplained(why, &of.source).into_iter().collect();
    if let Some((result, on)) = &state.brief.ended {
        found.push(refusal("ended", format!("这件事项已于 {on} {result}"), &of.source, "无须撤回"));
    }
    let done = |id: &str| state.steps.iter().any(|s| s.id == id && s.done_on.is_some());
    if let Some(step) = of.matter.iter().find(|s| done(&s.id) && !may_record(desk, s, &state.brief.path)) {
        found.push(refusal("of-the-office", format!("“{}”已经由{}登记", step.title, step.who), &step.source, format!("请{}撤回", recorder(step))));
    }
    if state.steps.iter().filter(|s| s.done_on.is_some()).any(|s| moves_money(desk, of, &s.id)) {
        found.push(refusal("on-account", "这件事项的钱已经入账".into(), &of.source, "金额填错的撤回那一步重填；其余继续办到底"));
    }
    if !found.is_empty() {
        return Ok(Outcome::Refused(Findings::new(found)));
    }
    let today = desk.today;
    end_with(desk, id, WITHDRAWN, today, Some(why.trim()))?;
    Ok(Outcome::Done(()))
}

/// Takes back the last step that was done, so that it is done again; with it the end that it brought.
pub fn undo(desk: &mut Desk, id: Id<Matter>, step: &str, why: &str) -> Result<Outcome<()>> {
    let state = state(desk, id)?;
    let of = institution(desk, &state.brief.institution)?;
    let mut found: Vec<Finding> = unexplained(why, &of.source).into_iter().collect();
    let Some(last) = state.last().filter(|s| s.id == step) else {
        let next = state.last().map_or_else(|| "这件事项还没有办过".into(), |s| format!("先撤回“{}”", s.title));
        found.push(refusal("not-last", "只能撤回最后办的一步".into(), &of.source, next));
        return Ok(Outcome::Refused(Findings::new(found)));
    };
    found.extend(of.campaign.as_ref().and_then(|c| campaign::kept(c, step)));
    if let Some(data) = of.matter.iter().find(|s| *s.id == *step && !may_record(desk, s, &state.brief.path)) {
        found.push(refusal("of-the-office", format!("“{}”由{}登记", data.title, data.who), &data.source, format!("请{}撤回", recorder(data))));
    }
    if state.brief.ended.as_ref().is_some_and(|(result, _)| result == WITHDRAWN) {
        found.push(refusal("ended", "这件事项已经撤回".into(), &of.source, "要再办的，重新提出"));
    }
    if let Some(row) = desk.first("select title, year from matters where follows = $1", &[id.number().into()])? {
        found.push(refusal("followed", format!("{}年的“{}”接着这件事项办", row.int(1), row.text(0)), &of.source, "在那件事项里办理"));
    }
    found.extend(overdrawn(desk, of, &state, step)?);
    if !found.is_empty() {
        return Ok(Outcome::Refused(Findings::new(found)));
    }
    let says = format!("撤回{}的“{}”：{}", state.brief.title, last.title, why.trim());
    let entry = desk.record(Happened { act: "matter.undo", subject: "matter", number: Some(id.number()), says })?;
    let done = desk.execute("update matter_steps set superseded = $1 where matter = $2 and step = $3 and superseded is null", &[entry.into(), id.number().into(), step.into()])?;
    if done == 0 {
        return Err(registry::Error::Changed("这一步".into()).into());
    }
    if state.brief.ended.as_ref().is_some_and(|(result, _)| result == FAILED || result == "办结") {
        desk.execute("update matter_endings set superseded = $1 where matter = $2 and superseded is null", &[entry.into(), id.number().into()])?;
    }
    Ok(Outcome::Done(()))
}

/// Does this step bring money to an account, or spend it?
fn moves_money(desk: &Desk, of: &Institution, step: &str) -> bool {
    let spends = of.account.as_ref().is_some_and(|a| *a.spending.step == *step);
    spends || brings(desk, of, step).next().is_some()
}

/// The accounts that a step brings money to: the institution with the account, and the field with the sum.
fn brings<'d>(desk: &'d Desk, of: &'d Institution, step: &'d str) -> impl Iterator<Item = (&'d Institution, &'d str)> {
    desk.book.institutions.iter().filter_map(move |i| {
        let (from, place) = &i.account.as_ref()?.income;
        let (at, field) = place.split_once('.')?;
        (**from == *of.id && at == step).then_some((i, field))
    })
}

/// Taking back what came in leaves enough for what went out.
fn overdrawn(desk: &Desk, of: &Institution, state: &State, step: &str) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    for (into, field) in brings(desk, of, step) {
        let left = account::account(desk, &into.id)?.balance - ledger::number_of(desk, state.brief.id, step, field)?;
        if left < 0 {
            found.push(refusal("spent", format!("这笔钱已经支出，撤回后账上缺 {}", -left), &of.source, "先登记别的收入，再撤回这一笔"));
        }
    }
    Ok(found)
}
