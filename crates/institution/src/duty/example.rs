//! 例: a unit, a day, what was done; and what must be owed and how it must stand. Run by `check`.

use super::{Cadence, Duty, Mark, Slot, Standing, cadence};
use crate::dictionary::Dictionary;
use crate::example::values;
use crate::fault::{Fault, Spot};
use crate::reading::{Fields, Node, Shape, as_date};
use crate::source::known_id;
use crate::{Calendar, FactSet};
use std::sync::Arc;
use vocabulary::{Date, Day, Truth, Value};

/// Given these facts of a unit and these marks, each named occurrence must stand so on that day.
#[derive(Clone, Debug)]
pub struct DutyExample {
    pub name: Arc<str>,
    pub duty: Arc<str>,
    pub on: Day,
    pub facts: FactSet,
    /// Occurrence → what is on file.
    marks: Vec<(Arc<str>, Mark)>,
    /// Occurrence → how it stands; due day, when the example says it.
    expect: Vec<(Arc<str>, Standing)>,
    dues: Vec<(Arc<str>, Day)>,
    /// Events that the duty waits for: name → day on which it happened. The name is the occurrence.
    events: Vec<(Arc<str>, Day)>,
    /// The unit owes nothing.
    owes_nothing: bool,
    spot: Spot,
}

impl DutyExample {
    pub(super) fn read(fields: Fields, dictionary: &Dictionary, duties: &[Duty]) -> Option<DutyExample> {
        let sheet = fields.sheet;
        fields.need("duty");
        let duty = known_id(&fields, "duty", "任务", duties.iter().map(|d| &*d.id));
        let mut facts = FactSet::new(dictionary);
        for (fact, value) in values(fields.maybe("facts"), dictionary, sheet) {
            facts.set(fact, Some(value));
        }
        let pairs = |key| match fields.maybe(key) {
            Some(Node { shape: Shape::Table(entries), .. }) => entries.iter().map(|(k, n)| (k.text.clone(), n)).collect(),
            _ => Vec::new(),
        };
        let mut marks: Vec<(Arc<str>, Mark)> = Vec::new();
        for (key, node) in pairs("done") {
            match as_date(node).and_then(Date::exact) {
                Some(day) => marks.push((key, Mark::Done(day))),
                None => sheet.fault(node.at.clone(), format!("应是日期，这里是{}", node.described()), None, None),
            }
        }
        marks.extend(fields.texts("excused").into_iter().map(|key| (key, Mark::Excused)));
        let mut expect = Vec::new();
        for (key, node) in pairs("expect") {
            let word = if let Shape::Text(word) = &node.shape { &**word } else { "" };
            match Standing::ALL.iter().find(|(w, _)| *w == word) {
                Some((_, standing)) => expect.push((key, *standing)),
                None => sheet.unknown(node.at.clone(), format!("没有状态 `{word}`"), word, Standing::ALL.iter().map(|(w, _)| *w), None),
            }
        }
        let days = |key| {
            let mut out = Vec::new();
            for (key, node) in pairs(key) {
                match as_date(node).and_then(Date::exact) {
                    Some(day) => out.push((key, day)),
                    None => sheet.fault(node.at.clone(), format!("应是日期，这里是{}", node.described()), None, None),
                }
            }
            out
        };
        let (dues, events) = (days("due"), days("happened"));
        let example = DutyExample {
            name: fields.text("name"),
            duty: duty?,
            on: fields.day("on")?,
            facts,
            marks,
            expect,
            dues,
            events,
            owes_nothing: fields.yes("owes_nothing"),
            spot: sheet.spot(fields.at.clone()),
        };
        fields.finish();
        Some(example)
    }

    /// What does not come out as expected; empty when it holds.
    pub fn run(&self, duties: &[Duty], dictionary: &Dictionary, calendar: &Calendar) -> Vec<String> {
        let Some(duty) = duties.iter().find(|d| d.id == self.duty) else { return vec![format!("没有任务 `{}`", self.duty)] };
        let owes = duty.owes.evaluate(dictionary, &self.facts) == Truth::True;
        if self.owes_nothing || !owes {
            return match (self.owes_nothing, owes) {
                (true, true) => vec!["应当没有这项任务，算出来有".into()],
                (false, false) => vec!["应当有这项任务，算出来没有".into()],
                _ => vec![],
            };
        }
        let slots = self.slots(duty, calendar);
        let mut wrong = Vec::new();
        for (key, expected) in &self.expect {
            let Some(slot) = slots.iter().find(|s| s.key == **key) else {
                let there: Vec<&str> = slots.iter().map(|s| s.key.as_str()).collect();
                wrong.push(format!("没有 `{key}` 这一次，有：{}", there.join("、")));
                continue;
            };
            let mark = self.marks.iter().find(|(k, _)| k == key).map(|(_, m)| *m);
            let said = Standing::of(slot, mark, self.on);
            if said != *expected {
                wrong.push(format!("`{key}` 应为“{}”，算出来是“{}”", expected.says(), said.says()));
            }
        }
        for (key, day) in &self.dues {
            let said = slots.iter().find(|s| s.key == **key).map(|s| s.due);
            if said != Some(*day) {
                wrong.push(format!("`{key}` 应办日应为 {day}，算出来是 {}", said.map_or("没有".into(), |d| d.to_string())));
            }
        }
        wrong
    }

    fn slots(&self, duty: &Duty, calendar: &Calendar) -> Vec<Slot> {
        let year = |back: i16| Day::of(self.on.year() + back, 1, 1).unwrap_or(self.on);
        if duty.cadence.is_common() {
            return duty.cadence.slots(year(-1), year(2), duty.opens, duty.make_up, calendar);
        }
        if let Cadence::Event { within, .. } = &duty.cadence {
            let slot = |(name, on): &(Arc<str>, Day)| {
                let due = cadence::after(*within, *on, calendar);
                Slot { due, key: name.to_string(), opens: *on, closes: due.plus_days(duty.make_up.unwrap_or(0)), unsure: None }
            };
            return self.events.iter().map(slot).collect();
        }
        let fact = duty.cadence.fact().and_then(|f| self.facts.get(f));
        let Some(Value::Date(date)) = fact else { return vec![] };
        (-1..=1).filter_map(|y| duty.cadence.slot_of(date, self.on.year() + y, duty.opens, duty.make_up, calendar)).collect()
    }

    pub(crate) fn fault(&self, wrong: &[String]) -> Fault {
        let says = format!("例“{}”不成立：{}", self.name, wrong.join("；"));
        Fault::at(self.spot.clone(), says, Some("改任务，或改这个例".into()), Some("例由懂政策的人写，任务必须合乎例"))
    }
}
