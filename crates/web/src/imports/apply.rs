//! 导入所选: what was ticked is written, in one transaction.

use super::choose;
use super::waiting::{self, Looked, address, allowed};
use crate::{Answer, Ctx, Form, Stop, answer};
use axum::extract::Path;

pub async fn create(c: Ctx, Path(id): Path<String>, form: Form) -> Answer {
    allowed(&c)?;
    let staged = waiting::find(&c, &id).await?;
    let mut choices = waiting::choices(&c, &staged).await?;
    choose::read(&form, &mut choices);
    waiting::keep_choices(&c, &staged, choices).await?;
    let Looked::Done(preview) = waiting::preview(&c, &staged).await? else {
        return Err(Stop::Wrong("请先看过预览，再导入".into()));
    };
    waiting::write(&c, &staged, preview.head);
    Ok(answer::see(&address(&id)))
}
