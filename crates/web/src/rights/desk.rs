//! 权利台 of the office: what waits, by when, and the decision.

use super::view::{CorrectionPage, sample};
use crate::page::Sample;
use crate::{Answer, Ctx, Form, Page, Stop, access, answer, samples};
use axum::extract::Path;
use axum::http::StatusCode;
use policy::Purpose;
use registry::rights::{self, Correction, CorrectionId, Decision, Stage, Waiting};
use serde::Serialize;
use vocabulary::{Id, Outcome};

/// Decided ones that are listed.
const CLOSED: usize = 50;

#[derive(Clone, Debug, Serialize)]
pub struct DeskPage {
    pub open: Vec<Line>,
    pub closed: Vec<Line>,
    pub overdue: usize,
}

#[derive(Clone, Debug, Serialize)]
pub struct Line {
    pub correction: Correction,
    pub kind: &'static str,
    pub stage: &'static str,
}

impl Line {
    fn of(correction: Correction) -> Line {
        Line { kind: correction.kind.says(), stage: correction.stage.says(), correction }
    }
}

fn allowed(c: &Ctx) -> Result<(), Stop> {
    if c.actor.may_write() { Ok(()) } else { Err(Stop::NotFound("这个页面".into())) }
}

pub async fn list(c: Ctx) -> Answer {
    allowed(&c)?;
    let page = c
        .consult(|desk| {
            access::noted(desk, &[], super::PART, Purpose::Daily)?;
            Ok(DeskPage::of(rights::waiting(desk, CLOSED)?))
        })
        .await?;
    c.page(&page)
}

pub async fn show(c: Ctx, Path(id): Path<Id<CorrectionId>>) -> Answer {
    allowed(&c)?;
    let page = c
        .consult(move |desk| {
            let page = CorrectionPage::of(desk, id, false)?;
            access::noted(desk, &[page.correction.person], super::PART, Purpose::Daily)?;
            Ok(page)
        })
        .await?;
    c.page(&page)
}

pub async fn paper(c: Ctx, Path((id, number)): Path<(Id<CorrectionId>, i64)>) -> Answer {
    allowed(&c)?;
    let (name, bytes) = c
        .consult(move |desk| {
            access::noted(desk, &[rights::find(desk, id)?.person], super::PART, Purpose::Daily)?;
            Ok(rights::paper(desk, id, number)?)
        })
        .await?;
    Ok(answer::file(&name, "application/octet-stream", bytes))
}

pub async fn decide(c: Ctx, Path(id): Path<Id<CorrectionId>>, form: Form) -> Answer {
    allowed(&c)?;
    let accepted = match form.text("decision") {
        "accept" => true,
        "refuse" => false,
        _ => {
            form.mistake("decision", "请选择采纳或不采纳");
            false
        }
    };
    let decision = Decision { accepted, reasons: form.text("reasons").to_owned() };
    let refused = c
        .write(move |desk| {
            if !form.is_right() {
                return Ok(Some(CorrectionPage { form: form.typed(), ..CorrectionPage::of(desk, id, false)? }));
            }
            Ok(match rights::decide(desk, id, &decision)? {
                Outcome::Done(()) => None,
                Outcome::Refused(findings) => {
                    Some(CorrectionPage { findings: findings.into_iter().collect(), form: form.typed(), ..CorrectionPage::of(desk, id, false)? })
                }
            })
        })
        .await?;
    match refused {
        None => Ok(answer::see(&format!("/rights/{id}"))),
        Some(page) => c.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page),
    }
}

impl DeskPage {
    fn of(waiting: Waiting) -> DeskPage {
        let overdue = waiting.open.iter().filter(|c| c.overdue).count();
        DeskPage { open: waiting.open.into_iter().map(Line::of).collect(), closed: waiting.closed.into_iter().map(Line::of).collect(), overdue }
    }
}

impl Page for DeskPage {
    const TEMPLATE: &'static str = "rights/list.html";
    fn samples() -> Vec<Sample<Self>> {
        let of = |name: &str, stages: &[Stage]| stages.iter().map(|s| sample(name, *s)).collect::<Vec<_>>();
        let usual = Waiting { open: of("李明", &[Stage::Waiting, Stage::Appealed]), closed: of("王芳", &[Stage::Refused, Stage::Accepted]) };
        let full = Waiting { open: vec![sample(samples::LONG_NAME, Stage::Waiting); 60], closed: vec![] };
        vec![Sample::usual(DeskPage::of(usual)), Sample::empty(DeskPage::of(Waiting::default())), Sample::overfull(DeskPage::of(full))]
    }
}
