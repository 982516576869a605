//! 撤销: a change is taken back by another one. What it entered is held no more; what it gave up is entered again.

use crate::desk::Happened;
use crate::part::held::{self, Held};
use crate::part::{self, Of, Part, Verb, Whose};
use crate::{Desk, Error, Result};
use vocabulary::{Finding, Findings, Outcome, Weight};

/// What a journal entry changed, and whether it can be taken back.
pub struct Entry {
    pub at: String,
    pub actor: String,
    pub says: String,
    /// Why it cannot be taken back; empty when it can.
    pub findings: Vec<Finding>,
}

struct Rows {
    part: &'static Part,
    came: Vec<Held>,
    went: Vec<Held>,
}

/// The entry, when it changed this subject.
pub fn look(desk: &Desk, whose: Whose, entry: i64) -> Result<Entry> {
    whose.name(desk)?;
    let row = desk.first(
        "select at, actor, says, act, subject, number from journal where id = $1 and subject = $2 and number = $3",
        &[entry.into(), whose.of.subject().into(), whose.number.into()],
    )?;
    let row = row.ok_or_else(|| Error::NotFound("这次改动".into()))?;
    let rows = rows(desk, whose, entry)?;
    let findings = against(desk, whose, row.text(3), &rows)?;
    Ok(Entry { at: row.text(0).into(), actor: row.text(1).into(), says: row.text(2).into(), findings })
}

/// Takes the change back. Answers the journal number of the undoing, which can be undone likewise.
pub fn make(desk: &mut Desk, whose: Whose, entry: i64) -> Result<Outcome<i64>> {
    let looked = look(desk, whose, entry)?;
    if !looked.findings.is_empty() {
        return Ok(Outcome::Refused(Findings::new(looked.findings)));
    }
    let rows = rows(desk, whose, entry)?;
    let says = format!("撤销 {}（{}）：{}", looked.at.get(..16).unwrap_or(&looked.at).replace('T', " "), looked.actor, looked.says);
    let number = desk.record(Happened { act: "amendment.undo", subject: whose.of.subject(), number: Some(whose.number), says })?;
    for Rows { part, came, went } in &rows {
        // Who was told of the change is told that it is taken back.
        desk.tell(number, part.noun);
        for row in came {
            held::supersede(desk, part, whose, row.id, number)?;
        }
        for row in went {
            // The row again, in the place of the one that had taken its own.
            let successor = came.iter().find(|c| c.corrects == Some(row.id)).map(|c| c.id);
            held::insert(desk, part, whose, &row.values, number, successor)?;
        }
    }
    held::touch(desk, whose)?;
    Ok(Outcome::Done(number))
}

fn rows(desk: &Desk, whose: Whose, entry: i64) -> Result<Vec<Rows>> {
    let mut out = Vec::new();
    for part in part::all(whose.of).iter().copied() {
        let (came, went) = held::of_entry(desk, part, whose, entry)?;
        if !came.is_empty() || !went.is_empty() {
            out.push(Rows { part, came, went });
        }
    }
    Ok(out)
}

fn against(desk: &Desk, whose: Whose, act: &str, rows: &[Rows]) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    let mut refuse = |rule: &str, says: String, next: &str| found.push(part::finding(Weight::Refuse, rule, says, next));
    let (noun, verb) = act.split_once('.').unwrap_or((act, ""));
    let ours = act == "amendment.undo" || part::all(whose.of).iter().any(|p| p.noun == noun) && Verb::from_id(verb).is_some();
    if !ours || rows.is_empty() {
        refuse("not-an-amendment", "这一笔不是在记录页上改的，不能在这里撤销".into(), "在原来办理的地方更正，或在记录页上更正");
        return Ok(found);
    }
    if let Some(later) = rows.iter().flat_map(|r| &r.came).find(|r| r.superseded.is_some()) {
        let says = format!("之后又改过（日志第 {} 笔）", later.superseded.unwrap_or_default());
        refuse("changed-since", says, "先撤销后面的改动");
    }
    let moves = |r: &&Rows| r.part.of == Of::Organisation && (verb == "end" || r.came.iter().any(|c| r.went.iter().any(|w| c.values.get("path") != w.values.get("path"))));
    if rows.iter().any(|r| moves(&r)) {
        refuse("more-than-itself", "这次改动连带改了岗位或下属机构".into(), "用“更正”或“变更”改回来");
    }
    let founded = rows.iter().any(|r| r.part.single && r.went.is_empty());
    if founded && act != "amendment.undo" && hangs_on(desk, whose)? {
        refuse("has-more-records", "新增之后又登记了别的内容".into(), "先撤回那些内容");
    }
    Ok(found)
}

/// Does anything else hang on a subject whose founding would be undone?
fn hangs_on(desk: &Desk, whose: Whose) -> Result<bool> {
    for part in part::all(whose.of).iter().filter(|p| !p.single) {
        if !held::of(desk, part, whose)?.is_empty() {
            return Ok(true);
        }
    }
    let n = whose.number;
    let sql = match whose.of {
        Of::Person => format!("select count(*) from procedure_items where person = {n}"),
        Of::Organisation => format!(
            "select (select count(*) from post_details where organisation = {n} and superseded is null)
                  + (select count(*) from tenures where organisation = {n} and superseded is null)
                  + (select count(*) from organisation_details where parent = {n} and superseded is null)"
        ),
        Of::Post => format!("select (select count(*) from tenures where post = {n} and superseded is null) + (select count(*) from procedure_items where post = {n})"),
    };
    Ok(desk.one(&sql, &[])?.int(0) > 0)
}
