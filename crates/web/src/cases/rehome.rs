//! 机构撤销后的转移: what is open with an organisation goes on with another, each with the note of it.

use super::allowed;
use crate::answer::see;
use crate::form::Typed;
use crate::page::Sample;
use crate::{Answer, Ctx, Form, Page, Stop};
use affairs::case;
use axum::http::StatusCode;
use serde::Serialize;
use vocabulary::{Finding, Outcome};

#[derive(Clone, Debug, Serialize)]
pub struct RehomePage {
    pub form: Typed,
    pub refused: Vec<Finding>,
}

fn office(c: &Ctx) -> Result<(), Stop> {
    allowed(c)?;
    if c.actor.role.of_the_office() { Ok(()) } else { Err(Stop::Forbidden("机构撤销后的转移由组织部办理。".into())) }
}

pub async fn show(c: Ctx) -> Answer {
    office(&c)?;
    let from = crate::ctx::pairs(&c.asked.query).into_iter().find(|(n, _)| n == "from").map(|(_, v)| v).unwrap_or_default();
    c.page(&RehomePage { form: Typed::with([("from", from)]), refused: vec![] })
}

pub async fn create(c: Ctx, form: Form) -> Answer {
    office(&c)?;
    let (from, to, reason) = (form.required("from", "撤销的机构"), form.required("to", "承接的机构"), form.required("says", "依据"));
    if form.is_right() {
        let done = c
            .write(move |desk| {
                let unit = |name: &str| case::unit_named(desk, name).map_err(Stop::from)?.ok_or_else(|| Stop::Wrong(format!("没有找到机构“{name}”，请写全称或简称")));
                // The one that is no more is found under its last name.
                let old = match case::unit_named(desk, &from)? {
                    Some(unit) => unit,
                    None => case::unit_once_named(desk, &from)?.ok_or_else(|| Stop::Wrong(format!("没有找到机构“{from}”")))?,
                };
                let new = unit(&to)?;
                Ok(case::rehome(desk, old.id, new.id, &reason)?)
            })
            .await?;
        return match done {
            Outcome::Done(_) => Ok(see("/cases")),
            Outcome::Refused(findings) => c.page_as(StatusCode::UNPROCESSABLE_ENTITY, &RehomePage { form: form.typed(), refused: findings.into_iter().collect() }),
        };
    }
    c.page_as(StatusCode::UNPROCESSABLE_ENTITY, &RehomePage { form: form.typed(), refused: vec![] })
}

impl Page for RehomePage {
    const TEMPLATE: &'static str = "cases/rehoming.html";
    fn samples() -> Vec<Sample<Self>> {
        vec![
            Sample::usual(RehomePage { form: Typed::default(), refused: vec![] }),
            Sample { name: "refused", ..Sample::usual(RehomePage { form: Typed::default(), refused: crate::samples::findings() }) },
        ]
    }
}
