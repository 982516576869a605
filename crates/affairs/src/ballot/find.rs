//! What everybody may know of a ballot: its paper, its roll, whether it is closed.

use super::Ballot;
use crate::{Error, Result};
use institution::ballot::BallotKind;
use registry::{Account, Desk, Person};
use vocabulary::Id;

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Found {
    pub id: Id<Ballot>,
    pub institution: String,
    pub kind: String,
    pub title: String,
    pub opened: String,
    pub closed: Option<i64>,
    pub items: Vec<Item>,
    pub roll: Vec<Voter>,
}

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Item {
    pub id: i64,
    pub person: Option<Id<Person>>,
    pub label: String,
}

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Voter {
    pub account: Id<Account>,
    pub shown: String,
    pub group: String,
    pub voted: bool,
}

impl Found {
    pub fn voted(&self) -> usize {
        self.roll.iter().filter(|v| v.voted).count()
    }
    pub fn voter(&self, account: Option<Id<Account>>) -> Option<&Voter> {
        self.roll.iter().find(|v| Some(v.account) == account)
    }
}

pub fn find(desk: &Desk, id: Id<Ballot>) -> Result<Found> {
    let row = desk
        .first("select institution, kind, title, opened, closed from ballots where id = $1", &[id.number().into()])?
        .ok_or_else(|| Error::NotFound("这次投票".into()))?;
    let items = desk.rows("select id, person, label from ballot_items where ballot = $1 order by order_no", &[id.number().into()])?;
    let roll = desk.rows("select account, shown, voters, voted from ballot_roll where ballot = $1 order by voters, shown, account", &[id.number().into()])?;
    Ok(Found {
        id,
        institution: row.text(0).into(),
        kind: row.text(1).into(),
        title: row.text(2).into(),
        opened: row.text(3).into(),
        closed: row.opt_int(4),
        items: items.iter().map(|r| Item { id: r.int(0), person: r.opt_int(1).map(Id::new), label: r.text(2).into() }).collect(),
        roll: roll.iter().map(|r| Voter { account: Id::new(r.int(0)), shown: r.text(1).into(), group: r.text(2).into(), voted: r.opt_text(3).is_some() }).collect(),
    })
}

/// The rule by which it is held.
pub fn kind<'d>(desk: &Desk<'d, '_>, found: &Found) -> Result<&'d BallotKind> {
    let institution = desk.book.institution(&found.institution);
    institution.and_then(|i| i.ballots.iter().find(|b| *b.id == *found.kind)).ok_or_else(|| Error::NotFound(format!("表决规则“{}”", found.kind)))
}

/// All, newest first.
pub fn latest(desk: &Desk, most: i64) -> Result<Vec<Found>> {
    let ids = desk.rows("select id from ballots order by id desc limit $1", &[most.into()])?;
    ids.iter().map(|r| find(desk, Id::new(r.int(0)))).collect()
}

/// Those on whose roll this account stands.
pub fn mine(desk: &Desk, account: Id<Account>, most: i64) -> Result<Vec<Found>> {
    let sql = "select ballot from ballot_roll where account = $1 order by ballot desc limit $2";
    desk.rows(sql, &[account.number().into(), most.into()])?.iter().map(|r| find(desk, Id::new(r.int(0)))).collect()
}
