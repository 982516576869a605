//! 公开账目: every sum that came in or went out, and what is left. Nothing goes out that has not come in.

use super::{Matter, institution, ledger};
use crate::duty::refusal;
use crate::{Error, Fields, Result};
use institution::{Institution, Step};
use registry::Desk;
use vocabulary::{Finding, Id};

/// One sum, without a name of anybody.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Line {
    pub on: String,
    /// Plus came, minus went.
    pub amount: i64,
    /// Where it came to, or the place that it went to: an organisation's number.
    pub unit: i64,
    pub matter: Id<Matter>,
}

#[derive(Clone, Debug, serde::Serialize)]
pub struct Account {
    pub institution: String,
    pub title: String,
    pub unit: String,
    pub income: i64,
    pub spent: i64,
    pub balance: i64,
    /// Newest first.
    pub lines: Vec<Line>,
}

/// The whole account, whoever asks: it is open.
pub fn account(desk: &Desk, id: &str) -> Result<Account> {
    let of = institution(desk, id)?;
    let account = of.account.as_ref().ok_or_else(|| Error::NotFound(format!("“{}”的账目", of.title)))?;
    let (from, place) = &account.income;
    let (step, field) = place.split_once('.').unwrap_or((place, ""));
    let mut lines = sums(desk, from, step, field, 1)?;
    lines.extend(sums(desk, id, &account.spending.step, &account.spending.field, -1)?);
    lines.sort_by(|a, b| (&b.on, b.matter.number()).cmp(&(&a.on, a.matter.number())));
    let income = lines.iter().map(|l| l.amount.max(0)).sum();
    let spent: i64 = lines.iter().map(|l| (-l.amount).max(0)).sum();
    Ok(Account { institution: id.to_owned(), title: account.title.to_string(), unit: account.unit.to_string(), income, spent, balance: income - spent, lines })
}

fn sums(desk: &Desk, id: &str, step: &str, field: &str, sign: i64) -> Result<Vec<Line>> {
    let units: std::collections::HashMap<i64, i64> = desk.rows("select id, unit from matters where institution = $1", &[id.into()])?.iter().map(|r| (r.int(0), r.int(1))).collect();
    let mut out = Vec::new();
    for (matter, steps) in ledger::filed(desk, id)? {
        if let Some((on, fields)) = steps.get(step) {
            let amount = sign * ledger::number(fields.get(field).map_or("", String::as_str));
            out.push(Line { on: on.clone(), amount, unit: units.get(&matter).copied().unwrap_or_default(), matter: Id::new(matter) });
        }
    }
    Ok(out)
}

/// Sums of money are above nothing, and no more goes out than is there.
pub(super) fn wrong(desk: &mut Desk, of: &Institution, step: &Step, fields: &Fields) -> Result<Vec<Finding>> {
    let amount = |field: &str| ledger::number(fields.get(field).map_or("", String::as_str));
    let mut found = Vec::new();
    let brings = |field: &str| desk.book.institutions.iter().filter_map(|i| i.account.as_ref()).any(|a| *a.income.0 == *of.id && *a.income.1 == *format!("{}.{field}", step.id));
    for field in &step.fields {
        let spends = of.account.as_ref().is_some_and(|a| a.spending.step == step.id && a.spending.field == field.id);
        if (spends || brings(&field.id)) && amount(&field.id) <= 0 {
            found.push(refusal(&format!("field.{}", field.id), format!("“{}”应大于零", field.label), &step.source, "核对金额"));
        }
    }
    let Some(rules) = of.account.as_ref().filter(|a| a.spending.step == step.id && found.is_empty()) else { return Ok(found) };
    lock(desk, &of.id)?;
    let left = account(desk, &of.id)?.balance;
    let wanted = amount(&rules.spending.field);
    if wanted > left {
        let says = format!("账上还有 {left} {}，这一笔要 {wanted} {}", rules.unit, rules.unit);
        found.push(refusal("not-enough", says, &rules.source, "支出不得超过收入；等收入到账，或核减金额"));
    }
    Ok(found)
}

/// One payment of an institution after the other; SQLite has one writer anyway.
fn lock(desk: &mut Desk, id: &str) -> Result<()> {
    if desk.dialect() == store::Dialect::Postgres {
        desk.rows("select id from matters where institution = $1 order by id limit 1 for update", &[id.into()])?;
    }
    Ok(())
}
