//! 众: who is overdue and how many, asked of every unit at once. The occurrences of a cadence are computed once; each is
//! one anti-join by its number, so the cost grows with the units and never with what they did before.

use super::{mark, owed, unit};
use crate::Result;
use institution::duty::{FactKey, Slot};
use institution::{Duty, Fact};
use registry::Desk;
use registry::facts::Question;
use std::collections::BTreeMap;
use store::{Dialect, Row};
use vocabulary::{Date, Day};

/// A unit that has not done an occurrence which it can still make up.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Overdue {
    pub due: Day,
    pub unit: i64,
    pub unit_title: String,
    pub path: String,
    pub occurrence: String,
}

/// Counts of a part of the tree over some days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Tally {
    /// Occurrences whose day has come.
    pub owed: i64,
    /// 按期
    pub done: i64,
    /// 逾期补办
    pub late: i64,
    pub excused: i64,
}

/// 结果: what became of an occurrence whose day has come; the columns of a [`Tally`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Owed,
    Done,
    Late,
    Excused,
    Lacking,
}

impl Outcome {
    pub const ALL: [Outcome; 5] = [Outcome::Owed, Outcome::Done, Outcome::Late, Outcome::Excused, Outcome::Lacking];

    /// The word for it in addresses.
    pub fn id(self) -> &'static str {
        match self {
            Outcome::Owed => "owed",
            Outcome::Done => "done",
            Outcome::Late => "late",
            Outcome::Excused => "excused",
            Outcome::Lacking => "lacking",
        }
    }
    pub fn from_id(id: &str) -> Option<Outcome> {
        Outcome::ALL.into_iter().find(|o| o.id() == id)
    }
    pub fn says(self) -> &'static str {
        match self {
            Outcome::Owed => "应办",
            Outcome::Done => "按期",
            Outcome::Late => "补办",
            Outcome::Excused => "免办",
            Outcome::Lacking => "缺",
        }
    }
    /// Test of the mark `m`, which is all null where there is none.
    fn test(self) -> &'static str {
        match self {
            Outcome::Owed => "1 = 1",
            Outcome::Done => "m.kind = 'done' and m.on_day <= m.due",
            Outcome::Late => "m.kind = 'done' and m.on_day > m.due",
            Outcome::Excused => "m.kind = 'excused'",
            Outcome::Lacking => "m.kind is null",
        }
    }
}

impl Tally {
    pub fn of(&self, outcome: Outcome) -> i64 {
        match outcome {
            Outcome::Owed => self.owed,
            Outcome::Done => self.done,
            Outcome::Late => self.late,
            Outcome::Excused => self.excused,
            Outcome::Lacking => self.lacking(),
        }
    }
    /// 未办
    pub fn lacking(&self) -> i64 {
        self.owed - self.done - self.late - self.excused
    }
    pub fn add(&mut self, more: Tally) {
        self.owed += more.owed;
        self.done += more.done;
        self.late += more.late;
        self.excused += more.excused;
    }
}

/// One thing to ask the tables: a slot for everybody, or a range of everybody's own day.
struct Ask<'f> {
    slot: Slot,
    whose: Option<i64>,
    own: Option<(&'f Fact, FactKey, Day, Day)>,
    key: String,
}

/// What is asked when the due day lies in `[from, to]`.
fn asks<'a>(desk: &Desk<'a, '_>, duty: &Duty, from: Day, to: Day) -> Result<Vec<Ask<'a>>> {
    let mut out = Vec::new();
    for (slot, whose) in owed::slots(desk, duty, from, to)?.into_iter().filter(|(s, _)| duty.in_force.holds_on(s.due)) {
        out.push(Ask { key: slot.key.clone(), slot, whose, own: None });
    }
    for range in duty.cadence.ranges(from, to, &desk.book.calendar) {
        let slot = Slot { due: to, key: String::new(), opens: from, closes: to, unsure: None };
        let key = if let FactKey::Year(y) = range.key { y.to_string() } else { String::new() };
        out.push(Ask { slot, whose: None, own: Some((&desk.book.dictionary.facts[range.fact], range.key, range.from, range.to)), key });
    }
    Ok(out)
}

