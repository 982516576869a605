//! 应办: what a few units owe between two days, and how each occurrence stands. The same conditions as `many`, evaluated
//! natively.

use super::mark::Marked;
use super::{Unit, event, in_force, mark, unit};
use crate::Result;
use institution::duty::{Cadence, Slot, Standing};
use institution::{Duty, Prepared, Subject};
use registry::Desk;
use std::sync::Arc;
use vocabulary::{Day, Truth, Value};

/// One occurrence that a unit owes, or owed.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Owed {
    pub duty: Arc<str>,
    pub title: Arc<str>,
    pub institution: Arc<str>,
    pub who: Arc<str>,
    #[serde(skip)]
    pub subject: Subject,
    pub unit: i64,
    pub unit_title: String,
    #[serde(flatten)]
    pub slot: Slot,
    pub standing: Standing,
    pub says: &'static str,
    pub tone: &'static str,
    /// Day on which it was held.
    pub done_on: Option<Day>,
    /// Row of what is on file.
    pub mark: Option<i64>,
}

impl Owed {
    pub(super) fn new(duty: &Duty, unit: &Unit, slot: Slot, standing: Standing, marked: Option<&Marked>) -> Owed {
        Owed {
            duty: duty.key.clone(),
            title: duty.title.clone(),
            institution: duty.institution.clone(),
            who: duty.who.clone(),
            subject: unit.subject,
            unit: unit.number,
            unit_title: unit.title.clone(),
            slot,
            standing,
            says: standing.says(),
            tone: standing.tone(),
            done_on: marked.and_then(|m| if let institution::duty::Mark::Done(day) = m.mark { Some(day) } else { None }),
            mark: marked.map(|m| m.id),
        }
    }

    /// `branch/12/party-life/committee-meeting/2026-03-07`
    pub fn address(&self) -> String {
        format!("/duties/{}/{}/{}?of={}", super::subject_id(self.subject), self.unit, self.duty, encode(&self.slot.key))
    }
}

fn encode(text: &str) -> String {
    text.bytes().map(|b| if b.is_ascii_alphanumeric() || b == b'-' { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

/// Everything that these units (of one subject) owe with a due day in `[from, to]`, soonest first.
pub fn of_units(desk: &Desk, of: Subject, units: &[Unit], from: Day, to: Day) -> Result<Vec<Owed>> {
    let duties: Vec<&Duty> = in_force(desk, desk.today).filter(|d| d.of == of).collect();
    owed(desk, &duties, units, from, to)
}

pub(crate) fn owed(desk: &Desk, duties: &[&Duty], units: &[Unit], from: Day, to: Day) -> Result<Vec<Owed>> {
    if units.is_empty() || duties.is_empty() {
        return Ok(vec![]);
    }
    let numbers: Vec<i64> = units.iter().map(|u| u.number).collect();
    let marks = mark::of(desk, duties, &numbers)?;
    let mut out = Vec::new();
    for duty in duties {
        let owes = duty.owes.prepare(desk.dictionary());
        let common = slots(desk, duty, from, to)?;
        for unit in units.iter().filter(|u| holds(&owes, u)) {
            let own = own_slots(desk, duty, unit, from, to);
            for slot in common.iter().filter(|(_, whose)| whose.is_none_or(|w| w == unit.number)).map(|(s, _)| s).chain(&own) {
                if slot.due < unit.since || !duty.in_force.holds_on(slot.due) {
                    continue;
                }
                let marked = marks.get(&(duty.key.to_string(), unit.number, slot.key.clone()));
                let standing = Standing::of(slot, marked.map(|m| m.mark), desk.day());
                out.push(Owed::new(duty, unit, slot.clone(), standing, marked));
            }
        }
    }
    out.sort_by(|a, b| (a.slot.due, &a.title, &a.unit_title, &a.slot.key).cmp(&(b.slot.due, &b.title, &b.unit_title, &b.slot.key)));
    Ok(out)
}

fn holds(owes: &Prepared, unit: &Unit) -> bool {
    owes.evaluate(&unit.facts) == Truth::True
}

/// Occurrences that do not depend on a unit's own facts; with the unit that an event was about.
pub(crate) fn slots(desk: &Desk, duty: &Duty, from: Day, to: Day) -> Result<Vec<(Slot, Option<i64>)>> {
    let calendar = &desk.book.calendar;
    if let Cadence::Event { kind, within } = &duty.cadence {
        return event::slots(desk, kind, *within, duty, from, to);
    }
    Ok(duty.cadence.slots(from, to, duty.opens, duty.make_up, calendar).into_iter().map(|s| (s, None)).collect())
}

pub(crate) fn own_slots(desk: &Desk, duty: &Duty, unit: &Unit, from: Day, to: Day) -> Vec<Slot> {
    let Some(Value::Date(date)) = duty.cadence.fact().and_then(|f| unit.facts.get(f)) else { return vec![] };
    let years = if matches!(duty.cadence, Cadence::Anniversary { .. }) { from.year()..=to.year() } else { from.year()..=from.year() };
    let slots = years.filter_map(|y| duty.cadence.slot_of(date, y, duty.opens, duty.make_up, &desk.book.calendar));
    slots.filter(|s| s.due >= from && s.due <= to).collect()
}

/// One occurrence of one unit, whatever its due day.
pub fn one(desk: &Desk, duty: &Duty, number: i64, occurrence: &str) -> Result<Owed> {
    let unit = unit::unit(desk, duty.of, number)?;
    let (from, to) = (desk.today.plus_days(-800), desk.today.plus_days(800));
    let mut found = owed(desk, &[duty], &[unit], from, to)?;
    found.retain(|o| o.slot.key == occurrence);
    found.pop().ok_or_else(|| crate::Error::NotFound(format!("“{}”的这一次（{occurrence}）", duty.title)))
}
