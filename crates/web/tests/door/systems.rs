//! The systems that are files, through the door: lists, ledgers, an open account, reports whose figures open.

use crate::browser::County;
use affairs::matter;
use registry::{Actor, AsOf, organisation};
use std::collections::BTreeSet;

fn encoded(text: &str) -> String {
    text.bytes().map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

fn form(pairs: &[(&str, &str)]) -> String {
    pairs.iter().map(|(k, v)| format!("{k}={}", encoded(v))).collect::<Vec<_>>().join("&")
}

/// Short name of some organisation of a kind.
fn some(county: &County, kind: &str) -> String {
    county.office.read(&Actor::program(), AsOf::default(), |desk| Ok::<_, registry::Error>(organisation::all(desk)?.into_iter().find(|u| u.kind.as_deref() == Some(kind)).map(|u| u.short_name))).unwrap().unwrap()
}

#[tokio::test(crate = "crate::walk")]
async fn a_task_is_put_on_the_list_finished_with_evidence_and_nothing_typed_is_lost() {
    let county = County::planted();
    let town = some(&county, "镇");
    let mut officer = county.logged_in("officer").await;
    let wrong = officer.post("/tasks", &form(&[("unit", "没有这个镇"), ("problem", "大走访"), ("measure", "包户"), ("owner", "李强"), ("due", "2026-12-20")])).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("没有找到单位“没有这个镇”") && wrong.body.contains("value=\"大走访\""), "{}", wrong.body);
    let nothing = officer.post("/tasks", &form(&[("unit", ""), ("problem", "大走访"), ("due", "")])).await;
    let said: Vec<bool> = ["单位", "问题", "措施", "责任人", "时限"].iter().map(|label| nothing.body.contains(&format!("没有填写{label}"))).collect();
    assert_eq!((nothing.status, said), (422, vec![true, false, true, true, true]));
    let past = officer.post("/tasks", &form(&[("unit", &town), ("problem", "大走访"), ("measure", ""), ("owner", "李强"), ("due", "2026-01-20")])).await;
    assert!(past.status == 422 && past.body.contains("没有填写措施") && past.body.contains("已经过去"), "{}", past.body);
    assert_eq!(officer.post("/tasks", &form(&[("unit", &town), ("problem", "大走访"), ("measure", "包户"), ("owner", "李强"), ("due", "2026-11-30")])).await.status, 303);
    let list = officer.get("/tasks").await;
    assert!(list.body.contains("大走访") && list.body.contains("临近时限"), "{}", list.body);
    assert!(officer.get("/tasks?light=red").await.body.contains("没有这样的任务"));
    assert_eq!(officer.post("/tasks/1", &form(&[("on", "2026-11-22"), ("evidence", "")])).await.status, 422);
    assert_eq!(officer.post("/tasks/1", &form(&[("on", "2026-11-22"), ("evidence", "走访记录存镇")])).await.status, 303);
    assert!(officer.get("/tasks?light=done").await.body.contains("走访记录存镇"));
    assert_eq!(officer.post("/tasks/99", &form(&[("on", "2026-11-22"), ("evidence", "x")])).await.status, 404);
    let mut recorded = county.logged_in("me").await;
    assert_eq!(recorded.get("/tasks").await.status, 404, "no list of others for who is only on record");
}

