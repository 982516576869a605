//! 换照片: a new picture in the place of the old one, which stays in the history.

use super::allowed;
use crate::answer::see;
use crate::form::{Mistake, Typed};
use crate::page::Sample;
use crate::{Answer, Ctx, Form, Page, Stop};
use axum::extract::{Multipart, Path};
use axum::http::StatusCode;
use registry::{Person, person, photo};
use serde::Serialize;
use vocabulary::{Id, Outcome};

#[derive(Clone, Debug, Serialize)]
pub struct PhotoPage {
    pub id: Id<Person>,
    pub name: String,
    pub photo: bool,
    pub form: Typed,
}

pub async fn change(c: Ctx, Path(id): Path<Id<Person>>) -> Answer {
    allowed(&c)?;
    let page = c.read(move |desk| page(desk, id, Typed::default())).await?;
    c.page(&page)
}

fn page(desk: &registry::Desk, id: Id<Person>, form: Typed) -> Result<PhotoPage, Stop> {
    let name = person::find(desk, id)?.row.name;
    Ok(PhotoPage { id, name, photo: photo::of(desk, id)?.is_some(), form })
}

pub async fn create(c: Ctx, Path(id): Path<Id<Person>>, mut sent: Multipart) -> Answer {
    allowed(&c)?;
    let broken = |_| Stop::Wrong("上传中断，或文件太大，请重新上传".into());
    let (mut pairs, mut bytes) = (Vec::new(), Vec::new());
    while let Some(part) = sent.next_field().await.map_err(broken)? {
        let name = part.name().unwrap_or_default().to_owned();
        match part.file_name() {
            Some(_) => bytes = part.bytes().await.map_err(broken)?.to_vec(),
            None => pairs.push((name, part.text().await.map_err(broken)?)),
        }
    }
    let form = Form::new(pairs);
    let answer = c
        .write(move |desk| {
            let outcome = photo::change(desk, id, &bytes, form.text("basis"))?;
            let Outcome::Refused(findings) = outcome else { return Ok(None) };
            let mut typed = form.typed();
            typed.mistakes = findings.into_iter().map(|f| Mistake { field: "file".into(), says: f.says }).collect();
            Ok(Some(page(desk, id, typed)?))
        })
        .await?;
    match answer {
        None => Ok(see(&format!("/officials/{id}"))),
        Some(page) => c.page_as(StatusCode::UNPROCESSABLE_ENTITY, &page),
    }
}

impl Page for PhotoPage {
    const TEMPLATE: &'static str = "records/photo.html";
    fn samples() -> Vec<Sample<Self>> {
        let usual = PhotoPage { id: Id::new(7), name: "李明".into(), photo: true, form: Typed::default() };
        let mut wrong = PhotoPage { photo: false, ..usual.clone() };
        wrong.form.mistakes.push(Mistake { field: "file".into(), says: "这个文件不是照片".into() });
        vec![Sample::usual(usual), Sample::empty(wrong)]
    }
}
