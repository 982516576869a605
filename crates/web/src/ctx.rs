//! Who asks, about which day, and the way to the desk.

use crate::login::arrival::Visitor;
use crate::page::{Frame, Seated};
use crate::{Answer, App, Page, Shared, Stop, access, href, locked, menu};
use axum::extract::{FromRequestParts, MatchedPath};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse};
use registry::account::session::Session;
use registry::{Actor, AsOf, Desk};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use vocabulary::Day;

/// What was asked, whoever asks.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub path: String,
    /// As it stands in the address, without `?`.
    pub query: String,
    /// The secret of the session, or of the door before there is one.
    pub secret: String,
    /// htmx wants a part of the page, not the whole.
    pub partial: bool,
    /// A program asks and wants JSON.
    pub json: bool,
    /// 大字显示 was chosen in this browser.
    pub large: bool,
    /// The sending of a form that this is, so that the same one is done once.
    pub sent: Option<Arc<registry::once::Submission>>,
}

impl Asked {
    /// The token that every POST carries, bound to the cookie: another site knows neither.
    pub fn csrf(&self) -> String {
        Sha256::digest(format!("csrf:{}", self.secret)).iter().take(16).map(|b| format!("{b:02x}")).collect()
    }
    /// `q` of the address: what the search box shows again.
    fn words(&self) -> String {
        pairs(&self.query).into_iter().find(|(name, _)| name == "q").map(|(_, words)| words).unwrap_or_default()
    }
    /// The address that was asked for, to come back to.
    pub fn address(&self) -> String {
        href::with(&self.path, &self.query)
    }
}

/// 来访者: anybody, before the login.
#[derive(Clone)]
pub struct Guest {
    pub app: Shared,
    pub asked: Arc<Asked>,
    /// Where they come from.
    pub visitor: Arc<Visitor>,
}

impl Guest {
    pub fn frame(&self) -> Frame {
        let today = self.app.office.today();
        Frame {
            office: self.app.settings.office_name.clone(),
            today,
            day: today,
            csrf: self.asked.csrf(),
            path: self.asked.path.clone(),
            large: self.asked.large,
            ..Frame::bare(today)
        }
    }
    pub fn page<P: Page>(&self, page: &P) -> Answer {
        Ok(Html(self.app.pages.render(page, &self.frame())?).into_response())
    }
}

/// Somebody who is logged in, the day that is asked about, and the way to the desk.
#[derive(Clone)]
pub struct Ctx {
    pub app: Shared,
    pub actor: Arc<Actor>,
    pub as_of: AsOf,
    pub asked: Arc<Asked>,
    /// What the table of rights calls this address.
    pub action: &'static policy::Action,
    pub session: Arc<Session>,
}

impl Ctx {
    /// Whoever is logged in, whatever the address: for the frame around a page that says no.
    pub fn seated(parts: &Parts) -> Result<Ctx, Stop> {
        let guest = parts.extensions.get::<Guest>().cloned().ok_or_else(|| Stop::Broken("no guest at the door".into()))?;
        let actor = parts.extensions.get::<Arc<Actor>>().cloned().ok_or(Stop::Login)?;
        let as_of = days_asked(&guest.asked.query)?;
        let session = parts.extensions.get::<Arc<Session>>().cloned().ok_or(Stop::Login)?;
        Ok(Ctx { app: guest.app, actor, as_of, asked: guest.asked, action: policy::action("home.see"), session })
    }

    pub fn app(&self) -> &App {
        &self.app
    }
    /// The day asked about: today, or the one in the address.
    pub fn day(&self) -> Day {
        self.as_of.day.unwrap_or_else(|| self.app.office.today())
    }
    /// Did this person prove to be themselves within the last ten minutes?
    pub fn stepped_up(&self) -> bool {
        self.session.proved
    }
    /// Stops until they do; then they go on with `why` and find everything they typed. `home` is the page they came from.
    pub fn step_up(&self, why: &str, home: &str) -> Result<(), Stop> {
        if self.stepped_up() { Ok(()) } else { Err(Stop::StepUp { why: why.into(), home: home.into() }) }
    }
    /// May records be changed here? Not by every role, and not while another day is looked at.
    pub fn may_write(&self) -> bool {
        self.actor.may_write() && self.as_of == AsOf::default()
    }

    /// Is this ever for the role that sits here? What buttons are shown by; the operation looks again.
    pub fn may(&self, action: &str) -> bool {
        policy::may_ever(self.actor.role, policy::action(action))
    }

    /// May it be done here and now? Not while another day is looked at.
    pub fn may_now(&self, action: &str) -> bool {
        self.may(action) && self.as_of == AsOf::default()
    }

