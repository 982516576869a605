//! 连接: one of two kinds, and how a transaction begins and ends on it.

use crate::halt::{Halt, is_grave};
use crate::tx::Tx;
use crate::{Error, Place, Result, connect, fail, postgresql};
use std::time::Duration;

pub enum Connection {
    Sqlite(rusqlite::Connection),
    Postgres(Box<postgresql::Connection>),
}

impl Connection {
    /// Runs `work` between begin and commit; rolls back on an error or a panic. A failed sync or commit stops the store.
    pub fn transaction<T, E: From<Error>>(
        &mut self,
        writes: bool,
        halt: &Halt,
        work: impl FnOnce(&mut Tx) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        halt.refuse()?;
        fail::point(if writes { "store.begin" } else { "store.look" })?;
        match self {
            Connection::Sqlite(connection) => {
                use rusqlite::TransactionBehavior::{Deferred, Immediate};
                let behavior = if writes { Immediate } else { Deferred };
                let grave = |error: rusqlite::Error, committing: bool| {
                    if writes && is_grave(&error, committing) { halt.stop(error.to_string()) } else { Error::from(error) }
                };
                let inner = connection.transaction_with_behavior(behavior).map_err(|e| grave(e, false))?;
                let (answer, spoiled) = {
                    let mut tx = Tx::sqlite(&inner);
                    (work(&mut tx), tx.spoiled())
                };
                if let (true, Some(why)) = (writes, spoiled) {
                    return Err(halt.stop(why).into());
                }
                let answer = answer?;
                if writes {
                    fail::point("store.commit")?;
                }
                inner.commit().map_err(|e| grave(e, true))?;
                if writes {
                    fail::point("store.committed")?;
                }
                Ok(answer)
            }
            Connection::Postgres(connection) => {
                let postgresql::Connection { client, prepared, used } = &mut **connection;
                *used = std::time::Instant::now();
                let inner = client
                    .build_transaction()
                    .isolation_level(postgres::IsolationLevel::RepeatableRead)
                    .read_only(!writes)
                    .start()
                    .map_err(Error::from)?;
                let mut tx = Tx::postgres(postgresql::Transaction { inner, prepared });
                let answer = work(&mut tx)?;
                if writes {
                    fail::point("store.commit")?;
                }
                tx.into_postgres().commit().map_err(|e| match e.as_db_error() {
                    // The server said no: nothing was written. No word from the server: nobody knows.
                    Some(_) => Error::from(e),
                    None => Error::Uncertain(e.to_string()),
                })?;
                if writes {
                    fail::point("store.committed")?;
                }
                Ok(answer)
            }
        }
    }

    /// Makes sure that a server still answers, and comes back to it when it was away.
    pub fn ready(&mut self, place: &Place, writes: bool) -> Result<()> {
        let Connection::Postgres(connection) = self else { return Ok(()) };
        // A write is rare and dear, so it always asks first; a look asks when the line was quiet for a while.
        let fresh = !writes && connection.used.elapsed() < Duration::from_millis(200);
        if !connection.client.is_closed() && (fresh || connection.client.is_valid(Duration::from_secs(5)).is_ok()) {
            return Ok(());
        }
        *self = connect(place, writes)?;
        Ok(())
    }

    pub fn is_lost(&self) -> bool {
        matches!(self, Connection::Postgres(c) if c.client.is_closed())
    }
}
