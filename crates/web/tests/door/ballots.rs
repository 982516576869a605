//! A vote at the door: opened, cast on two papers, closed, published; and who may not.

use crate::browser::County;

#[tokio::test]
async fn a_vote_is_opened_cast_closed_and_published() {
    let county = County::named("ballots");
    let mut officer = county.logged_in("officer").await;
    assert_eq!(officer.get("/ballots/new").await.status, 200);
    let empty = officer.post("/ballots", "kind=&title=&items=").await;
    assert_eq!(empty.status, 422);
    let few = officer.post("/ballots", "kind=selection/assessment&title=t&items=x&voter=1&voter=2").await;
    assert_eq!(few.status, 422, "an assessment by two cannot be published");
    assert!(few.body.contains("少于 5 位"), "{}", few.body);
    let opened = officer.post("/ballots", "kind=selection/decision&title=%E7%A5%A8%E5%86%B3&items=%E7%94%B2%0A%E4%B9%99&voter=1&voter=2").await;
    assert_eq!((opened.status, opened.location.as_str()), (303, "/ballots/1"), "{}", opened.body);

    let mut unit = county.logged_in("unit").await;
    assert!(unit.get("/ballots").await.body.contains("/ballots/1/paper"));
    let paper = unit.get("/ballots/1/paper").await;
    assert!(paper.body.contains("缓议") && paper.body.contains("item-1"), "{}", paper.body);
    let half = unit.post("/ballots/1/paper", "item-0=1").await;
    assert_eq!(half.status, 422);
    assert!(half.body.contains("还有没表明意见的") && half.body.contains("value=\"1\" checked"), "what was chosen is kept: {}", half.body);
    let cast = unit.post("/ballots/1/paper", "item-0=1&item-1=0").await;
    assert!(cast.status == 200 && cast.body.contains("回执"), "{}", cast.body);
    assert_eq!(officer.post("/ballots/1/paper", "item-0=0&item-1=0").await.status, 200);
    let open = officer.get("/ballots/1").await.body;
    assert!(open.contains("已投人数满 5 人后显示") && !open.contains("有效票"), "nothing shows before the close: {open}");

    let mut me = county.logged_in("me").await;
    assert_eq!(me.get("/ballots/1/paper").await.status, 404, "who is not on the roll is not told of it");
    assert_eq!(unit.post("/ballots/1/closing", "").await.status, 404, "and who may not open boxes does not close one");
    assert_eq!(officer.post("/ballots/1/closing", "").await.status, 303);
    let result = officer.get("/ballots/1").await.body;
    assert!(result.contains("有效票 2 张") && result.contains("已结束"), "{result}");
    assert_eq!(officer.post("/ballots/1/paper", "item-0=0&item-1=0").await.status, 422, "too late");
}
