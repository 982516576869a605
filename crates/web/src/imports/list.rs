//! 导入记录: what came in, who brought it, what it changed.

use super::waiting::{account, staging};
use crate::jobs::JobPage;
use crate::page::Sample;
use crate::{Answer, Ctx, Page, Stop, samples};
use axum::extract::Query;
use registry::brought::{self, Import};
use registry::Sees;
use serde::{Deserialize, Serialize};
use vocabulary::{Id, Moment};

const SHOWN: usize = 50;

#[derive(Clone, Debug, Serialize)]
pub struct ImportsPage {
    pub imports: Vec<Import>,
    pub total: i64,
    pub next: Option<String>,
    pub waiting: Vec<Waiting>,
    pub running: Vec<JobPage>,
    pub may: bool,
}

/// An upload that waits for its confirmation.
#[derive(Clone, Debug, Serialize)]
pub struct Waiting {
    pub id: String,
    pub name: String,
    pub since: String,
}

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    from: usize,
}

pub async fn show(c: Ctx, Query(asked): Query<Asked>) -> Answer {
    if !c.actor.may_write() || c.actor.sees != Sees::Everything {
        return Err(Stop::Forbidden("导入由组织部干部办理".into()));
    }
    let (staging, account) = (staging(&c.app), account(&c));
    let page = c
        .read(move |desk| {
            let imports = brought::imports(desk, asked.from, SHOWN)?;
            let total = brought::count(desk)?;
            let waiting = staging.waiting(account).into_iter().map(|s| Waiting { id: s.id, name: s.name, since: Moment(s.since).to_string() });
            let end = asked.from + imports.len();
            let next = (end < usize::try_from(total).unwrap_or(0)).then(|| format!("/imports?from={end}"));
            Ok(ImportsPage { imports, total, next, waiting: waiting.collect(), running: vec![], may: true })
        })
        .await?;
    c.page(&ImportsPage { running: c.app.jobs.running(&c.actor), may: c.may_write(), ..page })
}

impl Page for ImportsPage {
    const TEMPLATE: &'static str = "imports/list.html";
    fn samples() -> Vec<Sample<Self>> {
        let import = Import {
            source: Id::new(3),
            name: "2026年度任免表.zip".into(),
            kind: "archive".into(),
            at: "2026-11-20T09:12:31+08:00".into(),
            actor: "组织部 周敏".into(),
            says: "导入“2026年度任免表.zip”：新增 12 人，变更 31 人 64 处，相同 457 人，请核对 3".into(),
            entry: 9,
            kept: true,
        };
        let waiting = Waiting { id: "a".repeat(32), name: "名册.xlsx".into(), since: "2026-11-22T10:00:00+08:00".into() };
        let empty = ImportsPage { imports: vec![], total: 0, next: None, waiting: vec![], running: vec![], may: true };
        let usual = ImportsPage { imports: vec![import.clone(); 3], total: 3, waiting: vec![waiting], ..empty.clone() };
        let long = Import { name: format!("{}.zip", samples::LONG_TITLE), ..import };
        let running = <JobPage as Page>::samples().into_iter().map(|s| s.page).collect();
        let full = ImportsPage { imports: vec![long; 50], total: 1200, next: Some("/imports?from=50".into()), running, ..usual.clone() };
        let past = ImportsPage { may: false, ..usual.clone() };
        vec![Sample::usual(usual), Sample::empty(empty), Sample::overfull(full), Sample::another_day(past)]
    }
}
