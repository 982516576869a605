//! Journeys through the browser's door, at a small county.

mod browser;
mod edit;
mod imports;
mod login;
mod matrix;
mod rights;
mod once;
mod sight;
