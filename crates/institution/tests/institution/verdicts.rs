//! Rules asked together, with what one answer settles for many of them, say what each says alone.

use crate::{book, dictionary};
use institution::{FactSet, Institution, Kind};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeSet;
use vocabulary::{Date, Day, Findings, Truth, Value, day};

/// One value of this fact's kind, now and then one that its table does not know.
fn value(fact: usize, rng: &mut impl Rng) -> Option<Value> {
    let fact = &dictionary().facts[fact];
    if rng.random_range(0..10) < 3 {
        return None;
    }
    Some(match fact.kind {
        Kind::YesNo => Value::Yes(rng.random()),
        Kind::Date => Value::Date(Date::from(day!(2025 - 01 - 01).plus_days(rng.random_range(0..900)))),
        Kind::Number | Kind::Reference if rng.random_range(0..4) == 0 => {
            let low = rng.random_range(0..70);
            Value::Between { at: low, low, high: low + rng.random_range(1..40) }
        }
        Kind::Number | Kind::Reference => Value::Number(rng.random_range(0..80)),
        Kind::Text | Kind::Code => match dictionary().table_of(fact) {
            Some(table) if rng.random_range(0..20) > 0 => Value::text(&table.values[rng.random_range(0..table.values.len())].name),
            _ => Value::text("别的"),
        },
    })
}

/// The rules that speak, asked one by one.
fn alone<'a>(institution: &'a Institution, facts: &FactSet, on: Day, asked: impl Fn(Option<&str>) -> bool) -> BTreeSet<&'a str> {
    let derived = institution.derive(facts, on);
    let rules = institution.rules.iter().filter(|r| r.in_force.holds_on(on) && asked(r.step.as_deref()));
    let speaks = |r: &&institution::Rule| {
        let applies = r.applies.as_ref().map_or(Truth::True, |c| c.evaluate(dictionary(), &derived));
        applies.and(!r.requires.evaluate(dictionary(), &derived)) != Truth::False
    };
    rules.filter(speaks).map(|r| &*r.id).collect()
}
fn together(findings: &Findings) -> BTreeSet<&str> {
    findings.rules().into_iter().collect()
}

#[test]
fn rules_asked_together_speak_as_each_does_alone() {
    let mut rng = ChaCha8Rng::seed_from_u64(10);
    let mut spoke = 0;
    for institution in book().institutions.iter().filter(|i| !i.rules.is_empty()) {
        let needed = institution.facts_needed();
        let steps: BTreeSet<&str> = institution.rules.iter().filter_map(|r| r.step.as_deref()).collect();
        for round in 0..100 {
            let mut facts = FactSet::new(dictionary());
            for fact in &needed {
                facts.set(*fact, value(*fact, &mut rng));
            }
            let on = day!(2026 - 11 - 22).plus_days(-(round * 41 % 4000));
            let found = institution.examine(dictionary(), &facts, on);
            assert_eq!(together(&found), alone(institution, &facts, on, |step| step.is_none()), "{} {on}: {facts:?}", institution.id);
            for step in &steps {
                let found = institution.examine_step(dictionary(), &facts, on, step);
                assert_eq!(together(&found), alone(institution, &facts, on, |s| s == Some(step)), "{} {step} {on}: {facts:?}", institution.id);
            }
            let all = institution.examine_all(dictionary(), &facts, on);
            assert_eq!(together(&all), alone(institution, &facts, on, |_| true), "{} {on}: {facts:?}", institution.id);
            spoke += all.len();
        }
    }
    assert!(spoke > 2_000, "{spoke}");
}
