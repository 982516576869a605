//! 第二步: a code of the app, a code on paper, or a passkey (see `account::passkeys`).

use super::arrival::{self, Arrived};
use super::guessing::{Guessed, guess, wait_says};
use super::{Back, Holder, ours};
use crate::ctx::blocking;
use crate::form::Typed;
use crate::{Answer, Form, Page, Sample, Stop};
use axum::extract::Query;
use registry::account::factor::{self, Kind};
use registry::account::guess::{self as counted, Bucket};
use registry::account::session::Stage;
use serde::Serialize;

#[derive(Serialize)]
pub struct FactorPage {
    pub back: String,
    pub shown: String,
    pub form: Typed,
    pub has_code: bool,
    pub has_passkey: bool,
}

impl Page for FactorPage {
    const TEMPLATE: &'static str = "login/factor.html";
    fn samples() -> Vec<Sample<Self>> {
        let wrong = Form::new(vec![]);
        wrong.mistake("code", "动态码不对，或者已经用过");
        let page = |form, has_passkey| FactorPage { back: "/".into(), shown: "王主任".into(), form, has_code: true, has_passkey };
        vec![Sample::guest(page(Typed::default(), false)), Sample::guest(page(wrong.typed(), true))]
    }
}

pub async fn show(holder: Holder, Query(query): Query<Back>) -> Answer {
    let holder = holder.at(&[Stage::Factor])?;
    page(&holder, query.ours(), Typed::default()).await
}

async fn page(holder: &Holder, back: String, form: Typed) -> Answer {
    let account = holder.found.id;
    let factors = holder.read(move |desk| Ok(factor::of(desk, account)?)).await?;
    let has = |kind| factors.iter().any(|f| f.kind == kind);
    holder.page(&FactorPage { back, shown: holder.found.shown.clone(), form, has_code: has(Kind::Totp), has_passkey: has(Kind::Passkey) })
}

pub async fn create(holder: Holder, form: Form) -> Answer {
    let holder = holder.at(&[Stage::Factor])?;
    let (code, back) = (form.required("code", "动态码或恢复码"), ours(form.text("back")));
    if form.is_right() {
        match prove(&holder, code).await? {
            Guessed::Right(arrived) => return Ok(arrived.answer(holder.app(), &back)),
            Guessed::Wrong => form.mistake("code", "动态码不对，或者已经用过；请等下一个码再试"),
            Guessed::Wait(seconds) => form.mistake("code", wait_says(seconds)),
        }
    }
    page(&holder, back, Typed { values: Default::default(), mistakes: form.typed().mistakes }).await
}

async fn prove(holder: &Holder, code: String) -> Result<Guessed<Arrived>, Stop> {
    let holder = holder.clone();
    blocking(move || {
        let (app, found) = (&holder.guest.app, &holder.found);
        Ok(match take(&holder, &code)? {
            Guessed::Right(means) => Guessed::Right(arrival::go_on(app, found, &holder.session, &holder.guest.asked.secret, means, &holder.guest.visitor)?),
            Guessed::Wrong => Guessed::Wrong,
            Guessed::Wait(seconds) => Guessed::Wait(seconds),
        })
    })
    .await
}

/// Looks at a code; answers what it was.
pub fn take(holder: &Holder, code: &str) -> Result<Guessed<&'static str>, Stop> {
    let (app, found) = (&holder.guest.app, &holder.found);
    let now = app.now();
    let buckets = [Bucket::Factor(found.id)];
    let taken = guess(app, Some(found), &holder.guest.visitor.from, "动态码", &buckets, || {
        app.office.write(&found.oneself(), |desk| {
            let means = factor::take(desk, found.id, code, now)?;
            if means.is_some() {
                counted::right(desk, &buckets)?;
            }
            Ok::<_, Stop>(means)
        })
    })?;
    Ok(taken)
}
