//! 函件: what is printed of a case: to a department that is called, or to who reported. Words of `[[letter]]` in `case.toml`.

use crate::paper::pieces;
use crate::reading::Fields;
use crate::source::citation;
use std::sync::Arc;
use vocabulary::Citation;

/// One kind of letter.
#[derive(Clone, Debug)]
pub struct Letter {
    pub id: Arc<str>,
    pub title: Arc<str>,
    pub to: To,
    /// By paragraph.
    pub text: Vec<Vec<Piece>>,
    pub source: Citation,
}

/// 发给谁
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum To {
    /// Each department that was called.
    Department,
    /// Who reported, once there is an answer; their name is not printed.
    Reporter,
}

const TO: [(&str, To); 2] = [("department", To::Department), ("reporter", To::Reporter)];

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Words(Arc<str>),
    Of(Word),
}

/// What of the case stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// 编号
    Number,
    /// 类别
    Class,
    /// 来源方式
    Way,
    /// What was reported, as it was said.
    Words,
    /// 受理那天
    Reported,
    /// 地点
    Place,
    /// 收件单位
    Unit,
    /// 主办单位
    Holder,
    /// 报到的时限, of a department.
    ClaimDue,
    /// 办结的时限
    Due,
    /// 答复的内容
    Answer,
    /// 答复那天
    Answered,
}

const WORDS: [(&str, Word); 12] = [
    ("number", Word::Number),
    ("class", Word::Class),
    ("way", Word::Way),
    ("words", Word::Words),
    ("reported", Word::Reported),
    ("place", Word::Place),
    ("unit", Word::Unit),
    ("holder", Word::Holder),
    ("claim_due", Word::ClaimDue),
    ("due", Word::Due),
    ("answer", Word::Answer),
    ("answered", Word::Answered),
];

pub(super) fn read_letters(file: &Fields) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::new();
    for fields in file.rows("letter", "函件") {
        fields.need("to");
        let to = fields.choice("to", &TO).unwrap_or(To::Department);
        let letter = Letter {
            id: fields.text("id"),
            title: fields.text("title"),
            to,
            text: fields.texts("text").iter().map(|line| read_line(&fields, line, to)).collect(),
            source: match citation(&fields) {
                Some(source) => source,
                None => continue,
            },
        };
        if letter.text.is_empty() {
            fields.need("text");
        }
        if letters.iter().any(|l| l.id == letter.id) {
            fields.sheet.fault(fields.at.clone(), format!("函件 `{}` 写了两次", letter.id), None, None);
        }
        letters.push(letter);
        fields.finish();
    }
    letters
}

/// `请于{due}前书面答复`
fn read_line(fields: &Fields, line: &str, to: To) -> Vec<Piece> {
    pieces(fields, line, Piece::Words, |id| match WORDS.iter().find(|(word, _)| *word == id) {
        Some((_, Word::Unit | Word::ClaimDue)) if to == To::Reporter => {
            fields.sheet.fault(fields.at.clone(), format!("给反映人的函件里没有 `{id}`"), None, Some("收件单位和报到时限只在给部门的函件里写"));
            None
        }
        Some((_, word)) => Some(Piece::Of(*word)),
        None => {
            fields.sheet.unknown(fields.at.clone(), format!("函件里没有 `{id}` 这一项"), id, WORDS.map(|(word, _)| word), None);
            None
        }
    })
}
