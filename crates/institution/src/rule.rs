//! 规则: the words of the source, and what the machine checks.

use crate::condition::Condition;
use crate::derive::{Derived, read_derived};
use crate::dictionary::Dictionary;
use crate::dictionary::load::unknown_fact;
use crate::length::Length;
use crate::reading::{Fields, Shape, Sheet};
use crate::source::{Checked, InForce, Sure, checked, citation, in_force, known_id, sure};
use std::sync::Arc;
use vocabulary::{Citation, Weight};

/// One rule of an institution. It is broken where `applies` holds and `requires` does not.
#[derive(Clone, Debug)]
pub struct Rule {
    pub id: Arc<str>,
    /// The sentence of the regulation, in our words.
    pub says: Arc<str>,
    pub source: Citation,
    pub sure: Sure,
    pub checked: Option<Checked>,
    /// Always, when it is empty.
    pub applies: Option<Condition>,
    /// What must hold; a `forbids` is kept as its negation.
    pub requires: Condition,
    pub weight: Weight,
    /// What to do next, when it is broken.
    pub next: Option<Arc<str>>,
    pub in_force: InForce,
    /// For `Weight::Due`: until when.
    pub due: Option<Due>,
    /// Who may let it pass: `上级党委组织部`; empty for rules that nobody may waive.
    pub overridable_by: Option<Arc<str>>,
    /// Index of the fact in which that approval, or the reason, is recorded.
    pub recorded_in: Option<usize>,
    /// The step at whose end it is asked; None: about the person and the proposal, asked from the start.
    pub step: Option<Arc<str>>,
}

/// Done by the end of `length` after the day in `fact`.
#[derive(Clone, Copy, Debug)]
pub struct Due {
    pub fact: usize,
    pub length: Length,
}

impl Rule {
    /// Every fact that the rule reads.
    pub fn facts(&self, found: &mut Vec<usize>) {
        if let Some(applies) = &self.applies {
            applies.facts(found);
        }
        self.requires.facts(found);
        found.extend(self.due.map(|d| d.fact));
        found.extend(self.recorded_in);
    }
    /// Does the wording still await a check against the official text?
    pub fn unsure(&self) -> bool {
        self.checked.is_none() || self.sure >= Sure::C
    }
}

/// 由人判断: said, and left alone.
#[derive(Clone, Debug, serde::Serialize)]
pub struct JudgedByPeople {
    pub id: Arc<str>,
    pub says: Arc<str>,
    pub source: Citation,
    pub sure: Sure,
    /// The step whose form asks people for evidence.
    pub asked_in: Option<Arc<str>>,
}

const WEIGHTS: [(&str, Weight); 4] = [
    ("refuse", Weight::Refuse),
    ("needs_approval", Weight::NeedsApproval),
    ("warn", Weight::Warn),
    ("due", Weight::Due),
];

/// What rules of one institution share while they are read.
pub(crate) struct Around<'a> {
    pub dictionary: &'a Dictionary,
    pub in_force: InForce,
    /// Ids of the procedure's steps.
    pub steps: &'a [Arc<str>],
}

impl Around<'_> {
    pub fn steps(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().map(|s| &**s)
    }
}

pub(crate) fn read_rules(sheet: &Sheet, around: &Around) -> (Vec<Rule>, Vec<JudgedByPeople>, Vec<Derived>) {
    let root = sheet.parse();
    let Some(file) = root.as_ref().and_then(|root| Fields::of(root, "规则文件", sheet)) else {
        return Default::default();
    };
    let mut rules: Vec<Rule> = Vec::new();
    for fields in file.rows("rule", "规则") {
        if let Some(rule) = read_rule(&fields, around) {
            if rules.iter().any(|r| r.id == rule.id && r.in_force.overlaps(rule.in_force)) {
                let help = "同一规则的前后两种写法，施行期间不能重叠";
                fields.sheet.fault(fields.at.clone(), format!("规则 `{}` 写了两次", rule.id), None, Some(help));
            }
            rules.push(rule);
        }
        fields.finish();
    }
    let mut people = Vec::new();
    for fields in file.rows("judged_by_people", "由人判断的条件") {
        let id = fields.text("id");
        let says = fields.text("says");
        let sure = sure(&fields).unwrap_or(Sure::D);
        let asked_in = known_id(&fields, "asked_in", "步骤", around.steps());
        if let Some(source) = citation(&fields) {
            people.push(JudgedByPeople { id, says, source, sure, asked_in });
        }
        fields.finish();
    }
    let derived = read_derived(&file, around.dictionary, sheet);
    file.finish();
    (rules, people, derived)
}

fn read_rule(fields: &Fields, around: &Around) -> Option<Rule> {
    let dictionary = around.dictionary;
    let condition = |key| fields.maybe(key).map(|node| Condition::read(node, dictionary, fields.sheet));
    let id = fields.text("id");
    let says = fields.text("says");
    let source = citation(fields);
    let weight = {
        fields.need("weight");
        fields.choice("weight", &WEIGHTS)
    };
    let applies = condition("applies");
    let requires = match (condition("requires"), condition("forbids")) {
        (Some(requires), None) => requires,
        (None, Some(forbids)) => forbids.map(|f| Condition::Not(Box::new(f))),
        (None, None) => {
            fields.need("requires");
            None
        }
        (Some(_), Some(_)) => {
            let says = format!("规则 `{id}` 同时写了 `requires` 和 `forbids`");
            fields.sheet.fault(fields.at.clone(), says, None, Some("写一个；两个意思写两条规则"));
            None
        }
    };
    let due = read_due(fields, dictionary);
    if (weight == Some(Weight::Due)) != due.is_some() && weight.is_some() && fields.key("due").is_none() {
        fields.sheet.fault(fields.at.clone(), format!("规则 `{id}` 是限期完成，缺少 `due`"), None, None);
    }
    Some(Rule {
        says,
        sure: sure(fields).unwrap_or(Sure::D),
        checked: checked(fields),
        next: fields.maybe_text("next"),
        in_force: in_force(fields, around.in_force),
        overridable_by: fields.maybe_text("overridable_by"),
        recorded_in: fact_index(fields, "recorded_in", dictionary),
        step: known_id(fields, "step", "步骤", around.steps()),
        due,
        id,
        source: source?,
        applies: match applies {
            Some(read) => Some(read?),
            None => None,
        },
        requires: requires?,
        weight: weight?,
    })
}

fn read_due(fields: &Fields, dictionary: &Dictionary) -> Option<Due> {
    let node = fields.maybe("due")?;
    let table = Fields::of(node, "期限", fields.sheet)?;
    let fact = fact_index(&table, "fact", dictionary);
    let length = Length::read(&table);
    table.finish();
    Some(Due { fact: fact?, length: length? })
}

/// The index of the fact named under `key`; an unknown one is a fault.
pub(crate) fn fact_index(fields: &Fields, key: &'static str, dictionary: &Dictionary) -> Option<usize> {
    let node = fields.maybe(key)?;
    let Shape::Text(id) = &node.shape else {
        fields.maybe_text(key);
        return None;
    };
    match dictionary.fact(id) {
        Some(fact) => Some(fact.index),
        None => {
            unknown_fact(fields.sheet, node.at.clone(), id, dictionary);
            None
        }
    }
}
