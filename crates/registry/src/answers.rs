//! 记得的答案: what ledgers answered, kept in memory until anything is written. Nothing here is ever wrong, only missing.
//!
//! An answer is kept under what was asked, by whom it may be seen, as of when, and the last journal number that the
//! asking transaction itself sees. Whatever writes (this program, an import on the command line, another server)
//! moves that number on, so the next question misses. The same question asked by many at once is computed once.

use crate::ledger::{self, Enquiry, Group, Totalled};
use crate::{AsOf, Desk, Error, Person, Result, Sees, saved};
use institution::ledger::{Counted, Total};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use std::sync::Arc;
use vocabulary::{Day, Id};

/// Unit: bytes. A list of 100,000 numbers is 800 kB; this holds the ledgers of a busy office many times over.
const MOST: u64 = 64 << 20;
/// So many answers are expected at once; the memory is bounded by bytes, this only sizes its tables.
const EXPECTED: usize = 512;

#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    /// Last journal number that changed a record, as the transaction sees it.
    head: i64,
    /// The day to which the standing table was brought: it moves on without a journal entry when the day turns.
    standing: Arc<str>,
    today: Day,
    as_of: AsOf,
    sees: Sees,
    recused: Vec<Id<Person>>,
    asked: Arc<str>,
}

#[derive(Clone)]
enum Kept {
    Numbers(Arc<[i64]>),
    Count(i64),
    Groups(Arc<[Group]>),
    Totals(Arc<[Totalled]>),
}

#[derive(Clone)]
struct ByBytes;

impl Weighter<Key, Kept> for ByBytes {
    fn weight(&self, key: &Key, kept: &Kept) -> u64 {
        let kept = match kept {
            Kept::Numbers(numbers) => numbers.len() * 8,
            Kept::Count(_) => 0,
            Kept::Groups(groups) => groups.len() * 80,
            Kept::Totals(totals) => totals.len() * 16,
        };
        (kept + key.asked.len() + 200) as u64
    }
}

/// The memory itself; one for the program.
pub struct Answers {
    kept: Cache<Key, Kept, ByBytes>,
}

impl Default for Answers {
    fn default() -> Answers {
        Answers::bounded(MOST)
    }
}

/// The memory as one desk may use it.
pub struct Asking<'m, 'd, 'a, 't> {
    memory: &'m Answers,
    desk: &'d Desk<'a, 't>,
    head: i64,
    standing: Arc<str>,
}

impl Answers {
    /// Unit: bytes.
    pub fn bounded(bytes: u64) -> Answers {
        Answers { kept: Cache::with_weighter(EXPECTED, bytes, ByBytes) }
    }

    /// One statement: what this desk's transaction sees of the journal. A consistent look, so the order of commit and
    /// question does not matter.
    pub fn at<'m, 'd, 'a, 't>(&'m self, desk: &'d Desk<'a, 't>) -> Result<Asking<'m, 'd, 'a, 't>> {
        let seen = "select coalesce((select written from journal_tree where id = 1), 0), (select value from settings where name = 'standing_day')";
        let row = desk.one(seen, &[])?;
        Ok(Asking { memory: self, desk, head: row.int(0), standing: row.text(1).into() })
    }
}

impl Asking<'_, '_, '_, '_> {
    fn ask(&self, what: &str, enquiry: &Enquiry, find: impl FnOnce() -> Result<Kept>) -> Result<Kept> {
        let mut asked = saved::to_json(self.desk.dictionary(), enquiry);
        // The columns change what is shown, not who is listed.
        asked["columns"] = serde_json::Value::Null;
        let key = Key {
            head: self.head,
            standing: self.standing.clone(),
            today: self.desk.today,
            as_of: self.desk.as_of,
            sees: self.desk.actor.sees.clone(),
            recused: self.desk.actor.recused.clone(),
            asked: format!("{what} {asked}").into(),
        };
        self.memory.kept.get_or_insert_with(&key, find)
    }

    /// As [`ledger::numbers`].
    pub fn numbers(&self, enquiry: &Enquiry) -> Result<Arc<[i64]>> {
        match self.ask("numbers", enquiry, || Ok(Kept::Numbers(ledger::numbers(self.desk, enquiry)?)))? {
            Kept::Numbers(numbers) => Ok(numbers),
            _ => Err(unlike()),
        }
    }

    /// As [`ledger::count`].
    pub fn count(&self, enquiry: &Enquiry) -> Result<i64> {
        match self.ask("count", enquiry, || Ok(Kept::Count(ledger::count(self.desk, enquiry)?)))? {
            Kept::Count(count) => Ok(count),
            _ => Err(unlike()),
        }
    }

    /// As [`ledger::groups`].
    pub fn groups(&self, enquiry: &Enquiry, by: usize) -> Result<Arc<[Group]>> {
        let what = format!("groups {by}");
        match self.ask(&what, enquiry, || Ok(Kept::Groups(ledger::groups(self.desk, enquiry, by)?.into())))? {
            Kept::Groups(groups) => Ok(groups),
            _ => Err(unlike()),
        }
    }

    /// As [`ledger::totals`].
    pub fn totals(&self, enquiry: &Enquiry, totals: &[Total]) -> Result<Arc<[Totalled]>> {
        let written = |total: &Total| match &total.count {
            Counted::Rows => "rows".to_owned(),
            Counted::Sum(fact) => format!("sum {fact}"),
            Counted::Average(fact) => format!("average {fact}"),
            Counted::Where(condition) => condition.to_json().to_string(),
        };
        let what = format!("totals {}", totals.iter().map(written).collect::<Vec<_>>().join(";"));
        match self.ask(&what, enquiry, || Ok(Kept::Totals(ledger::totals(self.desk, enquiry, totals)?.into())))? {
            Kept::Totals(totals) => Ok(totals),
            _ => Err(unlike()),
        }
    }
}

/// Cannot be: the first word of a key says what is kept under it.
fn unlike() -> Error {
    Error::Wrong("记得的答案与所问不符".into())
}
