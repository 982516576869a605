//! A mapped roster becomes people.

use super::Mapping;
use crate::roster::RosterTable;
use crate::{Fault, PersonRecord};
use std::ops::ControlFlow;

/// Hands over one person a row; answers with the faults of the table itself.
pub fn apply(
    table: &RosterTable,
    mapping: &Mapping,
    each: &mut dyn FnMut(PersonRecord) -> ControlFlow<()>,
) -> Vec<Fault> {
    let _ = (table, mapping, each);
    Vec::new()
}
