//! 导入: what files say becomes who is new and what changes, and then one transaction.
//!
//! [`Preview::of`] reads a file beside the record and writes nothing. [`apply`] reads it again with the [`Choices`] that
//! people made, compares again inside its transaction, and writes through one journal entry that names the file.

mod apply;
mod bulk;
mod change;
mod choices;
mod coding;
mod compare;
mod error;
mod examine;
mod held;
mod index;
mod matching;
mod not_taken;
mod offered;
mod own;
mod preview;
mod printed;
mod roster;
mod seats;
mod staging;
mod stream;
mod twice;
mod units;
mod wanted;

pub use apply::{Applied, apply};
pub use change::Change;
pub use choices::Choices;
pub use error::{Error, Result};
pub use offered::Offered;
pub use preview::{Candidate, Page, Preview, RecordPreview, RosterPreview, Summary, UnitPreview, Verdict};
pub use roster::known_facts;
pub use staging::{Arriving, Staged, Staging};
pub use wanted::fields::kept_label;
