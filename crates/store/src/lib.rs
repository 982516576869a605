//! One database, two dialects: embedded SQLite or PostgreSQL 15, one SQL text for both. Knows no domain word.
//!
//! `read` and `write` hand out a [`Tx`]; the difference between the databases stays below its methods.

pub mod archive;
mod backup;
mod codec;
mod connection;
mod dump;
mod error;
pub mod fail;
mod halt;
mod migrate;
mod pool;
mod postgresql;
mod row;
mod sqlite;
mod tx;

pub use backup::copy_file as copy;
pub use codec::Codec;
pub use dump::{Sum, Table, digests, orphans, tables};
pub use error::{Error, Result};
pub use migrate::{Migration, apply as migrate, known as migrations_of};
pub use row::{Param, Row};
pub use tx::{Dialect, Tx};

use connection::Connection;
use halt::Halt;
use pool::Pool;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

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
    halt: Halt,
    codec: Option<Arc<dyn Codec>>,
    statements: AtomicU64,
}

/// Readers kept open: two for each of the two cores that an office machine has.
const READERS: usize = 4;

impl Store {
    /// Opens (and for a file, creates) the database. Refuses a PostgreSQL database whose collation is not C, because
    /// dates are compared as text.
    pub fn open(place: Place) -> Result<Store> {
        fail::point("store.open")?;
        let writer = connect(&place, true)?;
        Ok(Store { readers: Pool::new(place.clone(), READERS), place, writer: Mutex::new(writer), halt: Halt::default(), codec: None, statements: AtomicU64::new(0) })
    }

    /// From here on, columns that `codec` names are kept in its form.
    pub fn keeping(mut self, codec: Arc<dyn Codec>) -> Store {
        self.codec = Some(codec);
        self
    }

    /// How many statements this store has run since it was opened: pages promise to need ten or fewer.
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
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
        let mut reader = self.readers.take()?;
        reader.connection().ready(&self.place, false)?;
        reader.connection().transaction(false, &self.halt, |tx| {
            let answer = work(tx.keeping(&self.codec));
            self.statements.fetch_add(tx.statements(), Ordering::Relaxed);
            answer
        })
    }

    /// One transaction: everything that `work` wrote, or nothing when it answers an error.
    pub fn write<T, E: From<Error>>(&self, work: impl FnOnce(&mut Tx) -> std::result::Result<T, E>) -> std::result::Result<T, E> {
        let mut writer = self.lock();
        writer.ready(&self.place, true)?;
        let mut counted = false;
        let answer = writer.transaction(true, &self.halt, |tx| {
            let answer = work(tx.keeping(&self.codec));
            counted = tx.counted();
            self.statements.fetch_add(tx.statements(), Ordering::Relaxed);
            answer
        })?;
        if counted {
            // SQLite reads statistics once, when a connection opens: a reader that is open would plan by the old ones for ever.
            self.readers.renew();
        }
        Ok(answer)
    }

    /// Who is to be told when a sync or a commit has failed: the program, which then ends itself.
    pub fn when_halted(&self, told: impl Fn(&str) + Send + Sync + 'static) {
        self.halt.tell(Box::new(told));
    }
    /// Why the store has stopped, if it has.
    pub fn halted(&self) -> Option<&str> {
        self.halt.why()
    }

    /// Moves everything into the file itself and gives up the log of writes, so that nothing remains there of what was
    /// overwritten (`secure_delete` zeroes it in the file, where it lay last; see [`Store::scrub`]). `false`: somebody else is still looking at earlier pages.
    ///
    /// `tables`: on a server these are written anew besides, without the rows that were overwritten.
    pub fn forget(&self, tables: &[&str]) -> Result<bool> {
        match &mut *self.lock() {
            Connection::Sqlite(connection) => sqlite::forget(connection).map_err(|e| match halt::is_grave(&e, true) {
                true => self.halt.stop(e.to_string()),
                false => e.into(),
            }),
            // A server keeps its own log and recycles it itself.
            Connection::Postgres(_) if tables.is_empty() => Ok(true),
            Connection::Postgres(connection) => postgresql::forget(connection, tables),
        }
    }

    /// Reads the file through for damage, for at most `within`. `false`: the time was over before the end.
    pub fn read_through(&self, within: std::time::Duration) -> Result<bool> {
        match &self.place {
            Place::File(path) => sqlite::read_through(path, within),
            // A server with checksums looks after its own pages.
            Place::Postgres(_) => Ok(true),
        }
    }

    /// What was deleted is gone from the disk as far as a program can see to it: the file, or the server's tables, are written
    /// anew, and the log in which older pages still stand is folded in and cut. Takes as long as copying the database does;
    /// nobody writes meanwhile.
    pub fn scrub(&self) -> Result<()> {
        let mut writer = self.lock();
        writer.ready(&self.place, true)?;
        match &mut *writer {
            Connection::Sqlite(connection) => sqlite::scrub(connection),
            Connection::Postgres(connection) => postgresql::scrub(connection),
        }
    }

    /// Folds everything into the one file and closes it. Refuses when another program has it open.
    pub fn close_for_good(self) -> Result<()> {
        self.readers.close();
        match self.writer.into_inner().unwrap_or_else(|p| p.into_inner()) {
            Connection::Sqlite(connection) => sqlite::fold(&connection),
            Connection::Postgres(_) => Ok(()),
        }
    }

    /// Applies what is missing of `migrations`, in order; refuses a database that knows a migration which differs.
    pub fn migrate(&self, migrations: &[Migration]) -> Result<usize> {
        self.write(|tx| migrate::apply(tx, migrations))
    }

    /// As [`Store::migrate`], and what must follow a new schema in the same transaction: an upgrade is whole or has not begun.
    pub fn migrate_and<T, E: From<Error>>(
        &self,
        migrations: &[Migration],
        then: impl FnOnce(&mut Tx) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.write(|tx| {
            migrate::apply(tx, migrations)?;
            then(tx)
        })
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
