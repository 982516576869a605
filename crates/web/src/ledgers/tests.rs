//! Ledgers through the door, in a small 青云县.

use crate::{Settings, href};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use registry::account::{self, NewAccount};
use registry::Role;
use registry::desk::Happened;
use registry::rows::Details;
use registry::testing::{Guard, TODAY, sqlite};
use registry::{Actor, AsOf, Error, MIGRATIONS, Office, organisation};
use std::sync::Arc;
use tower::ServiceExt;
use vocabulary::{Clock, Id};

/// An office with 300 people, and the way in for each role.
struct Door {
    router: axum::Router,
    office: Arc<Office>,
    _guard: Guard,
}

impl Door {
    fn open() -> Door {
        let (_, office, guard) = sqlite(MIGRATIONS, Clock::on(TODAY));
        let plan = county::Plan { people: 300, ..county::Plan::on(TODAY) };
        office.store.write(|tx| county::plant(tx, &plan, &mut |_, _| {})).unwrap();
        office.store.write(|tx| registry::facts::standing::rebuild(tx, &office.book.dictionary, TODAY)).unwrap();
        let office = Arc::new(office);
        Door { router: crate::router(office.clone(), Settings::default()), office, _guard: guard }
    }

    fn enter(&self, role: Role) -> String {
        let program = Actor::program();
        let town = self.office.read(&program, AsOf::default(), |desk| organisation::named(desk, "青云镇")).unwrap().map(|u| u.id);
        let scope = town.filter(|_| role == Role::UnitHr);
        let person = (role == Role::Recorded).then(|| Id::new(1));
        let new = NewAccount { name: role.id(), shown: role.says(), role, scope, person, password: "青云" };
        let id = self.office.write(&program, |desk| account::add(desk, new)).unwrap();
        self.office.write(&program, |desk| account::open_session(desk, id)).unwrap()
    }

    async fn get(&self, token: &str, path: &str) -> (StatusCode, String) {
        let request = Request::get(path).header("cookie", format!("zhiren={token}")).body(Body::empty()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let body = axum::body::to_bytes(response.into_body(), 16 << 20).await.unwrap();
        (status, String::from_utf8_lossy(&body).into_owned())
    }
}

impl Door {
    /// Says why the protected columns of ledgers are looked at.
    async fn state(&self, token: &str) {
        let csrf = crate::ctx::Asked { secret: token.to_owned(), ..Default::default() }.csrf();
        let request = Request::post("/ledgers/appraisal/purpose")
            .header("cookie", format!("zhiren={token}"))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(format!("csrf={csrf}&purpose=daily")))
            .unwrap();
        assert_eq!(self.router.clone().oneshot(request).await.unwrap().status(), StatusCode::SEE_OTHER);
    }
}

fn q(words: &str) -> String {
    format!("/ledgers/new?q={}", href::encode(words))
}

#[tokio::test]
async fn words_of_the_office_become_chips_that_say_what_is_meant() {
    let door = Door::open();
    let officer = door.enter(Role::Officer);
    let (status, page) = door.get(&officer, &q("女 36岁以下 大学以上 乡镇 党外 骨干")).await;
    assert_eq!(status, StatusCode::OK);
    for said in ["性别为女", "不满37周岁", "最高学历不低于大学", "按文字查找", "骨干"] {
        assert!(page.contains(said), "{said}");
    }
}

#[tokio::test]
async fn every_shipped_ledger_opens_and_exports() {
    let door = Door::open();
    let officer = door.enter(Role::Officer);
    door.state(&officer).await;
    let (status, list) = door.get(&officer, "/ledgers").await;
    assert_eq!(status, StatusCode::OK, "{list}");
    let names: Vec<String> = door.office.book.ledgers().map(|l| l.id.to_string()).collect();
    for name in names {
        for path in ["", "/change", "/columns", "/export?format=csv"] {
            let (status, page) = door.get(&officer, &format!("/ledgers/{name}{path}")).await;
            assert_eq!(status, StatusCode::OK, "{name}{path}: {page}");
        }
    }
    let (_, csv) = door.get(&officer, "/ledgers/roster/export?format=csv").await;
    assert!(csv.starts_with("\u{feff}姓名,性别"), "{}", &csv[..60]);
    assert!(csv.lines().any(|line| line.contains("合计")) && csv.trim_end().lines().last().unwrap().contains("导出编号"), "{csv}");
    let (_, book) = door.get(&officer, "/ledgers/roster/export?format=xlsx").await;
    assert!(book.starts_with("PK"));
}

/// What stands between two words.
fn between<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    text.split_once(from).and_then(|(_, rest)| rest.split_once(to)).map_or("", |(found, _)| found)
}

