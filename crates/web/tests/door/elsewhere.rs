//! Logins that somebody else vouches for: a provider (OpenID Connect) and a directory (LDAP).

use crate::browser::{Answered, Browser, County};
use crate::doors::{clock, password, settings};
use crate::stub::directory::{self, BASE, CLERK};
use crate::stub::provider::{CLIENT, Next, Provider, SECRET};
use registry::account::external::{self, Kind};
use registry::{Actor, Error, account};
use serde_json::json;
use std::sync::atomic::AtomicI64;
use vocabulary::Clock;
use web::login::ldap::Ldap;
use web::login::oidc::Oidc;
use web::settings::SecondFactor::{DemoOff, Required};

const ORIGIN: &str = "http://zhiren.example";

fn link(county: &County, name: &str, kind: Kind, issuer: &str, subject: &str) {
    let linked = county.office.write(&Actor::program(), |desk| {
        let found = account::named(desk, name)?.ok_or_else(|| Error::NotFound(name.into()))?;
        external::link(desk, found.id, kind, issuer, subject)
    });
    linked.unwrap();
}

fn with_provider(clock: &'static AtomicI64, provider: &Provider) -> web::Settings {
    let oidc = Oidc { issuer: provider.address(), client_id: CLIENT.into(), client_secret: SECRET.into(), label: "用统一身份认证登录".into(), ca_file: None };
    web::Settings { oidc: Some(oidc), origin: ORIGIN.into(), ..settings(clock, DemoOff) }
}

/// What the browser takes along to the provider.
struct Asked {
    state: String,
    nonce: String,
    challenge: String,
}

async fn leave(browser: &mut Browser) -> Asked {
    let page = browser.get("/login?back=/officials/1").await.body;
    let button = page.split("href=\"").find(|part| part.starts_with("/login/elsewhere")).expect("a button").split('"').next().unwrap().replace("&amp;", "&");
    let answer = browser.get(&button).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    let query = web::ctx::pairs(answer.location.split_once('?').unwrap().1);
    let word = |name: &str| query.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone()).unwrap_or_default();
    assert_eq!((word("response_type"), word("client_id"), word("code_challenge_method")), ("code".into(), CLIENT.into(), "S256".into()));
    assert_eq!(word("redirect_uri"), format!("{ORIGIN}/login/elsewhere/back"));
    Asked { state: word("state"), nonce: word("nonce"), challenge: word("code_challenge") }
}

async fn come_back(browser: &mut Browser, code: &str, state: &str) -> Answered {
    browser.get(&format!("/login/elsewhere/back?code={code}&state={state}")).await
}

#[tokio::test(crate = "crate::walk", flavor = "multi_thread")]
async fn a_provider_says_who_it_is_and_the_account_here_says_what_they_may() {
    let (county, clock) = (County::planted(), clock());
    let provider = Provider::start().await;
    link(&county, "unit", Kind::Oidc, &provider.address(), "number-7");
    for algorithm in ["RS256", "ES256"] {
        let mut browser = county.browser_with(with_provider(clock, &provider));
        assert!(browser.get("/login").await.body.contains("用统一身份认证登录"));
        provider.next(Next { algorithm, ..Next::default() });
        let asked = leave(&mut browser).await;
        let code = provider.code(&asked.challenge, &asked.nonce, "number-7");
        let arrived = come_back(&mut browser, &code, &asked.state).await;
        assert_eq!(arrived.status, 200, "{}", arrived.body);
        assert!(arrived.body.contains("url=/officials/1"), "{}", arrived.body);
        let account = browser.get("/account").await.body;
        assert!(account.contains("统一身份认证") && account.contains("单位人事干部"));
        assert_eq!(browser.get("/imports").await.status, 404, "the provider gives no rights");
    }
}

