//! Open connections, handed out one at a time.

use crate::{Connection, Place, Result, connect};
use std::sync::{Condvar, Mutex};

pub struct Pool {
    place: Place,
    most: usize,
    state: Mutex<State>,
    free: Condvar,
}
struct State {
    idle: Vec<Connection>,
    open: usize,
    /// How often everything that is open was given up.
    renewed: u64,
}

impl Pool {
    pub fn new(place: Place, most: usize) -> Pool {
        Pool { place, most, state: Mutex::new(State { idle: Vec::new(), open: 0, renewed: 0 }), free: Condvar::new() }
    }

    /// An idle connection, a new one while there are fewer than `most`, or the next that comes back.
    pub fn take(&self) -> Result<Taken<'_>> {
        let mut state = self.lock();
        loop {
            if let Some(connection) = state.idle.pop() {
                return Ok(Taken { pool: self, connection: Some(connection), renewed: state.renewed });
            }
            if state.open < self.most {
                state.open += 1;
                let renewed = state.renewed;
                drop(state);
                return match connect(&self.place, false) {
                    Ok(connection) => Ok(Taken { pool: self, connection: Some(connection), renewed }),
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

    /// Closes what is idle, so that nothing of ours holds the file.
    pub fn close(&self) {
        let mut state = self.lock();
        state.open -= state.idle.len();
        state.idle.clear();
    }

    /// Gives up every connection that is open, what is at work as soon as it comes back.
    pub fn renew(&self) {
        self.lock().renewed += 1;
        self.close();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(|p| p.into_inner())
    }
}

/// A connection that goes back when it is dropped.
pub struct Taken<'a> {
    pool: &'a Pool,
    connection: Option<Connection>,
    renewed: u64,
}

impl Taken<'_> {
    pub fn connection(&mut self) -> &mut Connection {
        self.connection.as_mut().expect("held until dropped")
    }
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        let mut state = self.pool.lock();
        match self.connection.take() {
            // A connection that was lost or given up, or that a panic left in doubt, is not used again.
            Some(connection) if self.renewed == state.renewed && !connection.is_lost() && !std::thread::panicking() => state.idle.push(connection),
            _ => state.open -= 1,
        }
        drop(state);
        self.pool.free.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use crate::{Error, Place, Store};

    /// The index that a reader of `store` walks for one row of `t`.
    fn walked(store: &Store) -> String {
        store.read(|tx| Ok::<_, Error>(tx.one("explain query plan select * from t where a = 1 and b = 1", &[])?.text(3).to_owned())).unwrap()
    }
    fn fill(store: &Store, a: &str, b: &str) {
        let rows = format!("with recursive n (n) as (select 1 union all select n + 1 from n where n < 500) insert into t (a, b) select {a}, {b} from n");
        store
            .write(|tx| {
                tx.batch(&format!("delete from t; {rows}"))?;
                tx.analyze()
            })
            .unwrap();
    }

    #[test]
    fn a_reader_that_was_open_plans_by_the_statistics_of_today() {
        let folder = std::env::temp_dir().join(format!("zhiren-pool-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let store = Store::open(Place::File(folder.join("statistics.db"))).unwrap();
        store.write(|tx| tx.batch("create table t (a integer, b integer); create index t_a on t (a); create index t_b on t (b)")).unwrap();
        fill(&store, "n", "1");
        assert!(walked(&store).contains("t_a"), "{}", walked(&store));
        fill(&store, "1", "n");
        assert!(walked(&store).contains("t_b"), "{}", walked(&store));
        drop(store);
        std::fs::remove_dir_all(folder).unwrap();
    }
}
