//! 审查: every rule in force, asked of one set of facts; all findings at once.

mod plan;

use plan::Plan;
use crate::condition::Test;
use crate::condition::answers::Answers;
use crate::condition::flat::Flat;
use crate::condition::prepared::{Ask, Node, Preparing};
use crate::derive::{Derivation, Derived, Notes};
use crate::dictionary::Dictionary;
use crate::fact_set::{FactSet, Held, Slot, View};
use crate::institution::Institution;
use crate::rule::Rule;
use crate::source::InForce;
use std::borrow::Cow;
use std::sync::Arc;
use vocabulary::{Day, Finding, Findings, Saw, Truth, Value, Weight};

/// The rules made ready: conditions with heights, groups and places looked up.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ready {
    derivation: Derivation,
    rules: Vec<ReadyRule>,
    /// Every different test of rules and derivations.
    asks: Vec<Ask>,
    only_derive: Plan,
    from_the_start: Plan,
    all: Plan,
    steps: Vec<(Arc<str>, Plan)>,
}

#[derive(Clone, Debug)]
struct ReadyRule {
    /// `applies` and not `requires`, as one flat list of tests where it can be.
    broken: Flat,
    applies: Option<Node>,
    requires: Node,
    in_force: InForce,
    due: Option<Slot>,
    recorded: Option<Slot>,
}

impl ReadyRule {
    fn of(rule: &Rule, preparing: &Preparing) -> ReadyRule {
        let applies = rule.applies.as_ref().map(|c| Node::of(c, preparing));
        let requires = Node::of(&rule.requires, preparing);
        ReadyRule {
            broken: Flat::of(Node::all(applies.iter().cloned().chain([requires.negated()]))),
            applies,
            requires,
            in_force: rule.in_force,
            due: rule.due.map(|d| preparing.slot(d.fact)),
            recorded: rule.recorded_in.map(|fact| preparing.slot(fact)),
        }
    }
    fn numbers(&self, found: &mut Vec<u32>) {
        self.applies.iter().chain([&self.requires]).for_each(|node| node.numbers(found));
    }
}

impl Ready {
    pub fn of(rules: &[Rule], derived: &[Derived], dictionary: &Dictionary) -> Ready {
        // Twice: tests are numbered as they come, and shall stand beside the others about their fact.
        let mut asks = ready_with(rules, derived, dictionary, Vec::new()).2;
        asks.sort_by_key(|ask| ask.slot);
        let (derivation, ready, asks) = ready_with(rules, derived, dictionary, asks);
        let plan = |wanted: &dyn Fn(&Rule) -> bool| {
            let numbers = (0..rules.len()).filter(|i| wanted(&rules[*i])).collect();
            Plan::of(numbers, (rules, &ready), &asks, &derivation, dictionary)
        };
        let mut steps: Vec<(Arc<str>, Plan)> = Vec::new();
        for step in rules.iter().filter_map(|r| r.step.as_ref()) {
            if !steps.iter().any(|(s, _)| s == step) {
                steps.push((step.clone(), plan(&|r| r.step.as_ref() == Some(step))));
            }
        }
        let only_derive = Plan::of_all_derived(&asks, &derivation, dictionary);
        let from_the_start = plan(&|r| r.step.is_none());
        let all = plan(&|_| true);
        Ready { rules: ready, asks, only_derive, from_the_start, all, steps, derivation }
    }
}

/// Tests that stand in `asks` keep their numbers.
fn ready_with(rules: &[Rule], derived: &[Derived], dictionary: &Dictionary, asks: Vec<Ask>) -> (Derivation, Vec<ReadyRule>, Vec<Ask>) {
    let (derivation, asks) = Derivation::of(derived, dictionary, asks);
    let slot = |fact: usize| derivation.slot(fact);
    let preparing = Preparing::after(dictionary, &slot, asks);
    let ready = rules.iter().map(|rule| ReadyRule::of(rule, &preparing)).collect();
    let asks = preparing.into_asks();
    (derivation, ready, asks)
}

/// One examination while it runs.
struct Examination<'a> {
    institution: &'a Institution,
    dictionary: &'a Dictionary,
    view: View<'a, 'a>,
    notes: &'a Notes,
}

impl Institution {
    /// Every rule about the person and the proposal that is in force `on` that day.
    ///
    /// Derived facts are counted first. A rule whose facts are missing answers [`Weight::CannotJudge`] with what is missing,
    /// unless the rest decides. Rules bound to a step are asked by [`Institution::examine_step`].
    pub fn examine(&self, dictionary: &Dictionary, facts: &FactSet, on: Day) -> Findings {
        self.run(&self.ready.from_the_start, dictionary, facts, on)
    }

    /// The rules that must hold when `step` is completed.
    pub fn examine_step(&self, dictionary: &Dictionary, facts: &FactSet, on: Day, step: &str) -> Findings {
        match self.ready.steps.iter().find(|(s, _)| &**s == step) {
            Some((_, plan)) => self.run(plan, dictionary, facts, on),
            None => Findings::default(),
        }
    }

