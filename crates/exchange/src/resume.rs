//! 简历: the text of a working life, line by line.

mod check;
mod head;
mod hint;
mod parse;
mod print;

pub use parse::parse;

use crate::Place;
use vocabulary::Date;

/// 简历: dated lines, then what follows the empty line.
#[derive(Clone, Debug, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Resume {
    /// As the file wrote it, line ends as `\n`.
    pub original: String,
    pub lines: Vec<ResumeLine>,
    /// Paragraphs after the segments: committee memberships and the like.
    pub tail: Vec<String>,
}

/// 一段: from one month to another, and what was done.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ResumeLine {
    /// None only when text stands before the first dated line.
    pub from: Option<Date>,
    pub until: Option<Date>,
    /// True when the line ends with a dash and nothing after: it lasts.
    pub open: bool,
    pub text: String,
    /// `其间：…` notes, without their brackets; each printed in brackets after the text.
    pub notes: Vec<Note>,
    pub hint: Hint,
    pub place: Place,
}

/// 其间: a note in brackets.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Note {
    /// Without brackets: `其间：2010.09--2012.07在……学习`.
    pub text: String,
    /// True when it stands on a line of its own, because it spans segments.
    pub own_line: bool,
}

/// What the words of a line suggest; a hint for people, never a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hint {
    Study,
    Training,
    Military,
    Waiting,
    Work,
}

#[cfg(test)]
mod tests;
