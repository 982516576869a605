//! 改了什么: what one journal entry changed of one subject, old and new side by side, read from the rows themselves.

use crate::part::held::{self, Held};
use crate::part::{self, Control, Part, Whose, reading};
use crate::{Desk, Result};
use serde::Serialize;
use store::Param;

/// One row that was entered, given up, or entered in the place of another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// 任职
    pub title: &'static str,
    /// 新增 改为 撤回
    pub what: &'static str,
    /// What names the row.
    pub row: String,
    pub lines: Vec<Line>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    pub label: &'static str,
    pub old: String,
    pub new: String,
}

/// Everything that `entry` changed of this subject, in the order of the parts.
pub fn by(desk: &Desk, whose: Whose, entry: i64) -> Result<Vec<Changed>> {
    let mut out = Vec::new();
    for part in part::all(whose.of) {
        let (came, mut went) = held::of_entry(desk, part, whose, entry)?;
        for new in &came {
            // Without `corrects` the row that went with the same name is the one whose place was taken.
            let fits = |old: &Held| match part.corrects {
                true => new.corrects == Some(old.id),
                false => part.name_of(&old.values) == part.name_of(&new.values),
            };
            let old = went.iter().position(fits).map(|at| went.swap_remove(at));
            out.extend(one(desk, part, old.as_ref(), Some(new))?);
        }
        for old in &went {
            out.extend(one(desk, part, Some(old), None)?);
        }
    }
    Ok(out)
}

fn one(desk: &Desk, part: &'static Part, old: Option<&Held>, new: Option<&Held>) -> Result<Option<Changed>> {
    let what = match (old, new) {
        (None, _) => "新增",
        (Some(_), None) => "撤回",
        (Some(_), Some(_)) => "改为",
    };
    let mut lines = Vec::new();
    let until = (!part.fields.iter().any(|f| f.column == "until_day") && part.columns.contains(&"until_day"))
        .then_some(part::Field { column: "until_day", label: "截止时间", control: Control::Date, required: false, hint: "" });
    for field in part.fields.iter().chain(until.as_ref()) {
        let said = |held: Option<&Held>| match (field.control, held.and_then(|h| h.values.get(field.column))) {
            // A box that is not ticked says nothing in a row that is new or gone.
            (Control::Box, Some(Param::Int(0))) if old.is_none() || new.is_none() => Ok(String::new()),
            (_, value) => reading::said(desk, field, value),
        };
        let (was, is) = (said(old)?, said(new)?);
        if was != is && !(field.column == "order_no" && old.is_none()) {
            lines.push(Line { label: field.label, old: was, new: is });
        }
    }
    let row = new.or(old).map(|h| part.name_of(&h.values)).unwrap_or_default();
    // A line that only moved to its place in time is no change to read.
    Ok((!lines.is_empty()).then_some(Changed { title: part.title, what, row, lines }))
}
