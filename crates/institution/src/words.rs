//! 办公用语: words of the office and the tests behind them, from `institutions/words.toml`.

mod pattern;

use crate::condition::Condition;
use crate::dictionary::{Dictionary, Kind};
use crate::reading::{Fields, Sheet};
use crate::rule::fact_index;
use pattern::{Numbers, Part, Pattern, filled, filled_text, parts_of};
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
            } else if separates(letters[at]) {
                push_left(&mut left, &mut pieces);
                at += 1;
            } else if let Some(length) = self.joint_at(&letters[at..], dictionary).filter(|_| left.is_empty()) {
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

    /// A joint only joins before something understood; inside or before a name (`和平村`) it is a letter.
    fn joint_at(&self, letters: &[char], dictionary: &Dictionary) -> Option<usize> {
        self.joints.iter().find_map(|word| {
            let length = word.chars().count();
            let stands = length <= letters.len() && word.chars().zip(letters).all(|(a, b)| a == *b);
            let rest = letters.get(length..)?;
            let joins = || self.longest_at(rest, dictionary).is_some() || self.joint_at(rest, dictionary).is_some();
            (stands && !rest.is_empty() && joins()).then_some(length)
        })
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

fn separates(c: char) -> bool {
    c.is_whitespace() || "、，,；;+".contains(c)
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
