//! 星级: how the organisations of some kinds are rated by what is on record. Data of `stars.toml`: everybody begins with all
//! stars, and each line that holds takes some away, with its reason. The program ranks; three meetings decide.

use crate::condition::Condition;
use crate::dictionary::load::subject_of;
use crate::dictionary::{Dictionary, Subject};
use crate::reading::{Fields, Sheet};
use crate::source::citation;
use std::sync::Arc;
use vocabulary::Citation;

#[derive(Clone, Debug)]
pub struct Stars {
    pub title: Arc<str>,
    /// Kinds of organisations that are rated.
    pub kinds: Vec<Arc<str>>,
    pub most: i64,
    /// Fewer stars than this: to be looked at first.
    pub list_below: i64,
    /// Part of all that is to be put right, worst first: `1/10`.
    pub share: (i64, i64),
    pub deductions: Vec<Deduction>,
    pub source: Citation,
}

/// One line: when it holds, so many stars go.
#[derive(Clone, Debug)]
pub struct Deduction {
    pub id: Arc<str>,
    pub says: Arc<str>,
    pub stars: i64,
    pub when: When,
    pub source: Citation,
}

/// What is asked of the records.
#[derive(Clone, Debug)]
pub enum When {
    /// A condition over the organisation itself, or over the party organisation in it.
    Holds { of: Subject, condition: Condition },
    /// Occurrences of a duty of the year that were not done, of the organisation or of the party organisation in it.
    Lacking { duty: Arc<str>, at_least: i64 },
    /// A number that was handed in with the latest of a duty.
    Below { duty: Arc<str>, field: Arc<str>, below: i64 },
    /// Cases of the year at this place that count as `counted`.
    Cases { system: Arc<str>, counted: Arc<str>, at_least: i64 },
    /// A matter of the last years in which this was written.
    Matter { institution: Arc<str>, step: Arc<str>, field: Arc<str>, is: Arc<str>, years: i64 },
}

pub(crate) fn read_stars(sheet: &Sheet, dictionary: &Dictionary) -> Option<Stars> {
    let root = sheet.parse()?;
    let file = Fields::of(&root, "星级文件", sheet)?;
    let head = file.need("stars").and_then(|node| Fields::of(node, "星级", sheet));
    let mut deductions: Vec<Deduction> = Vec::new();
    for fields in file.rows("deduct", "扣星") {
        if let Some(line) = read_deduction(&fields, dictionary) {
            if deductions.iter().any(|d| d.id == line.id) {
                sheet.fault(fields.at.clone(), format!("扣星 `{}` 写了两次", line.id), None, None);
            }
            deductions.push(line);
        }
        fields.finish();
    }
    file.finish();
    let head = head?;
    let share = head.text("share");
    let part = share.split_once('/').and_then(|(a, b)| Some((a.trim().parse().ok()?, b.trim().parse().ok()?))).filter(|(_, b): &(i64, i64)| *b > 0);
    if part.is_none() {
        sheet.fault(head.at.clone(), format!("`share` 写成 \"1/10\"，这里是 \"{share}\""), None, None);
    }
    let stars = Stars {
        title: head.text("title"),
        kinds: head.texts("kinds"),
        most: head.maybe_number("most").unwrap_or(5),
        list_below: head.maybe_number("list_below").unwrap_or(2),
        share: part.unwrap_or((0, 1)),
        deductions,
        source: citation(&head)?,
    };
    head.finish();
    Some(stars)
}

fn read_deduction(fields: &Fields, dictionary: &Dictionary) -> Option<Deduction> {
    let sheet = fields.sheet;
    let (id, says) = (fields.text("id"), fields.text("says"));
    let stars = fields.maybe_number("stars").unwrap_or(1);
    let least = fields.maybe_number("at_least").unwrap_or(1);
    let when = if let Some(node) = fields.maybe("where") {
        fields.need("of");
        let of = subject_of(fields, "of");
        let condition = Condition::read(node, dictionary, sheet)?;
        let mut read = Vec::new();
        condition.facts(&mut read);
        for fact in read.into_iter().map(|f| &dictionary.facts[f]).filter(|f| Some(f.subject) != of) {
            sheet.fault(fields.at.clone(), format!("扣星 `{id}` 的条件用到了别的主体的事实 `{}`", fact.id), None, None);
        }
        if !matches!(of, Some(Subject::Branch | Subject::Organisation)) {
            sheet.fault(fields.at.clone(), "扣星的主体写 organisation 或 branch".into(), None, None);
        }
        of.map(|of| When::Holds { of, condition })
    } else if let Some(duty) = fields.maybe_text("duty") {
        match fields.maybe_text("field") {
            Some(field) => Some(When::Below { duty, field, below: fields.maybe_number("below").unwrap_or(0) }),
            None => Some(When::Lacking { duty, at_least: fields.maybe_number("lacking_at_least").unwrap_or(1) }),
        }
    } else if let Some(system) = fields.maybe_text("cases") {
        Some(When::Cases { system, counted: fields.text("counted"), at_least: least })
    } else if let Some(institution) = fields.maybe_text("matters") {
        let place = fields.text("field");
        let (step, field) = place.split_once('.').unwrap_or((&place, ""));
        Some(When::Matter { institution, step: step.into(), field: field.into(), is: fields.text("is"), years: fields.maybe_number("years").unwrap_or(1) })
    } else {
        let help = "可以写：where（和 of）、duty（和 lacking_at_least，或 field 和 below）、cases（和 counted、at_least）、matters（和 field、is、years）";
        sheet.fault(fields.at.clone(), "读不懂这一条扣星".into(), None, Some(help));
        None
    };
    Some(Deduction { id, says, stars, when: when?, source: citation(fields)? })
}
