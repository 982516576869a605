//! 推算: facts that follow from other facts by the institution's own counting.

use crate::condition::names::Heights;
use crate::condition::flat::Flat;
use crate::condition::prepared::{Ask, Node as Ready, Preparing};
use crate::condition::read::read_value;
use crate::condition::Condition;
use crate::dictionary::{Dictionary, Kind};
use crate::fact_set::{DERIVED, Held, Slot, View};
use crate::length::Length;
use crate::reading::{Fields, Node, Sheet};
use crate::rule::fact_index;
use crate::Calendar;
use std::borrow::Cow;
use vocabulary::{Truth, Value};

/// One derived fact. A value that is on record stays; only a missing one is derived.
#[derive(Clone, Debug)]
pub struct Derived {
    /// Index of the fact that is derived.
    pub fact: usize,
    how: How,
}

#[derive(Clone, Debug)]
enum How {
    /// The last day of a period after the day in `after`.
    Day { after: usize, length: Length },
    /// Whole months from one day to another.
    Months { from: usize, to: usize },
    /// How many heights the code in `to` stands above that in `from`.
    LevelsUp { from: usize, to: usize },
    /// The first case that holds; a case that cannot be judged ends the search.
    Cases(Vec<(Condition, Is)>),
}

#[derive(Clone, Debug)]
enum Is {
    Value(Value),
    SameAs(usize),
}

impl Derived {
    /// Facts that the derivation reads.
    pub(crate) fn facts(&self, found: &mut Vec<usize>) {
        match &self.how {
            How::Day { after, .. } => found.push(*after),
            How::Months { from, to } | How::LevelsUp { from, to } => found.extend([*from, *to]),
            How::Cases(cases) => {
                for (when, is) in cases {
                    when.facts(found);
                    if let Is::SameAs(fact) = is {
                        found.push(*fact);
                    }
                }
            }
        }
    }
}

pub(crate) fn read_derived(file: &Fields, dictionary: &Dictionary, sheet: &Sheet) -> Vec<Derived> {
    let mut all: Vec<Derived> = Vec::new();
    for fields in file.rows("derive", "推算") {
        fields.need("fact");
        let fact = fact_index(&fields, "fact", dictionary);
        let how = read_how(&fields, fact, dictionary, sheet);
        fields.maybe_text("says");
        if let (Some(fact), Some(how)) = (fact, how) {
            all.push(Derived { fact, how });
        }
        fields.finish();
    }
    all
}

fn read_how(fields: &Fields, fact: Option<usize>, dictionary: &Dictionary, sheet: &Sheet) -> Option<How> {
    if let Some(node) = fields.maybe("day") {
        let table = Fields::of(node, "推算日期", sheet)?;
        let after = fact_index(&table, "after", dictionary);
        let length = Length::read(&table);
        table.finish();
        let wrong = [after, fact].into_iter().flatten().map(|f| &dictionary.facts[f]).find(|f| f.kind != Kind::Date);
        if let Some(wrong) = wrong {
            sheet.fault(node.at.clone(), format!("“{}”（`{}`）不是日期", wrong.name, wrong.id), None, None);
        }
        return Some(How::Day { after: after?, length: length? });
    }
    if let Some(node) = fields.maybe("months") {
        let (from, to) = two_facts(node, dictionary, sheet)?;
        return Some(How::Months { from, to });
    }
    if let Some(node) = fields.maybe("levels_up") {
        let (from, to) = two_facts(node, dictionary, sheet)?;
        return Some(How::LevelsUp { from, to });
    }
    let mut cases = Vec::new();
    for case in fields.rows("cases", "情形") {
        let when = case.need("when").and_then(|node| Condition::read(node, dictionary, sheet));
        let same_as = fact_index(&case, "same_as", dictionary);
        let value = case.maybe("is").and_then(|node| read_value(node, &dictionary.facts[fact?], dictionary, sheet));
        case.finish();
        match (when, value, same_as) {
            (Some(when), Some(value), None) => cases.push((when, Is::Value(value))),
            (Some(when), None, Some(other)) => cases.push((when, Is::SameAs(other))),
            _ => return None,
        }
    }
    if cases.is_empty() {
        let says = "推算要写 `day`、`months`、`levels_up` 或 `cases` 之一".to_owned();
        sheet.fault(fields.at.clone(), says, None, None);
        return None;
    }
    Some(How::Cases(cases))
}

fn two_facts(node: &Node, dictionary: &Dictionary, sheet: &Sheet) -> Option<(usize, usize)> {
    let table = Fields::of(node, "推算", sheet)?;
    table.need("from");
    table.need("to");
    let both = (fact_index(&table, "from", dictionary), fact_index(&table, "to", dictionary));
    table.finish();
    Some((both.0?, both.1?))
}

/// The derivations of one institution, made ready. Their values stand in the order of `facts`; the first is the day
/// asked about.
#[derive(Clone, Debug, Default)]
pub(crate) struct Derivation {
    pub facts: Vec<usize>,
    steps: Vec<Step>,
    /// For each step, the earlier places that it reads.
    reads: Vec<Vec<usize>>,
    /// For each step, the tests that it asks.
    asked: Vec<Vec<u32>>,
}

#[derive(Clone, Debug)]
enum Step {
    Day { after: Slot, length: Length },
    Months { from: Slot, to: Slot },
    LevelsUp { from: Slot, to: Slot, heights: Heights },
    Cases(Vec<(Flat, Given)>),
}

#[derive(Clone, Debug)]
enum Given {
    Value(Value),
    SameAs(Slot),
}

/// Years that the calendar lacked, with the fact that could not be derived.
pub(crate) type Notes = Vec<(usize, String)>;

