//! What the vault promises, in both profiles.

mod checkpoint;
mod known;
mod proofs;
mod sealed;

pub const PROFILES: [vault::Profile; 2] = [vault::Profile::Intl, vault::Profile::Gm];
