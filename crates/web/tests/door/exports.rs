//! Every export is noted, and a leaked file names who took it out: T-84.

use crate::browser::County;
use affairs::{Attribution, By, attribution};
use registry::rights::{self, Export};
use registry::{Actor, AsOf, Error, Role};

fn exports(county: &County) -> Vec<Export> {
    county.office.read(&Actor::program(), AsOf::default(), |desk| rights::list(desk, 0, 100)).unwrap()
}
fn who(county: &County, name: &str, bytes: &[u8]) -> Attribution {
    county.office.read(&Actor::program(), AsOf::default(), |desk| attribution(desk, name, bytes)).unwrap()
}
/// What another program saves: other order, other columns, the first third of the rows only.
fn sorted_cut_and_saved(bytes: &[u8]) -> String {
    let mut rows = exchange::texts::rows("名册.xlsx", bytes).unwrap();
    rows.drain(..4);
    rows.sort_by_key(|row| row.get(3).map(|t| t.chars().rev().collect::<String>()));
    rows.truncate(rows.len() * 3 / 10);
    rows.iter().map(|row| row.iter().skip(1).rev().map(|t| format!("\"{}\"", t.replace('"', "\"\""))).collect::<Vec<_>>().join(",") + "\r\n").collect()
}

#[tokio::test(crate = "crate::walk", flavor = "multi_thread")]
async fn fifty_who_took_the_same_list_are_told_apart_by_a_third_of_it() {
    let county = County::planted();
    let mut leaked = Vec::new();
    for n in 0..50 {
        let name = format!("officer{n}");
        county.account(&name, Role::Officer, None);
        let mut browser = county.logged_in(&name).await;
        let file = browser.get("/ledgers/roster/export?format=xlsx&purpose=%E7%8F%AD%E5%AD%90%E5%88%86%E6%9E%90").await;
        assert_eq!(file.status, 200);
        leaked.push((name, file.bytes));
    }
    let noted = exports(&county);
    assert_eq!(noted.len(), 50);
    assert!(noted.iter().all(|e| e.lines > Some(250) && e.purpose == "班子分析" && e.checksum.is_some()), "{:?}", noted[0]);
    let mut right = 0;
    for (name, bytes) in &leaked {
        assert_eq!(who(&county, "名册.xlsx", bytes).by, Some(By::Checksum), "as it left");
        let found = who(&county, "名册.csv", sorted_cut_and_saved(bytes).as_bytes());
        assert_eq!(found.by, Some(By::Texts), "{found:?}");
        right += usize::from(found.export.is_some_and(|e| e.shown == *name));
    }
    assert_eq!(right, 50);
    let bare = sorted_cut_and_saved(&leaked[0].1).replace(" \"", "\"");
    assert_eq!(who(&county, "名册.csv", bare.as_bytes()).export, None, "a cleaned file is blamed on nobody");
}

#[tokio::test(crate = "crate::walk", flavor = "multi_thread")]
async fn a_marked_ledger_that_comes_back_changes_nothing() {
    let county = County::planted();
    let mut browser = county.logged_in("officer").await;
    let file = browser.get("/ledgers/roster/export?format=xlsx").await;
    let program = Actor::program();
    let preview = county.office.read(&program, AsOf::default(), |desk| {
        intake::Preview::of(desk, intake::Offered::Bytes { name: "名册.xlsx", bytes: &file.bytes }, &intake::Choices::default(), &mut |_, _| {})
    });
    let summary = preview.unwrap().summary;
    assert!(summary.records > 250 && summary.same == summary.records && summary.changes == 0, "{summary:?}");
}

#[tokio::test(crate = "crate::walk", flavor = "multi_thread")]
async fn forms_and_rosters_carry_the_mark_behind_their_end_and_on_their_face() {
    let county = County::planted();
    let mut browser = county.logged_in("officer").await;
    for (path, name) in [
        ("/officials/2/forms/%E4%BB%BB%E5%85%8D%E5%AE%A1%E6%89%B9%E8%A1%A8.pdf", "a.pdf"),
        ("/officials/2/forms/%E4%BB%BB%E5%85%8D%E5%AE%A1%E6%89%B9%E8%A1%A8.docx", "a.docx"),
        ("/forms/roster/%E8%8A%B1%E5%90%8D%E5%86%8C.pdf?id=2&id=3", "b.pdf"),
        ("/ledgers/roster/export?format=pdf", "c.pdf"),
    ] {
        let file = browser.get(path).await;
        assert_eq!(file.status, 200, "{path}");
        let number = exports(&county)[0].number;
        assert_eq!(who(&county, name, &file.bytes).export.map(|e| e.number), Some(number), "{path}");
        // A byte more, as a mail gateway may add: the checksum no longer fits, the code still does.
        let mut longer = file.bytes.clone();
        if name.ends_with("pdf") {
            longer.push(b'\n');
            let found = who(&county, name, &longer);
            assert_eq!((found.by, found.export.map(|e| e.number)), (Some(By::Code), Some(number)), "{path}");
        }
    }
    let text = browser.get("/ledgers/roster/export?format=csv").await.body;
    assert!(text.lines().last().unwrap().contains("导出编号 5　officer"), "{}", text.lines().last().unwrap());
}

#[tokio::test(crate = "crate::walk", flavor = "multi_thread")]
async fn nothing_leaves_when_it_cannot_be_noted_and_only_who_audits_reads_the_list() {
    let county = County::planted();
    let mut officer = county.logged_in("officer").await;
    officer.get("/ledgers/roster/export?format=csv").await;
    let list = county.logged_in("auditor").await.get("/journal/exports").await;
    assert!(list.status == 200 && list.body.contains("officer") && list.body.contains("csv"), "{}", list.body);
    assert_eq!(county.logged_in("me").await.get("/journal/exports").await.status, 404);
    assert!(matches!(county.logged_in("unit").await.get("/journal/exports").await.status, 403 | 404));

    county.office.store.write(|tx| tx.batch("drop table export_files; drop table exports")).unwrap();
    let refused = officer.get("/ledgers/roster/export?format=csv").await;
    assert_eq!(refused.status, 500);
    assert!(!refused.body.contains("导出编号"));
    let entries: i64 = county.office.read(&Actor::program(), AsOf::default(), |desk| Ok::<_, Error>(desk.one("select count(*) from journal where act = 'export.begin'", &[])?.int(0))).unwrap();
    assert_eq!(entries, 1, "the note of the export that failed is gone with it");
}
