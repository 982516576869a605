//! 逐条: the occurrences behind a figure of [`super::tally`], each with who owed it and how it stands.

use super::{Owed, Unit, mark, owed, unit};
use crate::{Error, Result};
use institution::Duty;
use institution::duty::{Mark, Standing};
use registry::Desk;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use vocabulary::{Day, Truth};

/// What may be asked for, and how the page calls it.
pub const WHICH: [(&str, &str); 5] = [("owed", "应办"), ("done", "按期"), ("late", "补办"), ("excused", "免办"), ("lacking", "缺")];

/// The rows that a tally over `[from, to]` counted as `which`, by due day and place. `below` is a path of the tree.
pub fn rows(desk: &Desk, duty: &Duty, from: Day, to: Day, which: &str, below: Option<&str>) -> Result<Vec<Owed>> {
    if !WHICH.iter().any(|(w, _)| *w == which) {
        return Err(Error::NotFound(format!("“{which}”这种数字")));
    }
    let to = to.min(desk.day());
    let owes = duty.owes.prepare(desk.dictionary());
    let facts = unit::facts_of(desk, duty.of);
    let mut by_day: BTreeMap<Day, Vec<Unit>> = BTreeMap::new();
    let mut found = Vec::new();
    // Who owes it is asked of the day when it is due, as the tally does.
    if duty.cadence.fact().is_some() {
        let units = unit::select_on(desk, to, duty.of, &facts, "1 = 1", vec![])?;
        for u in units.into_iter().filter(|u| owes.evaluate(&u.facts) == Truth::True) {
            for slot in owed::own_slots(desk, duty, &u, from, to) {
                found.push((slot, u.clone()));
            }
        }
    } else {
        for (slot, whose) in owed::slots(desk, duty, from, to)?.into_iter().filter(|(s, _)| duty.in_force.holds_on(s.due)) {
            let day = slot.due.min(desk.day());
            let units = match by_day.entry(day) {
                Entry::Occupied(there) => there.into_mut(),
                Entry::Vacant(free) => {
                    let mut units = unit::select_on(desk, day, duty.of, &facts, "1 = 1", vec![])?;
                    units.retain(|u| owes.evaluate(&u.facts) == Truth::True);
                    free.insert(units)
                }
            };
            for u in units.iter().filter(|u| whose.is_none_or(|w| w == u.number)) {
                found.push((slot.clone(), u.clone()));
            }
        }
    }
    found.retain(|(_, u)| below.is_none_or(|path| u.path.starts_with(path)));
    let mut numbers: Vec<i64> = found.iter().map(|(_, u)| u.number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let marks = mark::of(desk, &[duty], &numbers)?;
    let mut out = Vec::new();
    for (slot, u) in found {
        let marked = marks.get(&(duty.key.to_string(), u.number, slot.key.clone()));
        let counts = match (which, marked.map(|m| m.mark)) {
            ("owed", _) | ("lacking", None) | ("excused", Some(Mark::Excused)) => true,
            ("done", Some(Mark::Done(on))) => on <= slot.due,
            ("late", Some(Mark::Done(on))) => on > slot.due,
            _ => false,
        };
        if counts {
            let standing = Standing::of(&slot, marked.map(|m| m.mark), desk.day());
            out.push(Owed::new(duty, &u, slot, standing, marked));
        }
    }
    out.sort_by(|a, b| (a.slot.due, &a.unit_title, &a.slot.key).cmp(&(b.slot.due, &b.unit_title, &b.slot.key)));
    Ok(out)
}
