//! 例: a named situation with the verdict that is expected; read by officials, run by `check` and by the tests.

use crate::condition::read::read_value;
use crate::dictionary::Dictionary;
use crate::dictionary::load::unknown_fact;
use crate::fault::{Fault, Spot};
use crate::institution::Institution;
use crate::reading::{Fields, Node, Shape, Sheet};
use crate::rule::Rule;
use crate::source::{Sure, known_id, sure};
use crate::FactSet;
use std::sync::Arc;
use vocabulary::{Day, Findings, Value, Weight};

/// Given these facts on that day, the rules must say this and, of the listed weights, nothing else.
#[derive(Clone, Debug)]
pub struct Example {
    pub name: Arc<str>,
    pub on: Day,
    pub facts: FactSet,
    /// Asked at the end of this step; None: the rules about person and proposal.
    pub step: Option<Arc<str>>,
    /// Rules that must refuse; exactly these.
    pub expect: Vec<Arc<str>>,
    /// Rules that must warn; exactly these.
    pub warns: Vec<Arc<str>>,
    /// Rules that must ask for an approval; exactly these.
    pub approvals: Vec<Arc<str>>,
    /// Rules with the day by which something is due; exactly these.
    pub dues: Vec<(Arc<str>, Day)>,
    /// Rules that must be silent.
    pub passes: Vec<Arc<str>>,
    /// Rules that must say that they cannot judge.
    pub cannot_judge: Vec<Arc<str>>,
    /// Facts (by index) that must be derived with these values.
    pub derived: Vec<(usize, Value)>,
    /// Where the case comes from: `case 3`, `art 8(3)`.
    pub basis: Arc<str>,
    pub sure: Sure,
    spot: Spot,
}

impl Example {
    /// What does not come out as expected; empty when it holds.
    pub fn run(&self, institution: &Institution, dictionary: &Dictionary) -> Vec<String> {
        let found = match &self.step {
            Some(step) => institution.examine_step(dictionary, &self.facts, self.on, step),
            None => institution.examine(dictionary, &self.facts, self.on),
        };
        let mut wrong = Vec::new();
        for (weight, expected) in
            [(Weight::Refuse, &self.expect), (Weight::Warn, &self.warns), (Weight::NeedsApproval, &self.approvals)]
        {
            same(weight, expected, &of_weight(&found, weight), &mut wrong);
        }
        let due: Vec<Arc<str>> = self.dues.iter().map(|(rule, _)| rule.clone()).collect();
        same(Weight::Due, &due, &of_weight(&found, Weight::Due), &mut wrong);
        for (rule, day) in &self.dues {
            let said = found.iter().find(|f| f.rule == **rule).and_then(|f| f.due);
            if said != Some(*day) {
                let said = said.map_or("没有日期".to_owned(), |d| d.to_string());
                wrong.push(format!("`{rule}` 的期限应为 {day}，算出来是 {said}"));
            }
        }
        for rule in &self.passes {
            if let Some(finding) = found.iter().find(|f| f.rule == **rule) {
                let why = finding.next.as_deref().unwrap_or("");
                wrong.push(format!("`{rule}` 应当通过，结果是“{}”{why}", finding.weight.says()));
            }
        }
        let unjudged = of_weight(&found, Weight::CannotJudge);
        for rule in &self.cannot_judge {
            if !unjudged.contains(&&**rule) {
                wrong.push(format!("`{rule}` 应当无法判断"));
            }
        }
        self.compare_derived(institution, dictionary, &mut wrong);
        wrong
    }

    fn compare_derived(&self, institution: &Institution, dictionary: &Dictionary, wrong: &mut Vec<String>) {
        if self.derived.is_empty() {
            return;
        }
        let all = institution.derive(&self.facts, self.on);
        for (fact, expected) in &self.derived {
            let value = all.get(*fact);
            if value != Some(expected) {
                let name = &dictionary.facts[*fact].name;
                let said = value.map_or("没有".to_owned(), Value::to_string);
                wrong.push(format!("“{name}”应为 {expected}，算出来是 {said}"));
            }
        }
    }

    /// The fault that points at this example.
    pub(crate) fn fault(&self, wrong: &[String]) -> Fault {
        let says = format!("例“{}”不成立：{}", self.name, wrong.join("；"));
        Fault::at(self.spot.clone(), says, Some("改规则，或改这个例".into()), Some("例由懂政策的人写，规则必须合乎例"))
    }
}

