//! 撤销党组织: what it still owes is looked at before it is no more, and ends with a note. Nothing is owed by what is not
//! there; what was held, and what was not by then, stays as it was on every earlier day.

use crate::duty::{self, Owed, refusal};
use crate::{Error, Result};
use institution::Subject;
use institution::duty::Standing;
use registry::branch::{self, Dissolution};
use registry::desk::Happened;
use registry::{Branch, Desk};
use vocabulary::{Citation, Findings, Id, Outcome};

/// What the branch and its groups owe and could still do, soonest first.
pub fn open(desk: &Desk, id: Id<Branch>) -> Result<Vec<Owed>> {
    let mut numbers = vec![id.number()];
    numbers.extend(branch::children(desk, Some(id))?.iter().filter(|p| p.kind == branch::GROUP).map(|p| p.id.number()));
    let units = duty::units(desk, Subject::Branch, &numbers)?;
    let day = desk.day();
    let owed = duty::of_units(desk, Subject::Branch, &units, day.plus_days(-366), day.plus_days(62))?;
    Ok(owed.into_iter().filter(|o| matches!(o.standing, Standing::Open | Standing::Overdue)).collect())
}

/// 撤销: refused while something is open and nothing is said of it. The answer is how many members went.
pub fn dissolve(desk: &mut Desk, id: Id<Branch>, dissolution: &Dissolution) -> Result<Outcome<usize>> {
    let owed = open(desk, id)?;
    if !owed.is_empty() && dissolution.left_open.trim().is_empty() {
        let first: Vec<String> = owed.iter().take(3).map(|o| format!("{}（{}）", o.title, o.slot.due)).collect();
        let says = format!("还有 {} 次任务没有办：{}{}", owed.len(), first.join("、"), if owed.len() > 3 { "……" } else { "" });
        let source = Citation { document: "中国共产党支部工作条例（试行）".into(), article: None, item: None };
        return Ok(Outcome::Refused(Findings::new(vec![refusal("left-open", says, &source, "办完，或在“未办任务的说明”里写明由谁接着办、为什么不再办")])));
    }
    let groups: Vec<i64> = branch::children(desk, Some(id))?.iter().filter(|p| p.kind == branch::GROUP).map(|p| p.id.number()).collect();
    let outcome = branch::dissolve(desk, id, dissolution)?;
    if matches!(outcome, Outcome::Done(_)) {
        for unit in groups.into_iter().chain([id.number()]) {
            end_excuses(desk, unit, dissolution.left_open.trim())?;
        }
    }
    Ok(outcome)
}

/// 免办申请 that nobody has decided end with what was said of the open duties.
fn end_excuses(desk: &mut Desk, unit: i64, note: &str) -> Result<()> {
    let sql = "select id, duty, occurrence, due, reason, note, asked_by, asked_on from duty_excuses where unit = $1 and decision is null and superseded is null order by id";
    for row in desk.rows(sql, &[unit.into()])? {
        let key = row.text(1).to_owned();
        if desk.book.duty(&key).is_none_or(|d| d.of != Subject::Branch) {
            continue;
        }
        let entry = desk.record(Happened { act: "duty.decide_excuse", subject: "branch", number: Some(unit), says: format!("党组织撤销，免办申请终止（{}）", row.text(2)) })?;
        desk.execute("update duty_excuses set superseded = $1 where id = $2", &[entry.into(), row.int(0).into()])?;
        let columns = ["duty", "occurrence", "unit", "due", "reason", "note", "asked_by", "asked_on", "decision", "decided_by", "decided_on", "opinion", "entered"];
        let mut values: Vec<store::Param> = vec![key.into(), row.text(2).into(), unit.into()];
        values.extend((3..8).map(|at| row.text(at).into()));
        values.extend(["终止".into(), desk.actor.shown.as_str().into(), desk.today.to_string().into(), note.into(), entry.into()]);
        desk.insert("duty_excuses", &columns, &values).map_err(Error::from)?;
    }
    Ok(())
}
