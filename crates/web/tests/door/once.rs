//! A form sent twice is answered twice and done once.

use crate::browser::County;
use std::sync::Arc;

fn value(page: &str, name: &str) -> String {
    let at = page.find(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("no field {name}"));
    page[at..].split('"').nth(3).unwrap().to_owned()
}

/// Saving a ledger under this title, with this key.
fn form(key: &str, title: &str) -> String {
    format!("once={key}&title={title}&definition=%7B%7D")
}

#[tokio::test(crate = "crate::walk", flavor = "multi_thread", worker_threads = 8)]
async fn two_hundred_at_once_with_one_key_have_one_effect() {
    let county = County::planted();
    let mut browser = county.logged_in("officer").await;
    let key = value(&browser.get("/ledgers/roster").await.body, "once");
    let head = county.office.head();
    let browser = Arc::new(browser);
    let sendings: Vec<_> = (0..200)
        .map(|_| {
            let (browser, form) = (browser.clone(), form(&key, "once"));
            tokio::spawn(async move { browser.another().post("/ledgers", &form).await })
        })
        .collect();
    for sending in sendings {
        let answer = sending.await.unwrap();
        assert_eq!((answer.status, answer.location), (303, format!("/ledgers/own-{}", head + 1)), "{}", answer.body);
    }
    assert_eq!(county.office.head(), head + 1, "one effect");
}

#[tokio::test(crate = "crate::walk")]
async fn a_key_with_other_content_is_refused_and_a_mended_form_is_taken() {
    let county = County::planted();
    let mut browser = county.logged_in("officer").await;
    let key = value(&browser.get("/ledgers/roster").await.body, "once");
    // A mistake changes nothing and leaves the key free.
    assert_eq!(browser.post("/ledgers", &form(&key, "")).await.status, 422);
    assert_eq!(browser.post("/ledgers", &form(&key, "mended")).await.status, 303);
    let head = county.office.head();
    let other = browser.post("/ledgers", &form(&key, "other")).await;
    assert_eq!(other.status, 409, "{}", other.body);
    assert!(other.body.contains("已经提交并办好"), "{}", other.body);
    assert_eq!(county.office.head(), head, "nothing was written");
    // A fresh page has a fresh key.
    assert_ne!(value(&browser.get("/ledgers/roster").await.body, "once"), key);
}

#[tokio::test(crate = "crate::walk")]
async fn after_a_restart_a_repeat_is_still_one() {
    let county = County::planted();
    let mut browser = county.logged_in("officer").await;
    let key = value(&browser.get("/ledgers/roster").await.body, "once");
    let first = browser.post("/ledgers", &form(&key, "once")).await;
    assert_eq!(first.status, 303);
    let head = county.office.head();
    // A program that starts anew remembers no page, but its database knows the key.
    let mut later = county.browser();
    later.jar = browser.jar.clone();
    let again = later.post("/ledgers", &form(&key, "once")).await;
    assert_eq!(again.status, 200);
    assert!(again.body.contains("已经办好") && again.body.contains(&format!("第 {head} 号")), "{}", again.body);
    // Once anything else was written, it knows the address too.
    let other = value(&browser.get("/ledgers/roster").await.body, "once");
    assert_eq!(browser.post("/ledgers", &form(&other, "other")).await.status, 303);
    let again = later.post("/ledgers", &form(&key, "once")).await;
    assert_eq!((again.status, again.location), (303, first.location), "{}", again.body);
    assert_eq!(county.office.head(), head + 1);
}

/// Forms that a page shows and that change something carry a key of their own.
#[test]
fn every_form_that_changes_something_carries_a_key() {
    let pages = web::page::Pages::new(None, Arc::default());
    let mut forms = 0;
    for rendered in web::samples::every(&pages) {
        let html = rendered.html.unwrap_or_else(|why| panic!("{}: {why}", rendered.template));
        let mut keys = std::collections::HashSet::new();
        for part in html.split("<form").skip(1) {
            let form = part.split("</form>").next().unwrap_or_default();
            if !form.split('>').next().unwrap_or_default().contains("method=\"post\"") {
                continue;
            }
            forms += 1;
            let key = form.split("name=\"once\" value=\"").nth(1).or_else(|| form.split("once=").nth(1));
            // A resident's report carries a key that its phone keeps: sent again, it is the same report.
            let own = form.contains("data-ask");
            if own {
                continue;
            }
            let key = key.and_then(|k| k.split('"').next()).unwrap_or_else(|| panic!("{}: a form without a key: {form}", rendered.template));
            assert!(keys.insert(key.to_owned()), "{}: two forms share a key", rendered.template);
        }
    }
    assert!(forms > 20, "{forms} forms were looked at");
}
