//! 关口: may this step be completed, and if not, everything that is missing.

use crate::{Dictionary, FactSet, Institution};
use vocabulary::{Day, Finding, Findings, Saw, Truth, Weight};

impl Institution {
    /// Everything that stands between `step` and its completion: rules of the step, required fields, papers not on
    /// file, and the step's own gate. `papers_on_file` are ids of `papers.toml`. Empty for a step that is not asked here.
    pub fn gate(&self, dictionary: &Dictionary, facts: &FactSet, on: Day, step: &str, papers_on_file: &[&str]) -> Findings {
        let Some(step) = self.step(step) else { return Findings::default() };
        let all = self.derive(facts, on);
        let applies = step.applies.as_ref().map_or(Truth::True, |c| c.evaluate(dictionary, &all));
        if applies == Truth::False {
            return Findings::default();
        }
        let mut findings = self.examine_step(dictionary, facts, on, &step.id);
        let mut more = Vec::new();
        let says = |rule: String, weight, says: String, next: String| Finding {
            rule,
            weight,
            says,
            citation: step.source.clone(),
            saw: Vec::new(),
            due: None,
            next: Some(next),
            unsure: false,
        };
        for field in step.fields.iter().filter(|f| f.required) {
            let Some(fact) = field.fact else { continue };
            if all.get(fact).is_none() {
                let mut finding = says(
                    format!("{}.{}", step.id, field.id),
                    Weight::CannotJudge,
                    format!("“{}”尚未填写", field.label),
                    format!("请在“{}”填写{}", step.title, field.label),
                );
                finding.saw.push(Saw {
                    fact: dictionary.facts[fact].id.to_string(),
                    name: field.label.to_string(),
                    value: None,
                    asked: "须填写".into(),
                    origin: None,
                });
                more.push(finding);
            }
        }
        for paper in step.papers.iter().filter(|p| !papers_on_file.contains(&&***p)) {
            let title = self.paper(paper).map_or("", |p| &p.title);
            more.push(says(
                format!("{}.{paper}", step.id),
                Weight::Refuse,
                format!("缺少材料《{title}》"),
                format!("请补齐《{title}》"),
            ));
        }
        if let Some(gate) = &step.gate {
            let weight = match gate.evaluate(dictionary, &all) {
                Truth::True => None,
                Truth::False => Some(Weight::Refuse),
                Truth::Unknown => Some(Weight::CannotJudge),
            };
            if let Some(weight) = weight {
                let needs = gate.in_words(dictionary);
                more.push(says(
                    format!("{}.gate", step.id),
                    weight,
                    format!("完成“{}”须{needs}", step.title),
                    format!("请核对：{needs}"),
                ));
            }
        }
        findings.add(Findings::new(more));
        findings
    }
}
