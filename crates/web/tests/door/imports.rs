use crate::browser::{Answered, Browser, County};

const ROSTER: &str = "姓名,性别,出生年月,民族,现任职务\n欧阳青禾,女,1990.05,汉族,县档案馆科员\n司马云舟,男,1991.06,汉族,县档案馆科员\n";

/// Looks until the work in the background is done.
async fn settled(browser: &mut Browser, address: &str) -> Answered {
    for _ in 0..600 {
        let page = browser.get(address).await;
        if !page.body.contains("class=\"job\"") {
            return page;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("{address} does not come to an end");
}

fn people(county: &County) -> i64 {
    let actor = registry::Actor::program();
    county.office.read(&actor, Default::default(), |desk| Ok::<_, registry::Error>(desk.one("select count(*) from persons", &[])?.int(0))).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_roster_is_looked_at_then_written_and_a_second_time_changes_nothing() {
    let county = County::named("imports");
    let before = people(&county);
    let mut browser = county.logged_in("officer").await;

    let upload = browser.upload("/imports", "新人.csv", ROSTER).await;
    assert_eq!(upload.status, 303, "{}", upload.body);
    let preview = settled(&mut browser, &format!("{}?tab=new", upload.location)).await;
    assert!(preview.body.contains("欧阳青禾") && preview.body.contains("导入所选 2 人"), "{}", preview.body);
    assert_eq!(people(&county), before, "a look writes nothing");

    // The second record of the file is left out.
    browser.post(&format!("{}/choices", upload.location), "shown=1&take=1&shown=2").await;
    let page = browser.get(&upload.location).await;
    assert!(page.body.contains("导入所选 1 人"));
    browser.post(&format!("{}/apply", upload.location), "").await;
    let done = settled(&mut browser, &upload.location).await;
    assert!(done.body.contains("已导入“新人.csv”") && done.body.contains("欧阳青禾"), "{}", done.body);
    assert_eq!(people(&county), before + 1);
    assert!(browser.get("/imports").await.body.contains("新增 1 人"));

    let first = "姓名,性别,出生年月,民族,现任职务\n欧阳青禾,女,1990.05,汉族,县档案馆科员\n";
    let again = browser.upload("/imports", "新人.csv", first).await;
    let preview = settled(&mut browser, &again.location).await;
    assert!(preview.body.contains("没有要写入的变化"), "{}", preview.body);
    assert_eq!(people(&county), before + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_an_officer_imports_and_an_upload_is_its_owners() {
    let county = County::named("imports-roles");
    let mut officer = county.logged_in("officer").await;
    let upload = officer.upload("/imports", "新人.csv", ROSTER).await;
    for name in ["unit", "me"] {
        let mut other = county.logged_in(name).await;
        for path in ["/imports", &upload.location, "/imports/sources/1", "/procedures", "/procedures/new"] {
            assert!(matches!(other.get(path).await.status, 403 | 404), "{name} {path}");
        }
        assert!(matches!(other.upload("/imports", "新人.csv", ROSTER).await.status, 403 | 404), "{name}");
    }
    let dropped = officer.post(&format!("{}/removal", upload.location), "").await;
    assert_eq!(dropped.location, "/imports");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_examines_its_own_people() {
    let county = County::named("imports-examine");
    let mut unit = county.logged_in("unit").await;
    let page = unit.get("/examine?person=1&post=1").await;
    assert_eq!(page.status, 200);
    assert!(!page.body.contains("提出任免方案"), "a unit opens no procedure");
    assert_eq!(county.logged_in("me").await.get("/examine").await.status, 404);
}
