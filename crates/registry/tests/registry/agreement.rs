//! A ledger's test in SQL and the same test in a rule say the same: true, false or cannot be judged.

use institution::{Condition, Dictionary, Fact, FactSet, Kind, Operator, Subject};
use registry::facts::{Question, about};
use registry::{Actor, AsOf, Desk, testing};
use std::sync::Arc;
use vocabulary::{Date, Truth, Value, day};

use crate::office::odd_people;

#[test]
fn every_fact_of_the_dictionary_is_answered_and_every_answer_is_in_the_dictionary() {
    let book = testing::book();
    let mut missing = Vec::new();
    for subject in [Subject::Official, Subject::Post, Subject::Organisation, Subject::Branch, Subject::Member, Subject::Charge] {
        for fact in book.dictionary.of(subject) {
            if !registry::facts::is_answered(fact) {
                missing.push(fact.id.to_string());
            }
        }
        for i in registry::facts::implementations(subject) {
            assert!(i.id.starts_with('~') || book.dictionary.fact(i.id).is_some(), "{} 不在字典中", i.id);
        }
    }
    assert!(missing.is_empty(), "没有实现的事实：{missing:?}");
}

#[test]
fn every_group_that_an_answer_asks_for_is_in_its_code_table() {
    let book = testing::book();
    for subject in [Subject::Official, Subject::Post, Subject::Organisation, Subject::Branch, Subject::Member, Subject::Charge] {
        for i in registry::facts::implementations(subject) {
            let (registry::facts::Answer::Sql(sql) | registry::facts::Answer::Covered(sql)) = i.answer else { continue };
            for mark in sql.split("[group ").skip(1).filter_map(|rest| rest.split(']').next()) {
                let (table, group) = mark.split_once(' ').expect("a table and a group");
                let names = book.dictionary.table(table).map(|t| t.within(group)).unwrap_or_default();
                assert!(!names.is_empty(), "{}：代码表 {table} 里没有属于“{group}”的代码", i.id);
            }
        }
    }
}

#[test]
fn sql_and_rule_agree_on_every_fact_operator_and_unknown() {
    for (database, office, _guard) in testing::offices() {
        odd_people(&office);
        let mut judged = [0usize; 3];
        for as_of in [AsOf::default(), AsOf::on(day!(2024 - 02 - 29)), AsOf::on(day!(2026 - 04 - 30))] {
            office
                .read(&Actor::program(), as_of, |desk| {
                    for subject in [Subject::Official, Subject::Post, Subject::Organisation, Subject::Branch, Subject::Member, Subject::Charge] {
                        compare(desk, subject, database, &mut judged)?;
                    }
                    Ok::<_, registry::Error>(())
                })
                .unwrap_or_else(|e| panic!("{database}: {e}"));
        }
        assert!(judged.iter().all(|n| *n > 1000), "{database}: each truth is met often, {judged:?}");
    }
}

fn compare(desk: &Desk, subject: Subject, database: &str, judged: &mut [usize; 3]) -> registry::Result<()> {
    let dictionary = desk.dictionary();
    let facts: Vec<&Fact> = dictionary.of(subject).collect();
    let from = desk.question_of_rows();
    let ids: Vec<i64> =
        desk.rows(&format!("select {} from {}", from.id(subject), from.from(subject)), &[])?.iter().map(|r| r.int(0)).collect();
    let rows = about(desk, subject, &ids, &facts)?;
    let sets: Vec<FactSet> = rows
        .iter()
        .map(|row| {
            let mut set = FactSet::new(dictionary);
            for (fact, value) in facts.iter().zip(&row.values) {
                set.set(fact.index, value.clone());
            }
            set
        })
        .collect();
    let mut conditions = Vec::new();
    for (at, fact) in facts.iter().enumerate() {
        let known: Vec<Value> = rows.iter().filter_map(|r| r.values[at].clone()).take(4).collect();
        // What is sealed is never compared in SQL; `sealed.rs` holds the native way.
        let sealed = |id: &str| registry::facts::is_sealed(id);
        let plain: Vec<&Fact> = facts.iter().copied().filter(|f| !sealed(&f.id)).collect();
        for (n, is) in operators(dictionary, fact, &plain, &known).into_iter().enumerate() {
            if sealed(&fact.id) && !matches!(is, Operator::Known(_)) {
                continue;
            }
            let condition = Condition::test(fact, is);
            conditions.push(if n % 5 == 4 { Condition::Not(Box::new(condition)) } else { condition });
        }
    }
    for several in conditions.chunks(25) {
        let from_sql = truths(desk, subject, several)?;
        for (row, set) in rows.iter().zip(&sets) {
            let sql = &from_sql.iter().find(|(n, _)| *n == row.number).expect("a row for everybody").1;
            for (condition, sql) in several.iter().zip(sql) {
                let native = condition.evaluate(dictionary, set);
                assert_eq!(native, *sql, "{database}，{}日，{subject:?} {}：{condition:?}，{:?}", desk.day(), row.number, row.values);
                judged[native as usize] += 1;
            }
        }
    }
    Ok(())
}

