//! Earlier editions that are still asked for, made ready once for the life of the program.

use crate::Institution;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// By institution and checksum of its texts. Never emptied: an office changes an institution a few times a year, and a
/// running procedure holds on to the edition that it began under; therefore each is kept as long as the program.
#[derive(Debug, Default)]
pub struct Editions(Mutex<HashMap<(String, String), &'static Institution>>);

impl Editions {
    pub fn get(&self, id: &str, checksum: &str) -> Option<&'static Institution> {
        let ready = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        ready.get(&(id.to_owned(), checksum.to_owned())).copied()
    }
    pub fn put(&self, id: &str, checksum: &str, institution: Institution) -> &'static Institution {
        let mut ready = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        ready.entry((id.to_owned(), checksum.to_owned())).or_insert_with(|| Box::leak(Box::new(institution)))
    }
}
