//! 第二因素: setting one up and taking one away. In a login that asks for one, this is its last step.

use super::passkeys;
use super::show::{Shown, shown};
use crate::form::Typed;
use crate::login::guessing::{Guessed, wait_says};
use crate::login::{Back, Holder, arrival, ours};
use crate::page::Sample;
use crate::settings::SecondFactor;
use crate::{Answer, Form, Page, Stop, answer, locked};
use axum::extract::{Path, Query};
use qrcode::render::svg;
use registry::account::factor::{self, Kind};
use registry::account::guess::Bucket;
use registry::account::recovery;
use registry::account::session::Stage;
use registry::account::totp::Key;
use serde::Serialize;
use vocabulary::Outcome;

#[derive(Clone, Debug, Serialize)]
pub struct FactorsPage {
    pub back: String,
    pub factors: Vec<Shown>,
    /// The login goes no further without.
    pub must: bool,
    pub role: &'static str,
    /// Why passkeys cannot be used at this address; empty when they can.
    pub no_passkeys: String,
}

impl Page for FactorsPage {
    const TEMPLATE: &'static str = "account/factors.html";
    fn samples() -> Vec<Sample<Self>> {
        let first = FactorsPage { back: "/".into(), factors: vec![], must: true, role: "组织部干部", no_passkeys: passkeys::NO_ADDRESS.into() };
        let one = Shown { id: 1, kind: "动态码", label: "手机".into(), since: "2026-11-22T09:12:44+08:00".into(), used: None };
        let more = FactorsPage { factors: vec![one], must: false, no_passkeys: String::new(), ..first.clone() };
        vec![Sample::guest(first), Sample::usual(more)]
    }
}

pub async fn show(holder: Holder, Query(query): Query<Back>) -> Answer {
    let holder = holder.at(&[Stage::Enrol, Stage::Open])?;
    let account = holder.found.id;
    let factors = holder.read(move |desk| Ok(shown(factor::of(desk, account)?))).await?;
    let page = FactorsPage {
        back: query.ours(),
        factors,
        must: holder.session.stage == Stage::Enrol,
        role: holder.found.role.says(),
        no_passkeys: match passkeys::site(holder.app(), holder.guest.visitor.host.as_deref()) {
            Some(_) => String::new(),
            None => passkeys::NO_ADDRESS.into(),
        },
    };
    holder.page(&page)
}

/// 动态码: the key as a picture and in letters, and a code that shows it arrived.
#[derive(Clone, Debug, Serialize)]
pub struct TotpPage {
    pub back: String,
    pub form: Typed,
    /// SVG
    pub picture: String,
    pub written: String,
}

impl Page for TotpPage {
    const TEMPLATE: &'static str = "account/totp.html";
    fn samples() -> Vec<Sample<Self>> {
        let key = Key::from_bytes(b"12345678901234567890");
        let wrong = Form::new(vec![("label".into(), crate::samples::LONG_NAME.into())]);
        wrong.mistake("code", "动态码不对");
        let usual = TotpPage { back: "/".into(), form: Typed::default(), picture: picture(&key.address("zhoumin", "知人")), written: grouped(&key) };
        vec![Sample::usual(usual.clone()), Sample::guest(TotpPage { form: wrong.typed(), ..usual })]
    }
}

