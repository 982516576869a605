//! 一次: a form sent twice is answered twice and done once. The first answer is remembered; a repeat gets it again.

use crate::ctx::Asked;
use crate::form::Fields;
use crate::{Shared, Stop, locked};
use axum::body::{Body, Bytes};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use registry::once::Submission;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Name of the hidden field.
pub const FIELD: &str = "once";
/// What programs send instead.
const HEADER: &str = "idempotency-key";

/// Answers kept in memory: as many as an office gives in days, none larger than a page.
const KEPT_MOST: usize = 4096;
const LARGEST: usize = 512 * 1024;

/// A repeat waits this long for the first answer, which may be on its way.
const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Clone)]
struct Kept {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

/// First answers by key, the oldest forgotten first; and how many sendings of each key are being worked on.
#[derive(Default)]
pub struct Answers {
    kept: Mutex<(HashMap<String, Kept>, VecDeque<String>)>,
    under_way: Mutex<HashMap<String, usize>>,
}

/// A sending that is being worked on, until it is dropped.
pub struct UnderWay<'a>(&'a Answers, &'a str);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        let mut all = locked(&self.0.under_way);
        match all.get_mut(self.1) {
            Some(n) if *n > 1 => *n -= 1,
            _ => {
                all.remove(self.1);
            }
        }
    }
}

/// A new key for one form on one page.
pub fn key() -> String {
    let random: [u8; 16] = rand::random();
    random.iter().map(|b| format!("{b:02x}")).collect()
}

/// The sending that this request is, if its form carries a key.
pub fn submission(parts: &Parts, asked: &Asked) -> Option<Arc<Submission>> {
    let fields = parts.extensions.get::<Fields>();
    let header = parts.headers.get(HEADER).and_then(|v| v.to_str().ok()).map(str::to_owned);
    let of_address = || crate::ctx::pairs(&asked.query).into_iter().find(|(n, _)| n == FIELD).map(|(_, v)| v);
    let of_form = || fields.and_then(|f| f.0.iter().find(|(n, _)| n == FIELD)).map(|(_, v)| v.clone());
    let key = header.or_else(of_form).or_else(of_address)?;
    let mut content = format!("{} {}\n", parts.method, asked.path);
    match fields {
        Some(fields) => {
            for (name, value) in fields.0.iter().filter(|(n, _)| n != FIELD && n != "csrf") {
                content.push_str(&format!("{name}\0{value}\n"));
            }
        }
        // The body of an upload is not read here; its length tells most others apart.
        None => content.push_str(parts.headers.get(header::CONTENT_LENGTH).and_then(|l| l.to_str().ok()).unwrap_or_default()),
    }
    Submission::new(&key, &asked.secret, content.as_bytes()).map(Arc::new)
}

/// What goes back for `response`: itself, or the first answer when this was a repeat.
pub async fn settle(app: &Shared, submission: &Submission, asked: &Asked, response: Response) -> Response {
    let repeat = response.extensions().get::<Arc<Stop>>().and_then(|stop| match &**stop {
        Stop::Again { same, answer, entered } => Some((*same, answer.clone(), *entered)),
        _ => None,
    });
    match repeat {
        Some((true, answer, entered)) => first_answer(app, submission, asked, answer, entered).await,
        Some((false, ..)) => Stop::Changed("这张表已经提交并办好，这次的内容与那次不同，没有办理；请刷新页面后再填。".into()).into_response(),
        None if submission.is_claimed() => remember(app, submission, response).await,
        None => response,
    }
}

async fn first_answer(app: &Shared, submission: &Submission, asked: &Asked, answer: Option<String>, entered: i64) -> Response {
    let since = tokio::time::Instant::now();
    loop {
        if let Some(kept) = app.first_answers.get(&submission.key) {
            return kept.into_response();
        }
        // Alone with this key: the first answer was given before a restart, or by another process.
        if since.elapsed() > PATIENCE || app.first_answers.working_on(&submission.key) < 2 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(15)).await;
    }
    match answer {
        Some(address) if asked.partial => (StatusCode::OK, [("hx-redirect", address)]).into_response(),
        Some(address) => crate::answer::see(&address),
        None => Stop::Done(entered).into_response(),
    }
}

async fn remember(app: &Shared, submission: &Submission, response: Response) -> Response {
    let (parts, body) = response.into_parts();
    let told = |name: &str| parts.headers.get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
    if let Some(address) = told("location").or_else(|| told("hx-redirect")) {
        app.office.answered(&submission.key, &address);
    }
    let small = axum::body::HttpBody::size_hint(&body).upper().is_some_and(|most| most <= LARGEST as u64);
    if !small {
        return Response::from_parts(parts, body);
    }
    let Ok(bytes) = axum::body::to_bytes(body, LARGEST).await else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    if parts.extensions.get::<Arc<Stop>>().is_none() {
        app.first_answers.keep(&submission.key, Kept { status: parts.status, headers: parts.headers.clone(), body: bytes.clone() });
    }
    Response::from_parts(parts, Body::from(bytes))
}

impl Kept {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }
}

impl Answers {
    pub fn under_way<'a>(&'a self, submission: &'a Submission) -> UnderWay<'a> {
        *locked(&self.under_way).entry(submission.key.clone()).or_default() += 1;
        UnderWay(self, &submission.key)
    }
    fn working_on(&self, key: &str) -> usize {
        locked(&self.under_way).get(key).copied().unwrap_or(0)
    }
    fn keep(&self, key: &str, kept: Kept) {
        let mut all = locked(&self.kept);
        let (answers, order) = &mut *all;
        if answers.insert(key.to_owned(), kept).is_none() {
            order.push_back(key.to_owned());
        }
        while order.len() > KEPT_MOST {
            let oldest = order.pop_front();
            oldest.map(|key| answers.remove(&key));
        }
    }
    fn get(&self, key: &str) -> Option<Kept> {
        locked(&self.kept).0.get(key).cloned()
    }
}
