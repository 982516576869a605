//! 说明与批准: what people answer to a finding before the discussion.

use crate::{Fields, Item, Procedure, Result};
use registry::Desk;
use vocabulary::{Day, Id, Outcome};

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum AnswerKind {
    /// 一般规定不满足的理由
    #[serde(rename = "理由")]
    Reason,
    /// 上级批准
    #[serde(rename = "批准")]
    Approval,
    /// 补充事实: a missing fact is stated by people
    #[serde(rename = "补充事实")]
    Facts,
}

impl AnswerKind {
    pub fn says(self) -> &'static str {
        match self {
            AnswerKind::Reason => "理由",
            AnswerKind::Approval => "批准",
            AnswerKind::Facts => "补充事实",
        }
    }
    pub fn from_says(text: &str) -> Option<AnswerKind> {
        [AnswerKind::Reason, AnswerKind::Approval, AnswerKind::Facts].into_iter().find(|k| k.says() == text)
    }
}

/// One answer to one finding of one line.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Answer {
    pub item: Id<Item>,
    /// Id of the rule that is answered.
    pub rule: String,
    pub kind: AnswerKind,
    /// Who approved, or gave the reason.
    pub approver: String,
    pub reason: String,
    /// What is stated, for [`AnswerKind::Facts`].
    pub facts: Fields,
    pub on: Day,
}

/// Puts an answer on file.
pub fn answer(_desk: &mut Desk, _id: Id<Procedure>, _answer: &Answer) -> Result<Outcome<()>> { todo!() }
