//! All tests on one fact, answered by one look at its value.

use super::bits::{Answers, Word, set, word_of};
use super::names::Names;
use super::prepared::{Ask, Check};
use crate::fact_set::{Slot, View};
use vocabulary::{Truth, Value};

/// Readers by the kind of their fact: alike ones are asked one after another in one short loop.
#[derive(Clone, Debug, Default)]
pub(crate) struct Readers {
    yes: Vec<YesReader>,
    numbers: Vec<NumberReader>,
    others: Vec<Reader>,
}

/// A fact that is yes or no.
#[derive(Clone, Debug)]
struct YesReader {
    slot: Slot,
    word: u32,
    /// Answers when nothing is on record, when it is no, when it is yes.
    said: [Word; 3],
    tests: Box<[usize]>,
}

/// A number with one range to lie in.
#[derive(Clone, Debug)]
struct NumberReader {
    slot: Slot,
    word: u32,
    low: i64,
    high: i64,
    /// Answers when nothing is on record, when it lies outside, when it lies inside.
    said: [Word; 3],
    tests: Box<[usize]>,
}

impl Readers {
    pub fn add(&mut self, reader: Reader) {
        let Reader { slot, word, nothing, how, tests } = reader;
        match how {
            How::Yes { yes, no } => self.yes.push(YesReader { slot, word: word as u32, said: [nothing, no, yes], tests }),
            How::Numbers { ranges, known } if ranges.len() == 1 => {
                let Range { bit, low, high } = ranges[0];
                let said = |yes, no| Word { yes: known.yes | yes, no: known.no | no };
                self.numbers.push(NumberReader { slot, word: word as u32, low, high, said: [nothing, said(0, bit), said(bit, 0)], tests });
            }
            how => self.others.push(Reader { slot, word, nothing, how, tests }),
        }
    }

    /// Looks at every value and adds what every test says of it.
    #[inline]
    pub fn read(&self, view: &View, asks: &[Ask], found: &mut Answers) {
        let mut gathered = Gathered::default();
        for reader in &self.yes {
            let said = match view.get(reader.slot) {
                None => 0,
                Some(Value::Yes(yes)) => 1 + usize::from(*yes),
                Some(other) => {
                    each(&reader.tests, asks, Some(other), view, found);
                    continue;
                }
            };
            gathered.add(reader.word, reader.said[said], found);
        }
        gathered.hand_over(found);
        let mut gathered = Gathered::default();
        for reader in &self.numbers {
            let said = match view.get(reader.slot) {
                None => 0,
                Some(Value::Number(n)) => 1 + usize::from(reader.low <= *n && *n <= reader.high),
                Some(other) => {
                    each(&reader.tests, asks, Some(other), view, found);
                    continue;
                }
            };
            gathered.add(reader.word, reader.said[said], found);
        }
        gathered.hand_over(found);
        for reader in &self.others {
            reader.read(view, asks, found);
        }
    }
}

/// Answers of one word on their way there: kept at hand while the next reader speaks of the same word, since writing and
/// reading the same memory again costs more than the test itself.
#[derive(Default)]
struct Gathered {
    place: u32,
    word: Word,
}

impl Gathered {
    #[inline]
    fn add(&mut self, place: u32, word: Word, found: &mut Answers) {
        if place != self.place {
            self.hand_over(found);
            *self = Gathered { place, word: Word::default() };
        }
        self.word.add(word);
    }
    #[inline]
    fn hand_over(&self, found: &mut Answers) {
        if let Some(place) = found.get_mut(self.place as usize) {
            place.add(self.word);
        }
    }
}

#[cold]
fn each(tests: &[usize], asks: &[Ask], value: Option<&Value>, view: &View, found: &mut Answers) {
    for test in tests {
        set(found, *test, asks[*test].check.ask(value, view));
    }
}

/// One fact of a plan with every test on it; their answers stand in one word, unless they are more than a word holds.
#[derive(Clone, Debug)]
pub(crate) struct Reader {
    slot: Slot,
    word: usize,
    /// What the tests answer when nothing is on record.
    nothing: Word,
    how: How,
    tests: Box<[usize]>,
}

#[derive(Clone, Debug)]
enum How {
    /// Names that some test knows, the answers for each, and the answers for any other name.
    Names { names: Names, each: Box<[Word]>, other: Word },
    Yes { yes: Word, no: Word },
    /// For whole numbers; a number that is known only within bounds is asked test by test.
    Numbers { ranges: Box<[Range]>, known: Word },
    /// Test by test.
    Each,
}

