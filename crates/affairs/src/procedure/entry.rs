//! 登记的内容: checked, laid over what was noted, written.

use super::gate::refusal;
use super::recorded::{Recorded, text_of};
use super::{Completion, Done, Ending, paper};
use crate::known::{read_plain, read_value};
use crate::{Fields, Item, Result};
use registry::Desk;
use vocabulary::{Finding, Id};

/// Lays what is entered over what was noted. Answers what cannot be read.
pub(crate) fn merge(desk: &Desk, recorded: &mut Recorded, at: usize, entry: &Completion) -> Vec<Finding> {
    let institution = recorded.institution;
    let step = &institution.steps[at];
    let mut wrong = Vec::new();
    let mut refuse = |rule: String, says: String, next: &str| wrong.push(refusal(&rule, says, &step.source, next));
    let every = std::iter::once(&entry.fields).chain(entry.items.iter().map(|i| &i.fields));
    for (id, text) in every.flatten() {
        let rule = format!("{}.{id}", step.id);
        match step.fields.iter().find(|f| &*f.id == id.as_str()) {
            None => refuse(rule, format!("“{}”没有填写项 `{id}`", step.title), "核对填写项"),
            Some(field) => {
                let read = match field.fact {
                    Some(fact) => read_value(desk.dictionary(), &desk.dictionary().facts[fact], text),
                    None => read_plain(field.kind, text).map_err(|why| format!("“{}”{why}", field.label)),
                };
                if let Err(why) = read {
                    refuse(rule, why, "改正后再保存");
                }
            }
        }
    }
    for paper in &entry.papers {
        let rule = format!("{}.{}", step.id, paper.kind);
        if institution.paper(&paper.kind).is_none() {
            refuse(
                rule,
                format!("没有材料种类 `{}`", paper.kind),
                "材料种类写在 papers.toml",
            );
        } else if paper.bytes.is_none() && paper.content.as_deref().is_none_or(|t| t.trim().is_empty()) {
            refuse(rule, "材料没有内容".into(), "上传文件或填写正文");
        }
    }
    let ours = |item: Id<Item>| recorded.lines.iter().any(|l| l.id == item && l.ended.is_none());
    let named = entry
        .items
        .iter()
        .map(|i| i.item)
        .chain(entry.votes.iter().map(|v| v.item));
    let named = named
        .chain(entry.recusals.iter().map(|r| r.item))
        .chain(entry.ended.iter().map(|e| e.item));
    for item in named
        .chain(entry.papers.iter().filter_map(|p| p.item))
        .filter(|item| !ours(*item))
    {
        refuse(
            "no-such-line".into(),
            format!("方案中没有第 {item} 号这一行，或它已终止"),
            "刷新页面",
        );
    }
    if !entry.ended.iter().all(|e| !e.reason.trim().is_empty()) {
        refuse("reason-missing".into(), "终止一行须写明原因".into(), "写明原因");
    }
    wrong.extend(super::boxed::typed_beside(recorded, at, &entry.votes));
    if wrong.is_empty() {
        lay(recorded, at, entry);
    }
    wrong
}

fn lay(recorded: &mut Recorded, at: usize, entry: &Completion) {
    let entered = &mut recorded.steps[at];
    over(&mut entered.fields, &entry.fields);
    for own in &entry.items {
        match entered.items.iter_mut().find(|(item, _)| *item == own.item) {
            Some((_, fields)) => over(fields, &own.fields),
            None => entered.items.push((own.item, own.fields.clone())),
        }
    }
    for paper in &entry.papers {
        entered.papers.push((0, paper.kind.clone(), paper.item));
    }
    if !entry.roll.is_empty() {
        entered.roll = entry.roll.clone();
        entered.recusals = entry.recusals.clone();
    }
    for vote in &entry.votes {
        entered.votes.retain(|v| v.item != vote.item);
        entered.votes.push(*vote);
    }
    for ended in &entry.ended {
        let ending = Ending {
            kind: "未通过".into(),
            reason: ended.reason.clone(),
            on: entry.done_on,
            actor: String::new(),
        };
        if let Some(line) = recorded.lines.iter_mut().find(|l| l.id == ended.item) {
            line.ended = Some(ending);
        }
    }
}

