//! One transaction. The two dialects hide here.

use crate::row::{Param, Row};
use crate::codec::{self, Codec, Columns};
use crate::{Error, Result, postgresql, sqlite};
use std::sync::Arc;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

enum Inner<'a> {
    Sqlite(&'a rusqlite::Connection),
    Postgres(postgresql::Transaction<'a>),
}

/// 事务: one SQL text for both databases, placeholders `$1`, `$2` …
pub struct Tx<'a> {
    inner: Inner<'a>,
    statements: u64,
    /// A failure of the disk, met by a statement; the work may have swallowed the error, the store does not.
    spoiled: Option<String>,
    codec: Option<Arc<dyn Codec>>,
    counted: bool,
}

impl<'a> Tx<'a> {
    pub(crate) fn sqlite(connection: &'a rusqlite::Connection) -> Tx<'a> {
        Tx { inner: Inner::Sqlite(connection), statements: 0, spoiled: None, codec: None, counted: false }
    }
    pub(crate) fn postgres(transaction: postgresql::Transaction<'a>) -> Tx<'a> {
        Tx { inner: Inner::Postgres(transaction), statements: 0, spoiled: None, codec: None, counted: false }
    }
    pub(crate) fn into_postgres(self) -> postgres::Transaction<'a> {
        match self.inner {
            Inner::Postgres(t) => t.inner,
            Inner::Sqlite(_) => unreachable!("asked only of a PostgreSQL transaction"),
        }
    }

    /// Values go in and out through `codec`.
    pub(crate) fn keeping(&mut self, codec: &Option<Arc<dyn Codec>>) -> &mut Tx<'a> {
        self.codec.clone_from(codec);
        self
    }
    /// A value as the column would keep it: for an `update` that names its columns itself.
    pub fn closed(&self, table: &str, column: &str, value: impl Into<Param>) -> Param {
        let value = value.into();
        match &self.codec {
            Some(codec) if value != Param::Null && codec.keeps(table, column) => codec.close(&value),
            _ => value,
        }
    }

    pub fn dialect(&self) -> Dialect {
        match self.inner {
            Inner::Sqlite(_) => Dialect::Sqlite,
            Inner::Postgres(_) => Dialect::Postgres,
        }
    }
    pub(crate) fn spoiled(&self) -> Option<String> {
        self.spoiled.clone()
    }
    fn note<T>(&mut self, answer: Result<T>) -> Result<T> {
        match &answer {
            Err(Error::Sqlite(e)) if crate::halt::is_grave(e, false) => self.spoiled = Some(e.to_string()),
            Err(Error::Corrupt(why)) => self.spoiled = Some(why.clone()),
            _ => {}
        }
        answer
    }

    /// How many statements this transaction has run; pages promise to stay at ten or fewer.
    pub fn statements(&self) -> u64 {
        self.statements
    }

    /// Hands each row to `take` as it comes, without holding the answer in memory.
    pub fn each<E: From<Error>>(
        &mut self,
        sql: &str,
        params: &[Param],
        mut take: impl FnMut(Row) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        match self.codec.clone() {
            Some(codec) => self.each_as_kept(sql, params, |row| take(codec::open(&*codec, row)?)),
            None => self.each_as_kept(sql, params, take),
        }
    }

    /// The same in the form in which values are kept: for copies that are to stay closed.
    pub fn each_as_kept<E: From<Error>>(
        &mut self,
        sql: &str,
        params: &[Param],
        take: impl FnMut(Row) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        self.statements += 1;
        match &mut self.inner {
            Inner::Sqlite(c) => sqlite::each(c, sql, params, &mut self.spoiled, take),
            Inner::Postgres(t) => t.each(sql, params, take),
        }
    }

    pub fn rows(&mut self, sql: &str, params: &[Param]) -> Result<Vec<Row>> {
        let mut out = Vec::new();
        self.each(sql, params, |row| {
            out.push(row);
            Ok::<(), Error>(())
        })?;
        Ok(out)
    }

    /// The first row, if there is one.
    pub fn first(&mut self, sql: &str, params: &[Param]) -> Result<Option<Row>> {
        Ok(self.rows(sql, params)?.into_iter().next())
    }

    /// The row that must be there.
    pub fn one(&mut self, sql: &str, params: &[Param]) -> Result<Row> {
        self.first(sql, params)?.ok_or_else(|| Error::NoRow(sql.split_whitespace().take(8).collect::<Vec<_>>().join(" ")))
    }

    /// Changes rows; answers how many.
    pub fn execute(&mut self, sql: &str, params: &[Param]) -> Result<u64> {
        self.statements += 1;
        let answer = match &mut self.inner {
            Inner::Sqlite(c) => sqlite::execute(c, sql, params),
            Inner::Postgres(t) => t.execute(sql, params),
        };
        self.note(answer)
    }

