//! The list as a workbook, as text or on paper: noted before its first byte, and marked.

use super::{CONTACTS, ShowPage, Wanted};
use crate::{Answer, Ctx, Stop, access, answer, exports};
use axum::extract::{Path, Query};
use document::table::{Column, Export, Format, Row, TableData};
use document::{Fonts, Mark};
use policy::Purpose;

pub async fn show(c: Ctx, Path((institution, id)): Path<(String, String)>, Query(asked): Query<Wanted>) -> Answer {
    c.step_up("导出名册", &c.asked.address().replacen("/export", "", 1))?;
    let (format, ending, kind) = match asked.format.as_str() {
        "xlsx" => (Format::Workbook, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        "csv" => (Format::Csv, "csv", "text/csv; charset=utf-8"),
        "pdf" => (Format::Pdf, "pdf", "application/pdf"),
        other => return Err(Stop::Wrong(format!("不能导出为“{other}”，请选择 xlsx、csv 或 pdf"))),
    };
    let contacts = !asked.contacts.is_empty();
    if contacts && !c.may("register.contacts") {
        return Err(Stop::NotFound("这个页面".into()));
    }
    let (key, purpose, wanted) = (format!("{institution}/{id}"), asked.purpose.clone(), asked);
    let read = move |desk: &registry::Desk| ShowPage::of(desk, &key, &wanted, contacts);
    let page = if contacts {
        c.consult(move |desk| {
            let page = read(desk)?;
            if !page.may_look {
                return Err(Stop::NotFound("这个页面".into()));
            }
            access::noted(desk, &[], CONTACTS, Purpose::Daily)?;
            Ok(page)
        })
        .await?
    } else {
        c.read(read).await?
    };
    let marked = exports::begin_for(&c, &page.title, ending, &purpose).await?;
    let name = format!("{} {}.{ending}", page.title, c.day());
    let data = TableData {
        title: page.title.clone(),
        subtitle: format!("截至 {}", c.day()),
        subject: "register".into(),
        columns: ["单位"].into_iter().map(str::to_owned).chain(page.heads.iter().cloned()).chain(["起".to_owned(), "止".to_owned()]).map(|head| Column { head, ..Column::default() }).collect(),
        mark: Some(Mark::of(marked.key)),
        visible: marked.visible.clone(),
    };
    let lines = page.rows.len();
    let bytes = crate::ctx::blocking(move || {
        let fonts = Fonts::of_site()?;
        let mut out = Vec::new();
        let mut export = Export::begin(fonts, format, &data, &mut out)?;
        for row in page.rows {
            let cells = [row.unit].into_iter().chain(row.cells).chain([row.from_day, row.until_day.unwrap_or_default()]).collect();
            export.row(&Row::Entry { key: row.id.to_string(), cells })?;
        }
        export.finish()?;
        Ok::<_, Stop>(out)
    })
    .await?;
    let bytes = exports::whole(&c, &marked, lines, bytes).await?;
    Ok(answer::file(&name, kind, bytes))
}
