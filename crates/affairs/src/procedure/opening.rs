//! 动议: a slate is looked at, examined, and becomes a procedure.

use super::gate::refusal;
use super::recorded::text_of;
use super::{Proposal, ProposedItem, step};
use crate::examine::{Proposed, give_origins, known};
use crate::known::{in_force, state};
use crate::{Procedure, Result};
use institution::{FactSet, Institution};
use registry::{Desk, person, post, tenure};
use store::Param;
use vocabulary::{Finding, Findings, Id, Outcome, Weight};

/// Opens a procedure. Refused with every finding that forbids it; warnings and what cannot be judged are kept for later,
/// and asked again before the discussion.
pub fn open(desk: &mut Desk, proposal: &Proposal) -> Result<Outcome<Id<Procedure>>> {
    let institution = in_force(desk, &proposal.institution, desk.today)?;
    let mut found = sound(desk, institution, proposal)?;
    if found.is_empty() {
        found = findings(desk, institution, proposal)?;
    }
    if found.iter().any(|f| f.weight == Weight::Refuse) {
        found.retain(|f| f.weight == Weight::Refuse);
        return Ok(Outcome::Refused(Findings::new(found)));
    }
    let title = title(desk, institution, proposal)?;
    let edition = registry::edition::keep(desk, institution)?;
    let values = [
        (&proposal.institution).into(),
        Param::Text(institution.version.clone()),
        (&title).into(),
        desk.today.to_string().into(),
        desk.actor.shown.as_str().into(),
        0.into(),
        edition.into(),
    ];
    let number = desk.insert(
        "procedures",
        &["institution", "version", "title", "opened", "actor", "entered", "edition"],
        &values,
    )?;
    // The journal names the procedure by its number, so the row comes first and learns its entry afterwards.
    let entry = step::record(
        desk,
        Id::new(number),
        "procedure.open",
        format!("动议“{title}”，{} 人", proposal.items.len()),
    )?;
    desk.execute(
        "update procedures set entered = $1 where id = $2",
        &[entry.into(), number.into()],
    )?;
    for (order, item) in proposal.items.iter().enumerate() {
        insert(desk, number, order as i64 + 1, item, entry)?;
    }
    Ok(Outcome::Done(Id::new(number)))
}

fn insert(desk: &mut Desk, procedure: i64, order: i64, item: &ProposedItem, entry: i64) -> Result<()> {
    let values = [
        procedure.into(),
        order.into(),
        item.person.number().into(),
        item.post.map(|p| p.number()).into(),
        text_of(&item.leaves)?.into(),
        item.reason.trim().into(),
        item.exception.trim().into(),
        text_of(&item.facts)?.into(),
        entry.into(),
    ];
    let columns = [
        "procedure",
        "order_no",
        "person",
        "post",
        "leaves",
        "reason",
        "exception",
        "facts",
        "entered",
    ];
    desk.insert("procedure_items", &columns, &values)?;
    Ok(())
}

/// What is wrong with the slate itself, before any rule is asked.
fn sound(desk: &Desk, institution: &Institution, proposal: &Proposal) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    let mut refuse = |rule: &str, says: String, next: &str| found.push(refusal(rule, says, &institution.source, next));
    if institution.steps.is_empty() {
        refuse(
            "no-steps",
            format!("制度“{}”没有程序", institution.title),
            "选择有程序的制度",
        );
    }
    if proposal.items.is_empty() {
        refuse("empty-slate", "方案中没有人选".into(), "加入拟任免人选");
    }
    for (at, item) in proposal.items.iter().enumerate() {
        let name = person::find(desk, item.person)?.row.name;
        let held = tenure::current(desk, item.person)?;
        if item.post.is_none() && item.leaves.is_empty() {
            refuse(
                "nothing-proposed",
                format!("{name}既没有拟任，也没有拟免"),
                "选择拟任岗位或拟免职务",
            );
        }
        for left in item.leaves.iter().filter(|id| !held.iter().any(|t| t.id == **id)) {
            refuse(
                "leaves-not-held",
                format!("拟免的任职记录 {left} 不是{name}的现任职务"),
                "重新选择拟免职务",
            );
        }
        if let Some(post) = item.post {
            let seat = post::find(desk, post)?;
            let leaves = |t: &registry::dated::Stored<registry::rows::Tenure>| item.leaves.contains(&t.id);
            if held.iter().any(|t| t.row.post == Some(post.number()) && !leaves(t)) {
                refuse(
                    "already-holds-the-post",
                    format!("{name}已任{}", seat.title),
                    "无须再次任职",
                );
            }
            if proposal.items[..at]
                .iter()
                .any(|i| i.person == item.person && i.post == item.post)
            {
                refuse(
                    "proposed-twice",
                    format!("{name}任{}在方案中写了两次", seat.title),
                    "删去一行",
                );
            }
            if let Some(other) = running_for(desk, item)? {
                refuse(
                    "already-proposed",
                    format!("{name}任{}已在“{other}”中", seat.title),
                    "在原程序中继续办理，或先撤回",
                );
            }
        }
        let mut facts = FactSet::new(desk.dictionary());
        for why in state(desk.dictionary(), &mut facts, &item.facts) {
            refuse("facts-unreadable", format!("{name}：{why}"), "改正后再提出");
        }
    }
    Ok(found)
}

