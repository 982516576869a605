//! 方案: the lines of the slate.

use super::{AnswerKind, Ending};
use crate::{Fields, Item, Result};
use registry::{Desk, Person, Post};
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

/// Tenures that `person` would usually leave for `post`: all current ones.
pub fn suggest_leaves(_desk: &Desk, _person: Id<Person>, _post: Option<Id<Post>>) -> Result<Vec<PostToLeave>> { todo!() }
