//! 办理: the form's words become one deed.

use super::{allowed, show};
use crate::answer::see;
use crate::{Answer, Ctx, Form, Stop};
use affairs::{Case, Fields};
use affairs::case::{self, Doing, NewFile};
use axum::extract::{Multipart, Path};
use institution::case::{Act, Term};
use vocabulary::{Id, Outcome};

pub async fn create(c: Ctx, Path(id): Path<Id<Case>>, form: Form) -> Answer {
    perform(c, id, form, vec![]).await
}

/// The same with files: results, answers and sign-offs that carry evidence.
pub async fn with_file(c: Ctx, Path(id): Path<Id<Case>>, sent: Multipart) -> Answer {
    let (pairs, files) = parts(sent).await?;
    perform(c, id, Form::new(pairs), files).await
}

async fn perform(c: Ctx, id: Id<Case>, form: Form, files: Vec<NewFile>) -> Answer {
    allowed(&c)?;
    let term = |n: u16| match form.text("in") {
        "working_hours" => Term::WorkingHours(n),
        "hours" => Term::Hours(n),
        "days" => Term::Days(n),
        _ => Term::WorkingDays(n),
    };
    let into: Option<i64> = form.text("into").chars().filter(char::is_ascii_digit).collect::<String>().parse().ok();
    let doing = Doing {
        act: Act::from_id(form.text("act")),
        part: form.number("part", "部门"),
        unit: form.number("unit", "部门").map(Id::new),
        word: form.text("word").to_owned(),
        says: form.text("says").to_owned(),
        term: form.number("length", "延长").map(term),
        into: into.map(Id::new),
        leads: form.ticked("leads"),
        files,
        fields: filled(&form),
    };
    match c.write(move |desk| Ok(case::act(desk, id, doing)?)).await? {
        // From the board one comes back to the board.
        Outcome::Done(_) if form.text("back") == "board" => Ok(see("/cases")),
        Outcome::Done(_) => Ok(see(&format!("/cases/{id}"))),
        Outcome::Refused(findings) => show::refused(c, id, form, findings).await,
    }
}

/// What an act asks: `f-` before the field's id, and the part behind it where two departments' forms stand on one page.
pub(super) fn filled(form: &Form) -> Fields {
    form.texts().into_iter().filter_map(|(name, text)| Some((name.strip_prefix("f-")?.split('@').next()?.to_owned(), text))).collect()
}

/// Texts and files of a form with files; empty file fields are no files.
pub async fn parts(mut sent: Multipart) -> Result<(Vec<(String, String)>, Vec<NewFile>), Stop> {
    let broken = |error: axum::extract::multipart::MultipartError| match error.status() {
        axum::http::StatusCode::PAYLOAD_TOO_LARGE => Stop::Wrong("照片太大，一张最多 8 兆。请缩小后再传；您写的内容没有丢".into()),
        _ => Stop::Wrong("上传中断，没有收到完整的照片，请再传一次".into()),
    };
    let (mut pairs, mut files) = (Vec::new(), Vec::new());
    while let Some(part) = sent.next_field().await.map_err(broken)? {
        let name = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            Some(file) => {
                let bytes = part.bytes().await.map_err(broken)?.to_vec();
                if !bytes.is_empty() {
                    files.push(NewFile { name: file, bytes });
                }
            }
            None => pairs.push((name, part.text().await.map_err(broken)?)),
        }
    }
    Ok((pairs, files))
}
