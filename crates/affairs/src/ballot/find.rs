//! What everybody may know of a ballot: its paper, its roll, whether it is closed.

use super::Ballot;
use crate::{Error, Procedure, Result};
use institution::ballot::BallotKind;
use registry::{Account, Desk, Person, Sees};
use vocabulary::Id;

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Found {
    pub id: Id<Ballot>,
    pub institution: String,
    /// As it stood at the opening.
    pub rule: BallotKind,
    pub title: String,
    pub opened: String,
    pub closed: Option<i64>,
    /// Journal number of the opening.
    pub entered: i64,
    /// Who opened it; nobody when the program did.
    pub by: Option<Id<Account>>,
    /// The step that is counted from this box.
    pub procedure: Option<(Id<Procedure>, String)>,
    pub items: Vec<Item>,
    pub roll: Vec<Voter>,
}

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Item {
    pub id: i64,
    pub person: Option<Id<Person>>,
    /// The line of the slate, in a procedure.
    pub line: Option<Id<crate::Item>>,
    pub label: String,
}

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Voter {
    pub account: Id<Account>,
    pub shown: String,
    pub group: String,
    /// 回避: places on the paper, from 0, that this voter is not asked.
    pub without: Vec<usize>,
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
        .first("select institution, rule, title, opened, closed, entered, account, procedure, step from ballots where id = $1", &[id.number().into()])?
        .ok_or_else(|| Error::NotFound("这次投票".into()))?;
    let items = desk.rows("select id, person, label, line from ballot_items where ballot = $1 order by order_no", &[id.number().into()])?;
    let roll = desk.rows("select account, shown, voters, voted, without from ballot_roll where ballot = $1 order by voters, shown, account", &[id.number().into()])?;
    Ok(Found {
        id,
        institution: row.text(0).into(),
        rule: serde_json::from_str(row.text(1)).map_err(|_| Error::Corrupt { table: "ballots", row: id.number(), column: "rule" })?,
        title: row.text(2).into(),
        opened: row.text(3).into(),
        closed: row.opt_int(4),
        entered: row.int(5),
        by: row.opt_int(6).map(Id::new),
        procedure: row.opt_int(7).map(|p| (Id::new(p), row.opt_text(8).unwrap_or_default().to_owned())),
        items: items.iter().map(|r| Item { id: r.int(0), person: r.opt_int(1).map(Id::new), line: r.opt_int(3).map(Id::new), label: r.text(2).into() }).collect(),
        roll: roll.iter().map(voter).collect(),
    })
}

fn voter(row: &store::Row) -> Voter {
    let without = row.text(4).split(',').filter_map(|n| n.parse::<usize>().ok()?.checked_sub(1)).collect();
    Voter { account: Id::new(row.int(0)), shown: row.text(1).into(), group: row.text(2).into(), without, voted: row.opt_text(3).is_some() }
}

/// May whoever sits here see what it came to, and close it? Who sees everybody, who opened it; the result also who was
/// on the roll. What a procedure is decided by is seen by whoever sees the procedure.
pub fn may(desk: &Desk, found: &Found) -> Result<May> {
    let actor = desk.actor;
    let whole = actor.sees == Sees::Everything;
    if let Some((procedure, _)) = &found.procedure {
        let may = whole && !crate::procedure::concerning(desk, &actor.recused)?.contains(&procedure.number());
        return Ok(May { see: may, close: may });
    }
    let close = whole || (actor.account.is_some() && found.by == actor.account);
    Ok(May { see: close || found.voter(actor.account).is_some(), close })
}

/// What somebody may of one ballot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct May {
    pub see: bool,
    pub close: bool,
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
