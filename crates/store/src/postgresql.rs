//! PostgreSQL through its synchronous client; statements are prepared once a connection.

use crate::row::{Param, Row};
use crate::{Error, Result};
use postgres::fallible_iterator::FallibleIterator;
use postgres::types::{ToSql, Type};
use postgres::{Client, NoTls, Statement};
use std::collections::HashMap;
use std::time::{Duration, Instant};

pub struct Connection {
    pub client: Client,
    pub prepared: HashMap<String, Statement>,
    /// When it was last used.
    pub used: Instant,
}

/// How long a server that restarts is waited for.
const PATIENCE: Duration = Duration::from_secs(8);

/// Connects; waits for a server that is just starting or restarting.
fn reach(url: &str) -> Result<Client> {
    let since = Instant::now();
    loop {
        match Client::connect(url, NoTls) {
            Ok(client) => return Ok(client),
            // Starting, shutting down, or not listening yet; anything else is said at once.
            Err(e) if e.as_db_error().is_none_or(|db| db.code().code().starts_with("57P")) => {
                if since.elapsed() > PATIENCE {
                    return Err(Error::Away(e.to_string()));
                }
                std::thread::sleep(Duration::from_millis(200));
            }
            Err(e) => return Err(e.into()),
        }
    }
}

/// Our tables; the server's shared catalogues are not ours to count or to write anew.
pub const OWN_TABLES: &str = "select tablename::text from pg_tables where schemaname = current_schema() order by tablename";

/// Writes these tables anew, and takes their statistics anew, which keep samples of values. Waits for readers only a moment.
pub fn forget(connection: &mut Connection, tables: &[&str]) -> Result<bool> {
    connection.client.batch_execute("set lock_timeout = '500ms'")?;
    let done = connection.client.batch_execute(&format!("vacuum (full, analyze) {}", tables.join(", ")));
    connection.client.batch_execute("reset lock_timeout")?;
    match done {
        Err(e) if e.code() == Some(&postgres::error::SqlState::LOCK_NOT_AVAILABLE) => Ok(false),
        done => Ok(done.map(|()| true)?),
    }
}

/// Writes our tables anew, and the statistics, which keep samples of values.
pub fn scrub(connection: &mut Connection) -> Result<()> {
    let rows = connection.client.query(OWN_TABLES, &[])?;
    let mut tables: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    tables.push("pg_catalog.pg_statistic".into());
    Ok(connection.client.batch_execute(&format!("vacuum (full) {}", tables.join(", ")))?)
}

pub fn open(url: &str) -> Result<Connection> {
    let mut client = reach(url)?;
    let collation: String =
        client.query_one("select datcollate::text from pg_database where datname = current_database()", &[])?.get(0);
    if !matches!(collation.as_str(), "C" | "POSIX" | "C.UTF-8") {
        return Err(Error::Collation(collation));
    }
    client.batch_execute("set synchronous_commit = on; set client_min_messages = warning; set jit = off")?;
    if crate::fail::less_sync().is_some() {
        client.batch_execute("set synchronous_commit = off")?;
    }
    Ok(Connection { client, prepared: HashMap::new(), used: Instant::now() })
}

/// A transaction with the statements that its connection has prepared.
pub struct Transaction<'a> {
    pub inner: postgres::Transaction<'a>,
    pub prepared: &'a mut HashMap<String, Statement>,
}

impl Transaction<'_> {
    fn statement(&mut self, sql: &str) -> Result<Statement> {
        if let Some(known) = self.prepared.get(sql) {
            return Ok(known.clone());
        }
        let statement = self.inner.prepare(sql)?;
        if self.prepared.len() >= 512 {
            self.prepared.clear();
        }
        self.prepared.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    pub fn each<E: From<Error>>(
        &mut self,
        sql: &str,
        params: &[Param],
        mut take: impl FnMut(Row) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let statement = self.statement(sql)?;
        let used = statement.params().len().min(params.len());
        let bound = params[..used].iter().map(|p| p as &dyn ToSql);
        let mut rows = self.inner.query_raw(&statement, bound).map_err(Error::from)?;
        while let Some(row) = rows.next().map_err(Error::from)? {
            let mut out = Vec::with_capacity(row.len());
            for (at, column) in row.columns().iter().enumerate() {
                out.push(value(&row, at, column.type_()).map_err(Error::from)?);
            }
            take(Row(out))?;
        }
        Ok(())
    }

    pub fn execute(&mut self, sql: &str, params: &[Param]) -> Result<u64> {
        let statement = self.statement(sql)?;
        let used = statement.params().len().min(params.len());
        let bound: Vec<&(dyn ToSql + Sync)> = params[..used].iter().map(|p| p as &(dyn ToSql + Sync)).collect();
        Ok(self.inner.execute(&statement, &bound)?)
    }

    /// Rows by COPY in text form, for imports and the invented county.
    pub fn copy_in(&mut self, table: &str, columns: &[&str], rows: &mut dyn Iterator<Item = Vec<Param>>) -> Result<u64> {
        use std::io::Write;
        let mut writer = self.inner.copy_in(&format!("copy {table} ({}) from stdin", crate::tx::quoted(columns)))?;
        let mut line = String::new();
        for row in rows {
            line.clear();
            for (i, param) in row.iter().enumerate() {
                if i > 0 {
                    line.push('\t');
                }
                match param {
                    Param::Null => line.push_str("\\N"),
                    Param::Int(n) => line.push_str(&n.to_string()),
                    Param::Text(text) => escape(text, &mut line),
                    Param::Bytes(bytes) => {
                        line.push_str("\\\\x");
                        bytes.iter().for_each(|b| line.push_str(&format!("{b:02x}")));
                    }
                }
            }
            line.push('\n');
            writer.write_all(line.as_bytes())?;
        }
        Ok(writer.finish()?)
    }
}

fn escape(text: &str, line: &mut String) {
    for c in text.chars() {
        match c {
            '\\' => line.push_str("\\\\"),
            '\n' => line.push_str("\\n"),
            '\r' => line.push_str("\\r"),
            '\t' => line.push_str("\\t"),
            other => line.push(other),
        }
    }
}

fn value(row: &postgres::Row, at: usize, ty: &Type) -> std::result::Result<Param, postgres::Error> {
    Ok(match *ty {
        Type::INT8 => row.try_get::<_, Option<i64>>(at)?.into(),
        Type::INT4 => row.try_get::<_, Option<i32>>(at)?.map(i64::from).into(),
        Type::INT2 => row.try_get::<_, Option<i16>>(at)?.map(i64::from).into(),
        Type::BOOL => row.try_get::<_, Option<bool>>(at)?.into(),
        Type::BYTEA => row.try_get::<_, Option<&[u8]>>(at)?.into(),
        _ => row.try_get::<_, Option<&str>>(at)?.into(),
    })
}
