//! 门口: once for every request. Who comes, is the token right, how is a stop said, which headers go out.

use crate::ctx::{Asked, Guest, blocking};
use crate::form::Fields;
use crate::login::Holder;
use crate::login::arrival::Visitor;
use crate::login::cookies::{self, Cookie};
use crate::login::whence::whence;
use crate::settings::SecondFactor;
use crate::{Ctx, Shared, Stop, account as pages, href, locked, once};
use axum::body::Body;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use registry::account::session::{Session, Stage};
use registry::{Actor, AsOf, account};
use std::sync::Arc;

/// When a session was used last is remembered for so long.
const FORGOTTEN_SECONDS: i64 = 12 * 3600;
/// A session is noted as used at most this often, seconds.
const NOTED_EVERY: i64 = 60;

pub async fn door(State(app): State<Shared>, request: Request<Body>, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let (asked, session, actor) = match who(&app, &parts).await {
        Ok(found) => found,
        Err(stop) => return stop.page().problem(),
    };
    let visitor = Visitor { from: whence(&app, &parts), known: Cookie::Known.of(&app, &parts.headers), host: host(&parts) };
    let mut guest = Guest { app: app.clone(), asked: Arc::new(asked), visitor: Arc::new(visitor) };
    parts.extensions.insert(guest.clone());
    if let Some(session) = session {
        parts.extensions.insert(Arc::new(session));
    }
    if let Some(actor) = actor {
        parts.extensions.insert(Arc::new(actor));
    }
    let fits = token_fits(&app, &mut parts, body, &guest.asked).await;
    let mut dressing = parts.clone();
    let response = match fits {
        Ok(body) => match once::submission(&parts, &guest.asked) {
            Some(sent) => {
                guest.asked = Arc::new(Asked { sent: Some(sent.clone()), ..(*guest.asked).clone() });
                parts.extensions.insert(guest.clone());
                let _working = app.first_answers.under_way(&sent);
                let response = next.run(Request::from_parts(parts, body)).await;
                once::settle(&app, &sent, &guest.asked, response).await
            }
            None => next.run(Request::from_parts(parts, body)).await,
        },
        Err(stop) => stop.into_response(),
    };
    dress(response, &mut dressing, &guest).await
}

fn host(parts: &Parts) -> Option<String> {
    parts.headers.get(header::HOST).and_then(|v| v.to_str().ok()).map(str::to_owned)
}

/// Reads the cookies and looks up the session.
async fn who(app: &Shared, parts: &Parts) -> Result<(Asked, Option<Session>, Option<Actor>), Stop> {
    let wants = |name: HeaderName, word: &str| {
        parts.headers.get(name).and_then(|v| v.to_str().ok()).is_some_and(|v| v.contains(word))
    };
    let mut asked = Asked {
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        secret: String::new(),
        partial: parts.headers.contains_key("hx-request"),
        json: wants(header::ACCEPT, "application/json") || wants(header::ACCEPT, "application/problem+json"),
        large: cookies::read(&parts.headers, "zhiren_size").as_deref() == Some("large"),
        sent: None,
    };
    if let Some(token) = Cookie::Session.of(app, &parts.headers)
        && let Some((session, actor)) = of_session(app, &token).await?
    {
        asked.secret = token;
        return Ok((asked, Some(session), actor));
    }
    asked.secret = Cookie::Door.of(app, &parts.headers).unwrap_or_default();
    Ok((asked, None, None))
}

/// The session of a cookie; somebody sits at a desk only once the login is through.
async fn of_session(app: &Shared, token: &str) -> Result<Option<(Session, Option<Actor>)>, Stop> {
    let (shared, token) = (app.clone(), token.to_owned());
    blocking(move || {
        let program = Actor::program();
        let moment = shared.now();
        let found = shared.office.read(&program, AsOf::default(), |desk| {
            let Some(mut session) = account::session::of(desk, &token, moment)? else { return Ok::<_, Stop>(None) };
            if shared.settings.second_factor == SecondFactor::Required && session.is_half() {
                session.stage = Stage::Enrol;
            }
            let actor = if session.stage == Stage::Open { account::actor(desk, session.account)? } else { None };
            Ok(Some((session, actor)))
        })?;
        let now = moment.0;
        let noted = locked(&shared.seen).get(&token).copied();
        if found.is_some() && noted.is_none_or(|at| now - at >= NOTED_EVERY) {
            let mut seen = locked(&shared.seen);
            seen.retain(|_, at| now - *at < FORGOTTEN_SECONDS);
            seen.insert(token.clone(), now);
            drop(seen);
            shared.office.write(&program, |desk| Ok::<_, Stop>(account::session::seen(desk, &token, moment)?))?;
        }
        Ok(found)
    })
    .await
}

/// Every request that changes something carries the token: in a header, in the form, or (uploads) in the address.
async fn token_fits(app: &Shared, parts: &mut Parts, body: Body, asked: &Asked) -> Result<Body, Stop> {
    if matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(body);
    }
    let foreign = is_foreign(app, &parts.headers);
    let typed = parts.headers.get(header::CONTENT_TYPE).and_then(|t| t.to_str().ok()).unwrap_or_default().to_owned();
    let mut told = parts.headers.get("x-csrf").and_then(|t| t.to_str().ok()).map(str::to_owned);
    told = told.or_else(|| crate::ctx::pairs(&asked.query).into_iter().find(|(n, _)| n == "csrf").map(|(_, v)| v));
    let body = if typed.starts_with("application/x-www-form-urlencoded") {
        let bytes = axum::body::to_bytes(body, app.settings.form_bytes).await.map_err(|_| Stop::Wrong("表单内容太大".into()))?;
        let text = String::from_utf8_lossy(&bytes);
        let fields = crate::ctx::pairs(&text);
        told = told.or_else(|| fields.iter().find(|(n, _)| n == "csrf").map(|(_, v)| v.clone()));
        parts.extensions.insert(Fields(Arc::new(fields)));
        Body::from(bytes)
    } else {
        body
    };
    if foreign {
        tracing::warn!(target: "security", path = asked.path, "a form of another site");
    }
    if foreign || asked.secret.is_empty() || told.as_deref() != Some(&asked.csrf()) {
        return Err(Stop::Forbidden("这个页面已经过期，为防止他人冒用，没有办理。请返回上一页刷新后再提交。".into()));
    }
    Ok(body)
}

