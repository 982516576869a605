//! Those who do a thing write it down: towns their steps, secretaries their members, communities and departments their
//! duties; and nobody signs off what is another's to sign.

use crate::browser::{Answered, County};
use affairs::{duty, matter};
use registry::charge::{self, Taker};
use registry::{Actor, AsOf, Role, branch, member, organisation};

fn form(pairs: &[(&str, &str)]) -> String {
    let encoded = |text: &str| text.bytes().map(|b| format!("%{b:02X}")).collect::<String>();
    pairs.iter().map(|(k, v)| format!("{k}={}", encoded(v))).collect::<Vec<_>>().join("&")
}

fn has(answer: &Answered, words: &str) -> bool {
    answer.status == 200 && answer.body.contains(words)
}

#[tokio::test(crate = "crate::walk")]
async fn a_town_takes_its_village_through_the_steps_and_the_county_signs_it_off() {
    let county = County::planted();
    let town = county.seated_at("zhen", Role::Leader, ("镇", 0));
    let village = county
        .office
        .read(&Actor::program(), AsOf::default(), |desk| {
            let all = organisation::all(desk)?;
            let above = all.iter().find(|u| u.short_name == town).unwrap().id;
            Ok::<_, registry::Error>(all.into_iter().find(|u| u.kind.as_deref() == Some("村") && u.parent == Some(above)).unwrap().short_name)
        })
        .unwrap();
    let mut leader = county.logged_in("zhen").await;
    let listed = leader.post("/campaigns/rectification", &form(&[("unit", &village)])).await;
    assert_eq!(listed.status, 303, "{}", listed.body);
    let here = listed.location.clone();
    let number: i64 = here.rsplit('/').next().unwrap().parse().unwrap();
    assert!(has(&leader.get(&here).await, "完成“排查”"), "the town has the form");
    let step = |id: &str| format!("{here}/steps/{id}");
    let screened = leader.post(&step("screening"), &form(&[("on", "2026-11-20"), ("f-origin", "群众评议"), ("f-kind", "软"), ("f-problem", "不开会")])).await;
    assert_eq!(screened.status, 303, "{}", screened.body);
    let votes = [("on", "2026-11-20"), ("f-should", "30"), ("f-present", "25"), ("f-agree", "20")];
    for id in ["village-meeting", "town-meeting"] {
        assert_eq!(leader.post(&step(id), &form(&votes)).await.status, 303, "{id}");
    }
    let page = leader.get(&here).await;
    assert!(has(&page, "由县委登记") && !page.body.contains("完成“县委常委会审定”"), "{}", page.body);
    let refused = leader.post(&step("county-meeting"), &form(&votes)).await;
    assert!(refused.status == 422 && refused.body.contains("由县委登记"), "{}", refused.body);
    let mut officer = county.logged_in("officer").await;
    assert_eq!(officer.post(&step("county-meeting"), &form(&votes)).await.status, 303);
    // Another town sees nothing of it.
    county.seated_at("xiang", Role::Leader, ("镇", 1));
    let mut other = county.logged_in("xiang").await;
    assert_eq!(other.get(&here).await.status, 404);
    assert_eq!(other.post(&step("plan"), &form(&[("on", "2026-11-21"), ("f-summary", "x")])).await.status, 404);
    let done = county.office.read(&Actor::program(), AsOf::default(), |desk| Ok::<_, affairs::Error>(matter::state(desk, vocabulary::Id::new(number))?.brief.done.len())).unwrap();
    assert_eq!(done, 4);
}

