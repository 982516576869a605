//! Neutral records: what a file says of people and units, whatever kind of file it was.

mod career;
mod education;
mod family;
pub mod field;
mod file;
mod person;
mod proposal;
mod unit;

pub use career::{AppraisalRecord, AwardRecord, LevelKind, LevelRecord, Nature, QualificationRecord, TenureRecord};
pub use education::EducationRecord;
pub use family::FamilyRecord;
pub use field::{Field, FieldId, Fields};
pub use file::{FileKind, FileRead, Item, Progress};
pub use person::{Extra, PersonRecord, Photo, PhotoKind};
pub use proposal::Proposal;
pub use unit::UnitRecord;

use crate::Cell;

/// A text that may be missing, with its place.
pub type Text = Option<Cell<String>>;
/// A date that may be missing, with its place; precision as the file had it.
pub type When = Option<Cell<vocabulary::Date>>;
