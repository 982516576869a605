//! Answers to many tests at once, two bits a test, and conditions as masks over them.
//!
//! A rule that lists five tests is then two `and`s over a word instead of five look-ups: 27 rules of a person cost about
//! as much as a programmer's `if`s (docs/performance.md).

use super::prepared::Node;
use vocabulary::Truth;

const WORD: usize = 64;

/// Room for this many words of answers is kept on the stack; an institution of more than 512 different tests takes memory.
const USUAL: usize = 8;

/// What was answered so far: a test is true, false, or (neither bit set) unknown or not asked.
pub(crate) type Answers = [Word];

/// 64 tests: which are true, which are false.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Word {
    pub yes: u64,
    pub no: u64,
}

/// Hands over cleared room for the answers to so many tests.
#[inline]
pub(crate) fn with_room<T>(tests: usize, work: impl FnOnce(&mut Answers) -> T) -> T {
    let words = tests.div_ceil(WORD);
    if words <= USUAL {
        work(&mut [Word::default(); USUAL][..words])
    } else {
        work(&mut vec![Word::default(); words])
    }
}

pub(crate) fn set(answers: &mut Answers, test: usize, truth: Truth) {
    answers[test / WORD].add(Word::of(test, truth));
}

pub(crate) fn get(answers: &Answers, test: usize) -> Truth {
    let (word, bit) = (answers[test / WORD], 1 << (test % WORD));
    if word.yes & bit != 0 {
        Truth::True
    } else if word.no & bit != 0 {
        Truth::False
    } else {
        Truth::Unknown
    }
}

impl Word {
    /// One answer in its place of the word.
    pub fn of(test: usize, truth: Truth) -> Word {
        let bit = 1 << (test % WORD);
        match truth {
            Truth::True => Word { yes: bit, no: 0 },
            Truth::False => Word { yes: 0, no: bit },
            Truth::Unknown => Word::default(),
        }
    }
    #[inline]
    pub fn add(&mut self, more: Word) {
        self.yes |= more.yes;
        self.no |= more.no;
    }
}

/// The word in which a test's answer stands.
pub(crate) fn word_of(test: usize) -> usize {
    test / WORD
}

/// The next number at which `tests` answers stand in one word.
pub(crate) fn start_for(next: usize, tests: usize) -> usize {
    let left = WORD - next % WORD;
    if tests > left && tests <= WORD { next + left } else { next }
}

/// A condition over answers: literals as masks, what is nested behind them.
#[derive(Clone, Debug)]
pub(crate) enum Logic {
    /// All of the literals of one word: most rules.
    One(Mask),
    All { masks: Box<[Mask]>, parts: Box<[Logic]> },
    Any { masks: Box<[Mask]>, parts: Box<[Logic]> },
}

/// Conditions side by side in one piece of memory, for asking all of them of one person.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    masks: Vec<Mask>,
    all: Vec<Flat>,
}

#[derive(Clone, Debug)]
struct Flat {
    from: u32,
    until: u32,
    /// What is no list of literals is asked after them.
    parts: Box<[Logic]>,
}

impl Row {
    pub fn push(&mut self, logic: &Logic) {
        let from = self.masks.len() as u32;
        let mut more: &[Logic] = &[];
        match logic {
            Logic::One(mask) => self.masks.push(*mask),
            Logic::All { masks, parts } => {
                self.masks.extend(masks);
                more = parts;
            }
            any @ Logic::Any { .. } => more = std::slice::from_ref(any),
        }
        self.all.push(Flat { from, until: self.masks.len() as u32, parts: more.into() });
    }

    /// Calls `tell` for every condition that is not false, with its place and whether it is surely true.
    #[inline]
    pub fn each(&self, answers: &Answers, mut tell: impl FnMut(usize, bool)) {
        for (place, flat) in self.all.iter().enumerate() {
            let (broken, open) = weigh(&self.masks[flat.from as usize..flat.until as usize], answers);
            if broken {
                continue;
            }
            let mut all = Truth::surely(!open, false);
            for part in &flat.parts {
                all = all.and(part.evaluate(answers));
            }
            if all != Truth::False {
                tell(place, all == Truth::True);
            }
        }
    }
}

/// Literals of one word: tests as they are, and tests under a negation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mask {
    word: usize,
    plain: u64,
    negated: u64,
}

impl Logic {
    pub fn of(node: &Node) -> Logic {
        match node {
            Node::All(parts) => {
                let (masks, parts) = gather(parts);
                match (&*masks, &*parts) {
                    ([one], []) => Logic::One(*one),
                    _ => Logic::All { masks, parts },
                }
            }
            Node::Any(parts) => {
                let (masks, parts) = gather(parts);
                Logic::Any { masks, parts }
            }
            Node::Not(part) => Logic::of(&part.negated()),
            Node::Test { .. } => Logic::One(gather(std::slice::from_ref(node)).0[0]),
        }
    }

