//! 制度 as data: reads, checks and evaluates the files of `institutions/`. Sees files, never a table.

pub mod book;
pub mod calendar;
pub mod check;
pub mod condition;
pub mod derive;
pub mod dictionary;
pub mod editions;
pub mod examine;
pub mod example;
pub mod fact_set;
pub mod fault;
mod gate;
pub mod institution;
pub mod ledger;
pub mod length;
pub mod paper;
pub mod procedure;
mod reading;
pub mod rule;
pub mod source;
pub mod words;

pub use book::{Book, Files};
pub use calendar::Calendar;
pub use check::Report;
pub use condition::{Condition, Operator, Prepared, Test};
pub use dictionary::{Class, Dictionary, Fact, Kind, Layer, Subject, Table};
pub use fact_set::FactSet;
pub use fault::{Fault, Faults};
pub use institution::Institution;
pub use ledger::Ledger;
pub use length::Length;
pub use paper::Paper;
pub use procedure::Step;
pub use rule::Rule;
pub use words::{Piece, Words};
