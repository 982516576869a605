//! 依据: the citation that every rule, step and year must carry.

use crate::dictionary::Dictionary;
use crate::reading::{Fields, Shape};
use vocabulary::{Citation, Day};

/// How well the wording was checked: A full text read, B page read, C memory, D check before use.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, serde::Serialize)]
pub enum Sure { A, B, C, D }

/// 核对: who last held it against the official text, and when.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize)]
pub struct Checked {
    pub by: std::sync::Arc<str>,
    pub on: Day,
}

const SURE: [(&str, Sure); 4] = [("A", Sure::A), ("B", Sure::B), ("C", Sure::C), ("D", Sure::D)];

/// The required `source = { document, article, item }`; None (and a fault) when it is not there.
pub(crate) fn citation(fields: &Fields) -> Option<Citation> {
    let Some(node) = fields.maybe("source") else {
        let says = "没有写依据 `source`".to_owned();
        let mend = Some("补上 source = { document = \"…\", article = \"第…条\" }".to_owned());
        fields.sheet.fault(fields.at.clone(), says, mend, Some("没有依据的规则不装载"));
        return None;
    };
    let table = Fields::of(node, "依据", fields.sheet)?;
    let citation = Citation {
        document: table.text("document").to_string(),
        article: table.maybe_text("article").map(|t| t.to_string()),
        item: table.maybe_text("item").map(|t| t.to_string()),
    };
    if citation.document.starts_with('《') {
        table.sheet.fault(node.at.clone(), "`document` 不写书名号".into(), None, None);
    }
    table.finish();
    Some(citation)
}

pub(crate) fn sure(fields: &Fields) -> Option<Sure> {
    fields.choice("sure", &SURE)
}

/// `checked = { by = "张科长", on = 2027-01-15 }`
pub(crate) fn checked(fields: &Fields) -> Option<Checked> {
    let node = fields.maybe("checked")?;
    let table = Fields::of(node, "核对", fields.sheet)?;
    let checked = Checked { by: table.text("by"), on: table.day("on")? };
    table.finish();
    Some(checked)
}

/// 施行期间: days on which something is in force, half open.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, serde::Serialize)]
pub struct InForce {
    pub from: Option<Day>,
    pub until: Option<Day>,
}

impl InForce {
    pub fn holds_on(self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }
    pub fn overlaps(self, other: InForce) -> bool {
        let starts_before_end = |a: InForce, b: InForce| match (a.from, b.until) {
            (Some(from), Some(until)) => from < until,
            _ => true,
        };
        starts_before_end(self, other) && starts_before_end(other, self)
    }
}

/// `in_force = { from = 2019-03-03, until = … }`; the institution's own days when a row says nothing.
pub(crate) fn in_force(fields: &Fields, otherwise: InForce) -> InForce {
    let Some(node) = fields.maybe("in_force") else { return otherwise };
    let Some(table) = Fields::of(node, "施行期间", fields.sheet) else { return otherwise };
    let window = InForce { from: table.maybe_day("from"), until: table.maybe_day("until") };
    if let (Some(from), Some(until)) = (window.from, window.until)
        && until <= from
    {
        fields.sheet.fault(node.at.clone(), format!("失效日 {until} 不晚于施行日 {from}"), None, None);
    }
    table.finish();
    window
}

/// A reference by id that must be among `known`.
pub(crate) fn known_id<'a>(
    fields: &Fields,
    key: &'static str,
    what: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<std::sync::Arc<str>> {
    let node = fields.maybe(key)?;
    let Shape::Text(id) = &node.shape else {
        return fields.maybe_text(key);
    };
    let known: Vec<&str> = known.into_iter().collect();
    if !known.contains(&&**id) {
        fields.sheet.unknown(node.at.clone(), format!("没有{what} `{id}`"), id, known, None);
    }
    Some(id.clone())
}

/// Names that must be values of the table `codes`.
pub(crate) fn known_codes(table: &Fields, key: &'static str, names: &[std::sync::Arc<str>], codes: &str, dictionary: &Dictionary) {
    let Some(values) = dictionary.tables.iter().find(|t| *t.id == *codes).map(|t| &t.values) else { return };
    for name in names.iter().filter(|n| !n.is_empty() && !values.iter().any(|v| v.name == **n)) {
        let at = table.key(key).map_or(table.at.clone(), |k| k.at.clone());
        table.sheet.unknown(at, format!("代码表里没有“{name}”"), name, values.iter().map(|v| &*v.name), None);
    }
}
