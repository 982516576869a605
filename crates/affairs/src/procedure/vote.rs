//! 到会、回避与表决.

use crate::{Item, Result};
use registry::{Desk, Person};
use vocabulary::Id;

/// 应到会的成员: one line of the roll.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Member {
    pub person: Option<Id<Person>>,
    pub name: String,
    /// As the minutes print it: `县委副书记`.
    pub post: String,
    pub present: bool,
    /// Why absent.
    pub why: String,
}

/// 回避: this member left while that line was discussed. Counted among those who should attend, not among the present.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Recusal {
    pub item: Id<Item>,
    /// The member's name, as on the roll.
    pub name: String,
    /// `本人`, `配偶` …
    pub reason: String,
}

/// 表决: one line of the slate, counted. Votes add up to the members present for that line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Vote {
    pub item: Id<Item>,
    pub agree: i64,
    pub against: i64,
    pub defer: i64,
}

/// 应到会成员: who holds the leading posts of the deciding body today (the county standing committee), all present.
pub fn deciding_body(_desk: &Desk) -> Result<Vec<Member>> { todo!() }
