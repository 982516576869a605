//! Journeys through the browser's door, at a small county.

mod answers;
mod ballots;
mod api;
mod bad_input;
mod browser;
mod cases;
mod doors;
mod edit;
mod elsewhere;
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
mod stub;
mod seats;
mod systems;
mod village;
