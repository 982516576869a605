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
pub use find::{Found, Item, Voter, find, kind, latest, mine};
pub use open::{Opening, open};
pub use proof::check;
pub use published::{Published, Shown, publish};

use crate::Result;
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
    fn sealer(&self, desk: &Desk) -> Sealer {
        Sealer::of_key(desk.keys.profile, &self.0)
    }
    /// Where somebody's paper lies.
    fn place(&self, desk: &Desk, account: i64) -> String {
        vault::hex(&desk.keys.profile.keyed(&self.0, format!("place {account}").as_bytes()))
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

/// Number of rows with a paper, of the roll who voted, and of first casts in the journal: three that must be one.
fn counts(desk: &Desk, id: Id<Ballot>) -> Result<[i64; 3]> {
    let one = |sql: &str| Ok::<_, registry::Error>(desk.one(sql, &[id.number().into()])?.int(0));
    Ok([
        one("select count(*) from ballot_papers where ballot = $1 and sealed <> ''")?,
        one("select count(*) from ballot_roll where ballot = $1 and voted is not null")?,
        one("select count(*) from journal where act = 'ballot.cast' and subject = 'ballot' and number = $1")?,
    ])
}
