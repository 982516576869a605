//! 名册: what organisations keep a list of, from a day until a day: teams, people who can be called, means. Data of
//! `register.toml`; what is filled in is written in the grammar of steps.

use crate::dictionary::{Dictionary, Kind};
use crate::fault::{Fault, Spot};
use crate::procedure::{StepField, field_of};
use crate::reading::{Fields, Node, Shape, Sheet};
use crate::source::{InForce, citation, in_force, known_id};
use std::collections::BTreeMap;
use std::sync::Arc;
use vocabulary::{Citation, Date, Day, Finding, Weight};

/// One register.
#[derive(Clone, Debug)]
pub struct Register {
    /// `volunteering/teams`
    pub key: Arc<str>,
    pub id: Arc<str>,
    pub title: Arc<str>,
    /// What one entry is called: `服务队`.
    pub noun: Arc<str>,
    pub says: Arc<str>,
    /// Kinds of organisation that keep it.
    pub kinds: Vec<Arc<str>>,
    /// Roles that write in it; all who come near it read it.
    pub writes: Vec<Arc<str>>,
    /// The first is its name.
    pub fields: Vec<RegisterField>,
    pub in_force: InForce,
    pub source: Citation,
}

#[derive(Clone, Debug)]
pub struct RegisterField {
    pub field: StepField,
    /// S2: kept sealed, shown to those who write in the register, and every look is noted.
    pub guarded: bool,
}

/// What was filled in, by field.
pub type Filled = BTreeMap<String, String>;

impl Register {
    /// What stands against an entry of an organisation of this kind; empty when it may be entered.
    pub fn against(&self, kind: &str, filled: &Filled) -> Vec<Finding> {
        let mut found = Vec::new();
        if !self.kinds.iter().any(|k| &**k == kind) {
            found.push(self.refusal("kind", format!("{}登记{}，不是{kind}", self.kinds.join("、"), self.noun), "核对单位"));
        }
        for RegisterField { field, .. } in &self.fields {
            let text = filled.get(&*field.id).map_or("", |t| t.trim());
            let rule = format!("field.{}", field.id);
            if text.is_empty() {
                if field.required {
                    found.push(self.refusal(&rule, format!("没有填写“{}”", field.label), "填写后再提交"));
                }
                continue;
            }
            let (reads, should) = match field.kind {
                Kind::Number => (text.parse::<i64>().is_ok_and(|n| n >= 0), "应是数字"),
                Kind::Date => (Date::read(text).is_ok(), "应是日期，写成 2026-11-22"),
                Kind::YesNo => (matches!(text, "是" | "否"), "应是“是”或“否”"),
                _ => (true, ""),
            };
            if !reads {
                found.push(self.refusal(&rule, format!("“{}”{should}，不是“{text}”", field.label), "改正后再提交"));
            }
        }
        for id in filled.keys().filter(|id| !self.fields.iter().any(|f| *f.field.id == ***id)) {
            found.push(self.refusal("no-such-field", format!("{}没有填写项 `{id}`", self.title), "刷新页面后再填"));
        }
        found
    }

    /// What stands against its standing from `from` until `until`, seen on `today`.
    pub fn against_days(&self, from: Day, until: Option<Day>, today: Day) -> Vec<Finding> {
        let mut found = Vec::new();
        if from > today {
            found.push(self.refusal("day-ahead", format!("起始日 {from} 还没有到"), "到了那一天再登记"));
        }
        if let Some(until) = until {
            if until <= from {
                found.push(self.refusal("until", format!("结束日 {until} 不在起始日 {from} 之后"), "核对日期"));
            }
            if until > today {
                found.push(self.refusal("day-ahead", format!("结束日 {until} 还没有到"), "到了那一天再登记"));
            }
        }
        found
    }

    pub fn refusal(&self, rule: &str, says: String, next: &str) -> Finding {
        Finding { rule: rule.into(), weight: Weight::Refuse, says, citation: self.source.clone(), saw: vec![], due: None, next: Some(next.into()), unsure: false }
    }

    /// The field by which an entry is called.
    pub fn name(&self) -> Option<&StepField> {
        self.fields.first().map(|f| &f.field)
    }
}

/// 例: an entry of some organisation, and what must be said.
#[derive(Clone, Debug)]
pub struct RegisterExample {
    pub name: Arc<str>,
    register: Arc<str>,
    kind: Arc<str>,
    on: Day,
    from: Day,
    until: Option<Day>,
    filled: Filled,
    expect: Vec<Arc<str>>,
    spot: Spot,
}

