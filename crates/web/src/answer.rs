//! What goes back: pages are in `ctx`; here are redirects, files, and everything that stops a request.

use crate::access::Control;
use crate::page::{Page, Sample};
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use vocabulary::{Finding, Findings};

/// What a handler answers.
pub type Answer = Result<Response, Stop>;

/// Why a request goes no further. The door turns it into a page, or into JSON for programs.
#[derive(Clone, Debug)]
pub enum Stop {
    /// Nobody is logged in; back here after the login.
    Login,
    /// `这名干部`: not there, or not to be seen by who asks.
    NotFound(String),
    /// 制度不允许: every reason at once.
    Refused { says: String, findings: Vec<Finding> },
    /// What was asked for makes no sense, in one sentence.
    Wrong(String),
    /// Somebody was faster, in one sentence.
    Changed(String),
    /// What is protected opens with a purpose or a ticket.
    Purpose(Box<Control>),
    /// This role may not do that.
    Forbidden(String),
    /// This very form was done before. `same`: with the same content.
    Again { same: bool, answer: Option<String>, entered: i64 },
    /// Done before, and its page is no longer at hand; the journal number says what.
    Done(i64),
    /// No room on the disk.
    Full,
    /// It will pass: the database is busy or away, or nobody knows whether the write arrived.
    Later(String),
    /// The person at the screen proves first to be who logged in; then goes on with what they were doing.
    StepUp { why: String, home: String },
    /// An accident; the sentence is for the log only.
    Broken(String),
}

