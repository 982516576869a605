//! 接口令牌: made, listed and revoked by the account they act for.

use crate::answer::see;
use crate::form::Typed;
use crate::page::Sample;
use crate::{Answer, Ctx, Form, Page, samples};
use axum::extract::Path;
use axum::http::StatusCode;
use registry::opening::token::{self, LONGEST_DAYS};
use registry::opening::{NewToken, Scope, Token};
use serde::Serialize;

#[derive(Clone, Debug, Serialize)]
pub struct TokensPage {
    pub tokens: Vec<Line>,
    /// The secret of the token just made; shown this once.
    pub secret: Option<String>,
    pub form: Typed,
    pub longest: i64,
}

#[derive(Clone, Debug, Serialize)]
pub struct Line {
    pub token: Token,
    pub scope: &'static str,
}

impl TokensPage {
    fn of(tokens: Vec<Token>, secret: Option<String>, form: Typed) -> TokensPage {
        TokensPage { tokens: tokens.into_iter().map(|token| Line { scope: token.scope.says(), token }).collect(), secret, form, longest: LONGEST_DAYS }
    }
}

pub async fn list(c: Ctx) -> Answer {
    let now = c.app.now();
    let tokens = c.read(move |desk| Ok(token::mine(desk, now)?)).await?;
    c.page(&TokensPage::of(tokens, None, Typed::with([("days", "90".into())])))
}

pub async fn create(c: Ctx, form: Form) -> Answer {
    let now = c.app.now();
    let name = form.required("name", "用途");
    let days = form.number("days", "有效期").unwrap_or(90);
    if !(1..=LONGEST_DAYS).contains(&days) {
        form.mistake("days", format!("有效期为 1 到 {LONGEST_DAYS} 天"));
    }
    let scope = if form.text("scope") == "write" { Scope::Write } else { Scope::Read };
    if !form.is_right() {
        let tokens = c.read(move |desk| Ok(token::mine(desk, now)?)).await?;
        return c.page_as(StatusCode::UNPROCESSABLE_ENTITY, &TokensPage::of(tokens, None, form.typed()));
    }
    let (secret, tokens) = c
        .write(move |desk| {
            let secret = token::make(desk, &NewToken { name, scope, days }, now)?;
            Ok((secret, token::mine(desk, now)?))
        })
        .await?;
    c.page(&TokensPage::of(tokens, Some(secret), Typed::with([("days", "90".into())])))
}

pub async fn revoke(c: Ctx, Path(id): Path<i64>) -> Answer {
    let now = c.app.now();
    c.write(move |desk| Ok(token::revoke(desk, id, now)?)).await?;
    Ok(see("/account/tokens"))
}

impl Page for TokensPage {
    const TEMPLATE: &'static str = "tokens/list.html";
    fn samples() -> Vec<Sample<Self>> {
        let token = Token { id: 3, name: "人社系统每晚取花名册".into(), scope: Scope::Read, since: "2026-11-02T09:00:00+08:00".into(), until: "2027-01-31T09:00:00+08:00".into(), closed: None, over: false };
        let gone = Token { closed: Some("2026-11-20T09:00:00+08:00".into()), over: true, ..token.clone() };
        let long = Token { name: samples::LONG_TITLE.into(), ..token.clone() };
        let form = || Typed::with([("days", "90".into())]);
        vec![
            Sample::usual(TokensPage::of(vec![token, gone], Some(format!("zr_{}", "0123456789abcdef".repeat(4))), form())),
            Sample::empty(TokensPage::of(vec![], None, form())),
            Sample::overfull(TokensPage::of(vec![long; 30], None, form())),
        ]
    }
}
