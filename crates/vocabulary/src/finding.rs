//! One thing a rule has to say, and all of them together.

use crate::{Citation, Day, Value};

/// How heavy a finding is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// 不得、必须: may not go on.
    Refuse,
    /// 须经批准: may go on once the named approval is on file.
    NeedsApproval,
    /// 无法判断: a fact is missing; never a pass and never a fail.
    CannotJudge,
    /// 一般、原则上: may go on with a recorded reason.
    Warn,
    /// 待办: met for now, something is due by a day.
    Due,
}

impl Weight {
    /// The word beside the colour.
    pub fn says(self) -> &'static str {
        match self {
            Weight::Refuse => "不符合",
            Weight::NeedsApproval => "须经批准",
            Weight::CannotJudge => "无法判断",
            Weight::Warn => "提醒",
            Weight::Due => "限期完成",
        }
    }
}

/// What a rule saw of one fact, and where that came from.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize)]
pub struct Saw {
    /// Fact id of the dictionary.
    pub fact: String,
    /// Its Chinese name.
    pub name: String,
    /// None: nothing is on record.
    pub value: Option<Value>,
    /// What was asked of it, in words: `不少于 24 月`.
    pub asked: String,
    /// Where the value was read: a row, a file; filled in by whoever asked the database.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
}

/// 发现: one rule's word on one subject on one day.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize)]
pub struct Finding {
    pub rule: String,
    pub weight: Weight,
    /// The sentence of the regulation, in our words.
    pub says: String,
    pub citation: Citation,
    pub saw: Vec<Saw>,
    /// For `Due`: the day by which it must be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
    /// What to do next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// True when the wording still awaits a check against the official text.
    pub unsure: bool,
}

/// Every finding at once, heaviest first.
#[derive(Clone, PartialEq, Eq, Debug, Default, serde::Serialize)]
pub struct Findings(Vec<Finding>);

impl Findings {
    pub fn new(mut all: Vec<Finding>) -> Findings {
        all.sort_by_key(|f| f.weight);
        Findings(all)
    }
    pub fn refuse(&self) -> bool {
        self.has(Weight::Refuse)
    }
    pub fn has(&self, weight: Weight) -> bool {
        self.0.iter().any(|f| f.weight == weight)
    }
    pub fn count(&self, weight: Weight) -> usize {
        self.0.iter().filter(|f| f.weight == weight).count()
    }
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.0.iter()
    }
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, Finding> {
        self.0.iter_mut()
    }
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    pub fn len(&self) -> usize {
        self.0.len()
    }
    pub fn add(&mut self, more: Findings) {
        self.0.extend(more.0);
        self.0.sort_by_key(|f| f.weight);
    }
    /// The ids of the rules that spoke, for tests.
    pub fn rules(&self) -> Vec<&str> {
        self.0.iter().map(|f| f.rule.as_str()).collect()
    }
}
impl IntoIterator for Findings {
    type Item = Finding;
    type IntoIter = std::vec::IntoIter<Finding>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// What an operation answers: done, or refused with every reason.
#[derive(Clone, PartialEq, Eq, Debug)]
#[must_use]
pub enum Outcome<T> {
    Done(T),
    Refused(Findings),
}

impl<T> Outcome<T> {
    pub fn done(self) -> Option<T> {
        match self {
            Outcome::Done(t) => Some(t),
            Outcome::Refused(_) => None,
        }
    }
    pub fn refusals(&self) -> Vec<&str> {
        match self {
            Outcome::Done(_) => Vec::new(),
            Outcome::Refused(findings) => findings.rules(),
        }
    }
}
