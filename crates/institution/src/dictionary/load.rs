//! Reads `institutions/facts.toml` and `institutions/codes.toml`.

use super::{Class, Code, Dictionary, Fact, Kind, Layer, RunningMatters, Subject, Table};
use crate::fault::{Fault, Faults};
use crate::reading::{Fields, Node, Shape, Sheet};
use std::collections::HashMap;
use std::sync::Arc;

const SUBJECTS: [(&str, Subject); 8] = [
    ("official", Subject::Official),
    ("post", Subject::Post),
    ("organisation", Subject::Organisation),
    ("proposal", Subject::Proposal),
    ("procedure", Subject::Procedure),
    ("branch", Subject::Branch),
    ("member", Subject::Member),
    ("charge", Subject::Charge),
];
const KINDS: [(&str, Kind); 6] = [
    ("text", Kind::Text),
    ("number", Kind::Number),
    ("date", Kind::Date),
    ("yes_no", Kind::YesNo),
    ("code", Kind::Code),
    ("reference", Kind::Reference),
];
const CLASSES: [(&str, Class); 5] =
    [("S0", Class::S0), ("S1", Class::S1), ("S2", Class::S2), ("S3", Class::S3), ("S4", Class::S4)];
const LAYERS: [(&str, Layer); 3] = [("A", Layer::A), ("B", Layer::B), ("C", Layer::C)];

/// The word that files use for a subject: `official`.
pub(crate) fn subject_of(fields: &Fields, key: &'static str) -> Option<Subject> {
    fields.choice(key, &SUBJECTS)
}
pub(crate) fn kind_of(fields: &Fields, key: &'static str) -> Option<Kind> {
    fields.choice(key, &KINDS)
}

impl Dictionary {
    /// Reads both texts; every fault of both comes back at once.
    pub fn load(facts: (&str, &str), codes: (&str, &str)) -> Result<Dictionary, Faults> {
        let (dictionary, faults) = Dictionary::read(facts, codes);
        if faults.is_empty() { Ok(dictionary) } else { Err(Faults(faults)) }
    }

    /// As much as can be read, and the faults; so that other files can still be checked against it.
    pub(crate) fn read(facts: (&str, &str), codes: (&str, &str)) -> (Dictionary, Vec<Fault>) {
        let mut dictionary = Dictionary::default();
        let sheet = Sheet::new(codes.0, codes.1);
        if let Some(root) = sheet.parse() {
            read_tables(&root, &sheet, &mut dictionary);
        }
        let mut faults = sheet.into_faults();
        let sheet = Sheet::new(facts.0, facts.1);
        if let Some(root) = sheet.parse() {
            read_facts(&root, &sheet, &mut dictionary);
        }
        faults.extend(sheet.into_faults());
        (dictionary, faults)
    }
}

fn read_tables(root: &Node, sheet: &Sheet, dictionary: &mut Dictionary) {
    let Some(file) = Fields::of(root, "代码表文件", sheet) else { return };
    for fields in file.rows("table", "代码表") {
        let id = fields.text("id");
        let ordered = fields.yes("ordered");
        let table = Table {
            id: id.clone(),
            name: fields.text("name"),
            standard: fields.maybe_text("standard").unwrap_or_default(),
            ordered,
            values: fields.rows("value", "代码").into_iter().map(read_code).collect(),
        };
        for (i, code) in table.values.iter().enumerate() {
            let twice = table.values[..i].iter().any(|c| c.name == code.name);
            if twice {
                sheet.fault(fields.at.clone(), format!("代码表 `{id}` 里 `{}` 写了两次", code.name), None, None);
            }
            for group in &code.groups {
                // `within` asks for a name or a group; one word must not be both with different meanings.
                if table.values.iter().any(|c| c.name == *group && c.name != code.name && !c.groups.contains(group)) {
                    let says = format!("代码表 `{id}` 里 `{group}` 既是名称又是组名，名称 `{group}` 应写明属于组 `{group}`");
                    sheet.fault(fields.at.clone(), says, None, None);
                }
            }
        }
        let index = dictionary.tables.len();
        if dictionary.table_by_id.insert(id.clone(), index).is_some() {
            sheet.fault(fields.at.clone(), format!("代码表 `{id}` 写了两次"), None, None);
        }
        dictionary.tables.push(table);
        fields.finish();
    }
    file.finish();
}