impl Derivation {
    /// Goes on numbering after `asks` and returns them with the tests that its cases ask, so that rules share their answers.
    pub fn of(derived: &[Derived], dictionary: &Dictionary, mut asks: Vec<Ask>) -> (Derivation, Vec<Ask>) {
        let today = dictionary.fact("today").map_or(usize::MAX, |f| f.index);
        let mut ready = Derivation { facts: vec![today], ..Derivation::default() };
        for one in derived {
            // What stands further up in the file is already derived when this one is.
            let slot = |fact: usize| ready.slot(fact);
            let preparing = Preparing::after(dictionary, &slot, std::mem::take(&mut asks));
            let mut asked = Vec::new();
            let step = Step::of(one, &preparing, &mut asked);
            asks = preparing.into_asks();
            let mut reads = Vec::new();
            one.facts(&mut reads);
            let places = reads.iter().filter_map(|fact| ready.place(*fact)).collect();
            ready.reads.push(places);
            ready.asked.push(asked);
            ready.facts.push(one.fact);
            ready.steps.push(step);
        }
        (ready, asks)
    }

    fn place(&self, fact: usize) -> Option<usize> {
        self.facts.iter().position(|f| *f == fact)
    }
    /// Where a prepared test finds `fact`: derived here, or given.
    pub fn slot(&self, fact: usize) -> Slot {
        self.place(fact).map_or(fact as Slot, |place| DERIVED + place as Slot)
    }
    /// Which steps must run so that `facts` are derived, in order.
    pub fn steps_for(&self, facts: &[usize]) -> Vec<usize> {
        let mut wanted: Vec<usize> = facts.iter().filter_map(|f| self.place(*f)).collect();
        let mut next = 0;
        while next < wanted.len() {
            if let Some(step) = wanted[next].checked_sub(1) {
                wanted.extend(self.reads[step].iter().filter(|p| !wanted.contains(p)).copied().collect::<Vec<_>>());
            }
            next += 1;
        }
        wanted.sort_unstable();
        wanted.dedup();
        wanted.into_iter().filter_map(|place| place.checked_sub(1)).collect()
    }

    /// The tests that a step asks.
    pub fn asked(&self, step: usize) -> &[u32] {
        &self.asked[step]
    }
    /// Where the fact of a step stands among `facts`.
    pub fn place_of(step: usize) -> usize {
        step + 1
    }

    /// The value of one step, when `view` holds what it reads and the answers to what it asks. A year that the calendar lacks
    /// leaves a note and no value.
    pub fn derive<'g>(&'g self, step: usize, view: &View<'g, '_>, calendar: &Calendar, notes: &mut Notes) -> Held<'g> {
        let fact = self.facts[Derivation::place_of(step)];
        match view.given.get(fact) {
            Some(known) => Some(Cow::Borrowed(known)),
            None => self.steps[step].derive(view, (fact, calendar, notes)),
        }
    }
}

impl Step {
    fn of(derived: &Derived, preparing: &Preparing, asked: &mut Vec<u32>) -> Step {
        let slot = |fact: usize| preparing.slot(fact);
        match &derived.how {
            How::Day { after, length } => Step::Day { after: slot(*after), length: *length },
            How::Months { from, to } => Step::Months { from: slot(*from), to: slot(*to) },
            How::LevelsUp { from, to } => {
                let table = preparing.dictionary.facts.get(*to).and_then(|f| preparing.dictionary.table_of(f));
                Step::LevelsUp { from: slot(*from), to: slot(*to), heights: Heights::of(table) }
            }
            How::Cases(cases) => {
                let mut case = |(when, is): &(Condition, Is)| {
                    let given = match is {
                        Is::Value(value) => Given::Value(value.clone()),
                        Is::SameAs(fact) => Given::SameAs(slot(*fact)),
                    };
                    let node = Ready::of(when, preparing);
                    node.numbers(asked);
                    (Flat::of(node), given)
                };
                Step::Cases(cases.iter().map(&mut case).collect())
            }
        }
    }

    fn derive<'g>(&'g self, view: &View<'g, '_>, (fact, calendar, notes): (usize, &Calendar, &mut Notes)) -> Held<'g> {
        match self {
            Step::Day { after, length } => {
                // A month is no day: nothing is derived from less than a day.
                let Value::Date(after) = view.get(*after)? else { return None };
                match length.after(after.exact()?, calendar) {
                    Ok(day) => Some(Cow::Owned(day.into())),
                    Err(missing) => {
                        notes.push((fact, missing.to_string()));
                        None
                    }
                }
            }
            Step::Months { from, to } => {
                let (Value::Date(from), Value::Date(to)) = (view.get(*from)?, view.get(*to)?) else { return None };
                let low = i64::from(from.latest().months_until(to.earliest()));
                let high = i64::from(from.earliest().months_until(to.latest()));
                let at = i64::from(from.earliest().months_until(to.earliest()));
                Some(Cow::Owned(if low == high { Value::Number(at) } else { Value::Between { at, low, high } }))
            }
            Step::LevelsUp { from, to, heights } => {
                let height = |slot: Slot| heights.of_name(view.get(slot)?.as_text()?);
                Some(Cow::Owned(Value::Number(height(*to)? - height(*from)?)))
            }
            Step::Cases(cases) => {
                for (when, is) in cases {
                    match when.evaluate(view) {
                        Truth::True => {
                            return match is {
                                Given::Value(value) => Some(Cow::Borrowed(value)),
                                Given::SameAs(slot) => match slot.checked_sub(DERIVED) {
                                    None => view.given.get(*slot as usize).map(Cow::Borrowed),
                                    Some(place) => view.derived.get(place as usize)?.clone(),
                                },
                            };
                        }
                        Truth::Unknown => return None,
                        Truth::False => {}
                    }
                }
                None
            }
        }
    }
}
