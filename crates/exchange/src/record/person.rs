//! What a file says of one person.

use super::{
    AppraisalRecord, AwardRecord, EducationRecord, FamilyRecord, Fields, LevelRecord, Proposal, QualificationRecord,
    TenureRecord,
};
use crate::resume::Resume;
use crate::{Fault, Place};

/// 人员一条. Single values stand in `fields`, each with its place; everything dated or repeated has its own list.
#[derive(Clone, Debug, PartialEq, Default, serde::Serialize, serde::Deserialize)]
pub struct PersonRecord {
    /// Row or file of the person.
    pub place: Place,
    /// By the names of [`super::field::person`], or of the dictionary when a column mapping said so.
    pub fields: Fields,
    pub resume: Option<Resume>,
    pub tenures: Vec<TenureRecord>,
    pub levels: Vec<LevelRecord>,
    pub educations: Vec<EducationRecord>,
    pub qualifications: Vec<QualificationRecord>,
    /// Awards and sanctions, told apart by [`AwardRecord::nature`].
    pub awards: Vec<AwardRecord>,
    pub appraisals: Vec<AppraisalRecord>,
    pub family: Vec<FamilyRecord>,
    pub photo: Option<Photo>,
    pub proposal: Option<Proposal>,
    /// Elements that nobody here knows, kept for the writer.
    pub extra: Vec<Extra>,
    /// Our own number of the person, when the file was written by our ledger (`person:<n>`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_id: Option<i64>,
    /// Faults of this person's values; those of the whole file stand in [`super::FileRead::faults`].
    pub faults: Vec<Fault>,
}

impl PersonRecord {
    /// Empty when the file gives no name.
    pub fn name(&self) -> &str {
        self.fields.value(super::field::person::NAME).unwrap_or("")
    }
    /// Tidy: no blanks, capital X. May still be wrong; then a finding says so.
    pub fn id_number(&self) -> Option<&str> {
        self.fields.value(super::field::person::ID_NUMBER)
    }
}

/// 照片: what the bytes are, told by their first bytes, not by a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhotoKind {
    Jpeg,
    Png,
    Bmp,
    Gif,
}

/// 照片. Bytes are left out when a record is written as JSON.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Photo {
    pub kind: PhotoKind,
    #[serde(skip)]
    pub bytes: Vec<u8>,
    pub place: Place,
}

impl std::fmt::Debug for Photo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Photo({:?}, {} bytes)", self.kind, self.bytes.len())
    }
}

/// 未识别的元素: name, and its raw XML with its own tags.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Extra {
    pub element: String,
    pub raw: String,
}
