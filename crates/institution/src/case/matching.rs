//! 匹配: which open case offers what another one asks for. Explained by what both name and where they lie; no score.

use super::System;
use crate::reading::{Fields, Sheet};
use crate::source::{citation, known_id};
use std::sync::Arc;
use vocabulary::Citation;

/// `[[match]]`: cases of these classes are offered those of the others, and the other way round.
#[derive(Clone, Debug)]
pub struct Match {
    pub classes: Vec<Arc<str>>,
    pub with: Vec<Arc<str>>,
    /// Title of the level below which both are near each other: `镇街`.
    pub near: Arc<str>,
    pub source: Citation,
}

/// `[[topic]]`: words that mean the same wish.
#[derive(Clone, Debug)]
pub struct Topic {
    pub title: Arc<str>,
    pub words: Vec<Arc<str>>,
}

/// One of the two.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    pub class: &'a str,
    pub words: &'a str,
    /// The organisation at the level that counts as near; empty when it lies under none.
    pub near: &'a str,
}

/// Why two fit: what both name, and whether they lie near each other.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Fit {
    pub near: bool,
    /// Titles of topics that both name.
    pub shared: Vec<String>,
}

impl System {
    /// The rule by which cases of these two classes are matched, whichever of them asks.
    pub fn matched(&self, one: &str, other: &str) -> Option<&Match> {
        let has = |list: &[Arc<str>], id: &str| list.iter().any(|c| &**c == id);
        self.matches.iter().find(|m| (has(&m.classes, one) && has(&m.with, other)) || (has(&m.classes, other) && has(&m.with, one)))
    }

    /// The rule by which cases of this class are matched at all.
    pub fn matching(&self, class: &str) -> Option<&Match> {
        self.matches.iter().find(|m| m.classes.iter().chain(&m.with).any(|c| &**c == class))
    }

    /// Topics that these words name, in the order of the file.
    pub fn topics_of<'s>(&'s self, words: &'s str) -> impl Iterator<Item = &'s Topic> {
        self.topics.iter().filter(move |t| t.words.iter().any(|w| words.contains(&**w)))
    }

    /// None when their classes do not match, or when nothing but the classes speaks for it.
    pub fn fit(&self, one: Side, other: Side) -> Option<Fit> {
        self.matched(one.class, other.class)?;
        let theirs: Vec<&Topic> = self.topics_of(other.words).collect();
        let shared: Vec<String> = self.topics_of(one.words).filter(|t| theirs.iter().any(|o| o.title == t.title)).map(|t| t.title.to_string()).collect();
        let near = !one.near.is_empty() && one.near == other.near;
        (near || !shared.is_empty()).then_some(Fit { near, shared })
    }
}

pub(super) fn read_matches(file: &Fields, classes: &[super::Class], levels: &[super::Level]) -> Vec<Match> {
    let mut matches = Vec::new();
    for row in file.rows("match", "匹配") {
        let ids = |key: &'static str| {
            row.need(key);
            let list = row.texts(key);
            for id in list.iter().filter(|id| !classes.iter().any(|c| c.id == **id)) {
                row.sheet.unknown(row.at.clone(), format!("没有类别 `{id}`"), id, classes.iter().map(|c| &*c.id), None);
            }
            list
        };
        let (one, with) = (ids("classes"), ids("with"));
        row.need("near");
        let near = known_id(&row, "near", "层级", levels.iter().map(|l| &*l.title));
        if let Some(source) = citation(&row) {
            matches.push(Match { classes: one, with, near: near.unwrap_or_default(), source });
        }
        row.finish();
    }
    matches
}

pub(super) fn read_topics(file: &Fields, sheet: &Sheet) -> Vec<Topic> {
    let mut topics: Vec<Topic> = Vec::new();
    for row in file.rows("topic", "主题") {
        let topic = Topic { title: row.text("title"), words: row.texts("words") };
        if topic.words.is_empty() || topics.iter().any(|t| t.title == topic.title) {
            sheet.fault(row.at.clone(), format!("主题“{}”写了两次，或没有词 words", topic.title), None, None);
        }
        row.finish();
        topics.push(topic);
    }
    topics
}
