//! One test program; each file is one noun of the crate. Every sentence is tried on both databases.

#![allow(
    clippy::zero_prefixed_literal,
    reason = "days are written as the calendar writes them"
)]

mod campaign;
mod case;
mod ballot;
mod boxed;
mod automaton;
mod county;
mod duty;
mod edition;
mod effect;
mod examination;
mod forms;
mod journey;
mod meeting;
mod notice;
mod order;
mod own;
mod party;
mod qingyun_year;
mod register;
mod systems;
mod team;