/// Does this person stand in a procedure that is under way?
pub fn stands_in(desk: &Desk, person: vocabulary::Id<registry::Person>) -> Result<bool> {
    let sql = "select 1 from procedure_items i
                where i.person = $1
                  and not exists (select 1 from procedure_endings e where e.item = i.id)
                  and not exists (select 1 from procedure_endings e where e.procedure = i.procedure and e.item is null)
                limit 1";
    Ok(desk.first(sql, &[person.number().into()])?.is_some())
}

/// The procedures in which any of these people stand: what somebody near them must not work on.
pub fn concerning(desk: &Desk, people: &[vocabulary::Id<registry::Person>]) -> Result<Vec<i64>> {
    if people.is_empty() {
        return Ok(vec![]);
    }
    let list: Vec<String> = people.iter().map(ToString::to_string).collect();
    let rows = desk.rows(&format!("select distinct procedure from procedure_items where person in ({})", list.join(", ")), &[])?;
    Ok(rows.iter().map(|r| r.int(0)).collect())
}

/// Title of another open procedure that proposes the same person for the same post.
fn running_for(desk: &Desk, item: &ProposedItem) -> Result<Option<String>> {
    let sql = "select p.title from procedure_items i join procedures p on p.id = i.procedure
                where i.person = $1 and i.post = $2
                  and not exists (select 1 from procedure_endings e where e.item = i.id)
                  and not exists (select 1 from procedure_endings e where e.procedure = p.id and e.item is null)";
    let params = [item.person.number().into(), item.post.map(|p| p.number()).into()];
    Ok(desk.first(sql, &params)?.map(|row| row.text(0).to_owned()))
}

/// What the rules say of every line, each beginning with the name when there are several.
fn findings(desk: &Desk, institution: &Institution, proposal: &Proposal) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    for item in proposal.items.iter().filter(|i| i.post.is_some()) {
        let mut proposed = Proposed::alone(item.person, item.post, desk.today);
        let holders = post::holders(desk, &item.post.map(|p| vec![p]).unwrap_or_default())?;
        let leaves = |tenure: i64| proposal.items.iter().any(|i| i.leaves.contains(&tenure));
        proposed.leave = holders
            .iter()
            .filter(|h| h.person != item.person && leaves(h.tenure))
            .count() as i64;
        proposed.come = proposal
            .items
            .iter()
            .filter(|i| i.post == item.post && i.person != item.person)
            .count() as i64;
        let mut known = known(desk, institution, &proposed)?;
        known.lay_over(desk.dictionary(), &item.facts, "动议时说明");
        if !item.exception.trim().is_empty() {
            known.set(desk.dictionary(), "exception.used", true, "动议时说明");
        }
        let mut about = institution.examine(desk.dictionary(), &known.facts, desk.today);
        give_origins(desk, item.person, &known, &mut about)?;
        let name = person::find(desk, item.person)?.row.name;
        let several = proposal.items.len() > 1;
        found.extend(about.into_iter().map(|f| {
            if several {
                Finding {
                    says: format!("{name}：{}", f.says),
                    ..f
                }
            } else {
                f
            }
        }));
    }
    Ok(found)
}

fn title(desk: &Desk, institution: &Institution, proposal: &Proposal) -> Result<String> {
    if !proposal.title.trim().is_empty() {
        return Ok(proposal.title.trim().to_owned());
    }
    let Some(first) = proposal.items.first() else {
        return Ok(institution.title.to_string());
    };
    let name = person::find(desk, first.person)?.row.name;
    let post = first.post.map(|p| post::find(desk, p)).transpose()?;
    let what = post.map_or_else(|| "免职".to_owned(), |seat| format!("拟任{}", seat.title));
    Ok(match proposal.items.len() {
        1 => format!("{name}{what}"),
        more => format!("{name}{what}等 {more} 人"),
    })
}
