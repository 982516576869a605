//! T-55: the second factor: asked for, used once, guessed at, lost.

use crate::browser::{Browser, County};
use crate::doors::{PASSWORD, clock, code, give_phone, pass, password, settings};
use web::settings::SecondFactor::{DemoOff, Required};

#[tokio::test(crate = "crate::walk")]
async fn who_sees_others_does_not_come_in_by_a_password_alone() {
    let (county, clock) = (County::planted(), clock());
    for (name, goes_to) in [("officer", "/account/factors"), ("unit", "/account/factors"), ("me", "/")] {
        let mut browser = county.browser_with(settings(clock, Required));
        assert_eq!(password(&mut browser, name).await.location, goes_to, "{name}");
        if name != "me" {
            for path in ["/", "/officials/1", "/ledgers/roster", "/journal", "/account", "/account/proof", "/login/factor"] {
                let page = browser.get(path).await;
                assert!(page.location.starts_with("/login"), "{name} {path}: {} {}", page.status, page.location);
            }
            assert_eq!(browser.post("/account/recovery", "").await.status, 303, "nothing else is open half way");
        }
    }
}

#[tokio::test(crate = "crate::walk")]
async fn a_phone_is_set_up_at_the_first_login_and_asked_for_at_the_next() {
    let (county, clock) = (County::planted(), clock());
    let mut browser = county.browser_with(settings(clock, Required));
    password(&mut browser, "officer").await;
    let half_way = browser.session();
    let page = browser.get("/account/factors/totp").await.body;
    assert!(page.contains("<svg") && !page.contains("<?xml"));
    let written = page.split("account-key\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let key = registry::account::totp::Key::read(&written).unwrap();

    let wrong = browser.post("/account/factors/totp", "code=000000").await;
    assert_eq!(wrong.status, 422);
    let step = crate::doors::now(clock) / 30;
    let done = browser.post("/account/factors/totp", &format!("code={}&label=x", key.code(step))).await;
    assert_eq!(done.status, 200);
    let codes: Vec<&str> = done.body.split("<code>").skip(1).map(|part| part.split('<').next().unwrap()).collect();
    assert_eq!(codes.len(), 10);
    assert_ne!(browser.session(), half_way, "a new secret");
    assert_eq!(browser.get("/").await.status, 200);

    browser.post("/logout", "").await;
    assert_eq!(password(&mut browser, "officer").await.location, "/login/factor");
    let reused = browser.post("/login/factor", &format!("code={}", key.code(step))).await;
    assert!(reused.body.contains("已经用过"), "the code that set it up is used up");
    pass(clock, 30);
    let next = browser.post("/login/factor", &format!("code={}&back=/officials/1", key.code(step + 1))).await;
    assert_eq!((next.status, next.location.as_str()), (303, "/officials/1"));

    // The phone is lost: a code on paper, once.
    browser.post("/logout", "").await;
    password(&mut browser, "officer").await;
    let paper = browser.post("/login/factor", &format!("code={}", codes[0].to_lowercase())).await;
    assert_eq!((paper.status, paper.location.as_str()), (303, "/"));
    assert!(browser.get("/account").await.body.contains("恢复码还有 9 个"));
    browser.post("/logout", "").await;
    password(&mut browser, "officer").await;
    assert_eq!(browser.post("/login/factor", &format!("code={}", codes[0])).await.status, 200, "not a second time");
}

#[tokio::test(crate = "crate::walk")]
async fn codes_are_guessed_five_times_and_then_wait() {
    let (county, clock) = (County::planted(), clock());
    give_phone(&county, "officer", clock);
    let mut browser = county.browser_with(settings(clock, DemoOff));
    assert_eq!(password(&mut browser, "officer").await.location, "/login/factor", "a factor that is there is asked for in the demo too");
    for _ in 0..5 {
        assert!(browser.post("/login/factor", "code=000000").await.body.contains("动态码不对"));
    }
    let right = browser.post("/login/factor", &format!("code={}", code(clock))).await;
    assert!(right.body.contains("连续输错多次"), "the right one waits too");
    // A new login does not begin the count anew.
    let mut again = county.browser_with(settings(clock, DemoOff));
    password(&mut again, "officer").await;
    assert!(again.post("/login/factor", &format!("code={}", code(clock))).await.body.contains("连续输错多次"));
    pass(clock, 31);
    assert_eq!(again.post("/login/factor", &format!("code={}", code(clock))).await.status, 303);
}

#[tokio::test(crate = "crate::walk")]
async fn a_code_is_good_for_one_login_only() {
    let (county, clock) = (County::planted(), clock());
    give_phone(&county, "officer", clock);
    let code = code(clock);
    let mut first = county.browser_with(settings(clock, Required));
    let mut second = county.browser_with(settings(clock, Required));
    password(&mut first, "officer").await;
    password(&mut second, "officer").await;
    assert_eq!(first.post("/login/factor", &format!("code={code}")).await.status, 303);
    assert_eq!(second.post("/login/factor", &format!("code={code}")).await.status, 200, "somebody read it over her shoulder");
}

#[tokio::test(crate = "crate::walk")]
async fn the_last_factor_stays_where_one_is_required() {
    let (county, clock) = (County::planted(), clock());
    give_phone(&county, "officer", clock);
    let mut browser = county.browser_with(settings(clock, Required));
    password(&mut browser, "officer").await;
    browser.post("/login/factor", &format!("code={}", code(clock))).await;
    let page = browser.get("/account").await.body;
    let id = page.split("/account/factors/").nth(1).unwrap().split('/').next().unwrap().to_owned();

    let refused = browser.post(&format!("/account/factors/{id}/removal"), "").await;

    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("GB/T 22239-2019"));
    let mut other = county.browser_with(settings(clock, DemoOff));
    password(&mut other, "unit").await;
    assert_eq!(other.post(&format!("/account/factors/{id}/removal"), "").await.status, 404, "nor is it somebody else's");
}

