//! How many statements a page asks the database: the roster and its like promise ten or fewer, however many rows they show.

use crate::browser::{Browser, County};
use crate::edit::{open, save};

async fn asked(county: &County, browser: &mut Browser, path: &str) -> u64 {
    let before = county.office.store.statements();
    let page = browser.get(path).await;
    assert_eq!(page.status, 200, "{path}");
    county.office.store.statements() - before
}

/// A change of somebody's record, after which no remembered answer holds.
async fn change(browser: &mut Browser, health: &str) {
    let (based_on, name) = open(browser).await;
    let saved = save(browser, "/officials/2/edit", &format!("based_on={based_on}&name={name}&health={health}&basis=paper")).await;
    assert_eq!(saved.status, 303, "{}", saved.body);
}

#[tokio::test(crate = "crate::walk")]
async fn a_roster_page_asks_ten_statements_or_fewer_even_right_after_a_write() {
    let county = County::planted();
    let mut officer = county.logged_in("officer").await;
    let pages = [
        "/ledgers/roster",
        "/ledgers/roster?from=50",
        "/ledgers/roster?q=%E5%A5%B3%2036%E5%B2%81%E4%BB%A5%E4%B8%8B%20%E5%A4%A7%E5%AD%A6%E4%BB%A5%E4%B8%8A",
        "/ledgers/agriculture",
        "/ledgers/seniority",
        "/ledgers/retirement",
    ];
    for (n, path) in pages.into_iter().enumerate() {
        change(&mut officer, &format!("h{n}")).await;
        let first = asked(&county, &mut officer, path).await;
        let again = asked(&county, &mut officer, path).await;
        assert!((1..=10).contains(&first) && (1..=10).contains(&again), "{path}: {first} statements after a write, {again} again");
    }
}
