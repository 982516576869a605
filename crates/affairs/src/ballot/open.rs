//! 发起: who votes on what, under which rule. The box is made with a place for everybody, in an order of chance.

use super::{Ballot, Key, refused};
use crate::Result;
use registry::desk::Happened;
use registry::{Account, Desk, Person};
use std::collections::BTreeMap;
use store::Param;
use vocabulary::{Id, Outcome};

#[derive(Clone, Debug)]
pub struct Opening {
    pub institution: String,
    pub kind: String,
    pub title: String,
    /// Whom or what is voted on, as the paper prints it.
    pub items: Vec<(Option<Id<Person>>, String)>,
    /// Who votes, and in which group the answers are counted.
    pub voters: Vec<(Id<Account>, String)>,
}

pub fn open(desk: &mut Desk, opening: &Opening) -> Result<Outcome<Id<Ballot>>> {
    let institution = desk.book.institution(&opening.institution);
    let Some(kind) = institution.and_then(|i| i.ballots.iter().find(|b| *b.id == *opening.kind)) else {
        return Err(crate::Error::NotFound(format!("表决规则“{}”", opening.kind)));
    };
    if opening.title.trim().is_empty() {
        return refused("ballot-title", "没有写这次投票的名称", &kind.source, "写明名称后再发起");
    }
    if opening.items.is_empty() {
        return refused("ballot-items", "没有写对谁、对什么投票", &kind.source, "每行写一位或一项");
    }
    let voters: BTreeMap<i64, &String> = opening.voters.iter().map(|(a, g)| (a.number(), g)).collect();
    let least = if kind.publish == institution::ballot::Publish::Guarded { kind.at_least } else { 1 };
    if (voters.len() as i64) < least {
        let says = format!("参加人只有 {} 位，少于 {least} 位的结果不能公布", voters.len());
        return refused("ballot-voters", says, &kind.source, "补足参加人");
    }
    let says = format!("发起投票“{}”：{} 项，{} 人参加", opening.title.trim(), opening.items.len(), voters.len());
    let entry = desk.record(Happened { act: "ballot.open", subject: "ballot", number: None, says })?;
    let key = Key(rand::random());
    let values: [Param; 6] = [
        opening.institution.as_str().into(),
        opening.kind.as_str().into(),
        opening.title.trim().into(),
        desk.today.to_string().into(),
        vault::hex(&key.0).into(),
        entry.into(),
    ];
    let id = desk.insert("ballots", &["institution", "kind", "title", "opened", "tally_key", "entered"], &values)?;
    for (at, (person, label)) in opening.items.iter().enumerate() {
        let values = [id.into(), (at as i64 + 1).into(), person.map(|p| p.number()).into(), label.trim().into(), entry.into()];
        desk.insert("ballot_items", &["ballot", "order_no", "person", "label", "entered"], &values)?;
    }
    let mut places = Vec::new();
    for (account, group) in &voters {
        let shown = desk.first("select shown from accounts where id = $1 and closed is null", &[(*account).into()])?;
        let Some(shown) = shown else { return Err(crate::Error::NotFound("参加人的账户".into())) };
        let values = [id.into(), (*account).into(), shown.text(0).into(), group.as_str().into(), entry.into()];
        desk.insert("ballot_roll", &["ballot", "account", "shown", "voters", "entered"], &values)?;
        places.push(key.place(desk, *account));
    }
    places.sort();
    let mut rows = places.iter().map(|place| vec![place.as_str().into(), id.into(), "".into(), entry.into()]);
    desk.tx().insert_all("ballot_papers", &["place", "ballot", "sealed", "entered"], &mut rows)?;
    Ok(Outcome::Done(Id::new(id)))
}
