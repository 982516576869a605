//! 现状: where a running procedure stands, for a page.

use super::line::{Lines, is_asked, posts_notice, takes_roll, takes_votes};
use super::recorded::{Entered, Recorded};
use super::{Ending, ItemState, Member, Missing, NoticePeriod, Recusal, Vote, gate, notice, slate, vote};
use crate::known::written;
use crate::{Fields, Item, Procedure, Result};
use institution::procedure::{Effect, StepField};
use institution::{FactSet, Institution, Kind, Step};
use registry::Desk;
use vocabulary::{Citation, Day, Findings, Id, Value};

/// One procedure with its track.
#[derive(Clone, Debug, serde::Serialize)]
pub struct State {
    pub id: Id<Procedure>,
    pub institution: String,
    pub institution_title: String,
    pub version: String,
    /// The county has changed the institution since; the procedure goes on as it began.
    pub earlier: bool,
    pub title: String,
    pub opened: Day,
    pub opened_by: String,
    pub ended: Option<Ending>,
    pub items: Vec<ItemState>,
    pub steps: Vec<StepState>,
    /// Id of the present step; None when it has ended.
    pub present: Option<String>,
    /// Highest journal number about this procedure: goes back as `Completion::based_on`.
    pub based_on: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Done,
    Present,
    Waiting,
    /// The step is asked of none of the lines: no probation for elected posts.
    NotAsked,
}

/// One step of the track.
#[derive(Clone, Debug, serde::Serialize)]
pub struct StepState {
    pub id: String,
    pub title: String,
    /// Who does it, in words.
    pub who: String,
    /// What to do, for the reader.
    pub says: String,
    pub source: Citation,
    pub status: Status,
    pub done: Option<Done>,
    /// Day by which it is due, where the institution gives one and its beginning is known.
    pub due: Option<Day>,
    pub overdue: bool,
    pub fields: Vec<FieldState>,
    pub papers: Vec<PaperState>,
    /// Does the step take a roll (应到、实到), does it take votes?
    pub takes_roll: bool,
    pub takes_votes: bool,
    /// As noted; for a present step without a roll yet, the members of the deciding body, all present.
    pub roll: Vec<Member>,
    pub recusals: Vec<Recusal>,
    pub votes: Vec<Vote>,
    /// May it be counted from a secret vote, and from which is it?
    pub takes_ballot: bool,
    pub boxed: Option<super::Boxed>,
    /// 公示期, where the step posts a notice.
    pub notice: Option<NoticePeriod>,
    /// What still stands between the present step and its completion; empty for other steps.
    pub missing: Vec<Missing>,
    /// What completing it changes in the registry: `appoint`, `confirm`.
    pub effect: Option<&'static str>,
}

/// Both times of a step that is done.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Done {
    /// When it was so.
    pub on: Day,
    /// When it was entered.
    pub entered_on: Day,
    pub at: String,
    pub actor: String,
    pub due: Option<Day>,
    /// Done after the day on which it was due.
    pub late: bool,
    /// Entered on a later day than it was done.
    pub entered_late: bool,
}

/// One thing asked at the step.
#[derive(Clone, Debug, serde::Serialize)]
pub struct FieldState {
    pub id: String,
    pub label: String,
    pub kind: Kind,
    pub required: bool,
    pub hint: String,
    /// Fact that it fills, by id.
    pub fact: Option<String>,
    /// Names of the code table, for a pick list.
    pub choices: Vec<String>,
    /// What is noted for the whole slate.
    pub value: Option<String>,
    /// What is noted otherwise for single lines.
    pub of_items: Vec<(Id<Item>, String)>,
    /// What the program can count itself, when nothing is noted: `公示最早届满日`.
    pub suggested: Option<String>,
}

/// One paper asked at the step.
#[derive(Clone, Debug, serde::Serialize)]
pub struct PaperState {
    pub kind: String,
    pub title: String,
    /// `report`, `letter`, `form`, `slate`, `notice`, `record`, `filed`
    pub made_as: String,
    pub says: String,
    /// Numbers of papers on file, newest first, with the line they are for.
    pub on_file: Vec<(i64, Option<Id<Item>>)>,
}

impl State {
    pub fn step(&self, id: &str) -> Option<&StepState> {
        self.steps.iter().find(|s| s.id == id)
    }
    pub fn present_step(&self) -> Option<&StepState> {
        self.present.as_deref().and_then(|id| self.step(id))
    }
    /// Lines that are still in the slate.
    pub fn open_items(&self) -> impl Iterator<Item = &ItemState> {
        self.items.iter().filter(|i| i.ended.is_none())
    }
    /// Findings about person and proposal of all open lines.
    pub fn findings(&self) -> Findings {
        let mut all = Findings::default();
        for item in self.open_items() {
            all.add(item.findings.clone());
        }
        all
    }
}

/// The institution under whose words the procedure runs.
pub fn runs_under<'a>(desk: &Desk<'a, '_>, id: Id<Procedure>) -> Result<&'a Institution> {
    Ok(Recorded::find(desk, id)?.institution)
}

