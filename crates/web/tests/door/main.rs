//! Journeys through the browser's door, at a small county.

mod browser;
mod edit;
mod imports;
mod login;
mod once;
mod sight;
