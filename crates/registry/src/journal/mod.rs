//! 日志: what happened. Append-only, written by every operation and by every look at what is S2 or above, never edited.
//!
//! Every entry is a leaf of one tree; the tree's signed heads leave the house. `docs/journal-format.md` says how a
//! stranger checks it.

mod append;
pub mod checkpoint;
pub mod export;
pub mod proof;
pub mod tree;
pub mod verify;

pub use append::adopt;
pub(crate) use append::{CONSULT, Written, append, prepare};

use crate::{Desk, Result};

/// One entry, for people.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Entry {
    pub number: i64,
    pub at: String,
    pub actor: String,
    pub act: String,
    pub says: String,
    /// Name of the file that brought it.
    pub source: Option<String>,
}

/// The last entries about one row, newest first.
pub fn about(desk: &Desk, subject: &str, number: i64, most: i64) -> Result<Vec<Entry>> {
    let rows = desk.rows(
        "select j.id, j.at, j.actor, j.act, j.says, s.name
           from journal j left join sources s on s.id = j.source
          where j.subject = $1 and j.number = $2
          order by j.id desc limit $3",
        &[subject.into(), number.into(), most.into()],
    )?;
    Ok(rows.iter().map(entry).collect())
}

/// The newest entries of all.
pub fn latest(desk: &Desk, most: i64) -> Result<Vec<Entry>> {
    newest(desk, "1 = 1", most)
}

/// The same without who came in and who looked, and without what the program does by itself: what people changed. Cases have a board of their own.
pub fn latest_changes(desk: &Desk, most: i64) -> Result<Vec<Entry>> {
    newest(desk, "j.actor <> '程序' and j.act not like 'session.%' and j.act not like 'consult%' and j.act not like 'account.%' and j.act not like 'export%' and j.act not like 'case.%'", most)
}

fn newest(desk: &Desk, test: &str, most: i64) -> Result<Vec<Entry>> {
    let sql = format!(
        "select j.id, j.at, j.actor, j.act, j.says, s.name
           from journal j left join sources s on s.id = j.source
          where {test} order by j.id desc limit $1"
    );
    Ok(desk.rows(&sql, &[most.into()])?.iter().map(entry).collect())
}

/// Where the rows entered by journal number `entered` came from: `2026-11-22 由 张三.lrmx 导入`.
pub fn origin(desk: &Desk, entered: i64) -> Result<Option<String>> {
    let row = desk.first(
        "select substr(j.at, 1, 10), j.actor, s.name, j.says
           from journal j left join sources s on s.id = j.source where j.id = $1",
        &[entered.into()],
    )?;
    Ok(row.map(|row| match row.opt_text(2) {
        Some(file) => format!("{} 由“{file}”导入", row.text(0)),
        None => format!("{} {}：{}", row.text(0), row.text(1), row.text(3)),
    }))
}

fn entry(row: &store::Row) -> Entry {
    Entry {
        number: row.int(0),
        at: row.text(1).to_owned(),
        actor: row.text(2).to_owned(),
        act: row.text(3).to_owned(),
        says: row.text(4).to_owned(),
        source: row.opt_string(5),
    }
}

/// One entry by its number.
pub fn numbered(desk: &Desk, number: i64) -> Result<Option<Entry>> {
    let row = desk.first(
        "select j.id, j.at, j.actor, j.act, j.says, s.name
           from journal j left join sources s on s.id = j.source where j.id = $1",
        &[number.into()],
    )?;
    Ok(row.as_ref().map(entry))
}