/// Where the procedure stands.
pub fn state(desk: &Desk, id: Id<Procedure>) -> Result<State> {
    let recorded = Recorded::find(desk, id)?;
    let lines = Lines::read(desk, &recorded, desk.today)?;
    let present = lines.present(&recorded, desk);
    let institution = recorded.institution;
    let mut steps = Vec::with_capacity(institution.steps.len());
    for (at, step) in institution.steps.iter().enumerate() {
        steps.push(of_step(desk, &recorded, &lines, at, step, present)?);
    }
    Ok(State {
        id,
        institution: institution.id.to_string(),
        institution_title: institution.title.to_string(),
        version: recorded.version.clone(),
        earlier: desk.book.institution(&institution.id).is_none_or(|now| now.texts != institution.texts),
        title: recorded.title.clone(),
        opened: recorded.opened,
        opened_by: recorded.opened_by.clone(),
        items: slate::states(desk, &recorded, &lines)?,
        steps,
        present: present.map(|at| institution.steps[at].id.to_string()),
        based_on: recorded.head,
        ended: recorded.ended,
    })
}

fn of_step(
    desk: &Desk,
    recorded: &Recorded,
    lines: &Lines,
    at: usize,
    step: &Step,
    present: Option<usize>,
) -> Result<StepState> {
    let entered = &recorded.steps[at];
    let is_present = present == Some(at);
    let status = match (&entered.done, is_present) {
        (Some(_), _) => Status::Done,
        (None, true) => Status::Present,
        (None, false) if recorded.open_lines().next().is_some() && !lines.ask(recorded, step, desk) => Status::NotAsked,
        (None, false) => Status::Waiting,
    };
    let first = lines
        .of
        .iter()
        .find(|(item, _, all)| recorded.line(*item).is_ok_and(|l| is_asked(step, l, all, desk)));
    let due = due(desk, recorded, lines, step);
    let takes_roll = takes_roll(step, desk);
    let roll = if is_present && takes_roll && entered.roll.is_empty() {
        vote::deciding_body(desk)?
    } else {
        entered.roll.clone()
    };
    let recusals = if is_present && entered.roll.is_empty() {
        vote::concerned(desk, recorded, &roll)?
    } else {
        entered.recusals.clone()
    };
    let notice = posts_notice(step, desk).then(|| {
        first.map(|(_, known, _)| notice::period(desk, recorded.institution, &step.id, &known.facts, desk.today))
    });
    Ok(StepState {
        id: step.id.to_string(),
        title: step.title.to_string(),
        who: step.who.to_string(),
        says: step.says.to_string(),
        source: step.source.clone(),
        status,
        done: entered.done.clone(),
        due,
        overdue: entered.done.is_none() && is_present && due.is_some_and(|due| desk.today > due),
        fields: step
            .fields
            .iter()
            .map(|f| of_field(desk, f, entered, first.map(|(.., all)| all)))
            .collect(),
        papers: step
            .papers
            .iter()
            .filter_map(|kind| of_paper(recorded, kind, entered))
            .collect(),
        takes_roll,
        takes_votes: takes_votes(step, desk),
        roll,
        recusals,
        votes: entered.votes.clone(),
        takes_ballot: step.ballot.is_some(),
        boxed: entered.boxed.clone(),
        notice: notice.flatten(),
        missing: if is_present {
            gate::missing(desk, recorded, lines, at, desk.today)?
        } else {
            vec![]
        },
        effect: step.effect.map(|effect| match effect {
            Effect::Appoint => "appoint",
            Effect::Confirm => "confirm",
        }),
    })
}

/// Day by which a step is due: what the institution says; for a probation, the day on which it ends.
pub(crate) fn due(desk: &Desk, recorded: &Recorded, lines: &Lines, step: &Step) -> Option<Day> {
    let dates = |id: usize| {
        lines.of.iter().filter_map(move |(.., all)| match all.get(id) {
            Some(Value::Date(date)) => date.exact(),
            _ => None,
        })
    };
    if let Some(due) = &step.due {
        let days = dates(due.fact).filter_map(|day| due.length.after(day, &desk.book.calendar).ok());
        return days.max();
    }
    if step.effect == Some(Effect::Confirm) && recorded.effects.iter().any(|e| e.kind == "任职") {
        return dates(desk.dictionary().fact("probation.ends")?.index).max();
    }
    None
}

fn of_field(desk: &Desk, field: &StepField, entered: &Entered, all: Option<&FactSet>) -> FieldState {
    let dictionary = desk.dictionary();
    let fact = field.fact.map(|index| &dictionary.facts[index]);
    let table = fact.and_then(|f| dictionary.table_of(f));
    let value = noted(&entered.fields, &field.id);
    let derived = fact.and_then(|f| all?.get(f.index)).map(written);
    FieldState {
        id: field.id.to_string(),
        label: field.label.to_string(),
        kind: field.kind,
        required: field.required,
        hint: field.hint.to_string(),
        fact: fact.map(|f| f.id.to_string()),
        choices: table
            .map(|t| t.values.iter().map(|c| c.name.to_string()).collect())
            .unwrap_or_default(),
        of_items: entered
            .items
            .iter()
            .filter_map(|(item, own)| Some((*item, noted(own, &field.id)?)))
            .collect(),
        suggested: if value.is_none() { derived } else { None },
        value,
    }
}

fn of_paper(recorded: &Recorded, kind: &str, entered: &Entered) -> Option<PaperState> {
    let paper = recorded.institution.paper(kind)?;
    let made_as = serde_json::to_value(paper.made_as).ok()?;
    Some(PaperState {
        kind: kind.to_owned(),
        title: paper.title.to_string(),
        made_as: made_as.as_str()?.to_owned(),
        says: paper.says.to_string(),
        on_file: entered
            .papers
            .iter()
            .filter(|(_, k, _)| k == kind)
            .map(|(id, _, item)| (*id, *item))
            .collect(),
    })
}

fn noted(fields: &Fields, id: &str) -> Option<String> {
    fields.get(id).filter(|t| !t.trim().is_empty()).cloned()
}
