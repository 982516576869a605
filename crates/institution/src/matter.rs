//! 事项: the steps that one organisation takes something through, the ledger that lists them and an open account over them.
//! Data of `matter.toml`; the steps are written in the grammar of procedures.

use crate::campaign::{Campaign, read_campaign};
use crate::dictionary::{Dictionary, Kind};
use crate::paper::Paper;
use crate::procedure::{Step, read_steps_of};
use crate::reading::{Fields, Sheet};
use crate::source::citation;
use std::sync::Arc;
use vocabulary::Citation;

/// What is read of `matter.toml`.
#[derive(Clone, Debug, Default)]
pub struct MatterFile {
    pub steps: Vec<Step>,
    pub ledger: Option<MatterLedger>,
    pub account: Option<Account>,
    pub campaign: Option<Campaign>,
}

/// 台账 of all matters of the institution: what of each is shown, and what is added up.
#[derive(Clone, Debug)]
pub struct MatterLedger {
    pub title: Arc<str>,
    pub columns: Vec<Place>,
    pub totals: Vec<MatterTotal>,
}

/// One figure over the matters; it opens those that it counts.
#[derive(Clone, Debug)]
pub struct MatterTotal {
    /// The unit that follows the number: `户已发放`, `元`.
    pub label: Arc<str>,
    pub count: MatterCount,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MatterCount {
    /// Matters in which the step is done.
    Done(Arc<str>),
    /// The numbers of a field, added up.
    Sum(Place),
}

/// A field of a step: `pay.amount`.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Place {
    pub step: Arc<str>,
    pub field: Arc<str>,
    pub label: Arc<str>,
}

/// 公开账目: what came in, what went out; nothing goes out that has not come in.
#[derive(Clone, Debug)]
pub struct Account {
    pub title: Arc<str>,
    /// 元
    pub unit: Arc<str>,
    /// Institution whose matters bring the money, and `step.field` there.
    pub income: (Arc<str>, Arc<str>),
    pub spending: Place,
    pub source: Citation,
}

pub(crate) fn read_matter(sheet: &Sheet, dictionary: &Dictionary, papers: &[Paper]) -> MatterFile {
    let root = sheet.parse();
    let Some(file) = root.as_ref().and_then(|root| Fields::of(root, "事项文件", sheet)) else { return MatterFile::default() };
    let steps = read_steps_of(&file, dictionary, papers, &[]);
    if let Some(last) = steps.last().filter(|s| s.unless.is_some()) {
        sheet.fault(file.at.clone(), format!("最后一步 `{}` 不能写 unless", last.id), None, Some("最后一步免去了，事项就没有办结的时候"));
    }
    let ledger = file.maybe("ledger").and_then(|node| Fields::of(node, "台账", sheet)).map(|table| read_ledger(table, &steps));
    let account = file.maybe("account").and_then(|node| Fields::of(node, "账目", sheet)).and_then(|table| read_account(table, &steps));
    let campaign = file.maybe("campaign").and_then(|node| Fields::of(node, "专项", sheet)).and_then(|table| read_campaign(table, &steps, dictionary));
    file.finish();
    MatterFile { steps, ledger, account, campaign }
}

fn read_ledger(table: Fields, steps: &[Step]) -> MatterLedger {
    let columns = table.texts("columns").iter().filter_map(|text| place(&table, text, steps)).collect();
    let mut totals = Vec::new();
    for row in table.rows("totals", "合计") {
        let label = row.text("label");
        let done = crate::source::known_id(&row, "done", "步骤", steps.iter().map(|s| &*s.id));
        let count = match (done, row.maybe_text("sum")) {
            (Some(step), None) => Some(MatterCount::Done(step)),
            (None, Some(text)) => place(&row, &text, steps).map(|p| {
                number(&row, &p, steps);
                MatterCount::Sum(p)
            }),
            _ => {
                row.sheet.fault(row.at.clone(), "合计写 done（步骤）或 sum（步骤.填写项）中的一个".into(), None, None);
                None
            }
        };
        row.finish();
        totals.extend(count.map(|count| MatterTotal { label, count }));
    }
    let ledger = MatterLedger { title: table.text("title"), columns, totals };
    table.finish();
    ledger
}

fn read_account(table: Fields, steps: &[Step]) -> Option<Account> {
    let income = Fields::of(table.need("income")?, "收入", table.sheet)?;
    let spending = place(&table, &table.text("spending"), steps)?;
    number(&table, &spending, steps);
    let account = Account {
        title: table.text("title"),
        unit: table.text("unit"),
        income: (income.text("institution"), income.text("amount")),
        spending,
        source: citation(&table)?,
    };
    income.finish();
    table.finish();
    Some(account)
}

/// `step.field`, known or a fault.
fn place(fields: &Fields, text: &str, steps: &[Step]) -> Option<Place> {
    let found = find(text, steps);
    if found.is_none() {
        let all: Vec<String> = steps.iter().flat_map(|s| s.fields.iter().map(|f| format!("{}.{}", s.id, f.id))).collect();
        fields.sheet.unknown(fields.at.clone(), format!("没有填写项 `{text}`"), text, all.iter().map(String::as_str), Some("写成 步骤.填写项"));
    }
    found
}

/// `step.field` of the kind that is wanted.
pub(crate) fn place_of(table: &Fields, key: &'static str, kind: Kind, steps: &[Step]) -> Option<Place> {
    let node = table.maybe(key)?;
    let text = table.maybe_text(key)?;
    let found = find(&text, steps);
    let of = found.as_ref().and_then(|p| steps.iter().find(|s| s.id == p.step)?.fields.iter().find(|f| f.id == p.field)).map(|f| f.kind);
    if of != Some(kind) {
        let fitting: Vec<String> = steps.iter().flat_map(|s| s.fields.iter().filter(|f| f.kind == kind).map(|f| format!("{}.{}", s.id, f.id))).collect();
        let wanted = crate::condition::read::kind_name(kind);
        table.sheet.unknown(node.at.clone(), format!("`{key}` 要写一个{wanted}的填写项，没有 `{text}`"), &text, fitting.iter().map(String::as_str), Some("写成 步骤.填写项"));
        return None;
    }
    found
}

/// The place that `step.field` names among these steps.
pub fn find(text: &str, steps: &[Step]) -> Option<Place> {
    let (step, field) = text.split_once('.')?;
    let step = steps.iter().find(|s| &*s.id == step)?;
    let field = step.fields.iter().find(|f| &*f.id == field)?;
    Some(Place { step: step.id.clone(), field: field.id.clone(), label: field.label.clone() })
}

fn number(fields: &Fields, place: &Place, steps: &[Step]) {
    let kind = steps.iter().find(|s| s.id == place.step).and_then(|s| s.fields.iter().find(|f| f.id == place.field)).map(|f| f.kind);
    if kind != Some(Kind::Number) {
        fields.sheet.fault(fields.at.clone(), format!("`{}.{}` 不是数字，不能合计", place.step, place.field), None, None);
    }
}
