//! One test program; each file is one noun of the crate. Every sentence is tried on both databases.

mod county;
mod effect;
mod examination;
mod forms;
mod journey;
mod meeting;
mod notice;
mod order;
mod team;