/// Sent by a page of another site, or dressed up as another kind of request.
fn is_foreign(app: &Shared, headers: &HeaderMap) -> bool {
    let word = |name: &str| headers.get(name).map(|v| v.to_str().unwrap_or("unreadable"));
    let elsewhere = word("sec-fetch-site").is_some_and(|site| site != "same-origin" && site != "none");
    let host = |address: &str| address.split_once("://").map(|(_, rest)| rest.to_owned());
    let ours = [word("host").map(str::to_owned), host(&app.settings.origin)];
    let other = word("origin").is_some_and(|origin| !ours.contains(&host(origin)) || host(origin).is_none());
    let overridden = ["x-http-method-override", "x-http-method", "x-method-override"].iter().any(|name| headers.contains_key(*name));
    elsewhere || other || overridden
}

/// A stop becomes a page, or JSON for programs; a login is asked for with the way back.
async fn dress(mut response: Response, parts: &mut Parts, guest: &Guest) -> Response {
    let stop = response.extensions_mut().remove::<Arc<Stop>>().or_else(|| bare(&response).map(Arc::new));
    let Some(stop) = stop else { return response };
    if let Stop::Broken(why) = &*stop {
        tracing::error!(path = guest.asked.path, why, "request failed");
    }
    let asked = &guest.asked;
    if matches!(*stop, Stop::Login) && !asked.json {
        let back = if parts.method == Method::GET { asked.address() } else { "/".into() };
        let login = if back == "/" { "/login".to_owned() } else { format!("/login?back={}", href::encode(&back)) };
        if asked.partial {
            return (StatusCode::OK, [("hx-redirect", login)]).into_response();
        }
        // A link on another site comes without the session's cookie; the same address, asked for by a page of ours, has it.
        if parts.method == Method::GET && parts.headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site") {
            let page = crate::answer::EnteringPage { address: back };
            return guest.page(&page).unwrap_or_else(|stop| stop.page().problem());
        }
        return axum::response::Redirect::to(&login).into_response();
    }
    if let Stop::StepUp { why, home } = &*stop
        && !asked.json
    {
        return step_up(parts, guest, why, home).await;
    }
    let page = stop.page();
    if asked.json {
        return page.problem();
    }
    let frame = match Ctx::seated(parts) {
        Ok(ctx) => ctx.frame(),
        Err(_) => guest.frame(),
    };
    match guest.app.pages.render(&page, &frame) {
        Ok(html) => (stop.status(), Html(html)).into_response(),
        Err(_) => page.problem(),
    }
}

/// The proof that is missing is asked for here and now, around what the request carried.
async fn step_up(parts: &mut Parts, guest: &Guest, why: &str, home: &str) -> Response {
    if guest.asked.partial {
        return (StatusCode::OK, [("hx-redirect", format!("/account/proof?back={}", href::encode(home)))]).into_response();
    }
    let fields = parts.extensions.get::<Fields>().cloned();
    // An upload is gone by the time it was read: it begins again on the page it came from.
    if fields.is_none() && parts.method != Method::GET {
        return axum::response::Redirect::to(&format!("/account/proof?back={}", href::encode(home))).into_response();
    }
    let asking = async {
        let ctx = Ctx::seated(parts)?;
        let holder = Holder::from_request_parts(parts, &guest.app).await?;
        pages::proof::ask(&ctx, &holder, why, home, fields.as_ref().map(|f| f.0.as_slice())).await
    };
    asking.await.unwrap_or_else(|stop| stop.page().problem())
}

/// A refusal of the framework itself (no such address, a number that is none) is said on our page too.
fn bare(response: &Response) -> Option<Stop> {
    let html = response.headers().get(header::CONTENT_TYPE).is_some_and(|t| !t.as_bytes().starts_with(b"text/plain"));
    match response.status() {
        _ if html => None,
        StatusCode::NOT_FOUND => Some(Stop::NotFound("这个页面".into())),
        StatusCode::METHOD_NOT_ALLOWED => Some(Stop::NotFound("这个页面".into())),
        StatusCode::BAD_REQUEST => Some(Stop::NotFound("这个地址所指的内容".into())),
        StatusCode::PAYLOAD_TOO_LARGE => Some(Stop::Wrong("上传的文件太大".into())),
        status if status.is_server_error() => Some(Stop::Broken(status.to_string())),
        _ => None,
    }
}

/// What every answer carries, whatever it is.
pub async fn protect(mut response: Response) -> Response {
    let headers = response.headers_mut();
    const ALL: [(&str, &str); 7] = [
        (
            "content-security-policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; \
             form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
        ),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        // Not `no-referrer`: with it a browser says `Origin: null` of our own forms, and they could not be told from a stranger's.
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), geolocation=(), microphone=(), idle-detection=(), screen-wake-lock=(), usb=(), bluetooth=()"),
    ];
    for (name, value) in ALL {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    // Records are not to lie in a shared machine's cache; assets say otherwise for themselves.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
