//! What ships in `institutions/` loads, and every example in it holds.

use institution::Book;
use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../institutions")
}

#[test]
fn the_shipped_institutions_load_without_a_fault() {
    match Book::from_dir(&folder()) {
        Ok(book) => assert!(book.dictionary.facts.len() > 150),
        Err(faults) => panic!("{faults}"),
    }
}