    /// A look at the records, off the threads that serve: `c.read(move |desk| Ok(person::find(desk, id)?)).await?`.
    pub async fn read<T: Send + 'static>(&self, work: impl FnOnce(&Desk) -> Result<T, Stop> + Send + 'static) -> Result<T, Stop> {
        let (app, actor, as_of) = (self.app.clone(), self.actor.clone(), self.as_of);
        blocking(move || app.office.read(&actor, as_of, work)).await
    }

    /// As [`Ctx::read`], of another day: a period that is over is seen as it stood at its end.
    pub async fn read_on<T: Send + 'static>(&self, as_of: AsOf, work: impl FnOnce(&Desk) -> Result<T, Stop> + Send + 'static) -> Result<T, Stop> {
        let (app, actor) = (self.app.clone(), self.actor.clone());
        blocking(move || app.office.read(&actor, as_of, work)).await
    }

    /// A period is over before the day asked about: it is asked as of its `last` day.
    pub fn as_of_end(&self, last: Day) -> AsOf {
        if last < self.day() { AsOf { day: Some(last), ..self.as_of } } else { self.as_of }
    }

    /// A look at what is S2 or above: `work` notes it with `desk.consulted(…)`; without the note nothing is shown.
    pub async fn consult<T: Send + 'static>(&self, work: impl FnOnce(&Desk) -> Result<T, Stop> + Send + 'static) -> Result<T, Stop> {
        let (app, actor, as_of) = (self.app.clone(), self.actor.clone(), self.as_of);
        blocking(move || app.office.consult(&actor, as_of, work)).await
    }

    /// One transaction; everything that `work` wrote, or nothing when it stops.
    pub async fn write<T: Send + 'static>(&self, work: impl FnOnce(&mut Desk) -> Result<T, Stop> + Send + 'static) -> Result<T, Stop> {
        let (app, actor, sent) = (self.app.clone(), self.actor.clone(), self.asked.sent.clone());
        blocking(move || match sent {
            Some(sent) => app.office.write_once(&actor, &sent, work),
            None => app.office.write(&actor, work),
        })
        .await
    }

    /// As [`Ctx::write`], but nothing is kept of who sent what: the sum of a sent form would tell what somebody voted to
    /// whoever tries all papers. Only for work that is the same when it is done twice.
    pub async fn write_unmarked<T: Send + 'static>(&self, work: impl FnOnce(&mut Desk) -> Result<T, Stop> + Send + 'static) -> Result<T, Stop> {
        let (app, actor) = (self.app.clone(), self.actor.clone());
        blocking(move || app.office.write(&actor, work)).await
    }

    /// The very work of a write, of which nothing remains: what a preview shows is what would be written.
    pub async fn try_out<T: Send + 'static>(&self, work: impl FnOnce(&mut Desk) -> Result<T, Stop> + Send + 'static) -> Result<T, Stop> {
        let (app, actor) = (self.app.clone(), self.actor.clone());
        blocking(move || match app.office.write(&actor, |desk| Err::<(), Back<T>>(Back(work(desk)))) {
            Err(Back(answer)) => answer,
            Ok(()) => Err(Stop::Broken("a trial was committed".into())),
        })
        .await
    }

    pub fn frame(&self) -> Frame {
        let today = self.app.office.today();
        Frame {
            office: self.app.settings.office_name.clone(),
            today,
            day: self.day(),
            known_on: self.as_of.known_on,
            other_day: self.as_of != AsOf::default(),
            actor: Some(Seated { shown: self.actor.shown.clone(), role: self.actor.role.says(), may_write: self.may_write() }),
            menu: menu::shown(&self.actor, &self.asked.path),
            searches: self.may("search.see"),
            ledgers: self.may("ledger.see"),
            csrf: self.asked.csrf(),
            path: self.asked.path.clone(),
            carry: carry(self.as_of),
            kept: pairs(&self.asked.query).into_iter().filter(|(name, _)| name != "as_of" && name != "known_on").collect(),
            words: self.asked.words(),
            large: self.asked.large,
            told: if self.asked.partial { vec![] } else { locked(&self.app.told).remove(&self.asked.secret).unwrap_or_default() },
        }
    }

    /// The whole page.
    pub fn page<P: Page>(&self, page: &P) -> Answer {
        self.page_as(StatusCode::OK, page)
    }
    pub fn page_as<P: Page>(&self, status: StatusCode, page: &P) -> Answer {
        Ok((status, Html(self.app.pages.render(page, &self.frame())?)).into_response())
    }
    /// The template `part`, which the page includes, when htmx asks; else the whole page.
    pub fn part<P: Page>(&self, part: &str, page: &P) -> Answer {
        if self.asked.partial {
            return Ok(([(header::VARY, "HX-Request")], Html(self.app.pages.render_part(page, part, &self.frame())?)).into_response());
        }
        self.page(page)
    }
    /// An address of ours that keeps the day asked about.
    pub fn to(&self, path: &str) -> String {
        href::with(path, &carry(self.as_of))
    }
}

/// The number that an address has below `noun`: whose record `/officials/7/edit` is about.
fn number_below(path: &str, noun: &str) -> Option<i64> {
    path.strip_prefix(noun)?.split('/').next()?.parse().ok()
}

