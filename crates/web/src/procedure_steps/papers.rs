//! 材料归档: a file, or text written here, at the present step.

use super::answered;
use crate::procedures::may_change;
use crate::{Answer, Ctx, Form, Stop};
use affairs::Procedure;
use affairs::procedure::{self, NewPaper};
use axum::extract::{Multipart, Path};
use vocabulary::Id;

pub async fn create(c: Ctx, Path(id): Path<Id<Procedure>>, mut sent: Multipart) -> Answer {
    may_change(&c)?;
    let broken = |_| Stop::Wrong("上传中断，或文件太大，请重新上传".into());
    let (mut pairs, mut file) = (Vec::new(), None);
    while let Some(part) = sent.next_field().await.map_err(broken)? {
        let name = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            Some(file_name) if !file_name.is_empty() => file = Some((file_name, part.bytes().await.map_err(broken)?.to_vec())),
            Some(_) => {}
            None => pairs.push((name, part.text().await.map_err(broken)?)),
        }
    }
    let form = Form::new(pairs);
    let kind = form.text("kind");
    let mut paper = match file {
        Some((name, bytes)) => NewPaper::file(kind, &name, bytes),
        None => NewPaper::text(kind, form.text("content")),
    };
    paper.item = form.number("item", "人选").map(Id::new);
    let outcome = c.write(move |desk| Ok(procedure::file(desk, id, &paper)?)).await?;
    answered(c, id, form, outcome, "没有归档，请先改正以下内容").await
}
