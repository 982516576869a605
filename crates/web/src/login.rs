//! 登录与退出.

pub mod arrival;
pub mod cookies;
pub mod factor;
pub mod guessing;
pub mod ldap;
pub mod oidc;
pub mod whence;

use crate::answer::see;
use crate::ctx::blocking;
use crate::form::Typed;
use crate::{Answer, App, Form, Guest, Page, Sample, Stop};
use arrival::{Arrived, PASSWORD};
use axum::extract::{Extension, Query};
use cookies::Cookie;
use guessing::{Guessed, guess, wait_says};
use registry::account::guess::Bucket;
use registry::account::session::{Session, Stage, Why};
use registry::account::{self, Found, external, known, password};
use registry::{Actor, AsOf};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

#[derive(Serialize)]
pub struct LoginPage {
    pub back: String,
    pub form: Typed,
    /// The second factor is off, because everything here is invented.
    pub demo: bool,
    /// May residents report here without an account?
    pub residents: bool,
    /// What the button of the other login says, where there is one.
    pub elsewhere: Option<String>,
}

impl LoginPage {
    fn of(app: &App, back: String, form: Typed) -> LoginPage {
        LoginPage { back, form, demo: app.settings.is_demo(), residents: affairs::case::any_open_door(&app.office.book), elsewhere: app.settings.oidc.as_ref().map(|o| o.label.clone()) }
    }
}

impl Page for LoginPage {
    const TEMPLATE: &'static str = "login.html";
    fn samples() -> Vec<Sample<Self>> {
        let wrong = Form::new(vec![("name".into(), "王主任".into())]);
        wrong.mistake("password", "账号或密码不对");
        vec![
            Sample::guest(LoginPage { back: "/".into(), form: Typed::default(), demo: true, residents: true, elsewhere: None }),
            Sample::guest(LoginPage { back: "/officials/7".into(), form: wrong.typed(), demo: false, residents: false, elsewhere: Some("用县统一身份认证登录".into()) }),
        ]
    }
}

#[derive(Deserialize)]
pub struct Back {
    back: Option<String>,
}

impl Back {
    /// Only a page of ours; never another site.
    pub fn ours(&self) -> String {
        ours(self.back.as_deref().unwrap_or("/"))
    }
}

pub fn ours(back: &str) -> String {
    let inside = back.starts_with('/') && !back.starts_with("//") && !back.contains(['\\', '\r', '\n', '\t']);
    if inside { back.to_owned() } else { "/".to_owned() }
}

pub async fn new(mut guest: Guest, session: Option<Extension<Arc<Session>>>, Query(query): Query<Back>) -> Answer {
    let back = query.ours();
    if let Some(Extension(session)) = session {
        return Ok(see(&arrival::address(session.stage, &back)));
    }
    let mut fresh = None;
    if guest.asked.secret.is_empty() {
        let secret = account::secret();
        Arc::make_mut(&mut guest.asked).secret.clone_from(&secret);
        fresh = Some(secret);
    }
    let mut response = guest.page(&LoginPage::of(&guest.app, back, Typed::default()))?;
    // One that came is over.
    Cookie::Session.clear(&guest.app, &mut response);
    if let Some(secret) = fresh {
        Cookie::Door.set(&guest.app, &mut response, &secret);
    }
    Ok(response)
}

pub async fn create(guest: Guest, form: Form) -> Answer {
    let (name, password) = (form.required("name", "账号"), form.required("password", "密码"));
    let back = ours(form.text("back"));
    if form.is_right() {
        match enter(&guest, name, password).await? {
            Guessed::Right(arrived) => return Ok(arrived.answer(&guest.app, &back)),
            Guessed::Wrong => form.mistake("password", "账号或密码不对"),
            Guessed::Wait(seconds) => form.mistake("password", wait_says(seconds)),
        }
    }
    let mut typed = form.typed();
    typed.values.remove("password");
    guest.page(&LoginPage::of(&guest.app, back, typed))
}

async fn enter(guest: &Guest, name: String, password: String) -> Result<Guessed<Arrived>, Stop> {
    let guest = guest.clone();
    let _turn = guest.app.turns.clone().acquire_owned().await.map_err(|e| Stop::Broken(e.to_string()))?;
    blocking(move || {
        let app = &guest.app;
        let (found, known, there) = app.office.read(&Actor::program(), AsOf::default(), |desk| {
            let found = account::named(desk, &name)?;
            let there = subject_of(app, desk, found.as_ref())?;
            let known = match (&found, &guest.visitor.known) {
                (Some(found), Some(token)) => known::find(desk, found.id, token, app.now())?,
                _ => None,
            };
            Ok::<_, Stop>((found, known, there))
        })?;
        let mine = match (&found, known) {
            (Some(found), Some(browser)) => Bucket::Known(found.id, browser),
            _ => Bucket::Name(name),
        };
        let buckets: Vec<Bucket> = [Some(mine), guest.visitor.from.address.clone().map(Bucket::Address)].into_iter().flatten().collect();
        let guessed = guess(app, found.as_ref(), &guest.visitor.from, PASSWORD, &buckets, || fits(app, found.as_ref(), there.as_deref(), &password))?;
        Ok(match (guessed, &found) {
            (Guessed::Right(means), Some(found)) => Guessed::Right(arrival::begin(app, found, means, &guest.visitor, &buckets)?),
            (Guessed::Wait(seconds), _) => Guessed::Wait(seconds),
            _ => Guessed::Wrong,
        })
    })
    .await
}

