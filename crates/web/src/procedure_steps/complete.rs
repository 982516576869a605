//! 登记与完成.

use super::{answered, refused_page};
use crate::procedures::{completion, may_change};
use crate::{Answer, Ctx, Form, Stop};
use affairs::Procedure;
use affairs::procedure;
use axum::extract::Path;
use vocabulary::{Citation, Finding, Findings, Id, Outcome, Weight};

/// `act=note` keeps what is known so far; `act=complete` closes the step as well.
pub async fn create(c: Ctx, Path((id, step)): Path<(Id<Procedure>, String)>, form: Form) -> Answer {
    may_change(&c)?;
    let only_note = form.text("act") == "note";
    let today = c.app.office.today();
    let (form, entry) = {
        let step = step.clone();
        c.read(move |desk| {
            let state = procedure::state(desk, id)?;
            let known = state.step(&step).ok_or_else(|| Stop::NotFound("程序的这一步".into()))?;
            let entry = completion(&form, &state, known, today);
            Ok((form, entry))
        })
        .await?
    };
    if !form.is_right() {
        let findings = Findings::new(form.typed().mistakes.into_iter().map(unreadable).collect());
        return refused_page(c, id, form, findings, "请先改正以下内容").await;
    }
    let outcome: Outcome<()> = c
        .write(move |desk| {
            Ok(if only_note { procedure::note(desk, id, &step, &entry)? } else { procedure::complete(desk, id, &step, &entry)? })
        })
        .await?;
    answered(c, id, form, outcome, if only_note { "没有登记，请先改正以下内容" } else { "还不能完成这一步" }).await
}

/// A field that cannot be read, in the words of a finding.
fn unreadable(mistake: crate::form::Mistake) -> Finding {
    Finding {
        rule: mistake.field,
        weight: Weight::Refuse,
        says: mistake.says,
        citation: Citation { document: "填写说明".into(), article: None, item: None },
        saw: vec![],
        due: None,
        next: None,
        unsure: false,
    }
}
