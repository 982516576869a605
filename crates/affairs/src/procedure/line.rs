//! The facts of one line of the slate: registry, post, proposal, answers, and what every step recorded.

use super::recorded::{Line, Recorded};
use super::vote;
use crate::examine::{Known, Proposed, known};
use crate::known::written;
use crate::{Fields, Item, Procedure, Result};
use institution::{FactSet, Institution, Step};
use registry::{Desk, post};
use vocabulary::{Day, Id, Truth};

/// Every fact of one line that is known or derived today, as texts by fact id: what the papers print.
pub fn facts_of(desk: &Desk, id: Id<Procedure>, item: Id<Item>) -> Result<Fields> {
    let recorded = Recorded::find(desk, id)?;
    let known = known_of(desk, &recorded, recorded.line(item)?, desk.today)?;
    let all = recorded.institution.derive(&known.facts, desk.today);
    let facts = &desk.dictionary().facts;
    Ok(all
        .known()
        .map(|(index, value)| (facts[index].id.to_string(), written(value)))
        .collect())
}

/// What is known of a line on `on`. Once its appointment has taken effect, the person is looked at as before it:
/// whoever has been promoted is not proposed at the new level again.
pub(crate) fn known_of(desk: &Desk, recorded: &Recorded, line: &Line, on: Day) -> Result<Known> {
    let begun = recorded
        .effects
        .iter()
        .find(|e| e.item == line.id && e.kind == "任职")
        .map(|e| e.on);
    let mut proposed = Proposed::alone(line.person, line.post, begun.map_or(on, |day| day.plus_days(-1)));
    if let Some(seat) = line.post {
        let holders = post::holders(desk, &[seat])?;
        let leaves = |tenure: i64| recorded.open_lines().any(|l| l.leaves.contains(&tenure));
        proposed.leave = holders
            .iter()
            .filter(|h| h.person != line.person && leaves(h.tenure))
            .count() as i64;
        let comes = |l: &&Line| l.post == Some(seat) && l.person != line.person;
        proposed.come = if begun.is_some() {
            0
        } else {
            recorded.open_lines().filter(comes).count() as i64
        };
    }
    let mut known = known(desk, recorded.institution, &proposed)?;
    let dictionary = desk.dictionary();
    // What was typed was read when it was entered; a code that has left its table since is simply not known.
    known.lay_over(dictionary, &line.facts, "动议时说明");
    if !line.exception.trim().is_empty() {
        known.set(dictionary, "exception.used", true, "动议时说明");
    }
    for (step, entered) in recorded.institution.steps.iter().zip(&recorded.steps) {
        known.lay_over(
            dictionary,
            &facts_in(step, &entered.fields_of(line.id), dictionary),
            &format!("{}时登记", step.title),
        );
        vote::count(dictionary, entered, line.id, &step.title, &mut known);
        if let Some(boxed) = &entered.boxed {
            for (_, counted) in boxed.counted.iter().filter(|(item, _)| *item == line.id) {
                known.lay_over(dictionary, counted, &format!("票箱“{}”计票", boxed.title));
            }
        }
    }
    for answer in &line.answers {
        known.lay_over(
            dictionary,
            &answer.facts,
            &format!("{} {}补充", answer.on, answer.actor),
        );
    }
    Ok(known)
}

/// Of a step's fields, those that fill facts, by fact id.
fn facts_in(step: &Step, fields: &Fields, dictionary: &institution::Dictionary) -> Fields {
    step.fields
        .iter()
        .filter_map(|field| {
            let fact = &dictionary.facts[field.fact?];
            Some((fact.id.to_string(), fields.get(&*field.id)?.clone()))
        })
        .collect()
}

/// Is the step asked of this line? Who is only removed passes the meeting and what takes effect, nothing else.
pub(crate) fn is_asked(step: &Step, line: &Line, facts: &FactSet, desk: &Desk) -> bool {
    if line.post.is_none() {
        return takes_votes(step, desk) || step.effect == Some(institution::procedure::Effect::Appoint);
    }
    step.applies
        .as_ref()
        .is_none_or(|c| c.evaluate(desk.dictionary(), facts) != Truth::False)
}

fn fills(step: &Step, desk: &Desk, facts: &[&str]) -> bool {
    step.fields
        .iter()
        .filter_map(|f| f.fact)
        .any(|f| facts.contains(&&*desk.dictionary().facts[f].id))
}
pub(crate) fn takes_votes(step: &Step, desk: &Desk) -> bool {
    fills(step, desk, &["vote.agree"])
}
pub(crate) fn takes_roll(step: &Step, desk: &Desk) -> bool {
    fills(step, desk, &["meeting.should_attend", "meeting.present"])
}
pub(crate) fn posts_notice(step: &Step, desk: &Desk) -> bool {
    fills(step, desk, &["notice.posted"])
}

/// Facts of every open line with what the institution derives from them on `on`.
pub(crate) struct Lines {
    pub of: Vec<(Id<Item>, Known, FactSet)>,
}

impl Lines {
    pub fn read(desk: &Desk, recorded: &Recorded, on: Day) -> Result<Lines> {
        let mut of = Vec::new();
        for line in recorded.open_lines() {
            let known = known_of(desk, recorded, line, on)?;
            let all = recorded.institution.derive(&known.facts, on);
            of.push((line.id, known, all));
        }
        Ok(Lines { of })
    }
    pub fn get(&self, item: Id<Item>) -> Option<(&Known, &FactSet)> {
        self.of
            .iter()
            .find(|(id, ..)| *id == item)
            .map(|(_, known, all)| (known, all))
    }
    /// Is the step asked of any open line?
    pub fn ask(&self, recorded: &Recorded, step: &Step, desk: &Desk) -> bool {
        recorded
            .open_lines()
            .any(|l| self.get(l.id).is_some_and(|(_, all)| is_asked(step, l, all, desk)))
    }
    /// The present step: the first that is asked and not done.
    pub fn present(&self, recorded: &Recorded, desk: &Desk) -> Option<usize> {
        if recorded.ended.is_some() {
            return None;
        }
        let institution: &Institution = recorded.institution;
        (0..institution.steps.len())
            .find(|at| recorded.steps[*at].done.is_none() && self.ask(recorded, &institution.steps[*at], desk))
    }
}
