//! What every answer is like, whatever was asked: its type, and no permission for other sites; and what is logged.

use crate::browser::{Browser, County};
use axum::body::Body;
use axum::http::{Method, Request, header};
use registry::{Actor, AsOf, Error};
use std::sync::{Mutex, OnceLock};
use tracing::field::{Field, Visit};
use tracing::{Event, Metadata, Subscriber, span};

/// Addresses that need no number, of every room, for whoever may go there.
fn plain() -> Vec<String> {
    let all = policy::actions().iter().flat_map(|a| a.routes.iter());
    all.filter_map(|route| route.strip_prefix("GET ")).filter(|path| !path.contains('{')).map(str::to_owned).collect()
}

async fn ask(browser: &mut Browser, method: Method, path: &str, more: &[(&'static str, &str)]) -> crate::browser::Answered {
    let mut request = Request::builder().method(method).uri(path).header(header::COOKIE, browser.cookies());
    for (name, value) in more {
        request = request.header(*name, *value);
    }
    browser.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn every_answer_says_what_it_is_and_lets_no_other_site_read_it() {
    let county = County::named("answers");
    let mut looked = 0;
    for name in ["officer", "head", "security_admin", "audit_admin", "me"] {
        let mut browser = county.logged_in(name).await;
        for path in plain() {
            let strange = [("origin", "https://else.where"), ("access-control-request-method", "POST"), ("access-control-request-headers", "x-csrf")];
            for method in [Method::GET, Method::OPTIONS] {
                let answer = ask(&mut browser.another(), method.clone(), &path, &strange).await;
                let opened: Vec<_> = answer.headers.keys().filter(|k| k.as_str().starts_with("access-control")).collect();
                assert!(opened.is_empty(), "{name} {method} {path}: {opened:?}");
                if !answer.bytes.is_empty() {
                    let kind = answer.headers.get(header::CONTENT_TYPE).unwrap_or_else(|| panic!("{name} {method} {path}: {} without a type", answer.status));
                    let kind = kind.to_str().unwrap();
                    assert!(!kind.starts_with("text/") || kind.contains("charset=utf-8"), "{path}: {kind}");
                    looked += 1;
                }
            }
        }
        browser.get("/logout").await;
    }
    assert!(looked > 150, "{looked}");
}

/// What was logged by this test program, one line an event.
static LOGGED: Mutex<Vec<String>> = Mutex::new(Vec::new());

struct Listener;

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        self.0.push_str(&format!(" {}={value:?}", field.name()));
    }
}

impl Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "security"
    }
    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }
    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn event(&self, event: &Event<'_>) {
        let mut line = Line(String::new());
        event.record(&mut line);
        LOGGED.lock().unwrap().push(line.0);
    }
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

#[tokio::test]
async fn who_came_in_who_did_not_and_who_was_refused_is_logged_without_what_was_typed() {
    static ONCE: OnceLock<()> = OnceLock::new();
    ONCE.get_or_init(|| tracing::subscriber::set_global_default(Listener).unwrap());
    let county = County::named("logged");
    let number = |name: &str| {
        county.office.read(&Actor::program(), AsOf::default(), |desk| Ok::<_, Error>(registry::account::named(desk, name)?.unwrap().id.number())).unwrap()
    };
    // An account that no other test has a number like.
    county.account("the-logged-one", registry::Role::Recorded, Some(9));
    let (one, mut browser) = (number("the-logged-one"), county.browser());
    browser.get("/login").await;
    browser.post("/login", "name=the-logged-one&password=typed-by-mistake").await;
    browser.post("/login", "name=typed-instead-of-a-name&password=x").await;
    let mut browser = county.logged_in("the-logged-one").await;
    assert_eq!(browser.get("/journal/exports?secret=in-the-query").await.status, 404);
    let mut foreign = browser.another();
    let request = Request::post("/logout").header(header::COOKIE, foreign.cookies()).header("origin", "https://else.where");
    assert_eq!(foreign.send(request.body(Body::empty()).unwrap()).await.status, 403);

    let logged = LOGGED.lock().unwrap().clone();
    let has = |words: &[&str]| logged.iter().any(|line| words.iter().all(|word| line.contains(word)));
    let account = format!("account={one}");
    assert!(has(&[&account, "means=\"密码\"", "sign-in refused"]), "{logged:?}");
    assert!(has(&[&account, "means=\"密码\"", "signed in"]), "{logged:?}");
    assert!(has(&[&account, "role=\"recorded\"", "action=\"journal.exports\"", "path=\"/journal/exports\"", "not allowed"]), "{logged:?}");
    assert!(has(&["path=\"/logout\"", "a form of another site"]), "{logged:?}");
    for typed in ["typed-by-mistake", "typed-instead-of-a-name", "in-the-query"] {
        assert!(!logged.iter().any(|line| line.contains(typed)), "{typed}");
    }
}
