//! T-50, T-51: sessions: fixation, rotation, kill, closed accounts, time-outs.

use crate::browser::{Browser, County};
use crate::doors::{clock, enter, now, pass, password, settings};
use registry::account::session::limits;
use registry::{Actor, Error, account};
use vocabulary::Moment;
use web::settings::SecondFactor::DemoOff;

async fn is_in(browser: &mut Browser) -> bool {
    match browser.get("/account").await.status {
        200 => true,
        303 => false,
        other => panic!("neither in nor out: {other}"),
    }
}

#[tokio::test(crate = "crate::walk")]
async fn a_cookie_from_before_the_login_is_worth_nothing_after_it() {
    let (county, clock) = (County::planted(), clock());
    let mut browser = county.browser_with(settings(clock, DemoOff));
    browser.get("/login").await;
    let before = browser.cookie("zhiren_door").expect("a cookie of the door");
    assert!(before.len() >= 32, "128 bits are 32 signs");
    // A stranger has put a session of their own making into the browser.
    browser.jar.push(("zhiren".into(), "f".repeat(64)));
    browser.jar.swap(0, 1);
    assert!(!is_in(&mut browser).await);
    browser.jar.retain(|(name, _)| name == "zhiren_door");

    password(&mut browser, "officer").await;

    let session = browser.session().expect("a session");
    assert_eq!(session.len(), 64, "256 bits");
    assert_ne!(session, before);
    let mut stranger = county.browser_with(settings(clock, DemoOff));
    for made_up in [before, "f".repeat(64), String::new()] {
        stranger.jar = vec![("zhiren".into(), made_up)];
        assert!(!is_in(&mut stranger).await);
    }
}

#[tokio::test(crate = "crate::walk")]
async fn a_proof_gives_a_new_secret_and_the_old_one_dies() {
    let (county, clock) = (County::planted(), clock());
    let mut browser = enter(&county, settings(clock, DemoOff), "officer").await;
    let old = browser.clone();
    pass(clock, 700);

    let proof = browser.post("/account/proof", &format!("target=/account&password={}", crate::doors::PASSWORD)).await;

    assert_eq!(proof.status, 200, "{}", proof.body);
    assert_ne!(browser.session(), old.session());
    assert!(is_in(&mut browser).await && !is_in(&mut old.clone()).await);
}

#[tokio::test(crate = "crate::walk")]
async fn ones_own_sessions_are_listed_and_ended() {
    let (county, clock) = (County::planted(), clock());
    let mut here = enter(&county, settings(clock, DemoOff), "officer").await;
    let mut elsewhere = here.clone();
    elsewhere.jar.clear();
    elsewhere.agent = "Mozilla/5.0 (iPhone) Safari/604".into();
    password(&mut elsewhere, "officer").await;
    let mut third = county.browser_with(settings(clock, DemoOff));
    password(&mut third, "unit").await;

    let page = here.get("/account").await.body;
    assert!(page.contains("Chrome · Linux") && page.contains("Safari · iPhone") && page.contains("就是这里"));
    // The newest is the first with a number that is not ours; another account's is not ours to end.
    let numbers: Vec<i64> = page.split("/account/sessions/").skip(1).filter_map(|part| part.split('/').next()?.parse().ok()).collect();
    assert_eq!(numbers.len(), 2);
    let foreign = numbers.iter().max().unwrap() + 1;
    assert_eq!(here.post(&format!("/account/sessions/{foreign}/removal"), "").await.status, 404);
    assert!(is_in(&mut third).await);
    let other = numbers.iter().max().unwrap();
    assert_eq!(here.post(&format!("/account/sessions/{other}/removal"), "").await.location, "/account");
    assert!(!is_in(&mut elsewhere).await && is_in(&mut here).await);

    password(&mut elsewhere, "officer").await;
    here.post("/account/sessions/removal", "").await;
    assert!(!is_in(&mut elsewhere).await && is_in(&mut here).await && is_in(&mut third).await);
}

