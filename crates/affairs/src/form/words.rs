//! Words that every paper needs: who we are, and how values are written.

use crate::Result;
use registry::Desk;
use vocabulary::{Date, Value};

/// 组织部门 as papers sign it: the setting `office_name`, else the organisation department on our list.
pub(super) fn office_name(desk: &Desk) -> Result<String> {
    if let Some(name) = setting(desk, "office_name")? {
        return Ok(name);
    }
    let all = registry::organisation::all(desk)?;
    let ours = all
        .iter()
        .find(|u| u.kind.as_deref() == Some("县委部门") && u.name.ends_with("组织部"));
    Ok(ours.map(|u| u.name.clone()).unwrap_or_default())
}

/// 党委 as papers name it: `中共青云县委`.
pub(super) fn committee_name(desk: &Desk) -> Result<String> {
    if let Some(name) = setting(desk, "committee_name")? {
        return Ok(name);
    }
    Ok(format!("中共{}委", place(desk)?))
}

/// `青云县`: the setting `place_name`, else the name at the top of the tree.
pub(super) fn place(desk: &Desk) -> Result<String> {
    if let Some(name) = setting(desk, "place_name")? {
        return Ok(name);
    }
    let tops = registry::organisation::children(desk, None)?;
    Ok(tops.first().map(|u| u.short_name.clone()).unwrap_or_default())
}

pub(super) fn setting(desk: &Desk, name: &str) -> Result<Option<String>> {
    let row = desk.first("select value from settings where name = $1", &[name.into()])?;
    Ok(row.map(|r| r.text(0).to_owned()).filter(|t| !t.is_empty()))
}

/// `1985年4月`
pub(super) fn month_in_words(date: Date) -> String {
    match date.month() {
        Some(month) => format!("{}年{month}月", date.year()),
        None => format!("{}年", date.year()),
    }
}

/// A value as a paper prints it: dates in words, the rest as it stands.
pub(super) fn printed(value: &Value) -> String {
    match value {
        Value::Date(date) => date.exact().map_or_else(|| month_in_words(*date), |day| day.in_words()),
        other => other.to_string(),
    }
}

/// Joined by `、`, the empty ones left out.
pub(super) fn listed<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    parts
        .into_iter()
        .filter(|p| !p.is_empty())
        .collect::<Vec<_>>()
        .join("、")
}
