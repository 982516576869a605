//! 停: after a failed sync or commit nobody knows what the disk holds, so the store goes no further.
//!
//! Going on would build on pages that the kernel has thrown away: a later sync that succeeds says nothing about them.

use crate::{Error, Result};
use std::sync::{Mutex, OnceLock};

type Told = Box<dyn Fn(&str) + Send + Sync>;

#[derive(Default)]
pub struct Halt {
    why: OnceLock<String>,
    told: Mutex<Option<Told>>,
}

impl Halt {
    /// Refuses when the store has stopped.
    pub fn refuse(&self) -> Result<()> {
        self.why.get().map_or(Ok(()), |why| Err(Error::Halted(why.clone())))
    }

    /// Who is to be told: the program, which ends itself.
    pub fn tell(&self, told: Told) {
        *self.told.lock().unwrap_or_else(|p| p.into_inner()) = Some(told);
    }

    pub fn stop(&self, why: String) -> Error {
        let why = self.why.get_or_init(|| why).clone();
        if let Some(told) = &*self.told.lock().unwrap_or_else(|p| p.into_inner()) {
            told(&why);
        }
        Error::Halted(why)
    }

    pub fn why(&self) -> Option<&str> {
        self.why.get().map(String::as_str)
    }
}

/// Does this error, in a transaction that writes, mean that the disk cannot be trusted?
pub fn is_grave(error: &rusqlite::Error, committing: bool) -> bool {
    use rusqlite::ErrorCode;
    let Some(code) = error.sqlite_error() else { return committing };
    match code.code {
        // A disk without room refuses before anything is half written; the journal rolls it back.
        ErrorCode::DiskFull | ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::ConstraintViolation => false,
        // The shared index could not grow, as on a full disk: nothing was written yet.
        ErrorCode::SystemIoFailure if code.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE => false,
        ErrorCode::SystemIoFailure | ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => true,
        _ => committing,
    }
}
