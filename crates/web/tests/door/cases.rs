use crate::browser::{Answered, Browser, County};
use affairs::case::{self, Filter};
use registry::account::{self, NewAccount};
use registry::{Actor, AsOf, Error, Role};

/// A county with a community worker, a liaison officer and a place to report from.
struct Town {
    county: County,
    place: i64,
}

impl Town {
    fn planted() -> Town {
        let county = County::planted();
        let place = county
            .office
            .write(&Actor::program(), |desk| {
                let place = case::places(desk, &["村", "社区"], None).map_err(|e| Error::Wrong(e.to_string()))?.remove(0);
                let housing = case::search_units(desk, "公安局", &[], 1).map_err(|e| Error::Wrong(e.to_string()))?.remove(0);
                let new = |name, role, scope| NewAccount { name, shown: name, role, scope: Some(scope), person: None, password: "青云" };
                account::add(desk, new("shequ", Role::CommunityWorker, place.id))?;
                account::add(desk, new("lianluo", Role::Liaison, housing.id))?;
                Ok::<_, Error>(place.id.number())
            })
            .unwrap();
        Town { county, place }
    }
    fn fields(&self, key: &str, words: &str) -> String {
        format!("system=whistle-and-report&key={key}&words={words}&place={}&name=CANARY&phone=13900000001", self.place)
    }
}

async fn report(phone: &mut Browser, town: &Town, key: &str, words: &str) -> Answered {
    phone.post("/r/report", &format!("question=check&act=send&{}", town.fields(key, words))).await
}

/// Receipt number and code as the page shows them.
fn receipt(page: &str) -> (String, String) {
    let mut found = page.split("<b>").skip(1).map(|rest| rest.split("</b>").next().unwrap_or_default().to_owned());
    (found.next().unwrap(), found.next().unwrap())
}

#[tokio::test(crate = "crate::walk")]
async fn a_resident_answers_one_question_a_page_and_follows_with_the_receipt() {
    let town = Town::planted();
    let mut phone = town.county.browser();
    assert!(phone.get("/r").await.body.contains("有事您说"));
    let first = phone.get("/r/report").await;
    assert!(first.body.contains("您要反映什么事") && !first.body.contains("怎么联系您"), "one question a page");
    let empty = phone.post("/r/report", "question=words&act=next&system=whistle-and-report&words=").await;
    assert!(empty.body.contains("一两句话就可以"));
    let second = phone.post("/r/report", "question=words&act=next&system=whistle-and-report&words=%3Cscript%3Ealert(1)%3C/script%3E").await;
    assert!(second.body.contains("是哪个社区") && second.body.contains("&lt;script&gt;") && !second.body.contains("<script>alert"));
    let sent = report(&mut phone, &town, "k1", "%3Cb%3Edark%3C/b%3E").await;
    let (number, code) = receipt(&sent.body);
    let again = report(&mut phone, &town, "k1", "%3Cb%3Edark%3C/b%3E").await;
    assert_eq!(receipt(&again.body), (number.clone(), code.clone()), "the same key is the same report");
    assert!(again.body.contains("不用再发"));
    let follow = phone.post("/r/receipt", &format!("number={number}&code={code}")).await;
    assert!(follow.body.contains("已收到，正在看") && follow.body.contains("&lt;b&gt;dark"));
    let wrong = phone.post("/r/receipt", &format!("number={number}&code=000000")).await;
    assert!(wrong.body.contains("请核对回执号") && !wrong.body.contains("dark"));
}

#[tokio::test(crate = "crate::walk")]
async fn the_same_report_many_times_from_one_phone_is_slowed_and_none_is_lost() {
    let town = Town::planted();
    let mut phone = town.county.browser();
    phone.get("/r/report").await;
    let before = std::time::Instant::now();
    let mut receipts = std::collections::BTreeSet::new();
    for n in 0..8 {
        receipts.insert(receipt(&report(&mut phone, &town, &format!("k{n}"), "dark").await.body).0);
    }
    assert_eq!(receipts.len(), 8);
    assert!(before.elapsed().as_millis() >= 1_400, "slowed: {:?}", before.elapsed());
    let lines = town.county.office.read(&Actor::program(), AsOf::default(), |desk| case::lines(desk, &Filter::default())).unwrap();
    assert_eq!(lines.len(), 8);
}