/// What the account is called in the directory, when it is linked to one: then its password is kept there.
pub fn subject_of(app: &App, desk: &registry::Desk, found: Option<&Found>) -> Result<Option<String>, Stop> {
    match (&app.settings.ldap, found) {
        (Some(ldap), Some(found)) => Ok(external::subject_of(desk, external::Kind::Ldap, &ldap.url, found.id)?),
        _ => Ok(None),
    }
}

/// What the password was right for; as slow for a name that nobody has.
pub fn fits(app: &App, found: Option<&Found>, there: Option<&str>, password: &str) -> Result<Option<&'static str>, Stop> {
    if let (Some(ldap), Some(subject)) = (&app.settings.ldap, there) {
        return Ok(ldap::fits(ldap, subject, password)?.then_some(external::Kind::Ldap.says()));
    }
    Ok(password::matches(found, password).then_some(PASSWORD))
}

pub async fn delete(guest: Guest, session: Option<Extension<Arc<Session>>>) -> Answer {
    if session.is_some() {
        let (app, token) = (guest.app.clone(), guest.asked.secret.clone());
        let now = app.now();
        blocking(move || app.office.write(&Actor::program(), |desk| Ok::<_, Stop>(account::session::end(desk, &token, now, Why::Logout)?))).await?;
    }
    let mut response = see("/login");
    Cookie::Session.clear(&guest.app, &mut response);
    Ok(response)
}

/// Somebody who is in, or half way in: the account's own pages are open to both.
#[derive(Clone)]
pub struct Holder {
    pub guest: Guest,
    /// Only who is in.
    pub ctx: Option<crate::Ctx>,
    pub session: Arc<Session>,
    pub found: Found,
}

impl Holder {
    pub fn page<P: Page>(&self, page: &P) -> Answer {
        match &self.ctx {
            Some(ctx) => ctx.page(page),
            None => self.guest.page(page),
        }
    }
    /// The same, once the session has a new secret: its pages carry the token that belongs to it.
    pub fn under(&self, secret: &str) -> Holder {
        let mut asked = (*self.guest.asked).clone();
        asked.secret = secret.to_owned();
        let asked = Arc::new(asked);
        let ctx = self.ctx.clone().map(|ctx| crate::Ctx { asked: asked.clone(), ..ctx });
        Holder { guest: Guest { asked, ..self.guest.clone() }, ctx, ..self.clone() }
    }
    pub fn app(&self) -> &crate::Shared {
        &self.guest.app
    }
    /// Refuses who has not come so far: a second factor is not set up before the first one is shown.
    pub fn at(self, stages: &[Stage]) -> Result<Holder, Stop> {
        if stages.contains(&self.session.stage) { Ok(self) } else { Err(Stop::Login) }
    }
    /// A writing desk at which this account looks after itself.
    pub async fn write<T: Send + 'static>(&self, work: impl FnOnce(&mut registry::Desk) -> Result<T, Stop> + Send + 'static) -> Result<T, Stop> {
        let (app, actor) = (self.guest.app.clone(), self.found.oneself());
        blocking(move || app.office.write(&actor, work)).await
    }
    pub async fn read<T: Send + 'static>(&self, work: impl FnOnce(&registry::Desk) -> Result<T, Stop> + Send + 'static) -> Result<T, Stop> {
        let (app, actor) = (self.guest.app.clone(), self.found.oneself());
        blocking(move || app.office.read(&actor, AsOf::default(), work)).await
    }
}

impl axum::extract::FromRequestParts<crate::Shared> for Holder {
    type Rejection = Stop;
    async fn from_request_parts(parts: &mut axum::http::request::Parts, shared: &crate::Shared) -> Result<Holder, Stop> {
        let guest = Guest::from_request_parts(parts, shared).await?;
        let session = parts.extensions.get::<Arc<Session>>().cloned().ok_or(Stop::Login)?;
        let ctx = if session.stage == Stage::Open { Some(crate::Ctx::seated(parts)?) } else { None };
        let (app, account) = (guest.app.clone(), session.account);
        let found = blocking(move || app.office.read(&Actor::program(), AsOf::default(), |desk| Ok::<_, Stop>(account::numbered(desk, account)?))).await?;
        Ok(Holder { guest, ctx, session, found: found.ok_or(Stop::Login)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_never_leads_to_another_site() {
        assert_eq!(ours("/officials/3?as_of=2024-01-01"), "/officials/3?as_of=2024-01-01");
        for other in ["https://else.where", "//else.where", "/\\else.where", "/\t/else.where", ""] {
            assert_eq!(ours(other), "/");
        }
    }
}
