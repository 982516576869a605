//! One test program for the room: each file tells what the registry promises, on both databases.

mod agreement;
mod damage;
mod decay;
mod few;
mod history;
mod hooks;
mod lasting;
mod consistency;
mod consultation;
mod journal;
mod amendment;
mod office;
mod sealed;
mod second_verifier;
mod profile;
mod purge;
mod rights;
mod saved;
mod standing;
mod tenures;
mod two_times;
