//! Journeys through the browser's door, at a small county.

mod ballots;
mod api;
mod browser;
mod cases;
mod doors;
mod edit;
mod exports;
mod factors;
mod forgery;
mod guesses;
mod imports;
mod login;
mod corrections;
mod matrix;
mod rights;
mod once;
mod proof;
mod sessions;
mod sight;