fn of_weight(found: &Findings, weight: Weight) -> Vec<&str> {
    found.iter().filter(|f| f.weight == weight).map(|f| f.rule.as_str()).collect()
}

fn same(weight: Weight, expected: &[Arc<str>], said: &[&str], wrong: &mut Vec<String>) {
    for rule in expected.iter().filter(|e| !said.contains(&&***e)) {
        wrong.push(format!("`{rule}` 应为“{}”，规则没有这样说", weight.says()));
    }
    for rule in said.iter().filter(|s| !expected.iter().any(|e| **e == ***s)) {
        wrong.push(format!("`{rule}` 说“{}”，例里没有", weight.says()));
    }
}

pub(crate) fn read_examples(sheet: &Sheet, dictionary: &Dictionary, rules: &[Rule], steps: &[Arc<str>]) -> Vec<Example> {
    let root = sheet.parse();
    let Some(file) = root.as_ref().and_then(|root| Fields::of(root, "例子文件", sheet)) else { return Vec::new() };
    let mut examples = Vec::new();
    for fields in file.rows("example", "例") {
        let facts = values(fields.maybe("facts"), dictionary, sheet);
        let derived = values(fields.maybe("derived"), dictionary, sheet);
        let mut set = FactSet::new(dictionary);
        for (fact, value) in facts {
            set.set(fact, Some(value));
        }
        let ids = |key| rule_ids(&fields, key, rules);
        let name = fields.text("name");
        let on = fields.day("on");
        let example = on.map(|on| Example {
            name,
            on,
            facts: set,
            step: known_id(&fields, "step", "步骤", steps.iter().map(|s| &**s)),
            expect: ids("expect"),
            warns: ids("warns"),
            approvals: ids("approvals"),
            dues: dues(&fields, rules),
            passes: ids("passes"),
            cannot_judge: ids("cannot_judge"),
            derived,
            basis: fields.maybe_text("basis").unwrap_or_default(),
            sure: sure(&fields).unwrap_or(Sure::D),
            spot: sheet.spot(fields.at.clone()),
        });
        examples.extend(example);
        fields.finish();
    }
    file.finish();
    examples
}

/// `facts = { "age" = 36, "proposal.step" = "平级转任" }`, typed by the dictionary.
pub(crate) fn values(node: Option<&Node>, dictionary: &Dictionary, sheet: &Sheet) -> Vec<(usize, Value)> {
    let Some(node) = node else { return Vec::new() };
    let Shape::Table(entries) = &node.shape else {
        sheet.fault(node.at.clone(), "应写成 { \"事实\" = 值 }".into(), None, None);
        return Vec::new();
    };
    let mut found = Vec::new();
    for (key, value) in entries {
        match dictionary.fact(&key.text) {
            Some(fact) => found.extend(read_value(value, fact, dictionary, sheet).map(|v| (fact.index, v))),
            None => unknown_fact(sheet, key.at.clone(), &key.text, dictionary),
        }
    }
    found
}

fn rule_ids(fields: &Fields, key: &'static str, rules: &[Rule]) -> Vec<Arc<str>> {
    let written = fields.texts(key);
    for id in &written {
        let at = fields.maybe(key).map_or(fields.at.clone(), |n| n.at.clone());
        must_be_rule(fields.sheet, at, id, rules);
    }
    written
}

fn dues(fields: &Fields, rules: &[Rule]) -> Vec<(Arc<str>, Day)> {
    let Some(Node { shape: Shape::Table(entries), .. }) = fields.maybe("dues") else { return Vec::new() };
    let mut found = Vec::new();
    for (key, node) in entries {
        must_be_rule(fields.sheet, key.at.clone(), &key.text, rules);
        match crate::reading::as_date(node).and_then(vocabulary::Date::exact) {
            Some(day) => found.push((key.text.clone(), day)),
            None => fields.sheet.fault(node.at.clone(), format!("期限应是日期，这里是{}", node.described()), None, None),
        }
    }
    found
}

fn must_be_rule(sheet: &Sheet, at: std::ops::Range<usize>, id: &str, rules: &[Rule]) {
    if !rules.iter().any(|r| &*r.id == id) {
        sheet.unknown(at, format!("没有规则 `{id}`"), id, rules.iter().map(|r| &*r.id), None);
    }
}
