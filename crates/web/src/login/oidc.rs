//! 统一身份认证: login by another provider (OpenID Connect, authorization code with PKCE). The provider says who somebody is;
//! which account that is, and what it may, is written here.

use super::arrival::{self, Arrived};
use super::cookies::Cookie;
use super::{Back, LoginPage, ours};
use crate::answer::see;
use crate::ctx::{blocking, pairs};
use crate::form::{Form, Typed};
use crate::{Answer, App, Guest, Stop, locked};
use axum::extract::Query;
use axum::response::Redirect;
use axum::response::IntoResponse;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use openidconnect::core::{CoreAuthenticationFlow, CoreClient, CoreJwsSigningAlgorithm, CoreProviderMetadata};
use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, HttpRequest, HttpResponse, IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl,
    TokenResponse,
};
use registry::account::external::{self, Kind};
use registry::account::{self, Found};
use registry::{Actor, AsOf};
use std::path::PathBuf;
use std::time::Duration;

/// `[login.oidc]` of the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Oidc {
    /// Address of the provider, as its tokens name it.
    pub issuer: String,
    pub client_id: String,
    pub client_secret: String,
    /// What the button says.
    pub label: String,
    /// Certificates that this provider is trusted by, PEM; empty: the usual ones of the web.
    pub ca_file: Option<PathBuf>,
}

/// A login that went to the provider and is waited for, by the cookie of the door.
pub struct Waiting {
    state: CsrfToken,
    nonce: Nonce,
    verifier: PkceCodeVerifier,
    back: String,
    at: i64,
}
const KEPT_SECONDS: i64 = 600;
const TIMEOUT: Duration = Duration::from_secs(10);

type Failed = Box<dyn std::error::Error + Send + Sync>;

/// Requests to the provider: none is led elsewhere, none lasts.
fn http(oidc: &Oidc) -> Result<impl Fn(HttpRequest) -> Result<HttpResponse, std::io::Error> + use<>, Failed> {
    let mut config = ureq::Agent::config_builder().timeout_global(Some(TIMEOUT)).max_redirects(0).http_status_as_error(false);
    if let Some(path) = &oidc.ca_file {
        let pem = std::fs::read(path)?;
        let certificates = ureq::tls::parse_pem(&pem).filter_map(|item| match item {
            Ok(ureq::tls::PemItem::Certificate(certificate)) => Some(certificate),
            _ => None,
        });
        let certificates: Vec<_> = certificates.collect();
        let roots = ureq::tls::RootCerts::new_with_certs(&certificates);
        config = config.tls_config(ureq::tls::TlsConfig::builder().root_certs(roots).build());
    }
    let agent = ureq::Agent::new_with_config(config.build());
    Ok(move |request: HttpRequest| {
        let (parts, mut body) = agent.run(request).map_err(std::io::Error::other)?.into_parts();
        let body = body.read_to_vec().map_err(std::io::Error::other)?;
        Ok(HttpResponse::from_parts(parts, body))
    })
}

fn come_back(app: &App) -> Result<RedirectUrl, Stop> {
    if app.settings.origin.is_empty() {
        return Err(Stop::Wrong("统一身份认证还没有配好：zhiren.toml 里要写本站网址 origin".into()));
    }
    RedirectUrl::new(format!("{}/login/elsewhere/back", app.settings.origin)).map_err(|e| Stop::Broken(e.to_string()))
}

fn settings(app: &App) -> Result<Oidc, Stop> {
    app.settings.oidc.clone().ok_or_else(|| Stop::NotFound("这个页面".into()))
}

fn unreachable(why: impl std::fmt::Display) -> Stop {
    tracing::warn!(%why, "the provider of logins cannot be asked");
    Stop::Wrong("统一身份认证现在不能用，请用账号和密码登录，或稍后再试".into())
}

/// Off to the provider, from the button of the login page and from nowhere else: a link of another site logs nobody in.
pub async fn leave(guest: Guest, Query(query): Query<Back>) -> Answer {
    let (oidc, redirect) = (settings(&guest.app)?, come_back(&guest.app)?);
    let secret = guest.asked.secret.clone();
    let pressed = pairs(&guest.asked.query).iter().any(|(name, word)| name == "word" && *word == guest.asked.csrf());
    if secret.is_empty() || !pressed {
        return Ok(see(&crate::href::with("/login", &format!("back={}", crate::href::encode(&query.ours())))));
    }
    let (app, back, key) = (guest.app.clone(), query.ours(), secret.clone());
    let address = blocking(move || {
        let http = http(&oidc).map_err(unreachable)?;
        let issuer = IssuerUrl::new(oidc.issuer.clone()).map_err(unreachable)?;
        let provider = CoreProviderMetadata::discover(&issuer, &http).map_err(unreachable)?;
        let client = CoreClient::from_provider_metadata(provider, ClientId::new(oidc.client_id), Some(ClientSecret::new(oidc.client_secret))).set_redirect_uri(redirect);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let flow = client.authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random);
        let (address, state, nonce) = flow.set_pkce_challenge(challenge).url();
        let at = app.now().0;
        let mut waiting = locked(&app.elsewhere);
        waiting.retain(|_, w| at - w.at < KEPT_SECONDS);
        waiting.insert(key, Waiting { state, nonce, verifier, back, at });
        Ok(address)
    })
    .await?;
    let mut response = Redirect::to(address.as_str()).into_response();
    Cookie::Door.set(&guest.app, &mut response, &secret);
    Ok(response)
}

