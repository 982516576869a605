//! 办公用语: words of the office and the tests behind them, from `institutions/words.toml`.

use crate::condition::Condition;
use crate::dictionary::{Dictionary, Kind};
use crate::reading::{Fields, Node, Shape, Sheet};
use crate::rule::fact_index;
use std::collections::HashMap;
use std::sync::Arc;

/// All the words, longest first where they are plain.
#[derive(Clone, Debug, Default)]
pub struct Words {
    plain: HashMap<Arc<str>, Meaning>,
    /// Length of the longest plain word, in characters.
    longest: usize,
    patterns: Vec<Pattern>,
    /// Words that only join: `的`, `和`.
    joints: Vec<Arc<str>>,
}

/// One understood or left piece of what was typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// As typed.
    pub text: String,
    /// None: not understood, looked for as free text.
    pub condition: Option<Condition>,
    /// The test in words, for the chip; the text itself when it was not understood.
    pub chip: String,
}

#[derive(Clone, Debug)]
struct Meaning {
    condition: Condition,
    chip: Option<Arc<str>>,
}

/// `{n}岁以下`: letters and places for numbers.
#[derive(Clone, Debug)]
struct Pattern {
    parts: Vec<Part>,
    means: Node,
    chip: Option<Arc<str>>,
}

#[derive(Clone, Debug)]
enum Part {
    Letters(Arc<str>),
    /// The name of a number: `n`, `m`.
    Number(Arc<str>),
}

type Numbers = Vec<(Arc<str>, i64)>;

impl Words {
    /// How many words and patterns there are.
    pub fn len(&self) -> usize {
        self.plain.len() + self.patterns.len()
    }
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Greedy from the left, the longest word first; what no word covers stays as free text, pieces in order.
    pub fn understand(&self, text: &str, dictionary: &Dictionary) -> Vec<Piece> {
        let letters: Vec<char> = text.chars().map(narrow).collect();
        let mut pieces = Vec::new();
        let mut left = String::new();
        let mut at = 0;
        while at < letters.len() {
            if let Some((length, condition, chip)) = self.longest_at(&letters[at..], dictionary) {
                push_left(&mut left, &mut pieces);
                let typed = letters[at..at + length].iter().collect();
                pieces.push(Piece { text: typed, condition: Some(condition), chip });
                at += length;
            } else if let Some(length) = self.joint_at(&letters[at..]) {
                // Joints only join where something beside them is understood; inside a name they are letters.
                if left.is_empty() || letters[at].is_whitespace() || letters[at].is_ascii_punctuation() {
                    push_left(&mut left, &mut pieces);
                } else {
                    left.extend(&letters[at..at + length]);
                }
                at += length;
            } else {
                left.push(letters[at]);
                at += 1;
            }
        }
        push_left(&mut left, &mut pieces);
        pieces
    }

    fn longest_at(&self, letters: &[char], dictionary: &Dictionary) -> Option<(usize, Condition, String)> {
        let plain = (1..=self.longest.min(letters.len())).rev().find_map(|length| {
            let word: String = letters[..length].iter().collect();
            self.plain.get(word.as_str()).map(|m| (length, m))
        });
        let pattern = self
            .patterns
            .iter()
            .filter_map(|p| p.matched(letters).map(|(length, numbers)| (length, p, numbers)))
            .max_by_key(|(length, ..)| *length);
        match (plain, pattern) {
            (plain, Some((length, pattern, numbers))) if plain.is_none_or(|(l, _)| length > l) => {
                let sheet = Sheet::new("", "");
                let condition = Condition::read(&filled(&pattern.means, &numbers), dictionary, &sheet)?;
                let chip = match &pattern.chip {
                    Some(chip) => filled_text(chip, &numbers),
                    None => condition.in_words(dictionary),
                };
                Some((length, condition, chip))
            }
            (Some((length, meaning)), _) => {
                let chip = match &meaning.chip {
                    Some(chip) => chip.to_string(),
                    None => meaning.condition.in_words(dictionary),
                };
                Some((length, meaning.condition.clone(), chip))
            }
            (None, _) => None,
        }
    }

