//! 条件行: tests as lines of a form, and back. Lines lie in boxes: the outer one, and others one level inside it.

use super::operators::{Takes, operator};
use crate::Form;
use institution::{Condition, Dictionary, Fact, Operator, Test};
use serde::Serialize;
use serde_json::{Value as Json, json};
use vocabulary::{Date, Value};

/// One test as it is typed. Its fields are `f-n` fact, `o-n` operator, `v-n` value, `w-n` second value, `g-n` box,
/// `k-n` a test that a line cannot show, as JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Number of its box; 0 is the outer one.
    pub group: usize,
    pub fact: String,
    pub operator: String,
    pub value: String,
    pub second: String,
    pub values: Vec<String>,
    pub kept: String,
}

/// 全部满足、满足其一、都不满足.
pub const JOINTS: [(&str, &str); 3] = [("all", "全部满足"), ("any", "满足其中一条"), ("none", "一条也不满足")];

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Draft {
    /// Joint of each box, the outer one first.
    pub joints: Vec<String>,
    pub lines: Vec<Line>,
}

impl Draft {
    pub fn of_form(form: &Form) -> Draft {
        let joint = |n: usize| Some(form.text(&format!("j-{n}")).to_owned()).filter(|j| JOINTS.iter().any(|(id, _)| id == j));
        let mut joints = vec![joint(0).unwrap_or_else(|| "all".into())];
        joints.extend((1..=MOST).map_while(joint));
        let mut lines = Vec::new();
        for n in 0..MOST {
            let text = |name: &str| form.text(&format!("{name}-{n}")).to_owned();
            let (fact, kept) = (text("f"), text("k"));
            if form.many(&format!("g-{n}")).next().is_none() {
                break;
            }
            let group = text("g").parse().unwrap_or(0).min(joints.len() - 1);
            let values = form.many(&format!("v-{n}")).map(str::to_owned).collect();
            lines.push(Line { group, fact, operator: text("o"), value: text("v"), second: text("w"), values, kept });
        }
        Draft { joints, lines }
    }

    pub fn of_condition(condition: &Condition) -> Draft {
        let mut draft = Draft { joints: vec!["all".into()], lines: vec![] };
        let parts = match condition {
            Condition::All(parts) => parts.as_slice(),
            Condition::Any(parts) => {
                draft.joints[0] = "any".into();
                parts
            }
            one => std::slice::from_ref(one),
        };
        for part in parts {
            draft.put(part);
        }
        draft
    }

    fn put(&mut self, part: &Condition) {
        if let Some(line) = line(part) {
            self.lines.push(line);
            return;
        }
        let (joint, parts) = match part {
            Condition::All(parts) => ("all", parts),
            Condition::Any(parts) => ("any", parts),
            Condition::Not(inner) => match &**inner {
                Condition::Any(parts) => ("none", parts),
                _ => return self.keep(part),
            },
            Condition::Test(_) => return self.keep(part),
        };
        let lines: Option<Vec<Line>> = parts.iter().map(line).collect();
        let Some(lines) = lines else { return self.keep(part) };
        self.joints.push(joint.into());
        let group = self.joints.len() - 1;
        self.lines.extend(lines.into_iter().map(|l| Line { group, ..l }));
    }

    /// A test of another shape stands as it is, and can be taken away.
    fn keep(&mut self, part: &Condition) {
        self.lines.push(Line { kept: part.to_json().to_string(), ..Line::default() });
    }

    /// The condition; every line that says nothing yet is a mistake in `form`.
    pub fn condition(&self, dictionary: &Dictionary, form: &Form) -> Condition {
        let mut boxes: Vec<Vec<Condition>> = vec![vec![]; self.joints.len()];
        for (n, line) in self.lines.iter().enumerate() {
            match line.condition(dictionary) {
                Ok(condition) => boxes[line.group].push(condition),
                Err((field, says)) => form.mistake(&format!("{field}-{n}"), format!("第{}条：{says}", n + 1)),
            }
        }
        let mut boxes = boxes.into_iter().zip(&self.joints).map(|(parts, joint)| joined(joint, parts));
        let outer = boxes.next().unwrap_or(Condition::All(vec![]));
        let inner: Vec<Condition> = boxes.filter(|c| !is_empty(c)).collect();
        match (outer, self.joints[0].as_str()) {
            (Condition::All(parts), "all") => Condition::All(parts.into_iter().chain(inner).collect()),
            (Condition::Any(parts), "any") if parts.len() + inner.len() > 0 => Condition::Any(parts.into_iter().chain(inner).collect()),
            (Condition::Not(any), _) if !inner.is_empty() || !is_empty(&any) => {
                let parts = if let Condition::Any(parts) = *any { parts } else { vec![] };
                Condition::Not(Box::new(Condition::Any(parts.into_iter().chain(inner).collect())))
            }
            _ => Condition::All(vec![]),
        }
    }
}

