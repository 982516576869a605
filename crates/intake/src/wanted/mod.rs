//! 文件所说: one record of a file as rows of the registry, each with its place; what cannot be taken is a fault.

mod career;
mod details;
pub(crate) mod fields;
mod rank;
mod resume;
mod schooling;
mod texts;

pub(crate) use resume::titles;

use crate::coding::Coding;
use crate::index::Index;
use exchange::{Fault, PersonRecord, Place};
use registry::dated::Noun;
use registry::rows::{
    Appraisal, Award, Details, Education, FormText, Membership, PoolEntry, Qualification, RankHeld, Relative, ResumeLine, Sanction, Tenure,
};
use std::hash::{Hash, Hasher};
use store::Param;
use vocabulary::{Date, Day};

/// A row that the file speaks of, and where.
#[derive(Clone, Debug)]
pub(crate) struct Said<T> {
    pub row: T,
    pub place: Place,
    /// Columns that the row must fill but the file does not really say; what is on record stays.
    pub silent: &'static [&'static str],
}

impl<T> Said<T> {
    pub fn new(row: T, place: &Place) -> Said<T> {
        Said { row, place: place.clone(), silent: &[] }
    }
}

/// 现任职务 in one text, when the file gives no tenures.
#[derive(Clone, Debug)]
pub(crate) struct PostText {
    pub text: String,
    pub place: Place,
    /// 任现职时间
    pub since: Option<Date>,
}

/// 职务层次 or 职级 without the day since when it is held.
#[derive(Clone, Debug)]
pub(crate) struct Undated {
    pub ladder: &'static str,
    pub rank: String,
    pub place: Place,
}

pub(crate) struct Photo {
    pub kind: &'static str,
    pub checksum: String,
    pub bytes: Vec<u8>,
    pub place: Place,
}

/// Everything that one record says of one person.
#[derive(Default)]
pub(crate) struct Wanted {
    pub details: Details,
    /// Place of each column of the details.
    pub places: Vec<(&'static str, Place)>,
    /// 统计关系所在单位, by number; kept only when no tenure says it.
    pub unit: Option<(i64, Place)>,
    pub tenures: Vec<Said<Tenure>>,
    /// The tenures were taken out of the 简历: weaker than rows of their own.
    pub from_resume: bool,
    pub post: Option<PostText>,
    pub resume: Option<(Vec<ResumeLine>, Place)>,
    pub ranks: Vec<Said<RankHeld>>,
    pub undated_ranks: Vec<Undated>,
    pub memberships: Vec<Said<Membership>>,
    pub educations: Vec<Said<Education>>,
    pub qualifications: Vec<Said<Qualification>>,
    pub appraisals: Vec<Said<Appraisal>>,
    pub awards: Vec<Said<Award>>,
    pub sanctions: Vec<Said<Sanction>>,
    pub relatives: Vec<Said<Relative>>,
    pub pools: Vec<Said<PoolEntry>>,
    pub texts: Vec<Said<FormText>>,
    pub photo: Option<Photo>,
    pub faults: Vec<Fault>,
}

/// What reading a record needs at hand.
pub(crate) struct Reading<'r> {
    pub coding: Coding<'r>,
    pub index: &'r Index,
    pub today: Day,
}

impl Reading<'_> {
    pub fn wanted(&self, mut record: PersonRecord) -> Wanted {
        let mut wanted = Wanted { faults: std::mem::take(&mut record.faults), ..Wanted::default() };
        details::read(self, &record, &mut wanted);
        rank::read(self, &record, &mut wanted);
        schooling::read(self, &record, &mut wanted);
        career::read(self, &record, &mut wanted);
        resume::read(self, &record, &mut wanted);
        texts::read(self, &mut record, &mut wanted);
        wanted
    }
}

impl Wanted {
    /// What the record says, without where: two records of one person with the same print say the same.
    pub fn print(&self) -> u64 {
        let mut hash = std::collections::hash_map::DefaultHasher::new();
        fn rows<T: Noun>(said: &[Said<T>], hash: &mut impl Hasher) {
            said.iter().for_each(|one| row(&one.row, hash));
            said.len().hash(hash);
        }
        row(&self.details, &mut hash);
        rows(&self.tenures, &mut hash);
        rows(&self.ranks, &mut hash);
        rows(&self.memberships, &mut hash);
        rows(&self.educations, &mut hash);
        rows(&self.qualifications, &mut hash);
        rows(&self.appraisals, &mut hash);
        rows(&self.awards, &mut hash);
        rows(&self.sanctions, &mut hash);
        rows(&self.relatives, &mut hash);
        rows(&self.pools, &mut hash);
        rows(&self.texts, &mut hash);
        if let Some((lines, _)) = &self.resume {
            lines.iter().for_each(|line| row(line, &mut hash));
        }
        self.photo.as_ref().map(|p| &p.checksum).hash(&mut hash);
        hash.finish()
    }
}

fn row(row: &impl Noun, hash: &mut impl Hasher) {
    for param in row.params() {
        match param {
            Param::Null => 0_u8.hash(hash),
            Param::Int(n) => n.hash(hash),
            Param::Text(text) => text.hash(hash),
            Param::Bytes(bytes) => bytes.hash(hash),
        }
    }
}