    fn joint_at(&self, letters: &[char]) -> Option<usize> {
        if letters[0].is_whitespace() || "、，,；;+＋".contains(letters[0]) {
            return Some(1);
        }
        let starts = |word: &Arc<str>| word.chars().zip(letters).all(|(a, b)| a == *b) && word.chars().count() <= letters.len();
        self.joints.iter().find(|w| starts(w)).map(|w| w.chars().count())
    }

    pub(crate) fn read(sheet: &Sheet, dictionary: &Dictionary) -> Words {
        let mut words = Words::default();
        let root = sheet.parse();
        let Some(file) = root.as_ref().and_then(|root| Fields::of(root, "办公用语文件", sheet)) else { return words };
        words.joints = file.texts("joints");
        for fields in file.rows("codes_of", "代码词") {
            fields.need("fact");
            let without = fields.texts("without");
            if let Some(fact) = fact_index(&fields, "fact", dictionary) {
                words.add_codes_of(fact, &without, dictionary);
            }
            fields.finish();
        }
        for fields in file.rows("word", "用语") {
            words.read_word(&fields, dictionary);
            fields.finish();
        }
        file.finish();
        words.longest = words.plain.keys().map(|w| w.chars().count()).max().unwrap_or(0);
        words
    }

    fn read_word(&mut self, fields: &Fields, dictionary: &Dictionary) {
        let sheet = fields.sheet;
        fields.need("says");
        let says = fields.texts("says");
        let chip = fields.maybe_text("chip");
        let Some(means) = fields.need("means") else { return };
        for word in says {
            let parts = parts_of(&word);
            let names = parts.iter().filter_map(|p| match p {
                Part::Number(name) => Some((name.clone(), 1)),
                Part::Letters(_) => None,
            });
            let ones: Numbers = names.collect();
            // A pattern is read once with ones in its places, so that its faults show when it is loaded.
            let Some(condition) = Condition::read(&filled(means, &ones), dictionary, sheet) else { return };
            if ones.is_empty() {
                self.plain.insert(word, Meaning { condition, chip: chip.clone() });
            } else {
                self.patterns.push(Pattern { parts, means: means.clone(), chip: chip.clone() });
            }
        }
    }

    /// Names, aliases and groups of a fact's code table are words for it.
    fn add_codes_of(&mut self, fact: usize, without: &[Arc<str>], dictionary: &Dictionary) {
        let fact = &dictionary.facts[fact];
        let Some(table) = dictionary.table_of(fact).filter(|_| fact.kind == Kind::Code) else { return };
        let mut add = |word: &Arc<str>, is: crate::Operator| {
            // One letter alone (`满`, `子`) means too much.
            if word.chars().count() > 1 && !without.contains(word) {
                let meaning = Meaning { condition: Condition::test(fact, is), chip: None };
                self.plain.entry(word.clone()).or_insert(meaning);
            }
        };
        for code in &table.values {
            for group in &code.groups {
                add(group, crate::Operator::WithinGroup(group.clone()));
            }
        }
        for code in &table.values {
            for word in std::iter::once(&code.name).chain(&code.aliases) {
                add(word, crate::Operator::Is(vocabulary::Value::Text(code.name.clone())));
            }
        }
    }
}

fn push_left(left: &mut String, pieces: &mut Vec<Piece>) {
    let text = std::mem::take(left);
    if !text.trim().is_empty() {
        let text = text.trim().to_owned();
        pieces.push(Piece { chip: text.clone(), text, condition: None });
    }
}

/// Full-width digits and letters as half-width ones.
fn narrow(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '　' => ' ',
        other => other,
    }
}

impl Pattern {
    /// How many letters it takes from the start, and its numbers.
    fn matched(&self, letters: &[char]) -> Option<(usize, Numbers)> {
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

fn parts_of(word: &str) -> Vec<Part> {
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
fn filled(node: &Node, numbers: &Numbers) -> Node {
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
fn filled_text(text: &str, numbers: &Numbers) -> String {
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
