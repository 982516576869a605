//! 台账: rows of a saved ledger. What is S2 or above stays on the page, where it is consulted with a purpose.

use super::caller::Caller;
use super::people::paging;
use super::problem::{Halt, Problem};
use crate::Stop;
use axum::Json;
use axum::extract::{Path, Query};
use institution::dictionary::Class;
use institution::{Condition, Dictionary};
use registry::ledger::{self, Enquiry};
use registry::saved;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

#[derive(Serialize, ToSchema)]
pub struct LedgerBrief {
    pub name: String,
    pub title: String,
    /// 这个台账的条件含 S2 以上内容，只能在网页上查
    pub only_on_the_page: bool,
}

/// 台账目录
#[utoipa::path(get, path = "/api/v1/ledgers", responses((status = 200, body = Vec<LedgerBrief>), (status = 404, body = Problem, content_type = "application/problem+json"), (status = 401, body = Problem, content_type = "application/problem+json")))]
pub async fn list(caller: Caller) -> Result<Json<Vec<LedgerBrief>>, Halt> {
    caller
        .read(|desk| {
            let mut all = saved::shipped(desk.book);
            all.extend(saved::own(desk)?);
            Ok(all.into_iter().map(|l| LedgerBrief { only_on_the_page: tells_s2(desk.dictionary(), &l.enquiry), name: l.name, title: l.title }).collect())
        })
        .await
}

fn is_s2(dictionary: &Dictionary, fact: usize) -> bool {
    dictionary.facts[fact].class >= Class::S2
}

/// Do the tests, the order or the groups tell something of S2 by which rows there are?
fn tells_s2(dictionary: &Dictionary, enquiry: &Enquiry) -> bool {
    fn tests(dictionary: &Dictionary, condition: &Condition) -> bool {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => parts.iter().any(|p| tests(dictionary, p)),
            Condition::Not(inner) => tests(dictionary, inner),
            Condition::Test(test) => is_s2(dictionary, test.fact),
        }
    }
    tests(dictionary, &enquiry.tests) || enquiry.sort.iter().any(|s| is_s2(dictionary, s.fact)) || enquiry.group.is_some_and(|g| is_s2(dictionary, g))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<usize>,
    #[param(minimum = 0, maximum = 1000000)]
    pub offset: Option<usize>,
    /// 截至哪一天
    #[param(format = Date)]
    #[allow(dead_code, reason = "the caller's desk stands on this day; here only for the description")]
    pub as_of: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub struct LedgerRows {
    pub title: String,
    /// 共几条
    pub count: usize,
    pub rows: Vec<LedgerRow>,
    /// 因密级不经接口提供的列
    pub withheld: Vec<String>,
    pub next: Option<usize>,
}

#[derive(Serialize, ToSchema)]
pub struct LedgerRow {
    pub id: i64,
    /// 事实编号 → 值
    #[schema(value_type = Object)]
    pub values: BTreeMap<String, serde_json::Value>,
}

/// 查一个台账
#[utoipa::path(get, path = "/api/v1/ledgers/{name}/rows", params(("name" = String, Path), Asked), responses((status = 200, body = LedgerRows), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn rows(caller: Caller, Path(name): Path<String>, Query(asked): Query<Asked>) -> Result<Json<LedgerRows>, Halt> {
    let (limit, offset) = paging(asked.limit, asked.offset)?;
    crate::ledgers::refuse_recorded(&caller.c)?;
    caller
        .read(move |desk| {
            let dictionary = desk.dictionary();
            let mut ledger = saved::named(desk, &name)?;
            if tells_s2(dictionary, &ledger.enquiry) {
                return Err(Stop::Forbidden("这个台账的条件含 S2 以上内容，请在网页上写明用途后查看".into()));
            }
            let (told, withheld): (Vec<usize>, Vec<usize>) = ledger.enquiry.columns.iter().copied().partition(|c| !is_s2(dictionary, *c));
            ledger.enquiry.columns = told;
            let numbers = ledger::numbers(desk, &ledger.enquiry)?;
            let from = offset.min(numbers.len());
            let until = (from + limit).min(numbers.len());
            let lines = ledger::lines(desk, &ledger.enquiry, &numbers[from..until])?;
            let row = |line: ledger::Line| LedgerRow {
                id: line.number,
                values: ledger.enquiry.columns.iter().zip(line.values).map(|(c, v)| (dictionary.facts[*c].id.to_string(), serde_json::to_value(v).unwrap_or_default())).collect(),
            };
            Ok(LedgerRows {
                count: numbers.len(),
                rows: lines.into_iter().map(row).collect(),
                withheld: withheld.into_iter().map(|c| dictionary.facts[c].id.to_string()).collect(),
                next: (until < numbers.len()).then_some(until),
                title: ledger.title,
            })
        })
        .await
}
