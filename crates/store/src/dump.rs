//! 规范转储: every table's rows in one order and one spelling, so that two databases can be compared and carried over.

use crate::migrate::hex;
use crate::row::Param;
use crate::tx::{Dialect, Tx};
use crate::{Error, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// A table as both databases describe it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    pub name: String,
    /// In the order of the schema.
    pub columns: Vec<String>,
    /// Columns of the primary key; empty when there is none.
    pub key: Vec<String>,
    /// Column → table that it points into.
    pub parents: Vec<(String, String)>,
}

impl Table {
    pub fn at(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|c| c == column)
    }
    /// All rows, in the order of the key. Both databases compare text by bytes.
    fn select(&self) -> String {
        let quoted = |c: &String| format!("\"{c}\"");
        let columns: Vec<String> = self.columns.iter().map(quoted).collect();
        let order: Vec<String> = match self.key.as_slice() {
            // Where nothing is sorted empty comes first in one database and last in the other.
            [] => self.columns.iter().map(|c| format!("\"{c}\" is not null, \"{c}\"")).collect(),
            key => key.iter().map(quoted).collect(),
        };
        format!("select {} from {} order by {}", columns.join(", "), self.name, order.join(", "))
    }

    /// Hands over every row in order.
    pub fn each<E: From<Error>>(&self, tx: &mut Tx, mut take: impl FnMut(Vec<Param>) -> std::result::Result<(), E>) -> std::result::Result<(), E> {
        // What is kept closed stays closed in a copy.
        tx.each_as_kept(&self.select(), &[], |row| take(row.into_params()))
    }
}

/// The tables without those in `except`, a table after those that it points into.
pub fn tables(tx: &mut Tx, except: &[&str]) -> Result<Vec<Table>> {
    let names = match tx.dialect() {
        Dialect::Sqlite => "select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\' order by name",
        Dialect::Postgres => "select tablename::text from pg_tables where schemaname = current_schema() order by tablename::text collate \"C\"",
    };
    let names: Vec<String> = tx.rows(names, &[])?.iter().map(|r| r.text(0).to_owned()).collect();
    let mut left = Vec::new();
    for name in names.into_iter().filter(|n| !except.contains(&n.as_str())) {
        left.push(describe(tx, name)?);
    }
    Ok(parents_first(left))
}

fn describe(tx: &mut Tx, name: String) -> Result<Table> {
    let (columns, key, parents) = match tx.dialect() {
        Dialect::Sqlite => (
            "select name from pragma_table_info($1) order by cid",
            "select name from pragma_table_info($1) where pk > 0 order by pk",
            "select \"from\", \"table\" from pragma_foreign_key_list($1) order by 1, 2",
        ),
        Dialect::Postgres => (
            "select attname::text from pg_attribute where attrelid = $1::text::regclass and attnum > 0 and not attisdropped order by attnum",
            "select a.attname::text from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
              where i.indrelid = $1::text::regclass and i.indisprimary order by array_position(i.indkey::smallint[], a.attnum)",
            "select a.attname::text, c.relname::text
               from pg_constraint k join pg_class c on c.oid = k.confrelid
               join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any (k.conkey)
              where k.contype = 'f' and k.conrelid = $1::text::regclass order by 1, 2",
        ),
    };
    let mut texts = |sql: &str| -> Result<Vec<(String, String)>> {
        Ok(tx.rows(sql, &[name.as_str().into()])?.iter().map(|r| (r.text(0).to_owned(), r.text(1).to_owned())).collect())
    };
    let columns = texts(columns)?.into_iter().map(|(c, _)| c).collect();
    let key = texts(key)?.into_iter().map(|(c, _)| c).collect();
    let parents = texts(parents)?;
    Ok(Table { name, columns, key, parents })
}

fn parents_first(mut left: Vec<Table>) -> Vec<Table> {
    let mut sorted: Vec<Table> = Vec::new();
    while !left.is_empty() {
        let waits = |t: &Table| t.parents.iter().any(|(_, p)| *p != t.name && left.iter().any(|l| l.name == *p));
        // A circle has no order; its first by name goes first.
        let next = left.iter().position(|t| !waits(t)).unwrap_or(0);
        sorted.push(left.remove(next));
    }
    sorted
}

