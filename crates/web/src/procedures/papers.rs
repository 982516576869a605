//! 程序材料: made from what is on file, or fetched as they were filed.

use super::allowed;
use crate::{Answer, Ctx, Stop, answer, exports};
use affairs::form;
use affairs::procedure::{self, State};
use affairs::{Item, Procedure};
use axum::extract::{Path, Query};
use document::appointment_form::{self, FileKind, FormStyle};
use document::{Fonts, Layout, Paper};
use registry::Desk;
use registry::rights::Marked;
use serde::Deserialize;
use std::io::Cursor;
use vocabulary::Id;

#[derive(Deserialize)]
pub struct Asked {
    item: Option<i64>,
}

/// Does every line have its own paper of this kind?
pub fn one_each(kind: &str) -> bool {
    kind == "talk-record"
}

const PDF: &str = "application/pdf";
const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// `/procedures/3/papers/public-notice.pdf`
pub async fn made(c: Ctx, Path((id, file)): Path<(Id<Procedure>, String)>, Query(asked): Query<Asked>) -> Answer {
    allowed(&c)?;
    let (kind, ending) = file.rsplit_once('.').map(|(k, e)| (k.to_owned(), e.to_owned())).unwrap_or((file, String::new()));
    let pdf = match ending.as_str() {
        "pdf" => true,
        "docx" => false,
        _ => return Err(Stop::NotFound("这种格式的材料".into())),
    };
    let item = asked.item.map(Id::new);
    let marked = exports::begin(&c, &format!("选任程序 {id} 的材料 {kind}"), if pdf { "pdf" } else { "docx" }).await?;
    let key = marked.clone();
    let (name, bytes, zipped) = c.read(move |desk| make(desk, id, &kind, item, pdf, &key)).await?;
    let bytes = exports::whole(&c, &marked, 1, bytes).await?;
    match (pdf, zipped) {
        (true, _) => Ok(answer::shown(&format!("{name}.pdf"), PDF, bytes)),
        (false, false) => Ok(answer::file(&format!("{name}.docx"), DOCX, bytes)),
        (false, true) => Ok(answer::file(&format!("{name}.zip"), "application/zip", bytes)),
    }
}

type Made = (String, Vec<u8>, bool);

fn make(desk: &Desk, id: Id<Procedure>, kind: &str, item: Option<Id<Item>>, pdf: bool, marked: &Marked) -> Result<Made, Stop> {
    let fonts = Fonts::of_site()?;
    let state = procedure::state(desk, id)?;
    let title = state.steps.iter().flat_map(|s| &s.papers).find(|p| p.kind == kind).map(|p| p.title.clone());
    let title = title.ok_or_else(|| Stop::NotFound("这种材料".into()))?;
    let name = format!("{title}（{}）", state.title);
    let set = |paper: Paper| if pdf { document::paper::pdf(fonts, &paper) } else { document::paper::docx(&paper) };
    let bytes = match kind {
        "meeting-slate" => {
            let slate = form::slate(desk, id)?;
            if pdf { slate.pdf(fonts)? } else { slate.docx()? }
        }
        "public-notice" => set(form::public_notice(desk, id)?.paper())?,
        "appointment-notice" => set(form::appointment_notice(desk, id)?.paper())?,
        "talk-record" => set(form::talk_record(desk, id, one(&state, item)?)?.paper())?,
        "appointment-form" => return forms(desk, &state, fonts, name, pdf, marked),
        other => set(form::paper(desk, id, other, item)?)?,
    };
    Ok((name, bytes, false))
}

fn one(state: &State, item: Option<Id<Item>>) -> Result<Id<Item>, Stop> {
    let first = || state.open_items().next().map(|i| i.id);
    item.or_else(first).ok_or_else(|| Stop::NotFound("方案中的这一行".into()))
}

/// 任免审批表 of every open line, in the order of the meeting.
fn forms(desk: &Desk, state: &State, fonts: &Fonts, name: String, pdf: bool, marked: &Marked) -> Result<Made, Stop> {
    let of = |item: &procedure::ItemState| form::appointment_form(desk, item.person, Some(item.id), Layout::Reform2025);
    let mut forms = state.open_items().map(of).collect::<affairs::Result<Vec<_>>>()?;
    forms.iter_mut().for_each(|form| crate::forms::mark(form, marked));
    if pdf {
        let printed = appointment_form::pdf_of_all(fonts, FormStyle::default(), &forms, &mut |_| {})?;
        return Ok((name, printed.bytes, false));
    }
    if let [only] = forms.as_slice() {
        return Ok((name, appointment_form::docx(fonts, FormStyle::default(), only)?, false));
    }
    let mut out = Cursor::new(Vec::new());
    appointment_form::package(fonts, FormStyle::default(), FileKind::Docx, &forms, forms.len(), &mut out, &mut |_| {})?;
    Ok((name, out.into_inner(), true))
}

/// A paper as it was filed.
pub async fn filed(c: Ctx, Path((id, number)): Path<(Id<Procedure>, i64)>) -> Answer {
    allowed(&c)?;
    let paper = c.read(move |desk| Ok(procedure::paper(desk, id, number)?)).await?;
    match (paper.bytes, paper.content, paper.file_name) {
        (Some(bytes), _, name) => Ok(answer::file(&name.unwrap_or(paper.title), "application/octet-stream", bytes)),
        (None, Some(text), _) => Ok(answer::shown(&format!("{}.txt", paper.title), "text/plain; charset=utf-8", text)),
        (None, None, _) => Err(Stop::NotFound("这份材料的内容".into())),
    }
}
