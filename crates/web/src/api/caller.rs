//! 来者: a program with a token. It acts as the account that made the token, through the same desk.

use super::problem::{Halt, Problem};
use crate::ctx::{Asked, blocking, days_asked, pairs};
use crate::{Ctx, Shared, Stop};
use axum::Json;
use axum::extract::{FromRequestParts, MatchedPath};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use registry::account::session::{Session, Stage};
use registry::opening::{self, Bearer, Given, Scope, token};
use registry::{Actor, AsOf, Desk, actor};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use utoipa::ToSchema;

/// What a handler answers.
pub type Told = Result<Response, Halt>;

pub struct Caller {
    pub c: Ctx,
    bearer: Bearer,
    /// What the idempotency key is for: method and address.
    line: String,
    headers: HeaderMap,
}

impl FromRequestParts<Shared> for Caller {
    type Rejection = Halt;
    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Caller, Halt> {
        let told = parts
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|v| v.to_str().ok())
            .unwrap_or_default();
        let secret = told
            .strip_prefix("Bearer ")
            .map(str::trim)
            .filter(|s| !s.is_empty() && s.len() < 200)
            .map(str::to_owned);
        let Some(secret) = secret else {
            return Err(Stop::Login.into());
        };
        let shared = app.clone();
        let found = blocking(move || {
            shared.office.read(&Actor::program(), AsOf::default(), |desk| {
                let Some((bearer, name)) = token::bearer(desk, &secret, shared.now())? else {
                    return Ok(None);
                };
                // Asked anew at every request: a change of post changes what the token may.
                Ok::<_, Stop>(actor::named(desk, &name)?.map(|actor| (bearer, actor)))
            })
        })
        .await?;
        let Some((bearer, actor)) = found else {
            return Err(Stop::Login.into());
        };
        // The table of rights decides as it does for pages; who may not, is told what is told of a wrong address.
        let known = parts
            .extensions
            .get::<MatchedPath>()
            .and_then(|path| policy::of_route(parts.method.as_str(), path.as_str()));
        let action = known
            .filter(|a| policy::may_ever(actor.role, a))
            .ok_or_else(|| Stop::NotFound("这个接口".into()))?;
        if action.step_up {
            return Err(Stop::Forbidden(format!("“{}”要再次确认身份，请在网页上办", action.title)).into());
        }
        if NOTHING.iter().any(|n| parts.uri.to_string().contains(n)) {
            return Err(unreadable().into());
        }
        let asked = Asked {
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().unwrap_or_default().to_owned(),
            json: true,
            ..Asked::default()
        };
        // A page's empty picker means today; a program that names a day names one.
        if pairs(&asked.query)
            .iter()
            .any(|(name, day)| matches!(name.as_str(), "as_of" | "known_on") && day.parse::<vocabulary::Day>().is_err())
        {
            return Err(Stop::Wrong("as_of 和 known_on 要写成 2026-11-22".into()).into());
        }
        let as_of = days_asked(&asked.query)?;
        // A token proves nothing about who holds it now: whatever asks for a fresh proof stays on the page.
        let session = Session {
            id: 0,
            account: bearer.account,
            role: actor.role,
            stage: Stage::Open,
            proved: false,
            means: String::new(),
        };
        let line = format!("{} {}", parts.method, parts.uri);
        Ok(Caller {
            c: Ctx {
                app: app.clone(),
                actor: Arc::new(actor),
                as_of,
                asked: Arc::new(asked),
                action,
                session: Arc::new(session),
            },
            bearer,
            line,
            headers: parts.headers.clone(),
        })
    }
}

/// The sign that no text of ours holds and that one of the databases does not take: in an address, and in JSON.
const NOTHING: [&str; 2] = ["%00", "\\u0000"];

fn unreadable() -> Stop {
    Stop::Wrong("内容里有不能保存的字符（U+0000）".into())
}

/// Longest idempotency key.
const KEY: usize = 100;

