//! 试错: how many wrong guesses there were of late, and how long a further one waits. Kept in the database, so that a
//! restart forgives nothing.
//!
//! An account is never locked for good: a wait ends by itself, and a browser that has logged in to the account before is
//! counted apart, so that a stranger who guesses all day cannot keep its owner out.

use super::hash;
use crate::{Account, Desk, Result};
use vocabulary::{Id, Moment};

/// What guesses are counted by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bucket {
    /// Passwords for a login name, from browsers that nobody knows; also for names that nobody has.
    Name(String),
    /// Passwords from a browser that has logged in to the account before.
    Known(Id<Account>, i64),
    /// Proofs that somebody who is in gives once more, by session.
    Session(i64),
    /// Codes of a second factor.
    Factor(Id<Account>),
    /// A network address, whatever it tries.
    Address(String),
}

/// First wait, and the longest, in seconds.
const FIRST_WAIT: i64 = 30;
const LONGEST_WAIT: i64 = 900;
/// After so long without a wrong guess the count begins anew.
const FORGIVEN_SECONDS: i64 = 3600;

impl Bucket {
    fn key(&self) -> String {
        hash(&match self {
            Bucket::Name(name) => format!("name {name}"),
            Bucket::Known(account, browser) => format!("known {account} {browser}"),
            Bucket::Session(session) => format!("session {session}"),
            Bucket::Factor(account) => format!("factor {account}"),
            Bucket::Address(address) => format!("address {address}"),
        })
    }
    /// Wrong guesses that wait for nothing. A whole office may come from one address.
    fn free(&self) -> i64 {
        if matches!(self, Bucket::Address(_)) { 40 } else { 5 }
    }
    /// Seconds to wait after the last of `failures` wrong guesses.
    pub fn wait(&self, failures: i64) -> i64 {
        match failures - self.free() {
            over if over < 0 => 0,
            over => (FIRST_WAIT << over.min(10)).min(LONGEST_WAIT),
        }
    }
}

/// Seconds until a guess in these buckets is looked at again; nothing when at once.
pub fn rest(desk: &Desk, buckets: &[Bucket], now: Moment) -> Result<Option<i64>> {
    let mut longest = 0;
    for bucket in buckets {
        let (failures, last) = counted(desk, bucket, now)?;
        longest = longest.max(left(last, bucket.wait(failures), now.0));
    }
    Ok((longest > 0).then_some(longest))
}

/// What is left of a wait that began at `last`. A clock that was set back since lets nobody wait longer than the wait is.
fn left(last: i64, wait: i64, now: i64) -> i64 {
    (last + wait - now).min(wait)
}

fn counted(desk: &Desk, bucket: &Bucket, now: Moment) -> Result<(i64, i64)> {
    let row = desk.first("select failures, last from guesses where bucket = $1", &[bucket.key().into()])?;
    let fresh = row.filter(|r| now.0 - r.int(1) < FORGIVEN_SECONDS);
    Ok(fresh.map_or((0, 0), |r| (r.int(0), r.int(1))))
}

/// Counts a guess as wrong before it is looked at, so that a thousand at once are not looked at together. Answers how long
/// to wait when it may not be looked at.
pub fn begin(desk: &mut Desk, buckets: &[Bucket], now: Moment) -> Result<Option<i64>> {
    if let Some(seconds) = rest(desk, buckets, now)? {
        return Ok(Some(seconds));
    }
    for bucket in buckets {
        let (failures, _) = counted(desk, bucket, now)?;
        desk.execute(
            "insert into guesses (bucket, failures, last) values ($1, $2, $3)
             on conflict (bucket) do update set failures = $2, last = $3",
            &[bucket.key().into(), (failures + 1).into(), now.0.into()],
        )?;
    }
    Ok(None)
}

/// The guess was right. An address is forgiven only this one: whoever has an account of their own does not wash it clean.
pub fn right(desk: &mut Desk, buckets: &[Bucket]) -> Result<()> {
    for bucket in buckets {
        let left = if matches!(bucket, Bucket::Address(_)) { "failures - 1" } else { "0" };
        desk.execute(&format!("update guesses set failures = {left} where bucket = $1 and failures > 0"), &[bucket.key().into()])?;
    }
    Ok(())
}

/// Rows that count no more are taken away.
pub fn tidy(desk: &mut Desk, now: Moment) -> Result<()> {
    desk.execute("delete from guesses where last < $1", &[(now.0 - 24 * FORGIVEN_SECONDS).into()])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end() {
        let name = Bucket::Name("zuzhi".into());
        let waits: Vec<i64> = (4..12).map(|n| name.wait(n)).collect();
        assert_eq!(waits, [0, 30, 60, 120, 240, 480, 900, 900]);
        assert_eq!(Bucket::Address("10.0.0.1".into()).wait(39), 0);
    }

    #[test]
    fn a_clock_that_was_set_back_keeps_nobody_out() {
        assert_eq!((left(1_000, 30, 1_010), left(1_000, 30, 1_030)), (20, 0));
        let (month_ahead, now) = (30 * 86_400, 0);
        assert_eq!((left(month_ahead, 30, now), left(month_ahead, 0, now)), (30, 0));
    }

    #[test]
    fn in_ten_minutes_no_more_than_twenty_guesses_are_looked_at() {
        let name = Bucket::Name("zuzhi".into());
        let (mut at, mut failures, mut looked_at) = (0, 0, 0);
        while at < 600 {
            looked_at += 1;
            failures += 1;
            at += name.wait(failures);
        }
        assert!(looked_at <= 20, "{looked_at}");
    }
}
