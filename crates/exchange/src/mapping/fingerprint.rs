//! The same heads are the same kind of roster.

use crate::roster::RosterTable;

/// Of the tidied heads in their order, lower-case hex.
pub fn fingerprint(table: &RosterTable) -> String {
    let _ = table;
    String::new()
}