#[tokio::test(crate = "crate::walk")]
async fn a_closed_accounts_sessions_die_with_the_next_request() {
    let (county, clock) = (County::planted(), clock());
    let mut browser = enter(&county, settings(clock, DemoOff), "officer").await;
    assert!(is_in(&mut browser).await);

    county
        .office
        .write(&Actor::program(), |desk| {
            let found = account::named(desk, "officer")?.unwrap();
            account::close(desk, found.id, Moment(now(clock)))?;
            Ok::<_, Error>(())
        })
        .unwrap();

    assert!(!is_in(&mut browser).await, "no second passes");
    assert_eq!(password(&mut browser, "officer").await.status, 200, "and nobody comes in with it again");
}

#[tokio::test(crate = "crate::walk")]
async fn a_session_ends_when_it_is_idle_or_old_as_its_role_says() {
    let (county, clock) = (County::planted(), clock());
    for name in ["officer", "me"] {
        let role = if name == "officer" { registry::actor::Role::Officer } else { registry::actor::Role::Recorded };
        let (idle, whole) = limits(role);
        let mut browser = enter(&county, settings(clock, DemoOff), if name == "me" { "officer" } else { name }).await;
        if name == "me" {
            browser = county.browser_with(settings(clock, DemoOff));
            assert_eq!(password(&mut browser, name).await.status, 303);
        }
        // Used all the time: it lasts until it is old, and not longer.
        let mut spent = 0;
        while spent + idle - 60 < whole {
            pass(clock, idle - 60);
            spent += idle - 60;
            assert!(is_in(&mut browser).await, "{name} after {spent} seconds");
        }
        pass(clock, whole - spent);
        assert!(!is_in(&mut browser).await, "{name}: old");

        password(&mut browser, name).await;
        pass(clock, idle - 1);
        assert!(is_in(&mut browser).await, "{name}: not yet idle");
        pass(clock, idle);
        assert!(!is_in(&mut browser).await, "{name}: idle");
    }
    let administrators = limits(registry::actor::Role::SecurityAdmin);
    assert!(administrators < limits(registry::actor::Role::Officer), "who looks after the doors has the shorter one");
}

#[tokio::test(crate = "crate::walk")]
async fn leaving_ends_the_session_here_and_not_only_in_the_browser() {
    let (county, clock) = (County::planted(), clock());
    let mut browser = enter(&county, settings(clock, DemoOff), "officer").await;
    let mut copy = browser.clone();
    browser.post("/logout", "").await;
    assert!(browser.session().is_none());
    assert!(!is_in(&mut copy).await);
}

#[tokio::test(crate = "crate::walk")]
async fn the_security_administrator_ends_sessions_and_takes_factors_but_comes_in_nowhere() {
    let (county, clock) = (County::planted(), clock());
    let mut admin = enter(&county, settings(clock, DemoOff), "security_admin").await;
    let mut browser = enter(&county, settings(clock, DemoOff), "officer").await;
    crate::doors::give_phone(&county, "officer", clock);
    let number = |name| county.office.read(&Actor::program(), Default::default(), |desk| Ok::<_, Error>(account::named(desk, name)?.unwrap().id)).unwrap();
    let (officer, own) = (number("officer"), number("security_admin"));

    let page = admin.get(&format!("/accounts/{officer}")).await.body;
    assert!(page.contains("强制退出") && page.contains("取消第二因素"), "{page}");
    assert_eq!(admin.post(&format!("/accounts/{officer}/sessions/removal"), "").await.status, 303);
    assert!(!is_in(&mut browser).await);
    browser.jar.clear();
    assert_eq!(password(&mut browser, "officer").await.location, "/login/factor", "the password alone still opens nothing");
    assert_eq!(admin.post(&format!("/accounts/{officer}/factors/removal"), "").await.status, 303);
    browser.jar.clear();
    assert_eq!(password(&mut browser, "officer").await.location, "/");

    assert_eq!(browser.post(&format!("/accounts/{own}/sessions/removal"), "").await.status, 404, "an officer ends nobody's");
    assert_eq!(admin.post(&format!("/accounts/{own}/sessions/removal"), "").await.status, 400, "one's own are on one's own page");
    pass(clock, 601);
    assert_eq!(admin.post(&format!("/accounts/{officer}/factors/removal"), "").await.status, 403, "who sits there is asked first");
}

