//! 经过: one thing that happened to a case. Dated, authored, never changed.

use super::Term;
use std::collections::BTreeMap;
use vocabulary::Moment;

/// What can be done. The words are the office's; the ids stand in `case.toml` and in addresses.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// 受理
    Report,
    /// 分类
    Sort,
    /// 吹哨: a department is called; this deed is its part.
    Whistle,
    /// 报到
    Claim,
    /// 退回: not ours, with a reason.
    Return,
    /// 部门办理结果
    Reply,
    /// 答复反映人
    Answer,
    /// 评价
    Rate,
    /// 重办
    Reopen,
    /// 销号
    SignOff,
    /// 上报: the case goes up with its whole file.
    Raise,
    /// 转移: the organisation is no more; the case goes on with another.
    Move,
    /// 暂停
    Pause,
    /// 恢复
    Resume,
    /// 延期
    Extend,
    /// 并案
    Merge,
    /// 记事
    Note,
    /// 对接: what one offers goes to who asks for it; noted on both.
    Connect,
    /// 解除对接, with a reason; noted on both.
    Disconnect,
}

impl Act {
    pub const ALL: [(&'static str, Act, &'static str); 19] = [
        ("report", Act::Report, "受理"),
        ("sort", Act::Sort, "分类"),
        ("whistle", Act::Whistle, "吹哨"),
        ("claim", Act::Claim, "报到"),
        ("return", Act::Return, "退回"),
        ("reply", Act::Reply, "办理结果"),
        ("answer", Act::Answer, "答复"),
        ("rate", Act::Rate, "评价"),
        ("reopen", Act::Reopen, "重办"),
        ("sign_off", Act::SignOff, "销号"),
        ("raise", Act::Raise, "上报"),
        ("move", Act::Move, "转移"),
        ("pause", Act::Pause, "暂停"),
        ("resume", Act::Resume, "恢复"),
        ("extend", Act::Extend, "延期"),
        ("merge", Act::Merge, "并案"),
        ("note", Act::Note, "记事"),
        ("connect", Act::Connect, "对接"),
        ("disconnect", Act::Disconnect, "解除对接"),
    ];

    pub fn id(self) -> &'static str {
        Act::ALL.iter().find(|(_, act, _)| *act == self).map_or("", |(id, ..)| id)
    }
    pub fn says(self) -> &'static str {
        Act::ALL.iter().find(|(_, act, _)| *act == self).map_or("", |(.., says)| says)
    }
    pub fn from_id(id: &str) -> Option<Act> {
        Act::ALL.iter().find(|(known, ..)| *known == id).map(|(_, act, _)| *act)
    }
}

/// One deed. What an act does not need is empty.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Deed {
    /// Its number; the number of a whistle names the part.
    pub number: i64,
    pub act: Act,
    pub at: Moment,
    /// The part it is about; None: the whole case.
    pub part: Option<i64>,
    /// Whistle, raise, move: the organisation. Report: who holds it first.
    pub unit: Option<i64>,
    /// Sort: the class. Rate: the word. Extend: nothing. Merge: nothing.
    pub word: String,
    /// What was said: the reason, the answer.
    pub says: String,
    /// Extend: by how much.
    pub term: Option<Term>,
    /// Merge: the case that goes on. `number` of another case.
    pub into: Option<i64>,
    /// Whistle: 牵头.
    pub leads: bool,
    /// Evidence on file with this deed.
    pub evidence: bool,
    /// Who did it: the account's number; None: the reporter.
    pub by: Option<i64>,
    /// As the file names them.
    pub actor: String,
    /// What the act asked to fill in.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub data: BTreeMap<String, String>,
}

impl Deed {
    pub fn new(act: Act, at: Moment) -> Deed {
        Deed {
            number: 0,
            act,
            at,
            part: None,
            unit: None,
            word: String::new(),
            says: String::new(),
            term: None,
            into: None,
            leads: false,
            evidence: false,
            by: None,
            actor: String::new(),
            data: BTreeMap::new(),
        }
    }
}
