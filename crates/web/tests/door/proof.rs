//! Proving once more to be oneself: before an export, with everything typed kept.

use crate::browser::County;
use crate::doors::{PASSWORD, clock, code, enter, give_phone, pass, password, settings};
use web::settings::SecondFactor::DemoOff;

#[tokio::test(crate = "crate::walk", flavor = "multi_thread")]
async fn an_export_asks_once_more_and_then_goes_on() {
    let (county, clock) = (County::planted(), clock());
    let mut browser = enter(&county, settings(clock, DemoOff), "officer").await;
    assert_eq!(browser.get("/ledgers/roster/export?format=csv").await.status, 200, "the login itself is a proof for ten minutes");
    pass(clock, 601);

    let asked = browser.get("/ledgers/roster/export?format=csv").await;
    assert_eq!(asked.status, 403);
    assert!(asked.body.contains("导出台账之前") && asked.body.contains("value=\"/ledgers/roster/export?format=csv\""), "{}", asked.body);
    let wrong = browser.post("/account/proof", "target=/ledgers/roster/export?format=csv&password=x").await;
    assert_eq!(wrong.status, 403);
    assert_eq!(browser.get("/ledgers/roster/export?format=csv").await.status, 403);

    let right = browser.post("/account/proof", &format!("target=%2Fledgers%2Froster%2Fexport%3Fformat%3Dcsv&home=/ledgers/roster&password={PASSWORD}")).await;
    assert!(right.body.contains("href=\"/ledgers/roster/export?format=csv\" data-follow"), "{}", right.body);
    assert_eq!(browser.get("/ledgers/roster/export?format=csv").await.status, 200);
}

#[tokio::test(crate = "crate::walk")]
async fn a_form_that_was_filled_in_is_sent_on_as_it_was() {
    let (county, clock) = (County::planted(), clock());
    give_phone(&county, "officer", clock);
    let mut browser = county.browser_with(settings(clock, DemoOff));
    password(&mut browser, "officer").await;
    browser.post("/login/factor", &format!("code={}", code(clock))).await;
    pass(clock, 601);

    let typed = "id=1&id=2&names=%22%3Cb%3E%0A%E6%9D%8E%E6%98%8E&layout=2025&format=pdf";
    let asked = browser.post("/forms/batch", typed).await;
    assert_eq!(asked.status, 403);
    for kept in ["name=\"keep.id\" value=\"1\"", "name=\"keep.id\" value=\"2\"", "value=\"&quot;&lt;b&gt;\n李明\"", "name=\"keep.format\" value=\"pdf\""] {
        assert!(asked.body.contains(kept), "{kept}\n{}", asked.body);
    }
    assert!(!asked.body.contains("name=\"keep.csrf\""));

    let kept = typed.split('&').map(|pair| format!("keep.{pair}")).collect::<Vec<_>>().join("&");
    let right = browser.post("/account/proof", &format!("target=/forms/batch&home=/forms/batch&by_form=1&why=x&{kept}&code={}", code(clock))).await;
    assert_eq!(right.status, 200, "{}", right.body);
    for again in ["action=\"/forms/batch\" method=\"post\" data-follow", "name=\"id\" value=\"2\"", "value=\"&quot;&lt;b&gt;\n李明\""] {
        assert!(right.body.contains(again), "{again}\n{}", right.body);
    }
    assert!(right.body.contains(&browser.token()), "under the token of the new secret");
    assert!(!right.body.contains("password"), "what was typed as a proof goes nowhere else");
    let sent = browser.post("/forms/batch", typed).await;
    assert_eq!(sent.status, 422, "it is looked at now: nobody is called that");
}

#[tokio::test(crate = "crate::walk")]
async fn a_proof_leads_only_to_our_own_pages_and_waits_after_wrong_guesses() {
    let (county, clock) = (County::planted(), clock());
    let mut browser = enter(&county, settings(clock, DemoOff), "officer").await;
    let right = browser.post("/account/proof", &format!("target=https://else.where/&home=//else.where&password={PASSWORD}")).await;
    assert!(!right.body.contains("else.where"));
    for _ in 0..5 {
        browser.post("/account/proof", "target=/&password=x").await;
    }
    let waits = browser.post("/account/proof", &format!("target=/&password={PASSWORD}")).await;
    assert!(waits.body.contains("连续输错多次"));
}

#[tokio::test(crate = "crate::walk")]
async fn an_htmx_request_or_a_program_is_told_in_its_own_way() {
    let (county, clock) = (County::planted(), clock());
    let mut browser = enter(&county, settings(clock, DemoOff), "officer").await;
    pass(clock, 601);
    let request = |name: &str, value: &str| axum::http::Request::get("/ledgers/roster/export?format=csv").header("cookie", browser.cookies()).header(name, value).body(axum::body::Body::empty()).unwrap();
    let (partial, program) = (request("hx-request", "true"), request("accept", "application/json"));
    assert_eq!(browser.send(partial).await.headers["hx-redirect"], "/account/proof?back=%2Fledgers%2Froster");
    let told = browser.send(program).await;
    assert_eq!(told.status, 403);
    assert!(told.headers["content-type"].to_str().unwrap().contains("problem+json"));
}
