//! 说明与批准: a reason, an approval or a missing fact, put on file for one finding of one line.

use super::answered;
use crate::procedures::may_change;
use crate::{Answer, Ctx, Form, Stop};
use affairs::Procedure;
use affairs::procedure::{self, AnswerKind};
use axum::extract::Path;
use vocabulary::Id;

pub async fn create(c: Ctx, Path(id): Path<Id<Procedure>>, form: Form) -> Answer {
    may_change(&c)?;
    let wrong = || Stop::Wrong("没有收到要说明的事项，请刷新页面后再试".into());
    let given = procedure::Answer {
        item: form.number("item", "人选").map(Id::new).ok_or_else(wrong)?,
        rule: form.text("rule").to_owned(),
        kind: AnswerKind::from_says(form.text("kind")).ok_or_else(wrong)?,
        approver: form.text("approver").to_owned(),
        reason: form.text("reason").to_owned(),
        facts: form.typed().values.into_iter().filter_map(|(name, text)| stated(&name, text)).collect(),
        on: form.day("on", "日期").unwrap_or(c.app.office.today()),
    };
    let outcome = c.write(move |desk| Ok(procedure::answer(desk, id, &given)?)).await?;
    answered(c, id, form, outcome, "没有登记，请先改正以下内容").await
}

fn stated(name: &str, text: String) -> Option<(String, String)> {
    let fact = name.strip_prefix("fact.")?;
    (!text.trim().is_empty()).then(|| (fact.to_owned(), text))
}
