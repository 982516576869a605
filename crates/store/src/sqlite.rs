//! SQLite: bundled, ≥ 3.51.3 (older ones can corrupt a WAL database when two connections write and checkpoint),
//! WAL, synchronous FULL (NORMAL lost acknowledged rows in 42 of 60 simulated power cuts).

use crate::row::{Param, Row};
use crate::{Error, Result};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;

const OLDEST: i32 = 3_051_003;

/// How long a writer waits for another program's transaction (an import at the command line, say).
pub const PATIENCE_SECONDS: u64 = 60;

pub fn open(path: &Path, writes: bool) -> Result<Connection> {
    if rusqlite::version_number() < OLDEST {
        return Err(Error::OldSqlite(rusqlite::version()));
    }
    if let (true, Some(folder)) = (writes, path.parent()) {
        std::fs::create_dir_all(folder)?;
    }
    let mut flags = OpenFlags::SQLITE_OPEN_NO_MUTEX;
    flags |= if writes { OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE } else { OpenFlags::SQLITE_OPEN_READ_WRITE };
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(std::time::Duration::from_secs(PATIENCE_SECONDS))?;
    connection.set_prepared_statement_cache_capacity(256);
    connection.execute_batch(
        "pragma journal_mode = wal;
         pragma synchronous = full;
         pragma foreign_keys = on;
         pragma secure_delete = on;
         pragma temp_store = memory;
         pragma cache_size = -16000;
         pragma mmap_size = 1073741824;",
    )?;
    if let Some(less) = crate::fail::less_sync() {
        connection.execute_batch(&format!("pragma synchronous = {less};"))?;
    }
    if !writes {
        connection.execute_batch("pragma query_only = on;")?;
    }
    Ok(connection)
}

/// `pragma integrity_check` (which looks at indexes too), interrupted when `within` is over: a start must not wait for a large county.
pub fn read_through(path: &Path, within: std::time::Duration) -> Result<bool> {
    let connection = open(path, false)?;
    let (over, waits) = std::sync::mpsc::channel::<()>();
    let handle = connection.get_interrupt_handle();
    let watch = std::thread::spawn(move || {
        if waits.recv_timeout(within) == Err(std::sync::mpsc::RecvTimeoutError::Timeout) {
            handle.interrupt();
        }
    });
    let verdict = connection.query_row("pragma integrity_check(1)", [], |row| row.get::<_, String>(0));
    drop(over);
    watch.join().ok();
    match verdict {
        Ok(verdict) if verdict == "ok" => Ok(true),
        Ok(verdict) => Err(Error::Corrupt(verdict)),
        Err(e) if e.sqlite_error_code() == Some(rusqlite::ErrorCode::OperationInterrupted) => Ok(false),
        Err(e) => Err(e.into()),
    }
}

/// Folds the log into the file and truncates it. Does not wait for readers.
pub fn forget(connection: &Connection) -> rusqlite::Result<bool> {
    connection.busy_timeout(std::time::Duration::ZERO)?;
    let busy = connection.query_row("pragma wal_checkpoint(truncate)", [], |row| row.get::<_, i64>(0));
    connection.busy_timeout(std::time::Duration::from_secs(PATIENCE_SECONDS))?;
    match busy {
        Err(e) if e.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy) => Ok(false),
        busy => busy.map(|busy| busy == 0),
    }
}

/// Leaves WAL mode, which works only when nobody else has the file open, and puts everything into the one file.
pub fn fold(connection: &Connection) -> Result<()> {
    connection.busy_timeout(std::time::Duration::from_millis(500))?;
    match connection.query_row("pragma journal_mode = delete", [], |row| row.get::<_, String>(0)) {
        Ok(mode) if mode == "delete" => Ok(()),
        Ok(mode) => Err(Error::InUse(format!("journal_mode {mode}"))),
        Err(e) if e.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy) => Err(Error::InUse(e.to_string())),
        Err(e) => Err(e.into()),
    }
}

/// Writes the file anew out of the rows that are there, folds the log into it and cuts it to nothing; waits a while for
/// those who still read older pages.
///
/// `secure_delete` is not enough: it zeroes a row where it lies when it is deleted, and a page that is freed. But a tree
/// that grows moves rows to a neighbouring page, and what they leave in the unused middle of the old page stays, until
/// something is written over it: a copy that outlives its row (docs/decisions/0023).
pub fn scrub(connection: &Connection) -> Result<()> {
    // The working copy is as large as the file.
    connection.execute_batch("pragma temp_store = file")?;
    let written = connection.execute_batch("vacuum");
    connection.execute_batch("pragma temp_store = memory")?;
    written?;
    for _ in 0..50 {
        let busy: i64 = connection.query_row("pragma wal_checkpoint(truncate)", [], |row| row.get(0))?;
        if busy == 0 {
            return Ok(());
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    Err(Error::InUse("wal_checkpoint".into()))
}

fn bind(statement: &mut rusqlite::Statement<'_>, params: &[Param]) -> Result<()> {
    // `$1` is a name to SQLite, numbered by first appearance; binding by name keeps PostgreSQL's meaning.
    for (i, param) in params.iter().enumerate() {
        if let Some(at) = statement.parameter_index(&format!("${}", i + 1))? {
            statement.raw_bind_parameter(at, param)?;
        }
    }
    Ok(())
}

/// `spoiled` hears of a failure of the disk, whatever becomes of the error.
pub fn each<E: From<Error>>(
    connection: &Connection,
    sql: &str,
    params: &[Param],
    spoiled: &mut Option<String>,
    mut take: impl FnMut(Row) -> std::result::Result<(), E>,
) -> std::result::Result<(), E> {
    let mut met = |error: rusqlite::Error| {
        if crate::halt::is_grave(&error, false) {
            *spoiled = Some(error.to_string());
        }
        Error::from(error)
    };
    let mut statement = connection.prepare_cached(sql).map_err(&mut met)?;
    bind(&mut statement, params)?;
    let columns = statement.column_count();
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next().map_err(&mut met)? {
        let mut out = Vec::with_capacity(columns);
        for at in 0..columns {
            out.push(match row.get_ref(at).map_err(&mut met)? {
                ValueRef::Null => Param::Null,
                ValueRef::Integer(n) => Param::Int(n),
                ValueRef::Real(x) => Param::Text(x.to_string().into()),
                ValueRef::Text(text) => Param::Text(String::from_utf8_lossy(text).into()),
                ValueRef::Blob(bytes) => Param::Bytes(bytes.into()),
            });
        }
        take(Row(out))?;
    }
    Ok(())
}

pub fn execute(connection: &Connection, sql: &str, params: &[Param]) -> Result<u64> {
    let mut statement = connection.prepare_cached(sql)?;
    bind(&mut statement, params)?;
    let changed = statement.raw_execute()?;
    Ok(changed as u64)
}
