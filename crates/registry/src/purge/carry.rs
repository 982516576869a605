//! 办理: the rows go, and the certificate is an entry of the journal.

use super::UNSCRUBBED;
use super::row::{Found, How, emptied};
use crate::desk::Happened;
use crate::journal::verify::PURGED;
use crate::{Desk, Person, Result};
use std::collections::BTreeMap;
use vocabulary::Id;

/// What the journal says of a purge.
pub struct Certificate<'a> {
    pub uid: &'a str,
    pub title: String,
    pub basis: &'a str,
    /// Done once before, in a database that was there before this one.
    pub replayed: bool,
}

/// Takes the rows away, notes each on the list, and writes the certificate. Answers its number.
pub fn out(desk: &mut Desk, purge: i64, certificate: &Certificate, found: &[Found], person: Option<Id<Person>>) -> Result<i64> {
    // Others refer to a person's row of the register, never to one of these; what refers within them goes first.
    for row in found {
        match row.how {
            How::Empty => {
                let columns = emptied(&row.table).unwrap_or_default();
                let sets: Vec<String> = columns.iter().map(|(column, value)| format!("{column} = {value}")).collect();
                desk.execute(&format!("update {} set {} where id = $1", row.table, sets.join(", ")), &[row.number.into()])?;
            }
            How::Delete => {
                desk.execute(&format!("delete from {} where id = $1", row.table), &[row.number.into()])?;
            }
        }
    }
    if desk.first("select 1 from settings where name = $1", &[UNSCRUBBED.into()])?.is_none() {
        desk.execute("insert into settings (name, value) values ($1, '')", &[UNSCRUBBED.into()])?;
    }
    let columns = ["purge", "name", "number", "witness", "how"];
    let mut rows = found.iter().map(|f| vec![purge.into(), f.table.as_str().into(), f.number.into(), f.witness.as_str().into(), f.how.id().into()]);
    desk.tx().insert_all("purged_rows", &columns, &mut rows)?;
    if let Some(person) = person {
        // Asked anew before the commit: nobody stands there any more.
        desk.touch(person);
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for row in found {
        *counts.entry(row.table.as_str()).or_default() += 1;
    }
    let entries: Vec<i64> = found.iter().filter(|f| f.table == "journal").map(|f| f.number).collect();
    let detail = serde_json::json!({ "basis": certificate.basis, "entries": entries, "purge": certificate.uid, "rows": counts });
    let how = if certificate.replayed { "恢复后按清除清单再次清除" } else { "清除" };
    let says = format!("{how}：{}，{} 行", certificate.title, found.len());
    desk.record_with(Happened { act: PURGED, subject: "purge", number: Some(purge), says }, detail)
}
