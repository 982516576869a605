//! 成绩: what a half-year's cases come to, by department, class and place. Every figure is a filter that opens its rows.

use super::line::{Filter, names, now, records};
use super::{Record, system};
use crate::Result;
use institution::case::Stage;
use institution::case::life::{Part, Timeliness};
use institution::duty::FieldKind;
use registry::Desk;
use std::collections::BTreeMap;

/// Counts of one department, class, place, or of all.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct UnitFigures {
    pub id: i64,
    pub name: String,
    /// 受理 (of a department: 吹哨)
    pub received: i64,
    /// 报到按时
    pub claimed_in_time: i64,
    pub claims_due: i64,
    /// 已答复
    pub answered: i64,
    pub answered_in_time: i64,
    pub rated: i64,
    /// 好 and 较好: the first half of the words.
    pub content: i64,
    /// Answered and not rated badly.
    pub solved: i64,
    pub reopened: i64,
    pub raised: i64,
    pub closed: i64,
    pub merged: i64,
    pub overdue: i64,
}

impl UnitFigures {
    /// 响应率, 解决率, 满意率 in tenths of a percent; None when there is nothing to divide by.
    pub fn rates(&self) -> [Option<i64>; 3] {
        let rate = |part: i64, whole: i64| (whole > 0).then(|| (part * 1000 + whole / 2) / whole);
        [rate(self.claimed_in_time, self.claims_due), rate(self.solved, self.received - self.merged), rate(self.content, self.rated)]
    }
}

#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Figures {
    pub all: UnitFigures,
    pub departments: Vec<UnitFigures>,
    pub classes: Vec<(String, UnitFigures)>,
    pub places: Vec<UnitFigures>,
    /// Of one system: what was chosen in its fields, each with its number of cases.
    pub said: Vec<SaidFigures>,
}

/// How often each option of a field was chosen, in the order of the file; what nobody chose is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct SaidFigures {
    pub field: String,
    pub label: String,
    pub counts: Vec<(String, i64)>,
}

/// What happened to the cases that `filter` names.
pub fn figures(desk: &Desk, filter: &Filter) -> Result<Figures> {
    let names = names(desk)?;
    let mut figures = Figures::default();
    let mut departments: BTreeMap<i64, UnitFigures> = BTreeMap::new();
    let mut classes: BTreeMap<String, UnitFigures> = BTreeMap::new();
    let mut places: BTreeMap<i64, UnitFigures> = BTreeMap::new();
    let mut said: BTreeMap<(String, String), i64> = BTreeMap::new();
    for record in records(desk, filter)? {
        let (_, system) = system(desk, &record.system)?;
        for field in system.asks.values().flatten().filter(|f| f.kind == FieldKind::Choice) {
            if let Some(text) = filled(&record, &field.id) {
                *said.entry((field.id.to_string(), text.to_owned())).or_default() += 1;
            }
        }
        let title = record.life.class.as_deref().and_then(|c| system.class(c)).map_or("待分类", |c| &c.title);
        for of in [&mut figures.all, classes.entry(title.to_owned()).or_default(), places.entry(record.place.number()).or_default()] {
            count(desk, of, &record, None);
        }
        let mut units: Vec<i64> = record.life.parts.iter().map(|p| p.unit).collect();
        units.sort_unstable();
        units.dedup();
        for unit in units {
            count(desk, departments.entry(unit).or_default(), &record, Some(unit));
        }
    }
    let named = |(id, f): (i64, UnitFigures)| UnitFigures { id, name: names.get(&id).map_or_else(String::new, |(n, _)| n.clone()), ..f };
    figures.departments = departments.into_iter().map(named).collect();
    figures.places = places.into_iter().map(named).collect();
    figures.departments.sort_by_key(|f| (std::cmp::Reverse(f.received), f.id));
    figures.places.sort_by_key(|f| (std::cmp::Reverse(f.received), f.id));
    figures.classes = classes.into_iter().collect();
    if let Some(id) = &filter.system {
        let fields = system(desk, id)?.1.asks.values().flatten().filter(|f| f.kind == FieldKind::Choice);
        let of = |f: &institution::duty::DutyField| SaidFigures {
            field: f.id.to_string(),
            label: f.label.to_string(),
            counts: f.options.iter().filter_map(|o| Some((o.to_string(), *said.get(&(f.id.to_string(), o.to_string()))?))).collect(),
        };
        figures.said = fields.map(of).filter(|s| !s.counts.is_empty()).collect();
    }
    figures.classes.sort_by_key(|(_, f)| std::cmp::Reverse(f.received));
    Ok(figures)
}