impl Caller {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .get(name)
            .and_then(|v| v.to_str().ok())
            .map(str::trim)
            .filter(|v| !v.is_empty())
    }

    /// A look; off the threads that serve.
    pub async fn read<T: Serialize + Send + 'static>(
        &self,
        work: impl FnOnce(&Desk) -> Result<T, Stop> + Send + 'static,
    ) -> Result<Json<T>, Halt> {
        Ok(Json(self.c.read(work).await?))
    }

    /// A look at what is S2 or above: `work` notes it with `access::noted`; without the note nothing is told.
    pub async fn consult<T: Serialize + Send + 'static>(
        &self,
        work: impl FnOnce(&Desk) -> Result<T, Stop> + Send + 'static,
    ) -> Result<Json<T>, Halt> {
        Ok(Json(self.c.consult(work).await?))
    }

    /// A change, once for each idempotency key: the answer is kept in the transaction of the change, and given again to the
    /// same request. Another request under the same key is refused.
    pub async fn once<B: Serialize, T: Serialize + Send + 'static>(
        &self,
        body: &B,
        status: StatusCode,
        work: impl FnOnce(&mut Desk) -> Result<T, Stop> + Send + 'static,
    ) -> Told {
        if self.bearer.scope != Scope::Write {
            return Err(Stop::Forbidden("这个令牌只读。需要写的，请另开一个读和写的令牌".into()).into());
        }
        if self.c.as_of != AsOf::default() {
            return Err(Stop::Wrong("写操作只能在今天办，请去掉 as_of 和 known_on".into()).into());
        }
        let key = self
            .header("idempotency-key")
            .filter(|k| k.len() <= KEY && k.is_ascii());
        let Some(key) = key.map(str::to_owned) else {
            return Err(Problem::new(
                StatusCode::BAD_REQUEST,
                "idempotency-key",
                "缺少 Idempotency-Key",
                format!("写操作须带 Idempotency-Key：自定的一串字符，至多 {KEY} 个"),
            )
            .into());
        };
        let sent = serde_json::to_string(body).unwrap_or_default();
        if sent.contains(NOTHING[1]) {
            return Err(unreadable().into());
        }
        let mut hash = Sha256::new();
        hash.update(&self.line);
        hash.update(&sent);
        let request = crate::exports::hex(&hash.finalize());
        let token = self.bearer.token;
        let given = self
            .c
            .write(move |desk| {
                if let Some(given) = opening::given(desk, token, &key)? {
                    return Ok((given.request == request).then_some(given));
                }
                let done = work(desk)?;
                let given = Given {
                    request,
                    status: status.as_u16(),
                    body: serde_json::to_string(&done).unwrap_or_default(),
                };
                opening::keep(desk, token, &key, &given)?;
                Ok(Some(given))
            })
            .await?;
        match given {
            Some(given) => {
                let status = StatusCode::from_u16(given.status).unwrap_or(StatusCode::OK);
                Ok((status, [(header::CONTENT_TYPE, "application/json")], given.body).into_response())
            }
            None => Err(Problem::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "idempotency-key-reused",
                "这个 Idempotency-Key 已用于另一个请求",
                "请换一个键",
            )
            .into()),
        }
    }
}

/// What a version that is no longer the present one is told by, on its way to 412.
const STALE: &str = "stale";

/// The ETag of a version.
pub fn tag(version: i64) -> String {
    format!("\"{version}\"")
}

impl Caller {
    /// As [`Caller::once`], on top of the version that `If-Match` names: `present` says which one is there now, and another's
    /// change in between is never overwritten.
    pub async fn once_over<B: Serialize, T: Serialize + Send + 'static>(
        &self,
        body: &B,
        present: impl FnOnce(&Desk) -> Result<i64, Stop> + Send + 'static,
        work: impl FnOnce(&mut Desk) -> Result<T, Stop> + Send + 'static,
    ) -> Told {
        let Some(seen) = self.header("if-match").map(str::to_owned) else {
            return Err(Problem::new(
                StatusCode::PRECONDITION_REQUIRED,
                "if-match",
                "缺少 If-Match",
                "先取记录，把它的 ETag 写进 If-Match 再改",
            )
            .into());
        };
        // Nothing that was ever given out; not the version of another day.
        let version = seen.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        if version.is_none_or(|v| v.is_empty() || !v.bytes().all(|b| b.is_ascii_digit())) {
            return Err(Problem::new(
                StatusCode::BAD_REQUEST,
                "if-match",
                "If-Match 不是一个版本",
                "先取记录，把它的 ETag 连同引号原样写进 If-Match",
            )
            .into());
        }
        let sent = (body, &seen);
        let told = self.once(&sent, StatusCode::OK, {
            let seen = seen.clone();
            move |desk| {
                if tag(present(desk)?) == seen {
                    work(desk)
                } else {
                    Err(Stop::Changed(STALE.into()))
                }
            }
        });
        match told.await {
            Err(Halt::Stop(Stop::Changed(says))) if says == STALE => Err(Problem::new(
                StatusCode::PRECONDITION_FAILED,
                "changed",
                "记录已被他人修改",
                "重新取记录，核对后按新的 ETag 再改",
            )
            .into()),
            other => other,
        }
    }
}

/// Who the token acts as.
#[derive(Serialize, ToSchema)]
pub struct Me {
    /// As the journal names them.
    pub shown: String,
    /// `officer`
    pub role: String,
    pub role_says: String,
    /// `read` or `write`
    pub scope: String,
    /// What day it is here.
    pub today: String,
}

/// 令牌代表谁
#[utoipa::path(get, path = "/api/v1/me", responses((status = 200, body = Me), (status = 404, body = Problem, content_type = "application/problem+json"), (status = 401, body = Problem, content_type = "application/problem+json")))]
pub async fn me(caller: Caller) -> Json<Me> {
    let actor = &caller.c.actor;
    Json(Me {
        shown: actor.shown.clone(),
        role: actor.role.id().into(),
        role_says: actor.role.says().into(),
        scope: caller.bearer.scope.id().into(),
        today: caller.c.app.office.today().to_string(),
    })
}
