//! 预览: everything that a page or a terminal needs to show before anything is written.

use crate::stream::{self, Taking};
use crate::{Change, Choices, Error, Offered, Result};
use exchange::mapping::Mapping;
use exchange::{Fault, Place};
use registry::source::Taken;
use registry::{Desk, Sees};

/// 结论: what will become of one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    New,
    Changes,
    Same,
    /// Cannot be told apart: a person must choose among the candidates.
    Ambiguous,
    Refused,
    /// The same person stands in the file before, with the same content.
    Repeated,
    /// A person left the record out.
    LeftOut,
    /// Somebody changed the person after the preview; nothing was written.
    Moved,
}

impl Verdict {
    pub fn says(self) -> &'static str {
        match self {
            Verdict::New => "新增",
            Verdict::Changes => "有变化",
            Verdict::Same => "相同",
            Verdict::Ambiguous => "分不清是谁",
            Verdict::Refused => "不能导入",
            Verdict::Repeated => "文件内重复",
            Verdict::LeftOut => "不导入",
            Verdict::Moved => "预览后又被改过",
        }
    }
}

/// 可能是的人: somebody on record whom a record may mean.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Candidate {
    pub person: i64,
    pub name: String,
    pub sex: Option<String>,
    pub born: Option<String>,
    /// Last four digits.
    pub id_ends: Option<String>,
    /// 现任职务
    pub post: String,
}

/// One person of the file.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct RecordPreview {
    /// In the order of the file, from 1.
    pub number: u32,
    pub name: String,
    pub born: Option<String>,
    /// 单位及职务, as the file gives it.
    pub post: String,
    pub place: Place,
    pub verdict: Verdict,
    /// Why, when the verdict does not say it itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// Who it is on record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<i64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<Candidate>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// Rows that a new person brings: `任职 3 条`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub brings: Vec<(String, u32)>,
    /// What is on record and not in the file; it is kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub absent: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<Fault>,
}

/// One organisation of the file.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct UnitPreview {
    pub number: u32,
    pub name: String,
    pub place: Place,
    pub verdict: Verdict,
    /// What it will stand under.
    pub parent: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<Fault>,
}

/// One roster sheet and what its columns are taken for.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct RosterPreview {
    pub place: Place,
    pub rows: usize,
    pub mapping: Mapping,
    /// The mapping was said by a person, now or at an earlier import.
    pub remembered: bool,
    /// Heads of columns that hold what is computed or has no place in the registry.
    pub not_taken: Vec<String>,
}

/// 汇总
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Summary {
    pub records: u32,
    pub new: u32,
    pub changed: u32,
    pub same: u32,
    pub ambiguous: u32,
    pub refused: u32,
    pub repeated: u32,
    pub left_out: u32,
    pub moved: u32,
    /// Lines that differ, of people who are on record.
    pub changes: u32,
    pub units: u32,
    pub units_new: u32,
    pub units_changed: u32,
    /// Values that were not taken.
    pub faults: u32,
    /// Values that were taken and should be looked at.
    pub findings: u32,
    /// Files that could not be read at all.
    pub unread: u32,
}

impl Summary {
    pub(crate) fn count(&mut self, verdict: Verdict) {
        self.records += 1;
        *match verdict {
            Verdict::New => &mut self.new,
            Verdict::Changes => &mut self.changed,
            Verdict::Same => &mut self.same,
            Verdict::Ambiguous => &mut self.ambiguous,
            Verdict::Refused => &mut self.refused,
            Verdict::Repeated => &mut self.repeated,
            Verdict::LeftOut => &mut self.left_out,
            Verdict::Moved => &mut self.moved,
        } += 1;
    }
    pub(crate) fn count_faults<'f>(&mut self, faults: impl IntoIterator<Item = &'f Fault>) {
        for fault in faults {
            *if fault.is_error() { &mut self.faults } else { &mut self.findings } += 1;
        }
    }
    /// One sentence for the journal and the terminal.
    pub fn says(&self) -> String {
        let mut parts = vec![format!("新增 {} 人", self.new), format!("变更 {} 人 {} 处", self.changed, self.changes), format!("相同 {} 人", self.same)];
        let mut also = |n: u32, words: &str| {
            if n > 0 {
                parts.push(format!("{words} {n}"));
            }
        };
        also(self.units_new, "新增机构");
        also(self.units_changed, "变更机构");
        also(self.ambiguous, "分不清");
        also(self.refused, "不能导入");
        also(self.repeated, "文件内重复");
        also(self.left_out, "不导入");
        also(self.moved, "预览后被改过");
        also(self.faults, "错误");
        also(self.findings, "请核对");
        also(self.unread, "读不了的文件");
        parts.join("，")
    }
}

