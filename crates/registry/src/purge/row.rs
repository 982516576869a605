//! 一行: how a row that goes is named, so that exactly it is found again in another copy of the database, and what is left
//! of a row that is only emptied.

use crate::{Desk, Result};
use sha2::{Digest, Sha256};
use store::Param;

/// What becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    Delete,
    Empty,
}

impl How {
    pub fn id(self) -> &'static str {
        match self {
            How::Delete => "delete",
            How::Empty => "empty",
        }
    }
    pub fn from_id(id: &str) -> How {
        if id == "delete" { How::Delete } else { How::Empty }
    }
}

/// A row that is to go.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    pub table: String,
    pub number: i64,
    pub witness: String,
    pub how: How,
}

/// Tables whose rows stay, because others refer to them or because the deed itself must stay, and which of their columns
/// are emptied with what.
pub const EMPTIED: &[(&str, &[(&str, &str)])] = &[
    ("journal", &[("salt", "null"), ("number", "null"), ("says", "''"), ("detail", "null")]),
    ("sources", &[("name", "'（已清除）'"), ("bytes", "null")]),
    ("accounts", &[("password", "''")]),
    ("tickets", &[("reason", "''")]),
    ("ticket_decisions", &[("reason", "''")]),
    ("ticket_endings", &[("reason", "''")]),
    ("procedure_items", &[("reason", "''"), ("exception", "''"), ("facts", "'{}'")]),
    ("procedure_endings", &[("reason", "''")]),
    ("procedure_steps", &[("data", "'{}'")]),
    ("procedure_papers", &[("title", "'（已清除）'"), ("file_name", "null"), ("bytes", "null"), ("content", "null")]),
    ("procedure_recusals", &[("name", "''"), ("reason", "''")]),
    ("procedure_answers", &[("reason", "''"), ("facts", "'{}'")]),
    ("exports", &[("what", "'（已清除）'"), ("address", "''")]),
    ("duty_roll", &[("name", "'（已清除）'"), ("why", "''")]),
    ("duty_marks", &[("data", "'{}'"), ("explained", "''")]),
    ("charge_details", &[("who", "'（已清除）'")]),
    ("cases", &[("words", "'（已清除）'"), ("named", "''"), ("place_words", "''")]),
    ("case_deeds", &[("says", "''"), ("data", "null")]),
    ("matter_steps", &[("data", "'{}'")]),
    ("register_details", &[("title", "'（已清除）'"), ("data", "'{}'"), ("guarded", "null"), ("why", "null")]),
    ("task_details", &[("problem", "'（已清除）'"), ("measure", "''"), ("owner", "''"), ("evidence", "''")]),
];

pub fn emptied(table: &str) -> Option<&'static [(&'static str, &'static str)]> {
    EMPTIED.iter().find(|(name, _)| *name == table).map(|(_, columns)| *columns)
}

/// Of a row `t`: a text that no other row has, in no other copy of the database. The leaf of the entry that brought it is
/// made with a random salt; a sealed text with a random nonce; a secret's hash is random itself.
fn witness(table: &str) -> &'static str {
    match table {
        "journal" => "t.leaf",
        "sources" => "t.checksum",
        "drafts" => "t.content",
        "sessions" | "browsers" | "duty_feeds" => "t.token",
        "sign_ins" => "t.at",
        "api_answers" => "t.request",
        "duty_digests" => "t.made",
        _ => "(select j.leaf from journal j where j.id = t.entered)",
    }
}

/// Rows `t` of `table` for which `test` holds, in the order of their number.
pub fn rows(desk: &Desk, table: &str, test: &str, params: &[Param]) -> Result<Vec<Found>> {
    let how = if emptied(table).is_some() { How::Empty } else { How::Delete };
    rows_that(desk, table, test, params, how)
}

pub fn rows_that(desk: &Desk, table: &str, test: &str, params: &[Param], how: How) -> Result<Vec<Found>> {
    let sql = format!("select t.id, {} from {table} t where {test} order by t.id", witness(table));
    let one = |row: &store::Row| {
        let mut hash = Sha256::new();
        hash.update(table.as_bytes());
        match row.param(1) {
            Param::Bytes(bytes) => hash.update(bytes),
            Param::Text(text) => hash.update(text.as_bytes()),
            Param::Int(n) => hash.update(n.to_be_bytes()),
            Param::Null => {}
        }
        Found { table: table.to_owned(), number: row.int(0), witness: vault::hex(&hash.finalize()[..8]), how }
    };
    // As it is kept, never opened: the witness of a sealed text is its token.
    let mut out = Vec::new();
    desk.each_as_kept(&sql, params, |row| {
        out.push(one(&row));
        Ok::<(), crate::Error>(())
    })?;
    Ok(out)
}

/// Over all of them, whatever their order.
pub fn print(found: &[Found]) -> String {
    let mut all: Vec<&Found> = found.iter().collect();
    all.sort();
    let mut hash = Sha256::new();
    for row in all {
        hash.update(format!("{} {} {} {}\n", row.table, row.number, row.witness, row.how.id()));
    }
    vault::hex(&hash.finalize())
}
