//! 撤回: what was handed in wrongly is taken back with a reason; then it is owed again. The wrong entry stays legible.

use super::{mark, refusal, unit};
use crate::{Error, Fields, Result};
use institution::Duty;
use registry::Desk;
use registry::desk::Happened;
use vocabulary::{Findings, Outcome};

/// One that was taken back.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Withdrawn {
    pub on: String,
    pub actor: String,
    /// Label and text, in the institution's order.
    pub fields: Vec<(String, String)>,
    /// The sentence of the journal, with the reason.
    pub says: String,
    pub by: String,
    /// Moment
    pub at: String,
}

/// Takes back what this unit handed in of this occurrence. An excuse that was granted is no such thing.
pub fn withdraw(desk: &mut Desk, key: &str, number: i64, occurrence: &str, why: &str) -> Result<Outcome<()>> {
    let duty = super::find(desk, key)?;
    let who = unit::unit(desk, duty.of, number)?;
    if !super::may_do(desk, duty, number)? {
        return Err(Error::NotFound("这项任务".into()));
    }
    let mut found = Vec::new();
    let held = super::held(desk, duty, number, occurrence)?.filter(|h| h.kind == "done");
    if why.trim().is_empty() {
        found.push(refusal("why", "没有写明撤回的原因".into(), &duty.source, "写明原因后再撤回"));
    }
    let Some(held) = held else {
        found.push(refusal("not-done", "这一次没有办理记录".into(), &duty.source, "无须撤回"));
        return Ok(Outcome::Refused(Findings::new(found)));
    };
    if !found.is_empty() {
        return Ok(Outcome::Refused(Findings::new(found)));
    }
    let says = format!("撤回{}办理的“{}”（{}）：{}", who.title, duty.title, held.on, why.trim());
    let entry = desk.noted(Happened { act: "duty.withdraw", subject: super::subject_id(duty.of), number: Some(number), says })?;
    if desk.execute("update duty_marks set superseded = $1 where id = $2 and superseded is null", &[entry.into(), held.mark.into()])? == 0 {
        return Err(registry::Error::Changed("这一次任务".into()).into());
    }
    Ok(Outcome::Done(()))
}

/// What was taken back of one occurrence, oldest first.
pub fn withdrawn(desk: &Desk, duty: &Duty, number: i64, occurrence: &str) -> Result<Vec<Withdrawn>> {
    unit::unit(desk, duty.of, number)?;
    let Some(slot) = mark::slot_number(desk, &duty.key, occurrence)? else { return Ok(vec![]) };
    let rows = desk.rows(
        "select m.id, m.on_day, m.actor, m.data, j.says, j.actor, j.at from duty_marks m join journal j on j.id = m.superseded
          where m.slot = $1 and m.unit = $2 order by m.id",
        &[slot.into(), number.into()],
    )?;
    let mut out = Vec::new();
    for row in &rows {
        let data: Fields = serde_json::from_str(row.text(3)).map_err(|_| Error::Corrupt { table: "duty_marks", row: row.int(0), column: "data" })?;
        out.push(Withdrawn {
            on: row.text(1).into(),
            actor: row.text(2).into(),
            fields: duty.fields.iter().filter_map(|f| data.get(&*f.id).map(|t| (f.label.to_string(), t.clone()))).collect(),
            says: row.text(4).into(),
            by: row.text(5).into(),
            at: row.text(6).into(),
        });
    }
    Ok(out)
}