/// 导入预览. Writes nothing; serialisable, so that it can wait between two requests.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Preview {
    /// File name.
    pub name: String,
    pub checksum: String,
    /// The same bytes were taken in before.
    pub known: Option<Taken>,
    /// Journal number up to which the record was read.
    pub head: i64,
    pub summary: Summary,
    pub records: Vec<RecordPreview>,
    pub units: Vec<UnitPreview>,
    pub rosters: Vec<RosterPreview>,
    /// Of files and tables, not of one record.
    pub faults: Vec<Fault>,
    /// Files that could not be read, and why.
    pub unread: Vec<String>,
}

/// One page of the records.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Page<'p> {
    pub total: usize,
    pub from: usize,
    pub records: Vec<&'p RecordPreview>,
}

impl Preview {
    /// Reads the file and compares it with the record. `progress` hears how much is done and, once known, of how much.
    pub fn of(desk: &Desk, offered: Offered, choices: &Choices, progress: &mut dyn FnMut(u64, Option<u64>)) -> Result<Preview> {
        may_import(desk)?;
        let head = desk.one("select coalesce(max(id), 0) from journal", &[]).map_err(Error::from)?.int(0);
        let mut preview = Preview { name: offered.name(), head, ..Preview::default() };
        stream::run(&mut Looking { desk, preview: &mut preview }, offered, choices, progress)?;
        preview.checksum = offered.checksum()?;
        preview.known = registry::source::with_checksum(desk, &preview.checksum)?;
        Ok(preview)
    }

    pub fn summary(&self) -> &Summary {
        &self.summary
    }

    /// `most` records from the `from`th on; only those of one verdict, when it is given.
    pub fn page(&self, verdict: Option<Verdict>, from: usize, most: usize) -> Page<'_> {
        let of = |r: &&RecordPreview| verdict.is_none_or(|v| r.verdict == v);
        let total = self.records.iter().filter(of).count();
        Page { total, from, records: self.records.iter().filter(of).skip(from).take(most).collect() }
    }

    /// Records that need a person before they can be imported.
    pub fn open_questions(&self) -> impl Iterator<Item = &RecordPreview> {
        self.records.iter().filter(|r| matches!(r.verdict, Verdict::Ambiguous | Verdict::Refused))
    }

    /// Every fault with its place: of files, units and records.
    pub fn all_faults(&self) -> impl Iterator<Item = &Fault> {
        let units = self.units.iter().flat_map(|u| &u.faults);
        self.faults.iter().chain(units).chain(self.records.iter().flat_map(|r| &r.faults))
    }
}

/// An import compares with everybody on record: who sees only a part would be told of strangers, or make doubles.
pub(crate) fn may_import(desk: &Desk) -> Result<()> {
    if desk.actor.may_write() && desk.actor.sees == Sees::Everything { Ok(()) } else { Err(Error::NotAllowed(desk.actor.role.says())) }
}

/// Looks and keeps what it saw; the rows that would be written are forgotten.
struct Looking<'p, 'd, 'a, 't> {
    desk: &'d Desk<'a, 't>,
    preview: &'p mut Preview,
}

impl<'a, 't: 'a> Taking<'a, 't> for Looking<'_, '_, 'a, 't> {
    fn desk(&self) -> &Desk<'a, 't> {
        self.desk
    }
    fn moved_since(&self) -> Option<i64> {
        None
    }
    fn take_units(&mut self, units: Vec<crate::units::ExaminedUnit>, _: &mut crate::index::Index) -> Result<()> {
        self.preview.units.extend(units.into_iter().map(|u| u.preview));
        Ok(())
    }
    fn take(&mut self, examined: Vec<crate::examine::Examined>) -> Result<()> {
        self.preview.records.extend(examined.into_iter().map(|e| e.preview));
        Ok(())
    }
    fn take_roster(&mut self, roster: RosterPreview) -> Result<()> {
        self.preview.rosters.push(roster);
        Ok(())
    }
    fn tell(&mut self, number: u32, fault: Fault) {
        // Records stand in the order of their numbers.
        if let Ok(at) = self.preview.records.binary_search_by_key(&number, |r| r.number) {
            self.preview.records[at].faults.push(fault);
        }
    }
    fn finish(&mut self, summary: Summary, faults: Vec<Fault>, unread: Vec<String>) -> Result<()> {
        self.preview.summary = summary;
        self.preview.faults = faults;
        self.preview.unread = unread;
        Ok(())
    }
}
