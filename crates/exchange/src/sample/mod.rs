//! Invented people for tests and benches, and the national workbook filled with them. They belong to nobody: the region
//! of every ID number is 990000, which does not exist.

mod invent;
mod write;

pub use invent::{id_number, people, person, unit};
pub use write::{Error, heads, write_national_workbook};