#[tokio::test(crate = "crate::walk")]
async fn every_figure_of_the_half_year_opens_a_page_that_says_the_same_number() {
    let county = County::planted();
    let mut officer = county.logged_in("officer").await;
    let page = officer.get("/reports/party-life/half-year").await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("2026年下半年"), "{}", page.body);
    let mut opened = BTreeSet::new();
    for part in page.body.split("<a class=\"report-figure\" href=\"").skip(1) {
        let (href, rest) = part.split_once("\">").unwrap();
        let number = rest.split_once("</a>").unwrap().0;
        let href = href.replace("&amp;", "&");
        let behind = officer.get(&href).await;
        assert_eq!(behind.status, 200, "{href}");
        if href.starts_with("/duties/rows/") {
            let grouped = number.to_owned();
            assert!(behind.body.replace(',', "").contains(&format!(" {grouped} 次</h1>")), "{href} says {grouped}: {}", behind.body);
        }
        opened.insert(href);
    }
    assert!(opened.len() > 20, "{}", opened.len());
    let paper = officer.get("/reports/party-life/half-year/2026-07-01.docx").await;
    assert!(paper.status == 200 && paper.bytes.starts_with(b"PK"));
    let pdf = officer.get("/reports/party-life/half-year/2026-07-01.pdf").await;
    assert!(pdf.status == 200 && pdf.bytes.starts_with(b"%PDF-"));
    assert_eq!(officer.get("/reports/party-life/half-year?from=2027-01-01").await.status, 400, "not yet");
    assert_eq!(officer.get("/reports/rectification/special?from=2026-10-01").await.status, 200);
    assert_eq!(officer.get("/reports/party-life/none").await.status, 404);
    assert!(officer.get("/reports").await.body.contains("组织工作半年总结"));
}

#[tokio::test(crate = "crate::walk")]
async fn a_charge_is_begun_and_ended_and_owes_what_its_kind_owes() {
    let county = County::planted();
    let (town, department) = (some(&county, "镇"), some(&county, "县政府部门"));
    let mut officer = county.logged_in("officer").await;
    let wrong = officer.post("/charges", &form(&[("kind", "双报到单位"), ("who", &department), ("place", "没有这个社区"), ("from", "2026-01-05")])).await;
    assert!(wrong.status == 422 && wrong.body.contains("没有找到“没有这个社区”"), "{}", wrong.body);
    let begun = form(&[("kind", "双报到单位"), ("who", &department), ("place", &town), ("from", "2026-01-05")]);
    assert_eq!(officer.post("/charges", &begun).await.status, 303);
    let twice = officer.post("/charges", &begun).await;
    assert!(twice.status == 422 && twice.body.contains("已有“双报到单位”"), "{}", twice.body);
    let list = officer.get(&format!("/charges?kind={}", encoded("双报到单位"))).await;
    let href = list.body.split("href=\"/charges/").nth(1).and_then(|r| r.split('"').next()).unwrap().to_owned();
    let one = officer.get(&format!("/charges/{href}")).await;
    assert!(one.body.contains("单位党组织到社区服务"), "{}", one.body);
    assert_eq!(officer.post(&format!("/charges/{href}/ending"), &form(&[("until", "2026-11-20"), ("why", "")])).await.status, 400);
    assert_eq!(officer.post(&format!("/charges/{href}/ending"), &form(&[("until", "2026-11-20"), ("why", "机构撤并")])).await.status, 303);
    assert!(officer.get(&format!("/charges?kind={}", encoded("双报到单位"))).await.body.contains("还没有这样的责任"));
}

#[tokio::test(crate = "crate::walk")]
async fn what_happened_is_entered_and_its_working_days_are_shown() {
    let county = County::planted();
    let mut officer = county.logged_in("officer").await;
    let early = officer.post("/duties/events", &form(&[("kind", "上级重要会议"), ("title", "全会"), ("on", "2026-11-30"), ("unit", "")])).await;
    assert!(early.status == 422 && early.body.contains("还没有到") && early.body.contains("value=\"全会\""), "{}", early.body);
    assert_eq!(officer.post("/duties/events", &form(&[("kind", "上级重要会议"), ("title", "全会"), ("on", "2026-11-10"), ("unit", "")])).await.status, 303);
    let page = officer.get("/duties/events").await;
    assert!(page.body.contains("2026-11-24 前"), "ten working days after 10 November: {}", page.body);
    assert!(officer.get("/duties/overview").await.body.contains("每日提醒"));
}

