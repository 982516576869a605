//! 关口: everything that stands between a step and its completion, as a list for the page.

use crate::Item;
use vocabulary::{Finding, Id};

/// What is missing, and of which line.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Missing {
    pub kind: MissingKind,
    /// None: of the whole slate.
    pub item: Option<Id<Item>>,
    /// Whose line it is.
    pub name: Option<String>,
    /// Sentence, citation, what was seen, what to do next.
    pub finding: Finding,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MissingKind {
    /// A paper is not on file.
    Paper,
    /// A field is not filled.
    Field,
    /// A rule of the step, or one about the person, refuses or cannot be judged.
    Rule,
    /// A warning has no reason, an approval is not on file.
    Answer,
    /// The step's own condition.
    Gate,
    /// Roll, recusal, votes.
    Meeting,
    /// The day is not there yet, or not in the order of the steps.
    Day,
    /// No seat for whoever is to be appointed.
    Seat,
}
