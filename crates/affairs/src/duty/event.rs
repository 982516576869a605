//! 事项发生: something that starts a duty so many days after it, for one unit or for all that owe it.

use crate::{Error, Result};
use institution::duty::Slot;
use institution::{Duty, Length};
use registry::desk::Happened;
use registry::Desk;
use vocabulary::Day;

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Event {
    pub id: i64,
    pub kind: String,
    pub unit: Option<i64>,
    pub on: String,
    pub title: String,
}

/// 登记: it happened. `kind` must be one that some institution waits for.
pub fn add_event(desk: &mut Desk, kind: &str, unit: Option<i64>, on: Day, title: &str) -> Result<i64> {
    let waited = desk.book.duties().any(|d| matches!(&d.cadence, institution::duty::Cadence::Event { kind: k, .. } if &**k == kind));
    if !waited {
        return Err(Error::Wrong(format!("没有制度等待“{kind}”这种事项")));
    }
    if unit.is_none() && !desk.actor.whole() {
        return Err(Error::Wrong("各单位都要办的事项由组织部登记；请写明是哪个单位的".into()));
    }
    if on > desk.today {
        return Err(Error::Wrong(format!("日期 {on} 还没有到，发生以后再登记")));
    }
    let says = format!("{kind}：{title}（{on}）");
    let entry = desk.record(Happened { act: "duty.event", subject: "duty_event", number: unit, says })?;
    Ok(desk.insert("duty_events", &["kind", "unit", "on_day", "title", "entered"], &[kind.into(), unit.into(), on.to_string().into(), title.trim().into(), entry.into()])?)
}

/// The kinds of events that some duty in force waits for, each once, with the subject that owes it.
pub fn kinds(desk: &Desk) -> Vec<(String, institution::Subject)> {
    let mut out: Vec<(String, institution::Subject)> = Vec::new();
    for duty in super::in_force(desk, desk.today) {
        if let institution::duty::Cadence::Event { kind, .. } = &duty.cadence
            && !out.iter().any(|(k, _)| **k == **kind)
        {
            out.push((kind.to_string(), duty.of));
        }
    }
    out
}

/// Events of a kind between two days.
pub fn events(desk: &Desk, kind: &str, from: Day, to: Day) -> Result<Vec<Event>> {
    let known = desk.question_of_rows().known_filter("e");
    let sql = format!("select e.id, e.kind, e.unit, e.on_day, e.title from duty_events e where e.kind = $1 and e.on_day between $2 and $3 and {known} order by e.on_day, e.id");
    let rows = desk.rows(&sql, &[kind.into(), from.to_string().into(), to.to_string().into()])?;
    Ok(rows.iter().map(|r| Event { id: r.int(0), kind: r.text(1).into(), unit: r.opt_int(2), on: r.text(3).into(), title: r.text(4).into() }).collect())
}

/// The occurrences that events began, due in `[from, to]`, with the unit that each was about.
pub(super) fn slots(desk: &Desk, kind: &str, within: Length, duty: &Duty, from: Day, to: Day) -> Result<Vec<(Slot, Option<i64>)>> {
    let mut out = Vec::new();
    for event in events(desk, kind, from.plus_days(-800), to)? {
        let Ok(on) = event.on.parse::<Day>() else { continue };
        let (due, unsure) = match within.after(on, &desk.book.calendar) {
            Ok(due) => (due, None),
            Err(missing) => (on.plus_days(30), Some(missing.0)),
        };
        if due >= from && due <= to {
            out.push((Slot { due, key: format!("e{}", event.id), opens: on, closes: due.plus_days(duty.make_up.unwrap_or(0)), unsure }, event.unit));
        }
    }
    Ok(out)
}
