//! 生效: what a completed step changes in the registry, in the same transaction.

use crate::{Item, Procedure, Result};
use registry::Desk;
use vocabulary::{Day, Id};

/// A tenure that the procedure began, ended or confirmed.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Effected {
    pub item: Id<Item>,
    pub step: String,
    /// `任职`, `免职`, `转正`, `不胜任免职`
    pub kind: String,
    pub tenure: i64,
    pub on: Day,
}

/// What the procedure has changed in the registry so far.
pub fn effects(_desk: &Desk, _id: Id<Procedure>) -> Result<Vec<Effected>> { todo!() }
