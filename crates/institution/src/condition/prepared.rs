//! A condition made ready to be asked of many people: heights, groups and dates looked up once.

use super::answers::Answers;
use super::names::{Heights, Names};
use super::{Condition, Operator, Test};
use crate::dictionary::{Dictionary, Fact};
use crate::fact_set::{FactSet, Slot, View};
use std::cell::RefCell;
use std::sync::Arc;
use vocabulary::{Date, Day, Truth, Value};

/// 备好的条件. Made by [`Condition::prepare`]; answers in three values.
#[derive(Clone, Debug)]
pub struct Prepared {
    node: Node,
    asks: Vec<Ask>,
}

/// The shape of a condition; its tests stand in a table of their own, each different one once.
#[derive(Clone, Debug)]
pub(crate) enum Node {
    All(Box<[Node]>),
    Any(Box<[Node]>),
    Not(Box<Node>),
    Test { number: u32, negated: bool },
}

/// One test made ready.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    pub slot: Slot,
    pub check: Check,
    pub test: Arc<Test>,
}

impl Ask {
    /// The answer for a value, when it is compared with nothing; unknown otherwise.
    #[inline]
    pub fn of(&self, value: Option<&Value>) -> Truth {
        self.check.one(value)
    }
    /// Where the fact stands that this one is compared with.
    pub fn other(&self) -> Option<Slot> {
        match self.check {
            Check::Part { other, .. } | Check::Fact { other, .. } => Some(other),
            _ => None,
        }
    }
}

/// What is asked of one value.
#[derive(Clone, Debug)]
pub(crate) enum Check {
    /// In `yes` true; in `no` false; elsewhere unknown, or false when `no` is None.
    Names { yes: Names, no: Option<Names> },
    /// Whole numbers, both bounds included. Several ranges: any of them.
    Numbers(Box<[(i64, i64)]>),
    /// Days, both bounds included. A constant `1982-04` is the whole month.
    Days(Box<[(Day, Day)]>),
    Yes(bool),
    StartsWith(Arc<str>),
    Contains(Arc<str>),
    Known(bool),
    /// value × below ≥ (or >) above × other
    Part { other: Slot, above: i64, below: i64, more: bool },
    /// Compared with the other fact: at least, at most, the same. Codes by these heights.
    Fact { other: Slot, how: Compare, heights: Heights },
    /// A constant that the dictionary cannot place: nothing can be decided.
    Undecided,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Compare {
    AtLeast,
    AtMost,
    Same,
}

impl Condition {
    /// Three-valued answer for one set of facts. For many sets, [`Condition::prepare`] once.
    pub fn evaluate(&self, dictionary: &Dictionary, facts: &FactSet) -> Truth {
        self.prepare(dictionary).evaluate(facts)
    }
    pub fn prepare(&self, dictionary: &Dictionary) -> Prepared {
        let preparing = Preparing::after(dictionary, &|fact| fact as Slot, Vec::new());
        let node = Node::of(self, &preparing);
        Prepared { node, asks: preparing.into_asks() }
    }
}

impl Prepared {
    pub fn evaluate(&self, facts: &FactSet) -> Truth {
        self.node.evaluate(&View { given: facts, derived: &[], asks: &self.asks, answers: &[] })
    }
}

/// What conditions share while they are made ready together.
pub(crate) struct Preparing<'a> {
    pub dictionary: &'a Dictionary,
    /// Where a fact is found: given or derived.
    slot: &'a dyn Fn(usize) -> Slot,
    /// Every different test so far; its place is its number.
    asks: RefCell<Vec<Ask>>,
}

