//! 填表: the registry's rows and the procedure's records become the document room's structs.

mod appointment;
mod decision;
mod ledger;
mod notice;
mod paper;
mod roster;
mod slate;
mod words;

pub use appointment::{appointment_form, batch};
pub use decision::{appointment_notice, talk_record};
pub use ledger::{LedgerFile, Rows, figure};
pub use notice::public_notice;
pub use paper::paper;
pub use roster::roster;
pub use slate::slate;
