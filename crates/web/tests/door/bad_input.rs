//! Bad input of the systems of daily work, through the door.

use crate::browser::{Browser, County};
use affairs::case::{self, Filter};
use axum::body::Body;
use axum::http::{Request, header};
use registry::{Actor, AsOf};

fn place(county: &County) -> i64 {
    county.office.read(&Actor::program(), AsOf::default(), |desk| case::places(desk, &["村", "社区"], None)).unwrap().remove(0).id.number()
}

fn report(place: i64, key: &str, words: &str) -> String {
    format!("question=check&act=send&system=whistle-and-report&key={key}&words={words}&place={place}&name=&phone=")
}

/// 同一部手机同一件事发五十次: slowed, and none is lost, though they come at once.
#[tokio::test(crate = "crate::walk", flavor = "multi_thread", worker_threads = 2)]
async fn fifty_reports_from_one_phone_at_once_are_fifty_receipts() {
    let county = County::planted();
    let place = place(&county);
    let mut phone = county.browser();
    phone.get("/r/report").await;
    let begun = std::time::Instant::now();
    let sent: Vec<_> = (0..50)
        .map(|n| {
            let mut again: Browser = phone.another();
            tokio::spawn(async move { again.post("/r/report", &report(place, &format!("k{n}"), "dark")).await })
        })
        .collect();
    let mut numbers = std::collections::BTreeSet::new();
    for answer in sent {
        let answer = answer.await.unwrap();
        assert!(answer.status == 200 || answer.status == 303, "{}: {}", answer.status, answer.body);
        let at = answer.body.find("CS").expect("a receipt number");
        numbers.insert(answer.body[at..].chars().take_while(char::is_ascii_alphanumeric).collect::<String>());
    }
    assert_eq!(numbers.len(), 50, "each has a receipt of its own");
    assert!(begun.elapsed().as_millis() >= 1_500, "the last waited: {:?}", begun.elapsed());
    let lines = county.office.read(&Actor::program(), AsOf::default(), |desk| case::lines(desk, &Filter::default())).unwrap();
    assert_eq!(lines.len(), 50);
    // The same report sent again with its key is the same report.
    let again = phone.post("/r/report", &report(place, "k7", "dark")).await;
    assert!(numbers.iter().any(|n| again.body.contains(n.as_str())));
    let lines = county.office.read(&Actor::program(), AsOf::default(), |desk| case::lines(desk, &Filter::default())).unwrap();
    assert_eq!(lines.len(), 50);
}

/// 带脚本的反映: shown as what it is on every page that shows it.
#[tokio::test(crate = "crate::walk")]
async fn script_in_a_report_is_text_on_every_page_that_shows_it() {
    let county = County::planted();
    let place = place(&county);
    let mut phone = county.browser();
    phone.get("/r/report").await;
    let script = "%3Cscript%3Ealert(1)%3C/script%3E%22%3E%3Cimg%20src=x%20onerror=alert(2)%3E";
    let sent = phone.post("/r/report", &format!("{}&place_words={script}", report(place, "k", script))).await;
    assert!(sent.status == 200, "{}", sent.body);
    let mut officer = county.logged_in("officer").await;
    for path in ["/cases".to_owned(), "/cases/1".into(), format!("/wall/{place}"), "/cases/figures".into(), "/journal".into(), "/".into()] {
        let page = officer.get(&path).await;
        assert!(!page.body.contains("<script>alert") && !page.body.contains("<img src=x"), "{path}: {}", page.body);
    }
    assert!(officer.get("/cases/1").await.body.contains("&lt;script&gt;alert(1)"), "it is there, as text");
    assert!(officer.get("/cases").await.headers["content-security-policy"].to_str().unwrap().contains("script-src"));
}

/// 二百兆的照片: refused in words, at the resident's door and at the duty's.
#[tokio::test(crate = "crate::walk")]
async fn a_photo_of_two_hundred_megabytes_is_refused_in_words() {
    let county = County::planted();
    let place = place(&county);
    let mut phone = county.browser();
    phone.get("/r/report").await;
    phone.post("/r/report", &report(place, "k", "dark")).await;
    let huge = "x".repeat(200 << 20);
    let answer = phone.upload("/r/receipt/photos", "p.jpg", &huge).await;
    assert!(answer.status == 400 && answer.body.contains("照片太大"), "{} {}", answer.status, answer.body.len());
    let mut officer = county.logged_in("officer").await;
    let body = format!("--b\r\ncontent-disposition: form-data; name=\"f-photo\"; filename=\"p.jpg\"\r\n\r\n{huge}\r\n--b--\r\n");
    let request = Request::post(format!("/duties/branch/1/party-life/theme-day?of=2026-10-27&csrf={}", officer.token()))
        .header(header::COOKIE, officer.cookies())
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b")
        .body(Body::from(body))
        .unwrap();
    let answer = officer.send(request).await;
    assert!(answer.status == 400 && answer.body.contains("照片没有传完，或太大"), "{}: {}", answer.status, answer.body.chars().take(600).collect::<String>());
    // The office goes on.
    assert_eq!(officer.get("/duties").await.status, 200);
}
