//! The facts that rosters usually hold.

use super::KnownFact;

/// Head wordings met in rosters, by the names of [`crate::field::person`].
pub fn usual_facts() -> Vec<KnownFact> {
    Vec::new()
}