#[tokio::test]
async fn every_total_of_every_shipped_ledger_opens_the_rows_behind_it() {
    use institution::ledger::Counted;
    let door = Door::open();
    let officer = door.enter(Role::Officer);
    door.state(&officer).await;
    let mut opened = 0;
    for ledger in door.office.book.ledgers() {
        let (_, page) = door.get(&officer, &format!("/ledgers/{}", ledger.id)).await;
        let foot = between(&page, "ledger-figures\">", "</td>");
        let asked = registry::ledger::Enquiry { of: ledger.of, tests: ledger.filter.clone().unwrap_or(institution::Condition::All(vec![])), words: vec![], columns: vec![], sort: vec![], group: None };
        let sums = door.office.read(&Actor::program(), AsOf::default(), |desk| registry::ledger::totals(desk, &asked, &ledger.totals)).unwrap();
        let shown = foot.matches("<span>").count();
        if page.contains("没有符合全部条件") {
            continue;
        }
        assert_eq!(shown, ledger.totals.len(), "{}: {foot}", ledger.id);
        for ((figure, total), sum) in foot.split("<span>").skip(1).zip(&ledger.totals).zip(&sums) {
            let href = between(figure, "href=\"", "\"").replace("&amp;", "&").replace("&#x2f;", "/");
            let (status, rows) = door.get(&officer, &href).await;
            assert_eq!(status, StatusCode::OK, "{}: {} {href}", ledger.id, total.label);
            let count: i64 = between(&rows, "ledger-count\">", "<").replace(',', "").parse().unwrap();
            match total.count {
                Counted::Rows | Counted::Where(_) => assert_eq!(count, sum.sum, "{}: {} {href}", ledger.id, total.label),
                Counted::Average(_) => assert_eq!(count, sum.of, "{}: {} {href}", ledger.id, total.label),
                Counted::Sum(_) => assert!(count <= sum.of && (count > 0) >= (sum.sum != 0), "{}: {} {href}: {count} of {}", ledger.id, total.label, sum.of),
            }
            opened += 1;
        }
    }
    assert!(opened > 30, "{opened}");
}

#[tokio::test]
async fn a_unit_sees_only_its_own_people_and_the_recorded_no_list_at_all() {
    let door = Door::open();
    let (officer, unit, recorded) = (door.enter(Role::Officer), door.enter(Role::UnitHr), door.enter(Role::Recorded));
    let count = |csv: String| csv.lines().filter(|l| !l.contains("合计")).count();
    let all = count(door.get(&officer, "/ledgers/new/export?format=csv").await.1);
    let own = door.get(&unit, "/ledgers/new/export?format=csv&columns=name,organisation").await.1;
    assert!(own.lines().count() > 2 && count(own.clone()) < all / 2, "{own}");
    assert!(own.lines().skip(1).filter(|l| !l.contains("合计") && !l.contains("导出编号")).all(|l| l.contains("青云镇")), "{own}");
    let (status, page) = door.get(&recorded, "/ledgers/roster").await;
    assert!(status.is_client_error() && !page.contains("ledger-count"), "{status}");
}

#[tokio::test]
async fn an_appraisal_ledger_names_the_years_of_the_day_asked() {
    let door = Door::open();
    let officer = door.enter(Role::Officer);
    let (_, folded) = door.get(&officer, "/ledgers/appraisal").await;
    assert!(folded.contains("2025年度考核") && !folded.contains("称职</"), "the columns are named before a purpose is stated, and empty");
    door.state(&officer).await;
    let (_, page) = door.get(&officer, "/ledgers/appraisal").await;
    assert!(page.contains("2025年度考核"));
    let (_, page) = door.get(&officer, "/ledgers/appraisal?as_of=2024-06-01").await;
    assert!(page.contains("2023年度考核") && page.contains("2024年06月01日") | page.contains("2024年6月1日"));
}

#[tokio::test]
async fn what_is_wrong_with_an_address_is_said_in_one_sentence() {
    let door = Door::open();
    let officer = door.enter(Role::Officer);
    for (path, says) in [
        ("/ledgers/nobody", "没有找到这个台账"),
        ("/ledgers/new?of=proposal", "台账只列干部、岗位、机构、党组织、党员和包联责任"),
        ("/ledgers/new?columns=name,nothing", "事实字典里没有“nothing”"),
        ("/ledgers/new?where=%7B%22fact%22%3A%22seat.seats%22%2C%22at_least%22%3A1%7D", "说的不是这个台账的对象"),
        ("/ledgers/roster/export?format=doc", "不能导出为“doc”"),
    ] {
        let (status, page) = door.get(&officer, path).await;
        assert!(status.is_client_error() && page.contains(says), "{path}: {status} {page}");
    }
}

