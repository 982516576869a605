//! 试错: every guess is counted before it is looked at; who guessed wrong too often waits.

use crate::{App, Stop};
use registry::account::guess::{self, Bucket};
use registry::account::sign_in::{self, Went};
use registry::account::session::Whence;
use registry::account::Found;
use registry::{Actor, AsOf};

/// What came of a guess.
pub enum Guessed<T> {
    Right(T),
    Wrong,
    /// Not looked at; after so many seconds.
    Wait(i64),
}

/// Looks at a guess with `look`, unless too many were wrong of late. `look` may be slow: it runs outside of any transaction,
/// and few run at once.
pub fn guess<T>(app: &App, found: Option<&Found>, from: &Whence, means: &str, buckets: &[Bucket], look: impl FnOnce() -> Result<Option<T>, Stop>) -> Result<Guessed<T>, Stop> {
    let (program, now) = (Actor::program(), app.now());
    // A flood is turned away by a look; it must not make the database write.
    if let Some(seconds) = app.office.read(&program, AsOf::default(), |desk| Ok::<_, Stop>(guess::rest(desk, buckets, now)?))? {
        return Ok(Guessed::Wait(seconds));
    }
    if let Some(seconds) = app.office.write(&program, |desk| Ok::<_, Stop>(guess::begin(desk, buckets, now)?))? {
        return Ok(Guessed::Wait(seconds));
    }
    if let Some(right) = look()? {
        return Ok(Guessed::Right(right));
    }
    // Never what was typed in place of a name: it may be a password.
    let (account, address) = (found.map(|f| f.id.number()), from.address.as_deref().unwrap_or("-"));
    tracing::warn!(target: "security", account, address, means, "sign-in refused");
    if let Some(found) = found {
        app.office.write(&program, |desk| Ok::<_, Stop>(sign_in::note(desk, found.id, from, means, Went::Wrong, now)?))?;
    }
    Ok(Guessed::Wrong)
}

/// The guess was right, and nothing else is written with it.
pub fn right(app: &App, buckets: &[Bucket]) -> Result<(), Stop> {
    app.office.write(&Actor::program(), |desk| Ok::<_, Stop>(guess::right(desk, buckets)?))
}

/// How long to wait, for people.
pub fn wait_says(seconds: i64) -> String {
    match seconds {
        ..=90 => format!("连续输错多次，请 {seconds} 秒后再试"),
        _ => format!("连续输错多次，请 {} 分钟后再试", (seconds + 59) / 60),
    }
}
