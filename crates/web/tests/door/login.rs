use crate::browser::County;

#[tokio::test(crate = "crate::walk")]
async fn a_stranger_is_led_to_the_login_and_back() {
    let county = County::planted();
    let mut browser = county.browser();

    let asked = browser.get("/officials/3?as_of=2024-01-01").await;
    assert_eq!((asked.status, asked.location.as_str()), (303, "/login?back=%2Fofficials%2F3%3Fas_of%3D2024-01-01"));

    browser.get("/login").await;
    let wrong = browser.post("/login", "name=officer&password=x&back=/officials/3").await;
    assert_eq!(wrong.status, 200);
    assert!(wrong.body.contains("账号或密码不对") && wrong.body.contains("value=\"officer\""), "what was typed comes back");

    let right = browser.post("/login", "name=officer&password=%E9%9D%92%E4%BA%91&back=/officials/3").await;
    assert_eq!((right.status, right.location.as_str()), (303, "/officials/3"));
    assert_eq!(browser.get("/officials/3").await.status, 200);

    assert_eq!(browser.post("/logout", "").await.location, "/login");
    assert_eq!(browser.get("/officials/3").await.status, 303, "the session is closed here, not only in the browser");
}

#[tokio::test(crate = "crate::walk")]
async fn nothing_is_changed_without_the_token_of_the_page() {
    let county = County::planted();
    let mut browser = county.logged_in("officer").await;
    browser.state(1).await;
    let before = county.office.head();

    for form in ["name=X&based_on=1", "csrf=0123&name=X&based_on=1"] {
        let refused = browser.post_as_it_is("/officials/1/edit", form).await;
        assert_eq!(refused.status, 403);
        assert!(refused.body.contains("已经过期"));
    }

    assert_eq!(county.office.head(), before);
}

#[tokio::test(crate = "crate::walk")]
async fn every_page_goes_out_with_the_headers_that_protect_it() {
    let county = County::planted();
    let mut browser = county.logged_in("officer").await;

    let page = browser.get("/").await;

    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("script-src 'self'") && policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"));
    assert_eq!(page.headers["x-content-type-options"], "nosniff");
    assert_eq!(page.headers["referrer-policy"], "same-origin");
    assert_eq!(page.headers["cache-control"], "no-store");
    assert_eq!(browser.get("/health").await.body, "ok\n");
}