impl<'a> Preparing<'a> {
    /// Goes on numbering after the tests that are already ready.
    pub fn after(dictionary: &'a Dictionary, slot: &'a dyn Fn(usize) -> Slot, asks: Vec<Ask>) -> Preparing<'a> {
        Preparing { dictionary, slot, asks: RefCell::new(asks) }
    }
    pub fn into_asks(self) -> Vec<Ask> {
        self.asks.into_inner()
    }
    pub fn slot(&self, fact: usize) -> Slot {
        (self.slot)(fact)
    }
    fn number(&self, test: &Test) -> u32 {
        let slot = self.slot(test.fact);
        let mut asks = self.asks.borrow_mut();
        let found = asks.iter().position(|a| a.slot == slot && a.test.is == test.is);
        let number = found.unwrap_or_else(|| {
            let fact = self.dictionary.facts.get(test.fact);
            let check = fact.map_or(Check::Undecided, |fact| Check::of(&test.is, fact, self));
            asks.push(Ask { slot, check, test: Arc::new(test.clone()) });
            asks.len() - 1
        });
        number as u32
    }
}

impl Node {
    pub fn of(condition: &Condition, preparing: &Preparing) -> Node {
        match condition {
            Condition::All(parts) => Node::All(parts.iter().map(|p| Node::of(p, preparing)).collect()),
            Condition::Any(parts) => Node::Any(parts.iter().map(|p| Node::of(p, preparing)).collect()),
            Condition::Not(part) => Node::Not(Box::new(Node::of(part, preparing))),
            Condition::Test(test) => {
                Node::Test { number: preparing.number(test), negated: matches!(test.is, Operator::IsNot(_)) }
            }
        }
    }

    /// All of them, without a list inside a list.
    pub fn all(parts: impl IntoIterator<Item = Node>) -> Node {
        let mut flat = Vec::new();
        for part in parts {
            match part {
                Node::All(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        Node::All(flat.into())
    }
    /// The negation, carried down to the tests (De Morgan holds for three values).
    pub fn negated(&self) -> Node {
        match self {
            Node::All(parts) => Node::Any(parts.iter().map(Node::negated).collect()),
            Node::Any(parts) => Node::all(parts.iter().map(Node::negated)),
            Node::Not(part) => (**part).clone(),
            Node::Test { number, negated } => Node::Test { number: *number, negated: !negated },
        }
    }

    pub fn evaluate(&self, view: &View) -> Truth {
        match self {
            Node::All(parts) => {
                let mut all = Truth::True;
                for part in parts {
                    all = all.and(part.evaluate(view));
                    if all == Truth::False {
                        break;
                    }
                }
                all
            }
            Node::Any(parts) => {
                let mut any = Truth::False;
                for part in parts {
                    any = any.or(part.evaluate(view));
                    if any == Truth::True {
                        break;
                    }
                }
                any
            }
            Node::Not(part) => !part.evaluate(view),
            Node::Test { number, negated } => {
                let truth = view.answer(*number as usize);
                if *negated { !truth } else { truth }
            }
        }
    }

    /// The numbers of its tests.
    pub fn numbers(&self, found: &mut Vec<u32>) {
        match self {
            Node::All(parts) | Node::Any(parts) => parts.iter().for_each(|p| p.numbers(found)),
            Node::Not(part) => part.numbers(found),
            Node::Test { number, .. } => found.push(*number),
        }
    }

    /// The tests that made the answer what it is, each with whether it stands under a negation.
    pub fn because<'a>(&self, view: &View<'_, 'a>, under_not: bool, found: &mut Vec<(&'a Test, bool)>) {
        match self {
            Node::Test { number, .. } => found.push((&view.asks[*number as usize].test, under_not)),
            Node::Not(part) => part.because(view, !under_not, found),
            Node::All(parts) | Node::Any(parts) => {
                let answer = self.evaluate(view);
                for part in parts.iter().filter(|p| p.evaluate(view) == answer) {
                    part.because(view, under_not, found);
                }
            }
        }
    }
}

impl View<'_, '_> {
    /// The answer to a test: as it was asked before, or asked now.
    #[inline]
    pub fn answer(&self, number: usize) -> Truth {
        match Answers::place(number) {
            (word, place) if !self.answers.is_empty() => self.answers[word].truth(place),
            _ => self.ask(number),
        }
    }
    #[inline]
    pub fn ask(&self, number: usize) -> Truth {
        let ask = &self.asks[number];
        ask.check.ask(self.get(ask.slot), self)
    }
}

impl Check {
    fn of(is: &Operator, fact: &Fact, preparing: &Preparing) -> Check {
        let dictionary = preparing.dictionary;
        let slot = |fact| preparing.slot(fact);
        let compare = |other: usize, how| {
            Check::Fact { other: slot(other), how, heights: Heights::of(dictionary.table_of(fact)) }
        };
        match is {
            Operator::Is(value) | Operator::IsNot(value) => Check::one_of(std::slice::from_ref(value)),
            Operator::OneOf(values) => Check::one_of(values),
            Operator::AtLeast(value) => Check::bound(value, fact, dictionary, true),
            Operator::AtMost(value) => Check::bound(value, fact, dictionary, false),
            Operator::WithinGroup(group) => {
                let names = dictionary.table_of(fact).map(|t| t.within(group)).unwrap_or_default();
                Check::Names { yes: Names::of(names.into_iter().map(Arc::from)), no: None }
            }
            Operator::WithinDates(from, until) => {
                Check::Days([(from.earliest(), until.earliest().plus_days(-1))].into())
            }
            Operator::StartsWith(text) => Check::StartsWith(text.clone()),
            Operator::Contains(text) => Check::Contains(text.clone()),
            Operator::Known(known) => Check::Known(*known),
            Operator::AtLeastPart { of, part, .. } => {
                Check::Part { other: slot(*of), above: part.0, below: part.1, more: false }
            }
            Operator::MoreThanPart { of, part, .. } => {
                Check::Part { other: slot(*of), above: part.0, below: part.1, more: true }
            }
            Operator::AtLeastFact(other, _) => compare(*other, Compare::AtLeast),
            Operator::AtMostFact(other, _) => compare(*other, Compare::AtMost),
            Operator::IsFact(other, _) => compare(*other, Compare::Same),
        }
    }

