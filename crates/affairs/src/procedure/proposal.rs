//! 拟任事项: who is proposed for which post, leaving which.

use crate::Fields;
use registry::{Person, Post};
use vocabulary::Id;

/// 动议: a slate of one or many, under one institution.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Proposal {
    /// Id of the institution: `selection`.
    pub institution: String,
    /// `2026年11月第一批干部调整`; empty: made from the first line.
    pub title: String,
    pub items: Vec<ProposedItem>,
}

/// 方案中的一行.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ProposedItem {
    pub person: Id<Person>,
    /// 拟任; None when the person is only removed.
    pub post: Option<Id<Post>>,
    /// 拟免: numbers of tenures that end when this one begins.
    pub leaves: Vec<i64>,
    /// 任免理由
    pub reason: String,
    /// 破格: what is short, in words for the notice; empty when nothing is exceptional.
    pub exception: String,
    /// What the proposer states: `exception.kind` → `班子结构或岗位特殊需要`.
    pub facts: Fields,
}

impl ProposedItem {
    pub fn appoint(person: Id<Person>, post: Id<Post>) -> ProposedItem {
        ProposedItem {
            person,
            post: Some(post),
            leaves: vec![],
            reason: String::new(),
            exception: String::new(),
            facts: Fields::new(),
        }
    }
    pub fn leaving(mut self, tenures: &[i64]) -> ProposedItem {
        self.leaves = tenures.to_vec();
        self
    }
    pub fn stating(mut self, fact: &str, value: &str) -> ProposedItem {
        self.facts.insert(fact.to_owned(), value.to_owned());
        self
    }
}
