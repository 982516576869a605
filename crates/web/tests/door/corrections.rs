//! 权利台 through the door, and what a person sees of their own record: T-81, T-86, T-87.

use crate::browser::County;
use registry::register::{self, Layer};
use registry::rights::{self, NOUNS};
use registry::{Actor, AsOf, Person, Role, Sees};
use vocabulary::Id;

fn oneself(person: i64) -> Actor {
    let person: Id<Person> = Id::new(person);
    Actor { role: Role::Recorded, sees: Sees::Oneself(person), person: Some(person), ..Actor::program() }
}

/// The address of the first link of the page that begins so.
fn link(page: &str, begin: &str) -> String {
    let page = page.replace("&#x2f;", "/");
    let at = page.find(&format!("href=\"{begin}")).unwrap_or_else(|| panic!("no link {begin} in {page}"));
    page[at + 6..].split('"').next().unwrap().replace("&amp;", "&")
}

#[tokio::test(crate = "crate::walk", flavor = "multi_thread")]
async fn a_person_asks_the_office_refuses_and_another_decides_the_appeal() {
    let county = County::planted();
    county.account("chief", Role::Head, None);
    let (mut me, mut officer, mut second) = (county.logged_in("me").await, county.logged_in("officer").await, county.logged_in("chief").await);

    let page = me.get("/me").await;
    let form = me.get(&link(&page.body, "/me/corrections/new?noun=person_details")).await;
    assert!(form.status == 200 && form.body.contains("现在的记录"), "{}", form.body);
    let number = page.body.split("noun=person_details&amp;number=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    let ask = |reason: &str| format!("kind=mend&noun=person_details&number={number}&field=native_place&f-native_place=NEWPLACE&reason={reason}");
    let empty = me.post("/me/corrections", &ask("")).await;
    assert!(empty.status == 422 && empty.body.contains("请写明理由") && empty.body.contains("NEWPLACE"), "{}", empty.body);
    let asked = me.post("/me/corrections", &ask("papers")).await;
    assert_eq!(asked.status, 303, "{}", asked.body);
    let mine = asked.location.clone();
    let upload = me.upload(&format!("{mine}/papers"), "证明.txt", "evidence").await;
    assert_eq!(upload.status, 303, "{}", upload.body);
    assert!(me.get(&mine).await.body.contains("证明.txt"));

    let list = officer.get("/rights").await;
    assert!(list.body.contains("籍贯") && list.body.contains("1 件待答复"), "{}", list.body);
    let id = mine.rsplit('/').next().unwrap();
    let shown = officer.get(&format!("/rights/{id}")).await.body;
    let paper = officer.get(&link(&shown, &format!("/rights/{id}/papers"))).await;
    assert_eq!(paper.body, "evidence");
    let without = officer.post(&format!("/rights/{id}/decision"), "decision=refuse").await;
    assert!(without.status == 422 && without.body.contains("应当说明理由") && without.body.contains("个人信息保护法"), "{}", without.body);
    assert_eq!(officer.post(&format!("/rights/{id}/decision"), "decision=refuse&reasons=archive").await.status, 303);
    assert_eq!(me.post(&format!("{mine}/appeal"), "reason=again").await.status, 303);
    let same = officer.post(&format!("/rights/{id}/decision"), "decision=accept").await;
    assert!(same.status == 422 && same.body.contains("未办理过原申请"), "{}", same.body);
    assert_eq!(second.post(&format!("/rights/{id}/decision"), "decision=accept&reasons=yes").await.status, 303);
    assert!(me.get("/me").await.body.contains("NEWPLACE"));
    assert!(me.get(&mine).await.body.contains("申诉后已更正"));
}

#[tokio::test(crate = "crate::walk", flavor = "multi_thread")]
async fn what_a_person_states_is_shown_beside_the_entry_in_the_record_the_ledger_and_the_export() {
    let county = County::planted();
    let (mut me, mut officer) = (county.logged_in("me").await, county.logged_in("officer").await);
    let page = me.get("/me").await.body;
    let number = page.split("noun=person_details&amp;number=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    assert_eq!(me.post("/me/statements", &format!("noun=person_details&number={number}&field=born&text=MYWORDS")).await.status, 303);
    assert!(me.get("/me").await.body.contains("MYWORDS"));
    assert!(officer.get("/officials/1").await.body.contains("MYWORDS"));
    let ledger = officer.get("/ledgers/new?of=official&columns=name,born").await;
    assert!(ledger.body.contains("本人对此作有说明"), "{}", ledger.body);
    let export = officer.get("/ledgers/roster/export?format=csv").await;
    assert!(export.body.contains("本人有说明："), "{}", export.body);
    assert_eq!(officer.post("/me/statements/1/removal", "").await.status, 404, "only their own");
}

#[tokio::test(crate = "crate::walk", flavor = "multi_thread")]
async fn nobody_reaches_another_persons_requests() {
    let county = County::planted();
    county.account("other", Role::Recorded, Some(3));
    let (mut me, mut other, mut unit) = (county.logged_in("me").await, county.logged_in("other").await, county.logged_in("unit").await);
    let asked = me.post("/me/corrections", "kind=add&noun=awards&f-name=PRIZE&reason=x").await;
    assert_eq!(asked.status, 303, "{}", asked.body);
    let id = asked.location.rsplit('/').next().unwrap().to_owned();
    assert_eq!(other.get(&asked.location).await.status, 404);
    assert_eq!(other.post(&format!("{}/appeal", asked.location), "reason=x").await.status, 404);
    for path in ["/rights".to_owned(), format!("/rights/{id}")] {
        for browser in [&mut me, &mut other, &mut unit] {
            assert!(matches!(browser.get(&path).await.status, 403 | 404), "{path}");
        }
    }
    assert!(matches!(unit.post(&format!("/rights/{id}/decision"), "decision=accept").await.status, 403 | 404));
}

/// T-81: what everybody sees of themselves is layer A of the register, all of it, and nothing of layer C.
#[tokio::test(crate = "crate::walk", flavor = "multi_thread")]
async fn the_self_view_is_layer_a_whole_and_nothing_of_layer_c() {
    let county = County::planted();
    let office = &county.office;
    office
        .store
        .write(|tx| {
            tx.execute("update person_details set remark = 'CANARYC' || person", &[])?;
            tx.execute("insert into pools (person, kind, from_day, entered) select id, 'CANARYC' || id, '2020', 1 from persons", &[])?;
            tx.execute("update relatives set work = 'CANARYB' || person, name = 'CANARYB' || person", &[])?;
            tx.execute("insert into sanctions (person, name, from_day, entered) select id, 'CANARYB' || id, '2020-01-01', 1 from persons", &[])
        })
        .unwrap();
    let mut values = 0;
    for number in 1..=300 {
        let parts = office.read(&oneself(number), AsOf::default(), |desk| rights::parts(desk, Id::new(number))).unwrap();
        for noun in NOUNS {
            let part = parts.iter().find(|p| p.table == noun.table);
            let shown = noun.fields.iter().filter(|f| register::layer(noun.table, f.column) == Layer::A).collect::<Vec<_>>();
            let Some(part) = part else {
                assert!(shown.is_empty(), "{}", noun.table);
                continue;
            };
            assert_eq!(part.on_request, shown.is_empty(), "{}", noun.table);
            if part.on_request {
                assert!(part.entries.is_empty(), "{}", noun.table);
                continue;
            }
            // The oracle: the rows themselves.
            for field in shown {
                let sql = format!("select count({0}) from {1} where person = {number} and superseded is null and cast({0} as text) <> ''", field.column, noun.table);
                let held = office.store.read(|tx| tx.one(&sql, &[])).unwrap().int(0);
                let seen = part.entries.iter().flat_map(|e| &e.values).filter(|v| v.column == field.column && !v.value.is_empty()).count() as i64;
                assert_eq!(seen, held, "{}.{} of {number}", noun.table, field.column);
                values += seen;
            }
        }
        let text = serde_json::to_string(&parts).unwrap();
        assert!(!text.contains("CANARY"), "{number}");
    }
    assert!(values > 5_000, "{values}");
    let page = county.logged_in("me").await.get("/me").await;
    assert!(page.status == 200 && !page.body.contains("CANARY"), "{}", page.body);
    assert_eq!((register::layer("person_details", "remark"), register::layer("pools", "kind")), (Layer::C, Layer::C));
}

/// T-86: the scripts that are shipped ask the browser for nothing about the person who sits there.
#[tokio::test(crate = "crate::walk")]
async fn no_script_watches_who_sits_there() {
    const FORBIDDEN: [&str; 14] = [
        "geolocation", "sendBeacon", "mediaDevices", "getUserMedia", "IdleDetector", "enumerateDevices", "deviceorientation", "devicemotion", "getBattery",
        "WebSocket", "EventSource", "visibilitychange", "keylog", "serviceWorker",
    ];
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/js");
    let mut scripts = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        for word in FORBIDDEN {
            assert!(!text.contains(word), "{} uses {word}", path.display());
        }
        scripts += 1;
    }
    assert!(scripts >= 5);
    let county = County::planted();
    let page = county.logged_in("officer").await.get("/").await;
    let policy = page.headers["permissions-policy"].to_str().unwrap();
    for what in ["camera=()", "geolocation=()", "microphone=()"] {
        assert!(policy.contains(what), "{policy}");
    }
    assert!(page.headers["content-security-policy"].to_str().unwrap().contains("connect-src 'self'"));
}
