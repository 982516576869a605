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

    /// Closes what is idle, so that nothing of ours holds the file.
    pub fn close(&self) {
        let mut state = self.lock();
        state.open -= state.idle.len();
        state.idle.clear();
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
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        let mut state = self.pool.lock();
        match self.connection.take() {
            // A connection that was lost, or that a panic left in doubt, is not used again.
            Some(connection) if !connection.is_lost() && !std::thread::panicking() => state.idle.push(connection),
            _ => state.open -= 1,
        }
        drop(state);
        self.pool.free.notify_one();
    }
}
