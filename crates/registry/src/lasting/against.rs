//! 与备份核对: rows are added and superseded, never changed; so whatever a backup held must still be there, as it was.
//!
//! Finds what a disk has silently changed, and what a hand has changed behind the program's back.

use super::LEFT_OUT;
use super::cut::{ENDINGS, UNDATED};
use crate::{Office, Result};
use std::collections::{HashMap, HashSet};
use std::io::Read;
use store::archive::{self, Seal};
use store::{Param, Table};

/// Rows that the program does change: an account's present password and factors, a form's answer, the heads of the tree.
const CHANGING: &[&str] = &["accounts", "factors", "submissions", "journal_tree", "journal_tiles"];

/// What differs, in words, at most `most` of it.
pub fn against(office: &Office, from: &mut dyn Read, seal: Option<&dyn Seal>, most: usize) -> Result<Vec<String>> {
    let mut found = Vec::new();
    // What was lawfully purged since is missing rightly.
    let purged: HashSet<(String, i64)> = office.store.read(|tx| {
        let rows = tx.rows("select name, number from purged_rows", &[])?;
        Ok::<_, store::Error>(rows.iter().map(|r| (r.text(0).to_owned(), r.int(1))).collect())
    })?;
    let mut held: Option<(String, HashMap<Vec<u8>, Vec<Param>>)> = None;
    office.store.read(|tx| {
        let ours = store::tables(tx, LEFT_OUT)?;
        archive::every(from, seal, &mut |table, row| {
            if CHANGING.contains(&table.name.as_str()) || UNDATED.iter().any(|(name, _)| *name == table.name) || found.len() >= most {
                return Ok(());
            }
            if held.as_ref().is_none_or(|(name, _)| *name != table.name) {
                let mut rows = HashMap::new();
                if let Some(mine) = ours.iter().find(|t| t.name == table.name) {
                    // In the backup's columns: later migrations may have added some.
                    let same = Table { columns: table.columns.clone(), ..mine.clone() };
                    same.each(tx, |row| {
                        rows.insert(key(table, &row), row);
                        Ok::<_, store::Error>(())
                    })?;
                }
                held = Some((table.name.clone(), rows));
            }
            if let Some(Param::Int(id)) = table.at("id").map(|at| &row[at])
                && purged.contains(&(table.name.clone(), *id))
            {
                return Ok(());
            }
            let rows = held.as_ref().map(|(_, rows)| rows);
            match rows.and_then(|rows| rows.get(&key(table, row))) {
                None => found.push(format!("表 {} 少了一行：{}", table.name, shown(table, row))),
                Some(now) => found.extend(changed(table, row, now)),
            }
            Ok(())
        })?;
        Ok::<_, crate::Error>(())
    })?;
    Ok(found)
}

fn key(table: &Table, row: &[Param]) -> Vec<u8> {
    let parts = table.key.iter().filter_map(|c| table.at(c)).map(|at| format!("{:?}\0", row[at]));
    parts.collect::<String>().into_bytes()
}

fn shown(table: &Table, row: &[Param]) -> String {
    table.key.iter().filter_map(|c| table.at(c).map(|at| format!("{c} {:?}", row[at]))).collect::<Vec<_>>().join("，")
}

/// A column that is not as it was; an ending that came later is as it should be.
fn changed(table: &Table, was: &[Param], now: &[Param]) -> Option<String> {
    let ending = |column: &str| column == "superseded" || ENDINGS.contains(&(table.name.as_str(), column));
    let at = (0..was.len()).find(|at| {
        let ended = was[*at] == Param::Null && matches!(now[*at], Param::Int(_)) && ending(&table.columns[*at]);
        was[*at] != now[*at] && !ended
    })?;
    Some(format!("表 {} 的一行变了：{}，列 {}", table.name, shown(table, was), table.columns[at]))
}
