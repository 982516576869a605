//! 免办: asked with one of the institution's reasons, decided by who approves.

use super::completion::faster;
use super::{mark, owed, refusal, unit};
use crate::{Error, Result};
use institution::duty::{Approver, Excuse, Standing};
use registry::desk::Happened;
use registry::{Desk, Role};
use vocabulary::{Findings, Outcome};

/// An application.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Asked {
    pub id: i64,
    pub duty: String,
    pub title: String,
    pub unit: i64,
    pub unit_title: String,
    pub occurrence: String,
    pub due: String,
    pub reason: String,
    pub note: String,
    pub asked_by: String,
    pub asked_on: String,
    pub approver: String,
    /// This desk may decide it.
    pub here: bool,
    pub decision: Option<String>,
    pub decided_by: Option<String>,
    pub opinion: Option<String>,
}

/// 申请免办.
pub fn ask_excuse(desk: &mut Desk, key: &str, number: i64, occurrence: &str, reason: &str, note: &str) -> Result<Outcome<i64>> {
    let duty = super::find(desk, key)?;
    let who = unit::unit(desk, duty.of, number)?;
    if !super::may_report(desk, duty, number)? {
        return Err(Error::NotFound("这项任务".into()));
    }
    let slot = owed::one(desk, duty, number, occurrence)?;
    let mut found = Vec::new();
    match &duty.excuse {
        None => found.push(refusal("no-excuse", format!("“{}”不设免办", duty.title), &duty.source, "按期办理，逾期的在补办期内补办")),
        Some(excuse) if !excuse.reasons.iter().any(|r| &**r == reason) => {
            let all: Vec<&str> = excuse.reasons.iter().map(|r| &**r).collect();
            found.push(refusal("reason", format!("“{reason}”不是可以免办的情形"), &duty.source, format!("可以免办的情形：{}", all.join("、"))));
        }
        Some(_) => {}
    }
    if matches!(slot.standing, Standing::Done | Standing::Late | Standing::Excused) {
        found.push(refusal("settled", format!("这一次已经是“{}”", slot.says), &duty.source, "无须申请"));
    }
    let waiting = desk.first("select id from duty_excuses where duty = $1 and unit = $2 and occurrence = $3 and decision is null and superseded is null", &[key.into(), number.into(), occurrence.into()])?;
    if waiting.is_some() {
        found.push(refusal("asked-already", "这一次已经申请免办，等待批准".into(), &duty.source, "等待批准"));
    }
    if !found.is_empty() {
        return Ok(Outcome::Refused(Findings::new(found)));
    }
    let says = format!("{}申请免办“{}”（{occurrence}）：{reason}", who.title, duty.title);
    let entry = desk.noted(Happened { act: "duty.ask_excuse", subject: super::subject_id(duty.of), number: Some(number), says })?;
    let (actor, today) = (desk.actor.shown.clone(), desk.today.to_string());
    let columns = ["duty", "occurrence", "unit", "due", "reason", "note", "asked_by", "asked_on", "entered"];
    let values = [key.into(), occurrence.into(), number.into(), slot.slot.due.to_string().into(), reason.into(), note.trim().into(), actor.into(), today.into(), entry.into()];
    Ok(Outcome::Done(desk.insert("duty_excuses", &columns, &values)?))
}

