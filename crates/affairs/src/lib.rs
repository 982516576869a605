//! 事务: the work itself. Examines a proposal, runs the procedure of an institution step by step, and fills the papers.
//!
//! The engine knows no institution by name: steps, papers, fields, gates and rules come from `institutions/`.

mod attribution;
pub mod dissolution;
pub mod duty;
pub mod campaign;
pub mod case;
pub mod ballot;
mod error;
pub mod examine;
pub mod form;
mod known;
pub mod matter;
pub mod points;
pub mod procedure;
pub mod register;
pub mod report;
pub mod stars;
pub mod task;
pub mod team;

pub use attribution::{Attribution, By, attribution};
pub use error::{Error, Result};
pub use examine::{Examination, examine, examine_facts};
pub use known::Fields;
pub use team::{Team, TeamImpact, impact, team};

/// 程序, as the number of a running one.
pub enum Procedure {}
/// 方案中的一行
pub enum Item {}

/// 诉求
pub enum Case {}

pub use registry::MIGRATIONS;
