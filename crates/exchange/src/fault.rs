//! What is wrong with one value, said to the person who can mend it.

use crate::Place;
use std::fmt;

/// How many characters of a wrong value are shown.
const SHOWN: usize = 60;

/// 轻重: an error means the value was not taken; a finding means it was taken and should be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultWeight {
    Error,
    Finding,
}

impl FaultWeight {
    pub fn says(self) -> &'static str {
        match self {
            FaultWeight::Error => "错误",
            FaultWeight::Finding => "请核对",
        }
    }
}

/// 问题: what is wrong, where, and what would be right. All wording Chinese.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Fault {
    pub place: Place,
    /// The value as the file wrote it, cut to 60 characters; empty when the fault is of a whole row or file.
    pub value: String,
    /// What is wrong.
    pub says: String,
    /// What would be right; may be empty.
    pub would_be_right: String,
    pub weight: FaultWeight,
}

impl Fault {
    pub fn error(place: Place, value: &str, says: impl Into<String>, would_be_right: impl Into<String>) -> Fault {
        Fault {
            place,
            value: cut(value),
            says: says.into(),
            would_be_right: would_be_right.into(),
            weight: FaultWeight::Error,
        }
    }
    pub fn finding(place: Place, value: &str, says: impl Into<String>, would_be_right: impl Into<String>) -> Fault {
        Fault {
            weight: FaultWeight::Finding,
            ..Fault::error(place, value, says, would_be_right)
        }
    }
    pub fn is_error(&self) -> bool {
        self.weight == FaultWeight::Error
    }
}

fn cut(value: &str) -> String {
    let mut shown: String = value
        .chars()
        .take(SHOWN)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if value.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

impl fmt::Display for Fault {
    /// `名册.xlsx 第 5 行 C 列（出生年月）：`198213` 不是有效的日期；应为……`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}：", self.place)?;
        if !self.value.is_empty() {
            write!(f, "`{}` ", self.value)?;
        }
        f.write_str(&self.says)?;
        if !self.would_be_right.is_empty() {
            write!(f, "；{}", self.would_be_right)?;
        }
        Ok(())
    }
}