#[tokio::test(crate = "crate::walk")]
async fn a_password_that_was_given_or_is_too_old_is_changed_before_anything_else() {
    let (county, clock) = (County::planted(), clock());
    let profile = registry::account::password::Profile::Dengbao3;
    let strict = || web::Settings { password_profile: profile, ..settings(clock, DemoOff) };
    let mut browser = county.browser_with(strict());
    password(&mut browser, "officer").await;
    let change = |old: &str, new: &str, again: &str| format!("old={old}&new={new}&again={again}");

    let weak = browser.post("/account/password", &change(PASSWORD, "abc", "abc")).await;
    assert_eq!(weak.status, 422);
    assert!(weak.body.contains("至少 12 个字") && weak.body.contains("GB/T 22239-2019"));
    assert!(browser.post("/account/password", &change("x", "Tulip7-moorqz", "Tulip7-moorqz")).await.body.contains("现在的密码不对"));
    assert!(browser.post("/account/password", &change(PASSWORD, "Tulip7-moorqz", "Tulip7-moorq")).await.body.contains("不一样"));
    let mut elsewhere = county.browser_with(strict());
    password(&mut elsewhere, "officer").await;
    let changed = browser.post("/account/password", &change(PASSWORD, "Tulip7-moorqz", "Tulip7-moorqz")).await;
    assert_eq!((changed.status, changed.location.as_str()), (303, "/account"), "{}", changed.body);
    assert_eq!(elsewhere.get("/account").await.status, 303, "every other session is over");
    assert_eq!(browser.get("/account").await.status, 200);

    pass(clock, 89 * 86_400);
    let enter = |browser: Browser| async move {
        let mut browser = browser;
        browser.jar.clear();
        browser.get("/login").await;
        browser.post("/login", "name=officer&password=Tulip7-moorqz").await.location
    };
    assert_eq!(enter(browser.clone()).await, "/");
    pass(clock, 2 * 86_400);
    assert_eq!(enter(browser.clone()).await, "/account/password", "ninety days are over");
    let asvs = county.browser_with(settings(clock, DemoOff));
    assert_eq!(enter(asvs).await, "/", "the other profile rotates nothing");
    let due = {
        let mut browser = county.browser_with(strict());
        browser.get("/login").await;
        browser.post("/login", "name=officer&password=Tulip7-moorqz").await;
        assert_eq!(browser.get("/officials/1").await.location, "/login?back=%2Fofficials%2F1");
        browser.post("/account/password", &change("Tulip7-moorqz", "Quartz8-millpond", "Quartz8-millpond")).await
    };
    assert_eq!((due.status, due.location.as_str()), (303, "/"));
}
