//! 相符: the rules that were asked and had nothing to say.

use super::Examination;
use crate::Result;
use crate::known::in_force;
use institution::FactSet;
use registry::Desk;
use vocabulary::{Citation, Truth};

/// A rule that is met.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Passed {
    pub rule: String,
    pub says: String,
    pub citation: Citation,
}

/// The rules about person and proposal that apply and are met, in the order of the institution. A rule that does not
/// apply is neither met nor broken and is not counted.
pub fn passed(desk: &Desk, examination: &Examination) -> Result<Vec<Passed>> {
    let institution = in_force(desk, &examination.institution, examination.on)?;
    let dictionary = desk.dictionary();
    let mut facts = FactSet::new(dictionary);
    for used in &examination.facts {
        if let Some(fact) = dictionary.fact(&used.id) {
            facts.set(fact.index, Some(used.value.clone()));
        }
    }
    let facts = institution.derive(&facts, examination.on);
    let spoke = |id: &str| examination.findings.iter().any(|f| f.rule == id);
    Ok(institution
        .rules
        .iter()
        .filter(|r| r.step.is_none() && r.in_force.holds_on(examination.on) && !spoke(&r.id))
        .filter(|r| {
            r.applies
                .as_ref()
                .is_none_or(|c| c.evaluate(dictionary, &facts) == Truth::True)
        })
        .filter(|r| r.requires.evaluate(dictionary, &facts) == Truth::True)
        .map(|r| Passed {
            rule: r.id.to_string(),
            says: r.says.to_string(),
            citation: r.source.clone(),
        })
        .collect())
}
