//! 再次确认身份: before what must not be done by whoever happens to sit down at an open screen. Afterwards the person is
//! where they were, with everything typed still there.

use super::factors::{buckets, said};
use crate::ctx::blocking;
use crate::form::Typed;
use crate::login::guessing::{Guessed, guess, right};
use crate::login::{Back, Holder, factor as second, ours};
use crate::page::Sample;
use crate::{Answer, Ctx, Form, Page, Stop};
use axum::extract::Query;
use axum::http::StatusCode;
use registry::account::factor::{self, Kind};
use registry::account::session::{self, Stage, Step};
use registry::account::sign_in::{self, Went};
use serde::Serialize;

/// Where a form's own fields are kept among those of the proof.
const KEPT: &str = "keep.";

/// What waits for the proof.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Waiting {
    /// `导出台账`
    pub why: String,
    /// The page on which the person was.
    pub home: String,
    /// Where to go on.
    pub target: String,
    /// By a form that is sent again, or by going there.
    pub by_form: bool,
    pub kept: Vec<(String, String)>,
}

#[derive(Clone, Debug, Serialize)]
pub struct ProofPage {
    pub waiting: Waiting,
    pub form: Typed,
    pub has_code: bool,
    pub has_passkey: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct ContinuePage {
    pub waiting: Waiting,
}

impl Page for ProofPage {
    const TEMPLATE: &'static str = "account/proof.html";
    fn samples() -> Vec<Sample<Self>> {
        let usual = ProofPage { waiting: waiting_sample(), form: Typed::default(), has_code: true, has_passkey: true };
        let wrong = Form::new(vec![]);
        wrong.mistake("password", "密码或动态码不对");
        let plain = ProofPage { form: wrong.typed(), has_code: false, has_passkey: false, ..usual.clone() };
        vec![Sample::usual(usual), Sample { name: "wrong", ..Sample::usual(plain) }]
    }
}

impl Page for ContinuePage {
    const TEMPLATE: &'static str = "account/continue.html";
    fn samples() -> Vec<Sample<Self>> {
        let form = ContinuePage { waiting: waiting_sample() };
        let link = ContinuePage { waiting: Waiting { by_form: false, kept: vec![], ..waiting_sample() } };
        vec![Sample::usual(form), Sample { name: "link", ..Sample::usual(link) }]
    }
}

fn waiting_sample() -> Waiting {
    let kept = vec![("names".to_owned(), "李明\n<b>王芳</b>".to_owned())];
    Waiting { why: "成批填表".into(), home: "/forms/batch".into(), target: "/forms/batch".into(), by_form: true, kept }
}

/// Asked for directly, or by a request that could keep nothing.
pub async fn new(holder: Holder, Query(query): Query<Back>) -> Answer {
    let holder = holder.at(&[Stage::Open])?;
    let back = query.ours();
    page(&holder, Waiting { home: back.clone(), target: back, ..Default::default() }, Typed::default()).await
}

/// Instead of the page that was asked for, because the proof is missing.
pub async fn ask(ctx: &Ctx, holder: &Holder, why: &str, home: &str, form: Option<&[(String, String)]>) -> Answer {
    let kept = form.unwrap_or_default().iter().filter(|(name, _)| name != "csrf" && name != crate::once::FIELD).cloned().collect();
    let waiting = Waiting { why: why.into(), home: home.into(), target: ctx.asked.address(), by_form: form.is_some(), kept };
    let mut response = page(holder, waiting, Typed::default()).await?;
    *response.status_mut() = StatusCode::FORBIDDEN;
    Ok(response)
}

async fn page(holder: &Holder, waiting: Waiting, form: Typed) -> Answer {
    let account = holder.found.id;
    let factors = holder.read(move |desk| Ok(factor::of(desk, account)?)).await?;
    let has = |kind| factors.iter().any(|f| f.kind == kind);
    holder.page(&ProofPage { waiting, form, has_code: has(Kind::Totp), has_passkey: has(Kind::Passkey) })
}

pub async fn create(holder: Holder, form: Form) -> Answer {
    let holder = holder.at(&[Stage::Open])?;
    let kept = form.pairs().filter_map(|(name, value)| Some((name.strip_prefix(KEPT)?.to_owned(), value.to_owned()))).collect();
    let waiting = Waiting {
        why: form.text("why").into(),
        home: ours(form.text("home")),
        target: ours(form.text("target")),
        by_form: form.ticked("by_form"),
        kept,
    };
    // A passkey has proved it a moment ago; the script only sends the form on.
    if holder.session.proved && form.ticked("proved") {
        return holder.page(&ContinuePage { waiting });
    }
    // A password may begin or end with a blank.
    let password = form.pairs().find(|(name, _)| *name == "password").map(|(_, value)| value.to_owned()).unwrap_or_default();
    let code = form.text("code").to_owned();
    if password.is_empty() && code.is_empty() {
        form.mistake("password", "请输入密码或动态码");
    } else {
        let (guessed, token) = prove(&holder, password, code).await?;
        match said(&guessed) {
            Some(says) => form.mistake("password", says),
            None => {
                let mut response = holder.under(&token).page(&ContinuePage { waiting })?;
                crate::login::cookies::Cookie::Session.set(holder.app(), &mut response, &token);
                return Ok(response);
            }
        }
    }
    let mut response = page(&holder, waiting, Typed { values: Default::default(), mistakes: form.typed().mistakes }).await?;
    *response.status_mut() = StatusCode::FORBIDDEN;
    Ok(response)
}

/// Looks at what was typed; answers the session's new secret when it was right.
async fn prove(holder: &Holder, password: String, code: String) -> Result<(Guessed<()>, String), Stop> {
    let holder = holder.clone();
    let _turn = holder.app().turns.clone().acquire_owned().await.map_err(|e| Stop::Broken(e.to_string()))?;
    blocking(move || {
        let (app, found) = (holder.app(), &holder.found);
        let (guessed, means) = if code.is_empty() {
            let buckets = buckets(&holder);
            let guessed = guess(app, Some(found), &holder.guest.visitor.from, "密码", &buckets, || {
                let there = app.office.read(&found.oneself(), Default::default(), |desk| crate::login::subject_of(app, desk, Some(found)))?;
                Ok(crate::login::fits(app, Some(found), there.as_deref(), &password)?.map(|_| ()))
            })?;
            if matches!(guessed, Guessed::Right(())) {
                right(app, &buckets)?;
            }
            (guessed, "密码")
        } else {
            match second::take(&holder, &code)? {
                Guessed::Right(means) => (Guessed::Right(()), means),
                Guessed::Wrong => (Guessed::Wrong, ""),
                Guessed::Wait(seconds) => (Guessed::Wait(seconds), ""),
            }
        };
        let token = if matches!(guessed, Guessed::Right(())) { proved(&holder, means)? } else { String::new() };
        Ok((guessed, token))
    })
    .await
}

/// Notes the proof and gives the session a new secret.
pub fn proved(holder: &Holder, means: &str) -> Result<String, Stop> {
    let (app, found, now) = (holder.app(), &holder.found, holder.app().now());
    app.office.write(&found.oneself(), |desk| {
        sign_in::note(desk, found.id, &holder.guest.visitor.from, means, Went::Proved, now)?;
        let step = Step { stage: Stage::Open, proved: true, means: "" };
        session::rotate(desk, &holder.guest.asked.secret, &step, now)?.ok_or(Stop::Login)
    })
}
