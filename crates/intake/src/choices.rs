//! 人的选择: what people decide between the preview and the import.

use exchange::mapping::Mapping;
use std::collections::{BTreeMap, BTreeSet};

/// 取舍. Records are named by their number in the file, lines by the id that the preview gave them.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Choices {
    /// Lines that are not to be written; the number of a record (`17`) or unit (`u3`) leaves out the whole of it.
    pub leave_out: BTreeSet<String>,
    /// This record is that person (number of the registry).
    pub same_as: BTreeMap<u32, i64>,
    /// This record is nobody on record, whoever bears the name.
    pub treat_as_new: BTreeSet<u32>,
    /// A name that only one person on record bears is enough, for lists that give nothing else.
    pub name_is_enough: bool,
    /// What the columns of a roster mean, corrected; one for each fingerprint of heads.
    pub mappings: Vec<Mapping>,
}

impl Choices {
    pub(crate) fn leaves_out(&self, id: &str) -> bool {
        self.leave_out.contains(id)
    }
    pub(crate) fn mapping(&self, fingerprint: &str) -> Option<&Mapping> {
        self.mappings.iter().find(|m| m.fingerprint == fingerprint)
    }
}