/// What SQL says of each condition, in their order, for every subject.
fn truths(desk: &Desk, subject: Subject, conditions: &[Condition]) -> registry::Result<Vec<(i64, Vec<Truth>)>> {
    let mut question: Question = desk.question();
    let mut select = vec![question.id(subject).to_owned()];
    for condition in conditions {
        let test = question.condition(condition);
        select.push(format!("case {test} when true then 1 when false then 0 end"));
    }
    let sql = format!("select {} from {}", select.join(", "), question.from(subject));
    let truth = |n: Option<i64>| n.map_or(Truth::Unknown, |n| Truth::from(n == 1));
    Ok(desk
        .rows(&sql, &question.params)?
        .iter()
        .map(|r| (r.int(0), (1..r.len()).map(|at| truth(r.opt_int(at))).collect()))
        .collect())
}

/// Every operator that the kind allows, with constants that are met and that are not.
fn operators(dictionary: &Dictionary, fact: &Fact, all: &[&Fact], known: &[Value]) -> Vec<Operator> {
    let mut out = vec![Operator::Known(true), Operator::Known(false)];
    let same_kind: Vec<&&Fact> = all.iter().filter(|f| f.kind == fact.kind && f.table == fact.table && f.index != fact.index).take(2).collect();
    let known: Vec<Value> = known.iter().map(|v| v.number().map_or(v.clone(), Value::Number)).collect();
    let known = known.as_slice();
    let constants: Vec<Value> = match fact.kind {
        Kind::Text => known.iter().cloned().chain([Value::text("没有的")]).collect(),
        Kind::Code => {
            let names = dictionary.table_of(fact).map(|t| t.values.iter().map(|c| Value::Text(c.name.clone())).collect::<Vec<_>>()).unwrap_or_default();
            known.iter().cloned().chain(names.into_iter().take(5)).collect()
        }
        Kind::Number | Kind::Reference => {
            let near = known.iter().filter_map(Value::number).flat_map(|n| [n - 1, n, n + 1]);
            near.chain([0, 24, 36]).map(Value::Number).collect()
        }
        Kind::Date => {
            let fixed = ["1985", "2021-12", "2023-03-01", "2024-02-29", "2026-04-30"].iter().filter_map(|t| t.parse::<Date>().ok());
            known.iter().cloned().chain(fixed.map(Value::Date)).collect()
        }
        Kind::YesNo => vec![Value::Yes(true), Value::Yes(false)],
    };
    for constant in constants {
        out.push(Operator::Is(constant.clone()));
        out.push(Operator::IsNot(constant.clone()));
        out.push(Operator::OneOf(vec![constant.clone(), known.first().cloned().unwrap_or(constant.clone())]));
        let ordered = dictionary.table_of(fact).is_some_and(|t| t.ordered);
        if matches!(fact.kind, Kind::Number | Kind::Date) || (fact.kind == Kind::Code && ordered) {
            out.push(Operator::AtLeast(constant.clone()));
            out.push(Operator::AtMost(constant.clone()));
        }
        if let (Kind::Text, Some(text)) = (fact.kind, constant.as_text()) {
            let part: String = text.chars().skip(1).take(2).collect();
            if !part.is_empty() {
                out.push(Operator::Contains(part.into()));
            }
            out.push(Operator::StartsWith(text.chars().take(1).collect::<String>().into()));
        }
        if let Value::Date(date) = constant {
            let until: Date = date.latest().plus_days(400).into();
            out.push(Operator::WithinDates(date, until));
        }
    }
    if let Some(table) = dictionary.table_of(fact) {
        let mut groups: Vec<Arc<str>> = table.values.iter().flat_map(|c| c.groups.clone()).collect();
        groups.sort();
        groups.dedup();
        out.extend(groups.into_iter().map(Operator::WithinGroup));
    }
    for other in same_kind {
        let (of, of_id) = (other.index, other.id.clone());
        out.push(Operator::IsFact(of, of_id.clone()));
        let ordered = dictionary.table_of(fact).is_none_or(|t| t.ordered);
        if matches!(fact.kind, Kind::Number | Kind::Date | Kind::Code) && ordered {
            out.push(Operator::AtLeastFact(of, of_id.clone()));
            out.push(Operator::AtMostFact(of, of_id.clone()));
        }
        if fact.kind == Kind::Number {
            out.push(Operator::AtLeastPart { of, of_id: of_id.clone(), part: (2, 3) });
            out.push(Operator::MoreThanPart { of, of_id, part: (1, 2) });
        }
    }
    out
}