#[tokio::test(crate = "crate::walk", flavor = "multi_thread")]
async fn what_a_provider_did_not_say_opens_nothing() {
    let (county, clock) = (County::planted(), clock());
    let provider = Provider::start().await;
    link(&county, "unit", Kind::Oidc, &provider.address(), "number-7");
    let now = Clock::Machine.now().0;
    let lies = [
        ("nonce", Next { lies: json!({ "nonce": "another" }), ..Next::default() }),
        ("no nonce", Next { lies: json!({ "nonce": null }), ..Next::default() }),
        ("audience", Next { lies: json!({ "aud": "another" }), ..Next::default() }),
        ("issuer", Next { lies: json!({ "iss": "https://else.where" }), ..Next::default() }),
        ("expired", Next { lies: json!({ "exp": now - 3600, "iat": now - 7200 }), ..Next::default() }),
        ("not good yet", Next { lies: json!({ "nbf": now + 36_000_000 }), ..Next::default() }),
        ("good from a time that is none", Next { lies: json!({ "nbf": "soon" }), ..Next::default() }),
        ("a token for something else", Next { typ: Some("at+jwt"), ..Next::default() }),
        ("a key that it brings itself", Next { stolen: true, brings_key: true, ..Next::default() }),
        ("signed by nobody", Next { algorithm: "none", ..Next::default() }),
        ("signed with what everybody knows", Next { algorithm: "HS256", ..Next::default() }),
        ("signed by another key", Next { stolen: true, ..Next::default() }),
    ];
    let enter = |asked: &Asked| provider.code(&asked.challenge, &asked.nonce, "number-7");
    for (what, next) in lies {
        let mut browser = county.browser_with(with_provider(clock, &provider));
        provider.next(next);
        let asked = leave(&mut browser).await;
        let refused = come_back(&mut browser, &enter(&asked), &asked.state).await;
        assert_eq!(refused.status, 403, "{what}");
        assert!(refused.body.contains("没有通过核对"), "{what}");
        assert!(browser.session().is_none(), "{what}");
    }
    provider.next(Next::default());
    let mut browser = county.browser_with(with_provider(clock, &provider));

    let asked = leave(&mut browser).await;
    let wrong = come_back(&mut browser, &enter(&asked), "made-up").await;
    assert_eq!(wrong.status, 403, "a state that nobody gave");
    let late = come_back(&mut browser, &enter(&asked), &asked.state).await;
    assert_eq!(late.status, 403, "each is answered once");

    let asked = leave(&mut browser).await;
    let stolen = provider.code("a challenge of somebody else's", &asked.nonce, "number-7");
    assert_eq!(come_back(&mut browser, &stolen, &asked.state).await.status, 403, "a code that another browser began");

    let asked = leave(&mut browser).await;
    let code = enter(&asked);
    let mut victim = county.browser_with(with_provider(clock, &provider));
    victim.get("/login").await;
    assert_eq!(come_back(&mut victim, &code, &asked.state).await.status, 403, "a login begun in another browser");

    let led = browser.get("/login/elsewhere?back=/officials/1").await;
    assert_eq!(led.location, "/login?back=%2Fofficials%2F1", "only who presses the button goes there");

    provider.claim("https://else.where");
    let page = browser.get("/login").await.body;
    let button = page.split("href=\"").find(|part| part.starts_with("/login/elsewhere")).unwrap().split('"').next().unwrap().replace("&amp;", "&");
    assert_eq!(browser.get(&button).await.status, 400, "a provider that calls itself otherwise is another");
    provider.claim(&provider.address());

    let asked = leave(&mut browser).await;
    let accounts = || county.office.read(&Actor::program(), Default::default(), account::all).unwrap().len();
    let before = accounts();
    let stranger = provider.code(&asked.challenge, &asked.nonce, "number-8");
    let refused = come_back(&mut browser, &stranger, &asked.state).await;
    assert!(refused.status == 403 && refused.body.contains("没有对应的账户"));
    assert_eq!(accounts(), before, "no account comes of it");
}

#[tokio::test(crate = "crate::walk", flavor = "multi_thread")]
async fn a_directory_holds_the_password_of_who_is_linked_to_it() {
    let (county, clock) = (County::planted(), clock());
    let url = directory::start();
    for (name, subject) in [("officer", "zhou.min"), ("unit", "twin"), ("me", "li*ming")] {
        link(&county, name, Kind::Ldap, &url, subject);
    }
    let ldap = |password: &str| Ldap { url: url.clone(), starttls: false, bind_dn: CLERK.0.into(), bind_password: password.into(), base: BASE.into(), filter: "(uid={name})".into() };
    let mut browser = county.browser_with(web::Settings { ldap: Some(ldap(CLERK.1)), ..settings(clock, Required) });
    browser.get("/login").await;
    let enter = async |browser: &mut Browser, name: &str, password: &str| browser.post("/login", &format!("name={name}&password={password}")).await;

    assert_eq!(enter(&mut browser, "officer", "wrong").await.status, 200);
    assert_eq!(password(&mut browser, "officer").await.status, 200, "the password kept here opens nothing any more");
    assert_eq!(enter(&mut browser, "unit", "twin-secret").await.status, 200, "two entries are nobody");
    assert_eq!(enter(&mut browser, "me", "star").await.location, "/", "a star in a name is a star");
    browser.post("/logout", "").await;
    browser.get("/login").await;
    let right = enter(&mut browser, "officer", "directory-password").await;
    assert_eq!((right.status, right.location.as_str()), (303, "/account/factors"), "the second factor is ours all the same");

    let fits = async |subject: &'static str, password: &'static str| {
        let directory = ldap(CLERK.1);
        tokio::task::spawn_blocking(move || web::login::ldap::fits(&directory, subject, password)).await.unwrap().unwrap()
    };
    assert!(fits("zhou.min", "directory-password").await);
    assert!(!fits("zhou.min", "").await, "an empty password is nobody's");
    for star in ["zhou.*", "*", "zhou.min)(uid=*", "zhou.min\0"] {
        assert!(!fits(star, "directory-password").await, "{star}");
    }
    let mut broken = county.browser_with(web::Settings { ldap: Some(ldap("another")), ..settings(clock, DemoOff) });
    broken.get("/login").await;
    let said = enter(&mut broken, "officer", "directory-password").await;
    assert!(said.status == 400 && said.body.contains("单位目录现在连不上"), "{} {}", said.status, said.body);
}
