//! 故障点: named places where tests let the program fail. Without the feature `failpoints` they are nothing at all.
//!
//! `ZHIREN_FAIL="store.commit=abort"`, `"store.commit=3*error"` (only the third time), several with `;`.
//! What may happen there: `error`, `panic`, `abort`, `delay` (two seconds; `delay:5` five milliseconds).

/// Every point of the program. A test walks them all, and a point that is not listed cannot be set.
pub const POINTS: &[&str] = &[
    "store.open",
    "store.begin",
    "store.commit",
    "store.committed",
    "store.look",
    "migrate.begin",
    "migrate.step",
    "migrate.noted",
    "migrate.done",
    "office.prepare",
    "office.roll",
    "desk.open",
    "journal.before",
    "journal.after",
    "standing.before",
    "standing.after",
    "row.add",
    "row.withdraw",
    "once.look",
    "once.note",
    "session.begin",
    "session.seen",
    "session.end",
    "account.add",
    "staging.write",
    "staging.rename",
    "staging.remove",
    "import.apply",
    "import.journal",
    "backup.begin",
    "backup.table",
    "backup.finish",
    "backup.sync",
    "backup.verify",
    "backup.rename",
    "restore.verify",
    "restore.migrate",
    "restore.load",
    "restore.compare",
    "restore.note",
    "restore.keep",
    "restore.swap",
    "restore.done",
];

#[cfg(not(feature = "failpoints"))]
#[inline(always)]
pub fn point(_: &'static str) -> crate::Result<()> {
    Ok(())
}

#[cfg(feature = "failpoints")]
pub use set::{passed, point, set};

/// `ZHIREN_FAIL_SYNC=normal` or `off`: a commit is answered before it is on the disk. The control run of a power-cut test
/// must lose writes by it.
pub fn less_sync() -> Option<&'static str> {
    let asked = if cfg!(feature = "failpoints") { std::env::var("ZHIREN_FAIL_SYNC").ok() } else { None };
    ["normal", "off"].into_iter().find(|word| asked.as_deref() == Some(word))
}

#[cfg(feature = "failpoints")]
mod set {
    use crate::{Error, Result};
    use std::collections::{BTreeSet, HashMap};
    use std::sync::{Mutex, MutexGuard, OnceLock};

    #[derive(Clone, Copy, PartialEq, Eq, Debug)]
    enum Failure {
        Error,
        Panic,
        /// The process is gone at once, as by `kill -9`.
        Abort,
        /// Milliseconds.
        Delay(u64),
    }

    impl Failure {
        fn read(text: &str) -> Option<Failure> {
            Some(match text {
                "error" => Failure::Error,
                "panic" => Failure::Panic,
                "abort" => Failure::Abort,
                "delay" => Failure::Delay(2000),
                other => Failure::Delay(other.strip_prefix("delay:")?.parse().ok()?),
            })
        }
    }

    /// When it fails (0: every time, else only the n-th), how, and how often it was passed.
    struct Armed {
        nth: u64,
        failure: Failure,
        passed: u64,
    }

    fn seen() -> MutexGuard<'static, BTreeSet<&'static str>> {
        static SEEN: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
        SEEN.lock().unwrap_or_else(|p| p.into_inner())
    }

    /// The points that were passed since the last [`set`].
    pub fn passed() -> BTreeSet<&'static str> {
        seen().clone()
    }

    fn armed() -> MutexGuard<'static, HashMap<String, Armed>> {
        static ARMED: OnceLock<Mutex<HashMap<String, Armed>>> = OnceLock::new();
        let armed = ARMED.get_or_init(|| {
            let text = std::env::var("ZHIREN_FAIL").unwrap_or_default();
            Mutex::new(text.split(';').filter_map(read).collect())
        });
        armed.lock().unwrap_or_else(|p| p.into_inner())
    }

    fn read(text: &str) -> Option<(String, Armed)> {
        let (name, how) = text.trim().split_once('=')?;
        assert!(super::POINTS.contains(&name), "no fail point {name}");
        let (nth, how) = how.split_once('*').map_or((0, how), |(n, how)| (n.parse().expect("a number before *"), how));
        let failure = Failure::read(how).expect("error, panic, abort or delay");
        Some((name.to_owned(), Armed { nth, failure, passed: 0 }))
    }

    /// Arms what `text` says and nothing else; empty disarms all.
    pub fn set(text: &str) {
        seen().clear();
        *armed() = text.split(';').filter_map(read).collect();
    }

    pub fn point(name: &'static str) -> Result<()> {
        debug_assert!(super::POINTS.contains(&name), "{name} is not listed");
        seen().insert(name);
        let failure = {
            let mut armed = armed();
            let Some(set) = armed.get_mut(name) else { return Ok(()) };
            set.passed += 1;
            if set.nth != 0 && set.passed != set.nth {
                return Ok(());
            }
            set.failure
        };
        match failure {
            Failure::Error => Err(Error::Injected(name)),
            Failure::Panic => panic!("fail point {name}"),
            Failure::Abort => std::process::abort(),
            Failure::Delay(milliseconds) => {
                std::thread::sleep(std::time::Duration::from_millis(milliseconds));
                Ok(())
            }
        }
    }
}