impl RegisterExample {
    /// What does not come out as expected; empty when it holds.
    pub fn run(&self, registers: &[Register]) -> Vec<String> {
        let Some(register) = registers.iter().find(|r| r.id == self.register) else { return vec![format!("没有名册 `{}`", self.register)] };
        let mut said = register.against(&self.kind, &self.filled);
        said.extend(register.against_days(self.from, self.until, self.on));
        let missing = self.expect.iter().filter(|e| !said.iter().any(|f| f.rule == ***e)).map(|e| format!("应当因 `{e}` 不登记，没有这样说"));
        let extra = said.iter().filter(|f| !self.expect.iter().any(|e| f.rule == **e)).map(|f| format!("`{}` 说“{}”，例里没有", f.rule, f.says));
        missing.chain(extra).collect()
    }
    pub(crate) fn fault(&self, wrong: &[String]) -> Fault {
        let says = format!("例“{}”不成立：{}", self.name, wrong.join("；"));
        Fault::at(self.spot.clone(), says, Some("改名册，或改这个例".into()), Some("例由懂政策的人写，名册必须合乎例"))
    }
}

pub(crate) fn read_registers(sheet: &Sheet, folder: &str, dictionary: &Dictionary, whole: InForce) -> (Vec<Register>, Vec<RegisterExample>) {
    let root = sheet.parse();
    let Some(file) = root.as_ref().and_then(|root| Fields::of(root, "名册文件", sheet)) else { return (vec![], vec![]) };
    let mut registers: Vec<Register> = Vec::new();
    for fields in file.rows("register", "名册") {
        if let Some(register) = read_register(&fields, folder, dictionary, whole) {
            if registers.iter().any(|r| r.id == register.id) {
                sheet.fault(fields.at.clone(), format!("名册 `{}` 写了两次", register.id), None, None);
            }
            registers.push(register);
        }
        fields.finish();
    }
    let examples = file.rows("example", "例").into_iter().filter_map(|fields| read_example(fields, &registers)).collect();
    file.finish();
    (registers, examples)
}

fn read_register(fields: &Fields, folder: &str, dictionary: &Dictionary, whole: InForce) -> Option<Register> {
    let id = fields.text("id");
    let sheet = fields.sheet;
    let mut filled: Vec<RegisterField> = Vec::new();
    for row in fields.rows("fields", "填写项") {
        let field = field_of(&row, dictionary);
        let guarded = row.choice("class", &[("S1", false), ("S2", true)]).unwrap_or(false);
        if filled.iter().any(|f| f.field.id == field.id) {
            sheet.fault(row.at.clone(), format!("填写项 `{}` 写了两次", field.id), None, None);
        }
        if field.fact.is_some() || field.kind == Kind::Code {
            sheet.fault(row.at.clone(), format!("名册的填写项 `{}` 写 type，不写 fact", field.id), None, None);
        }
        filled.push(RegisterField { field, guarded });
        row.finish();
    }
    if !filled.first().is_some_and(|f| f.field.required && !f.guarded && f.field.kind == Kind::Text) {
        sheet.fault(fields.at.clone(), format!("名册 `{id}` 的第一个填写项是名称"), None, Some("写成 type = \"text\"，required = true，不写 class = \"S2\""));
    }
    Some(Register {
        key: format!("{folder}/{id}").into(),
        id,
        title: fields.text("title"),
        noun: fields.text("noun"),
        says: fields.maybe_text("says").unwrap_or_default(),
        kinds: known(fields, "kinds", "机构类别", &dictionary.table("organisation_kind").map(|t| t.values.iter().map(|v| &*v.name).collect()).unwrap_or_default()),
        writes: known(fields, "writes", "岗位", &policy::Role::ALL.into_iter().chain([policy::Role::Program]).map(policy::Role::id).collect()),
        fields: filled,
        in_force: in_force(fields, whole),
        source: citation(fields)?,
    })
}

/// A list of known words with something in it.
fn known(fields: &Fields, key: &'static str, what: &str, all: &Vec<&str>) -> Vec<Arc<str>> {
    fields.need(key);
    let list = fields.texts(key);
    for word in list.iter().filter(|w| !all.contains(&&***w)) {
        fields.sheet.unknown(fields.at.clone(), format!("没有{what} `{word}`"), word, all.iter().copied(), None);
    }
    list
}

fn read_example(fields: Fields, registers: &[Register]) -> Option<RegisterExample> {
    fields.need("register");
    let register = known_id(&fields, "register", "名册", registers.iter().map(|r| &*r.id));
    let mut filled = Filled::new();
    if let Some(Node { shape: Shape::Table(entries), .. }) = fields.maybe("fields") {
        for (key, node) in entries {
            let text = match &node.shape {
                Shape::Text(text) => text.to_string(),
                Shape::Number(n) => n.to_string(),
                Shape::Date(date) => date.to_string(),
                _ => String::new(),
            };
            filled.insert(key.text.to_string(), text);
        }
    }
    let on = fields.day("on");
    let example = RegisterExample {
        name: fields.text("name"),
        register: register?,
        kind: fields.text("kind"),
        from: fields.maybe_day("from").or(on)?,
        on: on?,
        until: fields.maybe_day("until"),
        filled,
        expect: fields.texts("expect"),
        spot: fields.sheet.spot(fields.at.clone()),
    };
    fields.finish();
    Some(example)
}
