//! 通行密钥: a key that never leaves its device and answers only to this site (WebAuthn). The browser's half is
//! `assets/js/passkey.js`.

use super::factors::{may_change, onward, recovery_when_none};
use super::proof;
use crate::ctx::blocking;
use crate::login::cookies::Cookie;
use crate::login::guessing::{Guessed, guess, right, wait_says};
use crate::login::{Holder, arrival, ours};
use crate::{Answer, App, Stop, locked};
use axum::body::Bytes;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use registry::account::factor::{self, Kind};
use registry::account::guess::Bucket;
use registry::account::session::Stage;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use webauthn_rs::prelude::{Passkey, PasskeyAuthentication, PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential, Url, Uuid};
use webauthn_rs::{Webauthn, WebauthnBuilder};

/// What the browser was asked, until it answers.
pub enum Ceremony {
    Adding(Box<PasskeyRegistration>),
    Proving(Box<PasskeyAuthentication>),
}
/// A browser answers within so many seconds.
const KEPT_SECONDS: i64 = 600;

pub const NO_ADDRESS: &str = "本站还没有配置网址（zhiren.toml 的 origin），或者您是用数字地址打开的，通行密钥暂不能用。";

/// Keys are bound to the site's name; a bare number is none.
pub fn site(app: &App, host: Option<&str>) -> Option<Url> {
    let name = host.filter(|h| h.split(':').next() == Some("localhost")).map(|h| format!("http://{h}"));
    let text = if app.settings.origin.is_empty() { name? } else { app.settings.origin.clone() };
    Url::parse(&text).ok().filter(|url| url.domain().is_some())
}

fn relying(holder: &Holder) -> Result<Webauthn, Stop> {
    let site = site(holder.app(), holder.guest.visitor.host.as_deref()).ok_or_else(|| Stop::Wrong(NO_ADDRESS.into()))?;
    let name = site.domain().unwrap_or_default();
    let built = WebauthnBuilder::new(name, &site).map(|b| b.rp_name("知人")).and_then(WebauthnBuilder::build);
    built.map_err(|why| Stop::Broken(format!("passkeys at {site}: {why}")))
}

fn keep(holder: &Holder, ceremony: Ceremony) {
    let now = holder.app().now().0;
    let mut all = locked(&holder.app().ceremonies);
    all.retain(|_, (_, at)| now - *at < KEPT_SECONDS);
    all.insert(holder.session.id, (ceremony, now));
}

/// Each is answered once.
fn taken(holder: &Holder) -> Option<Ceremony> {
    let now = holder.app().now().0;
    locked(&holder.app().ceremonies).remove(&holder.session.id).filter(|(_, at)| now - *at < KEPT_SECONDS).map(|(ceremony, _)| ceremony)
}

fn json(value: &impl serde::Serialize) -> Answer {
    let text = serde_json::to_string(value).map_err(|e| Stop::Broken(e.to_string()))?;
    Ok(([(header::CONTENT_TYPE, "application/json")], text).into_response())
}

fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T, Stop> {
    serde_json::from_slice(body).map_err(|_| Stop::Wrong("浏览器的回答读不懂，请再试一次".into()))
}

/// The account's keys, with the numbers of their rows.
fn keys(desk: &registry::Desk, account: vocabulary::Id<registry::Account>) -> Result<Vec<(i64, Passkey)>, Stop> {
    let read = |f: &factor::Factor| serde_json::from_str(&f.secret).map(|key| (f.id, key)).map_err(|e| Stop::Broken(format!("factor {}: {e}", f.id)));
    factor::of(desk, account)?.iter().filter(|f| f.kind == Kind::Passkey).map(read).collect()
}

/// What the browser needs to make a key.
pub async fn adding(holder: Holder) -> Answer {
    let holder = holder.at(&[Stage::Enrol, Stage::Open])?;
    may_change(&holder)?;
    let relying = relying(&holder)?;
    let account = holder.found.id;
    let known = holder.read(move |desk| Ok(keys(desk, account)?.into_iter().map(|(_, key)| key.cred_id().clone()).collect())).await?;
    let user = Uuid::from_u128(u128::from(account.number().unsigned_abs()));
    let begun = relying.start_passkey_registration(user, &holder.found.name, &holder.found.shown, Some(known));
    let (asked, state) = begun.map_err(|e| Stop::Broken(e.to_string()))?;
    keep(&holder, Ceremony::Adding(Box::new(state)));
    json(&asked)
}

#[derive(Deserialize)]
struct Added {
    label: String,
    back: String,
    credential: RegisterPublicKeyCredential,
}

