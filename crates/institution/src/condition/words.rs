//! Conditions in office Chinese, whole and one by one for chips.

use super::{Condition, Operator, Test};
use crate::dictionary::{Dictionary, Fact, Kind};
use vocabulary::Value;

impl Condition {
    /// `性别为女，且年龄不超过36岁`
    pub fn in_words(&self, dictionary: &Dictionary) -> String {
        match self {
            Condition::All(parts) if parts.is_empty() => "不限".into(),
            Condition::Any(parts) if parts.is_empty() => "无一符合".into(),
            Condition::All(parts) => joined(parts, "，且", dictionary),
            Condition::Any(parts) => joined(parts, "，或", dictionary),
            Condition::Not(part) => format!("并非（{}）", part.in_words(dictionary)),
            Condition::Test(test) => test.in_words(dictionary),
        }
    }
}

fn joined(parts: &[Condition], joint: &str, dictionary: &Dictionary) -> String {
    let several = |c: &Condition| matches!(c, Condition::All(p) | Condition::Any(p) if p.len() > 1);
    let words: Vec<String> = parts
        .iter()
        .map(|p| match parts.len() > 1 && several(p) {
            true => format!("（{}）", p.in_words(dictionary)),
            false => p.in_words(dictionary),
        })
        .collect();
    words.join(joint)
}

impl Test {
    /// `年龄不超过36岁`: one chip.
    pub fn in_words(&self, dictionary: &Dictionary) -> String {
        let Some(fact) = dictionary.facts.get(self.fact) else { return self.id.to_string() };
        let name = fact.spoken();
        match &self.is {
            Operator::Known(true) => format!("有{name}记录"),
            Operator::Known(false) => format!("没有{name}记录"),
            Operator::Is(Value::Yes(yes)) => format!("{name}：{}", Value::Yes(*yes)),
            Operator::IsNot(Value::Yes(yes)) => format!("{name}：{}", Value::Yes(!yes)),
            _ => format!("{name}{}", self.asked(dictionary)),
        }
    }

    /// What is asked of the value, without the fact's name: `不少于24月`.
    pub fn asked(&self, dictionary: &Dictionary) -> String {
        let Some(fact) = dictionary.facts.get(self.fact) else { return String::new() };
        let value = |v: &Value| with_unit(v, fact);
        let list = |values: &[Value]| values.iter().map(value).collect::<Vec<_>>().join("、");
        let name = |index: usize| dictionary.facts.get(index).map_or("", |f| f.spoken());
        let least = least_word(fact.kind);
        let most = most_word(fact.kind);
        match &self.is {
            Operator::Is(v) => format!("为{}", value(v)),
            Operator::IsNot(v) => format!("不为{}", value(v)),
            Operator::OneOf(values) => format!("为{}之一", list(values)),
            Operator::AtLeast(v) => format!("{least}{}", value(v)),
            Operator::AtMost(v) => format!("{most}{}", value(v)),
            Operator::WithinGroup(group) => format!("属于{group}"),
            Operator::WithinDates(from, until) => format!("自{from}起、{until}前"),
            Operator::StartsWith(text) => format!("以“{text}”开头"),
            Operator::Contains(text) => format!("含“{text}”"),
            Operator::Known(true) => "有记录".into(),
            Operator::Known(false) => "没有记录".into(),
            Operator::AtLeastPart { of, part, .. } => format!("不少于{}的{}/{}", name(*of), part.0, part.1),
            Operator::MoreThanPart { of, part, .. } => format!("超过{}的{}/{}", name(*of), part.0, part.1),
            Operator::AtLeastFact(other, _) => format!("{least}{}", name(*other)),
            Operator::AtMostFact(other, _) => format!("{most}{}", name(*other)),
            Operator::IsFact(other, _) => format!("与{}相同", name(*other)),
        }
    }
}

impl Test {
    /// What is asked of the value where the test must not hold: `少于2届`.
    pub fn asked_not(&self, dictionary: &Dictionary) -> String {
        let Some(fact) = dictionary.facts.get(self.fact) else { return String::new() };
        let kind = fact.kind;
        let opposite = match &self.is {
            Operator::Is(Value::Yes(yes)) => Operator::Is(Value::Yes(!yes)),
            Operator::Is(v) => Operator::IsNot(v.clone()),
            Operator::IsNot(v) => Operator::Is(v.clone()),
            Operator::Known(known) => Operator::Known(!known),
            // What is not at least so much is less: the word for it, without 不.
            Operator::AtLeast(_) | Operator::AtLeastFact(..) => return self.asked(dictionary).replacen(least_word(kind), &least_word(kind)["不".len()..], 1),
            Operator::AtMost(_) | Operator::AtMostFact(..) => return self.asked(dictionary).replacen(most_word(kind), &most_word(kind)["不".len()..], 1),
            Operator::AtLeastPart { .. } => return self.asked(dictionary).replacen("不少于", "少于", 1),
            Operator::IsFact(other, _) => return format!("与{}不同", dictionary.facts.get(*other).map_or("", |f| f.spoken())),
            Operator::WithinDates(from, until) => return format!("在{from}前，或{until}起"),
            _ => return format!("不{}", self.asked(dictionary)),
        };
        Test { is: opposite, ..self.clone() }.asked(dictionary)
    }
}

impl Fact {
    /// The name without a year in it: `上年度考核` for `{year-1}年度考核`.
    pub fn spoken(&self) -> &str {
        match self.aliases.first() {
            Some(alias) if self.name.contains('{') => alias,
            _ => &self.name,
        }
    }
}

fn with_unit(value: &Value, fact: &Fact) -> String {
    match value {
        Value::Number(_) | Value::Between { .. } => format!("{value}{}", fact.unit),
        _ => value.to_string(),
    }
}

fn least_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Date => "不早于",
        Kind::Code => "不低于",
        _ => "不少于",
    }
}
fn most_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Date => "不晚于",
        Kind::Code => "不高于",
        _ => "不超过",
    }
}
