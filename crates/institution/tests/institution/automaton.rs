//! T-37: whatever is tried, in whatever order, the case engine takes and refuses what a reference automaton takes and
//! refuses. The automaton is data (`automaton.tsv`) and the few lines of arithmetic below, written from the regulation's
//! words; it shares nothing with the engine but the names of the deeds.

use crate::book;
use institution::case::judge::Around;
use institution::case::{Act, Deed, Life, System, Term, judge};
use std::collections::BTreeMap;
use vocabulary::Moment;

struct Row {
    roles: Vec<&'static str>,
    stages: Vec<&'static str>,
    needs: Vec<&'static str>,
}

fn table() -> BTreeMap<&'static str, Row> {
    let words = |text: &'static str| text.split(' ').collect();
    let lines = include_str!("automaton.tsv").lines().filter(|l| !l.starts_with('#'));
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            (cells[0], Row { roles: words(cells[1]), stages: words(cells[2]), needs: words(cells[3]) })
        })
        .collect()
}

/// 一个部门的一份, as the automaton remembers it.
#[derive(Clone, Default)]
struct Part {
    number: i64,
    unit: i64,
    round: u32,
    claimed: bool,
    replied: bool,
    returned: bool,
    paused: bool,
}

/// What the automaton remembers of a case.
#[derive(Default)]
struct Memory {
    sorted: bool,
    /// How often it was asked to be done again.
    again: u32,
    parts: Vec<Part>,
    answered_by: Option<i64>,
    answered: bool,
    /// Rated in this round: badly or not.
    rated: Option<bool>,
    closed: bool,
    merged: bool,
    paused: bool,
    extended: u32,
    /// A month went by: while it was not answered and its clock ran; since the answer.
    late: bool,
    long_answered: bool,
}

impl Memory {
    fn stage(&self) -> &'static str {
        match self {
            Memory { closed: true, .. } => "closed",
            Memory { answered: true, rated: Some(_), .. } => "rated",
            Memory { answered: true, .. } => "answered",
            Memory { merged: true, .. } => "merged",
            _ => "open",
        }
    }
    fn part(&self, deed: &Deed) -> Option<&Part> {
        self.parts.iter().find(|p| Some(p.number) == deed.part)
    }

    fn holds(&self, need: &str, deed: &Deed, around: &Around) -> bool {
        let part = self.part(deed);
        let said = !deed.says.trim().is_empty();
        let named = |words: &[&str]| words.contains(&deed.word.as_str());
        match need {
            "class_named" => named(&["property", "utilities"]),
            "sorted" => self.sorted,
            "unit_named" => deed.unit.is_some(),
            "unit_not_called" => !self.parts.iter().any(|p| p.round == self.again && !p.returned && Some(p.unit) == deed.unit),
            "part_named" => deed.part.is_some(),
            "not_claimed" => part.is_none_or(|p| !p.claimed),
            "claimed" => part.is_some_and(|p| p.claimed),
            "not_replied" => part.is_none_or(|p| !p.replied),
            "no_part_open" => !self.parts.iter().any(|p| p.round == self.again && !p.returned && !p.replied),
            "reason" | "words" => said,
            "rating_named" => named(&["好", "较好", "一般", "较差"]),
            "not_rated" => self.rated.is_none(),
            "asked_seldom" => self.again < 2,
            "asked_in_time" => !self.long_answered,
            "evidence" => deed.evidence,
            "heard" => self.rated.is_some() || self.long_answered,
            "bad_by_another" => self.rated != Some(true) || (said && deed.by != self.answered_by),
            "higher" => around.higher,
            "not_paused" => part.map_or(!self.paused, |p| !p.paused),
            "paused" => part.map_or(self.paused, |p| p.paused),
            "term" => deed.term.is_some(),
            "extended_seldom" => self.extended == 0,
            "not_overdue" => !(self.sorted && self.late),
            "other_open" => around.other_open && deed.into.is_some(),
            other => panic!("{other}"),
        }
    }

    fn takes(&self, row: &Row, deed: &Deed, around: &Around) -> bool {
        // Whoever names a part names one that is there, of this round, and not given back.
        let part_is_right = match (deed.part, self.part(deed)) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(_), Some(part)) => part.round == self.again && (!part.returned || deed.act == Act::Move),
        };
        part_is_right && row.roles.contains(&around.role) && row.stages.contains(&self.stage()) && row.needs.iter().all(|need| self.holds(need, deed, around))
    }

    fn remember(&mut self, deed: &Deed) {
        let again = self.again;
        let part = self.parts.iter_mut().find(|p| Some(p.number) == deed.part);
        match (deed.act, part) {
            (Act::Sort, _) => self.sorted = true,
            (Act::Whistle, _) => self.parts.push(Part { number: deed.number, unit: deed.unit.unwrap(), round: again, ..Part::default() }),
            (Act::Claim, Some(part)) => part.claimed = true,
            (Act::Return, Some(part)) => part.returned = true,
            (Act::Reply, Some(part)) => part.replied = true,
            (Act::Move, Some(part)) => part.unit = deed.unit.unwrap_or(part.unit),
            (Act::Pause, Some(part)) => part.paused = true,
            (Act::Resume, Some(part)) => part.paused = false,
            (Act::Pause, None) => self.paused = true,
            (Act::Resume, None) => self.paused = false,
            (Act::Answer, _) => (self.answered, self.answered_by) = (true, deed.by),
            (Act::Rate, _) => self.rated = Some(deed.word == "较差"),
            (Act::SignOff, _) => self.closed = true,
            (Act::Merge, _) => self.merged = true,
            (Act::Extend, _) => self.extended += 1,
            (Act::Reopen, _) => *self = Memory { sorted: self.sorted, again: again + 1, parts: std::mem::take(&mut self.parts), ..Memory::default() },
            _ => {}
        }
    }

    fn a_month_went_by(&mut self) {
        if self.answered {
            self.long_answered = true;
        } else if !self.paused {
            self.late = true;
        }
    }
}

