//! What every answer is like, whatever was asked: its type, no permission for other sites, no echo of a request; and that a
//! form writes what it is for and nothing that was added to it.

use crate::browser::{Browser, County};
use axum::body::Body;
use axum::http::{Method, Request, header};
use registry::{Actor, AsOf, Error};
use std::collections::BTreeSet;
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

#[tokio::test(crate = "crate::walk")]
async fn every_answer_says_what_it_is_and_lets_no_other_site_read_it() {
    let county = County::planted();
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

#[tokio::test(crate = "crate::walk")]
async fn a_request_is_never_sent_back_to_who_sent_it() {
    let county = County::planted();
    let mut browser = county.logged_in("officer").await;
    for method in ["TRACE", "TRACK", "CONNECT", "DEBUG"] {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        for path in ["/", "/officials", "/login"] {
            let answer = ask(&mut browser.another(), method.clone(), path, &[("x-secret", "echo-of-a-cookie")]).await;
            assert!(!(200..400).contains(&answer.status), "{method} {path}: {}", answer.status);
            assert!(!answer.body.contains("echo-of-a-cookie"), "{method} {path}");
            let told = answer.headers.values().any(|v| v.as_bytes().windows(4).any(|w| w == b"echo"));
            assert!(!told, "{method} {path}");
        }
    }
    assert_eq!(browser.get("/").await.status, 200);
}

/// Every column of the schema, as somebody would add it to a form who hopes that it is written.
fn every_column(county: &County) -> String {
    let sql = match county.office.store.dialect() {
        store::Dialect::Sqlite => "select distinct p.name from sqlite_master m join pragma_table_info(m.name) p where m.type = 'table' and m.name not like 'standing%'",
        store::Dialect::Postgres => "select distinct column_name from information_schema.columns where table_schema = current_schema() and table_name not like 'standing%'",
    };
    let names = county.office.store.read(|tx| tx.rows(sql, &[])).unwrap();
    let names: BTreeSet<String> = names.iter().map(|r| r.text(0).to_owned()).collect();
    assert!(names.len() > 150, "{}", names.len());
    names.into_iter().map(|name| format!("&{name}=1")).collect()
}

#[tokio::test(crate = "crate::walk")]
async fn what_is_added_to_a_form_is_not_written() {
    let county = County::planted();
    let more = every_column(&county);
    let added = |own: &[&str]| -> String { more.split('&').filter(|p| !p.is_empty() && !own.iter().any(|o| *p == format!("{o}=1"))).map(|p| format!("&{p}")).collect() };
    let rows = |sql: &str| county.office.store.read(|tx| tx.rows(sql, &[])).unwrap();

    // 查阅单: no decision comes with the asking, and the one who asks is who sits there.
    let mut officer = county.logged_in("officer").await;
    let second = rows("select id from accounts where name = 'unit'")[0].int(0);
    let own = ["person", "purpose", "reason", "part", "second", "until", "csrf", "once", "who"];
    let form = format!("person=5&purpose=inspection&reason=%E8%80%83%E5%AF%9F&part=%E5%AE%B6%E5%BA%AD&second={second}&until=2026-12-01{}", added(&own));
    let answer = officer.post("/tickets", &form).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    let ticket = &rows("select t.id, a.name, t.entered, (select count(*) from ticket_decisions), t.at from tickets t join accounts a on a.id = t.reader")[0];
    assert_eq!((ticket.text(1), ticket.int(3)), ("officer", 0));
    assert!(ticket.int(2) > 1 && ticket.text(4).starts_with("2026-11-22"), "who, when and under which entry is the office's own");

    // 保留、清除: as above.
    let mut head = county.logged_in("head").await;
    let own = ["subject", "number", "why", "csrf", "once"];
    let answer = head.post("/purges/holds", &format!("subject=person&number=7&why=%E8%AF%89%E8%AE%BC{}", added(&own))).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    let hold = &rows("select h.subject, h.number, h.superseded, a.name, h.reason from purge_holds h join accounts a on a.id = h.account")[0];
    assert_eq!((hold.text(0), hold.int(1), hold.opt_int(2), hold.text(3), hold.text(4)), ("person", 7, None, "head", "诉讼"));

    // 授权: an account is asked for, never opened with a role at once.
    let mut admin = county.logged_in("security_admin").await;
    let unit = rows("select id from accounts where name = 'me'")[0].int(0);
    let own = ["role", "scope", "reason", "csrf", "once", "account"];
    let answer = admin.post(&format!("/accounts/{unit}/grants"), &format!("role=leader&scope=%E9%9D%92%E4%BA%91%E9%95%87&reason=%E5%B2%97%E4%BD%8D{}", added(&own))).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    assert_eq!(rows("select role from accounts where name = 'me'")[0].text(0), "recorded");
    assert_eq!(rows("select count(*) from role_grant_decisions")[0].int(0), 0);
    let asker = &rows("select a.name, g.entered from role_grants g join accounts a on a.id = g.asker")[0];
    assert!(asker.text(0) == "security_admin" && asker.int(1) > 1);
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

#[tokio::test(crate = "crate::walk")]
async fn who_came_in_who_did_not_and_who_was_refused_is_logged_without_what_was_typed() {
    static ONCE: OnceLock<()> = OnceLock::new();
    ONCE.get_or_init(|| tracing::subscriber::set_global_default(Listener).unwrap());
    let county = County::planted();
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
