//! Journeys through the browser's door, at a small county.

mod ballots;
mod browser;
mod cases;
mod edit;
mod exports;
mod imports;
mod login;
mod corrections;
mod matrix;
mod rights;
mod once;
mod sight;
