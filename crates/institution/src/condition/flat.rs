//! A condition as one flat list: clauses of which all must hold, each of tests of which one suffices.
//!
//! Kleene's values are a distributive lattice, so this form answers as the tree does; a test of this file holds the two
//! equal over every combination of answers.

use super::prepared::Node;
use crate::fact_set::View;
use vocabulary::Truth;

/// A condition whose list would grow longer than this stays a tree.
const LONGEST: usize = 48;

/// 平铺的条件: how many rules are asked of many people.
#[derive(Clone, Debug)]
pub(crate) enum Flat {
    List(Box<[Literal]>),
    Tree(Node),
}

/// One test in its clause.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Literal {
    number: u32,
    negated: bool,
    /// So many of its clause stand after it.
    after: u8,
}

impl Flat {
    pub fn of(node: Node) -> Flat {
        match clauses(&node) {
            Some(clauses) => Flat::List(
                clauses
                    .iter()
                    .flat_map(|clause| {
                        let end = clause.len() - 1;
                        clause.iter().enumerate().map(move |(i, (number, negated))| Literal { number: *number, negated: *negated, after: (end - i) as u8 })
                    })
                    .collect(),
            ),
            None => Flat::Tree(node),
        }
    }

    #[inline]
    pub fn evaluate(&self, view: &View) -> Truth {
        let list = match self {
            Flat::List(list) => list,
            Flat::Tree(node) => return node.evaluate(view),
        };
        let (mut all, mut unknown, mut at) = (Truth::True, false, 0);
        while let Some(literal) = list.get(at) {
            at += 1;
            match (view.answer(literal.number as usize), literal.negated) {
                (Truth::True, false) | (Truth::False, true) => {
                    at += usize::from(literal.after);
                    unknown = false;
                    continue;
                }
                (Truth::Unknown, _) => unknown = true,
                _ => {}
            }
            if literal.after == 0 {
                if !unknown {
                    return Truth::False;
                }
                (all, unknown) = (Truth::Unknown, false);
            }
        }
        all
    }
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
    use std::cell::Cell;

    fn test(number: u32) -> Node {
        Node::Test { number, negated: false }
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
                let answered: Vec<Cell<u8>> = (0..5).map(|i| Cell::new((combination / 3_u32.pow(i) % 3 + 1) as u8)).collect();
                let view = View { given: &facts, derived: &[], asks: &[], answered: &answered };
                assert_eq!(flat.evaluate(&view), shape.evaluate(&view), "{shape:?} {answered:?}");
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
        let view = View { given: &facts, derived: &[], asks: &[], answered: &[] };
        assert_eq!(Flat::of(all([])).evaluate(&view), Truth::True);
        assert_eq!(Flat::of(any([])).evaluate(&view), Truth::False);
    }
}