#[tokio::test]
async fn a_form_of_lines_leads_to_its_ledger_and_an_unfinished_one_back() {
    let door = Door::open();
    let officer = door.enter(Role::Officer);
    let line = |value: &str| format!("/ledgers/new/change?draft=1&of=official&j-0=all&g-0=0&f-0=age&o-0=at_most&v-0={value}&act=show&c=name&c=age");
    let request = Request::get(line("36")).header("cookie", format!("zhiren={officer}")).body(Body::empty()).unwrap();
    let response = door.router.clone().oneshot(request).await.unwrap();
    let address = response.headers().get("location").unwrap().to_str().unwrap().to_owned();
    assert!(address.starts_with("/ledgers/new?where="), "{address}");
    let (status, page) = door.get(&officer, &address).await;
    assert!(status == StatusCode::OK && page.contains("年龄不超过36岁"));
    let (_, page) = door.get(&officer, &line("abc")).await;
    assert!(page.contains("第1条：“年龄”的“abc”读不懂，请填整数") && page.contains("value=\"abc\""));
}

#[tokio::test]
async fn a_saved_ledger_can_be_taken_off_and_put_back() {
    let door = Door::open();
    door.enter(Role::Officer);
    let actor = Actor::program();
    let book = &door.office.book;
    let enquiry = super::definition::Definition::shipped(book.ledger("roster").unwrap()).enquiry;
    let name = door.office.write(&actor, |desk| registry::saved::keep(desk, "乡镇女干部", &enquiry, true)).unwrap();
    let titles = || {
        let own = door.office.read(&actor, AsOf::default(), |desk| registry::saved::own(desk)).unwrap();
        own.into_iter().map(|l| l.title).collect::<Vec<_>>()
    };
    door.office.write(&actor, |desk| registry::saved::drop(desk, &name)).unwrap();
    assert!(titles().is_empty());
    door.office.write(&actor, |desk| registry::saved::restore(desk, &name)).unwrap();
    assert_eq!(titles(), ["乡镇女干部"]);
    let again = door.office.write(&actor, |desk| registry::saved::restore(desk, &name));
    assert!(matches!(again, Err(Error::NotFound(_))));
}

/// What is remembered is never older than the last write.
#[tokio::test]
async fn a_list_is_asked_anew_after_a_write() {
    let door = Door::open();
    let officer = door.enter(Role::Officer);
    let shown = |page: &str| page.split("ledger-count\">").nth(1).and_then(|p| p.split('<').next()).map(str::to_owned);
    let (_, before) = door.get(&officer, "/ledgers/new").await;
    let add = |desk: &mut registry::Desk| {
        let entry = desk.record(Happened { act: "person.add", subject: "person", number: None, says: "录入新来的".into() })?;
        let details = Details { name: "新来的".into(), ..Details::default() };
        let id = registry::person::add(desk, details, entry)?;
        desk.touch(id);
        Ok::<_, Error>(())
    };
    door.office.write(&Actor::program(), add).unwrap();
    let (_, after) = door.get(&officer, "/ledgers/new").await;
    assert_ne!(shown(&before), shown(&after));
}

#[tokio::test]
async fn a_free_question_about_what_is_protected_is_answered_about_many_or_refused_with_its_reason() {
    let door = Door::open();
    let officer = door.enter(Role::Officer);
    door.state(&officer).await;
    let of = |test: &str| format!("/ledgers/roster?where={}", href::encode(test));
    let ten = "不足10";
    for test in [r#"{"fact":"id_number","contains":"0007"}"#, r#"{"fact":"id_number","is":"nobody's"}"#, r#"{"fact":"id_number","known":true}"#] {
        let (status, body) = door.get(&officer, &of(test)).await;
        assert!(status == StatusCode::UNPROCESSABLE_ENTITY && body.contains(ten), "{test}: {status}");
        let export = of(test).replacen("roster?", "roster/export?format=csv&", 1);
        let (status, body) = door.get(&officer, &export).await;
        assert!(status == StatusCode::UNPROCESSABLE_ENTITY && body.contains(ten), "{export}: {status}");
        let (status, body) = door.get(&officer, &of(test).replacen("roster?", "roster/change?", 1)).await;
        assert!(status == StatusCode::OK && !body.contains(" 人</"), "the builder counts nothing either: {status}");
    }
    let good = r#"{"fact":"appraisal.grade_1","is":"优秀"}"#;
    assert_eq!(door.get(&officer, &of(good)).await.0, StatusCode::OK);
    let (status, body) = door.get(&officer, &(of(good) + "&words=%E7%8E%8B")).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && body.contains(ten), "narrowed to a few: {status}");
    assert_eq!(door.get(&officer, "/ledgers/young").await.0, StatusCode::OK, "a shipped ledger was looked over");
}
