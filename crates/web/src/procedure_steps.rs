//! 办理: noting and completing the present step, answering what was found, filing papers, withdrawing.

mod answers;
mod complete;
mod papers;
mod withdrawal;

pub use answers::create as answer;
pub use complete::create as complete;
pub use papers::create as file;
pub use withdrawal::create as withdraw;

use crate::procedures::{ProcedurePage, Told};
use crate::{Answer, Ctx, Form, answer as frame};
use affairs::Procedure;
use axum::http::StatusCode;
use vocabulary::{Findings, Id, Outcome};

/// Back to the procedure when it is done; the page again, with what was typed and every reason, when it is refused.
async fn answered(c: Ctx, id: Id<Procedure>, form: Form, outcome: Outcome<()>, title: &str) -> Answer {
    let refused = match outcome {
        Outcome::Done(()) => return Ok(frame::see(&format!("/procedures/{id}"))),
        Outcome::Refused(findings) => findings,
    };
    refused_page(c, id, form, refused, title).await
}

async fn refused_page(c: Ctx, id: Id<Procedure>, form: Form, refused: Findings, title: &str) -> Answer {
    let faster = refused.rules().contains(&"changed-meanwhile");
    let title = if faster { "您填写期间，有人办理了这个程序。您填的内容都在，请核对后再保存".to_owned() } else { title.to_owned() };
    let page = c
        .read(move |desk| {
            let page = ProcedurePage::of(desk, id)?;
            let differs = if faster { page.differences(&form) } else { vec![] };
            let told = Told { title, findings: refused.into_iter().collect(), differs, ..Told::default() };
            Ok(page.again(&form, told))
        })
        .await?;
    let status = if faster { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    c.page_as(status, &page)
}