    fn one_of(values: &[Value]) -> Check {
        match values.first() {
            Some(Value::Text(_)) => {
                let names = values.iter().filter_map(|v| v.as_text().map(Arc::from));
                Check::Names { yes: Names::of(names), no: None }
            }
            Some(Value::Number(_) | Value::Between { .. }) => {
                Check::Numbers(values.iter().filter_map(Value::bounds).collect())
            }
            Some(Value::Date(_)) => Check::Days(values.iter().filter_map(day_range).collect()),
            Some(Value::Yes(first)) => {
                // `one_of = [true, false]` asks only that something is on record.
                if values.iter().any(|v| *v == Value::Yes(!first)) { Check::Days([].into()) } else { Check::Yes(*first) }
            }
            None => Check::Names { yes: Names::default(), no: None },
        }
    }

    fn bound(value: &Value, fact: &Fact, dictionary: &Dictionary, least: bool) -> Check {
        match value {
            Value::Number(n) if least => Check::Numbers([(*n, i64::MAX)].into()),
            Value::Number(n) => Check::Numbers([(i64::MIN, *n)].into()),
            Value::Date(d) if least => Check::Days([(d.earliest(), LAST_DAY)].into()),
            Value::Date(d) => Check::Days([(FIRST_DAY, d.latest())].into()),
            Value::Text(name) => {
                let table = dictionary.table_of(fact);
                let Some((table, height)) = table.and_then(|t| Some((t, t.code(name)?.height?))) else {
                    return Check::Undecided;
                };
                let (mut yes, mut no) = (Vec::new(), Vec::new());
                for code in &table.values {
                    match code.height {
                        Some(h) if h == height || (h > height) == least => yes.push(code.name.clone()),
                        Some(_) => no.push(code.name.clone()),
                        None => {}
                    }
                }
                Check::Names { yes: Names::of(yes), no: Some(Names::of(no)) }
            }
            _ => Check::Undecided,
        }
    }

    #[inline]
    fn ask(&self, value: Option<&Value>, view: &View) -> Truth {
        match (self, value) {
            (Check::Part { .. } | Check::Fact { .. }, None) => Truth::Unknown,
            (Check::Part { other, above, below, more }, Some(value)) => part(value, view.get(*other), (*above, *below), *more),
            (Check::Fact { other, how, heights }, Some(value)) => {
                view.get(*other).map_or(Truth::Unknown, |other| compare(value, other, *how, heights))
            }
            _ => self.one(value),
        }
    }

