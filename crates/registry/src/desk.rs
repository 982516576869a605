//! 办公桌: where an operation is done. The transaction, who acts, what day it is, which institutions are in force.

use crate::facts::{Question, standing};
use crate::journal::checkpoint::Head;
use crate::journal::{self, Written};
use crate::opening::hook::{self, Kind};
use crate::{Actor, Error, Person, Result};
use institution::{Book, Dictionary};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashMap};
use store::{Param, Row, Tx};
use vault::Keys;
use vocabulary::{Clock, Day, Id, Moment};

/// Which day is asked, and what was known when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash, serde::Serialize, serde::Deserialize)]
pub struct AsOf {
    /// When it was so; today when empty.
    pub day: Option<Day>,
    /// As it was known at the end of this day; now when empty.
    pub known_on: Option<Day>,
}

impl AsOf {
    pub fn on(day: Day) -> AsOf {
        AsOf { day: Some(day), known_on: None }
    }
}

/// What an operation tells the journal.
pub struct Happened<'a> {
    /// `person.add`, `tenure.begin`
    pub act: &'a str,
    /// Noun of the row: `person`, `post`, `procedure` …
    pub subject: &'a str,
    pub number: Option<i64>,
    /// One sentence for people.
    pub says: String,
}

/// What a desk leaves behind for after the commit.
pub(crate) struct Closed {
    /// Number of the last entry; 0 when nothing was written.
    pub head: i64,
    pub made: Option<Head>,
    /// Earlier pages are to be given up.
    pub forget: bool,
    /// Whose overwritten rows a server is to give up as well.
    pub renew: &'static [&'static str],
}

pub struct Desk<'a, 't> {
    tx: RefCell<&'a mut Tx<'t>>,
    pub book: &'a Book,
    pub actor: &'a Actor,
    pub keys: &'a Keys,
    /// What day it really is.
    pub today: Day,
    pub moment: Moment,
    pub as_of: AsOf,
    known: Option<i64>,
    /// The file that brings what is written now.
    source: Cell<Option<i64>>,
    touched: RefCell<BTreeSet<i64>>,
    head: Cell<i64>,
    /// Why a signed head of the journal is to be made at the end.
    checkpoint: Cell<Option<&'static str>>,
    forget: Cell<bool>,
    renew: Cell<&'static [&'static str]>,
    /// Entries of this desk that other systems may have subscribed to.
    told: RefCell<Vec<(i64, &'static Kind)>>,
    /// Answers of this desk by question, while it remembers.
    remembered: RefCell<Option<HashMap<String, Vec<Row>>>>,
}

impl<'a, 't> Desk<'a, 't> {
    pub(crate) fn new(tx: &'a mut Tx<'t>, book: &'a Book, actor: &'a Actor, clock: Clock, as_of: AsOf, keys: &'a Keys) -> Result<Desk<'a, 't>> {
        let known = match as_of.known_on {
            None => None,
            Some(day) => {
                let end = Moment::at_start_of(day.next()).to_string();
                Some(tx.one("select coalesce(max(id), 0) from journal where at < $1", &[end.into()])?.int(0))
            }
        };
        store::fail::point("desk.open")?;
        let moment = clock.now();
        Ok(Desk {
            tx: RefCell::new(tx),
            book,
            actor,
            keys,
            today: moment.day(),
            moment,
            as_of,
            known,
            source: Cell::new(None),
            touched: RefCell::default(),
            head: Cell::new(0),
            checkpoint: Cell::new(None),
            forget: Cell::new(false),
            renew: Cell::new(&[]),
            told: RefCell::default(),
            remembered: RefCell::default(),
        })
    }

