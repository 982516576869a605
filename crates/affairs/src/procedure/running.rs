//! 进行中的程序: opened, listed, withdrawn.

use super::gate::refusal;
use super::line::Lines;
use super::recorded::Recorded;
use super::step;
use crate::{Item, Procedure, Result};
use registry::{Desk, Sees, person};
use vocabulary::{Day, Findings, Id, Outcome};

/// A line of the list of procedures.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Brief {
    pub id: Id<Procedure>,
    pub institution: String,
    pub title: String,
    pub opened: Day,
    pub opened_by: String,
    /// Names of the people in the slate, in its order.
    pub names: Vec<String>,
    /// Title of the present step; empty when it has ended.
    pub present: String,
    pub ended: Option<Ending>,
}

/// How a procedure, or one line of it, came to its end.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Ending {
    /// `撤回`, `未通过`, `办结`
    pub kind: String,
    pub reason: String,
    pub on: Day,
    pub actor: String,
}

/// Procedures, the newest first; ended ones only when asked.
pub fn list(desk: &Desk, ended: bool) -> Result<Vec<Brief>> {
    let mut out = Vec::new();
    for id in numbers(desk, ended)? {
        let recorded = Recorded::find(desk, id)?;
        let present = match recorded.ended {
            Some(_) => None,
            None => Lines::read(desk, &recorded, desk.today)?.present(&recorded, desk),
        };
        out.push(Brief {
            id,
            institution: recorded.institution.id.to_string(),
            title: recorded.title.clone(),
            opened: recorded.opened,
            opened_by: recorded.opened_by.clone(),
            names: names(desk, &recorded)?,
            present: present
                .map(|at| recorded.institution.steps[at].title.to_string())
                .unwrap_or_default(),
            ended: recorded.ended,
        });
    }
    Ok(out)
}

/// Numbers of the procedures this desk may see, newest first.
pub(crate) fn numbers(desk: &Desk, ended: bool) -> Result<Vec<Id<Procedure>>> {
    if desk.actor.sees != Sees::Everything {
        return Ok(vec![]);
    }
    let open = "where not exists (select 1 from procedure_endings e where e.procedure = p.id and e.item is null)";
    let sql = format!(
        "select p.id from procedures p {} order by p.id desc",
        if ended { "" } else { open }
    );
    let near = super::concerning(desk, &desk.actor.recused)?;
    Ok(desk.rows(&sql, &[])?.iter().map(|row| row.int(0)).filter(|id| !near.contains(id)).map(Id::new).collect())
}

/// Names of the people in the slate, each once, in its order.
pub(crate) fn names(desk: &Desk, recorded: &Recorded) -> Result<Vec<String>> {
    let mut names: Vec<String> = Vec::new();
    for line in &recorded.lines {
        let name = person::find(desk, line.person)?.row.name;
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Ok(names)
}

/// 撤回: ends one line (`item`) or the whole procedure. What has taken effect is not undone; nothing is deleted.
pub fn withdraw(desk: &mut Desk, id: Id<Procedure>, item: Option<Id<Item>>, reason: &str) -> Result<Outcome<()>> {
    let recorded = Recorded::find(desk, id)?;
    let mut found = Vec::new();
    let mut refuse =
        |rule: &str, says: String, next: &str| found.push(refusal(rule, says, &recorded.institution.source, next));
    if reason.trim().is_empty() {
        refuse("reason-missing", "撤回须写明原因".into(), "写明撤回原因");
    }
    if let Some(ended) = &recorded.ended {
        refuse(
            "procedure-ended",
            format!("程序已于 {} {}（{}）", ended.on, ended.kind, ended.actor),
            "",
        );
    }
    let line = item.map(|item| recorded.line(item)).transpose()?;
    if let Some(ended) = line.and_then(|l| l.ended.as_ref()) {
        refuse(
            "line-ended",
            format!("这一行已于 {} {}（{}）", ended.on, ended.kind, ended.actor),
            "",
        );
    }
    let took_effect = recorded.effects.iter().any(|e| item.is_none_or(|i| e.item == i));
    if took_effect {
        refuse(
            "took-effect",
            "任职已经生效，不能撤回".into(),
            "需要免职的，另行提出免职方案",
        );
    }
    if !found.is_empty() {
        return Ok(Outcome::Refused(Findings::new(found)));
    }
    let what = match line {
        Some(line) => format!("“{}”中的{}", recorded.title, person::find(desk, line.person)?.row.name),
        None => format!("“{}”", recorded.title),
    };
    let entry = step::record(desk, id, "procedure.withdraw", format!("撤回{what}：{}", reason.trim()))?;
    let today = desk.today;
    end(desk, id, item, "撤回", reason.trim(), today, entry)?;
    let last = item.is_some() && recorded.open_lines().count() == 1;
    if last {
        end(desk, id, None, "撤回", "方案中的人选都已撤回", today, entry)?;
    }
    Ok(Outcome::Done(()))
}

/// Writes the ending row.
pub(crate) fn end(
    desk: &mut Desk,
    id: Id<Procedure>,
    item: Option<Id<Item>>,
    kind: &str,
    reason: &str,
    on: Day,
    entry: i64,
) -> Result<()> {
    let values = [
        id.number().into(),
        item.map(|i| i.number()).into(),
        kind.into(),
        reason.into(),
        on.to_string().into(),
        desk.actor.shown.as_str().into(),
        entry.into(),
    ];
    desk.insert(
        "procedure_endings",
        &["procedure", "item", "kind", "reason", "on_day", "actor", "entered"],
        &values,
    )?;
    Ok(())
}
