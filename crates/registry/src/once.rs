//! 一次: the same form sent twice does its work once, whether by a double click, a lost answer or a crash in between.
//!
//! The key is written in the transaction of the work itself: there is no moment with one and without the other.
//! What changed nothing (a refusal, a mistake in a field) leaves no key, so the mended form may carry the same one.

use crate::{Desk, Error, Result};
use sha2::{Digest, Sha256};
use std::sync::atomic::{AtomicBool, Ordering};
use vocabulary::Moment;

/// A key is kept for a week, a page older than that has outlived its session; and the newest ones in any case, because a
/// clock that jumps ahead makes everything look old.
const KEPT_SECONDS: i64 = 7 * 86_400;
const KEPT_ENTRIES: i64 = 10_000;

/// One sending of a form.
#[derive(Debug)]
pub struct Submission {
    pub key: String,
    /// Who sent what to which address, as a sum: a key with other content is no repeat.
    print: String,
    /// Has this very sending written already? Then a second write of the same request is no repeat.
    claimed: AtomicBool,
}

impl Submission {
    /// `None` when the key is not one of ours: 16 to 64 letters and digits.
    pub fn new(key: &str, who: &str, content: &[u8]) -> Option<Submission> {
        let fits = (16..=64).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let print = Sha256::new().chain_update(who).chain_update([0]).chain_update(content).finalize();
        let print = print.iter().map(|b| format!("{b:02x}")).collect();
        fits.then(|| Submission { key: key.to_owned(), print, claimed: AtomicBool::new(false) })
    }

    /// Did it change anything?
    pub fn is_claimed(&self) -> bool {
        self.claimed.load(Ordering::Acquire)
    }
    pub(crate) fn claim(&self) {
        self.claimed.store(true, Ordering::Release);
    }
}

/// Stops when this form's work is done already.
pub(crate) fn refuse_repeat(desk: &Desk, submission: &Submission) -> Result<()> {
    store::fail::point("once.look")?;
    if submission.is_claimed() {
        return Ok(());
    }
    let row = desk.first("select print, answer, entered from submissions where key = $1", &[submission.key.as_str().into()])?;
    match row {
        None => Ok(()),
        Some(row) => Err(Error::Again {
            same: row.text(0) == submission.print,
            answer: row.opt_string(1),
            entered: row.int(2),
        }),
    }
}

/// Keeps the key beside what was written.
pub(crate) fn note(desk: &mut Desk, submission: &Submission, entered: i64) -> Result<()> {
    store::fail::point("once.note")?;
    if submission.is_claimed() {
        return Ok(());
    }
    if entered % 64 == 0 {
        let oldest = Moment(desk.moment.0 - KEPT_SECONDS).to_string();
        desk.execute("delete from submissions where at < $1 and entered < $2", &[oldest.into(), (entered - KEPT_ENTRIES).into()])?;
    }
    let sql = "insert into submissions (key, print, at, entered) values ($1, $2, $3, $4)";
    let at = desk.moment.to_string();
    let values = [submission.key.as_str().into(), submission.print.as_str().into(), at.into(), entered.into()];
    match desk.execute(sql, &values) {
        // Another program on the same database was faster by a hair.
        Err(Error::Store(e)) if e.is_conflict() => Err(Error::Again { same: true, answer: None, entered: 0 }),
        other => other.map(|_| ()),
    }
}

/// Notes where the first answer led: with the next write, since it is a convenience and not worth a sync of its own.
pub(crate) fn answered(desk: &mut Desk, key: &str, answer: &str) -> Result<()> {
    desk.execute("update submissions set answer = $1 where key = $2 and answer is null", &[answer.into(), key.into()])?;
    Ok(())
}