#[tokio::test(crate = "crate::walk")]
async fn community_and_department_work_a_case_at_their_doors_without_learning_who_reported() {
    let town = Town::planted();
    let mut phone = town.county.browser();
    phone.get("/r/report").await;
    let (number, code) = receipt(&report(&mut phone, &town, "k", "dark").await.body);
    let mut worker = town.county.logged_in("shequ").await;
    assert_eq!(worker.get("/").await.location, "/cases");
    let board = worker.get("/cases").await;
    assert!(board.body.contains("dark") && !board.body.contains("CANARY"));
    let deed = |act: &str| format!("act={act}");
    assert_eq!(worker.post("/cases/1/deeds", &deed("answer&says=done")).await.status, 422, "not before it is sorted");
    assert_eq!(worker.post("/cases/1/deeds", &deed("sort&word=property")).await.status, 303);
    let page = worker.get("/cases/1").await;
    assert!(page.body.contains("吹哨") && !page.body.contains("CANARY"));
    let unit = town.county.office.read(&Actor::program(), AsOf::default(), |desk| case::search_units(desk, "公安局", &[], 1)).unwrap()[0].id;
    let mut liaison = town.county.logged_in("lianluo").await;
    assert_eq!(liaison.get("/cases/1").await.status, 404, "a department finds only what it is called for");
    assert_eq!(worker.post("/cases/1/deeds", &deed(&format!("whistle&unit={unit}"))).await.status, 303);
    let board = liaison.get("/cases").await;
    let part = board.body.split("name=\"part\" value=\"").nth(1).and_then(|r| r.split('"').next()).expect("one tap to claim").to_owned();
    assert_eq!(liaison.post("/cases/1/deeds", &deed(&format!("claim&part={part}&back=board"))).await.location, "/cases");
    assert_eq!(liaison.post("/cases/1/deeds", &deed(&format!("reply&part={part}&says=fixed"))).await.status, 303);
    assert_eq!(worker.post("/cases/1/deeds", &deed("answer&says=light")).await.status, 303);
    let told = phone.post("/r/receipt", &format!("number={number}&code={code}")).await;
    assert!(told.body.contains("light") && told.body.contains("办得怎么样"));
    let rated = phone.post("/r/receipt/rating", &format!("number={number}&code={code}&word=%E5%A5%BD")).await;
    assert!(rated.body.contains("您的评价"));
    let seen = worker.post("/cases/1/reporter", "reason=call").await;
    assert!(seen.body.contains("CANARY"));
    assert_eq!(worker.post("/cases/1/reporter", "reason=").await.status, 400, "never without a reason");
    let figures = worker.get("/cases/figures").await;
    assert!(figures.body.contains("100.0%"));
    let paper = worker.get("/cases/figures/summary.docx").await;
    assert!(paper.status == 200 && paper.headers["content-type"].to_str().unwrap().contains("wordprocessing"));
}

#[tokio::test(crate = "crate::walk")]
async fn the_wall_and_the_poster_show_no_word_of_anybody() {
    let town = Town::planted();
    let mut phone = town.county.browser();
    phone.get("/r/report").await;
    report(&mut phone, &town, "k", "SECRETWORDS").await;
    let wall = phone.get(&format!("/wall/{}", town.place)).await;
    assert_eq!(wall.status, 200);
    assert!(wall.body.contains("受理") && !wall.body.contains("SECRETWORDS") && !wall.body.contains("CANARY"));
    let poster = phone.get(&format!("/wall/{}/poster", town.place)).await;
    assert!(poster.body.contains("<path d=\"M4 4") && poster.body.contains(&format!("report?place={}", town.place)));
}

#[tokio::test(crate = "crate::walk")]
async fn a_photo_of_two_hundred_megabytes_is_refused_kindly_before_it_is_read() {
    let town = Town::planted();
    let mut phone = town.county.browser();
    phone.get("/r/report").await;
    report(&mut phone, &town, "k", "dark").await;
    let huge = "x".repeat(12 << 20);
    let answer = phone.upload("/r/receipt/photos", "p.jpg", &huge).await;
    assert!(answer.status == 400 && answer.body.contains("照片太大"), "{} {}", answer.status, answer.body.len());
}

