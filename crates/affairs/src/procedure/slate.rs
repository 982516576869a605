//! 方案: the lines of the slate.

use super::line::Lines;
use super::recorded::{Line, Recorded};
use super::{AnswerKind, Ending};
use crate::examine::give_origins;
use crate::{Fields, Item, Result};
use registry::dated::{self, Stored};
use registry::rows::Tenure;
use registry::{Desk, Person, Post, person, post, tenure};
use vocabulary::{Day, Findings, Id};

/// One line as it stands.
#[derive(Clone, Debug, serde::Serialize)]
pub struct ItemState {
    pub id: Id<Item>,
    pub order_no: i64,
    pub person: Id<Person>,
    pub name: String,
    /// 现任职务 on the day the procedure was opened, as papers print it.
    pub current_post: String,
    pub post: Option<Id<Post>>,
    /// 拟任职务; empty when only removed.
    pub proposed_post: String,
    pub leaves: Vec<PostToLeave>,
    pub reason: String,
    pub exception: String,
    pub facts: Fields,
    pub ended: Option<Ending>,
    /// Rules about the person and the proposal, as of today; none once the appointment has taken effect.
    pub findings: Findings,
    pub answers: Vec<GivenAnswer>,
}

/// 拟免
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct PostToLeave {
    pub tenure: i64,
    pub title: String,
    pub main: bool,
}

/// A reason, approval or statement on file.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct GivenAnswer {
    pub rule: String,
    pub kind: AnswerKind,
    pub approver: String,
    pub reason: String,
    pub facts: Fields,
    pub on: Day,
    pub actor: String,
}

/// Tenures that `person` would usually leave for `post`: all that last, but not the post itself.
pub fn suggest_leaves(desk: &Desk, person: Id<Person>, post: Option<Id<Post>>) -> Result<Vec<PostToLeave>> {
    let current = tenure::current(desk, person)?;
    let leaves = current
        .iter()
        .filter(|t| t.row.post.is_none() || t.row.post != post.map(|p| p.number()));
    Ok(leaves.map(to_leave).collect())
}

fn to_leave(tenure: &Stored<Tenure>) -> PostToLeave {
    PostToLeave {
        tenure: tenure.id,
        title: tenure.row.title.clone(),
        main: tenure.row.main,
    }
}

/// Every line with its findings as of today.
pub(super) fn states(desk: &Desk, recorded: &Recorded, lines: &Lines) -> Result<Vec<ItemState>> {
    recorded
        .lines
        .iter()
        .map(|line| of_line(desk, recorded, lines, line))
        .collect()
}

fn of_line(desk: &Desk, recorded: &Recorded, lines: &Lines, line: &Line) -> Result<ItemState> {
    let person = person::find(desk, line.person)?;
    let held = dated::of::<Tenure>(desk, line.person)?;
    // Ending a tenure puts a new row in the place of the old one: the line remembers the old number.
    let all = dated::history::<Tenure>(desk, line.person)?;
    let leaves = line
        .leaves
        .iter()
        .filter_map(|id| all.iter().find(|t| t.id == *id))
        .map(to_leave)
        .collect();
    let lasted = |t: &&Stored<Tenure>| {
        t.row.kind == "任职"
            && t.row.from_day.earliest() <= recorded.opened
            && t.row.until_day.is_none_or(|u| u.earliest() > recorded.opened)
            && !recorded.effects.iter().any(|e| e.kind == "任职" && e.tenure == t.id)
    };
    let current: Vec<&str> = held.iter().filter(lasted).map(|t| t.row.title.as_str()).collect();
    let begun = recorded.effects.iter().any(|e| e.item == line.id && e.kind == "任职");
    let mut findings = Findings::default();
    if let (Some((known, _)), true, false) = (lines.get(line.id), line.post.is_some(), begun) {
        findings = recorded
            .institution
            .examine(desk.dictionary(), &known.facts, desk.today);
        give_origins(desk, line.person, known, &mut findings)?;
    }
    Ok(ItemState {
        id: line.id,
        order_no: line.order_no,
        person: line.person,
        name: person.row.name,
        current_post: current.join("、"),
        post: line.post,
        proposed_post: line
            .post
            .map(|p| post::find(desk, p))
            .transpose()?
            .map(|s| s.title)
            .unwrap_or_default(),
        leaves,
        reason: line.reason.clone(),
        exception: line.exception.clone(),
        facts: line.facts.clone(),
        ended: line.ended.clone(),
        findings,
        answers: line.answers.clone(),
    })
}
