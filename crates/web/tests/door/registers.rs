//! Registers through the door: a list with its form, one entry, the protected numbers, the file.

use crate::browser::County;
use registry::Role;

fn form(pairs: &[(&str, &str)]) -> String {
    let encoded = |text: &str| text.bytes().map(|b| format!("%{b:02X}")).collect::<String>();
    pairs.iter().map(|(k, v)| format!("{k}={}", encoded(v))).collect::<Vec<_>>().join("&")
}

#[tokio::test(crate = "crate::walk")]
async fn a_community_keeps_its_teams_and_nothing_that_was_typed_is_lost() {
    let county = County::planted();
    let community = county.seated_at("shequ", Role::CommunityWorker, ("社区", 0));
    let other = county.seated_at("linshe", Role::CommunityWorker, ("社区", 1));
    let mut worker = county.logged_in("shequ").await;
    let empty = worker.get("/registers/volunteering/teams").await;
    assert!(empty.status == 200 && empty.body.contains("还没有登记服务队") && empty.body.contains(&format!("value=\"{community}\"")), "{}", empty.body);
    let team: [(&str, &str); 7] = [("unit", &community), ("from", "2026-11-01"), ("f-name", "邻里修修队"), ("f-does", "家电维修"), ("f-lead", "赵强"), ("f-people", "十二"), ("f-phone", "13800000000")];
    let wrong = worker.post("/registers/volunteering/teams", &form(&team)).await;
    assert!(wrong.status == 422 && wrong.body.contains("“人数”应是数字") && wrong.body.contains("value=\"邻里修修队\"") && wrong.body.contains("value=\"十二\"") && wrong.body.contains("志愿服务管理办法"), "{}", wrong.body);
    let mut right = team;
    right[5] = ("f-people", "12");
    right[0] = ("unit", "没有这个社区");
    let nowhere = worker.post("/registers/volunteering/teams", &form(&right)).await;
    assert!(nowhere.status == 422 && nowhere.body.contains("没有找到单位“没有这个社区”") && nowhere.body.contains("value=\"赵强\""), "{}", nowhere.body);
    right[0] = ("unit", &other);
    assert_eq!(worker.post("/registers/volunteering/teams", &form(&right)).await.status, 422, "another's is not theirs to write");
    right[0] = ("unit", &community);
    assert_eq!(worker.post("/registers/volunteering/teams", &form(&right)).await.status, 303);
    let list = worker.get("/registers/volunteering/teams").await;
    assert!(list.body.contains("邻里修修队") && !list.body.contains("13800000000"), "{}", list.body);
    // The number is shown to who asks, and the look is noted.
    let contacts = worker.get("/registers/volunteering/teams/contacts").await;
    assert!(contacts.body.contains("13800000000") && contacts.body.contains("已经记入日志"), "{}", contacts.body);
    let noted = || county.office.store.read(|tx| tx.one("select count(*) from journal where says like '%名册里的电话%'", &[])).unwrap().int(0);
    assert_eq!(noted(), 1);
    // One entry: changed, ended, taken back; refused with what was typed.
    let entry = list.body.split("/registers/entries/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let page = format!("/registers/entries/{entry}");
    let early = worker.post(&format!("{page}/changes"), &form(&[("from", "2026-10-01"), ("f-name", "修修队"), ("f-does", "修灯"), ("f-lead", "赵强")])).await;
    assert!(early.status == 422 && early.body.contains("没有变更") && early.body.contains("value=\"修灯\"") && early.body.contains("value=\"2026-10-01\""), "{}", early.body);
    assert_eq!(worker.post(&format!("{page}/changes"), &form(&[("from", "2026-11-10"), ("f-name", "修修队"), ("f-does", "修灯"), ("f-lead", "赵强")])).await.status, 303);
    let why = worker.post(&format!("{page}/ending"), &form(&[("until", "2026-11-20"), ("why", "")])).await;
    assert!(why.status == 422 && why.body.contains("请填写原因") && why.body.contains("value=\"2026-11-20\""), "{}", why.body);
    assert_eq!(worker.post(&format!("{page}/ending"), &form(&[("until", "2026-11-20"), ("why", "并入街道队")])).await.status, 303);
    assert!(!worker.get("/registers/volunteering/teams").await.body.contains("修修队</a>"));
    assert!(worker.get("/registers/volunteering/teams?ended=1").await.body.contains("并入街道队"));
    assert_eq!(worker.post(&format!("{page}/withdrawal"), &form(&[("because", "")])).await.status, 422);
    assert_eq!(worker.post(&format!("{page}/withdrawal"), &form(&[("because", "没有并入")])).await.status, 303);
    assert!(worker.get("/registers/volunteering/teams").await.body.contains("修修队</a>"));
    // Its activity chooses it.
    let opened = worker.post("/matters", &form(&[("institution", "volunteering"), ("unit", &community), ("title", "修灯日")])).await;
    assert_eq!(opened.status, 303, "{}", opened.body);
    assert!(worker.get(&opened.location).await.body.contains("<option value=\"修修队\">修修队</option>"));
    // The neighbour sees none of it, the office all of it.
    let mut neighbour = county.logged_in("linshe").await;
    assert!(!neighbour.get("/registers/volunteering/teams").await.body.contains("修修队"));
    assert_eq!(neighbour.get(&page).await.status, 404);
    assert_eq!(neighbour.post(&format!("{page}/ending"), &form(&[("until", "2026-11-20"), ("why", "x")])).await.status, 404);
    let mut officer = county.logged_in("officer").await;
    assert!(officer.get("/registers/volunteering/teams").await.body.contains("修修队"));
    assert!(officer.get("/registers").await.body.contains("吹哨报到联络员名册"));
    // What is registered and what earns points stands with its article where the institution is read.
    let read = officer.get("/institutions/volunteering").await;
    assert!(read.body.contains("志愿者名册") && read.body.contains("志愿服务管理办法"), "{}", read.body);
    let points = officer.get("/institutions/points").await;
    assert!(points.body.contains("每月至多 60 分，每年至多 300 分") && points.body.contains("城关维修铺，券用 180 天") && points.body.contains("全县每年至多 500 份"), "{}", points.body);
}

#[tokio::test(crate = "crate::walk")]
async fn a_register_goes_out_as_a_file_without_the_numbers_unless_they_were_asked_for() {
    let county = County::planted();
    let mut officer = county.logged_in("officer").await;
    let department = county.seated_at("lianluo", Role::Liaison, ("县政府部门", 0));
    let liaison = [("unit", department.as_str()), ("from", "2026-11-01"), ("f-name", "郑田"), ("f-post", "办公室副主任"), ("f-phone", "13900000000")];
    let base = "/registers/whistle-and-report/liaisons";
    let mut own = county.logged_in("lianluo").await;
    let added = own.post(base, &form(&liaison)).await;
    assert_eq!(added.status, 303, "{}", added.body);
    let csv = officer.get(&format!("{base}/export?format=csv&purpose=联络")).await;
    assert!(csv.status == 200, "{} {}", csv.status, csv.body);
    assert!(csv.body.contains("郑田") && csv.body.contains("2026-11-01") && !csv.body.contains("13900000000"), "{}", csv.body);
    let numbers = officer.get(&format!("{base}/export?format=csv&contacts=1")).await;
    assert!(numbers.body.contains("13900000000"), "{}", numbers.body);
    let noted = county.office.store.read(|tx| tx.one("select count(*) from journal where says like '%名册里的电话%'", &[])).unwrap().int(0);
    assert_eq!(noted, 1, "only the one with numbers is a look at them");
    assert!(officer.get(&format!("{base}/export?format=xlsx")).await.bytes.starts_with(b"PK"));
    assert!(officer.get(&format!("{base}/export?format=pdf")).await.bytes.starts_with(b"%PDF-"));
    assert_eq!(officer.get(&format!("{base}/export?format=doc")).await.status, 400);
    let mut recorded = county.logged_in("me").await;
    for path in ["/registers", base, "/registers/whistle-and-report/liaisons/contacts"] {
        assert_eq!(recorded.get(path).await.status, 404, "{path}");
    }
}
