//! 台账: a saved live query over the dictionary of facts. Nothing is stored but the question.

mod sealed;

use crate::facts::about::Shape;
use crate::{Desk, Error, Result};
use institution::ledger::{Counted, Total};
use institution::{Condition, Dictionary, Fact, Subject};
use std::sync::Arc;
use store::Param;
use vocabulary::Value;

/// What a ledger asks: whom, with which tests, in which columns and order.
#[derive(Clone, Debug, PartialEq)]
pub struct Enquiry {
    pub of: Subject,
    pub tests: Condition,
    /// Free words: a part of a name, pinyin, initials, a post.
    pub words: Vec<String>,
    /// Indexes into the dictionary.
    pub columns: Vec<usize>,
    pub sort: Vec<Sort>,
    /// Count by this fact.
    pub group: Option<usize>,
}

impl Enquiry {
    /// The same with the members of a group together: it comes first in the order, unless the order begins with it.
    pub fn in_groups(&self) -> Enquiry {
        let mut asked = self.clone();
        if let Some(group) = asked.group.filter(|g| asked.sort.first().is_none_or(|s| s.fact != *g)) {
            asked.sort.insert(0, Sort { fact: group, descending: false });
        }
        asked
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    pub fact: usize,
    pub descending: bool,
}

/// One line of an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub number: i64,
    pub values: Vec<Option<Value>>,
}

/// Members of one group.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    pub value: Option<Value>,
    pub count: i64,
}

fn clause(desk: &Desk, question: &mut crate::facts::Question, enquiry: &Enquiry) -> String {
    let visible = question.visible(enquiry.of, desk.actor);
    let tests = question.condition(&enquiry.tests);
    let mut all = format!("{visible} and {tests}");
    for word in &enquiry.words {
        all.push_str(" and ");
        all.push_str(&word_test(question, enquiry.of, word));
    }
    all
}

/// A free word is a part of the name, of the post or the unit, or the beginning of pinyin or initials.
fn word_test(question: &mut crate::facts::Question, of: Subject, word: &str) -> String {
    let texts: &[&str] = match of {
        Subject::Official => &["name", "post", "organisation"],
        Subject::Post => &["seat.name", "seat.organisation", "seat.names"],
        Subject::Branch => &["branch.name", "branch.organisation"],
        Subject::Member => &["member.name", "member.branch"],
        Subject::Charge => &["charge.who", "charge.place"],
        _ => &["unit.name"],
    };
    let place = question.bind(word);
    let mut parts: Vec<String> =
        texts.iter().map(|id| { let v = question.value(of, id); format!("replace({v}, {place}, '') <> {v}") }).collect();
    if of == Subject::Official && word.is_ascii() {
        let lower = word.to_lowercase();
        let n = lower.chars().count();
        let place = question.bind(lower);
        for id in ["name.initials", "name.pinyin"] {
            let v = question.value(of, id);
            parts.push(format!("substr(replace({v}, ' ', ''), 1, {n}) = {place}"));
        }
    }
    format!("({})", parts.join(" or "))
}

fn order(question: &crate::facts::Question, dictionary: &Dictionary, enquiry: &Enquiry) -> String {
    let mut parts = Vec::new();
    for sort in &enquiry.sort {
        let fact = &dictionary.facts[sort.fact];
        let by = fact.sorted_by.as_deref().unwrap_or(&fact.id);
        let value = question.value(enquiry.of, by);
        parts.push(format!("{value} is null, {value}{}", if sort.descending { " desc" } else { "" }));
    }
    parts.push(question.id(enquiry.of).to_owned());
    parts.join(", ")
}

/// The numbers of all that answer, in order: what pages, totals and exports are cut from.
pub fn numbers(desk: &Desk, enquiry: &Enquiry) -> Result<Arc<[i64]>> {
    if sealed::is_asked(desk.dictionary(), enquiry) {
        return sealed::numbers(desk, enquiry);
    }
    let mut question = desk.question();
    let clause = clause(desk, &mut question, enquiry);
    let sql = format!(
        "select {} from {} where {clause} order by {}",
        question.id(enquiry.of),
        question.from(enquiry.of),
        order(&question, desk.dictionary(), enquiry),
    );
    let mut out = Vec::new();
    desk.each(&sql, &question.params, |row| {
        out.push(row.int(0));
        Ok::<(), Error>(())
    })?;
    Ok(out.into())
}

/// The columns of these numbers, in their order.
pub fn lines(desk: &Desk, enquiry: &Enquiry, numbers: &[i64]) -> Result<Vec<Line>> {
    let facts = columns(desk.dictionary(), enquiry);
    let rows = crate::facts::about(desk, enquiry.of, numbers, &facts)?;
    Ok(rows.into_iter().map(|r| Line { number: r.number, values: r.values }).collect())
}

