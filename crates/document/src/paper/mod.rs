//! 公文: a paper of the procedure, set by GB/T 9704.

pub mod appointment_notice;
mod docx;
mod listing;
mod pdf;
pub mod public_notice;
pub mod roster;
pub mod slate;
pub mod talk_record;

pub use docx::docx;
pub use pdf::pdf;

pub use appointment_notice::{AppointmentNotice, Decision};
pub use public_notice::{Candidate, Exception, PublicNotice};
pub use roster::{Roster, RosterGroup, RosterRow};
pub use slate::{Slate, SlateGroup, SlateRow};
pub use talk_record::TalkRecord;

/// A paper: title, text and signature. Everything that is not a form or a ledger.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Paper {
    /// 密级 or 注意保密, at the head of the first page in 黑体.
    pub secrecy: Option<String>,
    /// 标题; `\n` where the office breaks it.
    pub title: String,
    /// 发文字号, centred under the title: `青组发〔2026〕12号`.
    pub number: Option<String>,
    /// 主送机关, flush left, with its colon.
    pub addressee: Option<String>,
    pub blocks: Vec<Block>,
    pub signature: Option<Signature>,
    /// 附注, after the signature: `（联系人：…）`.
    pub note: Option<String>,
}

/// One piece of text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Block {
    /// 一级 `一、` 黑体, 二级 `（一）` 楷体, 三级 and 四级 仿宋. The number belongs to the text.
    Heading {
        level: u8,
        text: String,
    },
    /// 正文, first line two characters in.
    Paragraph(String),
    /// `谈话时间：2026年11月22日`: label in 黑体, flush left.
    Field {
        label: String,
        text: String,
    },
    /// 居中.
    Centered(String),
    Table(PaperTable),
    /// Empty lines to write on by hand.
    Blank(u8),
    PageBreak,
}

/// A table inside a paper.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PaperTable {
    pub heads: Vec<String>,
    /// Shares of the width; empty for equal shares.
    pub widths: Vec<u16>,
    pub rows: Vec<Vec<String>>,
}

/// 落款: who signs, and the day in words.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Signature {
    pub by: Vec<String>,
    /// `2026年11月22日`; empty leaves `年 月 日` to be filled in.
    pub day: String,
}

impl PaperTable {
    /// One share a column, as many as the widest of heads and widths says.
    pub(crate) fn shares(&self) -> Vec<u16> {
        let mut shares = self.widths.clone();
        shares.resize(self.heads.len().max(shares.len()), 1);
        shares
    }
}

impl Signature {
    pub fn of(by: impl Into<String>, day: impl Into<String>) -> Signature {
        Signature {
            by: vec![by.into()],
            day: day.into(),
        }
    }
}
