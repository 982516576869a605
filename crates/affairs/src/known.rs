//! What is known: texts of forms become facts, and facts are read from the registry as of a day.

use crate::{Error, Result};
use institution::{Dictionary, Fact, FactSet, Institution, Kind, Subject};
use registry::Desk;
use registry::facts::about::Shape;
use registry::facts::{FactRow, Question};
use std::collections::BTreeMap;
use vocabulary::{Date, Day, Value};

/// What a form carries: field or fact id → text as it was typed. `2026-11-05`, `是`, `12`, a code's name.
pub type Fields = BTreeMap<String, String>;

/// The value that a typed text means for a fact; the refusal is a Chinese sentence. Empty text is "no record".
pub fn read_value(dictionary: &Dictionary, fact: &Fact, text: &str) -> std::result::Result<Option<Value>, String> {
    read_kind(fact.kind, text, || {
        let table = dictionary.table_of(fact)?;
        table.read(text).map(|code| Value::Text(code.name.clone()))
    })
    .map_err(|why| format!("“{}”{why}", fact.spoken()))
}

/// The same for a field that fills no fact; codes are taken as written.
pub fn read_plain(kind: Kind, text: &str) -> std::result::Result<Option<Value>, String> {
    read_kind(kind, text, || Some(Value::text(text.trim())))
}

fn read_kind(
    kind: Kind,
    text: &str,
    code: impl FnOnce() -> Option<Value>,
) -> std::result::Result<Option<Value>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let value = match kind {
        Kind::Text => Some(Value::text(text)),
        Kind::Code => code(),
        Kind::Date => Date::read(text).ok().map(Value::Date),
        Kind::Number | Kind::Reference => text.parse::<i64>().ok().map(Value::Number),
        Kind::YesNo => match text {
            "是" | "有" | "1" | "true" | "on" | "yes" => Some(true.into()),
            "否" | "无" | "0" | "false" | "off" | "no" => Some(false.into()),
            _ => None,
        },
    };
    value.map(Some).ok_or_else(|| {
        let should = match kind {
            Kind::Date => "应填日期",
            Kind::Number | Kind::Reference => "应填整数",
            Kind::YesNo => "应填是或否",
            Kind::Code => "不在代码表中",
            Kind::Text => "读不懂",
        };
        format!("{should}，现为“{text}”")
    })
}

/// A value as it goes back into [`Fields`].
pub fn written(value: &Value) -> String {
    match value {
        Value::Between { at, .. } => at.to_string(),
        other => other.to_string(),
    }
}

/// Puts stated facts into a set, over what was there. Unknown ids and unreadable texts are told, all at once.
pub fn state(dictionary: &Dictionary, facts: &mut FactSet, stated: &Fields) -> Vec<String> {
    let mut wrong = Vec::new();
    for (id, text) in stated {
        let Some(fact) = dictionary.fact(id) else {
            wrong.push(format!("事实 `{id}` 不在事实字典中"));
            continue;
        };
        match read_value(dictionary, fact, text) {
            Ok(Some(value)) => facts.set(fact.index, Some(value)),
            Ok(None) => {}
            Err(why) => wrong.push(why),
        }
    }
    wrong
}

/// Facts of one subject as of `on`, whatever day the desk itself asks about; `None` when it is not to be seen.
pub fn about_on(desk: &Desk, subject: Subject, number: i64, facts: &[&Fact], on: Day) -> Result<Option<FactRow>> {
    Ok(about_many(desk, subject, &[number], facts, on)?.pop())
}

/// The same of several subjects; those not to be seen are missing.
pub fn about_many(desk: &Desk, subject: Subject, numbers: &[i64], facts: &[&Fact], on: Day) -> Result<Vec<FactRow>> {
    if numbers.is_empty() {
        return Ok(vec![]);
    }
    let mut question = if on == desk.day() {
        desk.question()
    } else {
        Question::new(desk.dictionary(), on, desk.known(), false)
    };
    let (shape, select) = Shape::select(&question, facts, 1);
    let from = question.from(subject);
    let id = question.id(subject);
    let visible = question.visible(subject, desk.actor);
    let list: Vec<String> = numbers.iter().map(i64::to_string).collect();
    let mut columns = vec![id.to_owned()];
    columns.extend(select);
    let sql = format!(
        "select {} from {from} where {id} in ({}) and {visible}",
        columns.join(", "),
        list.join(", ")
    );
    let mut rows: Vec<FactRow> = desk
        .rows(&sql, &question.params)?
        .iter()
        .map(|row| FactRow {
            number: row.int(0),
            values: shape.values(row),
        })
        .collect();
    rows.sort_by_key(|r| numbers.iter().position(|n| *n == r.number));
    Ok(rows)
}

/// The institution as a running procedure began under it; one that began before texts were kept runs under those of its day.
pub fn under<'a>(desk: &Desk<'a, '_>, id: &str, edition: Option<&str>, opened: Day) -> Result<&'a Institution> {
    match edition {
        Some(checksum) => Ok(registry::edition::read(desk, id, checksum)?),
        None => in_force(desk, id, opened),
    }
}

/// The institution under which something that began on `on` runs.
pub fn in_force<'a>(desk: &Desk<'a, '_>, id: &str, on: Day) -> Result<&'a Institution> {
    let book = desk.book;
    book.institutions
        .iter()
        .find(|i| &*i.id == id && i.in_force.holds_on(on))
        .ok_or_else(|| Error::NotInForce(on, id.to_owned()))
}
