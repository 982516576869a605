use crate::browser::{Answered, Browser, County};

/// The value of a field on the form.
fn value(page: &str, name: &str) -> String {
    let at = page.find(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("no field {name}"));
    page[at..].split('"').nth(3).unwrap().to_owned()
}

/// Looks at the change first, as the page makes everybody do, and saves what was seen.
pub async fn save(browser: &mut Browser, path: &str, typed: &str) -> Answered {
    let seen = browser.post(path, typed).await;
    assert_eq!(seen.status, 200, "{}", seen.body);
    assert!(seen.body.contains("还没有写入"));
    browser.post(path, &format!("{typed}&act=save&seen={}", value(&seen.body, "seen"))).await
}

pub async fn open(browser: &mut Browser) -> (String, String) {
    browser.state(2).await;
    let page = browser.get("/officials/2/edit").await;
    assert_eq!(page.status, 200);
    (value(&page.body, "based_on"), value(&page.body, "name"))
}

#[tokio::test(crate = "crate::walk")]
async fn who_comes_second_is_told_and_loses_nothing() {
    let county = County::planted();
    let (mut first, mut second) = (county.logged_in("officer").await, county.logged_in("officer").await);
    first.state(2).await;
    second.state(2).await;
    let (based_on, name) = open(&mut first).await;
    open(&mut second).await;

    let saved = save(&mut first, "/officials/2/edit", &format!("based_on={based_on}&name={name}&health=first&basis=paper")).await;
    assert_eq!(saved.status, 303);
    assert!(saved.location.starts_with("/officials/2/changes/"), "{}", saved.location);
    let head = county.office.head();
    let late = second.post("/officials/2/edit", &format!("based_on={based_on}&name={name}&health=second&native_place=typed&basis=paper")).await;

    assert_eq!(late.status, 409);
    for word in ["您填写期间", "first", "second", "typed", "两人都改了"] {
        assert!(late.body.contains(word), "{word}");
    }
    assert_eq!(county.office.head(), head, "nothing was written");
    let again = value(&late.body, "based_on");
    let done = save(&mut second, "/officials/2/edit", &format!("based_on={again}&name={name}&health=second&basis=paper")).await;
    assert_eq!(done.status, 303);
}

#[tokio::test(crate = "crate::walk")]
async fn mistakes_come_back_together_with_what_was_typed() {
    let county = County::planted();
    let mut browser = county.logged_in("officer").await;
    browser.state(2).await;
    let (based_on, _) = open(&mut browser).await;

    let page = browser.post("/officials/2/edit", &format!("based_on={based_on}&name=&born=198213&id_number=123&remark=kept")).await;

    assert_eq!(page.status, 422);
    for word in ["请填写姓名", "198213", "读不懂", "kept", "href=\"#born\"", "href=\"#id_number\"", "href=\"#basis\""] {
        assert!(page.body.contains(word), "{word}");
    }
}

#[tokio::test(crate = "crate::walk")]
async fn a_preview_writes_nothing_and_what_is_saved_is_what_was_seen() {
    let county = County::planted();
    let mut browser = county.logged_in("officer").await;
    browser.state(2).await;
    let head = county.office.head();
    let typed = "name=award&organ=county&from_day=2024-05";

    let seen = browser.post("/officials/2/records/awards/new", typed).await;
    assert_eq!(county.office.head(), head, "a preview leaves no journal entry");
    let other = browser.post("/officials/2/records/awards/new", &format!("name=other&from_day=2024-05&act=save&seen={}", value(&seen.body, "seen"))).await;
    assert!(other.status == 200 && other.body.contains("还没有写入"), "typed on after the preview, it is previewed again");

    let saved = save(&mut browser, "/officials/2/records/awards/new", typed).await;
    assert_eq!(saved.status, 303);
    let shown = browser.get(&saved.location).await;
    for word in ["改动已写入", "award", "撤销这次改动"] {
        assert!(shown.body.contains(word), "{word}");
    }
    let undone = browser.post(&saved.location, "").await;
    assert_eq!(undone.status, 303);
    assert!(!browser.get("/officials/2/records").await.body.contains(">award<"));
    let twice = browser.post(&saved.location, "").await;
    assert!(twice.status == 422 && twice.body.contains("之后又改过"), "{}", twice.status);
}

#[tokio::test(crate = "crate::walk")]
async fn a_draft_is_there_when_she_comes_back_and_the_other_is_told() {
    let county = County::planted();
    let (mut first, mut second) = (county.logged_in("officer").await, county.logged_in("second").await);
    let (based_on, name) = open(&mut first).await;
    let page = "%2Fofficials%2F2%2Fedit%3Fverb%3Dcorrect";
    let kept = first.post("/drafts", &format!("page={page}&based_on={based_on}&name={name}&health=halfway")).await;
    assert_eq!(kept.status, 204);

    let back = first.get("/officials/2/edit").await;
    assert!(back.body.contains("没有保存的草稿") && back.body.contains("halfway"));
    second.state(2).await;
    let other = second.get("/officials/2/edit").await;
    assert!(other.body.contains("也在改这一条") && !other.body.contains("halfway"));
    first.post("/officials/2/edit?verb=correct", "act=drop").await;
    assert!(!first.get("/officials/2/edit").await.body.contains("halfway"));
    let elsewhere = first.post("/drafts", "page=%2Flogin&x=1").await;
    assert_eq!(elsewhere.status, 400);
}

