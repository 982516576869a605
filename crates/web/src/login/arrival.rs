//! 登录的步骤: after each proof, how far the session may go.

use super::cookies::Cookie;
use crate::settings::SecondFactor;
use crate::{App, Stop, answer, href, locked};
use axum::response::Response;
use registry::account::guess::Bucket;
use registry::account::session::{self, Opening, Session, Stage, Step, Whence};
use registry::account::sign_in::{self, Went};
use registry::account::{Found, factor, guess, known, password};
use registry::desk::Happened;
use registry::{Desk, Error};

/// Words by which a session remembers what opened it.
pub const PASSWORD: &str = "密码";

/// Where a proof has led.
pub struct Arrived {
    pub stage: Stage,
    token: String,
    /// The secret of a browser that is to be known from now on.
    known: Option<String>,
}

/// What came with the request.
#[derive(Clone, Default)]
pub struct Visitor {
    pub from: Whence,
    pub known: Option<String>,
    /// The site's name as the browser wrote it.
    pub host: Option<String>,
}

/// The first proof was right: opens a session as far as it may go.
pub fn begin(app: &App, found: &Found, means: &str, visitor: &Visitor, buckets: &[Bucket]) -> Result<Arrived, Stop> {
    let now = app.now();
    app.office.write(&found.oneself(), |desk| {
        guess::right(desk, buckets)?;
        guess::tidy(desk, now)?;
        let stage = next(app, desk, found, means, false)?;
        let token = session::open(desk, Opening { account: found.id, stage, means, from: &visitor.from }, now)?;
        arrive(app, desk, found, means, visitor, stage, token)
    })
}

/// A further proof, or a further step, of a login that is under way.
pub fn go_on(app: &App, found: &Found, session: &Session, token: &str, means: &str, visitor: &Visitor) -> Result<Arrived, Stop> {
    let now = app.now();
    app.office.write(&found.oneself(), |desk| {
        let again = registry::account::numbered(desk, found.id)?.ok_or(Stop::Login)?;
        let stage = next(app, desk, &again, &session.means, true)?;
        let token = session::rotate(desk, token, &Step { stage, proved: true, means }, now)?.ok_or(Stop::Login)?;
        let all = if means.is_empty() { session.means.clone() } else { format!("{}、{means}", session.means) };
        arrive(app, desk, &again, &all, visitor, stage, token)
    })
}

fn next(app: &App, desk: &Desk, found: &Found, means: &str, proved_twice: bool) -> Result<Stage, Error> {
    let factors = factor::of(desk, found.id)?;
    if !factors.is_empty() && !proved_twice {
        return Ok(Stage::Factor);
    }
    // Who is vouched for elsewhere has no password here to change.
    if means.starts_with(PASSWORD) && password::is_due(app.settings.password_profile, found, app.now()) {
        return Ok(Stage::Password);
    }
    let needs = found.sees_others() && app.settings.second_factor == SecondFactor::Required;
    Ok(if needs && factors.is_empty() { Stage::Enrol } else { Stage::Open })
}

fn arrive(app: &App, desk: &mut Desk, found: &Found, means: &str, visitor: &Visitor, stage: Stage, token: String) -> Result<Arrived, Stop> {
    let mut known = None;
    if stage == Stage::Open {
        let now = app.now();
        let from = visitor.from.address.as_deref().map(|a| format!("，来自 {a}")).unwrap_or_default();
        let says = format!("登录（{means}{from}）");
        tracing::info!(target: "security", account = found.id.number(), address = visitor.from.address.as_deref().unwrap_or("-"), means, "signed in");
        desk.record(Happened { act: "session.open", subject: "account", number: Some(found.id.number()), says })?;
        sign_in::note(desk, found.id, &visitor.from, means, Went::In, now)?;
        known = known::keep(desk, found.id, visitor.known.as_deref(), now)?;
        let said = sign_in::since_last(desk, found.id)?;
        if !said.is_empty() {
            let mut told = locked(&app.told);
            // Who never opened a page after a login is not remembered for ever.
            if told.len() > 1_000 {
                told.clear();
            }
            told.insert(token.clone(), said);
        }
    }
    Ok(Arrived { stage, token, known })
}

/// Where a session at this stage has to go.
pub fn address(stage: Stage, back: &str) -> String {
    let step = match stage {
        Stage::Open => return back.to_owned(),
        Stage::Factor => "/login/factor",
        Stage::Password => "/account/password",
        Stage::Enrol => "/account/factors",
    };
    if back == "/" { step.to_owned() } else { format!("{step}?back={}", href::encode(back)) }
}

impl Arrived {
    /// On to the next step, with the cookies that belong to it.
    pub fn answer(&self, app: &App, back: &str) -> Response {
        self.dress(app, answer::see(&address(self.stage, back)))
    }
    pub fn dress(&self, app: &App, mut response: Response) -> Response {
        Cookie::Session.set(app, &mut response, &self.token);
        Cookie::Door.clear(app, &mut response);
        if let Some(known) = &self.known {
            Cookie::Known.set(app, &mut response, known);
        }
        response
    }
    /// The token of the pages under the new secret.
    pub fn csrf(&self) -> String {
        crate::ctx::Asked { secret: self.token.clone(), ..Default::default() }.csrf()
    }
}
