//! The words that every room uses. No input, no output, no database: only nouns and their arithmetic.

pub mod citation;
pub mod clock;
pub mod date;
pub mod day;
pub mod finding;
pub mod id;
pub mod identity;
pub mod period;
pub mod span;
pub mod value;

pub use citation::Citation;
pub use clock::{Clock, Moment};
pub use date::Date;
pub use day::Day;
pub use finding::{Finding, Findings, Outcome, Saw, Weight};
pub use id::Id;
pub use period::Period;
pub use value::{Truth, Value};
