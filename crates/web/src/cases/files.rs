//! 一张照片 or 一份佐证, to look at.

use super::allowed;
use crate::{Answer, Ctx, answer};
use affairs::Case;
use affairs::case;
use axum::extract::Path;
use vocabulary::Id;

pub async fn show(c: Ctx, Path((id, number)): Path<(Id<Case>, i64)>) -> Answer {
    allowed(&c)?;
    let (kind, name, bytes) = c.read(move |desk| Ok(case::file(desk, id, number)?)).await?;
    // Kinds are told by the bytes when the file came; anything else is only to be saved.
    Ok(match kind.as_str() {
        "image/jpeg" => answer::shown(&name, "image/jpeg", bytes),
        "image/png" => answer::shown(&name, "image/png", bytes),
        _ => answer::file(&name, "application/pdf", bytes),
    })
}
