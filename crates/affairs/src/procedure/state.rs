//! 现状: where a running procedure stands, for a page.

use super::{Ending, ItemState, Member, Missing, NoticePeriod, Recusal, Vote};
use crate::{Fields, Item, Procedure, Result};
use institution::Kind;
use registry::Desk;
use vocabulary::{Citation, Day, Findings, Id};

/// One procedure with its track.
#[derive(Clone, Debug, serde::Serialize)]
pub struct State {
    pub id: Id<Procedure>,
    pub institution: String,
    pub institution_title: String,
    pub version: String,
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

/// Everything that the present step's missing list and every field hold, keyed by field id.
pub(super) fn noted(fields: &Fields, id: &str) -> Option<String> {
    fields.get(id).filter(|t| !t.trim().is_empty()).cloned()
}

/// Where the procedure stands.
pub fn state(_desk: &Desk, _id: Id<Procedure>) -> Result<State> { todo!() }
