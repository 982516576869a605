//! The closed set of tests. Rules evaluate them natively, ledgers turn the same ones into SQL; a property test
//! holds the two equal for every operator, type and unknown.

pub(crate) mod answers;
pub(crate) mod flat;
mod json;
pub(crate) mod look;
pub(crate) mod names;
pub mod prepared;
pub(crate) mod read;
mod words;

pub use prepared::Prepared;

use crate::dictionary::Fact;
use std::sync::Arc;
use vocabulary::{Date, Value};

/// 条件: tests put together. Kleene logic: unknown stays unknown unless the rest decides.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// `all = […]`; empty is true.
    All(Vec<Condition>),
    /// `any = […]`; empty is false.
    Any(Vec<Condition>),
    /// `not = {…}`
    Not(Box<Condition>),
    Test(Test),
}

/// One test on one fact; typed by the dictionary when it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Test {
    /// Index of the fact in the dictionary.
    pub fact: usize,
    /// Its id, for messages and for saving.
    pub id: Arc<str>,
    pub is: Operator,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Operator {
    /// `is = "女"` / `= 3` / `= true` / `= 2024-06-01`. A `Between` or an imprecise date may be unknown.
    Is(Value),
    /// `is_not = "汉族"`: the negation of `is`; unknown stays unknown.
    IsNot(Value),
    /// `one_of = ["…", "…"]`
    OneOf(Vec<Value>),
    /// `at_least`: number ≥, date on or after, code of an ordered table at least as high. Includes the bound (民法典 1259).
    AtLeast(Value),
    /// `at_most`: the mirror image.
    AtMost(Value),
    /// `within = "中共"`: the code belongs to the group.
    WithinGroup(Arc<str>),
    /// `within = { from = 2024-01-01, until = 2025-01-01 }`: date, half open.
    WithinDates(Date, Date),
    /// `within = { root = "青云县/乡镇" }` is written as an organisation path for facts of kind text ending in a path:
    /// the value starts with this text.
    StartsWith(Arc<str>),
    /// `contains = "书记"`: text, or a part of a list joined by `、`.
    Contains(Arc<str>),
    /// `known = true | false`: is anything on record? The only test that is never unknown.
    Known(bool),
    /// `at_least_part = { of = "meeting.should_attend", part = "2/3" }`: value ≥ part × other, exact.
    AtLeastPart { of: usize, of_id: Arc<str>, part: (i64, i64) },
    /// `more_than_part = { of = …, part = "1/2" }`: value > part × other.
    MoreThanPart { of: usize, of_id: Arc<str>, part: (i64, i64) },
    /// `at_least_fact = "…"` / `at_most_fact = "…"` / `is_fact = "…"`: compared with another fact of the same kind.
    AtLeastFact(usize, Arc<str>),
    AtMostFact(usize, Arc<str>),
    IsFact(usize, Arc<str>),
}

impl Condition {
    /// Every fact index that the condition reads.
    pub fn facts(&self, found: &mut Vec<usize>) {
        match self {
            Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|p| p.facts(found)),
            Condition::Not(part) => part.facts(found),
            Condition::Test(test) => {
                found.push(test.fact);
                match test.is {
                    Operator::AtLeastPart { of, .. } | Operator::MoreThanPart { of, .. } => found.push(of),
                    Operator::AtLeastFact(of, _) | Operator::AtMostFact(of, _) | Operator::IsFact(of, _) => found.push(of),
                    _ => {}
                }
            }
        }
    }
    pub fn test(fact: &Fact, is: Operator) -> Condition {
        Condition::Test(Test { fact: fact.index, id: fact.id.clone(), is })
    }
}
