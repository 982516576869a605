//! 草稿: kept while she types, found again when she comes back.

use super::allowed;
use crate::{Answer, Ctx, Form, Stop};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use registry::{Desk, draft};

/// `page` says which form it is; the rest is what was typed.
pub async fn keep(c: Ctx, form: Form) -> Answer {
    allowed(&c)?;
    let page = form.text("page").to_owned();
    let ours = ["/officials/", "/organisations/", "/posts/"].iter().any(|p| page.starts_with(p));
    if !ours || page.len() > 200 {
        return Err(Stop::Wrong("这个页面没有草稿".into()));
    }
    c.write(move |desk| store(desk, &page, &form)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

pub(super) fn store(desk: &mut Desk, page: &str, form: &Form) -> Result<(), Stop> {
    let Some(account) = desk.actor.account else { return Ok(()) };
    let mut content = form.texts();
    for name in ["act", "seen", "page"] {
        content.remove(name);
    }
    Ok(draft::keep(desk, account, page, &content)?)
}