impl Stop {
    pub fn refused(says: impl Into<String>, findings: Findings) -> Stop {
        Stop::Refused { says: says.into(), findings: findings.into_iter().collect() }
    }
    pub fn status(&self) -> StatusCode {
        match self {
            Stop::Login => StatusCode::UNAUTHORIZED,
            Stop::NotFound(_) => StatusCode::NOT_FOUND,
            Stop::Refused { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Stop::Wrong(_) => StatusCode::BAD_REQUEST,
            Stop::Changed(_) => StatusCode::CONFLICT,
            Stop::Forbidden(_) | Stop::StepUp { .. } | Stop::Purpose(_) => StatusCode::FORBIDDEN,
            Stop::Again { .. } | Stop::Done(_) => StatusCode::OK,
            Stop::Full => StatusCode::INSUFFICIENT_STORAGE,
            Stop::Later(_) => StatusCode::SERVICE_UNAVAILABLE,
            Stop::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
    /// The page that says it.
    pub fn page(&self) -> StopPage {
        let (title, says, next) = match self {
            Stop::Login => ("请先登录", String::new(), "登录后继续"),
            Stop::NotFound(what) => ("没有找到", format!("没有找到{what}，或者您无权查看。"), "返回上一页，或从菜单另找。"),
            Stop::Refused { says, .. } => ("不能办理", says.clone(), "按下面每一条办理后再试。"),
            Stop::Wrong(says) => ("请核对后再试", says.clone(), "返回上一页修改。"),
            Stop::Changed(says) => ("记录已被他人修改", says.clone(), "返回上一页刷新，核对后再保存。"),
            Stop::Purpose(control) => ("受保护的内容", control.says.clone(), "谁、何时、因何查看会被记录，本人和监督机构可以查到。"),
            Stop::Forbidden(says) => ("无权办理", says.clone(), "如确需办理，请与管理员联系。"),
            Stop::Again { entered, .. } | Stop::Done(entered) => {
                ("已经办好", format!("这张表先前已经提交并办好（日志第 {entered} 号），没有重复办理。"), "返回首页，或到审计页查看这一号。")
            }
            Stop::Full => ("磁盘已满", "没有写入，数据没有改动。".into(), "请管理员腾出空间；腾出后直接重新提交，不需要修复。"),
            Stop::Later(says) => ("暂时不能办理", says.clone(), "请稍后再试；同一张表再提交一次不会重复办理。"),
            Stop::StepUp { why, .. } => ("需要再次确认身份", format!("{why}之前，请再次输入密码或动态码。"), "确认后继续办理。"),
            Stop::Broken(_) => ("出了问题", "程序没有完成这一步，数据没有改动。".into(), "请稍后再试；仍不行时请告知管理员。"),
        };
        let findings = if let Stop::Refused { findings, .. } = self { findings.clone() } else { Vec::new() };
        let access = if let Stop::Purpose(control) = self { Some((**control).clone()) } else { None };
        let back = matches!(self, Stop::NotFound(_) | Stop::Refused { .. } | Stop::Wrong(_) | Stop::Changed(_));
        StopPage { status: self.status().as_u16(), title: title.into(), says, next: next.into(), findings, access, back }
    }
}

impl From<registry::Error> for Stop {
    fn from(error: registry::Error) -> Stop {
        match error {
            registry::Error::NotFound(what) => Stop::NotFound(what),
            registry::Error::Wrong(says) => Stop::Wrong(says),
            registry::Error::Changed(_) => Stop::Changed(error.to_string()),
            registry::Error::Again { same, answer, entered } => Stop::Again { same, answer, entered },
            registry::Error::Store(error) => error.into(),
            other => Stop::Broken(other.to_string()),
        }
    }
}
impl From<store::Error> for Stop {
    fn from(error: store::Error) -> Stop {
        match error {
            store::Error::Full => Stop::Full,
            error if error.is_passing() => Stop::Later(error.to_string()),
            error => Stop::Broken(error.to_string()),
        }
    }
}
impl From<minijinja::Error> for Stop {
    fn from(error: minijinja::Error) -> Stop {
        Stop::Broken(format!("{error:#}"))
    }
}

impl IntoResponse for Stop {
    /// Bare; the door dresses it, since only the door knows who asked.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

/// 停: one page for every way in which a request can end early.
#[derive(serde::Serialize)]
pub struct StopPage {
    pub status: u16,
    pub title: String,
    pub says: String,
    pub next: String,
    pub findings: Vec<Finding>,
    /// The purpose that would open it.
    pub access: Option<Control>,
    /// What was typed, or meant, is on the page before.
    pub back: bool,
}

impl StopPage {
    /// RFC 9457, for programs.
    pub fn problem(&self) -> Response {
        let body = serde_json::json!({
            "type": "about:blank",
            "title": self.title,
            "status": self.status,
            "detail": self.says,
            "findings": self.findings,
        });
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        (status, [(header::CONTENT_TYPE, "application/problem+json")], body.to_string()).into_response()
    }
}

impl Page for StopPage {
    const TEMPLATE: &'static str = "stop.html";
    fn samples() -> Vec<Sample<Self>> {
        let findings = crate::samples::findings();
        vec![
            Sample::usual(Stop::NotFound("这名干部".into()).page()),
            Sample::empty(Stop::Broken("x".into()).page()),
            Sample::overfull(Stop::Refused { says: "按现行制度不能任命。".into(), findings }.page()),
            Sample::guest(Stop::Login.page()),
            Sample::with("purpose", Stop::Purpose(Box::new(Control::sample())).page()),
        ]
    }
}

/// 进门: asks for the same address once more, from a page of ours.
#[derive(serde::Serialize)]
pub struct EnteringPage {
    pub address: String,
}

impl Page for EnteringPage {
    const TEMPLATE: &'static str = "entering.html";
    fn samples() -> Vec<Sample<Self>> {
        vec![Sample::guest(EnteringPage { address: "/officials/7?as_of=2024-01-01".into() })]
    }
}

/// After a POST: go and look.
pub fn see(address: &str) -> Response {
    axum::response::Redirect::to(address).into_response()
}

/// A file to keep. `name` may be Chinese.
pub fn file(name: &str, kind: &'static str, body: impl Into<Body>) -> Response {
    named(name, kind, body, "attachment")
}

/// A file to look at in the browser.
pub fn shown(name: &str, kind: &'static str, body: impl Into<Body>) -> Response {
    named(name, kind, body, "inline")
}

fn named(name: &str, kind: &'static str, body: impl Into<Body>, how: &str) -> Response {
    let disposition = format!("{how}; filename*=UTF-8''{}", crate::href::encode(name));
    let disposition = HeaderValue::from_str(&disposition).unwrap_or(HeaderValue::from_static("attachment"));
    let mut response = Response::new(body.into());
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    response
}
