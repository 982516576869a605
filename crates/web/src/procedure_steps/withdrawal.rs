//! 撤回: one line or the whole, with the reason; what is on file stays.

use super::answered;
use crate::procedures::may_change;
use crate::{Answer, Ctx, Form};
use affairs::Procedure;
use affairs::procedure;
use axum::extract::Path;
use vocabulary::Id;

pub async fn create(c: Ctx, Path(id): Path<Id<Procedure>>, form: Form) -> Answer {
    may_change(&c)?;
    let item = form.number("item", "人选").map(Id::new);
    let reason = form.text("reason").to_owned();
    let outcome = c.write(move |desk| Ok(procedure::withdraw(desk, id, item, &reason)?)).await?;
    answered(c, id, form, outcome, "不能撤回").await
}
