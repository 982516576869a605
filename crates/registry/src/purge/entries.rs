//! 日志里的话: which entries of the journal tell of a person, and the files that brought them.

use super::row::{self, Found};
use crate::{Desk, Person, Result};
use std::collections::BTreeSet;
use vocabulary::Id;

/// Every name that the person has had on record.
pub fn names(desk: &Desk, person: Id<Person>) -> Result<BTreeSet<String>> {
    let rows = desk.rows("select distinct name from person_details where person = $1", &[person.number().into()])?;
    Ok(rows.iter().map(|r| r.text(0).to_owned()).filter(|name| !name.trim().is_empty()).collect())
}

/// Entries about the person, entries that brought a row of theirs and name them, and, where nobody else bears the name,
/// every entry that names them; and the files that brought any of these.
pub fn about(desk: &Desk, person: Id<Person>, found: &[Found]) -> Result<Vec<Found>> {
    let mut entries: BTreeSet<i64> = BTreeSet::new();
    let own = desk.rows("select id from journal where subject in ('person', 'official') and number = $1", &[person.number().into()])?;
    entries.extend(own.iter().map(|r| r.int(0)));
    let brought = brought(desk, found)?;
    for name in names(desk, person)? {
        let alone = desk.first("select 1 from person_details where name = $1 and person <> $2", &[name.as_str().into(), person.number().into()])?.is_none();
        let sql = "select id from journal where replace(says, $1, '') <> says or replace(coalesce(detail, ''), $1, '') <> coalesce(detail, '')";
        for row in desk.rows(sql, &[name.as_str().into()])? {
            if alone || brought.contains(&row.int(0)) {
                entries.insert(row.int(0));
            }
        }
    }
    let mut out = Vec::new();
    let all: Vec<i64> = entries.into_iter().collect();
    for some in all.chunks(400) {
        let list = listed(some);
        // An entry that was emptied already has no salt. The certificate of a purge is never one of them.
        out.extend(row::rows(desk, "journal", &format!("t.id in ({list}) and t.salt is not null and t.act not like 'purge.%'"), &[])?);
    }
    let mut sources = BTreeSet::new();
    for some in brought.iter().copied().collect::<Vec<_>>().chunks(400) {
        let sql = format!("select distinct source from journal where source is not null and id in ({})", listed(some));
        sources.extend(desk.rows(&sql, &[])?.iter().map(|r| r.int(0)));
    }
    if !sources.is_empty() {
        // A file that brought others as well goes too: it holds this person's data, and the values it brought stay.
        let list = listed(&sources.into_iter().collect::<Vec<_>>());
        out.extend(row::rows(desk, "sources", &format!("t.id in ({list}) and not exists (select 1 from purged_rows r where r.name = 'sources' and r.number = t.id)"), &[])?);
    }
    Ok(out)
}

fn listed(numbers: &[i64]) -> String {
    numbers.iter().map(i64::to_string).collect::<Vec<_>>().join(", ")
}

/// Numbers of the entries that brought these rows.
fn brought(desk: &Desk, found: &[Found]) -> Result<BTreeSet<i64>> {
    let mut out = BTreeSet::new();
    let tables: BTreeSet<&str> = found.iter().map(|f| f.table.as_str()).filter(|t| *t != "drafts").collect();
    for table in tables {
        let numbers: Vec<i64> = found.iter().filter(|f| f.table == table).map(|f| f.number).collect();
        for some in numbers.chunks(400) {
            let sql = format!("select distinct entered from {table} where id in ({})", listed(some));
            out.extend(desk.rows(&sql, &[])?.iter().map(|r| r.int(0)));
        }
    }
    Ok(out)
}
