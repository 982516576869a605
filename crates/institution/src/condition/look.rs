//! 看一眼: a fact is looked at once, and all the tests about it are answered together.
//!
//! Most facts are a yes, a no or the name of a code, and of those every answer is known before anybody is examined.

use super::answers::Answers;
use super::names::Names;
use super::prepared::{Ask, Check};
use crate::dictionary::Dictionary;
use crate::fact_set::Slot;
use std::sync::Arc;
use vocabulary::{Truth, Value};

/// What was learned by one look: answers, and which rules they leave nothing to ask of.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Learned {
    pub answers: Answers,
    /// By the rule's place in the plan.
    pub settled: u64,
}

/// Which rules an answer settles, by the test's number: when it holds, when it does not.
pub(crate) type Settles = Box<[[u64; 2]]>;

/// Tests about one fact whose answers stand in one word, none of them compared with another fact.
#[derive(Clone, Debug)]
pub(crate) struct Look {
    pub slot: Slot,
    nothing: Learned,
    /// For no and for yes.
    said: [Learned; 2],
    names: Names,
    /// In the order of `names`.
    named: Box<[Learned]>,
    /// The tests, for values that are not foreseen.
    numbers: Box<[u32]>,
}

impl Look {
    /// `numbers` are tests about the same fact, with places in the same word.
    pub fn of(numbers: &[u32], (asks, settles): (&[Ask], &Settles), dictionary: &Dictionary) -> Look {
        let foreseen = |value: Option<&Value>| learn(numbers, value, asks, settles);
        let names = names(numbers, asks, dictionary);
        Look {
            slot: asks[numbers[0] as usize].slot,
            nothing: foreseen(None),
            said: [false, true].map(|yes| foreseen(Some(&Value::Yes(yes)))),
            named: names.iter().map(|name| foreseen(Some(&Value::Text(name.clone())))).collect(),
            names: Names::of(names),
            numbers: numbers.into(),
        }
    }

    /// The rules that one of its tests settles by one of its answers.
    pub fn may_settle(&self, settles: &Settles) -> u64 {
        self.numbers.iter().map(|number| settles[*number as usize]).fold(0, |all, [yes, no]| all | yes | no)
    }

    #[inline]
    pub fn at(&self, value: Option<&Value>, asks: &[Ask], settles: &Settles) -> Learned {
        match value {
            None => self.nothing,
            Some(Value::Yes(yes)) => self.said[usize::from(*yes)],
            Some(value) => match value.as_text().and_then(|name| self.names.place(name)) {
                Some(place) => self.named[place],
                None => learn(&self.numbers, Some(value), asks, settles),
            },
        }
    }
}

#[inline]
fn learn(numbers: &[u32], value: Option<&Value>, asks: &[Ask], settles: &Settles) -> Learned {
    let mut learned = Learned::default();
    for number in numbers {
        let number = *number as usize;
        let truth = asks[number].of(value);
        learned.answers.note(Answers::place(number).1, truth);
        learned.settled |= settled_by(settles, number, truth);
    }
    learned
}

/// The rules that this answer settles.
#[inline]
pub(crate) fn settled_by(settles: &Settles, number: usize, truth: Truth) -> u64 {
    match truth {
        Truth::True => settles[number][0],
        Truth::False => settles[number][1],
        Truth::Unknown => 0,
    }
}

/// The names that the fact may have: those of its table, or those that the tests speak of.
fn names(numbers: &[u32], asks: &[Ask], dictionary: &Dictionary) -> Vec<Arc<str>> {
    let first = &asks[numbers[0] as usize];
    let fact = dictionary.facts.get(first.test.fact);
    if let Some(table) = fact.and_then(|fact| dictionary.table_of(fact)) {
        return table.values.iter().map(|code| code.name.clone()).collect();
    }
    let mut spoken: Vec<Arc<str>> = Vec::new();
    for number in numbers {
        if let Check::Names { yes, no } = &asks[*number as usize].check {
            spoken.extend(yes.all().chain(no.iter().flat_map(Names::all)).cloned());
        }
    }
    spoken.sort_unstable();
    spoken.dedup();
    spoken
}
