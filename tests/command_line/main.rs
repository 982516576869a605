//! The program at the command line, as a script of the office would use it: words in, answers and exit status out.

mod files;
mod institutions;
mod journal;
mod program;
mod promises;
mod questions;
mod rights;
