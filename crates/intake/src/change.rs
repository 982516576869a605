//! 变化: one line of a preview, and the rows that it stands for.

use exchange::Place;
use store::Param;

/// 一处变化: old and new, and where the new one stands in the file.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Change {
    /// What [`crate::Choices::leave_out`] names it by.
    pub id: String,
    /// 基本信息 任职 学历学位 …
    pub noun: String,
    /// 民族, or `青云镇镇长 · 免职时间`.
    pub field: String,
    /// None: nothing was on record.
    pub old: Option<String>,
    pub new: String,
    pub place: Place,
    pub left_out: bool,
}

/// A table that rows go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Table {
    pub name: &'static str,
    pub columns: &'static [&'static str],
    /// Does it say which row a row corrects?
    pub corrects: bool,
}

/// What the import will do to one table for one person.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Write {
    /// A new row, or one in the place of row `replaces`.
    Put { table: Table, replaces: Option<i64>, params: Vec<Param> },
    Withdraw { table: Table, id: i64 },
}

/// How a value is shown in a preview.
pub(crate) fn shown(column: &str, param: &Param) -> Option<String> {
    match param {
        Param::Null => None,
        Param::Text(text) => Some(cut(text)),
        Param::Int(n) if YES_NO.contains(&column) => Some(if *n == 0 { "否" } else { "是" }.to_owned()),
        Param::Int(n) => Some(n.to_string()),
        Param::Bytes(_) => Some("（照片）".to_owned()),
    }
}

const YES_NO: [&str; 6] = ["main", "leading", "highest", "spouse_emigrated", "children_emigrated", "has_children"];
/// Longer texts are cut on the page; the file and the registry keep them whole. Characters.
const SHOWN: usize = 400;

pub(crate) fn cut(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or(text)),
        None => text.to_owned(),
    }
}
