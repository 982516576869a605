//! 权限: who may do what. A table that an auditor can read (`data/`), and one pure function over it.
//!
//! Nothing here looks at a clock, a database or a request: the rooms above find out how the actor stands to what is asked
//! ([`Ask`]) and do as the [`Verdict`] says. The reading order of the table is written in `docs/rights.md`.

mod action;
mod ask;
mod class;
mod decide;
pub mod matrix;
mod purpose;
mod role;
mod verdict;

pub use action::{Action, Kind, Reach, Thing, action, actions, of_route, of_word, routes};
pub use ask::{Ask, Ground, Relation, Scope, State};
pub use class::{Class, Layer};
pub use decide::{decide, may_ever, may_record};
pub use purpose::Purpose;
pub use role::Role;
pub use verdict::{Reason, Verdict};
