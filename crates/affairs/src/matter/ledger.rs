//! 事项台账: all matters of an institution with what was filled in, and sums that open the matters they count.

use super::{Brief, Matter, institution};
use crate::{Fields, Result};
use institution::matter::{MatterCount, Place};
use registry::Desk;
use std::collections::HashMap;
use vocabulary::{Day, Id};

/// Which matters; everything when it is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Below this path of the tree.
    pub below: Option<String>,
    /// Those in which the step is done; without one, those that were opened.
    pub step: Option<String>,
    /// The step, or the opening, within these days; both included.
    pub from: Option<Day>,
    pub until: Option<Day>,
}

#[derive(Clone, Debug, serde::Serialize)]
pub struct Row {
    pub id: Id<Matter>,
    pub title: String,
    pub unit: i64,
    pub path: String,
    /// Title of the present step; the result at the end.
    pub at: String,
    pub opened: String,
    /// As the columns stand.
    pub cells: Vec<String>,
}

#[derive(Clone, Debug, serde::Serialize)]
pub struct Total {
    pub label: String,
    pub value: i64,
    /// The step whose matters are counted.
    pub step: String,
}

#[derive(Clone, Debug, serde::Serialize)]
pub struct Ledger {
    pub institution: String,
    pub title: String,
    pub heads: Vec<String>,
    pub rows: Vec<Row>,
    pub totals: Vec<Total>,
}

/// What is on file of one matter: by step its day and its fields.
pub(super) type Steps = HashMap<String, (String, Fields)>;

/// The ledger of an institution; one without `[ledger]` lists its matters and counts its steps.
pub fn ledger(desk: &Desk, id: &str, asked: &Asked) -> Result<Ledger> {
    let institution = institution(desk, id)?;
    let filed = filed(desk, id)?;
    let none = Steps::new();
    let of = |b: &Brief| filed.get(&b.id.number()).unwrap_or(&none);
    let all: Vec<Brief> = super::list(desk, id, None)?.into_iter().filter(|b| asks_for(asked, b, of(b))).collect();
    let place: &[Place] = institution.matter_ledger.as_ref().map_or(&[], |l| &l.columns);
    let cell = |steps: &Steps, p: &Place| steps.get(&*p.step).and_then(|(_, f)| f.get(&*p.field)).cloned().unwrap_or_default();
    let counts: Vec<(String, MatterCount)> = match &institution.matter_ledger {
        Some(ledger) => ledger.totals.iter().map(|t| (t.label.to_string(), t.count.clone())).collect(),
        None => institution.matter.iter().map(|s| (format!("件“{}”已办", s.title), MatterCount::Done(s.id.clone()))).collect(),
    };
    let totals = counts.into_iter().map(|(label, count)| {
        let (value, step) = match &count {
            MatterCount::Done(step) => (all.iter().filter(|b| of(b).contains_key(&**step)).count() as i64, step),
            MatterCount::Sum(p) => (all.iter().map(|b| number(&cell(of(b), p))).sum(), &p.step),
        };
        Total { label, value, step: step.to_string() }
    });
    Ok(Ledger {
        institution: id.to_owned(),
        title: institution.matter_ledger.as_ref().map_or_else(|| format!("{}台账", institution.title), |l| l.title.to_string()),
        heads: place.iter().map(|p| p.label.to_string()).collect(),
        totals: totals.collect(),
        rows: all
            .iter()
            .map(|b| Row {
                id: b.id,
                title: b.title.clone(),
                unit: b.unit.number(),
                path: b.path.clone(),
                at: b.at.clone(),
                opened: b.opened.clone(),
                cells: place.iter().map(|p| cell(of(b), p)).collect(),
            })
            .collect(),
    })
}

fn asks_for(asked: &Asked, b: &Brief, steps: &Steps) -> bool {
    let day = match &asked.step {
        Some(step) => steps.get(step).map(|(on, _)| on.as_str()),
        None => Some(b.opened.as_str()),
    };
    let Some(day) = day else { return false };
    asked.below.as_ref().is_none_or(|path| b.path.starts_with(path.as_str()))
        && asked.from.is_none_or(|from| day >= from.to_string().as_str())
        && asked.until.is_none_or(|until| day <= until.to_string().as_str())
}

pub(super) fn number(text: &str) -> i64 {
    text.trim().parse().unwrap_or(0)
}

/// The number that was filled in with a step of one matter; nothing counts as none.
pub fn number_of(desk: &Desk, id: Id<Matter>, step: &str, field: &str) -> Result<i64> {
    let known = desk.question_of_rows().known_filter("s");
    let row = desk.first(&format!("select s.data from matter_steps s where s.matter = $1 and s.step = $2 and {known}"), &[id.number().into(), step.into()])?;
    let fields: Fields = row.and_then(|r| serde_json::from_str(r.text(0)).ok()).unwrap_or_default();
    Ok(number(fields.get(field).map_or("", String::as_str)))
}

/// Every step of every matter of an institution that was done by the desk's day.
pub(super) fn filed(desk: &Desk, id: &str) -> Result<HashMap<i64, Steps>> {
    let known = desk.question_of_rows().known_filter("s");
    let sql = format!("select s.matter, s.step, s.done_on, s.data from matter_steps s join matters m on m.id = s.matter where m.institution = $1 and s.done_on <= $2 and {known} order by s.id");
    let mut out: HashMap<i64, Steps> = HashMap::new();
    for row in desk.rows(&sql, &[id.into(), desk.day().to_string().into()])? {
        let fields: Fields = serde_json::from_str(row.text(3)).map_err(|_| crate::Error::Corrupt { table: "matter_steps", row: row.int(0), column: "data" })?;
        out.entry(row.int(0)).or_default().insert(row.text(1).to_owned(), (row.text(2).to_owned(), fields));
    }
    Ok(out)
}