    pub fn dictionary(&self) -> &'a Dictionary {
        &self.book.dictionary
    }
    /// The day asked about.
    pub fn day(&self) -> Day {
        self.as_of.day.unwrap_or(self.today)
    }
    /// The journal number up to which things were known; `None` is now.
    pub fn known(&self) -> Option<i64> {
        self.known
    }

    /// A question as of the desk's day; today's kept answers are used when they are what is asked.
    pub fn question(&self) -> Question<'a> {
        let now = self.day() == self.today && self.known.is_none() && self.touched.borrow().is_empty();
        Question::new(self.dictionary(), self.day(), self.known, now)
    }
    /// A question to the rows themselves, never to the standing table.
    pub fn question_of_rows(&self) -> Question<'a> {
        Question::new(self.dictionary(), self.day(), self.known, false)
    }

    /// From here on the same question is asked of the database once: a page is drawn from one transaction, in which the
    /// same question has the same answer. Ends with the first write.
    pub fn remember(&self) {
        self.remembered.borrow_mut().get_or_insert_default();
    }

    pub fn rows(&self, sql: &str, params: &[Param]) -> Result<Vec<Row>> {
        if self.remembered.borrow().is_none() {
            return Ok(self.tx.borrow_mut().rows(sql, params)?);
        }
        let question = format!("{sql} {params:?}");
        if let Some(rows) = self.remembered.borrow().as_ref().and_then(|all| all.get(&question)) {
            return Ok(rows.clone());
        }
        let rows = self.tx.borrow_mut().rows(sql, params)?;
        if let Some(all) = self.remembered.borrow_mut().as_mut() {
            all.insert(question, rows.clone());
        }
        Ok(rows)
    }
    pub fn first(&self, sql: &str, params: &[Param]) -> Result<Option<Row>> {
        Ok(self.rows(sql, params)?.into_iter().next())
    }
    pub fn one(&self, sql: &str, params: &[Param]) -> Result<Row> {
        match self.first(sql, params)? {
            Some(row) => Ok(row),
            None => Ok(self.tx.borrow_mut().one(sql, params)?),
        }
    }
    /// Hands over row by row. `take` must not ask this desk anything.
    pub fn each<E: From<store::Error>>(&self, sql: &str, params: &[Param], take: impl FnMut(Row) -> std::result::Result<(), E>) -> std::result::Result<(), E> {
        self.tx.borrow_mut().each(sql, params, take)
    }
    /// As [`Desk::each`], with what is sealed as it is kept.
    pub(crate) fn each_as_kept<E: From<store::Error>>(&self, sql: &str, params: &[Param], take: impl FnMut(Row) -> std::result::Result<(), E>) -> std::result::Result<(), E> {
        self.tx.borrow_mut().each_as_kept(sql, params, take)
    }
    pub(crate) fn has_table(&self, name: &str) -> Result<bool> {
        Ok(self.tx.borrow_mut().has_table(name)?)
    }
    pub fn dialect(&self) -> store::Dialect {
        self.tx.borrow().dialect()
    }
    pub fn statements(&self) -> u64 {
        self.tx.borrow().statements()
    }

    pub fn execute(&mut self, sql: &str, params: &[Param]) -> Result<u64> {
        self.remembered.take();
        Ok(self.tx.get_mut().execute(sql, params)?)
    }
    pub fn insert(&mut self, table: &str, columns: &[&str], values: &[Param]) -> Result<i64> {
        self.remembered.take();
        Ok(self.tx.get_mut().insert(table, columns, values)?)
    }
    /// A value as its column keeps it, for a statement that names its columns itself. Inserts do it by themselves.
    pub fn closed(&self, table: &str, column: &str, value: impl Into<Param>) -> Param {
        self.tx.borrow().closed(table, column, value)
    }
    /// The transaction itself, for bulk work.
    pub fn tx(&mut self) -> &mut Tx<'t> {
        self.remembered.take();
        self.tx.get_mut()
    }

    /// From here on, what is written was brought by this file.
    pub fn brought_by(&self, source: Option<i64>) {
        self.source.set(source);
    }

    /// Writes the journal entry of the operation that is going on, and answers its number: what rows carry as `entered`.
    /// Refuses when the actor's role writes no such entry.
    pub fn record(&mut self, happened: Happened) -> Result<i64> {
        if !policy::may_record(self.actor.role, happened.act) {
            return Err(Error::Wrong(format!("{}不能修改记录", self.actor.role.says())));
        }
        self.noted(happened)
    }

    /// As [`Desk::record`], with what further belongs to the proof.
    pub fn record_with(&mut self, happened: Happened, detail: serde_json::Value) -> Result<i64> {
        if !policy::may_record(self.actor.role, happened.act) {
            return Err(Error::Wrong(format!("{}不能修改记录", self.actor.role.says())));
        }
        let number = self.note(Written { act: happened.act, subject: happened.subject, number: happened.number, says: happened.says, detail: Some(detail), changes: true })?;
        self.head.set(number);
        Ok(number)
    }

    /// An entry of what changes no record, whoever does it: a person's request about their own record, an export.
    pub fn noted(&mut self, happened: Happened) -> Result<i64> {
        let number = self.note(Written { act: happened.act, subject: happened.subject, number: happened.number, says: happened.says, detail: None, changes: true })?;
        self.head.set(number);
        self.tell(number, happened.act);
        Ok(number)
    }

    /// Whoever subscribed to what `act` is will be told of this entry.
    pub(crate) fn tell(&self, entry: i64, act: &str) {
        if let Some(kind) = Kind::of(act) {
            self.told.borrow_mut().push((entry, kind));
        }
    }

    /// The entry of work that an institution entrusts to more roles than may change the registry (诉求): whoever calls this
    /// has asked the institution who may. No fact of a person changes, so what was remembered stays good.
    pub fn record_entrusted(&mut self, happened: Happened) -> Result<i64> {
        self.note(Written { act: happened.act, subject: happened.subject, number: happened.number, says: happened.says, detail: None, changes: false })
    }

    /// One entry, whoever acts: a read is noted for those as well who may not write. What answers were remembered stay
    /// good, because a read changes no record.
    pub(crate) fn note(&self, written: Written) -> Result<i64> {
        let mut written = written;
        let (mut at, last) = (self.moment.to_string(), self.first("select at from journal where act <> 'ballot.cast' order by id desc limit 1", &[])?);
        if let Some(last) = last.map(|row| row.text(0).to_owned()).filter(|last| *last > at) {
            // A clock that was set back does not set the journal back: what was entered later says so.
            written.says.push_str(&format!("（机器时钟倒退到 {at}）"));
            at = last;
        }
        journal::append(&mut self.tx.borrow_mut(), self.keys, &at, &self.actor.shown, self.source.get(), written)
    }

    /// An entry that names nobody and no hour: a ballot box took a paper. Whoever may vote may make it.
    pub fn took(&mut self, act: &str, subject: &str, number: i64, says: String, detail: Option<serde_json::Value>) -> Result<i64> {
        let at = Moment::at_start_of(self.today).to_string();
        let written = Written { act, subject, number: Some(number), says, detail, changes: true };
        let entry = journal::append(self.tx.get_mut(), self.keys, &at, "票箱", None, written)?;
        self.head.set(entry);
        Ok(entry)
    }

    /// Rows that belong to a noted read.
    pub(crate) fn add(&self, table: &str, columns: &[&str], values: &[Param]) -> Result<i64> {
        Ok(self.tx.borrow_mut().insert(table, columns, values)?)
    }
    pub(crate) fn add_all(&self, table: &str, columns: &[&str], rows: &mut dyn Iterator<Item = Vec<Param>>) -> Result<u64> {
        Ok(self.tx.borrow_mut().insert_all(table, columns, rows)?)
    }

    /// What is being done now is to be provable at once: a signed head of the journal is made at the end of this
    /// transaction and leaves the house after it.
    pub fn checkpoint(&self, reason: &'static str) {
        self.checkpoint.set(Some(reason));
    }

    /// What is overwritten or destroyed now is to leave the file as well: right after this transaction its earlier pages
    /// are given up.
    pub fn forget(&self) {
        self.forget.set(true);
    }

    /// As [`Desk::forget`]; a server, which keeps overwritten rows in its tables until it recycles them, writes these anew.
    pub fn forget_in(&self, tables: &'static [&'static str]) {
        self.forget();
        self.renew.set(tables);
    }

    /// This person's record has changed: the standing table will be brought up to date before the commit.
    pub fn touch(&self, person: Id<Person>) {
        self.touched.borrow_mut().insert(person.number());
    }

    /// Number of the last entry made at this desk; 0 when nothing was written.
    pub(crate) fn head(&self) -> i64 {
        self.head.get()
    }

    pub(crate) fn close(self) -> Result<Closed> {
        store::fail::point("standing.before")?;
        let touched: Vec<i64> = self.touched.into_inner().into_iter().collect();
        let tx = self.tx.into_inner();
        let told = self.told.into_inner();
        if !told.is_empty() {
            hook::delivery::enqueue(tx, self.moment, &told)?;
        }
        standing::keep(tx, &self.book.dictionary, self.today, &touched)?;
        store::fail::point("standing.after")?;
        let made = self.checkpoint.get().map(|reason| journal::checkpoint::make(tx, self.keys, self.moment, reason)).transpose()?;
        Ok(Closed { head: self.head.get(), made, forget: self.forget.get(), renew: self.renew.get() })
    }
}
