//! 门口: once for every request. Who comes, is the token right, how is a stop said, which headers go out.

use crate::ctx::{Asked, Guest, blocking};
use crate::form::Fields;
use crate::{Ctx, Shared, Stop, href, locked, once, session};
use axum::body::Body;
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use registry::{Actor, AsOf, account};
use std::sync::Arc;

/// A session is noted as used at most this often, seconds.
const NOTED_EVERY: i64 = 60;

pub async fn door(State(app): State<Shared>, request: Request<Body>, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let (asked, actor) = match who(&app, &parts).await {
        Ok(found) => found,
        Err(stop) => return stop.page().problem(),
    };
    let mut guest = Guest { app: app.clone(), asked: Arc::new(asked) };
    parts.extensions.insert(guest.clone());
    if let Some(actor) = actor {
        parts.extensions.insert(Arc::new(actor));
    }
    let mut dressing = parts.clone();
    let response = match token_fits(&app, &mut parts, body, &guest.asked).await {
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
    let mut response = dress(response, &mut dressing, &guest).await;
    secure(response.headers_mut());
    response
}

/// Reads the cookies and looks up the session.
async fn who(app: &Shared, parts: &Parts) -> Result<(Asked, Option<Actor>), Stop> {
    let wants = |name: HeaderName, word: &str| {
        parts.headers.get(name).and_then(|v| v.to_str().ok()).is_some_and(|v| v.contains(word))
    };
    let mut asked = Asked {
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        secret: String::new(),
        partial: parts.headers.contains_key("hx-request"),
        json: wants(header::ACCEPT, "application/json") || wants(header::ACCEPT, "application/problem+json"),
        large: session::cookie(&parts.headers, "zhiren_size").as_deref() == Some("large"),
        sent: None,
    };
    if let Some(token) = session::cookie(&parts.headers, session::SESSION)
        && let Some(actor) = of_session(app, &token).await?
    {
        asked.secret = token;
        return Ok((asked, Some(actor)));
    }
    asked.secret = session::cookie(&parts.headers, session::DOOR).unwrap_or_default();
    Ok((asked, None))
}

async fn of_session(app: &Shared, token: &str) -> Result<Option<Actor>, Stop> {
    let (shared, token) = (app.clone(), token.to_owned());
    blocking(move || {
        let program = Actor::program();
        let actor = shared.office.read(&program, AsOf::default(), |desk| Ok::<_, Stop>(account::of_session(desk, &token)?))?;
        let now = shared.office.clock.now().0;
        let noted = locked(&shared.seen).get(&token).copied();
        if actor.is_some() && noted.is_none_or(|at| now - at >= NOTED_EVERY) {
            let mut seen = locked(&shared.seen);
            seen.retain(|_, at| now - *at < account::IDLE_SECONDS);
            seen.insert(token.clone(), now);
            drop(seen);
            shared.office.write(&program, |desk| Ok::<_, Stop>(account::seen(desk, &token)?))?;
        }
        Ok(actor)
    })
    .await
}

/// Every request that changes something carries the token: in a header, in the form, or (uploads) in the address.
async fn token_fits(app: &Shared, parts: &mut Parts, body: Body, asked: &Asked) -> Result<Body, Stop> {
    if matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(body);
    }
    let foreign = parts.headers.get("sec-fetch-site").is_some_and(|site| site != "same-origin" && site != "none");
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
    if foreign || asked.secret.is_empty() || told.as_deref() != Some(&asked.csrf()) {
        return Err(Stop::Forbidden("这个页面已经过期，为防止他人冒用，没有办理。请返回上一页刷新后再提交。".into()));
    }
    Ok(body)
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
        return axum::response::Redirect::to(&login).into_response();
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

fn secure(headers: &mut HeaderMap) {
    const ALL: [(&str, &str); 7] = [
        (
            "content-security-policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; \
             form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
        ),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
    ];
    for (name, value) in ALL {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    // Records are not to lie in a shared machine's cache; assets say otherwise for themselves.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}
