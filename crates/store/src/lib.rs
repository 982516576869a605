//! One database, two dialects: embedded SQLite or PostgreSQL 15, one SQL text for both. Knows no domain word.
//!
//! `read` and `write` hand out a [`Tx`]; the difference between the databases stays below its methods.

mod backup;
mod error;
mod migrate;
mod pool;
mod postgresql;
mod row;
mod sqlite;
mod tx;

pub use backup::copy_file as copy;
pub use error::{Error, Result};
pub use migrate::Migration;
pub use row::{Param, Row};
pub use tx::{Dialect, Tx};

use pool::{Connection, Pool};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};

/// Where the rows are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// One file on this machine.
    File(PathBuf),
    /// `postgres://user@host/name`, a database of collation C.
    Postgres(String),
}

/// 库: the open database. One writer at a time, several readers.
pub struct Store {
    place: Place,
    writer: Mutex<Connection>,
    readers: Pool,
}

/// Readers kept open: two for each of the two cores that an office machine has.
const READERS: usize = 4;

impl Store {
    /// Opens (and for a file, creates) the database. Refuses a PostgreSQL database whose collation is not C, because
    /// dates are compared as text.
    pub fn open(place: Place) -> Result<Store> {
        let writer = connect(&place, true)?;
        Ok(Store { readers: Pool::new(place.clone(), READERS), place, writer: Mutex::new(writer) })
    }

    pub fn place(&self) -> &Place {
        &self.place
    }
    pub fn dialect(&self) -> Dialect {
        match self.place {
            Place::File(_) => Dialect::Sqlite,
            Place::Postgres(_) => Dialect::Postgres,
        }
    }

    /// One consistent look; sees nothing of what is being written meanwhile.
    pub fn read<T, E: From<Error>>(&self, work: impl FnOnce(&mut Tx) -> std::result::Result<T, E>) -> std::result::Result<T, E> {
        let mut reader = self.readers.take().map_err(E::from)?;
        let answer = reader.connection().transaction(false, work);
        reader.keep_if(&answer);
        answer
    }

    /// One transaction: everything that `work` wrote, or nothing when it answers an error.
    pub fn write<T, E: From<Error>>(&self, work: impl FnOnce(&mut Tx) -> std::result::Result<T, E>) -> std::result::Result<T, E> {
        self.lock().transaction(true, work)
    }

    /// Applies what is missing of `migrations`, in order; refuses a database that knows a migration which differs.
    pub fn migrate(&self, migrations: &[Migration]) -> Result<usize> {
        self.write(|tx| migrate::apply(tx, migrations))
    }

    /// A whole copy in one file while work goes on. SQLite only; for PostgreSQL use its own tools (docs/operating).
    pub fn copy_to(&self, path: &Path, progress: &mut dyn FnMut(u64, u64)) -> Result<()> {
        match &self.place {
            Place::File(from) => backup::copy(from, path, progress),
            Place::Postgres(_) => Err(Error::NotHere("PostgreSQL 请用 pg_dump 备份，见 docs/operating")),
        }
    }

    /// Refuses a backup that is damaged or is no database of ours.
    pub fn open_backup(path: &Path) -> Result<()> {
        backup::examine(path)
    }

    /// `3.54.1` or `15.19`.
    pub fn version(&self) -> Result<String> {
        match self.place {
            Place::File(_) => Ok(rusqlite::version().to_owned()),
            Place::Postgres(_) => self.read(|tx| Ok(tx.one("show server_version", &[])?.text(0).to_owned())),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        // A panic while writing has rolled its transaction back, so the connection is sound.
        self.writer.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

pub(crate) fn connect(place: &Place, writes: bool) -> Result<Connection> {
    match place {
        Place::File(path) => sqlite::open(path, writes).map(Connection::Sqlite),
        Place::Postgres(url) => postgresql::open(url).map(|c| Connection::Postgres(Box::new(c))),
    }
}