fn read_code(fields: Fields) -> Code {
    let code = Code {
        name: fields.text("name"),
        code: fields.maybe_text("code").unwrap_or_default(),
        height: fields.maybe_number("height"),
        groups: fields.texts("groups"),
        aliases: fields.texts("aliases"),
        months: fields.maybe_number("months"),
    };
    fields.finish();
    code
}

/// What a group says for all its facts, so that each need not repeat it.
struct Group {
    subject: Option<Subject>,
    class: Option<Class>,
    layer: Option<Layer>,
    purpose: Option<Arc<str>>,
    retention: Option<Arc<str>>,
}

fn read_facts(root: &Node, sheet: &Sheet, dictionary: &mut Dictionary) {
    let Some(file) = Fields::of(root, "事实字典", sheet) else { return };
    let mut groups: HashMap<Arc<str>, Group> = HashMap::new();
    for fields in file.rows("group", "事实组") {
        let group = Group {
            subject: fields.choice("subject", &SUBJECTS),
            class: fields.choice("class", &CLASSES),
            layer: fields.choice("layer", &LAYERS),
            purpose: fields.maybe_text("purpose"),
            retention: fields.maybe_text("retention"),
        };
        groups.insert(fields.text("name"), group);
        fields.finish();
    }
    let mut sorted = Vec::new();
    for fields in file.rows("fact", "事实") {
        if let Some(fact) = read_fact(&fields, &groups, dictionary) {
            if let Some(other) = &fact.sorted_by {
                sorted.push((fields.maybe("sorted_by").map(|n| n.at.clone()), other.clone()));
            }
            if let Some(first) = dictionary.fact(&fact.id) {
                let says = format!("事实 `{}` 写了两次（前一个名为“{}”）", fact.id, first.name);
                sheet.fault(fields.at.clone(), says, None, Some(ONCE));
            } else {
                dictionary.by_id.insert(fact.id.clone(), fact.index);
                dictionary.facts.push(fact);
            }
        }
        fields.finish();
    }
    for (at, other) in sorted {
        if dictionary.fact(&other).is_none() {
            unknown_fact(sheet, at.unwrap_or(0..0), &other, dictionary);
        }
    }
    file.finish();
}

fn read_fact(fields: &Fields, groups: &HashMap<Arc<str>, Group>, dictionary: &Dictionary) -> Option<Fact> {
    let id = fields.text("id");
    let name = fields.text("name");
    let group_name = fields.text("group");
    let group = groups.get(&group_name);
    let kind = {
        fields.need("type")?;
        fields.choice("type", &KINDS)?
    };
    let subject = said(fields, "subject", fields.choice("subject", &SUBJECTS), group.and_then(|g| g.subject))?;
    let class = said(fields, "class", fields.choice("class", &CLASSES), group.and_then(|g| g.class))?;
    let layer = said(fields, "layer", fields.choice("layer", &LAYERS), group.and_then(|g| g.layer))?;
    let purpose = said(fields, "purpose", fields.maybe_text("purpose"), group.and_then(|g| g.purpose.clone()))?;
    let retention = said(fields, "retention", fields.maybe_text("retention"), group.and_then(|g| g.retention.clone()))?;
    let table = table_named(fields, kind, &id, dictionary);
    let shown = fields.maybe_text("shown").unwrap_or_else(|| default_shown(kind).into());
    let width = fields.maybe_number("width").and_then(|w| u8::try_from(w).ok());
    Some(Fact {
        index: dictionary.facts.len(),
        width: width.unwrap_or_else(|| default_width(kind, &name)),
        id,
        name,
        aliases: fields.texts("aliases"),
        subject,
        kind,
        unit: fields.maybe_text("unit").unwrap_or_default(),
        table,
        class,
        layer,
        purpose,
        retention,
        group: group_name,
        unknown: fields.maybe_text("unknown").unwrap_or_else(|| "没有记录".into()),
        national: fields.maybe_text("national"),
        form: fields.maybe_text("form"),
        shown,
        sorted_by: fields.maybe_text("sorted_by"),
        matters: running_matters(fields, subject, kind),
    })
}

