//! 步骤: noted while it goes on, completed once, recorded late where it was late.

use super::gate::{self, refusal};
use super::line::Lines;
use super::recorded::{Recorded, text_of};
use super::{Done, Ending, Member, NewPaper, Recusal, Vote, effect, paper, running, state};
use crate::known::{read_plain, read_value};
use crate::{Fields, Item, Procedure, Result};
use institution::procedure::Effect;
use registry::Desk;
use registry::desk::Happened;
use vocabulary::{Citation, Day, Finding, Findings, Id, Outcome};

/// What is entered at a step. [`note`] keeps it; [`complete`] keeps it and closes the step.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Completion {
    /// When it was so.
    pub done_on: Day,
    /// Field id → text, for the whole slate. Laid over what was noted before; an empty text takes a value back.
    pub fields: Fields,
    /// What differs line by line.
    pub items: Vec<ItemFields>,
    pub papers: Vec<NewPaper>,
    /// Empty: the roll noted before stands.
    pub roll: Vec<Member>,
    /// Taken as a whole together with the roll.
    pub recusals: Vec<Recusal>,
    pub votes: Vec<Vote>,
    /// Lines that end with this step: voted down, put off. What was recorded of them stays.
    pub ended: Vec<Ended>,
    /// Journal number of the state that was on the screen; `None` asks for no comparison.
    pub based_on: Option<i64>,
}

/// What one line of the slate says otherwise than the whole.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ItemFields {
    pub item: Id<Item>,
    pub fields: Fields,
}

/// 未通过: a line that goes no further.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Ended {
    pub item: Id<Item>,
    pub reason: String,
}

impl Completion {
    pub fn on(done_on: Day) -> Completion {
        Completion {
            done_on,
            fields: Fields::new(),
            items: vec![],
            papers: vec![],
            roll: vec![],
            recusals: vec![],
            votes: vec![],
            ended: vec![],
            based_on: None,
        }
    }
    pub fn field(mut self, id: &str, text: &str) -> Completion {
        self.fields.insert(id.to_owned(), text.to_owned());
        self
    }
    pub fn paper(mut self, kind: &str, content: &str) -> Completion {
        self.papers.push(NewPaper::text(kind, content));
        self
    }
}

/// 登记: keeps what is known of the present step without completing it.
pub fn note(desk: &mut Desk, id: Id<Procedure>, step: &str, entry: &Completion) -> Result<Outcome<()>> {
    let mut recorded = Recorded::find(desk, id)?;
    let at = match present(desk, &recorded, step, entry.based_on)? {
        Outcome::Done(at) => at,
        Outcome::Refused(findings) => return Ok(Outcome::Refused(findings)),
    };
    let wrong = merge(desk, &mut recorded, at, entry);
    if !wrong.is_empty() {
        return Ok(Outcome::Refused(Findings::new(wrong)));
    }
    let title = &recorded.institution.steps[at].title;
    let journal = record(
        desk,
        id,
        "procedure.note",
        format!("登记“{}”的“{title}”", recorded.title),
    )?;
    write(desk, &recorded, at, None, entry, journal)?;
    Ok(Outcome::Done(()))
}

/// 完成: keeps it, checks the gate, and closes the step. Refused with everything that is missing; nothing is written then.
///
/// What the step changes in the registry happens in the same transaction. The last step closes the procedure.
pub fn complete(desk: &mut Desk, id: Id<Procedure>, step: &str, completion: &Completion) -> Result<Outcome<()>> {
    let mut recorded = Recorded::find(desk, id)?;
    let at = match present(desk, &recorded, step, completion.based_on)? {
        Outcome::Done(at) => at,
        Outcome::Refused(findings) => return Ok(Outcome::Refused(findings)),
    };
    let wrong = merge(desk, &mut recorded, at, completion);
    if !wrong.is_empty() {
        return Ok(Outcome::Refused(Findings::new(wrong)));
    }
    let lines = Lines::read(desk, &recorded, completion.done_on)?;
    let missing = gate::missing(desk, &recorded, &lines, at, completion.done_on)?;
    if !missing.is_empty() {
        return Ok(Outcome::Refused(gate::as_findings(missing)));
    }
    let institution = recorded.institution;
    let due = state::due(desk, &recorded, &lines, &institution.steps[at]);
    let done = Done {
        on: completion.done_on,
        entered_on: desk.today,
        at: desk.moment.to_string(),
        actor: desk.actor.shown.clone(),
        due,
        late: due.is_some_and(|due| completion.done_on > due),
        entered_late: desk.today > completion.done_on,
    };
    let journal = record(desk, id, "procedure.step", sentence(&recorded, at, &done))?;
    write(desk, &recorded, at, Some(&done), completion, journal)?;
    for ended in &completion.ended {
        running::end(
            desk,
            id,
            Some(ended.item),
            "未通过",
            &ended.reason,
            completion.done_on,
            journal,
        )?;
    }
    match institution.steps[at].effect {
        Some(Effect::Appoint) => {
            effect::appoint(desk, &recorded, &lines, step, &paper_number(&recorded.steps[at].fields))?
        }
        Some(Effect::Confirm) => {
            let failed: Vec<Id<Item>> = completion.ended.iter().map(|e| e.item).collect();
            effect::confirm(desk, &recorded, step, &failed, completion.done_on)?;
        }
        None => {}
    }
    close_when_over(desk, id, completion.done_on, journal)?;
    Ok(Outcome::Done(()))
}

