//! What the office expects of an import, tried on both databases.

mod again;
mod career;
mod county;
mod doubts;
mod faults;
mod ledger;
mod many;
mod staging;
mod workbook;
