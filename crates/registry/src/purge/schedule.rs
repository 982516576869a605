//! 保存期限: which rows may be purged on a day, as a question to the rows; nothing is stored. The rules are data
//! (`data/retention.toml`), their clocks a closed set.

use super::Basis;
use super::row::{Found, rows as rows_of};
use crate::{Desk, Result};
use serde::Deserialize;
use std::sync::LazyLock;
use vocabulary::Day;

/// From when on the time runs.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Clock {
    /// The person of the row holds no post any more.
    PersonLeft,
    /// The case of the row was signed off and not reopened.
    CaseSignedOff,
    /// The duty's occurrence of the row was held.
    MarkHeld,
    /// The matter of the row came to its end.
    MatterEnded,
    /// The register's entry of the row is no more: it ended, or all of it was taken back.
    EntryEnded,
    /// The account of the row was closed.
    AccountClosed,
    /// The token of the row was revoked, or its days are over.
    TokenEnded,
    /// The subscription of the row was ended.
    HookEnded,
    /// A day or moment of the row itself.
    Day(String),
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    pub id: String,
    pub title: String,
    pub tables: Vec<String>,
    clock: Clock,
    /// How long after it; a month at a time.
    pub months: i32,
    pub basis: Basis,
}

#[derive(Deserialize)]
struct Schedule {
    rule: Vec<Rule>,
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let read: std::result::Result<Schedule, _> = toml::from_str(include_str!("../../data/retention.toml"));
    read.unwrap_or_else(|e| panic!("data/retention.toml: {e}")).rule
});

pub fn rules() -> &'static [Rule] {
    &RULES
}

pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|r| r.id == id)
}

/// A day that is written as a year or a month is over with its last day.
fn whole(column: &str) -> String {
    format!("(case length({column}) when 4 then {column} || '-12-31' when 7 then {column} || '-31' else {column} end)")
}

impl Rule {
    /// Holds for a row `t` of `table` whose time was over by `$1`, the last day on which it may have ended.
    fn test(&self, table: &str) -> String {
        let held = |kind: &str, number: &str| format!("not exists (select 1 from purge_holds h where h.subject = '{kind}' and h.number = {number} and h.superseded is null)");
        match &self.clock {
            Clock::PersonLeft => format!(
                "exists (select 1 from tenures n where n.person = t.person and n.superseded is null)
                 and not exists (select 1 from tenures n where n.person = t.person and n.superseded is null and (n.until_day is null or {} > $1))
                 and {}",
                whole("n.until_day"),
                held("person", "t.person")
            ),
            Clock::CaseSignedOff => {
                let case = if table == "cases" { "t.id" } else { "t.case_id" };
                let last = |act: &str| format!("(select max(d.id) from case_deeds d where d.case_id = {case} and d.act = '{act}')");
                format!(
                    "exists (select 1 from case_deeds d where d.id = {} and substr(d.at, 1, 10) <= $1) and coalesce({}, 0) < {} and {}",
                    last("sign_off"),
                    last("reopen"),
                    last("sign_off"),
                    held("case", case)
                )
            }
            Clock::MarkHeld => {
                let mark = if table == "duty_marks" { "t.id" } else { "t.mark" };
                format!("exists (select 1 from duty_marks m where m.id = {mark} and m.on_day <= $1)")
            }
            Clock::MatterEnded => "exists (select 1 from matter_endings e where e.matter = t.matter and e.on_day <= $1)".into(),
            Clock::EntryEnded => "not exists (select 1 from register_details n where n.entry = t.entry and n.superseded is null and n.until_day is null)
                 and coalesce(
                   (select max(n.until_day) from register_details n where n.entry = t.entry and n.superseded is null),
                   (select max(substr(j.at, 1, 10)) from register_details n join journal j on j.id = n.superseded where n.entry = t.entry)) <= $1"
                .into(),
            Clock::AccountClosed => {
                let account = if table == "accounts" { "t.id" } else { "t.account" };
                format!("exists (select 1 from accounts a join journal j on j.id = a.closed where a.id = {account} and substr(j.at, 1, 10) <= $1)")
            }
            Clock::TokenEnded => {
                let token = if table == "api_tokens" { "t.id" } else { "t.token" };
                format!("exists (select 1 from api_tokens k where k.id = {token} and substr(coalesce(k.closed, k.until), 1, 10) <= $1)")
            }
            Clock::HookEnded => {
                let hook = if table == "hooks" { "t.id" } else { "t.hook" };
                format!("exists (select 1 from hooks h where h.id = {hook} and substr(h.closed, 1, 10) <= $1)")
            }
            Clock::Day(column) => format!("t.{column} is not null and substr({}, 1, 10) <= $1", whole(&format!("t.{column}"))),
        }
    }

    /// What was emptied already is not found again.
    fn still(table: &str) -> String {
        match super::row::emptied(table) {
            Some(_) => format!(" and not exists (select 1 from purged_rows r where r.name = '{table}' and r.number = t.id)"),
            None => String::new(),
        }
    }
}

/// The last day on which something may have ended to be purged on `on`.
fn until(rule: &Rule, on: Day) -> Day {
    on.plus_months(-rule.months)
}

/// The rows of `rule` whose time is over on `on`; none while the whole rule is held.
pub fn rows(desk: &Desk, rule: &Rule, on: Day) -> Result<Vec<Found>> {
    let held = "select 1 from purge_holds where subject = 'rule' and rule = $1 and superseded is null";
    if desk.first(held, &[rule.id.as_str().into()])?.is_some() {
        return Ok(vec![]);
    }
    let mut out = Vec::new();
    for table in &rule.tables {
        let test = format!("{}{}", rule.test(table), Rule::still(table));
        out.extend(rows_of(desk, table, &test, &[until(rule, on).to_string().into()])?);
    }
    Ok(out)
}

/// 清除提请: what a rule finds today.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Due {
    pub rule: &'static str,
    pub title: &'static str,
    pub basis: &'static str,
    pub basis_says: &'static str,
    /// Up to this day it ended.
    pub until: String,
    pub rows: usize,
    /// Table and how many of its rows.
    pub tables: Vec<(String, usize)>,
    /// Somebody has asked already.
    pub waiting: bool,
}

/// Every rule that finds something today.
pub fn due(desk: &Desk) -> Result<Vec<Due>> {
    let mut out = Vec::new();
    let waiting = desk.rows("select p.rule from purges p where p.person is null and not exists (select 1 from purge_decisions d where d.purge = p.id)", &[])?;
    for rule in rules() {
        let found = rows(desk, rule, desk.today)?;
        if found.is_empty() {
            continue;
        }
        let count = |table: &String| (table.clone(), found.iter().filter(|f| f.table == *table).count());
        out.push(Due {
            rule: &rule.id,
            title: &rule.title,
            basis: rule.basis.id(),
            basis_says: rule.basis.says(),
            until: until(rule, desk.today).to_string(),
            rows: found.len(),
            tables: rule.tables.iter().map(count).filter(|(_, n)| *n > 0).collect(),
            waiting: waiting.iter().any(|row| row.text(0) == rule.id),
        });
    }
    Ok(out)
}