/// Back from the provider. The answer is a page of ours, because the session's cookie does not travel with a request that
/// another site began.
pub async fn back(guest: Guest) -> Answer {
    let oidc = settings(&guest.app)?;
    let redirect = come_back(&guest.app)?;
    let told = pairs(&guest.asked.query);
    let said = |name: &str| told.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone());
    let waiting = locked(&guest.app.elsewhere).remove(&guest.asked.secret);
    let now = guest.app.now().0;
    let waiting = waiting.filter(|w| now - w.at < KEPT_SECONDS && said("state").as_ref() == Some(w.state.secret()));
    let (Some(waiting), Some(code)) = (waiting, said("code")) else {
        return refused(&guest, "/", "登录没有完成，或者等得太久，请重新登录");
    };
    let address = waiting.back.clone();
    let at = guest.clone();
    let arrived = blocking(move || {
        let subject = match subject(&oidc, redirect, code, waiting, now) {
            Ok(subject) => subject,
            Err(why) => {
                tracing::warn!(why = %why, "a login from elsewhere was refused");
                return Ok(Err("统一身份认证的回答没有通过核对，没有登录"));
            }
        };
        let found = known(&at.app, &oidc, &subject)?;
        let Some(found) = found else { return Ok(Err("统一身份认证认出了您，但没有对应的账户；请与安全管理员联系")) };
        Ok::<Result<Arrived, _>, Stop>(Ok(arrival::begin(&at.app, &found, Kind::Oidc.says(), &at.visitor, &[])?))
    })
    .await?;
    match arrived {
        Ok(arrived) => {
            let go = arrival::address(arrived.stage, &ours(&address));
            let page = guest.page(&crate::answer::EnteringPage { address: go })?;
            Ok(arrived.dress(&guest.app, page))
        }
        Err(says) => refused(&guest, &address, says),
    }
}

fn refused(guest: &Guest, back: &str, says: &str) -> Answer {
    let form = Form::new(vec![]);
    form.mistake("name", says);
    let Typed { values, mistakes } = form.typed();
    let mut response = guest.page(&LoginPage::of(&guest.app, back.to_owned(), Typed { values, mistakes }))?;
    *response.status_mut() = axum::http::StatusCode::FORBIDDEN;
    Ok(response)
}

/// A token may be good from a moment that its maker's clock has reached and ours has not.
const APART_SECONDS: i64 = 60;

/// Who it is there: the code is exchanged, and the token is held against issuer, audience, time, nonce and signature.
fn subject(oidc: &Oidc, redirect: RedirectUrl, code: String, waiting: Waiting, now: i64) -> Result<String, Failed> {
    let http = http(oidc)?;
    let provider = CoreProviderMetadata::discover(&IssuerUrl::new(oidc.issuer.clone())?, &http)?;
    let client = CoreClient::from_provider_metadata(provider, ClientId::new(oidc.client_id.clone()), Some(ClientSecret::new(oidc.client_secret.clone())))
        .set_redirect_uri(redirect);
    let answer = client.exchange_code(AuthorizationCode::new(code))?.set_pkce_verifier(waiting.verifier).request(&http)?;
    let token = answer.id_token().ok_or("no id token")?;
    let verifier = client.id_token_verifier().set_allowed_algs([CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256, CoreJwsSigningAlgorithm::EcdsaP256Sha256]);
    let subject = token.claims(&verifier, &waiting.nonce)?.subject().as_str().to_owned();
    // The verifier reads the end of its time and not the beginning.
    match not_before(&token.to_string())? {
        Some(from) if from > now + APART_SECONDS => Err("the token is not good yet".into()),
        _ => Ok(subject),
    }
}

/// `nbf` of a token whose signature holds.
fn not_before(token: &str) -> Result<Option<i64>, Failed> {
    let claims = token.split('.').nth(1).ok_or("no claims")?;
    let claims: serde_json::Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims)?)?;
    match claims.get("nbf") {
        None | Some(serde_json::Value::Null) => Ok(None),
        // Fractions of a second are allowed, words are not.
        Some(nbf) => nbf.as_f64().map(|seconds| Some(seconds as i64)).ok_or_else(|| "nbf is no number".into()),
    }
}

fn known(app: &App, oidc: &Oidc, subject: &str) -> Result<Option<Found>, Stop> {
    app.office.read(&Actor::program(), AsOf::default(), |desk| {
        let account = external::account_of(desk, Kind::Oidc, &oidc.issuer, subject)?;
        Ok::<_, Stop>(account.map(|id| account::numbered(desk, id)).transpose()?.flatten())
    })
}