/// The step's place, if it is the one to be worked on and nobody was faster.
fn present(desk: &Desk, recorded: &Recorded, step: &str, based_on: Option<i64>) -> Result<Outcome<usize>> {
    let source = &recorded.institution.source;
    let refuse = |rule: &str, says: String, source: &Citation, next: &str| {
        Ok(Outcome::Refused(Findings::new(vec![refusal(rule, says, source, next)])))
    };
    if let Some(ended) = &recorded.ended {
        let says = format!("程序已于 {} {}（{}）", ended.on, ended.kind, ended.actor);
        return refuse("procedure-ended", says, source, "需要时另行动议");
    }
    let Some(at) = recorded.at(step) else {
        let titles: Vec<&str> = recorded.institution.steps.iter().map(|s| &*s.title).collect();
        return refuse(
            "no-such-step",
            format!("程序没有“{step}”这一步"),
            source,
            &format!("各步是：{}", titles.join("、")),
        );
    };
    let here = &recorded.institution.steps[at];
    if let Some(done) = &recorded.steps[at].done {
        let says = format!(
            "“{}”已由{}于 {} 登记完成（{} 办结）",
            here.title,
            done.actor,
            done.at.replace('T', " "),
            done.on
        );
        return refuse("step-already-done", says, &here.source, "刷新页面，核对已登记的内容");
    }
    if let Some(seen) = based_on
        && recorded.head > seen
    {
        let last = registry::journal::about(desk, "procedure", recorded.id.number(), 1)?;
        let by = last
            .first()
            .map(|e| format!("{}于 {} 刚刚{}", e.actor, e.at.replace('T', " "), e.says));
        let says = by.unwrap_or_else(|| "程序刚刚被改过".into());
        return refuse(
            "changed-meanwhile",
            says,
            &here.source,
            "刷新页面，核对后再保存；已填的内容仍在",
        );
    }
    let lines = Lines::read(desk, recorded, desk.today)?;
    match lines.present(recorded, desk) {
        Some(present) if present == at => Ok(Outcome::Done(at)),
        Some(present) => {
            let now = &recorded.institution.steps[present].title;
            let says = format!("现在应办“{now}”，还不能办“{}”；步骤不跳、不增、不换", here.title);
            refuse("steps-in-order", says, &here.source, &format!("先完成“{now}”"))
        }
        None => refuse("steps-in-order", "程序没有待办的步骤".into(), source, ""),
    }
}

/// Lays what is entered over what was noted. Answers what cannot be read.
fn merge(desk: &Desk, recorded: &mut Recorded, at: usize, entry: &Completion) -> Vec<Finding> {
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

fn write(
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

/// `完成“讨论决定”：2026-11-18，于 2026-11-22 补登，逾期（应于 2026-11-20 前）`
fn sentence(recorded: &Recorded, at: usize, done: &Done) -> String {
    let mut says = format!(
        "完成“{}”的“{}”：{}",
        recorded.title, recorded.institution.steps[at].title, done.on
    );
    if done.entered_late {
        says.push_str(&format!("，于 {} 补登", done.entered_on));
    }
    if let (true, Some(due)) = (done.late, done.due) {
        says.push_str(&format!("，逾期（应于 {due} 前）"));
    }
    says
}

/// 文号 of the appointment, where the step has a field for it.
fn paper_number(fields: &Fields) -> String {
    ["appointment.paper", "paper", "number"]
        .iter()
        .find_map(|id| fields.get(*id))
        .cloned()
        .unwrap_or_default()
}

/// Nothing is left to be done, or nobody is left in the slate: the procedure is over.
fn close_when_over(desk: &mut Desk, id: Id<Procedure>, on: Day, journal: i64) -> Result<()> {
    let recorded = Recorded::find(desk, id)?;
    if recorded.open_lines().next().is_none() {
        let confirmed = recorded.effects.iter().any(|e| e.kind == "不胜任免职");
        let (kind, reason) = if confirmed {
            ("办结", "试用期考核不胜任，已免职")
        } else {
            ("未通过", "方案中没有通过的人选")
        };
        return running::end(desk, id, None, kind, reason, on, journal);
    }
    let lines = Lines::read(desk, &recorded, desk.today)?;
    if lines.present(&recorded, desk).is_none() {
        running::end(desk, id, None, "办结", "各步均已完成", on, journal)?;
    }
    Ok(())
}

pub(crate) fn record(desk: &mut Desk, id: Id<Procedure>, act: &str, says: String) -> Result<i64> {
    Ok(desk.record(Happened {
        act,
        subject: "procedure",
        number: Some(id.number()),
        says,
    })?)
}
