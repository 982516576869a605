//! Conditions as they are written: `{ fact = "age", at_most = 36 }`, `{ all = […] }`, `{ not = {…} }`.

use super::{Condition, Operator, Test};
use crate::dictionary::load::unknown_fact;
use crate::dictionary::{Dictionary, Fact, Kind};
use crate::reading::{Key, Node, Shape, Sheet, as_date};
use std::sync::Arc;
use vocabulary::Value;

/// The words for tests, in the order in which they are explained.
const WORDS: [&str; 15] = [
    "is", "is_not", "one_of", "at_least", "at_most", "within", "starts_with", "contains", "known", "at_least_part",
    "more_than_part", "at_least_fact", "at_most_fact", "is_fact", "fact",
];
const JOINTS: [&str; 3] = ["all", "any", "not"];
const HELP: &str = "条件写成 { fact = …, is / is_not / one_of / at_least / at_most / within / … = … }，或 all / any / not";

impl Condition {
    /// None, with a fault on the sheet, when it cannot be read.
    pub(crate) fn read(node: &Node, dictionary: &Dictionary, sheet: &Sheet) -> Option<Condition> {
        let Shape::Table(entries) = &node.shape else {
            sheet.fault(node.at.clone(), format!("条件应是一个表，这里是{}", node.described()), None, Some(HELP));
            return None;
        };
        if node.get("fact").is_some() {
            return tests(node, entries, dictionary, sheet);
        }
        let mut parts = Vec::new();
        let mut sound = true;
        for (key, inner) in entries {
            match &*key.text {
                joint @ ("all" | "any") => match &inner.shape {
                    Shape::List(list) => {
                        let read: Vec<_> = list.iter().map(|n| Condition::read(n, dictionary, sheet)).collect();
                        sound &= read.iter().all(Option::is_some);
                        let read = read.into_iter().flatten().collect();
                        parts.push(if joint == "all" { Condition::All(read) } else { Condition::Any(read) });
                    }
                    _ => {
                        sheet.fault(inner.at.clone(), format!("`{joint}` 应是条件的列表"), None, Some(HELP));
                        sound = false;
                    }
                },
                "not" => match Condition::read(inner, dictionary, sheet) {
                    Some(part) => parts.push(Condition::Not(Box::new(part))),
                    None => sound = false,
                },
                other => {
                    let says = format!("条件里没有 `{other}` 这个写法");
                    let known = WORDS.into_iter().chain(JOINTS);
                    sheet.unknown(key.at.clone(), says, other, known, Some(HELP));
                    sound = false;
                }
            }
        }
        match (sound, parts.len()) {
            (false, _) => None,
            (true, 1) => parts.pop(),
            (true, 0) => {
                sheet.fault(node.at.clone(), "这个条件是空的".into(), None, Some(HELP));
                None
            }
            (true, _) => Some(Condition::All(parts)),
        }
    }
}

/// `{ fact = …, at_least = 1, at_most = 3 }`: several tests of one fact all hold.
fn tests(node: &Node, entries: &[(Key, Node)], dictionary: &Dictionary, sheet: &Sheet) -> Option<Condition> {
    let fact = named_fact(node.get("fact")?, dictionary, sheet);
    let mut found = Vec::new();
    let mut sound = fact.is_some();
    for (key, value) in entries.iter().filter(|(k, _)| &*k.text != "fact") {
        if !WORDS.contains(&&*key.text) {
            let says = format!("没有 `{}` 这种判断", key.text);
            sheet.unknown(key.at.clone(), says, &key.text, WORDS, Some(HELP));
            sound = false;
        } else if let Some(fact) = fact {
            match operator(key, value, fact, dictionary, sheet) {
                Some(is) => found.push(Condition::test(fact, is)),
                None => sound = false,
            }
        }
    }
    match (sound, found.len()) {
        (false, _) => None,
        (true, 0) => {
            sheet.fault(node.at.clone(), "只写了事实，没有写要求它怎样".into(), None, Some(HELP));
            None
        }
        (true, 1) => found.pop(),
        (true, _) => Some(Condition::All(found)),
    }
}

