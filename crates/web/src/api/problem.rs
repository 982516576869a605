//! 出错: RFC 9457, the same stops as on pages.

use crate::{Shared, Stop};
use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// What every error answers.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// `urn:zhiren:problem:refused`
    pub r#type: String,
    pub title: String,
    pub status: u16,
    pub detail: String,
    /// When a rule refuses: every finding with its article.
    #[schema(value_type = Vec<Object>)]
    pub findings: Vec<vocabulary::Finding>,
}

impl Problem {
    pub fn new(status: StatusCode, kind: &str, title: &str, detail: impl Into<String>) -> Problem {
        Problem { r#type: format!("urn:zhiren:problem:{kind}"), title: title.into(), status: status.as_u16(), detail: detail.into(), findings: vec![] }
    }
    fn of(stop: &Stop) -> Problem {
        let kind = match stop {
            Stop::Login => "unauthorized",
            Stop::NotFound(_) => "not-found",
            Stop::Refused { .. } => "refused",
            Stop::Wrong(_) => "wrong",
            Stop::Changed(_) => "changed",
            Stop::Forbidden(_) => "forbidden",
            Stop::Purpose(_) => "purpose",
            Stop::StepUp { .. } => "step-up",
            Stop::Full => "full",
            Stop::Later(_) => "later",
            _ => "broken",
        };
        let page = stop.page();
        Problem { findings: page.findings.clone(), ..Problem::new(stop.status(), kind, &page.title, page.says) }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_string(&self).unwrap_or_default();
        let mut response = (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response();
        if status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, axum::http::HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// Why a handler of the interface goes no further.
pub enum Halt {
    Stop(Stop),
    Problem(Problem),
}

impl From<Stop> for Halt {
    fn from(stop: Stop) -> Halt {
        Halt::Stop(stop)
    }
}
impl From<Problem> for Halt {
    fn from(problem: Problem) -> Halt {
        Halt::Problem(problem)
    }
}
impl IntoResponse for Halt {
    fn into_response(self) -> Response {
        match self {
            Halt::Stop(stop) => {
                if let Stop::Broken(why) = &stop {
                    tracing::error!(why, "request of the interface failed");
                }
                Problem::of(&stop).into_response()
            }
            Halt::Problem(problem) => problem.into_response(),
        }
    }
}

/// Around every address: whatever stops it is said as a problem.
pub async fn door(State(_): State<Shared>, request: Request<Body>, next: Next) -> Response {
    let mut response = next.run(request).await;
    let stop = response.extensions_mut().remove::<Arc<Stop>>();
    let json = response.headers().get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"application/"));
    let status = response.status();
    if let Some(stop) = stop {
        response = Problem::of(&stop).into_response();
    } else if !json && (status.is_client_error() || status.is_server_error()) {
        // A refusal of the framework itself: a number that is none, a body that is no JSON.
        let (kind, title) = match status {
            StatusCode::METHOD_NOT_ALLOWED => ("method", "这个接口不支持这种方法"),
            StatusCode::NOT_FOUND => ("not-found", "没有找到"),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => ("media-type", "请求的内容须为 application/json"),
            StatusCode::PAYLOAD_TOO_LARGE => ("too-large", "请求的内容太大"),
            status if status.is_server_error() => ("broken", "出了问题"),
            _ => ("wrong", "请求读不懂"),
        };
        let allow = response.headers().get(header::ALLOW).cloned();
        response = Problem::new(status, kind, title, "请对照接口说明核对地址、参数和内容").into_response();
        if let Some(allow) = allow {
            response.headers_mut().insert(header::ALLOW, allow);
        }
    }
    response
}