    #[inline]
    pub fn evaluate(&self, answers: &Answers) -> Truth {
        match self {
            Logic::One(mask) => {
                let (broken, open) = weigh(std::slice::from_ref(mask), answers);
                Truth::surely(!broken & !open, broken)
            }
            Logic::All { masks, parts } => {
                let (broken, open) = weigh(masks, answers);
                let mut all = if broken {
                    return Truth::False;
                } else if open {
                    Truth::Unknown
                } else {
                    Truth::True
                };
                for part in parts {
                    all = all.and(part.evaluate(answers));
                    if all == Truth::False {
                        break;
                    }
                }
                all
            }
            Logic::Any { masks, parts } => {
                let (met, open) = weigh_any(masks, answers);
                let mut any = if met {
                    return Truth::True;
                } else if open {
                    Truth::Unknown
                } else {
                    Truth::False
                };
                for part in parts {
                    any = any.or(part.evaluate(answers));
                    if any == Truth::True {
                        break;
                    }
                }
                any
            }
        }
    }
}

/// Is one of the literals false; is one of them unknown?
#[inline]
fn weigh(masks: &[Mask], words: &Answers) -> (bool, bool) {
    let (mut broken, mut open) = (0, 0);
    for mask in masks {
        let word = words[mask.word];
        broken |= (word.no & mask.plain) | (word.yes & mask.negated);
        open |= (mask.plain & !word.yes) | (mask.negated & !word.no);
    }
    (broken != 0, open != 0)
}

/// Is one of the literals true; is one of them unknown?
#[inline]
fn weigh_any(masks: &[Mask], words: &Answers) -> (bool, bool) {
    let (mut met, mut open) = (0, 0);
    for mask in masks {
        let word = words[mask.word];
        met |= (word.yes & mask.plain) | (word.no & mask.negated);
        open |= (mask.plain & !word.no) | (mask.negated & !word.yes);
    }
    (met != 0, open != 0)
}

fn gather(nodes: &[Node]) -> (Box<[Mask]>, Box<[Logic]>) {
    let mut masks: Vec<Mask> = Vec::new();
    let mut parts = Vec::new();
    for node in nodes {
        let Node::Test { number, negated } = node else {
            parts.push(Logic::of(node));
            continue;
        };
        let (word, bit) = (*number as usize / WORD, 1 << (*number as usize % WORD));
        let place = masks.iter().position(|m| m.word == word).unwrap_or_else(|| {
            masks.push(Mask { word, plain: 0, negated: 0 });
            masks.len() - 1
        });
        if *negated {
            masks[place].negated |= bit;
        } else {
            masks[place].plain |= bit;
        }
    }
    (masks.into(), parts.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn test(number: u32, negated: bool) -> Node {
        Node::Test { number, negated }
    }

    /// Every answer to three tests in three words' places: masks say what Kleene's tables say.
    #[test]
    fn masks_answer_as_the_tests_one_by_one() {
        use Truth::{False, True, Unknown};
        let places = [3, 70, 71];
        let leaves = || [test(3, false), test(70, true), test(71, false)];
        for answers_to in [True, False, Unknown].into_iter().flat_map(|a| [True, False, Unknown].map(|b| (a, b))).flat_map(|(a, b)| [True, False, Unknown].map(|c| [a, b, c])) {
            let mut answers = [Word::default(); 2];
            for (place, truth) in places.iter().zip(answers_to) {
                set(&mut answers, *place, truth);
            }
            let [a, b, c] = answers_to;
            let all = Logic::of(&Node::All(leaves().into()));
            assert_eq!(all.evaluate(&answers), a.and(!b).and(c), "{answers_to:?}");
            let any = Logic::of(&Node::Any(leaves().into()));
            assert_eq!(any.evaluate(&answers), a.or(!b).or(c), "{answers_to:?}");
            let nested = Node::All([test(3, false), Node::Any([test(70, true), test(71, false)].into())].into());
            assert_eq!(Logic::of(&nested).evaluate(&answers), a.and((!b).or(c)), "{answers_to:?}");
            let not = Node::Not(Box::new(nested));
            assert_eq!(Logic::of(&not).evaluate(&answers), !a.and((!b).or(c)), "{answers_to:?}");
        }
    }

    #[test]
    fn many_tests_find_room_beyond_the_stack() {
        with_room(5000, |answers| {
            set(answers, 4999, Truth::True);
            set(answers, 0, Truth::False);
            assert_eq!((get(answers, 4999), get(answers, 0), get(answers, 1)), (Truth::True, Truth::False, Truth::Unknown));
        });
        assert_eq!((start_for(60, 3), start_for(60, 5), start_for(60, 70)), (60, 64, 60));
    }
}