/// A sequence of numbers that a seed makes.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }
    fn of<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

const ROLES: [&str; 9] = ["community_worker", "officer", "head", "program", "liaison", "resident", "delegate", "leader", "auditor"];
const USUAL: [Act; 9] = [Act::Sort, Act::Whistle, Act::Claim, Act::Reply, Act::Answer, Act::Rate, Act::SignOff, Act::Reopen, Act::Return];

fn some_deed(dice: &mut Dice, memory: &Memory, number: i64, at: Moment) -> (Deed, &'static str, bool, bool) {
    // Half of what is tried is what usually comes, so that sequences get somewhere.
    let act = if dice.below(3) > 0 { dice.of(&USUAL) } else { Act::ALL[1 + dice.below(16)].1 };
    let of_part = matches!(act, Act::Claim | Act::Return | Act::Reply) && dice.below(12) > 0;
    let may_be = matches!(act, Act::Pause | Act::Resume | Act::Move | Act::Note) && dice.below(4) == 0;
    let part = match memory.parts.len() {
        0 => 900,
        n if dice.below(5) > 0 => memory.parts[n - 1].number,
        n => memory.parts[dice.below(n)].number,
    };
    let some = |dice: &mut Dice| dice.below(8) > 0;
    let word = match act {
        Act::Sort => dice.of(&["property", "utilities", "utilities", "nothing"]),
        Act::Rate => dice.of(&["好", "较差", "一般", "很好"]),
        _ => "",
    };
    let deed = Deed {
        number,
        part: (of_part || may_be).then_some(part),
        unit: some(dice).then(|| dice.of(&[31, 32])),
        word: word.into(),
        says: if some(dice) { "办了".into() } else { " ".into() },
        term: some(dice).then_some(Term::Hours(6)),
        into: some(dice).then_some(77),
        evidence: some(dice),
        by: Some(dice.of(&[1, 2])),
        ..Deed::new(act, at)
    };
    (deed, if some(dice) { dice.of(&ROLES[..4]) } else { dice.of(&ROLES) }, some(dice), some(dice))
}

#[derive(Default)]
struct Seen {
    taken: usize,
    refused: usize,
    /// How often each deed was taken, and each stage reached.
    acts: BTreeMap<&'static str, usize>,
    stages: BTreeMap<&'static str, usize>,
}

fn walk(seed: u64, system: &System, table: &BTreeMap<&str, Row>, seen: &mut Seen) {
    let (mut dice, mut memory) = (Dice(seed), Memory::default());
    // The calendar of 2026 is entered; eight months of jumps stay within it.
    let mut at: Moment = "2026-03-02T09:00:00+08:00".parse().unwrap();
    let mut deeds = vec![Deed { number: 1, unit: Some(10), ..Deed::new(Act::Report, at) }];
    let mut months = 0;
    for number in 2..40 {
        at = Moment(at.0 + 60 * (1 + dice.below(9) as i64));
        if months < 7 && dice.below(14) == 0 {
            at = Moment(at.0 + 26 * 86_400);
            months += 1;
            memory.a_month_went_by();
        }
        let (deed, role, higher, other_open) = some_deed(&mut dice, &memory, number, at);
        let around = Around { role, higher, other_open, other_class: "" };
        let life = Life::of(system, &book().calendar, &deeds).unwrap();
        let found = judge(system, &book().calendar, &life, &deed, around);
        let takes = memory.takes(&table[deed.act.id()], &deed, &around);
        assert_eq!(!found.refuse(), takes, "seed={seed} deed {number} {deed:?} by {role} at stage {} ({:?}): {found:?}", memory.stage(), life.stage);
        if takes {
            memory.remember(&deed);
            *seen.acts.entry(deed.act.id()).or_default() += 1;
            *seen.stages.entry(memory.stage()).or_default() += 1;
            seen.taken += 1;
            deeds.push(deed);
        } else {
            seen.refused += 1;
        }
    }
}

#[test]
fn random_deeds_are_taken_and_refused_as_a_reference_automaton_says() {
    let sequences = if std::env::var("ZHIREN_TORTURE").is_ok() { 100_000 } else { 4_000 };
    let table = table();
    let system = book().institutions.iter().find(|i| &*i.id == "whistle-and-report").and_then(|i| i.cases.as_ref()).unwrap();
    let mut seen = Seen::default();
    for seed in 1..=sequences {
        walk(seed, system, &table, &mut seen);
    }
    println!("{sequences} sequences, {} taken, {} refused: {:?} {:?}", seen.taken, seen.refused, seen.acts, seen.stages);
    // It says nothing unless everything was really tried.
    assert!(seen.acts.len() == 16 && seen.acts.values().all(|n| *n >= 20), "{:?}", seen.acts);
    assert!(seen.stages.len() == 5 && seen.stages.values().all(|n| *n >= 100), "{:?}", seen.stages);
    assert!(seen.taken > 4 * sequences as usize && seen.refused > seen.taken, "{} {}", seen.taken, seen.refused);
}