#[tokio::test(crate = "crate::walk")]
async fn the_open_account_hangs_on_the_wall_without_a_word_of_anybody() {
    let county = County::planted();
    let town = county
        .office
        .write(&Actor::program(), |desk| {
            let town = organisation::all(desk)?.into_iter().find(|u| u.kind.as_deref() == Some("镇")).unwrap();
            let fields = |pairs: &[(&str, &str)]| pairs.iter().map(|(k, v)| (k.to_string(), v.to_string())).collect::<affairs::Fields>();
            let on = desk.today;
            let gift = matter::open(desk, "fund-income", town.id, "CANARY捐赠", 2026, None)?.done().unwrap();
            matter::complete(desk, gift, "gift", on, &fields(&[("from", "CANARY")]))?.done().unwrap();
            matter::complete(desk, gift, "book", on, &fields(&[("amount", "9000"), ("receipt", "CANARY")]))?.done().unwrap();
            Ok::<_, affairs::Error>(town.short_name)
        })
        .unwrap();
    let mut anybody = county.browser();
    let wall = anybody.get("/wall/accounts/relief-fund").await;
    assert_eq!(wall.status, 200);
    assert!(wall.body.contains("9,000") && wall.body.contains(&town) && !wall.body.contains("CANARY"), "{}", wall.body);
    assert_eq!(anybody.get("/wall/accounts/alliance").await.status, 404, "no account without one");
    let mut officer = county.logged_in("officer").await;
    assert!(officer.get("/matters/accounts/relief-fund").await.body.contains("9,000"));
    let ledger = officer.get("/matters/ledgers/fund-income?step=book").await;
    assert!(ledger.body.contains("CANARY捐赠") && ledger.body.contains("助困基金收入台账"), "{}", ledger.body);
    assert_eq!(officer.get("/matters/ledgers/nothing").await.status, 404);
}

#[tokio::test(crate = "crate::walk")]
async fn stars_are_shown_with_reasons_and_a_village_goes_on_the_list_from_there() {
    let county = County::planted();
    county
        .office
        .write(&Actor::program(), |desk| {
            let village = organisation::all(desk)?.into_iter().find(|u| u.kind.as_deref() == Some("村")).unwrap();
            let survey = affairs::duty::Completion::of("rectification/survey", village.id.number(), "2026-01-15", vocabulary::day!(2026 - 02 - 10));
            affairs::duty::complete(desk, &survey.field("asked", "60").field("satisfied", "40").field("said", "路"))?.done().unwrap();
            Ok::<_, affairs::Error>(())
        })
        .unwrap();
    let mut officer = county.logged_in("officer").await;
    let page = officer.get("/campaigns/rectification/stars?year=2026").await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("按 2025 年的记录算出") && page.body.contains("建议列入"), "{}", page.body);
    let village = page.body.split("name=\"unit\" value=\"").nth(1).and_then(|r| r.split('"').next()).expect("a village is suggested").to_owned();
    let listed = officer.post("/campaigns/rectification", &form(&[("unit", &village)])).await;
    assert_eq!(listed.status, 303, "{}", listed.body);
    let own = officer.get(&listed.location).await;
    assert!(own.body.contains("星级评定 "), "the screening is filled with the stars: {}", own.body);
    assert!(officer.get("/campaigns/rectification/stars?year=2026").await.body.contains("已列入"));
    assert_eq!(officer.get("/campaigns/rectification/stars?year=1900").await.status, 400);
}

#[tokio::test(crate = "crate::walk")]
async fn the_day_s_digest_stands_on_the_first_page_once() {
    let county = County::planted();
    let mut officer = county.logged_in("kin").await;
    // `kin` is an officer who is in the registry: two charges of theirs are overdue.
    county
        .office
        .write(&Actor::program(), |desk| {
            let town = organisation::all(desk)?.into_iter().find(|u| u.kind.as_deref() == Some("镇")).unwrap();
            registry::charge::begin(desk, "党代表", &registry::charge::Taker::Person(vocabulary::Id::new(2)), town.id, vocabulary::day!(2026 - 06 - 01))?;
            Ok::<_, registry::Error>(())
        })
        .unwrap();
    for _ in 0..3 {
        let home = officer.get("/").await;
        assert!(home.body.contains("今日提醒") && home.body.contains("逾期：党代表接待日"), "{}", home.body);
    }
    let kept = county.office.store.read(|tx| tx.one("select count(*) from duty_digests", &[])).unwrap().int(0);
    assert_eq!(kept, 1, "one a day, however often it is looked at");
}
