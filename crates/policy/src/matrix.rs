//! 权限矩阵: every cell of the policy in a fixed order, for the tests and for a second evaluator.
//!
//! Outermost first: role, action (sorted by id), scope, relation, class, state, ground, and the two marks "over the cap"
//! and "stepped up". No axis is cut short: what a mark changes is asked everywhere.

use crate::{Action, Ask, Class, Ground, Relation, Role, Scope, State, actions, decide};

const MARKS: [(bool, bool); 4] = [(false, false), (false, true), (true, false), (true, true)];

/// The actions in the order in which the matrix walks them.
pub fn sorted() -> Vec<&'static Action> {
    let mut all: Vec<&Action> = actions().iter().collect();
    all.sort_by(|a, b| a.id.cmp(&b.id));
    all
}

/// Every cell.
pub fn each(mut take: impl FnMut(&Ask)) {
    let sorted = sorted();
    for role in Role::ALL {
        for &action in &sorted {
            for scope in Scope::ALL {
                for relation in Relation::ALL {
                    for class in Class::ALL {
                        for state in State::ALL {
                            for ground in Ground::ALL {
                                for (over_cap, stepped_up) in MARKS {
                                    take(&Ask { role, action, scope, relation, class, state, ground, over_cap, stepped_up });
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// All verdicts as letters, in the order of [`each`].
pub fn letters() -> Vec<u8> {
    let mut out = Vec::new();
    each(|ask| out.push(decide(ask).letter()));
    out
}
