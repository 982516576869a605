//! 不丢: backups, and the way back from them, for both databases alike.
//!
//! Rows carry when they were entered and superseded, so one backup brings back every moment before it: a restore to
//! journal number S leaves out what was entered later and takes back what was superseded later. What is not dated so is
//! said in [`cut`].

pub mod against;
pub mod backup;
pub mod cut;
pub mod restore;
pub mod sealed;

pub use against::against;
pub use backup::backup;
pub use restore::{Restore, Restored, Until, restore};
pub use sealed::Sealed;

/// Never in a backup: what can be computed, and what must not come back to life. A session that was ended after the
/// backup would be open again; after a restore everybody logs in anew, with no wrong guesses against them.
pub const LEFT_OUT: &[&str] = &["migrations", "standing", "sessions", "guesses"];

/// Seconds since 1970 have nothing to do with it: only that no two backups seal alike.
fn random() -> [u8; 16] {
    rand::random()
}
