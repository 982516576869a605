//! A form sent twice is answered twice and done once.

use crate::browser::County;
use std::sync::Arc;

fn value(page: &str, name: &str) -> String {
    let at = page.find(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("no field {name}"));
    page[at..].split('"').nth(3).unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn two_hundred_at_once_with_one_key_have_one_effect() {
    let county = County::named("once");
    let mut browser = county.logged_in("officer").await;
    browser.state(2).await;
    browser.state(3).await;
    let page = browser.get("/officials/2/edit").await.body;
    let (key, based_on, name) = (value(&page, "once"), value(&page, "based_on"), value(&page, "name"));
    let head = county.office.head();
    let form = format!("once={key}&based_on={based_on}&name={name}&health=once");
    let browser = Arc::new(browser);
    let sendings: Vec<_> = (0..200)
        .map(|_| {
            let (browser, form) = (browser.clone(), form.clone());
            tokio::spawn(async move { browser.another().post("/officials/2/edit", &form).await })
        })
        .collect();
    for sending in sendings {
        let answer = sending.await.unwrap();
        assert_eq!((answer.status, answer.location.as_str()), (303, "/officials/2"), "{}", answer.body);
    }
    assert_eq!(county.office.head(), head + 1, "one effect");
}

#[tokio::test]
async fn a_key_with_other_content_is_refused_and_a_mended_form_is_taken() {
    let county = County::named("once-other");
    let mut browser = county.logged_in("officer").await;
    browser.state(2).await;
    browser.state(3).await;
    let page = browser.get("/officials/2/edit").await.body;
    let (key, based_on, name) = (value(&page, "once"), value(&page, "based_on"), value(&page, "name"));
    let form = |health: &str, born: &str| format!("once={key}&based_on={based_on}&name={name}&health={health}&born={born}");
    // A mistake changes nothing and leaves the key free.
    assert_eq!(browser.post("/officials/2/edit", &form("mended", "198213")).await.status, 422);
    assert_eq!(browser.post("/officials/2/edit", &form("mended", "")).await.status, 303);
    let head = county.office.head();
    let other = browser.post("/officials/2/edit", &form("other", "")).await;
    assert_eq!(other.status, 409, "{}", other.body);
    assert!(other.body.contains("已经提交并办好"), "{}", other.body);
    assert_eq!(county.office.head(), head, "nothing was written");
    // A fresh page has a fresh key.
    assert_ne!(value(&browser.get("/officials/2/edit").await.body, "once"), key);
}

#[tokio::test]
async fn after_a_restart_a_repeat_is_still_one() {
    let county = County::named("once-restart");
    let mut browser = county.logged_in("officer").await;
    browser.state(2).await;
    browser.state(3).await;
    let page = browser.get("/officials/2/edit").await.body;
    let (key, based_on, name) = (value(&page, "once"), value(&page, "based_on"), value(&page, "name"));
    let form = format!("once={key}&based_on={based_on}&name={name}&health=once");
    assert_eq!(browser.post("/officials/2/edit", &form).await.status, 303);
    let head = county.office.head();
    // A program that starts anew remembers no page, but its database knows the key.
    let mut later = county.browser();
    later.jar = browser.jar.clone();
    later.state(2).await;
    let again = later.post("/officials/2/edit", &form).await;
    assert_eq!(again.status, 200);
    assert!(again.body.contains("已经办好") && again.body.contains(&format!("第 {head} 号")), "{}", again.body);
    // Once anything else was written, it knows the address too.
    let page = browser.get("/officials/3/edit").await.body;
    let other = format!("once={}&based_on={}&name={}&health=x", value(&page, "once"), value(&page, "based_on"), value(&page, "name"));
    assert_eq!(browser.post("/officials/3/edit", &other).await.status, 303);
    let again = later.post("/officials/2/edit", &form).await;
    assert_eq!((again.status, again.location.as_str()), (303, "/officials/2"), "{}", again.body);
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
            let key = key.and_then(|k| k.split('"').next()).unwrap_or_else(|| panic!("{}: a form without a key: {form}", rendered.template));
            assert!(keys.insert(key.to_owned()), "{}: two forms share a key", rendered.template);
        }
    }
    assert!(forms > 20, "{forms} forms were looked at");
}
