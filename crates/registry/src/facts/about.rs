//! Reads facts of subjects: the same SQL as the ledgers', turned into values for rules, forms and pages.

use super::question::Bound;
use crate::{Desk, Result};
use institution::{Fact, Kind, Subject};
use std::collections::HashMap;
use store::Row;
use vocabulary::{Date, Value};

/// One subject and what was asked of it, in the order asked.
#[derive(Clone, Debug, PartialEq)]
pub struct FactRow {
    pub number: i64,
    pub values: Vec<Option<Value>>,
}

/// How the columns of a select become values again.
pub struct Shape {
    /// Column of each fact's value, its kind, and whether two columns with the bounds follow.
    facts: Vec<(usize, Kind, bool)>,
}

impl Shape {
    /// Select expressions for `facts`, beginning at column `first` of the statement.
    pub fn select(question: &super::Question, facts: &[&Fact], first: usize) -> (Shape, Vec<String>) {
        let (mut shape, mut select) = (Vec::with_capacity(facts.len()), Vec::new());
        for fact in facts {
            let bounded = question.has_bounds(fact);
            shape.push((first + select.len(), fact.kind, bounded));
            select.push(question.value(fact.subject, &fact.id));
            if bounded {
                select.push(question.bounded(fact.subject, &fact.id, Bound::Low));
                select.push(question.bounded(fact.subject, &fact.id, Bound::High));
            }
        }
        (Shape { facts: shape }, select)
    }

    /// The first fact's value alone, bounds left aside: for counts by group.
    pub fn first(&self, row: &Row) -> Option<Value> {
        self.facts.first().and_then(|(at, kind, _)| value(row, *at, *kind, false))
    }

    pub fn values(&self, row: &Row) -> Vec<Option<Value>> {
        self.facts.iter().map(|(at, kind, bounded)| value(row, *at, *kind, *bounded)).collect()
    }
}

fn value(row: &Row, at: usize, kind: Kind, bounded: bool) -> Option<Value> {
    match kind {
        Kind::Text | Kind::Code => row.shared_text(at).filter(|t| !t.is_empty()).map(Value::Text),
        Kind::Date => row.opt_text(at).and_then(|t| t.parse::<Date>().ok()).map(Value::Date),
        Kind::YesNo => row.opt_int(at).map(|n| Value::Yes(n != 0)),
        Kind::Number | Kind::Reference => {
            let n = row.opt_int(at)?;
            match (bounded, row.opt_int(at + 1), row.opt_int(at + 2)) {
                (true, Some(low), Some(high)) if low != high => Some(Value::Between { at: n, low, high }),
                _ => Some(Value::Number(n)),
            }
        }
    }
}

/// Lists are asked in these lengths, filled up with a number that nobody has: the text of a statement stays the same
/// from page to page, so the database prepares it once.
const LENGTHS: [usize; 4] = [1, 8, 50, 500];
const NOBODY: i64 = -1;

/// The facts (of one kind of subject) about these subjects, as of the desk's day. Rows that the desk may not see, or that
/// do not exist on that day, are missing from the answer.
pub fn about(desk: &Desk, subject: Subject, numbers: &[i64], facts: &[&Fact]) -> Result<Vec<FactRow>> {
    let mut out = Vec::with_capacity(numbers.len());
    for chunk in numbers.chunks(LENGTHS[LENGTHS.len() - 1]) {
        let length = LENGTHS.into_iter().find(|l| *l >= chunk.len()).unwrap_or(chunk.len());
        let mut question = desk.question();
        let filled = chunk.iter().copied().chain(std::iter::repeat(NOBODY)).take(length);
        let places: Vec<String> = filled.map(|n| question.bind(n)).collect();
        let list = places.join(", ");
        question.only = Some(list.clone());
        let (shape, select) = Shape::select(&question, facts, 1);
        let from = question.from(subject);
        let id = question.id(subject);
        let visible = question.visible(subject, desk.actor);
        let mut columns = vec![id.to_owned()];
        columns.extend(select);
        let sql = format!("select {} from {from} where {id} in ({list}) and {visible}", columns.join(", "));
        let mut found: Vec<FactRow> = desk
            .rows(&sql, &question.params)?
            .iter()
            .map(|row| FactRow { number: row.int(0), values: shape.values(row) })
            .collect();
        // In the order asked.
        let place: HashMap<i64, usize> = chunk.iter().enumerate().map(|(at, n)| (*n, at)).collect();
        found.sort_by_key(|f| place.get(&f.number).copied());
        out.append(&mut found);
    }
    Ok(out)
}

/// One subject's facts by id; `None` when it is not to be seen.
pub fn about_one(desk: &Desk, subject: Subject, number: i64, ids: &[&str]) -> Result<Option<FactRow>> {
    let facts: Vec<&Fact> = ids.iter().filter_map(|id| desk.dictionary().fact(id)).collect();
    debug_assert_eq!(facts.len(), ids.len(), "every id is in the dictionary: {ids:?}");
    Ok(about(desk, subject, &[number], &facts)?.into_iter().next())
}
