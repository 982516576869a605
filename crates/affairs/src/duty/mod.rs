//! 任务: what recurs and who owes it. Owed, done and overdue are questions to the institution's files and to the rows of
//! what was done; nothing that is owed is ever stored. The engine knows no institution by name.
//!
//! [`mine`] and [`of_units`] list what a few units owe; [`overdue`], [`count`], [`tally`] and [`listed`] ask all of them in one
//! statement a slot. [`complete`] hands one in, [`withdraw`] takes it back, [`ask_excuse`] and [`decide_excuse`] excuse it.

mod clash;
mod completion;
mod digest;
mod event;
mod excuse;
mod feed;
mod file;
mod held;
mod letter;
mod many;
mod mark;
mod mine;
mod owed;
mod planted;
mod roll;
mod rows;
pub(crate) mod unit;
mod withdrawal;

pub use completion::{Completion, complete};
pub(crate) use completion::wrong_text;
pub use digest::{Burden, Digest, burden, digest, is_made as is_digest_made, kept as digest_kept, make_digests};
pub use event::{Event, add_event, events, kinds as event_kinds};
pub use excuse::{Asked, ask_excuse, decide_excuse, excuses_of, waiting_excuses};
pub use feed::{calendar, close_feed, feed_of, open_feed};
pub use file::{Photo, photo};
pub use held::{Held, address_of, held, own_branch, published, published_by, unheard};
pub use letter::letter;
pub use many::{Outcome, Overdue, Tally, count, listed, overdue, tally};
pub use mine::{may_do, may_report, mine, my_units, own_units};
pub use owed::{Owed, of_units, one};
pub use planted::{Given, plant};
pub use roll::{Attendee, expected, make_up};
pub use rows::{WHICH, rows};
pub use unit::{Unit, subject_id, subject_of, unit, units, units_on};
pub use withdrawal::{Withdrawn, withdraw, withdrawn};

use institution::Duty;
use registry::Desk;
use vocabulary::{Citation, Day, Finding, Weight};

/// The duties that are in force on a day.
pub fn in_force<'a>(desk: &Desk<'a, '_>, day: Day) -> impl Iterator<Item = &'a Duty> {
    desk.book.duties().filter(move |d| d.in_force.holds_on(day))
}

/// By its key; refused in words when the institution does not have it.
pub fn find<'a>(desk: &Desk<'a, '_>, key: &str) -> crate::Result<&'a Duty> {
    desk.book.duty(key).ok_or_else(|| crate::Error::NotFound(format!("任务“{key}”")))
}

pub(crate) fn refusal(rule: &str, says: String, citation: &Citation, next: impl Into<String>) -> Finding {
    Finding { rule: rule.into(), weight: Weight::Refuse, says, citation: citation.clone(), saw: vec![], due: None, next: Some(next.into()), unsure: false }
}