/// From and where of one ask: the units that owe it. `{id}` is the unit's number.
fn owing<'a>(desk: &Desk<'a, '_>, duty: &Duty, ask: &Ask, below: Option<&str>) -> (Question<'a>, String) {
    // Who owes it is asked of the day when it is due, or of today while that day is ahead.
    let day = ask.slot.due.min(desk.day());
    let now = day == desk.today && desk.known().is_none();
    let mut question = if now { desk.question() } else { Question::new(desk.dictionary(), day, desk.known(), false) };
    let mut tests = vec![question.visible(duty.of, desk.actor), question.condition(&duty.owes)];
    if let Some(unit) = ask.whose {
        tests.push(format!("{} = {unit}", question.id(duty.of)));
    }
    if let Some((fact, key, from, to)) = ask.own {
        let value = question.value(duty.of, &fact.id);
        tests.push(match key {
            FactKey::Whole => format!("substr({value} || '-01-01', 1, 10) between '{from}' and '{to}'"),
            FactKey::Year(year) => format!(
                "substr(substr({value} || '-01-01', 1, 10), 6) between '{:02}-{:02}' and '{:02}-{:02}' and substr({value}, 1, 4) < '{year}'",
                from.month(), from.day(), to.month(), to.day()
            ),
        });
    }
    if let Some(path) = below {
        let (_, at) = unit::titled(&question, duty.of);
        let end = format!("{}0", path.trim_end_matches('/'));
        let (low, high) = (question.bind(path), question.bind(end));
        tests.push(format!("{at} >= {low} and {at} < {high}"));
    }
    let from = question.from(duty.of);
    (question, format!("{from} where {}", tests.join(" and ")))
}

/// `exists` or `not exists` a mark of this ask for the unit.
fn marked(desk: &Desk, duty: &Duty, ask: &Ask, question: &Question) -> Result<String> {
    let id = question.id(duty.of);
    let known = mark::holding(desk, "m");
    Ok(match ask.own {
        Some((fact, FactKey::Whole, ..)) => format!(
            "exists (select 1 from duty_occurrences o join duty_marks m on m.slot = o.id and m.unit = {id} and {known} where o.duty = '{}' and o.occurrence = {})",
            duty.key,
            question.value(duty.of, &fact.id)
        ),
        _ => {
            let slot = mark::slot_number(desk, &duty.key, &ask.key)?.unwrap_or(-1);
            format!("exists (select 1 from duty_marks m where m.slot = {slot} and m.unit = {id} and {known})")
        }
    })
}

/// Days on which what is overdue today was due: past, and still to be made up.
fn window(desk: &Desk, duty: &Duty) -> (Day, Day) {
    (desk.day().plus_days(-duty.make_up.unwrap_or(0)), desk.day().plus_days(-1))
}

/// 逾期: the first `most` units, by due day and place. `below` is a path of the tree.
pub fn overdue(desk: &Desk, duty: &Duty, below: Option<&str>, most: usize) -> Result<Vec<Overdue>> {
    let (from, to) = window(desk, duty);
    let mut out = Vec::new();
    for ask in asks(desk, duty, from, to)? {
        if out.len() >= most {
            break;
        }
        let (question, clause) = owing(desk, duty, &ask, below);
        let (title, path) = unit::titled(&question, duty.of);
        let own = ask.own.map_or("''".to_owned(), |(fact, ..)| question.value(duty.of, &fact.id));
        let sql = format!(
            "select {}, {title}, {path}, {own} from {clause} and not {} order by 3, 1 limit {}",
            question.id(duty.of),
            marked(desk, duty, &ask, &question)?,
            most - out.len()
        );
        for row in desk.rows(&sql, &question.params)? {
            out.push(read(desk, duty, &ask, &row));
        }
    }
    out.sort();
    Ok(out)
}

/// One row of a list: number, name, path and own day of the unit.
fn read(desk: &Desk, duty: &Duty, ask: &Ask, row: &Row) -> Overdue {
    let (mut due, mut occurrence) = (ask.slot.due, ask.key.clone());
    let date = row.opt_text(3).and_then(|t| t.parse::<Date>().ok());
    if let (Some(_), Some(date)) = (ask.own, date) {
        let year = ask.key.parse().unwrap_or(desk.day().year());
        if let Some(slot) = duty.cadence.slot_of(&date, year, duty.opens, duty.make_up, &desk.book.calendar) {
            (due, occurrence) = (slot.due, slot.key);
        }
    }
    Overdue { due, unit: row.int(0), unit_title: row.opt_text(1).unwrap_or_default().into(), path: row.opt_text(2).unwrap_or_default().into(), occurrence }
}

