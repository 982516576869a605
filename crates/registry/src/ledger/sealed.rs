//! Ledgers over sealed facts. The database cannot compare what it cannot read: it answers the rest of the condition, the
//! values come out opened, and the same tests as a rule's decide natively.

use super::{Enquiry, Group, Line, Sort, Totalled, clause, lines, order};
use crate::facts::about::Shape;
use crate::facts::{about, is_sealed};
use crate::{Desk, Error, Result};
use institution::ledger::{Counted, Total};
use institution::{Condition, Dictionary, Fact, FactSet};
use std::cmp::Ordering;
use std::sync::Arc;
use vocabulary::{Truth, Value};

fn sealed(dictionary: &Dictionary, fact: usize) -> bool {
    is_sealed(&dictionary.facts[fact].id)
}

fn asks_sealed(dictionary: &Dictionary, condition: &Condition) -> bool {
    let mut facts = Vec::new();
    condition.facts(&mut facts);
    facts.into_iter().any(|f| sealed(dictionary, f))
}

/// Must this be answered natively?
pub(super) fn is_asked(dictionary: &Dictionary, enquiry: &Enquiry) -> bool {
    asks_sealed(dictionary, &enquiry.tests) || enquiry.sort.iter().any(|s| sealed(dictionary, s.fact))
}

pub(super) fn is_counted(dictionary: &Dictionary, total: &Total) -> bool {
    matches!(&total.count, Counted::Where(condition) if asks_sealed(dictionary, condition))
}

/// What the database can answer of it: everybody whom the whole could mean, and more.
fn readable(dictionary: &Dictionary, condition: &Condition) -> Condition {
    match condition {
        Condition::All(parts) => Condition::All(parts.iter().map(|p| readable(dictionary, p)).collect()),
        other if asks_sealed(dictionary, other) => Condition::All(vec![]),
        other => other.clone(),
    }
}

pub(super) fn numbers(desk: &Desk, enquiry: &Enquiry) -> Result<Arc<[i64]>> {
    let dictionary = desk.dictionary();
    let mut wanted = Vec::new();
    enquiry.tests.facts(&mut wanted);
    wanted.sort_unstable();
    wanted.dedup();
    let tested = wanted.len();
    wanted.extend(enquiry.sort.iter().map(|s| by(dictionary, s)));
    let facts: Vec<&Fact> = wanted.iter().map(|i| &dictionary.facts[*i]).collect();

    let by_sealed = enquiry.sort.iter().any(|s| sealed(dictionary, s.fact));
    let asked = Enquiry {
        tests: readable(dictionary, &enquiry.tests),
        sort: if by_sealed { vec![] } else { enquiry.sort.clone() },
        ..enquiry.clone()
    };
    let mut question = desk.question();
    let (shape, select) = Shape::select(&question, &facts, 1);
    let clause = clause(desk, &mut question, &asked);
    let mut all = vec![question.id(enquiry.of).to_owned()];
    all.extend(select);
    let sql = format!("select {} from {} where {clause} order by {}", all.join(", "), question.from(enquiry.of), order(&question, dictionary, &asked));
    let prepared = enquiry.tests.prepare(dictionary);
    let mut found: Vec<(i64, Vec<Option<Value>>)> = Vec::new();
    desk.each(&sql, &question.params, |row| {
        let mut values = shape.values(&row);
        let keys = values.split_off(tested);
        let mut set = FactSet::new(dictionary);
        for (fact, value) in wanted.iter().zip(values) {
            set.set(*fact, value);
        }
        if prepared.evaluate(&set) == Truth::True {
            found.push((row.int(0), keys));
        }
        Ok::<(), Error>(())
    })?;
    if by_sealed {
        found.sort_by(|(a, ka), (b, kb)| {
            let keys = enquiry.sort.iter().enumerate().map(|(at, sort)| compare(&ka[at], &kb[at], sort.descending));
            keys.fold(Ordering::Equal, Ordering::then).then(a.cmp(b))
        });
    }
    Ok(found.into_iter().map(|(number, _)| number).collect())
}

/// The fact whose value orders, as in SQL.
fn by(dictionary: &Dictionary, sort: &Sort) -> usize {
    let fact = &dictionary.facts[sort.fact];
    fact.sorted_by.as_deref().and_then(|id| dictionary.fact(id)).map_or(sort.fact, |f| f.index)
}

/// As the databases order: no value last, whichever way; texts by their bytes.
fn compare(a: &Option<Value>, b: &Option<Value>, descending: bool) -> Ordering {
    let (Some(a), Some(b)) = (a, b) else { return a.is_none().cmp(&b.is_none()) };
    let order = match (a.number(), b.number()) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => a.to_string().cmp(&b.to_string()),
    };
    if descending { order.reverse() } else { order }
}

pub(super) fn each_line<E: From<Error>>(desk: &Desk, enquiry: &Enquiry, mut take: impl FnMut(Line) -> std::result::Result<(), E>) -> std::result::Result<(), E> {
    for chunk in numbers(desk, enquiry)?.chunks(500) {
        for line in lines(desk, enquiry, chunk)? {
            take(line)?;
        }
    }
    Ok(())
}

pub(super) fn groups(desk: &Desk, enquiry: &Enquiry, by: usize) -> Result<Vec<Group>> {
    let fact = &desk.dictionary().facts[by];
    let mut groups: Vec<Group> = Vec::new();
    for row in about(desk, enquiry.of, &super::numbers(desk, enquiry)?, &[fact])? {
        // Bounds are left aside, as where the database counts.
        let value = match row.values.into_iter().next().flatten() {
            Some(Value::Between { at, .. }) => Some(Value::Number(at)),
            other => other,
        };
        match groups.iter_mut().find(|g| g.value == value) {
            Some(group) => group.count += 1,
            None => groups.push(Group { value, count: 1 }),
        }
    }
    groups.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| compare(&a.value, &b.value, false)));
    Ok(groups)
}

pub(super) fn totals(desk: &Desk, enquiry: &Enquiry, totals: &[Total]) -> Result<Vec<Totalled>> {
    let dictionary = desk.dictionary();
    let mut wanted = Vec::new();
    for total in totals {
        match &total.count {
            Counted::Rows => {}
            Counted::Where(condition) => condition.facts(&mut wanted),
            Counted::Sum(fact) | Counted::Average(fact) => wanted.push(*fact),
        }
    }
    wanted.sort_unstable();
    wanted.dedup();
    let facts: Vec<&Fact> = wanted.iter().map(|i| &dictionary.facts[*i]).collect();
    let mut out = vec![Totalled { sum: 0, of: 0 }; totals.len()];
    for row in about(desk, enquiry.of, &super::numbers(desk, enquiry)?, &facts)? {
        let mut set = FactSet::new(dictionary);
        for (fact, value) in wanted.iter().zip(row.values) {
            set.set(*fact, value);
        }
        for (total, out) in totals.iter().zip(&mut out) {
            let (add, counts) = match &total.count {
                Counted::Rows => (1, true),
                Counted::Where(condition) => (i64::from(condition.evaluate(dictionary, &set) == Truth::True), true),
                Counted::Sum(fact) | Counted::Average(fact) => {
                    let n = set.get(*fact).and_then(Value::number);
                    (n.unwrap_or(0), n.is_some())
                }
            };
            out.sum += add;
            out.of += i64::from(counts);
        }
    }
    Ok(out)
}
