//! 核对: numbers of one form that must fit each other: votes that add up, a part that must be reached.

use crate::reading::{Fields, Node};
use std::sync::Arc;

/// What the numbers of a form must satisfy; a field that is empty counts as nothing.
#[derive(Clone, Debug)]
pub struct Check {
    /// In words, as a refusal says it.
    pub says: Arc<str>,
    test: Test,
}

#[derive(Clone, Debug)]
enum Test {
    /// These together make that one.
    Sum { fields: Vec<Arc<str>>, equals: Arc<str> },
    /// At least, or at most, such a part of that one.
    Part { field: Arc<str>, part: (i64, i64), most: bool, of: Arc<str> },
    /// At least, or at most, so many.
    Limit { field: Arc<str>, most: bool, limit: i64 },
}

impl Check {
    /// Do the numbers fit? `number` answers what stands in a field.
    pub fn holds(&self, number: impl Fn(&str) -> i64) -> bool {
        match &self.test {
            Test::Sum { fields, equals } => fields.iter().map(|f| number(f)).sum::<i64>() == number(equals),
            Test::Part { field, part: (a, b), most, of } => {
                let (left, right) = (number(field) * b, number(of) * a);
                if *most { left <= right } else { left >= right }
            }
            Test::Limit { field, most, limit } => if *most { number(field) <= *limit } else { number(field) >= *limit },
        }
    }

    /// `numbers` are the names of the numbers that may be asked about.
    pub(crate) fn read(fields: &Fields, numbers: &[Arc<str>]) -> Option<Check> {
        let known = |id: &Arc<str>, node: Option<&Node>| {
            if !numbers.contains(id) {
                let at = node.map_or(fields.at.clone(), |n| n.at.clone());
                fields.sheet.unknown(at, format!("没有数字填写项 `{id}`"), id, numbers.iter().map(|n| &**n), None);
            }
        };
        let says = fields.text("says");
        let sum = fields.texts("sum");
        if !sum.is_empty() {
            let equals = fields.text("equals");
            for id in &sum {
                known(id, fields.maybe("sum"));
            }
            known(&equals, fields.maybe("equals"));
            return Some(Check { says, test: Test::Sum { fields: sum, equals } });
        }
        let field = fields.text("field");
        known(&field, fields.maybe("field"));
        if fields.maybe("of").is_none() {
            let (least, most) = (number(fields, "at_least"), number(fields, "at_most"));
            return match least.or(most) {
                Some(limit) => Some(Check { says, test: Test::Limit { field, most: least.is_none(), limit } }),
                None => {
                    fields.sheet.fault(fields.at.clone(), "核对写成 field 和 at_least（或 at_most）一个数，或 \"1/2\" 和 of".into(), None, None);
                    None
                }
            };
        }
        let of = fields.text("of");
        known(&of, fields.maybe("of"));
        let (least, most) = (fields.maybe_text("at_least"), fields.maybe_text("at_most"));
        let text = least.as_ref().or(most.as_ref());
        let part = text.and_then(|t| t.split_once('/')).and_then(|(a, b)| Some((a.trim().parse().ok()?, b.trim().parse().ok()?)));
        match part {
            Some((a, b)) if b > 0 => Some(Check { says, test: Test::Part { field, part: (a, b), most: least.is_none(), of } }),
            _ => {
                fields.sheet.fault(fields.at.clone(), "核对写成 sum 和 equals，或 field、at_least（或 at_most）\"1/2\"、of".into(), None, None);
                None
            }
        }
    }
}

fn number(fields: &Fields, key: &'static str) -> Option<i64> {
    fields.maybe(key)?;
    fields.maybe_number(key)
}