fn named_fact<'d>(node: &Node, dictionary: &'d Dictionary, sheet: &Sheet) -> Option<&'d Fact> {
    let Shape::Text(id) = &node.shape else {
        sheet.fault(node.at.clone(), format!("`fact` 应是事实的编号，这里是{}", node.described()), None, None);
        return None;
    };
    let fact = dictionary.fact(id);
    if fact.is_none() {
        unknown_fact(sheet, node.at.clone(), id, dictionary);
    }
    fact
}

fn operator(key: &Key, node: &Node, fact: &Fact, dictionary: &Dictionary, sheet: &Sheet) -> Option<Operator> {
    let value = || read_value(node, fact, dictionary, sheet);
    match &*key.text {
        "is" => value().map(Operator::Is),
        "is_not" => value().map(Operator::IsNot),
        "one_of" => {
            let Shape::List(list) = &node.shape else {
                return refuse(node, sheet, "`one_of` 应是值的列表".into());
            };
            let values: Vec<_> = list.iter().map(|n| read_value(n, fact, dictionary, sheet)).collect();
            values.into_iter().collect::<Option<Vec<_>>>().map(Operator::OneOf)
        }
        "at_least" => ordered(key, node, fact, dictionary, sheet).map(Operator::AtLeast),
        "at_most" => ordered(key, node, fact, dictionary, sheet).map(Operator::AtMost),
        "within" => within(node, fact, dictionary, sheet),
        "starts_with" => text(key, node, fact, sheet).map(Operator::StartsWith),
        "contains" => text(key, node, fact, sheet).map(Operator::Contains),
        "known" => match node.shape {
            Shape::YesNo(known) => Some(Operator::Known(known)),
            _ => refuse(node, sheet, format!("`known` 应是 true 或 false，这里是{}", node.described())),
        },
        "at_least_part" => part(node, fact, dictionary, sheet)
            .map(|(of, part)| Operator::AtLeastPart { of: of.index, of_id: of.id.clone(), part }),
        "more_than_part" => part(node, fact, dictionary, sheet)
            .map(|(of, part)| Operator::MoreThanPart { of: of.index, of_id: of.id.clone(), part }),
        "at_least_fact" => {
            other_fact(key, node, fact, dictionary, sheet).map(|o| Operator::AtLeastFact(o.index, o.id.clone()))
        }
        "at_most_fact" => {
            other_fact(key, node, fact, dictionary, sheet).map(|o| Operator::AtMostFact(o.index, o.id.clone()))
        }
        "is_fact" => other_fact(key, node, fact, dictionary, sheet).map(|o| Operator::IsFact(o.index, o.id.clone())),
        _ => None,
    }
}

fn refuse<T>(node: &Node, sheet: &Sheet, says: String) -> Option<T> {
    sheet.fault(node.at.clone(), says, None, None);
    None
}

/// A value of the fact's own kind; a code must stand in its table under this name.
pub(crate) fn read_value(node: &Node, fact: &Fact, dictionary: &Dictionary, sheet: &Sheet) -> Option<Value> {
    let value = match (fact.kind, &node.shape) {
        (Kind::Text, Shape::Text(text)) => Some(Value::Text(text.clone())),
        (Kind::Number | Kind::Reference, Shape::Number(n)) => Some(Value::Number(*n)),
        (Kind::YesNo, Shape::YesNo(yes)) => Some(Value::Yes(*yes)),
        (Kind::Date, Shape::Text(_) | Shape::Date(_)) => as_date(node).map(Value::Date),
        (Kind::Code, Shape::Text(name)) => {
            let table = dictionary.table_of(fact)?;
            if let Some(code) = table.code(name) {
                return Some(Value::Text(code.name.clone()));
            }
            let says = format!("“{}”的代码表里没有 `{name}`", fact.name);
            let help = format!("代码表 `{}`（{}）在 institutions/codes.toml", table.id, table.name);
            match table.read(name) {
                Some(code) => {
                    sheet.fault(node.at.clone(), says, Some(format!("是不是 `{}`？", code.name)), Some(&help));
                }
                None => {
                    let known = table.values.iter().map(|c| &*c.name);
                    sheet.unknown(node.at.clone(), says, name, known, Some(&help));
                }
            }
            return None;
        }
        _ => None,
    };
    if value.is_none() {
        let says = format!("“{}”（`{}`）是{}，这里是{}", fact.name, fact.id, kind_name(fact.kind), node.described());
        sheet.fault(node.at.clone(), says, None, None);
    }
    value
}

