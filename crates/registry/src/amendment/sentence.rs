//! What the journal says of a change: whose, what, from what to what, on what basis.

use super::Amendment;
use crate::part::{Intended, Verb, reading};
use crate::{Desk, Result};

/// So many fields are named; the rest is in the rows.
const MOST: usize = 6;

pub(super) fn of(desk: &Desk, amendment: &Amendment, intended: &Intended, name: &str) -> Result<String> {
    let (part, verb) = (amendment.part, amendment.verb);
    let row = intended.old.map_or_else(|| part.name_of(intended.new), |o| part.name_of(&o.values));
    let on = amendment.on.map(|d| format!("自{d}起")).unwrap_or_default();
    let mut says = match (verb, part.single) {
        (Verb::Add, true) => format!("新增{}“{name}”", part.title),
        (Verb::Add, false) => format!("登记{name}的{}“{row}”", part.title),
        (_, true) => format!("{}{name}的{}{on}", verb.says(), part.title),
        (_, false) => format!("{}{name}的{}“{row}”{on}", verb.says(), part.title),
    };
    if matches!(verb, Verb::Correct | Verb::Change)
        && let Some(old) = intended.old
    {
        let mut told = Vec::new();
        for field in part.fields {
            let (was, is) = (old.values.get(field.column), intended.new.get(field.column));
            let (was, is) = (reading::said(desk, field, was)?, reading::said(desk, field, is)?);
            if was != is && !(verb == Verb::Change && ["from_day", "until_day"].contains(&field.column)) {
                let shown = |text: String| if text.is_empty() { "（空）".to_owned() } else { text };
                // An ID number is not repeated in the journal: who may read the journal need not see it.
                told.push(if field.column == "id_number" { field.label.to_owned() } else { format!("{} {} → {}", field.label, shown(was), shown(is)) });
            }
        }
        if !told.is_empty() {
            let more = told.len().saturating_sub(MOST);
            told.truncate(MOST);
            says.push_str(&format!("：{}{}", told.join("；"), if more > 0 { format!("等 {} 项", more + MOST) } else { String::new() }));
        }
    }
    let basis = amendment.basis.trim();
    if !basis.is_empty() {
        says.push_str(&format!("。依据：{basis}"));
    }
    Ok(says)
}