/// One row as one line of JSON: whole numbers, texts, `null`, and `{"b":…}` for bytes in base64.
pub fn line(row: &[Param]) -> String {
    let mut out = String::from("[");
    for (at, value) in row.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        match value {
            Param::Null => out.push_str("null"),
            Param::Int(n) => out.push_str(&n.to_string()),
            Param::Text(text) => out.push_str(&serde_json::Value::String(text.to_string()).to_string()),
            Param::Bytes(bytes) => {
                out.push_str("{\"b\":\"");
                BASE64.encode_string(bytes, &mut out);
                out.push_str("\"}");
            }
        }
    }
    out.push(']');
    out
}

/// The row that [`line`] wrote.
pub fn row(line: &str) -> Result<Vec<Param>> {
    use serde_json::Value;
    let broken = || Error::Damaged("有一行读不懂".into());
    let Ok(Value::Array(values)) = serde_json::from_str(line) else { return Err(broken()) };
    let value = |value: Value| {
        Ok(match value {
            Value::Null => Param::Null,
            Value::Number(n) => Param::Int(n.as_i64().ok_or_else(broken)?),
            Value::String(text) => text.into(),
            Value::Object(object) => {
                let text = object.get("b").and_then(Value::as_str).ok_or_else(broken)?;
                BASE64.decode(text).map_err(|_| broken())?.as_slice().into()
            }
            _ => return Err(broken()),
        })
    };
    values.into_iter().map(value).collect()
}

/// What a table's rows come to: how many, and the SHA-256 of their lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    pub rows: u64,
    pub sha256: String,
}

/// Adds up the lines of one table.
pub struct Adding(u64, Sha256);

impl Adding {
    pub fn of(table: &Table) -> Adding {
        let mut hash = Sha256::new();
        hash.update(format!("{} {}\n", table.name, table.columns.join(" ")));
        Adding(0, hash)
    }
    pub fn line(&mut self, line: &str) {
        self.0 += 1;
        self.1.update(line.as_bytes());
        self.1.update(b"\n");
    }
    pub fn sum(self) -> Sum {
        Sum { rows: self.0, sha256: hex(&self.1.finalize()) }
    }
}

/// Every table's sum: equal sums, equal records, whichever database holds them.
pub fn digests(tx: &mut Tx, except: &[&str]) -> Result<BTreeMap<String, Sum>> {
    let mut sums = BTreeMap::new();
    for table in tables(tx, except)? {
        let mut adding = Adding::of(&table);
        table.each(tx, |row| {
            adding.line(&line(&row));
            Ok::<_, Error>(())
        })?;
        sums.insert(table.name, adding.sum());
    }
    Ok(sums)
}

/// Rows that point at a row that is not there: `tenures.person = 17`. None in a sound database.
pub fn orphans(tx: &mut Tx) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for table in tables(tx, &[])? {
        for (column, parent) in &table.parents {
            let sql = format!(
                "select t.\"{column}\" from {} t where t.\"{column}\" is not null
                    and not exists (select 1 from {parent} p where p.id = t.\"{column}\") limit 20",
                table.name
            );
            found.extend(tx.rows(&sql, &[])?.iter().map(|r| format!("{}.{column} = {}", table.name, r.int(0))));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_comes_back_from_its_line_whatever_is_in_it() {
        let values = vec![Param::Null, Param::Int(i64::MIN), "㐂𠮷·\u{202e}\n\"\\\u{0}".into(), [0u8, 255, 10].as_slice().into(), "".into()];
        assert_eq!(row(&line(&values)).unwrap(), values);
        assert!(!line(&values).contains('\n'), "one row, one line");
        for broken in ["", "[1.5]", "[true]", "[{\"b\":\"*\"}]", "{}", "[1"] {
            assert!(row(broken).is_err(), "{broken}");
        }
    }
}
