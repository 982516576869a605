//! 任务清单: how the tasks on lists are looked at. Data of `tasks.toml`: how many days before its date a task turns yellow.

use crate::reading::{Fields, Sheet};
use crate::source::citation;
use vocabulary::Citation;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskLists {
    /// 临近时限: so many days before the date.
    pub soon_days: i64,
    pub source: Citation,
}

pub(crate) fn read_tasks(sheet: &Sheet) -> Option<TaskLists> {
    let root = sheet.parse()?;
    let file = Fields::of(&root, "清单文件", sheet)?;
    let table = file.need("tasks").and_then(|node| Fields::of(node, "清单", sheet));
    file.finish();
    let table = table?;
    table.need("soon_days");
    let soon_days = table.maybe_number("soon_days").unwrap_or(0);
    if soon_days < 0 {
        sheet.fault(table.at.clone(), format!("`soon_days` 不能是 {soon_days}"), None, Some("写天数；0 是到期当天才转黄"));
    }
    let lists = TaskLists { soon_days, source: citation(&table)? };
    table.finish();
    Some(lists)
}
