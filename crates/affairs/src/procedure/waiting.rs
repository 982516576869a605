//! 待办: what waits for whoever sits at the desk.

use crate::{Procedure, Result};
use registry::Desk;
use vocabulary::{Day, Id};

/// One line of 待办.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Waiting {
    pub kind: WaitingKind,
    pub procedure: Id<Procedure>,
    pub title: String,
    pub names: Vec<String>,
    /// Id and title of the present step.
    pub step: String,
    pub step_title: String,
    /// How many things are missing, and the first of them in a sentence.
    pub missing: usize,
    pub first: String,
    pub due: Option<Day>,
    pub overdue: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitingKind {
    /// A step can be worked on.
    Step,
    /// A probation runs, or has ended without its assessment.
    Probation,
}

/// 待办, what is due first on top.
pub fn waiting(_desk: &Desk) -> Result<Vec<Waiting>> { todo!() }