    #[inline]
    fn one(&self, value: Option<&Value>) -> Truth {
        if let Check::Known(known) = self {
            return Truth::from(value.is_some() == *known);
        }
        let Some(value) = value else { return Truth::Unknown };
        match (self, value) {
            (Check::Names { yes, no }, Value::Text(name)) => {
                if yes.has(name) {
                    return Truth::True;
                }
                match no {
                    Some(no) if !no.has(name) => Truth::Unknown,
                    _ => Truth::False,
                }
            }
            (Check::Numbers(ranges), Value::Number(_) | Value::Between { .. }) => {
                let Some((low, high)) = value.bounds() else { return Truth::Unknown };
                any_range(ranges, |(from, to)| Truth::surely(*from <= low && high <= *to, high < *from || low > *to))
            }
            (Check::Days(ranges), Value::Date(date)) => {
                let (low, high) = (date.earliest(), date.latest());
                any_range(ranges, |(from, to)| Truth::surely(*from <= low && high <= *to, high < *from || low > *to))
            }
            (Check::Days(none), Value::Yes(_)) => Truth::from(none.is_empty()),
            (Check::Yes(wanted), Value::Yes(yes)) => Truth::from(wanted == yes),
            (Check::StartsWith(start), Value::Text(text)) => Truth::from(text.starts_with(&**start)),
            (Check::Contains(part), Value::Text(text)) => Truth::from(text.contains(&**part)),
            _ => Truth::Unknown,
        }
    }
}

/// Most tests have one range.
#[inline]
fn any_range<T>(ranges: &[T], inside: impl Fn(&T) -> Truth) -> Truth {
    match ranges {
        [one] => inside(one),
        many => many.iter().map(inside).fold(Truth::False, Truth::or),
    }
}

const FIRST_DAY: Day = vocabulary::day!(1000 - 1 - 1);
const LAST_DAY: Day = vocabulary::day!(9999 - 12 - 31);

fn day_range(value: &Value) -> Option<(Day, Day)> {
    match value {
        Value::Date(date) => Some((date.earliest(), date.latest())),
        _ => None,
    }
}

/// value ≥ above/below × other (or > with `more`), without rounding.
fn part(value: &Value, other: Option<&Value>, (above, below): (i64, i64), more: bool) -> Truth {
    let (Some((low, high)), Some((least, most))) = (value.bounds(), other.and_then(Value::bounds)) else {
        return Truth::Unknown;
    };
    let enough = |v: i64, o: i64| {
        let (left, right) = (i128::from(v) * i128::from(below), i128::from(above) * i128::from(o));
        if more { left > right } else { left >= right }
    };
    Truth::surely(enough(low, most), !enough(high, least))
}

/// Both values may be known only within bounds; true or false only when every possibility agrees.
fn compare(value: &Value, other: &Value, how: Compare, heights: &Heights) -> Truth {
    let (low, high, least, most) = match (value, other) {
        (Value::Date(a), Value::Date(b)) => {
            let of = |d: &Date| (d.earliest().number(), d.latest().number());
            let ((low, high), (least, most)) = (of(a), of(b));
            (low, high, least, most)
        }
        (Value::Text(a), Value::Text(b)) if how == Compare::Same => return Truth::from(a == b),
        (Value::Text(a), Value::Text(b)) => {
            let (Some(a), Some(b)) = (heights.of_name(a), heights.of_name(b)) else { return Truth::Unknown };
            (a, a, b, b)
        }
        (Value::Yes(a), Value::Yes(b)) => return Truth::from(a == b),
        _ => match (value.bounds(), other.bounds()) {
            (Some(a), Some(b)) => (a.0, a.1, b.0, b.1),
            _ => return Truth::Unknown,
        },
    };
    match how {
        Compare::AtLeast => Truth::surely(low >= most, high < least),
        Compare::AtMost => Truth::surely(high <= least, low > most),
        Compare::Same => Truth::surely(low == most && high == least, high < least || low > most),
    }
}
