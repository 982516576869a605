//! 更换密码: of one's own accord, or because the login asks for it.

use crate::ctx::blocking;
use crate::form::Typed;
use crate::login::guessing::{Guessed, guess, right, wait_says};
use crate::login::{Back, Holder, arrival, ours};
use crate::page::Sample;
use crate::{Answer, Form, Page, Stop};
use axum::extract::Query;
use registry::account::guess::Bucket;
use registry::account::password::{self, By, Chosen};
use registry::account::session::{self, Stage, Why};
use registry::account::{known, sign_in};
use serde::Serialize;
use vocabulary::{Finding, Outcome};

#[derive(Clone, Debug, Serialize)]
pub struct PasswordPage {
    pub form: Typed,
    pub back: String,
    /// The rule that a new one has to keep.
    pub rule: &'static str,
    /// The login goes no further without.
    pub must: bool,
    pub findings: Vec<Finding>,
}

impl Page for PasswordPage {
    const TEMPLATE: &'static str = "account/password.html";
    fn samples() -> Vec<Sample<Self>> {
        let profile = password::Profile::Dengbao3;
        let page = PasswordPage { form: Typed::default(), back: "/account".into(), rule: profile.says(), must: false, findings: vec![] };
        let findings: Vec<Finding> = password::examine(profile, "abc123", &[]).into_iter().collect();
        let refused = PasswordPage { findings, ..page.clone() };
        let first = PasswordPage { must: true, rule: password::Profile::Asvs.says(), ..page.clone() };
        vec![Sample::usual(page), Sample { name: "refused", ..Sample::usual(refused) }, Sample::guest(first)]
    }
}

fn page(holder: &Holder, back: String, form: Typed, findings: Vec<Finding>) -> PasswordPage {
    let must = holder.session.stage == Stage::Password;
    PasswordPage { form, back, rule: holder.app().settings.password_profile.says(), must, findings }
}

pub async fn edit(holder: Holder, Query(query): Query<Back>) -> Answer {
    let holder = holder.at(&[Stage::Password, Stage::Open])?;
    holder.page(&page(&holder, query.ours(), Typed::default(), vec![]))
}

pub async fn update(holder: Holder, form: Form) -> Answer {
    let holder = holder.at(&[Stage::Password, Stage::Open])?;
    let back = ours(form.text("back"));
    let (old, new, again) = (form.required("old", "现在的密码"), form.required("new", "新密码"), form.required("again", "再输一遍新密码"));
    if form.is_right() && new != again {
        form.mistake("again", "两遍新密码不一样");
    }
    let mut findings = vec![];
    if form.is_right() {
        match change(&holder, old, new).await? {
            Guessed::Right(Outcome::Done(arrived)) => {
                let back = if holder.session.stage == Stage::Open { "/account" } else { &back };
                return Ok(arrived.answer(holder.app(), back));
            }
            Guessed::Right(Outcome::Refused(all)) => {
                form.mistake("new", "新密码不符合规则");
                findings = all.into_iter().collect();
            }
            Guessed::Wrong => form.mistake("old", "现在的密码不对"),
            Guessed::Wait(seconds) => form.mistake("old", wait_says(seconds)),
        }
    }
    // What was typed into these fields is not sent back.
    let typed = Typed { values: Default::default(), mistakes: form.typed().mistakes };
    answer_as(&holder, &page(&holder, back, typed, findings))
}

fn answer_as(holder: &Holder, page: &PasswordPage) -> Answer {
    let mut response = holder.page(page)?;
    *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

type Changed = Guessed<Outcome<arrival::Arrived>>;

/// The old password is asked for once more; every other session, and every browser known so far, is a stranger's from here on.
async fn change(holder: &Holder, old: String, new: String) -> Result<Changed, Stop> {
    let holder = holder.clone();
    let _turn = holder.app().turns.clone().acquire_owned().await.map_err(|e| Stop::Broken(e.to_string()))?;
    blocking(move || {
        let (app, found, guest) = (holder.app(), &holder.found, &holder.guest);
        let buckets = [Bucket::Session(holder.session.id)];
        match guess(app, Some(found), &guest.visitor.from, "密码", &buckets, || Ok(password::matches(Some(found), &old).then_some(())))? {
            Guessed::Wrong => return Ok(Guessed::Wrong),
            Guessed::Wait(seconds) => return Ok(Guessed::Wait(seconds)),
            Guessed::Right(()) => right(app, &buckets)?,
        }
        let chosen = Chosen::new(app.settings.password_profile, &new, found, &app.settings.office_name)?;
        let now = app.now();
        let changed = app.office.write(&found.oneself(), |desk| {
            let changed = password::change(desk, found.id, &chosen, By::Oneself, now)?;
            if matches!(changed, Outcome::Done(())) {
                session::end_all(desk, found.id, Some(holder.session.id), now, Why::Changed)?;
                known::forget(desk, found.id)?;
                sign_in::note(desk, found.id, &guest.visitor.from, "密码", sign_in::Went::Proved, now)?;
            }
            Ok::<_, Stop>(changed)
        })?;
        Ok(Guessed::Right(match changed {
            Outcome::Refused(findings) => Outcome::Refused(findings),
            Outcome::Done(()) => Outcome::Done(arrival::go_on(app, found, &holder.session, &guest.asked.secret, "", &guest.visitor)?),
        }))
    })
    .await
}