#[tokio::test(crate = "crate::walk")]
async fn a_town_enters_tasks_and_events_of_its_own_and_none_of_the_county() {
    let county = County::planted();
    let town = county.seated_at("zhen", Role::UnitHr, ("镇", 0));
    let mut hr = county.logged_in("zhen").await;
    assert_eq!(hr.post("/tasks", &form(&[("unit", &town), ("problem", "道路不通"), ("measure", "修"), ("owner", "李强"), ("due", "2026-12-20")])).await.status, 303);
    assert!(has(&hr.get("/tasks").await, "道路不通"));
    let other = hr.post("/tasks", &form(&[("unit", "县财政局"), ("problem", "x"), ("measure", "x"), ("owner", "x"), ("due", "2026-12-20")])).await;
    assert_eq!(other.status, 422, "{}", other.body);
    let all = hr.post("/duties/events", &form(&[("kind", "上级重要会议"), ("title", "全会"), ("on", "2026-11-10"), ("unit", "")])).await;
    assert!(all.status == 422 && all.body.contains("由组织部登记"), "{}", all.body);
    assert_eq!(hr.post("/duties/events", &form(&[("kind", "上级重要会议"), ("title", "镇里的会"), ("on", "2026-11-10"), ("unit", &town)])).await.status, 303);
}

#[tokio::test(crate = "crate::walk")]
async fn a_secretary_records_fees_and_points_of_the_own_members_only() {
    let county = County::planted();
    let towns = [county.seated_at("shuji", Role::BranchSecretary, ("镇", 0)), county.seated_at("other", Role::BranchSecretary, ("镇", 1))];
    let members = towns.map(|town| {
        county
            .office
            .write(&Actor::program(), |desk| {
                let unit = organisation::named(desk, &town)?.unwrap().id;
                let from = vocabulary::Date::from(vocabulary::day!(2020 - 01 - 01));
                let new = branch::NewParty { parent: None, organisation: unit, name: format!("{town}机关党支部"), kind: "党支部".into(), elected_on: None, term_years: None, order_no: 1, from_day: from };
                let branch = branch::add(desk, &new)?;
                let person = vocabulary::Id::new(3 + branch.number());
                let comrade = member::NewComrade { person, branch, grouped: None, kind: "正式党员".into(), joined: None, fee: None, from: from.earliest() };
                member::add(desk, &comrade)
            })
            .unwrap()
    });
    let [own, other] = members;
    let mut secretary = county.logged_in("shuji").await;
    let page = secretary.get(&format!("/party/members/{own}")).await;
    assert!(has(&page, &format!("action=\"/party/members/{own}/fees\"")), "{}", page.body);
    let paid = secretary.post(&format!("/party/members/{own}/points"), &form(&[("item", "points/volunteer"), ("done", "2026-11-20")])).await;
    assert_eq!(paid.status, 303, "{}", paid.body);
    // Only what the institution lists; what was chosen stands there again, with the article.
    let refused = secretary.post(&format!("/party/members/{own}/points"), &form(&[("item", "points/nothing"), ("done", "2026-11-19")])).await;
    assert!(refused.status == 422 && refused.body.contains("没有这个得分项") && refused.body.contains("value=\"2026-11-19\"") && refused.body.contains("积分管理办法"), "{}", refused.body);
    assert!(refused.body.contains("value=\"points/nothing\" selected"), "{}", refused.body);
    assert_eq!(secretary.post(&format!("/party/members/{other}/points"), &form(&[("item", "points/volunteer"), ("done", "2026-11-20")])).await.status, 404);
    assert_eq!(secretary.get("/campaigns").await.status, 404, "the table of rights says who looks over others");
    assert!(has(&secretary.get("/matters").await, "事项"));
}

