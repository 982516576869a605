//! A condition as one flat list: clauses of which all must hold, each of tests of which one suffices.
//!
//! Kleene's values are a distributive lattice, so this form answers as the tree does; a test of this file holds the two
//! equal over every combination of answers.

use super::answers::Answers;
use super::prepared::Node;
use crate::fact_set::View;
use vocabulary::Truth;

/// A condition whose list would grow longer than this stays a tree.
const LONGEST: usize = 48;

/// 平铺的条件: how many rules are asked of many people.
#[derive(Clone, Debug)]
pub(crate) enum Flat {
    List(Box<[Part]>),
    Tree(Node),
}

/// Tests of one clause whose answers stand in one word.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    word: u32,
    /// The last of its clause.
    last: bool,
    /// These suffice when they hold, those when they do not.
    held: u64,
    not_held: u64,
}

impl Flat {
    pub fn of(node: Node) -> Flat {
        match clauses(&node) {
            Some(clauses) => Flat::List(clauses.iter().flat_map(parts).collect()),
            None => Flat::Tree(node),
        }
    }

    /// The tests that stand alone in their clause: when one of them fails the condition does, whatever else is known.
    /// Number, and whether it fails by holding.
    pub fn decisive(&self) -> Vec<(u32, bool)> {
        let Flat::List(list) = self else { return Vec::new() };
        let mut first = true;
        let mut found = Vec::new();
        for part in list {
            let bits = part.held | part.not_held;
            if first && part.last && bits.is_power_of_two() {
                found.push((part.word * 64 + bits.trailing_zeros(), part.not_held != 0));
            }
            first = part.last;
        }
        found
    }

    /// The view must hold the answers.
    #[inline]
    pub fn evaluate(&self, view: &View) -> Truth {
        let list = match self {
            Flat::List(list) => list,
            Flat::Tree(node) => return node.evaluate(view),
        };
        let (mut all, mut holds, mut open) = (Truth::True, false, false);
        for part in list {
            let Answers { yes, no } = view.answers[part.word as usize];
            holds |= yes & part.held | no & part.not_held != 0;
            open |= (part.held | part.not_held) & !(yes | no) != 0;
            if part.last {
                if !holds {
                    if !open {
                        return Truth::False;
                    }
                    all = Truth::Unknown;
                }
                (holds, open) = (false, false);
            }
        }
        all
    }
}

fn parts(clause: &Clause) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for (number, negated) in clause {
        let (word, place) = Answers::place(*number as usize);
        let word = word as u32;
        let at = parts.iter().position(|p| p.word == word).unwrap_or_else(|| {
            parts.push(Part { word, last: false, held: 0, not_held: 0 });
            parts.len() - 1
        });
        let bits = if *negated { &mut parts[at].not_held } else { &mut parts[at].held };
        *bits |= 1 << place;
    }
    if let Some(last) = parts.last_mut() {
        last.last = true;
    }
    parts
}

type Clause = Vec<(u32, bool)>;

/// None when a clause would be empty (nothing can be said in the list's grammar) or the list grow too long.
fn clauses(node: &Node) -> Option<Vec<Clause>> {
    let found = match node {
        Node::Test { number, negated } => vec![vec![(*number, *negated)]],
        Node::Not(part) => clauses(&part.negated())?,
        Node::All(parts) => {
            let mut all = Vec::new();
            for part in parts {
                all.extend(clauses(part)?);
            }
            all
        }
        Node::Any(parts) => {
            // (a and b) or (c and d) = (a or c) and (a or d) and (b or c) and (b or d)
            let mut product: Vec<Clause> = vec![vec![]];
            for part in parts {
                let part = clauses(part)?;
                product = product.iter().flat_map(|have| part.iter().map(|more| [&have[..], more].concat())).collect();
                if product.iter().map(Vec::len).sum::<usize>() > LONGEST {
                    return None;
                }
            }
            product
        }
    };
    (found.iter().map(Vec::len).sum::<usize>() <= LONGEST && found.iter().all(|clause| !clause.is_empty())).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact_set::FactSet;

    /// The number of the first test.
    const FIRST: u32 = 62;

    fn test(number: u32) -> Node {
        Node::Test { number: FIRST + number, negated: false }
    }
    fn all(parts: impl IntoIterator<Item = Node>) -> Node {
        Node::All(parts.into_iter().collect())
    }
    fn any(parts: impl IntoIterator<Item = Node>) -> Node {
        Node::Any(parts.into_iter().collect())
    }

    /// Every combination of three answers to five tests.
    #[test]
    fn the_list_answers_as_the_tree_does() {
        let not = |node: Node| Node::Not(Box::new(node));
        let shapes = [
            test(0),
            not(test(0)),
            all([test(0), any([test(1), not(test(2))])]),
            any([all([test(0), test(1)]), all([not(test(0)), test(2)])]),
            not(any([all([test(0), not(test(1))]), test(2), all([test(3), test(4)])])),
            all([not(all([test(0), any([test(1), test(2)])])), any([test(3), test(4), test(0)])]),
        ];
        let facts = FactSet::default();
        for shape in shapes {
            let flat = Flat::of(shape.clone());
            assert!(matches!(flat, Flat::List(_)), "{shape:?}");
            for combination in 0..3_u32.pow(5) {
                // The tests stand in two words.
                let mut answers = [Answers::default(); 2];
                for i in 0..5 {
                    let (word, place) = Answers::place(FIRST as usize + i as usize);
                    answers[word].note(place, [Truth::True, Truth::False, Truth::Unknown][(combination / 3_u32.pow(i) % 3) as usize]);
                }
                let view = View { given: &facts, derived: &[], asks: &[], answers: &answers };
                assert_eq!(flat.evaluate(&view), shape.evaluate(&view), "{shape:?} {answers:?}");
            }
        }
    }

    #[test]
    fn what_would_grow_too_long_or_is_empty_stays_a_tree() {
        let pairs = (0..8).map(|i| all([test(2 * i), test(2 * i + 1)]));
        assert!(matches!(Flat::of(any(pairs)), Flat::Tree(_)));
        assert!(matches!(Flat::of(any([])), Flat::Tree(_)));
        // Nothing is asked, so it holds.
        let facts = FactSet::default();
        let view = View { given: &facts, derived: &[], asks: &[], answers: &[] };
        assert_eq!(Flat::of(all([])).evaluate(&view), Truth::True);
        assert_eq!(Flat::of(any([])).evaluate(&view), Truth::False);
    }
}
