//! 见证: the auditor's memory. It keeps the last head that it has seen and takes a newer one only with a proof that the
//! old journal is its beginning: two heads for two auditors are found out as soon as they meet.

use crate::{Checkpoint, Hash, Profile, tree};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    OtherLog,
    /// The new head is of a smaller journal: cut or rolled back.
    Smaller,
    /// The same size, another root: two stories.
    SplitView,
    /// The old journal is not the beginning of the new one.
    NotItsBeginning,
}

/// Is `new` what the journal of `last` has become?
pub fn accept(profile: Profile, last: &Checkpoint, new: &Checkpoint, proof: &[Hash]) -> Result<(), Refusal> {
    if last.origin != new.origin {
        return Err(Refusal::OtherLog);
    }
    if new.size < last.size {
        return Err(Refusal::Smaller);
    }
    if new.size == last.size {
        return if new.root == last.root { Ok(()) } else { Err(Refusal::SplitView) };
    }
    let shown = tree::verify_consistency(profile, last.size, new.size, proof, &last.root, &new.root);
    if shown { Ok(()) } else { Err(Refusal::NotItsBeginning) }
}
