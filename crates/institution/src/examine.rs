//! 审查: every rule in force, asked of one set of facts; all findings at once.

use crate::condition::Test;
use crate::condition::prepared::Node;
use crate::derive::{Derivation, Derived};
use crate::dictionary::Dictionary;
use crate::fact_set::{FactSet, Slot, View};
use crate::institution::Institution;
use crate::rule::Rule;
use vocabulary::{Date, Day, Finding, Findings, Saw, Truth, Value, Weight};

/// The rules made ready: conditions with heights, groups and places looked up.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ready {
    derivation: Derivation,
    rules: Vec<ReadyRule>,
}

#[derive(Clone, Debug)]
struct ReadyRule {
    applies: Option<Node>,
    requires: Node,
    due: Option<Slot>,
    recorded: Option<Slot>,
}

impl Ready {
    pub fn of(rules: &[Rule], derived: &[Derived], dictionary: &Dictionary) -> Ready {
        let today = dictionary.fact("today").map(|f| f.index);
        let derivation = Derivation::of(today, derived, dictionary);
        let slot = |fact: usize| derivation.slot(fact);
        let rules = rules
            .iter()
            .map(|rule| ReadyRule {
                applies: rule.applies.as_ref().map(|c| Node::of(c, dictionary, &slot)),
                requires: Node::of(&rule.requires, dictionary, &slot),
                due: rule.due.map(|d| slot(d.fact)),
                recorded: rule.recorded_in.map(slot),
            })
            .collect();
        Ready { derivation, rules }
    }
}

/// Which rules are asked.
#[derive(Clone, Copy)]
enum Asked<'a> {
    /// About the person and the proposal: asked from the start.
    FromTheStart,
    AtStep(&'a str),
    All,
}

/// One examination while it runs.
struct Examination<'a> {
    institution: &'a Institution,
    dictionary: &'a Dictionary,
    view: View<'a>,
    notes: &'a [(usize, String)],
}

impl Institution {
    /// Every rule about the person and the proposal that is in force `on` that day.
    ///
    /// Derived facts are counted first. A rule whose facts are missing answers [`Weight::CannotJudge`] with what is missing,
    /// unless the rest decides. Rules bound to a step are asked by [`Institution::examine_step`].
    pub fn examine(&self, dictionary: &Dictionary, facts: &FactSet, on: Day) -> Findings {
        self.examine_asked(dictionary, facts, on, Asked::FromTheStart)
    }

    /// The rules that must hold when `step` is completed.
    pub fn examine_step(&self, dictionary: &Dictionary, facts: &FactSet, on: Day, step: &str) -> Findings {
        self.examine_asked(dictionary, facts, on, Asked::AtStep(step))
    }

    /// Every rule, whatever its step: for the review of a finished procedure.
    pub fn examine_all(&self, dictionary: &Dictionary, facts: &FactSet, on: Day) -> Findings {
        self.examine_asked(dictionary, facts, on, Asked::All)
    }

    /// `facts` and what the institution derives from them on that day.
    pub fn derive(&self, facts: &FactSet, on: Day) -> FactSet {
        let derivation = &self.ready.derivation;
        let values = derivation.run(facts, Date::from(on), &self.calendar, &mut Vec::new());
        let mut all = facts.clone();
        for (fact, value) in derivation.facts.iter().zip(values) {
            if *fact != usize::MAX {
                all.set(*fact, value);
            }
        }
        all
    }

    /// Every fact that rules and derivations read, in the dictionary's order: what to ask the database for.
    pub fn facts_needed(&self) -> Vec<usize> {
        let mut found = Vec::new();
        for rule in &self.rules {
            rule.requires.facts(&mut found);
            if let Some(applies) = &rule.applies {
                applies.facts(&mut found);
            }
            found.extend(rule.due.map(|d| d.fact));
            found.extend(rule.recorded_in);
        }
        for derived in &self.derived {
            found.push(derived.fact);
            derived.facts(&mut found);
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn examine_asked(&self, dictionary: &Dictionary, facts: &FactSet, on: Day, asked: Asked) -> Findings {
        let mut notes = Vec::new();
        let derived = self.ready.derivation.run(facts, Date::from(on), &self.calendar, &mut notes);
        let view = View { given: facts, derived: &derived };
        let examination = Examination { institution: self, dictionary, view, notes: &notes };
        let mut found = Vec::new();
        for (rule, ready) in self.rules.iter().zip(&self.ready.rules) {
            let wanted = match asked {
                Asked::FromTheStart => rule.step.is_none(),
                Asked::AtStep(step) => rule.step.as_deref() == Some(step),
                Asked::All => true,
            };
            if wanted
                && rule.in_force.holds_on(on)
                && let Some(finding) = examination.ask(rule, ready)
            {
                found.push(finding);
            }
        }
        Findings::new(found)
    }
}

impl Examination<'_> {
    fn ask(&self, rule: &Rule, ready: &ReadyRule) -> Option<Finding> {
        let applies = ready.applies.as_ref().map_or(Truth::True, |c| c.evaluate(self.view));
        if applies == Truth::False {
            return None;
        }
        match applies.and(!ready.requires.evaluate(self.view)) {
            Truth::False => None,
            Truth::True => Some(self.broken(rule, ready)),
            Truth::Unknown => Some(self.cannot_judge(rule, ready)),
        }
    }

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
            if node.evaluate(self.view) == Truth::Unknown {
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
        node.because(self.view, false, &mut tests);
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
        node.because(self.view, under_not, &mut tests);
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
    let words = test.asked(dictionary);
    if negated { format!("不得{words}") } else { words }
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
