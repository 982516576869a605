//! 事实集: what is known of one subject on one day.

use crate::Dictionary;
use crate::condition::prepared::Ask;
use std::borrow::Cow;
use std::cell::Cell;
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

/// Facts as given, above them the facts that an institution derives for one examination, and what was answered already.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub given: &'a FactSet,
    pub derived: &'a [Held<'a>],
    /// The tests by their number.
    pub asks: &'a [Ask],
    /// Their answers so far, or nothing when answers are not remembered; many rules ask the same one (`proposal.step`
    /// within 提任).
    pub answered: &'a [Answered],
}

/// A derived fact: most point at a value that stands elsewhere.
pub(crate) type Held<'a> = Option<Cow<'a, Value>>;

/// Room for one remembered answer: 0 while it was not asked, so that fresh room is cleared memory.
pub(crate) type Answered = Cell<u8>;

/// Where a prepared test finds its value: the given facts from 0, the derived ones from `DERIVED`.
pub(crate) type Slot = u32;
pub(crate) const DERIVED: Slot = 1 << 31;

impl<'a> View<'a> {
    #[inline]
    pub fn get(&self, slot: Slot) -> Option<&'a Value> {
        match slot.checked_sub(DERIVED) {
            None => self.given.get(slot as usize),
            Some(index) => self.derived.get(index as usize).and_then(Option::as_deref),
        }
    }
}
