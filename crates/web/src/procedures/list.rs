//! 选任程序: each with the step it has come to and what it waits for.

use super::allowed;
use crate::page::Sample;
use crate::{Answer, Ctx, Page, access, samples};
use affairs::Procedure;
use affairs::procedure::{self, Brief, Ending, Waiting};
use axum::extract::Query;
use policy::Purpose;
use serde::{Deserialize, Serialize};
use vocabulary::{Day, Id, day};

#[derive(Clone, Debug, Serialize)]
pub struct ProceduresPage {
    pub lines: Vec<Line>,
    /// Ended ones are shown as well.
    pub all: bool,
    pub may: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct Line {
    pub id: Id<Procedure>,
    pub title: String,
    pub names: Vec<String>,
    pub opened: Day,
    pub present: String,
    /// What it waits for, in a sentence.
    pub first: String,
    pub missing: usize,
    pub due: Option<Day>,
    pub overdue: bool,
    pub ended: Option<Ending>,
}

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    all: String,
}

pub async fn show(c: Ctx, Query(asked): Query<Asked>) -> Answer {
    allowed(&c)?;
    let all = !asked.all.is_empty();
    let lines = c
        .consult(move |desk| {
            access::noted(desk, &[], super::PROCEDURE, Purpose::Appointment)?;
            let waiting = procedure::waiting(desk)?;
            Ok(procedure::list(desk, all)?.into_iter().map(|brief| line(brief, &waiting)).collect::<Vec<_>>())
        })
        .await?;
    let mut page = ProceduresPage { lines, all, may: c.may_write() };
    // What is overdue or due stands on top, then the newest; what has ended last.
    page.lines.sort_by_key(|l| (l.ended.is_some(), !l.overdue, l.due.is_none(), l.due, std::cmp::Reverse(l.id)));
    c.page(&page)
}

fn line(brief: Brief, waiting: &[Waiting]) -> Line {
    let waits = waiting.iter().find(|w| w.procedure == brief.id);
    Line {
        id: brief.id,
        title: brief.title,
        names: brief.names,
        opened: brief.opened,
        present: brief.present,
        first: waits.map(|w| w.first.clone()).unwrap_or_default(),
        missing: waits.map_or(0, |w| w.missing),
        due: waits.and_then(|w| w.due),
        overdue: waits.is_some_and(|w| w.overdue),
        ended: brief.ended,
    }
}

impl Page for ProceduresPage {
    const TEMPLATE: &'static str = "procedures/list.html";
    fn samples() -> Vec<Sample<Self>> {
        let line = Line {
            id: Id::new(3),
            title: "2026年11月第一批干部调整".into(),
            names: vec!["李明".into(), "王芳".into()],
            opened: day!(2026 - 11 - 2),
            present: "考察".into(),
            first: "“考察组人数”尚未填写".into(),
            missing: 9,
            due: None,
            overdue: false,
            ended: None,
        };
        let late = Line { due: Some(day!(2026 - 11 - 1)), overdue: true, present: "试用期".into(), ..line.clone() };
        let ending = Ending { kind: "撤回".into(), reason: "本人申请".into(), on: day!(2026 - 10 - 20), actor: "组织部 周敏".into() };
        let ended = Line { ended: Some(ending), present: String::new(), first: String::new(), missing: 0, ..line.clone() };
        let long = Line { title: samples::LONG_TITLE.into(), names: vec![samples::LONG_NAME.into(); 30], first: samples::LONG_TITLE.into(), ..line.clone() };
        let usual = ProceduresPage { lines: vec![late, line, ended], all: true, may: true };
        let empty = ProceduresPage { lines: vec![], all: false, may: true };
        let full = ProceduresPage { lines: vec![long; 60], ..usual.clone() };
        let past = ProceduresPage { may: false, ..usual.clone() };
        vec![Sample::usual(usual), Sample::empty(empty), Sample::overfull(full), Sample::another_day(past)]
    }
}
