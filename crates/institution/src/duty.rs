//! 任务: what recurs, who owes it and what shows that it was done. Data of `duties.toml`; owed, done and overdue are
//! questions that others ask with it.

mod cadence;
mod check;
mod example;
pub(crate) mod read;
mod standing;

pub use check::Check;
pub use cadence::{Cadence, FactKey, FactRange, Moved, Per, Slot};
pub use example::DutyExample;
pub use standing::{Mark, Standing};

pub(crate) use read::read_duties;

use crate::condition::Condition;
use crate::dictionary::Subject;
use crate::source::InForce;
use std::sync::Arc;
use vocabulary::Citation;

/// 一项任务: one line of the institution that says what recurs.
#[derive(Clone, Debug)]
pub struct Duty {
    /// Unique in the whole book: `party-life/committee-meeting`.
    pub key: Arc<str>,
    pub id: Arc<str>,
    pub institution: Arc<str>,
    pub title: Arc<str>,
    /// What owes it: every branch, every organisation, every charge …
    pub of: Subject,
    /// … for which this holds on the day when it is due.
    pub owes: Condition,
    /// Who does it, in words: `支部书记`.
    pub who: Arc<str>,
    /// 本人: the member whom it concerns finds it in their own list and reports when away; others register it.
    pub own: bool,
    pub cadence: Cadence,
    /// It may be done this many days before it is due; fixed days only, a period opens with its first day.
    pub opens: i64,
    /// 补办: it may still be made up for this many days after it was due; nothing is made up when empty.
    pub make_up: Option<i64>,
    pub excuse: Option<Excuse>,
    /// 公开: what was done may be seen by everybody in the unit.
    pub published: bool,
    pub roll: Option<Roll>,
    /// 走访: who went and at what hour is asked, and two places in one hour are asked about.
    pub visit: bool,
    /// 佐证: what is filled in.
    pub fields: Vec<DutyField>,
    /// 带回的问题: what is written there becomes a case at the place that was visited.
    pub problem: Option<Problem>,
    /// 函: the paper that tells whoever owes it, by its id in `papers.toml`.
    pub letter: Option<Arc<str>>,
    /// 核对: numbers that must fit each other.
    pub checks: Vec<Check>,
    /// How long filling in takes, minutes: what the office's own demand costs the base.
    pub minutes: i64,
    pub in_force: InForce,
    pub says: Arc<str>,
    pub source: Citation,
}

/// Which field brings a case, and into which system.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Problem {
    pub field: Arc<str>,
    /// Institution with a `case.toml`.
    pub system: Arc<str>,
    /// One of its 来源方式.
    pub way: Arc<str>,
}

/// 免办: reasons that may be given, and who approves.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Excuse {
    pub reasons: Vec<Arc<str>>,
    /// In words.
    pub approver: Arc<str>,
    pub by: Approver,
}

/// 由谁批准: which desk the application comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Approver {
    /// The organisation department alone.
    Office,
    /// It, or the leader of the unit above.
    #[default]
    Above,
    /// They, or the secretary of the branch.
    Branch,
}

/// 到会: whom the roll names.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Roll {
    pub of: RollOf,
    /// At least this part must be there: `1/2`.
    pub quorum: Option<(i64, i64)>,
    /// More than the part, not just the part.
    pub more: bool,
    /// 缺席补课: absentees make it up.
    pub absentees_make_up: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RollOf {
    /// The members of the branch on that day.
    Members,
    /// Its committee.
    Committee,
    /// The leading team of the organisation.
    Team,
}

/// One thing that is filled in.
#[derive(Clone, Debug, serde::Serialize)]
pub struct DutyField {
    pub id: Arc<str>,
    pub label: Arc<str>,
    pub kind: FieldKind,
    pub required: bool,
    pub hint: Arc<str>,
    /// For a choice.
    pub options: Vec<Arc<str>>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    Text,
    /// 记录: several lines.
    Lines,
    Number,
    Date,
    YesNo,
    Choice,
    /// 照片或扫描件.
    Photo,
}

impl Duty {
    pub fn field(&self, id: &str) -> Option<&DutyField> {
        self.fields.iter().find(|f| &*f.id == id)
    }
}
