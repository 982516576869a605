//! The facts of one line of the slate.

use crate::{Fields, Item, Procedure, Result};
use registry::Desk;
use vocabulary::Id;

/// Every fact of one line that is known or derived today, as texts by fact id: what the papers print.
pub fn facts_of(_desk: &Desk, _id: Id<Procedure>, _item: Id<Item>) -> Result<Fields> { todo!() }
