//! Words with numbers in them: `{n}岁以下`, `同职级{n}年以上`.

use crate::reading::{Node, Shape};
use std::sync::Arc;

/// `{n}岁以下`: letters and places for numbers.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    pub parts: Vec<Part>,
    pub means: Node,
    pub chip: Option<Arc<str>>,
}

#[derive(Clone, Debug)]
pub(super) enum Part {
    Letters(Arc<str>),
    /// The name of a number: `n`, `m`.
    Number(Arc<str>),
}

/// Numbers by the name of their place.
pub(super) type Numbers = Vec<(Arc<str>, i64)>;

impl Pattern {
    /// How many letters it takes from the start, and its numbers.
    pub fn matched(&self, letters: &[char]) -> Option<(usize, Numbers)> {
        let mut at = 0;
        let mut numbers = Numbers::new();
        for part in &self.parts {
            match part {
                Part::Letters(word) => {
                    for c in word.chars() {
                        if letters.get(at) != Some(&c) {
                            return None;
                        }
                        at += 1;
                    }
                }
                Part::Number(name) => {
                    let (length, number) = number_at(&letters[at..])?;
                    numbers.push((name.clone(), number));
                    at += length;
                }
            }
        }
        Some((at, numbers))
    }
}

/// `36` or `三十六`, up to three digits or below one hundred.
fn number_at(letters: &[char]) -> Option<(usize, i64)> {
    let digits = letters.iter().take(4).take_while(|c| c.is_ascii_digit()).count();
    if digits > 0 {
        let text: String = letters[..digits].iter().collect();
        return text.parse().ok().map(|n| (digits, n));
    }
    const ONES: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let one = |c: Option<&char>| {
        let c = if c == Some(&'两') { Some(&'二') } else { c };
        c.and_then(|c| ONES.iter().position(|o| o == c)).map(|n| n as i64)
    };
    let ten = |at: usize| letters.get(at) == Some(&'十');
    match one(letters.first()) {
        Some(tens) if ten(1) => match one(letters.get(2)) {
            Some(ones) => Some((3, tens * 10 + ones)),
            None => Some((2, tens * 10)),
        },
        Some(ones) => Some((1, ones)),
        None if ten(0) => match one(letters.get(1)) {
            Some(ones) => Some((2, 10 + ones)),
            None => Some((1, 10)),
        },
        None => None,
    }
}

pub(super) fn parts_of(word: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = word;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        if !before.is_empty() {
            parts.push(Part::Letters(before.into()));
        }
        parts.push(Part::Number(name.into()));
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(Part::Letters(rest.into()));
    }
    parts
}

/// The same condition with numbers in place of `"{n}"`, `"{n*12}"`, `"{n+1}"`.
pub(super) fn filled(node: &Node, numbers: &Numbers) -> Node {
    let shape = match &node.shape {
        Shape::Text(text) => match counted(text, numbers) {
            Some(n) => Shape::Number(n),
            None => Shape::Text(text.clone()),
        },
        Shape::List(list) => Shape::List(list.iter().map(|n| filled(n, numbers)).collect()),
        Shape::Table(entries) => Shape::Table(entries.iter().map(|(k, n)| (k.clone(), filled(n, numbers))).collect()),
        other => other.clone(),
    };
    Node { at: node.at.clone(), shape }
}

fn counted(text: &str, numbers: &Numbers) -> Option<i64> {
    let inside = text.strip_prefix('{')?.strip_suffix('}')?;
    let named = |name: &str| numbers.iter().find(|(n, _)| &**n == name).map(|(_, v)| *v);
    if let Some((name, by)) = inside.split_once('*') {
        return Some(named(name)? * by.parse::<i64>().ok()?);
    }
    if let Some((name, more)) = inside.split_once('+') {
        return Some(named(name)? + more.parse::<i64>().ok()?);
    }
    if let Some((name, less)) = inside.split_once('-') {
        return Some(named(name)? - less.parse::<i64>().ok()?);
    }
    named(inside)
}

/// Numbers put into a chip's sentence: `不满{n+1}周岁`.
pub(super) fn filled_text(text: &str, numbers: &Numbers) -> String {
    let mut done = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((inside, after)) = after.split_once('}') else { break };
        done.push_str(before);
        match counted(&format!("{{{inside}}}"), numbers) {
            Some(n) => done.push_str(&n.to_string()),
            None => done.push_str(inside),
        }
        rest = after;
    }
    done + rest
}