#[tokio::test(crate = "crate::walk")]
async fn who_may_only_read_finds_no_form() {
    let county = County::planted();
    let mut unit = county.logged_in("unit").await;
    for path in ["/officials/new", "/organisations/new", "/officials/2/records/awards/new"] {
        let status = unit.get(path).await.status;
        assert!(matches!(status, 403 | 404), "{path}: {status}");
    }
    assert!(matches!(unit.post("/drafts", "page=%2Fofficials%2F2%2Fedit&x=1").await.status, 403 | 404));
}

#[tokio::test(crate = "crate::walk")]
async fn a_photo_is_changed_and_what_is_no_photo_is_refused() {
    let county = County::planted();
    let mut browser = county.logged_in("officer").await;
    browser.state(2).await;
    let refused = browser.upload("/officials/2/photo/new", "a.png", "no picture").await;
    assert!(refused.status == 422 && refused.body.contains("不是照片"), "{}", refused.status);
    // Its first bytes are not enough: the picture is opened, as an import opens it.
    for (name, broken) in [("a.gif", "GIF89a-picture"), ("a.gif", "GIF8"), ("a.bmp", "BM, which is how a letter may begin")] {
        let refused = browser.upload("/officials/2/photo/new", name, broken).await;
        assert!(refused.status == 422 && refused.body.contains("照片"), "{name} {broken}: {}", refused.status);
    }
    let done = browser.upload("/officials/2/photo/new", "a.gif", DOT).await;
    assert_eq!((done.status, done.location.as_str()), (303, "/officials/2"));
    let shown = browser.get("/officials/2/photo").await;
    assert_eq!((shown.headers["content-type"].to_str().unwrap(), shown.body.as_str()), ("image/gif", DOT));
}

/// 当时所知: what was learned on the 24th was not known on the 22nd, on the page; and there it cannot be changed.
#[tokio::test(crate = "crate::walk")]
async fn a_page_tells_what_was_known_on_a_day() {
    let mut county = County::planted();
    county.restart_on(vocabulary::day!(2026 - 11 - 24));
    let mut browser = county.logged_in("officer").await;
    browser.state(2).await;
    let (based_on, name) = open(&mut browser).await;
    let saved = save(&mut browser, "/officials/2/edit", &format!("based_on={based_on}&name={name}&native_place=%E5%A4%A9%E6%B6%AF&basis=paper")).await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    for (query, known) in [("", true), ("known_on=2026-11-24", true), ("known_on=2026-11-22", false), ("as_of=2026-11-22", true)] {
        let page = browser.get(&format!("/officials/2?{query}")).await;
        assert_eq!(page.status, 200, "{query}");
        assert_eq!(page.body.contains("天涯"), known, "the record, {query}");
    }
    let then = browser.get("/officials/2?known_on=2026-11-22").await;
    assert!(then.body.contains("2026-11-22") && !then.body.contains("修改记录</a>"), "the past is not changed");
}

/// A picture of one dot, whose bytes are letters all the same.
const DOT: &str = "GIF89a\u{1}\0\u{1}\0\0\0\0,\0\0\0\0\u{1}\0\u{1}\0\0\u{2}\u{2}D\u{1}\0;";

#[tokio::test(crate = "crate::walk")]
async fn what_a_file_brought_beside_the_tables_stands_on_the_page_with_its_source() {
    let county = County::planted();
    county
        .office
        .write(&registry::Actor::program(), |desk| {
            let new = registry::source::NewSource { name: "信息采集表.xlsx", kind: "national_workbook", checksum: "1", bytes: None };
            let file = registry::source::keep(desk, &new)?;
            desk.brought_by(Some(file.number()));
            let entry = desk.record(registry::desk::Happened { act: "import.apply", subject: "source", number: Some(file.number()), says: "导入".into() })?;
            let person = vocabulary::Id::new(2);
            for (field, text) in [("field:selected_graduate", "选调生甲"), ("field:establishment", "行政编制乙"), ("extra:DiFangXiang", "<DiFangXiang>raw</DiFangXiang>")] {
                registry::dated::add(desk, person, &registry::rows::FormText { field: field.into(), text: text.into() }, entry)?;
            }
            Ok::<_, registry::Error>(())
        })
        .unwrap();
    let mut officer = county.logged_in("officer").await;
    let folded = officer.get("/officials/2").await;
    assert!(folded.status == 200 && !folded.body.contains("选调生甲"), "texts of a form are protected");
    officer.state(2).await;
    let page = officer.get("/officials/2").await;
    for word in ["文件带来的其他内容", "是否选调生", "选调生甲", "编制类型", "行政编制乙", "由“信息采集表.xlsx”导入"] {
        assert!(page.body.contains(word), "{word}");
    }
    assert!(!page.body.contains("DiFangXiang"), "elements for other programs are no reading");
    assert!(!officer.get("/officials/3").await.body.contains("文件带来的其他内容"), "nothing is said of nothing");
}