/// An empty text takes a value back.
fn over(fields: &mut Fields, new: &Fields) {
    for (id, text) in new {
        if text.trim().is_empty() {
            fields.remove(id);
        } else {
            fields.insert(id.clone(), text.trim().to_owned());
        }
    }
}

/// Writes what is on file of the step anew; what was noted before is superseded, papers are added.
pub(crate) fn write(
    desk: &mut Desk,
    recorded: &Recorded,
    at: usize,
    done: Option<&Done>,
    entry: &Completion,
    journal: i64,
) -> Result<()> {
    let (id, step) = (recorded.id.number(), &*recorded.institution.steps[at].id);
    let entered = &recorded.steps[at];
    for table in [
        "procedure_steps",
        "procedure_roll",
        "procedure_recusals",
        "procedure_votes",
    ] {
        let sql =
            format!("update {table} set superseded = $1 where procedure = $2 and step = $3 and superseded is null");
        desk.execute(&sql, &[journal.into(), id.into(), step.into()])?;
    }
    let columns = [
        "procedure",
        "step",
        "item",
        "done_on",
        "due",
        "actor",
        "at",
        "data",
        "entered",
    ];
    let (actor, moment) = (desk.actor.shown.clone(), desk.moment.to_string());
    let whole = std::iter::once((None, &entered.fields));
    for (item, fields) in whole.chain(entered.items.iter().map(|(item, fields)| (Some(item.number()), fields))) {
        let done = done.filter(|_| item.is_none());
        let values = [
            id.into(),
            step.into(),
            item.into(),
            done.map(|d| d.on.to_string()).into(),
            done.and_then(|d| d.due).map(|d| d.to_string()).into(),
            actor.as_str().into(),
            moment.as_str().into(),
            text_of(fields)?.into(),
            journal.into(),
        ];
        desk.insert("procedure_steps", &columns, &values).map_err(faster)?;
    }
    for (order, m) in entered.roll.iter().enumerate() {
        let values = [
            id.into(),
            step.into(),
            (order as i64 + 1).into(),
            m.person.map(|p| p.number()).into(),
            (&m.name).into(),
            (&m.post).into(),
            m.present.into(),
            (&m.why).into(),
            journal.into(),
        ];
        let columns = [
            "procedure",
            "step",
            "order_no",
            "person",
            "name",
            "post",
            "present",
            "why",
            "entered",
        ];
        desk.insert("procedure_roll", &columns, &values)?;
    }
    for r in &entered.recusals {
        let values = [
            id.into(),
            step.into(),
            r.item.number().into(),
            (&r.name).into(),
            (&r.reason).into(),
            journal.into(),
        ];
        desk.insert(
            "procedure_recusals",
            &["procedure", "step", "item", "name", "reason", "entered"],
            &values,
        )?;
    }
    for v in &entered.votes {
        let values = [
            id.into(),
            step.into(),
            v.item.number().into(),
            v.agree.into(),
            v.against.into(),
            v.defer.into(),
            journal.into(),
        ];
        let columns = ["procedure", "step", "item", "agree", "against", "defer", "entered"];
        desk.insert("procedure_votes", &columns, &values)?;
    }
    for new in &entry.papers {
        paper::put(desk, recorded, step, new, journal)?;
    }
    Ok(())
}

/// The unique index let another completion of the same step pass first.
fn faster(error: registry::Error) -> registry::Error {
    match error {
        registry::Error::Store(e) if e.is_conflict() => registry::Error::Changed("这一步".into()),
        other => other,
    }
}