/// Every line, handed over as it comes: exports stream.
pub fn each_line<E: From<Error> + From<store::Error>>(desk: &Desk, enquiry: &Enquiry, mut take: impl FnMut(Line) -> std::result::Result<(), E>) -> std::result::Result<(), E> {
    if sealed::is_asked(desk.dictionary(), enquiry) {
        return sealed::each_line(desk, enquiry, take);
    }
    let facts = columns(desk.dictionary(), enquiry);
    let mut question = desk.question();
    let (shape, select) = Shape::select(&question, &facts, 1);
    let clause = clause(desk, &mut question, enquiry);
    let mut all = vec![question.id(enquiry.of).to_owned()];
    all.extend(select);
    let sql = format!(
        "select {} from {} where {clause} order by {}",
        all.join(", "),
        question.from(enquiry.of),
        order(&question, desk.dictionary(), enquiry),
    );
    desk.each(&sql, &question.params, |row| take(Line { number: row.int(0), values: shape.values(&row) }))
}

/// How many answer for each value of a fact, most frequent first; together they are everybody.
pub fn groups(desk: &Desk, enquiry: &Enquiry, by: usize) -> Result<Vec<Group>> {
    let fact = &desk.dictionary().facts[by];
    if sealed::is_asked(desk.dictionary(), enquiry) || crate::facts::is_sealed(&fact.id) {
        return sealed::groups(desk, enquiry, by);
    }
    let mut question = desk.question();
    let clause = clause(desk, &mut question, enquiry);
    let value = question.value(enquiry.of, &fact.id);
    let sql = format!(
        "select {value} as v, count(*) as n from {} where {clause} group by 1 order by 2 desc, 1",
        question.from(enquiry.of),
    );
    let (shape, _) = Shape::select(&crate::facts::Question::new(desk.dictionary(), desk.day(), None, true), &[fact], 0);
    let rows = desk.rows(&sql, &question.params)?;
    Ok(rows.iter().map(|row| Group { value: shape.first(row), count: row.int(1) }).collect())
}

/// One figure under a ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Totalled {
    /// Rows, or the sum of their values.
    pub sum: i64,
    /// How many rows have a value to add; an average divides by it.
    pub of: i64,
}

/// 合计: every figure in one look over the rows.
pub fn totals(desk: &Desk, enquiry: &Enquiry, totals: &[Total]) -> Result<Vec<Totalled>> {
    if sealed::is_asked(desk.dictionary(), enquiry) || totals.iter().any(|t| sealed::is_counted(desk.dictionary(), t)) {
        return sealed::totals(desk, enquiry, totals);
    }
    let mut question = desk.question();
    let mut select = vec!["count(*)".to_owned()];
    for total in totals {
        match &total.count {
            Counted::Rows => select.extend(["count(*)".to_owned(), "count(*)".to_owned()]),
            Counted::Where(condition) => {
                let holds = question.condition(condition);
                let sum = format!("coalesce(cast(sum(case when {holds} then 1 else 0 end) as bigint), 0)");
                select.extend([sum, "count(*)".to_owned()]);
            }
            Counted::Sum(fact) | Counted::Average(fact) => {
                let value = question.value(enquiry.of, &desk.dictionary().facts[*fact].id);
                select.extend([format!("coalesce(cast(sum({value}) as bigint), 0)"), format!("count({value})")]);
            }
        }
    }
    let clause = clause(desk, &mut question, enquiry);
    let sql = format!("select {} from {} where {clause}", select.join(", "), question.from(enquiry.of));
    let row = desk.one(&sql, &question.params)?;
    Ok((0..totals.len()).map(|i| Totalled { sum: row.int(1 + 2 * i), of: row.int(2 + 2 * i) }).collect())
}

fn columns<'d>(dictionary: &'d Dictionary, enquiry: &Enquiry) -> Vec<&'d Fact> {
    enquiry.columns.iter().map(|i| &dictionary.facts[*i]).collect()
}

/// Keeps the parameters' type in one place for callers that count.
pub fn count(desk: &Desk, enquiry: &Enquiry) -> Result<i64> {
    if sealed::is_asked(desk.dictionary(), enquiry) {
        return Ok(i64::try_from(sealed::numbers(desk, enquiry)?.len()).unwrap_or(i64::MAX));
    }
    let mut question = desk.question();
    let clause = clause(desk, &mut question, enquiry);
    let sql = format!("select count(*) from {} where {clause}", question.from(enquiry.of));
    let params: Vec<Param> = std::mem::take(&mut question.params);
    Ok(desk.one(&sql, &params)?.int(0))
}