#[derive(Clone, Debug)]
struct Range {
    bit: u64,
    low: i64,
    high: i64,
}

impl Reader {
    /// `tests` are the numbers of all single-fact tests on `slot`.
    pub fn of(slot: Slot, tests: &[usize], asks: &[Ask]) -> Reader {
        let word = tests.first().map_or(0, |t| word_of(*t));
        let together = tests.iter().all(|t| word_of(*t) == word);
        let nothing = answers(tests, asks, None);
        let how = if !together {
            How::Each
        } else if let Some(names) = names_known(tests, asks) {
            let each = names.iter().map(|name| answers(tests, asks, Some(&Value::text(name)))).collect();
            // A name that stands in no test: no test can tell it from another such name.
            let other = answers(tests, asks, Some(&Value::text("\u{0}")));
            How::Names { names: Names::of(names.into_iter().map(Into::into)), each, other }
        } else if tests.iter().all(|t| matches!(asks[*t].check, Check::Yes(_) | Check::Known(_))) {
            let said = |yes| answers(tests, asks, Some(&Value::Yes(yes)));
            How::Yes { yes: said(true), no: said(false) }
        } else if tests.iter().all(|t| matches!(&asks[*t].check, Check::Numbers(r) if r.len() == 1) || matches!(asks[*t].check, Check::Known(_))) {
            let ranges = tests.iter().filter_map(|t| match &asks[*t].check {
                Check::Numbers(ranges) => Some(Range { bit: 1 << (t % 64), low: ranges[0].0, high: ranges[0].1 }),
                _ => None,
            });
            let known: Vec<usize> = tests.iter().copied().filter(|t| matches!(asks[*t].check, Check::Known(_))).collect();
            How::Numbers { ranges: ranges.collect(), known: answers(&known, asks, Some(&Value::Number(0))) }
        } else {
            How::Each
        };
        Reader { slot, word, nothing, how, tests: tests.into() }
    }

    /// Looks at the value and adds what every test says of it.
    #[inline]
    pub fn read(&self, view: &View, asks: &[Ask], found: &mut Answers) {
        let Some(value) = view.get(self.slot) else {
            if let How::Each = self.how {
                return each(&self.tests, asks, None, view, found);
            }
            found[self.word].add(self.nothing);
            return;
        };
        let word = match (&self.how, value) {
            (How::Yes { yes, no }, Value::Yes(said)) => if *said { *yes } else { *no },
            (How::Names { names, each, other }, Value::Text(name)) => names.place(name).map_or(*other, |place| each[place]),
            (How::Numbers { ranges, known, .. }, Value::Number(n)) => {
                let mut word = *known;
                for range in ranges {
                    if range.low <= *n && *n <= range.high {
                        word.yes |= range.bit;
                    } else {
                        word.no |= range.bit;
                    }
                }
                word
            }
            // Known only within bounds, or of another type than the tests expect.
            _ => return each(&self.tests, asks, Some(value), view, found),
        };
        found[self.word].add(word);
    }
}

/// What these tests say of one value; only for tests on a single fact.
fn answers(tests: &[usize], asks: &[Ask], value: Option<&Value>) -> Word {
    let nobody = View::nothing();
    let mut all = Word::default();
    tests.iter().for_each(|test| all.add(Word::of(*test, asks[*test].check.ask(value, &nobody))));
    all
}

/// Every name that one of the tests knows, when all of them compare whole names.
fn names_known(tests: &[usize], asks: &[Ask]) -> Option<Vec<String>> {
    let mut all: Vec<String> = Vec::new();
    let mut any = false;
    for test in tests {
        match &asks[*test].check {
            Check::Names { yes, no } => {
                any = true;
                all.extend(yes.all().chain(no.iter().flat_map(Names::all)).map(str::to_owned));
            }
            Check::Known(_) => {}
            _ => return None,
        }
    }
    all.sort_unstable();
    all.dedup();
    any.then_some(all)
}

/// A test that compares two facts: answered when both are there.
pub(crate) fn compare(test: usize, view: &View, asks: &[Ask], found: &mut Answers) {
    let ask = &asks[test];
    let truth: Truth = ask.check.ask(view.get(ask.slot), view);
    set(found, test, truth);
}
