//! What an examination asks, in which order: facts as given first, then each derivation and what is asked of it.

use crate::condition::bits::{Row, start_for};
use crate::condition::prepared::Ask;
use crate::condition::reader::{Reader, Readers};
use crate::derive::Derivation;
use crate::fact_set::{DERIVED, Slot};

/// Which rules are asked, and how their answers are found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Plan {
    pub rules: Vec<usize>,
    /// The same rules' conditions, in the same order.
    pub row: Row,
    pub stages: Vec<Stage>,
}

/// One derivation and the tests that can be answered once its value is there; the first stage derives nothing.
#[derive(Clone, Debug)]
pub(crate) struct Stage {
    pub step: Option<usize>,
    pub readers: Readers,
    /// Tests that compare two facts.
    pub comparisons: Vec<usize>,
}

impl Plan {
    pub fn of(rules: Vec<usize>, row: Row, derivation: &Derivation, steps: Vec<usize>, mut tests: Vec<usize>, asks: &[Ask]) -> Plan {
        steps.iter().for_each(|step| derivation.tests_of(*step, &mut tests));
        tests.sort_unstable();
        tests.dedup();
        let stage_of = |slot: Slot| match slot.checked_sub(DERIVED) {
            None | Some(0) => None,
            Some(place) => Some(place as usize - 1),
        };
        let stages = std::iter::once(None).chain(steps.into_iter().map(Some)).map(|step| {
            let mut readers: Vec<(Slot, Vec<usize>)> = Vec::new();
            let mut comparisons = Vec::new();
            for test in &tests {
                let ask = &asks[*test];
                match ask.other() {
                    Some(other) if stage_of(ask.slot).max(stage_of(other)) == step => comparisons.push(*test),
                    None if stage_of(ask.slot) == step => match readers.last_mut() {
                        Some((slot, own)) if *slot == ask.slot => own.push(*test),
                        _ => readers.push((ask.slot, vec![*test])),
                    },
                    _ => {}
                }
            }
            let mut kinds = Readers::default();
            readers.into_iter().for_each(|(slot, own)| kinds.add(Reader::of(slot, &own, asks)));
            Stage { step, readers: kinds, comparisons }
        });
        Plan { rules, row, stages: stages.collect() }
    }
}

/// The tests in the order of their facts, the `first` ones in front, those of one fact within one word of answers; and every old number's new one.
/// Gaps are filled with copies of the last test, which nobody asks.
pub(crate) fn by_fact(asks: Vec<Ask>, first: &[usize]) -> (Vec<Ask>, Vec<u32>) {
    let mut order: Vec<usize> = (0..asks.len()).collect();
    let key = |i: &usize| (!first.contains(i), asks[*i].other().is_some(), asks[*i].slot);
    order.sort_by_key(key);
    let mut numbers = vec![0; asks.len()];
    let mut sorted: Vec<Ask> = Vec::with_capacity(asks.len());
    for same in order.chunk_by(|a, b| key(a) == key(b)) {
        let start = if asks[same[0]].other().is_some() { sorted.len() } else { start_for(sorted.len(), same.len()) };
        while sorted.len() < start {
            sorted.push(asks[same[0]].clone());
        }
        for old in same {
            numbers[*old] = sorted.len() as u32;
            sorted.push(asks[*old].clone());
        }
    }
    (sorted, numbers)
}
