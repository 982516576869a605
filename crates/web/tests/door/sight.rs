use crate::browser::County;
use registry::{Actor, AsOf, Error, organisation};

#[tokio::test(crate = "crate::walk")]
async fn a_unit_sees_its_own_people_and_nobody_elses() {
    let county = County::planted();
    let (inside, outside) = people(&county);
    let mut browser = county.logged_in("unit").await;

    assert_eq!(browser.get(&format!("/officials/{inside}")).await.status, 200);
    for path in ["", "/photo", "/history", "/edit"] {
        let stranger = browser.get(&format!("/officials/{outside}{path}")).await;
        assert!(matches!(stranger.status, 403 | 404), "{path}: {}", stranger.status);
        assert!(!stranger.body.contains("身份证号"));
    }
    assert_eq!(browser.get(&format!("/officials/{outside}")).await.status, 404, "a stranger's record is not found");
    let edit = browser.get(&format!("/officials/{inside}/edit")).await;
    assert_eq!(edit.status, 404, "a unit reads and does not write");
}

#[tokio::test(crate = "crate::walk")]
async fn a_person_on_record_opens_their_own_page_and_nothing_else() {
    let county = County::planted();
    let mut browser = county.logged_in("me").await;

    assert_eq!(browser.get("/").await.location, "/me");
    let mine = browser.get("/me").await;
    assert_eq!(mine.status, 200);
    assert!(mine.body.contains("组织部门记录的您的情况"));
    assert!(mine.body.contains("这部分向组织部门申请后可以查看") && !mine.body.contains("优秀年轻干部库"));
    for path in ["/officials/1", "/officials/2", "/organisations", "/search?q=x", "/journal", "/officials/1/history", "/ledgers/roster"] {
        assert_eq!(browser.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test(crate = "crate::walk")]
async fn an_address_that_is_none_is_said_kindly() {
    let county = County::planted();
    let mut browser = county.logged_in("officer").await;

    for path in ["/nowhere", "/officials/none", "/officials/99999", "/posts/99999"] {
        let page = browser.get(path).await;
        assert_eq!(page.status, 404, "{path}");
        assert!(page.body.contains("没有找到") && page.body.contains("<main"), "{path}");
    }
    assert_eq!(browser.get("/officials/1?as_of=2024-13-01").await.status, 400);
}

/// Somebody of the unit's own, and somebody else.
fn people(county: &County) -> (i64, i64) {
    county
        .office
        .read(&Actor::program(), AsOf::default(), |desk| {
            let unit = organisation::named(desk, "中共青云县委员会")?.ok_or_else(|| Error::NotFound("县委".into()))?;
            let of = |test: &str| desk.one(&format!("select min(person) from standing where organisation_path {test} '{}'", unit.path), &[]);
            Ok::<_, Error>((of("=")?.int(0), of("<>")?.int(0)))
        })
        .unwrap()
}
