//! Where a matter stands: which steps fall away, which one is present, and by when it is owed. Read from what is on file,
//! never stored.

use super::Brief;
use super::ledger::Steps;
use institution::matter::Place;
use institution::{Institution, Step};
use registry::Desk;
use vocabulary::Day;

fn says_yes(filed: &Steps, place: &Place) -> bool {
    filed.get(&*place.step).and_then(|(_, fields)| fields.get(&*place.field)).is_some_and(|t| t.trim() == "是")
}

pub(super) fn falls_away(step: &Step, filed: &Steps) -> bool {
    step.unless.as_ref().is_some_and(|place| says_yes(filed, place))
}

/// The first step that is neither done nor fallen away; none of a matter that has ended.
pub(super) fn present<'i>(institution: &'i Institution, brief: &Brief, filed: &Steps) -> Option<&'i Step> {
    let open = |s: &&Step| !filed.contains_key(&*s.id) && !falls_away(s, filed);
    institution.matter.iter().find(open).filter(|_| brief.ended.is_none())
}

/// The day by which the step is owed. A year that the calendar does not hold yet sets none.
pub(super) fn due(desk: &Desk, step: &Step, filed: &Steps) -> Option<Day> {
    let within = step.within.as_ref()?;
    if within.only_if.as_ref().is_some_and(|place| !says_yes(filed, place)) {
        return None;
    }
    let from = filed.get(&*within.after)?.0.parse::<Day>().ok()?;
    within.length.after(from, &desk.book.calendar).ok()
}

/// Fills in what a list says of a matter.
pub(super) fn place(desk: &Desk, institution: &Institution, brief: &mut Brief, filed: &Steps) {
    brief.done = institution.matter.iter().filter_map(|s| Some((s.id.to_string(), filed.get(&*s.id)?.0.clone()))).collect();
    let now = present(institution, brief, filed);
    brief.due = now.and_then(|step| due(desk, step, filed));
    brief.overdue = brief.due.is_some_and(|due| due < desk.day());
    let next = now.map(|s| s.title.to_string());
    brief.at = brief.ended.as_ref().map(|(result, _)| result.clone()).or(next).unwrap_or_default();
}
