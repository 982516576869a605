//! T-52: guessing: waits that grow, an owner who is not kept out, names that nobody can find out.

use crate::browser::{Browser, County};
use crate::doors::{PASSWORD, clock, pass, password, settings};
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, header};
use registry::account::password as passwords;
use std::net::SocketAddr;
use web::settings::SecondFactor::DemoOff;

const GUESS: &str = "wrong-wrong-wrong";

async fn guess(browser: &mut Browser, name: &str) -> String {
    browser.post("/login", &format!("name={name}&password={GUESS}")).await.body
}

/// Guesses that were looked at: the page says whether.
fn looked_at(page: &str) -> bool {
    assert!(page.contains("账号或密码不对") || page.contains("连续输错多次"), "{page}");
    page.contains("账号或密码不对")
}

#[tokio::test(crate = "crate::walk")]
async fn ten_thousand_guesses_in_ten_minutes_are_twenty_at_most() {
    let (county, clock) = (County::planted(), clock());
    let mut stranger = county.browser_with(settings(clock, DemoOff));
    stranger.get("/login").await;
    let mut evaluated = 0;
    // One guess every three seconds, then many at the same second: what waits costs nothing.
    for _ in 0..200 {
        pass(clock, 3);
        evaluated += usize::from(looked_at(&guess(&mut stranger, "officer").await));
    }
    let storm = tokio::task::JoinSet::from_iter((0..200).map(|_| {
        let mut one = stranger.clone();
        async move { guess(&mut one, "officer").await }
    }));
    evaluated += storm.join_all().await.iter().filter(|page| looked_at(page)).count();
    assert!((5..=20).contains(&evaluated), "{evaluated}");
}

#[tokio::test(crate = "crate::walk", flavor = "multi_thread")]
async fn guesses_at_the_same_moment_are_counted_before_they_are_looked_at() {
    let (county, clock) = (County::planted(), clock());
    let mut stranger = county.browser_with(settings(clock, DemoOff));
    stranger.get("/login").await;
    let storm = tokio::task::JoinSet::from_iter((0..60).map(|_| {
        let mut one = stranger.clone();
        async move { guess(&mut one, "officer").await }
    }));
    let evaluated = storm.join_all().await.iter().filter(|page| looked_at(page)).count();
    assert_eq!(evaluated, 5);
}

#[tokio::test(crate = "crate::walk")]
async fn the_owner_comes_in_while_a_stranger_guesses() {
    let (county, clock) = (County::planted(), clock());
    let mut owner = county.browser_with(settings(clock, DemoOff));
    assert_eq!(password(&mut owner, "officer").await.status, 303);
    owner.post("/logout", "").await;
    let mut stranger = county.browser_with(settings(clock, DemoOff));
    stranger.get("/login").await;
    for _ in 0..40 {
        guess(&mut stranger, "officer").await;
    }
    let right = stranger.post("/login", &format!("name=officer&password={PASSWORD}")).await;
    assert!(right.body.contains("连续输错多次"), "even the right one waits, from a browser that nobody knows");

    assert_eq!(password(&mut owner, "officer").await.status, 303, "her own browser is known");

    // And from any browser once the wait is over: nobody is locked out for good.
    pass(clock, 900);
    assert_eq!(password(&mut stranger, "officer").await.status, 303);
}

#[tokio::test(crate = "crate::walk")]
async fn waits_outlast_a_restart() {
    let (county, clock) = (County::planted(), clock());
    let mut stranger = county.browser_with(settings(clock, DemoOff));
    stranger.get("/login").await;
    for _ in 0..6 {
        guess(&mut stranger, "officer").await;
    }
    // Another server over the same database.
    let mut later = county.browser_with(settings(clock, DemoOff));
    later.get("/login").await;
    assert!(!looked_at(&guess(&mut later, "officer").await));
}

