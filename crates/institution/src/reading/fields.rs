//! One table read key by key; what was never asked for is a fault.

use super::{Key, Node, Shape, Sheet};
use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;
use vocabulary::{Date, Day};

pub(crate) struct Fields<'a> {
    pub sheet: &'a Sheet,
    pub at: Range<usize>,
    /// What the table stands for, in messages: `事实`, `规则`.
    what: &'static str,
    entries: &'a [(Key, Node)],
    asked: RefCell<Vec<&'static str>>,
}

impl<'a> Fields<'a> {
    /// None (and a fault) when `node` is no table.
    pub fn of(node: &'a Node, what: &'static str, sheet: &'a Sheet) -> Option<Fields<'a>> {
        match &node.shape {
            Shape::Table(entries) => {
                Some(Fields { sheet, at: node.at.clone(), what, entries, asked: RefCell::default() })
            }
            _ => {
                sheet.fault(node.at.clone(), format!("{what}应是一个表，这里是{}", node.described()), None, None);
                None
            }
        }
    }

    pub fn key(&self, key: &'static str) -> Option<&'a Key> {
        self.entries.iter().find(|(k, _)| &*k.text == key).map(|(k, _)| k)
    }
    pub fn maybe(&self, key: &'static str) -> Option<&'a Node> {
        self.asked.borrow_mut().push(key);
        self.entries.iter().find(|(k, _)| &*k.text == key).map(|(_, n)| n)
    }
    pub fn need(&self, key: &'static str) -> Option<&'a Node> {
        let found = self.maybe(key);
        if found.is_none() {
            let nearly = super::nearest(key, self.entries.iter().map(|(k, _)| &*k.text));
            let mend = nearly.map(|near| format!("`{near}` 是不是应写成 `{key}`？"));
            self.sheet.fault(self.at.clone(), format!("{}缺少 `{key}`", self.what), mend, None);
        }
        found
    }
    fn wrong(&self, key: &str, node: &Node, wanted: &str) {
        let says = format!("`{key}` 应是{wanted}，这里是{}", node.described());
        self.sheet.fault(node.at.clone(), says, None, None);
    }

    pub fn maybe_text(&self, key: &'static str) -> Option<Arc<str>> {
        let node = self.maybe(key)?;
        self.as_text(key, node)
    }
    /// Empty (and a fault) when it is not there.
    pub fn text(&self, key: &'static str) -> Arc<str> {
        self.need(key).and_then(|node| self.as_text(key, node)).unwrap_or_else(|| "".into())
    }
    fn as_text(&self, key: &str, node: &Node) -> Option<Arc<str>> {
        match &node.shape {
            Shape::Text(text) => Some(text.clone()),
            _ => {
                self.wrong(key, node, "文字");
                None
            }
        }
    }
    /// A list of texts, or one text for a list of one.
    pub fn texts(&self, key: &'static str) -> Vec<Arc<str>> {
        match self.maybe(key) {
            None => Vec::new(),
            Some(Node { shape: Shape::List(list), .. }) => {
                list.iter().filter_map(|n| self.as_text(key, n)).collect()
            }
            Some(node) => self.as_text(key, node).into_iter().collect(),
        }
    }
    pub fn maybe_number(&self, key: &'static str) -> Option<i64> {
        let node = self.maybe(key)?;
        match node.shape {
            Shape::Number(n) => Some(n),
            _ => {
                self.wrong(key, node, "整数");
                None
            }
        }
    }
    pub fn yes(&self, key: &'static str) -> bool {
        match self.maybe(key) {
            None => false,
            Some(Node { shape: Shape::YesNo(yes), .. }) => *yes,
            Some(node) => {
                self.wrong(key, node, " true 或 false");
                false
            }
        }
    }
    pub fn maybe_day(&self, key: &'static str) -> Option<Day> {
        let node = self.maybe(key)?;
        let day = as_date(node).and_then(Date::exact);
        if day.is_none() {
            self.wrong(key, node, "到日的日期（2026-11-22）");
        }
        day
    }
    pub fn day(&self, key: &'static str) -> Option<Day> {
        self.need(key)?;
        self.maybe_day(key)
    }
    /// The rows under `key`, each a table.
    pub fn rows(&self, key: &'static str, what: &'static str) -> Vec<Fields<'a>> {
        match self.maybe(key) {
            None => Vec::new(),
            Some(Node { shape: Shape::List(list), .. }) => {
                list.iter().filter_map(|n| Fields::of(n, what, self.sheet)).collect()
            }
            Some(node) => {
                self.wrong(key, node, "列表");
                Vec::new()
            }
        }
    }
    /// One of a closed set of words.
    pub fn choice<T: Copy>(&self, key: &'static str, choices: &[(&str, T)]) -> Option<T> {
        let node = self.maybe(key)?;
        let word = self.as_text(key, node)?;
        let found = choices.iter().find(|(w, _)| *w == &*word).map(|(_, t)| *t);
        if found.is_none() {
            let all: Vec<&str> = choices.iter().map(|(w, _)| *w).collect();
            let says = format!("`{key}` 没有 `{word}` 这个写法");
            let help = format!("可以写：{}", all.join("、"));
            self.sheet.unknown(node.at.clone(), says, &word, all, Some(&help));
        }
        found
    }

    /// Every key that nobody asked for is a fault.
    pub fn finish(self) {
        let asked = self.asked.into_inner();
        for (key, _) in self.entries {
            if !asked.iter().any(|a| *a == &*key.text) {
                let says = format!("{}没有 `{}` 这一项", self.what, key.text);
                self.sheet.unknown(key.at.clone(), says, &key.text, asked.iter().copied(), None);
            }
        }
    }
}

/// A TOML date, or text in the stored form (`"1982-04"`, `"1982"`) where the file knows less than the day.
pub(crate) fn as_date(node: &Node) -> Option<Date> {
    match &node.shape {
        Shape::Date(date) => Some(*date),
        Shape::Text(text) => text.parse().ok(),
        _ => None,
    }
}
