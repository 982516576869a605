//! 审查的次序: which facts are looked at, what is derived from them and which rules are asked.

use super::ReadyRule;
use crate::condition::answers::Answers;
use crate::condition::look::{Look, Settles, settled_by};
use crate::condition::prepared::Ask;
use crate::derive::{Derivation, Notes};
use crate::fact_set::{DERIVED, Held, Slot, View};
use crate::rule::Rule;
use crate::source::InForce;
use crate::{Calendar, Dictionary, FactSet};
use std::borrow::Cow;
use vocabulary::{Date, Day, Value};

/// Tests are answered before rules are asked, since most facts are asked about by several. Most rules are settled by one
/// answer (the months suffice, nothing is under review); what only serves settled rules is neither looked at nor derived.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    pub rules: Vec<usize>,
    /// Within these days every rule of the plan is in force: most examinations ask no rule for its own.
    pub all_in_force: InForce,
    settles: Settles,
    given: Asked,
    steps: Vec<(Serves, usize, Asked)>,
}

/// For which rules of the plan, by their place; the last bit stands for all that have none of their own.
type Serves = u64;
const OTHERS: usize = u64::BITS as usize - 1;

fn place_in(plan: &[usize], rule: usize) -> Serves {
    plan.iter().position(|r| *r == rule).map_or(0, |place| 1 << place.min(OTHERS))
}

/// What can be asked at once, in its order.
#[derive(Clone, Debug, Default)]
struct Asked {
    /// By the word of answers that they fill.
    looks: Vec<(usize, Vec<(Serves, Look)>)>,
    /// Tests that compare two facts.
    compares: Vec<(Serves, u32)>,
}

impl Plan {
    pub fn of(numbers: Vec<usize>, rules: (&[Rule], &[ReadyRule]), asks: &[Ask], derivation: &Derivation, dictionary: &Dictionary) -> Plan {
        let days = || numbers.iter().map(|i| rules.0[*i].in_force);
        let all_in_force = InForce { from: days().filter_map(|d| d.from).max(), until: days().filter_map(|d| d.until).min() };
        let (mut tests, mut facts) = (Vec::new(), Vec::new());
        let mut settles = vec![[0; 2]; asks.len()];
        for number in &numbers {
            let place = place_in(&numbers, *number);
            let (mut read, mut asked) = (Vec::new(), Vec::new());
            rules.0[*number].facts(&mut read);
            rules.1[*number].numbers(&mut asked);
            facts.extend(read.into_iter().map(|fact| (fact, place)));
            tests.extend(asked.into_iter().map(|test| (test, place)));
            if place != 1 << OTHERS {
                for (test, by_holding) in rules.1[*number].broken.decisive() {
                    settles[test as usize][usize::from(!by_holding)] |= place;
                }
            }
        }
        let plan = Plan { rules: numbers, all_in_force, settles: settles.into(), ..Plan::default() };
        plan.asking(&facts, tests, asks, derivation, dictionary)
    }
    /// Only the derivations.
    pub fn of_all_derived(asks: &[Ask], derivation: &Derivation, dictionary: &Dictionary) -> Plan {
        let plan = Plan { settles: vec![[0; 2]; asks.len()].into(), ..Plan::default() };
        let facts: Vec<_> = derivation.facts.iter().map(|fact| (*fact, 1 << OTHERS)).collect();
        plan.asking(&facts, Vec::new(), asks, derivation, dictionary)
    }

