//! 步骤: noted while it goes on, completed once, recorded late where it was late.

use super::gate::{self, refusal};
use super::line::{Lines, takes_votes};
use super::recorded::Recorded;
use super::{Done, Member, NewPaper, Recusal, Vote, effect, entry, running, state};
use crate::{Fields, Item, Procedure, Result};
use institution::procedure::Effect;
use registry::Desk;
use registry::desk::Happened;
use vocabulary::{Citation, Day, Findings, Id, Outcome};

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

/// Why a signed head of the journal leaves the house: a body has decided.
pub(crate) const DECIDED: &str = "集体决定";

/// 登记: keeps what is known of the present step without completing it.
pub fn note(desk: &mut Desk, id: Id<Procedure>, step: &str, noted: &Completion) -> Result<Outcome<()>> {
    let mut recorded = Recorded::find(desk, id)?;
    let at = match present(desk, &recorded, step, noted.based_on)? {
        Outcome::Done(at) => at,
        Outcome::Refused(findings) => return Ok(Outcome::Refused(findings)),
    };
    let wrong = entry::merge(desk, &mut recorded, at, noted);
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
    entry::write(desk, &recorded, at, None, noted, journal)?;
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
    let wrong = entry::merge(desk, &mut recorded, at, completion);
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
    entry::write(desk, &recorded, at, Some(&done), completion, journal)?;
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
    if takes_votes(&institution.steps[at], desk) {
        desk.checkpoint(DECIDED);
    }
    Ok(Outcome::Done(()))
}

/// The step's place, if it is the one to be worked on and nobody was faster.
pub(super) fn present(desk: &Desk, recorded: &Recorded, step: &str, based_on: Option<i64>) -> Result<Outcome<usize>> {
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