fn grouped(key: &Key) -> String {
    let written: Vec<char> = key.written().chars().collect();
    written.chunks(4).map(|part| part.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

fn picture(address: &str) -> String {
    // Dark on light whatever the theme, with the quiet margin that cameras need.
    let drawn = qrcode::QrCode::new(address).map(|code| code.render::<svg::Color>().min_dimensions(200, 200).quiet_zone(true).build());
    drawn.map(|svg| svg.split_once("?>").map_or(svg.clone(), |(_, rest)| rest.to_owned())).unwrap_or_default()
}

/// The key that this session is setting up; a new one when there is none yet.
fn key(holder: &Holder) -> Key {
    let now = holder.app().now().0;
    let mut keys = locked(&holder.app().keys);
    keys.retain(|_, (_, at)| now - *at < KEPT_SECONDS);
    keys.entry(holder.session.id).or_insert_with(|| (Key::new(), now)).0.clone()
}
const KEPT_SECONDS: i64 = 1200;

fn totp_page(holder: &Holder, back: String, form: Typed) -> TotpPage {
    let key = key(holder);
    let address = key.address(&holder.found.name, &holder.app().settings.office_name);
    TotpPage { back, form, picture: picture(&address), written: grouped(&key) }
}

pub async fn totp(holder: Holder, Query(query): Query<Back>) -> Answer {
    let holder = holder.at(&[Stage::Enrol, Stage::Open])?;
    may_change(&holder)?;
    holder.page(&totp_page(&holder, query.ours(), Typed::default()))
}

/// Who is in already proves to be themselves before anything about the login is changed.
pub fn may_change(holder: &Holder) -> Result<(), Stop> {
    match &holder.ctx {
        Some(ctx) => ctx.step_up("修改登录方式", "/account"),
        None => Ok(()),
    }
}

pub async fn add_totp(holder: Holder, form: Form) -> Answer {
    let holder = holder.at(&[Stage::Enrol, Stage::Open])?;
    may_change(&holder)?;
    let (code, back) = (form.required("code", "动态码"), ours(form.text("back")));
    let label = form.optional("label").unwrap_or_else(|| "手机".into());
    if form.is_right() {
        let (key, now, account) = (key(&holder), holder.app().now(), holder.found.id);
        match key.step_of(&code, now, 0) {
            None => form.mistake("code", "动态码不对：请核对手机的时间，等下一个码再试"),
            Some(step) => {
                let label: String = label.chars().take(40).collect();
                let codes = holder
                    .write(move |desk| {
                        factor::add(desk, account, Kind::Totp, &label, &key.written(), step, now)?;
                        Ok(recovery_when_none(desk, account, now)?)
                    })
                    .await?;
                locked(&holder.app().keys).remove(&holder.session.id);
                return onward(&holder, &back, "动态码", codes).await;
            }
        }
    }
    let page = totp_page(&holder, back, form.typed());
    let mut response = holder.page(&page)?;
    *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

/// The first factor brings codes on paper with it.
pub fn recovery_when_none(desk: &mut registry::Desk, account: vocabulary::Id<registry::Account>, now: vocabulary::Moment) -> registry::Result<Vec<String>> {
    if recovery::left(desk, account)? > 0 { Ok(vec![]) } else { recovery::renew(desk, account, now) }
}

/// After a factor was set up: shows the codes on paper once; a login that waited for it is through.
pub async fn onward(holder: &Holder, back: &str, means: &str, codes: Vec<String>) -> Answer {
    let app = holder.app().clone();
    if holder.session.stage != Stage::Enrol {
        return if codes.is_empty() { Ok(answer::see("/account")) } else { holder.page(&super::RecoveryPage { codes, back: "/account".into() }) };
    }
    let (at, means) = (holder.clone(), means.to_owned());
    let arrived = crate::ctx::blocking(move || arrival::go_on(at.app(), &at.found, &at.session, &at.guest.asked.secret, &means, &at.guest.visitor)).await?;
    if codes.is_empty() {
        return Ok(arrived.answer(&app, back));
    }
    let page = holder.page(&super::RecoveryPage { codes, back: back.to_owned() })?;
    Ok(arrived.dress(&app, page))
}

pub async fn remove(holder: Holder, Path(id): Path<i64>) -> Answer {
    let holder = holder.at(&[Stage::Open])?;
    may_change(&holder)?;
    let (found, now) = (holder.found.clone(), holder.app().now());
    let required = holder.app().settings.second_factor == SecondFactor::Required;
    match holder.write(move |desk| Ok(factor::remove(desk, &found, id, required, now)?)).await? {
        Outcome::Done(()) => Ok(answer::see("/account")),
        Outcome::Refused(findings) => Err(Stop::refused("不能取消最后一个第二因素。", findings)),
    }
}

/// What a guess of a code says when it is not right; shared with the proof.
pub fn said<T>(guessed: &Guessed<T>) -> Option<String> {
    match guessed {
        Guessed::Right(_) => None,
        Guessed::Wrong => Some("密码或动态码不对".into()),
        Guessed::Wait(seconds) => Some(wait_says(*seconds)),
    }
}

/// Proofs of somebody who is in are counted by their session: a stranger at the login cannot stop them.
pub fn buckets(holder: &Holder) -> [Bucket; 1] {
    [Bucket::Session(holder.session.id)]
}