#[tokio::test(crate = "crate::walk")]
async fn a_slip_typed_in_at_the_desk_takes_its_photo_with_the_receipt() {
    let town = Town::planted();
    let mut worker = town.county.logged_in("shequ").await;
    let page = worker.get("/cases/new").await;
    assert!(page.body.contains("name=\"system\" value=\"whistle-and-report\""), "what most people come with stands first: {}", page.body);
    let key = page.body.split("name=\"key\" value=\"").nth(1).and_then(|r| r.split('"').next()).unwrap().to_owned();
    let place = page.body.split("name=\"place\"").nth(1).and_then(|r| r.split("<option value=\"").find_map(|o| o.split('"').next().filter(|v| v.parse::<i64>().is_ok()))).unwrap().to_owned();
    let slip = worker.post("/cases", &format!("system=whistle-and-report&key={key}&way=%E6%9D%A5%E7%94%B5&words=dark&place={place}")).await;
    assert!(slip.status == 200 && slip.body.contains("补上照片"), "{}", slip.body);
    let hidden = |name: &str| slip.body.split(&format!("name=\"{name}\" value=\"")).nth(1).and_then(|r| r.split('"').next()).unwrap().to_owned();
    let (number, code) = (hidden("number"), hidden("code"));
    let part = |name: &str, value: &str| format!("--b\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes();
    let mut body = [part("number", &number), part("code", &code)].concat();
    body.extend_from_slice(b"--b\r\ncontent-disposition: form-data; name=\"photo\"; filename=\"slip.jpg\"\r\n\r\n");
    body.extend_from_slice(&jpeg());
    body.extend_from_slice(b"\r\n--b--\r\n");
    let request = axum::http::Request::post(format!("/r/receipt/photos?csrf={}", worker.token()))
        .header(axum::http::header::COOKIE, worker.cookies())
        .header(axum::http::header::CONTENT_TYPE, "multipart/form-data; boundary=b")
        .body(axum::body::Body::from(body))
        .unwrap();
    let sent = worker.send(request).await;
    assert!(sent.status == 200 && sent.body.contains("照片收到了"), "{}", sent.body);
    let kept = town.county.office.store.read(|tx| tx.one("select count(*) from case_files", &[])).unwrap().int(0);
    assert_eq!(kept, 1);
}

/// A photo of one grey point.
fn jpeg() -> Vec<u8> {
    let mut bytes = Vec::new();
    image::codecs::jpeg::JpegEncoder::new(&mut bytes).encode(&[128], 1, 1, image::ExtendedColorType::L8).unwrap();
    bytes
}

/// Whoever phones says the number of the receipt; closed or not, it leads to the case, and to nobody who may not see it.
#[tokio::test(crate = "crate::walk")]
async fn a_receipt_or_a_word_finds_the_case_for_who_may_see_it() {
    let town = Town::planted();
    let mut phone = town.county.browser();
    phone.get("/r/report").await;
    let number = receipt(&report(&mut phone, &town, "k", "streetlamp+dark").await.body).0;
    let mut worker = town.county.logged_in("shequ").await;
    for asked in [number.clone(), number.to_lowercase()] {
        assert_eq!(worker.get(&format!("/cases?q={asked}")).await.location, "/cases/1", "{asked}");
    }
    assert!(worker.get("/cases?q=lamp").await.body.contains("streetlamp dark"));
    let none = worker.get("/cases?q=CS9999999").await;
    assert!(none.status == 200 && none.body.contains("没有查到含“CS9999999”的"));
    assert!(!worker.get("/").await.body.contains("action=\"/search\""), "no box that leads nowhere");
    let mut officer = town.county.logged_in("officer").await;
    assert_eq!(officer.get(&format!("/search?q={number}")).await.location, "/cases/1");
    let mut liaison = town.county.logged_in("lianluo").await;
    let stranger = liaison.get(&format!("/cases?q={number}")).await;
    assert!(stranger.status == 200 && !stranger.body.contains("streetlamp"), "not called for it");
}

/// What was typed for one act never stands in the form of another, least of all in the answer to the resident.
#[tokio::test(crate = "crate::walk")]
async fn a_refused_act_keeps_what_was_typed_in_its_own_form_alone() {
    let town = Town::planted();
    let mut phone = town.county.browser();
    phone.get("/r/report").await;
    report(&mut phone, &town, "k", "dark").await;
    let mut worker = town.county.logged_in("shequ").await;
    assert_eq!(worker.post("/cases/1/deeds", "act=sort&word=property").await.status, 303);
    let refused = worker.post("/cases/1/deeds", "act=extend&length=soon&in=hours&says=PLEASEWAIT").await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.body.matches("PLEASEWAIT").count(), 1, "in one form");
    let form = refused.body.split("<details class=\"more\" open>").nth(1).and_then(|rest| rest.split("</details>").next()).expect("the form stands open");
    assert!(form.contains("value=\"soon\"") && form.contains("<option value=\"hours\" selected>") && form.contains("PLEASEWAIT"), "{form}");
    let merged = worker.post("/cases/1/deeds", "act=merge&into=CS0009999").await;
    assert!(merged.status == 422 && merged.body.contains("value=\"CS0009999\""), "{} {}", merged.status, merged.location);
}

#[tokio::test(crate = "crate::walk")]
async fn another_kind_of_case_keeps_what_was_typed_and_registers_nothing() {
    let town = Town::planted();
    let mut worker = town.county.logged_in("shequ").await;
    let page = worker.get("/cases/new").await.body;
    let others: Vec<&str> = page.split("<option value=\"").filter_map(|o| o.split('"').next()).filter(|id| *id == "claims" || *id == "grid").collect();
    assert!(!others.is_empty(), "more than one kind");
    let other = others[0];
    let changed = worker.post("/cases", &format!("system=whistle-and-report&which={other}&change=1&words=STREETLAMP&place_words=CORNER")).await;
    assert!(changed.status == 200 && changed.body.contains(&format!("name=\"system\" value=\"{other}\"")), "{}", changed.status);
    assert!(changed.body.contains("STREETLAMP") && changed.body.contains("CORNER"));
    assert!(town.county.office.read(&Actor::program(), AsOf::default(), |desk| case::lines(desk, &Filter::default())).unwrap().is_empty());
}
