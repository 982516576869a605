//! T-37: whatever step is tried, in whatever order, the procedure engine takes it exactly when a reference automaton does.
//! The order is data (`automaton.tsv`), written from the chapters of the regulation; nothing of it is read from
//! `institutions/`.

use crate::county::counties;
use affairs::procedure::{self, Completion};
use std::collections::BTreeMap;
use vocabulary::{Outcome, day};

/// Step and the step before it.
fn order() -> Vec<(&'static str, Option<&'static str>)> {
    let lines = include_str!("automaton.tsv").lines().filter(|l| !l.starts_with('#'));
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            (cells[0], Some(cells[1]).filter(|before| *before != "-"))
        })
        .collect()
}

struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }
}

/// What is left out of a step that is otherwise as usual; the gate must see it.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Lacks {
    Nothing,
    Papers,
    Fields,
    /// 到会不足三分之二: one third of the committee stayed away.
    Quorum,
    /// 同意不过半数
    Majority,
}

fn lacking(completion: &mut Completion, lacks: Lacks) {
    match lacks {
        Lacks::Nothing => {}
        Lacks::Papers => completion.papers.clear(),
        Lacks::Fields => completion.fields.clear(),
        Lacks::Quorum => {
            // Seven of twelve: less than two thirds.
            for (at, member) in completion.roll.iter_mut().enumerate() {
                (member.present, member.why) = (at < 7, if at < 7 { String::new() } else { "外出学习".into() });
            }
            for vote in &mut completion.votes {
                (vote.agree, vote.against, vote.defer) = (7, 0, 0);
            }
        }
        Lacks::Majority => {
            // Six of the twelve who should attend: not more than half.
            for vote in &mut completion.votes {
                (vote.agree, vote.against, vote.defer) = (6, 6, 0);
            }
        }
    }
}

#[test]
fn random_orders_of_steps_are_taken_and_refused_as_a_reference_automaton_says() {
    let torture = std::env::var("ZHIREN_TORTURE").is_ok();
    let order = order();
    for (at, (name, mut county)) in counties().into_iter().enumerate() {
        // Every sequence is a procedure of its own in the database; the slower of the two shows a part of them.
        let sequences = match (at, torture) {
            (0, false) => 600,
            (0, true) => 100_000,
            (_, false) => 60,
            (_, true) => 5_000,
        };
        county.on(day!(2026 - 10 - 08));
        let (mut taken, mut refused): (BTreeMap<&str, usize>, BTreeMap<(&str, &str), usize>) = Default::default();
        for seed in 1..=sequences {
            let mut dice = Dice(seed);
            let item = county.proposed("周喆", "县农业农村局副局长");
            let id = county.opened(vec![item]);
            let mut done: Vec<&str> = vec![];
            let mut withdrawn = false;
            // As many tries as half of the sequences need to come to the last steps.
            for _ in 0..16 {
                let next = order.iter().find(|(step, _)| !done.contains(step)).map_or("", |(step, _)| *step);
                let step = if dice.below(2) == 0 { next } else { order[dice.below(order.len())].0 };
                // The last step would seat somebody; it is tried where it must be refused.
                if step.is_empty() || (step == "appointment" && done.len() == order.len() - 1) {
                    continue;
                }
                if !withdrawn && dice.below(40) == 0 {
                    let out = county.write(|desk| procedure::withdraw(desk, id, None, "不再考虑"));
                    assert!(matches!(out, Outcome::Done(())), "{name} seed={seed}");
                    withdrawn = true;
                }
                let lacks = match dice.below(6) {
                    0 => Lacks::Papers,
                    1 => Lacks::Fields,
                    2 if step == "discussion" => Lacks::Quorum,
                    3 if step == "discussion" => Lacks::Majority,
                    _ => Lacks::Nothing,
                };
                let before = order.iter().find(|(s, _)| *s == step).and_then(|(_, before)| *before);
                let in_order = before.is_none_or(|before| done.contains(&before)) && !done.contains(&step);
                let takes = !withdrawn && in_order && lacks == Lacks::Nothing;
                let (_, mut completion) = county.usual(id, step);
                lacking(&mut completion, lacks);
                let outcome = county.try_write("王主任", |desk| procedure::complete(desk, id, step, &completion));
                let took = matches!(outcome, Ok(Outcome::Done(())));
                assert_eq!(took, takes, "{name} seed={seed} step={step} {lacks:?} after {done:?} withdrawn={withdrawn}: {outcome:?}");
                if takes {
                    done.push(step);
                    *taken.entry(step).or_default() += 1;
                } else {
                    *refused.entry((next, step)).or_default() += 1;
                }
            }
            if !withdrawn {
                county.write(|desk| procedure::withdraw(desk, id, None, "试验完了")).done().unwrap();
            }
        }
        println!("{name}: {sequences} sequences, taken {taken:?}, {} pairs of present and tried step refused", refused.len());
        // Every skip of one step and every step back was tried, at the embedded database.
        if at == 0 {
            assert!(order[..7].iter().all(|(step, _)| taken.get(step).is_some_and(|n| *n >= 20)), "{taken:?}");
            for (n, (present, _)) in order.iter().enumerate().take(7) {
                for (tried, _) in order.iter().skip(n + 1) {
                    assert!(refused.contains_key(&(*present, *tried)), "{present} → {tried} was never tried");
                }
            }
        }
    }
}
