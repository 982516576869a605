//! The same heads are the same kind of roster.

use crate::roster::{RosterTable, head::tidy};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Of the tidied heads in their order, 32 hex digits. Blanks, brackets and widths do not change it.
pub fn fingerprint(table: &RosterTable) -> String {
    let mut hasher = Sha256::new();
    for head in &table.heads {
        hasher.update(tidy(&head.column.head));
        hasher.update(b"\n");
    }
    hasher.finalize().iter().take(16).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