/// What was filled in last in a field.
pub(super) fn filled<'r>(record: &'r Record, field: &str) -> Option<&'r str> {
    record.deeds.iter().rev().find_map(|d| d.data.get(field)).map(String::as_str)
}

fn count(desk: &Desk, f: &mut UnitFigures, record: &Record, unit: Option<i64>) {
    let mut add = |what: &str, to: fn(&mut UnitFigures) -> &mut i64| {
        if counts(desk, record, unit, what) {
            *to(f) += 1;
        }
    };
    add("received", |f| &mut f.received);
    add("claims_due", |f| &mut f.claims_due);
    add("claimed_in_time", |f| &mut f.claimed_in_time);
    add("answered", |f| &mut f.answered);
    add("answered_in_time", |f| &mut f.answered_in_time);
    add("rated", |f| &mut f.rated);
    add("content", |f| &mut f.content);
    add("solved", |f| &mut f.solved);
    add("reopened", |f| &mut f.reopened);
    add("raised", |f| &mut f.raised);
    add("closed", |f| &mut f.closed);
    add("merged", |f| &mut f.merged);
    add("overdue", |f| &mut f.overdue);
}

/// Does this case count as `what`? The figure and the list behind it ask the same question. A case counts once, whatever
/// its rounds; for a department, once for all its parts.
pub(super) fn counts(desk: &Desk, record: &Record, unit: Option<i64>, what: &str) -> bool {
    let life = &record.life;
    let Ok((_, system)) = system(desk, &record.system) else { return false };
    let parts: Vec<&Part> = life.parts.iter().filter(|p| unit.is_none_or(|u| p.unit == u)).collect();
    let timely = |clock: &institution::case::life::Clock| clock.timeliness(now(desk), system.soon_hours);
    let rating = life.rounds.iter().rev().find_map(|r| r.rating.as_deref());
    let good = rating.is_some_and(|r| system.ratings.iter().position(|w| **w == *r).is_some_and(|at| at < system.ratings.len().div_ceil(2)));
    // The case is answered for now; of a department, its part is done.
    let answered = match unit {
        None => life.stage >= Stage::Answered && life.stage != Stage::Merged,
        Some(_) => parts.iter().any(|p| p.reply.met.is_some()),
    };
    match what {
        "received" => true,
        "claims_due" => parts.iter().any(|p| p.claim.met.is_some() || timely(&p.claim).is_late()),
        "claimed_in_time" => !parts.is_empty() && parts.iter().any(|p| p.claim.met.is_some()) && !parts.iter().any(|p| p.is_live() && timely(&p.claim).is_late()),
        "claimed_late" => parts.iter().any(|p| p.is_live() && timely(&p.claim).is_late()),
        "answered" => answered,
        "answered_in_time" => match unit {
            // Every round in time: a reopening does not wash off that the first answer was late.
            None => answered && life.rounds.iter().all(|r| r.clock.is_some_and(|c| timely(&c) == Timeliness::MetInTime)),
            Some(_) => answered && !parts.iter().any(|p| p.is_live() && timely(&p.reply).is_late()),
        },
        "rated" => rating.is_some(),
        "content" => good,
        "solved" => answered && life.merged_into.is_none() && life.stage >= Stage::Answered && !rating.is_some_and(|r| system.is_bad(r)),
        "reopened" => life.round > 1,
        "raised" => record.deeds.iter().any(|d| d.act == institution::case::Act::Raise),
        "closed" => life.stage == Stage::Closed,
        "merged" => life.merged_into.is_some(),
        "overdue" => match unit {
            None => life.running().is_some_and(|c| timely(&c) == Timeliness::Overdue),
            Some(_) => parts.iter().any(|p| p.is_live() && (timely(&p.claim) == Timeliness::Overdue || timely(&p.reply) == Timeliness::Overdue)),
        },
        _ => false,
    }
}
