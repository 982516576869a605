//! 公布: what of the totals may be seen. Statutory votes announce their counts and no breakdown. Guarded ones show counts
//! only where nobody's answer follows from them, also for somebody who knows three papers besides (their own and two
//! friends'): a test tries every world.

use super::{Ballot, Found, Totals};
use crate::{Error, Result};
use institution::ballot::{BallotKind, Publish};
use registry::Desk;
use std::sync::Arc;
use vocabulary::Id;

/// So many papers somebody may know.
const KNOWN: i64 = 3;
/// From how many papers on it is said which answer nearly all gave.
const VERDICT_FROM: i64 = 15;

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Published {
    pub valid: Option<i64>,
    pub answers: Vec<Arc<str>>,
    pub items: Vec<Row>,
    /// Groups whose counts are shown for every item; others are only in the whole.
    pub groups: Vec<(String, Vec<Row>)>,
    pub comments: Vec<String>,
    /// Why something is not shown.
    pub says: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Row {
    pub label: String,
    pub shown: Shown,
}

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    Counts(Vec<i64>),
    /// At least two thirds gave this answer.
    MostlyThis(Arc<str>),
    Hidden,
}

/// May these counts be seen? With at least two papers of another answer beyond those that somebody may know.
pub fn open_to_all(counts: &[i64], at_least: i64) -> bool {
    let valid: i64 = counts.iter().sum();
    valid >= at_least && counts.iter().all(|c| *c <= valid - KNOWN - 2)
}

fn shown(counts: &[i64], rule: &BallotKind) -> Shown {
    let valid: i64 = counts.iter().sum();
    if open_to_all(counts, rule.at_least) {
        return Shown::Counts(counts.to_vec());
    }
    let most = counts.iter().copied().max().unwrap_or(0);
    match counts.iter().position(|c| *c == most) {
        Some(at) if valid >= VERDICT_FROM => Shown::MostlyThis(rule.answers[at].clone()),
        _ => Shown::Hidden,
    }
}

fn sum(rows: &[&Vec<i64>], answers: usize) -> Vec<i64> {
    (0..answers).map(|a| rows.iter().map(|r| r[a]).sum()).collect()
}

/// The published result of a closed ballot.
pub fn publish(desk: &Desk, id: Id<Ballot>) -> Result<Option<Published>> {
    let found = super::find(desk, id)?;
    let Some(row) = desk.first("select result from ballots where id = $1 and closed is not null", &[id.number().into()])? else { return Ok(None) };
    let totals: Totals = serde_json::from_str(row.text(0)).map_err(|_| Error::Corrupt { table: "ballots", row: id.number(), column: "result" })?;
    Ok(Some(of(&found, &totals)))
}

pub fn of(found: &Found, totals: &Totals) -> Published {
    let rule = &found.rule;
    let answers = rule.answers.len();
    let mut out = Published { valid: Some(totals.valid), answers: rule.answers.clone(), items: vec![], groups: vec![], comments: vec![], says: vec![] };
    let of_item = |item: usize| -> Vec<Vec<i64>> { totals.groups.iter().map(|g| g.counts[item].clone()).collect() };
    let whole: Vec<Vec<i64>> = (0..found.items.len()).map(|item| sum(&of_item(item).iter().collect::<Vec<_>>(), answers)).collect();
    if rule.publish == Publish::Statutory {
        out.items = found.items.iter().zip(whole).map(|(i, counts)| Row { label: i.label.clone(), shown: Shown::Counts(counts) }).collect();
        return out;
    }
    if totals.valid < rule.at_least {
        out.valid = None;
        out.says.push(format!("有效票不足 {} 张，按最少人数规则不公布", rule.at_least));
    }
    out.items = found.items.iter().zip(&whole).map(|(i, counts)| Row { label: i.label.clone(), shown: shown(counts, rule) }).collect();
    if out.items.iter().any(|r| !matches!(r.shown, Shown::Counts(_))) {
        out.says.push("意见过于集中或人数较少的，不公布票数：否则能推出个别人的意见".into());
    }
    // A breakdown only where it can be given for every item, so that no item's gap tells of it.
    let all_counts = out.items.iter().all(|r| matches!(r.shown, Shown::Counts(_)));
    if all_counts && totals.groups.len() > 1 {
        // And only of all groups: one that is left out would follow from the whole.
        if (0..found.items.len()).all(|item| of_item(item).iter().all(|g| open_to_all(g, rule.at_least))) {
            for (at, group) in totals.groups.iter().enumerate() {
                let rows = found.items.iter().enumerate().map(|(item, i)| Row { label: i.label.clone(), shown: Shown::Counts(totals.groups[at].counts[item].clone()) });
                out.groups.push((group.name.clone(), rows.collect()));
            }
        } else {
            out.says.push("有的参加范围人数太少，不分类公布".into());
        }
    }
    match rule.comments_from {
        Some(least) if totals.valid >= least => out.comments = totals.comments.clone(),
        Some(least) if !totals.comments.is_empty() || totals.valid > 0 => out.says.push(format!("意见建议在有效票达到 {least} 张时才公布")),
        _ => {}
    }
    out
}
