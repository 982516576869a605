//! 怎样比: what may be asked of a fact, by its kind, and what is typed beside it.

use institution::{Dictionary, Fact, Kind};
use serde::Serialize;

/// What is typed beside the operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Takes {
    Nothing,
    Text,
    Number,
    TwoNumbers,
    Date,
    TwoDates,
    Code,
    Codes,
    Group,
}

#[derive(Clone, Copy, Debug, Serialize)]
pub struct Choice {
    pub id: &'static str,
    pub label: &'static str,
    pub takes: Takes,
}

const fn choice(id: &'static str, label: &'static str, takes: Takes) -> Choice {
    Choice { id, label, takes }
}

const KNOWN: Choice = choice("known", "有记录", Takes::Nothing);
const UNKNOWN: Choice = choice("unknown", "没有记录", Takes::Nothing);

const TEXT: &[Choice] = &[
    choice("contains", "包含", Takes::Text),
    choice("not_contains", "不包含", Takes::Text),
    choice("is", "就是", Takes::Text),
    choice("is_not", "不是", Takes::Text),
    choice("starts_with", "开头是", Takes::Text),
    KNOWN,
    UNKNOWN,
];
const NUMBER: &[Choice] = &[
    choice("at_least", "不少于", Takes::Number),
    choice("at_most", "不超过", Takes::Number),
    choice("between", "介于（含两端）", Takes::TwoNumbers),
    choice("is", "等于", Takes::Number),
    choice("is_not", "不等于", Takes::Number),
    KNOWN,
    UNKNOWN,
];
const DATE: &[Choice] = &[
    choice("at_least", "不早于", Takes::Date),
    choice("at_most", "不晚于", Takes::Date),
    choice("between", "介于（含两端）", Takes::TwoDates),
    choice("is", "就在", Takes::Date),
    KNOWN,
    UNKNOWN,
];
const YES_NO: &[Choice] = &[choice("yes", "是", Takes::Nothing), choice("no", "否", Takes::Nothing), KNOWN, UNKNOWN];
const CODE: &[Choice] = &[
    choice("is", "是", Takes::Code),
    choice("is_not", "不是", Takes::Code),
    choice("one_of", "是其中之一", Takes::Codes),
    choice("not_one_of", "都不是", Takes::Codes),
];
const GROUP: &[Choice] = &[choice("within", "属于", Takes::Group), choice("not_within", "不属于", Takes::Group)];
const ORDERED: &[Choice] = &[choice("at_least", "不低于", Takes::Code), choice("at_most", "不高于", Takes::Code)];

/// In the order in which they are offered; the first stands until another is chosen.
pub fn operators(dictionary: &Dictionary, fact: &Fact) -> Vec<Choice> {
    match fact.kind {
        Kind::Text => TEXT.to_vec(),
        Kind::Number => NUMBER.to_vec(),
        Kind::Date => DATE.to_vec(),
        Kind::YesNo => YES_NO.to_vec(),
        Kind::Reference => vec![KNOWN, UNKNOWN],
        Kind::Code => {
            let table = dictionary.table_of(fact);
            let mut all = CODE.to_vec();
            if table.is_some_and(|t| t.ordered) {
                all.extend(ORDERED);
            }
            if !groups(dictionary, fact).is_empty() {
                all.extend(GROUP);
            }
            all.extend([KNOWN, UNKNOWN]);
            all
        }
    }
}

/// What `operator` takes for this fact; what is offered first when it is unknown there.
pub fn operator(dictionary: &Dictionary, fact: &Fact, id: &str) -> Choice {
    let all = operators(dictionary, fact);
    all.iter().find(|c| c.id == id).or(all.first()).copied().unwrap_or(KNOWN)
}

/// Names of a code fact that may be chosen under `takes`.
pub fn options(dictionary: &Dictionary, fact: &Fact, operator: Choice) -> Vec<String> {
    let Some(table) = dictionary.table_of(fact) else { return vec![] };
    let compared = matches!(operator.id, "at_least" | "at_most");
    match operator.takes {
        Takes::Code | Takes::Codes => {
            table.values.iter().filter(|c| !compared || c.height.is_some()).map(|c| c.name.to_string()).collect()
        }
        Takes::Group => groups(dictionary, fact),
        _ => vec![],
    }
}

fn groups(dictionary: &Dictionary, fact: &Fact) -> Vec<String> {
    let mut groups: Vec<String> = Vec::new();
    for code in dictionary.table_of(fact).map(|t| t.values.as_slice()).unwrap_or_default() {
        for group in &code.groups {
            if !groups.iter().any(|g| *g == **group) {
                groups.push(group.to_string());
            }
        }
    }
    groups
}
