//! 步骤: noted while it goes on, completed once, recorded late where it was late.

use super::{Member, NewPaper, Recusal, Vote};
use crate::{Fields, Item, Procedure, Result};
use registry::Desk;
use vocabulary::{Day, Id, Outcome};

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
pub fn note(_desk: &mut Desk, _id: Id<Procedure>, _step: &str, _entry: &Completion) -> Result<Outcome<()>> { todo!() }
/// 完成: keeps it, checks the gate, and closes the step. Refused with everything that is missing; nothing is written then.
pub fn complete(_desk: &mut Desk, _id: Id<Procedure>, _step: &str, _completion: &Completion) -> Result<Outcome<()>> { todo!() }