/// The key that the browser made.
pub async fn add(holder: Holder, body: Bytes) -> Answer {
    let holder = holder.at(&[Stage::Enrol, Stage::Open])?;
    may_change(&holder)?;
    let added: Added = read(&body)?;
    let Some(Ceremony::Adding(state)) = taken(&holder) else { return Err(Stop::Wrong("等得太久了，请再试一次".into())) };
    let key = relying(&holder)?.finish_passkey_registration(&added.credential, &state);
    let key = key.map_err(|why| Stop::Wrong(format!("这个通行密钥没有登记上（{why}）")))?;
    let (account, now) = (holder.found.id, holder.app().now());
    let label: String = added.label.trim().chars().take(40).collect();
    let label = if label.is_empty() { "通行密钥".to_owned() } else { label };
    let secret = serde_json::to_string(&key).map_err(|e| Stop::Broken(e.to_string()))?;
    let codes = holder
        .write(move |desk| {
            factor::add(desk, account, Kind::Passkey, &label, &secret, 0, now)?;
            Ok(recovery_when_none(desk, account, now)?)
        })
        .await?;
    onward(&holder, &ours(&added.back), "通行密钥", codes).await
}

/// What the browser needs to use a key.
pub async fn proving(holder: Holder) -> Answer {
    let holder = holder.at(&[Stage::Factor, Stage::Open])?;
    let relying = relying(&holder)?;
    let account = holder.found.id;
    let keys: Vec<Passkey> = holder.read(move |desk| Ok(keys(desk, account)?.into_iter().map(|(_, key)| key).collect())).await?;
    let (asked, state) = relying.start_passkey_authentication(&keys).map_err(|_| Stop::Wrong("这个账户没有登记通行密钥".into()))?;
    keep(&holder, Ceremony::Proving(Box::new(state)));
    json(&asked)
}

#[derive(Deserialize)]
struct Proved {
    #[serde(default)]
    back: String,
    credential: PublicKeyCredential,
}

/// The answer of a key: in a login its second step, else a proof of being oneself.
pub async fn prove(holder: Holder, body: Bytes) -> Answer {
    let holder = holder.at(&[Stage::Factor, Stage::Open])?;
    let proved: Proved = read(&body)?;
    blocking(move || {
        let (app, found) = (holder.app(), &holder.found);
        let buckets = [Bucket::Factor(found.id)];
        match guess(app, Some(found), &holder.guest.visitor.from, "通行密钥", &buckets, || fits(&holder, &proved.credential))? {
            Guessed::Wrong => return Err(Stop::Wrong("通行密钥没有通过，请再试一次".into())),
            Guessed::Wait(seconds) => return Err(Stop::Wrong(wait_says(seconds))),
            Guessed::Right(()) => right(app, &buckets)?,
        }
        if holder.session.stage == Stage::Open {
            let token = proof::proved(&holder, "通行密钥")?;
            let csrf = crate::ctx::Asked { secret: token.clone(), ..Default::default() }.csrf();
            let mut response: Response = json(&serde_json::json!({ "csrf": csrf }))?;
            Cookie::Session.set(app, &mut response, &token);
            return Ok(response);
        }
        let back = ours(&proved.back);
        let arrived = arrival::go_on(app, found, &holder.session, &holder.guest.asked.secret, "通行密钥", &holder.guest.visitor)?;
        let go = json(&serde_json::json!({ "go": arrival::address(arrived.stage, &back) }))?;
        Ok(arrived.dress(app, go))
    })
    .await
}

fn fits(holder: &Holder, credential: &PublicKeyCredential) -> Result<Option<()>, Stop> {
    let Some(Ceremony::Proving(state)) = taken(holder) else { return Ok(None) };
    let Ok(result) = relying(holder)?.finish_passkey_authentication(credential, &state) else { return Ok(None) };
    let (app, found, now) = (holder.app(), &holder.found, holder.app().now());
    app.office.write(&found.oneself(), |desk| {
        for (id, mut key) in keys(desk, found.id)? {
            if key.cred_id() == result.cred_id() {
                // A counter that does not grow is a copy's.
                if result.counter() > 0 && key.update_credential(&result) != Some(true) {
                    return Ok::<_, Stop>(None);
                }
                let secret = serde_json::to_string(&key).map_err(|e| Stop::Broken(e.to_string()))?;
                factor::used(desk, id, Some(&secret), now)?;
                return Ok(Some(()));
            }
        }
        Ok(None)
    })
}
