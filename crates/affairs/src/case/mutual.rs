//! 双向评价: each half-year both sides rate those with whom they had cases, and nobody else.

use super::line::{Filter, names, records};
use super::report::refusal;
use super::sight;
use crate::Result;
use institution::case::{Act, System};
use registry::desk::Happened;
use registry::{Desk, Role};
use std::collections::BTreeMap;
use vocabulary::{Day, Findings, Outcome};

/// Somebody with whom one had cases in the half-year.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Counterpart {
    pub id: i64,
    pub name: String,
    pub cases: i64,
    /// What was said this half-year, if anything.
    pub word: Option<String>,
    pub says: String,
}

/// What all others said of one organisation.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Rated {
    pub id: i64,
    pub name: String,
    /// By word, in the system's order.
    pub counts: Vec<i64>,
}

/// `2026H2` and its days, `[from, until)`.
pub fn half_year(day: Day) -> (String, Day, Day) {
    let (half, month) = if day.month() <= 6 { (1, 1) } else { (2, 7) };
    let from = Day::of(day.year(), month, 1).unwrap_or(day);
    (format!("{}H{half}", day.year()), from, from.plus_months(6))
}

/// The systems whose both sides rate each other, and the words they do it in: those of the first.
fn rated_systems<'a>(desk: &Desk<'a, '_>) -> Vec<(&'a str, &'a System)> {
    super::systems(desk).filter(|(_, s)| s.both_rate && !s.ratings.is_empty()).map(|(i, s)| (&*i.id, s)).collect()
}

/// The words, best first.
pub fn words<'a>(desk: &Desk<'a, '_>) -> &'a [std::sync::Arc<str>] {
    rated_systems(desk).first().map_or(&[], |(_, s)| &s.ratings)
}

/// Whom this desk may rate now: a department those who called it, a community those whom it called, in whatever system.
pub fn counterparts(desk: &Desk) -> Result<Vec<Counterpart>> {
    let sight = sight(desk)?;
    let Some(unit) = sight.unit else { return Ok(vec![]) };
    let (period, from, until) = half_year(desk.today);
    let names = names(desk)?;
    let mut with: BTreeMap<i64, i64> = BTreeMap::new();
    let mut all = Vec::new();
    for (id, _) in rated_systems(desk).into_iter().filter(|(_, s)| may_in(s, desk.actor.role)) {
        all.extend(records(desk, &Filter { system: Some(id.into()), from: Some(from), until: Some(until), closed: true, ..Filter::default() })?);
    }
    for record in all {
        let mut others: Vec<i64> = if desk.actor.role == Role::Liaison {
            if record.life.parts.iter().any(|p| p.unit == unit) { vec![record.place.number()] } else { vec![] }
        } else {
            record.life.parts.iter().map(|p| p.unit).collect()
        };
        others.sort_unstable();
        others.dedup();
        for other in others.into_iter().filter(|o| *o != unit) {
            *with.entry(other).or_default() += 1;
        }
    }
    let said: BTreeMap<i64, (String, String)> = desk
        .rows("select rated, word, says from mutual_ratings where superseded is null and period = $1 and rater = $2", &[period.into(), unit.into()])?
        .iter()
        .map(|r| (r.int(0), (r.text(1).to_owned(), r.text(2).to_owned())))
        .collect();
    let mut out: Vec<Counterpart> = with
        .into_iter()
        .map(|(id, cases)| Counterpart {
            id,
            name: names.get(&id).map_or_else(String::new, |(n, _)| n.clone()),
            cases,
            word: said.get(&id).map(|(w, _)| w.clone()),
            says: said.get(&id).map(|(_, s)| s.clone()).unwrap_or_default(),
        })
        .collect();
    out.sort_by_key(|c| (c.word.is_some(), std::cmp::Reverse(c.cases), c.id));
    Ok(out)
}

