//! 免办: asking, and what waits for a decision.

use super::one::{Named, Of, named};
use crate::page::Sample;
use crate::{Answer, Ctx, Form, Page, Stop, answer};
use affairs::duty::{self, Asked};
use axum::extract::{Path, Query};
use serde::Serialize;
use vocabulary::Outcome;

#[derive(Clone, Debug, Serialize)]
pub struct ExcusesPage {
    pub waiting: Vec<Asked>,
    pub may: bool,
}

pub async fn show(c: Ctx) -> Answer {
    let waiting = c.read(|desk| Ok(duty::waiting_excuses(desk)?)).await?;
    c.page(&ExcusesPage { waiting, may: c.may_now("duty.excuse") })
}

pub async fn ask(c: Ctx, Path(name): Path<Named>, Query(of): Query<Of>, form: Form) -> Answer {
    let (reason, note) = (form.text("reason").to_owned(), form.text("note").to_owned());
    let outcome = c
        .write(move |desk| {
            let duty = named(desk, &name)?;
            let address = duty::one(desk, duty, name.1, &of.of)?.address();
            let outcome = duty::ask_excuse(desk, &duty.key, name.1, &of.of, &reason, &note)?;
            Ok(match outcome {
                Outcome::Done(_) => Outcome::Done(address),
                Outcome::Refused(findings) => Outcome::Refused(findings),
            })
        })
        .await?;
    match outcome {
        Outcome::Done(address) => Ok(answer::see(&address)),
        Outcome::Refused(findings) => Err(Stop::refused("没有提交免办申请。", findings)),
    }
}

pub async fn decide(c: Ctx, Path(id): Path<i64>, form: Form) -> Answer {
    let (agree, opinion) = (form.text("decision") == "agree", form.text("opinion").to_owned());
    match c.write(move |desk| Ok(duty::decide_excuse(desk, id, agree, &opinion)?)).await? {
        Outcome::Done(()) => Ok(answer::see("/duties/excuses")),
        Outcome::Refused(findings) => Err(Stop::refused("没有作出决定。", findings)),
    }
}

impl Page for ExcusesPage {
    const TEMPLATE: &'static str = "duties/excuses.html";
    fn samples() -> Vec<Sample<Self>> {
        let asked = |unit: &str, note: &str| Asked {
            id: 3,
            duty: "party-life/theme-day".into(),
            title: "主题党日".into(),
            unit: 12,
            unit_title: unit.into(),
            occurrence: "2026-07-27".into(),
            due: "2026-07-27".into(),
            reason: "抢险救灾".into(),
            note: note.into(),
            asked_by: "王书记".into(),
            asked_on: "2026-07-26".into(),
            approver: "上级党委".into(),
            here: true,
            decision: None,
            decided_by: None,
            opinion: None,
        };
        let usual = ExcusesPage { waiting: vec![asked("青云镇大王庄村党支部", "连日大雨，全体党员在河堤上。")], may: true };
        let full = ExcusesPage { waiting: (0..20).map(|_| asked(crate::samples::LONG_TITLE, crate::samples::LONG_TITLE)).collect(), may: true };
        vec![Sample::usual(usual.clone()), Sample::empty(ExcusesPage { waiting: vec![], may: true }), Sample::overfull(full), Sample::reader(ExcusesPage { may: false, ..usual })]
    }
}