/// More lines than anybody writes.
const MOST: usize = 60;

fn joined(joint: &str, parts: Vec<Condition>) -> Condition {
    match joint {
        "any" => Condition::Any(parts),
        "none" => Condition::Not(Box::new(Condition::Any(parts))),
        _ => Condition::All(parts),
    }
}

fn is_empty(condition: &Condition) -> bool {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.is_empty(),
        Condition::Not(part) => is_empty(part),
        Condition::Test(_) => false,
    }
}

type Mistaken = (&'static str, String);

impl Line {
    fn condition(&self, dictionary: &Dictionary) -> Result<Condition, Mistaken> {
        let read = |json: &Json| Condition::from_json(dictionary, json).map_err(|says| ("v", says));
        if !self.kept.is_empty() {
            return read(&serde_json::from_str(&self.kept).unwrap_or_default());
        }
        let Some(fact) = dictionary.fact(&self.fact) else { return Err(("f", "请选择一项事实".into())) };
        let choice = operator(dictionary, fact, &self.operator);
        let test = |word: &str, value: Json| {
            let mut json = json!({ "fact": &*fact.id });
            json[word] = value;
            json
        };
        let not = |json: Json| json!({ "not": json });
        let json = match (choice.id, choice.takes) {
            ("yes", _) => test("is", true.into()),
            ("no", _) => test("is", false.into()),
            ("known", _) => test("known", true.into()),
            ("unknown", _) => test("known", false.into()),
            ("between", takes) => {
                let (low, high) = (typed("v", &self.value, takes, fact)?, typed("w", &self.second, takes, fact)?);
                json!({ "fact": &*fact.id, "at_least": low, "at_most": high })
            }
            (id @ ("one_of" | "not_one_of"), _) => {
                let values: Vec<&String> = self.values.iter().filter(|v| !v.is_empty()).collect();
                if values.is_empty() {
                    return Err(("v", format!("“{}”请至少勾选一项", fact.spoken())));
                }
                let one_of = test("one_of", json!(values));
                if id == "one_of" { one_of } else { not(one_of) }
            }
            ("not_contains", takes) => not(test("contains", typed("v", &self.value, takes, fact)?)),
            ("not_within", takes) => not(test("within", typed("v", &self.value, takes, fact)?)),
            (word, takes) => test(word, typed("v", &self.value, takes, fact)?),
        };
        read(&json)
    }
}

fn typed(field: &'static str, text: &str, takes: Takes, fact: &Fact) -> Result<Json, Mistaken> {
    let wrong = |help: &str| (field, format!("“{}”的“{text}”读不懂，{help}", fact.spoken()));
    if text.is_empty() {
        return Err((field, format!("“{}”还没有填要求", fact.spoken())));
    }
    match takes {
        Takes::Number | Takes::TwoNumbers => {
            let digits = text.trim_end_matches(&*fact.unit).trim();
            digits.parse::<i64>().map(Json::from).map_err(|_| wrong("请填整数"))
        }
        Takes::Date | Takes::TwoDates => {
            Date::read(text).map(|d| d.to_string().into()).map_err(|_| wrong("请写成 1982、1982-04 或 1982-04-17"))
        }
        _ => Ok(text.into()),
    }
}

/// The line that says the same, if one can.
fn line(condition: &Condition) -> Option<Line> {
    match condition {
        Condition::Test(test) => line_of_test(test),
        Condition::Not(inner) => match &**inner {
            Condition::Test(test) => {
                let line = line_of_test(test)?;
                let operator = match line.operator.as_str() {
                    "one_of" => "not_one_of",
                    "within" => "not_within",
                    "contains" => "not_contains",
                    "is" => "is_not",
                    _ => return None,
                };
                Some(Line { operator: operator.into(), ..line })
            }
            _ => None,
        },
        Condition::All(parts) => match parts.as_slice() {
            [Condition::Test(low), Condition::Test(high)] if low.fact == high.fact => match (&low.is, &high.is) {
                (Operator::AtLeast(a), Operator::AtMost(b)) if a.as_text().is_none() => Some(Line {
                    fact: low.id.to_string(),
                    operator: "between".into(),
                    value: a.to_string(),
                    second: b.to_string(),
                    ..Line::default()
                }),
                _ => None,
            },
            [one] => line(one),
            _ => None,
        },
        Condition::Any(_) => None,
    }
}

fn line_of_test(test: &Test) -> Option<Line> {
    let one = |operator: &str, value: String| Some(Line { fact: test.id.to_string(), operator: operator.into(), value, ..Line::default() });
    match &test.is {
        Operator::Is(Value::Yes(yes)) => one(if *yes { "yes" } else { "no" }, String::new()),
        Operator::IsNot(Value::Yes(_)) => None,
        Operator::Is(v) => one("is", v.to_string()),
        Operator::IsNot(v) => one("is_not", v.to_string()),
        Operator::OneOf(values) => {
            let values = values.iter().map(Value::to_string).collect();
            Some(Line { fact: test.id.to_string(), operator: "one_of".into(), values, ..Line::default() })
        }
        Operator::AtLeast(v) => one("at_least", v.to_string()),
        Operator::AtMost(v) => one("at_most", v.to_string()),
        Operator::WithinGroup(group) => one("within", group.to_string()),
        Operator::WithinDates(from, until) => {
            let last = until.earliest().plus_days(-1).to_string();
            Some(Line { second: last, ..one("between", from.to_string())? })
        }
        Operator::StartsWith(text) => one("starts_with", text.to_string()),
        Operator::Contains(text) => one("contains", text.to_string()),
        Operator::Known(known) => one(if *known { "known" } else { "unknown" }, String::new()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines written as a form and read again say what they said.
    #[test]
    fn tests_become_lines_and_lines_become_the_same_tests() {
        let book = registry::testing::book();
        let same = json!({ "all": [
            { "fact": "sex", "is": "女" },
            { "fact": "age", "at_most": 36 },
            { "all": [{ "fact": "level.months", "at_least": 24 }, { "fact": "level.months", "at_most": 60 }] },
            { "not": { "fact": "party", "within": "中共" } },
            { "fact": "reserve", "is": true },
            { "fact": "tenure.months_as_deputy", "at_least_fact": "tenure.months_as_chief" },
            { "any": [{ "fact": "born", "at_least": "1985-04" }, { "fact": "post", "contains": "书记" }] },
            { "not": { "any": [{ "fact": "rank", "known": false }, { "fact": "education", "one_of": ["大学", "大专"] }] } },
        ]});
        let condition = Condition::from_json(&book.dictionary, &same);
        let Ok(condition) = condition else { panic!("{condition:?}") };
        let form = Form::new(vec![]);
        let back = Draft::of_condition(&condition).condition(&book.dictionary, &form);
        assert!(form.is_right(), "{:?}", form.typed().mistakes);
        let mut said: Vec<String> = back.to_json()["all"].as_array().unwrap().iter().map(Json::to_string).collect();
        let mut meant: Vec<String> = condition.to_json()["all"].as_array().unwrap().iter().map(Json::to_string).collect();
        said.sort();
        meant.sort();
        assert_eq!(said, meant);
    }

    #[test]
    fn a_line_that_says_nothing_yet_is_told_with_its_number() {
        let book = registry::testing::book();
        let line = Line { fact: "age".into(), operator: "at_most".into(), value: "三十六岁".into(), ..Line::default() };
        let draft = Draft { joints: vec!["all".into()], lines: vec![line, Line::default()] };
        let form = Form::new(vec![]);
        assert_eq!(draft.condition(&book.dictionary, &form), Condition::All(vec![]));
        let says: Vec<String> = form.typed().mistakes.into_iter().map(|m| format!("{} {}", m.field, m.says)).collect();
        assert_eq!(says, ["v-0 第1条：“年龄”的“三十六岁”读不懂，请填整数", "f-1 第2条：请选择一项事实"]);
    }
}
