//! 发起: who votes on what, under which rule. The box is made with a place for everybody, in an order of chance.

use super::{Ballot, Key, find, proof, refused};
use crate::{Item, Procedure, Result};
use institution::ballot::Publish;
use registry::desk::Happened;
use registry::{Account, Desk, Person};
use std::collections::BTreeMap;
use store::Param;
use vocabulary::{Id, Outcome};

#[derive(Clone, Debug, Default)]
pub struct Opening {
    pub institution: String,
    pub kind: String,
    pub title: String,
    pub items: Vec<Asked>,
    pub voters: Vec<Roll>,
    /// The step that is counted from this box.
    pub procedure: Option<(Id<Procedure>, String)>,
}

/// Whom or what is voted on, as the paper prints it.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub person: Option<Id<Person>>,
    pub line: Option<Id<Item>>,
    pub label: String,
}

/// Who votes, in which group the answers are counted, and which places of the paper they are not asked (回避).
#[derive(Clone, Debug)]
pub struct Roll {
    pub account: Id<Account>,
    pub group: String,
    pub without: Vec<usize>,
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
    let voters: BTreeMap<i64, &Roll> = opening.voters.iter().map(|v| (v.account.number(), v)).collect();
    let least = if kind.publish == Publish::Guarded { kind.at_least } else { 1 };
    if (voters.len() as i64) < least {
        let says = format!("参加人只有 {} 位，少于 {least} 位的结果不能公布", voters.len());
        return refused("ballot-voters", says, &kind.source, "补足参加人");
    }
    let says = format!("发起投票“{}”：{} 项，{} 人参加", opening.title.trim(), opening.items.len(), voters.len());
    let key = Key(rand::random());
    let step = opening.procedure.as_ref();
    // The number of the entry is known only after it is written, and the entry holds a sum of the rows: so the rows come
    // first, and carry it afterwards.
    let rule = serde_json::to_string(kind).map_err(|e| crate::Error::Wrong(e.to_string()))?;
    let values: [Param; 10] = [
        opening.institution.as_str().into(),
        opening.kind.as_str().into(),
        rule.into(),
        opening.title.trim().into(),
        desk.today.to_string().into(),
        desk.actor.account.map(|a| a.number()).into(),
        step.map(|(p, _)| p.number()).into(),
        step.map(|(_, s)| s.as_str()).into(),
        vault::hex(&key.0).into(),
        0.into(),
    ];
    let columns = ["institution", "kind", "rule", "title", "opened", "account", "procedure", "step", "tally_key", "entered"];
    let id = desk.insert("ballots", &columns, &values)?;
    for (at, asked) in opening.items.iter().enumerate() {
        let (person, line) = (asked.person.map(|p| p.number()), asked.line.map(|l| l.number()));
        let values = [id.into(), (at as i64 + 1).into(), person.into(), line.into(), asked.label.trim().into(), 0.into()];
        desk.insert("ballot_items", &["ballot", "order_no", "person", "line", "label", "entered"], &values)?;
    }
    let mut places = Vec::new();
    for (account, voter) in &voters {
        let shown = desk.first("select shown from accounts where id = $1 and closed is null", &[(*account).into()])?;
        let Some(shown) = shown else { return Err(crate::Error::NotFound("参加人的账户".into())) };
        let without: Vec<String> = voter.without.iter().map(|at| (at + 1).to_string()).collect();
        let values = [id.into(), (*account).into(), shown.text(0).into(), voter.group.as_str().into(), without.join(",").into(), 0.into()];
        desk.insert("ballot_roll", &["ballot", "account", "shown", "voters", "without", "entered"], &values)?;
        places.push(key.place(desk, *account));
    }
    places.sort();
    let print = proof::print(desk, &find(desk, Id::new(id))?)?;
    let happened = Happened { act: "ballot.open", subject: "ballot", number: Some(id), says };
    let entry = desk.record_with(happened, serde_json::json!({ "print": print }))?;
    for (table, column) in [("ballots", "id"), ("ballot_items", "ballot"), ("ballot_roll", "ballot")] {
        desk.execute(&format!("update {table} set entered = $1 where {column} = $2"), &[entry.into(), id.into()])?;
    }
    let mut rows = places.iter().map(|place| vec![place.as_str().into(), id.into(), "".into(), entry.into()]);
    desk.tx().insert_all("ballot_papers", &["place", "ballot", "sealed", "entered"], &mut rows)?;
    Ok(Outcome::Done(Id::new(id)))
}