/// 批准 or 不批准. Nobody decides on their own application.
pub fn decide_excuse(desk: &mut Desk, id: i64, agree: bool, opinion: &str) -> Result<Outcome<()>> {
    let row = desk
        .first("select duty, occurrence, unit, due, reason, note, asked_by, asked_on from duty_excuses where id = $1 and decision is null and superseded is null", &[id.into()])?
        .ok_or_else(|| registry::Error::Changed("这份免办申请".into()))?;
    let duty = super::find(desk, row.text(0))?;
    let who = unit::unit(desk, duty.of, row.int(2))?;
    let Some(excuse) = &duty.excuse else { return Err(Error::NotFound("这份免办申请".into())) };
    let mut found = Vec::new();
    if !decides(desk, excuse) {
        found.push(refusal("approver", format!("这份申请由{}批准", excuse.approver), &duty.source, format!("请{}决定", excuse.approver)));
    }
    if row.text(6) == desk.actor.shown {
        found.push(refusal("own-application", "不能批准自己的申请".into(), &duty.source, "由另一人批准"));
    }
    if !agree && opinion.trim().is_empty() {
        found.push(refusal("opinion", "不同意要写明理由".into(), &duty.source, "写明理由"));
    }
    if !found.is_empty() {
        return Ok(Outcome::Refused(Findings::new(found)));
    }
    let decision = if agree { "同意" } else { "不同意" };
    let says = format!("{decision}{}免办“{}”（{}）", who.title, duty.title, row.text(1));
    let entry = desk.record(Happened { act: "duty.decide_excuse", subject: super::subject_id(duty.of), number: Some(row.int(2)), says })?;
    desk.execute("update duty_excuses set superseded = $1 where id = $2", &[entry.into(), id.into()])?;
    let (actor, today, moment) = (desk.actor.shown.clone(), desk.today.to_string(), desk.moment.to_string());
    let columns = ["duty", "occurrence", "unit", "due", "reason", "note", "asked_by", "asked_on", "decision", "decided_by", "decided_on", "opinion", "entered"];
    let mut values: Vec<store::Param> = vec![row.text(0).into(), row.text(1).into(), row.int(2).into()];
    values.extend((3..8).map(|at| row.text(at).into()));
    values.extend([decision.into(), (&actor).into(), (&today).into(), opinion.trim().into(), entry.into()]);
    desk.insert("duty_excuses", &columns, &values)?;
    if agree {
        let slot = mark::number_slot(desk, row.text(0), row.text(1))?;
        let columns = ["slot", "unit", "kind", "on_day", "due", "data", "explained", "actor", "at", "entered"];
        let values = [slot.into(), row.int(2).into(), "excused".into(), today.into(), row.text(3).into(), "{}".into(), row.text(4).into(), actor.into(), moment.into(), entry.into()];
        desk.insert("duty_marks", &columns, &values).map_err(faster)?;
    }
    Ok(Outcome::Done(()))
}

/// Does the institution name whoever sits at this desk?
fn decides(desk: &Desk, excuse: &Excuse) -> bool {
    let role = desk.actor.role;
    desk.actor.may_write()
        || match excuse.by {
            Approver::Office => false,
            Approver::Above => role == Role::Leader,
            Approver::Branch => matches!(role, Role::Leader | Role::BranchSecretary),
        }
}

/// Applications that wait, oldest first.
pub fn waiting_excuses(desk: &Desk) -> Result<Vec<Asked>> {
    list(desk, "decision is null", vec![], "id")
}

/// Those of one unit, newest first.
pub fn excuses_of(desk: &Desk, key: &str, unit: i64) -> Result<Vec<Asked>> {
    list(desk, "duty = $1 and unit = $2", vec![key.into(), unit.into()], "id desc")
}

fn list(desk: &Desk, test: &str, params: Vec<store::Param>, order: &str) -> Result<Vec<Asked>> {
    let sql = format!(
        "select id, duty, unit, occurrence, due, reason, note, asked_by, asked_on, decision, decided_by, opinion
           from duty_excuses where {test} and superseded is null order by {order} limit 100"
    );
    let mut out = Vec::new();
    for row in desk.rows(&sql, &params)? {
        let Some(duty) = desk.book.duty(row.text(1)) else { continue };
        // What the desk may not see is not listed.
        let Some(unit) = unit::units(desk, duty.of, &[row.int(2)])?.pop() else { continue };
        out.push(Asked {
            id: row.int(0),
            duty: duty.key.to_string(),
            title: duty.title.to_string(),
            unit: unit.number,
            unit_title: unit.title,
            occurrence: row.text(3).into(),
            due: row.text(4).into(),
            reason: row.text(5).into(),
            note: row.text(6).into(),
            asked_by: row.text(7).into(),
            asked_on: row.text(8).into(),
            approver: duty.excuse.as_ref().map_or_else(String::new, |e| e.approver.to_string()),
            here: duty.excuse.as_ref().is_some_and(|e| decides(desk, e)),
            decision: row.opt_string(9),
            decided_by: row.opt_string(10),
            opinion: row.opt_string(11),
        });
    }
    Ok(out)
}
