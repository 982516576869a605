//! 反映人: shown after a reason, which is in the journal before anything is shown.

use super::allowed;
use crate::page::Sample;
use crate::{Answer, Ctx, Form, Page};
use affairs::Case;
use affairs::case::{self, Reporter};
use axum::extract::Path;
use serde::Serialize;
use vocabulary::Id;

#[derive(Clone, Debug, Serialize)]
pub struct ReporterPage {
    pub id: Id<Case>,
    pub receipt: String,
    pub reason: String,
    pub reporter: Reporter,
}

pub async fn show(c: Ctx, Path(id): Path<Id<Case>>, form: Form) -> Answer {
    allowed(&c)?;
    let reason = form.text("reason").to_owned();
    let page = c
        .consult(move |desk| {
            let reporter = case::reveal(desk, id, &reason)?;
            Ok(ReporterPage { id, receipt: case::find(desk, id)?.receipt, reason, reporter })
        })
        .await?;
    c.page(&page)
}

impl Page for ReporterPage {
    const TEMPLATE: &'static str = "cases/reporter.html";
    fn samples() -> Vec<Sample<Self>> {
        let page = |name: &str, phone: &str| ReporterPage {
            id: Id::new(12),
            receipt: "CS0000012".into(),
            reason: "回访核实".into(),
            reporter: Reporter { name: name.into(), phone: phone.into() },
        };
        vec![Sample::usual(page("田桂兰", "13900000001")), Sample::empty(page("", "")), Sample::overfull(page(crate::samples::LONG_NAME, "13900000001"))]
    }
}
