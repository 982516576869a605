//! 材料: the papers that a procedure's steps ask for.

use crate::dictionary::Dictionary;
use crate::reading::{Fields, Shape, Sheet};
use crate::dictionary::load::unknown_fact;
use std::sync::Arc;

/// One kind of paper: what it is called, how it is made, what must stand on it.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Paper {
    pub id: Arc<str>,
    pub title: Arc<str>,
    pub made_as: MadeAs,
    /// Facts (by index) that must be known before it can be made.
    pub required: Vec<usize>,
    /// What is to be written on it, for the person who writes it.
    pub says: Arc<str>,
    /// 正文, by paragraph: words and facts of whom it goes to. Empty when people write it.
    pub text: Vec<Vec<Piece>>,
    /// Is it archived in the person's file once appointed?
    pub archived: bool,
}

/// A piece of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    Words(Arc<str>),
    /// Index of a fact.
    Fact(usize),
}

/// A line with places in it, `请于{due}前书面答复`: `words` makes a piece of what stands between, `place` of a name; a name that
/// gives none is told by `place` itself.
pub(crate) fn pieces<T>(fields: &Fields, line: &str, words: impl Fn(Arc<str>) -> T, place: impl Fn(&str) -> Option<T>) -> Vec<T> {
    let mut pieces = Vec::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, behind)) = after.split_once('}') else {
            fields.sheet.fault(fields.at.clone(), format!("“{line}”里的 {{ 没有写完"), None, None);
            break;
        };
        pieces.extend((!before.is_empty()).then(|| words(before.into())));
        pieces.extend(place(name));
        rest = behind;
    }
    pieces.extend((!rest.is_empty()).then(|| words(rest.into())));
    pieces
}

/// 文种: which layout of the document room fills it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MadeAs {
    /// 报告、意见: running text under headings.
    Report,
    /// 函
    Letter,
    /// 表: one row or one form a person.
    Form,
    /// 会议议题材料: several candidates side by side.
    Slate,
    /// 公示、通知
    Notice,
    /// 记录: a talk, a meeting, a count of votes.
    Record,
    /// Comes signed from outside and is only filed.
    Filed,
}

const MADE_AS: [(&str, MadeAs); 7] = [
    ("report", MadeAs::Report),
    ("letter", MadeAs::Letter),
    ("form", MadeAs::Form),
    ("slate", MadeAs::Slate),
    ("notice", MadeAs::Notice),
    ("record", MadeAs::Record),
    ("filed", MadeAs::Filed),
];

pub(crate) fn read_papers(sheet: &Sheet, dictionary: &Dictionary) -> Vec<Paper> {
    let root = sheet.parse();
    let Some(file) = root.as_ref().and_then(|root| Fields::of(root, "材料文件", sheet)) else { return Vec::new() };
    let mut papers: Vec<Paper> = Vec::new();
    for fields in file.rows("paper", "材料") {
        fields.need("made_as");
        let paper = Paper {
            id: fields.text("id"),
            title: fields.text("title"),
            made_as: fields.choice("made_as", &MADE_AS).unwrap_or(MadeAs::Filed),
            required: fact_list(&fields, "required", dictionary),
            says: fields.maybe_text("says").unwrap_or_default(),
            text: fields.texts("text").iter().map(|line| read_text(&fields, line, dictionary)).collect(),
            archived: fields.yes("archived"),
        };
        if papers.iter().any(|p| p.id == paper.id) {
            sheet.fault(fields.at.clone(), format!("材料 `{}` 写了两次", paper.id), None, None);
        }
        papers.push(paper);
        fields.finish();
    }
    file.finish();
    papers
}

/// `任期于{branch.term_until}届满`
fn read_text(fields: &Fields, line: &str, dictionary: &Dictionary) -> Vec<Piece> {
    pieces(fields, line, Piece::Words, |id| {
        let fact = dictionary.fact(id);
        if fact.is_none() {
            unknown_fact(fields.sheet, fields.at.clone(), id, dictionary);
        }
        fact.map(|fact| Piece::Fact(fact.index))
    })
}

/// A list of fact ids as indices; unknown ones are faults.
pub(crate) fn fact_list(fields: &Fields, key: &'static str, dictionary: &Dictionary) -> Vec<usize> {
    let Some(node) = fields.maybe(key) else { return Vec::new() };
    let Shape::List(list) = &node.shape else {
        fields.texts(key);
        return Vec::new();
    };
    let mut found = Vec::new();
    for node in list {
        let Shape::Text(id) = &node.shape else {
            fields.sheet.fault(node.at.clone(), format!("`{key}` 里应是事实的编号"), None, None);
            continue;
        };
        match dictionary.fact(id) {
            Some(fact) => found.push(fact.index),
            None => unknown_fact(fields.sheet, node.at.clone(), id, dictionary),
        }
    }
    found
}
