//! 表决的规则: what a paper asks and how its result may be published. Which vote falls where stands in the data, not in a
//! screen.

use crate::reading::{Fields, Sheet};
use crate::source::citation;
use std::sync::Arc;
use vocabulary::Citation;

/// Nothing about fewer valid papers is ever published of a guarded ballot.
pub const LEAST: i64 = 5;
/// No words of anybody about fewer.
pub const LEAST_FOR_COMMENTS: i64 = 10;

/// One kind of ballot.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct BallotKind {
    pub id: Arc<str>,
    pub title: Arc<str>,
    pub question: Arc<str>,
    pub answers: Vec<Arc<str>>,
    pub publish: Publish,
    pub at_least: i64,
    /// From how many papers comments are shown; none are asked for when empty.
    pub comments_from: Option<i64>,
    pub source: Citation,
}

/// 公布办法
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Publish {
    /// The rules of the vote ask for the counts: they are announced, without any breakdown.
    Statutory,
    /// Least number, complement and homogeneity rules.
    Guarded,
}

pub(crate) fn read_ballots(sheet: &Sheet) -> Vec<BallotKind> {
    let root = sheet.parse();
    let Some(file) = root.as_ref().and_then(|root| Fields::of(root, "表决文件", sheet)) else { return Vec::new() };
    let mut kinds = Vec::new();
    for fields in file.rows("ballot", "表决") {
        fields.need("publish");
        let wrong = |says: String| sheet.fault(fields.at.clone(), says, None, None);
        let kind = BallotKind {
            id: fields.text("id"),
            title: fields.text("title"),
            question: fields.text("question"),
            answers: fields.texts("answers"),
            publish: fields.choice("publish", &[("statutory", Publish::Statutory), ("guarded", Publish::Guarded)]).unwrap_or(Publish::Guarded),
            at_least: fields.maybe_number("at_least").unwrap_or(LEAST),
            comments_from: fields.maybe_number("comments_from"),
            source: citation(&fields).unwrap_or(Citation { document: String::new(), article: None, item: None }),
        };
        if kind.answers.len() < 2 {
            wrong(format!("表决 `{}` 至少要有两种意见", kind.id));
        }
        if kind.at_least < LEAST {
            wrong(format!("`at_least` 不得小于 {LEAST}"));
        }
        if kind.comments_from.is_some_and(|n| n < LEAST_FOR_COMMENTS) {
            wrong(format!("`comments_from` 不得小于 {LEAST_FOR_COMMENTS}"));
        }
        kinds.push(kind);
        fields.finish();
    }
    file.finish();
    kinds
}