#[tokio::test(crate = "crate::walk")]
async fn every_form_of_a_member_keeps_what_was_typed_when_it_is_refused() {
    let county = County::planted();
    let town = county.seated_at("shuji", Role::BranchSecretary, ("镇", 0));
    let (member, elsewhere) = county
        .office
        .write(&Actor::program(), |desk| {
            let unit = organisation::named(desk, &town)?.unwrap().id;
            let from = vocabulary::Date::from(vocabulary::day!(2020 - 01 - 01));
            let new = |name: &str| branch::NewParty { parent: None, organisation: unit, name: format!("{town}{name}党支部"), kind: "党支部".into(), elected_on: None, term_years: None, order_no: 1, from_day: from };
            let (here, there) = (branch::add(desk, &new("机关"))?, branch::add(desk, &new("农业"))?);
            let comrade = member::NewComrade { person: vocabulary::Id::new(9), branch: here, grouped: None, kind: "预备党员".into(), joined: Some(vocabulary::day!(2026 - 10 - 01).into()), fee: None, from: from.earliest() };
            Ok::<_, registry::Error>((member::add(desk, &comrade)?, there))
        })
        .unwrap();
    let mut secretary = county.logged_in("shuji").await;
    let base = format!("/party/members/{member}");
    let refused: [(&str, &[(&str, &str)], &str, &[&str]); 9] = [
        ("fees", &[("month", "2027-03"), ("amount", "12.34")], "没有登记党费", &["value=\"2027-03\"", "value=\"12.34\""]),
        ("fees", &[("month", "2026-03"), ("amount", "十块")], "金额读不懂", &["value=\"2026-03\"", "value=\"十块\""]),
        ("confirmation", &[("confirmed", "2026-11-20")], "没有转正", &["value=\"2026-11-20\""]),
        ("changes", &[("care", "老党员"), ("fee", "x")], "金额读不懂", &["<option value=\"老党员\" selected", "value=\"x\""]),
        ("points", &[("item", "points/clean-up"), ("done", "2027-01-02")], "没有登记得分", &["value=\"points/clean-up\" selected", "value=\"2027-01-02\""]),
        ("vouchers", &[("goods", "points/repair")], "没有兑换", &["value=\"points/repair\" selected"]),
        ("transfer", &[("to", "")], "请选择转往哪个党支部", &[]),
        ("ending", &[("ending", "退党"), ("on", "2027-02-03"), ("document", "青组〔2026〕9号")], "没有终止", &["value=\"退党\" selected", "value=\"2027-02-03\"", "value=\"青组〔2026〕9号\""]),
        ("ending", &[("ending", "退党"), ("on", ""), ("document", "青组〔2026〕9号")], "请填写日期", &["value=\"退党\" selected", "value=\"青组〔2026〕9号\""]),
    ];
    for (at, typed, says, kept) in refused {
        let answer = secretary.post(&format!("{base}/{at}"), &form(typed)).await;
        assert!(answer.status == 422 && answer.body.contains(says), "{at}: {} {}", answer.status, answer.body);
        for value in kept {
            assert!(answer.body.contains(value), "{at}: {value} {}", answer.body);
        }
    }
    // A letter that is under way already: the second one stands as it was chosen.
    let to = elsewhere.to_string();
    assert_eq!(secretary.post(&format!("{base}/transfer"), &form(&[("to", &to)])).await.status, 303);
    let twice = secretary.post(&format!("{base}/transfer"), &form(&[("to", &to)])).await;
    assert!(twice.status == 422 && twice.body.contains("没有开具") && twice.body.contains(&format!("value=\"{to}\" selected")), "{}", twice.body);
}

