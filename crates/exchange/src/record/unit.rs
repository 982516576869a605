//! What a file says of one unit.

use super::Fields;
use crate::{Fault, Place};

/// 单位一条; fields by the names of [`super::field::unit`].
#[derive(Clone, Debug, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct UnitRecord {
    pub place: Place,
    pub fields: Fields,
    pub faults: Vec<Fault>,
}

impl UnitRecord {
    pub fn name(&self) -> Option<&str> {
        self.fields.value(super::field::unit::NAME)
    }
}
