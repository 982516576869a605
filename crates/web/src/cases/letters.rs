//! 函件: printed of a case, as Word or PDF.

use super::allowed;
use crate::ctx::blocking;
use crate::{Answer, Ctx, Stop, answer, exports};
use affairs::Case;
use affairs::case;
use axum::extract::{Path, Query};
use document::Fonts;
use serde::Deserialize;
use vocabulary::Id;

#[derive(Deserialize)]
pub struct Asked {
    /// Of a letter to a department: its part.
    part: Option<i64>,
}

/// `/cases/12/letters/inquiry/pdf?part=3`
pub async fn show(c: Ctx, Path((id, letter, kind)): Path<(Id<Case>, String, String)>, Query(asked): Query<Asked>) -> Answer {
    allowed(&c)?;
    let pdf = match kind.as_str() {
        "pdf" => true,
        "docx" => false,
        _ => return Err(Stop::NotFound("这种格式的函件".into())),
    };
    let office = c.app.settings.office_name.clone();
    let marked = exports::begin(&c, &format!("诉求 {id} 的函件 {letter}"), &kind).await?;
    let paper = c.read(move |desk| Ok(case::letter(desk, id, &letter, asked.part, &office)?)).await?;
    let name = format!("{}{}", paper.addressee.as_deref().unwrap_or_default().trim_end_matches('：'), paper.title);
    let bytes = blocking(move || Ok(if pdf { document::paper::pdf(Fonts::of_site()?, &paper)? } else { document::paper::docx(&paper)? })).await?;
    let bytes = exports::whole(&c, &marked, 1, bytes).await?;
    if pdf {
        return Ok(answer::shown(&format!("{name}.pdf"), "application/pdf", bytes));
    }
    Ok(answer::file(&format!("{name}.docx"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", bytes))
}
