//! 制度 as data: reads, checks and evaluates the files of `institutions/`. Sees files, never a table.

pub mod book;
pub mod condition;
pub mod dictionary;
pub mod fact_set;
pub mod fault;
mod reading;

pub use book::{Book, Files};
pub use condition::{Condition, Operator, Prepared, Test};
pub use dictionary::{Dictionary, Fact, Kind, Subject, Table};
pub use fact_set::FactSet;
pub use fault::{Fault, Faults};
