//! 进行中的程序: opened, listed, withdrawn.

use super::Proposal;
use crate::{Item, Procedure, Result};
use registry::Desk;
use vocabulary::{Day, Id, Outcome};

/// A line of the list of procedures.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Brief {
    pub id: Id<Procedure>,
    pub institution: String,
    pub title: String,
    pub opened: Day,
    pub opened_by: String,
    /// Names of the people in the slate, in its order.
    pub names: Vec<String>,
    /// Title of the present step; empty when it has ended.
    pub present: String,
    pub ended: Option<Ending>,
}

/// How a procedure, or one line of it, came to its end.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Ending {
    /// `撤回`, `未通过`, `办结`
    pub kind: String,
    pub reason: String,
    pub on: Day,
    pub actor: String,
}

/// Opens a procedure. Refused with every finding that forbids it; warnings and what cannot be judged are kept for later.
pub fn open(_desk: &mut Desk, _proposal: &Proposal) -> Result<Outcome<Id<Procedure>>> { todo!() }
/// Procedures, the newest first; `ended` ones only when asked.
pub fn list(_desk: &Desk, _ended: bool) -> Result<Vec<Brief>> { todo!() }
/// 撤回: ends one line (`item`) or the whole procedure; nothing is deleted.
pub fn withdraw(_desk: &mut Desk, _id: Id<Procedure>, _item: Option<Id<Item>>, _reason: &str) -> Result<Outcome<()>> { todo!() }
