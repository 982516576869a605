//! 事实字典: what the office knows of each kind of subject, where it comes from, who may see it, what no record means.

use crate::ctx::pairs;
use crate::ledgers::refuse_recorded;
use crate::{Answer, Ctx, Page, Sample};
use institution::dictionary::{Class, Layer};
use institution::{Dictionary, Fact, Kind, Subject};
use registry::facts::{Answer as How, implementation};
use serde::Serialize;
use vocabulary::Day;

#[derive(Serialize)]
pub struct FactsPage {
    pub q: String,
    pub of: String,
    pub subjects: Vec<(&'static str, &'static str, usize)>,
    pub groups: Vec<Group>,
    pub found: usize,
    pub all: usize,
}

#[derive(Clone, Debug, Serialize)]
pub struct Group {
    pub subject: &'static str,
    pub name: String,
    pub facts: Vec<ShownFact>,
}

#[derive(Clone, Debug, Serialize)]
pub struct ShownFact {
    pub id: String,
    pub name: String,
    pub aliases: Vec<String>,
    pub kind: &'static str,
    pub unit: String,
    /// Code table with the number of its codes.
    pub table: Option<(String, usize)>,
    pub class: Class,
    pub layer: Layer,
    pub origin: &'static str,
    pub purpose: String,
    pub unknown: String,
    pub national: Option<String>,
}

const SUBJECTS: [(Subject, &str, &str); 8] = [
    (Subject::Official, "official", "干部"),
    (Subject::Post, "post", "岗位"),
    (Subject::Organisation, "organisation", "机构与班子"),
    (Subject::Proposal, "proposal", "拟任事项"),
    (Subject::Procedure, "procedure", "选任程序"),
    (Subject::Branch, "branch", "党组织"),
    (Subject::Member, "member", "党员"),
    (Subject::Charge, "charge", "包联责任"),
];

/// Where the value comes from, for who doubts it.
fn origin(fact: &Fact) -> &'static str {
    match (fact.subject, implementation(fact.subject, &fact.id)) {
        (Subject::Proposal, None) => "拟任时填写或由制度推算",
        (Subject::Procedure, None) => "程序各步骤填写",
        _ if fact.matters.is_some() => "由记录汇总",
        (_, None) => "尚无数据来源，一律视为没有记录",
        (_, Some(i)) => match i.answer {
            How::Sql(sql) if sql.contains("count(") || sql.contains("sum(") => "由记录汇总",
            How::Sql(sql) if sql.starts_with("d.") => "基本信息登记",
            How::Sql(sql) if sql.starts_with("(case") => "由记录判断",
            How::Sql(_) => "取自有关记录",
            How::MonthsSince(_) | How::YearsSince(_) | How::MonthsUntil(_) => "由日期推算",
            How::Covered(_) => "由任职经历累计，重叠只算一次",
        },
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "文字",
        Kind::Number => "数",
        Kind::Date => "日期",
        Kind::YesNo => "是否",
        Kind::Code => "代码",
        Kind::Reference => "引用",
    }
}

fn shown(dictionary: &Dictionary, fact: &Fact, day: Day) -> ShownFact {
    ShownFact {
        id: fact.id.to_string(),
        name: fact.name_on(day),
        aliases: fact.aliases.iter().map(ToString::to_string).collect(),
        kind: kind(fact.kind),
        unit: fact.unit.to_string(),
        table: dictionary.table_of(fact).map(|t| (t.name.to_string(), t.values.len())),
        class: fact.class,
        layer: fact.layer,
        origin: origin(fact),
        purpose: fact.purpose.to_string(),
        unknown: fact.unknown.to_string(),
        national: fact.national.as_ref().map(ToString::to_string),
    }
}

/// Every word asked is a part of the name, an alias, the id, the group, or the item of the national workbook.
fn fits(fact: &Fact, words: &[&str], day: Day) -> bool {
    words.iter().all(|word| {
        let texts = [&fact.id, &fact.group, &fact.purpose];
        fact.name_on(day).contains(word)
            || texts.iter().any(|t| t.contains(word))
            || fact.aliases.iter().any(|a| a.contains(word))
            || fact.national.as_deref().is_some_and(|n| n.eq_ignore_ascii_case(word))
    })
}

impl FactsPage {
    pub fn of(dictionary: &Dictionary, q: &str, of: &str, day: Day) -> FactsPage {
        let words: Vec<&str> = q.split_whitespace().collect();
        let mut groups: Vec<Group> = Vec::new();
        let mut subjects = Vec::new();
        for (subject, id, name) in SUBJECTS {
            let found: Vec<&Fact> = dictionary.of(subject).filter(|f| fits(f, &words, day)).collect();
            subjects.push((id, name, found.len()));
            if !of.is_empty() && of != id {
                continue;
            }
            for fact in found {
                let fact_shown = shown(dictionary, fact, day);
                match groups.iter_mut().find(|g| g.subject == name && *g.name == *fact.group) {
                    Some(group) => group.facts.push(fact_shown),
                    None => groups.push(Group { subject: name, name: fact.group.to_string(), facts: vec![fact_shown] }),
                }
            }
        }
        let found = groups.iter().map(|g| g.facts.len()).sum();
        FactsPage { q: q.into(), of: of.into(), subjects, groups, found, all: dictionary.facts.len() }
    }
}

pub async fn show(c: Ctx) -> Answer {
    refuse_recorded(&c)?;
    let asked = pairs(&c.asked.query);
    let text = |name: &str| asked.iter().find(|(n, _)| n == name).map_or("", |(_, t)| t.trim());
    c.part("facts/found.html", &FactsPage::of(&c.app.office.book.dictionary, text("q"), text("of"), c.day()))
}

impl Page for FactsPage {
    const TEMPLATE: &'static str = "facts/list.html";
    fn samples() -> Vec<Sample<Self>> {
        let fact = |name: &str| ShownFact {
            id: "rank.months".into(),
            name: name.into(),
            aliases: vec!["任现职级时间月数".into()],
            kind: "数",
            unit: "月".into(),
            table: Some(("职级".into(), 24)),
            class: Class::S1,
            layer: Layer::A,
            origin: "由日期推算",
            purpose: "职级晋升".into(),
            unknown: "没有记录".into(),
            national: Some("A0221".into()),
        };
        let page = |facts: Vec<ShownFact>| FactsPage {
            q: "职级".into(),
            of: String::new(),
            subjects: vec![("official", "干部", facts.len()), ("post", "岗位", 0)],
            found: facts.len(),
            all: 266,
            groups: if facts.is_empty() { vec![] } else { vec![Group { subject: "干部", name: "职务职级".into(), facts }] },
        };
        vec![
            Sample::usual(page(vec![fact("任现职级月数")])),
            Sample::empty(page(vec![])),
            Sample::overfull(page(vec![fact(crate::samples::LONG_TITLE); 80])),
        ]
    }
}
