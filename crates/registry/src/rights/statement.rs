//! 本人说明: the person's own words to an entry, shown wherever the entry is shown.

use super::entry::noun;
use crate::desk::Happened;
use crate::{Desk, Error, Person, Result, person};
use serde::Serialize;
use std::collections::HashMap;
use vocabulary::Id;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Statement {
    pub id: i64,
    pub person: Id<Person>,
    pub noun: String,
    pub number: Option<i64>,
    pub field: Option<String>,
    pub label: String,
    pub fact: String,
    pub text: String,
    pub stated_on: String,
}

impl Statement {
    pub(crate) fn is_about(&self, table: &str, number: i64, field: Option<&str>) -> bool {
        // Basic information is one row that a mended field replaces; the statement stays with the field.
        let row = table == "person_details" || self.number == Some(number);
        self.noun == table && row && self.field.as_deref() == field
    }
}

const COLUMNS: &str = "id, person, noun, number, field, label, fact, text, stated_on";

fn read(row: &store::Row) -> Statement {
    Statement {
        id: row.int(0),
        person: Id::new(row.int(1)),
        noun: row.text(2).into(),
        number: row.opt_int(3),
        field: row.opt_string(4),
        label: row.text(5).into(),
        fact: row.text(6).into(),
        text: row.text(7).into(),
        stated_on: row.text(8).into(),
    }
}

/// Every statement of one person that stands.
pub fn of(desk: &Desk, person: Id<Person>) -> Result<Vec<Statement>> {
    let sql = format!("select {COLUMNS} from statements where person = $1 and superseded is null order by id");
    Ok(desk.rows(&sql, &[person.number().into()])?.iter().map(read).collect())
}

/// Which facts of these people are disputed: person → beginnings of fact ids. One question for a page of a ledger.
pub fn marks(desk: &Desk, people: &[i64]) -> Result<HashMap<i64, Vec<String>>> {
    let mut out: HashMap<i64, Vec<String>> = HashMap::new();
    if people.is_empty() {
        return Ok(out);
    }
    for row in desk.rows(&format!("select person, fact from statements where superseded is null{}", among("person", people)), &[])? {
        out.entry(row.int(0)).or_default().push(row.text(1).to_owned());
    }
    out.retain(|person, _| people.len() <= MANY || people.contains(person));
    Ok(out)
}

/// More people than this are not listed in a statement: the few that state something are read whole.
const MANY: usize = 500;

fn among(column: &str, people: &[i64]) -> String {
    if people.len() > MANY {
        return String::new();
    }
    let list: Vec<String> = people.iter().map(i64::to_string).collect();
    format!(" and {column} in ({})", list.join(", "))
}

/// `李明（出生年月）`: what an export says under its rows.
pub fn in_words(desk: &Desk, people: &[i64]) -> Result<Vec<String>> {
    if people.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "select s.person, d.name, s.label from statements s
           join person_details d on d.person = s.person and d.superseded is null
          where s.superseded is null{} order by s.id",
        among("s.person", people)
    );
    let here: std::collections::HashSet<i64> = people.iter().copied().collect();
    Ok(desk.rows(&sql, &[])?.iter().filter(|r| here.contains(&r.int(0))).map(|r| format!("{}（{}）", r.text(1), r.text(2))).collect())
}

/// Attaches `text` to an entry of one's own record.
pub fn state(desk: &mut Desk, table: &str, number: i64, field: Option<&str>, text: &str) -> Result<i64> {
    let person = desk.actor.person.ok_or_else(|| Error::NotFound("您的记录（这个账户没有对应本人）".into()))?;
    let noun = noun(table).ok_or_else(|| Error::NotFound("记录的这一部分".into()))?;
    let held = super::entry::one(desk, person, table, number)?;
    let label = super::correction::label(noun, Some(&held), field)?;
    let name = person::find_unrestricted(desk, person)?.row.name;
    let says = format!("{name}对“{label}”作出本人说明");
    let entry = desk.noted(Happened { act: "statement.make", subject: "person", number: Some(person.number()), says })?;
    desk.insert(
        "statements",
        &["person", "noun", "number", "field", "label", "fact", "text", "stated_on", "account", "entered"],
        &[
            person.number().into(),
            table.into(),
            number.into(),
            field.into(),
            label.into(),
            noun.marked_fact(field).into(),
            text.into(),
            desk.today.to_string().into(),
            desk.actor.account.map(|a| a.number()).into(),
            entry.into(),
        ],
    )
}

/// Only their own; what was stated stays readable in the journal's time.
pub fn take_back(desk: &mut Desk, id: i64) -> Result<()> {
    let person = desk.actor.person.ok_or_else(|| Error::NotFound("您的记录（这个账户没有对应本人）".into()))?;
    let mine = of(desk, person)?.into_iter().find(|s| s.id == id).ok_or_else(|| Error::NotFound("这份说明".into()))?;
    let name = person::find_unrestricted(desk, person)?.row.name;
    let says = format!("{name}撤回对“{}”的本人说明", mine.label);
    let entry = desk.noted(Happened { act: "statement.take_back", subject: "person", number: Some(person.number()), says })?;
    desk.execute("update statements set superseded = $1 where id = $2 and superseded is null", &[entry.into(), id.into()])?;
    Ok(())
}