    /// Every rule, whatever its step: for the review of a finished procedure.
    pub fn examine_all(&self, dictionary: &Dictionary, facts: &FactSet, on: Day) -> Findings {
        self.run(&self.ready.all, dictionary, facts, on)
    }

    /// `facts` and what the institution derives from them on that day.
    pub fn derive(&self, facts: &FactSet, on: Day) -> FactSet {
        let ready = &self.ready;
        let derivation = &ready.derivation;
        let (mut derived, mut answers) = (vec![None; derivation.facts.len()], vec![Answers::default(); Answers::room(ready.asks.len())]);
        ready.only_derive.run((derivation, &ready.asks), (facts, on, &self.calendar), (&mut derived, &mut answers), &mut Vec::new());
        let mut all = facts.clone();
        for (fact, value) in derivation.facts.iter().zip(derived) {
            if *fact != usize::MAX {
                all.set(*fact, value.map(Cow::into_owned));
            }
        }
        all
    }

    /// Every fact that rules and derivations read, in the dictionary's order: what to ask the database for. Not `today`,
    /// which the examination itself knows.
    pub fn facts_needed(&self) -> Vec<usize> {
        let mut found = Vec::new();
        self.rules.iter().for_each(|rule| rule.facts(&mut found));
        for derived in &self.derived {
            found.push(derived.fact);
            derived.facts(&mut found);
        }
        found.sort_unstable();
        found.dedup();
        found.retain(|fact| self.ready.derivation.facts.first() != Some(fact));
        found
    }

    /// Only which rules speak and how heavily: for lists of many people, where nobody reads every reason.
    pub fn weigh(&self, facts: &FactSet, on: Day) -> Vec<(&Rule, Weight)> {
        let mut found = Vec::new();
        self.each(&self.ready.from_the_start, facts, on, |rule, _, broken, _, _| {
            found.push((rule, if broken { rule.weight } else { Weight::CannotJudge }));
        });
        found
    }

    fn run(&self, plan: &Plan, dictionary: &Dictionary, facts: &FactSet, on: Day) -> Findings {
        let mut found = Vec::new();
        self.each(plan, facts, on, |rule, ready, broken, view, notes| {
            let examination = Examination { institution: self, dictionary, view, notes };
            found.push(if broken { examination.broken(rule, ready) } else { examination.cannot_judge(rule, ready) });
        });
        Findings::new(found)
    }

    /// Calls `speak` for every rule of the plan that is broken (true) or cannot be judged (false).
    fn each<'s>(
        &'s self,
        plan: &'s Plan,
        facts: &FactSet,
        on: Day,
        mut speak: impl FnMut(&'s Rule, &'s ReadyRule, bool, View, &Notes),
    ) {
        let ready = &self.ready;
        let mut notes = Notes::new();
        let (mut few, mut many) = ([Answers { yes: 0, no: 0 }; FEW_ANSWERS], Vec::new());
        let answers = room(&mut few, &mut many, Answers::room(ready.asks.len()));
        let (mut few, mut many) = ([const { None }; FEW_DERIVED], Vec::new());
        let derived: &mut [Held] = room(&mut few, &mut many, plan.derives());
        let settled = plan.run((&ready.derivation, &ready.asks), (facts, on, &self.calendar), (derived, answers), &mut notes);
        let view = View { given: facts, derived, asks: &ready.asks, answers };
        let all_in_force = plan.all_in_force.holds_on(on);
        for number in plan.left(settled) {
            let ready = &ready.rules[number];
            if all_in_force || ready.in_force.holds_on(on) {
                match ready.broken.evaluate(&view) {
                    Truth::False => {}
                    Truth::True => speak(&self.rules[number], ready, true, view, &notes),
                    Truth::Unknown => speak(&self.rules[number], ready, false, view, &notes),
                }
            }
        }
    }
}

/// Room on the stack for what most institutions need; one with more gets it from the heap.
const FEW_ANSWERS: usize = 4;
const FEW_DERIVED: usize = 12;

fn room<'a, T: Clone + Default>(few: &'a mut [T], many: &'a mut Vec<T>, wanted: usize) -> &'a mut [T] {
    match few.get_mut(..wanted) {
        Some(few) => few,
        None => {
            many.resize(wanted, T::default());
            many
        }
    }
}

