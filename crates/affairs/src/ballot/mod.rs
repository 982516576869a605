//! 票箱: a secret vote. Opened with a roll and a paper, cast until the close as often as one likes (the last counts),
//! counted once. What a paper says can be read by nobody before the close, and whose it was by nobody after it.

mod cast;
mod close;
mod find;
mod open;
pub mod published;
mod proof;

pub use cast::{Paper, cast};
pub use close::close;
pub use find::{Found, Item, May, Voter, find, latest, may, mine};
pub use open::{Asked, Opening, Roll, open};
pub use proof::{Fault, check, check_all};
pub use published::{Published, Shown, publish};

use crate::{Error, Result};
use registry::Desk;
use vault::seal::Sealer;
use vocabulary::{Citation, Finding, Findings, Id, Outcome, Weight};

/// 一次投票
pub enum Ballot {}

/// What was counted: answers of each item in each group. Kept sealed; only what [`publish`] lets through is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Totals {
    /// Valid papers.
    pub valid: i64,
    pub groups: Vec<GroupTotals>,
    /// In an order of chance.
    pub comments: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct GroupTotals {
    pub name: String,
    /// By item, by answer.
    pub counts: Vec<Vec<i64>>,
}

/// The ballot's own key, while it is open.
struct Key([u8; 32]);

impl Key {
    fn read(hex: &str) -> Option<Key> {
        vault::from_hex(hex).and_then(|k| k.try_into().ok()).map(Key)
    }
    /// The key of a ballot that is still open.
    fn of(desk: &Desk, id: Id<Ballot>) -> Result<Key> {
        let row = desk.one("select tally_key from ballots where id = $1", &[id.number().into()])?;
        row.opt_text(0).and_then(Key::read).ok_or(Error::Corrupt { table: "ballots", row: id.number(), column: "tally_key" })
    }
    fn sealer(&self, desk: &Desk) -> Sealer {
        Sealer::of_key(desk.keys.profile, &self.0)
    }
    fn keyed(&self, desk: &Desk, text: String) -> String {
        vault::hex(&desk.keys.profile.keyed(&self.0, text.as_bytes()))
    }
    /// Where somebody's paper lies.
    fn place(&self, desk: &Desk, account: i64) -> String {
        self.keyed(desk, format!("place {account}"))
    }
    /// What the journal says of a paper: means nothing to anybody once this key is gone.
    fn tag(&self, desk: &Desk, receipt: &str) -> String {
        self.keyed(desk, format!("paper {receipt}"))
    }
    /// What the journal says of a paper that was replaced.
    fn gone(&self, desk: &Desk, tag: &str) -> String {
        self.keyed(desk, format!("gone {tag}"))
    }
}

fn refused<T>(rule: &str, says: impl Into<String>, citation: &Citation, next: &str) -> Result<Outcome<T>> {
    Ok(Outcome::Refused(Findings::new(vec![Finding {
        rule: rule.into(),
        weight: Weight::Refuse,
        says: says.into(),
        citation: citation.clone(),
        saw: vec![],
        due: None,
        next: Some(next.into()),
        unsure: false,
    }])))
}