/// `matters = { institution = "rectification", until = "sign-off" }`, of a number that is said of organisations.
fn running_matters(fields: &Fields, subject: Subject, kind: Kind) -> Option<RunningMatters> {
    let node = fields.maybe("matters")?;
    let table = Fields::of(node, "事项", fields.sheet)?;
    let found = RunningMatters { institution: table.text("institution"), until: table.maybe_text("until") };
    if subject != Subject::Organisation || kind != Kind::Number {
        table.sheet.fault(node.at.clone(), "`matters` 数的是机构的事项，只写在机构的数字事实里".into(), None, None);
    }
    // They are written into SQL as they are.
    for name in std::iter::once(&found.institution).chain(&found.until) {
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
            table.sheet.fault(node.at.clone(), format!("`{name}` 不是制度或步骤的名称，只能用小写字母、数字和横线"), None, None);
            return None;
        }
    }
    table.finish();
    Some(found)
}

/// The fact's own word, else its group's; a fault when neither says it.
fn said<T>(fields: &Fields, key: &'static str, own: Option<T>, group: Option<T>) -> Option<T> {
    if fields.key(key).is_some() {
        return own; // a wrong word is already a fault
    }
    if group.is_none() {
        fields.need(key);
    }
    group
}

fn table_named(fields: &Fields, kind: Kind, id: &str, dictionary: &Dictionary) -> Option<Arc<str>> {
    match (kind, fields.maybe("table")) {
        (Kind::Code, None) => {
            fields.need("table");
            None
        }
        (Kind::Code, Some(node)) => {
            let Shape::Text(table) = &node.shape else {
                fields.maybe_text("table");
                return None;
            };
            if dictionary.table(table).is_none() {
                let known = dictionary.tables.iter().map(|t| &*t.id);
                let says = format!("代码表 `{table}` 不在 codes.toml 中");
                fields.sheet.unknown(node.at.clone(), says, table, known, None);
            }
            Some(table.clone())
        }
        (_, Some(node)) => {
            fields.sheet.fault(node.at.clone(), format!("事实 `{id}` 不是代码，不能有代码表"), None, None);
            None
        }
        (_, None) => None,
    }
}

fn default_shown(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::Code => "text",
        Kind::Number => "number",
        Kind::Date => "date.month",
        Kind::YesNo => "yes_no",
        Kind::Reference => "reference",
    }
}
fn default_width(kind: Kind, name: &str) -> u8 {
    let least = match kind {
        Kind::Text => 8,
        Kind::Code | Kind::Date => 5,
        Kind::Number | Kind::YesNo | Kind::Reference => 3,
    };
    u8::try_from(name.chars().count()).unwrap_or(least).clamp(least, 12)
}

pub(crate) const ONCE: &str = "每个事实只在 institutions/facts.toml 里命名一次";

/// The fault for a fact that the dictionary does not have: tries ids, then names and aliases.
pub(crate) fn unknown_fact(sheet: &Sheet, at: std::ops::Range<usize>, written: &str, dictionary: &Dictionary) {
    let says = format!("事实 `{written}` 不在事实字典中");
    let by_name = dictionary.facts.iter().find(|f| &*f.name == written || f.aliases.iter().any(|a| &**a == written));
    match by_name {
        Some(fact) => sheet.fault(at, says, Some(format!("是不是 `{}`？", fact.id)), Some(ONCE)),
        None => sheet.unknown(at, says, written, dictionary.facts.iter().map(|f| &*f.id), Some(ONCE)),
    }
}