#[tokio::test(crate = "crate::walk")]
async fn an_address_that_tries_every_name_waits_too() {
    let (county, clock) = (County::planted(), clock());
    let mut stranger = county.browser_with(settings(clock, DemoOff));
    stranger.get("/login").await;
    let mut pages = Vec::new();
    for n in 0..45 {
        let token = stranger.token();
        let mut request = Request::post("/login")
            .header(header::COOKIE, stranger.cookies())
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            // What a visitor writes here counts nothing without a proxy of our own.
            .header("x-forwarded-for", format!("10.0.0.{n}"))
            .body(Body::from(format!("csrf={token}&name=nobody{n}&password={GUESS}")))
            .unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([192, 168, 1, 9], 4000))));
        pages.push(stranger.send(request).await.body);
    }
    assert_eq!(pages.iter().filter(|page| looked_at(page)).count(), 40);
}

#[tokio::test(crate = "crate::walk")]
async fn a_name_that_nobody_has_is_answered_like_any_other() {
    let (county, clock) = (County::planted(), clock());
    let mut pages = Vec::new();
    for name in ["officer", "nobody"] {
        let mut browser = county.browser_with(settings(clock, DemoOff));
        browser.get("/login").await;
        let mut all = Vec::new();
        for _ in 0..7 {
            let answer = browser.post("/login", &format!("name={name}&password={GUESS}")).await;
            all.push((answer.status, crate::browser::without_keys(&answer.body).replace(name, "NAME").replace(&browser.token(), "TOKEN")));
        }
        pages.push(all);
    }
    assert_eq!(pages[0], pages[1]);
}

/// The slow part takes the same time of the processor whether or not there is such a name.
#[test]
fn the_time_tells_nothing_about_a_name() {
    let county = County::planted();
    let found = county.office.read(&registry::Actor::program(), Default::default(), |desk| registry::account::named(desk, "officer")).unwrap();
    let spent = |found: Option<&registry::account::Found>| {
        let before = processor_time();
        assert!(!passwords::matches(found, GUESS));
        processor_time() - before
    };
    let (mut known, mut unknown): (Vec<i64>, Vec<i64>) = (0..25).map(|_| (spent(found.as_ref()), spent(None))).unzip();
    known.sort_unstable();
    unknown.sort_unstable();
    let apart = (known[12] - unknown[12]).abs();
    assert!(apart < 5_000_000, "{apart} ns between the medians {} and {}", known[12], unknown[12]);
    assert!(unknown[12] > 1_000_000, "a name that nobody has is hashed for too");
}

/// Nanoseconds that this thread has run: a busy machine does not count.
fn processor_time() -> i64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    text.split_whitespace().next().unwrap().parse().unwrap()
}

/// V6.3.5, V6.3.7: whose password was guessed at, or changed by whomever, is told so on the first page after the login, once.
#[tokio::test(crate = "crate::walk")]
async fn what_happened_to_an_account_is_told_on_the_first_page_after_the_login() {
    let county = County::planted();
    let mut browser = county.logged_in("officer").await;
    assert!(!browser.get("/").await.body.contains("上次登录以来"), "nothing has happened");
    browser.post("/logout", "").await;
    let mut stranger = county.browser();
    stranger.get("/login").await;
    for _ in 0..2 {
        stranger.post("/login", "name=officer&password=guessed").await;
    }
    let mut admin = county.logged_in("security_admin").await;
    let officer = county.office.store.read(|tx| tx.one("select id from accounts where name = 'officer'", &[])).unwrap().int(0);
    assert_eq!(admin.post(&format!("/accounts/{officer}/factors/removal"), "").await.status, 303);

    let mut browser = county.logged_in("officer").await;
    let first = browser.get("/").await.body;
    assert!(first.contains("上次登录以来有 2 次登录没有通过") && first.contains("security_admin：取消了这个账户的第二因素"), "{first}");
    assert!(!browser.get("/").await.body.contains("上次登录以来"), "once");
}
