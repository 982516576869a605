//! 待办: what waits for whoever sits at the desk.

use super::line::{Lines, posts_notice};
use super::recorded::Recorded;
use super::{gate, notice, running, state};
use crate::{Procedure, Result};
use institution::Step;
use institution::procedure::Effect;
use registry::Desk;
use vocabulary::{Day, Id};

/// One line of 待办.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Waiting {
    pub kind: WaitingKind,
    pub procedure: Id<Procedure>,
    pub title: String,
    pub names: Vec<String>,
    /// Id and title of the present step.
    pub step: String,
    pub step_title: String,
    /// How many things are missing, and the first of them in a sentence.
    pub missing: usize,
    pub first: String,
    pub due: Option<Day>,
    pub overdue: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitingKind {
    /// A step can be worked on.
    Step,
    /// A probation runs, or has ended without its assessment.
    Probation,
}

/// 待办, what is due first on top.
pub fn waiting(desk: &Desk) -> Result<Vec<Waiting>> {
    let mut all = Vec::new();
    for id in running::numbers(desk, false)? {
        let recorded = Recorded::find(desk, id)?;
        let lines = Lines::read(desk, &recorded, desk.today)?;
        let Some(at) = lines.present(&recorded, desk) else {
            continue;
        };
        let step = &recorded.institution.steps[at];
        let missing = gate::missing(desk, &recorded, &lines, at, desk.today)?;
        let limit = state::due(desk, &recorded, &lines, step);
        let due = limit.or_else(|| notice_ends(desk, &lines, step));
        let kind = if step.effect == Some(Effect::Confirm) {
            WaitingKind::Probation
        } else {
            WaitingKind::Step
        };
        let first = match (kind, due) {
            (WaitingKind::Probation, Some(due)) if due > desk.today => format!("试用期至 {due}，期满前安排考核"),
            (WaitingKind::Probation, Some(due)) => format!("试用期已于 {due} 届满，待考核"),
            _ => missing.first().map(|m| m.finding.says.clone()).unwrap_or_default(),
        };
        all.push(Waiting {
            kind,
            procedure: id,
            title: recorded.title.clone(),
            names: running::names(desk, &recorded)?,
            step: step.id.to_string(),
            step_title: step.title.to_string(),
            missing: missing.len(),
            first,
            due,
            overdue: limit.is_some_and(|due| desk.today > due),
        });
    }
    all.sort_by_key(|w| (w.due.is_none(), w.due, w.procedure));
    Ok(all)
}

/// The last day of a notice that is posted: the step can be completed on the day after it.
fn notice_ends(desk: &Desk, lines: &Lines, step: &Step) -> Option<Day> {
    if !posts_notice(step, desk) {
        return None;
    }
    lines
        .of
        .iter()
        .filter_map(|(.., all)| notice::date(desk.dictionary(), all, "notice.last_day"))
        .max()
        .map(Day::next)
}