/// Rates one counterpart; rating once more within the half-year takes the place of what was said before.
pub fn rate(desk: &mut Desk, rated: i64, word: &str, says: &str) -> Result<Outcome<()>> {
    let Some((_, system)) = rated_systems(desk).into_iter().next() else { return Err(crate::Error::NotFound("双向评价".into())) };
    let mut found = Vec::new();
    let mut refuse = |rule: &str, words: String, next: &str| found.push(refusal(&system.source, rule, words, next));
    if !may(desk) {
        refuse("not-entrusted", "双向评价由社区和部门联络员填写".into(), "");
    }
    if !system.ratings.iter().any(|r| **r == *word) {
        refuse("unknown-rating", "请选择评价".into(), &system.ratings.join("、"));
    }
    if system.is_bad(word) && says.trim().is_empty() {
        refuse("reason", format!("评价为“{word}”须写明事例"), "写一件具体的事");
    }
    if !counterparts(desk)?.iter().any(|c| c.id == rated) {
        refuse("no-case-together", "本半年没有共同办理的事，不评价".into(), "");
    }
    let Some(unit) = sight(desk)?.unit.filter(|_| found.is_empty()) else { return Ok(Outcome::Refused(Findings::new(found))) };
    let (period, ..) = half_year(desk.today);
    let entry = desk.record_entrusted(Happened { act: "mutual.rate", subject: "organisation", number: Some(rated), says: format!("{period} 双向评价") })?;
    desk.execute(
        "update mutual_ratings set superseded = $1 where superseded is null and period = $2 and rater = $3 and rated = $4",
        &[entry.into(), period.as_str().into(), unit.into(), rated.into()],
    )?;
    desk.insert(
        "mutual_ratings",
        &["period", "rater", "rated", "word", "says", "at", "account", "actor", "entered"],
        &[
            period.into(),
            unit.into(),
            rated.into(),
            word.into(),
            says.trim().into(),
            desk.moment.to_string().into(),
            desk.actor.account.map(|a| a.number()).into(),
            desk.actor.shown.as_str().into(),
            entry.into(),
        ],
    )?;
    Ok(Outcome::Done(()))
}

/// Does this desk rate at all?
pub fn may(desk: &Desk) -> bool {
    rated_systems(desk).iter().any(|(_, s)| may_in(s, desk.actor.role))
}

fn may_in(system: &System, role: Role) -> bool {
    matches!(role, Role::CommunityWorker | Role::Liaison) && (system.may(Act::Whistle, role.id()) || system.may(Act::Claim, role.id()))
}

/// The half-years in which anything was said, newest first, the present one always.
pub fn periods(desk: &Desk) -> Result<Vec<String>> {
    let mut all: Vec<String> = desk.rows("select distinct period from mutual_ratings where superseded is null", &[])?.iter().map(|r| r.text(0).to_owned()).collect();
    all.push(half_year(desk.today).0);
    all.sort_unstable_by(|a, b| b.cmp(a));
    all.dedup();
    Ok(all)
}

/// 半年汇总, upward: what was said of whom in a half-year (`2026H1`), for the office and for those who are rated.
pub fn summary(desk: &Desk, period: &str) -> Result<Vec<Rated>> {
    let ratings = words(desk);
    let sight = sight(desk)?;
    let names = names(desk)?;
    let mut by: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for row in desk.rows("select rated, word from mutual_ratings where superseded is null and period = $1", &[period.into()])? {
        let rated = row.int(0);
        if !sight.whole && sight.unit != Some(rated) {
            continue;
        }
        let counts = by.entry(rated).or_insert_with(|| vec![0; ratings.len()]);
        if let Some(at) = ratings.iter().position(|w| **w == *row.text(1)) {
            counts[at] += 1;
        }
    }
    Ok(by.into_iter().map(|(id, counts)| Rated { id, name: names.get(&id).map_or_else(String::new, |(n, _)| n.clone()), counts }).collect())
}

#[cfg(test)]
mod tests {
    use super::half_year;
    use vocabulary::day;

    #[test]
    fn a_half_year_ends_where_the_next_begins() {
        assert_eq!(half_year(day!(2026 - 6 - 30)), ("2026H1".into(), day!(2026 - 1 - 1), day!(2026 - 7 - 1)));
        assert_eq!(half_year(day!(2026 - 7 - 1)), ("2026H2".into(), day!(2026 - 7 - 1), day!(2027 - 1 - 1)));
    }
}