    /// Each test as soon as its facts are there: those given at first, a derived one right after its step. `facts` and
    /// `tests` each with the rules that they serve.
    fn asking(mut self, facts: &[(usize, Serves)], mut tests: Vec<(u32, Serves)>, asks: &[Ask], derivation: &Derivation, dictionary: &Dictionary) -> Plan {
        let every: Vec<usize> = facts.iter().map(|(fact, _)| *fact).collect();
        let steps = derivation.steps_for(&every);
        let serves_step = |step: usize| {
            facts.iter().filter(|(fact, _)| derivation.steps_for(&[*fact]).contains(&step)).fold(0, |all, (_, serves)| all | serves)
        };
        let steps: Vec<(Serves, usize)> = steps.into_iter().map(|step| (serves_step(step), step)).collect();
        for (serves, step) in &steps {
            tests.extend(derivation.asked(*step).iter().map(|test| (*test, *serves)));
        }
        // Those about one fact stand beside each other.
        tests.sort_unstable();
        let tests: Vec<(u32, Serves)> =
            tests.chunk_by(|a, b| a.0 == b.0).map(|same| (same[0].0, same.iter().fold(0, |all, (_, serves)| all | serves))).collect();
        let ready_after = |slot: Slot| {
            let place = slot.checked_sub(DERIVED).map(|place| place as usize);
            steps.iter().position(|(_, step)| Some(Derivation::place_of(*step)) == place).map_or(0, |at| at + 1)
        };
        let after = |number: u32| {
            let ask = &asks[number as usize];
            ready_after(ask.slot).max(ask.other().map_or(0, ready_after))
        };
        let at = |turn: usize| {
            let (compares, one): (Vec<_>, Vec<_>) =
                tests.iter().filter(|(test, _)| after(*test) == turn).map(|(test, serves)| (*serves, *test)).partition(|(_, test)| asks[*test as usize].other().is_some());
            let look = |same: &[(Serves, u32)]| {
                let numbers: Vec<u32> = same.iter().map(|(_, test)| *test).collect();
                (same.iter().fold(0, |all, (serves, _)| all | serves), Look::of(&numbers, (asks, &self.settles), dictionary))
            };
            let word = |test: u32| Answers::place(test as usize).0;
            let looks = one.chunk_by(|a, b| word(a.1) == word(b.1)).map(|in_word| {
                let mut looks: Vec<_> = in_word.chunk_by(|a, b| asks[a.1 as usize].slot == asks[b.1 as usize].slot).map(look).collect();
                // What may settle most comes first: it may leave nothing to ask of the others.
                looks.sort_by_key(|(_, look)| std::cmp::Reverse(look.may_settle(&self.settles).count_ones()));
                (word(in_word[0].1), looks)
            });
            Asked { looks: looks.collect(), compares }
        };
        let given = at(0);
        let steps: Vec<_> = steps.iter().enumerate().map(|(turn, (serves, step))| (*serves, *step, at(turn + 1))).collect();
        (self.given, self.steps) = (given, steps);
        self
    }

    /// Fills `derived`, with room for [`Plan::derives`], and `answers`, with room for every test; both are empty
    /// before. Tells which rules are settled, that is not broken; what the others read is there.
    pub fn run<'g>(
        &self,
        (derivation, asks): (&'g Derivation, &[Ask]),
        (given, on, calendar): (&'g FactSet, Day, &Calendar),
        (derived, answers): (&mut [Held<'g>], &mut [Answers]),
        notes: &mut Notes,
    ) -> Serves {
        derived[0] = Some(Cow::Owned(Value::Date(Date::from(on))));
        let mut settled = self.ask(&self.given, 0, given, derived, asks, answers);
        for (serves, step, asked) in &self.steps {
            if serves & !settled != 0 {
                let view = View { given, derived, asks, answers };
                let value = derivation.derive(*step, &view, calendar, notes);
                derived[Derivation::place_of(*step)] = value;
                settled = self.ask(asked, settled, given, derived, asks, answers);
            }
        }
        settled
    }

    fn ask(&self, asked: &Asked, mut settled: Serves, given: &FactSet, derived: &[Held], asks: &[Ask], answers: &mut [Answers]) -> Serves {
        let view = View { given, derived, asks, answers: &[] };
        for (word, looks) in &asked.looks {
            let mut found = Answers::default();
            for (serves, look) in looks {
                if serves & !settled != 0 {
                    let learned = look.at(view.get(look.slot), asks, &self.settles);
                    found.add(learned.answers);
                    settled |= learned.settled;
                }
            }
            answers[*word].add(found);
        }
        for (serves, number) in &asked.compares {
            if serves & !settled != 0 {
                let number = *number as usize;
                let truth = view.ask(number);
                let (word, place) = Answers::place(number);
                answers[word].note(place, truth);
                settled |= settled_by(&self.settles, number, truth);
            }
        }
        settled
    }

    /// So many of the derivation's facts have room, those of every step of the plan among them.
    pub fn derives(&self) -> usize {
        self.steps.iter().map(|(_, step, _)| Derivation::place_of(*step)).max().unwrap_or(0) + 1
    }

    /// The rules that are not settled, with their place.
    pub fn left(&self, settled: Serves) -> impl Iterator<Item = usize> {
        self.rules.iter().enumerate().filter(move |(place, _)| *place >= OTHERS || settled >> place & 1 == 0).map(|(_, rule)| *rule)
    }
}