/// What a trial answered, on its way out of the transaction that it ends.
struct Back<T>(Result<T, Stop>);
impl<T> From<registry::Error> for Back<T> {
    fn from(error: registry::Error) -> Back<T> {
        Back(Err(error.into()))
    }
}
impl<T> From<store::Error> for Back<T> {
    fn from(error: store::Error) -> Back<T> {
        Back(Err(error.into()))
    }
}

fn carry(as_of: AsOf) -> String {
    let day = as_of.day.map(|d| format!("as_of={d}"));
    let known = as_of.known_on.map(|d| format!("known_on={d}"));
    [day, known].into_iter().flatten().collect::<Vec<_>>().join("&")
}

/// Work that waits for the database or computes, off the threads that serve.
pub async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, Stop> + Send + 'static) -> Result<T, Stop> {
    match tokio::task::spawn_blocking(work).await {
        Ok(answer) => answer,
        Err(panic) => Err(Stop::Broken(format!("{panic}"))),
    }
}

/// The pairs of a query or of a form, in order, read as a browser writes them.
pub fn pairs(text: &str) -> Vec<(String, String)> {
    let decode = |text: &str| {
        let (mut out, bytes) = (Vec::with_capacity(text.len()), text.as_bytes());
        let mut at = 0;
        while at < bytes.len() {
            let hex = || std::str::from_utf8(bytes.get(at + 1..at + 3)?).ok().and_then(|h| u8::from_str_radix(h, 16).ok());
            match (bytes[at], hex()) {
                (b'%', Some(byte)) => {
                    out.push(byte);
                    at += 2;
                }
                (b'+', _) => out.push(b' '),
                (byte, _) => out.push(byte),
            }
            at += 1;
        }
        String::from_utf8_lossy(&out).into_owned()
    };
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(name), decode(value))
    };
    text.split('&').filter(|p| !p.is_empty()).map(pair).collect()
}

/// The days in the address. An empty picker means today.
pub fn days_asked(query: &str) -> Result<AsOf, Stop> {
    let mut as_of = AsOf::default();
    for (name, text) in pairs(query) {
        let place = match name.as_str() {
            "as_of" => &mut as_of.day,
            "known_on" => &mut as_of.known_on,
            _ => continue,
        };
        if !text.trim().is_empty() {
            let day = vocabulary::Date::read(&text).ok().and_then(vocabulary::Date::exact);
            *place = Some(day.ok_or_else(|| Stop::Wrong(format!("“{text}”不是日期，请写成 2026-11-22")))?);
        }
    }
    Ok(as_of)
}

impl FromRequestParts<Shared> for Guest {
    type Rejection = Stop;
    async fn from_request_parts(parts: &mut Parts, _: &Shared) -> Result<Guest, Stop> {
        parts.extensions.get::<Guest>().cloned().ok_or_else(|| Stop::Broken("no guest at the door".into()))
    }
}

/// Where somebody was who is asked once more who they are: the page above what they asked for.
fn home_of(path: &str) -> String {
    let above = path.strip_suffix("/export").map(str::to_owned);
    above.unwrap_or_else(|| path.split('/').nth(1).map_or_else(|| "/".into(), |first| format!("/{first}")))
}

impl FromRequestParts<Shared> for Ctx {
    type Rejection = Stop;
    /// Refuses who is not logged in; they come back here after the login.
    async fn from_request_parts(parts: &mut Parts, _: &Shared) -> Result<Ctx, Stop> {
        let mut ctx = Ctx::seated(parts)?;
        // An address that the table of rights does not know is nobody's; who may not, is told what is told of a wrong address.
        let known = parts.extensions.get::<MatchedPath>().and_then(|path| policy::of_route(parts.method.as_str(), path.as_str()));
        ctx.action = known.filter(|a| policy::may_ever(ctx.actor.role, a)).ok_or_else(|| {
            let (account, action) = (ctx.actor.account.map(|a| a.number()), known.map_or("-", |a| a.id.as_str()));
            tracing::warn!(target: "security", account, role = ctx.actor.role.id(), action, path = ctx.asked.path, "not allowed");
            Stop::NotFound("这个页面".into())
        })?;
        if ctx.action.step_up {
            ctx.step_up(&ctx.action.title, &home_of(&ctx.asked.path))?;
        }
        // Whatever changes a record shows what is protected of it: there the purpose stands before the handler.
        if ctx.action.on == policy::Thing::Person && ctx.action.kind == policy::Kind::Write && let Some(person) = number_below(&ctx.asked.path, "/officials/") {
            ctx.opened(vocabulary::Id::new(person), &access::PERSONAL).await?;
        }
        Ok(ctx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vocabulary::day;

    #[test]
    fn the_day_in_the_address_is_read_and_carried_on() {
        let as_of = days_asked("q=%E6%9D%8E&as_of=2024-06-01&known_on=").unwrap();
        assert_eq!(as_of, AsOf::on(day!(2024 - 6 - 1)));
        assert_eq!(carry(as_of), "as_of=2024-06-01");
        assert!(days_asked("as_of=2024-13-01").is_err());
    }
}
