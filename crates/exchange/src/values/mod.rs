//! What single values mean: empty words, dates, names, parties, schools, grades, list wordings.

pub(crate) mod appraisal;
pub(crate) mod date;
pub(crate) mod empty;
pub(crate) mod identity;
pub(crate) mod list;
pub(crate) mod name;
pub(crate) mod party;
pub(crate) mod school;
mod take;
pub(crate) mod twice;

pub(crate) use empty::{one_line, several_lines};
pub(crate) use take::when;