#[tokio::test(crate = "crate::walk")]
async fn the_security_administrator_sees_every_open_session_and_ends_one_of_them() {
    let (county, clock) = (County::planted(), clock());
    let mut browser = enter(&county, settings(clock, DemoOff), "officer").await;
    let mut elsewhere = browser.clone();
    elsewhere.jar.clear();
    elsewhere.agent = "Mozilla/5.0 (iPhone) Safari/604".into();
    password(&mut elsewhere, "officer").await;
    let mut unit = enter(&county, settings(clock, DemoOff), "unit").await;
    let mut left = enter(&county, settings(clock, DemoOff), "me").await;
    left.post("/logout", "").await;
    let mut admin = enter(&county, settings(clock, DemoOff), "security_admin").await;

    let page = admin.get("/accounts/sessions").await.body;
    let numbers = |page: &str| -> Vec<i64> { page.split("/accounts/sessions/").skip(1).filter_map(|part| part.split('/').next()?.parse().ok()).collect() };
    assert_eq!(numbers(&page).len(), 3, "two of the officer, one of the unit; one's own is ended on one's own page: {page}");
    assert!(page.contains("Safari · iPhone") && page.contains("href=\"/account\">我的账户"), "{page}");
    let phone = {
        let row = county.office.store.read(|tx| tx.one("select id from sessions where browser like '%iPhone%' and closed is null", &[])).unwrap();
        row.int(0)
    };
    assert!(numbers(&page).contains(&phone));
    let end = |id: i64| format!("/accounts/sessions/{id}/removal");
    assert_eq!(unit.get("/accounts/sessions").await.status, 404);
    assert_eq!(unit.post(&end(phone), "").await.status, 404);
    assert!(is_in(&mut elsewhere).await);

    assert_eq!(admin.post(&end(phone), "").await.location, "/accounts/sessions");

    assert!(!is_in(&mut elsewhere).await && is_in(&mut browser).await && is_in(&mut unit).await, "that one and no other");
    let told = county.office.store.read(|tx| tx.one("select says, actor from journal where act = 'session.end' order by id desc limit 1", &[])).unwrap();
    assert_eq!(told.text(0), "强制退出了这个账户的一个会话");
    assert_eq!(admin.post(&end(phone), "").await.status, 404, "it is over");
    assert_eq!(numbers(&admin.get("/accounts/sessions").await.body).len(), 2);
    // Whoever never came back to learn that their time is over is not shown as being in.
    pass(clock, 31 * 60);
    let mut later = enter(&county, settings(clock, DemoOff), "security_admin").await;
    assert_eq!(numbers(&later.get("/accounts/sessions").await.body), Vec::<i64>::new());
}

#[tokio::test(crate = "crate::walk")]
async fn a_role_that_comes_to_see_others_asks_for_the_second_factor_at_once() {
    let (county, clock) = (County::planted(), clock());
    let mut browser = enter(&county, settings(clock, web::settings::SecondFactor::Required), "me").await;
    assert!(is_in(&mut browser).await);
    county.office.write(&Actor::program(), |desk| Ok::<_, Error>(desk.execute("update accounts set role = 'officer' where name = 'me'", &[])?)).unwrap();
    assert_eq!(browser.get("/").await.location, "/login");
    assert_eq!(browser.get("/login").await.location, "/account/factors");
}
