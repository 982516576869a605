//! 到期: what runs out in the coming days. Each kind is a ledger over a date fact, so a figure opens its rows.

use crate::ledger::{self, Enquiry, Sort};
use crate::{Desk, Error, Person, Result};
use institution::{Condition, Subject};
use serde_json::{Value as Json, json};
use vocabulary::{Date, Day, Id, Value};

/// How far ahead people look.
pub const DAYS: i64 = 90;

/// What can run out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 到龄
    Retirement,
    /// 试用期满
    Probation,
    /// 任期届满
    Term,
    /// 影响期满
    Sanction,
}

impl Kind {
    pub const ALL: [Kind; 4] = [Kind::Retirement, Kind::Probation, Kind::Term, Kind::Sanction];

    pub fn says(self) -> &'static str {
        match self {
            Kind::Retirement => "到龄",
            Kind::Probation => "试用期满",
            Kind::Term => "任期届满",
            Kind::Sanction => "影响期满",
        }
    }
    /// The fact of an official that tells its day.
    pub fn fact(self) -> &'static str {
        match self {
            Kind::Retirement => "retirement.day",
            Kind::Probation => "probation.until",
            Kind::Term => "term.until",
            Kind::Sanction => "sanction.until",
        }
    }
    /// Who is meant when asked on `day`, as tests that an address can carry. Officials in service only.
    ///
    /// Retirement is known to the month, so it is asked by whole months: from this one to the one that `day + 90` lies in.
    pub fn tests(self, day: Day) -> Json {
        let last = day.plus_days(DAYS);
        let (from, until) = match self {
            Kind::Retirement => (first_of_month(day), first_of_month(last).plus_months(1)),
            _ => (day, last.next()),
        };
        json!({ "all": [
            { "fact": "official_state", "is": "现职" },
            { "fact": self.fact(), "within": { "from": from.to_string(), "until": until.to_string() } },
        ] })
    }
}

fn first_of_month(day: Day) -> Day {
    day.plus_days(1 - i64::from(day.day()))
}

/// One person whose time runs out.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Expiry {
    pub person: Id<Person>,
    pub name: String,
    pub post: String,
    pub on: Option<Date>,
}

/// All of one kind: how many, and the soonest of them.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Ahead {
    pub kind: Kind,
    pub count: i64,
    pub soonest: Vec<Expiry>,
}

/// What runs out within [`DAYS`] of the desk's day, kind by kind, with at most `most` people each.
pub fn ahead(desk: &Desk, most: usize) -> Result<Vec<Ahead>> {
    Kind::ALL.into_iter().map(|kind| of_kind(desk, kind, most)).collect()
}

fn of_kind(desk: &Desk, kind: Kind, most: usize) -> Result<Ahead> {
    let dictionary = desk.dictionary();
    let fact = |id: &str| dictionary.fact(id).map(|f| f.index).ok_or_else(|| Error::Wrong(format!("事实 `{id}` 不在事实字典中")));
    let enquiry = Enquiry {
        of: Subject::Official,
        tests: Condition::from_json(dictionary, &kind.tests(desk.day())).map_err(Error::Wrong)?,
        words: vec![],
        columns: vec![fact("name")?, fact("post")?, fact(kind.fact())?],
        sort: vec![Sort { fact: fact(kind.fact())?, descending: false }],
        group: None,
    };
    let numbers = ledger::numbers(desk, &enquiry)?;
    let soonest = ledger::lines(desk, &enquiry, &numbers[..most.min(numbers.len())])?;
    let text = |value: &Option<Value>| value.as_ref().map(Value::to_string).unwrap_or_default();
    let soonest = soonest
        .into_iter()
        .map(|line| Expiry {
            person: Id::new(line.number),
            name: text(&line.values[0]),
            post: text(&line.values[1]),
            on: if let Some(Value::Date(date)) = line.values[2] { Some(date) } else { None },
        })
        .collect();
    Ok(Ahead { kind, count: numbers.len() as i64, soonest })
}
