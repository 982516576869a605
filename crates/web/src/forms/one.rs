//! 任免审批表 of one person, alone or with a line of a procedure.

use super::{DOCX, LRMX, PDF, ending, layout, mark};
use crate::{Answer, Ctx, Stop, answer, exports};
use affairs::form;
use axum::extract::{Path, Query};
use document::Fonts;
use document::appointment_form::{self, FormStyle};
use registry::Person;
use serde::Deserialize;
use vocabulary::Id;

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    layout: String,
    item: Option<i64>,
}

/// `/officials/7/forms/任免审批表.pdf`
pub async fn show(c: Ctx, Path((id, file)): Path<(Id<Person>, String)>, Query(asked): Query<Asked>) -> Answer {
    let ending = ending(&file, "任免审批表")?.into_owned();
    if !matches!(ending.as_str(), "pdf" | "docx" | "lrmx") {
        return Err(Stop::NotFound("这种格式的任免审批表".into()));
    }
    let layout = layout(&asked.layout)?;
    let item = asked.item.map(Id::new);
    let mut form = c
        .consult(move |desk| {
            let form = form::appointment_form(desk, id, item, layout)?;
            super::note(desk, &[id], "任免审批表")?;
            Ok(form)
        })
        .await?;
    let marked = exports::begin(&c, &format!("{}的任免审批表", form.name), &ending).await?;
    mark(&mut form, &marked);
    let (name, kind) = (form.name.clone(), ending.clone());
    let bytes = crate::ctx::blocking(move || {
        let fonts = Fonts::of_site()?;
        Ok(match kind.as_str() {
            "pdf" => appointment_form::pdf(fonts, FormStyle::default(), &form)?.bytes,
            "docx" => appointment_form::docx(fonts, FormStyle::default(), &form)?,
            _ => appointment_form::lrmx(&form).into_bytes(),
        })
    })
    .await?;
    let bytes = exports::whole(&c, &marked, 1, bytes).await?;
    Ok(match ending.as_str() {
        "pdf" => answer::shown(&format!("任免审批表（{name}）.pdf"), PDF, bytes),
        "docx" => answer::file(&format!("任免审批表（{name}）.docx"), DOCX, bytes),
        _ => answer::file(&format!("{name}.lrmx"), LRMX, bytes),
    })
}
