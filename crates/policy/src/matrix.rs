//! 权限矩阵: every cell of the policy in a fixed order, for the tests and for a second evaluator.
//!
//! Outermost first: role, action (sorted by id), scope, relation, class, state, ground; then the same for the two marks
//! "over the cap" and "stepped up", which are asked over a smaller product.

use crate::{Action, Ask, Class, Ground, Relation, Role, Scope, State, actions, decide};

/// The actions in the order in which the matrix walks them.
pub fn sorted() -> Vec<&'static Action> {
    let mut all: Vec<&Action> = actions().iter().collect();
    all.sort_by(|a, b| a.id.cmp(&b.id));
    all
}

/// Every cell, nothing stepped up, under the cap.
pub fn each(mut take: impl FnMut(&Ask)) {
    for role in Role::ALL {
        for action in sorted() {
            for scope in Scope::ALL {
                for relation in Relation::ALL {
                    for class in Class::ALL {
                        for state in State::ALL {
                            for ground in Ground::ALL {
                                take(&Ask { role, action, scope, relation, class, state, ground, over_cap: false, stepped_up: false });
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The marks: role, action, relation, class, ground, over the cap (no, yes), stepped up (no, yes), for an open thing that
/// is the actor's own.
pub fn each_mark(mut take: impl FnMut(&Ask)) {
    for role in Role::ALL {
        for action in sorted() {
            for relation in Relation::ALL {
                for class in Class::ALL {
                    for ground in Ground::ALL {
                        for over_cap in [false, true] {
                            for stepped_up in [false, true] {
                                let (scope, state) = (Scope::Own, State::Open);
                                take(&Ask { role, action, scope, relation, class, state, ground, over_cap, stepped_up });
                            }
                        }
                    }
                }
            }
        }
    }
}

/// All verdicts as letters, [`each`] and then [`each_mark`].
pub fn letters() -> Vec<u8> {
    let mut out = Vec::new();
    each(|ask| out.push(decide(ask).letter()));
    each_mark(|ask| out.push(decide(ask).letter()));
    out
}