#[tokio::test(crate = "crate::walk")]
async fn communities_departments_and_delegates_find_what_they_owe() {
    let county = County::planted();
    let community = county.seated_at("shequ", Role::CommunityWorker, ("社区", 0));
    let department = county.seated_at("lianluo", Role::Liaison, ("县政府部门", 0));
    county.account("daibiao", Role::Delegate, Some(3));
    county
        .office
        .write(&Actor::program(), |desk| {
            let named = |name: &str| Ok::<_, registry::Error>(organisation::named(desk, name)?.unwrap().id);
            let (place, taker) = (named(&community)?, named(&department)?);
            charge::begin(desk, "双报到单位", &Taker::Department(taker), place, vocabulary::day!(2026 - 01 - 05))?;
            charge::begin(desk, "党代表", &Taker::Person(vocabulary::Id::new(3)), place, vocabulary::day!(2026 - 06 - 01))?;
            Ok::<_, registry::Error>(())
        })
        .unwrap();
    let mut worker = county.logged_in("shequ").await;
    let duties = worker.get("/duties").await;
    assert!(has(&duties, "社区党建联盟会商") && duties.body.contains(&community), "{}", duties.body);
    let slip = worker.post("/matters", &form(&[("institution", "alliance"), ("unit", &community), ("title", "楼道照明")])).await;
    assert_eq!(slip.status, 303, "{}", slip.body);
    assert!(has(&worker.get("/matters").await, "楼道照明"));
    assert_eq!(worker.post("/matters", &form(&[("institution", "alliance"), ("unit", "青云镇"), ("title", "别处的")])).await.status, 422, "another's is not theirs to open");
    assert_eq!(worker.get("/organisations").await.status, 404);
    assert_eq!(worker.get("/officials").await.status, 404);
    let mut liaison = county.logged_in("lianluo").await;
    assert!(has(&liaison.get("/duties").await, "单位党组织到社区服务"), "{}", liaison.get("/duties").await.body);
    let mut delegate = county.logged_in("daibiao").await;
    assert!(has(&delegate.get("/duties").await, "党代表接待日"), "{}", delegate.get("/duties").await.body);
    // None of it opens anybody's record.
    for browser in [&mut worker, &mut liaison, &mut delegate] {
        assert_eq!(browser.get("/officials/5").await.status, 404);
    }
    let seen = |role: Role, scope: &str| {
        let path = county.office.read(&Actor::program(), AsOf::default(), |desk| Ok::<_, registry::Error>(organisation::named(desk, scope)?.unwrap().path)).unwrap();
        let actor = Actor { role, sees: registry::Sees::Work(path), ..Actor::program() };
        county.office.read(&actor, AsOf::default(), |desk| Ok::<_, registry::Error>((registry::branch::all(desk)?.len(), organisation::all(desk)?.len()))).unwrap()
    };
    assert_eq!(seen(Role::CommunityWorker, &community), (0, 1));
}

#[tokio::test(crate = "crate::walk")]
async fn an_absence_is_approved_by_whom_the_institution_names() {
    let county = County::planted();
    let town = county.seated_at("zhen", Role::Leader, ("镇", 0));
    let asked = county
        .office
        .write(&Actor::program(), |desk| {
            let unit = organisation::named(desk, &town)?.unwrap().id.number();
            // 镇街党建联盟会商 is excused by 县委组织部 alone.
            let one = duty::find(desk, "alliance/street-meeting")?;
            let owed = duty::of_units(desk, one.of, &duty::units(desk, one.of, &[unit])?, vocabulary::day!(2026 - 11 - 01), vocabulary::day!(2026 - 12 - 31))?;
            let slot = owed.iter().find(|o| &*o.duty == "alliance/street-meeting").unwrap().slot.key.clone();
            Ok::<_, affairs::Error>(duty::ask_excuse(desk, "alliance/street-meeting", unit, &slot, "抢险救灾", "")?.done().unwrap())
        })
        .unwrap();
    let mut leader = county.logged_in("zhen").await;
    let page = leader.get("/duties/excuses").await;
    assert!(has(&page, "由县委组织部批准") && !page.body.contains("同意免办</button>"), "{}", page.body);
    let refused = leader.post(&format!("/duties/excuses/{asked}"), "decision=agree&opinion=").await;
    assert!(refused.status == 422 && refused.body.contains("由县委组织部批准"), "{} {}", refused.status, refused.body);
    let mut officer = county.logged_in("officer").await;
    assert!(has(&officer.get("/").await, "份免办申请等待批准"));
    assert_eq!(officer.post(&format!("/duties/excuses/{asked}"), "decision=agree&opinion=").await.status, 303);
}
