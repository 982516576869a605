//! 制度 as data: reads, checks and evaluates the files of `institutions/`. Sees files, never a table.

pub mod condition;
pub mod dictionary;

pub use condition::{Condition, Test};
pub use dictionary::{Dictionary, Fact, Kind, Subject, Table};
