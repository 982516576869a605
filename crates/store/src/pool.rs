//! Open connections, handed out one at a time.

use crate::tx::Tx;
use crate::{Error, Place, Result, connect, postgresql};
use std::sync::{Condvar, Mutex};

pub enum Connection {
    Sqlite(rusqlite::Connection),
    Postgres(Box<postgresql::Connection>),
}

impl Connection {
    /// Runs `work` between begin and commit; rolls back on an error or a panic.
    pub fn transaction<T, E: From<Error>>(
        &mut self,
        writes: bool,
        work: impl FnOnce(&mut Tx) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        match self {
            Connection::Sqlite(connection) => {
                use rusqlite::TransactionBehavior::{Deferred, Immediate};
                let behavior = if writes { Immediate } else { Deferred };
                let inner = connection.transaction_with_behavior(behavior).map_err(Error::from)?;
                let answer = work(&mut Tx::sqlite(&inner))?;
                inner.commit().map_err(Error::from)?;
                Ok(answer)
            }
            Connection::Postgres(connection) => {
                let postgresql::Connection { client, prepared } = &mut **connection;
                let inner = client
                    .build_transaction()
                    .isolation_level(postgres::IsolationLevel::RepeatableRead)
                    .read_only(!writes)
                    .start()
                    .map_err(Error::from)?;
                let mut tx = Tx::postgres(postgresql::Transaction { inner, prepared });
                let answer = work(&mut tx)?;
                tx.into_postgres().commit().map_err(Error::from)?;
                Ok(answer)
            }
        }
    }
}

pub struct Pool {
    place: Place,
    most: usize,
    state: Mutex<State>,
    free: Condvar,
}
struct State {
    idle: Vec<Connection>,
    open: usize,
}

impl Pool {
    pub fn new(place: Place, most: usize) -> Pool {
        Pool { place, most, state: Mutex::new(State { idle: Vec::new(), open: 0 }), free: Condvar::new() }
    }

    /// An idle connection, a new one while there are fewer than `most`, or the next that comes back.
    pub fn take(&self) -> Result<Taken<'_>> {
        let mut state = self.lock();
        loop {
            if let Some(connection) = state.idle.pop() {
                return Ok(Taken { pool: self, connection: Some(connection) });
            }
            if state.open < self.most {
                state.open += 1;
                drop(state);
                return match connect(&self.place, false) {
                    Ok(connection) => Ok(Taken { pool: self, connection: Some(connection) }),
                    Err(error) => {
                        self.lock().open -= 1;
                        self.free.notify_one();
                        Err(error)
                    }
                };
            }
            state = self.free.wait(state).unwrap_or_else(|p| p.into_inner());
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(|p| p.into_inner())
    }
}

/// A connection that goes back when it is dropped.
pub struct Taken<'a> {
    pool: &'a Pool,
    connection: Option<Connection>,
}

impl Taken<'_> {
    pub fn connection(&mut self) -> &mut Connection {
        self.connection.as_mut().expect("held until dropped")
    }
    /// A PostgreSQL connection that was lost is not used again.
    pub fn keep_if<T, E>(&mut self, _: &std::result::Result<T, E>) {
        let lost = matches!(&self.connection, Some(Connection::Postgres(c)) if c.client.is_closed());
        if lost {
            self.connection = None;
        }
    }
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        let mut state = self.pool.lock();
        match self.connection.take() {
            Some(connection) => state.idle.push(connection),
            None => state.open -= 1,
        }
        drop(state);
        self.pool.free.notify_one();
    }
}