pub(crate) fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "文字",
        Kind::Number => "数",
        Kind::Date => "日期",
        Kind::YesNo => "是否",
        Kind::Code => "代码",
        Kind::Reference => "引用",
    }
}

fn ordered(key: &Key, node: &Node, fact: &Fact, dictionary: &Dictionary, sheet: &Sheet) -> Option<Value> {
    match fact.kind {
        Kind::Number | Kind::Date => read_value(node, fact, dictionary, sheet),
        Kind::Code => {
            let value = read_value(node, fact, dictionary, sheet)?;
            let table = dictionary.table_of(fact)?;
            let height = table.code(value.as_text()?).and_then(|c| c.height);
            if !table.ordered || height.is_none() {
                let says = format!("“{}”的代码 `{value}` 没有高低，不能用 `{}`", fact.name, key.text);
                return refuse(node, sheet, says);
            }
            Some(value)
        }
        kind => {
            let says = format!("“{}”（`{}`）是{}，不能用 `{}`", fact.name, fact.id, kind_name(kind), key.text);
            sheet.fault(key.at.clone(), says, None, None);
            None
        }
    }
}

fn within(node: &Node, fact: &Fact, dictionary: &Dictionary, sheet: &Sheet) -> Option<Operator> {
    match (fact.kind, &node.shape) {
        (Kind::Code, Shape::Text(group)) => {
            let table = dictionary.table_of(fact)?;
            if table.within(group).is_empty() {
                let says = format!("“{}”的代码表里没有组 `{group}`", fact.name);
                let known = table.values.iter().flat_map(|c| c.groups.iter().map(|g| &**g).chain([&*c.name]));
                sheet.unknown(node.at.clone(), says, group, known, None);
                return None;
            }
            Some(Operator::WithinGroup(group.clone()))
        }
        (Kind::Date, Shape::Table(_)) => {
            let bound = |key| {
                let date = node.get(key).and_then(as_date);
                if date.is_none() {
                    sheet.fault(node.at.clone(), format!("`within` 缺少日期 `{key}`"), None, None);
                }
                date
            };
            let (from, until) = (bound("from"), bound("until"));
            Some(Operator::WithinDates(from?, until?))
        }
        (Kind::Text, Shape::Table(_)) => match node.get("root").map(|n| &n.shape) {
            Some(Shape::Text(root)) => Some(Operator::StartsWith(root.clone())),
            _ => refuse(node, sheet, "`within` 缺少 `root`".into()),
        },
        (kind, _) => {
            let says = format!(
                "“{}”（`{}`）是{}，`within` 不能用{}",
                fact.name,
                fact.id,
                kind_name(kind),
                node.described()
            );
            refuse(node, sheet, says)
        }
    }
}

fn text(key: &Key, node: &Node, fact: &Fact, sheet: &Sheet) -> Option<Arc<str>> {
    match (fact.kind, &node.shape) {
        (Kind::Text, Shape::Text(text)) => Some(text.clone()),
        (Kind::Text, _) => refuse(node, sheet, format!("`{}` 应是文字，这里是{}", key.text, node.described())),
        (kind, _) => {
            let says = format!("“{}”（`{}`）是{}，不能用 `{}`", fact.name, fact.id, kind_name(kind), key.text);
            sheet.fault(key.at.clone(), says, None, None);
            None
        }
    }
}

