//! One test program; each file is one noun of the crate.

mod automaton;
mod calendar;
mod cases;
mod conditions;
mod dates;
mod examine;
mod faults;
mod shipped;
mod verdicts;
mod words;

use institution::{Book, Dictionary};
use std::path::PathBuf;
use std::sync::OnceLock;

/// `institutions/` as it ships.
fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../institutions")
}

fn book() -> &'static Book {
    static BOOK: OnceLock<Book> = OnceLock::new();
    BOOK.get_or_init(|| Book::from_dir(&folder()).unwrap_or_else(|faults| panic!("{faults}")))
}

fn dictionary() -> &'static Dictionary {
    &book().dictionary
}
