//! 资格审查: every rule about one person and one post on one day, with where each value was read.

use crate::{Fields, Result};
use institution::Book;
use institution::rule::JudgedByPeople;
use registry::{Desk, Person, Post};
use vocabulary::{Day, Findings, Id, Value};

/// What the rules say, and from what.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Examination {
    pub institution: String,
    pub title: String,
    pub version: String,
    pub on: Day,
    /// Heaviest first; each `Saw` has its origin.
    pub findings: Findings,
    /// The facts that were read or stated, in the dictionary's order.
    pub facts: Vec<UsedFact>,
    /// What the machine does not judge.
    pub judged_by_people: Vec<JudgedByPeople>,
}

/// One fact that the examination used.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct UsedFact {
    pub id: String,
    pub name: String,
    pub value: Value,
    pub origin: Option<String>,
}

/// Examines `person` for `post` under `selection`, as things were on `on`; `given` is laid over what is on record.
pub fn examine(_desk: &Desk, _person: Id<Person>, _post: Id<Post>, _on: Day, _given: &Fields) -> Result<Examination> { todo!() }
/// Examines facts that somebody states: a JSON object fact id → text, number, yes or no.
pub fn examine_facts(_book: &Book, _institution: &str, _facts: &serde_json::Value, _on: Day) -> Result<Examination> { todo!() }