    /// Inserts one row into `table` and answers its new number.
    pub fn insert(&mut self, table: &str, columns: &[&str], values: &[Param]) -> Result<i64> {
        if let Some(codec) = self.codec.clone() {
            let kept = Columns::of(&*codec, table, columns);
            if !kept.is_plain() {
                return self.insert_as_kept(table, &kept.names(), &kept.values(values.to_vec()));
            }
        }
        self.insert_as_kept(table, columns, values)
    }

    fn insert_as_kept(&mut self, table: &str, columns: &[&str], values: &[Param]) -> Result<i64> {
        let places: Vec<String> = (1..=values.len()).map(|n| format!("${n}")).collect();
        let sql = format!("insert into {table} ({}) values ({}) returning id", quoted(columns), places.join(", "));
        Ok(self.one(&sql, values)?.int(0))
    }

    /// Many rows at once, ids included by the caller or given by the database.
    pub fn insert_all(&mut self, table: &str, columns: &[&str], rows: &mut dyn Iterator<Item = Vec<Param>>) -> Result<u64> {
        if let Some(codec) = self.codec.clone() {
            let kept = Columns::of(&*codec, table, columns);
            if !kept.is_plain() {
                return self.insert_all_as_kept(table, &kept.names(), &mut rows.map(|row| kept.values(row)));
            }
        }
        self.insert_all_as_kept(table, columns, rows)
    }

    fn insert_all_as_kept(&mut self, table: &str, columns: &[&str], rows: &mut dyn Iterator<Item = Vec<Param>>) -> Result<u64> {
        self.statements += 1;
        let answer = match &mut self.inner {
            Inner::Postgres(t) => t.copy_in(table, columns, rows),
            Inner::Sqlite(c) => {
                let places: Vec<String> = (1..=columns.len()).map(|n| format!("${n}")).collect();
                let sql = format!("insert into {table} ({}) values ({})", quoted(columns), places.join(", "));
                rows.map(|row| sqlite::execute(c, &sql, &row)).sum()
            }
        };
        self.note(answer)
    }

    /// Several statements without parameters: migrations, tables made from the dictionary.
    pub fn batch(&mut self, sql: &str) -> Result<()> {
        self.statements += 1;
        let answer = match &mut self.inner {
            Inner::Sqlite(c) => c.execute_batch(sql).map_err(Error::from),
            Inner::Postgres(t) => {
                t.prepared.clear();
                t.inner.batch_execute(sql).map_err(Error::from)
            }
        };
        self.note(answer)
    }

    /// Counts what the tables hold, for whoever plans a statement after this transaction.
    pub fn analyze(&mut self) -> Result<()> {
        self.counted = true;
        if self.dialect() == crate::Dialect::Sqlite {
            return self.batch("analyze");
        }
        // Without names a server counts its shared catalogues as well, and two databases of one server wait for each other.
        let tables = self.rows(crate::postgresql::OWN_TABLES, &[])?;
        let tables: Vec<&str> = tables.iter().map(|row| row.text(0)).collect();
        if tables.is_empty() { Ok(()) } else { self.batch(&format!("analyze {}", tables.join(", "))) }
    }
    /// As [`Tx::analyze`], of one table.
    pub fn analyze_table(&mut self, table: &str) -> Result<()> {
        self.counted = true;
        self.batch(&format!("analyze {table}"))
    }
    /// Was anything counted anew?
    pub(crate) fn counted(&self) -> bool {
        self.counted
    }

    /// One writer at a time, also when another program writes to the same PostgreSQL: as SQLite does it by itself. Must be
    /// the first word of a transaction, because the look at the rows is taken with the first question.
    pub fn hold(&mut self, table: &str) -> Result<()> {
        if let Inner::Postgres(t) = &mut self.inner {
            t.inner.batch_execute(&format!("lock table {table} in exclusive mode"))?;
        }
        Ok(())
    }

    /// After rows came in with numbers of their own, lets the database go on behind the highest.
    pub fn continue_ids(&mut self, table: &str) -> Result<()> {
        if self.dialect() == Dialect::Postgres {
            let sql = format!("select setval(pg_get_serial_sequence('{table}', 'id'), coalesce((select max(id) from {table}), 0) + 1, false)");
            self.rows(&sql, &[])?;
        }
        Ok(())
    }

    pub fn has_table(&mut self, name: &str) -> Result<bool> {
        let sql = match self.dialect() {
            Dialect::Sqlite => "select 1 from sqlite_master where type = 'table' and name = $1",
            Dialect::Postgres => "select 1 from pg_tables where schemaname = current_schema() and tablename = $1",
        };
        Ok(self.first(sql, &[name.into()])?.is_some())
    }
}

/// Column names in quotes: `leading` is a word of PostgreSQL's own.
pub(crate) fn quoted(columns: &[&str]) -> String {
    let quoted: Vec<String> = columns.iter().map(|c| format!("\"{c}\"")).collect();
    quoted.join(", ")
}
