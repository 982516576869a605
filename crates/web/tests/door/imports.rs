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

#[tokio::test(crate = "crate::walk", flavor = "multi_thread")]
async fn a_roster_is_looked_at_then_written_and_a_second_time_changes_nothing() {
    let county = County::planted();
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

#[tokio::test(crate = "crate::walk", flavor = "multi_thread")]
async fn only_an_officer_imports_and_an_upload_is_its_owners() {
    let county = County::planted();
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

#[tokio::test(crate = "crate::walk", flavor = "multi_thread")]
async fn a_unit_examines_its_own_people() {
    let county = County::planted();
    let mut unit = county.logged_in("unit").await;
    let page = unit.get("/examine?person=1&post=1").await;
    assert_eq!(page.status, 200);
    assert!(!page.body.contains("提出任免方案"), "a unit opens no procedure");
    assert_eq!(county.logged_in("me").await.get("/examine").await.status, 404);
}

#[tokio::test(crate = "crate::walk", flavor = "multi_thread")]
async fn a_column_read_wrongly_is_put_right_and_remembered() {
    let county = County::planted();
    let mut browser = county.logged_in("officer").await;
    let roster = "姓名,性别,出生年月,备用栏\n欧阳青禾,女,1990.05,江苏南京\n";
    let upload = browser.upload("/imports", "花名册.csv", roster).await;
    settled(&mut browser, &upload.location).await;
    let columns = format!("{}/columns", upload.location);
    let page = browser.get(&columns).await;
    assert!(page.body.contains("备用栏") && page.body.contains("name=\"fact-0-3\""), "{}", page.body);
    let wrong = browser.post(&columns, "fact-0-0=%E5%A7%93%E5%90%8D&fact-0-1=%E6%80%A7%E5%88%AB&fact-0-2=%E5%87%BA%E7%94%9F%E5%B9%B4%E6%9C%88&fact-0-3=%E6%B2%A1%E6%9C%89%E7%9A%84%E9%A1%B9").await;
    assert!(wrong.status == 422 && wrong.body.contains("没有名为“没有的项”的项目") && wrong.body.contains("value=\"没有的项\""), "{}", wrong.body);
    let right = "fact-0-0=%E5%A7%93%E5%90%8D&fact-0-1=%E6%80%A7%E5%88%AB&fact-0-2=%E5%87%BA%E7%94%9F%E5%B9%B4%E6%9C%88&fact-0-3=%E7%B1%8D%E8%B4%AF";
    assert_eq!(browser.post(&columns, right).await.status, 303);
    let preview = settled(&mut browser, &format!("{}?tab=new", upload.location)).await;
    assert!(preview.body.contains("导入所选 1 人"), "{}", preview.body);
    browser.post(&format!("{}/apply", upload.location), "").await;
    settled(&mut browser, &upload.location).await;
    let native = "select count(*) from person_details where name = '欧阳青禾' and native_place = '江苏南京'";
    assert_eq!(county.office.store.read(|tx| tx.one(native, &[])).unwrap().int(0), 1);
    // The next file with these heads is read so by itself.
    let next = browser.upload("/imports", "下一册.csv", "姓名,性别,出生年月,备用栏\n司马云舟,男,1991.06,安徽合肥\n").await;
    settled(&mut browser, &next.location).await;
    assert!(browser.get(&format!("{}/columns", next.location)).await.body.contains("按上次的对应"));
}

#[tokio::test(crate = "crate::walk", flavor = "multi_thread")]
async fn who_cannot_be_told_apart_is_asked_about_and_the_answer_decides() {
    let county = County::planted();
    let before = people(&county);
    let mut browser = county.logged_in("officer").await;
    // Two of one name in the registry, told apart by nothing that the file says.
    let both = "姓名,性别,出生年月,现任职务\n欧阳青禾,女,1990.05,县档案馆科员\n欧阳青禾,女,1991.07,县财政局科员\n";
    let upload = browser.upload("/imports", "两人.csv", both).await;
    settled(&mut browser, &upload.location).await;
    browser.post(&format!("{}/apply", upload.location), "").await;
    settled(&mut browser, &upload.location).await;
    assert_eq!(people(&county), before + 2);
    let unclear = browser.upload("/imports", "说不清.csv", "姓名,籍贯\n欧阳青禾,江苏南京\n").await;
    let preview = settled(&mut browser, &format!("{}?tab=ambiguous", unclear.location)).await;
    let Some(number) = preview.body.split("name=\"who-").nth(1).and_then(|r| r.split('"').next()).map(str::to_owned) else { panic!("nobody is asked about: {}", preview.body) };
    let chosen = preview.body.split(&format!("name=\"who-{number}\" value=\"")).nth(1).and_then(|r| r.split('"').next()).unwrap().to_owned();
    browser.post(&format!("{}/choices", unclear.location), &format!("asked={number}&who-{number}={chosen}&act=compare")).await;
    settled(&mut browser, &unclear.location).await;
    browser.post(&format!("{}/apply", unclear.location), "").await;
    settled(&mut browser, &unclear.location).await;
    assert_eq!(people(&county), before + 2, "nobody is new");
    let sql = format!("select count(*) from person_details where native_place = '江苏南京' and superseded is null and person = {chosen}");
    assert_eq!(county.office.store.read(|tx| tx.one(&sql, &[])).unwrap().int(0), 1);
}
