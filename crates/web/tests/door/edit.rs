use crate::browser::{Browser, County};

/// The value of a field on the form.
fn value(page: &str, name: &str) -> String {
    let at = page.find(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("no field {name}"));
    page[at..].split('"').nth(3).unwrap().to_owned()
}

async fn open(browser: &mut Browser) -> (String, String) {
    browser.state(2).await;
    let page = browser.get("/officials/2/edit").await;
    assert_eq!(page.status, 200);
    (value(&page.body, "based_on"), value(&page.body, "name"))
}

#[tokio::test]
async fn who_comes_second_is_told_and_loses_nothing() {
    let county = County::named("edit");
    let (mut first, mut second) = (county.logged_in("officer").await, county.logged_in("officer").await);
    let (based_on, name) = open(&mut first).await;
    open(&mut second).await;

    let saved = first.post("/officials/2/edit", &format!("based_on={based_on}&name={name}&health=first")).await;
    assert_eq!((saved.status, saved.location.as_str()), (303, "/officials/2"));
    let head = county.office.head();
    let late = second.post("/officials/2/edit", &format!("based_on={based_on}&name={name}&health=second&native_place=typed")).await;

    assert_eq!(late.status, 409);
    for word in ["您填写期间", "first", "second", "typed", "两人都改了"] {
        assert!(late.body.contains(word), "{word}");
    }
    assert_eq!(county.office.head(), head, "nothing was written");
    let again = value(&late.body, "based_on");
    let done = second.post("/officials/2/edit", &format!("based_on={again}&name={name}&health=second")).await;
    assert_eq!(done.status, 303);
}

#[tokio::test]
async fn mistakes_come_back_together_with_what_was_typed() {
    let county = County::named("mistakes");
    let mut browser = county.logged_in("officer").await;
    let (based_on, _) = open(&mut browser).await;

    let page = browser.post("/officials/2/edit", &format!("based_on={based_on}&name=&born=198213&id_number=123&remark=kept")).await;

    assert_eq!(page.status, 422);
    for word in ["请填写姓名", "198213", "读不懂", "kept", "href=\"#born\"", "href=\"#id_number\""] {
        assert!(page.body.contains(word), "{word}");
    }
}
