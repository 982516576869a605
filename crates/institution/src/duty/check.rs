//! 核对: numbers of one form that must fit each other: votes that add up, a part that must be reached.

use super::{DutyField, FieldKind};
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
        }
    }

    pub(super) fn read(fields: &Fields, form: &[DutyField]) -> Option<Check> {
        let known = |id: &Arc<str>, node: Option<&Node>| {
            if !form.iter().any(|f| f.id == *id && f.kind == FieldKind::Number) {
                let at = node.map_or(fields.at.clone(), |n| n.at.clone());
                let numbers = form.iter().filter(|f| f.kind == FieldKind::Number).map(|f| &*f.id);
                fields.sheet.unknown(at, format!("没有数字填写项 `{id}`"), id, numbers, None);
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
        let (field, of) = (fields.text("field"), fields.text("of"));
        known(&field, fields.maybe("field"));
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
