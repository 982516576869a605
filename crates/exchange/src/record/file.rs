//! What one file gave.

use super::{PersonRecord, UnitRecord};
use crate::Fault;
use crate::roster::RosterTable;

/// 文件种类, told by the bytes rather than the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// 任免审批表 .lrmx
    Lrmx,
    /// 任免审批表 2.0 .lrm
    Lrm,
    /// 公务员管理信息系统信息采集表
    NationalWorkbook,
    /// 其他名册工作簿
    Workbook,
    /// 名册 CSV
    Csv,
}

impl FileKind {
    pub fn says(self) -> &'static str {
        match self {
            FileKind::Lrmx => "任免审批表（lrmx）",
            FileKind::Lrm => "任免审批表 2.0（lrm）",
            FileKind::NationalWorkbook => "信息采集表",
            FileKind::Workbook => "名册工作簿",
            FileKind::Csv => "名册 CSV",
        }
    }
}

/// 读到的文件. A folder or archive gives one of these for each file in it.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct FileRead {
    pub kind: FileKind,
    /// As in [`crate::Place::file`].
    pub name: String,
    /// Of the file's bytes, lower-case hex.
    pub sha256: String,
    /// Empty when the people were handed over one by one ([`crate::visit_path`]).
    pub people: Vec<PersonRecord>,
    /// Empty when the units were handed over one by one.
    pub units: Vec<UnitRecord>,
    /// Of the file, not of one person or unit.
    pub faults: Vec<Fault>,
    /// One table for each sheet that holds a roster; people come of it through a mapping.
    pub rosters: Vec<RosterTable>,
}

impl FileRead {
    /// Every fault: of the file, then of its units and people.
    pub fn all_faults(&self) -> impl Iterator<Item = &Fault> {
        self.faults
            .iter()
            .chain(self.units.iter().flat_map(|u| u.faults.iter()))
            .chain(self.people.iter().flat_map(|p| p.faults.iter()))
    }
}

/// One thing handed over while a file is read.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    Unit(Box<UnitRecord>),
    Person(Box<PersonRecord>),
}

/// How far the reading is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The file being read.
    pub file: String,
    /// Files, or rows of one workbook, done so far.
    pub done: u64,
    /// None while the total is not known.
    pub total: Option<u64>,
}
