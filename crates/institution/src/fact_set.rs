//! 事实集: what is known of one subject on one day.

use crate::Dictionary;
use crate::condition::answers::Answers;
use crate::condition::prepared::Ask;
use std::borrow::Cow;
use vocabulary::Value;

/// One value or nothing for each fact of the dictionary, by the fact's index. Nothing means "no record".
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FactSet {
    values: Vec<Option<Value>>,
}

impl FactSet {
    /// Nothing known yet.
    pub fn new(dictionary: &Dictionary) -> FactSet {
        FactSet { values: vec![None; dictionary.facts.len()] }
    }
    pub fn get(&self, fact: usize) -> Option<&Value> {
        self.values.get(fact).and_then(Option::as_ref)
    }
    /// Puts a value in place of what was there.
    pub fn set(&mut self, fact: usize, value: Option<Value>) {
        if fact >= self.values.len() {
            self.values.resize(fact + 1, None);
        }
        self.values[fact] = value;
    }
    /// By id, for tests and small callers; an id that the dictionary does not have is left out.
    pub fn with(mut self, dictionary: &Dictionary, id: &str, value: impl Into<Value>) -> FactSet {
        if let Some(fact) = dictionary.fact(id) {
            self.set(fact.index, Some(value.into()));
        }
        self
    }
    /// What `more` knows is added; what was known here stays.
    pub fn fill(&mut self, more: &FactSet) {
        for (index, value) in more.values.iter().enumerate() {
            if value.is_some() && self.get(index).is_none() {
                self.set(index, value.clone());
            }
        }
    }
    /// The known facts, in the dictionary's order.
    pub fn known(&self) -> impl Iterator<Item = (usize, &Value)> {
        self.values.iter().enumerate().filter_map(|(i, v)| v.as_ref().map(|v| (i, v)))
    }
}

/// Facts as given, above them the facts that an institution derives for one examination, and what was answered of them.
#[derive(Clone, Copy)]
pub(crate) struct View<'g, 'v> {
    pub given: &'g FactSet,
    pub derived: &'v [Held<'g>],
    /// The tests by their number.
    pub asks: &'v [Ask],
    /// Their answers, when all that will be read were asked before; nothing when each is asked where it is read.
    pub answers: &'v [Answers],
}

/// A derived fact: most point at a value that stands elsewhere.
pub(crate) type Held<'a> = Option<Cow<'a, Value>>;

/// Where a prepared test finds its value: the given facts from 0, the derived ones from `DERIVED`.
pub(crate) type Slot = u32;
pub(crate) const DERIVED: Slot = 1 << 31;

impl<'v> View<'_, 'v> {
    #[inline]
    pub fn get(&self, slot: Slot) -> Option<&'v Value> {
        match slot.checked_sub(DERIVED) {
            None => self.given.get(slot as usize),
            Some(index) => self.derived.get(index as usize).and_then(Option::as_deref),
        }
    }
}
