//! 权利台: what the person recorded sees, asks to be corrected, appeals and states. 个人信息保护法第四十五至五十条.

mod correction;
mod decision;
mod entry;
mod export;
mod own;
mod statement;

pub use correction::{Ask, Correction, Kind, Named, Paper, Stage, Waiting, ask, attach, find, mine, named, paper, papers, waiting};
pub use decision::{Decided, Decision, appeal, decide};
pub use entry::{Field, NOUNS, NounOf, Takes, noun};
pub use export::{Begun, Export, Marked, begin, candidates, end, list, secret};
pub use own::{Looked, OwnEntry, OwnPart, OwnValue, looked, parts};
pub use statement::{Statement, in_words, marks, of as statements, state, take_back};

use vocabulary::{Citation, Finding, Weight};

/// 更正申请 and 申诉 are decided within so many days (GB/T 35273-2020 8.7: thirty days).
pub const DECIDE_WITHIN_DAYS: i64 = 30;

/// 更正申请
pub enum CorrectionId {}

pub(crate) fn refusal(rule: &str, says: &str, article: &str, next: &str) -> Finding {
    Finding {
        rule: rule.into(),
        weight: Weight::Refuse,
        says: says.into(),
        citation: Citation { document: "中华人民共和国个人信息保护法".into(), article: Some(article.into()), item: None },
        saw: vec![],
        due: None,
        next: Some(next.into()),
        unsure: false,
    }
}