impl Examination<'_> {
    fn broken(&self, rule: &Rule, ready: &ReadyRule) -> Finding {
        let mut finding = finding(rule, rule.weight, self.saw(&ready.requires, false));
        if let (Some(due), Some(slot)) = (rule.due, ready.due) {
            let from = match self.view.get(slot) {
                Some(Value::Date(date)) => date.exact(),
                _ => None,
            };
            match from.map(|day| due.length.after(day, &self.institution.calendar)) {
                Some(Ok(day)) => finding.due = Some(day),
                Some(Err(missing)) => return unjudged(finding, missing.to_string()),
                None => {
                    finding.saw = vec![self.saw_fact(due.fact, "须有到日的日期".into())];
                    return unjudged(finding, self.please_add(&[due.fact]));
                }
            }
        }
        if let (Some(fact), Some(slot)) = (rule.recorded_in, ready.recorded) {
            let settled = match self.view.get(slot) {
                Some(Value::Yes(yes)) => *yes,
                Some(_) => true,
                None => false,
            };
            if settled {
                // What was approved stays visible: it may go on, and the reader sees why.
                finding.weight = Weight::Warn;
                finding.next = None;
                finding.saw.push(self.saw_fact(fact, "已记录".into()));
            }
        }
        finding
    }

    fn cannot_judge(&self, rule: &Rule, ready: &ReadyRule) -> Finding {
        let mut missing = Vec::new();
        let mut saw = Vec::new();
        for node in ready.applies.iter().chain([&ready.requires]) {
            if node.evaluate(&self.view) == Truth::Unknown {
                self.unknown_in(node, &mut saw, &mut missing);
            }
        }
        let mut finding = finding(rule, Weight::CannotJudge, saw);
        let note = self.notes.iter().find(|(fact, _)| missing.contains(fact));
        finding.next = Some(match note {
            Some((_, sentence)) => sentence.clone(),
            None => self.please_add(&missing),
        });
        finding
    }

    /// The facts that would decide: missing ones, or known less well than the test needs.
    fn unknown_in(&self, node: &Node, saw: &mut Vec<Saw>, missing: &mut Vec<usize>) {
        let mut tests = Vec::new();
        node.because(&self.view, false, &mut tests);
        for (test, negated) in tests {
            let others = other_fact(test);
            for fact in std::iter::once(test.fact).chain(others) {
                for fact in self.roots_of(fact) {
                    if missing.contains(&fact) {
                        continue;
                    }
                    let is_missing = self.value(fact).is_none();
                    if is_missing || fact == test.fact {
                        missing.push(fact);
                        saw.push(self.saw_fact(fact, asked(test, negated, self.dictionary)));
                    }
                }
            }
        }
    }

    /// A derived fact without a value stands for the facts it would be counted from.
    fn roots_of(&self, fact: usize) -> Vec<usize> {
        let derived = self.institution.derived.iter().find(|d| d.fact == fact);
        match derived {
            Some(derived) if self.value(fact).is_none() && !self.notes.iter().any(|(f, _)| *f == fact) => {
                let mut from = Vec::new();
                derived.facts(&mut from);
                from.retain(|f| *f != fact && self.value(*f).is_none());
                if from.is_empty() { vec![fact] } else { from }
            }
            _ => vec![fact],
        }
    }

    fn saw(&self, node: &Node, under_not: bool) -> Vec<Saw> {
        let mut tests = Vec::new();
        node.because(&self.view, under_not, &mut tests);
        let mut saw: Vec<Saw> = Vec::with_capacity(tests.len());
        for (test, negated) in tests {
            saw.push(self.saw_fact(test.fact, asked(test, negated, self.dictionary)));
            if let Some(other) = other_fact(test) {
                saw.push(self.saw_fact(other, "与之相比".into()));
            }
        }
        saw
    }

    fn saw_fact(&self, fact: usize, asked: String) -> Saw {
        let (id, name) = self.dictionary.facts.get(fact).map_or(("", ""), |f| (&*f.id, f.spoken()));
        Saw { fact: id.to_owned(), name: name.to_owned(), value: self.value(fact).cloned(), asked, origin: None }
    }
    fn value(&self, fact: usize) -> Option<&Value> {
        self.view.get(self.institution.ready.derivation.slot(fact))
    }
    fn please_add(&self, missing: &[usize]) -> String {
        let names: Vec<&str> = missing.iter().filter_map(|f| self.dictionary.facts.get(*f)).map(|f| f.spoken()).collect();
        format!("请补充：{}", names.join("、"))
    }
}

fn asked(test: &Test, negated: bool, dictionary: &Dictionary) -> String {
    if negated { test.asked_not(dictionary) } else { test.asked(dictionary) }
}

fn other_fact(test: &Test) -> Option<usize> {
    use crate::Operator as O;
    match &test.is {
        O::AtLeastPart { of, .. } | O::MoreThanPart { of, .. } => Some(*of),
        O::AtLeastFact(other, _) | O::AtMostFact(other, _) | O::IsFact(other, _) => Some(*other),
        _ => None,
    }
}

fn finding(rule: &Rule, weight: Weight, saw: Vec<Saw>) -> Finding {
    Finding {
        rule: rule.id.to_string(),
        weight,
        says: rule.says.to_string(),
        citation: rule.source.clone(),
        saw,
        due: None,
        next: rule.next.as_deref().map(str::to_owned),
        unsure: rule.unsure(),
    }
}

fn unjudged(mut finding: Finding, why: String) -> Finding {
    finding.weight = Weight::CannotJudge;
    finding.next = Some(why);
    finding
}
