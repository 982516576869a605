//! 花名册 of people who were chosen, in their order.

use super::{DOCX, PDF, numbers};
use crate::{Answer, Ctx, Form, Stop, answer, exports};
use affairs::form;
use axum::extract::Path;
use document::Fonts;
use vocabulary::Id;

/// A roster is a paper to be read; longer lists are exported from their ledger.
const MOST: usize = 3_000;

/// `/forms/roster/花名册.pdf?id=3&id=5`
pub async fn show(c: Ctx, Path(file): Path<String>) -> Answer {
    let people = numbers(&c.asked.query);
    set(c, file, people).await
}

/// The same for more people than an address holds.
pub async fn chosen(c: Ctx, Path(file): Path<String>, form: Form) -> Answer {
    let people = form.many("id").filter_map(|n| n.parse().ok()).collect();
    set(c, file, people).await
}

async fn set(c: Ctx, file: String, people: Vec<i64>) -> Answer {
    let pdf = match super::ending(&file, "花名册")?.as_ref() {
        "pdf" => true,
        "docx" => false,
        _ => return Err(Stop::NotFound("这种格式的花名册".into())),
    };
    if people.is_empty() {
        return Err(Stop::Wrong("还没有选人。请先在台账里勾选，再印花名册".into()));
    }
    if people.len() > MOST {
        return Err(Stop::Wrong(format!("一次最多印 {MOST} 人的花名册；更多的请从台账导出")));
    }
    let count = people.len();
    let marked = exports::begin(&c, &format!("{count} 人的花名册"), if pdf { "pdf" } else { "docx" }).await?;
    let visible = marked.visible.clone();
    let bytes = c
        .read(move |desk| {
            let people: Vec<_> = people.into_iter().map(Id::new).collect();
            let mut roster = form::roster(desk, &people)?;
            roster.filled_by = [roster.filled_by.as_str(), &visible].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join("　");
            Ok(if pdf { roster.pdf(Fonts::of_site()?)? } else { roster.docx()? })
        })
        .await?;
    let bytes = exports::whole(&c, &marked, count, bytes).await?;
    Ok(if pdf { answer::shown("花名册.pdf", PDF, bytes) } else { answer::file("花名册.docx", DOCX, bytes) })
}