/// `{ of = "meeting.should_attend", part = "2/3" }`
fn part<'d>(
    node: &Node,
    fact: &Fact,
    dictionary: &'d Dictionary,
    sheet: &Sheet,
) -> Option<(&'d Fact, (i64, i64))> {
    let (Some(of), Some(part)) = (node.get("of"), node.get("part")) else {
        return refuse(node, sheet, "应写成 { of = \"事实\", part = \"2/3\" }".into());
    };
    let other = named_fact(of, dictionary, sheet)?;
    if fact.kind != Kind::Number || other.kind != Kind::Number {
        return refuse(node, sheet, format!("“{}”和“{}”都应是数，才能比份额", fact.name, other.name));
    }
    let Shape::Text(written) = &part.shape else {
        return refuse(part, sheet, "份额写成 \"2/3\"".into());
    };
    let read = written.split_once('/').and_then(|(a, b)| Some((a.trim().parse().ok()?, b.trim().parse().ok()?)));
    match read {
        Some((above, below)) if below > 0 && above >= 0 => Some((other, (above, below))),
        _ => refuse(part, sheet, format!("`{written}` 不是份额，应写成 \"2/3\"")),
    }
}

fn other_fact<'d>(
    key: &Key,
    node: &Node,
    fact: &Fact,
    dictionary: &'d Dictionary,
    sheet: &Sheet,
) -> Option<&'d Fact> {
    let other = named_fact(node, dictionary, sheet)?;
    if other.kind != fact.kind || other.table != fact.table {
        let says = format!(
            "“{}”是{}，“{}”是{}，不能相比",
            fact.name,
            kind_name(fact.kind),
            other.name,
            kind_name(other.kind)
        );
        return refuse(node, sheet, says);
    }
    let ordered = match fact.kind {
        Kind::Number | Kind::Date => true,
        Kind::Code => dictionary.table_of(fact).is_some_and(|t| t.ordered),
        Kind::Text | Kind::YesNo | Kind::Reference => false,
    };
    if &*key.text != "is_fact" && !ordered {
        return refuse(node, sheet, format!("“{}”没有高低先后，不能用 `{}`", fact.name, key.text));
    }
    Some(other)
}

/// One test, as saved: the fact's id and the word with its value.
pub(crate) fn written(test: &Test) -> (&'static str, serde_json::Value) {
    use serde_json::{Value as J, json};
    let value = |v: &Value| match v {
        Value::Text(text) => J::from(&**text),
        Value::Number(n) => J::from(*n),
        Value::Between { at, .. } => J::from(*at),
        Value::Date(date) => J::from(date.to_string()),
        Value::Yes(yes) => J::from(*yes),
    };
    match &test.is {
        Operator::Is(v) => ("is", value(v)),
        Operator::IsNot(v) => ("is_not", value(v)),
        Operator::OneOf(list) => ("one_of", list.iter().map(value).collect()),
        Operator::AtLeast(v) => ("at_least", value(v)),
        Operator::AtMost(v) => ("at_most", value(v)),
        Operator::WithinGroup(group) => ("within", J::from(&**group)),
        Operator::WithinDates(from, until) => {
            ("within", json!({ "from": from.to_string(), "until": until.to_string() }))
        }
        Operator::StartsWith(text) => ("starts_with", J::from(&**text)),
        Operator::Contains(text) => ("contains", J::from(&**text)),
        Operator::Known(known) => ("known", J::from(*known)),
        Operator::AtLeastPart { of_id, part, .. } => {
            ("at_least_part", json!({ "of": &**of_id, "part": format!("{}/{}", part.0, part.1) }))
        }
        Operator::MoreThanPart { of_id, part, .. } => {
            ("more_than_part", json!({ "of": &**of_id, "part": format!("{}/{}", part.0, part.1) }))
        }
        Operator::AtLeastFact(_, id) => ("at_least_fact", J::from(&**id)),
        Operator::AtMostFact(_, id) => ("at_most_fact", J::from(&**id)),
        Operator::IsFact(_, id) => ("is_fact", J::from(&**id)),
    }
}
