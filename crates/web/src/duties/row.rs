//! One owed occurrence as a page lists it.

use affairs::duty::Owed;
use serde::Serialize;

#[derive(Clone, Debug, Serialize)]
pub struct Row {
    pub title: String,
    pub unit_title: String,
    pub who: String,
    pub due: String,
    pub closes: String,
    pub says: &'static str,
    pub tone: &'static str,
    pub done_on: Option<String>,
    pub late: bool,
    /// 年份工作日未录入
    pub unsure: Option<i16>,
    pub href: String,
}

impl Row {
    pub fn of(o: &Owed) -> Row {
        Row {
            title: o.title.to_string(),
            unit_title: o.unit_title.clone(),
            who: o.who.to_string(),
            due: o.slot.due.to_string(),
            closes: o.slot.closes.to_string(),
            says: o.says,
            tone: o.tone,
            done_on: o.done_on.map(|d| d.to_string()),
            late: o.standing == institution::duty::Standing::Late,
            unsure: o.slot.unsure,
            href: o.address(),
        }
    }
}
