//! T-53, T-54: requests that another site sends, cookies, headers: on every address that the map of routes has.

use crate::browser::{Browser, County};
use crate::doors::{clock, enter, password, settings};
use axum::body::Body;
use axum::http::{Method, Request, header};
use web::settings::SecondFactor::DemoOff;

/// Every address with its methods, as the map itself lists them.
fn routes() -> Vec<(Method, String)> {
    let mut all = Vec::new();
    let mut folders = vec![std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                read(&std::fs::read_to_string(path).unwrap(), &mut all);
            }
        }
    }
    assert!(all.len() > 60, "the map was read: {}", all.len());
    all
}

fn read(text: &str, all: &mut Vec<(Method, String)>) {
    for line in text.split(".route(\"").skip(1) {
        let (path, rest) = line.split_once('"').unwrap();
        let rest = rest.split(".route(").next().unwrap().split(".layer(").next().unwrap();
        let rest = rest.split("\n").next().unwrap();
        let path = path.split('/').map(|part| if part.starts_with("{*") { "style.css" } else if part.starts_with('{') { "1" } else { part }).collect::<Vec<_>>().join("/");
        for (word, method) in [("get(", Method::GET), ("post(", Method::POST), ("put(", Method::PUT), ("patch(", Method::PATCH), ("delete(", Method::DELETE)] {
            if rest.contains(word) {
                all.push((method, path.clone()));
            }
        }
    }
}

fn request(browser: &Browser, method: &Method, path: &str) -> axum::http::request::Builder {
    Request::builder().method(method).uri(path).header(header::COOKIE, browser.cookies()).header("host", "zhiren.example")
}

#[tokio::test(crate = "crate::walk")]
async fn nothing_that_changes_anything_is_done_for_another_site() {
    let (county, clock) = (County::planted(), clock());
    let mut browser = enter(&county, settings(clock, DemoOff), "officer").await;
    let before = county.office.head();
    let token = browser.token();
    let form = "application/x-www-form-urlencoded";
    let mut tried = 0;
    for (method, path) in routes().into_iter().filter(|(method, _)| *method != Method::GET) {
        let with = format!("csrf={token}&x=1");
        let forged: Vec<(&str, Request<Body>)> = vec![
            ("no token", request(&browser, &method, &path).header("content-type", form).body("x=1".into()).unwrap()),
            ("another session's token", request(&browser, &method, &path).header("content-type", form).body(format!("csrf={}", "0".repeat(32)).into()).unwrap()),
            ("foreign origin", request(&browser, &method, &path).header("content-type", form).header("origin", "https://else.where").body(with.clone().into()).unwrap()),
            ("origin of nowhere", request(&browser, &method, &path).header("content-type", form).header("origin", "null").body(with.clone().into()).unwrap()),
            ("foreign page", request(&browser, &method, &path).header("content-type", form).header("sec-fetch-site", "cross-site").body(with.clone().into()).unwrap()),
            ("text that is JSON", request(&browser, &method, &path).header("content-type", "text/plain").body(format!("{{\"csrf\":\"{token}\"}}").into()).unwrap()),
            ("JSON without token", request(&browser, &method, &path).header("content-type", "application/json").body("{}".into()).unwrap()),
            ("method override", request(&browser, &method, &path).header("content-type", form).header("x-http-method-override", "GET").body(with.clone().into()).unwrap()),
            ("method override in the form", request(&browser, &method, &path).header("content-type", form).body("_method=GET".into()).unwrap()),
        ];
        for (how, request) in forged {
            let answer = browser.send(request).await;
            assert_eq!(answer.status, 403, "{method} {path}: {how}");
            tried += 1;
        }
    }
    assert_eq!(county.office.head(), before, "nothing was written");
    assert_eq!(browser.get("/account").await.status, 200, "and nobody was logged out");
    assert!(tried > 150, "{tried}");
}

#[tokio::test(crate = "crate::walk")]
async fn every_answer_goes_out_with_the_headers_that_protect_it() {
    let (county, clock) = (County::planted(), clock());
    let mut inside = enter(&county, settings(clock, DemoOff), "officer").await;
    let mut outside = county.browser_with(settings(clock, DemoOff));
    let mut all = routes();
    all.push((Method::GET, "/nowhere".into()));
    all.push((Method::DELETE, "/officials/1".into()));
    for (method, path) in all {
        for browser in [&mut inside, &mut outside] {
            if path == "/logout" {
                continue;
            }
            let request = request(browser, &method, &path).body(Body::empty()).unwrap();
            let answer = browser.send(request).await;
            let at = format!("{method} {path}: {}", answer.status);
            let says = |name: &str| answer.headers.get(name).map(|v| v.to_str().unwrap().to_owned()).unwrap_or_else(|| panic!("{at}: no {name}"));
            let policy = says("content-security-policy");
            assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'") && policy.contains("form-action 'self'"), "{at}");
            assert!(!policy.contains("unsafe"), "{at}");
            assert_eq!(says("x-content-type-options"), "nosniff", "{at}");
            assert_eq!(says("x-frame-options"), "DENY", "{at}");
            assert_eq!(says("referrer-policy"), "same-origin", "{at}");
            let permissions = says("permissions-policy");
            assert!(["camera=()", "geolocation=()", "microphone=()"].iter().all(|word| permissions.contains(word)), "{at}");
            let cached = says("cache-control");
            assert!(cached.contains("no-store") || path.starts_with("/assets/") || path.ends_with("/photo"), "{at}: {cached}");
            for banner in ["server", "x-powered-by"] {
                assert!(!answer.headers.contains_key(banner), "{at}: {banner}");
            }
        }
    }
}

#[tokio::test(crate = "crate::walk")]
async fn cookies_are_kept_from_scripts_other_sites_and_open_connections() {
    let (county, clock) = (County::planted(), clock());
    for https in [true, false] {
        let mut browser = county.browser_with(web::Settings { https, ..settings(clock, DemoOff) });
        let door = browser.get("/login").await.headers;
        let set = password_headers(&mut browser).await;
        let cookies: Vec<String> = door.get_all("set-cookie").iter().chain(set.get_all("set-cookie")).map(|c| c.to_str().unwrap().to_owned()).collect();
        assert!(cookies.len() >= 4, "{cookies:?}");
        for cookie in &cookies {
            assert_eq!(cookie.starts_with("__Host-zhiren"), https, "{cookie}");
            assert_eq!(cookie.contains("; Secure"), https, "{cookie}");
            assert!(cookie.contains("; HttpOnly") && cookie.contains("; Path=/;") && !cookie.to_lowercase().contains("domain="), "{cookie}");
        }
        let name = if https { "__Host-zhiren=" } else { "zhiren=" };
        let session = cookies.iter().find(|c| c.strip_prefix(name).is_some_and(|value| !value.starts_with(';'))).unwrap();
        assert!(session.contains("SameSite=Strict") && !session.contains("Max-Age"), "{session}");
    }
}

async fn password_headers(browser: &mut Browser) -> axum::http::HeaderMap {
    let answer = password(browser, "officer").await;
    assert_eq!(answer.status, 303);
    answer.headers
}

#[tokio::test(crate = "crate::walk")]
async fn a_link_on_another_site_opens_the_page_and_not_the_login() {
    let (county, clock) = (County::planted(), clock());
    let mut stranger = county.browser_with(settings(clock, DemoOff));
    let request = request(&stranger, &Method::GET, "/officials/1").header("sec-fetch-site", "cross-site").body(Body::empty()).unwrap();
    let page = stranger.send(request).await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("http-equiv=\"refresh\" content=\"0; url=/officials/1\""), "{}", page.body);
}
