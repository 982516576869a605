//! A vote at the door: opened, cast on two papers, closed, published; and who may not. What a cast leaves in the database
//! (A6), and that no page tells of an open box (A8).

use crate::browser::{Browser, County, without_keys};
use crate::rights::routes_in_the_source;
use std::collections::BTreeMap;

#[tokio::test(crate = "crate::walk")]
async fn a_vote_is_opened_cast_closed_and_published() {
    let county = County::planted();
    let mut officer = county.logged_in("officer").await;
    assert_eq!(officer.get("/ballots/new").await.status, 200);
    let empty = officer.post("/ballots", "kind=&title=&items=").await;
    assert_eq!(empty.status, 422);
    let few = officer.post("/ballots", "kind=selection/assessment&title=t&items=x&voter=1&voter=2").await;
    assert_eq!(few.status, 422, "an assessment by two cannot be published");
    assert!(few.body.contains("少于 5 位"), "{}", few.body);
    let opened = officer.post("/ballots", "kind=selection/decision&title=%E7%A5%A8%E5%86%B3&items=%E7%94%B2%0A%E4%B9%99&voter=1&voter=3").await;
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

/// Accounts of the small county that may vote: numbers, and the names they log in by.
fn electorate(county: &County) -> Vec<(i64, String)> {
    let sql = "select id, name from accounts where role in ('officer', 'head', 'unit_hr', 'leader', 'branch_secretary', 'appraiser', 'liaison', 'community_worker') order by id";
    let rows = county.office.store.read(|tx| tx.rows(sql, &[])).unwrap();
    let all: Vec<_> = rows.iter().map(|r| (r.int(0), r.text(1).to_owned())).collect();
    assert!(all.len() >= 7, "{all:?}");
    all[..7].to_vec()
}

/// 民主测评 of two, opened by `officer`.
async fn assessment(county: &County) -> Vec<(i64, String)> {
    let voters = electorate(county);
    let chosen: String = voters.iter().map(|(id, _)| format!("&voter={id}")).collect();
    let form = format!("kind=selection/assessment&title=%E6%B5%8B%E8%AF%84&items=%E7%94%B2%0A%E4%B9%99{chosen}");
    let opened = county.logged_in("officer").await.post("/ballots", &form).await;
    assert_eq!(opened.status, 303, "{}", opened.body);
    voters
}

/// Sums of all tables; rows of the box and of the journal are counted by the caller's own questions.
fn sums(county: &County) -> BTreeMap<String, String> {
    let all = county.office.store.read(|tx| store::digests(tx, &[])).unwrap();
    all.into_iter().map(|(table, sum)| (table, format!("{sum:?}"))).collect()
}

#[tokio::test(crate = "crate::walk")]
async fn a_cast_leaves_only_a_paper_a_mark_and_an_entry_that_names_nobody() {
    let county = County::planted();
    let voters = assessment(&county).await;
    let mut browser = county.logged_in(&voters[3].1).await;
    let page = browser.get("/ballots/1/paper").await.body;
    let key = page.split("name=\"once\" value=\"").nth(1).and_then(|p| p.split('"').next()).unwrap().to_owned();
    for round in 0..2 {
        let before = sums(&county);
        let cast = browser.post("/ballots/1/paper", &format!("once={key}&item-0={round}&item-1=2&comment=c{round}")).await;
        assert!(cast.status == 200 && cast.body.contains("回执"), "{}", cast.body);
        let after = sums(&county);
        let changed: Vec<&str> = after.iter().filter(|(table, sum)| before.get(*table) != Some(*sum)).map(|(t, _)| t.as_str()).collect();
        let mut expected = vec!["ballot_papers", "ballot_roll", "journal", "journal_tree", "journal_nodes"];
        if round == 1 {
            // The roll keeps the day alone: a second vote on it changes nothing there.
            expected.retain(|t| *t != "ballot_roll");
        }
        let odd: Vec<&&str> = changed.iter().filter(|t| !expected.contains(*t) && !t.starts_with("journal_")).collect();
        assert!(odd.is_empty(), "round {round}: {odd:?}");
        assert!(changed.contains(&"ballot_papers") && changed.contains(&"journal"), "{changed:?}");
    }
    let last = county.office.store.read(|tx| tx.one("select at, actor, says, act, source from journal order by id desc limit 1", &[])).unwrap();
    assert_eq!((last.text(0), last.text(1), last.text(2), last.text(3)), ("2026-11-22T00:00:00+08:00", "票箱", "票箱收到一张票", "ballot.cast"));
    let kept = county.office.store.read(|tx| tx.one("select count(*) from submissions where key = $1", &[key.as_str().into()])).unwrap();
    assert_eq!(kept.int(0), 0, "the sum of a paper would tell what stands on it");
}

/// Without tokens, keys of forms, sums and receipts: what is drawn from chance differs without any vote.
fn plain(body: &str, token: &str) -> String {
    let body = without_keys(body).replace(token, "");
    let mut out = String::with_capacity(body.len());
    let mut run = String::new();
    for letter in body.chars().chain(['\n']) {
        if letter.is_ascii_hexdigit() {
            run.push(letter);
            continue;
        }
        out.push_str(if run.len() >= 32 { "#" } else { &run });
        run.clear();
        out.push(letter);
    }
    out
}

/// A8: two worlds in which the same people came and wrote differently; every page that anybody may read is the same.
#[tokio::test(crate = "crate::walk", flavor = "multi_thread", worker_threads = 2)]
async fn no_page_tells_of_an_open_box() {
    let routes: Vec<String> = routes_in_the_source().into_iter().filter_map(|r| r.strip_prefix("GET ").map(str::to_owned)).collect();
    assert!(routes.len() > 60 && routes.iter().any(|r| r == "/ballots/{id}"), "{}", routes.len());
    let roles = ["officer", "head", "leader", "unit", "me", "auditor", "audit_admin", "security_admin", "system_admin"];
    let mut worlds = Vec::new();
    // The third is the twin of the first: what differs between them differs by chance (a secret for a second factor, say).
    for world in [0, 1, 0] {
        let county = County::planted();
        let voters = assessment(&county).await;
        for (at, (_, name)) in voters[..6].iter().enumerate() {
            let mut browser = county.logged_in(name).await;
            let (first, comment) = if world == 0 { (0, "h") } else { (3, "a+much+longer+comment") };
            let cast = browser.post("/ballots/1/paper", &format!("item-0={first}&item-1={}&comment={comment}", (at + world) % 4)).await;
            assert_eq!(cast.status, 200, "{}", cast.body);
        }
        let mut browsers: Vec<Browser> = Vec::new();
        for role in roles {
            browsers.push(county.logged_in(role).await);
        }
        worlds.push((county, browsers));
    }
    let (mut alike, mut by_chance) = (0, Vec::new());
    for route in &routes {
        let path = crate::matrix::address(route, 1);
        for (at, role) in roles.iter().enumerate() {
            let mut seen = Vec::new();
            for (_, browsers) in &mut worlds {
                let answer = browsers[at].get(&path).await;
                seen.push((answer.status, plain(&answer.body, &browsers[at].token())));
            }
            if seen[0] == seen[1] {
                alike += usize::from(seen[0].0 == 200);
                continue;
            }
            assert!(seen[0] != seen[2], "{role} {path} tells the worlds apart");
            by_chance.push(format!("{role} {path}"));
        }
    }
    println!("{alike} pages alike, {} by chance: {by_chance:?}", by_chance.len());
    assert!(alike > 250, "{alike}");
    assert!(by_chance.iter().all(|p| !p.contains("ballot") && !p.contains("journal")), "{by_chance:?}");
}
