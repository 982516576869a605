//! 查阅: a read of what is S2 or above. It is an entry of the journal before anything is shown: when the entry cannot be
//! written, the transaction fails and with it the read.
//!
//! ```text
//! office.consult(&actor, as_of, |desk| {
//!     desk.consulted(&Consultation { people: &[id], parts: &["奖惩"], class: Class::S2, purpose: "干部任免", ticket: None })?;
//!     dated::of::<Sanction>(desk, id)
//! })
//! ```

use crate::{Account, Desk, Person, Result};
use institution::Class;
use serde_json::json;
use vocabulary::{Id, Moment};

/// Part under which a look at a procedure is noted. That one stands in a procedure is not told to the person before it is
/// announced, so this part is not named to them.
pub const PROCEDURE: &str = "选任程序";

/// One look at one or more records.
#[derive(Clone, Copy, Debug)]
pub struct Consultation<'a> {
    /// Whose records. Nobody in particular for figures about many: then `parts` says of what.
    pub people: &'a [Id<Person>],
    /// Groups of the dictionary or papers: `奖惩`, `家庭`, `考察材料`.
    pub parts: &'a [&'a str],
    /// The highest class among them.
    pub class: Class,
    /// Out of the list of purposes; the person sees it by category.
    pub purpose: &'a str,
    /// The consultation ticket, when one was needed.
    pub ticket: Option<i64>,
}

/// A past look, for the person, for the auditor and for whoever counts.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Consulted {
    /// Journal number.
    pub entry: i64,
    pub at: String,
    /// Who read, as the journal names them.
    pub actor: String,
    pub account: Option<Id<Account>>,
    pub class: String,
    pub parts: Vec<String>,
    pub purpose: String,
    pub ticket: Option<i64>,
    /// How many records the same look opened.
    pub people: i64,
}

impl Desk<'_, '_> {
    /// Notes the look in the journal and answers the entry's number. Needs a desk of [`crate::Office::consult`] or
    /// [`crate::Office::write`]: on one that only reads it fails, and the read with it.
    pub fn consulted(&self, look: &Consultation) -> Result<i64> {
        let class = format!("{:?}", look.class);
        let parts = look.parts.join("、");
        let of = match look.people {
            [] => String::new(),
            [_] => "1 人的".to_owned(),
            several => format!("{} 人的", several.len()),
        };
        let numbers: Vec<i64> = look.people.iter().map(|p| p.number()).collect();
        let detail = json!({ "class": class, "parts": look.parts, "people": numbers, "purpose": look.purpose, "ticket": look.ticket });
        let entry = self.note(crate::journal::Written {
            act: crate::journal::CONSULT,
            subject: "person",
            number: match look.people {
                [one] => Some(one.number()),
                _ => None,
            },
            says: format!("查阅{of}{parts}（{}）", look.purpose),
            detail: Some(detail),
            changes: false,
        })?;
        let values = [
            entry.into(),
            self.actor.account.map(|a| a.number()).into(),
            self.actor.person.map(|p| p.number()).into(),
            self.moment.to_string().into(),
            class.into(),
            json!(look.parts).to_string().into(),
            look.purpose.into(),
            look.ticket.into(),
            i64::try_from(numbers.len()).unwrap_or(i64::MAX).into(),
        ];
        let id = self.add("consultations", &["entry", "account", "reader", "at", "class", "parts", "purpose", "ticket", "people"], &values)?;
        self.add_all("consulted", &["consultation", "person"], &mut numbers.iter().map(|n| vec![id.into(), (*n).into()]))?;
        Ok(entry)
    }
}

const SELECT: &str = "select c.entry, c.at, j.actor, c.account, c.class, c.parts, c.purpose, c.ticket, c.people \
     from consultations c join journal j on j.id = c.entry";

/// Who looked at this person's record, newest first.
pub fn of_person(desk: &Desk, person: Id<Person>, most: i64) -> Result<Vec<Consulted>> {
    let sql = format!("{SELECT} join consulted d on d.consultation = c.id where d.person = $1 order by c.id desc limit $2");
    Ok(desk.rows(&sql, &[person.number().into(), most.into()])?.iter().map(read).collect())
}

/// All looks of late, newest first: for the auditor.
pub fn latest(desk: &Desk, most: i64) -> Result<Vec<Consulted>> {
    let sql = format!("{SELECT} order by c.id desc limit $1");
    Ok(desk.rows(&sql, &[most.into()])?.iter().map(read).collect())
}

/// How many different people's records this account has opened since `since`: what a limit per hour asks.
pub fn people_since(desk: &Desk, account: Id<Account>, since: Moment) -> Result<i64> {
    let sql = "select count(distinct d.person) from consultations c join consulted d on d.consultation = c.id where c.account = $1 and c.at >= $2";
    Ok(desk.one(sql, &[account.number().into(), since.to_string().into()])?.int(0))
}

/// Has this account opened this person's record since `since`?
pub fn has_seen(desk: &Desk, account: Id<Account>, person: Id<Person>, since: Moment) -> Result<bool> {
    let sql = "select 1 from consultations c join consulted d on d.consultation = c.id where c.account = $1 and d.person = $2 and c.at >= $3 limit 1";
    Ok(desk.first(sql, &[account.number().into(), person.number().into(), since.to_string().into()])?.is_some())
}

fn read(row: &store::Row) -> Consulted {
    Consulted {
        entry: row.int(0),
        at: row.text(1).into(),
        actor: row.text(2).into(),
        account: row.opt_int(3).map(Id::new),
        class: row.text(4).into(),
        parts: serde_json::from_str(row.text(5)).unwrap_or_default(),
        purpose: row.text(6).into(),
        ticket: row.opt_int(7),
        people: row.int(8),
    }
}