/// The occurrences with a due day in `[from, to]` that came to this, the first `most` by due day and place: the rows
/// behind a figure of [`tally`].
pub fn listed(desk: &Desk, duty: &Duty, outcome: Outcome, from: Day, to: Day, below: Option<&str>, most: usize) -> Result<Vec<Overdue>> {
    let mut out = Vec::new();
    for ask in asks(desk, duty, from, to.min(desk.day()))? {
        if out.len() >= most {
            break;
        }
        let (question, clause) = owing(desk, duty, &ask, below);
        let (title, path) = unit::titled(&question, duty.of);
        let id = question.id(duty.of);
        let own = ask.own.map_or("''".to_owned(), |(fact, ..)| question.value(duty.of, &fact.id));
        let sql = format!(
            "with u as materialized (select {id} as id, {title} as title, {path} as path, {own} as own from {clause})
             select u.id, u.title, u.path, u.own from u left join duty_marks m on m.unit = u.id and {on} and {known}
              where {test} order by 3, 1 limit {left}",
            on = slots(desk, duty, &ask)?,
            known = mark::holding(desk, "m"),
            test = outcome.test(),
            left = most - out.len(),
        );
        for row in desk.rows(&sql, &question.params)? {
            out.push(read(desk, duty, &ask, &row));
        }
    }
    out.sort();
    Ok(out)
}

/// Which marks `m` are of this ask for the unit `u`.
fn slots(desk: &Desk, duty: &Duty, ask: &Ask) -> Result<String> {
    Ok(match ask.own {
        Some((_, FactKey::Whole, ..)) => format!("m.slot in (select o.id from duty_occurrences o where o.duty = '{}' and o.occurrence = u.own)", duty.key),
        _ => format!("m.slot = {}", mark::slot_number(desk, &duty.key, &ask.key)?.unwrap_or(-1)),
    })
}

/// How many occurrences are overdue today in each part of the tree directly under `parent` (a path; `/` for all).
/// The key is the part's path; what stands on `parent` itself has the parent's.
pub fn count(desk: &Desk, duty: &Duty, parent: &str) -> Result<BTreeMap<String, i64>> {
    let (from, to) = window(desk, duty);
    let mut out = BTreeMap::new();
    for ask in asks(desk, duty, from, to)? {
        let (question, clause) = owing(desk, duty, &ask, Some(parent).filter(|p| *p != "/"));
        let (_, path) = unit::titled(&question, duty.of);
        let part = part_of("late.path", parent, dialect(desk));
        let sql = format!(
            "with late as materialized (select {path} as path from {clause} and not {}) select {part}, count(*) from late group by 1",
            marked(desk, duty, &ask, &question)?
        );
        for row in desk.rows(&sql, &question.params)? {
            *out.entry(row.opt_text(0).unwrap_or_default().to_owned()).or_insert(0) += row.int(1);
        }
    }
    Ok(out)
}

/// What was owed, done, made up and excused with a due day in `[from, to]`, by part of the tree under `parent`.
pub fn tally(desk: &Desk, duty: &Duty, from: Day, to: Day, parent: &str) -> Result<BTreeMap<String, Tally>> {
    let mut out: BTreeMap<String, Tally> = BTreeMap::new();
    let to = to.min(desk.day());
    for ask in asks(desk, duty, from, to)? {
        let (question, clause) = owing(desk, duty, &ask, Some(parent).filter(|p| *p != "/"));
        let (_, path) = unit::titled(&question, duty.of);
        let known = mark::holding(desk, "m");
        let id = question.id(duty.of);
        let own = ask.own.map_or("''".to_owned(), |(fact, ..)| question.value(duty.of, &fact.id));
        let on = slots(desk, duty, &ask)?;
        // The due day of the row itself: what the institution said when it was handed in.
        let sql = format!(
            "with u as materialized (select {id} as id, {path} as path, {own} as own from {clause})
             select {part}, count(*), count(case when m.kind = 'done' and m.on_day <= m.due then 1 end),
                    count(case when m.kind = 'done' and m.on_day > m.due then 1 end), count(case when m.kind = 'excused' then 1 end)
               from u left join duty_marks m on m.unit = u.id and {on} and {known} group by 1",
            part = part_of("u.path", parent, dialect(desk)),
        );
        for row in desk.rows(&sql, &question.params)? {
            let tally = Tally { owed: row.int(1), done: row.int(2), late: row.int(3), excused: row.int(4) };
            out.entry(row.opt_text(0).unwrap_or_default().to_owned()).or_default().add(tally);
        }
    }
    Ok(out)
}

fn dialect(desk: &Desk) -> Dialect {
    desk.dialect()
}

/// The path of the part directly under `parent` that `path` lies in.
fn part_of(path: &str, parent: &str, dialect: Dialect) -> String {
    let n = parent.chars().count();
    let place = match dialect {
        Dialect::Sqlite => format!("instr(substr({path}, {}), '/')", n + 1),
        Dialect::Postgres => format!("strpos(substr({path}, {}), '/')", n + 1),
    };
    format!("substr({path}, 1, {n} + {place})")
}
