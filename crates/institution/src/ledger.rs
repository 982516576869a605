//! 台账: a list that is asked anew each time; only its definition is kept.

use crate::condition::{Condition, Operator};
use crate::dictionary::load::{subject_of, unknown_fact};
use crate::dictionary::{Dictionary, Kind, Subject};
use crate::reading::{Fields, Node, Shape, Sheet};
use std::sync::Arc;
use vocabulary::Value;

/// What a ledger lists, of whom, in which order.
#[derive(Clone, Debug)]
pub struct Ledger {
    pub id: Arc<str>,
    pub title: Arc<str>,
    /// Folder of the institution that ships it.
    pub institution: Arc<str>,
    pub of: Subject,
    /// Everybody, when it is empty.
    pub filter: Option<Condition>,
    pub columns: Vec<Column>,
    pub sort: Vec<Sort>,
    /// Index of the fact by which rows are grouped with sub-totals.
    pub group: Option<usize>,
    pub totals: Vec<Total>,
    pub systems: Vec<Arc<str>>,
    pub says: Arc<str>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub fact: usize,
    pub id: Arc<str>,
    /// Heading instead of the fact's name.
    pub label: Option<Arc<str>>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Sort {
    pub fact: usize,
    pub descending: bool,
}

/// 合计
#[derive(Clone, Debug, PartialEq)]
pub struct Total {
    pub label: Arc<str>,
    pub count: Counted,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Counted {
    Rows,
    Sum(usize),
    Average(usize),
    /// Rows for which the condition holds; the figure opens them.
    Where(Condition),
}

impl Counted {
    /// Which rows of the ledger stand behind the figure: those that fit, that add something, or that have a value to
    /// divide; None where it is all of them.
    pub fn rows(&self, dictionary: &Dictionary) -> Option<Condition> {
        match self {
            Counted::Rows => None,
            Counted::Where(condition) => Some(condition.clone()),
            Counted::Sum(fact) => Some(Condition::Not(Box::new(Condition::test(&dictionary.facts[*fact], Operator::Is(Value::Number(0)))))),
            Counted::Average(fact) => Some(Condition::test(&dictionary.facts[*fact], Operator::Known(true))),
        }
    }
}

impl Ledger {
    /// Every fact that the ledger reads.
    pub fn facts(&self) -> Vec<usize> {
        let mut found: Vec<usize> = self.columns.iter().map(|c| c.fact).collect();
        found.extend(self.sort.iter().map(|s| s.fact));
        found.extend(self.group);
        if let Some(filter) = &self.filter {
            filter.facts(&mut found);
        }
        for total in &self.totals {
            match &total.count {
                Counted::Rows => {}
                Counted::Sum(fact) | Counted::Average(fact) => found.push(*fact),
                Counted::Where(condition) => condition.facts(&mut found),
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

pub(crate) fn read_ledgers(sheet: &Sheet, institution: &str, dictionary: &Dictionary) -> Vec<Ledger> {
    let root = sheet.parse();
    let Some(file) = root.as_ref().and_then(|root| Fields::of(root, "台账文件", sheet)) else { return Vec::new() };
    let mut ledgers: Vec<Ledger> = Vec::new();
    for fields in file.rows("ledger", "台账") {
        if let Some(ledger) = read_ledger(&fields, institution, dictionary) {
            if ledgers.iter().any(|l| l.id == ledger.id) {
                sheet.fault(fields.at.clone(), format!("台账 `{}` 写了两次", ledger.id), None, None);
            }
            ledgers.push(ledger);
        }
        fields.finish();
    }
    file.finish();
    ledgers
}

fn read_ledger(fields: &Fields, institution: &str, dictionary: &Dictionary) -> Option<Ledger> {
    fields.need("of");
    let of = subject_of(fields, "of")?;
    let about = About { of, dictionary, fields };
    let columns = about.columns();
    if columns.is_empty() {
        fields.need("columns");
    }
    Some(Ledger {
        id: fields.text("id"),
        title: fields.text("title"),
        institution: institution.into(),
        of,
        filter: about.condition(fields.maybe("where")),
        columns,
        sort: about.sort(),
        group: fields.maybe("group").and_then(|node| about.fact(node)).map(|(index, _)| index),
        totals: about.totals(),
        systems: fields.texts("systems"),
        says: fields.maybe_text("says").unwrap_or_default(),
    })
}

/// One ledger while it is read: whatever it names must be said of its subject.
struct About<'a> {
    of: Subject,
    dictionary: &'a Dictionary,
    fields: &'a Fields<'a>,
}

impl About<'_> {
    fn fact(&self, node: &Node) -> Option<(usize, Arc<str>)> {
        let Shape::Text(id) = &node.shape else {
            self.fields.sheet.fault(node.at.clone(), format!("应是事实的编号，这里是{}", node.described()), None, None);
            return None;
        };
        let Some(fact) = self.dictionary.fact(id) else {
            unknown_fact(self.fields.sheet, node.at.clone(), id, self.dictionary);
            return None;
        };
        if fact.subject != self.of {
            let says = format!("“{}”（`{id}`）说的不是这个台账的对象", fact.name);
            let same = self.dictionary.of(self.of).find(|f| f.name == fact.name);
            let mend = same.map(|f| format!("是不是 `{}`？", f.id));
            self.fields.sheet.fault(node.at.clone(), says, mend, Some("一个台账只列一种对象的事实"));
        }
        Some((fact.index, fact.id.clone()))
    }

    fn condition(&self, node: Option<&Node>) -> Option<Condition> {
        let node = node?;
        let condition = Condition::read(node, self.dictionary, self.fields.sheet)?;
        let mut facts = Vec::new();
        condition.facts(&mut facts);
        for fact in facts.iter().map(|f| &self.dictionary.facts[*f]).filter(|f| f.subject != self.of) {
            let says = format!("“{}”（`{}`）说的不是这个台账的对象", fact.name, fact.id);
            self.fields.sheet.fault(node.at.clone(), says, None, Some("一个台账只列一种对象的事实"));
        }
        Some(condition)
    }

    fn list(&self, key: &'static str) -> &[Node] {
        match self.fields.maybe(key).map(|n| &n.shape) {
            Some(Shape::List(list)) => list,
            Some(_) => {
                self.fields.sheet.fault(self.fields.at.clone(), format!("`{key}` 应是列表"), None, None);
                &[]
            }
            None => &[],
        }
    }

    /// `columns = ["name", { fact = "post", label = "职务" }]`
    fn columns(&self) -> Vec<Column> {
        let mut columns = Vec::new();
        for node in self.list("columns") {
            let found = match &node.shape {
                Shape::Table(_) => Fields::of(node, "列", self.fields.sheet).and_then(|table| {
                    let fact = table.need("fact").and_then(|n| self.fact(n));
                    let label = table.maybe_text("label");
                    table.finish();
                    fact.map(|(fact, id)| Column { fact, id, label })
                }),
                _ => self.fact(node).map(|(fact, id)| Column { fact, id, label: None }),
            };
            columns.extend(found);
        }
        columns
    }

    /// `sort = ["organisation.order", { fact = "age", descending = true }]`
    fn sort(&self) -> Vec<Sort> {
        let mut sort = Vec::new();
        for node in self.list("sort") {
            let found = match &node.shape {
                Shape::Table(_) => Fields::of(node, "排序", self.fields.sheet).and_then(|table| {
                    let fact = table.need("fact").and_then(|n| self.fact(n));
                    let descending = table.yes("descending");
                    table.finish();
                    fact.map(|(fact, _)| Sort { fact, descending })
                }),
                _ => self.fact(node).map(|(fact, _)| Sort { fact, descending: false }),
            };
            sort.extend(found);
        }
        sort
    }

    /// `totals = [{ label = "人数" }, { label = "平均年龄", average = "age" }, { label = "女", where = {…} }]`
    fn totals(&self) -> Vec<Total> {
        let mut totals = Vec::new();
        for table in self.fields.rows("totals", "合计") {
            let label = table.text("label");
            let number = |key| {
                let (fact, _) = table.maybe(key).and_then(|n| self.fact(n))?;
                let found = &self.dictionary.facts[fact];
                if found.kind != Kind::Number {
                    let says = format!("“{}”（`{}`）不是数，不能合计", found.name, found.id);
                    table.sheet.fault(table.at.clone(), says, None, None);
                }
                Some(fact)
            };
            let count = match (number("sum"), number("average"), self.condition(table.maybe("where"))) {
                (Some(fact), _, _) => Counted::Sum(fact),
                (_, Some(fact), _) => Counted::Average(fact),
                (_, _, Some(condition)) => Counted::Where(condition),
                _ => Counted::Rows,
            };
            table.finish();
            totals.push(Total { label, count });
        }
        totals
    }
}
